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
from typing import Literal, get_args

import numpy as np

from nobat.engine.crews import Question, Times, asked, run
from nobat.scenario.problems import Problem, ScenarioError
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


def turns_of(question: Question) -> theory.Turns | None:
    """The rotation that closed forms are about: one kind of crew with one lasting demand, or None.

    A surge on top of it is left out.
    """
    lasting = question.without_surge()
    if len(lasting.posts) != 1 or len(question.kinds) != 1 or len(question.switch) != 1:
        return None
    ((first, days, count), *others) = lasting.posts[0].levels
    if others or first > 1 or first + days <= question.horizon_d or count < 1:
        return None
    return _turns(question, question.units, count, question.kinds[0].times[0])


def _turns(question: Question, units: int, posts: int, times: Times) -> theory.Turns:
    return theory.Turns(
        units=units,
        posts=posts,
        tour=times.tour_d,
        rest=times.rest_d,
        recovery=times.recovery_d,
        overlap=times.overlap_d,
        gap=times.gap_d,
        window=times.readiness_window_d,
        stagger=question.stagger_d,
        even=question.replication is None,
        forgive_rest=question.forgive_rest,
    )


def closed_form(question: Question) -> int | None:
    """N* for one kind of crew with one lasting demand; None where the formula does not apply."""
    turns = turns_of(question)
    return None if turns is None else theory.required_units(turns).value


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

    def enough(count: int) -> bool:
        return missed_share(lasting.with_count(count, kind)) <= allowed_miss

    return _search(lasting, kind, enough, allowed_miss, method)


def required_with_surge(question: Question, *, allowed_miss: float = 0.0) -> Required:
    """The fewest crews of one kind that ride out the surge: nothing missed at the lasting posts.

    Looked at are the days from the first of the surge, or from_d if that is earlier, to the
    horizon; the posts of the surge itself may stay empty.
    """
    surging = [place for place, post in enumerate(question.posts) if post.surge]
    lasting = [place for place, post in enumerate(question.posts) if not post.surge]
    first = int(np.flatnonzero(asked(question)[surging].sum(axis=0))[0])
    days = slice(min(first, question.from_d), question.horizon_d)

    def enough(count: int) -> bool:
        record = run(question.with_count(count), spells=False)
        posts = int(record.asked[lasting, days].sum())
        return int(record.missed[lasting, days].sum()) <= allowed_miss * posts

    return _search(question, 0, enough, allowed_miss, None)


def searchable(allowed_miss: float, method: str | None = None) -> None:
    """Refuse a share of misses outside [0, 1), and a method that there is not."""
    problems = []
    if not 0 <= allowed_miss < 1:
        text = f"{allowed_miss} is not a share from 0 up to, but not, 1"
        problems.append(Problem("allowed_miss", None, text))
    if method is not None and method not in get_args(Method):
        text = f"{method!r} is unknown: {' or '.join(get_args(Method))}"
        problems.append(Problem("method", None, text))
    if problems:
        raise ScenarioError(problems)


def _search(
    question: Question,
    kind: int,
    enough: Callable[[int], bool],
    allowed_miss: float,
    method: Method | None,
) -> Required:
    """The fewest that are enough, by the method given or the one that is quick enough."""
    most = _most(question, kind)
    tried = cache(enough)
    if method is None:
        work = most * most / 2 * question.horizon_d
        method = "scan" if work <= _SCAN_UNIT_DAYS else "bisection"
    found: int | None = None
    if tried(most):
        found = _scan(tried, most) if method == "scan" else _halve(tried, most)
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
    each = (_turns(question, 1, max(peak, 1), times) for times in question.kinds[kind].times)
    need = max(theory.required_units(turns).value or 0 for turns in each)
    return 2 * need + _ROOM
