"""What the sentence says in each case that can arise."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from nobat.show.words import days, flow, undecided
from tests.show.results import comparison


def test_a_clear_leader(tmp_path: Path) -> None:
    found = comparison(
        tmp_path, {"rotate": 0.3, "commit-all": 0.7, "wait": 0.1}, dict.fromkeys(NAMES, 100.0)
    )
    assert found.sentence() == (
        "Best by the chance of taking the place within 20 days: commit-all, with 70.0 % "
        "[63.3, 75.9] of 200 replications. That is 40.0 points [33.2, 46.8] more than rotate, the "
        "runner-up; it came out best in all of 2,000 bootstrap resamples. Its attacker losses "
        "differ from rotate's by less than can be told."
    )


def test_what_the_leader_costs(tmp_path: Path) -> None:
    found = comparison(tmp_path / "a", {"rotate": 0.3, "wait": 0.1}, {"rotate": 130, "wait": 100})
    assert "It costs the attacker 30 [30, 30] more losses than wait." in found.sentence()
    found = comparison(tmp_path / "b", {"rotate": 0.3, "wait": 0.1}, {"rotate": 100, "wait": 1330})
    assert "It costs the attacker 1,230 [1,230, 1,230] fewer losses" in found.sentence()


def test_an_unclear_leader_and_the_tie_break(tmp_path: Path) -> None:
    found = comparison(
        tmp_path, {"rotate": 0.500, "commit-all": 0.505}, {"rotate": 100, "commit-all": 150}
    )
    sentence = found.sentence()
    assert sentence.startswith(
        "No doctrine is clearly best by the chance of taking the place within 20 days: commit-all "
        "is 0.5 points [-0.5, 1.5] ahead of rotate, and the probability that it is the best of "
        "those run is 8"
    )
    assert sentence.endswith(
        "Of the two, rotate costs the attacker least: 50 [50, 50] fewer than commit-all."
    )


def test_the_tie_break_is_among_all_that_may_be_best(tmp_path: Path) -> None:
    found = comparison(
        tmp_path,
        {"rotate": 0.500, "commit-all": 0.505, "wait": 0.495},
        {"rotate": 100, "commit-all": 150, "wait": 90},
    )
    assert found.sentence().endswith(
        "Of these 3, wait costs the attacker least: 10 [10, 10] fewer than rotate."
    )


def test_two_that_cannot_be_told_apart(tmp_path: Path) -> None:
    found = comparison(tmp_path, {"rotate": 0.5, "wait": 0.5}, {"rotate": 100, "wait": 100})
    assert found.sentence() == (
        "rotate and wait take the place within 20 days equally often, in 50.0 % [43.1, 56.9] of "
        "the runs. "
        "Attacker losses do not tell them apart either."
    )
    assert found.best.p_best == 0.5


def test_equal_shares_fall_to_the_cheaper_one(tmp_path: Path) -> None:
    found = comparison(tmp_path, {"rotate": 1.0, "wait": 1.0}, {"rotate": 200, "wait": 100})
    assert found.best.doctrine == "wait"
    assert "Of the two, wait costs the attacker least" in found.sentence()


def test_nobody_takes_the_place(tmp_path: Path) -> None:
    found = comparison(
        tmp_path, dict.fromkeys(NAMES, 0.0), {"rotate": 100, "commit-all": 150, "wait": 90}
    )
    assert found.sentence() == (
        "No doctrine took the place within 20 days in any of 200 replications. "
        "Of these 3, wait costs the attacker least: 10 [10, 10] fewer than rotate."
    )


def test_one_doctrine(tmp_path: Path) -> None:
    found = comparison(tmp_path, {"rotate": 0.25}, {"rotate": 100})
    assert found.sentence() == (
        "rotate took the place within 20 days in 25.0 % [19.5, 31.4] of 200 replications."
    )


def test_nearly_sure_is_not_sure(tmp_path: Path) -> None:
    found = comparison(tmp_path, {"rotate": 0.3, "wait": 0.1}, {"rotate": 100, "wait": 100})
    nearly = replace(found, best=replace(found.best, p_best=0.9995))
    assert "best of those run is over 99.9 % (bootstrap)" in nearly.sentence()
    assert "100" not in nearly.sentence().split("losses")[0].split("best of those run")[1]


def test_all_that_are_level_are_named(tmp_path: Path) -> None:
    found = comparison(tmp_path, dict.fromkeys(NAMES, 0.5), dict.fromkeys(NAMES, 100.0))
    assert "rotate, commit-all and wait take the place within 20 days equally often" in (
        found.sentence()
    )


def test_what_was_still_going_is_told_where_it_matters(tmp_path: Path) -> None:
    found = comparison(tmp_path / "a", {"rotate": 0.25, "wait": 1.0}, dict.fromkeys(NAMES, 100.0))
    assert undecided(found) == (
        "Still going on day 20 (neither secured nor abandoned): rotate 75.0 %."
    )
    done = comparison(tmp_path / "b", {"rotate": 1.0, "wait": 1.0}, dict.fromkeys(NAMES, 100.0))
    assert undecided(done) == ""


@pytest.mark.parametrize(("length", "text"), [(60.0, "60 days"), (1.0, "1 day"), (2.5, "2.5 days")])
def test_days(length: float, text: str) -> None:
    assert days(length) == text


def test_lines_break_beside_numbers_and_not_inside_them() -> None:
    text = "with 70.0 % [63.3, 75.9] of 1,200 and -3 [-4.5, -1,200.5] in all"
    for width in range(24, 70):
        lines = flow(text, width).splitlines()
        assert " ".join(lines) == text
        assert all(len(line) <= width for line in lines)
        for whole in ("70.0 %", "[63.3, 75.9]", "[-4.5, -1,200.5]"):
            assert any(whole in line for line in lines)


NAMES = ("rotate", "commit-all", "wait")
