"""The places of a map and which of them are run: more of them where the winner is unsure.

Both numbers have a finest grid of values. The map begins with few of them, evenly spread; a cell
between four neighbouring points whose corners do not agree on the winner is split in four. Where
one number has values of a list alone, nothing lies between them: the map begins with all of them,
and each has a row of its own, with cells between two neighbours that are split in two.
"""

from __future__ import annotations

import math
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
#: A range with no more values than this, and none between them, is listed value by value.
LISTED = 12
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
        """Whether its values are given one by one, or few with none between: each has its row."""
        if self.factor.levels is not None:
            return True
        return self.factor.count == len(self.values) <= LISTED

    def part(self, place: int) -> float:
        """How far along the axis a value lies, from 0 to 1."""
        return (self.values[place] - self.low) / (self.high - self.low)

    def value(self, part: float) -> float:
        """The value so far along the axis, as finely as a thousandth of it can be told."""
        span = self.high - self.low
        places = 3 - math.floor(math.log10(span))
        found = round(self.low + part * span, places)
        return min(max(found, self.low), self.high)

    def extent(self, start: int, end: int) -> float:
        """The part of the axis between two places; of one that is listed the part of a row."""
        return 1 / len(self.values) if self.listed else self.part(end) - self.part(start)


def axis_of(factor: Factor, side: int) -> Axis:
    """The axis of a factor.

    side: how many of its values the map begins with; all there are of one that is listed.
    """
    finest = factor.spread((side - 1) * 2**HALVINGS + 1)
    values = tuple(sorted(value for value in finest if isinstance(value, (int, float))))
    every = Axis(factor, values, tuple(range(len(values))))
    if every.listed or len(values) <= side:
        return every
    places = np.linspace(0, len(values) - 1, side)
    return Axis(factor, values, tuple(round(float(place)) for place in places))


class Cell(NamedTuple):
    """The rectangle between the values number left and right of x, and low and high of y.

    On an axis that is listed both ends are the same.
    """

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
    across, up = (
        [(i, i) for i in axis.first] if axis.listed else list(pairwise(axis.first))
        for axis in (x, y)
    )
    return [Cell(left, right, low, high) for low, high in up for left, right in across]


def doubt(corners: Floats) -> float:
    """The share of resamples in which no doctrine is best at all corners of a cell.

    corners: (resamples, corners, doctrines), upwards, NaN for none. Doctrines that share the best
    mean at a corner are both best there; a corner without two that can be compared is left out.
    """
    best = ahead(corners)
    nothing = (~np.isnan(corners)).sum(axis=-1, keepdims=True) < 2
    agreed = (best | nothing).all(axis=1).any(axis=-1)
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
    return x.extent(cell.left, cell.right) * y.extent(cell.low, cell.high)
