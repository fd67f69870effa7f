"""When a layer breaks, when a unit is spent, when the campaign is given up (MODEL 8)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from nobat.scenario.parts import Part
from nobat.scenario.quantity import (
    NON_NEGATIVE,
    PerDay,
    PositiveHours,
    Quantity,
    ShareAbove0,
)

_WEIGHT = NON_NEGATIVE.in_unit("weight")


class LayerBreaking(Part):
    """Hazard of a break: sigma h0 exp(b1 loss share + b2 isolated + b3 no reserve)."""

    hazard_per_day: PerDay = Field(
        description="Hazard of a whole garrison under full suppression, per day (h0)."
    )
    loss_weight: Annotated[Quantity, _WEIGHT] = Field(
        description="Weight of the garrison's loss share in the exponent (b1)."
    )
    isolated_weight: Annotated[Quantity, _WEIGHT] = Field(
        default=_WEIGHT.of(0),
        description="Weight of being cut off from the rear in the exponent (b2).",
    )
    no_reserve_weight: Annotated[Quantity, _WEIGHT] = Field(
        description="Weight of having no reserve left in the exponent (b3)."
    )


class UnitBreaking(Part):
    """When an attacker unit is spent: its loss share passes a threshold drawn at the start."""

    mean_loss_share: ShareAbove0 = Field(
        description="Mean of that threshold, exponential, a share of the unit's strength at the "
        "start."
    )
    refit_h: PositiveHours = Field(description="Hours until a spent unit returns to the rotation.")


class Breaking(Part):
    """When things break (MODEL 8)."""

    layer: LayerBreaking = Field(description="When a layer breaks.")
    unit: UnitBreaking = Field(description="When an attacker unit is spent.")
    abandon_share: ShareAbove0 = Field(
        description="Share of the units spent at one time at which the campaign is abandoned."
    )
