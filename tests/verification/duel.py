"""Rows on duels: exact chains, published courses of battles (MODEL 6)."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache

import numpy as np

from nobat.theory import duel_exact
from nobat.theory.duel_simulated import simulate
from nobat.theory.history import helmbold_relation
from nobat.theory.lanchester import Duel, Law, square_ending
from nobat.theory.lanchester_course import Arrival, course
from tests.oracles.test_duel import IWO_JIMA, LANDINGS, LAWS, duel_of, number, table
from tests.reference import folder
from tests.statistics import FURTHEST, z_share
from tests.verification.judgement import (
    CLOSED,
    EVIDENCE,
    HAND,
    PROGRAM,
    PUBLISHED,
    SOLVER,
    Verdict,
    judged,
    largest,
)

_CHAINS = "rational arithmetic, four laws"
_FIGURES = ("P_X_wins", "EX_surv", "VarX_surv", "ET")


@judged(
    "6", "duel", "win chance, survivors, duration, every 9th duel: largest relative difference",
    _CHAINS, kind=SOLVER,
)  # fmt: skip
def recursion() -> Verdict:
    """The recursion over the number of losses, up to 20 against 20."""
    apart = []
    for law in LAWS:
        for row in table(folder(), f"exact_{law}_law.csv")[::9]:
            found = duel_exact.solve(duel_of(row, law))
            left = found.attackers
            got = found.p_attacker_wins, left.mean, left.variance, found.mean_duration
            apart += [x / float(row[name]) - 1 for x, name in zip(got, _FIGURES, strict=True)]
    return Verdict(largest(apart), 0, 1e-12, rounding=True)


@judged(
    "6", "duel", "100 against 90 and more: largest relative difference", "rational arithmetic",
    kind=SOLVER,
)  # fmt: skip
def large() -> Verdict:
    """The square law, up to hundreds a side."""
    apart = []
    for row in table(folder(), "exact_square_large.csv"):
        found = duel_exact.solve(duel_of(row, "square"))
        got = found.p_attacker_wins, found.attackers.mean, found.mean_duration
        names = ("P_X_wins", "EX_surv", "ET")
        apart += [x / float(row[name]) - 1 for x, name in zip(got, names, strict=True)]
    return Verdict(largest(apart), 0, 1e-12, rounding=True)


@judged("6", "duel", "chance of three against two, square law", "31/40, by hand", kind=HAND)
def three_against_two() -> Verdict:
    """Without any table."""
    return Verdict(duel_exact.solve(Duel(3, 2, 1.0, 1.0)).p_attacker_wins, 31 / 40, 1e-14)


@cache
def zs() -> tuple[float, ...]:
    """z-values of duels fought event by event, three of each law."""
    found = []
    for law in LAWS:
        rows = table(folder(), f"exact_{law}_law.csv")
        open_ = [row for row in rows if 0.05 < float(row["P_X_wins"]) < 0.95]
        for row in open_[:: len(open_) // 3][:3]:
            duel = Duel(int(row["m"]), int(row["n"]), number(row["r"]), 1.0, LAWS[law])
            exact, sample = duel_exact.solve(duel), simulate(duel, 40_000, seed=9)
            won = round(sample.found.p_attacker_wins * sample.n)
            found.append(z_share(won, sample.n, float(row["P_X_wins"])))
            error = math.sqrt(exact.attackers.variance / sample.n)
            found.append((sample.found.attackers.mean - float(row["EX_surv"])) / error)
            error = math.sqrt(exact.variance_duration / sample.n)
            found.append((sample.found.mean_duration - float(row["ET"])) / error)
    return tuple(found)


@judged("6", "duel", "twelve duels event by event: largest of 36 z-values", _CHAINS, kind=SOLVER)
def wildest() -> Verdict:
    """40,000 of each."""
    return Verdict(largest(list(zs())), 0, FURTHEST, chance=True)


@judged("6", "duel", "the same: mean of z squared", _CHAINS, kind=SOLVER)
def bias() -> Verdict:
    """Within 4.5 of its standard deviations."""
    return Verdict(float(np.mean(np.square(zs()))), 1, 4.5 * math.sqrt(2 / len(zs())), chance=True)


@judged(
    "6", "duel: without luck", "Iwo Jima, day by day: largest relative difference of a strength",
    "Engel's fitted model (1954), solved to 40 digits", kind=PUBLISHED, standing=EVIDENCE,
)  # fmt: skip
def iwo_jima() -> Verdict:
    """Landings spread over their days; the fight ends on day 36."""
    rows = table(folder(), "iwo_jima_engel_model_daily.csv")
    landed = [Arrival("attacker", a, b, men) for a, b, men in LANDINGS]
    # Exponents a hair beside the square law's are integrated, not solved in closed form.
    law = Law(1.0, 0.0, 1.0, 1e-15)
    found = course(replace(IWO_JIMA, law=law), [float(row["t_days"]) for row in rows], landed)
    apart = []
    for point, row in zip(found.points, rows, strict=True):
        if 0.0 < point.time < found.ending.duration:
            apart.append(point.attackers / float(row["us_rate"]) - 1)
            apart.append(point.defenders / float(row["japan_rate"]) - 1)
    return Verdict(largest(apart), 0, 1e-7, rounding=True)


@judged(
    "6", "duel: without luck", "Trafalgar head on: who of the combined fleet is left",
    "Lanchester (1916)", kind=PUBLISHED, standing=EVIDENCE,
)  # fmt: skip
def trafalgar() -> Verdict:
    """40 British against 46, as first planned."""
    items = {
        row["item"]: float(row["value"]) for row in table(folder(), "trafalgar_lanchester_1916.csv")
    }
    found = square_ending(items["british_planned"], items["combined_planned"], 1.0, 1.0)
    return Verdict(found.defenders, items["survivors_head_on_exact"], 1e-6, "ships")


@judged(
    "6", "duel: without luck", "square law, 1,000 against 800 at equal rates: survivors",
    "sqrt(1,000^2 - 800^2)", kind=CLOSED,
)  # fmt: skip
def square() -> Verdict:
    """In closed form."""
    return Verdict(square_ending(1000, 800, 0.1, 0.1).attackers, 600, 1e-9, "persons")


@judged(
    "6", "past battles", "Helmbold's relation on 660 battles: the slope",
    "an independent fit of the same battles, 1.349 (s.e. 0.072)", kind=PROGRAM, standing=EVIDENCE,
)  # fmt: skip
def helmbold() -> Verdict:
    """The logarithms of two ratios of losses and strengths, by least squares."""
    rows = table(folder(), "cdb90_two_sided.csv")
    names = ("att_str", "att_cas", "def_str", "def_cas")
    full = [row for row in rows if all(row[name] for name in names) and row["start"]]
    x0, x_lost, y0, y_lost = (np.array([float(row[name]) for row in full]) for name in names)
    fit = (x_lost > 0) & (x_lost < x0) & (y_lost > 0) & (y_lost < y0)
    x0, x_lost, y0, y_lost = (each[fit] for each in (x0, x_lost, y0, y_lost))
    found = helmbold_relation(x0, x0 - x_lost, y0, y0 - y_lost)
    return Verdict(found.slope, 1.349, 0.0005)
