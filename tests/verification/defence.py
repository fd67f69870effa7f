"""Rows on the defence that rebuilds itself, breaking and flight (MODEL 7, 8 and 11)."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy import stats
from scipy.integrate import solve_ivp

from nobat.engine import cpu, plan
from nobat.model import flight, works
from nobat.model.outcome import index
from nobat.scenario import load
from nobat.theory import breach as theory
from nobat.theory.breach import Layers, constant
from nobat.theory.breach_simulated import sample_of
from nobat.theory.passage import Passage
from tests.oracles.paired import course
from tests.oracles.test_breach import LAYERS, STEP_H, skeleton
from tests.oracles.test_by_hand import QUIET, SIGMA, outcome, plan_of
from tests.small import small
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
from tests.verification.luck import EVEN, cells_off

_RUNS = 5_000
_BREACH, _REBUILD = 0.2, 0.06
_SKELETON = constant(LAYERS, _BREACH, _REBUILD)


@judged(
    "7", "works and order", "works and order after three days under fire: largest difference",
    "the differential equations solved by a library", kind=SOLVER, standing=STRUCTURE,
)  # fmt: skip
def recovery() -> Verdict:
    """The model's closed forms of a step."""
    rho, beta, tau, sigma, fire = 0.5, 0.15e-3, 1.5, 0.4, 1250.0

    def rate(_: float, y: NDArray[np.float64]) -> list[float]:
        return [rho * (1 - y[0]) * (1 - sigma) - beta * fire * y[0], (1 - y[1]) * (1 - sigma) / tau]

    solved = solve_ivp(rate, (0.0, 3.0), [0.3, 0.2], rtol=1e-10, atol=1e-12).y[:, -1]
    found = (
        works.works_after(0.3, rho * (1 - sigma), beta * fire, 3.0),
        works.order_after(0.2, tau, sigma, 3.0),
    )
    return Verdict(largest([a - b for a, b in zip(found, solved, strict=True)]), 0, 1e-8,
                   rounding=True)  # fmt: skip


@judged(
    "7", "counter-attack", "chance against four times the attackers' strength, ratio 2",
    "1/17, by hand",
    kind=HAND, standing=STRUCTURE,
)  # fmt: skip
def retaking() -> Verdict:
    """1 / (1 + (H / (kappa G))^4)."""
    return Verdict(works.retake_probability(2000.0, 500.0, 2.0), 1 / 17, 1e-12)


@judged(
    "7", "through the layers", "mean time, seven layers, l = 1, r = 0.3 a day",
    "(1/l) sum_k sum_i (r/l)^i", kind=CLOSED, standing=STRUCTURE,
)  # fmt: skip
def mean_time() -> Verdict:
    """The recursion by passages, against the double sum."""
    double = sum(0.3**i for k in range(7) for i in range(k + 1))
    return Verdict(theory.mean_time(constant(7, 1.0, 0.3)), double, 1e-12, "days")


@judged(
    "7", "through the layers", "median time, seven layers, l = 1, r = 0.3 a day",
    "where a library's matrix exponential has one half", kind=SOLVER, standing=STRUCTURE,
)  # fmt: skip
def median() -> Verdict:
    """By doubling of times, against scaling and squaring."""
    from scipy.linalg import expm
    from scipy.optimize import brentq

    q = np.diag([-1.0] + [-1.3] * 6) + np.diag([1.0] * 6, 1) + np.diag([0.3] * 6, -1)
    half = brentq(lambda t: expm(q * t)[0].sum() - 0.5, 1.0, 30.0, xtol=1e-12)
    return Verdict(Passage(constant(7, 1.0, 0.3)).quantile(0.5), half, 1e-9, "days")


@judged(
    "7", "through the layers", "event by event, other rates in each layer: largest of 8 z-values",
    "the exact mean, variance, quantiles and chance", kind=SOLVER, standing=STRUCTURE,
)  # fmt: skip
def event_by_event() -> Verdict:
    """20,000 replications."""
    layers = Layers((0.5, 3.0, 1.0, 0.2), (0.1, 2.0, 0.3))
    sample, law = sample_of(layers, 20_000, 12), Passage(layers)
    spread = (sample.times - sample.times.mean()) ** 2
    zs = [z_mean(sample.times, theory.mean_time(layers)), z_mean(spread, theory.variance(layers))]
    zs.append(z_mean(sample.rebuilt, theory.mean_rebuilt(layers)))
    for share in (0.05, 0.25, 0.5, 0.95):
        zs.append(z_share(int((sample.times <= law.quantile(share)).sum()), 20_000, share))
    never = int((sample.rebuilt == 0).sum())
    zs.append(z_share(never, 20_000, theory.p_never_rebuilt(layers)))
    return Verdict(largest(zs), 0, FURTHEST, chance=True)


