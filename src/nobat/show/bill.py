"""What a surge borrowed, and when and how it is repaid, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nobat.show.language import _, many, marked, retold
from nobat.show.numbers import number

if TYPE_CHECKING:
    from nobat.engine.crews import Question
    from nobat.study.surge import Surge


def bill(surge: Surge, question: Question, owed: int) -> Iterator[str]:
    """The surge line by line. owed: the rest owed on the last day, unit-days."""
    yield _begins(surge)
    if surge.gap_starts_after_d is None:
        yield _repaid(question, owed)
        return
    if surge.bill_unit_days <= 0:
        yield many(
            surge.deficit_unit_days,
            "posts are empty after the surge, as they would be without it: {n} post-day with it, "
            "{without} without",
            "posts are empty after the surge, as they would be without it: {n} post-days with it, "
            "{without} without",
            without=number(surge.deficit_without_unit_days, 0),
        )
        return
    yield _hole(surge, question)
    if surge.deficit_without_unit_days:
        yield many(
            surge.deficit_unit_days,
            "{n} post-day are lost after it, and {without} are without the surge: it costs {bill}"
            "{exactly}",
            "{n} post-days are lost after it, and {without} are without the surge: it costs {bill}"
            "{exactly}",
            without=number(surge.deficit_without_unit_days, 0),
            bill=number(surge.bill_unit_days, 0),
            exactly=_exactly(surge),
        )
        return
    yield many(
        surge.deficit_unit_days,
        "{n} post-day are lost after it{exactly}",
        "{n} post-days are lost after it{exactly}",
        exactly=_exactly(surge),
    )


def _begins(surge: Surge) -> str:
    """The days of the surge, and what was held of it."""
    known = {
        "first": number(surge.starts_d, 0),
        "last": number(surge.over_d - 1, 0),
        "held": _held(surge),
        "extra": many(surge.extra_unit_days, "{n} extra unit-day", "{n} extra unit-days"),
    }
    if surge.into_tour_d is None:
        return _("days {first} to {last}: {extra} at its posts{held}").format(**known)
    return many(
        surge.into_tour_d,
        "days {first} to {last}, the longest tour under way {n} day in: {extra} at its posts{held}",
        "days {first} to {last}, the longest tour under way {n} days in: {extra} at its "
        "posts{held}",
        **known,
    )


def _repaid(question: Question, owed: int) -> str:
    """That no post was empty after the surge: nothing to pay, or nothing paid yet."""
    if owed:
        return many(
            owed,
            "the bill: none yet: the window ends on day {day} with {n} unit-day of rest owed",
            "the bill: none yet: the window ends on day {day} with {n} unit-days of rest owed",
            day=number(question.horizon_d, 0),
        )
    if question.forgive_rest:
        return _("no post was left empty after it: no rest is owed")
    return _("no post was left empty after it: there was slack enough to repay it")


def _held(surge: Surge) -> str:
    """That posts of the surge stayed empty."""
    if surge.extra_unit_days == surge.asked_unit_days:
        return ""
    held, asked = number(surge.extra_unit_days, 0), number(surge.asked_unit_days, 0)
    return _(" ({held} of {asked} surge post-days held)").format(held=held, asked=asked)


def _hole(surge: Surge, question: Question) -> str:
    """When posts are empty after the surge."""
    forgiven = question.forgive_rest
    comes = _("posts are empty") if forgiven else _("the bill comes")
    if surge.deficit_without_unit_days:
        after = surge.bill_starts_after_d or 0
        return many(
            after,
            "{comes} {n} day after its end: from day {day} on more posts are empty than without it",
            "{comes} {n} days after its end: from day {day} on more posts are empty than without "
            "it",
            comes=comes,
            day=number(surge.over_d + after, 0),
        )
    after = surge.gap_starts_after_d or 0
    posts = many(surge.gap_posts, "{n} post is empty", "{n} posts are empty")
    return many(
        after,
        "{comes} {n} day after its end: from day {day} on {posts} for {gap}{longer}",
        "{comes} {n} days after its end: from day {day} on {posts} for {gap}{longer}",
        comes=comes,
        day=number(surge.over_d + after, 0),
        posts=posts,
        gap=_days(surge.gap_days),
        longer=_longer(surge, question),
    )


def _longer(surge: Surge, question: Question) -> str:
    """That posts are empty again and again, and why where no rest is owed."""
    begins = surge.over_d + (surge.gap_starts_after_d or 0)
    text = ""
    if begins + surge.hole_days > question.horizon_d:
        text = _(", and not all are held again by the horizon")
    elif surge.hole_days > surge.gap_days:
        text = _(", and all are held again after {days}")
        text = text.format(days=number(surge.hole_days, 0))
    if question.forgive_rest:
        text += _("; no rest is owed: the crews are no longer spread out as they were")
    return text


def _days(count: int) -> str:
    return many(count, "{n} day", "{n} days")


#: Why there is no closed form, as the study says it, and the conditions that may be unmet.
_INEXACT = (
    marked("it is for one kind of crew and one lasting number of posts"),
    marked("the surge outlasts the tour under way, which ends {left} days in"),
    marked("the surge outlasts the tour under way, which ends {left} day in"),
    marked("it is for {condition}"),
)
_CONDITIONS = (
    marked("rest that stays owed"),
    marked("even starts"),
    marked("tours without recovery, overlap and gap"),
    marked("starts spread over one cycle"),
    marked("a surge after the first cycle"),
    marked("a surge within a tour, or as long as one"),
    marked("crews that stay ready"),
    marked("a surge of all crews"),
    marked("a rotation without slack"),
    marked("groups in phase: crews a multiple of the posts"),
)


def _exactly(surge: Surge) -> str:
    """What the closed form says of the deficit, or why it says nothing."""
    exact = surge.exact
    if exact is None:
        return _(" (no closed form: {why})").format(why=retold(surge.inexact, *_INEXACT))
    deficit = number(exact.deficit_unit_days, 0)
    if exact.starts_after_d is None:
        return _(" (closed form: {deficit}, in pieces)").format(deficit=deficit)
    return _(" (closed form: {deficit}, after {after}, for {gap})").format(
        deficit=deficit, after=_days(exact.starts_after_d), gap=_days(exact.gap_days or 0)
    )
