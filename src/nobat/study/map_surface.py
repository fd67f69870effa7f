"""What a map says between its points: straight sheets over the triangles of its points.

Over each triangle (or between two points of a row, `map_mesh`) a doctrine's mean is a plane through
its corners. The winner at a place is the doctrine whose sheet is the highest there, and the flip
line is where the highest two cross. The same is done in every bootstrap resample, on the same
triangles: that is the uncertainty of the flip line.

A colour is sure where its doctrine is ahead beyond noise at every corner that has a weight, and not
where planes or resamples alone say so. What is beyond noise at the corners is so between them: the
lead there is the weighted mean of theirs, and its standard deviation at most that of theirs,
however luck ties them together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from nobat.study.crossing import crossings
from nobat.study.decision import ahead
from nobat.study.estimates import LEVEL
from nobat.study.map_mesh import Mesh

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

#: In the place of a winner: several are equal; there are not two that can be compared.
TIE, NO_DATA = -1, -2
#: Places of a section along which a crossing is looked for.
_SECTION = 241
#: The two ends of a 95 % interval.
_ENDS = (1 - LEVEL) / 2, (1 + LEVEL) / 2


@dataclass(frozen=True)
class Raster:
    """Who is ahead at each of some places.

    winner: the doctrine's place, TIE or NO_DATA. sure: where that is beyond noise.
    """

    winner: Ints
    sure: Flags


@dataclass(frozen=True)
class Flip:
    """Where along a straight section the winner changes.

    value: how far along the section, from 0 to 1. before, after: the doctrines' places. low, high:
    the 95 % interval over the resamples in which these two cross the same way, None for fewer than
    two; p_exists: the share of those.
    """

    value: float
    low: float | None
    high: float | None
    before: int
    after: int
    p_exists: float


@dataclass(frozen=True, eq=False)
class Surface:
    """The sheets over a map.

    mesh: how its points hang together. means: (points, doctrines), upwards, NaN for none. again:
    (resamples, points, doctrines), the same in every resample. sure: (points,), whether the best
    at a point is ahead beyond noise.
    """

    mesh: Mesh
    means: Floats
    again: Floats
    sure: Flags

    def raster(self, places: Floats) -> Raster:
        """Who is ahead at some places, (places, 2).

        On the flip line the first. TIE where those ahead are equal at all corners.
        """
        corners, weights = self.mesh.corners(places)
        heights = self.means[corners]
        there = comparable(heights)
        found = ahead(np.where(there, _laid(self.means[None], corners, weights)[0], np.nan))
        winner = found.argmax(axis=1)
        shared = found[:, None]
        highest = np.where(shared, heights, -np.inf).max(axis=2)
        lowest = np.where(shared, heights, np.inf).min(axis=2)
        winner[(found.sum(axis=1) > 1) & (highest == lowest).all(axis=1)] = TIE
        winner[~there.any(axis=1)] = NO_DATA
        alone = ahead(heights)
        own = np.take_along_axis(alone, np.maximum(winner, 0)[:, None, None], axis=2)[..., 0]
        sure = (own & (alone.sum(axis=2) == 1) & self.sure[corners]).all(axis=1)
        return Raster(winner, sure & (winner >= 0))

    def section(self, along: int, at: float) -> list[Flip]:
        """Where the winner changes along a straight section, with intervals.

        along: 0 for a section along x, 1 along y. at: where on the other axis, from 0 to 1.
        """
        parts = np.linspace(0, 1, _SECTION)
        places = np.full((_SECTION, 2), at)
        places[:, along] = parts
        changes = list(_changes(self.raster(places).winner))
        if not changes:
            return []
        corners, weights = self.mesh.corners(places)
        sheets = _laid(self.means[None], corners, weights)[0]
        again = _laid(self.again, corners, weights)
        return [_flip(parts, sheets, again, *change) for change in changes]


def comparable(heights: Floats) -> Flags:
    """Which doctrines can be compared between some corners: (places, doctrines).

    heights: (places, corners, doctrines), NaN where a doctrine has no value. Those that have one at
    every corner, if they are two or more, and unless another is the best at a corner: where it
    stands between the corners nobody knows.
    """
    there = np.logical_and.reduce(~np.isnan(heights), axis=1)
    best = np.logical_or.reduce(ahead(heights), axis=1)
    lost = np.logical_or.reduce(best & ~there, axis=1)
    found: Flags = there & ((there.sum(axis=1) >= 2) & ~lost)[:, None]
    return found


def _laid(heights: Floats, corners: Ints, weights: Floats) -> Floats:
    """Heights at places: (sheets, places, doctrines) from (sheets, points, doctrines)."""
    # Not `weights @`: a height that all three corners share must come out as it is.
    first = heights[:, corners[:, 2]]
    found: Floats = first.copy()
    for k in (0, 1):
        found += weights[:, k, None] * (heights[:, corners[:, k]] - first)
    return found


def _changes(winner: Ints) -> Iterator[tuple[int, int, int]]:
    """Where the winner changes along a section: (last place before, winner before, winner after).

    winner: (places,). There is no change across ground that is level or has no data; a single place
    at which two are equal is where they cross.
    """
    runs: list[tuple[int, int, int]] = []
    for place, own in enumerate(winner.tolist()):
        if runs and runs[-1][2] == own:
            runs[-1] = (runs[-1][0], place, own)
        else:
            runs.append((place, place, own))
    runs = [run for run in runs if run[2] != TIE or run[0] < run[1]]
    for (_, here, before), (there, _, after) in pairwise(runs):
        if before >= 0 and after >= 0 and before != after:
            yield (here + there) // 2, before, after


def _flip(parts: Floats, sheets: Floats, again: Floats, near: int, before: int, after: int) -> Flip:
    """One change of the winner with its interval.

    The two sheets may cross several times: the crossing is the one nearest to where the winner
    changes, of the means and of each resample.
    """
    value = _nearest(parts, (sheets[:, before] - sheets[:, after])[None], parts[near])[0]
    if np.isnan(value):
        value = parts[near]
    each = _nearest(parts, again[..., before] - again[..., after], value)
    there = each[~np.isnan(each)]
    low = high = None
    if there.size > 1:
        low, high = (float(x) for x in np.quantile(there, _ENDS))
    return Flip(float(value), low, high, before, after, there.size / len(each))


def _nearest(parts: Floats, curves: Floats, near: float) -> Floats:
    """For each curve, (curves, places), the falling zero nearest to a place; NaN for none."""
    where, rises = crossings(parts, curves)
    falling = np.where(rises, np.nan, where)
    away = np.where(np.isnan(falling), np.inf, np.abs(falling - near))
    found: Floats = falling[np.arange(len(curves)), away.argmin(axis=1)]
    return found
