"""Rows on the step as a whole, by hand and by what must be conserved (MODEL 4 to 7, 10, 15, 16)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from itertools import islice
from statistics import NormalDist

import numpy as np

from nobat.engine import cpu
from nobat.engine.exact.solve import solve
from nobat.engine.plan import build
from nobat.model import events
from nobat.model.ledger import TRACE
from nobat.model.outcome import index
from nobat.scenario import load
from tests.oracles.small_campaigns import DOCTRINE, campaigns
from tests.oracles.test_exact_campaign import MAIN, z_of
from tests.oracles.test_mean_field_limit import both
from tests.oracles.test_textbook_line import HOUR_D, first_hour
from tests.small import small, whole
from tests.statistics import FURTHEST
from tests.verification.judgement import HAND, IDENTITY, SOLVER, STRUCTURE, Verdict, judged, largest

_HAND = "the textbook's line, with a pencil"
PERSONS = (
    "defender_in_layers", "defender_reserve", "defender_leaving", "defender_losses",
    "surrendered", "escaped",
)  # fmt: skip
COLUMN = {name: place for place, name in enumerate(TRACE)}


@cache
def hour() -> Mapping[str, float]:
    """The textbook's line after its first hour, in turns."""
    return first_hour(load("textbook-line"), "rotate")


@judged("5", "contact", "persons in contact in the first hour", _HAND, kind=HAND,
        standing=STRUCTURE)  # fmt: skip
def in_contact() -> Verdict:
    """200 at the posts, three quarters of them awake, a frontage of 200."""
    return Verdict(hour()["contact"], 150, 1e-9, "persons")


@judged("5", "contact", "pressure in the first hour", _HAND, kind=HAND, standing=STRUCTURE)
def pressure() -> Verdict:
    """150 against 50, both equally rested."""
    return Verdict(hour()["pressure"], 3, 1e-9)


@judged("6", "attrition", "defenders lost in the first hour", _HAND, kind=HAND)
def defenders_lost() -> Verdict:
    """By fire through works and order, and by their own suicide attacks."""
    hit = 0.4 * 150 * hour()["effectiveness"] * 0.25 * NormalDist().cdf(1)
    fallen = 50 * (1 - math.exp(-hit * HOUR_D / 50))
    expected = fallen + 0.4 * (50 - fallen) / 50 * HOUR_D
    return Verdict(hour()["defender_losses"], expected, 1e-9, "persons")


@judged("7", "works", "works of the first layer after the first hour", _HAND, kind=HAND,
        standing=STRUCTURE)  # fmt: skip
def works() -> Verdict:
    """Half suppressed: rebuilt at 0.2 a day, worn at 0.3 a day times effectiveness."""
    rebuild, wear = 0.4 * (1 - 3 / 6), 0.002 * 150 * hour()["effectiveness"]
    level = rebuild / (rebuild + wear)
    expected = level + (1 - level) * math.exp(-(rebuild + wear) * HOUR_D)
    return Verdict(hour()["works 0"], expected, 1e-12)


@judged("4", "supply", "the attacker's stock after the first hour", _HAND, kind=HAND)
def stock() -> Verdict:
    """16 t a day come, 10 are used."""
    return Verdict(hour()["stock_t"], 40 + (16 - 10) * HOUR_D, 1e-9, "t")


@judged("10", "harm to residents", "residents taken for combatants in the first hour", _HAND,
        kind=HAND, standing=STRUCTURE)  # fmt: skip
def false_engagements() -> Verdict:
    """10 x 0.2 contacts a day at a front manned to three quarters."""
    expected = 10 * 0.2 * 0.75 * (1 - NormalDist().cdf(1)) * HOUR_D
    return Verdict(hour()["false_engagements_expected"], expected, 1e-12)


@judged("15", "the step", "persons missing from the account, any step, of 45 campaigns",
        "conservation", kind=IDENTITY)  # fmt: skip
def persons() -> Verdict:
    """Every mechanism at work: in layers, in reserve, leaving, lost, surrendered, escaped."""
    missing = [0.0]
    for doctrine in whole().doctrines:
        plan = build(whole(), doctrine)
        for replication in range(45 // len(whole().doctrines)):
            trace = cpu.trajectory(plan, 7, replication).trace
            attackers = trace[:, COLUMN["attacker_present"]] + trace[:, COLUMN["attacker_losses"]]
            defenders = sum(trace[:, COLUMN[name]] for name in PERSONS)
            missing.append(float(np.abs(attackers - plan.strength.sum()).max()))
            everyone = plan.garrison.sum() + plan.reserve
            missing.append(float(np.abs(defenders - everyone).max()))
    return Verdict(largest(missing), 0, 0, "persons")


@cache
def zs() -> tuple[float, ...]:
    """z-values of the main outcomes of ten small campaigns, drawn and solved exactly."""
    found = []
    for scenario in islice(campaigns(), 10):
        exact = solve(scenario, DOCTRINE).means
        rows = cpu.simulate(build(scenario, DOCTRINE), 77, 0, 4_000)
        found += [z for name in MAIN if (z := z_of(exact, rows, name)) is not None]
    return tuple(found)


_SOLVED = "the same campaigns solved exactly, by a second derivation of the step"


@judged("15", "the step", "main outcomes of ten small campaigns: largest z-value", _SOLVED,
        kind=SOLVER)  # fmt: skip
def wildest() -> Verdict:
    """One to three units and layers, rotation, handovers, counter-attacks; 4,000 draws each."""
    return Verdict(largest(list(zs())), 0, FURTHEST, chance=True)


@judged("15", "the step", "the same: mean of z squared", _SOLVED, kind=SOLVER)
def bias() -> Verdict:
    """Outcomes of one campaign hang together, so it scatters more than of independent ones."""
    tolerance = 2 * 4.5 * math.sqrt(2 / len(zs()))
    return Verdict(float(np.mean(np.square(zs()))), 1, tolerance, chance=True)


@judged("15", "the step", "two solvers, forces x 100: attackers lost, mean over mean field",
        "the mean field", kind=SOLVER)  # fmt: skip
def two_solvers() -> Verdict:
    """With deterministic events they must agree as forces grow."""
    row, rows = both(small(), "rotate", 100, 200)
    column = index("attacker_losses")
    return Verdict(float(rows[:, column].mean() / row[column]), 1, 0.02, chance=True)


@judged("16", "outcomes", "layers lost again and told as retaken: 120 replays that differ",
        "the log of events", kind=IDENTITY)  # fmt: skip
def retaken() -> Verdict:
    """Two ways of writing the same thing down."""
    plan, differ = build(small(), "rotate"), 0
    for replication in range(120):
        found = cpu.trajectory(plan, 3, replication)
        told = int((found.events[:, 1] == events.RETAKEN).sum())
        differ += told != found.row[index("layers_lost_again")]
    return Verdict(differ, 0, 0)


@judged("16", "outcomes", "unit-days by duty, less units x days, of 300 campaigns", "conservation",
        kind=IDENTITY)  # fmt: skip
def unit_days() -> Verdict:
    """Spent units among them."""
    plan = build(small(), "rotate")
    rows = cpu.simulate(plan, 3, 0, 300)
    duties = ("operating", "relieving", "reserve", "rest", "spent")
    total = sum(rows[:, index(f"{duty}_unit_days")] for duty in duties)
    apart = total - plan.strength.size * rows[:, index("duration_d")]
    return Verdict(float(np.abs(apart).max()), 0, 1e-6, "unit-days", rounding=True)
