"""By how much a claim holds at one setting: what its test compares, in the outcome's unit.

For a comparison of two runs the margin is the mean of the differences, replication by replication
on the same luck, in the direction the claim expects, less what it must be at least. For a figure it
is how far the estimate lies inside the range (below 0: outside). Above 0 the claim holds.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from nobat.account.runs import Floats, Look, tested
from nobat.scenario.claims import Claim, Figure
from nobat.study.estimates import t_quantile


@dataclass(frozen=True, slots=True)
class Margin:
    """A margin, its standard error, and how many replications it rests on.

    value: NaN where no replication has what is compared. error: NaN for a single one.
    """

    value: float
    error: float
    n: int

    def beyond_noise(self) -> bool:
        """Whether Student's 95 % interval of the margin leaves out 0."""
        if self.n < 2 or math.isnan(self.value):
            return False
        return abs(self.value) > t_quantile(self.n - 1) * self.error


def draws(claim: Claim, look: Look) -> Floats:
    """What the margin is made of, replication by replication; NaN where there is nothing.

    For a comparison the difference in the direction expected; for a figure the outcome itself, or
    1 and 0 for whether there is one.
    """
    test = claim.test
    if (pair := test.compare or test.setting) is not None:
        a, b = (look(run, pair.outcome) for run in tested(claim))
        return a - b if pair.expect == "more" else b - a
    assert test.figure is not None
    (run,) = tested(claim)
    found = look(run, test.figure.outcome)
    return (~np.isnan(found)).astype(float) if test.figure.measure == "occurrence" else found


def margin_of(claim: Claim, drawn: Floats) -> Margin:
    """The margin of a claim from its draws at one setting."""
    there = drawn[~np.isnan(drawn)]
    n = int(there.size)
    if n == 0:
        return Margin(math.nan, math.nan, 0)
    middle = float(there.mean())
    error = math.nan if n == 1 else float(there.std(ddof=1)) / math.sqrt(n)
    return Margin(_inside(claim, middle), error, n)


def _inside(claim: Claim, middle: float) -> float:
    """A mean as a margin."""
    pair = claim.test.compare or claim.test.setting
    if pair is not None:
        return middle - pair.by
    assert claim.test.figure is not None
    return inside(claim.test.figure, middle)


def inside(figure: Figure, value: float) -> float:
    """How far a value lies inside a figure's range; below 0 outside."""
    ends = []
    if figure.at_least is not None:
        ends.append(value - figure.at_least)
    if figure.at_most is not None:
        ends.append(figure.at_most - value)
    return min(ends)


def holds(claim: Claim, margins: Floats) -> Floats:
    """1 where the claim holds, 0 where not, 1/2 where it is level, NaN where nothing can be said.

    margins: (settings,). A comparison is level at a margin of exactly 0, if it need not be more by
    some least one; a figure at the end of its range lies inside.
    """
    pair = claim.test.compare or claim.test.setting
    found = np.where(margins > 0, 1.0, 0.0)
    if pair is not None and pair.by == 0:
        found[margins == 0] = 0.5
    else:
        found[margins == 0] = 1.0
    found[np.isnan(margins)] = np.nan
    return found
