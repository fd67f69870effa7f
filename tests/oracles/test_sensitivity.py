"""Sobol's indices and Morris's effects: against closed forms, an enumeration, and SALib.

Ishigami and Homma (1990) and Sobol's g-function (Saltelli and Sobol 1995) have indices that can be
written down. SALib (Iwanaga, Usher and Herman 2022) is an independent program: on the very same
points and values it must say the very same.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray
from SALib.analyze import morris as salib_morris
from SALib.analyze import sobol as salib_sobol
from SALib.sample import sobol as salib_sample

from nobat.scenario import Scenario, load
from nobat.study.factors import Factor, factors_of
from nobat.study.morris import elementary_effects, morris_effects, step_of, trajectories
from nobat.study.points import evaluate
from nobat.study.sensitivity import sensitivity
from nobat.study.sensitivity_result import MorrisRow, SobolRow
from nobat.study.sensitivity_runs import levels_of, points_of
from nobat.study.sobol_indices import SobolIndices, saltelli, sobol_indices
from tests.statistics import FURTHEST, family, z_mean

Floats = NDArray[np.float64]

A, B = 7.0, 0.1
SCRAMBLES = 24


def ishigami(u: Floats) -> Floats:
    """Ishigami: sin x1 + 7 sin^2 x2 + 0.1 x3^4 sin x1, with x = pi (2u - 1)."""
    x = np.pi * (2.0 * u - 1.0)
    found: Floats = np.sin(x[..., 0]) * (1.0 + B * x[..., 2] ** 4) + A * np.sin(x[..., 1]) ** 2
    return found


WEIGHTS = np.array([0.0, 1.0, 4.5, 9.0, 99.0])


def g_function(u: Floats) -> Floats:
    """The product of (|4u_j - 2| + a_j)/(1 + a_j)."""
    found: Floats = ((np.abs(4.0 * u - 2.0) + WEIGHTS) / (1.0 + WEIGHTS)).prod(axis=-1)
    return found


class Known(NamedTuple):
    """A function of the unit cube whose indices are known."""

    function: Callable[[Floats], Floats]
    variance: float
    first: Floats
    total: Floats


def known_ishigami() -> Known:
    """Its variance is a sum of four parts: of x1, of x2, and of x1 together with x3."""
    one = 0.5 * (1.0 + B * math.pi**4 / 5.0) ** 2
    two = A**2 / 8.0
    both = B**2 * math.pi**8 * (1.0 / 18.0 - 1.0 / 50.0)
    variance = one + two + both
    first = np.array([one, two, 0.0]) / variance
    return Known(ishigami, variance, first, np.array([one + both, two, both]) / variance)


def known_g() -> Known:
    """V_j = 1/(3 (1 + a_j)^2); V + 1 is the product of all 1 + V_j."""
    parts = 1.0 / (3.0 * (1.0 + WEIGHTS) ** 2)
    variance = float(np.prod(1.0 + parts) - 1.0)
    total = parts * (1.0 + variance) / (1.0 + parts) / variance
    return Known(g_function, variance, parts / variance, total)


KNOWN = {"ishigami": known_ishigami(), "g": known_g()}


def found(known: Known, rows: int, seed: int, resamples: int = 2) -> SobolIndices:
    points = saltelli(known.first.size, rows, seed)
    return sobol_indices(known.function(points), resamples)


@pytest.mark.parametrize("name", KNOWN)
def test_indices_that_are_known(name: str) -> None:
    """24 scrambles of 1,024 rows; the standard error is that of their spread."""
    known = KNOWN[name]
    each = [found(known, 1024, seed) for seed in range(SCRAMBLES)]
    zs = []
    for which in ("first", "total"):
        sample = np.array([getattr(one, which) for one in each])
        zs += [z_mean(*pair) for pair in zip(sample.T, getattr(known, which), strict=True)]
    family(zs)
    assert abs(z_mean([one.variance for one in each], known.variance)) < FURTHEST


@pytest.mark.parametrize("name", KNOWN)
def test_more_rows_come_nearer(name: str) -> None:
    """16 times the rows: an error of independent points would be a quarter; theirs is less."""
    known = KNOWN[name]

    def error(rows: int) -> float:
        each = np.array([found(known, rows, seed).total for seed in range(8)])
        return float(np.sqrt(np.mean((each - known.total) ** 2)))

    assert error(4096) < error(256) / 4


def test_intervals_hold_what_they_should() -> None:
    """95 % intervals of 200 designs of 256 rows; rows of a Sobol sequence make them rather wide."""
    known = KNOWN["ishigami"]
    held = []
    for seed in range(200):
        one = found(known, 256, seed, resamples=300)
        for which in ("first", "total"):
            low, high = getattr(one, f"{which}_ends").T
            held.append((low <= getattr(known, which)) & (getattr(known, which) <= high))
    shares = np.mean(np.reshape(held, (200, -1)), axis=0)
    assert shares.min() > 0.90, shares


def problem(inputs: int) -> dict[str, Any]:
    """What SALib wants to know of a function."""
    names = [f"x{j}" for j in range(inputs)]
    return {"num_vars": inputs, "names": names, "bounds": [[0.0, 1.0]] * inputs}


def salib_indices(values: Floats) -> Any:
    """SALib's answer for values at the points of `saltelli`."""
    asked = problem(values.shape[1] - 2)
    return salib_sobol.analyze(asked, values.ravel(), calc_second_order=False, seed=1)


