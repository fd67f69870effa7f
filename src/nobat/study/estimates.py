"""Estimates with their 95 % intervals: shares, means, paired differences, the chance to be best.

Shares have Wilson's interval (Wilson 1927), which stays inside [0, 1] and does not collapse at 0
or 1. Means have Student's. A value that does not exist in a replication is NaN and left out, so
the mean of such an outcome is conditional, and `n` says over how many replications.

Doctrines meet the same luck in replication k (common random numbers), so they are compared pair
by pair: the interval of a difference is Student's on the paired differences, for shares too. It
is narrower than that of two separate samples wherever luck moves both doctrines the same way.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

LEVEL = 0.95
RESAMPLES = 2_000
_RESAMPLING_SEED = 20_171_119

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """An estimate and its 95 % interval.

    mean: None where no replication has a value. low, high: None where one value or none leaves
    the spread unknown. n: replications that entered. kind: `share` (Wilson) or `mean` (t).
    """

    mean: float | None
    low: float | None
    high: float | None
    n: int
    kind: Literal["share", "mean"]

    def to_json(self) -> dict[str, float | int | None]:
        """The estimate as plain JSON values."""
        return {"mean": self.mean, "low": self.low, "high": self.high, "n": self.n}


@lru_cache(maxsize=256)
def t_quantile(df: int) -> float:
    """The two-sided 95 % quantile of Student's t with `df` degrees of freedom (1 or more)."""
    # scipy.stats takes two seconds to import; scipy.special alone a quarter of one.
    from scipy.special import stdtrit

    return float(stdtrit(df, 0.5 + LEVEL / 2))


@lru_cache(maxsize=1)
def _normal_quantile() -> float:
    """The two-sided 95 % quantile of the normal distribution."""
    from statistics import NormalDist

    return NormalDist().inv_cdf(0.5 + LEVEL / 2)


def share(successes: int, n: int) -> Estimate:
    """The share `successes / n` with Wilson's 95 % interval (Wilson 1927)."""
    if n == 0:
        return Estimate(None, None, None, 0, "share")
    z2 = _normal_quantile() ** 2
    p = successes / n
    centre = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = math.sqrt(z2 * (p * (1 - p) / n + z2 / (4 * n * n))) / (1 + z2 / n)
    # At the ends the formula gives 0 and 1 exactly but for rounding.
    low = 0.0 if successes == 0 else max(0.0, centre - half)
    high = 1.0 if successes == n else min(1.0, centre + half)
    return Estimate(p, low, high, n, "share")


def mean(values: Floats) -> Estimate:
    """The mean of the values that exist (not NaN) with Student's 95 % interval."""
    there = values[~np.isnan(values)]
    middle = float(there.mean()) if there.size else 0.0
    return mean_of(int(there.size), middle, float(((there - middle) ** 2).sum()))


def mean_of(n: int, middle: float, squares: float) -> Estimate:
    """A mean of n values with Student's 95 % interval; squares: their squared deviations, added."""
    if n == 0:
        return Estimate(None, None, None, 0, "mean")
    if n == 1:
        return Estimate(middle, None, None, 1, "mean")
    half = t_quantile(n - 1) * math.sqrt(squares / (n - 1)) / math.sqrt(n)
    return Estimate(middle, middle - half, middle + half, n, "mean")


def share_of(values: Floats) -> Estimate:
    """The share of ones among zeros and ones, with Wilson's 95 % interval."""
    there = values[~np.isnan(values)]
    return share(int(there.sum()), int(there.size))


def paired_difference(a: Floats, b: Floats) -> Estimate:
    """The mean of a - b over replications in which both exist, with Student's 95 % interval.

    a, b: one value per replication, in the same order (replication k met the same luck in both).
    """
    return mean(a - b)


def p_best(secured: Sequence[Floats]) -> tuple[float, ...] | None:
    """For each doctrine the bootstrap probability that its share is the highest.

    secured: one array of 0 and 1 per doctrine, paired by replication. None for fewer than two
    replications: resampling one of them says nothing.
    """
    joint = np.column_stack([values > 0.5 for values in secured])
    patterns, counts = np.unique(joint, axis=0, return_counts=True)
    return p_best_of(patterns.astype(np.int64), counts.astype(np.int64))


def p_best_of(patterns: Ints, counts: Ints) -> tuple[float, ...] | None:
    """As `p_best`, from how often each set of doctrines succeeded together.

    patterns: (distinct patterns in rising order, doctrines), 0 or 1. counts: replications of each.
    Replications are resampled with replacement 2,000 times with a fixed seed; a tie counts in equal
    parts. Only which doctrines succeeded together matters, so a resample is one multinomial draw
    over the patterns: exactly the bootstrap, at a cost that does not grow with the replications.
    """
    n = int(counts.sum())
    if n < 2:
        return None
    rng = np.random.Generator(np.random.Philox(_RESAMPLING_SEED))
    draws = rng.multinomial(n, counts / n, size=RESAMPLES)
    successes = draws @ patterns
    leads = successes == successes.max(axis=1, keepdims=True)
    parts = leads / leads.sum(axis=1, keepdims=True)
    return tuple(float(part) for part in parts.mean(axis=0))
