"""Claims of a told account, each with a test, its rivals and its evidence; and the dated record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from nobat.scenario.parts import FROZEN, Id, Part, ReadOnly, Text, Title, fail, worded
from nobat.scenario.quantity import NON_NEGATIVE, POSITIVE, POSITIVE_KM, Kind, as_list, finite
from nobat.scenario.words import quoted, shown

#: The ways in which a claim can be tested: fields of `Question`, one of them is given.
TESTS = ("compare", "setting", "figure", "distance", "belief", "untestable")
#: How far a told distance may be beside the measured ones before it is another.
TOLERANCE = 0.1


def _scalar(raw: object) -> object:
    """A number, a word or a yes/no: what a path can be set to."""
    if isinstance(raw, bool | str):
        return raw
    if isinstance(raw, Mapping | list | tuple) or raw is None:
        raise worded(f"{shown(raw)} cannot be set here: a number, a word, true or false")
    return finite(raw)


def _plain(kind: Kind | None) -> tuple[Any, ...]:
    """A bare number, of a kind if one is given: no range, no source of its own."""
    if kind is None:
        return (BeforeValidator(finite), WithJsonSchema({"type": "number"}))
    return (BeforeValidator(kind.number), WithJsonSchema(kind.json_number()))


def _two_places(ends: tuple[str, ...]) -> tuple[str, ...]:
    if len(ends) != 2 or ends[0] == ends[1]:
        names = ", ".join(map(quoted, ends)) or "nothing"
        raise worded(f"{names}: two different places are needed, [one, other]")
    return ends


_SCALAR = {"type": ["number", "string", "boolean"]}
Values = Annotated[
    Mapping[str, Annotated[Any, BeforeValidator(_scalar), WithJsonSchema(_SCALAR)]], *FROZEN
]
Number = Annotated[float, *_plain(None)]
Margin = Annotated[float, *_plain(NON_NEGATIVE)]
Km = Annotated[float, *_plain(POSITIVE_KM)]
Tolerance = Annotated[float, *_plain(replace(POSITIVE, a="a tolerance"))]
Between = Annotated[
    tuple[Id, ...],
    Field(json_schema_extra={"minItems": 2, "maxItems": 2}),
    AfterValidator(_two_places),
]
Sources = Annotated[tuple[Id, ...], BeforeValidator(as_list)]
Expect = Literal["more", "less"]


def _nothing() -> Mapping[str, Any]:
    return ReadOnly({})


class Compare(Part):
    """Two doctrines on the same luck: one has more of an outcome, or less."""

    doctrine: Id = Field(description="The doctrine that has more of it, or less.")
    against: Id = Field(description="The doctrine it is held against.")
    outcome: Id = Field(description="The outcome in which they are compared.")
    expect: Expect = Field(description="Whether it has more of the outcome or less.")
    by: Margin = Field(default=0.0, description="By how much at least, in the outcome's unit.")

    @model_validator(mode="after")
    def _of_two(self) -> Compare:
        if self.doctrine == self.against:
            text = f"{quoted(self.against)} is held against itself: give two different ones"
            raise fail((("against",), text))
        return self


class Setting(Part):
    """One doctrine with values as told, against itself with others, on the same luck."""

    doctrine: Id = Field(description="The doctrine.")
    set: Values = Field(
        default_factory=_nothing,
        description="What is told: values by path; without any, the scenario as it is.",
    )
    instead: Values = Field(
        default_factory=_nothing,
        description="What it is held against: values by path; without any, the scenario's own, "
        "which are drawn from their ranges.",
    )
    outcome: Id = Field(description="The outcome in which they are compared.")
    expect: Expect = Field(description="Whether what is told has more of the outcome or less.")
    by: Margin = Field(default=0.0, description="By how much at least, in the outcome's unit.")

    @model_validator(mode="after")
    def _of_two(self) -> Setting:
        if self.set == self.instead:
            text = "is the same as instead" if self.set else "is missing: give set, instead or both"
            raise fail((("set",), text))
        return self


class Figure(Part):
    """An outcome of one doctrine against a range."""

    doctrine: Id = Field(description="The doctrine.")
    set: Values = Field(default_factory=_nothing, description="Values as told, by path.")
    outcome: Id = Field(description="The outcome that is held against the range.")
    measure: Literal["value", "occurrence"] = Field(
        default="value",
        description="value: its mean; occurrence: the share of replications in which there is one.",
    )
    at_least: Number | None = Field(default=None, description="The low end of the range.")
    at_most: Number | None = Field(default=None, description="The high end of the range.")

    @model_validator(mode="after")
    def _a_range(self) -> Figure:
        if self.at_least is None and self.at_most is None:
            raise fail((("at_least",), "is missing: give at_least, at_most or both"))
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            text = f"{shown(self.at_most)} is below at_least, {shown(self.at_least)}"
            raise fail((("at_most",), text))
        return self


class Distance(Part):
    """A told distance against the geodesic, and against the ways of the scenario."""

    between: Between = Field(description="The two places, by id.")
    told_km: Km = Field(description="The distance as told, km.")
    side: Literal["attacker", "defender"] = Field(
        description="Whose ways are measured beside the straight line."
    )
    tolerance: Tolerance = Field(
        default=TOLERANCE,
        description="How far it may lie beside what is measured, as a share of it.",
    )


class Belief(Part):
    """The reports fused: whether they make yes or no the more probable answer."""

    expect: Literal["yes", "no"] = Field(description="The answer to the matter of the reports.")


class Question(Part):
    """What is asked of the model: a sentence of our own, and one kind of test of it."""

    says: Text = Field(description="What is tested, as a plain statement.")
    compare: Compare | None = Field(default=None, description="Two doctrines.")
    setting: Setting | None = Field(default=None, description="One doctrine, two settings.")
    figure: Figure | None = Field(default=None, description="An outcome against a range.")
    distance: Distance | None = Field(default=None, description="A told distance, measured.")
    belief: Belief | None = Field(default=None, description="The reports, fused.")
    untestable: Title | None = Field(
        default=None, description="Why this scenario cannot test it, in a sentence."
    )

    @model_validator(mode="after")
    def _one_kind(self) -> Question:
        given = [name for name in TESTS if getattr(self, name) is not None]
        if len(given) != 1:
            what = " and ".join(given) if given else "no kind of test"
            raise fail(((), f"has {what}: give one of {', '.join(TESTS)}"))
        return self

    @property
    def kind(self) -> str:
        """Which kind of test it is: one of TESTS."""
        return next(name for name in TESTS if getattr(self, name) is not None)


class Gap(Part):
    """What a rival makes of a told distance; what is not given is as in the claim."""

    between: Between | None = Field(default=None, description="The two places it means.")
    told_km: Km | None = Field(default=None, description="The distance it takes as told, km.")


class Rival(Part):
    """Another explanation of what was told. With a doctrine or values it can be run."""

    id: Id = Field(description="A short id.")
    says: Text = Field(description="The explanation, in a plain sentence.")
    doctrine: Id | None = Field(default=None, description="The doctrine that stands for it.")
    set: Values = Field(
        default_factory=_nothing, description="The values that stand for it, by path."
    )
    distance: Gap | None = Field(
        default=None, description="The distance it would mean, to be measured as the claim's is."
    )


class Claim(Part):
    """Something told, a test of it, its rivals, and the evidence for and against it."""

    id: Id = Field(description="A short id for the claim.")
    about: Id | None = Field(default=None, description="The contested matter, by its id.")
    told: Text = Field(description="What is told, in one plain sentence of our own.")
    by: Literal["account", "record"] = Field(default="account", description="Who tells it.")
    test: Question = Field(description="What is asked of the model, and how.")
    doctrine: Id | None = Field(
        default=None,
        description="The doctrine that stands for it where it is held against its rivals by the "
        "dated record; null for the record's.",
    )
    set: Values = Field(
        default_factory=_nothing, description="The values that stand for it there, by path."
    )
    rivals: tuple[Rival, ...] = Field(default=(), description="Other explanations.")
    support: Sources = Field(default=(), description="Sources that speak for it, by id.")
    against: Sources = Field(default=(), description="Sources that speak against it, by id.")
    context: Sources = Field(default=(), description="Sources on the matter that do neither.")
    needs: Text = Field(description="What evidence would tell it from its rivals, one sentence.")


class Target(Part):
    """Something that the record dates or counts, as a range of an outcome."""

    id: Id = Field(description="A short id.")
    what: Text = Field(description="What the record has, in a plain sentence.")
    outcome: Id = Field(description="The outcome that stands for it.")
    since: Id | None = Field(
        default=None, description="Counted from this outcome on: outcome less since."
    )
    low: Number | None = Field(default=None, description="The low end of what the record has.")
    high: Number | None = Field(default=None, description="The high end of it.")
    tolerance: Tolerance = Field(
        description="How far beyond an end a replication still looks like it, same unit."
    )
    source: Sources = Field(default=(), description="Ids in `sources`.")
    note: Text = Field(default="", description="How it was read, and its limits.")

    @model_validator(mode="after")
    def _a_range(self) -> Target:
        if self.low is None and self.high is None:
            raise fail((("low",), "is missing: give low, high or both"))
        if self.low is not None and self.high is not None and self.low > self.high:
            raise fail((("high",), f"{shown(self.high)} is below low, {shown(self.low)}"))
        return self


class StandIn(Part):
    """One of several ways to put into the model what was done, where nobody knows which it was."""

    id: Id = Field(description="A short id.")
    says: Text = Field(description="What was done if it was this, in a plain sentence.")
    doctrine: Id | None = Field(
        default=None, description="The doctrine that stands for it; null for the record's."
    )
    set: Values = Field(
        default_factory=_nothing,
        description="The values that stand for it, by path, beside those of the record.",
    )


class DatedRecord(Part):
    """The course of the campaign as the public record dates it, for what looks like it."""

    doctrine: Id = Field(description="The doctrine that stands for what was done.")
    set: Values = Field(
        default_factory=_nothing,
        description="Values that stand for what was done, by path; claims and rivals that are "
        "held against the record have them too, unless they set others.",
    )
    stand_ins: Annotated[tuple[StandIn, ...], Field(max_length=6)] = Field(
        default=(),
        description="Where it is not known what was done: several ways, side by side. What is said "
        "given the record is what holds for all of them. Without any, the doctrine alone stands.",
    )
    note: Text = Field(default="", description="Why these, and what a reader should know.")
    targets: Annotated[tuple[Target, ...], Field(min_length=1, max_length=12)] = Field(
        description="A replication looks like the record if it comes near enough to all of them. "
        "Where too few do, the first ones are taken alone: so the surest come first."
    )

    def ways(self) -> tuple[StandIn, ...]:
        """The stand-ins; the doctrine as it is where none is given."""
        return self.stand_ins or (
            StandIn(id=self.doctrine, says="It went as the doctrine has it."),
        )
