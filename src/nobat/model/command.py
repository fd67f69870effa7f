"""Step 1 and 2: the doctrine reads and orders, the units take their turns (MODEL 2)."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from nobat.model import breaking, duty, events, ledger, observe, orders, rotation, sleep, state
from nobat.model.compiled import piece, rare
from nobat.model.duty import OPERATING, RELIEVING, SPENT
from nobat.model.luck import Address
from nobat.model.state import Desk, Plan, total_owed


@piece
def order(plan: Plan, d: Desk, t: int, row: NDArray[np.float64]) -> None:
    """The rules read the state that the last step left, and order what is done in this one."""
    now = d.now
    for r in range(plan.rules.op.size):
        d.seen[r] = observe.observed(plan, d, plan.rules.observable[r], t, row)
    posture, posts, fire, corridor = orders.decide(plan.rules, d.seen, d.latched, plan.policy.posts)
    if posture != now[state.POSTURE] or posts != now[state.POSTS] or now[state.DONE] > 0.0:
        now[state.DUE] = t
    if d.log.shape[0] > 0:
        note_orders(plan, d, t, posture, posts, fire, corridor)
    now[state.POSTURE], now[state.POSTS] = posture, posts
    now[state.FIRE], now[state.CORRIDOR] = fire, corridor


@rare
def note_orders(
    plan: Plan, d: Desk, t: int, posture: int, posts: int, fire: int, corridor: int
) -> None:
    """Keep what is ordered anew, each with the rule that orders it."""
    now, rules, seen, latched = d.now, plan.rules, d.seen, d.latched
    if posture != now[state.POSTURE]:
        by = orders.decider(rules.op, rules.number, rules.posture, seen, latched)
        events.note(d, t, events.POSTURE, by, 0.0, posture)
    if posts != now[state.POSTS]:
        by = orders.decider(rules.op, rules.number, rules.posts, seen, latched)
        events.note(d, t, events.POSTS, by, float(posts), 0)
    if plan.policies.on and fire != now[state.FIRE]:
        by = orders.decider(rules.op, rules.number, rules.fire, seen, latched)
        events.note(d, t, events.FIRE, by, 0.0, fire)
    if plan.flight.on and corridor != now[state.CORRIDOR]:
        by = orders.decider(rules.op, rules.number, rules.corridor, seen, latched)
        events.note(d, t, events.CORRIDOR, by, 0.0, corridor)


@piece
def spent_at(plan: Plan, at: Address, i: int, present: float) -> float:
    """The strength at which unit i, now so strong, will be spent (MODEL 8).

    Its threshold, drawn anew, comes on top of the loss it has already: persons.
    """
    further = breaking.threshold(plan.limits, at, i, plan.strength.size, plan.deterministic)
    return present - further * plan.strength[i]


@piece
def take_turns(plan: Plan, at: Address, d: Desk, row: NDArray[np.float64]) -> None:
    """Rotation and refit for one step; sets the next step at which a duty can change."""
    u, p, t, now = d.units, plan.policy, at.step, d.now
    for i in range(u.size):
        if breaking.refitted(u, p, i, t):
            d.units[i].draws += 1
            draw = Address(at.seed, at.replication, d.units[i].draws)
            d.units[i].spent_at = spent_at(plan, draw, i, u[i].strength)
            events.note(d, t, events.BACK, i, u[i].strength, 0)
    posture, done = now[state.POSTURE], now[state.DONE] > 0.0
    committed = posture == orders.COMMIT_ALL
    asked = 0 if posture == orders.PAUSE else int(now[state.POSTS])
    extra = u.size if committed else 0  # a post for everyone; those left over stay empty
    by_operation = done and p.on_operation_done and not committed
    ended, bill = rotation.advance(u, p, t, asked, extra, committed, by_operation)
    row[ledger.HANDOVERS] += ended
    if bill > 0 and math.isnan(row[ledger.DEBT_DUE]):
        row[ledger.DEBT_DUE] = (t - 1) * plan.step_d
    row[ledger.DEBT_PEAK] = max(row[ledger.DEBT_PEAK], total_owed(plan, u, t))
    d.duties[:] = 0
    for i in range(u.size):
        d.duties[u[i].duty] += 1
    now[state.DUE] = rotation.next_change(u, p, t, committed)
    now[state.DONE] = 0.0


@piece
def take_places(plan: Plan, d: Desk, t: int) -> None:
    """What follows from the duties, until one changes: where every unit stands and how it sleeps.

    present: the share x_i of each unit who stand where they can be hit; fights: the share who
    fight; both 0 for a unit that is at no post. In a handover both units stand there, while each
    fights with only a part of its strength.
    """
    committed, front = d.now[state.POSTURE] == orders.COMMIT_ALL, plan.front
    ordinary = front.presence_commit_all if committed else front.presence_operating
    for i in range(d.units.size):
        d.units[i].schedule, d.units[i].present, d.units[i].fights = d.units[i].duty, 0.0, 0.0
        if duty.in_handover(d.units, i, t):
            d.units[i].schedule, d.units[i].present = RELIEVING, front.presence_handover
            d.units[i].fights = front.handover_contact * front.presence_handover
        elif d.units[i].duty == OPERATING:
            d.units[i].present, d.units[i].fights = ordinary, ordinary
        if committed and d.units[i].duty == OPERATING:
            d.units[i].schedule = sleep.COMMITTED


@piece
def spend(plan: Plan, d: Desk, t: int, row: NDArray[np.float64]) -> None:
    """Units that are down to their limit leave to refit (MODEL 8)."""
    gone = breaking.spend(d.units, plan.limits, t)
    if gone > 0:
        row[ledger.TIMES_SPENT] += gone
        d.now[state.DUE] = t + 1
        if d.log.shape[0] > 0:
            for i in range(d.units.size):
                if d.units[i].duty == SPENT and d.units[i].rested_from == t:
                    events.note(d, t, events.SPENT, i, d.units[i].strength, 0)


@piece
def begin(plan: Plan, at: Address, d: Desk) -> None:
    """Set every unit to the start of a replication."""
    for i in range(plan.strength.size):
        d.units[i].strength = plan.strength[i]
        d.units[i].draws = 0
        d.units[i].spent_at = spent_at(plan, at, i, plan.strength[i])
    duty.start(d.units, plan.policy)
    d.latched[:] = False
    d.duties[:] = 0
    d.duties[duty.REST] = plan.strength.size
