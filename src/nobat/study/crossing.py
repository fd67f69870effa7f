"""Where a difference along a number changes its sign, and how sure that is.

The difference is known at some values of the number, from replications that met the same luck at
all of them. Between two neighbouring values it is taken to be a straight line. The interval comes
from the bootstrap (Efron 1979): replications are resampled with replacement, all values together,
and the 2.5 % and 97.5 % quantiles of the crossings found are taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nobat.study.estimates import LEVEL, RESAMPLES

_RESAMPLING_SEED = 20_171_119

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Crossing:
    """A value at which the difference changes its sign.

    rises: from below 0 to above it. low, high: the 95 % interval, over those resamples in which
    this crossing exists, None where that is fewer than two; p_exists: their share, None where a
    single replication was run.
    """

    value: float
    low: float | None
    high: float | None
    rises: bool
    p_exists: float | None

    def to_json(self) -> dict[str, Any]:
        """The crossing as plain JSON values."""
        return {
            "value": self.value,
            "low": self.low,
            "high": self.high,
            "rises": self.rises,
            "p_exists": self.p_exists,
        }


def crossings(values: Floats, differences: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """Where each of several curves changes its sign, and which way.

    values: (points,), rising. differences: (curves, points). Returns, both (curves, points - 1),
    the crossing between each pair of neighbours, NaN where there is none, and whether the curve
    rises there: x_i - d_i (x_{i+1} - x_i)/(d_{i+1} - d_i). Where the curve is 0 at some points on
    its way from one sign to the other, the crossing is the middle of them.
    """
    points = np.arange(values.size)
    last = np.maximum.accumulate(np.where(differences != 0.0, points, -1), axis=1)[:, :-1]
    before = np.take_along_axis(differences, np.maximum(last, 0), axis=1)
    here, after = differences[:, :-1], differences[:, 1:]
    changes = (last >= 0) & (np.sign(before) * np.sign(after) < 0)
    step = np.where(changes, after - here, 1.0)
    straight = values[:-1] - here * np.diff(values) / step
    level = (values[np.minimum(last + 1, values.size - 1)] + values[:-1]) / 2
    where = np.where(last == points[:-1], straight, level)
    return np.where(changes, where, np.nan), changes & (after > 0)


def resampled(differences: Floats, resamples: int = RESAMPLES) -> Floats:
    """The mean differences of bootstrap resamples of the replications, all points together.

    differences: (points, replications), NaN where a replication has none. Returns (resamples,
    points); 0 where no replication that was drawn has a difference.
    """
    rng = np.random.Generator(np.random.Philox(_RESAMPLING_SEED))
    n = differences.shape[1]
    there = ~np.isnan(differences)
    known, counted = np.where(there, differences, 0.0), there.astype(np.float64)
    whole = bool(there.all())
    found = np.empty((resamples, differences.shape[0]))
    for k in range(resamples):
        weights = np.bincount(rng.integers(0, n, n), minlength=n).astype(np.float64)
        found[k] = known @ weights / (n if whole else np.maximum(counted @ weights, 1.0))
    return found


def crossings_of(
    values: Floats, differences: Floats, resamples: int = RESAMPLES
) -> tuple[tuple[Crossing, ...], float | None]:
    """Every crossing of the mean difference, and the share of resamples that have one anywhere.

    values: (points,), rising; differences: (points, replications), paired by replication, NaN where
    there is none. Points without any difference are left out. A crossing of a resample counts for
    the nearest crossing of the means that goes the same way. The share is None for fewer than two
    replications: resampling one of them says nothing.
    """
    there = ~np.isnan(differences).all(axis=1)
    values, differences = values[there], differences[there]
    if values.size < 2:
        return (), None
    means = np.nanmean(differences, axis=1)
    where, rises = crossings(values, means[None, :])
    found = [
        (float(x), bool(up)) for x, up in zip(where[0], rises[0], strict=True) if not np.isnan(x)
    ]
    if differences.shape[1] < 2:
        return tuple(Crossing(x, None, None, up, None) for x, up in found), None
    again = crossings(values, resampled(differences, resamples))
    share = float((~np.isnan(again[0])).any(axis=1).mean())
    return tuple(_crossing(one, found, *again) for one in found), share


def _crossing(
    own: tuple[float, bool],
    found: list[tuple[float, bool]],
    where: Floats,
    rises: NDArray[np.bool_],
) -> Crossing:
    """One crossing with its interval. found: all of them; where, rises: those of the resamples."""
    value, up = own
    alike = np.array([x for x, its in found if its == up])
    same = np.where(rises == up, where, np.nan)
    nearest = np.abs(same[..., None] - alike).argmin(axis=-1)
    mine = np.where(alike[nearest] == value, same, np.nan)
    exists = ~np.isnan(mine).all(axis=1)
    away = np.where(np.isnan(mine), np.inf, np.abs(mine - value))[exists]
    each = mine[exists][np.arange(len(away)), away.argmin(axis=1)]
    low = high = None
    if each.size > 1:
        low, high = (float(x) for x in np.quantile(each, [(1 - LEVEL) / 2, (1 + LEVEL) / 2]))
    return Crossing(value, low, high, up, float(exists.mean()))
