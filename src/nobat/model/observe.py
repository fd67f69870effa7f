"""What a doctrine's rules can read of the campaign (MODEL 2)."""

from __future__ import annotations

from nobat.model import orders
from nobat.model.compiled import part
from nobat.model.duty import RESERVE
from nobat.model.state import Desk, Plan, spent_share, total_owed


@part
def observed(
    plan: Plan, d: Desk, what: int, t: int, front: int, carried_at: int, reserve: float,
    lost_again: float,
) -> float:  # fmt: skip
    """One observable as it stands before step t; `what` is its code in `orders`."""
    value = 0.0
    if what == orders.DAY:
        value = (t - 1) * plan.step_d
    elif what == orders.LAYERS_CARRIED:
        value = float(front)
    elif what == orders.LAYERS_LOST_AGAIN:
        value = lost_again
    elif what == orders.HOURS_SINCE_CARRIED:
        value = (t - 1 - carried_at) * plan.step_d * 24.0
    elif what == orders.FRACTION_SPENT:
        value = spent_share(d.units)
    elif what == orders.ATTACKER_SHARE:
        value = d.units.strength.sum() / plan.strength.sum()
    elif what == orders.DEFENDER_SHARE:
        everyone = plan.garrison.sum() + plan.reserve
        value = (d.garrison.sum() + reserve) / everyone if everyone > 0.0 else 0.0
    elif what == orders.DEFENDER_ORDER:
        value = d.order[min(front, plan.garrison.size - 1)]
    elif what == orders.DEFENDER_WORKS:
        value = d.works[min(front, plan.garrison.size - 1)]
    elif what == orders.RESERVE_UNITS:
        value = float(d.duties[RESERVE])
    elif what == orders.REST_DEBT_DAYS:
        value = total_owed(plan, d.units, t)
    return value
