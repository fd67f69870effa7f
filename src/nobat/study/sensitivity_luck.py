"""How much of what varies over a design is luck that finitely many replications leave.

The value of a point is a mean over replications, and replication k meets the same luck at every
point. What luck adds alike everywhere shifts all values and moves no index; what it adds at one
point and not at another looks like an effect. That part is the interaction of points and
replications in a table of both.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class LuckAtPoints:
    """The variance of a point's mean by luck, from its replications, point by point.

    With m points and n replications, y_xk = f(x) + luck_k + e_xk; the mean square of e, (sum of
    squares within points - m sum of squares of the replications' means)/((m - 1)(n - 1)), over n is
    the variance of a mean (Scheffe 1959, two-way layout with one value in each cell). Where an
    outcome does not always exist, points cannot share luck: the mean of their variances s^2/n is
    taken, which is an upper bound.
    """

    def __init__(self, replications: int) -> None:
        self._sums = np.zeros(replications)
        self._squares = 0.0
        self._points = 0
        self._whole = True
        self._own: list[float] = []

    def add(self, row: Floats) -> None:
        """Take the replications of one point; NaN where the outcome does not exist."""
        there = row[~np.isnan(row)]
        away = there - there.mean()
        self._whole = self._whole and there.size == row.size
        self._points += 1
        self._squares += float(away @ away)
        if there.size > 1:
            self._own.append(float(away @ away) / (there.size - 1) / there.size)
        if self._whole:
            self._sums += away

    def variance(self) -> float | None:
        """The variance of a point's mean by luck; None where too little was run to know."""
        n, m = self._sums.size, self._points
        if not self._whole or m < 2:
            return float(np.mean(self._own)) if self._own else None
        if n < 2:
            return None
        shared = float(self._sums @ self._sums) / m
        return max(self._squares - shared, 0.0) / ((m - 1) * (n - 1)) / n


class LuckOfSteps:
    """The variance of elementary effects by luck, factor by factor.

    A step's effect is a mean of paired differences over the step: its variance is s^2/n of those.
    """

    def __init__(self, factors: int) -> None:
        self._sums = np.zeros(factors)
        self._counts = np.zeros(factors)

    def add(self, factor: int, before: Floats, after: Floats, step: float) -> None:
        """Take the replications of two points that differ in one factor."""
        gaps = after - before
        gaps = gaps[~np.isnan(gaps)]
        if gaps.size > 1:
            self._sums[factor] += gaps.var(ddof=1) / gaps.size / step**2
            self._counts[factor] += 1

    def variances(self) -> Sequence[float | None]:
        """The mean variance of each factor's effects by luck; None where too little was run."""
        pairs = zip(self._sums, self._counts, strict=True)
        return [float(total / count) if count else None for total, count in pairs]
