"""What looks like the record, and likelihood ratios that are known."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from nobat.account.alike import LEAST_ALIKE, Ratio, alike, counts_of, effective, near, ratios
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


def test_target_for_target() -> None:
    found = counts_of(DatedRecord(doctrine="rotate", targets=(TAKEN, SOON)), look, RUN)
    assert found == {
        "has a": 6, "near a": 4, "sum of a": 96, "has b": 5, "near b": 4, "sum of b": 9,
    }  # fmt: skip


def one(own: list[Floats], other: list[Floats], of: int = 50) -> Ratio:
    """The ratio of one pair."""
    (found,) = ratios({("a",): (own, other)}, of)
    return found


@pytest.mark.parametrize("spread", [0.0, 2.0])
def test_a_ratio_that_is_known(spread: float) -> None:
    """Twice as likely: the 95 % intervals hold it in about 95 of 100 cases, 85 at least.

    spread: how unlike the settings are; with 2 a tenth of them have most of what looks like it.
    """
    held = 0
    for seed in range(100):
        rng = np.random.default_rng(seed)
        chance = 0.3 * np.exp(spread * rng.normal(size=100) - spread**2 / 2 - 1)
        own = rng.binomial(50, np.minimum(0.9, 2 * chance)).astype(float)
        other = rng.binomial(50, np.minimum(0.45, chance)).astype(float)
        found = one([own], [other])
        assert found.low is not None
        assert found.high is not None
        held += found.low < 2 < found.high
    assert held >= 85


def test_as_many_targets_as_leave_enough() -> None:
    plenty, few = np.full(20, 3.0), np.zeros(20)
    found = one([plenty, plenty, few], [plenty, few, few])
    assert (found.targets, found.own, found.other, found.of) == (2, 60, 0, 1000)
    assert (found.ratio, found.high) == (None, None)  # endless
    assert found.low is not None
    assert found.low > 1
    assert found.better is True
    none = one([few, few], [few, few])
    assert (none.targets, none.ratio, none.low, none.better) == (1, None, None, None)


def test_side_by_side_all_ask_for_the_same_targets() -> None:
    plenty, few = np.full(20, 3.0), np.array([1.0] * 3 + [0.0] * 17)
    pairs = {
        ("a",): ([plenty, plenty], [plenty, plenty]),
        ("b", "c"): ([plenty, few], [plenty, few]),
        ("d",): ([few, few], [few, few]),
    }
    a, bc, d = ratios(pairs, 50)
    assert (a.targets, bc.targets, d.targets) == (1, 1, 1)
    assert (a.ratio, bc.ratio, d.ratio) == (1.0, 1.0, None)  # d has too few by the first
    assert bc.ways == ("b", "c")


def test_replications_of_one_setting_are_no_evidence() -> None:
    """A hundred replications that look like the record, all in one setting: nothing is said."""
    own = np.array([100.0] + [0.0] * 39)
    assert one([own], [np.zeros(40)]).low is None


def test_never_against_often() -> None:
    """None in any setting against some in 12 of 40: at most 0.36 by Clopper and Pearson."""
    other = np.array([1.0] * 12 + [0.0] * 28)
    found = one([np.zeros(40)], [other])
    assert found.ratio == found.low == 0.0
    assert found.high == pytest.approx(0.2646 / (1 - 0.2646), abs=1e-3)
    assert found.better is False


def test_effective() -> None:
    assert effective(np.ones(7)) == 7
    assert effective(np.array([5.0, 0, 0])) == 1
    assert effective(np.zeros(3)) == 0
    assert LEAST_ALIKE > 1
    assert math.isfinite(effective(np.array([1e9, 1e-9])))
