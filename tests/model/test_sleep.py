"""Sleep in a campaign: the tables of a plan, and a group living through clock steps."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nobat.engine.sleeping import tables
from nobat.model import process, sleep
from nobat.model.compiled import kernel
from nobat.model.sleep import Sleepers, Terms
from tests.oracles.sleep_by_minutes import PUBLISHED, THREE, Stepped

#: The defaults of a scenario, by schedule.
HOURS = (5.0, 3.0, 7.0, 9.0, 9.0, 4.0, 3.0, 7.0)
STEPS_H = (0.25, 1.0, 3.0, 8.0, 24.0)
STEPPED = {"safte": PUBLISHED, "three_process": THREE}
#: Mean of S + C + U + W while awake of one who sleeps from 23 to 7; `test_full_effectiveness`.
RESTED = 11.393081


@kernel
def step(s: Sleepers, i: int, schedule: int, k: int, terms: Terms) -> float:
    return sleep.pass_step(s, i, schedule, k, terms)


@kernel
def start(s: Sleepers, i: int, terms: Terms, schedule: int) -> None:
    sleep.begin(s, i, terms, schedule)


@kernel
def mix(s: Sleepers, n_i: float, n_j: float) -> None:
    sleep.mix(s, 0, 1, n_i, n_j)


@kernel
def copy(s: Sleepers, i: int, j: int) -> None:
    sleep.copy(s, i, j)


def group(state: float, awake_min: float = sleep.EVER, intensity: float = 1.0) -> Sleepers:
    s = sleep.sleepers(1)
    s[0] = state, awake_min, intensity
    return s


def by_minutes(person: Stepped, bed_h: float, hours: float, from_min: float, minutes: int) -> float:
    """The person's mean effectiveness over these minutes of a schedule, a share without limits."""
    dt, area = 0.5, 0.0
    for n in range(2 * minutes):
        t = from_min + n * dt
        asleep = (t + dt / 2 - 60 * bed_h) % 1440 < 60 * hours
        before = person.effectiveness(t)
        person.live(asleep, t, dt)
        since = person.awake - dt if not asleep else -1.0
        both = before + person.effectiveness(t + dt)
        area += dt / 2 * (both + person.inertia(since) + person.inertia(person.awake))
    full = RESTED if person.model == THREE else 100.0
    return area / minutes / full


