"""Trajectories and elementary effects; what SALib and closed forms say of them is elsewhere."""

from __future__ import annotations

import numpy as np
import pytest

from nobat.study.morris import elementary_effects, morris_effects, step_of, trajectories


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


@pytest.mark.parametrize("levels", [0, 3, 5])
def test_levels_are_even(levels: int) -> None:
    with pytest.raises(ValueError, match=f"{levels} levels are not an even number"):
        trajectories(2, 2, 1, levels)
