from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from nobat.theory import rotation as theory
from nobat.theory.conditions import ConditionError
from nobat.theory.rotation import Turns


@pytest.mark.parametrize(
    ("ratio", "units"), [(1, 3), (2, 4), (3, 5), (4, 6), (5, 7)]
)  # closed_forms.md, 4: one more than the naive ratio where o = 30
def test_required_units_with_an_overlap(ratio: int, units: int) -> None:
    assert theory.required_units(Turns(1, 1, 365, 365 * ratio, overlap=30)).value == units


def test_cover_is_supply_over_demand_and_never_above_one() -> None:
    assert theory.cover(Turns(2, 1, 365, 730), 1, 2).value == pytest.approx(2 / 3)
    assert theory.cover(Turns(9, 1, 365, 730), 1, 2).value == 1
    worn = Turns(2, 1, 270, 730, recovery=95, overlap=30)
    assert theory.cover(worn, 1, 2).value == pytest.approx(0.438356, abs=1e-6)


def test_a_gap_bounds_the_cover_and_the_units_that_help() -> None:
    assert theory.cover(Turns(9, 1, 100, 200, gap=10), 1, 2).value == pytest.approx(100 / 110)
    assert theory.required_units(Turns(1, 1, 100, 200, gap=10)).value == 3
    assert theory.cover(Turns(2, 1, 100, 200, gap=10), 1, 2).value == pytest.approx(2 / 3)


def test_eight_out_and_twenty_four_home_needs_four() -> None:
    # RAND: units per deployed unit, 8 out and 24 home, or 12 and 36.
    for months in (Turns(1, 1, 8, 24), Turns(1, 1, 12, 36)):
        assert theory.required_units(months).exact() == 4


TURNS = Turns(12, 4, 10, 20)


@pytest.mark.parametrize(
    ("turns", "first", "end", "unmet"),
    [
        (TURNS, 91, 121, ()),
        (replace(TURNS, window=10), 91, 121, ("crews that stay ready",)),
        (TURNS, 90, 120, ("days after the first three cycles",)),
        (TURNS, 91, 120, ("whole cycles",)),
        (replace(TURNS, stagger=7), 91, 121, ("days after the first six cycles",)),
        (replace(TURNS, stagger=7), 181, 211, ()),
        (replace(TURNS, even=False), 181, 211, ()),
        (replace(TURNS, gap=5), 91, 121, ()),
        (replace(TURNS, gap=3), 91, 121, ("whole rounds of cycles and gaps",)),
        (replace(TURNS, gap=3), 91, 91 + 390, ()),
    ],
)
def test_when_the_cover_is_exact(
    turns: Turns, first: int, end: int, unmet: tuple[str, ...]
) -> None:
    found = theory.cover(turns, first, end)
    assert found.unmet == unmet
    assert found.holds is (not unmet)
    assert theory.cover(turns, first, end, surge=True).unmet[0] == "a constant number of posts"
    if unmet:
        with pytest.raises(ConditionError, match=f"no closed form: it is for {unmet[0]}"):
            found.exact()
    else:
        assert found.exact() == found.value


@pytest.mark.parametrize(
    ("turns", "first", "unmet"),
    [
        (TURNS, 1, ()),
        (replace(TURNS, window=10), 1, ("crews that stay ready",)),
        (replace(TURNS, stagger=0), 1, ("even starts, spread over one cycle",)),
        (replace(TURNS, stagger=0), 181, ()),
        (replace(TURNS, overlap=2), 1, ("tours without overlap and gap",
                                        "crews a multiple of the posts")),
        (replace(TURNS, overlap=2), 181, ()),
        (replace(TURNS, rest=17), 1, ("crews a multiple of the posts",)),
    ],
)  # fmt: skip
def test_when_the_required_units_are_enough(
    turns: Turns, first: int, unmet: tuple[str, ...]
) -> None:
    assert theory.required_units(turns, first).unmet == unmet


