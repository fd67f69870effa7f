"""A scenario at points of some factors, made quickly: only what a point changes is looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, NamedTuple, cast

from pydantic import ValidationError

from nobat.scenario import Problem, Scenario, ScenarioError
from nobat.scenario.checks import value_checks
from nobat.scenario.parts import Part, ReadOnly
from nobat.scenario.quantity import Kind, Quantity
from nobat.scenario.scenario import shape
from nobat.scenario.values import SET_NOTE, is_quantity, parse_path
from nobat.scenario.words import Location, shown
from nobat.study.factors import Factor, Value

Point = tuple[Value, ...]

#: The most points whose problems are told one by one.
_MOST_TOLD = 5


class _Field(NamedTuple):
    """A field that is set: by which of a point's values, and what a number there keeps."""

    place: int
    kind: Kind | None
    low: float | None
    high: float | None
    unit: str | None


#: What is set below a part: by field, name or position, down to the fields themselves.
_Tree = dict[str | int, Any]


class _UnsureError(Exception):
    """A point that has to be read anew from beginning to end."""


@dataclass(frozen=True, eq=False)
class _Made:
    """A scenario, and the same as plain data."""

    scenario: Scenario
    data: dict[str, Any]


class Settings:
    """A scenario at any point of some factors.

    `Scenario.with_values` reads and checks the whole scenario again; here only what is set, the
    parts on the way to it that have checks of their own, and what other values can break. The
    scenario is the same.
    """

    def __init__(self, scenario: Scenario, factors: Sequence[Factor]) -> None:
        """Look up where the factors stand; ScenarioError for one that is not there."""
        self.scenario = scenario
        self.factors = tuple(factors)
        self._made = _Made(scenario, scenario.canonical())
        self._tree = _tree(self._made.data, [parse_path(factor.path) for factor in factors])

    def at(self, values: Point) -> Scenario:
        """The scenario at a point; ScenarioError, which names the point, if it is not allowed.

        values: one for each factor, in their order.
        """
        return self.each(values, [None])[0]

    def each(self, values: Point, further: Sequence[Further | None]) -> list[Scenario]:
        """The scenario at a point, once with each of some further values set there (None: none).

        Raises ScenarioError, as `at` does.
        """
        try:
            made = _placed(self._made, self._tree, values)
        except (_UnsureError, ValidationError):
            return [self._slowly(values, one) for one in further]
        return [self._with(made, values, one) for one in further]

    def _with(self, made: _Made, values: Point, further: Further | None) -> Scenario:
        """A point's scenario with further values; `made` is the one without them."""
        try:
            if further is not None:
                made = _placed(made, further.tree, further.values)
        except (_UnsureError, ValidationError):
            return self._slowly(values, further)
        return self._slowly(values, further) if any(value_checks(made.data)) else made.scenario

    def _slowly(self, values: Point, further: Further | None) -> Scenario:
        """The scenario at a point, read anew from beginning to end: this knows the words."""
        given = {factor.path: value for factor, value in zip(self.factors, values, strict=True)}
        if further is not None:
            given |= further.given
        try:
            return self.scenario.with_values(given)
        except ScenarioError as error:
            where = f"at {_told(given)}"
            raise ScenarioError(replace(p, where=where) for p in error.problems) from None

    def check(self, points: Sequence[Point]) -> None:
        """ScenarioError unless the scenario is allowed at every point; it names the first few."""
        problems: list[Problem] = []
        bad = 0
        for values in points:
            try:
                self.at(values)
            except ScenarioError as error:
                bad += 1
                problems += error.problems if bad <= _MOST_TOLD else ()
        if bad > _MOST_TOLD:
            text = f"{bad:,} of {len(points):,} points are not allowed: the first are told above"
            problems.append(Problem("...", None, text))
        if problems:
            raise ScenarioError(problems)


class Further:
    """Values that are set on top of those of a point, by their paths."""

    def __init__(self, scenario: Scenario, given: Mapping[str, Value]) -> None:
        """Look up where they stand in the scenario."""
        self.given = dict(given)
        self.values = tuple(given.values())
        self.tree = _tree(scenario.canonical(), [parse_path(path) for path in given])


def setting(scenario: Scenario, factors: Sequence[Factor], values: Point) -> Scenario:
    """The scenario at one point of some factors: that of `with_values`, and quicker.

    Raises ScenarioError, which names the point, where the scenario does not allow it.
    """
    return Settings(scenario, factors).at(values)


