"""What a study varies: numbers, words and yes/no fields of a scenario, each over its values."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from nobat.scenario import Problem, Scenario, ScenarioError, quantities
from nobat.scenario.checks import durations
from nobat.scenario.quantity import Kind, Quantity
from nobat.scenario.words import path_text, quoted, shown
from nobat.study.asked import number_at, spread
from nobat.study.fields import Choice, choice_at, refused
from nobat.study.stated import beyond, stated_json

#: What a factor can be set to.
Value = float | int | str | bool

#: How far a duration may be from a whole number of steps.
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Factor:
    """Something that is varied, and over what.

    path: where it stands in the scenario. unit, kind: of a number; empty and None for a word and a
    yes/no. low, high: the ends of a range, both allowed. levels: in place of a range the values
    themselves, each equally likely. step: the distance of neighbouring values in a range of whole
    numbers, or of durations that the model counts in whole steps; None where every value between
    low and high is one. quantity: what the scenario states of a number; None for other things.
    """

    path: str
    unit: str
    kind: Kind | None
    low: float | None
    high: float | None
    levels: tuple[Value, ...] | None
    step: float | None = None
    quantity: Quantity | None = None

    @property
    def count(self) -> int | None:
        """How many values there are; None for all numbers of a range."""
        if self.levels is not None:
            return len(self.levels)
        low, high = self._ends()
        return None if self.step is None else round((high - low) / self.step) + 1

    @property
    def beyond(self) -> bool:
        """Whether some of its values lie outside the range that the scenario states."""
        ends = (self.low, self.high) if self.levels is None else self.levels
        return beyond(self.quantity, (one for one in ends if isinstance(one, int | float)))

    def at(self, u: float) -> Value:
        """The value at u in [0, 1): low + u (high - low), or number floor(u n) of n values.

        Raises ValueError for another u.
        """
        if not 0 <= u < 1:
            raise ValueError(f"{u!r} is not in [0, 1)")
        n = self.count
        if n is not None:
            return self._nth(int(u * n))
        low, high = self._ends()
        return self._tidy(min(low + u * (high - low), high))

    def spread(self, points: int) -> tuple[Value, ...]:
        """So many values from low to high in equal steps, or fewer where there are no more.

        points: 2 or more; where the values are given all of them are taken.
        """
        if self.levels is not None:
            return self.levels
        n = self.count
        if n is None:
            assert self.kind is not None
            return spread(self.kind, *self._ends(), points)
        places = (round(i * (n - 1) / (points - 1)) for i in range(points))
        return tuple(dict.fromkeys(self._nth(i) for i in places))

    def to_json(self) -> dict[str, Any]:
        """The factor as plain JSON values, with what the scenario states of it."""
        over = {"low": self.low, "high": self.high, "step": self.step}
        levels = None if self.levels is None else list(self.levels)
        own = {"path": self.path, "unit": self.unit, **over, "levels": levels}
        return own | stated_json(self.quantity)

    def _nth(self, i: int) -> Value:
        """Value number i, from 0."""
        if self.levels is not None:
            return self.levels[i]
        assert self.step is not None
        return self._tidy(self._ends()[0] + i * self.step)

    def _ends(self) -> tuple[float, float]:
        """The ends of the range."""
        assert self.low is not None
        assert self.high is not None
        return self.low, self.high

    def _tidy(self, value: float) -> float:
        """A number without the last digits that arithmetic leaves behind."""
        assert self.kind is not None
        low, high = self._ends()
        near = round(value) if self.kind.whole else float(f"{value:.12g}")
        return self.kind.number(min(max(near, low), high))


def factors_of(scenario: Scenario, asked: Sequence[str]) -> tuple[Factor, ...]:
    """The factors that somebody asked for, in that order.

    asked: `PATH` (a number over its own range in the scenario, a yes/no or a field of few words
    over all its values), `PATH=LOW:HIGH` or `PATH=a,b,c`.

    Raises ScenarioError with all that is wrong: a path that leads nowhere or to nothing that can be
    varied, a range that is empty or reversed, a value that the field does not allow, a factor that
    is named twice, none at all.
    """
    found: dict[str, Factor] = {}
    problems: list[Problem] = []
    for text in asked:
        try:
            factor = factor_of(scenario, text)
        except ScenarioError as error:
            problems += error.problems
            continue
        if factor.path in found:
            problems.append(Problem(factor.path, None, "is named twice: once is enough"))
        found[factor.path] = factor
    if not asked:
        problems.append(Problem("over", None, "nothing is varied: name a path, as in sleep.floor"))
    if problems:
        raise ScenarioError(dict.fromkeys(problems))
    return tuple(found.values())


def factor_of(scenario: Scenario, text: str) -> Factor:
    """One factor, written as `factors_of` takes it; ScenarioError for what cannot be varied."""
    path, equals, wanted = (part.strip() for part in text.partition("="))
    try:
        path, quantity, kind = number_at(scenario, path)
    except ScenarioError:
        field = choice_at(scenario, path)
        if field is None:
            raise
        _check_given(field.path, ("a,b",), equals, wanted)
        return _of_words(scenario, field, wanted if equals else None)
    _check_given(path, ("LOW:HIGH", "a,b,c"), equals, wanted)
    step = _step(scenario, path, kind)
    if equals and ":" not in wanted:
        found = _of_numbers(path, kind, step, wanted)
    else:
        ends = _ends(path, quantity, kind, wanted if equals else None)
        found = _of_range(path, kind, step, ends)
    return replace(found, quantity=quantity)


def _check_given(path: str, forms: Sequence[str], equals: str, wanted: str) -> None:
    """ScenarioError where nothing stands behind the sign of equality."""
    if equals and not wanted:
        ways = ", ".join(f"{path}={form}" for form in forms)
        text = f"nothing stands behind the =: write {ways}, or {path} alone"
        raise ScenarioError([Problem(path, None, text)])


def ranged(scenario: Scenario) -> tuple[Factor, ...]:
    """Every number of a scenario that has a range of its own, over that range."""
    found = []
    counted = _counted(scenario)
    for path, quantity, kind in quantities(scenario):
        if quantity.low is None or quantity.high is None:
            continue
        step = 1.0 if kind.whole else scenario.run.step_h if path in counted else None
        factor = _lattice(path, kind, step, quantity.low, quantity.high)
        if factor.low is not None and factor.high is not None and factor.low < factor.high:
            found.append(replace(factor, quantity=quantity))
    return tuple(found)


def _counted(scenario: Scenario) -> set[str]:
    """The paths of the durations that the model counts in whole steps."""
    return {path_text(location) for location, _ in durations(scenario.canonical())}


def _step(scenario: Scenario, path: str, kind: Kind) -> float | None:
    """How far neighbouring values of a number are apart; None where all between are values."""
    if kind.whole:
        return 1.0
    return scenario.run.step_h if path in _counted(scenario) else None


def _ends(path: str, quantity: Quantity, kind: Kind, wanted: str | None) -> tuple[float, float]:
    """The ends of a range, the number's own unless they are given; ScenarioError for bad ones."""
    if wanted is None:
        low, high = quantity.low, quantity.high
        if low is None or high is None:
            text = f"has no range of its own in this scenario: give one, {path}=LOW:HIGH"
            raise ScenarioError([Problem(path, None, text)])
        return low, high
    ends, problems = [], []
    for what, each in zip(("low", "high"), wanted.split(":", maxsplit=1), strict=True):
        try:
            ends.append(kind.number(number_of(each)))
        except ValueError as error:
            problems.append(Problem(path, None, f"its {what} end: {error}"))
    if problems:
        raise ScenarioError(problems)
    return ends[0], ends[1]


