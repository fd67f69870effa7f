"""The JSON Schema: every field described with its unit, closed, and true to the shipped files."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from nobat.scenario import schema
from nobat.scenario.scenario import shape
from nobat.scenario.shape import Shape
from tests.scenario.given import PLAIN

SCHEMA = schema()

#: How the description of a number names its unit.
UNIT_WORDS = {
    "persons": "person",
    "share": "share",
    "h": "hour",
    "km": "km",
    "km/h": "km/h",
    "per day": "per day",
    "per day per 1,000 persons": "per day per 1,000 persons",
    "ratio": "ratio",
    "weight": "weight",
    "exponent": "exponent",
    "count": "how many|units",
    "t": "tonnes",
    "t/h": "tonnes per hour",
    "kg per person per day": "kg per person per day",
    "d": "days",
    "sd": "standard deviations",
    "per day per 1,000 residents": "per day per 1,000 residents",
    "index": "index",
    "nights": "nights",
    "share per day": "share per day",
    "per night": "per night",
    "per 10,000 person-nights": "per 10,000",
    "lanes": "lanes",
    "min": "minutes",
    "C": "degrees c",
    "per 100 persons per month": "per 100 persons per month",
}


def follow(reference: str) -> dict[str, Any]:
    found: dict[str, Any] = SCHEMA["$defs"][reference.removeprefix("#/$defs/")]
    return found


def nodes(node: Any) -> list[dict[str, Any]]:
    below = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    own = [node] if isinstance(node, dict) else []
    return own + [each for value in below for each in nodes(value)]


def allows(form: dict[str, Any], value: Any) -> bool:
    """Whether a value fits: as much of JSON Schema as these schemas use, written on its own."""
    if "$ref" in form and not allows(follow(form["$ref"]), value):
        return False
    for union in ("anyOf", "oneOf"):
        if union in form and not any(allows(each, value) for each in form[union]):
            return False
    if "enum" in form and value not in form["enum"]:
        return False
    if "const" in form and value != form["const"]:
        return False
    if "type" in form and not _has_type(form["type"], value):
        return False
    if isinstance(value, int | float) and not isinstance(value, bool):
        return bool(
            value >= form.get("minimum", value)
            and value <= form.get("maximum", value)
            and ("exclusiveMinimum" not in form or value > form["exclusiveMinimum"])
            and ("exclusiveMaximum" not in form or value < form["exclusiveMaximum"])
        )
    if isinstance(value, str):
        return re.search(form.get("pattern", ""), value) is not None
    if isinstance(value, list):
        return all(allows(form.get("items", {}), each) for each in value)
    if isinstance(value, dict):
        return _allows_mapping(form, value)
    return True


def _has_type(name: str, value: Any) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return {
        "number": number,
        "integer": number and value == int(value),
        "string": isinstance(value, str),
        "boolean": isinstance(value, bool),
        "null": value is None,
        "array": isinstance(value, list),
        "object": isinstance(value, dict),
    }[name]


def _allows_mapping(form: dict[str, Any], value: dict[str, Any]) -> bool:
    if not set(form.get("required", ())) <= set(value):
        return False
    names = form.get("propertyNames", {})
    for key, each in value.items():
        if key in form.get("properties", {}):
            good = allows(form["properties"][key], each)
        else:
            other = form.get("additionalProperties", True)
            good = allows(other, each) if isinstance(other, dict) else bool(other)
        if not good or not allows(names, key):
            return False
    return True


def test_it_is_json_of_draft_2020_12_and_all_its_references_lead_somewhere() -> None:
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA
    for node in nodes(SCHEMA):
        if isinstance(node.get("$ref"), str):
            assert follow(node["$ref"])
    assert schema() == SCHEMA


def test_every_field_is_described_and_every_mapping_closed() -> None:
    for node in nodes(SCHEMA):
        properties = node.get("properties")
        if node.get("type") == "object" and isinstance(properties, dict):
            assert node["additionalProperties"] is False
            assert all(len(field["description"]) > 8 for field in properties.values())


def numbers(form: Shape, path: str) -> list[tuple[str, Shape]]:
    own = [(path, form)] if form.kind else []
    below = [(f"{path}.{name}", each) for name, each in form.fields.items() if not form.kind]
    below += [(f"{path}[]", form.item)] if form.item else []
    return own + [found for at, each in below for found in numbers(each, at)]


@pytest.mark.parametrize(("path", "form"), numbers(shape(), ""), ids=lambda each: str(each)[:60])
def test_the_description_of_every_number_names_its_unit(path: str, form: Shape) -> None:
    assert form.kind is not None
    assert re.search(UNIT_WORDS[form.kind.unit], form.about.lower()), f"{path}: {form.about}"


def test_a_valid_scenario_fits() -> None:
    assert allows(SCHEMA, PLAIN)


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("contact", {"frontage": 0}),
        ("contact", {"frontage": {"value": 900, "unit": "people"}}),
        ("contact", {"frontage": {"low": 900}}),
        ("contact", {"frontag": 900}),
        ("attrition", {**PLAIN["attrition"], "law": "squre"}),
        ("attrition", {**PLAIN["attrition"], "attacker_rate": {"anchor": {"shield": 0}}}),
        ("places", {"a b": PLAIN["places"]["north"]}),
        ("places", {"x": {**PLAIN["places"]["north"], "layers": {"count": 3}}}),
        ("doctrines", {"x": {"title": "X", "start": "rotat"}}),
        ("run", {"events": "certain"}),
        ("run", {"seed": -1}),
        ("name", "Not A Name"),
    ],
)
def test_what_an_editor_should_underline_does_not_fit(part: str, value: Any) -> None:
    assert not allows(SCHEMA, {**PLAIN, part: value})


def test_rules_are_completed_with_the_observables() -> None:
    when = SCHEMA["$defs"]["Rule"]["properties"]["when"]
    assert all(re.fullmatch(when["pattern"], example) for example in when["examples"])
    assert not re.fullmatch(when["pattern"], "morale > 3")
