"""Closed forms of a rotation, with the conditions under which they hold (MODEL 2).

Symbols, all in whole days: tour b, rest d, recovery m, overlap o (the last o days of a tour, in
which its relief is there and is the one that counts), gap g (the post stays empty that long after
a departure); N units, q posts. The cycle is C = b + d + m. They follow from the renewal-reward
theorem: over many cycles the share of its time that a unit spends on a duty is the mean stay on
that duty over the mean cycle. All were held against an independent force-rotation simulator.
"""

from __future__ import annotations

import math
from dataclasses import dataclass


def cycle(tour: int, rest: int, recovery: int = 0) -> int:
    """The shortest cycle of a unit, C = b + d + m, days."""
    return tour + rest + recovery


def cover(
    units: int, posts: int, tour: int, rest: int, recovery: int = 0, overlap: int = 0, gap: int = 0
) -> float:
    """Share of post-days that are covered in the long run.

    min(1, N (b - o) / (q C)); with a gap, min(b / (b + g), N b / (q C)).

    Holds for whole cycles once the starts have spaced themselves (three cycles are enough where
    it was checked), for units that are evenly staggered at the start or are held ready until
    used, with a constant number of posts and no surge. A readiness window can lock units in
    phase, and then there is less cover than this.
    """
    supply = units * (tour - overlap) / (posts * cycle(tour, rest, recovery))
    return min(tour / (tour + gap), supply) if gap else min(1.0, supply)


def required_units(
    posts: int, tour: int, rest: int, recovery: int = 0, overlap: int = 0, gap: int = 0
) -> int:
    """The fewest units N* that can keep the posts covered in the long run.

    N* = ceil(q C / (b - o)); with a gap, the fewest that reach b / (b + g), which no number of
    units exceeds: ceil(q C / (b + g)).

    Necessary: with one unit fewer some day is missed. It is sufficient from day 1 where o = 0;
    with o > 0 the starts have to space themselves first, and the early cycles may miss a little.
    """
    need = posts * cycle(tour, rest, recovery)
    return -(-need // (tour + gap)) if gap else -(-need // (tour - overlap))


def no_slack(units: int, posts: int, tour: int, rest: int, recovery: int = 0) -> bool:
    """Whether there is no slack: N b = q C, every unit is needed all the time."""
    return units * tour == posts * cycle(tour, rest, recovery)


@dataclass(frozen=True)
class SurgeDebt:
    """What a surge of all units costs: extra unit-days, and the hole in cover that repays them.

    starts_after_d: days from the surge's end to the hole (the first day after it is 0); None
    where no formula gives it.
    """

    extra_unit_days: int
    deficit_unit_days: int
    starts_after_d: int | None
    gap_days: int | None


def surge_debt(
    units: int, posts: int, tour: int, rest: int, length: int, into_tour: int
) -> SurgeDebt | None:
    """What a surge of all N units for L days costs, e days into a tour; None where unknown.

    extra = deficit = (N - q) L; for L + e <= b the hole in cover opens k (b - L) - e days after
    the surge ends, k = N / q, lasts (k - 1) L days and leaves every post empty.

    Conditions: no slack (N b = q (b + d)), k whole, the k groups each in phase, no recovery, no
    overlap, no gap, no readiness window, rest owed is remembered. For L >= b the deficit is the
    same, but the hole comes in pieces; between (L < b < L + e) it is larger, and None is given.
    """
    if not no_slack(units, posts, tour, rest) or units % posts or length < 1:
        return None
    k, debt = units // posts, (units - posts) * length
    if length + into_tour <= tour:
        return SurgeDebt(debt, debt, k * (tour - length) - into_tour, (k - 1) * length)
    if length >= tour:
        return SurgeDebt(debt, debt, None, None)
    return None


def locked_cover(units: int, posts: int) -> float:
    """Share of post-days covered once a readiness window has put all units in phase: 1 / k.

    k = N / q groups of a rotation without slack; they are ready, operate and rest together. A
    full surge as long as a tour, with units that stay ready for one tour and no longer, does it.
    """
    return min(1.0, posts / units)


def synchrony(phases: list[float]) -> float:
    """How far units are in phase: R = |mean exp(2 pi i phase)|, 0 evenly spread, 1 all together.

    phases: the share of its cycle that each unit has behind it (Kuramoto's order parameter).
    """
    x = math.fsum(math.cos(2 * math.pi * phase) for phase in phases)
    y = math.fsum(math.sin(2 * math.pi * phase) for phase in phases)
    return math.hypot(x, y) / len(phases)
