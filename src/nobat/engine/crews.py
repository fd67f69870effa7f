"""A question about crews and posts as the arrays that the kernel reads, and its answer as arrays.

Days are whole. Crews of one kind share their times; the times may be switched on given days.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from nobat.model import crews as kernels
from nobat.model.compiled import cache_folder
from nobat.model.duty import NO_WINDOW
from nobat.model.roster import NOBODY

_SPELLS_A_CYCLE = 5


@dataclass(frozen=True)
class Times:
    """The times of a kind of crew, days: tour b, rest d, recovery m, overlap o, gap g, window W.

    readiness_window_d is None where a crew stays ready until it is used.
    """

    tour_d: int
    rest_d: int
    recovery_d: int = 0
    overlap_d: int = 0
    gap_d: int = 0
    readiness_window_d: int | None = None

    @property
    def cycle_d(self) -> int:
        """The shortest cycle, b + d + m."""
        return self.tour_d + self.rest_d + self.recovery_d


@dataclass(frozen=True)
class Kind:
    """Crews of one kind: their name, how many, and their times in each period."""

    name: str
    count: int
    times: tuple[Times, ...]


@dataclass(frozen=True)
class Post:
    """A demand for posts: how many over which days, and which kinds take them, best first.

    levels: (first day, days, posts), which add up. surge: crews may be called from rest while it
    asks for posts.
    """

    name: str
    levels: tuple[tuple[int, int, int], ...]
    takes: tuple[str, ...]
    surge: bool = False


@dataclass(frozen=True)
class Question:
    """Everything that a rotation of crews depends on.

    posts: in the order in which they are filled; those of a surge come last. switch: the first
    day of each period of the crews' times, the first of them 1. stagger_d: days over which the
    starts are spread, None for a cycle. replication: None for even starts, else the number of the
    draw of random ones. The run covers days 1 to horizon_d; cover is that of [from_d, horizon_d).
    """

    kinds: tuple[Kind, ...]
    posts: tuple[Post, ...]
    from_d: int
    horizon_d: int
    switch: tuple[int, ...] = (1,)
    stagger_d: int | None = None
    forgive_rest: bool = False
    seed: int = 1
    replication: int | None = None

    @property
    def units(self) -> int:
        """All crews."""
        return sum(kind.count for kind in self.kinds)

    def with_count(self, count: int, kind: int = 0) -> Question:
        """The same question for another number of crews of one kind."""
        kinds = list(self.kinds)
        kinds[kind] = replace(kinds[kind], count=count)
        return replace(self, kinds=tuple(kinds))

    def without_surge(self) -> Question:
        """The same question with nothing but its lasting posts."""
        return replace(self, posts=tuple(post for post in self.posts if not post.surge))


@dataclass(frozen=True)
class Record:
    """What happened.

    spells: rows as `nobat.model.crews.SPELL`, by unit and day; the first ones begin before day 1.
    asked, manned, missed: posts asked for, held, and lacking for want of a crew (a gap is not a
    lack) on day t in column t, one row for each demand.
    """

    spells: NDArray[np.int64]
    asked: NDArray[np.int64]
    manned: NDArray[np.int64]
    missed: NDArray[np.int64]


def is_warm() -> bool:
    """Whether the compiled kernel of this source lies in the cache."""
    return any(cache_folder().rglob("crews.run-*.nbc"))


def kinds_of(question: Question) -> NDArray[np.int64]:
    """The kind of each unit, by number, (N,)."""
    return np.repeat(np.arange(len(question.kinds)), [kind.count for kind in question.kinds])


def asked(question: Question) -> NDArray[np.int64]:
    """Posts asked for on each day, (demands, horizon + 2); column 0 is unused."""
    days = np.zeros((len(question.posts), question.horizon_d + 2), np.int64)
    for row, post in zip(days, question.posts, strict=True):
        for first, length, count in post.levels:
            row[max(first, 1) : max(first + length, 1)] += count
    return days


def starts(question: Question) -> NDArray[np.int64]:
    """The day r_i since which each unit rests, 0 or before, (N,).

    Even: -floor(i X / n) over the n units of a kind. Random: -floor(U_i X), U_i drawn.
    """
    spans = [question.stagger_d or kind.times[0].cycle_d for kind in question.kinds]
    if question.stagger_d == 0:
        spans = [0] * len(spans)
    if question.replication is None:
        return np.concatenate(
            [
                -((np.arange(kind.count) * span) // kind.count)
                for kind, span in zip(question.kinds, spans, strict=True)
            ]
        ).astype(np.int64)
    drawn = np.zeros(question.units, np.int64)
    each = np.array(spans, np.int64)[kinds_of(question)]
    kernels.random_starts(question.seed, question.replication, each, drawn)
    return drawn


def run(question: Question, *, spells: bool = True) -> Record:
    """Run it. spells: False to keep the posts held alone, which is quicker."""
    kind, rows = kinds_of(question), asked(question)
    times, demands = _times(question), _demands(question, rows)
    room = _room(question) if spells else 0
    while True:
        desk = kernels.desk(
            kind, len(question.kinds), len(question.posts), question.horizon_d, room
        )
        kernels.run(kind, starts(question), times, demands, desk)
        found = int(desk.found[0])
        if found <= room or not spells:
            break
        room = found
    kept = desk.spells[: found if spells else 0]
    kept = kept[np.lexsort((kept[:, 2], kept[:, 0]))]
    for array in (kept, rows, desk.manned, desk.missed):
        array.flags.writeable = False
    return Record(kept, rows, desk.manned, desk.missed)


def _room(question: Question) -> int:
    """About how many spells there will be; a guess, which `run` mends where it is wrong."""
    cycle = min(max(1, times.cycle_d) for kind in question.kinds for times in kind.times)
    return _SPELLS_A_CYCLE * question.units * (question.horizon_d // cycle + 2)


def _times(question: Question) -> kernels.Times:
    """The times as tables by period and kind."""

    def table(name: str) -> NDArray[np.int64]:
        rows = [
            [getattr(kind.times[period], name) for kind in question.kinds]
            for period in range(len(question.switch))
        ]
        return np.array([[NO_WINDOW if x is None else x for x in row] for row in rows], np.int64)

    return kernels.Times(
        switch=np.array(question.switch, np.int64),
        tour=table("tour_d"),
        rest=table("rest_d"),
        recovery=table("recovery_d"),
        overlap=table("overlap_d"),
        gap=table("gap_d"),
        window=table("readiness_window_d"),
        forgive=question.forgive_rest,
    )


def _demands(question: Question, rows: NDArray[np.int64]) -> kernels.Demands:
    """The demands as arrays."""
    names = [kind.name for kind in question.kinds]
    prefer = np.full((len(question.posts), len(names)), NOBODY, np.int64)
    for place, post in enumerate(question.posts):
        prefer[place, : len(post.takes)] = [names.index(name) for name in post.takes]
    surge = np.array([post.surge for post in question.posts], np.bool_)
    return kernels.Demands(rows, surge, prefer)
