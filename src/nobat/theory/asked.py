"""The plain numbers that a closed form is asked with, as numbers or as text, checked at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nobat.scenario.problems import Problem
from nobat.scenario.quantity import Kind
from nobat.scenario.words import shown

#: Numbers are kept so far from the ends of floating point that no product of a few overflows.
MOST = 1e9
LEAST = 1e-9


@dataclass(frozen=True)
class Option:
    """A number that may be asked: name, kind, what it is; needed unless it has a default."""

    name: str
    kind: Kind
    about: str
    default: float | None = None


def numbers_of(
    options: Iterable[Option], given: Mapping[str, object], problems: list[Problem]
) -> dict[str, float]:
    """The numbers by name; None or absent for the default. What is wrong is added to `problems`."""
    found = {}
    for option in options:
        raw = given.get(option.name)
        if raw is not None:
            found[option.name] = number_of(option, raw, problems)
        elif option.default is not None:
            found[option.name] = option.default
        else:
            missing(option, problems)
    return found


def list_of(option: Option, raws: object, problems: list[Problem]) -> tuple[float, ...]:
    """One number or several of the same kind, in the order given; at least one is needed.

    Text may hold several, with commas.
    """
    if raws is None or isinstance(raws, str) or not isinstance(raws, Iterable):
        raws = () if raws is None else (raws,)
    each = (part for raw in raws for part in (raw.split(",") if isinstance(raw, str) else (raw,)))
    found = tuple(number_of(option, raw, problems) for raw in each)
    if not found:
        missing(option, problems)
    return found


def missing(option: Option, problems: list[Problem]) -> None:
    """Note that a number which is needed was not given."""
    about = option.about[0].lower() + option.about[1:].rstrip(".")
    problems.append(Problem(option.name, None, f"is missing: {about}"))


def number_of(option: Option, raw: object, problems: list[Problem]) -> float:
    """One number, which may be text; nan, and a problem, where it is none of its kind."""
    kind = option.kind
    try:
        value = kind.number(float(raw) if isinstance(raw, str) else raw)
    except (ValueError, OverflowError):
        message = f"{shown(raw)} is not {kind.a}: {kind.allowed}"
    else:
        if kind.above and kind.minimum == 0 and value < LEAST:
            message = f"{shown(raw)} is too little: {LEAST:.9f} or more"
        elif abs(value) > MOST:
            message = f"{shown(raw)} is too much: {MOST:,.0f} at most"
        else:
            return value
    problems.append(Problem(option.name, None, message))
    return float("nan")


def whole_of(
    name: str, raw: object, least: int, most: int, default: int, problems: list[Problem]
) -> int:
    """A whole number, as a number or as text; None for the default."""
    if raw is None:
        return default
    plain = isinstance(raw, int) and not isinstance(raw, bool)
    if isinstance(raw, str):
        plain = re.fullmatch(r"[+-]?[0-9]{1,19}", raw.strip()) is not None
    value = int(str(raw)) if plain else least - 1
    if not least <= value <= most:
        allowed = f"a whole number, {least} or more"
        if value > most:
            allowed = f"allowed here: {most:,} at most"
        problems.append(Problem(name, None, f"{shown(raw)} is not {allowed}"))
    return value
