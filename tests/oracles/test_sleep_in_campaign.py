"""A group's day and what waking takes, minute by minute (MODEL 3)."""

from __future__ import annotations

import math

import pytest

from nobat.engine.sleeping import tables
from nobat.model import sleep
from tests.model.test_sleep import STEPPED, by_minutes, group, step
from tests.oracles.sleep_by_minutes import Stepped


@pytest.mark.parametrize(
    ("since", "minutes"), [(0, 30), (0, 120), (30, 60), (100, 60), (0, 1440), (120, 60), (119, 1)]
)
@pytest.mark.parametrize("depth", [0.5, 3.4])
def test_inertia_is_its_sum_over_the_minutes_that_it_lasts(
    since: float, minutes: float, depth: float
) -> None:
    # exp(-0.04 t / SI) for 120 minutes after waking, then nothing: by hundredths of a minute.
    rate, fine = 0.04 / depth, 100
    total = sum(
        math.exp(-rate * (since + (n + 0.5) / fine)) / fine
        for n in range(int(minutes * fine))
        if since + (n + 0.5) / fine < 120
    )
    found = sleep.inertia_area(rate, 120.0, float(since), float(minutes))
    assert found == pytest.approx(total, rel=1e-6, abs=1e-12)


@pytest.mark.parametrize(
    ("model", "first"), [("safte", 2300.0), ("safte", 900.0), ("three_process", 9.0)]
)
def test_a_day_is_what_the_equations_say(model: str, first: float) -> None:
    """From 18 o'clock on, in bed from 23:20 for 5 hours, against steps of half a minute."""
    terms = tables(model, 23 + 1 / 3, (5.0,) * 8, 1.0, 0.0)
    s, person = group(first), Stepped(STEPPED[model], first)
    for hour in range(18, 18 + 24):
        found = step(s, 0, sleep.REST, hour % 24, terms)
        exact = by_minutes(person, 23 + 1 / 3, 5.0, 60.0 * hour, 60)
        assert s["reservoir"][0] == pytest.approx(person.state, abs=2e-3)
        assert found == pytest.approx(min(1.0, exact), abs=2e-4)
