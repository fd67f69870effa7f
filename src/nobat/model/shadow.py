"""Another doctrine's duties, carried along as a shadow inside a replication (MODEL 17).

A shadow has the same units, with the same losses, in front of the same places; but it goes by the
orders of another doctrine, on that one's rotation, sleeps as those duties let it and uses what they
need. It changes nothing by itself. Each mechanism has a switch, a bit of `frozen`, that lets the
campaign take it from the shadow in place of its own doctrine:

    MASS     contact: who is at the line and can be hit, how many of them fight, and whether they
             assault, hold or pause
    TEMPO    suppression and wear as works, order and reinforcements feel them: those of the whole
             strength that the doctrine has in contact
    SLEEP    effectiveness of the units, and whether the layers in contact are kept awake
    RESERVE  who can hold against a counter-attack: the duties that count there
    SUPPLY   what is used, and so the supply factor; of both sides

What is left is always that of the campaign's own doctrine: fire policy, corridor, the count of
duties. With a shadow of the same doctrine every switch changes nothing, to the bit.

No published method was found for this; what is published is how to share out (Shapley 1953).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nobat.model import assault, command, contact, duty, ledger, orders, sleep, state, upkeep
from nobat.model.compiled import piece, rare
from nobat.model.duty import SPENT, Units
from nobat.model.luck import Address
from nobat.model.outcome import OUTCOMES
from nobat.model.state import Desk, Plan, taken

MASS, TEMPO, SLEEP, RESERVE, SUPPLY = 1, 2, 4, 8, 16
#: The switches by name, in the order in which they are told.
SWITCHES = {"mass": MASS, "tempo": TEMPO, "sleep": SLEEP, "reserve": RESERVE, "supply": SUPPLY}


class Shadow(NamedTuple):
    """Another doctrine's duties, and the switches that say what is taken from them.

    on: whether there is a shadow at all; frozen: bits of the mechanisms that are taken from it.
    policy, rules: of its doctrine. units, sleepers, seen, latched, duties, now: its own part of a
    desk; log: of no rows; row: what it would have used. strength, sigma: of each place, what its
    recovery feels in this step.
    """

    on: bool
    frozen: int
    policy: duty.Policy
    rules: orders.Rules
    units: Units
    sleepers: sleep.Sleepers
    seen: NDArray[np.float64]
    latched: NDArray[np.bool_]
    duties: NDArray[np.int64]
    now: NDArray[np.float64]
    log: NDArray[np.float64]
    row: NDArray[np.float64]


def shadow(plan: Plan, frozen: int) -> Shadow:
    """A shadow that goes by the policy and the rules of this plan.

    frozen: the bits of what is taken from it.
    """
    room = state.desk(plan)
    return Shadow(
        on=True, frozen=frozen, policy=plan.policy, rules=plan.rules, units=room.units,
        sleepers=room.sleepers, seen=room.seen, latched=room.latched, duties=room.duties,
        now=room.now, log=room.log, row=np.zeros(len(OUTCOMES)),
    )  # fmt: skip


def nobody(plan: Plan) -> Shadow:
    """What stands in for a shadow where there is none; no step looks at it."""
    return shadow(plan, 0)._replace(on=False)


@piece
def under(plan: Plan, s: Shadow) -> Plan:
    """The plan of the shadow's doctrine: its policy and rules, all else the same."""
    return Plan(
        plan.step_d, plan.day, plan.horizon, plan.deterministic, plan.expected, plan.strength,
        plan.garrison, plan.works, plan.order, plan.first, plan.hold, plan.residents,
        plan.reserve, plan.stages, plan.theatre, s.policy, s.rules, plan.sleep, plan.attacker,
        plan.defender, plan.front, plan.fire, plan.policies, plan.suicide, plan.rebuilding,
        plan.counterattack, plan.limits, plan.flight, plan.homecoming, plan.recurrence,
        plan.reports,
    )  # fmt: skip


@piece
def beside(d: Desk, s: Shadow) -> Desk:
    """The desk as the shadow sees it: its own units and numbers, the campaign's places."""
    return Desk(
        s.units, s.sleepers, d.layers, d.places, s.seen, s.latched, s.duties, d.km, d.kept, s.now,
        s.log,
    )  # fmt: skip


@rare
def begin(plan: Plan, s: Shadow, at: Address, d: Desk) -> None:
    """Set the shadow to the start of a replication; the campaign's own desk is set already."""
    command.begin(under(plan, s), at, beside(d, s))
    ledger.open_row(s.row)
    for k in range(state.NUMBERS):
        s.now[k] = d.now[k]
    for i in range(s.units.size):
        s.units[i].effect = 1.0
        if plan.sleep.model != sleep.NONE:
            sleep.begin(s.sleepers, i, plan.sleep, sleep.REST)


@rare
def stand_in(plan: Plan, s: Shadow, at: Address, d: Desk, row: NDArray[np.float64]) -> None:
    """The shadow's orders, turns, sleep and use of a step; then what is frozen is taken over.

    The campaign's own units have done the same, and its objectives are named.
    """
    follow(plan, s, d, at.step, row)
    its_plan, its_desk = under(plan, s), beside(d, s)
    command.order(its_plan, its_desk, at.step, s.row)
    if at.step >= s.now[state.DUE]:
        command.take_turns(its_plan, at, its_desk, s.row)
        command.take_places(its_plan, its_desk, at.step)
    upkeep.rest_units(its_plan, its_desk, at.step)
    d.now[state.OWN] = d.now[state.POSTURE]
    face(plan, s, d, s.now[state.POSTURE])
    upkeep.feed_units(its_plan, its_desk, at.step, s.row)
    d.now[state.POSTURE] = posture_for(s, d, MASS)
    face(plan, s, d, d.now[state.POSTURE])
    exchange(s, d)


