"""Duties by the clock: written down once more, they are those of the campaign's own loop."""

from __future__ import annotations

import pytest

from nobat.engine.cpu import trajectory
from nobat.engine.exact import duties, situations
from nobat.engine.exact.duties import RESERVE, REST, SPENT, Memory, Unit
from nobat.engine.exact.numbers import Turns, read
from nobat.engine.plan import build
from nobat.model import duty
from nobat.model.ledger import LAYER_TRACE, TRACE
from nobat.scenario import Scenario
from tests.oracles.small_campaigns import DOCTRINE, campaigns

CODES = {
    "operating": duty.OPERATING, "relieving": duty.RELIEVING, "reserve": duty.RESERVE,
    "rest": duty.REST, "spent": duty.SPENT,
}  # fmt: skip
TURNS = Turns(
    posts=1, tour=4, rest=4, recovery=0, overlap=0, gap=0, window=None, stagger=8, first_phase=0,
    tour_over=True, operation_done=False, dispatch="longest_rested", handover="staggered",
    forgive_rest=False,
)  # fmt: skip


def peaceful(scenario: Scenario) -> Scenario:
    """The scenario without a loss or a break on either side, for longer."""
    return scenario.with_values(
        {
            "attrition.attacker_rate": 0, "attrition.defender_rate": 0,
            "breaking.layer.hazard_per_day": 0, "run.horizon_d": 10,
        }
    )  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2])
def test_they_are_those_of_the_loop(seed: int) -> None:
    seen = set()
    for scenario in map(peaceful, campaigns(40, seed)):
        given, plan = read(scenario, DOCTRINE), build(scenario, DOCTRINE)
        trace = trajectory(plan, 1, 0).trace
        first = len(TRACE) + len(LAYER_TRACE) * plan.garrison.size
        now = [situations.at_start(given)]
        remembered = situations.memory(given)
        for t, line in enumerate(trace, 1):
            now, orders = situations.ordered(given, now, t)
            units = now[0].units
            found = [CODES[unit.duty] for unit in units]
            assert found == line[first : first + len(units)].tolist(), (given.turns, t)
            seen |= {(unit.duty, orders[0].posture) for unit in units}
            if situations.tells_rest(given):
                owed = sum(duties.owed(unit, given.turns, t) for unit in units)
                assert owed * given.step_d == pytest.approx(line[TRACE.index("rest_debt_days")])
            now = situations.settled(given, remembered, now, t)
    assert {name for name, _ in seen} == {"operating", "relieving", "reserve", "rest"}
    assert {posture for _, posture in seen} == {"rotate", "commit_all", "hold", "pause"}


def test_a_spent_unit_comes_back_into_reserve_and_repays() -> None:
    unit = duties.spend(Unit("operating", began=1, debt=6), 3, 4)
    assert (unit.duty, unit.debt, duties.owed(unit, TURNS, 5)) == (SPENT, 6, 4)
    for t in (4, 5, 6):
        units, _ = duties.turn((unit,), TURNS, t, 0, False, False)
        assert units == (unit,)
    (back,), _ = duties.turn((unit,), TURNS, 7, 0, False, False)
    assert (back.duty, back.since, back.r, back.debt) == (RESERVE, 7, 3, 2)
    gone = duties.spend(unit, 3, duties.NEVER)
    assert duties.turn((gone,), TURNS, 10**6, 1, False, False)[0] == (gone,)


def test_what_makes_no_difference_is_wiped_out() -> None:
    forgets = Memory(tours=False, clocks=True, reaction=2, horizon=50)
    one = Unit("operating", began=8, age=3, r=2, due=9, since=4, handover_until=7, gap_until=5)
    two = Unit("operating", began=8)
    assert duties.settled((one,), TURNS, 9, forgets) == (two,)
    remembers = Memory(tours=True, clocks=True, reaction=2, horizon=50)
    assert duties.settled((one,), TURNS, 9, remembers) == (two._replace(r=2),)
    waits = Unit(RESERVE, r=-7, since=1), Unit(RESERVE, r=-5, since=5), Unit(REST, r=4, due=4)
    first, second, rests = duties.settled(waits, TURNS, 5, forgets)
    assert (first.r, second.r) == (duties.LONG_AGO, duties.LONG_AGO + 1)
    assert (first.since, second.since) == (duties.LONG_AGO, 5)
    assert rests == waits[2]
    late = Unit(SPENT, r=20, due=40), Unit(SPENT, r=20, due=30)
    assert duties.settled(late, TURNS, 25, forgets)[0] == Unit(SPENT, due=duties.NEVER)
    assert duties.settled(late, TURNS, 25, forgets)[1] == late[1]
