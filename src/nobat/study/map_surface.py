"""What a map says between its points: straight sheets over the triangles of its points.

The points are joined to triangles (Delaunay 1934); over each triangle a doctrine's mean is a plane
through its corners. The winner at a place is the doctrine whose sheet is the highest there, and the
flip line is where the highest two cross. The same is done in every bootstrap resample, on the same
triangles: how often a doctrine is ahead at a place says how sure its colour is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nobat.study.crossing import crossings
from nobat.study.decision import ahead
from nobat.study.estimates import LEVEL

if TYPE_CHECKING:
    from scipy.spatial import Delaunay

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Places of a section along which a crossing is looked for.
_SECTION = 241
#: How many resamples are laid over a raster at once: memory.
_AT_ONCE = 100
_INSIDE = 1e-9
#: A colour is sure where its doctrine is ahead in so many resamples: both sides of a 95 % interval.
SURE = (1 + LEVEL) / 2


@dataclass(frozen=True)
class Raster:
    """Who is ahead at each of some places.

    winner: the doctrine's place, -1 where two share the best mean. held: the share of resamples in
    which it is ahead there (with others or alone).
    """

    winner: Ints
    held: Floats

    @property
    def sure(self) -> NDArray[np.bool_]:
        """Where the colour is sure."""
        found: NDArray[np.bool_] = (self.winner >= 0) & (self.held >= SURE)
        return found


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

    places: (points, 2), each from 0 to 1. means: (points, doctrines), upwards. again: (resamples,
    points, doctrines), the same in every resample.
    """

    places: Floats
    means: Floats
    again: Floats
    mesh: Delaunay = field(init=False)

    def __post_init__(self) -> None:
        """Join the points to triangles."""
        from scipy.spatial import Delaunay

        object.__setattr__(self, "mesh", Delaunay(self.places))

    def raster(self, places: Floats) -> Raster:
        """Who is ahead at some places, (places, 2).

        Nobody, where two are equal at all corners of the triangle; on the flip line the first.
        """
        found, held = self.ahead_at(places)
        winner = found.argmax(axis=1)
        shared = np.flatnonzero(found.sum(axis=1) > 1)
        heights = self.means[self._weights(places[shared])[0]]
        mine = found[shared, None]
        spread = np.where(mine, heights, -np.inf).max(2) - np.where(mine, heights, np.inf).min(2)
        winner[shared[(spread == 0).all(axis=1)]] = -1
        return Raster(winner, held[np.arange(len(places)), np.maximum(winner, 0)])

    def ahead_at(self, places: Floats) -> tuple[NDArray[np.bool_], Floats]:
        """Which doctrines are best at places, and the share of resamples in which each is.

        Both are (places, doctrines).
        """
        corners, weights = self._weights(places)
        found = ahead(_laid(self.means[None], corners, weights)[0])
        held = np.zeros(found.shape)
        for start in range(0, len(self.again), _AT_ONCE):
            sheets = _laid(self.again[start : start + _AT_ONCE], corners, weights)
            held += ahead(sheets).sum(axis=0)
        return found, held / len(self.again)

    def section(self, along: int, at: float) -> list[Flip]:
        """Where the winner changes along a straight section, with intervals.

        along: 0 for a section along x, 1 along y. at: where on the other axis, from 0 to 1.
        """
        parts = np.linspace(0, 1, _SECTION)
        places = np.full((_SECTION, 2), at)
        places[:, along] = parts
        corners, weights = self._weights(places)
        sheets = _laid(self.means[None], corners, weights)[0]
        changes = list(_changes(sheets))
        if not changes:
            return []
        again = _laid(self.again, corners, weights)
        return [_flip(parts, sheets, again, *change) for change in changes]

    def _weights(self, places: Floats) -> tuple[Ints, Floats]:
        """The corners of the triangle that each place lies in, and its weights: (places, 3)."""
        mesh = self.mesh
        inside = np.clip(places, _INSIDE, 1 - _INSIDE)
        triangles = mesh.find_simplex(inside, tol=_INSIDE)
        into, origin = mesh.transform[triangles, :2], mesh.transform[triangles, 2]
        two = np.einsum("nij,nj->ni", into, inside - origin)
        weights = np.column_stack([two, 1 - two.sum(axis=1)])
        return mesh.simplices[triangles].astype(np.int64), weights


def _laid(heights: Floats, corners: Ints, weights: Floats) -> Floats:
    """Heights at places: (sheets, places, doctrines) from (sheets, points, doctrines)."""
    # Not `weights @`: a height that all three corners share must come out as it is.
    first = heights[:, corners[:, 2]]
    found: Floats = first.copy()
    for k in (0, 1):
        found += weights[:, k, None] * (heights[:, corners[:, k]] - first)
    return found


def _changes(sheets: Floats) -> Iterator[tuple[int, int, int]]:
    """Where the winner changes along a section: (last place before, winner before, winner after).

    sheets: (places, doctrines). A stretch on which nobody is ahead alone belongs to no one.
    """
    top = ahead(sheets)
    winner = np.where(top.sum(axis=1) == 1, top.argmax(axis=1), -1)
    held = np.flatnonzero(winner >= 0)
    for here, there in pairwise(held.tolist()):
        if winner[here] != winner[there]:
            yield (here + there) // 2, int(winner[here]), int(winner[there])


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
        low, high = (float(x) for x in np.quantile(there, [1 - SURE, SURE]))
    return Flip(float(value), low, high, before, after, there.size / len(each))


def _nearest(parts: Floats, curves: Floats, near: float) -> Floats:
    """For each curve, (curves, places), the falling zero nearest to a place; NaN for none."""
    where, rises = crossings(parts, curves)
    falling = np.where(rises, np.nan, where)
    away = np.where(np.isnan(falling), np.inf, np.abs(falling - near))
    found: Floats = falling[np.arange(len(curves)), away.argmin(axis=1)]
    return found
