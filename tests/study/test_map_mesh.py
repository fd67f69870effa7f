"""Between which points a place lies: corners and weights that give back any straight sheet."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nobat.study.map_mesh import Rows, Triangles, mesh_of

GRID = np.array([(x, y) for y in np.linspace(0, 1, 5) for x in np.linspace(0, 1, 5)])
#: Two points in the middles of cells: triangles of several sizes.
POINTS = np.vstack([GRID, [(0.125, 0.125), (0.625, 0.375)]])


def test_every_point_is_a_corner_of_the_mesh() -> None:
    triangles = Triangles(POINTS).triangles
    assert set(triangles.ravel().tolist()) == set(range(len(POINTS)))
    assert len(triangles) == 32 + 2 * 2


@given(st.integers(0, 2**32 - 1))
def test_a_plane_comes_out_as_it_is(seed: int) -> None:
    rng = np.random.default_rng(seed)
    a, b, c = rng.normal(size=3)
    heights = a + b * POINTS[:, 0] + c * POINTS[:, 1]
    places = np.vstack([rng.random((50, 2)), [(0, 0), (1, 1), (0, 0.3), (0.7, 1)]])
    corners, weights = Triangles(POINTS).corners(places)
    assert (weights >= 0).all()
    assert weights.sum(axis=1) == pytest.approx(1)
    found = (weights * heights[corners]).sum(axis=1)
    assert found == pytest.approx(a + b * places[:, 0] + c * places[:, 1])


def test_a_corner_without_weight_is_not_named() -> None:
    """At a point that point alone, on an edge its two ends."""
    corners, weights = Triangles(POINTS).corners(POINTS)
    assert (corners == np.arange(len(POINTS))[:, None]).all()
    assert weights.max(axis=1) == pytest.approx(1)
    edge, _ = Triangles(GRID).corners(np.array([(0.1, 0.0), (1.0, 0.9)]))
    assert [set(own) for own in edge.tolist()] == [{0, 1}, {19, 24}]


def test_a_place_in_a_row_lies_between_two_points_of_it() -> None:
    points = np.array([(0.0, 0.2), (1.0, 0.2), (0.5, 0.2), (0.0, 0.7), (1.0, 0.7)])
    corners, weights = Rows(points, 0).corners(np.array([(0.1, 0.2), (0.5, 0.2), (0.25, 0.7)]))
    assert [set(own) for own in corners.tolist()] == [{0, 2}, {2}, {3, 4}]
    assert weights[0, :2] == pytest.approx([0.8, 0.2])
    assert weights.sum(axis=1) == pytest.approx([1, 1, 1])
    with pytest.raises(KeyError):
        Rows(points, 0).corners(np.array([(0.1, 0.4)]))


def test_rows_where_values_are_listed() -> None:
    assert isinstance(mesh_of(GRID, False, False), Triangles)
    assert mesh_of(GRID, True, False).corners(np.array([(0.25, 0.1)]))[0].tolist() == [[1, 6, 1]]
    assert mesh_of(GRID, False, True).corners(np.array([(0.1, 0.25)]))[0].tolist() == [[5, 6, 5]]
    assert isinstance(mesh_of(GRID, True, True), Rows)
