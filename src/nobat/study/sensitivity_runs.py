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
from nobat.study.sensitivity_luck import (
    LeftOut,
    LuckAtPoints,
    LuckOfSteps,
    by_luck,
    widened,
    widened_estimate,
)
from nobat.study.sensitivity_result import Index, Method, MorrisRow, SobolRow
from nobat.study.sobol_indices import (
    ENDS,
    SobolIndices,
    plain_indices,
    saltelli,
    sobol_indices,
)

#: The largest number below 1: the grid of Morris reaches 1, a factor has no value there.
_BELOW_ONE = float(np.nextafter(1.0, 0.0))
#: The mean size of what is normal around 0, in standard deviations.
_MEAN_SIZE = math.sqrt(2.0 / math.pi)
#: Effects that are luck alone are larger than this, in standard deviations, once in 1,000 times.
FURTHEST = 3.29

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


class _Values:
    """The mean of the outcome at each point of a design, and with some replications left out."""

    def __init__(self, shape: tuple[int, int], replications: int) -> None:
        self.means = np.empty(shape)
        self._left_out = LeftOut(self.means.size, replications)

    def add(self, number: int, row: Floats) -> None:
        """Take the replications of point number `number`, of which one at least has a value."""
        self.means.flat[number] = np.nanmean(row)
        self._left_out.add(number, row)

    def by_luck(self, answers: Callable[[Floats], Floats]) -> Floats | None:
        """Half of the interval that luck alone gives each answer; None where nobody knows."""
        left_out = self._left_out.values(self.means.shape)
        return by_luck(np.array([answers(values) for values in left_out]))


def by_sobol(factors: Sequence[Factor], rows: int, seed: int, replications: int, run: Run) -> Found:
    """Sobol's indices of the mean over the replications, from so many rows.

    The share of luck is taken from the points A and B, which are those that the variance is of.
    """
    design = saltelli(len(factors), rows, seed)
    width = design.shape[1]
    values, luck = _Values((rows, width), replications), LuckAtPoints(replications)
    for number, row in enumerate(run(points_of(factors, design))):
        values.add(number, row)
        if number % width in (0, width - 1):
            luck.add(row)
    found = sobol_indices(values.means)
    first, total, (together,) = _indices(found, values.by_luck(_answers))
    shown = [SobolRow(*each) for each in zip(factors, first, total, strict=True)]
    return Found(
        levels=None,
        mean=float(values.means.mean()),
        variance=found.variance,
        together=together,
        luck_share=_share(luck.variance(), found.variance),
        rows=tuple(sorted(shown, key=lambda each: -each.size)),
    )


def _answers(values: Floats) -> Floats:
    """First indices, total ones, and what is done together only, one after the other."""
    _, first, total = plain_indices(values)
    return np.array([*first, *total, 1.0 - first.sum()])


def _indices(found: SobolIndices, halves: Floats | None) -> Iterator[list[Index]]:
    """First indices, total ones, and the one of what is done together, with their intervals.

    halves: of what luck adds to each, in the order of `_answers`; None where that is not known, and
    then there are no intervals.
    """
    own = iter(np.full(2 * found.first.size + 1, np.nan) if halves is None else halves)
    for values, ends in (
        (found.first, found.first_ends),
        (found.total, found.total_ends),
        (np.array([found.together]), found.together_ends[None, :]),
    ):
        yield [_index(*each, next(own)) for each in zip(values, ends, strict=True)]


def _index(value: float, ends: Floats, half: float) -> Index:
    """An index with its interval, luck in it; None for what is not a number."""
    if np.isnan(value):
        return Index(None, None, None)
    low, high = widened(float(ends[0]), float(value), float(ends[1]), float(half))
    if not math.isfinite(high - low):
        return Index(float(value), None, None)
    return Index(float(value), low, high)


def by_morris(
    factors: Sequence[Factor], count: int, seed: int, replications: int, run: Run
) -> Found:
    """Morris's effects on the mean over the replications, from so many trajectories."""
    levels = levels_of(factors)
    design = trajectories(len(factors), count, seed, levels)
    steps = steps_of(factors, design)
    values, luck = _Values((count, len(factors) + 1), replications), LuckOfSteps(len(factors))
    before = np.empty(0)
    for number, row in enumerate(run(points_of(factors, design.points))):
        values.add(number, row)
        trajectory, place = divmod(number, len(factors) + 1)
        if place:
            where = (trajectory, place - 1)
            luck.add(int(design.order[where]), before, row, float(steps[where]))
        before = row

    def means(at: Floats) -> Floats:
        effects = elementary_effects(design.order, steps, at)
        return np.concatenate([effects.mean(axis=0), np.abs(effects).mean(axis=0)])

    effects = elementary_effects(design.order, steps, values.means)
    lucky = luck.variances()
    known = [one for one in lucky if one is not None]
    rows = _morris_rows(factors, effects, values.by_luck(means), lucky)
    return Found(
        levels=levels,
        mean=float(values.means.mean()),
        variance=None,
        together=None,
        luck_share=_share(float(np.mean(known)) if known else None, float(np.mean(effects**2))),
        rows=tuple(sorted(rows, key=_by_size_but_luck_last)),
    )


def _by_size_but_luck_last(row: MorrisRow) -> tuple[bool, float]:
    """What is no more than luck comes behind everything that is more, however large its mu*."""
    return row.beyond_luck is False, -row.size


def _morris_rows(
    factors: Sequence[Factor],
    effects: Floats,
    halves: Floats | None,
    lucky: Sequence[float | None],
) -> Iterator[MorrisRow]:
    """A row for each factor.

    halves: of what luck adds to every mu, then to every mu*; None where that is not known.
    """
    both = None if halves is None else halves.reshape(2, -1).tolist()
    for place, found in enumerate(morris_effects(effects)):
        by_chance, beyond = _beside_luck(effects[:, place], lucky[place])
        of_mu, of_size = (None, None) if both is None else (both[0][place], both[1][place])
        yield MorrisRow(
            factor=factors[place],
            mu=widened_estimate(found.mu, of_mu),
            mu_star=widened_estimate(found.mu_star, of_size, least=0.0),
            sigma=found.sigma,
            by_luck=by_chance,
            beyond_luck=beyond,
        )


def _beside_luck(effects: Floats, variance: float | None) -> tuple[float | None, bool | None]:
    """The mu* that luck alone would give, and whether the effects are beyond it.

    variance: of an effect by luck. Effects that are luck alone are normal around 0: their mean size
    is sqrt(2/pi) standard deviations. Trajectories meet the same luck, so that their effects may be
    one and the same: the mean of their squares is held against the square of a single one.
    """
    if variance is None:
        return None, None
    bound = variance * FURTHEST**2
    return _MEAN_SIZE * math.sqrt(variance), bool((effects**2).mean() > bound)


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
