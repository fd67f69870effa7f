"""Estimates in one pass: the same as with everything in memory, whatever the blocks."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nobat.model.outcome import OUTCOMES
from nobat.study import estimates, sums
from nobat.study.compare import compare
from nobat.study.estimates import Estimate
from nobat.study.names import MAIN, key
from tests.small import small


def same(one: Estimate, other: Estimate) -> None:
    """Fails unless two estimates agree to rounding."""
    assert (one.n, one.kind) == (other.n, other.kind)
    for a, b in zip(
        (one.mean, one.low, one.high), (other.mean, other.low, other.high), strict=True
    ):
        assert a == b or a == pytest.approx(b, rel=1e-12, abs=1e-12)


@settings(deadline=None, derandomize=True)
@given(
    st.lists(st.one_of(st.just(np.nan), st.floats(-1e6, 1e6)), min_size=1, max_size=40),
    st.integers(1, 10),
)
def test_blocks_make_no_difference(values: list[float], size: int) -> None:
    column = np.array(values)
    found = sums.Sums(1)
    for start in range(0, column.size, size):
        found.add(column[start : start + size, None])
    one, other = found.mean(0), estimates.mean(column)
    assert one.n == other.n
    for a, b in zip(
        (one.mean, one.low, one.high), (other.mean, other.low, other.high), strict=True
    ):
        assert a == b or a == pytest.approx(b, rel=1e-9, abs=1e-6)


def test_what_is_far_from_zero_does_not_cancel() -> None:
    column = 1e9 + np.random.default_rng(1).normal(size=3000)
    found = sums.Sums(1)
    for block in np.split(column, 30):
        found.add(block[:, None])
    low, high = found.mean(0).low, found.mean(0).high
    plainly = estimates.mean(column - 1e9)
    assert low is not None
    assert high is not None
    assert high - low == pytest.approx((plainly.high or 0) - (plainly.low or 0), rel=1e-6)


def test_one_pass_equals_all_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = compare(small(replications=1300), out=tmp_path / "run")
    assert made.run is not None
    monkeypatch.setattr(sums, "BLOCK", 500)
    found = sums.summary(made.run)
    names = made.run.manifest.doctrines
    columns = {name: made.run.columns(name, [o.name for o in OUTCOMES]) for name in names}
    for name in names:
        for outcome in OUTCOMES:
            estimate = estimates.share_of if outcome.kind == "share" else estimates.mean
            same(
                found.estimates[name][key(outcome.name, outcome.kind)],
                estimate(columns[name][outcome.name]),
            )
    for a, b in combinations(names, 2):
        for main in MAIN:
            gap = estimates.paired_difference(columns[a][main], columns[b][main])
            same(found.differences[a, b][main], gap)
    assert found.chances == estimates.p_best([columns[name]["secured"] for name in names])
    assert sums.summary(made.run) == found
