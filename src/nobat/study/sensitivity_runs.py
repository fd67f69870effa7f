"""The two methods of a study of sensitivity, on whatever gives the replications at points."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nobat.study.factors import Factor, Value
from nobat.study.morris import (
    LEVELS,
    Trajectories,
    elementary_effects,
    morris_effects,
    trajectories,
)
from nobat.study.points import Point
from nobat.study.sensitivity_luck import LuckAtPoints, LuckOfSteps
from nobat.study.sensitivity_result import Index, Method, MorrisRow, SobolRow
from nobat.study.sobol_indices import ENDS, saltelli, sobol_indices

#: The largest number below 1: the grid of Morris reaches 1, a factor has no value there.
_BELOW_ONE = float(np.nextafter(1.0, 0.0))
#: The mean size of what is normal around 0, in standard deviations.
_MEAN_SIZE = math.sqrt(2.0 / math.pi)
#: How often effects that are luck alone pass for more.
_BY_LUCK = 0.001

Floats = NDArray[np.float64]
#: Points to the replications of an outcome at each of them, in order.
Run = Callable[[Sequence[Point]], Iterator[Floats]]


@dataclass(frozen=True)
class Found:
    """What a method found: see `Sensitivity`, whose fields these are."""

    levels: int | None
    mean: float
    variance: float | None
    together: Index | None
    luck_share: float | None
    rows: tuple[SobolRow, ...] | tuple[MorrisRow, ...]


def points_a_set(method: Method, factors: int) -> int:
    """Points in a row of a Sobol design, or in a trajectory of Morris."""
    return factors + (ENDS if method == "sobol" else 1)


def by_sobol(factors: Sequence[Factor], rows: int, seed: int, run: Run) -> Found:
    """Sobol's indices of the mean over the replications, from so many rows.

    The share of luck is taken from the points A and B, which are those that the variance is of.
    """
    design = saltelli(len(factors), rows, seed)
    width = design.shape[1]
    values = np.empty((rows, width))
    luck = None
    for number, row in enumerate(run(points_of(factors, design))):
        values.flat[number] = np.nanmean(row)
        luck = luck or LuckAtPoints(row.size)
        if number % width in (0, width - 1):
            luck.add(row)
    found = sobol_indices(values)
    assert luck is not None, "a design has points"
    first, total = (
        [_index(value, ends) for value, ends in zip(*pair, strict=True)]
        for pair in ((found.first, found.first_ends), (found.total, found.total_ends))
    )
    shown = [SobolRow(*each) for each in zip(factors, first, total, strict=True)]
    return Found(
        levels=None,
        mean=float(values.mean()),
        variance=found.variance,
        together=_index(found.together, found.together_ends),
        luck_share=_share(luck.variance(), found.variance),
        rows=tuple(sorted(shown, key=lambda each: -each.size)),
    )


def _index(value: float, ends: Floats) -> Index:
    """An index with its interval; None for what is not a number."""
    if np.isnan(value):
        return Index(None, None, None)
    return Index(float(value), float(ends[0]), float(ends[1]))


def by_morris(factors: Sequence[Factor], count: int, seed: int, run: Run) -> Found:
    """Morris's effects on the mean over the replications, from so many trajectories."""
    levels = levels_of(factors)
    design = trajectories(len(factors), count, seed, levels)
    steps = steps_of(factors, design)
    values = np.empty(design.points.shape[:2])
    luck = LuckOfSteps(len(factors))
    before = np.empty(0)
    for number, row in enumerate(run(points_of(factors, design.points))):
        values.flat[number] = np.nanmean(row)
        trajectory, place = divmod(number, len(factors) + 1)
        if place:
            where = (trajectory, place - 1)
            luck.add(int(design.order[where]), before, row, float(steps[where]))
        before = row
    effects = elementary_effects(design.order, steps, values)
    lucky = luck.variances()
    shown = [
        MorrisRow(factor, *found, *_beside_luck(own, variance))
        for factor, found, own, variance in zip(
            factors, morris_effects(effects), effects.T, lucky, strict=True
        )
    ]
    known = [one for one in lucky if one is not None]
    return Found(
        levels=levels,
        mean=float(values.mean()),
        variance=None,
        together=None,
        luck_share=_share(float(np.mean(known)) if known else None, float(np.mean(effects**2))),
        rows=tuple(sorted(shown, key=lambda each: -each.size)),
    )


def _beside_luck(effects: Floats, variance: float | None) -> tuple[float | None, bool | None]:
    """The mu* that luck alone would give, and whether the effects are beyond it.

    variance: of an effect by luck. Effects that are luck alone are normal around 0: their mean size
    is sqrt(2/pi) standard deviations, and the sum of their squares over the variance is chi-squared
    with as many degrees of freedom as there are effects.
    """
    if variance is None:
        return None, None
    # scipy.stats takes two seconds to import; scipy.special alone a quarter of one.
    from scipy.special import chdtri

    bound = variance * float(chdtri(effects.size, _BY_LUCK))
    return _MEAN_SIZE * math.sqrt(variance), bool((effects**2).sum() > bound)


def _share(part: float | None, whole: float) -> float | None:
    """The part as a share of the whole, 1 at most; None where there is nothing to share."""
    return None if part is None or whole <= 0 else min(part / whole, 1.0)


def points_of(factors: Sequence[Factor], design: Floats) -> list[Point]:
    """The points of a design as values of the factors.

    design: (sets, points of a set, factors), in [0, 1]. A set has few different values of a factor,
    which its points share, so that many factors take little room.
    """
    points: list[Point] = []
    for each in design:
        columns = (_column(*pair) for pair in zip(factors, each.T, strict=True))
        points += zip(*columns, strict=True)
    return points


def _column(factor: Factor, places: Floats) -> list[Value]:
    """The factor's values at places in [0, 1]."""
    known = {u: factor.at(min(u, _BELOW_ONE)) for u in set(places.tolist())}
    return [known[u] for u in places.tolist()]


def levels_of(factors: Sequence[Factor]) -> int:
    """Levels of the grid: Morris's 4, or as many as it takes to reach every word and value given.

    Even, and n + 1 at least for n values: then no value lies between two levels of the grid.
    """
    most = max((len(factor.levels) for factor in factors if factor.levels), default=0)
    return max(LEVELS, most + 1 + (most + 1) % 2)


def steps_of(factors: Sequence[Factor], design: Trajectories) -> Floats:
    """By how much of its whole range each move changes its factor: (trajectories, factors).

    Value i of n lies at i/(n - 1) of the range. Words have no order: any change of one is a step of
    1, up or down as in the list.
    """
    steps = design.steps
    for place, factor in enumerate(factors):
        if factor.count is None:
            continue
        nth = np.floor(np.minimum(design.points[:, :, place], _BELOW_ONE) * factor.count)
        moves = np.diff(nth, axis=1)[design.order == place] / (factor.count - 1)
        wordy = factor.kind is None
        steps[design.order == place] = np.sign(moves) if wordy else moves
    return steps
