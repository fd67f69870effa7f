"""A scenario as a whole: its parts in order, what they must agree on, its canonical form."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    Field,
    model_validator,
)

from nobat.scenario.assemble import assembled, changed
from nobat.scenario.breaking import Breaking
from nobat.scenario.checks import cross_checks
from nobat.scenario.claims import Claim, DatedRecord
from nobat.scenario.defence import Counterattack, Defender, Works
from nobat.scenario.doctrine import Doctrine
from nobat.scenario.fight import Attrition, Contact
from nobat.scenario.fire import Fire
from nobat.scenario.flight import Flight
from nobat.scenario.forces import Attacker
from nobat.scenario.homecoming import Homecoming
from nobat.scenario.parts import ACROSS, FROZEN, Id, Name, Part, ReadOnly, Text, Title, fail
from nobat.scenario.problems import Problem, Written
from nobat.scenario.quantity import Kind, Quantity, finite
from nobat.scenario.record import Contested, Source
from nobat.scenario.recurrence import Recurrence
from nobat.scenario.reports import Reports
from nobat.scenario.rotation import RotationPolicy
from nobat.scenario.routes import MOST_ROUTES, Route
from nobat.scenario.run import Run
from nobat.scenario.shape import Shape, shape_of_model
from nobat.scenario.sleep import Sleep
from nobat.scenario.theatre import MOST_PLACES, Layers, Place, Stage
from nobat.scenario.words import Location, path_text

_MOST_DOCTRINES = 32


def _no_sources() -> Mapping[str, Source]:
    return ReadOnly({})


def _no_routes() -> Mapping[str, Route]:
    return ReadOnly({})


class Scenario(Part):
    """A campaign to simulate: who, where, by which rules, under which doctrines."""

    format: Annotated[Literal[1], BeforeValidator(finite)] = Field(
        description="Version of this file format: 1."
    )
    name: Name = Field(
        description="The scenario's name: lower-case words and digits joined by hyphens."
    )
    title: Title = Field(description="The scenario's name as people read it.")
    about: Text = Field(default="", description="What it is about, and what it is not.")
    sources: Annotated[Mapping[Id, Source], *FROZEN] = Field(
        default_factory=_no_sources, description="What numbers and findings refer to, by id."
    )
    contested: tuple[Contested, ...] = Field(
        default=(), description="Matters on which the told account and the public record differ."
    )
    claims: tuple[Claim, ...] = Field(
        default=(), description="What is told, as claims that can be tested (MODEL 18)."
    )
    record: DatedRecord | None = Field(
        default=None, description="The record's dates and counts; null where none are used."
    )
    places: Annotated[Mapping[Id, Place], Field(min_length=1, max_length=MOST_PLACES), *FROZEN] = (
        Field(description="The places of the theatre, by id; those with a core can be taken.")
    )
    routes: Annotated[Mapping[Id, Route], Field(max_length=MOST_ROUTES), *FROZEN] = Field(
        default_factory=_no_routes,
        description="The routes between the places, by id; without any nothing is ever isolated.",
    )
    plan: Annotated[tuple[Stage, ...], Field(min_length=1)] = Field(
        description="The stages in order; every place with a core is the objective of exactly one."
    )
    attacker: Attacker = Field(description="The attacking side: its units.")
    rotation: Annotated[Mapping[Id, RotationPolicy], Field(min_length=1), *FROZEN] = Field(
        description="Rotation policies by name; the first one is the default of doctrines."
    )
    defender: Defender = Field(description="The defending side beyond its layers.")
    sleep: Sleep = Field(
        default=Sleep(model="none"),
        description="Sleep by duty, and what a lack of it does (MODEL 3).",
    )
    contact: Contact = Field(description="Who can reach whom.")
    attrition: Attrition = Field(description="What fire does.")
    works: Works = Field(description="How works and order protect and recover.")
    counterattack: Counterattack = Field(description="How the defence strikes back.")
    breaking: Breaking = Field(description="When layers and units break.")
    fire: Fire | None = Field(
        default=None,
        description="How fire is used (MODEL 10); null where targets are never mistaken.",
    )
    flight: Flight | None = Field(
        default=None, description="Who leaves (MODEL 11); null where nobody does."
    )
    homecoming: Homecoming | None = Field(
        default=None,
        description="The way home after the campaign (MODEL 12); null where it is not looked at.",
    )
    reports: Reports | None = Field(
        default=None,
        description="Reports on whether the defenders' leader is alive, which may conflict (MODEL "
        "14); null where there are none.",
    )
    recurrence: Recurrence | None = Field(
        default=None,
        description="Attacks of those who are left (MODEL 13); null where they are not looked at.",
    )
    doctrines: Annotated[
        Mapping[Id, Doctrine], Field(min_length=1, max_length=_MOST_DOCTRINES), *FROZEN
    ] = Field(description="The doctrines that are compared, by name; 1 to 32.")
    run: Run = Field(default=Run(), description="How it is run unless the caller says otherwise.")

    @model_validator(mode="after")
    def _agrees(self) -> Scenario:
        found = tuple(cross_checks(self.canonical(), shape()))
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
        places, doctrines = ", ".join(self.places), ", ".join(self.doctrines)
        return f"<Scenario {self.name}: {places}; doctrines {doctrines}>"

    __str__ = __repr__

    def policy_of(self, doctrine: str) -> RotationPolicy:
        """The rotation policy that a doctrine uses; the first one unless it names another."""
        name = self.doctrines[doctrine].rotation
        return self.rotation[name if name is not None else next(iter(self.rotation))]

    @property
    def attacks_within_d(self) -> float | None:
        """Days after the end in which attacks are counted; None where they are not looked at."""
        return None if self.recurrence is None else self.recurrence.horizon_d.value

    def with_values(self, values: Mapping[str, object]) -> Scenario:
        """This scenario with values set at paths, checked anew. Raises ScenarioError.

        A number set at a Quantity keeps the range that holds it; its basis becomes `assumed`.
        """
        return scenario_of(changed(self, values))


def shape() -> Shape:
    """What may stand where in a scenario."""
    return shape_of_model(Scenario)


def scenario_of(written: Written, known: Iterable[Problem] = ()) -> Scenario:
    """The scenario that somebody wrote, or ScenarioError with all its problems."""
    return assembled(Scenario, lambda data: cross_checks(data, shape()), written, known)


def quantities(scenario: Part) -> Iterator[tuple[str, Quantity, Kind]]:
    """Every number that is a Quantity, as (path, quantity, kind), in the order of the fields.

    What is not there is left out: layers beyond the count of their stack, those and the hold of a
    place without a core.
    """
    yield from _quantities(scenario, shape_of_model(type(scenario)), ())


def _quantities(
    node: Any, form: Shape | None, location: Location
) -> Iterator[tuple[str, Quantity, Kind]]:
    if form is None:
        return
    if isinstance(node, Quantity) and form.kind:
        yield path_text(location), node, form.kind
        return
    below: Iterable[tuple[str | int, Any]] = ()
    if isinstance(node, Layers):
        there = node.stack[: int(node.count.value)]
        yield from _quantities(node.count, form.child("count"), (*location, "count"))
        yield from _quantities(there, form.child("stack"), (*location, "stack"))
    elif isinstance(node, Part):
        below = ((name, getattr(node, name)) for name in type(node).model_fields)
        if isinstance(node, Place) and node.core is None:
            below = ((name, each) for name, each in below if name not in ("layers", "hold_h"))
    elif isinstance(node, Mapping):
        below = node.items()
    elif isinstance(node, tuple):
        below = enumerate(node)
    for segment, each in below:
        yield from _quantities(each, form.child(segment), (*location, segment))
