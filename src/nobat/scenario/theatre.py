"""Where it happens: places with their layers, and the plan that takes them (MODEL 1 and 7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, ClassVar

from pydantic import Field, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema

from nobat.scenario.parts import Id, Part, Title, fail
from nobat.scenario.quantity import HOURS, SHARE, WHOLE, Hours, Quantity, Share, Strength

#: The most layers that a place can have.
MOST_LAYERS = 200
_LAYERS = replace(WHOLE, allowed=f"a whole number, 0 to {MOST_LAYERS}", maximum=MOST_LAYERS)


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


class Place(Part):
    """A place that is to be taken: its layers, its core, and how long the core must be held."""

    title: Title = Field(description="The place's name as people read it.")
    layers: Layers = Field(description="The layers outside the core, the outermost first.")
    core: Layer = Field(description="The place itself: the last to fall (MODEL 7).")
    hold_h: Hours = Field(
        default=HOURS.of(72),
        description="Hours that the core must be held before the place counts as secured.",
    )


class Stage(Part):
    """One step of the plan."""

    objectives: Annotated[tuple[Id, ...], Field(min_length=1, max_length=1)] = Field(
        description="The place that this stage assaults: exactly one, for now."
    )
