"""Morris's elementary effects: which inputs move an output at all, from few points (Morris 1991).

A trajectory begins at a random point of a grid in the unit cube and changes one input after the
other, each once, by the same step. The change of the output over such a step, divided by the step,
is an elementary effect: what the input would do over its whole range if the output were a straight
line there. Over many trajectories its mean mu says which way an input acts, the mean of its size
mu* how much (Campolongo, Cariboni and Saltelli 2007), and its standard deviation sigma whether that
hangs on the other inputs or on the input's own value.

Nothing here knows of scenarios.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nobat.study.estimates import Estimate, mean

#: Levels of the grid on each axis, as Morris has them.
LEVELS = 4

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Trajectories(NamedTuple):
    """Points on a grid, each differing from the one before in one input.

    points: (trajectories, inputs + 1, inputs), in [0, 1]. order: (trajectories, inputs), the input
    that is changed on the way to the next point.
    """

    points: Floats
    order: Ints

    @property
    def steps(self) -> Floats:
        """By how much, as the order has it: (trajectories, inputs)."""
        moves = np.diff(self.points, axis=1)
        steps: Floats = np.take_along_axis(moves, self.order[:, :, None], axis=2)[:, :, 0]
        return steps


class MorrisEffects(NamedTuple):
    """What the elementary effects of one input come to.

    mu: mean of the effects, with Student's 95 % interval. mu_star: mean of their sizes, with an
    interval above 0 (`mean_of_sizes`). sigma: standard deviation of the effects; None for a single
    trajectory.
    """

    mu: Estimate
    mu_star: Estimate
    sigma: float | None


def step_of(levels: int) -> float:
    """The step of a grid of so many levels: levels/(2 (levels - 1)), just over half of the range.

    With it every level is visited equally often (Morris 1991).
    """
    return levels / (2.0 * (levels - 1))


def trajectories(inputs: int, count: int, seed: int, levels: int = LEVELS) -> Trajectories:
    """So many independent random trajectories.

    Each input begins in the lower half of the levels and goes up, or in the upper half and goes
    down, and the inputs are changed in random order. levels: even; ValueError otherwise.
    """
    if levels < 2 or levels % 2:
        raise ValueError(f"{levels} levels are not an even number of them")
    rng = np.random.Generator(np.random.Philox(seed))
    half = levels // 2
    falls = rng.integers(0, 2, (count, inputs))
    start = rng.integers(0, half, (count, inputs)) + half * falls
    order = rng.permuted(np.tile(np.arange(inputs), (count, 1)), axis=1)
    # An input has been changed once its place in the order is behind.
    place = np.argsort(order, axis=1)
    changed = np.arange(inputs + 1)[None, :, None] > place[:, None, :]
    move = half * (1 - 2 * falls)
    points = (start[:, None, :] + changed * move[:, None, :]) / (levels - 1)
    return Trajectories(points, order)


def elementary_effects(order: Ints, steps: Floats, values: Floats) -> Floats:
    """The effect of each input in each trajectory: (trajectories, inputs).

    d_j = (f(after j was changed) - f(before))/step. order, steps: as in Trajectories; values:
    (trajectories, inputs + 1), of the function at the points.
    """
    effects = np.empty(order.shape)
    np.put_along_axis(effects, order, np.diff(values, axis=1) / steps, axis=1)
    return effects


def morris_effects(effects: Floats) -> tuple[MorrisEffects, ...]:
    """mu, mu* and sigma of each input, from its elementary effects: (trajectories, inputs)."""
    many = len(effects) > 1
    return tuple(
        MorrisEffects(mean(own), mean_of_sizes(own), float(own.std(ddof=1)) if many else None)
        for own in effects.T
    )


def mean_of_sizes(effects: Floats) -> Estimate:
    """The mean size m of effects, with a 95 % interval that cannot reach below 0.

    m exp(-h/m) to m exp(h/m), with h half of Student's interval: Student's on the scale of the
    logarithm (Burnham and others 1987). Sizes are skewed, and it holds their mean more often.
    """
    found = mean(np.abs(effects))
    if not found.mean or found.high is None:
        return found
    factor = math.exp((found.high - found.mean) / found.mean)
    return Estimate(found.mean, found.mean / factor, found.mean * factor, found.n, found.kind)
