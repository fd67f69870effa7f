"""Setting values at paths: what is kept, what changes, what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nobat.scenario import Quantity, ScenarioError, quantities
from nobat.scenario.values import SET_NOTE, PathError, parse_path
from nobat.scenario.words import path_text
from tests.scenario.given import scenario

FULL = scenario()


def refusal(values: dict[str, Any]) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        FULL.with_values(values)
    assert all(problem.line is None for problem in caught.value.problems)
    return [str(problem) for problem in caught.value.problems]


def test_a_number_in_its_range_keeps_it_and_says_that_it_was_set() -> None:
    changed = FULL.with_values({"attacker.units[1].strength": 180})
    expected = Quantity(180.0, 100.0, 200.0, "persons", "assumed", (), SET_NOTE)
    assert changed.attacker.units[1].strength == expected
    same = FULL.with_values({"attacker.units[1].strength.value": 180})
    assert same == changed


def test_a_number_beyond_its_range_drops_it_and_its_source() -> None:
    changed = FULL.with_values({"places.north.layers.stack[1].garrison": 500})
    expected = Quantity(500.0, None, None, "persons", "assumed", (), SET_NOTE)
    assert changed.places["north"].layers.stack[1].garrison == expected


def test_the_fields_of_a_number_can_be_set() -> None:
    changed = FULL.with_values({"defender.reserve.low": 100, "defender.reserve.high": 400})
    reserve = changed.defender.reserve
    assert (reserve.value, reserve.low, reserve.high, reserve.note) == (300, 100, 400, "")
    assert refusal({"defender.reserve.low": 500}) == [
        "defender.reserve.low (--set): 500 is above the value, 300"
    ]


def test_defaults_can_be_set_too() -> None:
    values = {
        "works.shock": 0.2,
        "run.step_h": 0.5,
        "rotation.gapped.readiness_window_h": 48,
        "rotation.gapped.relief.strength_below": 0.5,
        "doctrines.turns.rotation": "gapped",
        "doctrines.mixed.rules[0].when": "day > 3",
        "places.south.hold_h": 24,
    }
    changed = FULL.with_values(values)
    assert changed.works.shock.value == 0.2
    assert changed.run.step_h == 0.5
    window = changed.rotation["gapped"].readiness_window_h
    assert window is not None
    assert window.note == SET_NOTE
    assert changed.policy_of("turns") is changed.rotation["gapped"]
    assert changed.doctrines["mixed"].rules[0].condition() == ("day", ">", 3)
    unset = changed.with_values({"rotation.gapped.readiness_window_h": None})
    assert unset.rotation["gapped"].readiness_window_h is None


@pytest.mark.parametrize(
    ("place", "count", "expected"),
    [
        ("north", 5, [100, 120, 140, 140, 140]),
        ("north", 1, [100]),
        ("north", 0, []),
        ("south", 2, [50, 50]),
        ("east", 4, [10, 20, 30, 30]),
    ],
)
def test_a_stack_stays_a_stack_when_its_count_changes(
    place: str, count: int, expected: list[float]
) -> None:
    layers = FULL.with_values({f"places.{place}.layers.count": count}).places[place].layers
    assert [layer.garrison.value for layer in layers.expanded()] == expected
    assert layers.stack == FULL.places[place].layers.stack


def test_whole_parts_can_be_set_in_any_way_of_writing() -> None:
    changed = FULL.with_values(
        {
            "places.north.layers": [{"garrison": 5}],
            "attrition.law": "guerrilla",
            "attrition.attacker_rate": 0.2,
            "attrition.defender_rate": {
                "anchor": {"loss_share_per_day": 0.1, "attackers": 10, "defenders": 20}
            },
            "contact.frontage": {"value": 700, "basis": "published", "source": "book"},
            "contested[0].bears_on": [],
        }
    )
    assert len(changed.places["north"].layers.expanded()) == 1
    assert changed.attrition.exponents() == (1, 0, 1, 1)
    assert changed.attrition.coefficients() == (0.2, 0.1 * 10 / (20 * 10))
    assert changed.contact.frontage.source == ("book",)


def test_an_unknown_path_is_answered_at_the_segment_that_is_wrong() -> None:
    assert refusal({"places.nort.layers.count": 9}) == [
        "places.nort (--set): no such field; did you mean north? (fields: north, south, east)"
    ]
    assert refusal({"doctrines.mixed.rules[7].when": "day > 1"}) == [
        "doctrines.mixed.rules[7] (--set): no such position (positions: [0] to [2])"
    ]
    assert refusal({"doctrines.turns.rules[0].when": "day > 1"}) == [
        "doctrines.turns.rules[0] (--set): no such position: the list is empty"
    ]
    assert refusal({"name.x": 1}) == ["name.x (--set): nothing lies below name, which is 'full'"]
    assert refusal({"a..b": 1})[0].startswith("'a..b' (--set): is not a path: ")


def test_the_same_checks_apply_and_all_problems_come_at_once() -> None:
    assert refusal({"rotation.thirds.posts": 9}) == [
        "rotation.thirds.posts (--set): 9 posts are more than the 6 units of the attacker"
    ]
    assert refusal({"contact.frontage": -4, "works.shok": 1, "run.seed": 3}) == [
        "contact.frontage (--set): -4 is not allowed here: above 0 persons",
        "works.shok (--set): no such field; did you mean shock? (fields: works_protection, "
        "order_protection, rebuild_per_day, wear_per_day, reorganise_h, shock, reinforce_h, "
        "material_t, cut_off_share)",
    ]
    assert refusal({"run.step_h": 5, "plan": 3}) == [
        "plan (--set): 3 stands here: a list is needed, `[...]` or a dash for each",
        "run.step_h (--set): 5 h does not divide a day: 24, 12, 8, 6, 4, 3, 2, 1, 0.5, ...",
    ]


def test_sections_that_may_be_left_out_are_set_like_any_other() -> None:
    changed = FULL.with_values(
        {
            "attacker.supply.stock_t": 12,
            "attacker.supply.dry_days_to_abandon": 3,
            "defender.supply": None,
            "sleep.model": "safte",
            "fire.policies.restrained.criterion": -1,
            "doctrines.turns.fire": "free",
            "doctrines.turns.corridor": "closed",
            "flight.nights": 0,
        }
    )
    supply = changed.attacker.supply
    assert supply is not None
    assert (supply.stock_t.value, supply.dry_days_to_abandon.value) == (12, 3)
    assert changed.defender.supply is None
    assert changed.fire is not None
    criterion = changed.fire.policies["restrained"].criterion
    assert (criterion.value, criterion.low, criterion.note) == (-1, None, SET_NOTE)
    turns = changed.doctrines["turns"]
    assert (turns.fire, turns.corridor) == ("free", "closed")
    with pytest.raises(ScenarioError) as caught:
        changed.with_values({"defender.supply.stock_t": 5})
    assert str(caught.value) == (
        "defender.supply.stock_t (--set): defender.supply is null: give the whole of it first"
    )


def test_the_scenario_itself_stays_as_it_was() -> None:
    before = FULL.canonical()
    FULL.with_values({"contact.frontage": 5, "places.north.layers": []})
    assert FULL.canonical() == before
    assert FULL.with_values({}) == FULL


@pytest.mark.parametrize("path", [path for path, _, _ in quantities(FULL)])
def test_every_number_can_be_set_to_what_it_is(path: str) -> None:
    value = {each: quantity.value for each, quantity, _ in quantities(FULL)}[path]
    changed = FULL.with_values({path: value})
    quantity = {each: quantity for each, quantity, _ in quantities(changed)}[path]
    assert (quantity.value, quantity.note) == (value, SET_NOTE)


SEGMENTS = st.one_of(
    st.from_regex(r"[A-Za-z_][A-Za-z0-9_-]{0,8}", fullmatch=True), st.integers(0, 999)
)


@given(st.from_regex(r"[A-Za-z_][a-z]{0,4}", fullmatch=True), st.lists(SEGMENTS))
def test_paths_are_written_as_they_are_read(first: str, rest: list[str | int]) -> None:
    location = (first, *rest)
    assert parse_path(path_text(location)) == location


@given(st.text())
def test_what_is_no_path_is_refused(text: str) -> None:
    try:
        found = path_text(parse_path(text))
    except PathError as error:
        found = error.path
    assert found
