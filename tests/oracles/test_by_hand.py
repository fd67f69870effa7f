"""Campaigns simple enough for a pencil: what happens in which step (MODEL 2, 5, 7, 8, 15).

Nobody falls and a frontage of ten meets garrisons of fifty, so that every rate is a constant. With
deterministic events a hazard of x in a step brings its event in the first step in which the sum
reaches 1. The arithmetic is done here, from the scenario's plain numbers.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import accumulate, count

import numpy as np
import pytest

from nobat.engine import cpu
from nobat.engine.plan import build
from nobat.model.duty import SPENT
from nobat.model.outcome import index
from nobat.model.state import Plan
from tests.oracles.paired import Floats, course
from tests.small import small
from tests.statistics import FURTHEST, z_share

#: A step of four hours, in days.
STEP_D = 1 / 6
#: Suppression: 10 against 10, and P_half is 1.
SIGMA = 0.5
QUIET: dict[str, object] = {
    "contact": {"frontage": 10, "pressure_half": 1},
    "attrition.attacker_rate": 0,
    "attrition.defender_rate": 0,
    "attrition.suicide.attacks_per_day": 0,
    "breaking.layer": {"hazard_per_day": 0.41, "loss_weight": 0, "no_reserve_weight": 0},
    "counterattack.per_day": 0,
    "defender.reserve": 0,
    "run.events": "deterministic",
}


def plan_of(doctrine: str = "rotate", **values: object) -> Plan:
    """The quiet campaign, with other values: dots of a path are written as double underscores."""
    paths = {path.replace("__", "."): value for path, value in values.items()}
    return build(small().with_values(QUIET | paths), doctrine)


def outcome(plan: Plan, name: str) -> float:
    return float(cpu.simulate(plan, 1, 0, 1)[0, index(name)])


def changes(column: Floats) -> list[tuple[int, float]]:
    """The steps in which a column changes, from 1, and by how much."""
    gaps = np.diff(column, prepend=0.0)
    return [(int(t) + 1, float(gaps[t])) for t in np.flatnonzero(gaps)]


def first_above_one(hazards: Iterable[float]) -> int:
    """How many steps it takes until the sum of the hazards reaches 1."""
    return next(n for n, total in enumerate(accumulate(hazards), start=1) if total >= 1)


#: A layer breaks after so many steps under pressure: 0.41 a day, halved by suppression.
BREAK = math.ceil(1 / (0.41 * SIGMA * STEP_D))


def test_the_layers_break_one_after_the_other_and_the_core_is_held() -> None:
    assert BREAK == 30
    plan = plan_of()
    carried = changes(course(plan, 0)["layers_carried"])
    assert carried == [(30, 1), (60, 1), (90, 1)]
    assert outcome(plan, "day_core_taken") == pytest.approx(90 * STEP_D)
    assert outcome(plan, "day_secured") == pytest.approx(96 * STEP_D)  # held for 24 h: 6 steps


@pytest.mark.parametrize("hold_h", [0, 4, 48])
def test_the_hold_lasts_as_long_as_it_says(hold_h: int) -> None:
    plan = plan_of(places__fort__hold_h=hold_h)
    assert outcome(plan, "day_secured") == pytest.approx((90 + hold_h / 4) * STEP_D)


@pytest.mark.parametrize(("half", "sigma"), [(1, 1 / 2), (3, 1 / 4), (0.25, 4 / 5)])
def test_suppression_sets_the_pace(half: float, sigma: float) -> None:
    plan = plan_of(contact__pressure_half=half)
    assert course(plan, 0)["place_suppression"][0, 0] == pytest.approx(sigma)
    first, _ = changes(course(plan, 0)["layers_carried"])[0]
    assert first == math.ceil(1 / (0.41 * sigma * STEP_D))


def test_what_urges_a_layer_to_break() -> None:
    # Without a reserve exp(0.6) as fast; with half of the garrison missing exp(6/2).
    alone = plan_of(breaking__layer__no_reserve_weight=0.6)
    assert changes(course(alone, 0)["layers_carried"])[0] == (
        math.ceil(1 / (0.41 * SIGMA * STEP_D * math.exp(0.6))), 1,
    )  # fmt: skip
    helped = plan_of(breaking__layer__no_reserve_weight=0.6, defender__reserve=5)
    assert changes(course(helped, 0)["layers_carried"])[0] == (30, 1)


def test_what_a_break_is_put_down_to() -> None:
    # The hazard is h0 exp(0.6): exp(-0.6) of it is pressure's own, the rest for want of a reserve.
    values = QUIET | {"breaking.layer.no_reserve_weight": 0.6}
    plan = build(small().with_values(values), "rotate", expected=True)
    assert outcome(plan, "breaks_by_pressure") == pytest.approx(3 * math.exp(-0.6))
    assert outcome(plan, "breaks_by_no_reserve") == pytest.approx(3 * (1 - math.exp(-0.6)))


def test_a_layer_is_retaken_and_carried_again() -> None:
    # 0.62 a day, halved by suppression: 20 steps; then 30 more to carry it again.
    plan = plan_of(counterattack__per_day=0.62, counterattack__ratio=1e6)
    assert math.ceil(1 / (0.62 * (1 - SIGMA) * STEP_D)) == 20
    found = course(plan, 0)
    assert changes(found["layers_carried"]) == [(30, 1), (50, -1), (80, 1), (100, -1)]
    assert outcome(plan, "layers_lost_again") == 2
    # Survivors fell back; half of those in contact went forward again, to poor works and order.
    assert found["layer_garrison"][29].tolist() == [0, 100, 50]
    assert found["layer_garrison"][49].tolist() == [50, 50, 50]
    assert found["layer_works"][49, 0] == pytest.approx(0.4)
    assert found["layer_order"][49, 0] == pytest.approx(0.6)


def test_order_and_works_after_a_break() -> None:
    # A break shakes the next layer to 0.35 and the one behind it to its root. Order comes back at
    # 1 a day, half as fast under pressure; works at 0.5, worn by 0.5 x 10/1,000 a day.
    found = course(plan_of(), 0)
    order, works = found["layer_order"], found["layer_works"]
    assert order[29].tolist() == pytest.approx([1, 0.35, math.sqrt(0.35)])
    pressed, behind = (
        1 - 0.65 * math.exp(-0.5 * STEP_D),
        1 - (1 - math.sqrt(0.35)) * math.exp(-STEP_D),
    )
    assert order[30, 1:].tolist() == pytest.approx([pressed, behind])
    rebuild, wear = 0.5 * (1 - SIGMA), 0.5 * 10 / 1000
    level = rebuild / (rebuild + wear)
    left = level + (1 - level) * math.exp(-30 * (rebuild + wear) * STEP_D)
    assert works[29].tolist() == pytest.approx([left, 1, 1])


def retaken_after(hazards: Iterator[float]) -> int:
    """The step in which the first layer, carried in step 30, is the defender's again."""
    return BREAK + first_above_one(hazards)


