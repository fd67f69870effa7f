"""What the sentence says in each case that can arise."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from nobat.show.words import days, flow
from tests.show.results import comparison


def test_a_clear_leader(tmp_path: Path) -> None:
    found = comparison(
        tmp_path, {"rotate": 0.3, "commit-all": 0.7, "wait": 0.1}, dict.fromkeys(NAMES, 100.0)
    )
    assert found.sentence() == (
        "Best by the chance of taking the place within 20 days: commit-all, with 70.0 % "
        "[63.3, 75.9] of 200 replications. That is 40.0 points [33.2, 46.8] more than rotate, the "
        "runner-up; it came out best in all of 2,000 bootstrap resamples. commit-all against "
        "rotate: attacker losses too close to tell apart."
    )


def test_what_the_leader_costs(tmp_path: Path) -> None:
    found = comparison(tmp_path / "a", {"rotate": 0.3, "wait": 0.1}, {"rotate": 130, "wait": 100})
    assert "rotate against wait: 30 [30, 30] more attackers lost." in found.sentence()
    found = comparison(tmp_path / "b", {"rotate": 0.3, "wait": 0.1}, {"rotate": 100, "wait": 1330})
    assert "1,230 [1,230, 1,230] fewer attackers lost" in found.sentence()


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


def test_the_horizon_is_warned_of_where_it_could_change_who_is_best(tmp_path: Path) -> None:
    shares = {"rotate": 0.3, "commit-all": 0.7, "wait": 0.1}
    losses = dict.fromkeys(NAMES, 100.0)
    found = comparison(tmp_path / "a", shares, losses, going={"rotate": 0.41, "wait": 0.5})
    assert found.sentence().endswith(
        "The answer hangs on the horizon: on day 20 rotate was still going in 41.0 % of its "
        "campaigns; had all of these succeeded, it would have taken the place in 71.0 %, more than "
        "commit-all. A longer horizon can tell: `--set run.horizon_d=30`."
    )
    assert found.to_json()["could_overtake"] == [
        {"doctrine": "rotate", "still_going": 0.41, "at_most": pytest.approx(0.71)}
    ]
    more = comparison(tmp_path / "b", shares, losses, going={"rotate": 0.5, "wait": 0.9})
    assert (
        "rotate and wait were still going in 50.0 % and 90.0 % of their campaigns; had all of "
        "these succeeded, they would have taken the place in 80.0 % and 100.0 %, more than "
    ) in more.sentence()
    fewer = comparison(tmp_path / "c", shares, losses, going={"rotate": 0.4, "wait": 0.5})
    assert "horizon" not in fewer.sentence()
    assert fewer.to_json()["could_overtake"] == []


def test_what_nobody_decided_is_left_to_a_longer_horizon(tmp_path: Path) -> None:
    shares, losses = dict.fromkeys(NAMES, 0.0), dict.fromkeys(NAMES, 100.0)
    found = comparison(tmp_path / "a", shares, losses, going={"wait": 0.25, "rotate": 0.5})
    assert found.sentence().endswith(
        "On day 20 rotate and wait were still going in 50.0 % and 25.0 % of their campaigns: a "
        "longer horizon can tell how those end (`--set run.horizon_d=30`)."
    )
    alone = comparison(tmp_path / "b", {"rotate": 0.5}, {"rotate": 9}, going={"rotate": 0.5})
    assert "On day 20 rotate was still going in 50.0 % of its campaigns: a" in alone.sentence()


def test_harm_and_what_follows_are_named_where_they_differ(tmp_path: Path) -> None:
    shares, losses = {"rotate": 0.7, "wait": 0.3}, {"rotate": 100, "wait": 100}
    others = {"rotate": {"harm_index": 3.7, "cold_deaths": 20}, "wait": {"harm_index": 74.0}}
    found = comparison(tmp_path / "a", shares, losses, others=others)
    assert found.sentence().endswith(
        "rotate against wait: attacker losses too close to tell apart; 70 [70, 70] less harm to "
        "residents (3.7 against 74.0); 20 [20, 20] more of the displaced dead of cold."
    )
    others["wait"]["cold_deaths"] = 21
    trifle = comparison(tmp_path / "c", shares, losses, others=others)
    assert "dead of cold" not in trifle.sentence()
    del others["wait"]["cold_deaths"]
    level = comparison(
        tmp_path / "b", dict.fromkeys(shares, 0.5), {"rotate": 90, "wait": 100}, others=others
    )
    assert level.sentence().endswith(
        "10 [10, 10] fewer than wait. rotate against wait: 70 [70, 70] less harm to residents (3.7 "
        "against 74.0); 20 [20, 20] more of the displaced dead of cold."
    )


@pytest.mark.parametrize("count", [1, 2, 20])
def test_too_few_crown_nobody(tmp_path: Path, count: int) -> None:
    shares, losses = {"rotate": 1 / count, "wait": 0.0}, {"rotate": 100, "wait": 100}
    found = comparison(tmp_path, shares, losses, replications=count)
    assert not found.clear
    assert found.sentence() == (
        "One replication says nothing about chance: run more of them to compare doctrines."
        if count == 1
        else f"{count} replications are too few to tell which doctrine takes the place most often: "
        "run more of them, `-n 1000` for example."
    )


def test_a_lead_of_few_pairs_is_not_clear(tmp_path: Path) -> None:
    shares, losses = {"rotate": 5 / 200, "wait": 0.0}, {"rotate": 100, "wait": 100}
    found = comparison(tmp_path, shares, losses)
    assert (found.best.p_best or 0.0) > 0.95
    assert found.sentence().startswith("No doctrine is clearly best")


@pytest.mark.parametrize(("length", "text"), [(60.0, "60 days"), (1.0, "1 day"), (2.5, "2.5 days")])
def test_days(length: float, text: str) -> None:
    assert days(length) == text


def test_an_option_and_its_value_stay_on_a_line() -> None:
    text = "A longer horizon can tell: `--set run.horizon_d=90`, and more with `-n 1000`."
    for width in range(26, 70):
        lines = flow(text, width).splitlines()
        assert " ".join(lines) == text
        for whole in ("`--set run.horizon_d=90`", "`-n 1000`"):
            assert any(whole in line for line in lines)


def test_lines_break_beside_numbers_and_not_inside_them() -> None:
    text = "with 70.0 % [63.3, 75.9] of 1,200 and -3 [-4.5, -1,200.5] in all"
    for width in range(24, 70):
        lines = flow(text, width).splitlines()
        assert " ".join(lines) == text
        assert all(len(line) <= width for line in lines)
        for whole in ("70.0 %", "[63.3, 75.9]", "[-4.5, -1,200.5]"):
            assert any(whole in line for line in lines)


NAMES = ("rotate", "commit-all", "wait")
