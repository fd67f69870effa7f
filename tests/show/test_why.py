"""What is said about why one doctrine does better, its table and its chart."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rich.console import Console

from nobat.study.estimates import Estimate
from nobat.study.names import outcome_named
from nobat.study.unlike import Unlike
from nobat.study.why_result import Mix, Nearer, Share, Why
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


CORRIDOR, FIRE = Unlike("corridor", "open", "closed"), Unlike("fire", "free", "restrained")
POSTURE = Unlike("posture", "rotate; day > 2 -> hold (latch)", "rotate")
ONLY = "The two differ only in the corridor (open under commit-all, closed under rotate)"


def test_what_is_no_mechanism_is_named() -> None:
    """Where it is all there is, nothing else is said of mechanisms."""
    found = replace(answer(gap(0.2), *[NOTHING] * 5, gap(0.2)), unlike=(CORRIDOR,))
    assert found.sentence() == (
        "commit-all takes the place 20.0 points [15.0, 25.0] more often than rotate. "
        f"{ONLY}: all of the difference comes from that."
    )
    both = replace(found, unlike=(FIRE, CORRIDOR)).sentence()
    assert (
        "only in the fire policy (free under commit-all, restrained under rotate) and the" in both
    )
    doubtful = replace(found, difference=gap(0.01))
    assert doubtful.sentence().endswith(f"(difference +1.0 points [-4.0, 6.0]). {ONLY}.")
    level = replace(answer(NOTHING), unlike=(CORRIDOR,))
    assert level.sentence().endswith(f"nor does any mix of the two. {ONLY}.")
    assert [row[0] for row in found.table().rows()] == ["other", "in all"]
    assert "Shapley" not in " ".join(found.table().notes())


def test_other_is_named_beside_mechanisms() -> None:
    found = replace(answer(gap(0.2), gap(0.1), *[NOTHING] * 4, gap(0.1)), unlike=(POSTURE, FIRE))
    fire = "the fire policy (free under commit-all, restrained under rotate)"
    assert found.sentence().endswith(f"Here other is {fire}.")
    notes = " ".join(found.table().notes())
    assert "the posture (rotate; day > 2 -> hold (latch) under commit-all, rotate under ro" in notes
    assert "other: the fire policy." in notes
    counted = replace(found, outcome=outcome_named("handovers"))
    assert counted.sentence().endswith(f"Here other is {fire}, and the count of duties.")
    assert "other: the fire policy and the count of duties." in " ".join(counted.table().notes())
    none = replace(found, unlike=(POSTURE,))
    assert "Here other" not in none.sentence()
    same = "other: fire policy and corridor, the same under both."
    assert same in " ".join(none.table().notes())
    posts = replace(found, unlike=(Unlike("posts", "", "day > 1 -> 2"),)).table().notes()
    assert "the number of posts (as the rotation has it under commit-all, day > 1 -> 2" in posts[2]


def test_who_comes_nearer_is_told() -> None:
    """After the answer: why this pair, and what makes the others' difference."""
    found = replace(answer(gap(0.2), gap(0.2)), unlike=(POSTURE,))
    near = Nearer("near", gap(0.08), (CORRIDOR,))
    text = replace(found, nearer=(near,)).sentence()
    assert text.endswith(
        "rotate is the best of those that fight differently. near comes nearer to commit-all, but "
        "differs from it only in the corridor (open under commit-all, closed under near): all of "
        "their difference in secured in this run, +8.0 points [3.0, 13.0], comes from that."
    )
    doubtful = replace(near, difference=gap(0.01))
    assert (
        replace(found, nearer=(doubtful,))
        .sentence()
        .endswith(
            "closed under near) (difference in secured in this run: +1.0 points [-4.0, 6.0])."
        )
    )
    unlike = Nearer("near", gap(0.01), (POSTURE,))
    assert (
        replace(found, nearer=(unlike,))
        .sentence()
        .endswith(
            "rotate is the best of those that fight differently and are clearly behind. near comes "
            "nearer to commit-all (difference in secured in this run: +1.0 points [-4.0, 6.0])."
        )
    )
    alike = replace(found, unlike=(CORRIDOR,), nearer=(near,)).sentence()
    assert "rotate is the best of those that are clearly behind. near comes" in alike


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
