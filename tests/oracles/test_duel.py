"""Duels against exact chains in rational arithmetic, closed forms, and Engel's Iwo Jima (MODEL 6).

In the tables X is the attacker, with a = r, and Y the defender, with b = 1.
"""

from __future__ import annotations

import csv
import math
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from nobat.theory import duel_decoupled, duel_exact
from nobat.theory.duel_simulated import simulate
from nobat.theory.lanchester import (
    GUERRILLA,
    LINEAR,
    LOGARITHMIC,
    SQUARE,
    Duel,
    Law,
    ending,
    square_ending,
)
from nobat.theory.lanchester_course import Arrival, course, strengths
from tests.statistics import FURTHEST, family, z_share

LAWS = {
    "square": SQUARE, "linear": LINEAR, "logarithmic": LOGARITHMIC, "guerrilla_x": GUERRILLA,
}  # fmt: skip
#: One figure of each table, so that the checks bite without the tables too: r = 1, 3 against 2.
INLINE = {
    "square": 31 / 40, "linear": 11 / 16, "logarithmic": 3 / 5, "guerrilla_x": 115 / 216,
}  # fmt: skip
#: The duel of the benchmarks: 20 v 15, rates 0.04 and 0.06.
BENCH = Duel(20, 15, 0.04, 0.06)


