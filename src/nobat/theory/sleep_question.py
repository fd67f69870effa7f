"""What is asked of a curve of sleep, checked all at once: a file, and numbers as typed."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

from nobat.model import alertness
from nobat.scenario.problems import Problem, ScenarioError
from nobat.scenario.words import choice, shown
from nobat.theory import schedule
from nobat.theory.schedule import Schedule
from nobat.theory.sleep import MODELS, SAFTE, THREE, Curve, curve, default_end, default_start

#: The longest curve, hours: a leap year.
MOST_HOURS = 366 * 24

_Number = str | float | None


def curve_of_file(
    path: str | Path | None,
    *,
    name: str | None = None,
    model: str = SAFTE,
    start_h: _Number = None,
    start_reservoir: _Number = None,
    until_h: _Number = None,
) -> Curve:
    """The curve of the schedule in a file; numbers may be text, None for the default.

    name: of the schedule, where the file holds several (`schedule.read`). Raises ScenarioError
    with all that is wrong, in the file (with its line) and in the numbers.
    """
    problems: list[Problem] = []
    if model not in MODELS:
        text = f"{shown(model)} is not a model of sleep{choice(model, MODELS, 'models')}"
        problems.append(Problem("model", None, text))
    given = {"start_h": start_h, "start_reservoir": start_reservoir, "until_h": until_h}
    numbers = {key: _number(key, value, problems) for key, value in given.items()}
    _check_state(model, numbers["start_reservoir"], problems)
    try:
        found = _read(path, name)
    except ScenarioError as error:
        raise ScenarioError([*error.problems, *problems]) from None
    if not problems:
        _check_span(found, numbers["start_h"], numbers["until_h"], problems)
    if problems:
        raise ScenarioError(problems)
    made = curve(
        found.sleeps,
        model,
        numbers["start_h"],
        numbers["start_reservoir"],
        numbers["until_h"],
    )
    return replace(made, name=found.name)


def _read(path: str | Path | None, name: str | None) -> Schedule:
    if path is None or not str(path):
        text = "is missing: a CSV file with a row for each sleep"
        raise ScenarioError([Problem("schedule", None, text)])
    return schedule.read(Path(path), name)


def _number(key: str, value: _Number, problems: list[Problem]) -> float | None:
    """A finite number, or None where none was given; what else there is becomes a problem."""
    if value is None:
        return None
    number = schedule.finite(value)
    if number is not None:
        return number
    what = "a number" if key == "start_reservoir" else "a number of hours"
    problems.append(Problem(key, None, f"{shown(value)} is not {what}"))
    return None


def _check_state(model: str, state: float | None, problems: list[Problem]) -> None:
    """The state at the start must be one that the model can have."""
    if state is None or model not in MODELS:
        return
    numbers = alertness.THREE_PROCESS
    low, high, what = 0.0, alertness.SAFTE.capacity, "a reservoir"
    if model == THREE:
        low, high, what = numbers.low, numbers.high, "an S of the three-process model"
    if not low <= state <= high:
        text = f"{state:g} is not {what}: {low:g} to {high:g}"
        problems.append(Problem("start_reservoir", None, text))


def _check_span(
    found: Schedule, start: float | None, until: float | None, problems: list[Problem]
) -> None:
    """The curve must hold a whole hour, and not too many."""
    start_h = default_start(found.sleeps) if start is None else start
    until_h = default_end(found.sleeps, start_h) if until is None else until
    if until_h <= start_h:
        text = f"hour {until_h:g} is not after the start, hour {start_h:g}"
        problems.append(Problem("until_h", None, text))
    elif math.floor(until_h) < math.ceil(start_h):
        text = f"there is no whole hour from {start_h:g} to {until_h:g}"
        problems.append(Problem("until_h", None, text))
    elif until_h - start_h > MOST_HOURS:
        text = f"{until_h - start_h:,.0f} hours are too many: {MOST_HOURS:,} at most, a year"
        problems.append(Problem("until_h", None, f"{text} (from hour {start_h:g})"))
