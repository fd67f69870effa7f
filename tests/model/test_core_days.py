"""The days on which the last place's core falls, is lost again, and falls for the second time."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from nobat.engine.cpu import simulate, trajectory
from nobat.engine.plan import build
from nobat.model import ledger
from nobat.model.outcome import OUTCOMES, index
from nobat.scenario import Scenario, load

Floats = NDArray[np.float64]
TAKEN, LOST, RETAKEN = (
    index(name) for name in ("day_core_taken", "day_core_lost", "day_core_retaken")
)
#: As plain Python: compiled, only compiled code calls it.
date_core = ledger.date_core.py_func  # type: ignore[attr-defined]
#: Counter-attacks that come often and succeed at times, and how long the core must be held.
STORMY = {"counterattack.per_day": 3, "counterattack.ratio": 4}
HOLD_H = 48


@pytest.mark.parametrize(
    ("held", "days"),
    [
        ([], [None, None, None]),
        ([0, 0], [None, None, None]),
        ([0, 1, 1], [1, None, None]),
        ([1, 1, 0, 0], [0, 2, None]),
        ([1, 0, 0, 1, 0, 1], [0, 1, 3]),
    ],
)
def test_only_the_first_of_each_is_dated(held: list[int], days: list[int | None]) -> None:
    row = np.full(len(OUTCOMES), np.nan)
    for day, taken in enumerate(held):
        date_core(bool(taken), float(day), row)
    found = [None if np.isnan(x) else x for x in row[[TAKEN, LOST, RETAKEN]]]
    assert found == days


def stormy(hold_h: int) -> Scenario:
    """One wall under these counter-attacks, whose core must be held so long."""
    name = next(iter(load("one-wall").places))
    return load("one-wall", {**STORMY, f"places.{name}.hold_h": hold_h, "run.horizon_d": 60})


@pytest.fixture(scope="module")
def rows() -> Floats:
    return simulate(build(stormy(HOLD_H), "commit-all"), 1, 0, 600)


def test_the_days_are_in_order(rows: Floats) -> None:
    lost, again = ~np.isnan(rows[:, LOST]), ~np.isnan(rows[:, RETAKEN])
    assert lost.sum() > 20
    assert again.sum() > 5
    assert not (again & ~lost).any()
    assert (rows[lost, TAKEN] < rows[lost, LOST]).all()
    assert (rows[again, LOST] < rows[again, RETAKEN]).all()
    assert (rows[lost, index("layers_lost_again")] >= 1).all()


def test_what_is_secured_was_taken_back(rows: Floats) -> None:
    """A core that was lost and a campaign that was won: it fell again, and was held since."""
    won = (rows[:, index("secured")] == 1) & ~np.isnan(rows[:, LOST])
    assert won.any()
    assert (rows[won, index("day_secured")] >= rows[won, RETAKEN] + HOLD_H / 24).all()


def test_the_days_are_those_of_the_course() -> None:
    """Step by step: the core changes hands where the trace says so."""
    plan = build(stormy(HOLD_H), "commit-all")
    layers = plan.garrison.size
    seen = 0
    for k in range(40):
        found = trajectory(plan, 1, k)
        carried = found.trace[:, ledger.TRACE.index("layers_carried")]
        taken = carried >= layers
        days = found.trace[:, 0]
        if np.isnan(found.row[LOST]):
            continue
        seen += 1
        first = int(np.argmax(taken))
        gone = first + int(np.argmax(~taken[first:]))
        assert days[first] == found.row[TAKEN]
        assert days[gone] == found.row[LOST]
        if taken[gone:].any():
            assert days[gone + int(np.argmax(taken[gone:]))] == found.row[RETAKEN]
    assert seen > 2
