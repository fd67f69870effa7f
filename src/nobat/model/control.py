"""Steps 10 and 11: who holds what, what that cuts off, and how it ends (MODEL 1, 9 and 15)."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from nobat.model import events, ledger, observe, orders, reach, state, supply
from nobat.model.compiled import piece, rare
from nobat.model.state import Desk, Plan, spent_share, taken

#: Why the attacker gave up.
UNITS_SPENT, RUN_DRY = 0, 1
_ONE = np.uint64(1)


@piece
def held(plan: Plan, d: Desk) -> tuple[np.uint64, np.uint64]:
    """The nodes that the attacker holds now, and those that the defender does: bit masks."""
    attacker, defender = plan.theatre.attacker_held, plan.theatre.defender_held
    for p in range(plan.hold.size):
        node = _ONE << np.uint64(plan.theatre.node[p])
        if taken(d, p):
            attacker |= node
            defender &= ~node
        else:
            attacker &= ~node
            defender |= node
    return attacker, defender


@rare
def survey(plan: Plan, d: Desk, t: int, row: NDArray[np.float64]) -> None:
    """What can be reached from where, now that a place or the stage has changed.

    Sets for every place whether it is cut off, whether a refuge can be reached, its distance from
    the defender's rear and what that side's trucks can bring; and what the attacker's can.
    """
    if plan.theatre.routed:
        attacker, defender = held(plan, d)
        survey_defender(plan, d, t, attacker)
        far, kept = survey_attacker(plan, d, defender)
    else:
        far, kept = plan.theatre.attacker_km, 1.0
        for p in range(plan.hold.size):
            d.places[p].cut, d.places[p].way = False, True
            d.places[p].km = plan.theatre.defender_km
            if plan.defender.on:
                d.places[p].lift = supply.lift(plan.defender.terms, d.places[p].km, 1.0)
    if plan.attacker.on:
        d.now[state.LIFT] = supply.lift(plan.attacker.terms, far, kept)
    isolate(plan, d, t, row)


@piece
def survey_defender(plan: Plan, d: Desk, t: int, attacker: np.uint64) -> None:
    """The defender's side of `survey`, over his roads and past what the attacker holds."""
    theatre, places = plan.theatre, d.places
    reach.distances(theatre.defender, theatre.defender_rear, attacker, d.km, d.kept)
    for p in range(plan.hold.size):
        node = theatre.node[p]
        was = places[p].cut
        places[p].cut = d.km[node] == np.inf
        places[p].km = d.km[node]
        if plan.defender.on:
            places[p].lift = supply.lift(plan.defender.terms, d.km[node], d.kept[node])
        own = _ONE << np.uint64(node)
        found = reach.reached(theatre.defender.neighbours, node, attacker & ~own)
        places[p].way = (found & theatre.refuges & ~attacker) != np.uint64(0)
        if places[p].cut != was and not taken(d, p):
            kind = events.ISOLATED if places[p].cut else events.JOINED
            events.note_at(d, t, kind, events.NOBODY, 0.0, 0, p)


@piece
def survey_attacker(plan: Plan, d: Desk, defender: np.uint64) -> tuple[float, float]:
    """(km, share that raids leave) from the attacker's rear to the farthest objective in play.

    Past no place that the defender holds, but for those under assault together.
    """
    theatre, stages, stage = plan.theatre, plan.stages, int(d.now[state.STAGE])
    if not plan.attacker.on:
        return 0.0, 1.0
    for k in range(stages.first[stage], stages.first[stage + 1]):
        defender &= ~(_ONE << np.uint64(theatre.node[stages.objective[k]]))
    reach.distances(theatre.attacker, theatre.attacker_rear, defender, d.km, d.kept)
    far, kept = 0.0, 1.0
    for k in range(stages.first[stage], stages.first[stage + 1]):
        node = theatre.node[stages.objective[k]]
        if d.km[node] > far:
            far, kept = d.km[node], d.kept[node]
    return far, kept