def number_of(text: str) -> float:
    """A number written as text; ValueError for what is none."""
    if not text.strip():
        raise ValueError("nothing is given where a number belongs")
    for read in (int, float):
        try:
            return read(text.strip())
        except ValueError:
            continue
    raise ValueError(f"{quoted(text.strip())} is not a number")


def _of_range(path: str, kind: Kind, step: float | None, ends: tuple[float, float]) -> Factor:
    """A number over a range; ScenarioError for one that is empty or reversed."""
    low, high = ends
    span = f"from {shown(low)} to {shown(high)}"
    if low > high:
        text = f"its range is reversed, {span}: write {path}={shown(high)}:{shown(low)}"
        raise ScenarioError([Problem(path, None, text)])
    factor = _lattice(path, kind, step, low, high)
    if factor.low is None or factor.low == factor.high:
        text = f"its range is empty, {span}"
        if low < high:
            text += f": only whole steps of {shown(step)} {kind.unit} count"
        raise ScenarioError([Problem(path, None, text)])
    return factor


def _lattice(path: str, kind: Kind, step: float | None, low: float, high: float) -> Factor:
    """A number over a range whose ends are whole steps; both None where none lies in it."""
    if step is None or kind.whole:
        return Factor(path, kind.unit, kind, low, high, None, step)
    first, last = math.ceil(low / step - _ROUNDING), math.floor(high / step + _ROUNDING)
    if first > last:
        return Factor(path, kind.unit, kind, None, None, None, step)
    return Factor(path, kind.unit, kind, first * step, last * step, None, step)


def _of_numbers(path: str, kind: Kind, step: float | None, wanted: str) -> Factor:
    """A number over some values; ScenarioError for one that it may not have."""
    levels: list[Value] = []
    problems = []
    for text in wanted.split(","):
        try:
            value = kind.number(number_of(text))
            if step is not None and abs(value / step - round(value / step)) > _ROUNDING:
                raise ValueError(
                    f"{shown(value)} {kind.unit} is not a whole number of steps of "
                    f"{shown(step)} {kind.unit}"
                )
        except ValueError as error:
            problems.append(Problem(path, None, str(error)))
        else:
            levels.append(value)
    if problems:
        raise ScenarioError(problems)
    return Factor(path, kind.unit, kind, None, None, _several(path, levels))


def _several(path: str, levels: Sequence[Value]) -> tuple[Value, ...]:
    """Values that differ, two at least; ScenarioError for others."""
    twice = [one for i, one in enumerate(levels) if one in levels[:i]]
    if twice:
        raise ScenarioError([Problem(path, None, f"{shown(twice[0])} is given twice")])
    if len(levels) < 2:
        text = (
            f"one value is nothing to vary: --set {path}={shown(levels[0]).strip(chr(39))} sets it"
        )
        raise ScenarioError([Problem(path, None, text)])
    return tuple(levels)


def _of_words(scenario: Scenario, field: Choice, wanted: str | None) -> Factor:
    """A word or a yes/no over some of its values or all; ScenarioError for one it may not have."""
    if wanted is None:
        if field.words is None:
            text = f"which values? Write {field.path}=a,b"
            raise ScenarioError([Problem(field.path, None, text)])
        return Factor(field.path, "", None, None, None, field.words)
    levels: list[Value] = []
    problems = []
    for text in wanted.split(","):
        try:
            word = field.read(text.strip())
        except ValueError as error:
            problems.append(Problem(field.path, None, str(error)))
            continue
        levels.append(word)
        if wrong := refused(scenario, field.path, word):
            problems.append(Problem(field.path, None, wrong))
    if problems:
        raise ScenarioError(problems)
    return Factor(field.path, "", None, None, None, _several(field.path, levels))
