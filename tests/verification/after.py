"""Rows on what comes after the battle, and on reports (MODEL 12, 13, 14)."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
from scipy.integrate import quad
from scipy.stats import norm

from nobat.model import checkpoint as gate
from nobat.model import recurrence as model
from nobat.model.luck import Address
from nobat.theory import checkpoint, recurrence
from nobat.theory.fusion import Item, Span, evidence, log_odds, probability
from nobat.theory.recurrence import Process
from nobat.theory.recurrence_simulated import draw
from tests.oracles.test_checkpoint import exact_wait_chance
from tests.oracles.test_recurrence import by_renewal
from tests.statistics import FURTHEST
from tests.verification.judgement import (
    CLOSED,
    EVIDENCE,
    HAND,
    IDENTITY,
    PUBLISHED,
    SOLVER,
    STRUCTURE,
    Verdict,
    judged,
    largest,
)
from tests.way_home import after, given


@judged(
    "12", "queue", "chance of a wait, 10 lanes and 6 of them in use", "printed tables (Erlang C)",
    kind=PUBLISHED, standing=EVIDENCE,
)  # fmt: skip
def tables() -> Verdict:
    """To the four figures that such tables give."""
    return Verdict(gate.erlang_c(10, 6.0), 0.1013, 5e-5)


@judged(
    "12", "queue", "chance of a wait, 18 cases of up to 60 lanes: largest difference",
    "Erlang's sum in whole fractions", kind=CLOSED,
)  # fmt: skip
def erlang() -> Verdict:
    """The model takes a recursion."""
    apart = []
    for lanes in (1, 2, 3, 7, 20, 60):
        for used in (Fraction(1, 100), Fraction(1, 2), Fraction(9, 10)):
            load = used * lanes
            apart.append(gate.erlang_c(lanes, float(load)) - float(exact_wait_chance(lanes, load)))
    return Verdict(largest(apart), 0, 1e-12, rounding=True)


@judged(
    "12", "queue", "persons who wait, 4 lanes and 3.2 of them in use",
    "balance equations of 2,000 states", kind=SOLVER,
)  # fmt: skip
def balance() -> Verdict:
    """Births and deaths, without Erlang's formulas."""
    rates = np.minimum(np.arange(1, 2000), 4)
    weights = np.concatenate([[1.0], np.cumprod(3.2 / rates)])
    waiting = np.maximum(np.arange(2000) - 4, 0)
    exact = float(weights @ waiting / weights.sum())
    return Verdict(gate.steady_queue(4, 3.2), exact, 1e-9 * exact, "persons")


@judged(
    "12", "detection", "of those stopped, who mean harm: 5 of 1,000, caught 0.8, let through 0.95",
    "4 of 53.75", kind=HAND,
)  # fmt: skip
def stopped() -> Verdict:
    """The figure of MODEL 12, 0.074."""
    return Verdict(checkpoint.screening(0.005, 0.8, 0.95).ppv, 4 / 53.75, 1e-12)


@judged(
    "12", "detection", "share caught by checks of 4 minutes on average (d' 3.5, tau 2, FPR 0.05)",
    "numerical integral over exponential times", kind=CLOSED, standing=STRUCTURE,
)  # fmt: skip
def caught() -> Verdict:
    """Short checks catch little, so that it is less than a check of exactly 4 minutes catches."""
    z = float(norm.ppf(0.05))

    def at(t: float) -> float:
        seen = float(norm.cdf(z + 3.5 * (1 - math.exp(-t / 2))))
        return seen * math.exp(-t / 4) / 4

    exact = sum(quad(at, a, b, epsabs=1e-13)[0] for a, b in ((0, 1), (1, 10), (10, 40), (40, 400)))
    return Verdict(gate.sensitivity(z, 3.5, 2.0, 4.0), exact, 1e-9)


@judged(
    "12", "return", "persons still away after 30 nights without hindrance, of 5,000",
    "5,000 exp(-k 30), k = 0.07", kind=CLOSED, standing=STRUCTURE,
)  # fmt: skip
def still_away() -> Verdict:
    """Expected values, a safe home, a checkpoint that stops nobody."""
    section = given(
        shelter=1, mined=0, infiltrator_share=0, false_stop_share=1e-300, open_after_nights=0,
        lanes=1000, unsheltered=0, horizon_nights=30, return_per_night=0.07,
    )  # fmt: skip
    found = float(after(section, expected=True)["still_displaced"][0])
    exact = 5000 * math.exp(-2.1)
    return Verdict(found, exact, 1e-6 * exact, "persons")


