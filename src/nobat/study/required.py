"""How many crews it takes: the first number above which no miss recurs (MODEL 2).

Cover does not always rise with the number of crews: with a readiness window and an overlap, one
crew more can shift the starts so that all are ready, and unused, at the wrong time. A search by
halves can stop in such a hole. So the scan tries every number from the top down to the first that
misses; the search by halves is for forces too large for that, and says so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from nobat.engine.crews import Question, run
from nobat.theory import rotation as theory

#: Unit-days that a scan may look at before the search by halves takes its place.
_SCAN_UNIT_DAYS = 2_000_000_000
_ROOM = 12

Method = Literal["scan", "bisection"]


@dataclass(frozen=True)
class Required:
    """The crews required.

    units: the fewest from which on posts are lacking on at most `allowed_miss` of the post-days;
    None if no number up to `most` will do. method: `scan` looked at every number from `units` - 1
    to `most`; `bisection` at one boundary, which need not be the last. closed_form: N* of
    `nobat.theory.rotation`, None where it does not apply.
    """

    kind: str
    units: int | None
    method: Method
    allowed_miss: float
    most: int
    closed_form: int | None


def missed_share(question: Question) -> float:
    """Share of the post-days of [from_d, horizon_d) that lacked a crew; a gap is no lack."""
    record = run(question, spells=False)
    days = slice(question.from_d, question.horizon_d)
    asked = int(record.asked[:, days].sum())
    return int(record.missed[:, days].sum()) / asked if asked else 0.0


def closed_form(question: Question) -> int | None:
    """N* for one kind of crew with one lasting demand; None where the formula does not apply."""
    lasting = question.without_surge()
    if len(lasting.posts) != 1 or len(question.kinds) != 1 or len(question.switch) != 1:
        return None
    ((first, days, count), *others) = lasting.posts[0].levels
    if others or first > 1 or first + days <= question.horizon_d:
        return None
    times = question.kinds[0].times[0]
    return theory.required_units(
        count, times.tour_d, times.rest_d, times.recovery_d, times.overlap_d, times.gap_d
    )


def required(
    question: Question,
    *,
    kind: int = 0,
    allowed_miss: float = 0.0,
    method: Method | None = None,
) -> Required:
    """The fewest crews of one kind, the others as they are, without the surge posts.

    method: None for a scan where it is quick enough, else a search by halves.
    """
    lasting = question.without_surge()
    most = _most(lasting, kind)

    @cache
    def enough(count: int) -> bool:
        return missed_share(lasting.with_count(count, kind)) <= allowed_miss

    if method is None:
        work = most * most / 2 * lasting.horizon_d
        method = "scan" if work <= _SCAN_UNIT_DAYS else "bisection"
    found: int | None = None
    if enough(most):
        found = _scan(enough, most) if method == "scan" else _halve(enough, most)
    name = question.kinds[kind].name
    return Required(name, found, method, allowed_miss, most, closed_form(question))


def _scan(enough: Callable[[int], bool], most: int) -> int:
    """The first number from which on all up to `most` are enough."""
    count = most
    while count > 1 and enough(count - 1):
        count -= 1
    return count


def _halve(enough: Callable[[int], bool], most: int) -> int:
    """A number that is enough, next to one that is not."""
    low, high = 0, most
    while high - low > 1:
        middle = (low + high) // 2
        if enough(middle):
            high = middle
        else:
            low = middle
    return high


def _most(question: Question, kind: int) -> int:
    """A number that is enough if any is: twice that of the closed form, for the peak of posts."""
    name = question.kinds[kind].name
    peak = sum(
        max(count for _, _, count in post.levels)
        for post in question.posts
        if name in post.takes and post.levels
    )
    need = max(
        theory.required_units(max(peak, 1), t.tour_d, t.rest_d, t.recovery_d, t.overlap_d, t.gap_d)
        for t in question.kinds[kind].times
    )
    return 2 * need + _ROOM
