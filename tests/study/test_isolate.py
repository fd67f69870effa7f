"""What isolates the city of a theatre: the sets, the plan, the budget, and their words."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from nobat.model.reach import Places, reached
from nobat.scenario import Scenario, ScenarioError
from nobat.study.isolate import hold_persons, isolate, network_of
from nobat.study.isolation import Isolation
from nobat.theory.isolation import Item
from tests.small import small
from tests.theatre import theatre

SCENARIO = theatre()
ANSWER = isolate(SCENARIO)
RING = ("ford", "fort", "village")


def told(answer: Isolation) -> str:
    """What it shows, in one line."""
    return " ".join(str(answer).split())


def test_the_cheapest_set_is_the_ring_around_the_city() -> None:
    best = ANSWER.cheapest
    assert best is not None
    assert (best.places, best.routes, best.persons) == (RING, (), 160 + 150 + 100)
    assert best.with_the_city == ("border",)
    assert best.refuges == best.beyond_reach == ()
    assert (ANSWER.now.ways, ANSWER.now.km) == (3, 13)
    assert ANSWER.now.over == ("rear", "village", "city")


def test_of_equal_sets_the_one_within_reach_comes_first() -> None:
    second = ANSWER.sets[1]
    assert second.persons == ANSWER.sets[0].persons
    assert second.places == ("far_bank", "fort", "village")
    assert second.beyond_reach == ("far_bank",)
    unknown = isolate(theatre({"attacker.rear": None}))
    assert not any(one.beyond_reach for one in unknown.sets)


def test_where_the_cheapest_is_beyond_reach_the_next_is_told() -> None:
    answer = isolate(theatre({"places.far_bank.hold_persons": 20}))
    assert answer.cheapest is not None
    assert answer.cheapest.places == ("far_bank", "fort", "village")
    said = "through the city, or not at all; the cheapest set within his reach is to hold The ford"
    assert said in answer.sentence()
    alone = isolate(theatre({"places.far_bank.hold_persons": 20}), within=0)
    assert alone.sentence().endswith("no set listed here is within his reach.")


def test_a_way_out_is_told() -> None:
    answer = isolate(SCENARIO, places=False)
    assert {one.refuges for one in answer.sets} == {(), ("far_bank",)}
    for one in answer.sets:
        assert ("far_bank" in one.with_the_city) == ("upper_boats" in one.routes)
    assert "to far_bank" in told(answer)


def test_every_set_isolates_by_the_models_own_reach() -> None:
    """And none does without one of its items: the kernel's bits against the lists of names."""
    names = list(SCENARIO.places)

    def isolated(places: set[str], routes: set[str]) -> bool:
        held = places | {n for n, place in SCENARIO.places.items() if place.held_by == "attacker"}
        neighbours = [0] * len(names)
        for name, route in SCENARIO.routes.items():
            if name not in routes and route.serves("defender"):
                one, other = map(names.index, route.ends)
                neighbours[one] |= 1 << other
                neighbours[other] |= 1 << one
        blocked = sum(1 << names.index(name) for name in held)
        found = reached(np.array(neighbours, np.uint64), names.index("rear"), Places(blocked))
        return not int(found) >> names.index("city") & 1

    assert len(ANSWER.sets) > 5
    for one in ANSWER.sets:
        places, routes = set(one.places), set(one.routes)
        assert isolated(places, routes)
        assert not any(isolated(places - {name}, routes) for name in places)
        assert not any(isolated(places, routes - {name}) for name in routes)


def test_the_list_is_bounded_and_says_so() -> None:
    persons = [one.persons for one in ANSWER.sets]
    assert persons == sorted(persons)
    assert persons[-1] <= persons[0] * 1.25
    assert ANSWER.complete
    short = isolate(SCENARIO, most=2)
    assert [one.persons for one in short.sets] == persons[:2]
    assert not short.complete
    assert "The 2 cheapest sets (more)" in told(short)
    assert len(isolate(SCENARIO, within=1).sets) > len(persons)
    assert {one.persons for one in isolate(SCENARIO, within=0).sets} == {persons[0]}


def test_what_it_takes_to_hold_a_place() -> None:
    places = SCENARIO.places
    assert hold_persons(places["fort"]) == 160
    assert hold_persons(places["ford"]) == 100  # its garrison is smaller
    assert hold_persons(places["border"]) == 100
    assert hold_persons(theatre({"places.fort.hold_persons": 30}).places["fort"]) == 30


def test_the_rear_the_city_and_what_is_held_already_are_not_picked() -> None:
    network = network_of(SCENARIO)
    items = {item.id for item in network.costs if item.kind == "place"}
    assert items == {"village", "fort", "ford", "far_bank", "border"}
    assert {link.id for link in network.links}.isdisjoint({"desert", "track", "south", "west"})
    assert network.costs[Item("route", "border_road")] == 100
    assert network.costs[Item("route", "quay")] == 250
    held = isolate(theatre({"places.far_bank.holder": "attacker"}))
    assert held.cheapest is not None
    assert held.cheapest.places == ("fort", "village")


def test_the_plan_isolates_before_it_assaults() -> None:
    assert (ANSWER.plan.stages, ANSWER.plan.isolates) == (1, True)
    assert ANSWER.plan.needed == RING
    assert ANSWER.plan.left.persons == 410
    assert "it takes ford, fort, village (410 persons to hold); that isolates it" in told(ANSWER)


