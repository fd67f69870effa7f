"""Each mechanism's equation at points that a reader can check by hand, and its limits."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from nobat.model import attrition, breaking, contact, luck, works
from nobat.model.orders import (
    CLOSED,
    COMMIT_ALL,
    GREATER_EQUAL,
    OPEN,
    PAUSE,
    ROTATE,
    UNCHANGED,
    Rules,
    decide,
)

shares = st.floats(0.0, 1.0)
rates = st.floats(0.0, 20.0)


def test_pressure_and_suppression() -> None:
    assert contact.pressure(800.0, 200.0) == 4.0
    assert contact.suppression(4.0, 4.0) == 0.5
    assert contact.suppression(0.0, 4.0) == 0.0
    assert contact.suppression(contact.pressure(1.0, 0.0), 4.0) == 1.0
    assert contact.pressure(0.0, 0.0) == 0.0
    assert contact.in_contact(4000.0, 2200.0) == 2200.0


def test_shield() -> None:
    assert works.shield(1.0, 1.0, 0.7, 0.7) == pytest.approx(0.91)
    assert works.shield(0.0, 0.0, 0.7, 0.7) == 0.0


@given(shares, shares, st.floats(0.0, 0.99), st.floats(0.0, 0.99))
def test_the_shield_is_a_share_below_one(w: float, q: float, p_w: float, p_q: float) -> None:
    assert 0.0 <= works.shield(w, q, p_w, p_q) < 1.0


@given(shares, rates, rates, st.floats(0.0, 10.0))
def test_works_follow_their_equation(w: float, rebuild: float, wear: float, days: float) -> None:
    after = works.works_after(w, rebuild, wear, days)
    assert -1e-12 <= after <= 1.0 + 1e-12
    halves = works.works_after(
        works.works_after(w, rebuild, wear, days / 2), rebuild, wear, days / 2
    )
    assert after == pytest.approx(halves, abs=1e-9)  # exact in time: the step's length is no matter


def test_works_and_order_equal_a_numerical_solution() -> None:
    rho, beta, tau, sigma, fire = 0.5, 0.15e-3, 1.5, 0.4, 1250.0

    def rate(_: float, y: np.ndarray) -> list[float]:
        return [
            rho * (1 - y[0]) * (1 - sigma) - beta * fire * y[0],
            (1 - y[1]) * (1 - sigma) / tau,
        ]

    solved = solve_ivp(rate, (0.0, 3.0), [0.3, 0.2], rtol=1e-10, atol=1e-12).y[:, -1]
    assert works.works_after(0.3, rho * (1 - sigma), beta * fire, 3.0) == pytest.approx(solved[0])
    assert works.order_after(0.2, tau, sigma, 3.0) == pytest.approx(solved[1])


def test_a_counter_attack_needs_attackers() -> None:
    assert works.retake_probability(2000.0, 0.0, 2.0) == 0.0
    assert works.retake_probability(0.0, 10.0, 2.0) == 1.0
    assert works.retake_probability(1000.0, 500.0, 2.0) == 0.5
    assert works.retake_probability(2000.0, 500.0, 2.0) == pytest.approx(1 / 17)


@pytest.mark.parametrize(
    ("p", "q", "expected"), [(1.0, 0.0, 80.0), (1.0, 1.0, 16_000.0), (0.0, 1.0, 20.0)]
)
def test_the_named_laws(p: float, q: float, expected: float) -> None:
    assert attrition.loss_rate(0.1, 800.0, p, 200.0, q) == pytest.approx(expected)
    assert attrition.loss_rate(0.1, 800.0, p, 0.0, q) == 0.0
    assert attrition.loss_rate(0.1, 0.0, p, 200.0, q) == 0.0


@given(st.integers(0, 5000), rates, st.floats(0.01, 1.0), st.floats(0.0, 1.0, exclude_max=True))
def test_losses_are_whole_and_never_more_than_there_are(
    n: int, per_day: float, days: float, u: float
) -> None:
    lost = attrition.losses(float(n), per_day, days, u, False)
    assert 0.0 <= lost <= n
    assert lost == math.floor(lost)
    assert 0.0 <= attrition.losses(float(n), per_day, days, u, True) <= n


TERMS = breaking.Terms(0.03, 6.0, 0.8, 0.6, 0.17, 72, 0.5)


def test_no_pressure_no_break() -> None:
    assert breaking.break_hazard(TERMS, 0.0, 1.0, True, True, 0.0) == 0.0
    assert breaking.break_hazard(TERMS, 0.5, 0.0, False, False, 0.0) == pytest.approx(0.015)
    assert breaking.break_hazard(TERMS, 1.0, 0.5, False, True, 0.0) == pytest.approx(
        0.03 * math.exp(3.6)
    )


def test_causes_have_their_shares() -> None:
    # h = h0 exp(3 + 0.8 + 0.6): h0 is pressure's own part, the rest goes 3 to 0.8 to 0.6.
    grid = 20_000
    causes = [
        breaking.break_cause(TERMS, 0.5, True, True, 0.0, (k + 0.5) / grid) for k in range(grid)
    ]
    own = math.exp(-4.4)
    parts = [own, *((1 - own) * x / 4.4 for x in (3.0, 0.8, 0.6))]
    assert np.bincount(causes, minlength=4) / grid == pytest.approx(parts, abs=1e-3)
    assert breaking.break_cause(TERMS, 0.0, False, False, 0.0, 0.9) == breaking.PRESSURE


def test_nine_in_ten_thresholds_lie_below_forty_per_cent() -> None:
    # The model's own reading of the exponential with mean 0.17.
    assert 1.0 - math.exp(-0.40 / 0.17) == pytest.approx(0.905, abs=0.001)
    at = luck.Address(1, 0, 0)
    quantiles = [breaking.threshold(TERMS, at, i, 12, True) for i in range(12)]
    assert quantiles == sorted(quantiles)
    assert sum(q < 0.40 for q in quantiles) == 11


def rules(*given: tuple[float, int, int, bool]) -> Rules:
    """Rules `x >= number` on one observable, with posture, posts and latch."""
    return Rules(
        start=ROTATE,
        start_fire=0,
        start_corridor=OPEN,
        observable=np.zeros(len(given), np.int64),
        op=np.full(len(given), GREATER_EQUAL),
        number=np.array([g[0] for g in given]),
        posture=np.array([g[1] for g in given], np.int64),
        posts=np.array([g[2] for g in given], np.int64),
        fire=np.full(len(given), UNCHANGED),
        corridor=np.full(len(given), UNCHANGED),
        latch=np.array([g[3] for g in given], np.bool_),
    )


def ordered(r: Rules, history: list[float]) -> list[tuple[int, int]]:
    """What the rules order as the observable takes these values in turn."""
    latched = np.zeros(r.op.size, np.bool_)
    return [decide(r, np.full(r.op.size, x), latched, 4)[:2] for x in history]


def test_the_last_rule_that_is_true_wins_and_falls_back() -> None:
    r = rules((1.0, COMMIT_ALL, UNCHANGED, False), (2.0, PAUSE, UNCHANGED, False))
    assert [posture for posture, _ in ordered(r, [0, 1, 2, 1, 0])] == [
        ROTATE,
        COMMIT_ALL,
        PAUSE,
        COMMIT_ALL,
        ROTATE,
    ]


def test_a_latched_rule_stays_and_posts_are_ruled_apart() -> None:
    r = rules((1.0, COMMIT_ALL, UNCHANGED, True), (3.0, UNCHANGED, 6, False))
    assert ordered(r, [0, 1, 0, 3, 0]) == [
        (ROTATE, 4),
        (COMMIT_ALL, 4),
        (COMMIT_ALL, 4),
        (COMMIT_ALL, 6),
        (COMMIT_ALL, 4),
    ]


def test_fire_and_corridor_are_ruled_apart_too() -> None:
    r = rules((1.0, UNCHANGED, UNCHANGED, False), (2.0, UNCHANGED, UNCHANGED, False))
    r = r._replace(fire=np.array([1, UNCHANGED]), corridor=np.array([UNCHANGED, CLOSED]))
    latched = np.zeros(2, np.bool_)
    found = [decide(r, np.full(2, float(x)), latched, 4)[2:] for x in range(3)]
    assert found == [(0, OPEN), (1, OPEN), (1, CLOSED)]


WORKS = works.Terms(0.7, 0.7, 0.5, 0.15e-3, 1.5, 0.35, 1.5, 720.0, 0.6, 4.0, 0.0, 0.0, 0.0)


def test_what_is_not_brought_up_is_not_built() -> None:
    assert works.pace(WORKS, 1.0) == 0.5
    assert works.pace(WORKS, 0.0) == pytest.approx(0.2)  # rho_w (1 - iota): cut off
    assert works.pace(WORKS, 0.5) == pytest.approx(0.35)
    assert works.way_up(WORKS, 0.0) == 1.5
    assert works.way_up(WORKS, 30.0) == pytest.approx(1.5 + 60.0 / 720.0)  # there and back
