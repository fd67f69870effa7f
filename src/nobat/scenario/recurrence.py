"""What comes of those who got away: attacks after the campaign (MODEL 13).

Everyone who is neither lost nor has surrendered can come back: those who escaped, and a share of
those who are still under arms when it ends.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from pydantic import Field

from nobat.scenario.parts import Part
from nobat.scenario.quantity import (
    NON_NEGATIVE,
    PER_DAY,
    SHARE_BELOW_1,
    PositiveDays,
    Quantity,
    Share,
)

INCIDENTS = NON_NEGATIVE.in_unit("per 100 persons per month")
DECAY = replace(PER_DAY, name="Decay", a="allowed here", allowed="above 0 per day", above=True)
BRANCHING = replace(
    SHARE_BELOW_1,
    name="Branching",
    unit="ratio",
    allowed="0 or more, below 1 (from 1 on each attack provokes another, without end)",
)


class Recurrence(Part):
    """Attacks after the campaign, each of which provokes others: a self-exciting process."""

    incidents_per_100_month: Annotated[Quantity, INCIDENTS] = Field(
        description="Attacks of the residual force per 100 persons per month, those that others "
        "provoked included (c)."
    )
    branching_ratio: Annotated[Quantity, BRANCHING] = Field(
        description="Branching ratio: attacks that one attack provokes directly, on average, below "
        "1 (theta); in the end 1 / (1 - theta) come of each that nothing provoked."
    )
    decay_per_day: Annotated[Quantity, DECAY] = Field(
        description="Rate at which what an attack provoked comes, per day (omega): 1 / omega is "
        "the mean delay in days."
    )
    standing_share: Share = Field(
        description="Share of the defenders still in layers or in reserve at the end who belong "
        "to the residual force, beside all who escaped."
    )
    horizon_d: PositiveDays = Field(description="Days after the end in which attacks are counted.")
