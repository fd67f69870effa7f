"""The settings of an audit: every quantity with a range, drawn from it, all at once.

Scrambled Sobol sequences of a few quantities each, every one in a random order of its own (Latin
supercube sampling, Owen 1998): the points fill the range of each quantity, and those of a block
together, more evenly than independent ones would. One sequence for hundreds of quantities would
not do: with fewer settings than some thousands, many of its coordinates lie in the same half of
their ranges in all of the settings, and what one quantity does is put down to another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from nobat.account.runs import Floats
from nobat.scenario import Scenario
from nobat.study.factors import Factor, Value, ranged

#: The purpose that is mixed into the seed, so that the design and the luck are strangers.
_PURPOSE = 8
#: Quantities in a block: so many coordinates of the sequence are even together from 64 settings on.
BLOCK = 8


@dataclass(frozen=True, eq=False)
class Design:
    """The settings: the quantities, their values at each setting, and values to draw anew.

    values, others: (settings)(quantities). numbers: the same as an array, for what decides.
    """

    factors: tuple[Factor, ...]
    values: tuple[tuple[Value, ...], ...]
    others: tuple[tuple[Value, ...], ...]

    def numbers(self) -> Floats:
        """The values as numbers: (settings, quantities)."""
        return np.array(self.values, np.float64).reshape(len(self.values), len(self.factors))

    def anew(self, setting: int, column: int) -> tuple[Value, ...]:
        """The values at a setting, one quantity drawn anew."""
        values = list(self.values[setting])
        values[column] = self.others[setting][column]
        return tuple(values)

    def given(self, values: tuple[Value, ...]) -> dict[str, Any]:
        """Values by path."""
        return {f.path: v for f, v in zip(self.factors, values, strict=True)}


def design_of(scenario: Scenario, settings: int, seed: int) -> Design:
    """So many settings of a scenario, all its quantities drawn from their ranges.

    The same ones for the same scenario, number and seed.
    """
    factors = ranged(scenario)
    each, other = (_points(settings, len(factors), [_PURPOSE, seed, which]) for which in range(2))
    return Design(factors, _values(factors, each), _values(factors, other))


def _values(factors: tuple[Factor, ...], points: Floats) -> tuple[tuple[Value, ...], ...]:
    return tuple(tuple(f.at(float(u)) for f, u in zip(factors, row, strict=True)) for row in points)


def _points(settings: int, quantities: int, seed: list[int]) -> Floats:
    """Points of the unit cube: (settings, quantities)."""
    # scipy.stats takes two seconds to import.
    from scipy.stats import qmc

    rng = np.random.default_rng(seed)
    exponent = max(0, (settings - 1).bit_length())
    points = np.empty((settings, quantities))
    for first in range(0, quantities, BLOCK):
        width = min(BLOCK, quantities - first)
        block = qmc.Sobol(width, scramble=True, rng=rng).random_base2(exponent)
        points[:, first : first + width] = block[rng.permutation(settings)]
    return points