def first_retaken(plan: Plan) -> int:
    return next(t for t, gap in changes(course(plan, 0)["layers_carried"]) if gap < 0)


def chance(holding: float, attacking: float, ratio: float) -> float:
    return 1 / (1 + (holding / (ratio * attacking)) ** 4)


@pytest.mark.parametrize("per_day", [3.3, 6.1])
@pytest.mark.parametrize(("doctrine", "held"), [("rotate", 200), ("commit-all", 600)])
def test_who_holds_against_a_counter_attack(doctrine: str, held: float, per_day: float) -> None:
    # 200 are at the posts, or all 600; 100 have fallen back into the layer in contact.
    plan = plan_of(
        doctrine, counterattack__per_day=per_day, counterattack__ratio=4,
        counterattack__reserve_reaction_h=2000,
    )  # fmt: skip
    each = per_day * (1 - SIGMA) * STEP_D * chance(held, 100, 4)
    assert first_retaken(plan) == retaken_after(each for _ in count())


@pytest.mark.parametrize("per_day", [1.3, 1.7, 2.1, 2.7, 3.3, 4.1])
def test_a_reserve_holds_once_it_has_had_time_to_react(per_day: float) -> None:
    # Without rest everyone who is not at a post is in reserve. Of the two posts one changes hands
    # in steps 7, 13, ..., 31, the other a step later; who has left one counts after eight hours.
    plan = plan_of(
        counterattack__per_day=per_day, counterattack__ratio=6,
        counterattack__reserve_reaction_h=8, rotation__turns__rest_h=0,
    )  # fmt: skip
    held = ({1: 500, 2: 400, 3: 500}.get(t % 6, 600) for t in count(BREAK + 1))
    each = (per_day * (1 - SIGMA) * STEP_D * chance(persons, 100, 6) for persons in held)
    assert first_retaken(plan) == retaken_after(each)


def test_the_reserve_at_the_rear_strikes_back_too() -> None:
    # 100 in contact and 100 at the rear against 200: at a ratio of 1 an even chance.
    plan = plan_of(
        counterattack__per_day=3.3, counterattack__ratio=1, defender__reserve=100,
        counterattack__reserve_reaction_h=2000,
    )  # fmt: skip
    each = 3.3 * (1 - SIGMA) * STEP_D * 0.5
    assert first_retaken(plan) == retaken_after(each for _ in count())


