"""Sections that may be left out: what absence means, and what they must agree on with the rest."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from nobat.scenario import Scenario, ScenarioError, load
from nobat.scenario.checks import cross_checks
from nobat.scenario.scenario import shape
from nobat.scenario.words import path_text
from tests.scenario.given import PLAIN, STARTER, changed, complaint, line_of, replaced

SIDES = ("attacker", "defender")
SMALL = Path(__file__).parent.parent / "small.yaml"


def found(data: Any) -> list[str]:
    return [f"{path_text(where)}: {text}" for where, text in cross_checks(data, shape())]


def with_side(side: str, **fields: Any) -> dict[str, Any]:
    """The plain data of `full.yaml` with fields of a side replaced; None takes one away."""
    kept = {**PLAIN[side], **fields}
    return changed([side], {name: value for name, value in kept.items() if value is not None})


def test_without_the_sections_nobody_tires_runs_dry_errs_or_leaves() -> None:
    small = load(SMALL)
    assert small.sleep.model == "none"
    assert (small.attacker.supply, small.defender.supply) == (None, None)
    assert (small.fire, small.flight) == (None, None)
    assert small.breaking.layer.isolated_weight.value == 0
    assert all(each.corridor == "open" for each in small.doctrines.values())


def test_a_sleep_section_means_a_model_of_sleep_unless_it_says_otherwise() -> None:
    kept = {name: value for name, value in PLAIN.items() if name != "sleep"}
    absent = Scenario.model_validate(kept).sleep
    empty = Scenario.model_validate({**kept, "sleep": {}}).sleep
    assert (absent.model, empty.model) == ("none", "safte")
    assert empty.model_copy(update={"model": "none"}) == absent
    hours = {name: each["value"] for name, each in empty.model_dump().items() if name != "model"}
    assert hours == {
        "bedtime_h": 23, "floor": 0.35, "operating_h": 5, "reserve_h": 7, "rest_h": 9,
        "commit_all_h": 4, "handover_h": 3, "spent_h": 9, "pressed_h": 3, "peace_h": 7,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "bedtime_h: 22",
            "bedtime_h: 24",
            "sleep.bedtime_h (line @): 24 is not an hour of the clock: 0 or more, below 24 hours",
        ),
        (
            "model: three_process",
            "model: saft",
            "sleep.model (line @): 'saft' is not allowed; did you mean safte? (allowed: none, "
            "safte, three_process)",
        ),
        (
            "payload_t: 5",
            "payload_t: 0",
            "attacker.supply.payload_t (line @): 0 is not allowed here: above 0 tonnes",
        ),
        (
            "unit: kg per person and day",
            "unit: kg",
            "attacker.supply.fight_kg.unit (line @): 'kg' is not a unit of this field (units: kg "
            "per person per day, kg per person and day)",
        ),
        (
            "  stock_t: 90",
            "  stock: 90",
            "attacker.supply.stock (line @): no such field; did you mean stock_t? (fields: "
            "stock_t, trucks, availability, payload_t, hours_per_day, speed_km_h, delay_h, "
            "own_use_t_per_h, fight_kg, quiet_kg, dry_factor, dry_days_to_abandon)",
        ),
        (
            "free: {criterion: -0.5}",
            "free: {criterion: .inf}",
            "fire.policies.free.criterion (line @): .inf is not a finite number",
        ),
        (
            "fire: restrained",
            "fire: restraint",
            "doctrines.mixed.fire (line @): 'restraint' is not a fire policy; did you mean "
            "restrained? (policies: free, restrained)",
        ),
        (
            "fire: free, corridor",
            "fire: fre, corridor",
            "doctrines.mixed.rules[2].fire (line @): 'fre' is not a fire policy; did you mean "
            "free? (policies: free, restrained)",
        ),
        (
            "corridor: closed",
            "corridor: shut",
            "doctrines.mixed.corridor (line @): 'shut' is not allowed (allowed: open, closed)",
        ),
        (
            "residents_leave_per_day: 0.05",
            "residents_leave_per_day: 1.5",
            "flight.residents_leave_per_day (line @): 1.5 is not a share: 0 to 1",
        ),
    ],
)
def test_each_problem_in_its_words(tmp_path: Path, old: str, new: str, words: str) -> None:
    words = words.replace("@", str(line_of(old)))
    assert complaint(tmp_path / "x.yaml", replaced(old, new)) == words


def test_what_only_an_absent_section_could_carry_out_is_refused() -> None:
    kept = {name: value for name, value in PLAIN.items() if name not in ("fire", "flight")}
    assert found(kept) == [
        "doctrines.mixed.fire: 'restrained' has no effect: there is no section fire",
        "doctrines.mixed.corridor: closed has no effect: there is no section flight",
        "doctrines.mixed.rules[2].fire: 'free' has no effect: there is no section fire",
    ]
    assert found(changed(["fire"], None)) == [each for each in found(kept) if "closed" not in each]


def unrouted(**sides: Any) -> dict[str, Any]:
    """The plain data of `full.yaml` without routes: rears at 30 km, unless a side says more."""
    km = {"rear": None, "rear_km": 30}
    both = {side: with_side(side, **(km | sides.get(side, {})))[side] for side in SIDES}
    return {**PLAIN, "routes": {}, **both}


@pytest.mark.parametrize("side", SIDES)
def test_without_routes_a_rear_is_a_distance(side: str) -> None:
    assert found(unrouted()) == []
    assert found(unrouted(**{side: {"rear_km": None}})) == [
        f"{side}.rear_km: is missing: where the {side}'s rear is, its distance, km"
    ]
    place = unrouted(**{side: {"rear": "north", "rear_km": None}})
    text = f"{side}.rear: there are no routes to it: give rear_km, its distance, or routes"
    assert text in found(place)
    both = unrouted(**{side: {"rear": "north"}})
    assert f"{side}.rear_km: rear and rear_km cannot both be given" in found(both)


def test_with_routes_a_rear_is_a_place() -> None:
    routes = {"road": {"between": ["north", "south"], "km": 10}}
    text = "attacker.rear_km: there are routes: give rear, the place that they lead to"
    assert text in found({**unrouted(), "routes": routes})
    neither = unrouted(attacker={"rear_km": None})
    text = "attacker.rear: is missing: where the attacker's rear is, its place"
    assert text in found({**neither, "routes": routes})


def test_rears_at_places_load_and_can_be_set() -> None:
    data = unrouted(
        attacker={"rear": "camp", "rear_km": None}, defender={"rear": "home", "rear_km": None}
    )
    bases = {name: {"title": name, "kind": "base"} for name in ("camp", "depot")}
    data["places"] = {**PLAIN["places"], **bases, "home": {"title": "Home", "kind": "rear"}}
    data["places"]["beyond"] = {"title": "Beyond", "kind": "refuge"}
    joined = [("camp", "south"), ("depot", "south"), ("north", "south"), ("east", "north")]
    roads = [*joined, ("home", "east")]
    data["routes"] = {f"r{i}": {"between": list(ends), "km": 5} for i, ends in enumerate(roads)}
    routed = Scenario.model_validate(data)
    assert (routed.attacker.rear, routed.defender.rear) == ("camp", "home")
    assert Scenario.model_validate(routed.canonical()) == routed
    assert routed.with_values({"attacker.rear": "depot"}).attacker.rear == "depot"
    with pytest.raises(ScenarioError, match=r"attacker\.rear \(--set\): 'depo' is not a place"):
        routed.with_values({"attacker.rear": "depo"})
    with pytest.raises(ScenarioError, match=r"defender\.rear \(--set\): is missing: where the"):
        routed.with_values({"defender.rear": None})


def test_without_supply_an_attacker_needs_no_rear() -> None:
    assert found(unrouted(attacker={"rear_km": None, "supply": None})) == []


def test_a_mistyped_rear_is_not_missing_as_well() -> None:
    # The unknown field is reported by its own error.
    assert found(unrouted(defender={"rear_km": None, "rear_kms": 30})) == []


def test_the_starter_shows_every_section_ready_to_be_switched_on(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    head, body = STARTER.split("\nplaces:")
    # What can be switched on begins in lower case, sentences with a capital.
    on = re.sub(r"(?m)^( *)# (?=[a-z -])", r"\1", body)
    on = on.replace("rear_km: 60", "rear: base_camp")
    on = on.replace("rear_km: {value: 20, low: 2, high: 60}", "rear: depot")
    orders = "    start: rotate\n    fire: restrained\n    corridor: closed\n"
    path.write_text(head + "\nplaces:" + on.replace("    start: rotate\n", orders))
    scenario = load(path)
    assert scenario.sleep.model == "safte"
    assert None not in (scenario.attacker.supply, scenario.fire, scenario.flight)
    assert None not in (scenario.homecoming, scenario.recurrence, scenario.reports)
    assert scenario.doctrines["rotate"].corridor == "closed"
    assert len(scenario.routes) == 4
    assert [stage.objectives for stage in scenario.plan] == [("mill",), ("hill_town",)]
