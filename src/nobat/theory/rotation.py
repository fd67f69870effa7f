"""Closed forms of a rotation, each with the conditions under which it holds (MODEL 2).

Symbols, all in whole days: tour b, rest d, recovery m, overlap o (the last o days of a tour, in
which its relief is there and is the one that counts), gap g (the post stays empty that long after
a departure), readiness window W; N units, q posts. The cycle is C = b + d + m. Long-run shares
follow from the renewal-reward theorem: the share of its time that a unit spends on a duty is the
mean stay on that duty over the mean cycle. All were held against an independent force-rotation
simulator; the conditions are those under which they were exact, to the day, in thousands of
rotations drawn at random.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from nobat.theory.conditions import Form, form

#: Cycles that the starts take to space themselves, at most: from even starts, and from any.
SETTLED, SETTLED_FROM_ANY = 3, 6
#: The condition of a surge's debt that concerns its length.
WITHIN_A_TOUR = "a surge within a tour, or as long as one"

_Conditions = list[tuple[str, bool]]


@dataclass(frozen=True)
class Turns:
    """A rotation of one kind of unit: N units, q posts, times in whole days.

    window: W, None where a unit stays ready until it is used; stagger: days over which the starts
    are spread evenly, None for a cycle; even: False for starts drawn at random; forgive_rest:
    whether rest that was missed is dropped. Raises ValueError for what no rotation can be.
    """

    units: int
    posts: int
    tour: int
    rest: int
    recovery: int = 0
    overlap: int = 0
    gap: int = 0
    window: int | None = None
    stagger: int | None = None
    even: bool = True
    forgive_rest: bool = False

    def __post_init__(self) -> None:
        """Check what every formula divides by, and what cannot be."""
        if self.units < 1 or self.posts < 1 or self.tour < 1:
            raise ValueError("units, posts and tour are 1 or more")
        if min(self.rest, self.recovery, self.overlap, self.gap) < 0:
            raise ValueError("rest, recovery, overlap and gap are 0 or more")
        if self.overlap >= self.tour:
            raise ValueError("the overlap is shorter than the tour")
        if self.overlap and self.gap:
            raise ValueError("overlap and gap are never both above 0")

    @property
    def cycle(self) -> int:
        """The shortest cycle of a unit, C = b + d + m, days."""
        return self.tour + self.rest + self.recovery

    @property
    def counted(self) -> int:
        """Days from one tour at a post to the next: b - o that count, or b + g with a gap."""
        return self.tour + self.gap if self.gap else self.tour - self.overlap

    @property
    def no_slack(self) -> bool:
        """Whether every unit is needed all the time: N b = q C."""
        return self.units * self.tour == self.posts * self.cycle

    @property
    def groups(self) -> int | None:
        """The number of groups k = N / q, where it is whole."""
        return None if self.units % self.posts else self.units // self.posts

    @property
    def spaced(self) -> bool:
        """Whether the starts are spread evenly over one cycle."""
        return self.even and self.stagger in (None, self.cycle)


def _ready(turns: Turns) -> tuple[str, bool]:
    return "crews that stay ready", turns.window is None


def _settled(turns: Turns, first: int) -> tuple[str, bool]:
    """first: the first day that counts."""
    cycles = SETTLED if turns.spaced else SETTLED_FROM_ANY
    words = {SETTLED: "three", SETTLED_FROM_ANY: "six"}[cycles]
    return f"days after the first {words} cycles", first > cycles * turns.cycle


def _whole(turns: Turns, days: int) -> tuple[str, bool]:
    """days: how many count."""
    if not turns.gap:
        return "whole cycles", days % turns.cycle == 0
    rounds = math.lcm(turns.cycle, turns.tour + turns.gap)
    return "whole rounds of cycles and gaps", days % rounds == 0


def _long_run(turns: Turns, first: int, end: int) -> _Conditions:
    return [_ready(turns), _settled(turns, first), _whole(turns, end - first)]


def cover(turns: Turns, first: int, end: int, *, surge: bool = False) -> Form[float]:
    """Share of the post-days of days first .. end - 1 that are covered.

    min(1, N (b - o) / (q C)); with a gap, min(b / (b + g), N b / (q C)).

    The formula is that of the long run, of a constant number of posts and no surge. It is exact
    over whole cycles (with a gap: over whole rounds in which cycles and gaps come out together),
    once the starts have spaced themselves, for units that stay ready until they are used. A
    readiness window can lock units in phase, and then there is less cover than this. surge: whether
    there is one.
    """
    share = turns.units * (turns.tour - turns.overlap) / (turns.posts * turns.cycle)
    most = turns.tour / (turns.tour + turns.gap)
    conditions = [("a constant number of posts", not surge), *_long_run(turns, first, end)]
    return form(min(most, share), conditions)


def required_units(turns: Turns, first: int = 1) -> Form[int]:
    """The fewest units N* that miss no post-day from day `first` on; `turns.units` is of no matter.

    N* = ceil(q C / (b - o)); with a gap, the fewest that reach b / (b + g), which no number of
    units exceeds: ceil(q C / (b + g)).

    Always necessary: with one unit fewer some day is missed. Sufficient, for units that stay
    ready, once the starts have spaced themselves; and from day 1 where they need not: with even
    starts, neither overlap nor gap, and a whole number of units to each post.
    """
    need = -(-turns.posts * turns.cycle // turns.counted)
    conditions = [_ready(turns)]
    if first <= SETTLED_FROM_ANY * turns.cycle:
        conditions += [
            ("even starts, spread over one cycle", turns.spaced),
            ("tours without overlap and gap", turns.overlap == turns.gap == 0),
            ("crews a multiple of the posts", need % turns.posts == 0),
        ]
    return form(need, conditions)


@dataclass(frozen=True)
class DutyDays:
    """Unit-days by duty over so many days: together units times days, whatever the rotation."""

    operating: float
    overlap: float
    reserve: float
    rest: float
    recovery: float

    @property
    def total(self) -> float:
        """All of them."""
        return self.operating + self.overlap + self.reserve + self.rest + self.recovery


def duty_days(turns: Turns, first: int, end: int) -> Form[DutyDays]:
    """Unit-days by duty over days first .. end - 1.

    Tours a day are lambda = min(q / (b - o), N / C), with a gap min(q / (b + g), N / C); of each
    unit-day lambda (b - o) go to posts, lambda o to overlaps, lambda d to rest, lambda m to
    recovery, and what is left to reserve. The formula is that of the long run; it is exact where
    that is that of every cycle: where units are short, so that none waits in reserve.
    """
    days = end - first
    tours = min(turns.posts / turns.counted, turns.units / turns.cycle) * days
    spent = tours * turns.cycle
    found = DutyDays(
        operating=tours * (turns.tour - turns.overlap),
        overlap=tours * turns.overlap,
        reserve=turns.units * days - spent,
        rest=tours * turns.rest,
        recovery=tours * turns.recovery,
    )
    short = turns.units * turns.counted < turns.posts * turns.cycle
    conditions = [*_long_run(turns, first, end), ("crews that are short of the posts", short)]
    return form(found, conditions)


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
    turns: Turns, length: int, into_tour: int, *, extra: int | None = None, first: int | None = None
) -> Form[SurgeDebt]:
    """What a surge of all N units for L days costs, e days into a tour.

    extra = deficit = (N - q) L. For L + e <= b the hole in cover opens k (b - L) - e days after
    the surge ends, k = N / q, lasts (k - 1) L days and leaves every post empty. For L >= b the
    deficit is the same, but the hole comes in pieces; between (L < b < L + e) it is larger, and
    there is no formula.

    extra: posts that the surge adds, None for all; first: its first day, None for one late enough.
    """
    late = first is None or first > turns.cycle
    within = length + into_tour <= turns.tour
    conditions = [
        ("rest that stays owed", not turns.forgive_rest),
        ("even starts", turns.even),
        (
            "tours without recovery, overlap and gap",
            turns.recovery == turns.overlap == turns.gap == 0,
        ),
        _ready(turns),
        *_all_out(turns, extra),
        ("starts spread over one cycle", turns.stagger in (None, turns.cycle)),
        ("a surge after the first cycle", late),
        (WITHIN_A_TOUR, within or length >= turns.tour),
    ]
    k, debt = turns.groups, (turns.units - turns.posts) * length
    found = None
    if k is not None and length >= 1 and (within or length >= turns.tour):
        found = SurgeDebt(debt, debt, None, None)
        if within:
            opens = k * (turns.tour - length) - into_tour
            found = SurgeDebt(debt, debt, opens, (k - 1) * length)
    return form(found, conditions)


def _all_out(turns: Turns, extra: int | None) -> _Conditions:
    everyone = extra is None or extra >= turns.units - turns.posts
    return [
        ("a surge of all crews", everyone),
        ("a rotation without slack", turns.no_slack),
        ("groups in phase: crews a multiple of the posts", turns.groups is not None),
    ]


def locked_cover(
    turns: Turns, length: int, into_tour: int, *, extra: int | None = None
) -> Form[float]:
    """Share of post-days covered for good, once a surge has put all units in phase: 1 / k = q / N.

    They are then ready, operate and rest together. It is so after a surge of all units that begins
    with their tours and lasts for one or more whole ones, where a unit stays ready for just a tour
    and rest that was missed is forgotten. Other lengths and windows need not lock, nor does a
    surge whose rest is owed; some do. The arguments are those of `surge_debt`.
    """
    whole = length >= turns.tour and length % turns.tour == 0
    conditions = [
        ("crews that stay ready for as long as a tour", turns.window == turns.tour),
        ("rest that is forgiven", turns.forgive_rest),
        ("even starts, spread over one cycle", turns.spaced),
        (
            "tours without recovery, overlap and gap",
            turns.recovery == turns.overlap == turns.gap == 0,
        ),
        *_all_out(turns, extra),
        ("a surge that begins with a tour", into_tour == 0),
        ("a surge of whole tours", whole),
    ]
    return form(min(1.0, turns.posts / turns.units), conditions)


def synchrony(phases: Iterable[float]) -> float:
    """How far units are in phase: R = |mean exp(2 pi i phase)|, 0 evenly spread, 1 all together.

    phases: the share of its cycle that each unit has behind it, at least one (Kuramoto's order
    parameter).
    """
    angles = [2 * math.pi * phase for phase in phases]
    if not angles:
        raise ValueError("synchrony is that of at least one unit")
    x, y = math.fsum(map(math.cos, angles)), math.fsum(map(math.sin, angles))
    return math.hypot(x, y) / len(angles)
