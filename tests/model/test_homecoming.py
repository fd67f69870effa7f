"""The way home, night by night: who is where, how many are missed, what the cold costs."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import norm

from nobat.engine import cpu, mean_field
from nobat.engine import homecoming as engine
from nobat.engine.plan import build
from nobat.model import homecoming as model
from nobat.model.outcome import OUTCOMES
from nobat.theory import checkpoint as theory
from tests.small import small, whole
from tests.statistics import FURTHEST, family, z_mean
from tests.way_home import after, given

#: Everybody who was ever displaced is in exactly one of these at the end.
WHERE = ("returned", "still_displaced", "missed_infiltrators", "caught_infiltrators", "cold_deaths")
OWN = tuple(outcome.name for outcome in OUTCOMES[model.DISPLACED : model.LONGEST + 1])


@pytest.mark.parametrize("expected", [False, True])
@pytest.mark.parametrize("nights", [1, 2, 3, 7, 40])
@pytest.mark.parametrize("rate", [0.01, 0.5, 20])
def test_nobody_is_lost_on_any_night(nights: int, rate: float, expected: bool) -> None:
    section = given(horizon_nights=nights, return_per_night=rate, close_nights=3)
    found = after(section, 30, expected=expected, left=1234.4)
    total = sum(found[name] for name in WHERE)
    assert total == pytest.approx(5234.4 if expected else 5234.0, abs=1e-6)
    assert all((found[name] >= 0).all() for name in OWN)
    if not expected:
        for name in (*WHERE, "false_stops", "checkpoint_toll", "mine_victims"):
            assert (found[name] % 1 == 0).all()


def test_nights_are_counted_one_by_one() -> None:
    """Nights away are the sum over the nights of those who were away on each."""
    total = after(given(horizon_nights=25))["nights_displaced"][0]
    away = [after(given(horizon_nights=n))["still_displaced"][0] for n in range(1, 26)]
    dead = [after(given(horizon_nights=n))["cold_deaths"][0] for n in range(1, 26)]
    there = [a + d - b for a, d, b in zip(away, dead, [0, *dead[:-1]], strict=True)]
    assert total == sum(there)


def test_nobody_goes_home_before_it_opens_or_to_a_place_that_was_not_secured() -> None:
    shut = after(given(open_after_nights=40), 20)
    lost = after(given(), 20, secured=False)
    for found in (shut, lost):
        assert not found["returned"].any()
        assert not found["missed_infiltrators"].any()
        assert (found["nights_displaced"] > 0).all()
    assert (shut["nights_displaced"] == lost["nights_displaced"]).all()
    assert (shut["cold_deaths"] == lost["cold_deaths"]).all()


def test_without_hindrance_the_return_is_the_closed_form() -> None:
    """dR/dt = k S (D - R) with S = 1 and nobody stopped: what is left after n days is e^(-k n)."""
    section = given(
        shelter=1, mined=0, infiltrator_share=0, false_stop_share=1e-300, open_after_nights=0,
        lanes=1000, unsheltered=0, horizon_nights=30, return_per_night=0.07,
    )  # fmt: skip
    exact = 5000 * math.exp(-0.07 * 30)
    assert after(section, expected=True)["still_displaced"][0] == pytest.approx(exact)
    drawn = after(section, 4000)["still_displaced"]
    assert abs(z_mean(drawn, exact)) < FURTHEST


def test_missed_caught_and_stopped_are_those_of_the_closed_form() -> None:
    found = after(given(close_nights=0, lanes=20), 3000)
    caught_share = theory.mean_caught_share(0.05, 3.0, 2.0, 3.0)
    missed, caught, stopped = (
        found[name] for name in ("missed_infiltrators", "caught_infiltrators", "false_stops")
    )
    infiltrators = missed + caught
    checked = infiltrators + stopped + found["returned"]
    screening = theory.screening(0.02, caught_share, 0.95)
    family(
        [
            z_mean(caught - caught_share * infiltrators, 0.0),
            z_mean(infiltrators - 0.02 * checked, 0.0),
            z_mean(missed - screening.missed_per_1000 / 1000 * checked, 0.0),
            z_mean(stopped - screening.false_stops_per_1000 / 1000 * checked, 0.0),
            z_mean(found["checkpoint_attacks"] - 0.02 * caught, 0.0),
        ]
    )


def test_an_overloaded_checkpoint_is_said_to_be_one_and_its_queue_grows() -> None:
    quiet = given(open_after_nights=0, return_per_night=0.002, lanes=2)
    assert not after(quiet, 20)["overloaded_days"].any()
    queues = []
    for nights in (2, 4, 6):
        found = after(
            given(
                open_after_nights=0, return_per_night=0.5, lanes=1, minutes_a_check=5, mined=0,
                horizon_nights=nights, caught_strike_share=0,
            ), 20,
        )  # fmt: skip
        assert (found["overloaded_days"] == nights).all()
        queues.append(found["longest_queue"].mean())
    assert queues[0] > 1000
    assert queues[0] < queues[1] < queues[2]


def test_a_strike_closes_the_way_and_its_toll_grows_with_the_queue() -> None:
    striking = {"caught_strike_share": 1.0, "infiltrator_share": 0.01, "open_after_nights": 0}
    open_, shut = (after(given(close_nights=n, **striking), 200) for n in (0, 10))
    assert shut["returned"].mean() < 0.5 * open_["returned"].mean()
    assert shut["nights_displaced"].mean() > open_["nights_displaced"].mean()
    crowded = after(given(close_nights=0, lanes=1, minutes_a_check=8, **striking), 200)
    toll = [
        found["checkpoint_toll"].sum() / found["checkpoint_attacks"].sum()
        for found in (open_, crowded)
    ]
    assert toll[1] > 1.5 * toll[0]
    assert toll[1] < 20.5


def test_the_cold_of_a_night() -> None:
    limits, deaths = np.array([6.0, 1.0]), np.array([1e-4, 4e-4])
    assert [model.band_of(limits, c) for c in (7.0, 6.0, 5.9, 1.0, 0.0)] == [-1, -1, 0, 0, 1]
    cold, hazard = model.cold_chances(limits, deaths, 4.0, 3.0)
    below = norm.cdf([(6 - 4) / 3, (1 - 4) / 3])
    assert cold == pytest.approx(below[0])
    assert hazard == pytest.approx(1e-4 * (below[0] - below[1]) + 4e-4 * below[1])
    assert model.cold_chances(limits, deaths, 4.0, 0.0) == (1.0, 1e-4)
    assert model.cold_chances(limits, deaths, 8.0, 0.0) == (0.0, 0.0)


def test_cold_deaths_have_their_mean_and_come_with_the_season() -> None:
    section = given(open_after_nights=40)
    terms = engine.terms_of(section, section.policy, 30.0)
    means = terms.night_c[10:50]
    chances = [model.cold_chances(terms.band_c, terms.band_deaths, c, 3.0) for c in means]
    exact = 5000 * sum(hazard for _, hazard in chances)
    found = after(section, 4000)
    assert after(section, expected=True)["cold_deaths"][0] == pytest.approx(exact, rel=0.01)
    assert found["cold_deaths"].mean() == pytest.approx(exact, rel=0.03)
    exposed = 5000 * 0.2 * sum(chance for chance, _ in chances)
    assert found["nights_in_cold"].mean() == pytest.approx(exposed, rel=0.02)
    assert not after(section, 50, duration_d=29.0, left=0.0)["nights_in_cold"].max() > 800 * 40


def test_the_season_is_a_cosine_lowest_on_the_coldest_day() -> None:
    section = given()
    nights = engine.night_means(section.cold, "2018-01-20", 365)
    assert nights[0] == pytest.approx(2.0)
    assert nights[183] == pytest.approx(25.0, abs=0.01)
    late = engine.night_means(section.cold, "2017-12-01", 50)
    assert late[50] == pytest.approx(2.0, abs=1e-3)
    assert (np.diff(late[:50]) < 0).all()


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"lanes": 4, "close_nights": 0, "return_per_night": 0.2},
        {"minutes_a_check": 6, "open_after_nights": 10, "caught_strike_share": 0.005},
    ],
)
def test_the_mean_field_is_the_mean_of_the_draws(changes: dict[str, float]) -> None:
    section = given(displaced=40_000, infiltrator_share=0.01, **changes)
    drawn, expected = after(section, 3000), after(section, expected=True)
    for name in OWN:
        exact, sample = float(expected[name][0]), drawn[name]
        error = sample.std(ddof=1) / math.sqrt(sample.size)
        assert abs(sample.mean() - exact) < 0.02 * exact + FURTHEST * error, name


def test_luck_is_addressed_so_nothing_hangs_on_order_or_company() -> None:
    together = after(given(), 40, seed=7)
    for name in OWN:
        apart = [after(given(), 1, seed=7, first=k)[name][0] for k in (0, 17, 39)]
        assert apart == [together[name][k] for k in (0, 17, 39)]
    other = after(given(), 40, seed=8)
    assert (together["returned"] != other["returned"]).any()


def test_policies_meet_the_same_luck() -> None:
    """The nights are as cold, whoever is away: exposure moves only with who is."""
    one, two = (after(given(lanes=lanes), 300) for lanes in (1, 2))
    share = [found["nights_in_cold"] / found["nights_displaced"] for found in (one, two)]
    assert float(np.corrcoef(share[0], share[1]).min()) > 0.99


def test_a_campaign_ends_in_the_same_way_home() -> None:
    """In the campaign's own run, chunk by chunk and behind it, bit by bit."""
    scenario = whole()
    plan = build(scenario, "commit-all")
    rows = cpu.simulate(plan, 3, 0, 60)
    parts = np.concatenate([cpu.simulate(plan, 3, first, 20) for first in (0, 20, 40)])
    np.testing.assert_array_equal(rows, parts)
    again = rows.copy()
    again[:, model.DISPLACED : model.LONGEST + 1] = -1.0
    model.replications(plan.homecoming, False, 3, np.arange(60, dtype=np.int64), again)
    np.testing.assert_array_equal(rows, again)
    assert rows[:, model.RETURNED].any()


def test_without_the_section_no_other_number_moves() -> None:
    scenario = whole()
    with_it = build(scenario, "rotate")
    without = build(scenario.with_values({"homecoming": None}), "rotate")
    assert with_it.homecoming.on
    assert not without.homecoming.on
    a, b = cpu.simulate(with_it, 1, 0, 40), cpu.simulate(without, 1, 0, 40)
    own = slice(model.DISPLACED, model.LONGEST + 1)
    assert not b[:, own].any()
    a[:, own] = 0.0
    np.testing.assert_array_equal(a, b)
    assert not cpu.simulate(build(small(), "rotate"), 1, 0, 5)[:, own].any()


def test_the_mean_field_of_a_campaign_has_a_way_home() -> None:
    row = dict(
        zip((o.name for o in OUTCOMES), mean_field.solve(whole(), "commit-all"), strict=True)
    )
    total = sum(row[name] for name in WHERE)
    assert total == pytest.approx(4000 + row["residents_left"])
    assert (row["returned"] > 0) == (row["secured"] == 1)
