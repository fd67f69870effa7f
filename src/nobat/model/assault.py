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
from nobat.model.state import Desk, Plan, effect_of, front_of, taken
from nobat.model.upkeep import garrison_of, intensity


@piece
def at_stake(plan: Plan, d: Desk, p: int, t: int) -> bool:
    """Whether place p still takes strength: it is not carried yet, or its core is being held."""
    return not taken(d, p) or t - d.places[p].carried_at <= plan.hold[p]


@piece
def aim(plan: Plan, at: Address, d: Desk) -> None:
    """Turn the operating strength to the objectives of the stage: which, and in what shares.

    Stated shares are scaled to the objectives that are left; without them each weighs as much as
    its remaining garrison, and never less than the establishment of its core. Each objective gets
    its four numbers of this step.
    """
    places, stages, stage, t = d.places, plan.stages, int(d.now[state.STAGE]), at.step
    posture, fire = d.now[state.POSTURE], intensity(plan, d)
    alone = stages.first[stage + 1] - stages.first[stage] == 1
    total = 0.0
    for k in range(stages.first[stage], stages.first[stage + 1]):
        p = stages.objective[k]
        places[p].assaulted, places[p].share = False, 0.0
        places[p].pressed, places[p].intensity = False, 0.0
        if not at_stake(plan, d, p, t):
            continue
        if posture != orders.PAUSE and not taken(d, p):
            places[p].assaulted, places[p].intensity = True, fire
            places[p].pressed = posture != orders.HOLD
        weight = stages.share[k]
        if alone:
            weight = 1.0
        elif math.isnan(weight):
            weight = max(1.0, garrison_of(d, p), plan.garrison[places[p].end - 1])
        places[p].share = weight
        total += weight
        if not plan.expected:
            numbers = luck.four(at, luck.STEP, p)
            for n in range(4):
                places[p].luck[n] = numbers[n]
    if total > 0.0:
        for k in range(stages.first[stage], stages.first[stage + 1]):
            places[stages.objective[k]].share /= total


@piece
def press(
    plan: Plan, d: Desk, p: int, offered: float, fire: float, effect: float, fed: float
) -> tuple[float, float, float]:
    """What so many persons offered do at objective p: (persons in contact, strength A, pressure).

    fire: how much of an assault's fire is exchanged; effect: their effectiveness; fed: their
    supply factor.
    """
    places, front = d.places, front_of(d, p)
    engaged = contact.in_contact(offered * places[p].share, plan.front.frontage)
    strength = fire * engaged * effect * fed
    against = min(d.layers[front].garrison, plan.front.frontage)
    against *= effect_of(d, front) * places[p].fed
    return engaged, strength, contact.pressure(strength, against)


@piece
def meet(plan: Plan, d: Desk, t: int, row: NDArray[np.float64]) -> float:
    """Contact at every objective: engaged, strength, suppression. Returns the persons offered."""
    now, places = d.now, d.places
    offered, effect = contact.offer(d.units)
    now[state.EFFECT] = effect
    now[state.ENGAGED], now[state.PRESSURE], now[state.DEFENDER_EFFECT] = 0.0, 0.0, 1.0
    fire, met, lowest = intensity(plan, d), 0, 1.0
    for p in range(plan.hold.size):
        places[p].engaged, places[p].strength = 0.0, 0.0
        places[p].sigma, places[p].hindered = 0.0, 0.0
        if not places[p].assaulted:
            continue
        engaged, strength, pressure = press(plan, d, p, offered, fire, effect, now[state.FED])
        lowest = min(lowest, effect_of(d, front_of(d, p)))
        if engaged <= 0.0:
            continue
        places[p].engaged, places[p].strength = engaged, strength
        places[p].sigma = contact.suppression(pressure, plan.front.pressure_half)
        places[p].hindered = places[p].sigma
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
        if d.places[p].engaged > 0.0:
            toll += shoot(plan, d, p, row)
            harm(plan, d, p)
    row[ledger.ATTACKER_LOSSES] += attrition.fall_on_units(
        d.units, toll / offered * plan.step_d, at, plan.expected
    )
    attacks = 0
    for p in range(plan.hold.size):
        if d.places[p].engaged > 0.0:
            attacks += blow_up(plan, at, d, p, attacks, row)


@piece
def shoot(plan: Plan, d: Desk, p: int, row: NDArray[np.float64]) -> float:
    """Fire at one objective: the garrison's losses; returns the attackers' losses a day.

    In a hold only a part of the fire is exchanged.
    """
    front, places, layers = front_of(d, p), d.places, d.layers
    fire = intensity(plan, d)
    facing = min(layers[front].garrison, plan.front.frontage)
    shield = works.shield(
        layers[front].works, layers[front].order,
        plan.rebuilding.works_protection, plan.rebuilding.order_protection,
    )  # fmt: skip
    kills, toll = attrition.exchange(
        plan.fire, fire * places[p].engaged, d.now[state.EFFECT] * d.now[state.FED],
        facing, fire * effect_of(d, front) * places[p].fed,
    )  # fmt: skip
    kills *= (1.0 - shield) * plan.policies.on_target[int(d.now[state.FIRE])]
    fallen = attrition.losses(
        layers[front].garrison, kills, plan.step_d, places[p].luck[0], plan.expected
    )
    layers[front].garrison -= fallen
    row[ledger.DEFENDER_LOSSES] += fallen
    return toll


@piece
def blow_up(plan: Plan, at: Address, d: Desk, p: int, before: int, row: NDArray[np.float64]) -> int:
    """Suicide attacks at one objective, after `before` others in this step; returns how many.

    Their rate falls with the garrison lost.
    """
    front = front_of(d, p)
    layer = d.layers[front]
    hold = d.now[state.POSTURE] == orders.HOLD
    per_day = plan.suicide.hold_per_day if hold else plan.suicide.assault_per_day
    whole = plan.garrison[front]
    share = min(1.0, layer.garrison / whole) if whole > 0.0 else 0.0
    rate = per_day * share * plan.step_d
    if rate <= 0.0:
        return 0
    mean_toll = attrition.suicide_toll(plan.suicide, d.places[p].engaged, plan.front.frontage)
    if plan.expected:
        attacks = min(rate, layer.garrison)
        lost = attrition.expected_suicide_losses(d.units, attacks * mean_toll)
    else:
        attacks = min(float(luck.poisson(rate, d.places[p].luck[1])), layer.garrison)
        if attacks <= 0.0:
            return 0
        lost = attrition.suicide_attacks(d.units, before, int(attacks), mean_toll, at)
        events.note_at(d, at.step, events.SUICIDE, events.NOBODY, lost, int(attacks), p)
    layer.garrison -= attacks
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
    in_core = d.places[p].front == d.places[p].end - 1
    near = identification.residents_near(policies.terms, d.places[p].residents, in_core)
    manning = d.places[p].engaged / plan.front.frontage * intensity(plan, d)
    false = identification.false_per_day(policies.terms, near, manning, policies.false_rate[policy])
    share = policies.terms.gathering_share
    d.now[state.FALSE_PLAIN] += false * (1.0 - share) * plan.step_d
    if not policies.spare_gatherings[policy]:
        d.now[state.FALSE_GATHERED] += false * share * plan.step_d
