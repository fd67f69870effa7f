"""What is written down of a replication: its row of outcomes and, if asked for, its trace."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from nobat.model import duty, orders, outcome
from nobat.model.compiled import part
from nobat.model.duty import NEVER, OPERATING
from nobat.model.state import Desk, Plan, total_owed

#: What a trace holds of each step, besides works, order and garrison of every layer.
TRACE = (
    "day", "posture", "operating", "relieving", "reserve_units", "rest", "spent",
    "attacker_present", "attacker_losses", "defender_in_layers", "defender_reserve",
    "defender_losses", "surrendered", "layers_carried", "contact", "pressure", "rest_debt_days",
)  # fmt: skip

# The columns of a row of outcomes.
SECURED = outcome.index("secured")
ABANDONED = outcome.index("abandoned")
DAY_SECURED = outcome.index("day_secured")
DAY_CORE = outcome.index("day_core_taken")
DURATION = outcome.index("duration_d")
CARRIED = outcome.index("layers_carried")
LOST_AGAIN = outcome.index("layers_lost_again")
ATTEMPTS = outcome.index("counterattacks")
ATTACKER_LOSSES = outcome.index("attacker_losses")
DEFENDER_LOSSES = outcome.index("defender_losses")
SURRENDERED = outcome.index("surrendered")
ATTACKER = outcome.index("attacker_present")
DEFENDER = outcome.index("defender_present")
IN_RESERVE = outcome.index("defender_reserve")
SUICIDES = outcome.index("suicide_attacks")
SUICIDE_LOSSES = outcome.index("suicide_losses")
TIMES_SPENT = outcome.index("units_spent")
HANDOVERS = outcome.index("handovers")
COVER = outcome.index("cover")
UNIT_DAYS = outcome.index("operating_unit_days")
DEBT = outcome.index("rest_debt_unit_days")
DEBT_PEAK = outcome.index("rest_debt_peak_unit_days")
DEBT_DUE = outcome.index("rest_debt_due_day")
COMMITTED = outcome.index("days_committed")
CONTACT = outcome.index("mean_contact")
PRESSURE = outcome.index("mean_pressure")
BREAKS = outcome.index("breaks_by_pressure")


@part
def open_row(row: NDArray[np.float64]) -> None:
    """Nothing has happened yet; what may never happen is NaN."""
    row[:] = 0.0
    row[DAY_SECURED] = np.nan
    row[DAY_CORE] = np.nan
    row[DEBT_DUE] = np.nan


@part
def count_duties(plan: Plan, d: Desk, posture: int, posts: int, row: NDArray[np.float64]) -> float:
    """Add one step of unit-days; returns the posts asked for, for the share that was covered."""
    for k in range(duty.DUTIES):
        row[UNIT_DAYS + k] += d.duties[k] * plan.step_d
    if posture == orders.COMMIT_ALL:
        row[COMMITTED] += plan.step_d
        asked = float(plan.strength.size)
    elif posture == orders.PAUSE:
        asked = 0.0
    else:
        asked = float(posts)
    row[COVER] += min(asked, float(d.duties[OPERATING]))
    return asked


@part
def bill_due(plan: Plan, d: Desk, t: int) -> float:
    """The day on which the first rest still owed at step t falls due; NaN if none is owed.

    A debt falls due where the tour of the unit that owes it ends, but no sooner than t.
    """
    soonest = NEVER
    for i in range(d.units.duty.size):
        if duty.owed(d.units, plan.policy, i, t) > 0:
            over = t
            if d.units.duty[i] == OPERATING:
                over = max(t, d.units.began[i] + plan.policy.tour - 1)
            soonest = min(soonest, over)
    return soonest * plan.step_d if soonest < NEVER else np.nan


@part
def close_campaign(
    plan: Plan, d: Desk, t: int, front: int, reserve: float, asked: float, engaged_steps: int,
    row: NDArray[np.float64],
) -> None:  # fmt: skip
    """Write what is known only at the end: what is left, what is owed, the means over time."""
    row[DURATION] = t * plan.step_d
    row[CARRIED] = front
    row[ATTACKER] = d.units.strength.sum()
    row[DEFENDER] = d.garrison.sum()
    row[IN_RESERVE] = reserve
    row[DEBT] = total_owed(plan, d.units, t)
    if math.isnan(row[DEBT_DUE]):
        row[DEBT_DUE] = bill_due(plan, d, t)
    row[COVER] = row[COVER] / asked if asked > 0.0 else np.nan
    row[CONTACT] /= max(1, t)
    row[PRESSURE] = row[PRESSURE] / engaged_steps if engaged_steps > 0 else np.nan


@part
def write_trace(
    plan: Plan, d: Desk, t: int, posture: int, front: int, reserve: float, engaged: float,
    pressure: float, row: NDArray[np.float64], line: NDArray[np.float64],
) -> None:  # fmt: skip
    """Keep the state after step t: the columns of TRACE, then garrison, works, order by layer."""
    line[0] = t * plan.step_d
    line[1] = posture
    for k in range(duty.DUTIES):
        line[2 + k] = d.duties[k]
    line[7] = d.units.strength.sum()
    line[8] = row[ATTACKER_LOSSES]
    line[9] = d.garrison.sum()
    line[10] = reserve
    line[11] = row[DEFENDER_LOSSES]
    line[12] = row[SURRENDERED]
    line[13] = front
    line[14] = engaged
    line[15] = pressure
    line[16] = total_owed(plan, d.units, t)
    layers = d.garrison.size
    for layer in range(layers):
        line[17 + layer] = d.garrison[layer]
        line[17 + layers + layer] = d.works[layer]
        line[17 + 2 * layers + layer] = d.order[layer]
