"""Steps 7 to 9: the defence recovers, strikes back, gives way and flees (MODEL 7, 8 and 11)."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from nobat.model import breaking, events, flight, ledger, luck, orders, sleep, state, works
from nobat.model.assault import at_stake
from nobat.model.compiled import piece, rare, scalar
from nobat.model.duty import OPERATING, RELIEVING, RESERVE
from nobat.model.luck import Address
from nobat.model.state import Desk, Plan, effect_of, front_of, taken
from nobat.model.upkeep import own_sleep, peaceful


@scalar
def happens(hazard: float, u: float, so_far: float, deterministic: bool) -> tuple[bool, float]:
    """Whether an event with this hazard over the step happens, and its integrated hazard so far.

    Random: with probability 1 - exp(-hazard). Deterministic: when the integral reaches 1.
    """
    if not deterministic:
        return u < hazard and u < -math.expm1(-hazard), 0.0
    so_far += hazard
    if so_far >= 1.0:
        return True, 0.0
    return False, so_far


@piece
def rebuild(plan: Plan, d: Desk, p: int) -> float:
    """Works and order of the standing layers of place p after this step; the material used, t."""
    place, layers, terms = d.places[p], d.layers, plan.rebuilding
    if not place.worn and place.strength <= 0.0:
        return 0.0
    front, end = place.front, place.end
    brought, used = 0.0 if place.cut else 1.0, 0.0
    most = terms.rebuild * terms.material * terms.cut_off_share
    if plan.defender.on and most > 0.0 and not place.cut:
        wanted = works.rebuilding_wanted(layers, front, end, terms, place.hindered)
        asked = wanted * terms.material * terms.cut_off_share
        if asked > place.spare:
            brought = place.spare / asked
        used = min(asked * brought * plan.step_d, place.stock)
        place.stock -= used
    works.recover_all(
        layers, front, end, terms, brought, place.strength, place.hindered, plan.step_d
    )
    place.worn = True
    return used


@piece
def reinforce(
    plan: Plan, at: Address, d: Desk, p: int, shared: int, row: NDArray[np.float64]
) -> None:
    """The reserve moves up to the layer in contact of place p, unless it is cut off.

    shared: the places of this stage that it goes to; each draws on it at an equal part of the rate.
    """
    if d.places[p].cut or d.now[state.RESERVE] <= 0.0:
        return
    front = front_of(d, p)
    layer = d.layers[front]
    delay = works.way_up(plan.rebuilding, d.places[p].km) * shared
    came = works.reinforcement(
        at, p, d.now[state.RESERVE], plan.garrison[front] - layer.garrison,
        d.places[p].hindered, delay, plan.step_d, plan.expected,
    )  # fmt: skip
    if came > 0.0:
        if plan.sleep.model != sleep.NONE and d.layers[front].apart:
            sleep.mix(d.sleepers, plan.strength.size + front, peaceful(plan), layer.garrison, came)
        layer.garrison += came
        fill_up(plan, d, front)
        d.now[state.RESERVE] -= came
        row[ledger.REINFORCEMENTS] += came
        events.note_at(d, at.step, events.REINFORCED, front, came, 0, p)


@piece
def fill_up(plan: Plan, d: Desk, layer: int) -> None:
    """Persons have come into a layer: it counts as whole with them, up to its establishment."""
    here = d.layers[layer]
    here.whole = max(here.whole, min(here.garrison, plan.garrison[layer]))


@piece
def retake_chance(plan: Plan, d: Desk, p: int, t: int) -> float:
    """Chance that a counter-attack at place p succeeds at step t.

    What attacks: the garrison in contact and, unless the place is cut off, the reserve. What
    holds: persons at posts, beyond the frontage too, by the share of them that is turned to this
    place; and those of reserve units that have stood in reserve for the reaction time. Both by
    effectiveness and supply.
    """
    u, fed = d.units, d.now[state.FED]
    attacking = 0.0 if d.places[p].cut else d.now[state.RESERVE]
    if not taken(d, p):
        front = front_of(d, p)
        attacking += d.layers[front].garrison * effect_of(d, front) * d.places[p].fed
    holding = 0.0
    for i in range(u.size):
        if u[i].duty == RESERVE:
            if t - u[i].in_reserve_from >= plan.counterattack.reserve_reaction:
                holding += u[i].strength * d.units[i].effect
        elif u[i].duty == OPERATING or u[i].duty == RELIEVING:
            holding += u[i].strength * d.units[i].effect * d.places[p].share
    return works.retake_probability(holding * fed, attacking, plan.counterattack.ratio)


@piece
def strike_back(plan: Plan, at: Address, d: Desk, p: int, row: NDArray[np.float64]) -> bool:
    """A counter-attack at place p, where a layer has been carried. Returns whether it succeeds."""
    places, t = d.places, at.step
    attempts = plan.counterattack.per_day * (1.0 - places[p].sigma) * plan.step_d
    if plan.deterministic:
        row[ledger.ATTEMPTS] += attempts
        hazard = attempts * retake_chance(plan, d, p, t)
        retaken, places[p].retaking = happens(hazard, 0.0, places[p].retaking, True)
    else:
        if not happens(attempts, places[p].luck[3], 0.0, False)[0]:
            return False
        row[ledger.ATTEMPTS] += 1.0
        success = luck.uniform(at, luck.RARE, 4 * p + luck.SUCCESS)
        retaken = success < retake_chance(plan, d, p, t)
        if not retaken:
            events.note_at(d, t, events.REPULSED, events.NOBODY, 0.0, 0, p)
    if retaken:
        retake(plan, d, p, t, row)
    return retaken


@rare
def retake(plan: Plan, d: Desk, p: int, t: int, row: NDArray[np.float64]) -> None:
    """The layer of place p carried last is the defender's again.

    Those who are put into it, and those who stay behind them, are whole: what they lose from now
    on counts, not that they are fewer than the establishment.
    """
    places, layers, front = d.places, d.layers, front_of(d, p)
    back = front - 1
    inside = not taken(d, p) and layers[front].garrison > breaking.NOBODY
    if plan.sleep.model != sleep.NONE:
        sleeper = own_sleep(plan, d, p, back)
        source = peaceful(plan)
        if inside and layers[front].apart:
            source = plan.strength.size + front
        sleep.copy(d.sleepers, source, sleeper)
        layers[back].effect = effect_of(d, front) if inside else d.now[state.PEACE]
    if inside:
        works.split(layers, front, not plan.expected)
        layers[front].whole = layers[front].garrison
    else:
        moved = 0.0 if places[p].cut else min(d.now[state.RESERVE], plan.garrison[back])
        layers[back].garrison = moved
        d.now[state.RESERVE] -= moved
    layers[back].whole, layers[back].stand = layers[back].garrison, False
    layers[back].works = plan.counterattack.retaken_works
    layers[back].order = plan.counterattack.retaken_order
    places[p].carried -= 1
    places[p].front -= 1
    places[p].worn = True
    places[p].breaking = 0.0
    row[ledger.LOST_AGAIN] += 1.0
    events.note_at(d, t, events.RETAKEN, back, layers[back].garrison, 0, p)


@piece
def give_way(plan: Plan, at: Address, d: Desk, p: int, row: NDArray[np.float64]) -> bool:
    """Whether the layer in contact of place p breaks in this step; what follows is done."""
    places, front = d.places, front_of(d, p)
    garrison, alone = d.layers[front].garrison, d.now[state.RESERVE] < breaking.NOBODY
    lost = breaking.loss_share(garrison, d.layers[front].whole)
    cut, leader = places[p].cut, d.now[state.LEADER]
    per_day = breaking.break_hazard(plan.limits, places[p].sigma, lost, cut, alone, leader)
    broke, places[p].breaking = happens(
        per_day * plan.step_d, places[p].luck[2], places[p].breaking, plan.deterministic
    )
    empty = garrison < breaking.NOBODY
    if not empty and (d.layers[front].stand or not broke):
        return False
    places[p].breaking = 0.0
    if not disperse(plan, at, d, p, row):
        d.layers[front].order *= plan.rebuilding.shock
        events.note_at(d, at.step, events.RALLIED, front, d.layers[front].garrison, 0, p)
        return False
    cause = put_down(plan, at, p, lost, cut, alone, leader, empty, row)
    events.note_at(d, at.step, events.BROKE, front, garrison, cause, p)
    places[p].carried += 1
    places[p].front += 1
    places[p].worn = True
    places[p].carried_at = at.step
    places[p].retaking = 0.0
    d.now[state.CARRIED_AT] = at.step
    d.now[state.DONE] = 1.0
    return True


@rare
def put_down(
    plan: Plan, at: Address, p: int, lost: float, cut: bool, alone: bool, leader: float,
    empty: bool, row: NDArray[np.float64],
) -> int:  # fmt: skip
    """Note what broke a layer: one cause, drawn; in the mean field each cause's share of it.

    Returns the cause, in the mean field the heaviest.
    """
    if empty:
        row[ledger.BREAKS + breaking.ANNIHILATION] += 1.0
        return breaking.ANNIHILATION
    if plan.expected:
        own, losses, isolation, led = breaking.cause_shares(plan.limits, lost, cut, alone, leader)
        rest = 1.0 - own - losses - isolation - led
        row[ledger.BREAKS + breaking.PRESSURE] += own
        row[ledger.BREAKS + breaking.LOSSES] += losses
        row[ledger.BREAKS + breaking.ISOLATION] += isolation
        row[ledger.BREAKS + breaking.LEADER] += led
        row[ledger.BREAKS + breaking.NO_RESERVE] += rest
        heaviest = max(own, losses, isolation, led, rest)
        if heaviest == own:
            return breaking.PRESSURE
        if heaviest == losses:
            return breaking.LOSSES
        if heaviest == isolation:
            return breaking.ISOLATION
        return breaking.LEADER if heaviest == led else breaking.NO_RESERVE
    reason = luck.uniform(at, luck.RARE, 4 * p + luck.CAUSE)
    cause = breaking.break_cause(plan.limits, lost, cut, alone, leader, reason)
    row[ledger.BREAKS + cause] += 1.0
    return cause


@piece
def open_way(plan: Plan, d: Desk, p: int) -> bool:
    """Whether those inside place p can leave: the corridor is open, and leads to a refuge."""
    return plan.flight.on and d.now[state.CORRIDOR] == orders.OPEN and d.places[p].way


@rare
def disperse(plan: Plan, at: Address, d: Desk, p: int, row: NDArray[np.float64]) -> bool:
    """The survivors of a broken layer leave, fall back, fight on or surrender (MODEL 11).

    Returns whether the layer is given up: of those in a core with no way out a share fights on in
    it, to the last.
    """
    places, layers, front = d.places, d.layers, front_of(d, p)
    survivors, core = layers[front].garrison, front == places[p].end - 1
    leaving, staying, surrendering = 0.0, survivors, 0.0
    way = open_way(plan, d, p)
    if plan.flight.on and survivors > 0.0:
        u = 0.5 if plan.expected else luck.uniform(at, luck.RARE, 4 * p + luck.FLIGHT)
        leaving, staying, surrendering = flight.after_break(
            survivors, way, plan.flight.leave_share, plan.flight.fight_on_share, u, plan.expected
        )
    places[p].leaving += leaving
    fights_on = core and plan.flight.on and not way and staying >= breaking.NOBODY
    if core and not fights_on:
        surrendering, staying = surrendering + staying, 0.0
    if d.log.shape[0] > 0:
        falling_back = 0.0 if core else staying
        events.parting(d.log, d.now, at.step, front, falling_back, leaving, surrendering, p)
    row[ledger.SURRENDERED] += surrendering
    if fights_on:
        layers[front].garrison, layers[front].stand = staying, True
        return False
    layers[front].garrison = 0.0
    if not core:
        fall_back(plan, d, p, front, staying)
    return True


@piece
def fall_back(plan: Plan, d: Desk, p: int, front: int, staying: float) -> None:
    """Those who stay fall back through the next layer, shaking it and the one behind it."""
    layers, behind = d.layers, front + 1
    if plan.sleep.model != sleep.NONE and staying > 0.0:
        moved = plan.strength.size + front if layers[front].apart else peaceful(plan)
        sleep.mix(
            d.sleepers, own_sleep(plan, d, p, behind), moved, layers[behind].garrison, staying
        )
    layers[behind].garrison += staying
    fill_up(plan, d, behind)
    layers[behind].order *= plan.rebuilding.shock
    if behind + 1 < d.places[p].end:
        layers[behind + 1].order *= math.sqrt(plan.rebuilding.shock)


@rare
def flee(plan: Plan, at: Address, d: Desk, p: int, row: NDArray[np.float64]) -> None:
    """Defenders on their way out of place p leave by night.

    Where the way is closed, those still inside take part in the fight again, or surrender once
    the core has fallen.
    """
    places = d.places
    if not open_way(plan, d, p):
        given_up = taken(d, p)
        kind = events.SURRENDERED if given_up else events.TURNED_BACK
        events.note_at(d, at.step, kind, events.NOBODY, places[p].leaving, 0, p)
        if given_up:
            row[ledger.SURRENDERED] += places[p].leaving
        else:
            d.layers[front_of(d, p)].garrison += places[p].leaving
            fill_up(plan, d, front_of(d, p))
        places[p].leaving = 0.0
        return
    u, v = 0.5, 0.5
    if not plan.expected:
        u, v, _, _ = luck.four(at, luck.LEAVING, p)
    hours = 24.0 * plan.step_d
    hour = ((at.step - 1) % plan.day) * hours
    gone = flight.departing(places[p].leaving, hour, hours, plan.flight.nights, u, plan.expected)
    if gone <= 0.0:
        return
    hit = flight.hit_while_leaving(
        gone, plan.flight.fleeing_loss_share,
        plan.policies.spare_fleeing[int(d.now[state.FIRE])], v, plan.expected,
    )  # fmt: skip
    places[p].leaving -= gone
    row[ledger.DEFENDER_LOSSES] += hit
    row[ledger.ESCAPED] += gone - hit
    events.note_at(d, at.step, events.LEFT, events.NOBODY, gone - hit, int(hit), p)


@piece
def recover(plan: Plan, at: Address, d: Desk, row: NDArray[np.float64]) -> None:
    """Steps 7 and 9 at every place: works and order recover, and who can and will leaves it."""
    corridor = plan.flight.on and d.now[state.CORRIDOR] == orders.OPEN
    used, left = 0.0, 0.0
    for p in range(plan.hold.size):
        place = d.places[p]
        if place.front < place.end:
            used += rebuild(plan, d, p)
            if corridor and place.way:
                going = place.residents * (1.0 - plan.flight.residents_stay)
                place.residents -= going
                left += going
        if place.leaving > 0.0:
            flee(plan, at, d, p, row)
    row[ledger.DEFENDER_USED] += used
    row[ledger.RESIDENTS_LEFT] += left


@piece
def answer(plan: Plan, at: Address, d: Desk, row: NDArray[np.float64]) -> None:
    """Steps 7 to 9: recovery at every place, the rest at the objectives in play."""
    recover(plan, at, d, row)
    t, stages, stage = at.step, plan.stages, int(d.now[state.STAGE])
    shared = 0
    for k in range(stages.first[stage], stages.first[stage + 1]):
        if not taken(d, stages.objective[k]):
            shared += 1
    for k in range(stages.first[stage], stages.first[stage + 1]):
        p = stages.objective[k]
        if not at_stake(plan, d, p, t):
            continue
        if not taken(d, p):
            reinforce(plan, at, d, p, shared, row)
        retaken = d.places[p].carried > 0 and strike_back(plan, at, d, p, row)
        assault = d.places[p].engaged > 0.0 and d.now[state.POSTURE] != orders.HOLD
        changed = retaken and d.places[p].front == d.places[p].end - 1
        if assault and not retaken and give_way(plan, at, d, p, row):
            changed = taken(d, p)
        if changed:
            d.now[state.CHANGED] = 1.0
