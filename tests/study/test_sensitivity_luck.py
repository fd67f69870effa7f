"""The share of luck: found again where it was planted."""

from __future__ import annotations

import numpy as np
import pytest

from nobat.study.sensitivity_luck import LuckAtPoints, LuckOfSteps
from tests.statistics import family

POINTS, REPLICATIONS = 60, 25


def planted(seed: int, own: float) -> np.ndarray:
    """Points of their own height, luck that all of them share, and luck of each."""
    rng = np.random.default_rng(seed)
    heights, shared = rng.normal(0, 3, (POINTS, 1)), rng.normal(0, 5, (1, REPLICATIONS))
    return heights + shared + own * rng.normal(0, 1, (POINTS, REPLICATIONS))


def test_luck_that_points_share_does_not_count() -> None:
    """200 tables; the estimate is unbiased for the variance of a mean."""
    found = []
    for seed in range(200):
        luck = LuckAtPoints(REPLICATIONS)
        for row in planted(seed, own=2.0):
            luck.add(row)
        found.append(luck.variance())
    sample = np.array(found, np.float64)
    exact = 2.0**2 / REPLICATIONS
    family([(sample.mean() - exact) / (sample.std(ddof=1) / np.sqrt(sample.size))])
    alike = LuckAtPoints(REPLICATIONS)
    for row in planted(1, own=0.0):
        alike.add(row)
    assert alike.variance() == pytest.approx(0.0, abs=1e-9)


def test_the_textbook_s_table() -> None:
    """The mean square of interaction, worked out cell by cell."""
    table = planted(5, own=1.0)
    luck = LuckAtPoints(REPLICATIONS)
    for row in table:
        luck.add(row)
    rest = table - table.mean(axis=1, keepdims=True) - table.mean(axis=0) + table.mean()
    mean_square = (rest**2).sum() / ((POINTS - 1) * (REPLICATIONS - 1))
    assert luck.variance() == pytest.approx(mean_square / REPLICATIONS)


def test_values_that_are_not_always_there() -> None:
    """Then each point's own variance is taken, over what it has."""
    luck = LuckAtPoints(4)
    luck.add(np.array([1.0, 3.0, np.nan, np.nan]))
    luck.add(np.array([5.0, np.nan, np.nan, np.nan]))
    luck.add(np.array([0.0, 0.0, 6.0, 6.0]))
    assert luck.variance() == pytest.approx(np.mean([2.0 / 2, 12.0 / 4]))


def test_too_little_to_know() -> None:
    assert LuckAtPoints(5).variance() is None
    single = LuckAtPoints(1)
    for height in (1.0, 2.0, 5.0):
        single.add(np.array([height]))
    assert single.variance() is None
    steps = LuckOfSteps(2)
    steps.add(0, np.array([1.0]), np.array([2.0]), 0.5)
    assert steps.variances() == [None, None]


def test_luck_of_steps_is_that_of_pairs() -> None:
    before, after = np.array([1.0, 2.0, 9.0, np.nan]), np.array([2.0, 4.0, 9.0, 5.0])
    steps = LuckOfSteps(2)
    steps.add(1, before, after, -0.5)
    steps.add(1, before, before, 0.5)
    assert steps.variances() == [None, pytest.approx((1.0 / 3 / 0.25) / 2)]
