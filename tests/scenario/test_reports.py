"""The section `reports`: grades, what they stand for, and what is wrong with a report."""

from __future__ import annotations

import pytest

from nobat.scenario import ScenarioError, load
from nobat.scenario.grades import Grades, ranges, wrong_grade
from nobat.scenario.reports import Reports
from tests.reference import rows
from tests.small import small

GOOD = {"who": "A", "says": "yes", "grade": "B2"}


def problems(values: dict[str, object]) -> str:
    with pytest.raises(ScenarioError) as caught:
        small().with_values(values)
    return str(caught.value)


def shipped() -> Reports:
    found = load("abu-kamal-2017").reports
    assert found is not None
    return found


def test_grades_stand_for_what_the_reference_says() -> None:
    table = rows("record/admiralty.csv")
    for grades in (Grades(), shipped().grades):
        found = dict(ranges(grades))
        assert list(found) == [row["code"] for row in table]
        for row in table:
            q = found[row["code"]]
            ends = float(row["suggested_p_low"]), float(row["suggested_p_high"])
            assert (q.low, q.high) == ends
            assert q.value == pytest.approx(sum(ends) / 2)
            assert 0 < ends[0] <= q.value <= ends[1] < 1
            assert row["label"] in q.note.lower()


def test_a_grade_is_looked_up() -> None:
    r, s = Grades().of("B2")
    assert (r.value, s.value) == (0.75, 0.75)
    assert Grades().of("A6")[1].note.startswith("cannot")


@pytest.mark.parametrize(
    ("raw", "meant"),
    [("b2", "B2"), ("2B", "B2"), ("B-2", "B2"), (" B2", "B2"), ("G2", None), ("B7", None),
     ("", None), (2, None), (None, None), ("B22", None)],
)  # fmt: skip
def test_wrong_grades(raw: object, meant: str | None) -> None:
    text = wrong_grade(raw) or ""
    assert "is not a grade" in text
    assert ("did you mean" in text) == (meant is not None)
    assert meant is None or f"did you mean {meant}?" in text
    assert wrong_grade("F6") is None


def test_all_that_is_wrong_at_once() -> None:
    told = {
        "a": {**GOOD, "grade": "2B"},
        "b": {**GOOD, "says": "yse"},
        "c": {**GOOD, "source": "NOBODY"},
        "d": {"who": "D", "says": "no", "grade": "B2", "sourc": "x"},
    }
    text = problems({"reports": {"told": told, "prior": 1, "rho": 2}})
    assert "reports.told.a.grade (--set): '2B' is not a grade; did you mean B2?" in text
    assert "reports.told.b.says (--set): 'yse' is not allowed" in text
    assert "did you mean yes?" in text
    assert "reports.told.c.source (--set): 'NOBODY' is not in sources" in text
    assert "reports.told.d.sourc (--set): no such field; did you mean source?" in text
    assert "reports.prior (--set): 1 is not allowed here: above 0, below 1" in text
    assert "reports.rho (--set): 2 is not a share" in text


def test_what_reports_say_can_be_read_only_where_there_are_some() -> None:
    rule = {"when": "p_leader_alive<0.5", "posture": "commit_all"}
    text = problems({"doctrines.wait.rules": [rule]})
    assert "doctrines.wait.rules[0].when" in text
    assert "p_leader_alive is not known: there is no section reports" in text
    assert "plan[0].until" in problems({"plan[0].until": "p_leader_alive < 0.5"})
    found = small().with_values({"doctrines.wait.rules": [rule], "reports": {"told": {"a": GOOD}}})
    assert found.reports is not None


def test_a_section_by_itself() -> None:
    found = Reports.model_validate({"told": {"a": {**GOOD, "day": 3}}})
    assert (found.prior.value, found.rho.value) == (0.5, 0.5)
    assert found.received() == {"a": 3.0}
    assert found.belief is None


def test_the_shipped_reports_say_where_they_are_from() -> None:
    scenario = load("abu-kamal-2017")
    for name, one in shipped().told.items():
        assert one.source, name
        assert set(one.source) <= set(scenario.sources)
        assert one.note, name
