"""The flip line of a map: where, over its triangles, two doctrines share the best mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Spot = tuple[float, float]
Piece = tuple[Spot, Spot]

#: Pieces of neighbouring triangles meet to so many decimals of the map's width.
_DECIMALS = 9


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of the flip line. between: the doctrines' places. spots: where it runs."""

    between: tuple[int, int]
    spots: tuple[Spot, ...]


def lines(places: Floats, means: Floats, triangles: Ints) -> list[Line]:
    """The flip line in stretches that hang together.

    places: (points, 2). means: (points, doctrines), upwards. triangles: (triangles, 3).
    """
    found: dict[tuple[int, int], list[Piece]] = defaultdict(list)
    # By rising number, so that both triangles at an edge say the same of it.
    for corners in np.sort(triangles, axis=1):
        for pair, piece in _pieces(places[corners], means[corners]):
            found[pair].append(piece)
    return [Line(pair, tuple(chain)) for pair in sorted(found) for chain in joined(found[pair])]


def _pieces(corners: Floats, heights: Floats) -> Iterator[tuple[tuple[int, int], Piece]]:
    """The pieces of the line in one triangle: straight, one for each pair that shares the top.

    corners: (3, 2). heights: (3, doctrines); a sheet is a plane over the triangle.
    """
    for i, j in combinations(range(heights.shape[1]), 2):
        ends = _zero(heights[:, i] - heights[:, j])
        if ends is None:
            continue
        start, end = 0.0, 1.0
        for k in range(heights.shape[1]):
            if k not in (i, j):
                over = [float(weights @ (heights[:, i] - heights[:, k])) for weights in ends]
                start, end = _above(over[0], over[1], start, end)
        if end - start > 10.0**-_DECIMALS:
            spots = [((1 - t) * ends[0] + t * ends[1]) @ corners for t in (start, end)]
            piece = _spot(spots[0]), _spot(spots[1])
            if piece[0] != piece[1]:
                yield (i, j), piece


def _zero(gap: Floats) -> tuple[Floats, Floats] | None:
    """Where a plane over a triangle is 0: the weights of its corners at both ends; None: nowhere.

    gap: the plane's heights at the corners; a corner at 0 counts as just above it.
    """
    up = gap >= 0
    if up.all() or not up.any():
        return None
    lone = int(np.flatnonzero(up == (up.sum() == 1))[0])
    found = []
    for other in (k for k in range(3) if k != lone):
        a, b = min(lone, other), max(lone, other)
        part = gap[a] / (gap[a] - gap[b])
        weights = np.zeros(3)
        weights[a], weights[b] = 1 - part, part
        found.append(weights)
    return found[0], found[1]


def _above(first: float, last: float, start: float, end: float) -> tuple[float, float]:
    """The part of [start, end] in which a straight line from `first` to `last` is not below 0."""
    if first >= 0 and last >= 0:
        return start, end
    if first < 0 and last < 0:
        return start, start
    zero = first / (first - last)
    return (max(start, zero), end) if first < 0 else (start, min(end, zero))


def _spot(where: Floats) -> Spot:
    """A place to the decimals at which pieces meet; never -0."""
    x, y = (round(float(one), _DECIMALS) + 0.0 for one in where)
    return x, y


def joined(pieces: list[Piece]) -> Iterator[list[Spot]]:
    """Pieces as chains: each goes on as long as exactly one other piece begins where it ends."""
    at: dict[Spot, list[int]] = defaultdict(list)
    for number, piece in enumerate(pieces):
        for spot in piece:
            at[spot].append(number)
    left = dict.fromkeys(range(len(pieces)))
    # Chains with ends first; what is left then are rings.
    ends = [n for n in left if any(len(at[spot]) != 2 for spot in pieces[n])]
    for number in [*ends, *left.copy()]:
        if number not in left:
            continue
        a, b = pieces[number]
        chain = [b, a] if len(at[a]) == 2 and len(at[b]) != 2 else [a, b]
        del left[number]
        while len(at[chain[-1]]) == 2:
            on = next((n for n in at[chain[-1]] if n in left), None)
            if on is None:
                break
            del left[on]
            p, q = pieces[on]
            chain.append(q if p == chain[-1] else p)
        yield chain
