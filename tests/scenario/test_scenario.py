"""The scenario as a whole: canonical form, digest, equality, freezing, its list of numbers."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from nobat.scenario import Quantity, Scenario, load, quantities, shipped
from tests.scenario.given import FILE, PLAIN, changed, scenario

FULL = scenario()
#: Durations that must be whole steps.
STEPPED = ("hold_h", "reserve_reaction_h", "refit_h")
#: Numbers that others limit.
BOUND = ("rotation", "attacker.units", "doctrines", "homecoming.cold", "homecoming.checkpoint.toll")
PATHS = [(path, quantity, kind) for path, quantity, kind in quantities(FULL)]


def test_the_canonical_form_is_plain_complete_and_loads_back() -> None:
    plain = FULL.canonical()
    assert json.loads(json.dumps(plain)) == plain
    assert Scenario.model_validate(plain) == FULL
    assert list(plain) == list(Scenario.model_fields)
    assert plain["works"]["shock"]["value"] == 0.35
    plain["name"] = "other"
    assert FULL.name == "full"


def test_the_digest_tells_scenarios_apart_and_nothing_else() -> None:
    assert FULL.digest() == load(FILE).digest() == FULL.with_values({}).digest()
    assert Scenario.model_validate(FULL.canonical()).digest() == FULL.digest()
    assert FULL.with_values({"run.seed": 8}).digest() != FULL.digest()
    whole = changed(["contact", "frontage"], 900.0)
    assert Scenario.model_validate(whole).digest() == FULL.digest()
    assert len(FULL.digest()) == 64


@given(st.data())
def test_any_change_of_numbers_survives_the_canonical_form(data: st.DataObject) -> None:
    values: dict[str, object] = {}
    for path, quantity, kind in data.draw(st.lists(st.sampled_from(PATHS), max_size=4)):
        if ".anchor." in path or path.startswith(BOUND) or path.endswith(STEPPED):
            continue
        bottom, top = max(kind.minimum, -50.0), min(kind.maximum, 50.0)
        whole = st.integers(int(bottom), int(top))
        share = st.floats(bottom, top, exclude_min=kind.above, exclude_max=kind.below)
        values[path] = data.draw(whole if kind.whole else share)
        assert isinstance(quantity, Quantity)
    changed = FULL.with_values(values)
    again = Scenario.model_validate(json.loads(json.dumps(changed.canonical())))
    assert again == changed
    assert again.digest() == changed.digest()


def test_a_scenario_built_in_python_meets_the_same_checks() -> None:
    with pytest.raises(ValidationError, match="'soth' is not a place; did you mean south"):
        Scenario.model_validate(changed(["plan", 0, "objectives"], ["soth"]))
    assert Scenario.model_validate(PLAIN) == FULL


def test_nothing_can_be_changed() -> None:
    with pytest.raises(ValidationError):
        FULL.name = "other"
    places: Any = FULL.places
    with pytest.raises(TypeError):
        places["x"] = FULL.places["north"]
    assert isinstance(FULL.plan, tuple)
    quantity: Any = FULL.contact.frontage
    with pytest.raises(AttributeError):
        quantity.value = 3


def test_scenarios_are_hashed_copied_and_pickled() -> None:
    for again in (pickle.loads(pickle.dumps(FULL)), copy.deepcopy(FULL), copy.copy(FULL)):
        assert again == FULL
        assert hash(again) == hash(FULL)
        assert list(again.places) == ["north", "south", "east"]


def test_it_shows_itself_shortly() -> None:
    expected = "<Scenario full: north, south, east; doctrines turns, mixed>"
    assert repr(FULL) == str(FULL) == expected
    assert repr(FULL.sources).startswith("{'book': Source(")


def test_the_policy_of_a_doctrine_is_the_first_unless_it_names_one() -> None:
    assert FULL.policy_of("turns") is FULL.rotation["thirds"]
    assert FULL.policy_of("mixed") is FULL.rotation["gapped"]


def test_the_units_of_the_attacker_one_by_one() -> None:
    assert FULL.attacker.unit_count() == 6
    assert FULL.attacker.strengths() == (300, 300, 300, 300, 150, 150)


def test_all_numbers_are_listed_in_order_with_their_kinds() -> None:
    paths = [path for path, _, _ in PATHS]
    assert paths[:4] == [
        "places.north.layers.count",
        "places.north.layers.stack[0].garrison",
        "places.north.layers.stack[0].works",
        "places.north.layers.stack[0].order",
    ]
    assert paths == [path for path, _, _ in quantities(load(FILE))]
    assert len(set(paths)) == len(paths)
    assert "attrition.attacker_rate.anchor.shield" in paths
    assert "attrition.law.q1" in paths
    assert "doctrines.mixed.rules[1].posts" in paths
    assert "places.east.layers.stack[1].garrison" in paths
    assert "places.east.layers.stack[2].garrison" not in paths  # beyond the count
    kinds = {path: kind for path, _, kind in PATHS}
    assert kinds["contact.handover_contact"].name == "Share"
    assert all(quantity.unit in (kind.unit, *kind.also) for _, quantity, kind in PATHS)


@pytest.mark.parametrize("name", shipped())
def test_shipped_scenarios_keep_to_their_kinds(name: str) -> None:
    for path, quantity, kind in quantities(load(name)):
        for number in (quantity.low, quantity.value, quantity.high):
            assert number is None or kind.number(number) == number, path
