"""Estimates against values worked out elsewhere, and at their edges."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nobat.study import estimates


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        # Newcombe (1998), Statistics in Medicine 17, table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_equals_newcombes_table(successes: int, n: int, low: float, high: float) -> None:
    found = estimates.share(successes, n)
    assert found.mean == successes / n
    assert found.low == pytest.approx(low, abs=5e-5)
    assert found.high == pytest.approx(high, abs=5e-5)


def test_wilson_is_exact_at_the_ends() -> None:
    assert estimates.share(0, 50).low == 0.0
    assert estimates.share(50, 50).high == 1.0
    one = estimates.share(1, 1)
    assert one.low is not None
    assert one.low > 0.2
    assert estimates.share(0, 0).to_json() == {"mean": None, "low": None, "high": None, "n": 0}


@settings(deadline=None, derandomize=True)
@given(st.integers(1, 10**6), st.floats(0, 1))
def test_wilson_holds_the_share_inside_the_unit_interval(n: int, part: float) -> None:
    found = estimates.share(round(n * part), n)
    assert found.mean is not None
    assert found.low is not None
    assert found.high is not None
    assert 0 <= found.low <= found.mean <= found.high <= 1


@pytest.mark.parametrize(("df", "quantile"), [(1, 12.7062), (9, 2.2622), (30, 2.0423)])
def test_t_quantile_equals_the_printed_tables(df: int, quantile: float) -> None:
    assert estimates.t_quantile(df) == pytest.approx(quantile, abs=5e-5)


def test_mean_of_ten_numbers_by_hand() -> None:
    found = estimates.mean(np.arange(1.0, 11.0))
    half = 2.2621571628 * math.sqrt(55 / 6) / math.sqrt(10)
    assert found.mean == 5.5
    assert found.low == pytest.approx(5.5 - half)
    assert found.high == pytest.approx(5.5 + half)


def test_mean_leaves_out_what_does_not_exist() -> None:
    found = estimates.mean(np.array([1.0, np.nan, 3.0]))
    assert (found.mean, found.n) == (2.0, 2)
    assert estimates.mean(np.array([np.nan, np.nan])).mean is None
    single = estimates.mean(np.array([np.nan, 4.0]))
    assert (single.mean, single.low, single.high, single.n) == (4.0, None, None, 1)


def test_no_spread_gives_an_interval_of_no_width() -> None:
    found = estimates.mean(np.full(20, 7.0))
    assert (found.mean, found.low, found.high) == (7.0, 7.0, 7.0)


def test_pairing_takes_the_common_luck_out() -> None:
    luck = np.random.default_rng(1).normal(0, 10, 400)
    found = estimates.paired_difference(luck + 1, luck)
    assert found.mean == pytest.approx(1)
    assert found.low is not None
    assert found.high is not None
    assert found.high - found.low < 1e-9


def test_a_difference_needs_both_sides() -> None:
    found = estimates.paired_difference(np.array([1.0, np.nan, 5.0]), np.array([0.0, 1.0, np.nan]))
    assert (found.mean, found.n) == (1.0, 1)


def test_p_best_equals_a_plain_bootstrap() -> None:
    rng = np.random.default_rng(3)
    luck = rng.random(200)
    secured = [(luck < share).astype(float) for share in (0.5, 0.55)]
    secured.append((rng.random(200) < 0.56).astype(float))
    found = estimates.p_best(secured)
    assert found is not None
    table = np.column_stack(secured)
    plain = np.zeros(3)
    for _ in range(4000):
        wins = table[rng.integers(0, 200, 200)].sum(axis=0)
        plain += (wins == wins.max()) / (wins == wins.max()).sum()
    assert sum(found) == pytest.approx(1)
    # Standard error of either bootstrap is below 0.012.
    assert np.abs(np.array(found) - plain / 4000).max() < 0.05


def test_p_best_shares_ties_and_repeats_itself() -> None:
    same = np.array([0.0, 1.0, 1.0, 0.0])
    assert estimates.p_best([same, same.copy()]) == (0.5, 0.5)
    assert estimates.p_best([np.zeros(5), np.zeros(5), np.zeros(5)]) == pytest.approx((1 / 3,) * 3)
    other = np.array([1.0, 1.0, 1.0, 0.0])
    assert estimates.p_best([same, other]) == estimates.p_best([same, other])
    assert estimates.p_best([np.ones(1), np.zeros(1)]) is None
    assert estimates.p_best([same]) == (1.0,)
