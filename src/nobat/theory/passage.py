"""The distribution of the time through layers that are rebuilt (MODEL 7; `breach` has its moments).

The chance of each number of layers carried after a time t is a row of exp(Q t), Q the generator of
the birth-death chain. Over a short time it is a Poisson mixture of steps of the chain
(uniformisation, Jensen 1953), a sum of positive numbers; over a long one it is the short one,
squared again and again, its rows brought back to 1 each time. So every chance keeps its relative
accuracy, however small: where layers are rebuilt ten times as fast as they are carried, a general
matrix exponential loses the rate of success in the rounding of 1. A squaring costs L^3, and the
number of them grows with the logarithm of the time.
"""

from __future__ import annotations

import math
from collections import deque

import numpy as np
from numpy.typing import NDArray

from nobat.theory.breach import Layers, log10

Floats = NDArray[np.float64]

#: Twice a time so often, and the time itself is below the rounding of what it has become.
_RUNGS = 64
#: A short time, as a share of the shortest mean stay. The terms of uniformisation then fall as 1/k!
#: from the first that leads through all L layers on: this many more of them are enough.
_SHORT, _TERMS = 0.5, 24
#: Beyond so many orders of magnitude between the mean time and the shortest stay, chances of
#: success over a short time would fall out of floating point.
_MOST_ORDERS = 280.0


class Passage:
    """The time T through all layers, from the first on: its distribution.

    Keeps the doublings of the longest time asked for so far. Raises OverflowError where the mean
    time is too long, beside the shortest stay, for floating point.
    """

    def __init__(self, layers: Layers) -> None:
        self._layers = layers
        self._rate = max(up + down for up, down in zip(layers.breach, layers.down, strict=True))
        orders = log10(layers.exact.mean_time) + math.log10(self._rate)
        if orders > _MOST_ORDERS:
            raise OverflowError(f"the mean time is 10 to the {orders:.6g} times the shortest stay")
        self._rungs: deque[tuple[float, Floats]] = deque(maxlen=_RUNGS)
        self._begin()

    def cdf(self, days: float) -> float:
        """P(T <= days)."""
        if not days > 0.0:
            return 0.0
        if days < self._rungs[0][0]:
            self._begin()
        while self._rungs[-1][0] < days and self._sure() < 1.0:
            self._double()
        if days >= self._rungs[-1][0] and self._sure() == 1.0:
            return 1.0
        state, left = self._start(), days
        for span, step in reversed(self._rungs):
            if span <= left:
                state, left = state @ step, left - span
        return float(self._shortly(state, left)[-1])

    def quantile(self, share: float) -> float:
        """The time by which a share is through, days, as binary digits from the longest doubling.

        Raises ValueError for a share that is not above 0 and below 1.
        """
        if not 0.0 < share < 1.0:
            raise ValueError("a quantile is that of a share above 0 and below 1")
        while self._sure() < share:
            self._double()
        state, days = self._start(), 0.0
        for span, step in reversed(self._rungs):
            further = state @ step
            if further[-1] < share:
                state, days = further, days + span
        low, high = 0.0, self._rungs[0][0]
        while days + low < days + 0.5 * (low + high) < days + high:
            middle = 0.5 * (low + high)
            if self._shortly(state, middle)[-1] < share:
                low = middle
            else:
                high = middle
        return days + high

    def _sure(self) -> float:
        """The chance to be through within the longest time there is."""
        return float(self._rungs[-1][1][0, -1])

    def _start(self) -> Floats:
        state = np.zeros(self._layers.count + 1)
        state[0] = 1.0
        return state

    def _begin(self) -> None:
        """A short time, and where each state leads in it."""
        self._rungs.clear()
        span = _SHORT / self._rate
        self._keep(span, self._shortly(np.eye(self._layers.count + 1), span))

    def _double(self) -> None:
        span, step = self._rungs[-1]
        self._keep(2.0 * span, step @ step)

    def _keep(self, span: float, step: Floats) -> None:
        """Rows sum to 1: the states are 0 .. L layers carried, the last of them for good."""
        self._rungs.append((span, step / step.sum(axis=1, keepdims=True)))

    def _shortly(self, state: Floats, days: float) -> Floats:
        """States, (..., L + 1), after a short time, by uniformisation; longer ones are rounding.

        The chain moves at twice the highest rate, and stays where it is in half of its steps or
        more.
        """
        x = 2.0 * self._rate * days
        if x > 2.0 * _SHORT:
            return state
        up = np.array(self._layers.breach) / (2.0 * self._rate)
        down = np.array(self._layers.down) / (2.0 * self._rate)
        stay = np.append(1.0 - up - down, 1.0)
        weight = math.exp(-x)
        total = weight * state
        for k in range(1, self._layers.count + _TERMS):
            weight *= x / k
            moved = state * stay
            moved[..., 1:] += state[..., :-1] * up
            moved[..., :-2] += state[..., 1:-1] * down[1:]
            state = moved
            total = total + weight * state
        return np.asarray(total)
