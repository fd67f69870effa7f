"""The space of states: counts of persons as the digits of one number.

Each count has a base of its own, so that a person more or fewer is an addition, and equal states
are equal numbers.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nobat.engine.exact.law import MOST_KEYS, Ints, TooLargeError
from nobat.engine.exact.numbers import Numbers


@dataclass(frozen=True)
class Space:
    """Which counts a state is made of: units, garrisons, what layers count as whole, reserve.

    most: the largest value of each, (columns,); stride: what one more adds to the state; size: how
    many states there are. The last column has two bits for each unit: whether it is spent in this
    step, and whether nobody is left in it. Where tracked is false, layers count as whole by their
    establishment.
    """

    units: int
    layers: int
    tracked: bool
    most: Ints
    stride: Ints
    size: int

    @property
    def garrison(self) -> int:
        """The column of the first garrison."""
        return self.units

    @property
    def whole(self) -> int:
        """The column of what the first layer counts as whole with."""
        return self.units + self.layers

    @property
    def reserve(self) -> int:
        """The column of the reserve."""
        return self.units + 2 * self.layers

    @property
    def spent(self) -> int:
        """The column of the bits."""
        return self.reserve + 1

    def count(self, state: Ints, column: int | Ints) -> Ints:
        """What states count in a column: one column for all, or one for each."""
        found: Ints = state // self.stride[column] % (self.most[column] + 1)
        return found


def most_counted(given: Numbers) -> list[int]:
    """The most persons that each column of a campaign's space can count.

    Survivors fall back inwards; only counter-attacks bring them outwards again, and only with them,
    and where losses urge a layer to break, does it matter what a layer counts as whole with.
    """
    outer = [sum(given.garrison[: n + 1]) for n in range(len(given.garrison))]
    back = given.defence.tries > 0.0
    garrisons = [(outer[-1] if back else n) + given.reserve for n in outer]
    wholes = garrisons if tracks_whole(given) else [0] * len(garrisons)
    return [*given.strength, *garrisons, *wholes, given.reserve, 4 ** len(given.strength) - 1]


def tracks_whole(given: Numbers) -> bool:
    """Whether it can matter that a layer counts as whole with others than its establishment."""
    return given.defence.tries > 0.0 and given.defence.by_losses > 0.0


def space_of(given: Numbers) -> Space:
    """The space of a campaign; TooLargeError where whole numbers are too few for it."""
    most = most_counted(given)
    size = math.prod(n + 1 for n in most)
    if size >= MOST_KEYS:
        raise TooLargeError(f"{size:,} states")
    stride = np.cumprod(np.array([1, *(n + 1 for n in most[:-1])], np.int64))
    units, layers = len(given.strength), len(given.garrison)
    return Space(units, layers, tracks_whole(given), np.array(most), stride, size)


def at_start(given: Numbers, space: Space) -> int:
    """The state in which everybody is as the scenario has them."""
    wholes: Sequence[int] = given.garrison if space.tracked else [0] * space.layers
    counts = [*given.strength, *given.garrison, *wholes, given.reserve, 0]
    return int(np.array(counts) @ space.stride)
