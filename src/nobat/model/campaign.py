"""One step, in order; one replication (MODEL 15).

    1  doctrine reads the observables and orders a posture        orders
    2  rotation and handovers                                     rotation
    5  contact and pressure                                       contact
    6  fire, suicide attacks, losses                              attrition
    7  works, order, reinforcement, counter-attack                works
    8  breaks: of layers, of units                                breaking
    9  the last layer's survivors surrender
    10 control: which layer is in contact, which is held
    11 ends: secured, abandoned, or the horizon

The numbers are those of the model's own list; 3, 4 and part of 9 and 10 (sleep, supply, flight,
isolation) have no mechanism yet. Both solvers run this loop: Monte Carlo draws whole persons,
the mean field puts expected values in the place of draws.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from nobat.model import (
    attrition,
    breaking,
    contact,
    duty,
    ledger,
    luck,
    observe,
    orders,
    rotation,
    works,
)
from nobat.model.compiled import kernel, part, scalar
from nobat.model.duty import OPERATING, RELIEVING, RESERVE, REST, Units
from nobat.model.luck import Address
from nobat.model.state import Desk, Plan, spent_share, total_owed


@part
def spent_at(plan: Plan, at: Address, i: int, present: float) -> float:
    """The strength at which unit i, now so strong, will be spent (MODEL 8).

    Its threshold, drawn anew, comes on top of the loss it has already: persons.
    """
    further = breaking.threshold(plan.limits, at, i, plan.strength.size, plan.deterministic)
    return present - further * plan.strength[i]


@part
def open_campaign(plan: Plan, at: Address, d: Desk, row: NDArray[np.float64]) -> None:
    """Set the desk to the start of a replication and the row of outcomes to nothing yet."""
    for i in range(plan.strength.size):
        d.units.strength[i] = plan.strength[i]
        d.draws[i] = 0
        d.spent_at[i] = spent_at(plan, at, i, plan.strength[i])
    duty.start(d.units, plan.policy)
    for layer in range(plan.garrison.size):
        d.garrison[layer] = plan.garrison[layer]
        d.works[layer] = plan.works[layer]
        d.order[layer] = plan.order[layer]
    d.latched[:] = False
    d.duties[:] = 0
    d.duties[REST] = plan.strength.size
    ledger.open_row(row)


@part
def rotate(
    plan: Plan, at: Address, d: Desk, posture: int, posts: int, done: bool, row: NDArray[np.float64]
) -> int:
    """Rotation and refit for one step. Returns the next step at which a duty can change."""
    u, p, t = d.units, plan.policy, at.step
    for i in range(u.duty.size):
        if breaking.refitted(u, p, i, t):
            d.draws[i] += 1
            draw = Address(at.seed, at.replication, d.draws[i])
            d.spent_at[i] = spent_at(plan, draw, i, u.strength[i])
    committed = posture == orders.COMMIT_ALL
    asked = 0 if posture == orders.PAUSE else posts
    extra = u.duty.size if committed else 0  # a post for everyone; those left over stay empty
    by_operation = done and p.on_operation_done and not committed
    ended, bill = rotation.advance(u, p, t, asked, extra, committed, by_operation)
    row[ledger.HANDOVERS] += ended
    if bill > 0 and math.isnan(row[ledger.DEBT_DUE]):
        row[ledger.DEBT_DUE] = (t - 1) * plan.step_d
    row[ledger.DEBT_PEAK] = max(row[ledger.DEBT_PEAK], total_owed(plan, u, t))
    d.duties[:] = 0
    for i in range(u.duty.size):
        d.duties[u.duty[i]] += 1
    return rotation.next_change(u, p, t, committed)


@part
def strike(
    plan: Plan, at: Address, d: Desk, front: int, engaged: float, crowd: float, assault: bool,
    numbers: tuple[float, float, float, float], row: NDArray[np.float64],
) -> None:  # fmt: skip
    """Fire of both sides and suicide attacks, for one step.

    engaged: attackers in contact n_c; crowd: the part of those offered that the frontage lets
    in; assault: or else a hold, with less fire and at a distance. Both sides fire at the
    strengths that the step began with.
    """
    intensity = 1.0 if assault else plan.front.hold_intensity
    terms, u = plan.fire, d.units
    present, garrison = d.present, d.garrison
    facing = min(garrison[front], plan.front.frontage)
    shield = works.shield(
        d.works[front], d.order[front],
        plan.rebuilding.works_protection, plan.rebuilding.order_protection,
    )  # fmt: skip
    fire = intensity * engaged
    kills = attrition.loss_rate(terms.a, fire, terms.p1, facing, terms.q1) * (1.0 - shield)
    toll = attrition.loss_rate(terms.b, intensity * facing, terms.p2, fire, terms.q2)
    share = garrison[front] / plan.garrison[front] if plan.garrison[front] > 0.0 else 0.0

    fallen = attrition.losses(garrison[front], kills, plan.step_d, numbers[0], plan.expected)
    hazard = toll * crowd / engaged * plan.step_d
    lost = attrition.fall_on_units(u.strength, present, hazard, at, plan.expected)
    per_day = plan.suicide.assault_per_day if assault else plan.suicide.hold_per_day
    rate = per_day * min(1.0, share) * plan.step_d
    mean_toll = attrition.suicide_toll(plan.suicide, engaged, plan.front.frontage)
    if plan.expected:
        attacks = min(rate, garrison[front] - fallen)
        blown = attrition.expected_suicide_losses(u.strength, present, attacks * mean_toll)
    else:
        attacks = min(float(luck.poisson(rate, numbers[1])), garrison[front] - fallen)
        blown = attrition.suicide_attacks(u.strength, present, int(attacks), mean_toll, at)
    garrison[front] -= fallen + attacks
    row[ledger.DEFENDER_LOSSES] += fallen + attacks
    row[ledger.ATTACKER_LOSSES] += lost + blown
    row[ledger.SUICIDES] += attacks
    row[ledger.SUICIDE_LOSSES] += blown


@part
def retake_chance(plan: Plan, u: Units, t: int, attacking: float) -> float:
    """Chance that a counter-attack by so many succeeds at step t.

    What holds against it: persons at posts, beyond the frontage too, and those of reserve units
    that have stood in reserve for the reaction time.
    """
    holding = 0.0
    for i in range(u.duty.size):
        if u.duty[i] == RESERVE:
            if t - u.in_reserve_from[i] >= plan.counterattack.reserve_reaction:
                holding += u.strength[i]
        elif u.duty[i] == OPERATING or u.duty[i] == RELIEVING:
            holding += u.strength[i]
    return works.retake_probability(holding, attacking, plan.counterattack.ratio)


@part
def put_down(
    plan: Plan, at: Address, lost: float, alone: bool, empty: bool, row: NDArray[np.float64]
) -> None:
    """Note what broke a layer: one cause, drawn; in the mean field each cause's share of it."""
    if empty:
        row[ledger.BREAKS + breaking.ANNIHILATION] += 1.0
    elif plan.expected:
        own, losses = breaking.cause_shares(plan.limits, lost, alone)
        row[ledger.BREAKS + breaking.PRESSURE] += own
        row[ledger.BREAKS + breaking.LOSSES] += losses
        row[ledger.BREAKS + breaking.NO_RESERVE] += 1.0 - own - losses
    else:
        reason = luck.uniform(at, luck.RARE, luck.CAUSE)
        row[ledger.BREAKS + breaking.break_cause(plan.limits, lost, alone, reason)] += 1.0


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


