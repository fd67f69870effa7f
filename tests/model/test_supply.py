from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nobat.model import supply

#: 30 trucks of 5 t, 20 h a day at 30 km/h with 6 h of delay, 20 kg an hour; 12 kg a person and day.
TERMS = supply.Terms(30.0, 5.0, 20.0, 30.0, 6.0, 0.02, 0.012, 0.006, 0.35)
stocks = st.floats(0.0, 5000.0)
flows = st.floats(0.0, 500.0)
steps = st.floats(1.0 / 48.0, 2.0)


def test_the_lift_at_a_distance() -> None:
    # 240 km: 16 h under way and 6 h of delay; of 5 t a truck burns 0.32; 20/22 trips a day.
    assert supply.turnaround_h(TERMS, 240.0) == pytest.approx(22.0)
    assert supply.delivered_t(TERMS, 240.0) == pytest.approx(4.68)
    assert supply.lift(TERMS, 240.0, 1.0) == pytest.approx(30 * 20 / 22 * 4.68)
    assert supply.lift(TERMS, 240.0, 0.75) == pytest.approx(0.75 * 30 * 20 / 22 * 4.68)


def test_nothing_comes_from_too_far() -> None:
    assert supply.lift(TERMS, 3750.0, 1.0) == 0.0  # v P / 2c: there and back eats the load
    assert supply.lift(TERMS, 3749.0, 1.0) > 0.0
    assert supply.lift(TERMS, 9000.0, 1.0) == 0.0
    assert supply.lift(TERMS, math.inf, 1.0) == 0.0
    assert supply.lift(TERMS._replace(own_use_t_per_h=0.0), math.inf, 1.0) == 0.0
    assert supply.lift(TERMS._replace(trucks=0.0), 10.0, 1.0) == 0.0


def test_no_distance_and_no_delay_is_a_minute() -> None:
    at_hand = TERMS._replace(delay_h=0.0)
    assert supply.lift(at_hand, 0.0, 1.0) == pytest.approx(30 * 20 * 60 * 5)


@given(st.floats(0.0, 1000.0), st.floats(0.0, 1000.0))
def test_a_longer_road_brings_less(km: float, further: float) -> None:
    assert supply.lift(TERMS, km + further, 1.0) <= supply.lift(TERMS, km, 1.0)


def test_use_goes_by_what_people_do() -> None:
    assert supply.use(TERMS, 1600.0, 3200.0) == pytest.approx(1.6 * 12 + 3.2 * 6)
    assert supply.use(TERMS, 0.0, 0.0) == 0.0


def test_a_dry_force_fights_on_what_arrives() -> None:
    assert supply.factor(TERMS, 500.0, 0.0, 60.0, 1.0) == 1.0
    assert supply.factor(TERMS, 0.0, 60.0, 60.0, 0.25) == 1.0
    assert supply.factor(TERMS, 0.0, 0.0, 60.0, 1.0) == 0.35
    assert supply.factor(TERMS, 0.0, 30.0, 60.0, 1.0) == pytest.approx(0.675)
    assert supply.factor(TERMS, 15.0, 30.0, 60.0, 1.0) == pytest.approx(0.35 + 0.65 * 0.75)
    assert supply.factor(TERMS, 15.0, 30.0, 60.0, 0.5) == 1.0  # a day's want, not half a day's
    assert supply.factor(TERMS, 0.0, 0.0, 0.0, 1.0) == 1.0


@given(stocks, flows, flows, steps)
def test_the_factor_and_the_stock_tell_one_story(
    stock: float, lift: float, use: float, days: float
) -> None:
    s = supply.factor(TERMS, stock, lift, use, days)
    left, used, brought = supply.stock_after(stock, lift, use, days)
    assert TERMS.dry_factor <= s <= 1.0
    assert left >= 0.0
    assert brought == lift * days
    assert stock + brought - used == pytest.approx(left, abs=1e-9)
    if s < 1.0:
        assert left == 0.0
        assert used == pytest.approx(use * days * (s - 0.35) / 0.65, rel=1e-9, abs=1e-9)
    else:
        assert used == pytest.approx(use * days)


def test_days_of_supply() -> None:
    assert supply.days_of_supply(500.0, 40.0, 60.0) == 25.0
    assert supply.days_of_supply(500.0, 60.0, 60.0) == math.inf
    assert supply.days_of_supply(0.0, 40.0, 60.0) == 0.0
    assert supply.days_of_supply(0.0, 0.0, 0.0) == math.inf


def test_culmination_at_its_edges() -> None:
    # (30/2) (30 x 5 x 20 - 60 x 6) / (60 + 30 x 20 x 0.02) = 15 x 2640 / 72.
    assert supply.culmination_km(TERMS, 60.0) == pytest.approx(550.0)
    assert supply.culmination_km(TERMS, 500.0) == 0.0  # more than 30 loads in six hours
    assert supply.culmination_km(TERMS, 501.0) == 0.0
    assert supply.culmination_km(TERMS, 499.0) > 0.0
    assert supply.culmination_km(TERMS._replace(trucks=0.0), 1.0) == 0.0
    assert supply.culmination_km(TERMS._replace(own_use_t_per_h=0.0), 0.0) == math.inf
    # A third lost to raids is a third of the trucks: 15 x (20 x 100 - 360) / (60 + 20 x 20 x 0.02).
    assert supply.culmination_km(TERMS, 60.0, 2 / 3) == pytest.approx(15 * 1640 / 68)
    # Where nobody uses anything the trucks still turn back when their load is gone.
    assert supply.culmination_km(TERMS, 0.0) == pytest.approx(3750.0)
