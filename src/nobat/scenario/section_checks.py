"""What the sections that may be left out must agree on with the rest. Works on plain data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from nobat.scenario.defence import Defender
from nobat.scenario.forces import Attacker
from nobat.scenario.parts import Part
from nobat.scenario.plain import Found, below, entries, mapping
from nobat.scenario.words import Location, choice, nearest, quoted

_REARS = ("rear", "rear_km")


def rears(data: Any) -> Found:
    """Where each rear is: a place where there are routes, a distance where there are none."""
    for side, model in (("attacker", Attacker), ("defender", Defender)):
        given = below(data, side)
        if isinstance(given, Mapping):
            for location, text in _rear(data, side, given, model):
                yield (side, *location), text


def _rear(data: Any, side: str, given: Mapping[str, Any], model: type[Part]) -> Found:
    place, km = given.get("rear"), given.get("rear_km")
    places, routes = mapping(data, "places"), bool(mapping(data, "routes"))
    if place is not None and km is not None:
        yield ("rear_km",), "rear and rear_km cannot both be given"
    elif place is not None and not routes:
        yield ("rear",), "there are no routes to it: give rear_km, its distance, or routes"
    elif km is not None and routes:
        yield ("rear_km",), "there are routes: give rear, the place that they lead to"
    elif (place, km) == (None, None) and _needed(side, given, model):
        field, what = ("rear", "place") if routes else ("rear_km", "distance, km")
        yield (field,), f"is missing: where the {side}'s rear is, its {what}"
    if isinstance(place, str) and place not in places:
        yield ("rear",), f"{quoted(place)} is not a place{choice(place, places, 'places')}"


def _needed(side: str, given: Mapping[str, Any], model: type[Part]) -> bool:
    """Whether a rear must be there: supplies come from it, and the defender's reserve.

    Not if it stands there under a wrong name, which is reported as such.
    """
    if any(nearest(name, _REARS) for name in given if name not in model.model_fields):
        return False
    return side == "defender" or given.get("supply") is not None


def fire_and_corridors(data: Any) -> Found:
    """Fire policies that are named must be there; a closed way needs somebody who would leave."""
    fire, flight = below(data, "fire"), below(data, "flight")
    policies = mapping(fire, "policies")
    for location, each in _orders(data):
        wanted = below(each, "fire")
        if isinstance(wanted, str) and fire is None:
            yield (*location, "fire"), f"{quoted(wanted)} has no effect: there is no section fire"
        elif isinstance(wanted, str) and policies and wanted not in policies:
            text = f"{quoted(wanted)} is not a fire policy"
            yield (*location, "fire"), text + choice(wanted, policies, "policies")
        if below(each, "corridor") == "closed" and flight is None:
            text = "closed has no effect: there is no section flight"
            yield (*location, "corridor"), text


def refuges(data: Any) -> Found:
    """Where there are routes, those who leave need a place to go to."""
    if below(data, "flight") is None or not mapping(data, "routes"):
        return
    kinds = {below(place, "kind") for place in mapping(data, "places").values()}
    if "refuge" not in kinds:
        yield ("flight",), "has no effect: no place is of kind refuge, so nobody could leave"


def _orders(data: Any) -> Iterator[tuple[Location, Any]]:
    """Every doctrine and every rule, with its location."""
    for name, doctrine in mapping(data, "doctrines").items():
        yield ("doctrines", name), doctrine
        for i, rule in enumerate(entries(doctrine, "rules")):
            yield ("doctrines", name, "rules", i), rule
