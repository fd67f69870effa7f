"""Attacks after the campaign against independent programs: thinning, and the renewal equation.

The model draws families by branching. Ogata's thinning (1981) draws the same process from its
intensity, attack by attack; the renewal equation gives the moments by numbers alone.
"""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from nobat.model import recurrence as model
from nobat.model.luck import Address
from nobat.theory import recurrence
from nobat.theory.recurrence import Process
from nobat.theory.recurrence_simulated import draw
from tests.statistics import FURTHEST, family, z_mean, z_share

Floats = NDArray[np.float64]

#: The ends of the ranges in use, and beyond them: (residual, incidents, theta, omega, days).
CASES = [
    (150.0, 0.88, 0.43, 0.107, 365.0),
    (150.0, 0.68, 0.37, 0.071, 365.0),
    (300.0, 1.13, 0.50, 0.214, 365.0),
    (40.0, 0.88, 0.50, 0.071, 90.0),
    (100.0, 1.0, 0.9, 0.05, 365.0),
    (200.0, 1.0, 0.0, 0.1, 365.0),
]
DRAWS = 40_000


def by_renewal(process: Process, days: float, steps: int) -> Floats:
    """Mean and variance of the attacks, from m = 1 + theta f * m and s = m^2 + theta f * s.

    f is the density of a delay. Both equations are solved step by step with the trapezoidal rule,
    at two step lengths, to take the error that goes with the square of the step off.
    """
    coarse, fine = _trapezoidal(process, days, steps // 2), _trapezoidal(process, days, steps)
    return (4.0 * fine - coarse) / 3.0


def _trapezoidal(process: Process, days: float, steps: int) -> Floats:
    h = days / steps
    age = h * np.arange(steps + 1)
    kernel = process.theta * process.omega * np.exp(-process.omega * age)

    def solved(source: Floats) -> Floats:
        found = np.empty(steps + 1)
        found[0] = source[0]
        for n in range(1, steps + 1):
            past = kernel[n:0:-1] @ found[:n] - 0.5 * kernel[n] * found[0]
            found[n] = (source[n] + h * past) / (1.0 - 0.5 * h * kernel[0])
        return found

    mean = solved(np.ones(steps + 1))
    square = solved(mean**2)
    return process.root_rate * np.array([np.trapezoid(values, dx=h) for values in (mean, square)])


def by_thinning(process: Process, days: float, count: int, seed: int) -> Floats:
    """Attacks in so many days, drawn from the intensity (Ogata 1981), `count` times."""
    luck = np.random.default_rng(seed)
    found = np.zeros(count)
    mu, theta, omega = process.root_rate, process.theta, process.omega
    for k in range(count):
        day, excited = 0.0, 0.0
        while True:
            bound = mu + excited
            wait = luck.exponential(1.0 / bound)
            day += wait
            if day > days:
                break
            excited *= np.exp(-omega * wait)
            if luck.random() * bound <= mu + excited:
                found[k] += 1
                excited += theta * omega
    return found


@pytest.mark.parametrize("case", CASES)
def test_the_closed_forms_solve_the_renewal_equation(case: tuple[float, ...]) -> None:
    *numbers, days = case
    process = Process(*numbers)
    mean, variance = by_renewal(process, days, 3000)
    assert recurrence.expected(process, days) == pytest.approx(mean, rel=1e-6)
    assert recurrence.variance(process, days) == pytest.approx(variance, rel=1e-6)
    # The rate of attacks is what the expected number grows by.
    grown = recurrence.expected(process, days + 0.5) - recurrence.expected(process, days - 0.5)
    assert recurrence.rate(process, days) == pytest.approx(grown, rel=1e-4)


@pytest.mark.parametrize("case", CASES)
def test_the_model_and_the_theory_are_written_twice_and_agree(case: tuple[float, ...]) -> None:
    residual, incidents, theta, omega, days = case
    process = Process(residual, incidents, theta, omega)
    mu = model.root_rate(residual, incidents, theta)
    assert mu == pytest.approx(process.root_rate, rel=1e-14)
    expected = model.expected_attacks(mu, theta, omega, days)
    assert expected == pytest.approx(recurrence.expected(process, days), rel=1e-12)


def test_a_years_attacks_have_the_mean_and_the_spread_of_the_closed_form() -> None:
    zs = []
    for seed, (*numbers, days) in enumerate(CASES, start=11):
        process = Process(*numbers)
        counts, firsts = draw(process, days, seed, 0, DRAWS)
        mean, variance = recurrence.expected(process, days), recurrence.variance(process, days)
        zs += [z_mean(counts, mean), z_mean((counts - mean) ** 2, variance)]
        none = recurrence.p_none(process, days)
        if none * DRAWS > 20:
            zs.append(z_share(int(np.isnan(firsts).sum()), DRAWS, none))
    family(zs)


@pytest.mark.parametrize("theta", [0.37, 0.43, 0.5, 0.8])
def test_each_root_comes_to_one_over_one_minus_theta(theta: float) -> None:
    """Families of roots in a short time, followed until nothing more comes."""
    sizes = [
        model.family(Address(5, k, 1), float(u), theta, 0.1, 1e9)
        for k, u in enumerate(np.random.default_rng(6).random(20_000))
    ]
    family([z_mean(sizes, 1 / (1 - theta)), z_mean(np.square(sizes), 1 / (1 - theta) ** 3)])


def chi_square_p(counts: Floats, chances: Floats) -> float:
    """The chance of a worse fit, over groups in which 20 are expected at least."""
    seen = np.bincount(counts.astype(int), minlength=chances.size).astype(float)
    chances = np.pad(chances, (0, seen.size - chances.size))
    wanted = chances * counts.size
    group = np.minimum(np.cumsum(wanted) // 20, np.sum(wanted) // 20 - 1).astype(int)
    observed, expected = np.bincount(group, seen), np.bincount(group, wanted)
    there = expected > 0
    found = stats.chisquare(observed[there], expected[there] / expected.sum() * observed.sum())
    return float(found.pvalue)


#: The one-sided chance beyond 4.5 standard deviations.
WILD = float(stats.norm.sf(FURTHEST))


@pytest.mark.parametrize("case", CASES)
def test_the_law_of_the_number_is_that_of_the_generating_function(case: tuple[float, ...]) -> None:
    *numbers, days = case
    process = Process(*numbers)
    chances = recurrence.distribution(process, days)
    assert chances is not None
    number = np.arange(chances.size)
    mean = float(chances @ number)
    assert mean == pytest.approx(recurrence.expected(process, days), rel=1e-7)
    spread = float(chances @ (number - mean) ** 2)
    assert spread == pytest.approx(recurrence.variance(process, days), rel=1e-6)
    assert chances[0] == pytest.approx(recurrence.p_none(process, days), rel=1e-6, abs=1e-12)
    counts, _ = draw(process, days, 21, 0, DRAWS)
    assert chi_square_p(counts, chances) > WILD


@pytest.mark.parametrize("case", [CASES[0], CASES[3]])
def test_thinning_gives_the_same_law(case: tuple[float, ...]) -> None:
    *numbers, days = case
    process = Process(*numbers)
    thinned = by_thinning(process, days, 4000, 31)
    counts, _ = draw(process, days, 32, 0, 40_000)
    chances = recurrence.distribution(process, days)
    assert chances is not None
    assert chi_square_p(thinned, chances) > WILD
    assert stats.ks_2samp(thinned, counts).pvalue > WILD
    family([z_mean(thinned, recurrence.expected(process, days))])


def test_without_offspring_it_is_a_poisson_stream() -> None:
    process = Process(200.0, 1.0, 0.0, 0.1)
    chances = recurrence.distribution(process, 365.0)
    assert chances is not None
    law = stats.poisson.pmf(np.arange(chances.size), recurrence.expected(process, 365.0))
    assert np.abs(chances - law).max() < 1e-9
