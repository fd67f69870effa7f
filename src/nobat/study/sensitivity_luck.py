"""What luck that finitely many replications leave does to a study of sensitivity.

The value of a point is a mean over replications, and replication k meets the same luck at every
point. What luck adds alike everywhere shifts all values and moves no index; what it adds at one
point and not at another looks like an effect. That part is the interaction of points and
replications in a table of both. As luck changes slowly along a factor, it adds up over the points,
and how far it moves an index is asked of the replications: the jackknife leaves some of them out.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nobat.study.estimates import Estimate, t_quantile

#: Groups of replications that the jackknife leaves out one by one.
GROUPS = 10

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


class LeftOut:
    """The values of points with one group of replications left out, group by group.

    A point whose only values lie in the group keeps its mean.
    """

    def __init__(self, points: int, replications: int) -> None:
        groups = min(GROUPS, replications)
        self._edges = np.linspace(0, replications, groups + 1).astype(int)[:-1]
        self._values = np.empty((groups, points))

    def add(self, number: int, row: Floats) -> None:
        """Take the replications of a point."""
        there = ~np.isnan(row)
        sums = np.add.reduceat(np.where(there, row, 0.0), self._edges)
        counts = np.add.reduceat(there.astype(np.float64), self._edges)
        total, count = sums.sum(), counts.sum()
        left = count - counts
        means = (total - sums) / np.maximum(left, 1.0)
        self._values[:, number] = np.where(left > 0, means, total / count)

    def values(self, shape: tuple[int, int]) -> Floats:
        """All values, (groups, *shape); no group where a single replication was run."""
        groups = len(self._values) if len(self._values) > 1 else 0
        return self._values[:groups].reshape(groups, *shape)


def by_luck(answers: Floats) -> Floats | None:
    """Half of the 95 % interval that luck alone gives an answer: (answers,).

    answers: (groups, answers), with one group of the replications left out each; None for fewer
    than two groups. The jackknife (Tukey 1958): sqrt((G - 1)/G sum of (a_g - mean)^2) standard
    errors, times Student's quantile for G - 1.
    """
    groups = len(answers)
    if groups < 2:
        return None
    away = answers - answers.mean(axis=0)
    halves: Floats = np.sqrt((groups - 1) / groups * (away**2).sum(axis=0)) * t_quantile(groups - 1)
    return halves


def widened(low: float, value: float, high: float, half: float) -> tuple[float, float]:
    """An interval with another source of chance in it: squares of the half widths add up."""
    return value - math.hypot(value - low, half), value + math.hypot(high - value, half)


def widened_estimate(found: Estimate, half: float | None, least: float = -math.inf) -> Estimate:
    """The same for an estimate; one without an interval gets none.

    half: None where nobody knows what luck adds: then there is no interval. least: what the
    estimate cannot lie below, nor its interval.
    """
    if found.mean is None or found.low is None or found.high is None:
        return found
    if half is None:
        return Estimate(found.mean, None, None, found.n, found.kind)
    low, high = widened(found.low, found.mean, found.high, half)
    return Estimate(found.mean, max(low, least), high, found.n, found.kind)
