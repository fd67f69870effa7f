"""Sleep against independent programs, and closed forms against equations stepped through time.

The tables were made by the R packages SAFTEr 1.0.0 and FIPS 0.2.1 on nine schedules. Of each there
is a figure inline, so that the checks bite without the folder.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nobat.engine.sleeping import tables
from nobat.model import alertness, process, sleep
from nobat.model.alertness import ThreeProcess
from nobat.theory import reservoir
from nobat.theory.reservoir import Store
from nobat.theory.schedule import Sleep
from nobat.theory.sleep import MODELS, SAFTER, THREE, Reading, curve, s_asleep, s_awake
from tests.model.test_sleep import group, step
from tests.oracles.sleep_by_minutes import Stepped
from tests.reference import rows

NAMES = (
    "baseline_8h", "restrict_7h", "restrict_5h", "restrict_4h", "restrict_3h", "restrict_1h5",
    "surge_tsd88", "rotation_4_6_9", "night_duty_daysleep7h",
)  # fmt: skip
UNTIL_H = 276.0
#: SAFTEr lets the reservoir fall below 0 and then drops the circadian term.
EMPTY = {"restrict_1h5": 242.0}
#: Hours of sleep a day below which SAFTE has no steady state: 3.4 s = 0.5 (24 - s).
THRESHOLD_H = 12 / 3.9


def nights(*hours: float) -> list[Sleep]:
    """Sleeps that end at 7, as long as said, from the first night on; 0 for none."""
    return [Sleep(31 + 24 * n - h, 31 + 24 * n) for n, h in enumerate(hours) if h]


def at(found: tuple[Reading, ...], hour: float) -> Reading:
    return next(one for one in found if one.hour == hour)


def schedule(name: str) -> list[Sleep]:
    return [
        Sleep(float(row["sleep_start_h"]), float(row["sleep_end_h"]))
        for row in rows("sleep/schedules.csv")
        if row["schedule"] == name
    ]


@pytest.mark.parametrize("name", NAMES)
def test_the_program_safter(name: str) -> None:
    """The reservoir within 4 of 2,880, effectiveness within 0.15 points where inertia is 0.

    They agree better than that: the program's step of a minute is worth 1 unit and 0.04 points.
    """
    found = curve(schedule(name), SAFTER, 23.0, 2400.0, UNTIL_H).rows
    there = [row for row in rows("sleep/safter.csv") if row["schedule"] == name]
    there = [row for row in there if float(row["hour"]) < EMPTY.get(name, math.inf)]
    assert len(there) > 200
    for row in there:
        one = at(found, float(row["hour"]))
        assert one.awake == (row["asleep"] == "0")
        assert one.state == pytest.approx(float(row["reservoir_balance"]), abs=1.0)
        assert one.score == pytest.approx(float(row["effectiveness_norm967"]), abs=0.05)
        assert one.third == pytest.approx(float(row["inertia_term"]), abs=0.005)


def test_safter_inline() -> None:
    """Three nights of 8 hours, then of 3; and three nights without sleep, then one of 8."""
    found = curve(nights(8, 8, 8, 3, 3, 3), SAFTER, 23.0, 2400.0, 160.0).rows
    assert at(found, 31).state == pytest.approx(2879.785, abs=1)
    assert at(found, 126).state == pytest.approx(2282.849, abs=1)
    assert at(found, 151).state == pytest.approx(2237.090, abs=1)
    assert at(found, 151).score == pytest.approx(72.6929, abs=0.05)
    assert at(found, 159).score == pytest.approx(73.7085, abs=0.05)
    awake = curve(nights(8, 8, 8, 0, 0, 0, 8, 8), SAFTER, 23.0, 2400.0, 191.0).rows
    assert at(awake, 166).score == pytest.approx(21.5754, abs=0.05)
    assert at(awake, 191).state == pytest.approx(1313.407, abs=1)


@pytest.mark.parametrize("name", NAMES)
def test_the_program_fips(name: str) -> None:
    """The three-process model: S, S + C + U and KSS to the digits that were written down."""
    found = curve(schedule(name), THREE, 7.0, 7.96, UNTIL_H).rows
    there = [row for row in rows("sleep/fips_tpm.csv") if row["schedule"] == name]
    there = [row for row in there if float(row["hour"]) >= 55]
    assert len(there) > 200
    for row in there:
        one = at(found, float(row["hour"]))
        assert one.awake == (row["awake"] == "1")
        assert one.state == pytest.approx(float(row["S"]), abs=1e-6)
        assert one.score == pytest.approx(float(row["alertness_S_C_U"]), abs=1e-6)
        assert one.third == pytest.approx(float(row["KSS"]), abs=1e-6)


def test_fips_inline() -> None:
    """The same three nights without sleep, and the one after: at its waking, and at its bedtime."""
    found = curve(nights(8, 8, 8, 0, 0, 0, 8, 8), THREE, 7.0, 7.96, 191.0).rows
    assert at(found, 55)[2:] == pytest.approx((13.50720295, 11.36729926, 7.211620444), abs=1e-6)
    assert at(found, 160)[2:] == pytest.approx((3.052027311, 4.794027991, 7.723583205), abs=1e-6)
    assert at(found, 191)[2:] == pytest.approx((6.331600504, 5.648496382, 7.210902171), abs=1e-6)


def test_two_processes() -> None:
    """Process S of the two-process model, 18.2 h awake and 4.2 h asleep, as 1 - S of ours."""
    for row in rows("sleep/two_process_closed_form.csv"):
        begun, hours = float(row["S_start"]), float(row["hours"])
        two_process(row["phase"], begun, hours, float(row["S_end_closed_form"]))


def test_two_processes_inline() -> None:
    two_process("wake", 0.17, 16, 0.6554273954)
    two_process("sleep", 0.95, 8, 0.1414151768)


def two_process(phase: str, begun: float, hours: float, ended: float) -> None:
    plain = ThreeProcess(low=0.0, high=1.0, bend=0.0, fall=1 / 18.2, rise=1 / 4.2)
    live = s_awake if phase == "wake" else s_asleep
    assert 1 - live(1 - begun, hours, plain) == pytest.approx(ended, abs=1e-9)


@settings(max_examples=25)
@given(
    st.sampled_from(MODELS),
    st.lists(st.tuples(st.integers(15, 2400), st.integers(15, 900)), min_size=1, max_size=5),
    st.floats(0, 1),
)
def test_a_curve_is_what_the_equations_say(
    model: str, spells: list[tuple[int, int]], share: float
) -> None:
    """Schedules of any kind, minutes awake and asleep in turn, against steps of half a minute."""
    first = 2.4 + 11.9 * share if model == THREE else 2880 * share
    sleeps, minute = [], 7 * 60
    for waking, sleeping in spells:
        sleeps.append(Sleep((minute + waking) / 60, (minute + waking + sleeping) / 60))
        minute += waking + sleeping
    until = math.ceil(minute / 60) + 3
    found = curve(sleeps, model, 7.0, first, until).rows
    person, early = Stepped(model, first, awake=0.0), 1 if model == SAFTER else 0
    bounds = [(60 * one.start_h - early - 0.1, 60 * one.end_h - early - 0.1) for one in sleeps]
    for one, following in pairwise(found):
        for n in range(120):
            t = 60 * one.hour + n / 2
            person.live(any(a <= t < b for a, b in bounds), t, 0.5)
        end, divisor = 60 * following.hour, 0.967 if model == SAFTER else 1.0
        assert following.state == pytest.approx(person.state, abs=2e-3)
        inertia = 0.0 if model == THREE else following.third
        score = (person.effectiveness(end) + inertia) / divisor
        assert following.score == pytest.approx(score, abs=2e-4)
        if model == THREE and person.awake > 0 and following.awake:
            kss = 10.6 - 0.6 * (following.score + person.inertia(person.awake))
            assert following.third == pytest.approx(kss, abs=1e-6)


@settings(max_examples=30)
@given(st.floats(0, 1), st.floats(0, 1), st.integers(0, 1439), st.integers(15, 1440))
def test_a_regulated_capacity_is_what_the_equations_say(
    depth: float, share: float, minute: int, minutes: int
) -> None:
    """Any capacity and reservoir, the full reservoir and the full capacity among them."""
    z = 1200 * depth if depth > 0.3 else 0.0
    x = (2880 - z) * (share - 0.3) if share > 0.3 else 0.0
    person = Stepped(SAFTER, 2880 - z - x, 2880 - z)
    for n in range(2 * minutes):
        person.live(True, minute + n / 2, 0.5)
    found = reservoir.asleep(alertness.SAFTER, Store(x, z), minute, minutes)
    assert 2880 - found.regulated == pytest.approx(person.capacity, abs=2e-3)
    assert reservoir.level(alertness.SAFTER, found) == pytest.approx(person.state, abs=2e-3)


def test_inertia_after_waking_by_minutes() -> None:
    """SAFTE's two hours after a night of 5: the SI of waking, 5 points, the rate 0.04 a minute."""
    person = Stepped("safte", 2400.0)
    for n in range(2 * 60 * 24):
        person.live(n < 5 * 120, n / 2, 0.5)
        if n >= 5 * 120 and (n + 1) % 120 == 0:
            hour = (n + 1) / 120
            one = at(curve([Sleep(0, 5)], "safte", 0.0, 2400.0, 24.0).rows, hour)
            assert one.third == pytest.approx(person.inertia(person.awake), abs=1e-5)
    assert at(curve([Sleep(0, 5)], "safte", 0.0, 2400.0, 24.0).rows, 5).third == -5


