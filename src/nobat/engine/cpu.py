"""Monte Carlo on the processor: rows of outcomes for a stretch of replications."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nobat.model import campaign, ledger
from nobat.model.outcome import OUTCOMES
from nobat.model.shadow import Shadow, nobody
from nobat.model.state import NOTED, Plan, desk

_NO_TRACE = np.zeros((0, 0))
#: Rows that a log has room for at first: some, and so many for each step.
_ROOM, _ROOM_A_STEP = 64, 16


def simulate(
    plan: Plan, seed: int, first: int, count: int, beside: Shadow | None = None
) -> NDArray[np.float64]:
    """Outcomes of replications first .. first + count - 1, one row each, columns as OUTCOMES.

    beside: another doctrine's duties, and what is taken from them; it is written on, so that each
    thread needs one of its own. Row k depends on nothing but (plan, beside, seed, first + k). The
    interpreter's lock is released while it runs, so threads run side by side.
    """
    rows = np.zeros((count, len(OUTCOMES)))
    campaign.replications(plan, seed, first, desk(plan), beside or nobody(plan), rows, _NO_TRACE)
    return rows


class Trajectory(NamedTuple):
    """One replication with everything that happened in it.

    row: its outcomes, as OUTCOMES; trace: the state after each of its steps, (steps, columns of
    `columns`); events: what happened, (events, 6), rows as `model/events.py` describes them.
    """

    row: NDArray[np.float64]
    trace: NDArray[np.float64]
    events: NDArray[np.float64]


def trajectory(plan: Plan, seed: int, replication: int) -> Trajectory:
    """One replication, the same as in any run, with its course.

    A log that is full may have lost events: the replication is run again with room for more.
    """
    row = np.zeros((1, len(OUTCOMES)))
    trace = np.full((plan.horizon, ledger.trace_width(plan)), np.nan)
    events = _ROOM + _ROOM_A_STEP * plan.horizon
    room = desk(plan, events)
    campaign.replications(plan, seed, replication, room, nobody(plan), row, trace)
    while room.now[NOTED] == events:
        events *= 4
        room = desk(plan, events)
        campaign.replications(plan, seed, replication, room, nobody(plan), row, trace)
    steps = round(row[0, ledger.DURATION] / plan.step_d)
    return Trajectory(row[0], trace[:steps], room.log[: int(room.now[NOTED])])


def traces(
    plan: Plan, seed: int, replications: Iterable[int]
) -> Iterator[tuple[NDArray[np.float64], NDArray[np.float64]]]:
    """Outcomes and course of some replications, (row, trace) each, without their events.

    Both are views that the next replication writes over: take what you need at once.
    """
    row, room, alone = np.zeros((1, len(OUTCOMES))), desk(plan), nobody(plan)
    trace = np.empty((plan.horizon, ledger.trace_width(plan)))
    for replication in replications:
        campaign.replications(plan, seed, replication, room, alone, row, trace)
        yield row[0], trace[: round(row[0, ledger.DURATION] / plan.step_d)]
