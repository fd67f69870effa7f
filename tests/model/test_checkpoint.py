"""The queue of a day, where there is a steady state and where there is none; tolls."""

from __future__ import annotations

import math

import numpy as np
import pytest

from nobat.model import checkpoint


def test_below_capacity_a_day_has_the_steady_queue() -> None:
    # 120 of 240 a day in two lanes: a load of 1, so a chance of 1/3 to wait, 1/3 person waiting.
    mean, longest, left = checkpoint.day_queue(2, 240.0, 120.0, 0.0)
    assert mean == pytest.approx(1 / 3)
    assert longest == pytest.approx(1 / 3)
    assert left == 0.0


def test_from_the_capacity_on_the_queue_grows_day_by_day() -> None:
    held = 0.0
    for day in range(1, 6):
        mean, longest, left = checkpoint.day_queue(2, 240.0, 300.0, held)
        assert left == 60.0 * day
        assert longest == left
        assert mean == pytest.approx(held + 30.0)
        held = left
    assert checkpoint.steady_queue(2, 2.0) == math.inf
    assert checkpoint.steady_queue(2, 2.5) == math.inf


def test_what_is_held_over_is_worked_off() -> None:
    # 100 held over, 60 fewer come than can be checked: 40 left; then gone after two thirds.
    assert checkpoint.day_queue(2, 240.0, 180.0, 100.0) == (70.0, 100.0, 40.0)
    mean, _, left = checkpoint.day_queue(2, 240.0, 180.0, 40.0)
    assert left == 0.0
    assert mean == pytest.approx(0.5 * 40 * 40 / 60)


def test_close_to_the_capacity_no_day_has_the_queue_of_an_endless_one() -> None:
    steady = checkpoint.steady_queue(2, 2 * 239.9 / 240)
    mean, longest, _ = checkpoint.day_queue(2, 240.0, 239.9, 0.0)
    assert mean < longest < 20 < steady
    over, _, _ = checkpoint.day_queue(2, 240.0, 240.0, 0.0)
    assert mean == pytest.approx(over, rel=0.01)


def test_at_capacity_a_day_grows_a_queue_as_a_reflected_walk_does() -> None:
    """A day of 240 arrivals, person by person: what the model allows is no less, nor far more."""
    rng = np.random.default_rng(1)
    came = rng.poisson(1.0, (4000, 240)) - rng.poisson(1.0, (4000, 240))
    walk = np.cumsum(came, axis=1)
    queue = walk - np.minimum(np.minimum.accumulate(walk, axis=1), 0)
    mean, longest, _ = checkpoint.day_queue(1, 240.0, 240.0, 0.0)
    assert 1.0 < mean / queue.mean() < 1.1
    assert 1.0 < longest / queue[:, -1].mean() < 1.1


def test_a_checkpoint_that_can_check_nobody() -> None:
    assert checkpoint.day_queue(1, 0.0, 10.0, 5.0) == (10.0, 15.0, 15.0)
    assert checkpoint.day_queue(1, 0.0, 0.0, 0.0) == (0.0, 0.0, 0.0)


def test_a_toll_grows_with_the_queue_and_levels_off() -> None:
    gate = checkpoint.Terms(
        lanes=1, minutes=1.0, capacity=480.0, false_rate=0.05, z=-1.6, d_max=3.0,
        tau=2.0, infiltrators=0.01, caught_strike=0.1, missed_strike=0.1, strike_chance=0.1,
        toll_alone=4.0, toll_most=40.0, crowd_half=60.0, missed_toll=8.0, closes=False, reopen=1.0,
    )  # fmt: skip
    tolls = [checkpoint.mean_toll(gate, queue) for queue in (0.0, 60.0, 600.0, 1e9)]
    assert tolls[:2] == [4.0, 22.0]
    assert tolls == sorted(tolls)
    assert tolls[3] == pytest.approx(40.0)
