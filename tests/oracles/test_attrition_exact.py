"""Attrition against exact pure-death chains and closed forms (MODEL 6).

The duel of these tests is the model's own losses, step by step with a short step, to the end.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from nobat.model import attrition, luck
from nobat.model.compiled import scalar
from nobat.model.luck import Address
from tests.statistics import family, z_mean, z_share

RUNS = 10_000
#: Expected losses of both sides together in one step of a duel: small, so that the step's own
#: error (of this order times a tenth) stays well below the standard error of RUNS.
STEP = 0.01

# Exponents (p, q) of X's fire on Y and of Y's fire on X.
LAWS = {
    "square": (1.0, 0.0, 1.0, 0.0),
    "linear": (1.0, 1.0, 1.0, 1.0),
    "logarithmic": (0.0, 1.0, 0.0, 1.0),
    "guerrilla_x": (1.0, 0.0, 1.0, 1.0),
}
# One row of each exact table, so that the check bites without the tables too.
INLINE = [
    ("square", 1.0, 3, 2, 31 / 40),
    ("linear", 1.0, 3, 2, 11 / 16),
    ("logarithmic", 1.0, 3, 2, 3 / 5),
    ("guerrilla_x", 1.0, 3, 2, 115 / 216),
]


@scalar
def duels(
    m: int,
    n: int,
    a: float,
    law: tuple[float, float, float, float],
    seed: int,
    out: NDArray[np.float64],
) -> None:
    """Fight X (m, kill rate a) against Y (n, kill rate 1) to the end: survivors, time."""
    p1, q1, p2, q2 = law
    for k in range(out.shape[0]):
        x, y, time, step = float(m), float(n), 0.0, 0
        while x > 0.0 and y > 0.0:
            step += 1
            on_y = attrition.loss_rate(a, x, p1, y, q1)
            on_x = attrition.loss_rate(1.0, y, p2, x, q2)
            dt = STEP / (on_x + on_y)
            u_x, u_y, _, _ = luck.four(Address(seed, k, step), luck.STEP, 0)
            x, y = (
                x - attrition.losses(x, on_x, dt, u_x, False),
                y - attrition.losses(y, on_y, dt, u_y, False),
            )
            time += dt
        out[k, 0], out[k, 1], out[k, 2] = x, y, time


def fought(law: str, r: float, m: int, n: int, seed: int) -> NDArray[np.float64]:
    out = np.zeros((RUNS, 3))
    duels(m, n, r, LAWS[law], seed, out)
    return out


def table(reference: Path, name: str) -> list[dict[str, str]]:
    lines = (reference / "attrition" / name).read_text().splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def number(text: str) -> float:
    top, _, bottom = text.partition("/")
    return float(top) / float(bottom or 1)


@pytest.mark.parametrize(("law", "r", "m", "n", "exact"), INLINE)
def test_one_duel_of_each_table(law: str, r: float, m: int, n: int, exact: float) -> None:
    won = fought(law, r, m, n, seed=11)[:, 0] > 0.0
    assert abs(z_share(int(won.sum()), RUNS, exact)) < 4.5


@pytest.mark.parametrize("law", list(LAWS))
def test_against_the_exact_chain(reference: Path, law: str) -> None:
    rows = table(reference, f"exact_{law}_law.csv")
    # Even choices through the table, where neither side is sure to win.
    open_ = [row for row in rows if 0.05 < float(row["P_X_wins"]) < 0.95]
    chosen = open_[:: max(1, len(open_) // 8)][:8]
    zs = []
    for row in chosen:
        r, m, n = number(row["r"]), int(row["m"]), int(row["n"])
        out = fought(law, r, m, n, seed=100 + m + 20 * n)
        zs.append(z_share(int((out[:, 0] > 0).sum()), RUNS, float(row["P_X_wins"])))
        zs.append(z_mean(out[:, 0], float(row["EX_surv"])))
        zs.append(z_mean(out[:, 2], float(row["ET"])))
    family(zs)


@scalar
def flow(
    x: float, y: float, a: float, b: float, law: tuple[float, float, float, float], end: float
) -> tuple[float, float]:
    """Integrate the model's own loss rates by Heun's rule, 20,000 steps: strengths at the end."""
    p1, q1, p2, q2 = law
    dt = end / 20_000
    for _ in range(20_000):
        on_y = attrition.loss_rate(a, x, p1, y, q1)
        on_x = attrition.loss_rate(b, y, p2, x, q2)
        x1, y1 = max(0.0, x - on_x * dt), max(0.0, y - on_y * dt)
        on_y += attrition.loss_rate(a, x1, p1, y1, q1)
        on_x += attrition.loss_rate(b, y1, p2, x1, q2)
        x, y = x - 0.5 * on_x * dt, y - 0.5 * on_y * dt
    return x, y


@pytest.mark.parametrize("law", list(LAWS))
def test_expected_losses_follow_the_closed_form(reference: Path, law: str) -> None:
    rows = [row for row in table(reference, "deterministic_reference.csv") if row["law"] == law]
    assert rows
    for row in rows:
        start = float(row["x0"]), float(row["y0"])
        end = flow(*start, float(row["a"]), float(row["b"]), LAWS[law], float(row["t"]))
        assert end == pytest.approx((float(row["x"]), float(row["y"])), rel=1e-5, abs=1e-4), row


def test_lanchester_square_invariant() -> None:
    # The square law keeps a x^2 - b y^2: 1,000 against 800 at equal rates leaves 600.
    x, y, dt = 1000.0, 800.0, 1e-4
    while y > 0.5:
        x, y = (
            x - attrition.losses(x, 0.1 * y, dt, 0.5, True),
            y - attrition.losses(y, 0.1 * x, dt, 0.5, True),
        )
    assert x == pytest.approx(600.0, rel=2e-3)
