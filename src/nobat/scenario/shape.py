"""What may stand where in a scenario, read off the models: fields, names, lists, numbers."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from nobat.scenario.quantity import Kind, Quantity
from nobat.scenario.words import Location


@dataclass(frozen=True)
class Shape:
    """What may stand at one place: fields by name, any names, a list, a number of a kind."""

    fields: Mapping[str, Shape] = field(default_factory=dict)
    item: Shape | None = None
    named: bool = False
    kind: Kind | None = None
    about: str = ""
    short_ways: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every field that may be written here."""
        return (*self.fields, *self.short_ways)

    def child(self, segment: str | int) -> Shape | None:
        """What may stand below, at a key or a list position; None when nothing may."""
        if isinstance(segment, str) and segment in self.fields:
            return self.fields[segment]
        if self.item is not None and isinstance(segment, str) == self.named:
            return self.item
        return None

    def at(self, location: Location) -> Shape | None:
        """What may stand at a location below this one."""
        shape: Shape | None = self
        for segment in location:
            shape = shape.child(segment) if shape else None
        return shape

    def __or__(self, other: Shape) -> Shape:
        """Either of two forms of a field."""
        return Shape(
            {**self.fields, **other.fields},
            self.item or other.item,
            self.named or other.named,
            self.kind or other.kind,
            self.about or other.about,
            self.short_ways + other.short_ways,
        )


_NUMBER_FIELDS = {
    each.name: Shape(about=each.metadata["description"]) for each in dataclasses.fields(Quantity)
}


@lru_cache(maxsize=8)
def shape_of_model(model: type[BaseModel]) -> Shape:
    """The shape of a whole model, kept: it is asked for again and again."""
    return _shape(model, ())


def _shape(annotation: Any, metadata: tuple[Any, ...], about: str = "") -> Shape:
    for extra in metadata:
        if isinstance(extra, Kind):
            return Shape(_NUMBER_FIELDS, kind=extra, about=about)
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _shape(arguments[0], arguments[1:], about)
    if origin in (Union, types.UnionType):
        shape = Shape(about=about)
        for argument in arguments:
            shape |= _shape(argument, ())
        return shape
    if origin is tuple:
        return Shape(item=_shape(arguments[0], ()), about=about)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return Shape(item=_shape(arguments[1], ()), named=True, about=about)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        parts = {
            name: _shape(each.annotation, tuple(each.metadata), each.description or "")
            for name, each in annotation.model_fields.items()
        }
        return Shape(parts, about=about, short_ways=getattr(annotation, "short_ways", ()))
    return Shape(about=about)