@settings(max_examples=200)
@given(st.floats(0, 2880), st.floats(0, 1440), st.floats(0.01, 1440))
def test_the_campaign_and_the_curve_agree(level: float, minute: float, minutes: float) -> None:
    """Two closed forms of a stretch of sleep, written apart: to rounding."""
    one, _ = process.safte_asleep(level, minute, minutes)
    other = reservoir.asleep(alertness.SAFTE, Store(2880 - level), minute, minutes)
    assert one == pytest.approx(reservoir.level(alertness.SAFTE, other), abs=1e-8)


@settings(max_examples=60)
@given(
    st.sampled_from([process.safte_asleep, process.safte_awake]),
    st.floats(0, 1),
    st.floats(0, 1440),
    st.floats(30, 1440),
)
def test_the_area_is_the_integral_of_effectiveness(
    live: Callable[[float, float, float], tuple[float, float]],
    share: float,
    minute: float,
    minutes: float,
) -> None:
    """Over the states that the same function gives, by Simpson's rule in quarter minutes.

    Where the cap or the full reservoir is met a rate bends, which costs the rule some 1e-6.
    """
    level, pieces = 2880 * min(1.0, 1.2 * share), 4 * math.ceil(minutes)
    values = []
    for n in range(pieces + 1):
        since = minutes * n / pieces
        person = Stepped("safte", live(level, minute, since)[0])
        values.append(person.effectiveness(minute + since) / 100)
    area = values[0] + values[-1] + 4 * sum(values[1::2]) + 2 * sum(values[2:-1:2])
    assert live(level, minute, minutes)[1] == pytest.approx(area * minutes / pieces / 3, abs=2e-5)