@piece
def isolate(plan: Plan, d: Desk, t: int, row: NDArray[np.float64]) -> None:
    """Whether all places of the last stage are cut off, and the first day on which they are."""
    stages = plan.stages
    last = stages.first.size - 2
    isolated = True
    for k in range(stages.first[last], stages.first[last + 1]):
        isolated = isolated and d.places[stages.objective[k]].cut
    d.now[state.ISOLATED] = 1.0 if isolated else 0.0
    if isolated and math.isnan(row[ledger.ISOLATED_DAY]):
        row[ledger.ISOLATED_DAY] = t * plan.step_d


@piece
def secured(plan: Plan, d: Desk, p: int, t: int) -> bool:
    """Whether the core of place p is carried and has been held for its time."""
    return taken(d, p) and t - d.places[p].carried_at >= plan.hold[p]


@piece
def objectives_done(plan: Plan, d: Desk, t: int) -> bool:
    """Whether every objective of the stage is secured."""
    stages, stage = plan.stages, int(d.now[state.STAGE])
    for k in range(stages.first[stage], stages.first[stage + 1]):
        if not secured(plan, d, stages.objective[k], t):
            return False
    return True


@piece
def stage_over(plan: Plan, d: Desk, t: int, row: NDArray[np.float64]) -> bool:
    """Whether the stage ends: its objectives are secured, or its condition holds."""
    stages, stage = plan.stages, int(d.now[state.STAGE])
    if objectives_done(plan, d, t):
        return True
    if stages.until[stage] == orders.UNCHANGED:
        return False
    value = observe.observed(plan, d, stages.until[stage], t + 1, row)
    return orders.holds(value, stages.op[stage], stages.number[stage])


@rare
def last_to_leave(plan: Plan, d: Desk, t: int) -> None:
    """Note, as the campaign ends, those on their way out: they have got away."""
    for p in range(plan.hold.size):
        if d.log.shape[0] > 0 and d.places[p].leaving > 0.0:
            events.note_at(d, t, events.LEFT, events.NOBODY, d.places[p].leaving, 0, p)


@piece
def conclude(plan: Plan, d: Desk, t: int, row: NDArray[np.float64]) -> bool:
    """Control after step t, the next stage, and whether the campaign is over."""
    now, stages, stage = d.now, plan.stages, int(d.now[state.STAGE])
    if now[state.CHANGED] > 0.0:
        survey(plan, d, t, row)
        core = True
        for k in range(stages.first[stages.first.size - 2], stages.first[stages.first.size - 1]):
            core = core and taken(d, stages.objective[k])
        ledger.date_core(core, t * plan.step_d, row)
        now[state.CHANGED] = 0.0
    if stage_over(plan, d, t, row):
        if stage == stages.first.size - 2:
            row[ledger.SECURED] = 1.0
            row[ledger.DAY_SECURED] = t * plan.step_d
            last_to_leave(plan, d, t)
            events.note(d, t, events.SECURED, events.NOBODY, 0.0, 0)
            return True
        for k in range(stages.first[stage], stages.first[stage + 1]):
            place = d.places[stages.objective[k]]
            place.assaulted, place.pressed, place.intensity, place.share = False, False, 0.0, 0.0
        if d.log.shape[0] > 0:
            done = 1.0 if objectives_done(plan, d, t) else 0.0
            events.note(d, t, events.STAGE, events.NOBODY, done, stage + 2)
        now[state.STAGE] = stage + 1
        survey(plan, d, t, row)
    if now[state.DUE] == t + 1 and spent_share(d.units) >= plan.limits.abandon_share:
        return give_up(plan, d, t, UNITS_SPENT, row)
    if plan.attacker.on and now[state.DRY] >= plan.attacker.dry_steps:
        row[ledger.ABANDONED_DRY] = 1.0
        return give_up(plan, d, t, RUN_DRY, row)
    return False


@rare
def give_up(plan: Plan, d: Desk, t: int, why: int, row: NDArray[np.float64]) -> bool:
    """The attacker gives up: the campaign is over."""
    row[ledger.ABANDONED] = 1.0
    last_to_leave(plan, d, t)
    events.note(d, t, events.ABANDONED, events.NOBODY, 0.0, why)
    return True
