"""One step, in order; one replication (MODEL 15).

    1  doctrine reads the observables and orders             command
    2  rotation and handovers                                command
    3  sleep, both sides                                     upkeep
    4  supply                                                upkeep
    5  contact                                               assault
    6  fire and losses, harm                                 assault
    7  works, order, reinforcement, counter-attack           defence
    8  breaks: of layers; of units                           defence, command
    9  flight                                                defence
    10 control and isolation                                 control
    11 ends: secured, abandoned, or the horizon              control

The numbers are those of the model's own list. Both solvers run this loop: Monte Carlo draws whole
persons, the mean field puts expected values in the place of draws.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nobat.model import (
    aftermath,
    assault,
    command,
    control,
    defence,
    events,
    homecoming,
    ledger,
    morale,
    orders,
    shadow,
    sleep,
    state,
    upkeep,
    works,
)
from nobat.model.compiled import kernel, piece, rare
from nobat.model.luck import Address
from nobat.model.shadow import Shadow
from nobat.model.state import Desk, Plan


@rare
def open_campaign(plan: Plan, at: Address, d: Desk, row: NDArray[np.float64]) -> None:
    """Set the desk to the start of a replication and the row of outcomes to nothing yet."""
    ledger.open_row(row)
    command.begin(plan, at, d)
    d.now[:] = 0.0
    d.now[state.RESERVE] = plan.reserve
    d.now[state.POSTURE] = orders.UNCHANGED
    d.now[state.FIRE], d.now[state.CORRIDOR] = orders.UNCHANGED, orders.UNCHANGED
    d.now[state.STOCK], d.now[state.FED] = plan.attacker.stock, 1.0
    d.now[state.SUPPLY_DAYS] = state.PLENTY
    d.now[state.EFFECT], d.now[state.DEFENDER_EFFECT], d.now[state.PEACE] = 1.0, 1.0, 1.0
    open_places(plan, d)
    open_sleep(plan, d)
    control.survey(plan, d, 0, row)


@piece
def open_places(plan: Plan, d: Desk) -> None:
    """Every place and layer as it is before the first step; the stock lies with the garrisons."""
    everyone = plan.garrison.sum()
    for p in range(plan.hold.size):
        persons = 0.0
        for layer in range(plan.first[p], plan.first[p + 1]):
            d.layers[layer].garrison = plan.garrison[layer]
            d.layers[layer].works = plan.works[layer]
            d.layers[layer].order = plan.order[layer]
            d.layers[layer].whole, d.layers[layer].stand = plan.garrison[layer], False
            persons += plan.garrison[layer]
        d.places[p].front, d.places[p].end = plan.first[p], plan.first[p + 1]
        d.places[p].carried, d.places[p].carried_at = 0, 0
        d.places[p].worn = works.unfinished(d.layers, plan.first[p], plan.first[p + 1])
        d.places[p].assaulted, d.places[p].cut, d.places[p].apart = False, False, False
        d.places[p].pressed, d.places[p].intensity = False, 0.0
        d.places[p].share, d.places[p].sigma, d.places[p].engaged = 0.0, 0.0, 0.0
        d.places[p].strength, d.places[p].hindered = 0.0, 0.0
        d.places[p].breaking, d.places[p].retaking = 0.0, 0.0
        d.places[p].stock = plan.defender.stock * persons / everyone if everyone > 0.0 else 0.0
        d.places[p].spare, d.places[p].fed, d.places[p].short = 0.0, 1.0, False
        d.places[p].residents, d.places[p].leaving = plan.residents[p], 0.0


@piece
def open_sleep(plan: Plan, d: Desk) -> None:
    """The attackers come rested, the defenders from a time of peace."""
    for layer in range(plan.garrison.size):
        d.layers[layer].effect, d.layers[layer].apart = 1.0, False
    for i in range(plan.strength.size):
        d.units[i].effect = 1.0
    if plan.sleep.model == sleep.NONE:
        return
    for i in range(plan.strength.size):
        sleep.begin(d.sleepers, i, plan.sleep, sleep.REST)
    sleep.begin(d.sleepers, upkeep.peaceful(plan), plan.sleep, sleep.PEACE)


@piece
def replicate(
    plan: Plan, seed: int, replication: int, d: Desk, s: Shadow, row: NDArray[np.float64],
    trace: NDArray[np.float64],
) -> int:  # fmt: skip
    """Run one replication to its end; fill `row` with its outcomes. Returns its last step.

    s: another doctrine's duties, if `s.on`, and what is taken from them. trace: (horizon,
    trace_width) to keep every step, or (0, anything) for none.
    """
    open_campaign(plan, Address(seed, replication, 0), d, row)
    if s.on:
        shadow.begin(plan, s, Address(seed, replication, 0), d)
    now, t = d.now, 0
    while t < plan.horizon:
        t += 1
        at = Address(seed, replication, t)
        if plan.reports.on and t == plan.reports.believed_from:
            morale.believe(plan, seed, replication, d, t, row)
        command.order(plan, d, t, row)  # 1
        if t >= now[state.DUE]:
            command.take_turns(plan, at, d, row)  # 2
            command.take_places(plan, d, t)
        ledger.count_duties(plan, d, row)
        assault.aim(plan, at, d)
        upkeep.rest_units(plan, d, t)  # 3
        upkeep.feed_units(plan, d, t, row)  # 4
        if s.on:
            shadow.stand_in(plan, s, at, d, row)
        upkeep.rest_layers(plan, d, t)
        upkeep.feed_places(plan, d, t, row)
        offered = assault.meet(plan, d, t, row)  # 5
        if s.on:
            shadow.hinder(plan, s, d)
        if now[state.ENGAGED] > 0.0:
            assault.fight(plan, at, d, offered, row)  # 6
        defence.answer(plan, at, d, row)  # 7, 8, 9
        if now[state.ENGAGED] > 0.0:
            command.spend(plan, d, t, row)  # 8
        over = control.conclude(plan, d, t, row)  # 10, 11
        if s.on:
            shadow.give_back(s, d, t)
        if trace.shape[0] > 0:
            ledger.write_trace(plan, d, t, row, trace[t - 1])
        if over:
            break
    if row[ledger.SECURED] == 0.0 and row[ledger.ABANDONED] == 0.0:
        control.last_to_leave(plan, d, t)
        events.note(d, t, events.HORIZON, events.NOBODY, 0.0, 0)
    ledger.close_campaign(plan, Address(seed, replication, t), d, row)
    if s.on:
        shadow.close(s, row)
    if plan.homecoming.on:
        homecoming.go_home(plan.homecoming, plan.expected, seed, replication, row)
    if plan.recurrence.on:
        aftermath.recur(plan, seed, replication, row)
    if trace.shape[0] > 0:
        ledger.write_trace(plan, d, t, row, trace[t - 1])  # with those who got away at the end
    return t


@kernel
def replications(
    plan: Plan, seed: int, first: int, d: Desk, s: Shadow, rows: NDArray[np.float64],
    trace: NDArray[np.float64],
) -> None:  # fmt: skip
    """Run replications first, first + 1, ... and fill one row of outcomes for each.

    rows: (count, outcomes). s, trace (for a single replication): as in `replicate`.
    """
    for k in range(rows.shape[0]):
        replicate(plan, seed, first + k, d, s, rows[k], trace)
