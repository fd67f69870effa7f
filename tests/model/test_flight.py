from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from nobat.model import flight

persons = st.integers(0, 5000).map(float)
shares = st.floats(0.0, 1.0)
uniforms = st.floats(0.0, 1.0, exclude_min=True, exclude_max=True)
GRID = 50_000


@pytest.mark.parametrize(
    ("n", "p"), [(1, 0.3), (1, 1e-9), (7, 0.999), (40, 0.2), (220, 0.8), (3000, 0.3), (900, 1.0)]
)
def test_a_share_has_its_binomial_law(n: int, p: float) -> None:
    # A fine even grid of uniforms: each value must get its probability, to one grid cell a piece.
    draws = [flight.binomial_share(float(n), p, (k + 0.5) / GRID) for k in range(GRID)]
    counts = np.bincount(np.array(draws).astype(int), minlength=n + 1) / GRID
    assert np.abs(counts - stats.binom.pmf(np.arange(n + 1), n, p)).max() < 2.0 / GRID


@given(persons, uniforms)
def test_nobody_and_everybody_need_no_luck(n: float, u: float) -> None:
    assert flight.binomial_share(n, 0.0, u) == 0.0
    assert flight.binomial_share(n, 1.0, u) == n
    assert 0.0 <= flight.binomial_share(n, math.nextafter(1.0, 0.0), u) <= n


@given(persons, st.booleans(), shares, shares, uniforms, st.booleans())
def test_everybody_is_accounted_for(
    n: float, open_way: bool, leave: float, stand: float, u: float, expected: bool
) -> None:
    found = flight.after_break(n, open_way, leave, stand, u, expected)
    assert sum(found) == pytest.approx(n, abs=1e-9)
    assert min(found) >= 0.0
    assert found[2 if open_way else 0] == 0.0  # an open way: no surrender; a closed one: no flight
    if not expected:
        assert all(part == math.floor(part) for part in found)


def test_what_a_break_leaves() -> None:
    assert flight.after_break(200.0, True, 0.3, 0.8, 0.5, True) == pytest.approx((60, 140, 0))
    assert flight.after_break(200.0, False, 0.3, 0.8, 0.5, True) == pytest.approx((0, 160, 40))
    drawn = np.array(
        [flight.after_break(200.0, True, 0.3, 0.8, (k + 0.5) / 1000, False) for k in range(1000)]
    )
    assert drawn.mean(axis=0) == pytest.approx([60, 140, 0], abs=0.1)
    closed = np.array(
        [flight.after_break(200.0, False, 0.3, 0.8, (k + 0.5) / 1000, False) for k in range(1000)]
    )
    assert closed.mean(axis=0) == pytest.approx([0, 160, 40], abs=0.1)


@pytest.mark.parametrize(
    ("hour", "step", "dark"),
    [
        (0, 1, 1), (5, 1, 1), (6, 1, 0), (12, 6, 0), (17, 2, 1), (17.5, 1, 0.5), (5.25, 1, 0.75),
        (23, 2, 2), (5, 14, 2), (17, 14, 12), (0, 24, 12), (9, 24, 12), (18, 12, 12), (6, 12, 0),
        (41, 2, 1), (3, 48, 24),
    ],
)  # fmt: skip
def test_the_night_is_from_eighteen_to_six(hour: float, step: float, dark: float) -> None:
    assert flight.dark_hours(float(hour), float(step)) == pytest.approx(dark)


@given(st.floats(0.0, 24.0), st.sampled_from([0.5, 1.0, 2.0, 3.0, 8.0, 24.0]))
def test_a_step_of_any_length_loses_as_many_by_night(hour: float, step: float) -> None:
    pool = 1000.0
    for k in range(int(72 / step)):
        pool -= flight.departing(pool, (hour + k * step) % 24.0, step, 2.0, 0.5, True)
    assert pool == pytest.approx(1000.0 * math.exp(-1.5), rel=1e-9)  # three nights of two


def test_they_leave_by_night() -> None:
    assert flight.departing(500.0, 12.0, 1.0, 2.0, 0.999, False) == 0.0
    assert flight.departing(500.0, 12.0, 1.0, 2.0, 0.5, True) == 0.0
    assert flight.departing(500.0, 17.0, 2.0, 2.0, 0.5, True) == pytest.approx(
        flight.departing(500.0, 20.0, 1.0, 2.0, 0.5, True)
    )
    one = flight.departing(500.0, 20.0, 1.0, 2.0, 0.5, True)
    assert one == pytest.approx(500.0 * (1 - math.exp(-1 / 24)))
    drawn = [flight.departing(500.0, 20.0, 1.0, 2.0, (k + 0.5) / 2000, False) for k in range(2000)]
    assert np.mean(drawn) == pytest.approx(one, rel=1e-3)
    assert all(0.0 <= n <= 500.0 and n == math.floor(n) for n in drawn)


def test_without_nights_they_leave_at_once() -> None:
    assert flight.departing(500.0, 12.0, 1.0, 0.0, 0.5, False) == 500.0
    assert flight.departing(500.0, 12.0, 1.0, 0.0, 0.5, True) == 500.0


def test_the_mean_wait_is_the_nights() -> None:
    # Night by night: sum over k of k (p (1 - p)^(k - 1)) in continuous time is the mean, 1 / rate.
    pool, waited = 1.0, 0.0
    for k in range(4000):
        gone = flight.departing(pool, 18.0 + 0.1 * (k % 120), 0.1, 2.0, 0.5, True)
        waited += gone * (k + 0.5) * 0.1 / flight.NIGHT_H
        pool -= gone
    assert waited == pytest.approx(2.0, rel=1e-3)


@given(persons, shares, uniforms)
def test_the_spared_survive(leaving: float, share: float, u: float) -> None:
    assert flight.hit_while_leaving(leaving, share, True, u, False) == 0.0
    assert flight.hit_while_leaving(leaving, share, True, u, True) == 0.0
    assert flight.hit_while_leaving(leaving, share, False, u, True) == leaving * share
    assert 0.0 <= flight.hit_while_leaving(leaving, share, False, u, False) <= leaving
