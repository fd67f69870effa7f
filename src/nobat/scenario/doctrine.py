"""What a doctrine is: a start posture, and rules that read observables (MODEL 2)."""

from __future__ import annotations

import re
from typing import Annotated, Literal, NamedTuple, get_args

from pydantic import AfterValidator, Field, StrictBool, model_validator

from nobat.scenario.parts import Id, Part, Text, Title, fail, worded
from nobat.scenario.quantity import Count, finite
from nobat.scenario.words import choice, quoted

#: What a doctrine can order: turns; everyone at once; contact without assault; out of contact.
Posture = Literal["rotate", "commit_all", "hold", "pause"]
#: The postures in their fixed order.
POSTURES: tuple[str, ...] = get_args(Posture)
#: Whether those who want to leave a place are let out.
Corridor = Literal["open", "closed"]
#: The corridors in their fixed order.
CORRIDORS: tuple[str, ...] = get_args(Corridor)
#: The comparisons that a rule can make, in their fixed order.
OPERATORS = (">", ">=", "<", "<=")
#: The most rules that one doctrine can have.
MOST_RULES = 16


class Observable(NamedTuple):
    """Something that a rule can read at the start of every step."""

    name: str
    unit: str
    meaning: str


#: Everything that a rule can read; the order is fixed, because plans refer to it by position.
OBSERVABLES: tuple[Observable, ...] = (
    Observable("day", "days", "Time since the start of the campaign."),
    Observable("layers_carried", "count", "Layers that the attacker holds now, the core included."),
    Observable("layers_lost_again", "count", "Layers retaken by counter-attacks so far."),
    Observable("hours_since_carried", "h", "Time since a layer was last carried, or the start."),
    Observable("fraction_spent", "share", "Share of the units that are spent now."),
    Observable("attacker_strength_share", "share", "Attackers present, share of the start."),
    Observable("defender_strength_share", "share", "Defenders present, share of the start."),
    Observable("defender_order", "share", "Order of the layer in contact."),
    Observable("defender_works", "share", "Works of the layer in contact."),
    Observable("reserve_units", "count", "Units in reserve."),
    Observable("rest_debt_days", "unit-days", "Rest that the units are owed, in all."),
    Observable("isolated", "share", "1 while the last stage is cut off from the rear, else 0."),
    Observable("supply_days", "days", "Attacker's stock over net use; 999: it does not fall."),
    Observable("mean_effectiveness", "share", "Of the units at posts; of all if none is at one."),
    Observable("defender_effectiveness", "share", "Effectiveness of the layers in contact."),
    Observable("stage", "count", "Number of the stage of the plan now, from 1."),
    Observable("residents_present", "persons", "Residents who have not left."),
    Observable("final_layers_carried", "count", "Layers carried in the places of the last stage."),
    Observable("p_leader_alive", "share", "Chance that their leader lives, by the reports so far."),
)
_NAMES = tuple(each.name for each in OBSERVABLES)
_CONDITION = re.compile(r"\s*(?P<left>[^\s<>=!]+)\s*(?P<op>[<>=!]+)\s*(?P<right>\S+)\s*")


class Condition(NamedTuple):
    """A parsed rule: `observable op number`."""

    observable: str
    op: str
    number: float


def parse_condition(text: str) -> Condition:
    """Read `<observable> <op> <number>`, for instance `layers_carried >= 1`.

    Raises an error (a ValueError) whose text says what is wrong and what is allowed.
    """
    found = _CONDITION.fullmatch(text)
    if found is None:
        example = "'<observable> <op> <number>', for instance 'layers_carried >= 1'"
        raise worded(f"{quoted(text)} is not a rule: write {example}")
    name, op, right = found.group("left", "op", "right")
    if name not in _NAMES:
        raise worded(f"{quoted(name)} is not observable{choice(name, _NAMES, 'observables')}")
    if op not in OPERATORS:
        raise worded(f"{quoted(op)} is not a comparison (allowed: {' '.join(OPERATORS)})")
    try:
        number = finite(float(right))
    except ValueError:
        raise worded(f"{quoted(right)} in {quoted(text)} is not a finite number") from None
    return Condition(name, op, number)


def _readable(text: str) -> str:
    parse_condition(text)
    return text


class Rule(Part):
    """When a condition holds: another posture, number of posts, fire policy or corridor."""

    when: Annotated[str, AfterValidator(_readable)] = Field(
        description="`<observable> <op> <number>`, op one of > >= < <=. Observables: "
        + "; ".join(f"{each.name} ({each.unit})" for each in OBSERVABLES)
        + ".",
        json_schema_extra={
            "pattern": rf"^\s*({'|'.join(_NAMES)})\s*(>=?|<=?)\s*\S+\s*$",
            "examples": ["layers_carried >= 1", "fraction_spent > 0.3"],
        },
    )
    posture: Posture | None = Field(default=None, description="The posture while the rule is true.")
    posts: Count | None = Field(
        default=None, description="The posts while the rule is true, units."
    )
    fire: Id | None = Field(
        default=None, description="The fire policy while the rule is true, by name."
    )
    corridor: Corridor | None = Field(
        default=None, description="Whether the way out is open or closed while the rule is true."
    )
    latch: StrictBool = Field(
        default=False,
        description="Once true, stays true, whatever the condition does (true/false).",
    )

    @model_validator(mode="after")
    def _orders_something(self) -> Rule:
        if (self.posture, self.posts, self.fire, self.corridor) == (None,) * 4:
            raise fail(((), "orders nothing: give a posture, posts, fire or corridor"))
        return self

    def condition(self) -> Condition:
        """The condition, parsed."""
        return parse_condition(self.when)


class Doctrine(Part):
    """How the attacker uses his units. The last rule that is true wins."""

    title: Title = Field(description="The doctrine's name as people read it.")
    about: Text = Field(default="", description="What the doctrine is and where it comes from.")
    rotation: Id | None = Field(
        default=None, description="The rotation policy it uses, by name; null for the first one."
    )
    fire: Id | None = Field(
        default=None, description="The fire policy it uses, by name; null for the first one."
    )
    corridor: Corridor = Field(
        default="open",
        description="Whether those who leave a broken layer find the way open or closed.",
    )
    start: Posture = Field(description="The posture at the start and when no rule is true.")
    rules: Annotated[tuple[Rule, ...], Field(max_length=MOST_RULES)] = Field(
        (), description="Rules; the last one that is true wins. Up to 16."
    )
