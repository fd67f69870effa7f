"""A scenario scaled together: more persons everywhere, and every ratio as it was."""

from __future__ import annotations

from nobat.scenario import Scenario
from nobat.scenario.quantity import Quantity

#: Outcomes that are a share, a time or a count of units and layers; the others count persons, or
#: attacks, and grow with the scale.
PERSONS = {
    "attacker_losses", "defender_losses", "surrendered", "attacker_present", "defender_present",
    "defender_reserve", "suicide_attacks", "suicide_losses", "mean_contact", "escaped",
    "reinforcements", "supply_used_t", "supply_brought_t", "defender_supply_used_t", "harm_index",
    "false_engagements",
}  # fmt: skip


def scaled(scenario: Scenario, k: float) -> Scenario:
    """The scenario with k times as many persons, in which mean numbers would go on as before.

    Strengths, garrisons, reserve and frontage times k; wear of works a person over k; suicide
    attacks and encounters a day, stocks, trucks and the material of works times k; kill rates a
    and b times k^(1-p-q), or their anchors' strengths times k.
    """
    values: dict[str, object] = {}
    for n, group in enumerate(scenario.attacker.units):
        values[f"attacker.units[{n}].strength"] = group.strength.value * k
    for name, place in scenario.places.items():
        for n, layer in enumerate(place.layers.stack):
            values[f"places.{name}.layers.stack[{n}].garrison"] = layer.garrison.value * k
        if place.core is not None:
            values[f"places.{name}.core.garrison"] = place.core.garrison.value * k
    values["defender.reserve"] = scenario.defender.reserve.value * k
    values["contact.frontage"] = scenario.contact.frontage.value * k
    values["works.wear_per_day"] = scenario.works.wear_per_day.value / k
    suicide = scenario.attrition.suicide
    values["attrition.suicide.attacks_per_day"] = suicide.attacks_per_day.value * k
    values["works.material_t"] = scenario.works.material_t.value * k
    supplies = {"attacker": scenario.attacker.supply, "defender": scenario.defender.supply}
    for side, supply in supplies.items():
        if supply is not None:
            values[f"{side}.supply.stock_t"] = supply.stock_t.value * k
            values[f"{side}.supply.trucks"] = supply.trucks.value * k
    if scenario.fire is not None:
        values["fire.contacts_per_day"] = scenario.fire.contacts_per_day.value * k
    p1, q1, p2, q2 = scenario.attrition.exponents()
    for side, power in (("attacker", 1 - p1 - q1), ("defender", 1 - p2 - q2)):
        rate = getattr(scenario.attrition, f"{side}_rate")
        path = f"attrition.{side}_rate"
        if isinstance(rate, Quantity):
            values[path] = rate.value * k**power
        else:
            for who in ("attackers", "defenders"):
                values[f"{path}.anchor.{who}"] = getattr(rate.anchor, who).value * k
    return scenario.with_values(values)
