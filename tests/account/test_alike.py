"""What looks like the record, and likelihood ratios that are known."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from nobat.account.alike import LEAST_ALIKE, alike, effective, near, ratio
from nobat.account.runs import Run
from nobat.scenario.claims import DatedRecord, Target

Floats = NDArray[np.float64]
RUN = Run("rotate")
DAYS = {
    "day_core_taken": np.array([10, 14, 16, 17, 19, 20, np.nan]),
    "day_secured": np.array([11, 15, 21, 18, np.nan, 21, np.nan]),
}


def look(_run: Run, name: str) -> Floats:
    """Days that were made up."""
    return DAYS[name]


TAKEN = Target(id="a", what="Taken.", outcome="day_core_taken", low=16, high=17, tolerance=2)
SOON = Target(
    id="b", what="Soon.", outcome="day_secured", since="day_core_taken", high=3, tolerance=1
)


def test_near() -> None:
    assert near(TAKEN, look, RUN).tolist() == [False, True, True, True, True, False, False]
    assert near(SOON, look, RUN).tolist() == [True, True, False, True, False, True, False]


def test_target_by_target() -> None:
    found = alike(DatedRecord(doctrine="rotate", targets=(TAKEN, SOON)), look, RUN)
    assert found.sum(axis=1).tolist() == [4, 2]
    assert found[1].tolist() == [False, True, False, True, False, False, False]


def test_a_ratio_that_is_known() -> None:
    """Twice as likely: the 95 % intervals hold it in about 95 of 100 cases, 85 at least."""
    held = 0
    for seed in range(100):
        rng = np.random.default_rng(seed)
        own, other = rng.binomial(50, 0.2, 100).astype(float), rng.binomial(50, 0.1, 100)
        found = ratio([own], [other.astype(float)], 50)
        assert found.low is not None
        assert found.high is not None
        held += found.low < 2 < found.high
    assert held >= 85


def test_as_many_targets_as_leave_enough() -> None:
    plenty, few = np.full(20, 3.0), np.zeros(20)
    found = ratio([plenty, plenty, few], [plenty, few, few], 50)
    assert (found.targets, found.own, found.other, found.of) == (2, 60, 0, 1000)
    assert (found.ratio, found.high) == (None, None)  # endless
    assert found.low is not None
    assert found.low > 1
    none = ratio([few, few], [few, few], 50)
    assert (none.targets, none.ratio, none.low) == (1, None, None)


def test_never_against_often() -> None:
    """None in any setting against some in 12 of 40: at most 0.36 by Clopper and Pearson."""
    other = np.array([1.0] * 12 + [0.0] * 28)
    found = ratio([np.zeros(40)], [other], 50)
    assert found.ratio == found.low == 0.0
    assert found.high == pytest.approx(0.2646 / (1 - 0.2646), abs=1e-3)


def test_effective() -> None:
    assert effective(np.ones(7)) == 7
    assert effective(np.array([5.0, 0, 0])) == 1
    assert effective(np.zeros(3)) == 0
    assert LEAST_ALIKE > 1
    assert math.isfinite(effective(np.array([1e9, 1e-9])))