@pytest.mark.parametrize("name", KNOWN)
@pytest.mark.parametrize("shift", [0.0, 1000.0])
def test_salib_says_the_same_of_the_same_points(name: str, shift: float) -> None:
    known = KNOWN[name]
    values = shift + known.function(saltelli(known.first.size, 512, 3))
    ours, theirs = sobol_indices(values, 400), salib_indices(values)
    np.testing.assert_allclose(ours.first, theirs["S1"], rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(ours.total, theirs["ST"], rtol=1e-9, atol=1e-12)
    for which, conf in (("first", "S1_conf"), ("total", "ST_conf")):
        low, high = getattr(ours, f"{which}_ends").T
        # Theirs is 1.96 standard deviations of 100 resamples, ours quantiles of 400.
        np.testing.assert_allclose((high - low) / 2, theirs[conf], rtol=0.4, atol=1e-4)


def test_points_in_salib_s_own_order() -> None:
    """Its points for a first and a total index can be given to ours as they come."""
    known = KNOWN["ishigami"]
    points = salib_sample.sample(problem(3), 256, calc_second_order=False, seed=5)
    values = known.function(points).reshape(256, 5)
    np.testing.assert_allclose(sobol_indices(values, 2).total, salib_indices(values)["ST"])


@pytest.mark.parametrize("levels", [4, 6, 10])
@pytest.mark.parametrize("name", KNOWN)
def test_salib_says_the_same_of_the_same_trajectories(name: str, levels: int) -> None:
    known = KNOWN[name]
    inputs = known.first.size
    design = trajectories(inputs, 30, seed=2, levels=levels)
    values = known.function(design.points)
    ours = morris_effects(elementary_effects(design.order, design.steps, values))
    theirs = salib_morris.analyze(
        problem(inputs), design.points.reshape(-1, inputs), values.ravel(), num_levels=levels,
        seed=1,
    )  # fmt: skip
    for which in ("mu", "mu_star"):
        mine = [getattr(one, which).mean for one in ours]
        np.testing.assert_allclose(mine, np.asarray(theirs[which], float), atol=1e-12)
    np.testing.assert_allclose(
        [one.sigma or 0.0 for one in ours], np.asarray(theirs["sigma"], float), atol=1e-12
    )


def all_effects(function: Callable[[Floats], Floats], inputs: int, levels: int) -> Floats:
    """Every elementary effect that the grid has: (inputs, effects), each equally likely."""
    axis = np.arange(levels) / (levels - 1)
    grid = np.array(list(itertools.product(axis, repeat=inputs)))
    effects = []
    for j in range(inputs):
        low = grid[grid[:, j] < 0.5]
        high = low.copy()
        high[:, j] += step_of(levels)
        effects.append((function(high) - function(low)) / step_of(levels))
    return np.array(effects)


@pytest.mark.parametrize("name", KNOWN)
def test_effects_of_the_whole_grid(name: str) -> None:
    """The mu and mu* of 4,000 trajectories against those of every pair of points of the grid."""
    known = KNOWN[name]
    inputs = known.first.size
    every = all_effects(known.function, inputs, 6)
    design = trajectories(inputs, 4000, seed=7, levels=6)
    effects = elementary_effects(design.order, design.steps, known.function(design.points))
    zs = [z_mean(effects[:, j], every[j].mean()) for j in range(inputs)]
    zs += [z_mean(np.abs(effects[:, j]), np.abs(every[j]).mean()) for j in range(inputs)]
    zs += [z_mean(effects[:, j] ** 2, (every[j] ** 2).mean()) for j in range(inputs)]
    family(zs)


#: A real output: secured under commit-all in the first scenario, over three of its ranges.
REPLICATIONS = 10
OVER = ("sleep.commit_all_h", "contact.frontage", "fire.d_prime")


def outputs(scenario: Scenario, factors: tuple[Factor, ...], design: Floats) -> Floats:
    """The share secured at the points of a design: (sets, points of a set)."""
    there = points_of(factors, design)
    found = evaluate(scenario, factors, there, ["commit-all"], ["secured"])
    return np.reshape([float(rows.mean()) for _, rows in found], design.shape[:2])


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load("abu-kamal-2017", {"run.replications": REPLICATIONS})


def test_salib_says_the_same_of_a_real_output(scenario: Scenario) -> None:
    factors = factors_of(scenario, OVER)
    design = saltelli(len(factors), 64, scenario.run.seed)
    theirs = salib_indices(outputs(scenario, factors, design))
    ours = sensitivity(scenario, OVER, doctrine="commit-all", points=320, replications=REPLICATIONS)
    for row in ours.rows:
        place = OVER.index(row.factor.path)
        assert isinstance(row, SobolRow)
        assert row.first.value == pytest.approx(theirs["S1"][place], abs=1e-9)
        assert row.total.value == pytest.approx(theirs["ST"][place], abs=1e-9)
    assert ours.rows[0].size > 0.3


def test_salib_says_the_same_of_a_real_output_by_morris(scenario: Scenario) -> None:
    factors = factors_of(scenario, OVER)
    inputs, levels = len(factors), levels_of(factors)
    design = trajectories(inputs, 12, scenario.run.seed, levels)
    values = outputs(scenario, factors, design.points)
    theirs = salib_morris.analyze(
        problem(inputs), design.points.reshape(-1, inputs), values.ravel(), num_levels=levels,
        seed=1,
    )  # fmt: skip
    ours = sensitivity(
        scenario, OVER, doctrine="commit-all", points=48, replications=REPLICATIONS, method="morris"
    )
    for row in ours.rows:
        place = OVER.index(row.factor.path)
        assert isinstance(row, MorrisRow)
        assert row.mu.mean == pytest.approx(theirs["mu"][place], abs=1e-9)
        assert row.mu_star.mean == pytest.approx(theirs["mu_star"][place], abs=1e-9)
        assert row.sigma == pytest.approx(theirs["sigma"][place], abs=1e-9)
