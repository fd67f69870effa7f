"""JSON Schema of a scenario file, for editors: completion, hover texts, wrong words underlined."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import Any, Literal, get_args

from nobat.scenario.crews import Crews
from nobat.scenario.parts import Part
from nobat.scenario.quantity import Basis, Kind, Quantity
from nobat.scenario.scenario import Scenario
from nobat.scenario.values import is_quantity

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(kind: Literal["campaign", "crews"] = "campaign") -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a scenario file; every field says what it is and its unit.

    kind: of a campaign, or of posts that are kept by crews.
    """
    model: type[Part] = Crews if kind == "crews" else Scenario
    raw = model.model_json_schema(mode="validation")
    kinds: dict[str, Any] = {}
    tidy = _tidied(raw, kinds)
    definitions = {**tidy.pop("$defs"), **kinds}
    what = "scenario for crews" if kind == "crews" else "scenario"
    head = {"$schema": _DIALECT, "title": f"A nobat {what}, format 1"}
    return {**head, **tidy, "$defs": dict(sorted(definitions.items()))}


def _tidied(node: Any, kinds: dict[str, Any]) -> Any:
    """The schema without pydantic's made-up titles, and with kinds of number as definitions."""
    if isinstance(node, list):
        return [_tidied(each, kinds) for each in node]
    if not isinstance(node, dict):
        return node
    tidy: dict[str, Any] = {}
    for key, value in node.items():
        if key == "kind" and isinstance(value, Kind):
            kinds.setdefault(_name(value), _number(value))
            tidy["$ref"] = f"#/$defs/{_name(value)}"
        elif key in ("properties", "$defs"):
            tidy[key] = {name: _tidied(each, kinds) for name, each in value.items()}
        elif key == "patternProperties":
            # The same said in a way that refuses other names, and that editors complete.
            [(pattern, each)] = value.items()
            tidy["propertyNames"] = {"pattern": pattern, **node.get("propertyNames", {})}
            tidy["additionalProperties"] = _tidied(each, kinds)
        elif key == "propertyNames" and "patternProperties" in node:
            continue
        elif key == "default":
            tidy[key] = _plain(value)
        elif key != "title":
            tidy[key] = _tidied(value, kinds)
    return tidy


def _plain(value: Any) -> Any:
    """A default as one would write it: numbers without their pedigree."""
    if is_quantity(value):
        return value["value"]
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    return value


def _name(kind: Kind) -> str:
    unit = re.sub(r"[^a-z0-9]+", "-", kind.unit.lower()).strip("-")
    return f"{kind.name}-{unit}"


def _number(kind: Kind) -> dict[str, Any]:
    """A number of a kind: plain, or with its pedigree."""
    bare = kind.json_number()
    unset = {"anyOf": [bare, {"type": "null"}]}
    text = {"type": "string"}
    forms: dict[str, dict[str, Any]] = {
        "value": bare,
        "low": unset,
        "high": unset,
        "unit": {"enum": [kind.unit, *kind.also]},
        "basis": {"enum": list(get_args(Basis)), "default": "assumed"},
        "source": {"anyOf": [text, {"type": "array", "items": text}]},
        "note": text,
    }
    pedigree = {
        "type": "object",
        "properties": {
            each.name: {**forms[each.name], "description": each.metadata["description"]}
            for each in fields(Quantity)
        },
        "required": ["value"],
        "additionalProperties": False,
    }
    unit = "" if kind.unit in kind.allowed else f" (unit: {kind.unit})"
    return {"description": f"{kind.allowed}{unit}", "anyOf": [bare, pedigree]}
