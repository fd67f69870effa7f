"""Crossings: where they are, and that their intervals cover the truth as often as they say."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from nobat.study.crossing import crossings, crossings_of, resampled
from tests.statistics import FURTHEST, z_mean, z_share

X = np.array([0.0, 1.0, 2.0, 4.0])
Floats = NDArray[np.float64]


def found(*differences: float) -> list[tuple[float, bool]]:
    """The crossings of one curve, and whether it rises there."""
    where, rises = crossings(X, np.array([differences]))
    return [(x, up) for x, up in zip(where[0], rises[0], strict=True) if not np.isnan(x)]


def curve(values: Floats, at: float, n: int, seed: int) -> Floats:
    """Differences of n replications, whose means lie on a line that is 0 at `at`."""
    rng = np.random.default_rng(seed)
    common, own = rng.normal(0, 1, n), rng.normal(0, 2, (values.size, n))
    return (values - at)[:, None] + common + own


def test_crossings_lie_on_the_straight_line() -> None:
    assert found(-1, 3, 4, 5) == [(0.25, True)]
    assert found(2, 1, 1, -3) == [(2.5, False)]
    assert found(-1, 1, -1, 1) == [(0.5, True), (1.5, False), (3.0, True)]


@pytest.mark.parametrize("differences", [(1, 2, 3, 4), (0, 0, 0, 0), (0, 0, 1, 2), (1, 0, 0, 2)])
def test_touching_zero_is_no_crossing(differences: tuple[float, ...]) -> None:
    assert found(*differences) == []


def test_a_curve_that_is_zero_on_its_way_crosses_in_the_middle() -> None:
    assert found(-1, 0, 1, 1) == [(1.0, True)]
    assert found(1, 0, 0, -1) == [(1.5, False)]


def test_several_curves_at_once() -> None:
    where, rises = crossings(X, np.array([[-1, 1, 2, 3], [1, 2, 3, 4], [3, 1, -1, -1]]))
    assert where.shape == rises.shape == (3, 3)
    assert (~np.isnan(where)).sum(axis=1).tolist() == [1, 0, 1]
    assert not rises[2].any()


def test_resamples_keep_replications_whole() -> None:
    """The points of a replication are drawn together, so their differences stay what they are."""
    one = np.random.default_rng(3).normal(5, 1, 40)
    means = resampled(np.array([one, one + 2]), 500)
    assert means.shape == (500, 2)
    np.testing.assert_allclose(means[:, 1] - means[:, 0], 2)
    spread = one.std() / np.sqrt(one.size)
    assert means[:, 0].std() == pytest.approx(spread, rel=0.2)
    assert abs(z_mean(means[:, 0], one.mean())) < FURTHEST


def test_resamples_leave_out_what_is_not_there() -> None:
    values = np.array([[1.0, np.nan, 1.0, np.nan], [3.0, 3.0, 3.0, 3.0]])
    means = resampled(values, 200)
    assert set(means[:, 0].tolist()) <= {0.0, 1.0}
    assert set(means[:, 1].tolist()) == {3.0}


def test_intervals_cover_the_truth_as_often_as_they_say() -> None:
    """Of 300 synthetic studies, about 95 % have an interval with the true crossing in it."""
    truth, studies = 1.7, 300
    hits = 0
    for seed in range(studies):
        (one,), share = crossings_of(X, curve(X, truth, 300, seed), resamples=300)
        assert one.rises
        assert share == one.p_exists == 1.0
        assert one.low is not None
        assert one.high is not None
        hits += one.low <= truth <= one.high
    assert abs(z_share(hits, studies, 0.95)) < FURTHEST


def test_a_crossing_near_the_end_shows_in_some_resamples_only() -> None:
    (one,), share = crossings_of(X, curve(X, 0.05, 200, seed=1))
    assert one.p_exists is not None
    assert 0.4 < one.p_exists < 1.0
    assert share is not None
    assert share >= one.p_exists


def test_no_crossing_and_how_often_one_shows() -> None:
    none, share = crossings_of(X, curve(X, -9.0, 100, seed=1))
    assert none == ()
    assert share == 0.0
    near, share = crossings_of(X, curve(X, -0.4, 100, seed=1))
    assert near == ()
    assert share is not None
    assert 0 < share < 0.5


def test_each_crossing_has_its_own_interval() -> None:
    values = np.linspace(0, 6, 13)
    bend = np.abs(values - 3) - 1.5
    noise = np.random.default_rng(1).normal(0, 1, (1, 400))
    falls, rises = crossings_of(values, bend[:, None] + noise)[0]
    assert (falls.rises, rises.rises) == (False, True)
    for one, truth in ((falls, 1.5), (rises, 4.5)):
        assert one.value == pytest.approx(truth, abs=0.3)
        assert one.low is not None
        assert one.high is not None
        assert truth - 1 < one.low < one.value < one.high < truth + 1


def test_points_without_a_difference_are_left_out() -> None:
    differences = curve(X, 1.5, 200, seed=2)
    differences[1] = np.nan
    (one,), _ = crossings_of(X, differences)
    assert one.value == pytest.approx(1.5, abs=0.5)
    assert crossings_of(X, np.full((4, 9), np.nan)) == ((), None)


def test_one_replication_says_nothing_about_chance() -> None:
    (one,), share = crossings_of(X, np.array([[-1.0], [1.0], [1.0], [1.0]]))
    assert (one.value, one.low, one.high, one.p_exists) == (0.5, None, None, None)
    assert share is None


def test_it_repeats() -> None:
    differences = curve(X, 1.0, 50, seed=5)
    assert crossings_of(X, differences) == crossings_of(X, differences)
