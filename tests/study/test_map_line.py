"""The flip line over triangles: where it runs is known, and it hangs together."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.spatial import Delaunay

from nobat.study.map_line import Floats, joined, lines

GRID = np.array([(x, y) for y in np.linspace(0, 1, 5) for x in np.linspace(0, 1, 5)])
MESH: NDArray[np.int64] = Delaunay(GRID).simplices.astype(np.int64)


def planes(*each: tuple[float, float, float]) -> Floats:
    """The heights of planes a + b x + c y at the points of the grid."""
    return np.column_stack([a + b * GRID[:, 0] + c * GRID[:, 1] for a, b, c in each])


def test_two_planes_cross_in_one_straight_line() -> None:
    (line,) = lines(GRID, planes((0, 1, 0), (0.3, 0, 0)), MESH)
    assert line.between == (0, 1)
    assert {x for x, _ in line.spots} == {0.3}
    assert sorted((line.spots[0][1], line.spots[-1][1])) == [0, 1]
    ys = [y for _, y in line.spots]
    assert ys in (sorted(ys), sorted(ys, reverse=True))


def test_one_colour_has_no_line() -> None:
    assert lines(GRID, planes((0, 1, 0), (2, 0, 0)), MESH) == []
    assert lines(GRID, planes((1, 0, 0), (1, 0, 0)), MESH) == []


def test_a_third_doctrine_covers_the_line_of_the_others() -> None:
    """Heights x and 1 - x cross at 0.5, but there a third is ahead: two lines instead of one."""
    found = lines(GRID, planes((0, 1, 0), (1, -1, 0), (0.6, 0, 0)), MESH)
    assert {line.between: round(line.spots[0][0], 6) for line in found} == {
        (0, 2): 0.6,
        (1, 2): 0.4,
    }


def test_three_lines_meet_where_three_doctrines_are_equal() -> None:
    found = lines(GRID, planes((0, 1, 0.1), (0.1, 0, 1), (0.55, 0, 0)), MESH)
    assert {line.between for line in found} == {(0, 1), (0, 2), (1, 2)}
    ends = [spot for line in found for spot in (line.spots[0], line.spots[-1])]
    inner = [spot for spot in ends if 0 < spot[0] < 1 and 0 < spot[1] < 1]
    assert len(inner) == 3
    assert np.ptp(np.array(inner), axis=0) == pytest.approx([0, 0], abs=1e-6)


def gaps(*each: float) -> Floats:
    """Two doctrines whose heights differ by so much at five values of x, for every y."""
    across = dict(zip(np.linspace(0, 1, 5).tolist(), each, strict=True))
    return np.array([[across[x], 0.0] for x, _ in GRID.tolist()])


def test_no_line_runs_along_level_ground_or_the_edge_of_the_map() -> None:
    assert lines(GRID, gaps(0, 0, 1, 1, 1), MESH) == []
    assert lines(GRID, gaps(-1, -1, 0, 0, 0), MESH) == []
    assert lines(GRID, gaps(0, -1, -1, -1, -1), MESH) == []
    assert lines(GRID, gaps(1, 1, 1, 1, 0), MESH) == []
    assert lines(GRID, gaps(-1, 0, 0, 1, 1), MESH) == []


def test_a_line_runs_through_points_where_two_are_equal() -> None:
    (line,) = lines(GRID, gaps(-1, -1, 0, 1, 1), MESH)
    assert {x for x, _ in line.spots} == {0.5}
    assert sorted((line.spots[0][1], line.spots[-1][1])) == [0, 1]


def test_a_line_stops_where_there_is_no_data() -> None:
    heights = planes((0, 1, 0), (0.3, 0, 0))
    heights[GRID[:, 1] > 0.6, 1] = np.nan
    (line,) = lines(GRID, heights, MESH)
    assert max(y for _, y in line.spots) == 0.5
    # A third that is behind everywhere it is known takes nothing away.
    behind = np.where(GRID[:, 1] > 0.6, np.nan, -5.0)
    (whole,) = lines(GRID, np.column_stack([planes((0, 1, 0), (0.3, 0, 0)), behind]), MESH)
    assert max(y for _, y in whole.spots) == 1
    # Where the best of one point is unknown at the next, nobody knows who is best between.
    best = np.where(GRID[:, 1] > 0.6, np.nan, 5.0)
    under = np.column_stack([planes((0, 1, 0), (0.3, 0, 0)), best])
    (above,) = lines(GRID, under, MESH)
    assert min(y for _, y in above.spots) == 0.75


def test_a_ring_is_one_line() -> None:
    cone = np.hypot(GRID[:, 0] - 0.5, GRID[:, 1] - 0.5)
    (line,) = lines(GRID, np.column_stack([cone, np.full(25, 0.3)]), MESH)
    assert line.spots[0] == line.spots[-1]
    assert len(line.spots) > 8


def test_chains_are_joined_whichever_way_their_pieces_run() -> None:
    a, b, c, d = [(float(i), 0.0) for i in range(4)]
    (chain,) = joined([(c, b), (c, d), (a, b)])
    assert chain in ([a, b, c, d], [d, c, b, a])
    assert len(list(joined([(a, b), (c, d)]))) == 2
    forks = list(joined([(a, b), (b, c), (b, d)]))
    assert sorted(len(one) for one in forks) == [2, 2, 2]


@given(st.integers(0, 2**32 - 1), st.integers(2, 4))
def test_on_the_line_two_are_equal_and_nobody_is_higher(seed: int, doctrines: int) -> None:
    heights = np.random.default_rng(seed).random((25, doctrines))
    mesh = Delaunay(GRID)
    for line in lines(GRID, heights, MESH):
        for (ax, ay), (bx, by) in pairwise(line.spots):
            spot = np.array([(ax + bx) / 2, (ay + by) / 2])
            triangle = mesh.find_simplex(spot)
            two = mesh.transform[triangle, :2] @ (spot - mesh.transform[triangle, 2])
            here = np.append(two, 1 - two.sum()) @ heights[mesh.simplices[triangle]]
            i, j = line.between
            assert here[i] == pytest.approx(here[j], abs=1e-6)
            assert here.max() <= here[i] + 1e-6
