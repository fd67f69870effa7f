"""What a scenario's supplies come to, by hand and against the model's own step."""

from __future__ import annotations

import math

import pytest

from nobat.engine import cpu, plan, terms
from nobat.model import supply
from nobat.model.ledger import TRACE
from nobat.scenario import Scenario
from nobat.study.provision import provisions, way
from tests.small import small, whole


@pytest.fixture(scope="module")
def campaign() -> Scenario:
    return whole()


def test_a_way_takes_the_shortest_roads_of_its_side(campaign: Scenario) -> None:
    assert way(campaign, "attacker", "town") == (25.0, 1.0)  # by the mill, once it is taken
    assert way(campaign, "defender", "town") == (15.0, 1.0)
    longer = campaign.with_values({"routes.track.km": 22, "routes.lane.km": 10})
    assert way(longer, "attacker", "town") == (14.0, 0.9)  # the lane is raided
    cut = campaign.with_values({"routes.mill_road.side": "attacker",
                                "routes.bridge_road.side": "attacker"})  # fmt: skip
    assert way(cut, "defender", "town") == (math.inf, 0.0)


def test_a_scenario_without_routes_has_its_distance(campaign: Scenario) -> None:
    assert way(small(), "defender", "fort") == (10.0, 1.0)
    assert way(small(), "attacker", "fort") == (math.inf, 0.0)
    assert provisions(small()) == ()


def test_the_sums_are_those_of_the_model(campaign: Scenario) -> None:
    attacker, defender = provisions(campaign)
    for each, given in (
        (attacker, campaign.attacker.supply),
        (defender, campaign.defender.supply),
    ):
        assert given is not None
        numbers = terms.supply_terms(given)
        assert each.lift_t_per_day == pytest.approx(supply.lift(numbers, each.km, 1.0))
        for use in each.uses:
            assert use.culmination_km == pytest.approx(
                supply.culmination_km(numbers, use.use_t_per_day)
            )
    turns, committed = attacker.uses
    assert turns.use_t_per_day == pytest.approx((300 * 12 + 300 * 4) / 1000)
    assert committed.use_t_per_day == pytest.approx(600 * 12 / 1000)


def test_the_first_step_uses_what_the_sum_says(campaign: Scenario) -> None:
    """Everyone committed from the first hour: the stock falls by use less lift."""
    hourly = campaign.with_values({"run.step_h": 1, "routes.track.km": 120, "routes.lane.km": 120})
    course = cpu.trajectory(plan.build(hourly, "commit-all", expected=True), 1, 0).trace
    stock = course[:2, TRACE.index("stock_t")]
    given = hourly.attacker.supply
    assert given is not None
    lift = supply.lift(terms.supply_terms(given), 120.0, 0.9)  # as the lane is raided
    near = supply.lift(terms.supply_terms(given), 120.0, 1.0)
    used = (course[:2, TRACE.index("attacker_present")] * 12 / 1000) / 24
    falls = 20.0 - stock[0], stock[0] - stock[1]
    assert any(falls[0] == pytest.approx(7.2 / 24 - x / 24, rel=1e-9) for x in (lift, near))
    assert falls[1] == pytest.approx(used[0] - (7.2 / 24 - falls[0]), rel=1e-6)
