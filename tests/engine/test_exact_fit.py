"""Which scenarios are solved exactly, and what is said of the others: all of it at once."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from nobat.engine.exact.fit import MOST_STATES, states, unfit
from nobat.engine.exact.numbers import read
from nobat.engine.exact.solve import Campaign
from nobat.scenario import Scenario, load
from tests.tiny import busy, duel


def paths(scenario: Scenario, *doctrines: str) -> list[str]:
    return [problem.path for problem in unfit(scenario, doctrines or list(scenario.doctrines))]


def test_a_whole_campaign_is_refused_with_all_that_is_wrong() -> None:
    scenario = load("abu-kamal-2017")
    found = unfit(scenario, list(scenario.doctrines))
    told = [problem.path for problem in found]
    assert told == list(dict.fromkeys(told))
    assert set(told) >= {
        "plan", "plan[0].until", "routes", "attacker.supply", "defender.supply", "sleep.model",
        "fire", "flight", "recurrence", "attrition.suicide.attacks_per_day", "works.wear_per_day",
        "works.rebuild_per_day", "works.reorganise_h",
    }  # fmt: skip
    assert "sleep.model: safte is not solved exactly (allowed: none)" in map(str, found)


ONE_BY_ONE: list[tuple[Mapping[str, object], str, str]] = [
    ({"sleep.model": "safte"}, "sleep.model", "safte is not"),
    ({"run.events": "deterministic"}, "run.events", "deterministic is not"),
    (
        {"attrition.suicide.attacks_per_day": 0.1},
        "attrition.suicide.attacks_per_day", "0.1 suicide attacks",
    ),
    ({"works.works_protection": 0.5, "works.wear_per_day": 1}, "works.wear_per_day", "1 is not"),
    (
        {"works.works_protection": 0.5, "works.rebuild_per_day": 0.2,
         "places.fort.core.works": 0.5},
        "works.rebuild_per_day", "0.2 is not",
    ),
    ({"works.order_protection": 0.5}, "works.reorganise_h", "24 h is not"),
    ({"rotation.turns.dispatch": "strongest"}, "rotation.turns.dispatch", "strongest is not"),
    (
        {"rotation.turns.relief.strength_below": 0.5},
        "rotation.turns.relief.strength_below", "0.5 is not",
    ),
    (
        {"doctrines.go.rules": [{"when": "defender_order < 0.5", "posture": "hold"}]},
        "doctrines.go.rules[0].when", "'defender_order' is not",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("values", "path", "words"), ONE_BY_ONE)
def test_each_of_them_alone(values: Mapping[str, object], path: str, words: str) -> None:
    (problem,) = unfit(busy(values), ["go"])
    assert problem.path == path
    assert problem.message.startswith(words)
    assert "solved exactly (allowed: " in problem.message


def test_several_at_once() -> None:
    values = {path: value for given, _, _ in ONE_BY_ONE for path, value in given.items()}
    assert set(paths(busy(values))) == {path for _, path, _ in ONE_BY_ONE}


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"works.works_protection": 0.5},
        {"works.works_protection": 0.5, "works.rebuild_per_day": 3,
         "counterattack.retaken_works": 1},
        {"works.works_protection": 0.5, "works.rebuild_per_day": 3, "counterattack.per_day": 0},
        {"works.rebuild_per_day": 3, "works.wear_per_day": 3},
        {"works.order_protection": 0.5, "works.shock": 1, "counterattack.retaken_order": 1},
        {"works.order_protection": 0.5, "works.reorganise_h": 1e12},
        {"rotation.turns.dispatch": "freshest"},
        {"doctrines.go.rules": [{"when": "layers_carried >= 1", "posture": "commit_all"}]},
    ],
)  # fmt: skip
def test_what_stands_still_or_makes_no_difference_is_allowed(values: Mapping[str, object]) -> None:
    assert paths(busy(values)) == []


def test_only_the_doctrines_that_are_asked_for_count() -> None:
    rules = [{"when": "supply_days < 3", "posture": "hold"}]
    other = {"title": "Other", "start": "rotate", "rules": rules}
    scenario = busy({"doctrines": {"go": {"title": "Go", "start": "rotate"}, "other": other}})
    assert paths(scenario, "go") == []
    assert paths(scenario) == ["doctrines.other.rules[0].when"]


def test_a_size_is_told_before_anything_is_done() -> None:
    large = busy({"attacker.units": [{"name": "unit", "count": 3, "strength": 90}]})
    problem = unfit(large, ["go"])[0]
    count = states(read(large, "go"))
    assert count > MOST_STATES
    assert problem.path == "solver"
    assert f"about {count:,} states, {MOST_STATES:,} at most" in problem.message
    huge = busy({"attacker.units": [{"name": "unit", "count": 12, "strength": 400}]})
    assert "about 1e+33 states" in unfit(huge, ["go"])[0].message


def test_a_crowd_is_refused_even_where_states_are_few() -> None:
    crowd = duel({"attacker.units": [{"name": "crowd", "count": 1, "strength": 501}]})
    (problem,) = unfit(crowd, ["go"])
    assert problem.message == (
        "exact: 501 persons in one unit or layer, 500 at most: another solver"
    )


@pytest.mark.parametrize("back", [0, 1])
def test_no_more_states_than_were_told(back: float) -> None:
    for scenario in (duel(), busy({"counterattack.per_day": back})):
        campaign, most = Campaign(read(scenario, "go"), 0.0), 1
        while campaign.t < campaign.given.horizon:
            campaign.step()
            untracked = campaign.law.state % campaign.space.stride[campaign.space.whole]
            most = max(most, len(set(untracked.tolist())))
        assert most <= states(campaign.given)
