"""Which of several doctrines is best at a point, by how much, and how sure that is."""

from __future__ import annotations

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


@dataclass(frozen=True, slots=True)
class Decision:
    """The doctrines at one point.

    estimates: one for each doctrine. winner: the place of the one with the best mean, None where
    two share it or none has a value. runner_up: that of the next best. lead: the winner's minus the
    runner-up's, replication by replication, with Student's interval. sure: whether that leaves out
    0 on the winner's side.
    """

    estimates: tuple[Estimate, ...]
    winner: int | None
    runner_up: int | None
    lead: Estimate
    sure: bool


def decided(rows: Floats, outcome: Outcome) -> Decision:
    """The decision at a point.

    rows: (doctrines, replications) of the outcome, NaN where it does not exist; replication k met
    the same luck under every doctrine.
    """
    estimate = share_of if outcome.kind == "share" else mean
    estimates = tuple(estimate(values) for values in rows)
    sign = 1.0 if best_of(outcome) == "highest" else -1.0
    # A doctrine that never has the outcome is behind all that have it.
    means = [-np.inf if one.mean is None else sign * one.mean for one in estimates]
    first, *others = sorted(range(len(means)), key=lambda i: -means[i])
    if not others or not np.isfinite(means[others[0]]):
        lone = first if np.isfinite(means[first]) else None
        return Decision(estimates, lone, None, Estimate(None, None, None, 0, "mean"), False)
    lead = paired_difference(rows[first], rows[others[0]])
    if means[first] == means[others[0]]:
        return Decision(estimates, None, None, lead, False)
    return Decision(estimates, first, others[0], lead, _leaves_out_0(lead, sign))


def _leaves_out_0(lead: Estimate, sign: float) -> bool:
    """Whether the whole interval is on the winner's side."""
    nearer = lead.low if sign > 0 else lead.high
    return nearer is not None and sign * nearer > 0


def heights(rows: Floats, outcome: Outcome) -> tuple[Floats, Floats]:
    """How good each doctrine is at some points, upwards: as it is and in each bootstrap resample.

    rows: (points, doctrines, replications). Returns (points, doctrines) and (resamples, points,
    doctrines); of an outcome whose lowest is best the negative. What does not exist at all is
    below everything that does. Replications are drawn again all points and doctrines together.
    """
    points, doctrines, replications = rows.shape
    sign = 1.0 if best_of(outcome) == "highest" else -1.0
    flat = sign * rows.reshape(points * doctrines, replications)
    there = ~np.isnan(flat)
    means = np.where(there, flat, 0.0).sum(axis=1) / np.maximum(there.sum(axis=1), 1)
    again = resampled(flat, RESAMPLES)
    none = ~there.any(axis=1)
    if none.any():
        # Low enough to lose everywhere, near enough to be drawn as a slope.
        floor = _floor(means[~none])
        means[none] = floor
        again[:, none] = floor
    return (
        means.reshape(points, doctrines),
        again.reshape(RESAMPLES, points, doctrines),
    )


def _floor(means: Floats) -> float:
    """A value below all means by as much as they differ."""
    if not means.size:
        return 0.0
    low, high = float(means.min()), float(means.max())
    return low - max(high - low, 1.0)


def ahead(found: Floats) -> NDArray[np.bool_]:
    """Which doctrines are best: (..., doctrines); several where they share the best mean."""
    top: NDArray[np.bool_] = found == found.max(axis=-1, keepdims=True)
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
        "sure": decision.sure,
    }
