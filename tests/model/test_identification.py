from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from nobat.model import identification

TERMS = identification.Terms(
    contacts_per_day=20.0,
    harm_per_engagement=1.5,
    outside_share=0.1,
    gathering_share=0.2,
    gathering_harm=4.0,
)


@given(st.floats(0.0, 6.0), st.floats(-8.0, 8.0))
def test_rates_are_tails_of_the_normal(d_prime: float, criterion: float) -> None:
    tpr, fpr = identification.rates(d_prime, criterion)
    assert tpr == pytest.approx(stats.norm.sf(criterion - d_prime), rel=1e-12)
    assert fpr == pytest.approx(stats.norm.sf(criterion), rel=1e-12)
    assert tpr >= fpr


def test_rates_are_those_of_drawn_evidence() -> None:
    # What the equation stands for: evidence around 0 and around d', held against a criterion.
    n, luck = 400_000, np.random.default_rng(3)
    tpr, fpr = identification.rates(2.0, 1.5)
    fired = [(luck.normal(mean, 1.0, n) > 1.5).mean() for mean in (2.0, 0.0)]
    for share, exact in zip(fired, (tpr, fpr), strict=True):
        assert abs(share - exact) < 4.5 * np.sqrt(exact * (1 - exact) / n)


def test_a_stricter_criterion_costs_fire_and_saves_harm() -> None:
    tpr, fpr = zip(*(identification.rates(2.0, c) for c in (-1.0, 0.0, 1.0, 2.0, 3.0)), strict=True)
    assert list(tpr) == sorted(tpr, reverse=True)
    assert list(fpr) == sorted(fpr, reverse=True)
    # Without discrimination both are hit alike.
    assert len(set(identification.rates(0.0, 1.0))) == 1


def test_spared_gatherings_are_fire_not_used() -> None:
    assert identification.on_target(0.9, 0.2, False) == 0.9
    assert identification.on_target(0.9, 0.2, True) == pytest.approx(0.72)


def test_who_is_near() -> None:
    assert identification.residents_near(TERMS, 5000.0, True) == 5000.0
    assert identification.residents_near(TERMS, 5000.0, False) == 500.0


def test_harm_by_hand() -> None:
    # 20 x 5 contacts a day at a half manned front, one in ten fired at, 1.5 each.
    plain = 20 * 5 * 0.5 * 0.1 * 1.5
    spared = identification.harm_per_day(TERMS, 5000.0, 0.5, 0.1, True)
    free = identification.harm_per_day(TERMS, 5000.0, 0.5, 0.1, False)
    assert spared == pytest.approx(0.8 * plain)
    assert free == pytest.approx((0.8 + 0.2 * 4.0) * plain)


def test_harm_is_false_engagements_times_their_harm() -> None:
    false = identification.false_per_day(TERMS, 5000.0, 0.5, 0.1)
    assert false == pytest.approx(20 * 5 * 0.5 * 0.1)
    assert identification.harm_per_day(TERMS, 5000.0, 0.5, 0.1, True) == false * 1.5 * 0.8


@given(st.floats(0.0, 1e5), st.floats(0.0, 1.0), st.floats(0.0, 1.0), st.booleans())
def test_harm_is_linear(near: float, manning: float, fpr: float, spare: bool) -> None:
    once = identification.harm_per_day(TERMS, near, manning, fpr, spare)
    assert once >= 0.0
    for twice in (
        identification.harm_per_day(TERMS, 2.0 * near, manning, fpr, spare),
        identification.harm_per_day(TERMS, near, 2.0 * manning, fpr, spare),
        identification.harm_per_day(TERMS, near, manning, 2.0 * fpr, spare),
        identification.harm_per_day(
            TERMS._replace(contacts_per_day=40.0), near, manning, fpr, spare
        ),
        identification.harm_per_day(
            TERMS._replace(harm_per_engagement=3.0), near, manning, fpr, spare
        ),
    ):
        assert twice == pytest.approx(2.0 * once)
    assert identification.harm_per_day(TERMS, near, manning, fpr, True) <= once


def test_gatherings_like_any_other_target_change_nothing() -> None:
    alike = TERMS._replace(gathering_harm=1.0)
    none = TERMS._replace(gathering_share=0.0)
    assert identification.harm_per_day(
        alike, 1000.0, 1.0, 0.2, False
    ) == identification.harm_per_day(none, 1000.0, 1.0, 0.2, True)
