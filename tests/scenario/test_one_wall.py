"""The smallest shipped campaign: it can be solved exactly, wherever its numbers are turned."""

from __future__ import annotations

import pytest

from nobat.engine.exact.fit import unfit
from nobat.engine.exact.solve import solve
from nobat.scenario import Scenario, load, quantities

ENDS = {
    path: (quantity.low, quantity.high)
    for path, quantity, _ in quantities(load("one-wall"))
    if quantity.low is not None
}


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load("one-wall")


def test_no_doctrine_always_wins_and_none_never(scenario: Scenario) -> None:
    chances = [solve(scenario, name).means["secured"] for name in scenario.doctrines]
    assert all(0.1 < chance < 0.9 for chance in chances)
    assert max(chances) - min(chances) > 0.1


@pytest.mark.parametrize("path", ENDS)
def test_it_can_be_solved_wherever_a_number_is_turned(scenario: Scenario, path: str) -> None:
    for value in ENDS[path]:
        assert value is not None
        assert unfit(scenario.with_values({path: value}), list(scenario.doctrines)) == []


@pytest.mark.parametrize(
    "path",
    [
        "attacker.units[0].strength", "contact.frontage", "attrition.defender_rate",
        "counterattack.per_day", "breaking.layer.hazard_per_day", "defender.reserve",
        "contact.handover_contact", "places.keep.hold_h",
    ],
)  # fmt: skip
def test_what_can_be_turned_moves_the_chance(scenario: Scenario, path: str) -> None:
    one, other = (
        solve(scenario.with_values({path: value}), "rotate").means["secured"]
        for value in ENDS[path]
    )
    assert abs(one - other) > 0.01
