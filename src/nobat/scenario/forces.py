"""Who attacks: groups of equal units (MODEL 2, 4 and 5)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from nobat.scenario.parts import Id, Part, Title
from nobat.scenario.quantity import Count, Km, StrengthOfUnit
from nobat.scenario.supply import AttackerSupply

#: The most units that an attacker can have.
MOST_UNITS = 64


class UnitGroup(Part):
    """Some units of equal strength."""

    name: Title = Field(description="What these units are called.")
    count: Count = Field(description="How many units of this sort there are.")
    strength: StrengthOfUnit = Field(description="Persons in each unit at the start.")


class Attacker(Part):
    """The attacking side."""

    units: Annotated[tuple[UnitGroup, ...], Field(min_length=1)] = Field(
        description="The groups of units, in order; 1 to 64 units in all."
    )
    rear: Id | None = Field(
        default=None,
        description="The place that supplies come from, by id, where there are routes; needed "
        "with supply.",
    )
    rear_km: Km | None = Field(
        default=None,
        description="Distance from the rear that supplies come from, km (d): instead of rear, "
        "where there are no routes.",
    )
    supply: AttackerSupply | None = Field(
        default=None, description="Stock, lift and use (MODEL 4); null for always enough."
    )

    def unit_count(self) -> int:
        """How many units there are in all."""
        return sum(int(group.count.value) for group in self.units)

    def strengths(self) -> tuple[float, ...]:
        """The strength of every unit, in persons, group by group."""
        return tuple(
            group.strength.value for group in self.units for _ in range(int(group.count.value))
        )
