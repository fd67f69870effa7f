"""Rows on distances and supply (MODEL 1 and 4)."""

from __future__ import annotations

import random

from scipy.optimize import brentq

from nobat.model import supply as model
from nobat.scenario.routes import geodesic_km
from nobat.scenario.theatre import Position
from nobat.theory import supply as theory
from tests.oracles.test_supply import WAGON, at, terms_of
from tests.verification.judgement import (
    CLOSED,
    EVIDENCE,
    HAND,
    IDENTITY,
    PUBLISHED,
    Verdict,
    judged,
    largest,
)


@judged(
    "1", "theatre", "one degree of latitude at the equator and one at the pole, together",
    "the ellipsoid WGS84, as published: 110.574 and 111.694 km", kind=PUBLISHED, standing=EVIDENCE,
)  # fmt: skip
def degrees() -> Verdict:
    """The shortest line between two positions."""
    equator = geodesic_km(Position(lat=-0.5, lon=40), Position(lat=0.5, lon=40))
    pole = geodesic_km(Position(lat=89, lon=0), Position(lat=90, lon=0))
    return Verdict(equator + pole, 110.574 + 111.694, 0.002, "km")


@judged(
    "4", "supply", "a wagon of 2,240 lb, horses that eat 80 lb a day, 20 miles a day: one way",
    "the sum of the textbooks on logistics", kind=PUBLISHED, standing=EVIDENCE,
)  # fmt: skip
def wagon() -> Verdict:
    """Pounds and miles in the place of tonnes and kilometres; the model's own d* is half of it."""
    return Verdict(2.0 * model.culmination_km(terms_of(WAGON), 0.0, 1.0), 560, 1e-9, "miles")


@judged("4", "supply", "lift over 243 km", "trucks driven one by one for 2,000 days", kind=HAND)
def trucks() -> Verdict:
    """Each loads, drives, unloads, drives back, and burns as it drives."""
    km, days, hours, speed, payload, burn, delay = 243.0, 2000, 16.0, 35.0, 6.0, 0.025, 5.0
    brought = clock = 0.0
    while clock <= hours * days:
        clock += 2 * km / speed + delay
        brought += payload - 2 * burn * km / speed
    fleet = theory.Fleet(12, payload, speed, hours, delay, burn)
    return Verdict(at(fleet, km), 12 * brought / days, 2e-3 * 12 * brought / days, "t a day")


@judged(
    "4", "supply", "d* of 50 fleets drawn at random: largest relative difference",
    "the distance at which lift meets use, as a numerical root", kind=CLOSED,
)  # fmt: skip
def culmination() -> Verdict:
    """Raids, repairs and the trucks' own use among them."""
    luck, apart = random.Random(3), []
    for _ in range(50):
        fleet = theory.Fleet(
            luck.randint(10, 400), luck.uniform(2, 30), luck.uniform(10, 90), luck.uniform(4, 24),
            luck.uniform(0.1, 8), luck.uniform(0.01, 0.05), luck.uniform(0.5, 1),
            luck.uniform(0, 0.5),
        )  # fmt: skip
        use = luck.uniform(0.05, 0.5) * at(fleet, 0.0)
        root = brentq(lambda km, f=fleet, u=use: at(f, km) - u, 0.0, 1e5, xtol=1e-9, rtol=1e-13)
        found = model.culmination_km(terms_of(fleet), use, 1.0 - fleet.raid_share)
        apart.append(found / root - 1.0)
    return Verdict(largest(apart), 0, 1e-9, rounding=True)


@judged(
    "4", "supply", "stock, brought and used over 20,000 steps: what is missing", "the books",
    kind=IDENTITY,
)  # fmt: skip
def books() -> Verdict:
    """Nobody uses what is not there, and nothing is lost."""
    luck, stock, start = random.Random(4), 500.0, 500.0
    came = went = 0.0
    for _ in range(20_000):
        lift, use = luck.uniform(0, 60), luck.uniform(0, 62)
        stock, used, brought = model.stock_after(stock, lift, use, 1 / 24)
        came, went = came + brought, went + used
    return Verdict(1000 * (start + came - went - stock), 0, 1e-3, "kg", rounding=True)
