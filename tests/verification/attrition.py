"""Rows on attrition: exact chains, closed forms, published courses (MODEL 6)."""

from __future__ import annotations

import math
from functools import cache

import numpy as np

from nobat.model import luck
from tests.oracles.test_attrition_exact import INLINE, LAWS, RUNS, flow, fought, number, table
from tests.reference import folder
from tests.statistics import FURTHEST, z_mean, z_share
from tests.verification.judgement import (
    CLOSED,
    HAND,
    SOLVER,
    STRUCTURE,
    Verdict,
    judged,
    largest,
)

_CHAINS = "exact win chances, survivors and durations, rational arithmetic"


@cache
def zs() -> tuple[float, ...]:
    """z-values of the model's own losses, fought to the end, in four laws, three duels each."""
    found = []
    for law in LAWS:
        rows = table(folder(), f"exact_{law}_law.csv")
        open_ = [row for row in rows if 0.05 < float(row["P_X_wins"]) < 0.95]
        for row in open_[:: len(open_) // 3][:3]:
            m, n = int(row["m"]), int(row["n"])
            out = fought(law, number(row["r"]), m, n, seed=500 + m + 20 * n)
            found.append(z_share(int((out[:, 0] > 0).sum()), RUNS, float(row["P_X_wins"])))
            found.append(z_mean(out[:, 0], float(row["EX_surv"])))
            found.append(z_mean(out[:, 2], float(row["ET"])))
    return tuple(found)


@judged("6", "attrition", "twelve duels in four laws: largest of 36 z-values", _CHAINS, kind=SOLVER)
def wildest() -> Verdict:
    """Losses drawn step by step, to annihilation."""
    return Verdict(largest(list(zs())), 0, FURTHEST, chance=True)


@judged("6", "attrition", "the same: mean of z squared", _CHAINS, kind=SOLVER)
def bias() -> Verdict:
    """A bias everywhere, however small, would raise it; 4.5 of its standard deviations."""
    return Verdict(float(np.mean(np.square(zs()))), 1, 4.5 * math.sqrt(2 / len(zs())), chance=True)


@judged(
    "6", "attrition", "three against two in four laws: largest of 4 z-values",
    "31/40, 11/16, 3/5 and 115/216, by hand", kind=HAND,
)  # fmt: skip
def three_against_two() -> Verdict:
    """Without any table."""
    found = []
    for law, r, m, n, exact in INLINE:
        won = fought(law, r, m, n, seed=11)[:, 0] > 0.0
        found.append(z_share(int(won.sum()), RUNS, exact))
    return Verdict(largest(found), 0, FURTHEST, chance=True)


@judged(
    "6", "attrition", "courses in four laws: largest relative difference of a strength",
    "closed-form solutions to 20 digits", kind=CLOSED,
)  # fmt: skip
def courses() -> Verdict:
    """The model's loss rates, integrated."""
    apart = []
    for law, exponents in LAWS.items():
        for row in table(folder(), "deterministic_reference.csv"):
            if row["law"] == law:
                start = float(row["x0"]), float(row["y0"])
                end = flow(*start, float(row["a"]), float(row["b"]), exponents, float(row["t"]))
                for found, name in zip(end, "xy", strict=True):
                    apart.append((found - float(row[name])) / max(1.0, float(row[name])))
    return Verdict(largest(apart), 0, 1e-4, rounding=True)


@judged(
    "6", "attrition", "square law, 1,000 against 800 at equal rates: survivors",
    "sqrt(1,000^2 - 800^2)", kind=CLOSED,
)  # fmt: skip
def survivors() -> Verdict:
    """Ten days and 0.9861 of the eleventh, by which time the other side is gone."""
    x, _ = flow(1000.0, 800.0, 0.1, 0.1, LAWS["square"], 10.986)
    return Verdict(x, 600, 0.1, "persons")


@judged(
    "6", "suicide attacks", "mean toll, 4 given, of 20,000 even draws", "its own mean",
    kind=HAND, standing=STRUCTURE,
)  # fmt: skip
def toll() -> Verdict:
    """A geometric count: most attacks do little, a few much."""
    draws = [luck.geometric(4.0, (k + 0.5) / 20_000) for k in range(20_000)]
    return Verdict(float(np.mean(draws)), 4, 0.02, "persons")
