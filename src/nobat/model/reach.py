"""Isolation: what joins a place to a rear, and how long the way is (MODEL 9).

A set of places is a 64-bit word, one bit for each place. A blocked place (the other side holds it)
can be where a way ends, never where it passes; from a blocked start no way leads anywhere.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nobat.model.compiled import part, scalar

_NONE = np.uint64(0)
_ONE = np.uint64(1)

#: A set of places: bit p is place p.
Places = np.uint64


class Roads(NamedTuple):
    """The routes that one side can use, both ways.

    neighbours: for each place the set of those that a route joins it to, (P,), P <= 64. a, b: the
    ends of each route, (R,); km: its length, (R,), above 0; kept: 1 - raid_share, the share of what
    travels it in a day that raids leave, (R,).
    """

    neighbours: NDArray[np.uint64]
    a: NDArray[np.int64]
    b: NDArray[np.int64]
    km: NDArray[np.float64]
    kept: NDArray[np.float64]


@scalar
def only(place: int) -> Places:
    """The set of one place."""
    return _ONE << np.uint64(place)


@scalar
def has(places: Places, place: int) -> bool:
    """Whether a place is in a set."""
    return (places >> np.uint64(place)) & _ONE != _NONE


@part
def reached(neighbours: NDArray[np.uint64], start: int, blocked: Places) -> Places:
    """The places joined to `start` without passing a blocked one, `start` among them.

    A place is isolated when it is not among those that its own side reaches from its rear.
    """
    if has(blocked, start):
        return _NONE
    found = only(start)
    done = blocked
    while found & ~done != _NONE:
        for place in range(neighbours.size):
            if has(found & ~done, place):
                done |= only(place)
                found |= neighbours[place]
    return found


@part
def distances(
    roads: Roads,
    start: int,
    blocked: Places,
    km_out: NDArray[np.float64],
    kept_out: NDArray[np.float64],
) -> None:
    """The shortest way from `start` to every place, and what raids leave of what travels it.

    km_out: its length, km, inf where there is none, (P,); kept_out: the product of `kept` along it,
    0 where there is none, (P,). Of ways of the same length the one with the largest product counts,
    so that the order of the routes is of no effect (label correcting; Bellman 1958, Ford 1956).
    """
    for place in range(km_out.size):
        km_out[place] = math.inf
        kept_out[place] = 0.0
    if has(blocked, start):
        return
    km_out[start] = 0.0
    kept_out[start] = 1.0
    changed = True
    while changed:
        changed = False
        for route in range(roads.km.size):
            a, b = roads.a[route], roads.b[route]
            if _shortens(roads, route, a, b, blocked, km_out, kept_out):
                changed = True
            if _shortens(roads, route, b, a, blocked, km_out, kept_out):
                changed = True


@part
def _shortens(
    roads: Roads,
    route: int,
    here: int,
    there: int,
    blocked: Places,
    km_out: NDArray[np.float64],
    kept_out: NDArray[np.float64],
) -> bool:
    """Whether the way over `here` is a better one to `there`; if so, it is noted."""
    if has(blocked, here) or km_out[here] == math.inf:
        return False
    km = km_out[here] + roads.km[route]
    kept = kept_out[here] * roads.kept[route]
    if km > km_out[there] or (km == km_out[there] and kept <= kept_out[there]):
        return False
    km_out[there] = km
    kept_out[there] = kept
    return True
