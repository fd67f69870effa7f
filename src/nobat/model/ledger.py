"""What is written down of a replication: its row of outcomes and, if asked for, its trace."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from nobat.model import duty, luck, orders, outcome, state
from nobat.model.compiled import piece, rare
from nobat.model.duty import NEVER, OPERATING
from nobat.model.luck import Address
from nobat.model.state import Desk, Plan, effect_of, total_owed

#: What a trace holds of each step as a whole.
TRACE = (
    "day", "stage", "posture", "fire", "corridor", "operating", "relieving", "reserve_units",
    "rest", "spent", "attacker_present", "attacker_losses", "defender_in_layers",
    "defender_reserve", "defender_leaving", "defender_losses", "surrendered", "escaped",
    "layers_carried", "contact", "pressure", "effectiveness", "defender_effectiveness", "stock_t",
    "supply_factor", "supply_days", "isolated", "residents", "false_engagements_expected",
    "rest_debt_days",
)  # fmt: skip
#: Then, for each layer, unit and place: blocks of columns, name by name.
LAYER_TRACE = ("garrison", "works", "order", "effectiveness")
UNIT_TRACE = ("duty", "strength", "effectiveness")
PLACE_TRACE = ("carried", "isolated", "stock_t", "supply_factor", "suppression", "residents")

# The columns of a row of outcomes.
SECURED = outcome.index("secured")
ABANDONED = outcome.index("abandoned")
DAY_SECURED = outcome.index("day_secured")
DAY_CORE = outcome.index("day_core_taken")
CORE_LOST = outcome.index("day_core_lost")
CORE_RETAKEN = outcome.index("day_core_retaken")
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
ABANDONED_DRY = outcome.index("abandoned_dry")
ESCAPED = outcome.index("escaped")
REINFORCEMENTS = outcome.index("reinforcements")
ISOLATED_DAY = outcome.index("isolated_day")
LOWEST = outcome.index("lowest_effectiveness")
DEFENDER_LOWEST = outcome.index("lowest_defender_effectiveness")
SUPPLY_USED = outcome.index("supply_used_t")
SUPPLY_BROUGHT = outcome.index("supply_brought_t")
SUPPLY_DAYS = outcome.index("lowest_supply_days")
DAYS_DRY = outcome.index("days_dry")
DEFENDER_USED = outcome.index("defender_supply_used_t")
DEFENDER_DRY = outcome.index("defender_days_dry")
FALSE = outcome.index("false_engagements")
HARM = outcome.index("harm_index")
RESIDENTS_LEFT = outcome.index("residents_left")
RESIDUAL = outcome.index("residual_force")
ATTACKS_AFTER = outcome.index("attacks_after")
ATTACKS_AFTER_SECURED = outcome.index("attacks_after_secured")
FIRST_ATTACK = outcome.index("first_attack_after_d")
BELIEVED_DEAD = outcome.index("leader_believed_dead")


@piece
def open_row(row: NDArray[np.float64]) -> None:
    """Nothing has happened yet; what may never happen is NaN."""
    row[:] = 0.0
    row[DAY_SECURED] = np.nan
    row[DAY_CORE] = np.nan
    row[CORE_LOST] = np.nan
    row[CORE_RETAKEN] = np.nan
    row[DEBT_DUE] = np.nan
    row[ISOLATED_DAY] = np.nan
    row[ATTACKS_AFTER_SECURED] = np.nan
    row[FIRST_ATTACK] = np.nan
    row[LOWEST] = 1.0
    row[DEFENDER_LOWEST] = 1.0
    row[SUPPLY_DAYS] = state.PLENTY


@piece
def date_core(taken: bool, day: float, row: NDArray[np.float64]) -> None:
    """Date the first fall of the last place's core, its first loss, and when it fell again.

    taken: whether it is in the attacker's hands now, on `day`.
    """
    if taken:
        if math.isnan(row[DAY_CORE]):
            row[DAY_CORE] = day
        elif not math.isnan(row[CORE_LOST]) and math.isnan(row[CORE_RETAKEN]):
            row[CORE_RETAKEN] = day
    elif not math.isnan(row[DAY_CORE]) and math.isnan(row[CORE_LOST]):
        row[CORE_LOST] = day


@piece
def count_duties(plan: Plan, d: Desk, row: NDArray[np.float64]) -> None:
    """Add one step of unit-days, and the posts asked for, for the share that was covered."""
    posture = d.now[state.POSTURE]
    for k in range(duty.DUTIES):
        row[UNIT_DAYS + k] += d.duties[k] * plan.step_d
    if posture == orders.COMMIT_ALL:
        row[COMMITTED] += plan.step_d
        asked = float(plan.strength.size)
    elif posture == orders.PAUSE:
        asked = 0.0
    else:
        asked = d.now[state.POSTS]
    row[COVER] += min(asked, float(d.duties[OPERATING]))
    d.now[state.ASKED] += asked


@piece
def bill_due(plan: Plan, d: Desk, t: int) -> float:
    """The day on which the first rest still owed at step t falls due; NaN if none is owed.

    A debt falls due where the tour of the unit that owes it ends, but no sooner than t.
    """
    soonest = NEVER
    for i in range(d.units.size):
        if duty.owed(d.units, plan.policy, i, t) > 0:
            over = t
            if d.units[i].duty == OPERATING:
                over = max(t, d.units[i].began + plan.policy.tour - 1)
            soonest = min(soonest, over)
    return soonest * plan.step_d if soonest < NEVER else np.nan


@piece
def count_harm(plan: Plan, at: Address, d: Desk, row: NDArray[np.float64]) -> None:
    """Draw how many false engagements there were: Poisson numbers of what was to be expected.

    Their stream has a rate that depends on none of them, so its total has this law exactly.
    """
    plain, gathered = d.now[state.FALSE_PLAIN], d.now[state.FALSE_GATHERED]
    if not plan.expected:
        u, v, _, _ = luck.four(Address(at.seed, at.replication, 0), luck.HARM, 0)
        plain, gathered = float(luck.poisson(plain, u)), float(luck.poisson(gathered, v))
    row[FALSE] = plain + gathered
    terms = plan.policies.terms
    row[HARM] = terms.harm_per_engagement * (plain + terms.gathering_harm * gathered)


@rare
def close_campaign(plan: Plan, at: Address, d: Desk, row: NDArray[np.float64]) -> None:
    """Write what is known only at the end: what is left, what is owed, the means over time.

    Defenders who were on their way out have got away.
    """
    t = at.step
    row[DURATION] = t * plan.step_d
    row[CARRIED] = d.places.carried.sum()
    row[ATTACKER] = d.units.strength.sum()
    row[DEFENDER] = d.layers.garrison.sum()
    row[IN_RESERVE] = d.now[state.RESERVE]
    for p in range(plan.hold.size):
        row[ESCAPED] += d.places[p].leaving
        d.places[p].leaving = 0.0
    row[DEBT] = total_owed(plan, d.units, t)
    if math.isnan(row[DEBT_DUE]):
        row[DEBT_DUE] = bill_due(plan, d, t)
    asked, steps = d.now[state.ASKED], d.now[state.ENGAGED_STEPS]
    row[COVER] = row[COVER] / asked if asked > 0.0 else np.nan
    row[CONTACT] /= max(1, t)
    row[PRESSURE] = row[PRESSURE] / steps if steps > 0.0 else np.nan
    if plan.policies.on:
        count_harm(plan, at, d, row)


def trace_width(plan: Plan) -> int:
    """How many columns a trace of this plan has."""
    return (
        len(TRACE)
        + len(LAYER_TRACE) * plan.garrison.size
        + len(UNIT_TRACE) * plan.strength.size
        + len(PLACE_TRACE) * plan.hold.size
    )


@rare
def write_trace(
    plan: Plan, d: Desk, t: int, row: NDArray[np.float64], line: NDArray[np.float64]
) -> None:
    """Keep the state after step t: the columns of TRACE, then the blocks of layers, units, places.

    line: (trace_width,).
    """
    now = d.now
    line[0] = t * plan.step_d
    line[1] = now[state.STAGE] + 1.0
    line[2], line[3], line[4] = now[state.POSTURE], now[state.FIRE], now[state.CORRIDOR]
    for k in range(duty.DUTIES):
        line[5 + k] = d.duties[k]
    line[10] = d.units.strength.sum()
    line[11] = row[ATTACKER_LOSSES]
    line[12] = d.layers.garrison.sum()
    line[13] = now[state.RESERVE]
    line[14] = d.places.leaving.sum()
    line[15], line[16], line[17] = row[DEFENDER_LOSSES], row[SURRENDERED], row[ESCAPED]
    line[18] = d.places.carried.sum()
    line[19], line[20] = now[state.ENGAGED], now[state.PRESSURE]
    line[21], line[22] = now[state.EFFECT], now[state.DEFENDER_EFFECT]
    line[23], line[24], line[25] = now[state.STOCK], now[state.FED], now[state.SUPPLY_DAYS]
    line[26] = now[state.ISOLATED]
    line[27] = d.places.residents.sum()
    line[28] = now[state.FALSE_PLAIN] + now[state.FALSE_GATHERED]
    line[29] = total_owed(plan, d.units, t)
    write_blocks(plan, d, line[30:])


@piece
def write_blocks(plan: Plan, d: Desk, line: NDArray[np.float64]) -> None:
    """The blocks of a trace, in the order of LAYER_TRACE, UNIT_TRACE and PLACE_TRACE."""
    n, m, q = plan.garrison.size, plan.strength.size, plan.hold.size
    for layer in range(n):
        line[layer] = d.layers[layer].garrison
        line[n + layer] = d.layers[layer].works
        line[2 * n + layer] = d.layers[layer].order
        line[3 * n + layer] = effect_of(d, layer)
    at = 4 * n
    for i in range(m):
        line[at + i] = d.units[i].duty
        line[at + m + i] = d.units[i].strength
        line[at + 2 * m + i] = d.units[i].effect
    at += 3 * m
    for p in range(q):
        line[at + p] = d.places[p].carried
        line[at + q + p] = d.places[p].cut
        line[at + 2 * q + p] = d.places[p].stock
        line[at + 3 * q + p] = d.places[p].fed
        line[at + 4 * q + p] = d.places[p].sigma
        line[at + 5 * q + p] = d.places[p].residents
