"""What a replication reads (its plan) and what it writes on (its desk)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nobat.model import attrition, breaking, contact, duty, orders
from nobat.model import works as rebuilding
from nobat.model.compiled import part
from nobat.model.duty import SPENT, Units


class Plan(NamedTuple):
    """Everything a replication depends on besides its seed and number, as plain numbers.

    step_d: the step in days; horizon: steps; deterministic: events happen when the integrated
    hazard reaches 1; expected: mean field. strength: persons of each unit at the start, (U,).
    garrison, works, order: the layers from the outermost in, cores included, (L,); hold: steps
    that a layer must be held once carried before the attack goes on (0 but for cores), (L,).
    """

    step_d: float
    horizon: int
    deterministic: bool
    expected: bool
    strength: NDArray[np.float64]
    garrison: NDArray[np.float64]
    works: NDArray[np.float64]
    order: NDArray[np.float64]
    hold: NDArray[np.int64]
    reserve: float
    policy: duty.Policy
    rules: orders.Rules
    front: contact.Terms
    fire: attrition.Terms
    suicide: attrition.Suicide
    rebuilding: rebuilding.Terms
    counterattack: rebuilding.CounterAttack
    limits: breaking.Terms


class Desk(NamedTuple):
    """Room to work in, made once and used for one replication after another."""

    units: Units
    spent_at: NDArray[np.float64]
    draws: NDArray[np.int64]
    present: NDArray[np.float64]
    garrison: NDArray[np.float64]
    works: NDArray[np.float64]
    order: NDArray[np.float64]
    seen: NDArray[np.float64]
    latched: NDArray[np.bool_]
    duties: NDArray[np.int64]


def desk(plan: Plan) -> Desk:
    """Room for replications of this plan."""
    units, layers = plan.strength.size, plan.garrison.size
    return Desk(
        units=duty.units(units),
        spent_at=np.zeros(units),
        draws=np.zeros(units, np.int64),
        present=np.zeros(units),
        garrison=np.zeros(layers),
        works=np.zeros(layers),
        order=np.zeros(layers),
        seen=np.zeros(plan.rules.op.size),
        latched=np.zeros(plan.rules.op.size, np.bool_),
        duties=np.zeros(duty.DUTIES, np.int64),
    )


@part
def total_owed(plan: Plan, u: Units, t: int) -> float:
    """Rest owed by all units at step t, in unit-days."""
    steps = 0
    for i in range(u.duty.size):
        steps += duty.owed(u, plan.policy, i, t)
    return steps * plan.step_d


@part
def spent_share(u: Units) -> float:
    """Share of the units that are spent now."""
    spent = 0
    for i in range(u.duty.size):
        if u.duty[i] == SPENT:
            spent += 1
    return spent / u.duty.size
