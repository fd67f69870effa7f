"""The places of a map: the first grid, the halves of cells, which are split and in which order."""

from __future__ import annotations

import numpy as np
import pytest

from nobat.study.factors import factors_of
from nobat.study.map_grid import (
    DOUBT,
    HALVINGS,
    Axis,
    Cell,
    Place,
    axis_of,
    doubt,
    first_cells,
    split,
)
from tests.small import small


def axis(over: str, side: int = 3) -> Axis:
    (factor,) = factors_of(small(), [over])
    return axis_of(factor, side)


def test_an_axis_can_be_halved_four_times() -> None:
    found = axis("contact.frontage=200:800")
    assert len(found.values) == 2 * 2**HALVINGS + 1
    assert [found.values[i] for i in found.first] == [200, 500, 800]
    assert (found.low, found.high, found.part(found.first[1])) == (200, 800, 0.5)
    assert not found.listed


def test_whole_numbers_and_given_values_are_all_there_is() -> None:
    layers = axis("places.fort.layers.count=1:4", 2)
    assert layers.values == (1, 2, 3, 4)
    assert all(type(value) is int for value in layers.values)
    assert layers.first == (0, 1, 2, 3)
    assert layers.listed
    given = axis("contact.frontage=800,200,300", 2)
    assert given.listed
    assert given.values == (200, 300, 800)
    assert given.first == (0, 1, 2)
    assert given.part(1) == pytest.approx(1 / 6)
    many = axis(f"contact.frontage={','.join(str(200 + i) for i in range(30))}")
    assert many.listed
    assert len(many.first) == 30


def test_values_are_told_to_a_thousandth_of_the_range() -> None:
    hours, persons = axis("works.reorganise_h=6:96"), axis("contact.frontage=1000:4000")
    assert hours.value(0.3000000001) == 33
    assert hours.value(1 / 3) == 36
    assert hours.value(0.123456) == 17.11
    assert persons.value(3e-12) == 1000
    assert persons.value(1 / 7) == 1429
    assert axis("attrition.attacker_rate=0.02:0.2").value(2.0) == 0.2


def test_the_first_grid_covers_the_map_once() -> None:
    x, y = axis("contact.frontage=200:800", 4), axis("attrition.attacker_rate=0.02:0.2", 3)
    cells = first_cells(x, y)
    assert len(cells) == 3 * 2
    covered = np.zeros((len(x.values) - 1, len(y.values) - 1), int)
    for cell in cells:
        covered[cell.left : cell.right, cell.low : cell.high] += 1
    assert (covered == 1).all()


def test_a_listed_axis_has_rows() -> None:
    x, y = axis("contact.frontage=200:800", 3), axis("places.fort.layers.count=1:3")
    cells = first_cells(x, y)
    assert {(cell.low, cell.high) for cell in cells} == {(0, 0), (1, 1), (2, 2)}
    known = {(i, j) for j in y.first for i in x.first}
    after, new = split(cells, [0, 0, 1, 0, 0, 0], known, x, y, 10)
    assert new == [(x.first[1] // 2, 1)]
    assert len(after) == 7
    # Between values that are listed both ways there is nothing.
    assert split(first_cells(y, y), [1.0] * 9, set(), y, y, 10)[1] == []


def test_a_cell_is_split_in_four_or_two_or_not_at_all() -> None:
    assert Cell(0, 4, 0, 2).parts() == (
        Cell(0, 2, 0, 1), Cell(2, 4, 0, 1), Cell(0, 2, 1, 2), Cell(2, 4, 1, 2),
    )  # fmt: skip
    assert Cell(0, 3, 5, 6).parts() == (Cell(0, 1, 5, 6), Cell(1, 3, 5, 6))
    assert Cell(0, 1, 5, 6).parts() == ()


def corners(*winners: list[int]) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Heights of two doctrines in some resamples, from who wins at the corners (-1: both)."""
    return np.array([[[i != 1, i != 0] for i in each] for each in winners], np.float64)


def test_doubt_is_how_often_the_corners_disagree() -> None:
    assert doubt(corners([0, 0, 0, 0], [1, 1, 1, 1])) == 0
    assert doubt(corners([0, 0, 0, 0], [0, 1, 0, 0], [1, 1, 0, 0], [1, 1, 1, 1])) == 0.5
    # Where both are best nothing is in doubt, unless the other corners differ.
    assert doubt(corners([-1, 0, -1, 0], [-1, -1, -1, -1])) == 0
    assert doubt(corners([-1, 0, 1, 0])) == 1


def test_no_data_is_no_doubt() -> None:
    found = corners([0, 0, 0, 0], [0, 1, 0, 0])
    found[:, 1] = np.nan
    assert doubt(found) == 0
    found[:, :] = np.nan
    assert doubt(found) == 0


def grid() -> tuple[Axis, Axis, list[Cell], set[Place]]:
    x = y = axis("contact.frontage=200:800")
    return x, y, first_cells(x, y), {(i, j) for j in y.first for i in x.first}


def test_only_cells_in_doubt_are_split() -> None:
    x, y, cells, known = grid()
    after, new = split(cells, [0, DOUBT, 0.06, 0], known, x, y, 100)
    assert len(after) == 3 + 4
    middle = x.first[1]
    assert len(new) == 5
    assert all(i <= middle <= j for i, j in new)
    assert split(cells, [0] * 4, known, x, y, 100) == (sorted(cells), [])


def test_the_most_doubtful_go_first_where_there_is_no_room_for_all() -> None:
    x, y, cells, known = grid()
    after, new = split(cells, [0.1, 0.2, 0.9, 0.5], known, x, y, 6)
    assert len(after) == 3 + 4
    assert len(new) == 5
    assert set(cells) - set(after) == {cells[2]}
    # Those that share an edge with it need fewer points.
    assert len(split(cells, [0.1, 0.2, 0.9, 0.5], known, x, y, 9)[1]) == 9


def test_splitting_comes_to_an_end() -> None:
    x, y, cells, known = grid()
    for _ in range(HALVINGS + 1):
        cells, new = split(cells, [1.0] * len(cells), known, x, y, 10**6)
        known |= set(new)
    assert new == []
    assert len(known) == len(x.values) * len(y.values)
    assert split(cells, [1.0] * len(cells), known, x, y, 10**6)[0] == sorted(cells)
