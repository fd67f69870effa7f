"""Designs of the unit cube, checked for their own properties: balance, correlation, discrepancy."""

from __future__ import annotations

import numpy as np
import pytest

from nobat.study.unit_designs import (
    NEARLY,
    Floats,
    discrepancy,
    latin,
    nearly_orthogonal,
    orthogonal_order,
    orthogonal_ranks,
    sobol,
    worst_correlation,
)

SIZES = [(2, 1), (10, 3), (17, 7), (64, 5), (100, 12)]


def is_latin(unit: Floats) -> bool:
    """Whether each of as many slices of every factor as there are points has one of them."""
    points = len(unit)
    slices = np.sort((unit * points).astype(int), axis=0)
    return bool((slices == np.arange(points)[:, None]).all())


def random(points: int, factors: int) -> Floats:
    return np.random.default_rng(5).random((points, factors))


@pytest.mark.parametrize(("points", "factors"), SIZES)
def test_a_latin_hypercube_has_one_point_in_each_slice(points: int, factors: int) -> None:
    unit = latin(points, factors, 1)
    assert unit.shape == (points, factors)
    assert is_latin(unit)
    assert is_latin(nearly_orthogonal(points, factors, 1)[0])


@pytest.mark.parametrize("power", [2, 5, 9])
def test_sobol_is_balanced_in_every_factor_and_in_the_first_two(power: int) -> None:
    unit = sobol(2**power, 6, 3)
    assert is_latin(unit)
    for split in range(power + 1):
        cells = np.floor(unit[:, :2] * [2**split, 2 ** (power - split)])
        assert len(np.unique(cells, axis=0)) == 2**power


def test_sobol_may_be_cut_off_anywhere() -> None:
    assert np.array_equal(sobol(100, 4, 2), sobol(128, 4, 2)[:100])
    assert sobol(1, 4, 2).shape == (1, 4)


@pytest.mark.parametrize(("points", "factors"), [(64, 3), (256, 6)])
def test_designs_fill_the_cube_better_than_chance(points: int, factors: int) -> None:
    """Scrambled Sobol best of all (Hickernell's centred discrepancy)."""
    chance = discrepancy(random(points, factors))
    assert discrepancy(sobol(points, factors, 1)) < discrepancy(latin(points, factors, 1)) < chance
    assert discrepancy(nearly_orthogonal(points, factors, 1)[0]) < chance


@pytest.mark.parametrize("order", range(1, 8))
@pytest.mark.parametrize("extra", [0, 1])
def test_the_exact_construction_is_orthogonal(order: int, extra: int) -> None:
    """Sun, Liu and Lin (2009): 2^c factors on 2^(c+1) or 2^(c+1) + 1 points."""
    points, factors = 2 ** (order + 1) + extra, 2**order
    assert orthogonal_order(points) == order
    ranks = orthogonal_ranks(order, odd=bool(extra))
    assert ranks.shape == (points, factors)
    assert is_latin((ranks + 0.5) / points)
    assert worst_correlation(ranks) == 0


@pytest.mark.parametrize(("points", "factors"), [(4, 2), (9, 4), (16, 5), (17, 8), (32, 16)])
def test_few_points_are_exactly_orthogonal(points: int, factors: int) -> None:
    unit, exact = nearly_orthogonal(points, factors, 1)
    assert exact
    assert is_latin(unit)
    assert worst_correlation(unit) == 0


@pytest.mark.parametrize("points", [0, 1, 2, 3, 6, 7, 10, 18, 31, 34, 100])
def test_other_numbers_of_points_have_no_exact_construction(points: int) -> None:
    assert orthogonal_order(points) is None


@pytest.mark.parametrize(("points", "factors"), [(17, 7), (33, 11), (65, 16), (129, 22)])
def test_the_sizes_of_cioppa_and_lucas_are_nearly_orthogonal(points: int, factors: int) -> None:
    """Their designs of 2007 hold so many factors with correlations up to 0.03."""
    assert worst_correlation(nearly_orthogonal(points, factors, 1)[0]) <= NEARLY


@pytest.mark.parametrize(("points", "factors"), [(40, 10), (50, 20), (100, 10), (200, 30)])
def test_any_other_size_comes_near(points: int, factors: int) -> None:
    unit, exact = nearly_orthogonal(points, factors, 1)
    assert not exact
    assert worst_correlation(unit) <= NEARLY < worst_correlation(latin(points, factors, 1)) / 4


@pytest.mark.parametrize("draw", [latin, sobol, lambda *asked: nearly_orthogonal(*asked)[0]])
def test_the_seed_decides(draw: object) -> None:
    assert callable(draw)
    first, same, other = draw(33, 4, 1), draw(33, 4, 1), draw(33, 4, 2)
    assert np.array_equal(first, same)
    assert not np.array_equal(first, other)
    assert first.min() >= 0
    assert first.max() < 1


def test_a_correlation_leaves_out_what_does_not_vary() -> None:
    columns = np.array([[0.0, 1.0, 5.0], [1.0, 0.0, 5.0], [2.0, 0.5, 5.0]])
    assert worst_correlation(columns) == pytest.approx(0.5)
    assert worst_correlation(columns[:, [0, 2]]) == 0
