"""What a surge borrowed and what it cost: against the same run without it (MODEL 2)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nobat.engine.crews import Question, Record, run
from nobat.model.duty import OPERATING
from nobat.theory import rotation as theory


@dataclass(frozen=True)
class Surge:
    """What a surge borrowed and what it cost.

    starts_d, over_d: its first day, and the first day after it. extra_unit_days: unit-days at its
    posts; asked_unit_days: those that it asked for. deficit_unit_days: lasting posts left empty
    from then to the horizon, that day included, whatever the cause; deficit_without_unit_days: the
    same without the surge. A gap is a stretch of days on which the same number of posts is empty:
    gaps, how many there are; gap_starts_after_d: days from the surge's end to the first (0: at
    once), None if there is none; gap_days, gap_posts: how long and how wide that first one is;
    hole_days: days from its start until all posts are held again. bill_starts_after_d: days from
    the surge's end to the first day with more empty posts than without it, None if there is none.
    into_tour_d: days that the tours under way had run when it began, None if there were none.
    exact: what the closed form says; inexact: why it says nothing, empty where it does.
    """

    starts_d: int
    over_d: int
    asked_unit_days: int
    extra_unit_days: int
    deficit_unit_days: int
    deficit_without_unit_days: int
    gap_starts_after_d: int | None
    gap_days: int
    gap_posts: int
    gaps: int
    hole_days: int
    bill_starts_after_d: int | None
    into_tour_d: int | None
    exact: theory.SurgeDebt | None
    inexact: str

    @property
    def bill_unit_days(self) -> int:
        """Post-days that are empty because of the surge: the difference that it makes."""
        return self.deficit_unit_days - self.deficit_without_unit_days

    def to_json(self) -> dict[str, Any]:
        """The surge as plain JSON values."""
        exact = self.exact
        return {
            "start_d": self.starts_d,
            "over_d": self.over_d,
            "days_into_tour": self.into_tour_d,
            "asked_unit_days": self.asked_unit_days,
            "extra_unit_days": self.extra_unit_days,
            "deficit_unit_days": self.deficit_unit_days,
            "deficit_without_surge_unit_days": self.deficit_without_unit_days,
            "bill_unit_days": self.bill_unit_days,
            "gap_starts_after_d": self.gap_starts_after_d,
            "gap_days": self.gap_days,
            "gap_posts": self.gap_posts,
            "gaps": self.gaps,
            "hole_days": self.hole_days,
            "closed_form": None
            if exact is None
            else {
                "extra_unit_days": exact.extra_unit_days,
                "deficit_unit_days": exact.deficit_unit_days,
                "gap_starts_after_d": exact.starts_after_d,
                "gap_days": exact.gap_days,
            },
            "no_closed_form": self.inexact or None,
        }


def surge_of(question: Question, record: Record, turns: theory.Turns | None) -> Surge | None:
    """The surge of a question; None where there was none.

    turns: the rotation under it, where there is one kind of crew and one lasting number of posts.
    """
    surging = [place for place, post in enumerate(question.posts) if post.surge]
    days = np.flatnonzero(record.asked[surging].sum(axis=0))
    if days.size == 0:
        return None
    first, over = int(days[0]), int(days[-1]) + 1
    lacking = _lacking(question, record, over)
    usual = _lacking(question.without_surge(), run(question.without_surge(), spells=False), over)
    edges = np.flatnonzero(np.diff(lacking, prepend=0, append=0))
    gaps = [(a, b) for a, b in pairwise(edges.tolist()) if lacking[a] > 0]
    start, end = gaps[0] if gaps else (0, 0)
    filled = np.flatnonzero(lacking[start:] == 0)
    more = np.flatnonzero(lacking > usual)
    into = _into_tour(question, record, first)
    exact, inexact = _exact_debt(question, turns, first, over - first, into)
    return Surge(
        starts_d=first,
        over_d=over,
        asked_unit_days=int(record.asked[surging].sum()),
        extra_unit_days=int(record.manned[surging].sum()),
        deficit_unit_days=int(lacking.sum()),
        deficit_without_unit_days=int(usual.sum()),
        gap_starts_after_d=start if gaps else None,
        gap_days=end - start,
        gap_posts=int(lacking[start]) if gaps else 0,
        gaps=len(gaps),
        hole_days=int(filled[0]) if filled.size else int(lacking.size) - start,
        bill_starts_after_d=int(more[0]) if more.size else None,
        into_tour_d=into,
        exact=exact,
        inexact=inexact,
    )


def _lacking(question: Question, record: Record, first: int) -> NDArray[np.int64]:
    """Lasting posts that are empty, by day from `first` to the horizon."""
    lasting = [place for place, post in enumerate(question.posts) if not post.surge]
    return np.asarray((record.asked - record.manned)[lasting, first:-1].sum(axis=0))


def _into_tour(question: Question, record: Record, day: int) -> int | None:
    """Days that the longest tour under way at a lasting post has run when `day` begins."""
    _, duty, first, end, post, *_ = record.spells.T
    lasting = np.array([not post.surge for post in question.posts] + [False])
    under_way = (duty == OPERATING) & (first <= day) & (end > day) & lasting[post]
    return day - int(first[under_way].min()) if under_way.any() else None


def _exact_debt(
    question: Question, turns: theory.Turns | None, first: int, length: int, into: int | None
) -> tuple[theory.SurgeDebt | None, str]:
    """The closed form of the surge's debt, or why there is none."""
    if turns is None:
        return None, "it is for one kind of crew and one lasting number of posts"
    into = (first - 1) % turns.tour if into is None else into
    surging = [post for post in question.posts if post.surge]
    extra = surging[0].levels[0][2] if len(surging) == 1 else 0
    found = theory.surge_debt(turns, length, into, extra=extra, first=first)
    if found.holds:
        return found.value, ""
    if found.unmet == (theory.WITHIN_A_TOUR,):
        left = turns.tour - into
        ends = f"{left} day{'' if left == 1 else 's'} in"
        return None, f"the surge outlasts the tour under way, which ends {ends}"
    return None, f"it is for {found.unmet[0]}"