@cache
def through() -> NDArray[np.float64]:
    """The campaign brought down to constant rates: seven layers, breached and retaken."""
    return cpu.simulate(plan.build(skeleton(_BREACH, _REBUILD), "rotate"), 5, 0, _RUNS)


@judged(
    "7", "through the layers", "the campaign at constant rates: mean time",
    "the birth-death chain", kind=SOLVER, standing=STRUCTURE,
)  # fmt: skip
def campaign_time() -> Verdict:
    """A step of h makes a geometric time of an exponential one: half a step later a breach."""
    days = through()[:, index("day_secured")] - LAYERS * STEP_H / 48
    error = float(days.std(ddof=1)) / math.sqrt(_RUNS)
    exact = theory.mean_time(_SKELETON)
    return Verdict(float(days.mean()), exact, FURTHEST * error, "days", chance=True)


@judged(
    "7", "through the layers", "the campaign at constant rates: share with no layer lost again",
    "(l/(l+r))^6", kind=CLOSED, standing=STRUCTURE,
)  # fmt: skip
def campaign_never() -> Verdict:
    """Nothing is lost again before the first breach."""
    exact = theory.p_never_rebuilt(_SKELETON)
    share = float((through()[:, index("layers_lost_again")] == 0.0).mean())
    tolerance = FURTHEST * math.sqrt(exact * (1 - exact) / _RUNS)
    return Verdict(share, exact, tolerance, chance=True)


@judged(
    "7", "through the layers", "chance of 4 cycles at 0.5 a day before 3 at 0.3",
    "the negative binomial law", kind=CLOSED,
)  # fmt: skip
def race() -> Verdict:
    """A race of cycles."""
    exact = float(stats.nbinom.cdf(2, 4, 0.5 / 0.8))
    return Verdict(theory.race(4, 3, 0.5, 0.3), exact, 1e-12)


@judged(
    "8", "breaking", "step in which a layer without a reserve breaks",
    "1 / (0.41/2 exp(0.6) / 6) and no sooner, by hand", kind=HAND, standing=STRUCTURE,
)  # fmt: skip
def hazard() -> Verdict:
    """Half suppressed, 0.41 a day, six steps a day, deterministic events."""
    found = course(plan_of(breaking__layer__no_reserve_weight=0.6), 0)["layers_carried"]
    step = int(np.argmax(found > 0)) + 1
    return Verdict(step, math.ceil(6 / (0.41 * SIGMA * math.exp(0.6))), 0)


@judged(
    "8", "breaking", "part of three breaks that is put down to the want of a reserve",
    "3 (1 - exp(-0.6)), by hand", kind=HAND, standing=STRUCTURE,
)  # fmt: skip
def causes() -> Verdict:
    """The mean field shares every break out over its causes."""
    values = QUIET | {"breaking.layer.no_reserve_weight": 0.6}
    mean_field = plan.build(small().with_values(values), "rotate", expected=True)
    found = outcome(mean_field, "breaks_by_no_reserve")
    return Verdict(found, 3 * (1 - math.exp(-0.6)), 1e-12, "breaks")


@judged(
    "8", "breaking", "share of campaigns whose first layer breaks on the first day",
    "1 - exp(-0.05), by hand", kind=HAND, standing=STRUCTURE,
)  # fmt: skip
def first_day() -> Verdict:
    """The textbook's line. Suppression moves by some per cent during the day: allowed for."""
    day = load("textbook-line").with_values({"run.horizon_d": 1, "breaking.layer.loss_weight": 0})
    rows = cpu.simulate(plan.build(day, "rotate"), 1, 0, _RUNS)
    share, p = float((rows[:, index("layers_carried")] >= 1).mean()), 1 - math.exp(-0.05)
    tolerance = FURTHEST * math.sqrt(p * (1 - p) / _RUNS) + 0.02 * p
    return Verdict(share, p, tolerance, chance=True)


@judged(
    "11", "flight", "who leaves a broken layer: cells of 1/20,000 by which a chance is off",
    "the binomial law", kind=CLOSED, standing=STRUCTURE,
)  # fmt: skip
def leaving() -> Verdict:
    """Of 220 with a way open, each with a chance of 0.8."""
    draws = [flight.after_break(220.0, True, 0.8, 0.5, u, False)[0] for u in EVEN]
    return Verdict(cells_off(draws, stats.binom.pmf(np.arange(221), 220, 0.8)), 0, 2, chance=True)


@judged(
    "11", "flight", "left after three nights, where one waits for two on average",
    "1,000 exp(-3/2)", kind=CLOSED, standing=STRUCTURE,
)  # fmt: skip
def nights() -> Verdict:
    """In steps of three hours, from noon on."""
    pool = 1000.0
    for k in range(24):
        pool -= flight.departing(pool, (12.0 + 3.0 * k) % 24.0, 3.0, 2.0, 0.5, True)
    return Verdict(pool, 1000 * math.exp(-1.5), 1e-9, "persons")
