"""How units take turns: posts, tours, rest, handovers (MODEL 2). All durations in hours."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, StrictBool

from nobat.scenario.parts import Part
from nobat.scenario.plain import Found, mapping, number
from nobat.scenario.quantity import HOURS, Count, Hours, PositiveHours, Share

#: Who goes next when a post falls free.
Dispatch = Literal["longest_rested", "freshest", "strongest"]
#: How a post changes hands: all at once is quickest and most exposed.
Handover = Literal["sequential", "simultaneous", "staggered"]

#: The durations of a policy, all in hours; each must be a whole number of steps.
DURATIONS = (
    "tour_h",
    "rest_h",
    "recovery_h",
    "overlap_h",
    "gap_h",
    "readiness_window_h",
    "stagger_h",
    "first_phase_h",
)


class Relief(Part):
    """What sends an operating unit to rest; at least one trigger must be on."""

    tour_over: StrictBool = Field(
        default=True, description="Relieved when its tour is over (true/false)."
    )
    operation_done: StrictBool = Field(
        default=False,
        description="All units move on when a layer or an objective is carried: operating to "
        "rest, rest to reserve, reserve to operating, whatever rest they have had (true/false).",
    )
    strength_below: Share | None = Field(
        default=None,
        description="Relieved when below this share of its strength at the start of its tour; "
        "null for never.",
    )


class RotationPolicy(Part):
    """A rotation: operating, then rest, then reserve, then operating again."""

    posts: Count = Field(description="Units that operate at once (q of the closed forms).")
    tour_h: PositiveHours = Field(description="Hours a unit operates (b of MODEL 2).")
    rest_h: Hours = Field(description="Hours of rest after a tour, a minimum (d).")
    recovery_h: Hours = Field(
        default=HOURS.of(0), description="Hours of travel and refit before rest counts (m)."
    )
    overlap_h: Hours = Field(
        default=HOURS.of(0),
        description="Hours in which both units are at a post and one is counted (o).",
    )
    gap_h: Hours = Field(
        default=HOURS.of(0), description="Hours that a post stays empty after a departure (g)."
    )
    readiness_window_h: PositiveHours | None = Field(
        default=None,
        description="Hours in reserve after which an unused unit must start over (W); null for "
        "no limit.",
    )
    stagger_h: Hours | None = Field(
        default=None,
        description="Hours over which the units' starts are spread (X); null for one whole "
        "cycle, b + d + m.",
    )
    first_phase_h: Hours = Field(
        default=HOURS.of(0),
        description="Hours of their tour that the first units have behind them at the start.",
    )
    relief: Relief = Field(default=Relief(), description="What sends an operating unit to rest.")
    dispatch: Dispatch = Field(default="longest_rested", description="Which ready unit goes next.")
    handover: Handover = Field(default="staggered", description="How a post changes hands.")
    forgive_rest: StrictBool = Field(
        default=False, description="Forget the rest that a unit called early is owed (true/false)."
    )


def policy_disagrees(policy: Any) -> Found:
    """What the fields of one policy, as plain data, must agree on; locations below the policy."""
    overlap, gap = number(policy, "overlap_h"), number(policy, "gap_h")
    if overlap and gap and overlap > 0 and gap > 0:
        yield ("gap_h",), "overlap_h and gap_h cannot both be above 0"
    tour = number(policy, "tour_h")
    for name in ("overlap_h", "first_phase_h"):
        hours = number(policy, name)
        if hours is not None and tour is not None and hours >= tour > 0:
            yield (name,), f"{hours:g} h does not fit in a tour of {tour:g} h"
    relief = mapping(policy, "relief")
    triggers = relief.get("tour_over", True), relief.get("operation_done", False)
    if triggers == (False, False) and relief.get("strength_below") is None:
        yield ("relief",), "no trigger is on: set tour_over, operation_done or strength_below"
