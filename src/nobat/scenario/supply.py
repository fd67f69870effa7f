"""What a side uses, what its trucks bring, what it does when it is dry (MODEL 4)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from nobat.scenario.parts import Part
from nobat.scenario.quantity import (
    NON_NEGATIVE,
    POSITIVE_DAYS,
    SHARE,
    Hours,
    HoursOfDay,
    PositiveDays,
    PositiveTonnes,
    Quantity,
    Share,
    Speed,
    Tonnes,
    WholeNonNegative,
)

_USE = NON_NEGATIVE.in_unit("kg per person per day", "kg per person and day")
_OWN_USE = NON_NEGATIVE.in_unit("t/h", "t per hour")


class Supply(Part):
    """A stock, and trucks that fill it from the rear: trips = hours a day / (2 d/v + delay)."""

    stock_t: Tonnes = Field(description="Supplies at hand at the start, tonnes (S).")
    trucks: WholeNonNegative = Field(description="How many trucks there are.")
    availability: Share = Field(description="Share of the trucks that are at work.")
    payload_t: PositiveTonnes = Field(
        description="What one truck carries, its own fuel included, tonnes (P)."
    )
    hours_per_day: HoursOfDay = Field(
        description="Time a day in which a truck is on its way or being loaded, hours (H)."
    )
    speed_km_h: Speed = Field(description="Speed of the trucks on the road, km/h (v).")
    delay_h: Hours = Field(
        description="Time of every trip beside the driving: loading, waiting, unloading, hours."
    )
    own_use_t_per_h: Annotated[Quantity, _OWN_USE] = Field(
        description="Fuel that one truck uses in an hour of driving, tonnes per hour (c)."
    )
    fight_kg: Annotated[Quantity, _USE] = Field(
        description="Use of a person at a post in contact, kg per person per day: rations, general "
        "supplies, ammunition."
    )
    quiet_kg: Annotated[Quantity, _USE] = Field(
        description="Use of everybody else, kg per person per day."
    )
    dry_factor: Share = Field(
        default=SHARE.of(0.35),
        description="What a force without any supplies still does, share of its fire and of its "
        "work on works.",
    )


class AttackerSupply(Supply):
    """The attacker's supply. Who is dry for long goes home."""

    dry_days_to_abandon: PositiveDays = Field(
        default=POSITIVE_DAYS.of(5),
        description="Days in a row without enough supplies after which the campaign is abandoned.",
    )


class DefenderSupply(Supply):
    """The defender's supply. Its stock lies in his places in proportion to their garrisons."""
