"""Supply against the wagon of the textbooks, trucks that are driven one by one, and plain books."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.optimize import brentq

from nobat.model import supply as model
from nobat.theory import supply as theory

fleets = st.builds(
    theory.Fleet,
    trucks=st.integers(1, 400),
    payload_t=st.floats(0.5, 30.0),
    speed_km_h=st.floats(3.0, 90.0),
    hours_per_day=st.floats(1.0, 24.0),
    delay_h=st.floats(0.1, 24.0),
    own_use_t_per_h=st.floats(0.0, 0.2),
    availability=st.floats(0.2, 1.0),
    raid_share=st.floats(0.0, 0.8),
)
distances = st.floats(0.0, 3000.0)
uses = st.floats(0.01, 2000.0)


def terms_of(fleet: theory.Fleet) -> model.Terms:
    """The model's terms of a fleet."""
    return model.Terms(
        fleet.at_work, fleet.payload_t, fleet.hours_per_day, fleet.speed_km_h,
        fleet.delay_h, fleet.own_use_t_per_h, 0.012, 0.006, 0.35,
    )  # fmt: skip


#: A wagon: 2,240 lb of fodder, horses that eat 80 lb a day, 20 miles a day (so pounds and miles).
WAGON = theory.Fleet(
    trucks=1, payload_t=2240, speed_km_h=20 / 24, hours_per_day=24, own_use_t_per_h=80 / 24
)


def test_the_wagon_of_the_textbooks() -> None:
    assert theory.self_consumption_km(WAGON) == pytest.approx(560)
    assert theory.culmination_km(WAGON, 0) == pytest.approx(280)  # there and back
    assert theory.eaten_share(WAGON, 140) == pytest.approx(0.5)
    for km, arrives in ((279.9, True), (280.1, False)):
        assert (theory.lift_t_per_day(WAGON, km) > 0) is arrives
        assert (at(WAGON, km) > 0) is arrives


def at(fleet: theory.Fleet, km: float) -> float:
    """The model's own lift."""
    return model.lift(terms_of(fleet), km, 1.0 - fleet.raid_share)


@pytest.mark.parametrize("km", [13.0, 100.0, 243.0, 1000.0])
def test_trucks_driven_one_by_one_bring_the_lift(km: float) -> None:
    # Each truck loads, drives, unloads, drives back, burns as it drives; a third of a day it rests.
    days, hours, speed, payload, burn, delay = 2000, 16.0, 35.0, 6.0, 0.025, 5.0
    brought, clock = 0.0, 0.0
    while True:
        load = payload
        for leg in ("there", "back"):
            clock += km / speed + delay / 2
            load -= burn * km / speed
            brought += load if leg == "back" else 0.0
        if clock > hours * days:
            break
    fleet = theory.Fleet(12, payload, speed, hours, delay, burn)
    assert theory.lift_t_per_day(fleet, km) == pytest.approx(12 * brought / days, rel=2e-3)
    assert at(fleet, km) == pytest.approx(12 * brought / days, rel=2e-3)


@given(fleets, distances, uses, st.floats(0.0, 5000.0))
def test_the_model_and_the_closed_forms_agree(
    fleet: theory.Fleet, km: float, use: float, stock: float
) -> None:
    lift = theory.lift_t_per_day(fleet, km)
    assert at(fleet, km) == pytest.approx(lift, rel=1e-9, abs=1e-9)
    assert model.turnaround_h(terms_of(fleet), km) == pytest.approx(theory.turnaround_h(fleet, km))
    assert model.culmination_km(terms_of(fleet), use, 1 - fleet.raid_share) == pytest.approx(
        theory.culmination_km(fleet, use)
    )
    assert model.days_of_supply(stock, lift, use) == theory.days_of_supply(stock, lift, use)


@given(fleets, uses)
def test_culmination_is_where_lift_meets_use(fleet: theory.Fleet, use: float) -> None:
    def missing(km: float) -> float:
        return at(fleet, km) - use

    far = theory.culmination_km(fleet, use)
    if missing(0.0) <= 0:
        assert far == 0
        return
    end = 1.0
    while missing(end) > 0:
        end *= 2
    assert far == pytest.approx(brentq(missing, 0.0, end, xtol=1e-9, rtol=1e-12), rel=1e-6)


@given(fleets, uses, st.floats(1.0, 5000.0))
def test_a_stock_lasts_its_days_of_supply(fleet: theory.Fleet, use: float, stock: float) -> None:
    # Beyond d* a stock is drawn down; step by step it is dry when the closed form says so.
    far = theory.culmination_km(fleet, use)
    assume(far < 2000)
    lift = at(fleet, 1.2 * far + 10)
    days = theory.days_of_supply(stock, lift, use)
    assume(days < 200)
    step = max(days, 1e-6) / 200.5
    left, dry = stock, 0
    while left > 0:
        left = model.stock_after(left, lift, use, step)[0]
        dry += 1
    assert dry == 201


def test_the_books_are_kept_to_the_kilogram() -> None:
    # Whole kilograms in Python's exact integers, against the model's tonnes, over 100,000 steps.
    luck = np.random.default_rng(5)
    stock, exact = 500.0, 500_000
    used_all, brought_all, dry = [], [], 0
    for lift, use in luck.integers(0, (4_000, 4_200), (100_000, 2)).tolist():
        stock, used, brought = model.stock_after(stock, 24 * lift / 1000, 24 * use / 1000, 1 / 24)
        took = min(use, exact + lift)
        exact += lift - took
        assert abs(1000 * used - took) < 1
        assert abs(1000 * stock - exact) < 1
        used_all.append(used)
        brought_all.append(brought)
        dry += exact == 0
    assert 1000 < dry < 99_000
    balance = 500.0 + math.fsum(brought_all) - math.fsum(used_all)
    assert abs(balance - stock) < 1e-3
