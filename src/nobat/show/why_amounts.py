"""Differences of outcomes as the pages and charts of a `why` write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nobat.model.outcome import Outcome
from nobat.show.language import _
from nobat.show.numbers import NOTHING, half_width, number, places_for, span
from nobat.study.estimates import Estimate

if TYPE_CHECKING:
    from nobat.study.why_result import Why


def known(estimate: Estimate, *, drawn: bool) -> bool:
    """Whether an estimate is more than noise: its interval leaves out 0, or there is no luck."""
    if not drawn:
        return bool(estimate.mean)
    low, high = estimate.low, estimate.high
    return low is not None and high is not None and not low <= 0 <= high


def amount(answer: Why, estimate: Estimate, *, sign: bool = False) -> str:
    """`17.7 points [11.4, 24.0]`: a difference in the unit in which it is shown."""
    return gap_text(answer.outcome, estimate, places_of(answer), sign=sign)


def gap_text(outcome: Outcome, gap: Estimate, places: int | None = None, *, sign: bool) -> str:
    """A difference in an outcome with its unit and interval. places: None for as many as it has."""
    if places is None:
        places = 1 if outcome.kind == "share" else places_for([gap])
    text, interval = texts(outcome, gap, places, sign=sign)
    return f"{text}{unit_text(outcome)} {interval}".strip()


def unit_text(outcome: Outcome) -> str:
    """The unit of differences with a blank before it; empty where it says nothing."""
    unit = _("points") if outcome.kind == "share" else outcome.unit
    return "" if unit == "1" else f" {_(unit)}"


def scaled(outcome: Outcome, gap: Estimate) -> Estimate:
    """A difference in the unit in which it is shown: points for shares."""
    scale = 100.0 if outcome.kind == "share" else 1.0
    mean, low, high = (None if x is None else scale * x for x in (gap.mean, gap.low, gap.high))
    return Estimate(mean, low, high, gap.n, gap.kind)


def places_of(answer: Why) -> int:
    """Decimals for all differences of an answer."""
    if answer.outcome.kind == "share":
        return 1
    return places_for([answer.difference, *(one.share for one in answer.shares)])


def texts(outcome: Outcome, gap: Estimate, places: int, *, sign: bool) -> tuple[str, str]:
    """A difference and its interval as text; none where it has no width."""
    one = scaled(outcome, gap)
    if one.mean is None:
        return NOTHING, ""
    text = number(one.mean, places)
    if sign and one.mean > 0 and text.strip("0.,"):
        text = f"+{text}"
    if one.low is None or one.high is None or not half_width(one):
        return text, ""
    return text, span(number(one.low, places), number(one.high, places))


def turned(gap: Estimate) -> Estimate:
    """The difference the other way round."""
    mean, low, high = (None if x is None else -x for x in (gap.mean, gap.high, gap.low))
    return Estimate(mean, low, high, gap.n, gap.kind)
