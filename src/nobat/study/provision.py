"""What a scenario's supplies come to before anybody fires: ways, lift, days, d* (MODEL 4).

Each side's way to where the plan leads, stage by stage, as it would be with the stages before it
done; what its trucks bring over it; and how long that and the stock last. A sum in the head, not a
simulation: the strengths are those of the start.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from nobat.scenario import Scenario
from nobat.scenario.routes import Side, distance_km
from nobat.scenario.supply import Supply
from nobat.theory.supply import Fleet, culmination_km, days_of_supply, lift_t_per_day

_KG = 1000.0


@dataclass(frozen=True)
class Use:
    """One way of living on the supplies: what is used, how long it lasts, how far it reaches.

    what: words; use_t_per_day; days: until the stock is used up, infinite where the lift covers
    the use; culmination_km: d*, beyond which it does not.
    """

    what: str
    use_t_per_day: float
    days: float
    culmination_km: float


@dataclass(frozen=True)
class Provision:
    """Supplies of one side on the way to one place. km: infinite where no way leads there."""

    side: Side
    place: str
    km: float
    lift_t_per_day: float
    stock_t: float
    uses: tuple[Use, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values; null stands for infinite."""
        own = {name: _finite(value) for name, value in vars(self).items() if name != "uses"}
        return own | {"uses": [{k: _finite(v) for k, v in vars(u).items()} for u in self.uses]}


def provisions(scenario: Scenario) -> tuple[Provision, ...]:
    """The supplies of every side that has any, to the places of the plan's last stage."""
    return (*_attackers(scenario), *_defenders(scenario))


def _attackers(scenario: Scenario) -> Iterator[Provision]:
    supply, units = scenario.attacker.supply, scenario.attacker.strengths()
    if supply is None:
        return
    everyone = sum(units)
    posts = scenario.policy_of(next(iter(scenario.doctrines))).posts.value
    in_turns = posts * everyone / len(units)
    persons = {"in turns": in_turns, "all committed": everyone}
    for place in scenario.plan[-1].objectives:
        yield _provision(scenario, "attacker", place, supply, persons, everyone)


def _defenders(scenario: Scenario) -> Iterator[Provision]:
    supply = scenario.defender.supply
    if supply is None:
        return
    everyone = sum(place.garrison() for place in scenario.places.values())
    for place in scenario.plan[-1].objectives:
        outermost = scenario.places[place].defences()[0].garrison.value
        persons = {"in peace": 0.0, "one layer pressed": outermost}
        yield _provision(scenario, "defender", place, supply, persons, everyone)


def _provision(
    scenario: Scenario,
    side: Side,
    place: str,
    supply: Supply,
    fighting: dict[str, float],
    everyone: float,
) -> Provision:
    km, kept = way(scenario, side, place)
    fleet = Fleet(
        trucks=supply.trucks.value,
        payload_t=supply.payload_t.value,
        speed_km_h=supply.speed_km_h.value,
        hours_per_day=supply.hours_per_day.value,
        delay_h=supply.delay_h.value,
        own_use_t_per_h=supply.own_use_t_per_h.value,
        availability=supply.availability.value,
        raid_share=1.0 - kept,
    )
    lift, stock = 0.0 if km == math.inf else lift_t_per_day(fleet, km), supply.stock_t.value
    uses = []
    for what, persons in fighting.items():
        quiet = everyone - persons
        use = (persons * supply.fight_kg.value + quiet * supply.quiet_kg.value) / _KG
        uses.append(Use(what, use, days_of_supply(stock, lift, use), culmination_km(fleet, use)))
    return Provision(side, place, km, lift, stock, tuple(uses))


def way(scenario: Scenario, side: Side, place: str) -> tuple[float, float]:
    """(km, share that raids leave) from a side's rear to a place of the last stage.

    The attacker's way passes what he holds at the start and what the stages before have taken; the
    defender's is that of the start. (infinite, 0) where there is none.
    """
    force = scenario.attacker if side == "attacker" else scenario.defender
    if not scenario.routes or force.rear is None:
        return (math.inf, 0.0) if force.rear_km is None else (force.rear_km.value, 1.0)
    # Slow to load.
    import networkx

    roads = networkx.Graph()
    for route in scenario.routes.values():
        if route.serves(side):
            km, kept = distance_km(scenario, route), 1.0 - route.raid_share.value
            known = roads.get_edge_data(*route.between)
            if known is None or km < known["km"]:
                roads.add_edge(*route.between, km=km, kept=kept)
    roads.remove_nodes_from(_in_the_way(scenario, side) - {place})
    try:
        stops = networkx.dijkstra_path(roads, force.rear, place, weight="km")
    except (networkx.NetworkXNoPath, networkx.NodeNotFound):
        return math.inf, 0.0
    legs = [roads.edges[ends] for ends in pairwise(stops)]
    return sum(leg["km"] for leg in legs), math.prod(leg["kept"] for leg in legs)


def _in_the_way(scenario: Scenario, side: Side) -> set[str]:
    """The places that a side cannot pass: the other's, as the stages before the last left them."""
    taken = {place for stage in scenario.plan[:-1] for place in stage.objectives}
    if side == "attacker":
        held = {name for name, place in scenario.places.items() if place.held_by == "defender"}
        return held - taken
    return {name for name, place in scenario.places.items() if place.held_by == "attacker"}


def _finite(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value