def test_duty_days_by_hand() -> None:
    # Ten units, four posts, 10 on (2 of them shared), 20 off, 5 of recovery: 30 days of 10 tours.
    turns = Turns(10, 4, 10, 20, recovery=5, overlap=2)
    found = theory.duty_days(turns, 176, 176 + 35)
    assert found.exact() == theory.DutyDays(80, 20, 0, 200, 50)
    assert found.exact().total == 350
    plenty = theory.duty_days(replace(turns, units=30), 176, 176 + 35)
    assert plenty.unmet == ("crews that are short of the posts",)
    assert plenty.value is not None
    assert plenty.value.operating == 4 * 35
    assert plenty.value.total == 30 * 35


@pytest.mark.parametrize(
    ("turns", "length", "into", "unmet"),
    [
        (Turns(13, 4, 365, 730), 60, 0, "a rotation without slack"),
        (Turns(12, 4, 365, 731), 60, 0, "a rotation without slack"),
        (Turns(12, 4, 365, 730), 300, 100, theory.WITHIN_A_TOUR),  # L < b < L + e
        (Turns(3, 2, 10, 5), 4, 0, "groups in phase: crews a multiple of the posts"),
        (Turns(12, 4, 365, 730, forgive_rest=True), 60, 0, "rest that stays owed"),
        (Turns(12, 4, 365, 730, even=False), 60, 0, "even starts"),
        (Turns(12, 4, 365, 700, recovery=30), 60, 0, "tours without recovery, overlap and gap"),
        (Turns(12, 4, 365, 730, window=365), 60, 0, "crews that stay ready"),
        (Turns(12, 4, 365, 730, stagger=7), 60, 0, "starts spread over one cycle"),
    ],
)
def test_no_debt_is_claimed_where_the_conditions_fail(
    turns: Turns, length: int, into: int, unmet: str
) -> None:
    found = theory.surge_debt(turns, length, into)
    assert unmet in found.unmet
    with pytest.raises(ConditionError, match=unmet):
        found.exact()


def test_the_debt_of_a_surge() -> None:
    turns = Turns(12, 4, 365, 730)
    found = theory.surge_debt(turns, 200, 60).exact()
    assert found == theory.SurgeDebt(1600, 1600, 3 * 165 - 60, 400)
    assert theory.surge_debt(turns, 400, 60).exact() == theory.SurgeDebt(3200, 3200, None, None)
    assert theory.surge_debt(turns, 200, 60, extra=7).unmet == ("a surge of all crews",)
    assert theory.surge_debt(turns, 200, 60, extra=8, first=1096).holds
    assert theory.surge_debt(turns, 200, 60, first=1095).unmet == ("a surge after the first cycle",)


def test_when_phases_lock() -> None:
    turns = Turns(12, 4, 365, 730, window=365, forgive_rest=True)
    for tours in (1, 2, 3):
        assert theory.locked_cover(turns, 365 * tours, 0, extra=8).exact() == pytest.approx(1 / 3)
    assert theory.locked_cover(turns, 366, 0).unmet == ("a surge of whole tours",)
    assert theory.locked_cover(turns, 365, 1).unmet == ("a surge that begins with a tour",)
    for other, words in (
        (replace(turns, window=366), "crews that stay ready for as long as a tour"),
        (replace(turns, forgive_rest=False), "rest that is forgiven"),
    ):
        assert theory.locked_cover(other, 365, 0).unmet == (words,)


@pytest.mark.parametrize(
    "given",
    [{"units": 0}, {"posts": 0}, {"tour": 0}, {"rest": -1}, {"gap": -1}, {"overlap": 10},
     {"overlap": 1, "gap": 1}],
)  # fmt: skip
def test_what_no_rotation_can_be(given: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"or more|shorter|never both"):
        replace(TURNS, **given)


def test_synchrony_is_nothing_spread_out_and_one_in_phase() -> None:
    assert theory.synchrony([0, 0.25, 0.5, 0.75]) == pytest.approx(0, abs=1e-12)
    assert theory.synchrony([0.3] * 5) == pytest.approx(1)
    assert theory.synchrony([0, 0.5, 0.5]) == pytest.approx(1 / 3)
    with pytest.raises(ValueError, match="at least one"):
        theory.synchrony([])
