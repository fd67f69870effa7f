"""Fire on the units, drawn person by person or unit by unit: the same law (MODEL 6)."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from nobat.model import attrition, duty
from nobat.model.compiled import scalar
from nobat.model.luck import Address
from tests.statistics import FURTHEST, z_mean

STRENGTH, PRESENT = (40.0, 25.0, 30.0, 6.0, 50.0), (0.8, 0.6, 0.0, 0.8, 0.3)
RUNS = 40_000


@scalar
def draw(units: Any, hazard: float, seed: int, out: NDArray[np.float64]) -> None:
    """One step of fire on the same units, again and again; out: what each loses, (runs, U)."""
    for k in range(out.shape[0]):
        for i in range(units.size):
            units[i].strength = STRENGTH[i]
        attrition.fall_on_units(units, hazard, Address(seed, k, 1), False)
        for i in range(units.size):
            out[k, i] = STRENGTH[i] - units[i].strength


@pytest.mark.parametrize("hazard", [0.001, 0.01, 0.04, 0.2])  # the last is drawn unit by unit
def test_each_unit_loses_a_binomial_number_independent_of_the_others(hazard: float) -> None:
    units = duty.units(len(STRENGTH))
    units["present"] = PRESENT
    everyone = sum(n for n, x in zip(STRENGTH, PRESENT, strict=True) if x > 0.0)
    assert (hazard * max(PRESENT) * everyone > attrition.FEW) == (hazard == 0.2)
    lost = np.zeros((RUNS, len(STRENGTH)))
    draw(units, hazard, 11, lost)
    assert (lost == np.floor(lost)).all()
    assert (lost[:, 2] == 0.0).all()
    chances = [1.0 - math.exp(-hazard * x) for x in PRESENT]
    for i in (0, 1, 3, 4):
        n, p = STRENGTH[i], chances[i]
        assert abs(z_mean(lost[:, i], n * p)) < FURTHEST
        assert abs(z_mean((lost[:, i] - n * p) ** 2, n * p * (1.0 - p))) < FURTHEST
        for j in range(i):
            together = (lost[:, i] - n * p) * (lost[:, j] - STRENGTH[j] * chances[j])
            if together.any():
                assert abs(z_mean(together, 0.0)) < FURTHEST
