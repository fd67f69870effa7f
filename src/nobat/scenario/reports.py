"""Conflicting reports on a yes-or-no matter, and what the defenders believe of it (MODEL 14, 8)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Field, WithJsonSchema

from nobat.scenario.grades import Grade, Grades, Probability
from nobat.scenario.parts import FROZEN, Id, Part, ReadOnly, Text, Title
from nobat.scenario.plain import Found, below, entries, mapping
from nobat.scenario.quantity import NON_NEGATIVE, Quantity, Share, as_list
from nobat.scenario.words import Location

#: What a report can say of the matter.
Answer = Literal["yes", "no"]
ANSWERS: tuple[str, ...] = get_args(Answer)
#: The observable that only a scenario with reports has.
P_LEADER_ALIVE = "p_leader_alive"
_READS = re.compile(rf"\s*{P_LEADER_ALIVE}\b")
#: More reports on one matter than anybody weighs one by one.
MOST_REPORTS = 500

_DAY = NON_NEGATIVE.in_unit("d")
_WEIGHT = NON_NEGATIVE.in_unit("weight")
_TEXT = {"type": "string"}
_ONE_OR_MORE = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}
_NO_PRIOR = Quantity(0.5, unit="share", note="Neither way.")
_NO_RHO = Quantity(0.5, unit="share", note="Halfway between one report and so many.")


class Report(Part):
    """One report: who says what, and how far it is to be trusted."""

    who: Title = Field(description="Who says so.")
    what: Text = Field(default="", description="What is said, in paraphrase.")
    says: Answer = Field(description="What that means for the matter: yes or no.")
    grade: Grade = Field(
        description="Admiralty grade: A to F for the source, 1 to 6 for what it says, as in B2.",
        json_schema_extra={"pattern": "^[A-F][1-6]$"},
    )
    group: Id | None = Field(
        default=None,
        description="Reports of one group hang together: they may go back to one source.",
    )
    date: Text = Field(default="", description="When it was made, as people write it.")
    day: Annotated[Quantity, _DAY] | None = Field(
        default=None,
        description="Day of the campaign from which it is known, days; null: from the start.",
    )
    source: Annotated[tuple[str, ...], BeforeValidator(as_list), WithJsonSchema(_ONE_OR_MORE)] = (
        Field(default=(), description="Ids in `sources`: one id or a list of ids.")
    )
    note: Text = Field(default="", description="Why this grade; what else a reader should know.")


class Belief(Part):
    """What the defenders believe of their leader: it weighs on whether a layer breaks."""

    weight: Annotated[Quantity, _WEIGHT] = Field(
        description="Weight of the leader believed dead in the exponent of a layer's hazard to "
        "break (b4)."
    )
    if_dead: Share = Field(
        description="Chance that they believe him dead where he is: a share of campaigns."
    )
    if_alive: Share = Field(
        description="Chance that they believe him dead though he lives: a share of campaigns."
    )
    from_day: Annotated[Quantity, _DAY] = Field(
        default=_DAY.of(0), description="Day from which they believe it, days."
    )


def _no_reports() -> Mapping[str, Report]:
    return ReadOnly({})


class Reports(Part):
    """Reports on one matter, in a campaign whether the defenders' leader is alive."""

    matter: Title = Field(
        default="Is the leader alive?", description="The matter, as a question of yes or no."
    )
    prior: Probability = Field(
        default=_NO_PRIOR, description="Probability of yes before any report: a share."
    )
    rho: Share = Field(
        default=_NO_RHO,
        description="How far the reports of one group repeat each other, a share: 0 not at all, "
        "1 wholly. Each of n weighs 1 / (1 + (n - 1) rho).",
    )
    grades: Grades = Field(
        default=Grades(), description="The probabilities that the grades stand for."
    )
    told: Annotated[Mapping[Id, Report], Field(max_length=MOST_REPORTS), *FROZEN] = Field(
        default_factory=_no_reports, description="The reports, by id."
    )
    belief: Belief | None = Field(
        default=None,
        description="What the defenders believe; null where it makes no difference to them.",
    )

    def received(self) -> dict[str, float]:
        """The day from which each report is known; 0 for what is known from the start."""
        return {
            name: 0.0 if one.day is None else float(one.day.value)
            for name, one in self.told.items()
        }


def readable(data: Any) -> Found:
    """Only where there are reports can a rule or a stage read what they say."""
    if below(data, "reports") is not None:
        return
    text = f"{P_LEADER_ALIVE} is not known: there is no section reports"
    for location, condition in _conditions(data):
        if isinstance(condition, str) and _READS.match(condition):
            yield location, text


def _conditions(data: Any) -> Iterator[tuple[Location, Any]]:
    """Every condition of a stage and of a rule, with its location."""
    for i, stage in enumerate(entries(data, "plan")):
        yield ("plan", i, "until"), below(stage, "until")
    for name, doctrine in mapping(data, "doctrines").items():
        for j, rule in enumerate(entries(doctrine, "rules")):
            yield ("doctrines", name, "rules", j, "when"), below(rule, "when")
