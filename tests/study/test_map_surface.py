"""Between the points: planes over triangles, who is ahead there, and where it changes."""

from __future__ import annotations

import numpy as np
import pytest

from nobat.study.map_surface import SURE, Floats, Surface

GRID = np.array([(x, y) for y in np.linspace(0, 1, 5) for x in np.linspace(0, 1, 5)])
#: Two points in the middles of cells: triangles of several sizes.
PLACES = np.vstack([GRID, [(0.125, 0.125), (0.625, 0.375)]])


def tilted(*each: tuple[float, float, float]) -> Floats:
    """The heights of planes a + b x + c y at the places."""
    return np.column_stack([a + b * PLACES[:, 0] + c * PLACES[:, 1] for a, b, c in each])


def surface(noise: float, *each: tuple[float, float, float]) -> Surface:
    """Planes whose heights are off, in each resample, by so much for all places together."""
    means = tilted(*each)
    off = np.random.default_rng(3).normal(0, noise, (2000, 1, 1)) * np.arange(means.shape[1])
    return Surface(PLACES, means, means + off)


def test_every_point_is_a_corner_of_the_mesh() -> None:
    found = surface(0, (0, 1, 0), (0.5, 0, 0)).mesh
    assert set(found.simplices.ravel().tolist()) == set(range(len(PLACES)))
    assert not found.coplanar.size


def test_planes_are_planes_between_the_points() -> None:
    """Who is ahead of two planes is known everywhere, at corners and edges too."""
    found = surface(0, (0, 1, 0), (0.3, 0, 0.2))
    spots = np.vstack([PLACES, np.random.default_rng(1).random((500, 2))])
    raster = found.raster(spots)
    expected = spots[:, 0] < 0.3 + 0.2 * spots[:, 1]
    assert (raster.winner == expected).all()
    assert (raster.held == 1).all()


def test_the_share_of_resamples_is_that_of_the_normal_law() -> None:
    """Off by N(0, 0.1): at 0.1 from the line the winner is ahead in 84.1 % of the resamples."""
    found = surface(0.1, (0, 1, 0), (0.5, 0, 0))
    held = found.raster(np.array([(0.6, 0.5), (0.4, 0.7), (0.9, 0.1)])).held
    # 2,000 resamples: a standard error of 0.8 points.
    assert held[:2] == pytest.approx([0.841, 0.841], abs=4.5 * 0.0082)
    assert held[2] > 0.999
    assert found.raster(np.array([(0.69, 0.5), (0.72, 0.5)])).sure.tolist() == [False, True]


def test_nobody_is_ahead_where_two_are_equal() -> None:
    found = surface(0, (0, 1, 0), (0, 1, 0))
    assert (found.raster(np.random.default_rng(1).random((50, 2))).winner == -1).all()
    assert not found.raster(np.array([(0.5, 0.5)])).sure.any()
    # On the line between two colours the first has it: no holes in a map.
    crossing = surface(0, (0, 1, 0), (0.5, 0, 0))
    assert crossing.raster(np.array([(0.5, 0.5)])).winner.tolist() == [0]


@pytest.mark.parametrize("at", [0.0, 0.3, 1.0])
def test_a_flip_along_a_section_has_the_interval_of_its_luck(at: float) -> None:
    """Planes 0.4 and x cross at 0.4; off by N(0, 0.02), in 95 % of the resamples within 0.039."""
    (flip,) = surface(0.02, (0.4, 0, 0), (0, 1, 0)).section(0, at)
    assert (flip.before, flip.after, flip.p_exists) == (0, 1, 1.0)
    assert flip.value == pytest.approx(0.4)
    # The quantile of 2,000 resamples: a standard error of 0.0012.
    assert [flip.low, flip.high] == pytest.approx([0.361, 0.439], abs=4.5 * 0.0012)
    assert SURE == 0.975


def test_a_section_the_other_way_and_without_a_change() -> None:
    found = surface(0.02, (0.4, 0, 0), (0, 0, 1))
    assert found.section(0, 0.7) == []
    (flip,) = found.section(1, 0.7)
    assert flip.value == pytest.approx(0.4)


def test_three_doctrines_change_twice() -> None:
    found = surface(0.0, (1, -1, 0), (0.6, 0, 0), (0, 1, 0)).section(0, 0.5)
    assert [(one.before, one.after) for one in found] == [(0, 1), (1, 2)]
    assert [one.value for one in found] == pytest.approx([0.4, 0.6])


def test_a_change_that_is_noise_shows_in_few_resamples() -> None:
    (flip,) = surface(0.2, (0.02, 0, 0), (0, 1, 0)).section(0, 0.5)
    assert 0.4 < flip.p_exists < 0.65
