"""What a surge borrowed, and when and how it is repaid, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nobat.show.numbers import number

if TYPE_CHECKING:
    from nobat.engine.crews import Question
    from nobat.study.surge import Surge


def count_of(count: int, what: str) -> str:
    """`1 post`, `4 posts`."""
    return f"{number(count, 0)} {what}{'' if count == 1 else 's'}"


def bill(surge: Surge, question: Question, owed: int) -> Iterator[str]:
    """The surge line by line. owed: the rest owed on the last day, unit-days."""
    days = f"days {number(surge.starts_d, 0)} to {number(surge.over_d - 1, 0)}"
    into = ""
    if surge.into_tour_d is not None:
        into = f", the longest tour under way {count_of(surge.into_tour_d, 'day')} in"
    extra = count_of(surge.extra_unit_days, "extra unit-day")
    yield f"{days}{into}: {extra} at its posts{_held(surge)}"
    if surge.gap_starts_after_d is None:
        if owed:
            end = f"the window ends on day {number(question.horizon_d, 0)}"
            yield f"the bill: none yet: {end} with {count_of(owed, 'unit-day')} of rest owed"
        else:
            why = (
                "no rest is owed" if question.forgive_rest else "there was slack enough to repay it"
            )
            yield f"no post was left empty after it: {why}"
        return
    if surge.bill_unit_days <= 0:
        yield (
            "posts are empty after the surge, as they would be without it: "
            f"{count_of(surge.deficit_unit_days, 'post-day')} with it, "
            f"{number(surge.deficit_without_unit_days, 0)} without"
        )
        return
    yield _hole(surge, question)
    lost = f"{count_of(surge.deficit_unit_days, 'post-day')} are lost after it"
    if surge.deficit_without_unit_days:
        lost += (
            f", and {number(surge.deficit_without_unit_days, 0)} are without the surge: it costs "
            f"{number(surge.bill_unit_days, 0)}"
        )
    yield f"{lost}{_exactly(surge)}"


def _held(surge: Surge) -> str:
    """That posts of the surge stayed empty."""
    if surge.extra_unit_days == surge.asked_unit_days:
        return ""
    held, asked = number(surge.extra_unit_days, 0), number(surge.asked_unit_days, 0)
    return f" ({held} of {asked} surge post-days held)"


def _hole(surge: Surge, question: Question) -> str:
    """When posts are empty after the surge."""
    forgiven = question.forgive_rest
    comes = "posts are empty" if forgiven else "the bill comes"
    if surge.deficit_without_unit_days:
        after = surge.bill_starts_after_d or 0
        return (
            f"{comes} {count_of(after, 'day')} after its end: from day "
            f"{number(surge.over_d + after, 0)} on more posts are empty than without it"
        )
    after = surge.gap_starts_after_d or 0
    begins = surge.over_d + after
    posts = f"{count_of(surge.gap_posts, 'post')} {'is' if surge.gap_posts == 1 else 'are'} empty"
    longer = ""
    if begins + surge.hole_days > question.horizon_d:
        longer = ", and not all are held again by the horizon"
    elif surge.hole_days > surge.gap_days:
        longer = f", and all are held again after {number(surge.hole_days, 0)}"
    if forgiven:
        longer += "; no rest is owed: the crews are no longer spread out as they were"
    return (
        f"{comes} {count_of(after, 'day')} after its end: from day {number(begins, 0)} on {posts} "
        f"for {count_of(surge.gap_days, 'day')}{longer}"
    )


def _exactly(surge: Surge) -> str:
    """What the closed form says of the deficit, or why it says nothing."""
    exact = surge.exact
    if exact is None:
        return f" (no closed form: {surge.inexact})"
    if exact.starts_after_d is None:
        return f" (closed form: {number(exact.deficit_unit_days, 0)}, in pieces)"
    return (
        f" (closed form: {number(exact.deficit_unit_days, 0)}, after "
        f"{count_of(exact.starts_after_d, 'day')}, for {count_of(exact.gap_days or 0, 'day')})"
    )