_YEAR = Process(150.0, 0.88, 0.43, 0.107)
_DRAWS = 40_000


@judged(
    "13", "recurrence", "attacks in a year, mean of 40,000 drawn by branching",
    "mu T/(1 - theta) [1 - theta (1 - exp(-kT))/(kT)]", kind=CLOSED,
)  # fmt: skip
def a_year() -> Verdict:
    """150 persons, 0.88 incidents of 100 a month, theta 0.43, omega 0.107."""
    counts, _ = draw(_YEAR, 365.0, 20_171_119, 0, _DRAWS)
    k = _YEAR.omega * (1 - _YEAR.theta)
    rest = 1 - _YEAR.theta * (1 - math.exp(-k * 365)) / (k * 365)
    exact = _YEAR.root_rate * 365 / (1 - _YEAR.theta) * rest
    error = float(counts.std(ddof=1)) / math.sqrt(_DRAWS)
    return Verdict(float(counts.mean()), exact, FURTHEST * error, "attacks", chance=True)


@judged(
    "13", "recurrence", "variance of the attacks in a year", "renewal equation, step by step",
    kind=SOLVER,
)  # fmt: skip
def spread() -> Verdict:
    """By the trapezoidal rule at two lengths of a step."""
    exact = float(by_renewal(_YEAR, 365.0, 1500)[1])
    return Verdict(recurrence.variance(_YEAR, 365.0), exact, 1e-5 * exact)


@judged(
    "13", "recurrence", "attacks that come of one root, mean of 20,000 families at theta 0.43",
    "1/(1 - theta)", kind=CLOSED,
)  # fmt: skip
def of_a_root() -> Verdict:
    """Followed until nothing more comes; the variance of a family is theta/(1 - theta)^3."""
    luck = np.random.default_rng(20_171_119).random(20_000)
    sizes = [model.family(Address(5, k, 1), u, 0.43, 0.1, 1e9) for k, u in enumerate(luck.tolist())]
    error = math.sqrt(0.43 / 0.57**3 / 20_000)
    return Verdict(float(np.mean(sizes)), 1 / 0.57, FURTHEST * error, "attacks", chance=True)


def _item(yes: bool, r: float, s: float, group: str | None = None) -> Item:
    return Item(yes, Span(r, r, r), Span(s, s, s), group)


@judged(
    "14", "fusion", "yes with odds 13/7, no with odds 9/5, from an even prior", "Bayes: 65/128",
    kind=HAND,
)  # fmt: skip
def conflicting() -> Verdict:
    """Two reports that have nothing to do with each other."""
    both = [_item(True, 0.6, 0.75), _item(False, 4 / 7, 0.75)]
    return Verdict(probability(log_odds(both, 0.5, 0.5)), 65 / 128, 1e-12)


@judged(
    "14", "fusion", "two linked reports of 4 to 1 each, rho 1", "one report: 4/5", kind=HAND,
    standing=STRUCTURE,
)  # fmt: skip
def linked() -> Verdict:
    """One source repeated is worth one source; between 0 and 1 the weight is a rule of thumb."""
    pair = [_item(True, 0.8, 0.875, "one")] * 2
    return Verdict(probability(log_odds(pair, 0.5, 1.0)), 4 / 5, 1e-12)


@judged(
    "14", "fusion", "yes and no swapped in 200 lists: largest sum with its mirror image",
    "one minus the other", kind=IDENTITY,
)  # fmt: skip
def mirrored() -> Verdict:
    """Neither answer is favoured."""
    luck, apart = np.random.default_rng(14), []
    for _ in range(200):
        found = [
            _item(bool(luck.random() < 0.5), *luck.uniform(0.05, 0.95, 2).tolist())
            for _ in range(5)
        ]
        other = [Item(not one.yes, one.r, one.s, one.group) for one in found]
        prior = float(luck.uniform(0.1, 0.9))
        sides = (log_odds(found, prior, 0.5), log_odds(other, 1 - prior, 0.5))
        apart.append(probability(sides[0]) + probability(sides[1]) - 1.0)
    return Verdict(largest(apart), 0, 1e-12, rounding=True)


@judged(
    "14", "fusion", "evidence of a source that knows nothing (r = 0.000001)", "none: 0",
    kind=IDENTITY,
)  # fmt: skip
def ignorant() -> Verdict:
    """However sure of itself it is."""
    return Verdict(evidence(1e-6, 0.95, True), 0, 1e-5)