def table(reference: Path, name: str) -> list[dict[str, str]]:
    lines = (reference / "attrition" / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def number(text: str) -> float:
    top, _, bottom = text.partition("/")
    return float(top) / float(bottom or 1)


def duel_of(row: dict[str, str], law: str) -> Duel:
    return Duel(int(row["m"]), int(row["n"]), number(row["r"]), 1.0, LAWS[law])


@pytest.mark.parametrize("law", LAWS)
def test_one_duel_of_each_law(law: str) -> None:
    found = duel_exact.solve(Duel(3, 2, 1.0, 1.0, LAWS[law]))
    assert found.p_attacker_wins == pytest.approx(INLINE[law], rel=1e-14)


@pytest.mark.parametrize("law", [(2, 1, 0, 1), (1, 0, 2, 2), (0, 2, 1, 0), (3, 1, 1, 0)])
def test_mixed_exponents_in_fractions(law: tuple[int, int, int, int]) -> None:
    # Bracken's form with other exponents on each side, backward, in exact arithmetic: a = 2, b = 3.
    p1, q1, p2, q2 = law

    @cache
    def ahead(x: int, y: int) -> tuple[Fraction, Fraction, Fraction]:
        if not x or not y:
            return Fraction(bool(x)), Fraction(x), Fraction(0)
        on_y, on_x = Fraction(2 * x**p1 * y**q1), Fraction(3 * y**p2 * x**q2)
        both = on_y + on_x
        hit, missed = ahead(x, y - 1), ahead(x - 1, y)
        win, left, time = ((on_y * u + on_x * v) / both for u, v in zip(hit, missed, strict=True))
        return win, left, time + 1 / both

    for m, n in ((1, 1), (2, 5), (6, 4), (8, 8)):
        duel = Duel(m, n, 2.0, 3.0, Law(*map(float, law)))
        found = duel_exact.solve(duel)
        got = found.p_attacker_wins, found.attackers.mean, found.mean_duration
        assert got == pytest.approx([float(each) for each in ahead(m, n)], rel=1e-13)
        other = duel_decoupled.chance(duel)
        assert abs(other.p - float(ahead(m, n)[0])) <= other.bound + 1e-15
        sample = simulate(duel, 20_000, seed=m + 10 * n)
        won = round(sample.found.p_attacker_wins * sample.n)
        assert abs(z_share(won, sample.n, float(ahead(m, n)[0]))) < FURTHEST


def test_the_duel_of_the_benchmarks() -> None:
    found = duel_exact.solve(BENCH)
    assert round(found.p_attacker_wins, 5) == 0.66120
    assert round(35 - found.attackers.mean - found.defenders.mean, 3) == 25.472


@pytest.mark.parametrize("law", LAWS)
def test_the_recursion_is_exact(reference: Path, law: str) -> None:
    rows = table(reference, f"exact_{law}_law.csv")
    assert len(rows) >= 700
    for row in rows:
        found = duel_exact.solve(duel_of(row, law))
        if_won = found.attackers.mean / found.p_attacker_wins
        got = (
            found.p_attacker_wins, found.attackers.mean, if_won, found.attackers.variance,
            found.mean_duration,
        )  # fmt: skip
        names = ("P_X_wins", "EX_surv", "EX_surv_given_win", "VarX_surv", "ET")
        assert got == pytest.approx([float(row[name]) for name in names], rel=1e-12), row


@pytest.mark.parametrize("law", LAWS)
def test_the_names_of_the_sides_do_not_matter(reference: Path, law: str) -> None:
    for row in table(reference, f"exact_{law}_law.csv")[::29]:
        duel = duel_of(row, law)
        found, other = duel_exact.solve(duel), duel_exact.solve(duel.swapped())
        assert 1.0 - other.p_attacker_wins == pytest.approx(found.p_attacker_wins, abs=1e-13)
        assert other.defenders.mean == pytest.approx(found.attackers.mean, rel=1e-12)
        assert other.mean_duration == pytest.approx(found.mean_duration, rel=1e-12)


def test_who_is_left(reference: Path) -> None:
    rows = table(reference, "exact_survivor_pmf.csv")
    assert len(rows) > 100
    for row in rows:
        found = duel_exact.solve(duel_of(row, row["law"]))
        x, y = int(row["x_survivors"]), int(row["y_survivors"])
        p = found.attackers.p[x] if x else found.defenders.p[y]
        assert p == pytest.approx(float(row["prob"]), rel=1e-12, abs=1e-300), row


def test_large_sides(reference: Path) -> None:
    for row in table(reference, "exact_square_large.csv"):
        found = duel_exact.solve(duel_of(row, "square"))
        got = found.p_attacker_wins, found.attackers.mean, found.mean_duration
        names = ("P_X_wins", "EX_surv", "ET")
        assert got == pytest.approx([float(row[name]) for name in names], rel=1e-12), row


def test_equal_sides(reference: Path) -> None:
    rows = table(reference, "exact_square_equal_forces.csv")
    for row in rows:
        n = int(row["N"])
        found = duel_exact.solve(Duel(n, n, 1.0, 1.0))
        assert found.p_attacker_wins == pytest.approx(0.5, rel=1e-13)
        left = found.attackers.mean + found.defenders.mean
        assert left == pytest.approx(float(row["E_survivors_winner"]), rel=1e-12)
        assert found.mean_duration == pytest.approx(float(row["ET"]), rel=1e-12)
    # Kingman's limit of left / N^(3/4), at a size beyond the table.
    found = duel_exact.solve(Duel(2_000, 2_000, 1.0, 1.0))
    left = found.attackers.mean + found.defenders.mean
    assert left / 2_000**0.75 == pytest.approx(float(rows[0]["limit"]), rel=2e-3)


@pytest.mark.parametrize("law", LAWS)
def test_the_decoupled_form_keeps_its_bound(reference: Path, law: str) -> None:
    told = 0
    for row in table(reference, f"exact_{law}_law.csv"):
        try:
            found = duel_decoupled.chance(duel_of(row, law))
        except duel_decoupled.UnstableError:
            continue
        told += 1
        assert found.bound <= duel_decoupled.WIDEST
        assert abs(found.p - float(row["P_X_wins"])) <= found.bound + 1e-15, row
    assert told > 300


@pytest.mark.parametrize("law", LAWS)
def test_simulated_duels_follow_the_exact_ones(reference: Path, law: str) -> None:
    rows = table(reference, f"exact_{law}_law.csv")
    open_ = [row for row in rows if 0.05 < float(row["P_X_wins"]) < 0.95]
    zs = []
    for row in open_[:: len(open_) // 12][:12]:
        duel = duel_of(row, law)
        exact = duel_exact.solve(duel)
        sample = simulate(duel, 40_000, seed=300 + int(row["m"]) + 20 * int(row["n"]))
        found = sample.found
        won = round(found.p_attacker_wins * sample.n)
        zs.append(z_share(won, sample.n, float(row["P_X_wins"])))
        error = math.sqrt(exact.attackers.variance / sample.n)
        zs.append((found.attackers.mean - float(row["EX_surv"])) / error)
        error = math.sqrt(exact.variance_duration / sample.n)
        zs.append((found.mean_duration - float(row["ET"])) / error)
    family(zs)


def test_who_is_left_when_simulated() -> None:
    # Every number of persons left, of both sides: a family of shares.
    exact, sample = duel_exact.solve(BENCH), simulate(BENCH, 200_000, seed=7)
    zs = [
        z_share(round(p * sample.n), sample.n, true)
        for left, truth in (
            (sample.found.attackers, exact.attackers),
            (sample.found.defenders, exact.defenders),
        )
        for p, true in zip(left.p, truth.p, strict=True)
        if true > 1e-3
    ]
    assert len(zs) > 30
    family(zs)
    assert sample.found.variance_duration == pytest.approx(exact.variance_duration, rel=0.02)
    z = (sample.found.mean_duration - exact.mean_duration) / math.sqrt(
        exact.variance_duration / sample.n
    )
    assert abs(z) < FURTHEST


def test_without_luck_the_strengths_follow_the_closed_forms(reference: Path) -> None:
    rows = table(reference, "deterministic_reference.csv")
    assert {row["law"] for row in rows} == set(LAWS)
    for row in rows:
        start = float(row["x0"]), float(row["y0"]), float(row["a"]), float(row["b"])
        found = strengths(Duel(*start, LAWS[row["law"]]), float(row["t"]))
        assert found == pytest.approx((float(row["x"]), float(row["y"])), rel=1e-13), row


def test_square_endings(reference: Path) -> None:
    rows = table(reference, "deterministic_square_endings.csv")
    assert len(rows) == 6
    for row in rows:
        start = float(row["x0"]), float(row["y0"]), float(row["a"]), float(row["b"])
        wins = {"X": "attacker", "Y": "defender"}[row["winner"]]
        for found in (square_ending(*start), ending(Duel(*start))):
            assert found.winner == wins
            assert found.duration == pytest.approx(float(row["T"]), rel=1e-13)
            left = found.attackers + found.defenders
            assert left == pytest.approx(float(row["survivors"]), rel=1e-12)


def test_lanchesters_own_example() -> None:
    # 1,000 against 800 at equal rates leaves sqrt(1000^2 - 800^2).
    assert square_ending(1000, 800, 0.1, 0.1)[:2] == pytest.approx(("attacker", 600.0))


def test_trafalgar(reference: Path) -> None:
    figures = {
        row["item"]: float(row["value"])
        for row in table(reference, "trafalgar_lanchester_1916.csv")
    }
    ours, theirs = figures["british_planned"], figures["combined_planned"]
    # Head on the combined fleet wins; Nelson's plan is 32 on one half, then 8 on the other.
    head_on = square_ending(ours, theirs, 1.0, 1.0)
    assert head_on.winner == "defender"
    assert head_on.defenders == pytest.approx(figures["survivors_head_on_exact"], rel=1e-10)
    half = figures["each_half_of_enemy"]
    first = square_ending(figures["envelop_column"], half, 1.0, 1.0)
    second = square_ending(figures["holding_column"], half, 1.0, 1.0)
    assert (first.winner, second.winner) == ("attacker", "defender")
    # What is left of both winners meets.
    last = square_ending(first.attackers, second.defenders, 1.0, 1.0)
    assert last.winner == "attacker"
    assert last.attackers == pytest.approx(figures["survivors_split_exact"], rel=1e-9)
    assert figures["british_n2_split"] - figures["combined_n2_split"] == figures["balance_split"]


def test_a_landing_is_spread_evenly() -> None:
    # Next to no fire: of 60 who land over four days, 15 are ashore after one, beside the first 10.
    quiet = Duel(10.0, 10.0, 1e-12, 1e-12)
    found = course(quiet, [1.0, 3.0, 4.0, 9.0], [Arrival("attacker", 0.0, 4.0, 60.0)])
    assert [point.attackers for point in found.points] == pytest.approx([25, 55, 70, 70])


LANDINGS = ((0.0, 1.0, 54_000.0), (2.0, 3.0, 6_000.0), (5.0, 6.0, 13_000.0))
#: Engel's rates: the defenders hit at 0.0544 a day, the attackers at 0.0106.
IWO_JIMA = Duel(0.0, 21_500.0, 0.0106, 0.0544)


@pytest.mark.parametrize(
    ("form", "at_once", "duration", "left"),
    [
        ("rate", False, 36.3935044405804, 51_982.9252983944),
        ("impulse", True, 35.4422770324091, 52_796.6663505272),
    ],
)
def test_iwo_jima_ends(form: str, at_once: bool, duration: float, left: float) -> None:
    landed = [Arrival("attacker", a, a if at_once else b, men) for a, b, men in LANDINGS]
    found = course(IWO_JIMA, [], landed).ending
    assert found.winner == "attacker"
    assert (found.duration, found.attackers) == pytest.approx((duration, left), rel=2e-14)


@pytest.mark.parametrize(("form", "at_once"), [("rate", False), ("impulse", True)])
@pytest.mark.parametrize("law", [SQUARE, Law(1.0, 0.0, 1.0, 1e-15)], ids=["closed", "integrated"])
def test_iwo_jima_day_by_day(reference: Path, form: str, at_once: bool, law: Law) -> None:
    rows = table(reference, "iwo_jima_engel_model_daily.csv")
    landed = [Arrival("attacker", a, a if at_once else b, men) for a, b, men in LANDINGS]
    found = course(replace(IWO_JIMA, law=law), [float(row["t_days"]) for row in rows], landed)
    # The table goes on below zero; a fight does not.
    held = [(p, row) for p, row in zip(found.points, rows, strict=True)
            if p.time < found.ending.duration]  # fmt: skip
    assert len(held) >= 36
    exact = 2e-13 if law == SQUARE else 1e-9
    for point, row in held:
        told = float(row[f"us_{form}"]), float(row[f"japan_{form}"])
        assert (point.attackers, point.defenders) == pytest.approx(told, rel=exact, abs=1e-9), row


def test_the_square_law_of_many_is_lanchesters() -> None:
    # As both sides grow together, the share that is left comes near the one without luck.
    apart = []
    for n in (100, 400, 1600):
        found = duel_exact.solve(Duel(n, n // 2, 1.0, 1.0))
        apart.append(abs(found.attackers.mean / n - math.sqrt(0.75)))
    assert np.diff(apart).max() < 0
    assert apart[-1] < 1e-3
