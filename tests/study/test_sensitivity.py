"""Sensitivity of a scenario: what is asked, what is refused, what comes of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import polars as pl
import pytest

from nobat.scenario import Scenario, ScenarioError, load
from nobat.study import sensitivity as study
from nobat.study.factors import Factor
from nobat.study.points import Point, evaluate
from nobat.study.scan import Floats
from nobat.study.sensitivity import sensitivity
from nobat.study.sensitivity_result import MorrisRow, Sensitivity, SobolRow
from tests.small import small

RATE = "attrition.attacker_rate=0.05:0.25"
OVER = ["contact.frontage", RATE]


def ask(over: Sequence[str] | None = OVER, **words: Any) -> Sensitivity:
    """The sensitivity of the small scenario, with few points."""
    given = {"replications": 20, "points": 256, "outcome": "attacker_losses"}
    return sensitivity(small(), over, **{**given, **words})


@pytest.fixture(scope="module")
def found() -> Sensitivity:
    return ask()


def test_the_outcome_hangs_on_both(found: Sensitivity) -> None:
    assert (found.method, found.points, found.sets, found.replications) == ("sobol", 256, 64, 20)
    assert (found.doctrine, found.against, found.outcome.name) == (
        "rotate", None, "attacker_losses",
    )  # fmt: skip
    assert {row.factor.path for row in found.rows} == {
        "contact.frontage", "attrition.attacker_rate",
    }  # fmt: skip
    sizes = [row.size for row in found.rows]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[1] > 0.05
    assert found.together is not None
    assert found.luck_share is not None
    assert 0 < found.luck_share < 0.4


def test_indices_are_those_of_a_known_function(monkeypatch: pytest.MonkeyPatch) -> None:
    """Losses are 3 u1 + u2, less luck that all points share: first indices of 9/10 and 1/10."""

    def known(
        scenario: Scenario, factors: Sequence[Factor], points: Sequence[Point],
        doctrines: Sequence[str], outcomes: Sequence[str], **_: object,
    ) -> Iterator[tuple[int, Floats]]:  # fmt: skip
        luck = np.random.default_rng(1).normal(0, 9, 30)
        for number, (frontage, rate) in enumerate(points):
            height = 3 * (float(frontage) - 200) / 600 + (float(rate) - 0.05) / 0.2
            yield number, np.array([[height + luck], [np.zeros(30) + luck]][: len(doctrines)])

    monkeypatch.setattr(study, "evaluate", known)
    for against in (None, "wait"):
        answer = ask(points=4096, against=against, replications=30)
        first, second = answer.rows
        assert isinstance(first, SobolRow)
        assert isinstance(second, SobolRow)
        assert [first.first.value, second.first.value] == pytest.approx([0.9, 0.1], abs=0.02)
        assert [first.size, second.size] == pytest.approx([0.9, 0.1], abs=0.01)
        assert answer.variance == pytest.approx(10 / 12, rel=0.02)
        assert answer.luck_share == pytest.approx(0.0, abs=1e-9)
        assert against is None or answer.mean == pytest.approx(2.0, rel=0.02)


def test_a_difference_is_that_of_the_runs() -> None:
    one, other, gap = (
        ask(method="morris", points=15, doctrine=a, against=b)
        for a, b in (("commit-all", None), ("rotate", None), ("commit-all", "rotate"))
    )
    assert gap.mean == pytest.approx(one.mean - other.mean)
    mus = [
        {row.factor.path: row.mu.mean for row in each.rows if isinstance(row, MorrisRow)}
        for each in (one, other, gap)
    ]
    for path, mu in mus[2].items():
        assert mu == pytest.approx((mus[0][path] or 0.0) - (mus[1][path] or 0.0))


def test_threads_and_repetition_change_nothing(found: Sensitivity) -> None:
    assert ask(jobs=1) == found
    assert ask(seed=2) != found


def test_all_ranges_and_the_method_by_their_number() -> None:
    two = ask(None, points=None, replications=2)
    assert {row.factor.path for row in two.rows} == {
        "attacker.units[0].strength", "contact.frontage",
    }  # fmt: skip
    assert (two.method, two.sets, two.points) == ("sobol", 256, 1024)
    assert (study._method(None, 20), study._method(None, 21)) == ("sobol", "morris")


def test_words_and_yes_no() -> None:
    answer = ask(
        ["doctrines.rotate.start=rotate,hold", "contact.frontage"], method="morris", points=60
    )
    first = answer.rows[0]
    assert isinstance(first, MorrisRow)
    # Never assaulting is cheaper, at any frontage.
    assert first.factor.path == "doctrines.rotate.start"
    assert first.factor.levels == ("rotate", "hold")
    assert first.mu.mean == -(first.mu_star.mean or 0.0)


def test_nothing_moves() -> None:
    answer = ask(["defender.rear_km=5:9"], points=192, replications=3, doctrine="wait")
    (row,) = answer.rows
    assert isinstance(row, SobolRow)
    assert (row.total.value, answer.variance, answer.luck_share) == (None, 0.0, None)
    assert "is the same at all 192 points" in answer.sentence()
    assert json.dumps(answer.to_json(), allow_nan=False)
    assert (
        "same at all 12"
        in ask(["defender.rear_km=5:9"], points=12, doctrine="wait", method="morris").sentence()
    )


def test_one_replication_does_not_say_what_is_luck() -> None:
    answer = ask(points=12, method="morris", replications=1)
    assert answer.luck_share is None
    assert [row.by_luck for row in answer.rows if isinstance(row, MorrisRow)] == [None, None]
    assert "one replication at each point does not say" in answer.sentence()


def test_an_outcome_that_is_somewhere_in_no_replication() -> None:
    with pytest.raises(ScenarioError, match="no replication has day_secured under rotate at point"):
        ask(points=256, replications=1, outcome="day_secured")


def test_an_outcome_that_is_not_always_there() -> None:
    answer = ask(
        ["attrition.attacker_rate=0.2:0.4"], points=192, outcome="day_secured", replications=40
    )
    assert answer.outcome.name == "day_secured"
    assert answer.luck_share is not None
    assert answer.rows[0].size > 0


def test_points_a_scenario_does_not_allow_are_told_before_anything_runs() -> None:
    def never(done: int, total: int) -> None:
        assert done == 0

    with pytest.raises(ScenarioError) as caught:
        ask(["rotation.turns.posts=1:9", "contact.frontage"], progress=never)
    first, *_, last = map(str, caught.value.problems)
    assert "rotation.turns.posts (at rotation.turns.posts = " in first
    assert "posts are more than the 6 units" in first
    assert "of 256 points are not allowed" in last


def test_it_can_be_taken_elsewhere(found: Sensitivity) -> None:
    answer = json.loads(json.dumps(found.to_json(), allow_nan=False))
    assert answer["factors"][0].keys() == {
        "path", "unit", "low", "high", "step", "levels", "basis", "source", "stated", "first",
        "total",
    }  # fmt: skip
    assert answer["factors"][0]["first"].keys() == {"value", "low", "high"}
    assert (answer["rows"], answer["points"], answer["interval"]["design"]) == (
        64,
        256,
        "bootstrap",
    )
    frame = found.to_polars()
    assert frame["path"].to_list() == [row.factor.path for row in found.rows]
    assert frame["total"].dtype == pl.Float64
    morris = ask(["doctrines.rotate.start=rotate,hold", RATE], method="morris", points=12)
    assert morris.to_polars()["levels"].to_list().count("rotate,hold") == 1
    assert morris.to_json()["trajectories"] == 4
    assert repr(found).startswith("<Sensitivity small: attacker_losses, rotate; sobol: ")
    assert "<pre" in found._repr_html_()


def test_rows_of_points_reach_the_answer() -> None:
    """The mu of Morris over the very values that `evaluate` gives."""
    answer = ask(["contact.frontage"], method="morris", points=8)
    seen = evaluate(
        small(replications=20), [answer.rows[0].factor], [(200,), (600,), (800,), (400,)],
        ["rotate"], ["attacker_losses"],
    )  # fmt: skip
    means = [float(rows.mean()) for _, rows in seen]
    slopes = {1.5 * (means[1] - means[0]), 1.5 * (means[2] - means[3])}
    (row,) = answer.rows
    assert isinstance(row, MorrisRow)
    assert min(slopes) - 1e-9 <= (row.mu.mean or 0.0) <= max(slopes) + 1e-9


@pytest.mark.slow
def test_every_range_of_the_first_scenario() -> None:
    """Its ranges go together: no point of them is refused, at either end."""
    answer = sensitivity(
        load("abu-kamal-2017"), points=1000, method="morris", doctrine="commit-all", replications=1
    )
    assert len(answer.rows) > 200
    assert answer.points == 4 * (len(answer.rows) + 1)
    assert sum(row.size > 0 for row in answer.rows) > 5


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"over": ["contact.frontag"]}, "did you mean frontage?"),
        ({"over": ["contact.frontage=800:200"]}, "its range is reversed"),
        ({"over": ["contact.frontage=300:300"]}, "its range is empty"),
        ({"over": ["defender.reserve"]}, "no range of its own"),
        ({"over": ["run.horizon_d=3:9"]}, "not swept"),
        ({"over": []}, "nothing is varied"),
        ({"method": "sobl"}, "method: 'sobl' is not a method; did you mean sobol?"),
        ({"outcome": "secure"}, "did you mean secured?"),
        ({"doctrine": "rotat"}, "doctrine: 'rotat' is not one of small; did you mean rotate?"),
        ({"against": "comit-all"}, "did you mean commit-all?"),
        ({"against": "rotate"}, "'rotate' is held against itself"),
        ({"points": 0}, "points: 0 is not a number of points"),
        ({"points": 99.5}, "points: 99.5 is not a number of points"),
        (
            {"points": 255},
            r"points: 255 are too few for Sobol indices of 2 factors: 256 at least \(64 rows of 4 "
            r"points\); Morris takes 12 at least \(4 trajectories of 3 points\)",
        ),
        (
            {"points": 11, "method": "morris"},
            "points: 11 are too few for Morris effects of 2 factors: 12 at least",
        ),
        ({"points": 2_000_000_000}, "of 2 factors are too many: 25,000,000 at most"),
        ({"replications": 0}, "replications: 0 is not a count"),
        ({"seed": -1}, "seed: -1 is"),
        ({"jobs": 0}, "jobs: 0 is not a number of threads"),
    ],
)
def test_what_is_refused(given: dict[str, Any], said: str) -> None:
    with pytest.raises(ScenarioError, match=said):
        ask(**given)


def test_a_scenario_without_ranges() -> None:
    plain = small().with_values(
        {"contact.frontage": {"value": 400}, "attacker.units[0].strength": {"value": 100}}
    )
    with pytest.raises(ScenarioError, match="over: no number of small has a range"):
        sensitivity(plain)


def test_all_wrong_factors_are_told_at_once() -> None:
    with pytest.raises(ScenarioError) as caught:
        ask(["contact.frontag", "sleep.nap_h", RATE])
    assert len(caught.value.problems) == 2


def test_a_text_is_no_list() -> None:
    with pytest.raises(TypeError, match="over takes a list of factors"):
        ask("contact.frontage")
    with pytest.raises(TypeError, match="sensitivity takes a Scenario"):
        sensitivity("small")  # type: ignore[arg-type]
