"""The residual force of each replication, and what comes of it, at the end of a campaign."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from nobat.engine import cpu, mean_field
from nobat.engine.plan import build
from nobat.model.outcome import OUTCOMES, index
from nobat.scenario import load
from nobat.theory import recurrence
from nobat.theory.recurrence import Process
from tests.small import whole
from tests.statistics import FURTHEST, family, z_mean

Floats = NDArray[np.float64]

NAMES = ("residual_force", "attacks_after", "attacks_after_secured", "first_attack_after_d")
OWN = [index(name) for name in NAMES]
OTHERS = [n for n in range(len(OUTCOMES)) if n not in OWN]
DOCTRINES = tuple(whole().doctrines)


def column(rows: Floats, name: str) -> Floats:
    found: Floats = rows[..., index(name)]
    return found


@pytest.mark.parametrize("doctrine", DOCTRINES)
def test_without_the_section_nothing_else_changes(doctrine: str) -> None:
    with_it, without = whole(), whole().with_values({"recurrence": None})
    rows = cpu.simulate(build(with_it, doctrine), 3, 0, 100)
    plain = cpu.simulate(build(without, doctrine), 3, 0, 100)
    np.testing.assert_array_equal(rows[:, OTHERS], plain[:, OTHERS])
    assert not column(plain, "residual_force").any()
    assert not column(plain, "attacks_after").any()
    assert np.isnan(column(plain, "first_attack_after_d")).all()
    assert np.isnan(column(plain, "attacks_after_secured")).all()


@pytest.mark.parametrize("doctrine", DOCTRINES)
def test_the_residual_force_is_who_is_neither_lost_nor_a_prisoner(doctrine: str) -> None:
    for share in (0.0, 0.5, 1.0):
        scenario = whole().with_values({"recurrence.standing_share": share})
        rows = cpu.simulate(build(scenario, doctrine), 3, 0, 50)
        under_arms = column(rows, "defender_present") + column(rows, "defender_reserve")
        force = column(rows, "escaped") + share * under_arms
        np.testing.assert_array_equal(column(rows, "residual_force"), force)
        secured = column(rows, "secured") == 1
        attacks = column(rows, "attacks_after_secured")
        assert np.isnan(attacks[~secured]).all()
        np.testing.assert_array_equal(attacks[secured], column(rows, "attacks_after")[secured])


def test_it_hangs_on_the_seed_and_the_number_of_the_replication_alone() -> None:
    plan = build(whole(), "rotate")
    rows = cpu.simulate(plan, 5, 0, 60)
    pieces = [cpu.simulate(plan, 5, first, 20) for first in (40, 0, 20)]
    np.testing.assert_array_equal(rows, np.concatenate([pieces[1], pieces[2], pieces[0]]))
    assert column(rows, "attacks_after").any()


def test_attacks_are_those_of_each_replications_own_force() -> None:
    """Given its residual force, each count has the mean and variance of the closed form."""
    scenario = whole()
    terms = scenario.recurrence
    assert terms is not None
    rows = cpu.simulate(build(scenario, "rotate"), 9, 0, 4000)
    apart, squares = [], []
    for force, count in zip(
        column(rows, "residual_force"), column(rows, "attacks_after"), strict=True
    ):
        process = Process(
            float(force),
            terms.incidents_per_100_month.value,
            terms.branching_ratio.value,
            terms.decay_per_day.value,
        )
        mean = recurrence.expected(process, terms.horizon_d.value)
        variance = recurrence.variance(process, terms.horizon_d.value)
        if variance > 0:
            apart.append((count - mean) / np.sqrt(variance))
            squares.append(apart[-1] ** 2)
    assert len(apart) > 1000
    family([z_mean(apart, 0.0), z_mean(squares, 1.0)])


@pytest.mark.parametrize("name", ["abu-kamal-2017", "whole"])
def test_the_mean_field_puts_the_closed_form_to_its_own_residual_force(name: str) -> None:
    scenario = whole() if name == "whole" else load(name)
    terms = scenario.recurrence
    assert terms is not None
    for doctrine in scenario.doctrines:
        row = mean_field.solve(scenario, doctrine)
        process = Process(
            float(column(row, "residual_force")),
            terms.incidents_per_100_month.value,
            terms.branching_ratio.value,
            terms.decay_per_day.value,
        )
        days = terms.horizon_d.value
        assert column(row, "attacks_after") == pytest.approx(recurrence.expected(process, days))
        first = column(row, "first_attack_after_d")
        if process.root_rate * days >= 1:
            assert first == pytest.approx(1 / process.root_rate)
        else:
            assert np.isnan(first)


def test_a_closed_corridor_leaves_nobody_who_got_away() -> None:
    scenario = load("abu-kamal-2017").with_values({"recurrence.standing_share": 0})
    open_way, closed = (
        cpu.simulate(build(scenario, doctrine), 1, 0, 200)
        for doctrine in ("as-told", "as-told-closed")
    )
    assert not column(closed, "attacks_after").any()
    gap = column(open_way, "attacks_after") - column(closed, "attacks_after")
    assert gap.mean() / (gap.std(ddof=1) / np.sqrt(gap.size)) > FURTHEST
