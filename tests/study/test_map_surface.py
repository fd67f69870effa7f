"""Between the points: planes over triangles, who is ahead there, and where it changes."""

from __future__ import annotations

import numpy as np
import pytest

from nobat.study.map_mesh import Rows, Triangles
from nobat.study.map_surface import NO_DATA, TIE, Flags, Floats, Surface

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
    return Surface(Triangles(PLACES), means, means + off, np.ones(len(PLACES), bool))


def known(means: Floats, sure: Flags | bool = True) -> Surface:
    """Heights at the places that luck does not move."""
    flags = np.broadcast_to(sure, len(PLACES)).copy()
    return Surface(Triangles(PLACES), means, means[None], flags)


def spots(count: int = 400) -> Floats:
    """Places anywhere on the map."""
    return np.random.default_rng(1).random((count, 2))


def test_planes_are_planes_between_the_points() -> None:
    """Who is ahead of two planes is known everywhere, at corners and edges too."""
    found = surface(0, (0, 1, 0), (0.31, 0, 0.2))
    where = np.vstack([PLACES, spots()])
    expected = where[:, 0] < 0.31 + 0.2 * where[:, 1]
    assert (found.raster(where).winner == expected).all()


def test_a_colour_is_sure_where_its_corners_are() -> None:
    """Not where one corner is within noise, and not where another doctrine has a corner."""
    means = tilted((0, 1, 0), (0.3, 0, 0))
    assert known(means).raster(PLACES).sure.all()
    assert not known(means, False).raster(spots()).sure.any()
    off = PLACES[:, 0] != 0.5
    found = known(means, off).raster(spots())
    x = spots()[:, 0]
    # Where the middle of a cell has been run its triangles are smaller.
    assert not found.sure[(x > 0.25) & (x < 0.625)].any()
    assert found.sure[(x < 0.25) | (x > 0.75)].all()


def test_no_island_is_sure_between_points_that_are_not() -> None:
    """Two points within noise, whose mean is beyond it in the resamples."""
    rng = np.random.default_rng(2)
    means = np.column_stack([np.full(len(PLACES), 0.17), np.zeros(len(PLACES))])
    again = means + rng.normal(0, 0.1, (2000, *means.shape))
    found = Surface(Triangles(PLACES), means, again, np.zeros(len(PLACES), bool)).raster(spots())
    assert (found.winner == 0).all()
    assert not found.sure.any()


def test_nobody_is_ahead_where_two_are_equal() -> None:
    found = surface(0, (0, 1, 0), (0, 1, 0))
    assert (found.raster(spots(50)).winner == TIE).all()
    assert not found.raster(np.array([(0.5, 0.5)])).sure.any()
    # On the line between two colours the first has it: no holes in a map.
    crossing = surface(0, (0, 1, 0), (0.5, 0, 0))
    assert crossing.raster(np.array([(0.6, 0.5)])).winner.tolist() == [0]


def test_level_ground_is_nobodys_and_what_lies_beside_it_is_not_sure() -> None:
    """Level left of 0.5, from where one rises: just off level ground it leads in all resamples."""
    rise = np.maximum(PLACES[:, 0] - 0.5, 0)
    means = np.column_stack([rise, np.zeros(len(PLACES))])
    found = known(means, rise > 0).raster(spots())
    x = spots()[:, 0]
    assert (found.winner[x < 0.5] == TIE).all()
    assert (found.winner[x > 0.5] == 0).all()
    assert not found.sure[x < 0.625].any()
    assert found.sure[x > 0.75].all()


def test_a_third_that_is_behind_does_not_make_two_equals_win() -> None:
    means = np.column_stack([np.zeros(len(PLACES)), np.zeros(len(PLACES)), PLACES[:, 0] - 2])
    assert (known(means).raster(spots()).winner == TIE).all()


def test_ground_without_data_is_nobodys() -> None:
    means = tilted((0, 1, 0), (0.3, 0, 0))
    means[PLACES[:, 1] > 0.6, 0] = np.nan
    found = known(means)
    raster, y = found.raster(spots()), spots()[:, 1]
    assert (raster.winner[y > 0.5] == NO_DATA).all()
    assert (raster.winner[y < 0.5] >= 0).all()
    assert not raster.sure[y > 0.5].any()
    assert found.raster(PLACES).winner[PLACES[:, 1] == 0.5].min() >= 0
    assert found.section(0, 0.75) == []
    assert len(found.section(0, 0.5)) == 1


def test_rows_say_nothing_of_each_other() -> None:
    """Three rows, each with its own crossing; the rows between are not looked through."""
    places = np.array([(x, y) for y in (0.0, 0.1, 1.0) for x in (0.0, 0.5, 1.0)])
    at = np.repeat([0.2, 0.79, 0.4], 3)
    means = np.column_stack([places[:, 0], at])
    found = Surface(Rows(places, 0), means, means[None], np.ones(9, bool))
    flips = [found.section(0, y)[0].value for y in (0.0, 0.1, 1.0)]
    assert flips == pytest.approx([0.2, 0.79, 0.4])
    where = np.column_stack([np.linspace(0, 1, 11), np.full(11, 0.1)])
    assert found.raster(where).winner.tolist() == [1] * 8 + [0] * 3
    assert found.mesh.triangles.size == 0
    turned = Surface(Rows(places[:, ::-1], 1), means, means[None], np.ones(9, bool))
    assert turned.section(1, 1.0)[0].value == pytest.approx(0.4)


def test_points_that_are_listed_both_ways_stand_alone() -> None:
    places = np.array([(x, y) for y in (0.0, 1.0) for x in (0.0, 0.3, 1.0)])
    means = np.column_stack([np.arange(6.0), np.full(6, 2.5)])
    found = Surface(Rows(places, 0), means, means[None], np.arange(6) != 4).raster(places)
    assert found.winner.tolist() == [1, 1, 1, 0, 0, 0]
    assert found.sure.tolist() == [True, True, True, True, False, True]


@pytest.mark.parametrize("at", [0.0, 0.3, 1.0])
def test_a_flip_along_a_section_has_the_interval_of_its_luck(at: float) -> None:
    """Planes 0.4 and x cross at 0.4; off by N(0, 0.02), in 95 % of the resamples within 0.039."""
    (flip,) = surface(0.02, (0.4, 0, 0), (0, 1, 0)).section(0, at)
    assert (flip.before, flip.after, flip.p_exists) == (0, 1, 1.0)
    assert flip.value == pytest.approx(0.4)
    # The quantile of 2,000 resamples: a standard error of 0.0012.
    assert [flip.low, flip.high] == pytest.approx([0.361, 0.439], abs=4.5 * 0.0012)


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


def test_no_change_is_told_across_level_ground_or_at_the_edge() -> None:
    def along(*gaps: float) -> list[float]:
        across = dict(zip(np.linspace(0, 1, 5).tolist(), gaps, strict=True))
        heights = [[np.interp(x, list(across), list(across.values())), 0.0] for x in PLACES[:, 0]]
        return [one.value for one in known(np.array(heights)).section(0, 0.0)]

    assert along(0, 1, 1, 1, 1) == along(1, 1, 1, 1, 0) == along(0, 0, 1, 1, 1) == []
    assert along(-1, 0, 0, 1, 1) == []
    assert along(-1, -1, 0, 1, 1) == pytest.approx([0.5])
    assert along(0, 0, 1, -1, 0) == pytest.approx([0.625])
