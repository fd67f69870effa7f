"""A number of a scenario with its range, unit, basis and source; and the kinds of number there are.

A number may be written plain (`garrison: 220`) or as a mapping with its pedigree
(`garrison: {value: 220, low: 100, high: 400, basis: assumed, note: a guess}`).
"""

from __future__ import annotations

import math
import numbers
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from nobat.scenario.parts import Text, fail, worded
from nobat.scenario.words import choice, shown

#: Where a number comes from; only `record` and `published` must name a source.
Basis = Literal["account", "record", "published", "derived", "assumed"]
_NEED_SOURCE = ("record", "published")


def _about(description: str) -> dict[str, str]:
    return {"description": description}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its range, unit, basis and sources. Code reads `value`."""

    value: float = field(metadata=_about("The number itself, in the field's unit."))
    low: float | None = field(default=None, metadata=_about("The lowest credible value."))
    high: float | None = field(default=None, metadata=_about("The highest credible value."))
    unit: str | None = field(default=None, metadata=_about("The unit: the field's own."))
    basis: Basis = field(
        default="assumed",
        metadata=_about(
            "Where the number comes from: the told account, the public record, a publication, "
            "derived from other numbers, or assumed. record and published need a source."
        ),
    )
    source: tuple[str, ...] = field(
        default=(), metadata=_about("Ids in `sources`: one id or a list of ids.")
    )
    note: str = field(
        default="", metadata=_about("Why this value; what else a reader should know.")
    )

    def plain(self) -> dict[str, Any]:
        """The fields as JSON-able data, in order; whole numbers stay whole."""
        return {
            "value": self.value, "low": self.low, "high": self.high, "unit": self.unit,
            "basis": self.basis, "source": list(self.source), "note": self.note,
        }  # fmt: skip


#: The names of the fields of a Quantity, in order.
QUANTITY_FIELDS = tuple(each.name for each in fields(Quantity))


def finite(raw: object) -> int | float:
    """A finite int or float; anything else (booleans and text included) is refused."""
    if isinstance(raw, str):
        raise worded(f"{shown(raw)} is text, not a number{_as_number(raw)}")
    if isinstance(raw, bool) or not isinstance(raw, numbers.Real):
        raise worded(f"{shown(raw)} is not a number")
    try:
        number = float(raw)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise worded(f"{shown(raw)} is not a finite number")
    return int(raw) if isinstance(raw, numbers.Integral) else number


def _as_number(text: str) -> str:
    """How a number should have been written, if text holds one."""
    bare = text.strip().replace("_", "")
    grouped = re.fullmatch(r"[-+]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?", bare)
    # 12,000 is twelve thousand; 0,17 is what most of the world writes for 0.17.
    bare = bare.replace(",", "") if grouped else bare.replace(",", ".")
    good = len(bare) < 20 and re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", bare)
    return f": write {bare}" if good else ""


def as_list(raw: object) -> object:
    """One source id may stand without the brackets of a list."""
    return (raw,) if isinstance(raw, str) else raw


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of number: its bounds, its unit and its words. Used as `Annotated[Quantity, kind]`.

    `above` and `below` exclude the bound itself. `whole` numbers stay ints, others are floats.
    `also` are further words accepted for the unit.
    """

    name: str
    a: str
    allowed: str
    unit: str
    minimum: float = -math.inf
    maximum: float = math.inf
    above: bool = False
    below: bool = False
    whole: bool = False
    also: tuple[str, ...] = ()

    def in_unit(self, unit: str, *also: str) -> Kind:
        """The same kind with another unit."""
        return replace(self, unit=unit, also=also)

    def of(self, value: float) -> Quantity:
        """A bare quantity of this kind: assumed, without range or source."""
        return Quantity(self.number(value), unit=self.unit)

    def number(self, raw: object) -> float:
        """One number, checked against the bounds."""
        value = finite(raw)
        low_ok = value > self.minimum if self.above else value >= self.minimum
        high_ok = value < self.maximum if self.below else value <= self.maximum
        if not (low_ok and high_ok and (not self.whole or value == int(value))):
            raise worded(f"{shown(raw)} is not {self.a}: {self.allowed}")
        return int(value) if self.whole else float(value)

    def json_number(self) -> dict[str, Any]:
        """JSON Schema of the bare number."""
        low = "exclusiveMinimum" if self.above else "minimum"
        high = "exclusiveMaximum" if self.below else "maximum"
        bounds = {low: self.minimum, high: self.maximum}
        finite_bounds = {key: bound for key, bound in bounds.items() if math.isfinite(bound)}
        return {"type": "integer" if self.whole else "number", **finite_bounds}

    def _optional(self, raw: object) -> float | None:
        return None if raw is None else self.number(raw)

    def _unit(self, raw: object) -> str:
        """The unit, if one is given, must be the field's."""
        if raw is None or raw == self.unit:
            return self.unit
        if isinstance(raw, str) and raw in self.also:
            return raw
        right = (self.unit, *self.also)
        if len(right) == 1:
            raise worded(f"{shown(raw)} is not the unit of this field: it is in '{self.unit}'")
        raise worded(f"{shown(raw)} is not a unit of this field{choice(raw, right, 'units')}")

    def _whole(self, given: dict[str, Any]) -> Quantity:
        """Check what concerns several fields of one quantity."""
        value, low, high = given["value"], given["low"], given["high"]
        problems = []
        if low is not None and low > value:
            problems.append((("low",), f"{shown(low)} is above the value, {shown(value)}"))
        if high is not None and high < value:
            problems.append((("high",), f"{shown(high)} is below the value, {shown(value)}"))
        if given["basis"] in _NEED_SOURCE and not given["source"]:
            text = f"{given['basis']} needs a source: name its id in `sources`"
            problems.append((("basis",), text))
        if problems:
            raise fail(*problems)
        return Quantity(**given)

    def _read(self, raw: object, build: Callable[[Any], Quantity]) -> Quantity:
        """A Quantity from a number, from a mapping or from a Quantity."""
        if isinstance(raw, Quantity):
            return build(raw.plain())
        if isinstance(raw, Mapping):
            return build(raw)
        return Quantity(self.number(raw), unit=self.unit)

    def __get_pydantic_core_schema__(
        self, _source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Read numbers and mappings; write the mapping."""
        plain = core_schema.no_info_plain_validator_function

        def optional(schema: CoreSchema, default: Any) -> core_schema.TypedDictField:
            return core_schema.typed_dict_field(
                core_schema.with_default_schema(schema, default=default)
            )

        source = Annotated[tuple[str, ...], BeforeValidator(as_list)]
        mapping = core_schema.typed_dict_schema(
            {
                "value": core_schema.typed_dict_field(plain(self.number), required=True),
                "low": optional(plain(self._optional), None),
                "high": optional(plain(self._optional), None),
                "unit": optional(plain(self._unit), self.unit),
                "basis": optional(core_schema.literal_schema(list(get_args(Basis))), "assumed"),
                "source": optional(handler.generate_schema(source), ()),
                "note": optional(handler.generate_schema(Text), ""),
            },
            extra_behavior="forbid",
        )
        return core_schema.no_info_wrap_validator_function(
            self._read,
            core_schema.no_info_after_validator_function(self._whole, mapping),
            serialization=core_schema.plain_serializer_function_ser_schema(Quantity.plain),
        )

    def __get_pydantic_json_schema__(
        self, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """A marker that scenario/schema.py replaces by a definition shared between fields."""
        return {"kind": self}


DAYS = Kind("Days", "a number of days", "a whole number of days, 0 or more", "d", 0, whole=True)
POSITIVE_DAYS = Kind(
    "PositiveDays", "a number of days", "a whole number of days, 1 or more", "d", 1, whole=True
)
_PERSONS, _KM, _H, _DAY, _RATIO = "persons", "km", "h", "per day", "ratio"

STRENGTH = Kind("Strength", "a strength", "0 or more persons, whole", _PERSONS, 0, whole=True)
STRENGTH_OF_UNIT = Kind(
    "StrengthOfUnit", "a strength", "1 or more persons, whole", _PERSONS, 1, whole=True
)
STRENGTH_ABOVE_0 = Kind(
    "StrengthAbove0", "allowed here", "above 0 persons", _PERSONS, 0, above=True
)
SHARE = Kind("Share", "a share", "0 to 1", "share", 0, 1)
SHARE_BELOW_1 = Kind("ShareBelow1", "allowed here", "0 or more, below 1", "share", 0, 1, below=True)
SHARE_ABOVE_0 = Kind("ShareAbove0", "allowed here", "above 0, up to 1", "share", 0, 1, above=True)
PER_DAY = Kind("PerDay", "a rate", "0 or more per day", _DAY, 0)
HOURS = Kind("Hours", "a duration", "0 or more hours", _H, 0)
POSITIVE_HOURS = Kind("PositiveHours", "allowed here", "above 0 hours", _H, 0, above=True)
HOURS_OF_DAY = Kind("HoursOfDay", "hours of a day", "0 to 24 hours", _H, 0, 24)
CLOCK = Kind("Clock", "an hour of the clock", "0 or more, below 24 hours", _H, 0, 24, below=True)
KM = Kind("Km", "a distance", "0 or more km", _KM, 0)
POSITIVE_KM = Kind("PositiveKm", "allowed here", "above 0 km", _KM, 0, above=True)
SPEED = Kind("Speed", "a speed", "above 0 km/h", "km/h", 0, above=True)
TONNES = Kind("Tonnes", "a weight", "0 or more tonnes", "t", 0)
POSITIVE_TONNES = Kind("PositiveTonnes", "allowed here", "above 0 tonnes", "t", 0, above=True)
POSITIVE = Kind("Positive", "allowed", "above 0", _RATIO, 0, above=True)
NON_NEGATIVE = Kind("NonNegative", "allowed", "0 or more", _RATIO, 0)
EXPONENT = Kind("Exponent", "an exponent", "0 to 2", "exponent", 0, 2)
COUNT = Kind("Count", "a count", "a whole number, 1 or more", "count", 1, whole=True)
WHOLE = Kind("WholeNonNegative", "a count", "a whole number, 0 or more", "count", 0, whole=True)

Strength = Annotated[Quantity, STRENGTH]
StrengthOfUnit = Annotated[Quantity, STRENGTH_OF_UNIT]
StrengthAbove0 = Annotated[Quantity, STRENGTH_ABOVE_0]
Share = Annotated[Quantity, SHARE]
ShareBelow1 = Annotated[Quantity, SHARE_BELOW_1]
ShareAbove0 = Annotated[Quantity, SHARE_ABOVE_0]
PerDay = Annotated[Quantity, PER_DAY]
Hours = Annotated[Quantity, HOURS]
PositiveHours = Annotated[Quantity, POSITIVE_HOURS]
Days = Annotated[Quantity, DAYS]
PositiveDays = Annotated[Quantity, POSITIVE_DAYS]
HoursOfDay = Annotated[Quantity, HOURS_OF_DAY]
Clock = Annotated[Quantity, CLOCK]
Km = Annotated[Quantity, KM]
PositiveKm = Annotated[Quantity, POSITIVE_KM]
Speed = Annotated[Quantity, SPEED]
Tonnes = Annotated[Quantity, TONNES]
PositiveTonnes = Annotated[Quantity, POSITIVE_TONNES]
Positive = Annotated[Quantity, POSITIVE]
NonNegative = Annotated[Quantity, NON_NEGATIVE]
Exponent = Annotated[Quantity, EXPONENT]
Count = Annotated[Quantity, COUNT]
WholeNonNegative = Annotated[Quantity, WHOLE]
