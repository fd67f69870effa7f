"""Rows on the sharing out of a difference among mechanisms (MODEL 17)."""

from __future__ import annotations

from functools import cache
from itertools import permutations, product

import numpy as np
from numpy.typing import NDArray

from nobat.engine import cpu
from nobat.engine.plan import build
from nobat.model.outcome import index
from nobat.study.shapley import shapley
from nobat.study.why_runs import PLAYERS, worths
from tests.model.test_shadow import EVERYTHING, eventful, physical, run
from tests.verification.judgement import IDENTITY, SOLVER, STRUCTURE, Verdict, judged, largest

_RUNS = 20
_PAIRS = list(product(("rotate", "commit-all", "wait"), repeat=2))


@cache
def game() -> NDArray[np.float64]:
    """Losses in every mix of two doctrines that differ in everything: (64, replications)."""
    scenario = eventful(**{"doctrines.wait.fire": "free"}).with_values({"run.replications": _RUNS})
    return worths(
        scenario, "wait", "commit-all", "attacker_losses", PLAYERS,
        expected=False, jobs=1, progress=None,
    )  # fmt: skip


@judged(
    "17", "why: the switches",
    "campaigns with all taken from another doctrine's shadow that differ from its own, of 180",
    "the other doctrine's own campaigns, to the bit", kind=IDENTITY, standing=STRUCTURE,
)  # fmt: skip
def taken_over() -> Verdict:
    """Nine pairs of doctrines with the same fire policy; what counts duties is left out."""
    scenario, off = eventful(), 0
    for doctrine, other in _PAIRS:
        mixed = physical(run(scenario, doctrine, other, EVERYTHING, _RUNS))
        own = physical(run(scenario, other, count=_RUNS))
        off += sum(a.tobytes() != b.tobytes() for a, b in zip(mixed, own, strict=True))
    return Verdict(off, 0, 0)


@judged(
    "17", "why: the shares", "shares of six players: largest difference",
    "what each adds, in all 720 orders one by one", kind=SOLVER,
)  # fmt: skip
def every_order() -> Verdict:
    """Shapley's weights against the orders that they stand for."""
    worth = game().mean(axis=1)
    orders = list(permutations(range(len(PLAYERS))))
    total = np.zeros(len(PLAYERS))
    for order in orders:
        there = 0
        for player in order:
            total[player] += worth[there | 1 << player] - worth[there]
            there |= 1 << player
    return Verdict(largest(list(shapley(worth) - total / len(orders))), 0, 1e-9, "persons",
                   rounding=True)  # fmt: skip


@judged(
    "17", "why: the shares", "their sum in any replication: largest difference",
    "the difference between the doctrines' own campaigns", kind=IDENTITY,
)  # fmt: skip
def adding_up() -> Verdict:
    """Replication by replication, against campaigns without a shadow."""
    scenario = eventful(**{"doctrines.wait.fire": "free"})
    a, b = (
        cpu.simulate(build(scenario, name), scenario.run.seed, 0, _RUNS)
        for name in ("wait", "commit-all")
    )
    gap = (a - b)[:, index("attacker_losses")]
    return Verdict(largest(list(shapley(game()).sum(axis=0) - gap)), 0, 1e-9, "persons",
                   rounding=True)  # fmt: skip
