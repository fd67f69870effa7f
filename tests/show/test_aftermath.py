"""The part of the table that tells what comes after."""

from __future__ import annotations

from pathlib import Path

import pytest

from nobat.show import aftermath
from nobat.study.compare import compare
from tests.small import small, whole


def test_losses_now_and_attacks_later_stand_in_one_part(tmp_path: Path) -> None:
    found = compare(whole(), doctrines=["rotate", "closed"], replications=40, out=tmp_path / "run")
    assert found.attacks_within_d == 200
    assert found.to_json()["attacks_within_d"] == 200
    shown = aftermath.columns(found)
    assert [key for _, key in shown] == [
        "attacker_losses", "escaped", "residual_force", "attacks_after",
        "attacks_after_secured_if_secured", "first_attack_after_d_if_attacked",
    ]  # fmt: skip
    text = str(found.table())
    assert "200 days" in text
    assert "Residual force: those who got away" in text
    part = text[text.index("residual") :].splitlines()
    rotate = next(line for line in part if line.startswith("rotate"))
    assert rotate.count("±") >= 4
    assert "residual<br>force" in found._repr_html_()


@pytest.mark.parametrize(("days", "said"), [(365, "a year"), (30, "30 days"), (1, "1 day")])
def test_the_heading_tells_the_time(days: int, said: str) -> None:
    scenario = whole().with_values({"recurrence.horizon_d": days})
    found = compare(scenario, doctrines=["rotate"], solver="mean-field")
    headings = [heading for heading, _ in aftermath.columns(found)]
    assert f"attacks in\n{said}" in headings


def test_without_the_section_there_is_no_such_part() -> None:
    found = compare(small(), doctrines=["rotate"], solver="mean-field")
    assert found.attacks_within_d is None
    assert aftermath.columns(found) == ()
    assert aftermath.notes(found) == []
    assert "residual" not in str(found.table())
