"""Which of several doctrines is best at a point, by how much, and how sure that is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from nobat.model.outcome import Outcome
from nobat.study.crossing import resampled
from nobat.study.estimates import RESAMPLES, Estimate, mean, paired_difference, share_of

Floats = NDArray[np.float64]
Best = Literal["highest", "lowest"]

#: The outcomes of which the attacker wants less; of all others the highest is taken for the best.
_LESS = frozenset({
    "abandoned", "abandoned_dry", "undecided", "day_secured", "day_core_taken", "day_core_retaken",
    "duration_d", "layers_lost_again", "counterattacks", "attacker_losses", "escaped",
    "defender_present", "defender_reserve", "suicide_attacks", "suicide_losses", "units_spent",
    "spent_unit_days", "rest_debt_unit_days", "rest_debt_peak_unit_days", "reinforcements",
    "isolated_day", "supply_used_t", "days_dry", "false_engagements", "harm_index",
    "residents_left", "residual_force", "attacks_after", "attacks_after_secured",
    "nights_displaced", "nights_in_cold", "cold_deaths", "still_displaced", "mine_victims",
    "missed_infiltrators", "false_stops", "checkpoint_attacks", "checkpoint_toll",
    "infiltrator_strikes", "infiltrator_toll", "overloaded_days", "longest_queue",
})  # fmt: skip


def best_of(outcome: Outcome) -> Best:
    """Which end of an outcome is the best for the attacker: the lowest of what costs him."""
    return "lowest" if outcome.name in _LESS else "highest"


#: A lead is beyond noise only where so many pairs differ, or more. Were two doctrines alike, each
#: pair that differs would go either way as if by a coin (Arbuthnot 1710; Fisher 1935): all of five
#: go one way with a chance of 2/2^5 = 6 %, all of six with 3 %. Student's interval, which has no
#: width where all pairs differ alike, does not know that.
LEAST_PAIRS = 6
#: Means are compared to so many digits: the order of a sum must not make one of two equals ahead.
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Decision:
    """The doctrines at one point.

    estimates: one for each doctrine. winner: the place of the one with the best mean, None where
    several share it, and where fewer than two have a value. runner_up: that of the next best. lead:
    how far the winner is ahead of the runner-up, replication by replication, with Student's
    interval: more than 0 is better, whichever end of the outcome is the best. sure: whether it is
    ahead of every other that has a value beyond noise.
    """

    estimates: tuple[Estimate, ...]
    winner: int | None
    runner_up: int | None
    lead: Estimate
    sure: bool

    @property
    def data(self) -> bool:
        """Whether there is something to compare: two doctrines or more that have a value."""
        return sum(one.mean is not None for one in self.estimates) > 1

    @property
    def level(self) -> bool:
        """Whether several share the best mean."""
        return self.data and self.winner is None


def decided(rows: Floats, outcome: Outcome) -> Decision:
    """The decision at a point.

    rows: (doctrines, replications) of the outcome, NaN where it does not exist; replication k met
    the same luck under every doctrine. A doctrine that never has the outcome is left out.
    """
    estimate = share_of if outcome.kind == "share" else mean
    estimates = tuple(estimate(values) for values in rows)
    up = _sign(outcome) * rows
    means = {
        i: _sign(outcome) * float(f"{one.mean:.{_DIGITS}g}")
        for i, one in enumerate(estimates)
        if one.mean is not None
    }
    if len(means) < 2:
        return Decision(estimates, None, None, Estimate(None, None, None, 0, "mean"), False)
    first, second, *_ = order = sorted(means, key=lambda i: -means[i])
    lead = paired_difference(up[first], up[second])
    if means[first] == means[second]:
        return Decision(estimates, None, None, lead, False)
    sure = all(beyond_noise(up[first], up[other]) for other in order[1:])
    return Decision(estimates, first, second, lead, sure)


def beyond_noise(a: Floats, b: Floats) -> bool:
    """Whether a is above b, pair by pair, by more than luck: both (replications,), NaN for none.

    Student's 95 % interval of the mean of a - b lies above 0, and LEAST_PAIRS pairs or more differ.
    """
    low = paired_difference(a, b).low
    gap = a - b
    differ = int(((gap != 0) & ~np.isnan(gap)).sum())
    return low is not None and low > 0 and differ >= LEAST_PAIRS


def _sign(outcome: Outcome) -> float:
    """1 for an outcome whose highest is best, else -1."""
    return 1.0 if best_of(outcome) == "highest" else -1.0


def heights(rows: Floats, outcome: Outcome) -> tuple[Floats, Floats]:
    """How good each doctrine is at some points, upwards: as it is and in each bootstrap resample.

    rows: (points, doctrines, replications). Returns (points, doctrines) and (resamples, points,
    doctrines); of an outcome whose lowest is best the negative; NaN where no replication (that was
    drawn) has a value. Replications are drawn again all points and doctrines together.
    """
    points, doctrines, replications = rows.shape
    flat = _sign(outcome) * rows.reshape(points * doctrines, replications)
    there = ~np.isnan(flat)
    counts = there.sum(axis=1)
    sums = np.where(there, flat, 0.0).sum(axis=1)
    means = np.where(counts > 0, _rounded(sums / np.maximum(counts, 1)), np.nan)
    again = _rounded(resampled(flat, RESAMPLES))
    if not there.all():
        # The same draws: 0 where none of those drawn has a value.
        again[resampled(there.astype(np.float64), RESAMPLES) == 0] = np.nan
    return (
        means.reshape(points, doctrines),
        again.reshape(RESAMPLES, points, doctrines),
    )


def _rounded(found: Floats) -> Floats:
    """Numbers without the last digits that the order of a sum leaves behind."""
    largest = float(np.abs(found).max(initial=0.0))
    if largest == 0:
        return found
    kept: Floats = np.round(found, _DIGITS - math.ceil(math.log10(largest)))
    return kept


def ahead(found: Floats) -> NDArray[np.bool_]:
    """Which doctrines are best: (..., doctrines); several where they share the best mean.

    NaN is not compared; nobody is best where all are NaN.
    """
    top: NDArray[np.bool_] = found == np.fmax.reduce(found, axis=-1, keepdims=True)
    return top


def decision_json(decision: Decision, names: Sequence[str]) -> dict[str, Any]:
    """A decision as plain JSON values."""

    def name(place: int | None) -> str | None:
        return None if place is None else names[place]

    return {
        "doctrines": {
            own: one.to_json() for own, one in zip(names, decision.estimates, strict=True)
        },
        "winner": name(decision.winner),
        "runner_up": name(decision.runner_up),
        "lead": decision.lead.to_json(),
        "data": decision.data,
        "sure": decision.sure,
    }
