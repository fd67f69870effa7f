"""The rotation against an independent force-rotation simulator, row by row (MODEL 2)."""

from __future__ import annotations

import math

import numpy as np
import pytest

import nobat
from nobat.study.estimates import mean
from nobat.theory import rotation as theory
from tests.oracles.rotation_cases import FILES, rows, surge_answer


@pytest.mark.parametrize("name", FILES)
def test_every_row_is_met_exactly(name: str) -> None:
    cases = list(FILES[name]())
    assert len(cases) == len(rows(name))
    for case in cases:
        assert case.difference == 0, (dict(case.row), case.expected, case.found)


def test_the_required_units_are_necessary_and_may_not_be_sufficient() -> None:
    # In the file, N* - 1 always falls short, and N* is always enough where o = 0.
    for case in FILES["m4_required_units.csv"]():
        units, needed = int(case.row["units_tried"]), case.found["closed_form_units"]
        if units < needed:
            assert case.found["fill_cycles_3_to_7"] < 1
        elif int(case.row["overlap_days"]) == 0:
            assert case.found["fill_cycles_3_to_7"] == 1
        assert case.found["fill_cycles_3_to_7"] >= (0.98 if units >= needed else 0)


def test_the_use_or_lose_window_and_forgiven_rest_matter() -> None:
    # The surge file would not bite if the two settings made no difference to its rows.
    (row,) = (
        row for row in rows("m4_surge_debt.csv")
        if row["post_policy"] == "use_or_lose_window" and row["surge_days"] == "546"
    )  # fmt: skip
    forgiven, remembered = (surge_answer(row, forgive_rest=f).surge for f in (True, False))
    assert forgiven is not None
    assert remembered is not None
    assert forgiven.deficit_unit_days == int(row["post_deficit_unit_days"])
    assert remembered.deficit_unit_days > forgiven.deficit_unit_days


@pytest.mark.parametrize(
    ("units", "posts", "tour", "rest", "window_days", "covered"),
    [
        (1, 1, 365, 365, 7300, 3650),
        (2, 2, 365, 365, 7300, 7300),
        (2, 1, 365, 730, 10950, 7300),
    ],
)
def test_one_figure_of_each_kind_stays_here(
    units: int, posts: int, tour: int, rest: int, window_days: int, covered: int
) -> None:
    first = 3 * (tour + rest)
    found = nobat.rotation(
        units=units, posts=posts, operate_d=tour, rest_d=rest, readiness_window_d=tour,
        from_d=first, horizon_d=first + window_days,
    )  # fmt: skip
    assert found.unit_days["operating"] == covered


def test_random_starts_lock_in_as_often_as_they_do_there() -> None:
    # m4_random_phase.csv, window policy, 12 units, 4 posts: the mean late cover is 0.989 with a
    # standard error of 0.005 over 60 draws, none below 0.8333; some draws never reach 1.
    late = np.array(
        [
            float(row["fill_5476_10950"]) for row in rows("m4_random_phase.csv")
            if (row["units"], row["demand"]) == ("12", "4")
        ]
    )  # fmt: skip
    found = nobat.rotation(
        units=12, posts=4, operate_d=365, rest_d=730, readiness_window_d=365, from_d=5476,
        horizon_d=10951, random_starts=True, replications=400, seed=1,
    )  # fmt: skip
    covers = np.array(found.covers)
    spread = math.hypot(late.std(ddof=1) / math.sqrt(late.size), covers.std(ddof=1) / 20)
    assert abs(covers.mean() - late.mean()) < 4.5 * spread
    locked, locked_there = np.mean(covers < 1), np.mean(late < 1)
    pooled = (np.sum(covers < 1) + np.sum(late < 1)) / (covers.size + late.size)
    error = math.sqrt(pooled * (1 - pooled) * (1 / covers.size + 1 / late.size))
    assert abs(locked - locked_there) < 4.5 * error
    assert covers.min() > 0.6
    assert found.cover_interval == mean(covers)


CLOSED_FORM = [
    (k, length, into) for k in (2, 3, 4) for length in (30, 90, 200) for into in (0, 60, 165)
]