def day_of(hours: float, first: float, days: int) -> list[float]:
    """The reservoir at midnight, day by day, of a campaign's group that sleeps from 0 o'clock."""
    terms = tables("safte", 0.0, (hours,) * 8, 1.0, 0.35)
    s, found = group(first), [first]
    for _ in range(days):
        for k in range(24):
            step(s, 0, sleep.PEACE, k, terms)
        found.append(float(s["reservoir"][0]))
    return found


@pytest.mark.parametrize("hours", [0.0, 1.0, 2.0, 3.0, 3.05])
def test_below_three_hours_a_person_runs_down_without_end(hours: float) -> None:
    """At the cap a day costs 60 (12 - 3.9 s), whatever the reservoir, until it is empty."""
    found = day_of(hours, 1100.0, 300)
    cost = 60 * (12 - 3.9 * hours)
    assert cost > 0
    for before, after in pairwise(found):
        assert after == pytest.approx(max(0.0, before - cost), abs=1e-6)
    assert found[-1] == 0.0


@pytest.mark.parametrize("hours", [3.1, 3.2, 4.0, 5.0])
def test_above_it_there_is_a_steady_state(hours: float) -> None:
    """From below and from above to the same, well above empty; low, a day gains at the cap."""
    low, high = day_of(hours, 700.0, 400), day_of(hours, 2880.0, 400)
    assert low[-1] == pytest.approx(high[-1], abs=0.1)
    assert low[-1] > 1000
    assert low[1] - low[0] == pytest.approx(60 * (3.9 * hours - 12), abs=1e-6)


def test_the_threshold_lies_where_the_rates_balance() -> None:
    assert pytest.approx(3.077, abs=5e-4) == THRESHOLD_H
    found = day_of(THRESHOLD_H, 900.0, 50)
    assert found[-1] == pytest.approx(900.0, abs=1e-6)
    start = [tables("safte", 0.0, (h,) * 8, 1.0, 0.35).start[0, 0] for h in (3.07, 3.09)]
    assert start[0] == 0.0
    assert start[1] > 500
