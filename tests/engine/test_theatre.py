"""The places and routes of a scenario as the arrays that the model reads."""

from __future__ import annotations

import numpy as np
import pytest

from nobat.engine.theatre import place_index, place_set, roads
from nobat.model.reach import Places, distances, reached
from nobat.scenario.routes import distance_km
from tests.small import small
from tests.theatre import theatre


def test_places_are_numbered_in_the_order_of_the_file() -> None:
    assert place_index(theatre()) == {name: k for k, name in enumerate(theatre().places)}
    assert place_set(theatre(), ["depot", "rear", "rear"]) == 0b101


def test_each_side_has_its_own_roads() -> None:
    scenario = theatre()
    number = place_index(scenario)
    ours, theirs = roads(scenario, "attacker"), roads(scenario, "defender")
    assert ours.km.size == sum(route.side != "defender" for route in scenario.routes.values())
    assert theirs.km.size == sum(route.side != "attacker" for route in scenario.routes.values())
    beside = place_set(scenario, ["rear", "ford"])
    assert theirs.neighbours[number["far_bank"]] == beside
    assert ours.neighbours[number["far_bank"]] == 0
    first = next(iter(scenario.routes.values()))
    assert (ours.a[0], ours.b[0]) == (number["depot"], number["camp"])
    assert ours.km[0] == distance_km(scenario, first)
    assert ours.kept[:2].tolist() == [0.98, 0.95]


def test_what_the_model_reaches_from_the_rear() -> None:
    scenario = theatre()
    number = place_index(scenario)
    theirs = roads(scenario, "defender")
    city = 1 << number["city"]
    held = place_set(scenario, ["depot", "camp"])
    assert int(reached(theirs.neighbours, number["rear"], held)) & city
    ring = place_set(scenario, ["depot", "camp", "village", "fort", "ford"])
    assert not int(reached(theirs.neighbours, number["rear"], ring)) & city
    km, kept = np.empty(len(number)), np.empty(len(number))
    distances(theirs, number["rear"], held, km, kept)
    assert km[number["city"]] == 13
    distances(theirs, number["rear"], place_set(scenario, ["village", "fort"]), km, kept)
    assert km[number["city"]] == 17.5


@pytest.mark.parametrize("side", ["attacker", "defender"])
def test_without_routes_there_are_no_roads(side: str) -> None:
    found = roads(small(), "attacker" if side == "attacker" else "defender")
    assert found.km.size == found.a.size == found.b.size == found.kept.size == 0
    assert found.neighbours.tolist() == [0]
    assert reached(found.neighbours, 0, Places(0)) == 1
