"""Pairs of runs on the same luck, and replications step by step, for tests of directions."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np
from numpy.typing import NDArray

from nobat.engine import cpu
from nobat.engine.plan import build
from nobat.model.ledger import LAYER_TRACE, PLACE_TRACE, TRACE, UNIT_TRACE
from nobat.model.outcome import index
from nobat.model.state import Plan
from nobat.scenario import load
from tests.statistics import FURTHEST, z_mean

Floats = NDArray[np.float64]
#: Fixed beforehand.
SEED, REPLICATIONS = 11, 300
ABU_KAMAL = load("abu-kamal-2017")


def values(*changes: Mapping[str, object]) -> tuple[tuple[str, object], ...]:
    """Changes to the scenario in the form that `runs` takes."""
    return tuple((path, value) for change in changes for path, value in change.items())


@cache
def runs(doctrine: str, changes: tuple[tuple[str, object], ...] = ()) -> Floats:
    """Outcomes of the first scenario with some values changed."""
    plan = build(ABU_KAMAL.with_values(dict(changes)), doctrine)
    return cpu.simulate(plan, SEED, 0, REPLICATIONS)


def of(rows: Floats, name: str) -> Floats:
    """A column of outcomes."""
    return rows[:, index(name)]


def higher(more: Floats, less: Floats, name: str) -> float:
    """Assert that an outcome is higher in the first rows, pair by pair; returns by how much.

    Pairs in which it does not exist on both sides say nothing.
    """
    gap = of(more, name) - of(less, name)
    gap = gap[~np.isnan(gap)]
    assert gap.size > 80, name
    assert z_mean(gap, 0.0) > FURTHEST, (name, gap.mean())
    return float(gap.mean())


def both_secured(one: Floats, other: Floats) -> tuple[Floats, Floats]:
    """The pairs in which the place was secured on both sides: what the same success costs."""
    pairs = (of(one, "secured") == 1.0) & (of(other, "secured") == 1.0)
    return one[pairs], other[pairs]


def course(plan: Plan, replication: int) -> dict[str, Floats]:
    """One replication step by step: columns of a trace, and blocks `layer_...`, `place_...`."""
    trace = cpu.trajectory(plan, SEED, replication).trace
    found, at = dict(zip(TRACE, trace.T, strict=False)), len(TRACE)
    blocks = (
        ("layer", LAYER_TRACE, plan.garrison.size),
        ("unit", UNIT_TRACE, plan.strength.size),
        ("place", PLACE_TRACE, plan.hold.size),
    )
    for kind, names, size in blocks:
        for name in names:
            found[f"{kind}_{name}"] = trace[:, at : at + size]
            at += size
    return found
