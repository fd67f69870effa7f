"""Attacks after the campaign: what is drawn, and that it hangs on nothing but its address."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nobat.model import recurrence
from nobat.theory.recurrence import Process
from nobat.theory.recurrence_simulated import draw
from tests.statistics import family, z_mean

thetas = st.floats(0.0, 0.9)
omegas = st.floats(0.01, 1.0)


def test_who_can_come_back() -> None:
    assert recurrence.residual_force(150.0, 400.0, 0.0) == 150.0
    assert recurrence.residual_force(150.0, 400.0, 0.25) == 250.0
    assert recurrence.residual_force(0.0, 0.0, 1.0) == 0.0


def test_roots_are_what_is_left_of_all_attacks() -> None:
    # 100 persons, one attack a month in all, half of them provoked.
    assert recurrence.root_rate(100.0, 1.0, 0.5) == pytest.approx(0.5 / 30.44)
    assert recurrence.root_rate(0.0, 1.0, 0.5) == 0.0


def test_expected_attacks_at_the_ends() -> None:
    # Without offspring a Poisson stream; in the long run 1 / (1 - theta) for each root.
    assert recurrence.expected_attacks(0.1, 0.0, 0.1, 200.0) == pytest.approx(20.0)
    assert recurrence.expected_attacks(0.1, 0.5, 0.1, 1e7) == pytest.approx(2e6, rel=1e-5)
    # On the first days only roots come.
    assert recurrence.expected_attacks(0.1, 0.5, 0.1, 1e-6) == pytest.approx(1e-7, rel=1e-6)
    assert recurrence.expected_attacks(0.0, 0.5, 0.1, 365.0) == 0.0


def test_the_mean_field_has_its_first_attack_when_the_rate_adds_up_to_one() -> None:
    assert recurrence.expected_first(0.02, 365.0) == 50.0
    assert math.isnan(recurrence.expected_first(0.002, 365.0))


def test_nobody_attacks_where_nobody_is_left() -> None:
    count, first = recurrence.attacks(1, 0, 0.0, 0.4, 0.1, 365.0)
    assert count == 0.0
    assert math.isnan(first)


@given(thetas, omegas, st.floats(0.001, 0.2), st.integers(0, 2**63 - 1), st.integers(0, 2**31))
def test_a_larger_force_attacks_no_less_and_no_later(
    theta: float, omega: float, mu: float, seed: int, replication: int
) -> None:
    """The roots of the smaller force are roots of the larger one, sooner: on the same luck."""
    few, first = recurrence.attacks(seed, replication, mu, theta, omega, 365.0)
    more, sooner = recurrence.attacks(seed, replication, 1.5 * mu, theta, omega, 365.0)
    assert more >= few
    assert few == math.floor(few)
    assert math.isnan(first) == (few == 0.0)
    if few:
        assert 0.0 < sooner < first <= 365.0


@settings(max_examples=20)
@given(thetas, omegas, st.integers(1, 200))
def test_any_piece_of_the_draws_is_the_same(theta: float, omega: float, cut: int) -> None:
    process = Process(500.0, 0.9, theta, omega)
    whole = draw(process, 365.0, 7, 0, 201)
    parts = [draw(process, 365.0, 7, 0, cut), draw(process, 365.0, 7, cut, 201 - cut)]
    for one, *pieces in zip(whole, *parts, strict=True):
        np.testing.assert_array_equal(one, np.concatenate(pieces))


def test_the_first_attack_is_exponential() -> None:
    process = Process(300.0, 0.9, 0.4, 0.1)
    _, days = draw(process, 1e5, 3, 0, 20_000)
    assert not np.isnan(days).any()
    family([z_mean(days, 1 / process.root_rate), z_mean(days**2, 2 / process.root_rate**2)])
