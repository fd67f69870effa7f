"""Closed forms of a rotation are exact where their conditions hold, to the day (MODEL 2).

Rotations are drawn at random, run day by day, and held against the formulas. Where a condition
fails there is a rotation in which the formula does too: none of them is idle.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from typing import Any

import pytest

import nobat
from nobat.study.required import missed_share, turns_of
from nobat.theory import rotation as theory
from nobat.theory.rotation import Turns


def drawn(count: int, seed: int) -> Iterator[dict[str, Any]]:
    """Rotations that wait for nothing but their own times, as arguments of `nobat.rotation`."""
    luck = random.Random(seed)
    for _ in range(count):
        tour = luck.randint(2, 20)
        overlap = min(tour - 1, luck.choice([0, 0, 1, 3]))
        yield {
            "units": luck.randint(1, 14),
            "posts": luck.randint(1, 4),
            "operate_d": tour,
            "rest_d": luck.randint(0, 40),
            "recovery_d": luck.choice([0, 0, 3, 7]),
            "overlap_d": overlap,
            "gap_d": 0 if overlap else luck.choice([0, 0, 1, 4]),
            "stagger_d": luck.choice([None, None, 0, luck.randint(1, 80)]),
        }


def run(asked: dict[str, Any], first: int, end: int) -> tuple[nobat.Rotation, Turns]:
    found = nobat.rotation(**asked, from_d=first, horizon_d=end)
    turns = turns_of(found.question)
    assert turns is not None
    return found, turns


def cycle(asked: dict[str, Any]) -> int:
    return int(asked["operate_d"] + asked["rest_d"] + asked["recovery_d"])


def test_cover_and_days_by_duty() -> None:
    exact_days = 0
    for asked in drawn(600, seed=1):
        c = cycle(asked)
        settled = 3 if asked["stagger_d"] is None else 6
        days = math.lcm(c, asked["operate_d"] + asked["gap_d"]) if asked["gap_d"] else 2 * c
        found, turns = run(asked, 1 + settled * c, 1 + settled * c + days)
        cover = theory.cover(turns, found.question.from_d, found.question.horizon_d)
        assert cover.holds, (asked, cover.unmet)
        assert found.cover == pytest.approx(cover.exact(), abs=1e-12), asked
        assert found.closed_form_is_for == ()
        later, turns = run(asked, 1 + 20 * c, 1 + 20 * c + days)
        by_duty = theory.duty_days(turns, later.question.from_d, later.question.horizon_d)
        assert by_duty.value is not None
        assert by_duty.value.total == pytest.approx(sum(later.unit_days.values()))
        if by_duty.holds and asked["rest_d"] > 0:
            exact_days += 1
            for duty, count in later.unit_days.items():
                assert count == pytest.approx(getattr(by_duty.exact(), duty), abs=1e-6), asked
    assert exact_days > 200


def test_required_units_are_necessary_and_where_said_enough() -> None:
    enough = {False: 0, True: 0}
    for asked in drawn(500, seed=2):
        c = cycle(asked)
        for first in (1, 1 + 6 * c):
            star, turns = 0, run(asked | {"units": 1}, first, first + 3)[1]
            form = theory.required_units(turns, first)
            star = form.value or 0
            found, _ = run(asked | {"units": star}, first, first + 24 * c)
            if form.holds:
                assert missed_share(found.question) == 0.0, asked
                enough[first > 1] += 1
            if star > 1 and first > 1:
                fewer, _ = run(asked | {"units": star - 1}, first, first + 24 * c)
                assert missed_share(fewer.question) > 0.0, asked
    assert enough[False] > 20
    assert enough[True] == 500


def test_a_surge_is_repaid_as_the_formula_says() -> None:
    luck, seen = random.Random(3), {"exact": 0, "pieces": 0, "more": 0}
    for _ in range(500):
        posts, k, tour = luck.randint(1, 4), luck.randint(2, 5), luck.randint(4, 40)
        into, length = luck.randint(0, tour - 1), luck.randint(1, 2 * tour + 5)
        start = 1 + (luck.randint(1, 6) * k + luck.randint(0, k - 1)) * tour + into
        found = nobat.rotation(
            units=k * posts, posts=posts, operate_d=tour, rest_d=(k - 1) * tour,
            surge_start_d=start, surge_days=length, surge_extra=(k - 1) * posts,
            horizon_d=start + length + 12 * k * tour,
        ).surge  # fmt: skip
        assert found is not None
        assert found.into_tour_d == into
        if found.exact is None:
            assert found.deficit_unit_days > found.extra_unit_days
            seen["more"] += 1
            continue
        assert found.deficit_unit_days == found.extra_unit_days == (k - 1) * posts * length
        assert found.deficit_unit_days == found.exact.deficit_unit_days
        if found.exact.starts_after_d is None:
            seen["pieces"] += 1
            continue
        hole = (found.gap_starts_after_d, found.gap_days, found.gap_posts, found.gaps)
        assert hole == (found.exact.starts_after_d, found.exact.gap_days, posts, 1)
        seen["exact"] += 1
    assert min(seen.values()) > 50


def test_phases_lock_as_the_formula_says() -> None:
    luck = random.Random(4)
    for _ in range(150):
        posts, k, tour = luck.randint(1, 4), luck.randint(2, 4), luck.randint(4, 30)
        length, start = tour * luck.randint(1, 3), 1 + (6 * k + luck.randint(0, k - 1)) * tour
        found = nobat.rotation(
            units=k * posts, posts=posts, operate_d=tour, rest_d=(k - 1) * tour,
            readiness_window_d=tour, forgive_rest=True, surge_start_d=start, surge_days=length,
            surge_extra=(k - 1) * posts, from_d=start + 40 * k * tour,
            horizon_d=start + 60 * k * tour,
        )  # fmt: skip
        turns = turns_of(found.question)
        assert turns is not None
        exact = theory.locked_cover(turns, length, 0, extra=(k - 1) * posts).exact()
        assert found.cover == pytest.approx(exact, abs=1e-12) == pytest.approx(1 / k, abs=1e-12)


#: A rotation for each condition of the cover that fails alone: its cover is another.
IDLE = [
    ("crews that stay ready", {"units": 8, "posts": 2, "operate_d": 5, "rest_d": 13,
                               "recovery_d": 7, "readiness_window_d": 1}, 90, 5),
    ("days after the first six cycles", {"units": 2, "posts": 1, "operate_d": 10, "rest_d": 20,
                                         "stagger_d": 0}, 0, 1),
    ("whole cycles", {"units": 2, "posts": 1, "operate_d": 10, "rest_d": 20}, 20, 1.3),
]  # fmt: skip


@pytest.mark.parametrize(("words", "asked", "after", "cycles"), IDLE, ids=[one[0] for one in IDLE])
def test_no_condition_is_idle(words: str, asked: dict[str, Any], after: int, cycles: float) -> None:
    c = asked["operate_d"] + asked["rest_d"] + asked.get("recovery_d", 0)
    found, _ = run(asked, 1 + after * c, 1 + after * c + int(cycles * c))
    assert found.closed_form_is_for == (words,)
    assert found.to_json()["closed_form_is_for"] == [words]
    assert found.closed_form_cover is not None
    assert abs(found.cover - found.closed_form_cover) > 0.01