def said(factors: Sequence[Factor], values: Point) -> str:
    """A point in words: `contact.frontage = 900, rotation.turns.posts = 2`."""
    return _told({f.path: value for f, value in zip(factors, values, strict=True)})


def _told(given: Mapping[str, Value]) -> str:
    """Values by path in words."""
    return ", ".join(f"{p} = {v if isinstance(v, str) else shown(v)}" for p, v in given.items())


def _tree(data: dict[str, Any], locations: Iterable[Location]) -> _Tree | None:
    """Where something is set, from the top down, with the fields themselves at its ends.

    None where two of the places are one, or one lies in the other; or where one is not there at
    all: it takes reading the scenario anew to tell what that comes to.
    """
    tree: _Tree = {}
    for place, location in enumerate(locations):
        *above, last = location = _number_itself(location)
        node = tree
        for segment in above:
            node = node.setdefault(segment, {})
            if isinstance(node, _Field):
                return None
        if last in node:
            return None
        try:
            node[last] = _field(data, location, place)
        except (LookupError, TypeError):
            return None
    return tree


def _number_itself(location: Location) -> Location:
    """Where a number stands, whether or not its `value` is named."""
    above = shape().at(location[:-1])
    numbered = location[-1] == "value" and above is not None and above.kind is not None
    return location[:-1] if numbered else location


def _field(data: Any, location: Location, place: int) -> _Field:
    """A field that value number `place` sets; LookupError or TypeError where there is none."""
    for segment in location:
        if not isinstance(data, Mapping | list):
            raise TypeError(f"nothing lies below {data!r}")
        data = cast(Any, data)[segment]
    here = shape().at(location)
    kind = here.kind if here is not None else None
    old = data if is_quantity(data) else {"low": None, "high": None, "unit": None}
    return _Field(place, kind, old["low"], old["high"], old["unit"])


def _placed(made: _Made, tree: _Tree | None, values: Point) -> _Made:
    """A scenario with the fields of a tree set.

    What the whole must agree on is not checked. Raises ValidationError, and _UnsureError where this
    cannot tell what is allowed.
    """
    if tree is None:
        raise _UnsureError
    scenario, data = _set(made.scenario, made.data, tree, values)
    return _Made(cast(Scenario, scenario), data)


def _set(node: Any, data: Any, tree: _Tree, values: Point) -> tuple[Any, Any]:
    """A piece of a scenario, and the same as plain data, with the fields of a tree set."""
    objects, plain, sure = {}, {}, True
    for name, below in tree.items():
        if isinstance(below, _Field):
            objects[name], plain[name] = _value(below, values[below.place])
            sure = sure and isinstance(objects[name], Quantity)
        else:
            inner = getattr(node, str(name)) if isinstance(node, Part) else node[name]
            objects[name], plain[name] = _set(inner, data[name], below, values)
    if isinstance(node, Part):
        return _part(node, cast(dict[str, Any], objects), sure), {**data, **plain}
    if isinstance(node, ReadOnly):
        return ReadOnly({**node, **objects}), {**data, **plain}
    if isinstance(node, tuple):
        each = (objects.get(i, one) for i, one in enumerate(node))
        return tuple(each), [plain.get(i, one) for i, one in enumerate(data)]
    raise _UnsureError


def _part(node: Part, new: Mapping[str, Any], sure: bool) -> Part:
    """A part with new fields; ValidationError if it does not allow them.

    sure: all of them are parts and numbers that have been checked, so that only what the part asks
    of several fields at once is left to look at.
    """
    if isinstance(node, Scenario) or (sure and not _asks_more(type(node))):
        return node.model_copy(update=new)
    old = {name: getattr(node, name) for name in type(node).model_fields}
    return type(node).model_validate({**old, **new})


@cache
def _asks_more(part: type[Part]) -> bool:
    """Whether a part checks more than its fields one by one."""
    checks = part.__pydantic_decorators__
    return bool(checks.model_validators or checks.field_validators or checks.root_validators)


def _value(field: _Field, value: Value) -> tuple[Any, Any]:
    """What a field is set to, as it stands in a scenario and as plain data.

    A number keeps its unit, and its range if that holds it, as `with_value` has it.
    """
    if field.kind is None or value is None or isinstance(value, Mapping):
        return value, value
    try:
        number = field.kind.number(value)
    except ValueError:
        raise _UnsureError from None
    low, high = field.low, field.high
    if (low is not None and number < low) or (high is not None and number > high):
        low = high = None
    unit = field.kind.unit if field.unit is None else field.unit
    made = Quantity(number, low, high, unit, "assumed", (), SET_NOTE)
    return made, made.plain()
