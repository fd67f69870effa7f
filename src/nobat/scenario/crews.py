"""A scenario for crews: posts that are kept in turns, with no opponent (MODEL 2). All in days."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StrictBool, WithJsonSchema, model_validator

from nobat.scenario.assemble import assembled, changed
from nobat.scenario.crew_checks import crew_checks
from nobat.scenario.parts import ACROSS, FROZEN, Id, Name, Part, ReadOnly, Text, Title, fail
from nobat.scenario.problems import Problem, Written
from nobat.scenario.quantity import (
    COUNT,
    DAYS,
    POSITIVE_DAYS,
    SHARE,
    WHOLE,
    Count,
    Days,
    PositiveDays,
    finite,
)
from nobat.scenario.record import Source
from nobat.scenario.run import Seed


def _no_sources() -> Mapping[str, Source]:
    return ReadOnly({})


class Words(Part):
    """What the duties are called in the field that the scenario is about."""

    operating: Title = Field(default="operating", description="Holds a post.")
    overlap: Title = Field(default="overlap", description="At a post beside its relief.")
    reserve: Title = Field(default="reserve", description="Rested and ready, without a post.")
    rest: Title = Field(default="rest", description="Resting; called only in a surge.")
    recovery: Title = Field(default="recovery", description="Travel and refit before rest counts.")


class CrewKind(Part):
    """Crews of one kind and their times; a cycle is tour, recovery, rest."""

    title: Title = Field(description="What they are, for people.")
    count: Count = Field(description="How many there are.")
    tour_d: PositiveDays = Field(description="Days of a tour, the overlap included (b).")
    rest_d: Days = Field(description="Days of rest after a tour, at least (d).")
    recovery_d: Days = Field(
        default=DAYS.of(0), description="Days of travel and refit before rest counts (m)."
    )
    overlap_d: Days = Field(
        default=DAYS.of(0),
        description="Last days of a tour in which the relief is there and counts (o).",
    )
    gap_d: Days = Field(
        default=DAYS.of(0), description="Days that a post stays empty after a departure (g)."
    )
    readiness_window_d: PositiveDays | None = Field(
        default=None,
        description="Days ready after which an unused crew starts its cycle over (W); null for "
        "no limit.",
    )


class Level(Part):
    """So many posts over a stretch of days; stretches that overlap add up."""

    from_d: PositiveDays = Field(default=POSITIVE_DAYS.of(1), description="First day.")
    days: PositiveDays | None = Field(
        default=None, description="How many days; null: to the horizon."
    )
    count: Count = Field(description="How many posts.")


class PostKind(Part):
    """A demand for posts: when, how many, and which crews take them."""

    title: Title = Field(description="What they are, for people.")
    crews: Annotated[tuple[Id, ...], Field(min_length=1)] = Field(
        description="The kinds of crew that take these posts, the preferred one first."
    )
    levels: Annotated[tuple[Level, ...], Field(min_length=1)] = Field(
        description="How many posts on which days."
    )
    priority: Annotated[int, BeforeValidator(WHOLE.number), WithJsonSchema(WHOLE.json_number())] = (
        Field(default=1, description="Posts with a lower number are filled first, a count.")
    )
    surge: StrictBool = Field(
        default=False,
        description="A surge: filled after all others, and while it lasts crews are called from "
        "rest when no crew is ready (true/false).",
    )


class NewTimes(Part):
    """Times of a kind of crew that change; what is left out stays as it was."""

    tour_d: PositiveDays | None = Field(default=None, description="Days of a tour.")
    rest_d: Days | None = Field(default=None, description="Days of rest, at least.")
    recovery_d: Days | None = Field(default=None, description="Days of travel and refit.")
    overlap_d: Days | None = Field(default=None, description="Days of overlap.")
    gap_d: Days | None = Field(default=None, description="Days that a post stays empty.")
    readiness_window_d: PositiveDays | None = Field(
        default=None, description="Days ready before a cycle starts over."
    )


class Change(Part):
    """A day from which other times hold, for tours and rests under way too."""

    from_d: PositiveDays = Field(description="First day on which they hold.")
    note: Text = Field(default="", description="Why.")
    crews: Annotated[Mapping[Id, NewTimes], Field(min_length=1), *FROZEN] = Field(
        description="The new times by kind of crew."
    )


class Start(Part):
    """Where in their cycle the crews are on day 1; nobody is in mid-tour."""

    phases: Literal["even", "random"] = Field(
        default="even", description="Evenly staggered, or drawn from the seed."
    )
    stagger_d: Days | None = Field(
        default=None, description="Days over which the starts are spread; null for one cycle."
    )


class CrewRun(Part):
    """How it is run: plain numbers."""

    horizon_d: Annotated[
        int, BeforeValidator(POSITIVE_DAYS.number), WithJsonSchema(POSITIVE_DAYS.json_number())
    ] = Field(description="Last day.")
    from_d: Annotated[
        int, BeforeValidator(POSITIVE_DAYS.number), WithJsonSchema(POSITIVE_DAYS.json_number())
    ] = Field(default=1, description="First day of the cover; the horizon itself is left out.")
    replications: Annotated[
        int, BeforeValidator(COUNT.number), WithJsonSchema(COUNT.json_number())
    ] = Field(default=100, description="Draws of random starts, a count.")
    seed: Seed = Field(default=1, description="Seed of the starts, 0 to 2^63 - 1.")
    allowed_miss: Annotated[
        float, BeforeValidator(SHARE.number), WithJsonSchema(SHARE.json_number())
    ] = Field(
        default=0.0,
        description="Share of the post-days that the required crews may leave without a crew.",
    )


class Crews(Part):
    """Posts to be kept by crews in turns: who, where, by which times, over which days."""

    kind: Literal["crews"] = Field(description="What kind of scenario this is: crews.")
    format: Annotated[Literal[1], BeforeValidator(finite)] = Field(
        description="Version of this file format: 1."
    )
    name: Name = Field(
        description="The scenario's name: lower-case words and digits joined by hyphens."
    )
    title: Title = Field(description="The scenario's name as people read it.")
    about: Text = Field(default="", description="What it is about, and what it is not.")
    sources: Annotated[Mapping[Id, Source], *FROZEN] = Field(
        default_factory=_no_sources, description="What numbers refer to, by id."
    )
    words: Words = Field(default=Words(), description="What the duties are called.")
    crews: Annotated[Mapping[Id, CrewKind], Field(min_length=1), *FROZEN] = Field(
        description="The kinds of crew, by name."
    )
    posts: Annotated[Mapping[Id, PostKind], Field(min_length=1), *FROZEN] = Field(
        description="The demands for posts, by name."
    )
    calendar: tuple[Change, ...] = Field(
        default=(), description="Days from which other times hold, in order."
    )
    start: Start = Field(default=Start(), description="Where the crews are in their cycle.")
    forgive_rest: StrictBool = Field(
        default=False, description="Forget the rest that a crew called early is owed (true/false)."
    )
    run: CrewRun = Field(description="How it is run.")

    @model_validator(mode="after")
    def _agrees(self) -> Crews:
        found = tuple(crew_checks(self.canonical()))
        if found:
            raise fail(*found, kind=ACROSS)
        return self

    def canonical(self) -> dict[str, Any]:
        """All fields with their defaults, as plain JSON-able data in a stable order."""
        return self.model_dump(mode="json")

    def digest(self) -> str:
        """SHA-256 of the canonical form, in hex: equal for equal scenarios."""
        text = json.dumps(self.canonical(), ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def __repr__(self) -> str:
        """Short, for prompts and notebooks; `canonical()` has everything."""
        return f"<Crews {self.name}: {', '.join(self.crews)}; posts {', '.join(self.posts)}>"

    __str__ = __repr__

    def with_values(self, values: Mapping[str, object]) -> Crews:
        """This scenario with values set at paths, checked anew. Raises ScenarioError."""
        return crews_of(changed(self, values))


def crews_of(written: Written, known: Iterable[Problem] = ()) -> Crews:
    """The crews scenario that somebody wrote, or ScenarioError with all its problems."""
    return assembled(Crews, crew_checks, written, known)
