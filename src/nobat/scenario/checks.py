"""What several parts of a scenario must agree on. Works on plain data, valid or not.

Every check yields (location, message). Where a part is missing or of the wrong type the checks
pass it over: its own error is reported elsewhere, and the rest is still checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from nobat.scenario.claim_checks import claim_checks
from nobat.scenario.forces import MOST_UNITS
from nobat.scenario.paths import no_such_path
from nobat.scenario.plain import Found, below, entries, mapping, number
from nobat.scenario.reports import readable
from nobat.scenario.rotation import DURATIONS, policy_disagrees
from nobat.scenario.run import divides_the_day
from nobat.scenario.section_checks import fire_and_corridors, rears, refuges
from nobat.scenario.shape import Shape
from nobat.scenario.theatre_checks import theatre_checks
from nobat.scenario.words import Location, choice, quoted

#: The most steps that one replication may have.
MOST_STEPS = 1_000_000


def cross_checks(data: Any, shape: Shape) -> Found:
    """All checks, in the order of the scenario's fields."""
    for check in _CHECKS:
        yield from check(data)
    yield from _bears_on(data, shape)
    yield from claim_checks(data, shape)


def value_checks(data: Any) -> Found:
    """The checks that another number, word or yes/no can break, where none is added or taken."""
    for check in _CHECKS:
        if check not in (known_sources, _contested, _main):
            yield from check(data)


def _references(node: Any, location: Location) -> Iterator[tuple[Location, Any]]:
    """Every source id that a number names, with its location."""
    if isinstance(node, Mapping):
        for key, value in node.items():
            here = (*location, key)
            if key == "source" and isinstance(value, str):
                yield here, value
            elif key == "source" and isinstance(value, list | tuple):
                yield from (((*here, i), each) for i, each in enumerate(value))
            elif isinstance(value, Mapping | list | tuple):
                yield from _references(value, here)
    elif isinstance(node, list | tuple):
        for position, value in enumerate(node):
            yield from _references(value, (*location, position))


def known_sources(data: Any) -> Found:
    """Every source that is named must be in `sources`."""
    known = mapping(data, "sources")
    named = list(_references(data, ()))
    for i, matter in enumerate(entries(data, "contested")):
        for j, name in enumerate(entries(matter, "sources")):
            named.append((("contested", i, "sources", j), name))
    for location, name in named:
        if isinstance(name, str) and name not in known:
            yield location, f"{quoted(name)} is not in sources{choice(name, known, 'sources')}"


def _units(data: Any) -> Found:
    counts = [number(group, "count") for group in entries(data, "attacker", "units")]
    units = sum(count for count in counts if count is not None)
    if units > MOST_UNITS:
        yield ("attacker", "units"), f"{units:g} units in all are too many: up to {MOST_UNITS}"
    if not counts or None in counts:
        return
    for location, posts in _posts(data):
        if posts is not None and posts > units:
            yield location, f"{posts:g} posts are more than the {units:g} units of the attacker"


def _posts(data: Any) -> Iterator[tuple[Location, float | None]]:
    for name, policy in mapping(data, "rotation").items():
        yield ("rotation", name, "posts"), number(policy, "posts")
    for name, doctrine in mapping(data, "doctrines").items():
        for i, rule in enumerate(entries(doctrine, "rules")):
            yield ("doctrines", name, "rules", i, "posts"), number(rule, "posts")


def _policies(data: Any) -> Found:
    for name, policy in mapping(data, "rotation").items():
        for location, text in policy_disagrees(policy):
            yield ("rotation", name, *location), text


def _steps(data: Any) -> Found:
    run = mapping(data, "run")
    step_h, horizon_d = number(run.get("step_h", 1)), number(run.get("horizon_d", 60))
    if step_h is None or not divides_the_day(step_h):
        return
    if horizon_d is not None and horizon_d * 24 / step_h > MOST_STEPS:
        text = f"{horizon_d:g} days in steps of {step_h:g} h are over {MOST_STEPS:,} steps"
        yield ("run", "horizon_d"), f"{text}: shorten it or lengthen step_h"
    for location, hours in durations(data):
        if hours is not None and abs(hours / step_h - round(hours / step_h)) > 1e-6:
            text = f"{hours:g} h is not a whole number of steps of {step_h:g} h (run.step_h)"
            yield location, text
    if horizon_d is not None and abs(horizon_d * 24 / step_h % 1) > 1e-6:
        text = f"{horizon_d:g} days are not a whole number of steps of {step_h:g} h (run.step_h)"
        yield ("run", "horizon_d"), text


def durations(data: Any) -> Iterator[tuple[Location, float | None]]:
    """Every duration that the model counts in whole steps, in hours, with its location."""
    for name, place in mapping(data, "places").items():
        yield ("places", name, "hold_h"), number(place, "hold_h")
    for name, policy in mapping(data, "rotation").items():
        for duration in DURATIONS:
            yield ("rotation", name, duration), number(policy, duration)
    reaction = ("counterattack", "reserve_reaction_h")
    yield reaction, number(data, *reaction)
    refit = ("breaking", "unit", "refit_h")
    yield refit, number(data, *refit)


def _doctrines(data: Any) -> Found:
    policies = mapping(data, "rotation")
    for name, doctrine in mapping(data, "doctrines").items():
        wanted = below(doctrine, "rotation")
        if isinstance(wanted, str) and wanted not in policies:
            text = f"{quoted(wanted)} is not a rotation policy"
            yield ("doctrines", name, "rotation"), text + choice(wanted, policies, "policies")


def _main(data: Any) -> Found:
    doctrines = mapping(data, "doctrines")
    for i, name in enumerate(entries(data, "run", "main")):
        if isinstance(name, str) and name not in doctrines:
            text = f"{quoted(name)} is not a doctrine{choice(name, doctrines, 'doctrines')}"
            yield ("run", "main", i), text


def _contested(data: Any) -> Found:
    seen: set[str] = set()
    for i, matter in enumerate(entries(data, "contested")):
        name = below(matter, "id")
        if isinstance(name, str) and name in seen:
            yield ("contested", i, "id"), f"{quoted(name)} is the id of another matter too"
        if isinstance(name, str):
            seen.add(name)


def _bears_on(data: Any, shape: Shape) -> Found:
    for i, matter in enumerate(entries(data, "contested")):
        for j, path in enumerate(entries(matter, "bears_on")):
            if not isinstance(path, str):
                continue
            wrong = no_such_path(path, data, shape)
            if wrong:
                yield ("contested", i, "bears_on", j), wrong


_CHECKS = (
    known_sources, _contested, theatre_checks, _units, rears, _policies, _steps,
    fire_and_corridors, refuges, readable,
    _doctrines, _main,
)  # fmt: skip
