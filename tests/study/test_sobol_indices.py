"""The design of Sobol's indices, and what the estimators do at the edges; oracles are elsewhere."""

from __future__ import annotations

import numpy as np
import pytest

from nobat.study.sobol_indices import saltelli, sobol_indices

ROWS, INPUTS = 128, 5
DESIGN = saltelli(INPUTS, ROWS, seed=4)


def test_the_design_has_the_points_it_should() -> None:
    """A, A with one coordinate of B for each input, B."""
    assert DESIGN.shape == (ROWS, INPUTS + 2, INPUTS)
    assert DESIGN.min() >= 0
    assert DESIGN.max() < 1
    a, b = DESIGN[:, 0], DESIGN[:, -1]
    for j in range(INPUTS):
        mixed = DESIGN[:, 1 + j]
        others = np.arange(INPUTS) != j
        np.testing.assert_array_equal(mixed[:, j], b[:, j])
        np.testing.assert_array_equal(mixed[:, others], a[:, others])


def test_every_input_is_spread_evenly() -> None:
    """A Sobol sequence of 2^m points has one in each of 2^m intervals, on every axis."""
    for which in (0, -1):
        cells = np.floor(DESIGN[:, which] * ROWS).astype(int)
        assert all(sorted(axis) == list(range(ROWS)) for axis in cells.T)


def test_a_seed_scrambles() -> None:
    np.testing.assert_array_equal(saltelli(3, 16, 1), saltelli(3, 16, 1))
    assert (saltelli(3, 16, 1) != saltelli(3, 16, 2)).all()


def test_hundreds_of_inputs() -> None:
    assert saltelli(230, 2, 1).shape == (2, 232, 230)


@pytest.mark.parametrize("rows", [0, 3, 100])
def test_rows_are_a_power_of_2(rows: int) -> None:
    with pytest.raises(ValueError, match=f"{rows} rows are not a power of 2"):
        saltelli(2, rows, 1)


def test_an_input_that_does_nothing_has_no_index() -> None:
    found = sobol_indices(DESIGN[..., 0])
    assert found.first[0] == pytest.approx(1.0, abs=0.02)
    assert found.total[0] == pytest.approx(1.0, abs=0.02)
    np.testing.assert_array_equal(found.total[1:], 0.0)
    np.testing.assert_array_equal(found.total_ends[1:], 0.0)
    assert found.variance == pytest.approx(1 / 12, rel=0.01)
    assert found.together == pytest.approx(1 - found.first.sum())


def test_what_is_done_together_only() -> None:
    """The product of two that are even around 0: neither says anything alone."""
    found = sobol_indices((DESIGN[..., 0] - 0.5) * (DESIGN[..., 1] - 0.5))
    low, high = found.together_ends
    assert low < 1.0 < high
    assert (found.first_ends[:2, 0] < 0).all()
    np.testing.assert_allclose(found.total[:2], 1.0, atol=0.2)


def test_neither_level_nor_scale_matters() -> None:
    values = np.sin(5 * DESIGN[..., 0]) + DESIGN[..., 1] * DESIGN[..., 2]
    one, other = sobol_indices(values, 50), sobol_indices(1e4 - 3 * values, 50)
    np.testing.assert_allclose(one.first, other.first, rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(one.total_ends, other.total_ends, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("level", [0.0, 0.3, -1e9])
def test_nothing_that_varies(level: float) -> None:
    """0.3 is no sum of powers of 2: what rounding leaves is no variance."""
    found = sobol_indices(np.full((64, 4), level))
    assert found.variance == 0.0
    assert np.isnan([*found.first, *found.total, found.together]).all()


def test_values_that_say_nothing() -> None:
    values = DESIGN[..., 0].copy()
    with pytest.raises(ValueError, match="one row"):
        sobol_indices(values[:1])
    values[3, 2] = np.nan
    with pytest.raises(ValueError, match="missing or endless"):
        sobol_indices(values)


def test_intervals_are_those_of_the_bootstrap() -> None:
    """Worked out anew from whole rows, with the same draws."""
    values = np.sin(5 * DESIGN[..., 0]) + DESIGN[..., 1]
    rng = np.random.Generator(np.random.Philox(20_171_119))
    totals = []
    for _ in range(200):
        drawn = values[rng.integers(0, ROWS, ROWS)]
        a, b = drawn[:, 0], drawn[:, -1]
        totals.append(((a - drawn[:, 1]) ** 2).mean() / 2 / np.r_[a, b].var())
    np.testing.assert_allclose(
        sobol_indices(values, 200).total_ends[0], np.quantile(totals, [0.025, 0.975])
    )
