"""What the log of a replication says of orders, and that keeping one changes nothing."""

from __future__ import annotations

import numpy as np

from nobat.engine import cpu, plan
from nobat.model import orders
from tests.small import whole


def test_the_rule_that_decides_is_the_last_that_is_true() -> None:
    op = np.full(3, orders.GREATER_EQUAL)
    number = np.array([1.0, 2.0, 3.0])
    posture = np.array([orders.HOLD, orders.UNCHANGED, orders.PAUSE])
    none, latched = np.zeros(3, np.bool_), np.array([False, False, True])

    def by(x: float, held: np.ndarray) -> int:
        return orders.decider(op, number, posture, np.full(3, x), held)

    assert [by(x, none) for x in (0.0, 1.0, 2.0, 3.0)] == [orders.UNCHANGED, 0, 0, 2]
    assert by(0.0, latched) == 2


def test_keeping_a_log_changes_no_outcome() -> None:
    for doctrine in whole().doctrines:
        p = plan.build(whole(), doctrine)
        rows = cpu.simulate(p, 11, 0, 40)
        for k in range(0, 40, 7):
            assert cpu.trajectory(p, 11, k).row.tobytes() == rows[k].tobytes()