@settings(max_examples=25)
@given(
    st.sampled_from(sorted(STEPPED)),
    st.sampled_from(STEPS_H),
    st.integers(0, 47),
    st.lists(st.sampled_from([0.0, 0.5, 2.0, 3.0, 5.0, 8.0, 14.5, 24.0]), min_size=8, max_size=8),
    st.floats(0, 1),
    st.lists(st.integers(0, 7), min_size=12, max_size=12),
)
def test_a_group_lives_as_the_equations_say(
    model: str, step_h: float, bed: int, hours: list[float], share: float, duties: list[int]
) -> None:
    """Any bedtime, hours and step, and a schedule that changes: against steps of half a minute.

    The reference loses up to half a minute's gain where a rate jumps; hence the tolerances.
    """
    terms = tables(model, bed / 2, tuple(hours), step_h, 0.0)
    first = 2880 * share if model == "safte" else 2.4 + 11.9 * share
    s, person = group(first), Stepped(STEPPED[model], first)
    steps = terms.day
    for n in range(min(3 * steps, 60)):
        schedule, k = duties[n * 12 // min(3 * steps, 60)], n % steps
        found = step(s, 0, schedule, k, terms)
        said = by_minutes(person, bed / 2, hours[schedule], 60 * step_h * k, round(60 * step_h))
        assert s["reservoir"][0] == pytest.approx(person.state, abs=2e-3)
        assert found == pytest.approx(min(1.0, max(0.0, said)), abs=3e-4)


@settings(max_examples=25)
@given(
    st.sampled_from(sorted(STEPPED)),
    st.integers(0, 23),
    st.integers(0, 24),
    st.floats(0, 1),
)
def test_the_length_of_a_step_is_no_matter(model: str, bed: int, hours: int, share: float) -> None:
    """A day in one step is the day in 96: the same state, and the mean of their means."""
    first = 2880 * share if model == "safte" else 2.4 + 11.9 * share
    states, means = [], []
    for step_h in (0.25, 2.0, 24.0):
        terms = tables(model, bed, (float(hours),) * 8, step_h, -9.0)
        s = group(first)
        shares = [step(s, 0, sleep.REST, k, terms) for k in range(round(24 / step_h))]
        states.append(float(s["reservoir"][0]))
        means.append(float(np.mean(shares)) if max(shares) < 1.0 else math.nan)
    assert states == pytest.approx([states[0]] * 3, abs=1e-9)
    there = [mean for mean in means if not math.isnan(mean)]  # where none was cut off at 1
    assert there == pytest.approx(there[:1] * len(there), abs=1e-11)


@pytest.mark.parametrize("model", sorted(STEPPED))
@pytest.mark.parametrize("step_h", [1.0, 24.0])
@pytest.mark.parametrize("bed_h", [0.0, 12.0, 23.0])
@pytest.mark.parametrize("hours", [0.0, 1.0, 3.0, 3.2, 5.0, 8.0, 9.0, 16.0, 24.0])
def test_a_start_is_a_steady_state(model: str, step_h: float, bed_h: float, hours: float) -> None:
    terms = tables(model, bed_h, (hours,) * 8, step_h, 0.35)
    s = group(0.0)
    start(s, 0, terms, sleep.PEACE)
    first = [float(number) for number in s[0]]
    assert first == list(terms.start[sleep.PEACE])
    for k in range(round(24 / step_h)):
        step(s, 0, sleep.PEACE, k, terms)
    assert s["reservoir"][0] == pytest.approx(first[0], abs=1e-9)
    if 0 < hours < 24:
        assert [float(number) for number in s[0]][1:] == pytest.approx(first[1:], abs=1e-9)
    asleep = bed_h != 0 and (0.0 - bed_h) % 24 <= hours  # at midnight: not up yet
    assert (first[1] == sleep.ASLEEP) == (asleep or hours == 24)


def test_the_steady_states_of_the_defaults() -> None:
    """At midnight, an hour after going to bed at 23: R, by the equations stepped by the minute."""
    terms = tables("safte", 23.0, HOURS, 1.0, 0.35)
    states = [terms.start[duty, 0] for duty in (sleep.OPERATING, sleep.RESERVE, sleep.REST)]
    assert states == pytest.approx([2111.207, 2384.717, 2487.883], abs=1e-3)
    assert terms.start[sleep.COMMITTED, 0] == pytest.approx(1873.357, abs=1e-3)
    # Three hours are too few: it ran empty, and an hour at the cap has been put back.
    assert terms.start[sleep.PRESSED, 0] == pytest.approx(60 * 3.4)


def test_a_waking_step_by_hand() -> None:
    """From 12 to 13, R from 2,400 to 2,370, long awake: E at half time, and no more."""
    terms = tables("safte", 23.0, HOURS, 1.0, 0.35)
    s = group(2400.0)
    found = step(s, 0, sleep.OPERATING, 12, terms)
    assert s["reservoir"][0] == 2370.0
    c = (math.cos(math.pi) - math.cos(math.pi * 13 / 12)) * 12 / math.pi
    c += 0.25 * (math.cos(2 * math.pi) - math.cos(2 * math.pi * 13 / 12)) * 12 / math.pi
    by_hand = (100 * 2385 / 2880 - c * (7 + 5 * 495 / 2880)) / 100
    assert found == pytest.approx(by_hand, abs=2e-6)


def test_inertia_by_hand() -> None:
    """Awake from 8 after 9 hours, SI 1 then: 5 points, gone at the rate 0.04 a minute."""
    terms = tables("safte", 23.0, HOURS, 1.0, 0.0)
    rested, woken = group(2500.0), group(2500.0, awake_min=0.0)
    lost = step(rested, 0, sleep.REST, 8, terms) - step(woken, 0, sleep.REST, 8, terms)
    assert lost == pytest.approx(0.05 * (1 - math.exp(-2.4)) / 2.4)
    assert woken["awake_min"][0] == 60.0
    again = step(rested, 0, sleep.REST, 9, terms) - step(woken, 0, sleep.REST, 9, terms)
    assert again == pytest.approx(lost * math.exp(-2.4))
    third = step(rested, 0, sleep.REST, 10, terms) - step(woken, 0, sleep.REST, 10, terms)
    assert third == 0.0


def test_those_who_sleep_count_without_inertia_and_wake_with_the_depth_of_their_sleep() -> None:
    terms = tables("safte", 23.0, HOURS, 1.0, 0.0)
    s = group(2600.0, awake_min=30.0)
    step(s, 0, sleep.OPERATING, 3, terms)
    assert s["awake_min"][0] == sleep.ASLEEP
    waking = float(s["reservoir"][0])
    step(s, 0, sleep.OPERATING, 4, terms)
    c = math.cos(2 * math.pi * (4 - 18) / 24) + 0.5 * math.cos(4 * math.pi * (4 - 21) / 24)
    assert s["intensity"][0] == pytest.approx(0.0026243 * (2880 - waking) - 0.55 * c)
    assert s["awake_min"][0] == 60.0


def test_where_sleep_gives_nothing_there_is_no_inertia() -> None:
    """At noon, full: SI is at most 0, and is taken for a little above it."""
    assert process.intensity(2880.0, 15 * 60.0) == 0.01
    assert process.intensity(0.0, 4 * 60.0) == 3.4
    assert sleep.inertia_area(4.0, 120.0, 0.0, 60.0) == pytest.approx(0.25)
    assert sleep.inertia_area(0.04, 120.0, 100.0, 60.0) == pytest.approx(
        25 * (math.exp(-4) - math.exp(-4.8))
    )
    assert sleep.inertia_area(0.04, 120.0, 120.0, 60.0) == 0.0


def test_no_model_leaves_everyone_fully_effective() -> None:
    terms = tables("none", 23.0, HOURS, 1.0, 0.35)
    s = group(7.0)
    start(s, 0, terms, sleep.PRESSED)
    assert step(s, 0, sleep.PRESSED, 5, terms) == 1.0
    with pytest.raises(KeyError):
        tables("saft", 23.0, HOURS, 1.0, 0.35)


@pytest.mark.parametrize("model", sorted(STEPPED))
def test_effectiveness_stays_within_its_limits(model: str) -> None:
    terms = tables(model, 23.0, HOURS, 1.0, 0.35)
    empty, full = group(0.0), group(2880.0 if model == "safte" else 14.3)
    awake = tables(model, 23.0, (0.0,) * 8, 1.0, 0.35)
    assert {step(empty, 0, sleep.REST, k, awake) for k in range(24)} == {0.35}
    assert step(full, 0, sleep.REST, 18, terms) == 1.0


def test_full_effectiveness() -> None:
    """The mean of the three-process model's day of 8 hours' sleep, by steps of half a minute."""
    person, area = Stepped(THREE, 13.8), 0.0
    for day in range(12):
        for n in range(2880):
            asleep = (n / 120 - 23) % 24 < 8
            before = person.effectiveness(n / 2)
            person.live(asleep, n / 2, 0.5)
            if day == 11 and not asleep:
                lost = person.inertia(person.awake) + person.inertia(person.awake - 0.5)
                area += (before + person.effectiveness((n + 1) / 2) + lost) / 4
    assert area / 960 == pytest.approx(process.WELL_RESTED, abs=1e-5)
    assert pytest.approx(RESTED, abs=1e-6) == process.WELL_RESTED


def test_mixing_takes_the_mean_by_persons() -> None:
    def two(awake_i: float = 300.0, awake_j: float = 60.0) -> Sleepers:
        s = sleep.sleepers(2)
        s[0], s[1] = (2000.0, awake_i, 3.0), (1000.0, awake_j, 1.0)
        return s

    s = two()
    mix(s, 30.0, 10.0)
    assert tuple(s[0]) == (1750.0, 240.0, 2.5)
    assert tuple(s[1]) == (1000.0, 60.0, 1.0)
    for awake in ((sleep.ASLEEP, 60.0), (300.0, sleep.ASLEEP)):
        s = two(*awake)
        mix(s, 30.0, 10.0)
        assert tuple(s[0]) == (1750.0, awake[0], 3.0)
    s = two()
    mix(s, 0.0, 10.0)
    assert tuple(s[0]) == (1000.0, 60.0, 1.0)
    for nobody in (0.0, -0.0):
        s = two()
        mix(s, nobody, nobody)
        assert tuple(s[0]) == (2000.0, 300.0, 3.0)


def test_a_copy_is_all_of_a_group() -> None:
    s = sleep.sleepers(3)
    s["reservoir"][2], s["awake_min"][2], s["intensity"][2] = 5.0, 6.0, 7.0
    copy(s, 2, 0)
    assert tuple(s[0]) == (5.0, 6.0, 7.0)
    assert tuple(s[1]) == (0.0, 0.0, 1.0)
