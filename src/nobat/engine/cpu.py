"""Monte Carlo on the processor: rows of outcomes for a stretch of replications."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nobat.model import campaign
from nobat.model.ledger import TRACE
from nobat.model.outcome import OUTCOMES
from nobat.model.state import Plan, desk

_NO_TRACE = np.zeros((0, 0))


def simulate(plan: Plan, seed: int, first: int, count: int) -> NDArray[np.float64]:
    """Outcomes of replications first .. first + count - 1, one row each, columns as OUTCOMES.

    Row k depends on nothing but (plan, seed, first + k). The interpreter's lock is released
    while it runs, so threads run side by side.
    """
    rows = np.zeros((count, len(OUTCOMES)))
    campaign.replications(plan, seed, first, desk(plan), rows, _NO_TRACE)
    return rows


def trajectory(
    plan: Plan, seed: int, replication: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """One replication with the state after each of its steps.

    Returns (its row of outcomes, the trace of shape (steps, len(TRACE) + 3 L)): the columns of
    `TRACE`, then garrison, works and order of every layer.
    """
    row = np.zeros((1, len(OUTCOMES)))
    width = len(TRACE) + 3 * plan.garrison.size
    trace = np.full((plan.horizon, width), np.nan)
    campaign.replications(plan, seed, replication, desk(plan), row, trace)
    steps = round(row[0, _DURATION] / plan.step_d)
    return row[0], trace[:steps]


_DURATION = [outcome.name for outcome in OUTCOMES].index("duration_d")
