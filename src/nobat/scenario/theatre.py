"""Where it happens: places with their layers, and the plan that takes them (MODEL 1 and 7)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    GetJsonSchemaHandler,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import CoreSchema

from nobat.scenario.doctrine import parse_condition
from nobat.scenario.parts import Id, Part, Text, Title, fail
from nobat.scenario.quantity import (
    HOURS,
    SHARE,
    SHARE_ABOVE_0,
    STRENGTH,
    WHOLE,
    Hours,
    Kind,
    Quantity,
    Share,
    Strength,
    as_list,
)

#: The most places that a theatre can have: a set of them is one 64-bit word in the model.
MOST_PLACES = 64
#: The most layers that a place can have.
MOST_LAYERS = 200
_LAYERS = replace(WHOLE, allowed=f"a whole number, 0 to {MOST_LAYERS}", maximum=MOST_LAYERS)
#: Persons that it takes to hold a place without a garrison, or to cut a route, if nothing is said.
POST_PERSONS = 100
_RESIDENTS = replace(STRENGTH, name="Residents", a="a number of residents")
_LAT = Kind("Latitude", "a latitude", "-90 to 90 degrees", "degrees", -90, 90)
_LON = Kind("Longitude", "a longitude", "-180 to 180 degrees", "degrees", -180, 180)
_ShareOfStrength = Annotated[
    float, BeforeValidator(SHARE_ABOVE_0.number), WithJsonSchema(SHARE_ABOVE_0.json_number())
]
#: How far shares may add up to something else than 1.
_ROUNDING = 1e-9


class Layer(Part):
    """One layer of a defence, or the core: who holds it and in what state it starts."""

    garrison: Strength = Field(
        description="Persons that hold the layer at the start; also its establishment, up to "
        "which the reserve fills it (m of MODEL 7)."
    )
    works: Share = Field(
        default=SHARE.of(1),
        description="Works at the start: positions and obstacles, share of complete (w).",
    )
    order: Share = Field(
        default=SHARE.of(1),
        description="Order at the start: manned, commanded and ready, share of full (q).",
    )


class Layers(Part):
    """The layers of a place from the outside in. The core is not among them.

    Written as a list of layers, as `{count, stack: [...]}`, or as `{count, layer: {...}}`.
    """

    short_ways: ClassVar[tuple[str, ...]] = ("layer",)

    count: Annotated[Quantity, _LAYERS] = Field(
        description="How many layers there are. Beyond the end of `stack` its last layer is "
        "repeated; a smaller count takes the first ones; 0 leaves only the core."
    )
    stack: tuple[Layer, ...] = Field(
        description="The layers, the outermost first; or write `layer`, one pattern for all of "
        "them."
    )

    @model_validator(mode="before")
    @classmethod
    def _spelled_out(cls, given: Any) -> Any:
        """Bring the short ways of writing into the full one."""
        if isinstance(given, list | tuple):
            if len(given) > MOST_LAYERS:
                raise fail(((), f"{len(given)} layers are too many: up to {MOST_LAYERS}"))
            return {"count": len(given), "stack": given}
        if isinstance(given, Mapping) and "layer" in given:
            if "stack" in given:
                raise fail((("layer",), "layer and stack cannot both be given"))
            rest = {key: value for key, value in given.items() if key != "layer"}
            return {**rest, "stack": (given["layer"],)}
        return given

    @model_validator(mode="after")
    def _something_to_repeat(self) -> Layers:
        if self.count.value and not self.stack:
            raise fail((("stack",), "is empty: give at least one layer, or count 0"))
        return self

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """All three ways of writing layers."""
        full = handler.resolve_ref_schema(handler(schema))
        count, stack = full["properties"]["count"], full["properties"]["stack"]
        pattern = {**stack["items"], "description": "The pattern of every layer."}
        common = {"type": "object", "additionalProperties": False}
        mappings = [
            {**common, "properties": {"count": count, name: form}, "required": ["count", name]}
            for name, form in (("stack", stack), ("layer", pattern))
        ]
        bare = {"type": stack["type"], "items": stack["items"]}
        about = full["description"]
        full.clear()
        full.update({"description": about, "anyOf": [bare, *mappings]})
        return full

    def expanded(self) -> tuple[Layer, ...]:
        """The `count` layers themselves, the outermost first."""
        count = int(self.count.value)
        return (self.stack + self.stack[-1:] * (count - len(self.stack)))[:count]


class Position(Part):
    """Where a place lies (WGS84), and how sure that is."""

    lat: Annotated[float, BeforeValidator(_LAT.number), WithJsonSchema(_LAT.json_number())] = Field(
        description="Latitude, degrees, north positive."
    )
    lon: Annotated[float, BeforeValidator(_LON.number), WithJsonSchema(_LON.json_number())] = Field(
        description="Longitude, degrees, east positive."
    )
    status: Literal["ok", "approx", "unverified"] = Field(
        default="unverified",
        description="How sure it is: looked up (ok), looked up and rough (approx), or recalled "
        "(unverified). ok needs a source.",
    )
    source: Annotated[tuple[Id, ...], BeforeValidator(as_list)] = Field(
        default=(), description="Ids in `sources`: one id or a list of ids."
    )
    note: Text = Field(default="", description="What else a reader should know.")

    @model_validator(mode="after")
    def _looked_up_somewhere(self) -> Position:
        if self.status == "ok" and not self.source:
            raise fail((("status",), "ok needs a source: name its id in `sources`"))
        return self


#: What a place can be.
PlaceKind = Literal["rear", "base", "village", "strongpoint", "city", "crossing", "refuge"]
#: Who can hold a place.
Holder = Literal["attacker", "defender", "nobody"]
_HELD_BY: Mapping[str, Holder] = {"base": "attacker", "crossing": "nobody", "refuge": "nobody"}


def first_holder(kind: str, holder: Holder | None) -> Holder:
    """Who holds a place at the start: as written, else as its kind has it."""
    return holder if holder is not None else _HELD_BY.get(kind, "defender")


class Place(Part):
    """A place of the theatre. One with a core can be taken, and is taken by the plan."""

    title: Title = Field(description="The place's name as people read it.")
    kind: PlaceKind = Field(default="city", description="What it is.")
    holder: Holder | None = Field(
        default=None,
        description="Who holds it at the start; null for what its kind has: a base the attacker, "
        "a crossing and a refuge nobody, any other the defender.",
    )
    position: Position | None = Field(
        default=None, description="Where it lies; null where that is not needed or not known."
    )
    layers: Layers = Field(
        default_factory=lambda: Layers(count=_LAYERS.of(0), stack=()),
        description="The layers outside the core, the outermost first; left out: none.",
    )
    core: Layer | None = Field(
        default=None,
        description="The place itself: the last to fall (MODEL 7). A place with a core can be "
        "taken; null for any other.",
    )
    hold_h: Hours = Field(
        default=HOURS.of(72),
        description="Hours that the core must be held before the place counts as secured.",
    )
    residents: Annotated[Quantity, _RESIDENTS] = Field(
        default=_RESIDENTS.of(0), description="Persons who live there and are present at the start."
    )
    hold_persons: Strength | None = Field(
        default=None,
        description="Persons that it takes to hold the place against the defender, for the "
        "question what isolates a city (MODEL 9); null: as many as its garrison, at least "
        f"{POST_PERSONS}.",
    )

    @model_validator(mode="after")
    def _layers_have_a_core(self) -> Place:
        if self.core is None and self.layers.stack:
            raise fail((("core",), "is missing: layers defend a core, the place itself"))
        return self

    @property
    def held_by(self) -> Holder:
        """Who holds it at the start."""
        return first_holder(self.kind, self.holder)

    def defences(self) -> tuple[Layer, ...]:
        """Its layers from the outside in, the core last; none where it has no core."""
        return () if self.core is None else (*self.layers.expanded(), self.core)

    def garrison(self) -> float:
        """Persons in its layers and its core at the start."""
        return sum(layer.garrison.value for layer in self.defences())


def _readable(text: str) -> str:
    parse_condition(text)
    return text


class Stage(Part):
    """One step of the plan: what is assaulted together, and when it ends."""

    objectives: Annotated[tuple[Id, ...], Field(min_length=1)] = Field(
        description="The places that this stage assaults together, each with a core."
    )
    shares: tuple[_ShareOfStrength, ...] | None = Field(
        default=None,
        description="How the operating strength is shared among the objectives, in their order, "
        "1 in all; null: in proportion to the garrisons that remain.",
    )
    until: Annotated[str, AfterValidator(_readable)] | None = Field(
        default=None,
        description="`<observable> <op> <number>` as in the rules of a doctrine: once it holds "
        "the stage ends, held or not; null: when all its objectives are held.",
    )

    @model_validator(mode="after")
    def _one_share_each(self) -> Stage:
        if self.shares is None:
            return self
        given, wanted = len(self.shares), len(self.objectives)
        if given != wanted:
            raise fail((("shares",), f"has {given} entries for {wanted} objectives: one for each"))
        total = math.fsum(self.shares)
        if abs(total - 1) > _ROUNDING:
            raise fail((("shares",), f"add up to {total:.10g}: they must add up to 1"))
        return self
