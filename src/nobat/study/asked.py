"""What a study along one number is asked with: it is read here, or told what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np

from nobat.scenario import Problem, Scenario, ScenarioError, quantities
from nobat.scenario.quantity import Kind, Quantity
from nobat.scenario.scenario import shape
from nobat.scenario.values import PathError, parse_path, with_value
from nobat.scenario.words import Location, choice, listed, path_text, quoted, shown
from nobat.study.names import UnknownNameError, outcome_named


def scenario_asked(
    scenario: object, what: str, replications: int | None, seed: int | None
) -> Scenario:
    """The scenario with the caller's replications and seed.

    what: the function that was called. Raises TypeError for something else than a scenario,
    ScenarioError, which names the argument, for a number that is not allowed.
    """
    if not isinstance(scenario, Scenario):
        raise TypeError(f"{what} takes a Scenario: nobat.load({str(scenario)!r}) gives one")
    values = {"run.replications": replications, "run.seed": seed}
    given = {path: value for path, value in values.items() if value is not None}
    try:
        return scenario.with_values(given) if given else scenario
    except ScenarioError as error:
        found = (replace(p, path=p.path.removeprefix("run."), where="") for p in error.problems)
        raise ScenarioError(found) from None


def number_at(scenario: Scenario, path: str) -> tuple[str, Quantity, Kind]:
    """The number at a path: the path as it is written, the quantity, its kind.

    Raises ScenarioError, with the nearest field, for a path that leads nowhere or to no number.
    """
    known = {where: (quantity, kind) for where, quantity, kind in quantities(scenario)}
    place = path.removesuffix(".value")
    if place in known:
        return place, *known[place]
    try:
        location = parse_path(path)
        here = _looked_up(scenario, location)
    except PathError as error:
        raise ScenarioError([Problem(error.path, None, str(error))]) from None
    raise ScenarioError([Problem(path_text(location), None, _no_number(path, here, known))])


def _looked_up(scenario: Scenario, location: Location) -> object:
    """What stands at a path in the scenario's plain data; PathError where nothing does."""
    data: Any = scenario.canonical()
    with_value(data, location, None, shape())
    for segment in location:
        data = data[segment]
    return data


def _no_number(path: str, here: object, known: Iterable[str]) -> str:
    """Why a path that leads somewhere cannot be swept."""
    if path.startswith("run."):
        return "says how the scenario is run: it is not swept"
    if above := next((one for one in known if path.startswith(f"{one}.")), None):
        return f"belongs to a number: sweep {above}"
    if here is None:
        return f"is null in this scenario: give it a number first, --set {path}=NUMBER"
    text = f"{shown(here)} is not a number that can be swept"
    below = [one for one in known if one.startswith((f"{path}.", f"{path}["))]
    return f"{text} (numbers below it: {listed(below)})" if below else text


def doctrine_of(scenario: Scenario, name: object) -> str:
    """A doctrine's name as it was given; ScenarioError, with the nearest, for an unknown one."""
    known = list(scenario.doctrines)
    if isinstance(name, str) and name in known:
        return name
    text = f"{quoted(str(name))} is not one of {scenario.name}{choice(name, known, 'doctrines')}"
    raise ScenarioError([Problem("doctrine", None, text)])


def outcome_of(name: object) -> str:
    """An outcome's name, given by it or by the key of its estimate; ScenarioError for another."""
    try:
        return outcome_named(str(name)).name
    except UnknownNameError as error:
        raise ScenarioError([Problem("outcome", None, str(error))]) from None


def spread(kind: Kind, low: float, high: float, points: int) -> tuple[float, ...]:
    """So many values from low to high in equal steps; whole numbers each once, so fewer perhaps."""
    return tuple(dict.fromkeys(_tidy(kind, x) for x in np.linspace(low, high, points)))


def _tidy(kind: Kind, value: float) -> float:
    """A value without the last digits that arithmetic leaves behind."""
    return kind.number(round(value) if kind.whole else float(f"{value:.12g}"))
