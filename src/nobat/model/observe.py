"""What a doctrine's rules can read of the campaign (MODEL 2)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nobat.model import ledger, orders, reports, state
from nobat.model.compiled import piece
from nobat.model.duty import OPERATING, RELIEVING, RESERVE
from nobat.model.state import Desk, Plan, effect_of, front_of, spent_share, taken, total_owed


@piece
def observed(plan: Plan, d: Desk, what: int, t: int, row: NDArray[np.float64]) -> float:
    """One observable as it stands before step t; `what` is its code in `orders`."""
    value = 0.0
    if what == orders.DAY:
        value = (t - 1) * plan.step_d
    elif what == orders.LAYERS_CARRIED:
        value = float(d.places.carried.sum())
    elif what == orders.LAYERS_LOST_AGAIN:
        value = row[ledger.LOST_AGAIN]
    elif what == orders.HOURS_SINCE_CARRIED:
        value = (t - 1 - d.now[state.CARRIED_AT]) * plan.step_d * 24.0
    elif what == orders.FRACTION_SPENT:
        value = spent_share(d.units)
    elif what == orders.ATTACKER_SHARE:
        value = d.units.strength.sum() / plan.strength.sum()
    elif what == orders.DEFENDER_SHARE:
        everyone = plan.garrison.sum() + plan.reserve
        left = d.layers.garrison.sum() + d.places.leaving.sum() + d.now[state.RESERVE]
        value = left / everyone if everyone > 0.0 else 0.0
    elif what == orders.DEFENDER_ORDER or what == orders.DEFENDER_WORKS:
        value = at_front(plan, d, what)
    elif what == orders.RESERVE_UNITS:
        value = float(d.duties[RESERVE])
    elif what == orders.REST_DEBT_DAYS:
        value = total_owed(plan, d.units, t)
    elif what == orders.ISOLATED:
        value = d.now[state.ISOLATED]
    elif what == orders.SUPPLY_DAYS:
        value = d.now[state.SUPPLY_DAYS]
    elif what == orders.MEAN_EFFECTIVENESS:
        value = unit_effect(d)
    elif what == orders.DEFENDER_EFFECTIVENESS:
        value = at_front(plan, d, what)
    elif what == orders.STAGE:
        value = d.now[state.STAGE] + 1.0
    elif what == orders.RESIDENTS_PRESENT:
        value = d.places.residents.sum()
    elif what == orders.FINAL_LAYERS_CARRIED:
        last = plan.stages.first.size - 2
        for k in range(plan.stages.first[last], plan.stages.first[last + 1]):
            value += d.places[plan.stages.objective[k]].carried
    elif what == orders.P_LEADER_ALIVE:
        value = reports.p_alive(plan.reports, t)
    return value


@piece
def of_layer(d: Desk, what: int, layer: int) -> float:
    """Order, works or effectiveness of a layer, whichever the observable asks for."""
    if what == orders.DEFENDER_ORDER:
        return d.layers[layer].order
    if what == orders.DEFENDER_WORKS:
        return d.layers[layer].works
    return effect_of(d, layer)


@piece
def at_front(plan: Plan, d: Desk, what: int) -> float:
    """A number of the layers in contact or next to be, mean over the objectives of the stage.

    Where all of them are taken it is that of the innermost layer.
    """
    stages, stage = plan.stages, int(d.now[state.STAGE])
    total, count, core = 0.0, 0, 0.0
    for k in range(stages.first[stage], stages.first[stage + 1]):
        p = stages.objective[k]
        core = of_layer(d, what, plan.first[p + 1] - 1)
        if not taken(d, p):
            total += of_layer(d, what, front_of(d, p))
            count += 1
    return total / count if count > 0 else core


@piece
def unit_effect(d: Desk) -> float:
    """Mean effectiveness by persons: of the units at posts, of all where none is at a post."""
    there, worth, everyone, all_worth = 0.0, 0.0, 0.0, 0.0
    for i in range(d.units.size):
        n = d.units[i].strength
        everyone += n
        all_worth += n * d.units[i].effect
        if d.units[i].duty == OPERATING or d.units[i].duty == RELIEVING:
            there += n
            worth += n * d.units[i].effect
    if there > 0.0:
        return worth / there
    return all_worth / everyone if everyone > 0.0 else 1.0
