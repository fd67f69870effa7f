"""The checkpoint against Erlang C, numerical integration and the figures of MODEL 12."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import norm

from nobat.model import checkpoint as model
from nobat.theory import checkpoint as theory


def exact_wait_chance(lanes: int, load: Fraction) -> Fraction:
    """Erlang C in whole fractions, by its sum."""
    terms = [load**k / math.factorial(k) for k in range(lanes)]
    last = load**lanes / math.factorial(lanes) * (lanes / (lanes - load))
    return last / (sum(terms, Fraction(0)) + last)


@pytest.mark.parametrize("lanes", [1, 2, 3, 7, 20, 60])
@pytest.mark.parametrize("used", [Fraction(1, 100), Fraction(1, 2), Fraction(9, 10)])
def test_erlang_c_both_ways_is_the_sum_in_whole_fractions(lanes: int, used: Fraction) -> None:
    load = used * lanes
    exact = exact_wait_chance(lanes, load)
    assert model.erlang_c(lanes, float(load)) == pytest.approx(float(exact), rel=1e-12)
    assert theory.wait_chance(lanes, float(load)) == pytest.approx(float(exact), rel=1e-11)


@pytest.mark.parametrize(
    ("lanes", "load", "chance"),
    [(1, 0.8, 0.8), (2, 1.0, 1 / 3), (3, 2.0, 4 / 9), (2, 1.5, 9 / 14), (10, 6.0, 0.1013)],
)
def test_erlang_c_by_hand_and_by_the_tables(lanes: int, load: float, chance: float) -> None:
    assert model.erlang_c(lanes, load) == pytest.approx(chance, abs=5e-5)
    assert theory.wait_chance(lanes, load) == pytest.approx(chance, abs=5e-5)


def test_the_steady_queue_is_that_of_the_balance_equations() -> None:
    """A long chain of births and deaths, solved as a linear system, without Erlang's formulas."""
    lanes, load, states = 4, 3.2, 2000
    rates = np.minimum(np.arange(1, states), lanes)
    weights = np.concatenate([[1.0], np.cumprod(load / rates)])
    weights /= weights.sum()
    waiting = np.maximum(np.arange(states) - lanes, 0)
    exact = float(weights @ waiting)
    assert model.steady_queue(lanes, load) == pytest.approx(exact, rel=1e-9)
    # 3.2 lanes' worth of checks of 5 minutes: 38.4 persons an hour.
    line = theory.queue(38.4, lanes, 5.0)
    assert line.mean_queue == pytest.approx(exact, rel=1e-9)
    assert line.mean_wait_min == pytest.approx(exact / 38.4 * 60, rel=1e-9)
    assert line.utilisation == pytest.approx(0.8)


def test_a_queue_event_by_event() -> None:
    """Persons one by one through two lanes: their mean wait, batch by batch."""
    rng = np.random.default_rng(20_171_119)
    n, batches, minutes, an_hour = 50_000, 40, 3.0, 32.0
    arrive = np.cumsum(rng.exponential(60 / an_hour, n * batches))
    takes = rng.exponential(minutes, n * batches)
    free = [0.0, 0.0]
    waits = np.empty(n * batches)
    for i, (at, time) in enumerate(zip(arrive.tolist(), takes.tolist(), strict=True)):
        lane = 0 if free[0] <= free[1] else 1
        begin = max(at, free[lane])
        waits[i] = begin - at
        free[lane] = begin + time
    means = waits.reshape(batches, n).mean(axis=1)[1:]
    exact = theory.queue(an_hour, 2, minutes).mean_wait_min
    z = (means.mean() - exact) / (means.std(ddof=1) / math.sqrt(means.size))
    assert abs(z) < 4.5


def test_the_detection_figures_of_the_model() -> None:
    found = theory.screening(0.005, 0.8, 0.95)
    assert round(found.ppv, 3) == 0.074
    assert round(found.false_stops_per_1000, 1) == 49.8
    assert found.missed_per_1000 == pytest.approx(1.0)


@pytest.mark.parametrize("rate", [0.001, 0.05, 0.4])
@pytest.mark.parametrize("d_max", [0.0, 1.0, 3.5])
@pytest.mark.parametrize("minutes", [0.01, 0.5, 4.0, 30.0, 500.0])
def test_sensitivity_is_the_average_over_exponential_times(
    rate: float, d_max: float, minutes: float
) -> None:
    tau, z = 2.0, float(norm.ppf(rate))

    def caught(t: float) -> float:
        at_t = norm.cdf(z + d_max * (1 - math.exp(-t / tau)))
        return float(at_t) * math.exp(-t / minutes) / minutes

    cuts = sorted({0.0, tau / 4, tau, 4 * tau, minutes, 6 * minutes, 40 * max(tau, minutes)})
    exact = sum(
        quad(caught, a, b, epsabs=1e-13, epsrel=1e-12, limit=200)[0] for a, b in pairwise(cuts)
    )
    assert model.sensitivity(z, d_max, tau, minutes) == pytest.approx(exact, abs=1e-9)
    assert theory.mean_caught_share(rate, d_max, tau, minutes) == pytest.approx(exact, abs=1e-9)


def test_a_longer_check_catches_more_up_to_its_limits() -> None:
    z = float(norm.ppf(0.05))
    found = [model.sensitivity(z, 3.5, 2.0, minutes) for minutes in (1e-6, 0.5, 1, 2, 4, 8, 1e6)]
    assert found == sorted(found)
    assert found[0] == pytest.approx(0.05, abs=1e-5)
    assert found[-1] == pytest.approx(float(norm.cdf(z + 3.5)), abs=1e-5)
    assert model.detected_at(z, 3.5, 2.0, 2.0) == pytest.approx(
        float(norm.cdf(z + 3.5 * (1 - math.exp(-1))))
    )
    assert theory.caught_share(0.05, 3.5, 2.0, 2.0) == pytest.approx(
        model.detected_at(z, 3.5, 2.0, 2.0)
    )