@pytest.mark.parametrize(("k", "length", "into"), CLOSED_FORM)
def test_a_surge_is_a_loan_repaid_one_for_one(k: int, length: int, into: int) -> None:
    # N = k q, zero slack, groups in phase; everyone is out for L days, e days into a tour.
    posts, tour = 2, 365
    start = 1 + 10 * k * tour + into
    found = nobat.rotation(
        units=k * posts, posts=posts, operate_d=tour, rest_d=(k - 1) * tour,
        surge_start_d=start, surge_days=length, surge_extra=(k - 1) * posts,
    ).surge  # fmt: skip
    assert found is not None
    turns = theory.Turns(k * posts, posts, tour, (k - 1) * tour)
    assert found.exact == theory.surge_debt(turns, length, into).exact()
    assert found.extra_unit_days == found.exact.extra_unit_days == (k - 1) * posts * length
    assert found.deficit_unit_days == found.exact.deficit_unit_days == found.extra_unit_days
    assert found.gap_starts_after_d == found.exact.starts_after_d == k * (tour - length) - into
    assert found.gap_days == found.exact.gap_days == (k - 1) * length
    assert (found.gap_posts, found.gaps) == (posts, 1)


@pytest.mark.parametrize(("k", "length"), [(2, 365), (3, 365), (3, 500), (4, 400)])
def test_a_surge_longer_than_a_tour_costs_no_less(k: int, length: int) -> None:
    tour = 365
    found = nobat.rotation(
        units=2 * k, posts=2, operate_d=tour, rest_d=(k - 1) * tour,
        surge_start_d=1 + 10 * k * tour, surge_days=length, surge_extra=2 * k - 2,
    ).surge  # fmt: skip
    assert found is not None
    assert found.exact is not None
    assert found.deficit_unit_days == found.exact.deficit_unit_days == (2 * k - 2) * length


def test_between_the_two_it_costs_more_and_no_formula_is_claimed() -> None:
    # L < b < L + e: 300 days, 165 days into a tour of 365.
    found = nobat.rotation(
        units=6, posts=2, operate_d=365, rest_d=730, surge_start_d=1 + 10950 + 165,
        surge_days=300, surge_extra=4,
    ).surge  # fmt: skip
    assert found is not None
    assert found.exact is None
    assert found.deficit_unit_days > 4 * 300


@pytest.mark.parametrize(("length", "fill"), [(365, 1 / 3), (273, 2 / 3)])
def test_a_window_can_lock_the_phases_for_good(length: int, fill: float) -> None:
    # 12 units, 4 posts, 1:2, ready for a year and no longer, rest forgiven as the independent
    # program does: 365 days of surge leave cover at 1/3, 273 days at 2/3 (closed_forms.md, 9).
    found = nobat.rotation(
        units=12, posts=4, operate_d=365, rest_d=730, readiness_window_d=365,
        surge_start_d=1826, surge_days=length, surge_extra=8, forgive_rest=True,
        from_d=1826 + 10 * 1095, horizon_d=1826 + 30 * 1095,
    )  # fmt: skip
    assert found.cover == pytest.approx(fill, abs=0.005)
    if length == 365:
        turns = theory.Turns(12, 4, 365, 730, window=365, forgive_rest=True)
        exact = theory.locked_cover(turns, length, 0, extra=8).exact()
        assert found.cover == pytest.approx(exact, abs=1e-12)
        assert found.to_json()["synchrony"] == pytest.approx(1, abs=0.01)


def test_without_the_window_there_is_one_hole_and_then_full_cover() -> None:
    # The same surge held ready until used: 0.8947 of the remaining 6,935 days (closed_forms.md, 9).
    found = nobat.rotation(
        units=12, posts=4, operate_d=365, rest_d=730, surge_start_d=1826, surge_days=365,
        surge_extra=8, forgive_rest=True, from_d=1826 + 365, horizon_d=1826 + 365 + 6935,
    )  # fmt: skip
    assert found.cover == pytest.approx(0.8947, abs=0.0002)


@pytest.mark.parametrize(("units", "gap"), [(2, 10), (3, 30), (4, 5)])
def test_cover_with_a_gap(units: int, gap: int) -> None:
    found = nobat.rotation(
        units=units, posts=1, operate_d=100, rest_d=200, gap_d=gap, from_d=3_000, horizon_d=60_000
    )
    assert found.closed_form_cover == pytest.approx(min(100 / (100 + gap), units * 100 / 300))
    assert found.cover == pytest.approx(found.closed_form_cover, abs=0.002)