@piece
def follow(plan: Plan, s: Shadow, d: Desk, t: int, row: NDArray[np.float64]) -> None:
    """What the campaign's last step left is so for the shadow too: losses, layers, lift."""
    for i in range(s.units.size):
        s.units[i].strength = d.units[i].strength
    for k in (
        state.RESERVE, state.STAGE, state.CARRIED_AT, state.LIFT, state.ISOLATED, state.PEACE,
    ):  # fmt: skip
        s.now[k] = d.now[k]
    s.now[state.DONE] = 1.0 if t > 1 and d.now[state.CARRIED_AT] == t - 1 else 0.0
    s.row[ledger.LOST_AGAIN] = row[ledger.LOST_AGAIN]


@piece
def posture_for(s: Shadow, d: Desk, switch: int) -> float:
    """The posture that goes for a mechanism: the shadow's where it is frozen, else the own one."""
    posture: float = s.now[state.POSTURE] if s.frozen & switch else d.now[state.OWN]
    return posture


@piece
def face(plan: Plan, s: Shadow, d: Desk, posture: float) -> None:
    """How the objectives are met: assaulted by this posture, kept awake and made to use by theirs.

    As `assault.aim` has it for a campaign's own posture.
    """
    awake = posture_for(s, d, SLEEP)
    intensity = upkeep.intensity_in(plan, posture_for(s, d, SUPPLY))
    stages, stage = plan.stages, int(d.now[state.STAGE])
    for k in range(stages.first[stage], stages.first[stage + 1]):
        p = stages.objective[k]
        stands = not taken(d, p)
        d.places[p].assaulted = stands and posture != orders.PAUSE
        d.places[p].pressed = stands and awake != orders.PAUSE and awake != orders.HOLD
        d.places[p].intensity = intensity if stands else 0.0


@rare
def hinder(plan: Plan, s: Shadow, d: Desk) -> None:
    """After contact: works, order and reinforcements feel the strength that TEMPO names."""
    exchange(s, d)
    units, fed = d.units, d.now[state.FED]
    if s.frozen & TEMPO:
        units, fed = s.units, s.now[state.FED]
    offered, effect = contact.offer(units)
    posture = posture_for(s, d, TEMPO)
    exchange(s, d)
    fire, stages, stage = upkeep.intensity_in(plan, posture), plan.stages, int(d.now[state.STAGE])
    for k in range(stages.first[stage], stages.first[stage + 1]):
        p = stages.objective[k]
        d.places[p].strength, d.places[p].hindered = 0.0, 0.0
        if posture != orders.PAUSE and not taken(d, p):
            _, strength, pressure = assault.press(plan, d, p, offered, fire, effect, fed)
            d.places[p].strength = strength
            d.places[p].hindered = contact.suppression(pressure, plan.front.pressure_half)


@piece
def exchange(s: Shadow, d: Desk) -> None:
    """Swap what is frozen between the campaign and its shadow; done twice it changes nothing."""
    u, v = d.units, s.units
    for i in range(u.size):
        if s.frozen & MASS:
            u[i].present, v[i].present = v[i].present, u[i].present
            u[i].fights, v[i].fights = v[i].fights, u[i].fights
        if s.frozen & SLEEP:
            u[i].effect, v[i].effect = v[i].effect, u[i].effect
        if s.frozen & RESERVE:
            u[i].duty, v[i].duty = v[i].duty, u[i].duty
            u[i].in_reserve_from, v[i].in_reserve_from = v[i].in_reserve_from, u[i].in_reserve_from
    if s.frozen & SUPPLY:
        for k in (state.STOCK, state.FED, state.DRY, state.SUPPLY_DAYS):
            s.now[k], d.now[k] = d.now[k], s.now[k]


@rare
def give_back(s: Shadow, d: Desk, t: int) -> None:
    """At the end of step t: what was taken over goes back, and who is spent is so in both."""
    exchange(s, d)
    d.now[state.POSTURE] = d.now[state.OWN]
    for i in range(s.units.size):
        if d.units[i].duty != SPENT and s.units[i].duty != SPENT:
            continue
        if d.units[i].rested_from == t:  # `spend` has written the campaign's own row
            s.now[state.DUE] = t + 1
            s.units[i].rested_from, s.units[i].rest_due = t, d.units[i].rest_due
            s.units[i].surge, s.units[i].age = False, 0
        d.units[i].duty, s.units[i].duty = SPENT, SPENT


@rare
def close(s: Shadow, row: NDArray[np.float64]) -> None:
    """The use of supplies that goes into the outcomes is that of the doctrine that SUPPLY names."""
    if s.frozen & SUPPLY:
        for k in (
            ledger.SUPPLY_USED, ledger.SUPPLY_BROUGHT, ledger.SUPPLY_DAYS, ledger.DAYS_DRY,
        ):  # fmt: skip
            row[k] = s.row[k]
