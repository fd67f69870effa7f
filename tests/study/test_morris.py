"""Trajectories and elementary effects; what SALib and closed forms say of them is elsewhere."""

from __future__ import annotations

import numpy as np
import pytest

from nobat.study.morris import (
    elementary_effects,
    mean_of_sizes,
    morris_effects,
    step_of,
    trajectories,
)


@pytest.mark.parametrize("levels", [2, 4, 8])
def test_one_input_moves_at_a_time(levels: int) -> None:
    design = trajectories(6, 50, seed=3, levels=levels)
    moves = np.diff(design.points, axis=1)
    assert (np.count_nonzero(moves, axis=2) == 1).all()
    np.testing.assert_allclose(np.abs(moves).max(axis=2), step_of(levels))
    np.testing.assert_array_equal(np.abs(moves).argmax(axis=2), design.order)
    np.testing.assert_array_equal(np.sort(design.order, axis=1), np.tile(np.arange(6), (50, 1)))
    np.testing.assert_allclose(np.abs(design.steps), step_of(levels))


def test_points_lie_on_the_grid_each_level_as_often() -> None:
    points = trajectories(3, 4000, seed=1).points
    at, counts = np.unique((points * 3).round(9), return_counts=True)
    assert at.tolist() == [0, 1, 2, 3]
    assert np.abs(counts / points.size - 0.25).max() < 0.01


def test_inputs_are_changed_in_every_order() -> None:
    order = trajectories(3, 600, seed=1).order
    counts = np.unique(order, axis=0, return_counts=True)[1]
    assert len(counts) == 6
    assert counts.min() > 60


def test_a_straight_line_has_its_slopes() -> None:
    slopes = np.array([3.0, -2.0, 0.0])
    design = trajectories(3, 20, seed=1)
    effects = elementary_effects(design.order, design.steps, design.points @ slopes)
    for found, slope in zip(morris_effects(effects), slopes, strict=True):
        assert found.mu.mean == pytest.approx(slope)
        assert found.mu_star.mean == pytest.approx(abs(slope))
        assert found.sigma == pytest.approx(0.0, abs=1e-12)


def test_a_single_trajectory_has_no_spread() -> None:
    (one,) = morris_effects(np.array([[2.0]]))
    assert (one.mu.mean, one.mu.low, one.sigma) == (2.0, None, None)


def test_the_interval_of_a_size_respects_0() -> None:
    """Student's on the scale of the logarithm: m exp(-h/m) to m exp(h/m)."""
    found = mean_of_sizes(np.array([0.0, -9.0, 0.0, 3.0]))
    half = 3.182446 * np.std([0, 9, 0, 3], ddof=1) / 2
    assert found.mean == 3.0
    assert found.low == pytest.approx(3.0 * np.exp(-half / 3.0), rel=1e-6)
    assert found.high == pytest.approx(3.0 * np.exp(half / 3.0), rel=1e-6)
    still = mean_of_sizes(np.zeros(5))
    assert (still.mean, still.low, still.high) == (0.0, 0.0, 0.0)
    assert mean_of_sizes(np.array([-2.0])).high is None


def test_the_interval_of_a_size_holds_it() -> None:
    """Sizes of normal effects and of skewed ones, 4,000 times: 95 % within what 10 of them allow.

    Student's interval, cut at 0, would hold the skewed mean in 90 of 100.
    """
    rng = np.random.default_rng(20)
    normal = rng.normal(0, 1, (4000, 10))
    skewed = rng.exponential(1, (4000, 10))
    for rows, true, least in ((normal, np.sqrt(2 / np.pi), 0.94), (skewed, 1.0, 0.92)):
        found = [mean_of_sizes(row) for row in rows]
        held = [(one.low or 0.0) <= true <= (one.high or 0.0) for one in found]
        assert least < np.mean(held) < 0.97


@pytest.mark.parametrize("levels", [0, 3, 5])
def test_levels_are_even(levels: int) -> None:
    with pytest.raises(ValueError, match=f"{levels} levels are not an even number"):
        trajectories(2, 2, 1, levels)
