"""The settings: every range filled evenly, no two quantities alike, the same for the same seed."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import qmc

from nobat.account.design import BLOCK, design_of
from nobat.scenario import Scenario, load
from tests.account.told import told


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load("abu-kamal-2017")


def test_every_range_is_filled(scenario: Scenario) -> None:
    found = design_of(scenario, 64, 1)
    for factor, values in zip(found.factors, found.numbers().T, strict=True):
        assert factor.low is not None
        assert factor.high is not None
        assert (values >= factor.low).all()
        assert (values <= factor.high).all()
        if factor.step is None:
            place = (values - factor.low) / (factor.high - factor.low)
            # A scrambled Sobol sequence has one point in each of 64 equal parts.
            assert sorted(np.minimum(place * 64, 63).astype(int)) == list(range(64))


def test_no_two_quantities_are_alike(scenario: Scenario) -> None:
    """The worst of 26,000 correlations of independent points of 256 is about 4.3/16."""
    numbers = design_of(scenario, 256, 1).numbers()
    alike = np.atleast_2d(np.corrcoef(numbers[:, np.ptp(numbers, axis=0) > 0].T))
    assert np.abs(alike - np.eye(len(alike))).max() < 0.33


def test_a_block_is_more_even_than_luck() -> None:
    found = design_of(told(), 64, 1)
    low = np.array([f.low for f in found.factors], float)
    width = np.array([f.high for f in found.factors], float) - low
    unit = np.clip((found.numbers() - low) / width, 0, 1)[:, :BLOCK]
    luck = np.random.default_rng(1).random(unit.shape)
    assert qmc.discrepancy(unit) < qmc.discrepancy(luck)


def test_seeds(scenario: Scenario) -> None:
    one, same, other = (design_of(scenario, 16, seed) for seed in (1, 1, 2))
    assert one.values == same.values
    assert one.others == same.others
    assert one.values != other.values
    assert one.values != one.others


@pytest.mark.parametrize("settings", [8, 100, 129])
def test_any_number_of_settings(settings: int) -> None:
    assert design_of(told(), settings, 1).numbers().shape[0] == settings


def test_one_drawn_anew() -> None:
    found = design_of(told(), 8, 1)
    anew = found.anew(3, 1)
    assert [a == b for a, b in zip(anew, found.values[3], strict=True)].count(False) == 1
    assert anew[1] == found.others[3][1]
