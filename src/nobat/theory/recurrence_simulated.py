"""Attacks after a campaign drawn many times by the model's own branching (MODEL 13)."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nobat.model import recurrence as model
from nobat.model.compiled import cache_folder
from nobat.theory.recurrence import Floats, Process

#: Years drawn at a time: the counts of all of them do not depend on it.
_CHUNK = 1 << 14


@dataclass(frozen=True)
class Sample:
    """What n drawn courses gave. p: share of them with 0, 1, 2, ... attacks."""

    p: Floats
    n: int
    seed: int

    @property
    def mean(self) -> float:
        """Mean number of attacks."""
        return float(self.p @ np.arange(self.p.size))

    @property
    def variance(self) -> float:
        """Variance of the n numbers, divided by n."""
        return float(self.p @ (np.arange(self.p.size) - self.mean) ** 2)

    @property
    def standard_error(self) -> float | None:
        """Of the mean; None for one course."""
        return math.sqrt(self.variance / (self.n - 1)) if self.n > 1 else None

    @property
    def p_none(self) -> float:
        """Share of the courses without an attack."""
        return float(self.p[0])

    @property
    def p_standard_error(self) -> float:
        """Of that share: sqrt(p (1 - p) / n)."""
        return math.sqrt(self.p_none * (1.0 - self.p_none) / self.n)


def is_warm() -> bool:
    """Whether the compiled kernel of this source lies in the cache."""
    return any(cache_folder().rglob("recurrence.sample-*.nbc"))


def draw(process: Process, days: float, seed: int, first: int, count: int) -> tuple[Floats, Floats]:
    """The attacks of courses first .. first + count - 1, and the day of the first (NaN: none)."""
    terms = model.Terms(
        on=True,
        incidents=process.incidents,
        theta=process.theta,
        omega=process.omega,
        days=days,
        standing=0.0,
    )
    counts, firsts = np.empty(count), np.empty(count)
    model.sample(terms, process.root_rate, seed, first, counts, firsts)
    return counts, firsts


def simulate(
    process: Process,
    days: float,
    n: int,
    seed: int,
    told: Callable[[int, int], None] | None = None,
) -> Sample:
    """Draw courses 0 .. n - 1; `told` hears now and then how many of how many are done."""
    found = np.zeros(1, np.int64)
    for first in range(0, n, _CHUNK):
        count = min(_CHUNK, n - first)
        counts, _ = draw(process, days, seed, first, count)
        some = np.bincount(counts.astype(np.int64), minlength=found.size)
        some[: found.size] += found
        found = some
        if told is not None:
            told(first + count, n)
    shares = found / n
    shares.setflags(write=False)
    return Sample(shares, n, seed)
