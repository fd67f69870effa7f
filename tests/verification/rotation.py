"""Rows on rotation: an independent simulator, and closed forms where they hold (MODEL 2)."""

from __future__ import annotations

import random

import nobat
from nobat.theory import rotation as theory
from nobat.theory.rotation import Turns
from tests.oracles.rotation_cases import FILES
from tests.oracles.test_rotation_forms import cycle, drawn, run
from tests.verification.judgement import (
    CLOSED,
    EVIDENCE,
    EXACT,
    IDENTITY,
    PROGRAM,
    Verdict,
    judged,
    largest,
)

_SIMULATOR = "an independent simulator of force rotation (public, MIT)"


def differing(name: str) -> Verdict:
    """Rows of a reference file in which any figure differs at all."""
    return Verdict(sum(case.difference > 0 for case in FILES[name]()), 0, 0)


@judged(
    "2", "rotation", "cover and unit-days in the steady state: rows that differ, of 180",
    _SIMULATOR, kind=PROGRAM, standing=EVIDENCE,
)  # fmt: skip
def steady_state() -> Verdict:
    """Whole cycles after three."""
    return differing("m4_steady_state_fill.csv")


@judged(
    "2", "rotation", "units required: rows that differ, of 252", _SIMULATOR,
    kind=PROGRAM, standing=EVIDENCE,
)  # fmt: skip
def required() -> Verdict:
    """And the cover around them."""
    return differing("m4_required_units.csv")


@judged(
    "2", "rotation", "recovery after a tour: rows that differ, of 54", _SIMULATOR,
    kind=PROGRAM, standing=EVIDENCE,
)  # fmt: skip
def recovery() -> Verdict:
    """Travel and refit before the rest."""
    return differing("m4_demob_surge_hold.csv")


@judged(
    "2", "rotation", "who begins a tour on which day: tours that differ, of 11", _SIMULATOR,
    kind=PROGRAM, standing=EVIDENCE,
)  # fmt: skip
def trace() -> Verdict:
    """Three units, one post, with an overlap."""
    return differing("m4_three_unit_trace.csv")


@judged(
    "2", "rotation: surges", "borrowed, lost, when and for how long: rows that differ, of 56",
    _SIMULATOR, kind=PROGRAM, standing=EVIDENCE,
)  # fmt: skip
def surges() -> Verdict:
    """With the rest that was missed forgiven, as that program does."""
    return differing("m4_surge_debt.csv")


@judged(
    "2", "rotation", "cover of 200 rotations drawn at random: largest difference",
    "min(b/(b+g), N(b-o)/(q(b+d+m))), its conditions met", kind=CLOSED,
)  # fmt: skip
def cover() -> Verdict:
    """Overlaps, gaps, recovery, even and uneven starts."""
    apart = []
    for asked in drawn(200, seed=5):
        c, settled = cycle(asked), 3 if asked["stagger_d"] is None else 6
        days = c * (asked["operate_d"] + asked["gap_d"])
        found, turns = run(asked, 1 + settled * c, 1 + settled * c + days)
        exact = theory.cover(turns, found.question.from_d, found.question.horizon_d).exact()
        apart.append(found.cover - exact)
    return Verdict(largest(apart), 0, 1e-12, rounding=True)


@judged(
    "2", "rotation: surges",
    "deficit, begin and length of the hole after 100 surges: figures that differ",
    "(N-q)L; k(b-L)-e; (k-1)L", kind=CLOSED,
)  # fmt: skip
def surge_holes() -> Verdict:
    """Surges of all units within a tour, from a rotation without slack, rest remembered."""
    luck, differ = random.Random(6), 0
    for _ in range(100):
        posts, k, tour = luck.randint(1, 4), luck.randint(2, 5), luck.randint(4, 40)
        into = luck.randint(0, tour - 1)
        length = luck.randint(1, tour - into)
        found = nobat.rotation(
            units=k * posts, posts=posts, operate_d=tour, rest_d=(k - 1) * tour,
            surge_start_d=1 + 4 * k * tour + into, surge_days=length,
            surge_extra=(k - 1) * posts,
        ).surge  # fmt: skip
        exact = theory.surge_debt(Turns(k * posts, posts, tour, (k - 1) * tour), length, into)
        assert found is not None
        differ += found.deficit_unit_days != exact.exact().deficit_unit_days
        differ += found.gap_starts_after_d != exact.exact().starts_after_d
        differ += found.gap_days != exact.exact().gap_days
    return Verdict(differ, 0, 0)


@judged(
    "2", "rotation: phases", "cover long after a surge that locks the phases, k = 3", "1/k",
    kind=CLOSED,
)  # fmt: skip
def locked() -> Verdict:
    """Twelve units, four posts, ready for as long as a tour, rest forgiven."""
    found = nobat.rotation(
        units=12, posts=4, operate_d=365, rest_d=730, readiness_window_d=365,
        surge_start_d=1 + 2 * 1095, surge_days=365, surge_extra=8, forgive_rest=True,
        from_d=1 + 10 * 1095, horizon_d=1 + 20 * 1095,
    )  # fmt: skip
    turns = Turns(12, 4, 365, 730, window=365, forgive_rest=True)
    return Verdict(found.cover, theory.locked_cover(turns, 365, 0).exact(), 1e-12)


@judged(
    "2", "rotation", "unit-days of all duties, less units x days, in 100 rotations", "conservation",
    kind=IDENTITY, standing=EXACT,
)  # fmt: skip
def conserved() -> Verdict:
    """Nobody is on two duties, or on none."""
    apart = 0
    for asked in drawn(100, seed=7):
        found, _ = run(asked, 5, 5 + 3 * cycle(asked) + 11)
        apart += abs(sum(found.unit_days.values()) - asked["units"] * (3 * cycle(asked) + 11))
    return Verdict(apart, 0, 0, "unit-days")