def fire(**values: object) -> Plan:
    """The mean field's campaign with fire, in which everybody of the first layer falls."""
    paths = {path.replace("__", "."): value for path, value in values.items()}
    loud = QUIET | {"attrition.attacker_rate": 40, "breaking.layer.hazard_per_day": 0}
    return build(small().with_values(loud | paths), "rotate", expected=True)


@pytest.mark.parametrize(("km", "speed"), [(10, 20), (240, 20), (240, 5)])
def test_reinforcements_come_up_at_their_rate(km: float, speed: float) -> None:
    # Each of 40 leaves at (1 - sigma) / (1.5 d + there and back); there is room for all of them.
    plan = fire(defender__reserve=40, defender__rear_km=km, defender__rear_speed_km_h=speed)
    found = course(plan, 0)
    hit = 40 * 10 * 0.09  # ten in contact; works and order stop all but 0.3 x 0.3
    fallen = 50 * (1 - math.exp(-hit * STEP_D / 50))
    assert found["defender_losses"][0] == pytest.approx(fallen)
    delay = 1.5 + 2 * km / speed / 24
    came = 40 * (1 - math.exp(-(1 - SIGMA) * STEP_D / delay))
    assert came < fallen
    assert found["defender_reserve"][0] == pytest.approx(40 - came)
    assert found["layer_garrison"][0, 0] == pytest.approx(50 - fallen + came)


def test_no_more_come_than_there_is_room_for() -> None:
    found = course(fire(attrition__attacker_rate=1, defender__reserve=400), 0)
    fallen = 50 * (1 - math.exp(-10 * 0.09 * STEP_D / 50))
    assert found["defender_reserve"][0] == pytest.approx(400 - fallen)
    assert found["layer_garrison"][0, 0] == pytest.approx(50)


def test_units_are_spent_at_their_quantiles() -> None:
    # All six at their posts lose alike: unit i is spent where -0.3 ln(1 - (i + 1/2)/6) is lost, and
    # back after 96 h. Ten defenders hit one in 600 who are there for 5/6 of the time.
    values = {"attrition.defender_rate": 6.0, "breaking.layer.hazard_per_day": 0,
              "breaking.abandon_share": 1}  # fmt: skip
    found = course(build(small().with_values(QUIET | values), "commit-all", expected=True), 0)
    present, strength, spent = 5 / 6, [100.0] * 6, [False] * 6
    for t in range(15):
        offered = sum(n * present for n, gone in zip(strength, spent, strict=True) if not gone)
        risk = 6 * 10 / offered * STEP_D
        strength = [
            n if gone else n * math.exp(-risk * present)
            for n, gone in zip(strength, spent, strict=True)
        ]
        limits = [1 + 0.3 * math.log(1 - (i + 0.5) / 6) for i in range(6)]
        spent = [
            gone or n / 100 <= limit for n, gone, limit in zip(strength, spent, limits, strict=True)
        ]
        assert found["unit_strength"][t].tolist() == pytest.approx(strength)
        assert (found["unit_duty"][t] == SPENT).tolist() == spent
    assert 2 <= sum(spent) < 6


def test_a_dry_force_gives_up_on_its_day() -> None:
    # 10 t, no truck: 600 persons use 12 kg at a post and 3 kg elsewhere. Then 48 h without.
    supply = {
        "stock_t": 10, "trucks": 0, "payload_t": 5, "hours_per_day": 12, "speed_km_h": 30,
        "delay_h": 6, "fight_kg": 12, "quiet_kg": 3, "dry_factor": 0.35, "availability": 1,
        "own_use_t_per_h": 0, "dry_days_to_abandon": 2,
    }  # fmt: skip
    values = {"attacker.supply": supply, "attacker.rear_km": 10}
    plan = build(small().with_values(QUIET | values), "rotate")
    found = course(plan, 0)
    use = (200 * 12 + 400 * 3) / 1000
    lasts = math.floor(10 / (use * STEP_D))
    assert found["stock_t"][lasts - 1] == pytest.approx(10 - lasts * use * STEP_D)
    factor = 0.35 + 0.65 * (10 - lasts * use * STEP_D) / (use * STEP_D)
    assert found["supply_factor"][lasts - 1 : lasts + 2].tolist() == pytest.approx(
        [1, factor, 0.35]
    )
    assert outcome(plan, "abandoned") == 1
    assert outcome(plan, "duration_d") == pytest.approx((lasts + 12) * STEP_D)


