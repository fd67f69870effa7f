"""Steps 5 and 6: who is in contact where, and what fire does (MODEL 5, 6 and 10)."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from nobat.model import (
    attrition,
    contact,
    events,
    identification,
    ledger,
    luck,
    orders,
    state,
    works,
)
from nobat.model.compiled import piece
from nobat.model.luck import Address
from nobat.model.state import Desk, Plan, front_of, layers_of, taken
from nobat.model.upkeep import garrison_of, intensity


@piece
def at_stake(plan: Plan, d: Desk, p: int, t: int) -> bool:
    """Whether place p still takes strength: it is not carried yet, or its core is being held."""
    return not taken(plan, d, p) or t - d.places.carried_at[p] <= plan.hold[p]


@piece
def aim(plan: Plan, at: Address, d: Desk) -> None:
    """Turn the operating strength to the objectives of the stage: which, and in what shares.

    Stated shares are scaled to the objectives that are left; without them each weighs as much as
    its remaining garrison, and never less than the establishment of its core. Each objective gets
    its four numbers of this step.
    """
    places, stages, stage, t = d.places, plan.stages, int(d.now[state.STAGE]), at.step
    fighting = d.now[state.POSTURE] != orders.PAUSE
    alone = stages.first[stage + 1] - stages.first[stage] == 1
    total = 0.0
    for k in range(stages.first[stage], stages.first[stage + 1]):
        p = stages.objective[k]
        places.assaulted[p], places.share[p] = False, 0.0
        if not at_stake(plan, d, p, t):
            continue
        places.assaulted[p] = fighting and not taken(plan, d, p)
        weight = stages.share[k]
        if alone:
            weight = 1.0
        elif math.isnan(weight):
            weight = max(1.0, garrison_of(plan, d, p), plan.garrison[plan.first[p + 1] - 1])
        places.share[p] = weight
        total += weight
        if not plan.expected:
            numbers = luck.four(at, luck.STEP, p)
            for n in range(4):
                places.luck[p, n] = numbers[n]
    if total > 0.0:
        for k in range(stages.first[stage], stages.first[stage + 1]):
            places.share[stages.objective[k]] /= total


@piece
def meet(plan: Plan, d: Desk, t: int, row: NDArray[np.float64]) -> float:
    """Contact at every objective: engaged, strength, suppression. Returns the persons offered."""
    now, places = d.now, d.places
    committed = now[state.POSTURE] == orders.COMMIT_ALL
    offered, effect = contact.offer(d.units, plan.front, t, committed, d.effect, d.present)
    now[state.EFFECT] = effect
    now[state.ENGAGED], now[state.PRESSURE], now[state.DEFENDER_EFFECT] = 0.0, 0.0, 1.0
    fire, met, lowest = intensity(plan, d), 0, 1.0
    for p in range(plan.hold.size):
        places.engaged[p], places.strength[p], places.sigma[p] = 0.0, 0.0, 0.0
        if not places.assaulted[p]:
            continue
        front = front_of(plan, d, p)
        engaged = contact.in_contact(offered * places.share[p], plan.front.frontage)
        lowest = min(lowest, d.layers.effect[front])
        if engaged <= 0.0:
            continue
        places.engaged[p] = engaged
        places.strength[p] = fire * engaged * effect * now[state.FED]
        against = min(d.layers.garrison[front], plan.front.frontage)
        against *= d.layers.effect[front] * places.fed[p]
        pressure = contact.pressure(places.strength[p], against)
        places.sigma[p] = contact.suppression(pressure, plan.front.pressure_half)
        now[state.ENGAGED] += engaged
        if pressure < np.inf:
            row[ledger.PRESSURE] += pressure
            now[state.ENGAGED_STEPS] += 1.0
            now[state.PRESSURE] += pressure
            met += 1
    now[state.PRESSURE] /= max(1, met)
    now[state.DEFENDER_EFFECT] = lowest
    row[ledger.CONTACT] += now[state.ENGAGED]
    if offered > 0.0:
        row[ledger.LOWEST] = min(row[ledger.LOWEST], effect)
    row[ledger.DEFENDER_LOWEST] = min(row[ledger.DEFENDER_LOWEST], lowest)
    return offered


@piece
def fight(plan: Plan, at: Address, d: Desk, offered: float, row: NDArray[np.float64]) -> None:
    """Fire of both sides, then suicide attacks, at every objective, for one step.

    Both sides fire at the strengths that the step began with. Every attacker at the line runs
    the same risk, whichever objective he is at.
    """
    toll = 0.0
    for p in range(plan.hold.size):
        if d.places.engaged[p] > 0.0:
            toll += shoot(plan, d, p, row)
            harm(plan, d, p)
    row[ledger.ATTACKER_LOSSES] += attrition.fall_on_units(
        d.units.strength, d.present, toll / offered * plan.step_d, at, plan.expected
    )
    attacks = 0
    for p in range(plan.hold.size):
        if d.places.engaged[p] > 0.0:
            attacks += blow_up(plan, at, d, p, attacks, row)


@piece
def shoot(plan: Plan, d: Desk, p: int, row: NDArray[np.float64]) -> float:
    """Fire at one objective: the garrison's losses; returns the attackers' losses a day.

    In a hold only a part of the fire is exchanged.
    """
    front, places, layers = front_of(plan, d, p), d.places, d.layers
    fire, terms = intensity(plan, d), plan.fire
    facing = min(layers.garrison[front], plan.front.frontage)
    shield = works.shield(
        layers.works[front], layers.order[front],
        plan.rebuilding.works_protection, plan.rebuilding.order_protection,
    )  # fmt: skip
    kills = attrition.loss_rate(terms.a, places.strength[p], terms.p1, facing, terms.q1)
    kills *= (1.0 - shield) * plan.policies.on_target[int(d.now[state.FIRE])]
    against = fire * facing * layers.effect[front] * places.fed[p]
    toll = attrition.loss_rate(terms.b, against, terms.p2, fire * places.engaged[p], terms.q2)
    fallen = attrition.losses(
        layers.garrison[front], kills, plan.step_d, places.luck[p, 0], plan.expected
    )
    layers.garrison[front] -= fallen
    row[ledger.DEFENDER_LOSSES] += fallen
    return toll


@piece
def blow_up(plan: Plan, at: Address, d: Desk, p: int, before: int, row: NDArray[np.float64]) -> int:
    """Suicide attacks at one objective, after `before` others in this step; returns how many.

    Their rate falls with the garrison lost.
    """
    front, garrison = front_of(plan, d, p), d.layers.garrison
    hold = d.now[state.POSTURE] == orders.HOLD
    per_day = plan.suicide.hold_per_day if hold else plan.suicide.assault_per_day
    whole = plan.garrison[front]
    share = min(1.0, garrison[front] / whole) if whole > 0.0 else 0.0
    rate = per_day * share * plan.step_d
    if rate <= 0.0:
        return 0
    mean_toll = attrition.suicide_toll(plan.suicide, d.places.engaged[p], plan.front.frontage)
    if plan.expected:
        attacks = min(rate, garrison[front])
        lost = attrition.expected_suicide_losses(d.units.strength, d.present, attacks * mean_toll)
    else:
        attacks = min(float(luck.poisson(rate, d.places.luck[p, 1])), garrison[front])
        if attacks <= 0.0:
            return 0
        lost = attrition.suicide_attacks(
            d.units.strength, d.present, before, int(attacks), mean_toll, at
        )
        events.note_at(d, at.step, events.SUICIDE, events.NOBODY, lost, int(attacks), p)
    garrison[front] -= attacks
    row[ledger.DEFENDER_LOSSES] += attacks
    row[ledger.SUICIDES] += attacks
    row[ledger.SUICIDE_LOSSES] += lost
    row[ledger.ATTACKER_LOSSES] += lost
    return int(attacks)


@piece
def harm(plan: Plan, d: Desk, p: int) -> None:
    """Add the false engagements to be expected at one objective in this step (MODEL 10).

    Encounters grow with the residents who are near and with how densely the front is manned. The
    number of engagements is drawn once, at the end: nothing depends on it before.
    """
    if not plan.policies.on:
        return
    policies, policy = plan.policies, int(d.now[state.FIRE])
    in_core = d.places.carried[p] == layers_of(plan, p) - 1
    near = identification.residents_near(policies.terms, d.places.residents[p], in_core)
    manning = d.places.engaged[p] / plan.front.frontage * intensity(plan, d)
    false = identification.false_per_day(policies.terms, near, manning, policies.false_rate[policy])
    share = policies.terms.gathering_share
    d.now[state.FALSE_PLAIN] += false * (1.0 - share) * plan.step_d
    if not policies.spare_gatherings[policy]:
        d.now[state.FALSE_GATHERED] += false * share * plan.step_d
