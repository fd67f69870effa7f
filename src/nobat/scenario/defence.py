"""Who defends and how the defence recovers and strikes back (MODEL 7).

No published model of how ground layers regenerate was found: the equations that these numbers
feed are structure, not evidence, and the rates should always be swept.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from nobat.scenario.parts import Id, Part
from nobat.scenario.quantity import (
    PER_DAY,
    SHARE,
    SHARE_BELOW_1,
    TONNES,
    Hours,
    Km,
    PerDay,
    Positive,
    PositiveHours,
    Quantity,
    Share,
    ShareBelow1,
    Speed,
    Strength,
    Tonnes,
)
from nobat.scenario.supply import DefenderSupply

_WEAR = PER_DAY.in_unit("per day per 1,000 persons")


class Defender(Part):
    """The defending side beyond its layers: a reserve at a rear."""

    reserve: Strength = Field(description="Persons in reserve at the defender's rear.")
    rear: Id | None = Field(
        default=None,
        description="The place that is this rear, by id, where there are routes: from there the "
        "ways to the layer in contact are found, and whether they are cut.",
    )
    rear_km: Km | None = Field(
        default=None,
        description="Distance from that rear to the layer in contact, km (d): instead of rear, "
        "where there are no routes.",
    )
    rear_speed_km_h: Speed = Field(description="Speed of the reserve on that road, km/h (v).")
    supply: DefenderSupply | None = Field(
        default=None, description="Stock, lift and use (MODEL 4); null for always enough."
    )


class Works(Part):
    """How works and order protect, wear, are rebuilt and restored (MODEL 7)."""

    works_protection: ShareBelow1 = Field(
        default=SHARE_BELOW_1.of(0.7), description="Share of fire that complete works stop (p_w)."
    )
    order_protection: ShareBelow1 = Field(
        default=SHARE_BELOW_1.of(0.7), description="Share of fire that full order makes void (p_q)."
    )
    rebuild_per_day: PerDay = Field(
        description="Rate at which missing works are rebuilt when nobody presses, per day "
        "(rho_w). Structure, not evidence: sweep it."
    )
    wear_per_day: Annotated[Quantity, _WEAR] = Field(
        description="Rate at which works wear under the attacker's fighting strength, per day "
        "per 1,000 persons (beta)."
    )
    reorganise_h: PositiveHours = Field(
        description="Time in which a layer restores its order when nobody presses, hours (tau_q)."
    )
    shock: Share = Field(
        default=SHARE.of(0.35),
        description="When a layer breaks, the order of the next one is multiplied by this, and "
        "that of the one behind it by its square root (share).",
    )
    reinforce_h: PositiveHours = Field(
        description="Time after which the reserve moves when nobody presses, hours; the way from "
        "the rear and back, 2 d/v, is added (tau_r)."
    )
    material_t: Tonnes = Field(
        default=TONNES.of(0),
        description="Material for the complete works of one layer, tonnes. The defender's trucks "
        "bring it with what they have to spare; too little slows the part of the rebuilding that "
        "hangs on it. 0: never too little.",
    )
    cut_off_share: Share = Field(
        default=SHARE.of(0.5),
        description="Share of the rebuilding that hangs on what is brought up from the rear, and "
        "stops while the place is isolated (iota).",
    )


class Counterattack(Part):
    """How the defence strikes back (MODEL 7). Structure, not evidence: sweep it."""

    per_day: PerDay = Field(
        description="Rate of attempts when nobody presses, per day (h_ca); pressure lowers it."
    )
    ratio: Positive = Field(
        description="Strength of those who hold, per counter-attacker, at which half of the "
        "attempts succeed, a ratio (kappa, counterattack_ratio)."
    )
    reserve_reaction_h: Hours = Field(
        description="Hours after which the attacker's reserve units help to hold."
    )
    retaken_works: Share = Field(
        default=SHARE.of(0.4), description="Works of a layer just retaken (share)."
    )
    retaken_order: Share = Field(
        default=SHARE.of(0.6), description="Order of a layer just retaken (share)."
    )
