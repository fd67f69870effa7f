"""The textbook's scenario: every number is assumed, has a range and says why it is round."""

from __future__ import annotations

import pytest

from nobat.scenario import Quantity, Scenario, load, quantities


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load("textbook-line")


@pytest.fixture(scope="module")
def numbers(scenario: Scenario) -> dict[str, Quantity]:
    return {path: quantity for path, quantity, _ in quantities(scenario)}


def test_every_number_is_assumed_and_says_why(numbers: dict[str, Quantity]) -> None:
    assert len(numbers) > 90
    for path, quantity in numbers.items():
        assert quantity.basis == "assumed", path
        assert not quantity.source, path
        assert quantity.unit, path
        # Only what the file writes down has a note; a default that slips in has none.
        assert quantity.note, path


def test_every_number_can_be_turned(numbers: dict[str, Quantity]) -> None:
    fixed = set()
    for path, quantity in numbers.items():
        if quantity.low is None or quantity.high is None:
            fixed.add(path)
        else:
            assert quantity.low <= quantity.value <= quantity.high, path
            assert quantity.low < quantity.high, path
    # An overlap and a gap cannot both be there.
    assert fixed == {"rotation.pairs.gap_h"}


def test_it_has_one_place_three_layers_and_every_mechanism(scenario: Scenario) -> None:
    (place,) = scenario.places.values()
    assert len(place.layers.expanded()) == 3
    assert place.core is not None
    assert not scenario.routes
    assert scenario.sleep.model == "safte"
    assert scenario.attacker.supply is not None
    assert scenario.defender.supply is not None
    assert scenario.fire is not None
    assert scenario.flight is not None


def test_the_doctrines_differ_in_turns_and_in_fire(scenario: Scenario) -> None:
    assert scenario.run.main == tuple(scenario.doctrines)
    assert [one.start for one in scenario.doctrines.values()] == [
        "rotate", "commit_all", "rotate", "rotate",
    ]  # fmt: skip
    fire = {name: one.fire for name, one in scenario.doctrines.items()}
    assert fire.pop("restrained") == "restrained"
    assert set(fire.values()) == {"measured"}


def test_whoever_is_left_in_peace_sleeps_the_same(scenario: Scenario) -> None:
    """So that both sides begin equally fresh, and effectiveness cancels in the first pressure."""
    sleep = scenario.sleep
    assert sleep.rest_h.value == sleep.reserve_h.value == sleep.peace_h.value == 8
