"""The places of a map and which of them are run: more of them where the winner is unsure.

Both numbers have a finest grid of values. The map begins with few of them, evenly spread; a cell
between four neighbouring points whose corners do not agree on the winner is split in four.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nobat.study.decision import ahead
from nobat.study.factors import Factor

Floats = NDArray[np.float64]
Place = tuple[int, int]

#: How often a cell of the first grid can be halved.
HALVINGS = 4
#: An axis with no more values than this, and none between them, is listed value by value.
LISTED = 20
#: A cell is split where its corners disagree in more than this share of the resamples.
DOUBT = 0.05


@dataclass(frozen=True, slots=True)
class Axis:
    """One number of a map.

    factor: the number. values: the finest grid of it, rising. first: the places in `values` that
    the map begins with.
    """

    factor: Factor
    values: tuple[float, ...]
    first: tuple[int, ...]

    @property
    def path(self) -> str:
        """Where the number stands in the scenario."""
        return self.factor.path

    @property
    def low(self) -> float:
        """The lowest value."""
        return self.values[0]

    @property
    def high(self) -> float:
        """The highest value."""
        return self.values[-1]

    @property
    def listed(self) -> bool:
        """Whether it has few values, none between them: each is looked at by itself."""
        return self.factor.count == len(self.values) <= LISTED

    @property
    def sections(self) -> tuple[int, ...]:
        """The places at which sections across the map are drawn."""
        return tuple(range(len(self.values))) if self.listed else self.first

    def part(self, place: int) -> float:
        """How far along the axis a value lies, from 0 to 1."""
        return (self.values[place] - self.low) / (self.high - self.low)


def axis_of(factor: Factor, side: int) -> Axis:
    """The axis of a factor. side: how many of its values the map begins with, or all there are."""
    finest = factor.spread((side - 1) * 2**HALVINGS + 1)
    values = tuple(sorted(value for value in finest if isinstance(value, (int, float))))
    places = np.linspace(0, len(values) - 1, min(side, len(values)))
    return Axis(factor, values, tuple(round(float(place)) for place in places))


class Cell(NamedTuple):
    """The rectangle between the values number left and right of x, and low and high of y."""

    left: int
    right: int
    low: int
    high: int

    def corners(self) -> tuple[Place, Place, Place, Place]:
        """Its four corners."""
        return (
            (self.left, self.low),
            (self.right, self.low),
            (self.left, self.high),
            (self.right, self.high),
        )

    def parts(self) -> tuple[Cell, ...]:
        """What it is split into: four cells, two where one side has no value inside, or none."""
        xs = _halves(self.left, self.right)
        ys = _halves(self.low, self.high)
        if len(xs) == len(ys) == 1:
            return ()
        return tuple(Cell(*x, *y) for y in ys for x in xs)


def _halves(start: int, end: int) -> list[tuple[int, int]]:
    """A stretch of places as its two halves; itself where there is no place inside."""
    middle = (start + end) // 2
    return [(start, end)] if middle == start else [(start, middle), (middle, end)]


def first_cells(x: Axis, y: Axis) -> list[Cell]:
    """The cells of the first grid."""
    return [
        Cell(left, right, low, high)
        for low, high in pairwise(y.first)
        for left, right in pairwise(x.first)
    ]


def doubt(corners: Floats) -> float:
    """The share of resamples in which no doctrine is best at all corners of a cell.

    corners: (resamples, corners, doctrines), upwards. Doctrines that share the best mean at a
    corner are both best there.
    """
    agreed = ahead(corners).all(axis=1).any(axis=-1)
    return float(1.0 - agreed.mean())


def split(
    cells: Sequence[Cell], doubts: Sequence[float], known: set[Place], x: Axis, y: Axis, room: int
) -> tuple[list[Cell], list[Place]]:
    """Split the cells in doubt, those with most of it first (doubt times area).

    doubts: of each cell. known: the places that have been run. room: how many more may be. Returns
    the cells that there are then, and the new places in the order in which they are run; no place
    where nothing is left to split.
    """
    found: list[Cell] = []
    new: dict[Place, None] = {}
    order = sorted(range(len(cells)), key=lambda i: (-doubts[i] * _area(cells[i], x, y), cells[i]))
    for i in order:
        parts = cells[i].parts() if doubts[i] > DOUBT else ()
        fresh = {place for part in parts for place in part.corners()} - known - new.keys()
        if not parts or len(new) + len(fresh) > room:
            found.append(cells[i])
            continue
        found += parts
        new |= dict.fromkeys(sorted(fresh))
    return found, list(new)


def _area(cell: Cell, x: Axis, y: Axis) -> float:
    """A cell's part of the map."""
    return (x.part(cell.right) - x.part(cell.left)) * (y.part(cell.high) - y.part(cell.low))
