"""Rotation alone, without a fight: crews and posts in days, over years (MODEL 2).

The rules are those of `rotation`; this file only runs them day by day and counts.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nobat.model import duty, rotation
from nobat.model.compiled import kernel, scalar
from nobat.model.duty import OPERATING, Policy, Units


class Surge(NamedTuple):
    """Extra posts asked for in steps [start, start + length)."""

    start: int
    length: int
    extra: int


@scalar
def _count(u: Units, row: NDArray[np.int64]) -> None:
    for column in range(row.size):
        row[column] = 0
    for i in range(u.duty.size):
        row[u.duty[i]] += 1
        if u.duty[i] == OPERATING and u.surge[i]:
            row[duty.DUTIES] += 1


@kernel
def run(u: Units, p: Policy, surge: Surge, first: int, counts: NDArray[np.int64]) -> None:
    """Run the rotation for steps 1..T and count in each step.

    u: units, of any state (they are started anew). counts: (T, DUTIES + 2), filled with the
    units in each duty, then those at surge posts, then the steps of owed rest that fell due.
    Posts exist from step `first` (1 in the day rules).
    """
    duty.start(u, p)
    for t in range(1, counts.shape[0] + 1):
        extra = surge.extra if surge.start <= t < surge.start + surge.length else 0
        posts = p.posts if t >= first else 0
        _, bill = rotation.advance(u, p, t, posts, extra, False, False)
        _count(u, counts[t - 1, : duty.DUTIES + 1])
        counts[t - 1, duty.DUTIES + 1] = bill


@kernel
def tours(u: Units, p: Policy, horizon: int, began: NDArray[np.int64]) -> None:
    """Record when tours begin, without a surge: began[k] = (step, unit, step of last rest).

    began: (K, 3), K the most tours to record; rows beyond the last tour are left untouched.
    """
    duty.start(u, p)
    found = 0
    for t in range(1, horizon + 1):
        rotation.advance(u, p, t, p.posts, 0, False, False)
        for i in range(u.duty.size):
            if u.duty[i] == OPERATING and u.began[i] == t and found < began.shape[0]:
                began[found, 0] = t
                began[found, 1] = i
                began[found, 2] = u.rested_from[i]
                found += 1
