from __future__ import annotations

import pytest

from nobat.theory import rotation as theory


@pytest.mark.parametrize(
    ("ratio", "units"), [(1, 3), (2, 4), (3, 5), (4, 6), (5, 7)]
)  # closed_forms.md, 4: one more than the naive ratio where o = 30
def test_required_units_with_an_overlap(ratio: int, units: int) -> None:
    assert theory.required_units(1, 365, 365 * ratio, overlap=30) == units


def test_cover_is_supply_over_demand_and_never_above_one() -> None:
    assert theory.cover(2, 1, 365, 730) == pytest.approx(2 / 3)
    assert theory.cover(9, 1, 365, 730) == 1
    assert theory.cover(2, 1, 270, 730, recovery=95, overlap=30) == pytest.approx(
        0.438356, abs=1e-6
    )


def test_a_gap_bounds_the_cover_and_the_units_that_help() -> None:
    assert theory.cover(9, 1, 100, 200, gap=10) == pytest.approx(100 / 110)
    assert theory.required_units(1, 100, 200, gap=10) == 3
    assert theory.cover(2, 1, 100, 200, gap=10) == pytest.approx(2 / 3)


def test_eight_out_and_twenty_four_home_needs_four() -> None:
    # RAND: units per deployed unit, 8 out and 24 home, or 12 and 36.
    assert theory.required_units(1, 8, 24) == theory.required_units(1, 12, 36) == 4


@pytest.mark.parametrize(
    ("units", "posts", "tour", "rest", "length", "into"),
    [
        (13, 4, 365, 730, 60, 0),  # slack: not all are needed
        (12, 4, 365, 731, 60, 0),
        (12, 4, 365, 730, 300, 100),  # L < b < L + e
        (3, 2, 10, 5, 4, 0),  # no slack, but k is not whole
    ],
)
def test_no_debt_is_claimed_where_the_conditions_fail(
    units: int, posts: int, tour: int, rest: int, length: int, into: int
) -> None:
    assert theory.surge_debt(units, posts, tour, rest, length, into) is None


def test_synchrony_is_nothing_spread_out_and_one_in_phase() -> None:
    assert theory.synchrony([0, 0.25, 0.5, 0.75]) == pytest.approx(0, abs=1e-12)
    assert theory.synchrony([0.3] * 5) == pytest.approx(1)
    assert theory.synchrony([0, 0.5, 0.5]) == pytest.approx(1 / 3)