def test_who_is_on_which_duty() -> None:
    # Six units, two posts, 24 h on and 24 h off in steps of four hours: r = 0, -2, ..., -10 steps,
    # six of rest, so three are ready in the first step, and one more in steps 2, 4 and 6. In step 7
    # two tours are over, and one post at a time changes hands.
    found = course(plan_of(run__horizon_d=4), 0)
    assert (found["operating"] + found["reserve_units"] + found["rest"] == 6).all()
    assert found["operating"][:8].tolist() == [2] * 8
    assert found["reserve_units"][:8].tolist() == [1, 2, 2, 3, 3, 4, 3, 2]
    assert found["rest"][:8].tolist() == [3, 2, 2, 1, 1, 0, 1, 2]


def test_a_handover_weakens_the_line() -> None:
    # A front with room for all: two posts of 100, 5 h of sleep. The last eight hours of a tour are
    # a handover, one post at a time: both units sleep 3 h, and each fights with 0.4 of itself.
    plan = plan_of(contact__frontage=1000, rotation__turns__overlap_h=8)
    post, handing_over = 100 * (1 - 5 / 24), 2 * 0.4 * 100 * (1 - 3 / 24)
    expected = [2 * post] * 4 + [post + handing_over] * 2
    assert course(plan, 0)["contact"][:6].tolist() == pytest.approx(expected)


def test_half_of_a_garrison_missing_urges_it_to_break() -> None:
    # Mean field: 50 persons, of whom so many fall in each step; loss_weight 6.
    paths = QUIET | {"attrition.attacker_rate": 20, "breaking.layer.loss_weight": 6}
    found = course(build(small().with_values(paths), "rotate", expected=True), 0)
    persons, total, steps = 50.0, 0.0, 0
    works = order = 1.0
    while total < 1:
        hit = 20 * 10 * (1 - 0.7 * works) * (1 - 0.7 * order)
        facing = min(persons, 10)
        sigma = (10 / facing) / (10 / facing + 1)
        persons *= math.exp(-hit * STEP_D / persons)
        rebuild, wear = 0.5 * (1 - sigma), 0.5 * 10 / 1000
        level = rebuild / (rebuild + wear)
        works = level + (works - level) * math.exp(-(rebuild + wear) * STEP_D)
        total += 0.41 * sigma * math.exp(6 * (1 - persons / 50)) * STEP_D
        steps += 1
    assert steps < BREAK
    assert persons < 45
    assert changes(found["layers_carried"])[0] == (steps, 1)


@pytest.mark.parametrize(("half", "sigma"), [(3, 1 / 4), (0.25, 4 / 5)])
def test_reinforcements_come_up_slower_under_pressure(half: float, sigma: float) -> None:
    plan = fire(defender__reserve=40, contact__pressure_half=half)
    delay = 1.5 + 2 * 10 / 20 / 24
    came = 40 * (1 - math.exp(-(1 - sigma) * STEP_D / delay))
    assert course(plan, 0)["defender_reserve"][0] == pytest.approx(40 - came)


def test_counter_attacks_are_rarer_under_pressure() -> None:
    # P_half is 0.25: suppression 4/5, and a fifth of the attempts.
    plan = plan_of(
        contact__pressure_half=0.25, counterattack__per_day=6.2, counterattack__ratio=1e6,
        breaking__layer__hazard_per_day=0.2,
    )  # fmt: skip
    carried = math.ceil(1 / (0.2 * 4 / 5 * STEP_D))
    assert first_retaken(plan) == carried + math.ceil(1 / (6.2 / 5 * STEP_D))


def test_distance_kept_saves_from_suicide_attacks() -> None:
    # Holding keeps 2 km, which is the scale: exp(-1) as many attacks as at no distance.
    values = QUIET | {"attrition.suicide.attacks_per_day": 1, "attrition.defender_rate": 0}
    plan = build(small().with_values(values), "wait", expected=True)
    found = course(plan, 0)
    assert found["defender_losses"][0] == pytest.approx(math.exp(-1) * STEP_D)


def test_events_have_their_chance() -> None:
    # With luck: the first layer breaks on the first day with a chance of 1 - exp(-h).
    values = QUIET | {"run.events": "random", "run.horizon_d": 1,
                      "breaking.layer.hazard_per_day": 1.6}  # fmt: skip
    rows = cpu.simulate(build(small().with_values(values), "rotate"), 5, 0, 400)
    carried = int((rows[:, index("layers_carried")] >= 1).sum())
    # A break in an earlier step of the six leaves time for another: at least one counts.
    assert abs(z_share(carried, 400, 1 - math.exp(-1.6 * SIGMA))) < FURTHEST
