"""How an outcome goes along each factor of a sweep: point by point, or slice by slice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from nobat.model.outcome import Outcome
from nobat.study.estimates import Estimate, mean
from nobat.study.factors import Factor, Value
from nobat.study.names import key

if TYPE_CHECKING:
    import polars as pl

    from nobat.study.swept import Sweep

#: So many different values are told one by one; more are put into slices of about so many points
#: each, up to MOST_SLICES.
MOST_VALUES, _POINTS_A_SLICE, MOST_SLICES = 12, 8, 8


@dataclass(frozen=True, slots=True)
class Stop:
    """A value of a factor, and the outcome there.

    at: the value; of a slice the mean of its values. estimate: of one doctrine; over all points of
    the slice where other factors vary as well.
    """

    at: Value
    estimate: Estimate


def along(answer: Sweep, factor: Factor, doctrine: str, outcome: Outcome) -> tuple[Stop, ...]:
    """The outcome of a doctrine along a factor, by its values; where it exists.

    With one factor or one point, points have their own intervals, which are of luck. With several
    it is the mean over the points of a slice, in which the other factors vary, with Student's
    interval of that mean: what the factor does by itself, and how far the points bear it out.
    """
    name = key(outcome.name, outcome.kind)
    table = _table(answer, factor, doctrine, name)
    if len(answer.factors) == 1 or len(answer) == 1:
        return tuple(_one_by_one(table.unique("at"), outcome, factor))
    return tuple(_in_slices(table, factor))


def _table(answer: Sweep, factor: Factor, doctrine: str, name: str) -> pl.DataFrame:
    """The points of a doctrine that have the outcome: `at`, `n`, `mean`, `low`, `high`."""
    import polars as pl

    columns = {"at": factor.path, "n": "n", "mean": name, "low": f"{name}_low"}
    columns["high"] = f"{name}_high"
    chosen = [pl.col(column).alias(own) for own, column in columns.items()]
    own = answer.points().filter(pl.col("doctrine") == doctrine).select(chosen)
    return own.drop_nulls("mean").collect()


def _one_by_one(table: pl.DataFrame, outcome: Outcome, factor: Factor) -> list[Stop]:
    """Every point with the estimate that was kept of it."""
    kind: Literal["share", "mean"] = "share" if outcome.kind == "share" else "mean"
    found = [
        Stop(row["at"], Estimate(row["mean"], row["low"], row["high"], row["n"], kind))
        for row in table.iter_rows(named=True)
    ]
    return sorted(found, key=lambda stop: _place(factor, stop.at))


def _place(factor: Factor, at: Value) -> float:
    """Where a value stands among those of its factor."""
    if factor.kind is None:
        return float((factor.levels or ()).index(at))
    return float(at)


def _in_slices(table: pl.DataFrame, factor: Factor) -> list[Stop]:
    """The mean over the points of each value, or of slices with about as many points each."""
    ats, means = table["at"].to_list(), table["mean"].to_numpy()
    places = np.array([_place(factor, at) for at in ats])
    different = np.unique(places)
    if different.size <= MOST_VALUES:
        firsts = [int(np.flatnonzero(places == place)[0]) for place in different]
        groups = [means[places == place] for place in different]
        return [Stop(ats[i], mean(group)) for i, group in zip(firsts, groups, strict=True)]
    count = min(MOST_SLICES, max(2, places.size // _POINTS_A_SLICE))
    order = np.argsort(places, kind="stable")
    parts = np.array_split(order, count)
    return [Stop(float(places[part].mean()), mean(means[part])) for part in parts]
