"""What tells two doctrines of a run apart beyond luck: measured, not explained."""

from __future__ import annotations

from dataclasses import dataclass

from nobat.model.outcome import OUTCOMES, Outcome
from nobat.study.comparison import Comparison
from nobat.study.decision import LEAST_PAIRS
from nobat.study.estimates import Estimate, mean

#: What a campaign's course is told by, besides how it ended: pace, mass, sleep, reserve, supply,
#: losses of both sides, harm, rest owed.
TELLING = (
    "day_secured", "mean_contact", "mean_pressure", "units_spent", "lowest_effectiveness",
    "lowest_defender_effectiveness", "layers_lost_again", "reinforcements", "days_dry",
    "isolated_day", "attacker_losses", "defender_losses", "escaped", "harm_index",
    "rest_debt_unit_days",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Telling:
    """An outcome that two doctrines differ in.

    at_a, at_b: its means, over the replications in which both have it. difference: a - b, paired.
    """

    outcome: Outcome
    at_a: float
    at_b: float
    difference: Estimate

    @property
    def clearness(self) -> float:
        """How many half widths of its interval the difference is away from 0."""
        low, high = self.difference.low, self.difference.high
        if low is None or high is None or low == high:
            return float("inf")
        return abs(low + high) / (high - low)


def telling(comparison: Comparison, a: str, b: str) -> list[Telling]:
    """The outcomes in which two doctrines differ beyond luck, the clearest first.

    Paired differences, on the same luck, whose 95 % interval (Student's t) leaves out 0, and of
    which enough are other than 0 (`decision.LEAST_PAIRS`).
    """
    found = []
    for outcome in (one for one in OUTCOMES if one.name in TELLING):
        one, other = (comparison.values(name, outcome.name) for name in (a, b))
        both = one - other
        there = both == both
        gap = mean(both)
        if (both[there] != 0).sum() < LEAST_PAIRS:
            continue
        if gap.low is not None and gap.high is not None and not gap.low <= 0 <= gap.high:
            found.append(Telling(outcome, one[there].mean(), other[there].mean(), gap))
    return sorted(found, key=lambda its: -its.clearness)
