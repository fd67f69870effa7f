"""What is said about why one doctrine does better, its table and its chart."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rich.console import Console

from nobat.study.estimates import Estimate
from nobat.study.names import outcome_named
from nobat.study.why import Mix, Share, Why
from nobat.study.why_runs import PLAYERS


def gap(mean: float, half: float = 0.05, n: int = 100) -> Estimate:
    return Estimate(mean, mean - half, mean + half, n, "mean")


NOTHING = gap(0.0, 0.0)


def answer(
    difference: Estimate, *shares: Estimate, outcome: str = "secured", solver: str = "monte-carlo"
) -> Why:
    """Shares of mass, tempo, ...; those that are not given are 0."""
    given = (*shares, *[NOTHING] * (len(PLAYERS) - len(shares)))
    level = Estimate(0.5, 0.4, 0.6, 100, "share")
    return Why(
        scenario="small", title="A small siege", a="commit-all", b="rotate",
        outcome=outcome_named(outcome), horizon_d=20.0, solver=solver, seed=3, replications=100,
        at_a=level, at_b=level, difference=difference,
        shares=tuple(
            Share(name, share, share, share, name != "supply")
            for name, share in zip(PLAYERS, given, strict=True)
        ),
        mixes=(Mix((), 0.5),) * 32,
    )  # fmt: skip


def test_what_makes_the_difference_is_told_first() -> None:
    found = answer(gap(0.2), gap(0.05, 0.01), gap(0.3), gap(-0.15), gap(0.01))
    assert found.sentence() == (
        "commit-all takes the place 20.0 points [15.0, 25.0] more often than rotate. It comes from "
        "tempo (+30.0 points [25.0, 35.0]) and mass (+5.0 points [4.0, 6.0]). Against it works "
        "sleep (-15.0 points [-20.0, -10.0]). Not told from 0: reserve."
    )


def test_a_difference_the_other_way() -> None:
    text = answer(gap(-0.2), gap(0.1), gap(0.1, 0.01), gap(-0.4)).sentence()
    assert text.startswith("commit-all takes the place 20.0 points [15.0, 25.0] less often than ro")
    assert "It comes from sleep (-40.0 points [-45.0, -35.0]). Against it work mass (+10" in text


def test_doctrines_that_cannot_be_told_apart() -> None:
    assert answer(gap(0.01), gap(0.3), gap(-0.1), gap(-0.2)).sentence() == (
        "commit-all and rotate cannot be told apart in secured (difference +1.0 points "
        "[-4.0, 6.0]). mass (+30.0 points [25.0, 35.0]) raises it under commit-all. sleep (-20.0 "
        "points [-25.0, -15.0]) and tempo (-10.0 points [-15.0, -5.0]) lower it under commit-all."
    )
    level = answer(gap(0.0), gap(0.3), gap(-0.3)).sentence()
    assert level.startswith("commit-all and rotate are level in secured. mass (+30.0 points")


def test_other_outcomes_have_their_unit() -> None:
    losses = answer(gap(-120, 20), gap(-200, 15), outcome="attacker_losses")
    assert losses.sentence() == (
        "attacker_losses is 120 persons [100, 140] lower under commit-all than under rotate. It "
        "comes from mass (-200 persons [-215, -185])."
    )
    assert "(persons)" in str(losses.table())
    often = answer(gap(0.2), gap(0.2), outcome="abandoned").sentence()
    assert often.startswith("abandoned is 20.0 points [15.0, 25.0] more often under commit-all")
    factor = answer(gap(0.2), gap(0.2), outcome="lowest_effectiveness")
    assert "lowest_effectiveness is 0.20 [0.15, 0.25] higher" in factor.sentence()


def test_there_is_nothing_to_tell() -> None:
    assert answer(NOTHING).sentence() == (
        "commit-all and rotate do not differ in secured, nor does any mix of the two."
    )
    one = Estimate(1.0, None, None, 1, "mean")
    assert answer(one, one).sentence().startswith("One replication says nothing about chance")
    none = Estimate(None, None, None, 0, "mean")
    empty = answer(none, *[none] * 6, outcome="day_secured")
    assert empty.sentence() == (
        "No replication has day_secured in every mix: there is nothing to share out."
    )
    assert empty.table().rows()[0][1:] == ("-", "-", "-")


def test_a_single_course_has_no_intervals() -> None:
    course = Estimate(-10.7, None, None, 1, "mean")
    found = answer(course, course, outcome="attacker_losses", solver="mean-field")
    assert found.sentence() == (
        "attacker_losses is 10.7 persons lower under commit-all than under rotate. It comes from "
        "mass (-10.7 persons)."
    )
    assert "Mean field: one course of each of 32 mixes" in " ".join(found.table().notes())


FOUND = answer(gap(0.2), gap(0.05, 0.01), gap(0.3), gap(-0.15))


def test_the_table_ends_with_the_difference() -> None:
    rows = FOUND.table().rows()
    assert [row[0] for row in rows] == [*PLAYERS, "in all"]
    assert rows[0][1:] == ("+5.0 [4.0, 6.0]",) * 3
    assert rows[3][1] == "0"
    assert rows[-1][1:] == ("+20.0 [15.0, 25.0]", "", "")


def test_what_is_not_in_the_scenario_is_said() -> None:
    assert {row[0]: row[1:] for row in FOUND.table().rows()}["supply"] == ("0", "", "")
    assert "Not in this scenario: supply." in " ".join(FOUND.table().notes())


@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_it_fits_the_page(width: int) -> None:
    console = Console(width=width, record=True, force_terminal=False)
    with console.capture() as page:
        console.print(FOUND.table())
    assert max(map(len, page.get().splitlines())) <= width


def test_the_chart_has_a_bar_for_each_and_the_difference() -> None:
    chart = FOUND.plot()
    bars, *spans = chart.option["series"]
    assert [bar["value"] for bar in bars["data"]] == pytest.approx([5, 30, -15, 0, 0, 20])
    assert len(chart.option["yAxis"]["data"]) == 6  # supply is not in the scenario
    assert [end["value"] for end in spans[0]["data"]] == [
        [pytest.approx(4), 0],
        [pytest.approx(6), 0],
    ]
    assert len(spans) == 4  # none where there is no width
    colours = [bar["itemStyle"]["color"] for bar in bars["data"]]
    assert colours[0] == colours[1] != colours[2]
    assert chart.option["xAxis"]["name"] == "secured, points"
    assert "Shapley shares: they add up to the difference." in chart.note
    assert chart.html().count("<script") > 0


def test_a_single_course_is_drawn_too() -> None:
    course = Estimate(-10.7, None, None, 1, "mean")
    chart = replace(
        answer(course, course, outcome="attacker_losses", solver="mean-field"), seed=None
    ).plot()
    assert len(chart.option["series"]) == 1
    assert "Mean field" in chart.note
