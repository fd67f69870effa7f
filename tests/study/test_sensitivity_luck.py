"""The share of luck: found again where it was planted."""

from __future__ import annotations

import numpy as np
import pytest

from nobat.study.estimates import Estimate, mean
from nobat.study.sensitivity_luck import (
    LeftOut,
    LuckAtPoints,
    LuckOfSteps,
    by_luck,
    widened,
    widened_estimate,
)
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


def test_values_with_a_group_left_out() -> None:
    left = LeftOut(2, 4)
    left.add(0, np.array([1.0, 2.0, 3.0, 6.0]))
    left.add(1, np.array([np.nan, np.nan, 5.0, np.nan]))
    found = left.values((2, 1))
    np.testing.assert_allclose(found[:, 0, 0], [11 / 3, 10 / 3, 3.0, 2.0])
    np.testing.assert_allclose(found[:, 1, 0], 5.0)


def test_groups_have_about_as_many_replications() -> None:
    row = np.arange(23.0)
    left = LeftOut(1, 23)
    left.add(0, row)
    found = left.values((1, 1)).ravel()
    groups = np.split(row, np.linspace(0, 23, 11).astype(int)[1:-1])
    assert {len(group) for group in groups} == {2, 3}
    expected = [(row.sum() - group.sum()) / (23 - len(group)) for group in groups]
    np.testing.assert_allclose(found, expected)


def test_the_jackknife_of_a_mean_is_student_s() -> None:
    """With groups of one replication each it is the textbook's interval."""
    row = np.array([1.0, 4.0, 2.0, 9.0, 5.0])
    left = LeftOut(1, 5)
    left.add(0, row)
    halves = by_luck(left.values((1, 1))[:, 0])
    assert halves is not None
    exact = mean(row)
    assert exact.low is not None
    assert exact.high is not None
    assert halves[0] == pytest.approx((exact.high - exact.low) / 2)


def test_one_replication_leaves_nothing_out() -> None:
    left = LeftOut(3, 1)
    for number in range(3):
        left.add(number, np.array([1.0]))
    assert len(left.values((3, 1))) == 0
    assert by_luck(np.zeros((0, 3))) is None


def test_half_widths_add_up_in_squares() -> None:
    assert widened(-3.0, 0.0, 3.0, 4.0) == (-5.0, 5.0)
    assert widened(-3.0, 0.0, 12.0, 5.0)[1] == 13.0
    found = widened_estimate(Estimate(1.0, -2.0, 4.0, 9, "mean"), 4.0)
    assert found == Estimate(1.0, -4.0, 6.0, 9, "mean")
    cut = widened_estimate(Estimate(1.0, 0.2, 4.0, 9, "mean"), 4.0, least=0.0)
    assert (cut.low, cut.high) == (0.0, 6.0)
    unknown = widened_estimate(Estimate(1.0, -2.0, 4.0, 9, "mean"), None)
    assert unknown == Estimate(1.0, None, None, 9, "mean")
    alone = Estimate(1.0, None, None, 1, "mean")
    assert widened_estimate(alone, 4.0) is alone
