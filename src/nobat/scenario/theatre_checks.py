"""What places, routes, rears and the plan must agree on. Works on plain data, valid or not.

As in checks.py: what is missing or of a wrong type is passed over, and reported elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, get_args

from nobat.scenario.plain import Found, below, entries, mapping
from nobat.scenario.theatre import Holder, first_holder
from nobat.scenario.words import choice, nearest, quoted

_SIDES = ("attacker", "defender")


def theatre_checks(data: Any) -> Found:
    """All checks of the theatre, in the order of the scenario's fields."""
    for check in (_routes, _plan, _rears, _lonely_rears, _ways):
        yield from check(data)


def _routes(data: Any) -> Found:
    """A route joins places that exist, and its length is known."""
    places = mapping(data, "places")
    for name, route in mapping(data, "routes").items():
        ends = entries(route, "between")
        for j, end in enumerate(ends):
            if isinstance(end, str) and end not in places:
                text = f"{quoted(end)} is not a place{choice(end, places, 'places')}"
                yield ("routes", name, "between", j), text
        if below(route, "km") is None and len(ends) == 2 and all(_in(end, places) for end in ends):
            nowhere = [end for end in ends if below(places, end, "position") is None]
            if nowhere:
                text = f"is missing: {_has_no(nowhere)} to measure from"
                yield ("routes", name, "km"), text
            elif ends[0] != ends[1] and len({_point(places[end]) for end in ends}) == 1:
                yield ("routes", name, "km"), "is missing: both places have the same position"


def _lonely_rears(data: Any) -> Found:
    """A rear that no route leads to leaves its side without everything from the start."""
    places, routes = mapping(data, "places"), mapping(data, "routes")
    joined = {end for route in routes.values() for end in entries(route, "between")}
    for side in ("attacker", "defender"):
        name = below(data, side, "rear")
        if routes and isinstance(name, str) and name in places and name not in joined:
            yield (side, "rear"), f"{quoted(name)} cannot be left: no route leads to it"


def _plan(data: Any) -> Found:
    """Every place with a core is the objective of exactly one stage, and no other place is."""
    places = mapping(data, "places")
    seen: set[str | None] = set()
    for i, stage in enumerate(entries(data, "plan")):
        for j, name in enumerate(entries(stage, "objectives")):
            here = ("plan", i, "objectives", j)
            if not isinstance(name, str):
                continue
            if name not in places:
                yield here, f"{quoted(name)} is not a place{choice(name, places, 'places')}"
                seen.add(nearest(name, places))
            elif name in seen:
                yield here, f"{quoted(name)} is assaulted twice"
            elif isinstance(places[name], Mapping) and not _can_be_taken(places[name]):
                right = [each for each, place in places.items() if _can_be_taken(place)]
                text = f"{quoted(name)} cannot be taken: it has no core"
                yield here, text + choice(name, right, "with a core")
            seen.add(name)
    if entries(data, "plan"):
        for name, place in places.items():
            if name not in seen and _can_be_taken(place):
                yield ("places", name), "is never assaulted: no stage of the plan names it"


def _rears(data: Any) -> Found:
    """A rear is a place that its own side or nobody holds."""
    places = mapping(data, "places")
    for side, other in (_SIDES, _SIDES[::-1]):
        rear = below(data, side, "rear")
        if _in(rear, places) and _holder(places[rear]) == other:
            text = f"{quoted(rear)} is held by the {other} at the start"
            yield (side, "rear"), f"{text}: give that place `holder: {side}`"


def _ways(data: Any) -> Found:
    """An attacker with a rear can get to every objective when its stage comes."""
    places, routes = mapping(data, "places"), mapping(data, "routes")
    if not routes:
        return
    joined = {end for route in routes.values() for end in _ends(route)}
    given = below(data, "attacker", "rear")
    rear: str | None = given if _in(given, places) else None
    if rear is not None and _holder(places[rear]) == "defender":
        rear = None
    taken: set[str] = set()
    for i, stage in enumerate(entries(data, "plan")):
        objectives = [name for name in entries(stage, "objectives") if _in(name, places)]
        taken |= set(objectives)
        reached = set() if rear is None else _reached(rear, places, routes, taken)
        for j, name in enumerate(entries(stage, "objectives")):
            here = ("plan", i, "objectives", j)
            if not _in(name, places) or not _can_be_taken(places[name]):
                continue
            if name not in joined:
                yield here, f"{quoted(name)} cannot be reached: no route leads to it"
            elif rear is not None and name not in reached:
                text = f"{quoted(name)} cannot be reached by the attacker from {quoted(rear)}"
                yield here, f"{text}: every way passes a place that the defender holds by then"


def _reached(
    rear: str, places: Mapping[str, Any], routes: Mapping[str, Any], taken: Iterable[str]
) -> set[str]:
    """The places that the attacker can get to, passing none that the defender still holds."""
    ways = [_ends(route) for route in routes.values() if below(route, "side") != "defender"]
    taken = set(taken)
    reached, open_ = {rear}, [rear]
    while open_:
        here = open_.pop()
        if here not in taken and _holder(places[here]) == "defender":
            continue
        for ends in ways:
            for end in ends if here in ends else ():
                if end in places and end not in reached:
                    reached.add(end)
                    open_.append(end)
    return reached


def _in(name: Any, places: Mapping[str, Any]) -> bool:
    return isinstance(name, str) and name in places


def _ends(route: Any) -> list[str]:
    return [end for end in entries(route, "between") if isinstance(end, str)]


def _can_be_taken(place: Any) -> bool:
    """Whether a place has a core, or layers that should have one."""
    if below(place, "core") is not None:
        return True
    layers = below(place, "layers")
    return bool(entries(place, "layers") or entries(layers, "stack") or mapping(layers, "layer"))


def _holder(place: Any) -> str:
    """Who holds a place at the start."""
    kind, holder = below(place, "kind"), below(place, "holder")
    kind = kind if isinstance(kind, str) else "city"
    return first_holder(kind, holder if holder in get_args(Holder) else None)


def _point(place: Any) -> tuple[str, str]:
    return str(below(place, "position", "lat")), str(below(place, "position", "lon"))


def _has_no(names: list[str]) -> str:
    if len(names) == 1:
        return f"{names[0]} has no position"
    return f"{names[0]} and {names[1]} have no positions"