def test_a_plan_that_leaves_a_way_is_told_which() -> None:
    answer = isolate(theatre({"routes.border_road.between": ["rear", "city"]}))
    assert not answer.plan.isolates
    assert answer.plan.needed == ()
    assert (answer.plan.left.ways, answer.plan.left.km) == (1, 8)
    assert "that does not isolate it: 1 way; the shortest is 8 km, rear - city" in told(answer)


def test_a_plan_with_one_to_spare_is_told_which_are_enough() -> None:
    answer = isolate(theatre({"routes.upper_boats.side": "attacker"}))
    assert answer.plan.needed == ("fort", "village")
    assert "that isolates it, and fort, village would be enough" in told(answer)


def test_a_plan_of_one_stage_takes_nothing_before(tmp_path: Any) -> None:
    plan = [{"objectives": ["village", "fort", "ford", "city"]}]
    answer = isolate(theatre({"plan": plan, "places.rear.holder": "nobody"}))
    assert answer.plan.stages == 0
    assert answer.city == ("village", "fort", "ford", "city")
    assert "takes nothing before The village, The fort, The ford and The city" in told(answer)
    assert answer.cheapest is not None
    assert not set(answer.cheapest.places) & set(answer.city)


def test_a_budget_that_is_enough_says_so() -> None:
    answer = isolate(SCENARIO, budget=410)
    assert answer.fewest_ways is answer.longest_way is None
    assert "410 persons are enough" in told(answer)


def test_a_budget_that_is_too_small_does_what_it_can() -> None:
    answer = isolate(SCENARIO, budget=300)
    assert answer.fewest_ways is not None
    assert answer.longest_way is not None
    assert (answer.fewest_ways.ways, answer.fewest_ways.persons) == (1, 250)
    assert (answer.longest_way.km, answer.longest_way.persons) == (18, 250)
    text = told(answer)
    assert "300 persons are not enough fewest ways left and longest detour: hold ford, vil" in text
    nothing = isolate(SCENARIO, budget=99)
    assert nothing.fewest_ways is not None
    assert (nothing.fewest_ways.ways, nothing.fewest_ways.persons) == (3, 0)
    assert "99 persons are not enough, and change nothing" in told(nothing)


def test_fewest_ways_and_longest_detour_can_differ() -> None:
    far = {"routes.river_road.km": 100, "routes.back_road.km": 100, "places.ford.hold_persons": 250}
    answer = isolate(theatre({**far, "places.far_bank.hold_persons": 250}), budget=310)
    assert answer.fewest_ways is not None
    assert answer.longest_way is not None
    assert answer.fewest_ways.ways < answer.longest_way.ways
    assert (answer.fewest_ways.km or 0) < (answer.longest_way.km or 0)
    text = told(answer)
    assert "fewest ways left: hold fort, village" in text
    assert "longest detour: hold" in text


def test_what_nothing_can_cut() -> None:
    direct = theatre({"routes.border_road.between": ["rear", "city"]})
    answer = isolate(direct, routes=False, budget=10_000)
    assert answer.cheapest is None
    assert answer.sets == ()
    assert answer.sentence() == (
        "No set of places isolates The city from The rear: a way over The rear and The city has "
        "nothing that can be picked."
    )
    assert answer.fewest_ways is not None
    assert answer.fewest_ways.ways == 1
    assert "cut off with the city" not in told(answer)


def test_a_city_that_is_isolated_from_the_start() -> None:
    cut = {f"routes.{name}.side": "attacker" for name in ("river_road", "back_road", "upper_boats")}
    answer = isolate(theatre(dict(cut)), budget=0)
    assert answer.isolated
    assert answer.cheapest is not None
    assert answer.cheapest.persons == 0
    assert "is isolated from The rear from the start" in answer.sentence()
    assert "0 persons are enough" in told(answer)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"places": False, "routes": False}, "places: nothing may be picked"),
        ({"budget": -1}, "budget: -1 is not a whole number of persons, 0 or more"),
        ({"budget": 2.5}, "budget: 2.5 is not a whole number"),
        ({"within": -0.1}, "within: -0.1 is not a share: 0 or more"),
        ({"within": float("nan")}, "within: .nan is not a share"),
        ({"most": 0}, "most: 0 is not a whole number, 1 or more"),
    ],
)
def test_what_is_refused(options: dict[str, Any], said: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        isolate(SCENARIO, **options)
    assert str(caught.value).startswith(said)


def test_scenarios_that_cannot_be_asked() -> None:
    with pytest.raises(ScenarioError, match="routes: there are none: without routes nothing is"):
        isolate(small())
    at_home = theatre({"defender.rear": "city"})
    with pytest.raises(ScenarioError, match="it cannot be cut off from itself"):
        isolate(at_home)
    name: Any = "theatre"
    with pytest.raises(TypeError, match=r"nobat\.load\('theatre'\) gives one"):
        isolate(name)


def plain(answer: Isolation) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(answer.to_json(), allow_nan=False))
    return found


@pytest.mark.parametrize(
    "scenario", [SCENARIO, theatre({"routes.border_road.between": ["rear", "city"]})]
)
def test_it_is_json(scenario: Scenario) -> None:
    answer = isolate(scenario, budget=300, routes=False)
    found = plain(answer)
    assert found == answer.to_json()
    assert found["scenario"] == "theatre"
    assert found["sentence"] == answer.sentence()
    assert len(found["sets"]) == len(answer.sets)
    assert found["plan"]["isolates"] == answer.plan.isolates


def test_it_shows_itself_in_a_notebook_and_at_any_width() -> None:
    assert repr(ANSWER) == str(ANSWER.table())
    assert ANSWER._repr_html_().startswith("<pre")
    assert max(map(len, str(ANSWER).splitlines())) <= 100