@part
def replicate(
    plan: Plan, seed: int, replication: int, d: Desk, row: NDArray[np.float64],
    trace: NDArray[np.float64],
) -> int:  # fmt: skip
    """Run one replication to its end; fill `row` with its outcomes. Returns its last step.

    trace: (horizon, len(TRACE) + 3 L) to keep every step, or (0, anything) for none.
    """
    open_campaign(plan, Address(seed, replication, 0), d, row)
    layers, u = plan.garrison.size, d.units
    front, safe, carried_at, reserve = 0, 0, 0, plan.reserve
    due, posture, posts, done = 1, orders.UNCHANGED, 0, False
    break_so_far, retake_so_far = 0.0, 0.0
    asked, engaged_steps, t = 0.0, 0, 0
    while t < plan.horizon:
        t += 1
        at = Address(seed, replication, t)

        # 1 doctrine
        for r in range(plan.rules.op.size):
            d.seen[r] = observe.observed(
                plan, d, plan.rules.observable[r], t, front, carried_at, reserve,
                row[ledger.LOST_AGAIN],
            )  # fmt: skip
        ordered, wanted = orders.decide(plan.rules, d.seen, d.latched, plan.policy.posts)
        if ordered != posture or wanted != posts or done:
            posture, posts, due = ordered, wanted, t

        # 2 rotation
        if t >= due:
            due = rotate(plan, at, d, posture, posts, done, row)
            done = False
        asked += ledger.count_duties(plan, d, posture, posts, row)

        # 5 contact
        securing = front > safe and t - carried_at <= plan.hold[front - 1]
        if not securing:
            safe = front
        standing = front < layers and not securing and posture != orders.PAUSE
        engaged, sigma, p, fire = 0.0, 0.0, 0.0, 0.0
        numbers = luck.four(at, luck.STEP, 0)
        if standing:
            committed = posture == orders.COMMIT_ALL
            offered = contact.offer(u, plan.front, t, committed, d.present)
            engaged = contact.in_contact(offered, plan.front.frontage)
        if engaged > 0.0:
            assault = posture != orders.HOLD
            fire = engaged if assault else plan.front.hold_intensity * engaged
            p = contact.pressure(fire, min(d.garrison[front], plan.front.frontage))
            sigma = contact.suppression(p, plan.front.pressure_half)
            row[ledger.CONTACT] += engaged
            if p < np.inf:
                row[ledger.PRESSURE] += p
                engaged_steps += 1

            # 6 fire and losses
            strike(plan, at, d, front, engaged, engaged / offered, assault, numbers, row)

        # 7 works, order, reinforcement, counter-attack
        works.recover_all(d.works, d.order, front, plan.rebuilding, fire, sigma, plan.step_d)
        if front < layers:
            room = plan.garrison[front] - d.garrison[front]
            came = works.reinforcement(
                at, reserve, room, sigma, plan.rebuilding.reinforce, plan.step_d, plan.expected
            )
            d.garrison[front] += came
            reserve -= came
        if front > 0:
            attempts = plan.counterattack.per_day * (1.0 - sigma) * plan.step_d
            at_hand = reserve + (d.garrison[front] if front < layers else 0.0)
            retaken = False
            if plan.deterministic:
                row[ledger.ATTEMPTS] += attempts
                hazard = attempts * retake_chance(plan, u, t, at_hand)
                retaken, retake_so_far = happens(hazard, 0.0, retake_so_far, True)
            elif happens(attempts, numbers[3], 0.0, False)[0]:
                row[ledger.ATTEMPTS] += 1.0
                success = luck.uniform(at, luck.RARE, luck.SUCCESS)
                retaken = success < retake_chance(plan, u, t, at_hand)
            if retaken:
                reserve = works.retake(d.garrison, plan.garrison, front, reserve, not plan.expected)
                front -= 1
                d.works[front] = plan.counterattack.retaken_works
                d.order[front] = plan.counterattack.retaken_order
                row[ledger.LOST_AGAIN] += 1.0
                break_so_far, safe, standing = 0.0, min(safe, front), False

        # 8 breaks of the layer in contact, 9 surrender of the last, 10 control
        if standing and engaged > 0.0 and posture != orders.HOLD:
            lost = breaking.loss_share(d.garrison[front], plan.garrison[front])
            alone = reserve < breaking.NOBODY
            hazard = breaking.break_hazard(plan.limits, sigma, lost, alone) * plan.step_d
            broke, break_so_far = happens(hazard, numbers[2], break_so_far, plan.deterministic)
            empty = d.garrison[front] < breaking.NOBODY
            if broke or empty:
                put_down(plan, at, lost, alone, empty, row)
                row[ledger.SURRENDERED] += works.fall_back(
                    d.garrison, d.order, front, plan.rebuilding.shock
                )
                front += 1
                carried_at, done, break_so_far, retake_so_far = t, True, 0.0, 0.0
                if front == layers and math.isnan(row[ledger.DAY_CORE]):
                    row[ledger.DAY_CORE] = t * plan.step_d

        # 8 units spent
        if engaged > 0.0:
            gone = breaking.spend(u, plan.limits, d.spent_at, t)
            if gone > 0:
                row[ledger.TIMES_SPENT] += gone
                due = t + 1
        if trace.shape[0] > 0:
            ledger.write_trace(plan, d, t, posture, front, reserve, engaged, p, row, trace[t - 1])

        # 11 ends
        if front == layers and t - carried_at >= plan.hold[front - 1]:
            row[ledger.SECURED] = 1.0
            row[ledger.DAY_SECURED] = t * plan.step_d
            break
        if due == t + 1 and spent_share(u) >= plan.limits.abandon_share:
            row[ledger.ABANDONED] = 1.0
            break
    ledger.close_campaign(plan, d, t, front, reserve, asked, engaged_steps, row)
    return t


@kernel
def replications(
    plan: Plan, seed: int, first: int, d: Desk, rows: NDArray[np.float64],
    trace: NDArray[np.float64],
) -> None:  # fmt: skip
    """Run replications first, first + 1, ... and fill one row of outcomes for each.

    rows: (count, outcomes). trace: for a single replication, as in `replicate`.
    """
    for k in range(rows.shape[0]):
        replicate(plan, seed, first + k, d, rows[k], trace)
