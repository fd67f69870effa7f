"""The flip line of a map: where, over its triangles, two doctrines share the best mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from nobat.study.map_surface import comparable

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Spot = tuple[float, float]
Piece = tuple[Spot, Spot]
Pair = tuple[int, int]

#: Pieces of neighbouring triangles meet to so many decimals of the map's width.
_DECIMALS = 9


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of the flip line. between: the doctrines' places. spots: where it runs."""

    between: Pair
    spots: tuple[Spot, ...]


def lines(places: Floats, means: Floats, triangles: Ints) -> list[Line]:
    """The flip line in stretches that hang together.

    places: (points, 2). means: (points, doctrines), upwards, NaN for none. triangles: (triangles,
    3). It runs where two doctrines are ahead of each other on its two sides: not along ground on
    which they are level, and not over triangles in which they cannot be compared.
    """
    if not len(triangles):
        return []
    # By rising number, so that both triangles at an edge say the same of it.
    triangles = np.sort(triangles, axis=1)
    compared = comparable(means[triangles])
    found: dict[Pair, list[Piece]] = defaultdict(list)
    edges: dict[tuple[Pair, tuple[int, ...]], set[float]] = defaultdict(set)
    for corners, known in zip(triangles, compared, strict=True):
        heights = means[corners][:, known]
        for i, j in combinations(range(heights.shape[1]), 2):
            own = np.flatnonzero(known)
            pair = int(own[i]), int(own[j])
            gap = heights[:, i] - heights[:, j]
            if (gap == 0).sum() == 2:
                edges[pair, tuple(corners[gap == 0].tolist())].add(float(np.sign(gap.sum())))
            elif piece := _piece(places[corners], heights, i, j):
                found[pair].append(piece)
    for (pair, ends), signs in edges.items():
        if signs == {-1.0, 1.0} and _highest(means[list(ends)], pair):
            found[pair].append((_spot(places[ends[0]]), _spot(places[ends[1]])))
    return [Line(pair, tuple(chain)) for pair in sorted(found) for chain in joined(found[pair])]


def _highest(heights: Floats, pair: Pair) -> bool:
    """Whether a doctrine of a pair is the highest at both ends of an edge."""
    return bool((heights[:, pair[0]] == np.fmax.reduce(heights, axis=1)).all())


def _piece(corners: Floats, heights: Floats, i: int, j: int) -> Piece | None:
    """The piece of the line between doctrines i and j in one triangle: straight; None for none.

    corners: (3, 2). heights: (3, doctrines); a sheet is a plane over the triangle.
    """
    ends = _zero(heights[:, i] - heights[:, j])
    if ends is None:
        return None
    start, end = 0.0, 1.0
    for k in range(heights.shape[1]):
        if k not in (i, j):
            over = [float(weights @ (heights[:, i] - heights[:, k])) for weights in ends]
            start, end = _above(over[0], over[1], start, end)
    if end - start <= 10.0**-_DECIMALS:
        return None
    first, last = (_spot(((1 - t) * ends[0] + t * ends[1]) @ corners) for t in (start, end))
    return None if first == last else (first, last)


def _zero(gap: Floats) -> tuple[Floats, Floats] | None:
    """Where a plane over a triangle is 0: the weights of its corners at both ends; None: nowhere.

    gap: the plane's heights at the corners. It has to be above 0 at one of them and below at one.
    """
    if not ((gap > 0).any() and (gap < 0).any()):
        return None
    up = gap >= 0
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
