"""In what two doctrines differ, field by field, and which of it is `other` (MODEL 17).

Duties follow from the rotation, the postures and the posts; the five mechanisms of a `why` follow
from the duties. What is fired at and whether the way out is open follow from no duty: they are
`other`, and so is the count of duties itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from nobat.scenario import Scenario
from nobat.scenario.doctrine import Doctrine, Rule

#: The fields that duties follow from, and those that no duty has to do with.
DUTY_FIELDS = ("rotation", "posture", "posts")
OTHER_FIELDS = ("fire", "corridor")
_COLUMN: dict[str, Callable[[Rule], object]] = {
    "posture": lambda rule: rule.posture,
    "posts": lambda rule: None if rule.posts is None else int(rule.posts.value),
    "fire": lambda rule: rule.fire,
    "corridor": lambda rule: rule.corridor,
}


@dataclass(frozen=True, slots=True)
class Unlike:
    """A field in which two doctrines differ, and what stands in it, in the scenario's own words.

    field: one of DUTY_FIELDS and OTHER_FIELDS. a, b: as `open`; where rules change it as
    `open; layers_carried >= 1 -> closed (latch)`; empty where a doctrine says nothing of it.
    """

    field: str
    a: str
    b: str

    @property
    def other(self) -> bool:
        """Whether no mechanism but `other` covers it."""
        return self.field in OTHER_FIELDS

    def to_json(self) -> dict[str, Any]:
        """The field as plain JSON values."""
        return {"field": self.field, "a": self.a, "b": self.b}


def unlike(scenario: Scenario, a: str, b: str) -> tuple[Unlike, ...]:
    """The fields in which two doctrines differ, those that duties follow from first.

    A title, and what is said about a doctrine, are no difference.
    """
    found = []
    if scenario.policy_of(a) != scenario.policy_of(b):
        first = next(iter(scenario.rotation))
        one, other = (scenario.doctrines[name].rotation or first for name in (a, b))
        found.append(Unlike("rotation", one, other))
    for field in _COLUMN:
        one, other = (_orders(scenario, scenario.doctrines[name], field) for name in (a, b))
        if one != other:
            found.append(Unlike(field, one, other))
    return tuple(found)


def fight_alike(scenario: Scenario, a: str, b: str) -> bool:
    """Whether two doctrines give the same duties whatever happens: then no mechanism differs."""
    return all(one.other for one in unlike(scenario, a, b))


def same_other(scenario: Scenario, a: str, b: str) -> bool:
    """Whether two doctrines use the same fire policy and the same corridor whatever happens.

    A rule may read what its doctrine's own duties decide. So rules that are alike may still order
    unlike things, and only doctrines that have none on fire and corridor are sure to be the same.
    """
    rules = [rule for name in (a, b) for rule in scenario.doctrines[name].rules]
    if any(rule.fire is not None or rule.corridor is not None for rule in rules):
        return False
    return not any(one.other for one in unlike(scenario, a, b))


def _orders(scenario: Scenario, doctrine: Doctrine, field: str) -> str:
    """What a doctrine orders in a field: at the start, then by its rules in their order."""
    start = {
        "posture": doctrine.start,
        "posts": "",
        "fire": doctrine.fire or next(iter(scenario.fire.policies if scenario.fire else ()), ""),
        "corridor": doctrine.corridor,
    }
    rules = [
        f"{' '.join(_condition(rule))} -> {order}{' (latch)' if rule.latch else ''}"
        for rule in doctrine.rules
        if (order := _COLUMN[field](rule)) is not None
    ]
    return "; ".join(filter(None, [start[field], *rules]))


def _condition(rule: Rule) -> tuple[str, str, str]:
    """A rule's condition with its number written in one way."""
    found = rule.condition()
    return found.observable, found.op, repr(found.number).removesuffix(".0")
