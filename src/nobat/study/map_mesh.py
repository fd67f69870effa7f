"""Between which points of a map a place lies: the corners of a triangle, or neighbours in a row.

Where both numbers are continuous the points are joined to triangles (Delaunay 1934). Where one has
values of a list alone, each of these has a row of its own, in which a place lies between two
points; where both have, there are places at the points alone.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: How far from the map's edges a triangle is looked for, and below which a weight is none.
_INSIDE = 1e-9


class Mesh(Protocol):
    """How the points of a map hang together."""

    def corners(self, places: Floats) -> tuple[Ints, Floats]:
        """The points that each place lies between, and their weights: both (places, 3).

        places: (places, 2), each from 0 to 1. What is said of a place hangs on points with a weight
        alone: one that has none is named as another is that has.
        """
        ...

    @property
    def triangles(self) -> Ints:
        """The triangles by their corners, (triangles, 3); none where there are rows."""
        ...


class Triangles:
    """Points joined to triangles. points: (points, 2)."""

    def __init__(self, points: Floats) -> None:
        from scipy.spatial import Delaunay

        self._mesh = Delaunay(points)

    @property
    def triangles(self) -> Ints:
        """The triangles by their corners."""
        found: Ints = self._mesh.simplices.astype(np.int64)
        return found

    def corners(self, places: Floats) -> tuple[Ints, Floats]:
        """The corners of the triangle that each place lies in."""
        mesh = self._mesh
        number = mesh.find_simplex(np.clip(places, _INSIDE, 1 - _INSIDE), tol=_INSIDE)
        into, origin = mesh.transform[number, :2], mesh.transform[number, 2]
        two = np.einsum("nij,nj->ni", into, places - origin)
        return _tidy(self.triangles[number], np.column_stack([two, 1 - two.sum(axis=1)]))


class Rows:
    """Points in rows. points: (points, 2). along: 0 for rows that run along x, 1 along y."""

    def __init__(self, points: Floats, along: int) -> None:
        self._along = along
        self._rows = {
            at: own[np.argsort(points[own, along])]
            for at in np.unique(points[:, 1 - along]).tolist()
            for own in (np.flatnonzero(points[:, 1 - along] == at),)
        }
        self._points = points

    @property
    def triangles(self) -> Ints:
        """None."""
        return np.empty((0, 3), np.int64)

    def corners(self, places: Floats) -> tuple[Ints, Floats]:
        """The two points of its row that each place lies between; KeyError where no row is."""
        corners = np.empty((len(places), 3), np.int64)
        weights = np.zeros((len(places), 3))
        for at in np.unique(places[:, 1 - self._along]).tolist():
            own = self._rows[at]
            here = np.flatnonzero(places[:, 1 - self._along] == at)
            knots, spots = self._points[own, self._along], places[here, self._along]
            left = np.clip(np.searchsorted(knots, spots, side="right") - 1, 0, max(len(own) - 2, 0))
            right = np.minimum(left + 1, len(own) - 1)
            step = np.where(right > left, knots[right] - knots[left], 1.0)
            corners[here] = np.column_stack([own[left], own[right], own[left]])
            weights[here, 1] = (spots - knots[left]) / step
        weights[:, 0] = 1 - weights[:, 1]
        return _tidy(corners, weights)


def mesh_of(points: Floats, x_listed: bool, y_listed: bool) -> Mesh:
    """How points hang together: rows where the values of a number are listed, else triangles.

    points: (points, 2).
    """
    if x_listed or y_listed:
        return Rows(points, 0 if y_listed else 1)
    return Triangles(points)


def _tidy(corners: Ints, weights: Floats) -> tuple[Ints, Floats]:
    """Corners and weights without what is left behind by arithmetic.

    A corner of no weight gives its place to the heaviest: what is said there hangs on it no more.
    """
    weights = np.where(weights < _INSIDE, 0.0, weights)
    weights /= weights.sum(axis=1, keepdims=True)
    heaviest = np.take_along_axis(corners, weights.argmax(axis=1)[:, None], axis=1)
    return np.where(weights > 0, corners, heaviest), weights
