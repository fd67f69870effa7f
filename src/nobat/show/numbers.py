"""Numbers for people: as many digits as the interval bears out, thousands set apart."""

from __future__ import annotations

import math
from collections.abc import Iterable

from nobat.show.language import _
from nobat.study.estimates import Estimate

NOTHING = "-"
_MOST_DECIMALS = 3
_MOST_SHARE_DECIMALS = 6
_BESIDE = 0.001
_HUNDREDS = 2


def decimals(halves: Iterable[float]) -> int:
    """Decimals that show the narrowest interval to one digit, three decimals at most.

    halves: half widths of intervals; those of no width say nothing.
    """
    found = [-math.floor(math.log10(half)) for half in halves if half > 0]
    return min(max([0, *found]), _MOST_DECIMALS)


def half_width(estimate: Estimate) -> float | None:
    """Half of the interval's width, None where there is no interval."""
    if estimate.low is None or estimate.high is None:
        return None
    return (estimate.high - estimate.low) / 2


def number(value: float, places: int) -> str:
    """A number with `places` decimals and commas between thousands; never `-0`."""
    text = f"{value:,.{places}f}"
    return text[1:] if text.startswith("-") and not text.strip("-0.,") else text


#: Digits of a number that no interval goes with.
DIGITS = 3


def digits(value: float, endless: str) -> str:
    """A number of 0 or more to three digits, whole ones in full; `endless` where it is infinite."""
    if not math.isfinite(value) or value <= 0:
        return endless if value > 0 else "0"
    places = max(0, DIGITS - 1 - math.floor(math.log10(value)))
    return number(value, places) if places <= 2 * DIGITS else f"{value:.{DIGITS}g}"


def places_for(estimates: Iterable[Estimate]) -> int:
    """One number of decimals for a column of means."""
    there = [one for one in estimates if one.mean is not None]
    halves = [half for one in there if (half := half_width(one)) is not None]
    if any(half > 0 for half in halves):
        return decimals(halves)
    whole = all(float(one.mean or 0).is_integer() for one in there)
    return 0 if whole else 1


def course_places(values: Iterable[float | None]) -> int:
    """One number of decimals for a column of expected values that no interval goes with.

    The smallest but 0 keeps two digits, or one decimal where it is below 100; whole numbers none.
    """
    there = [abs(value) for value in values if value]
    if all(value.is_integer() for value in there):
        return 0
    order = math.floor(math.log10(min(there)))
    return min(max(1 - order, 1 if order < _HUNDREDS else 0), _MOST_DECIMALS)


def percent(value: float, places: int = 1) -> str:
    """A share as a percentage."""
    return _("{number} %").format(number=number(100 * value, places))


def chance_text(chance: float) -> str:
    """A probability as a percentage; `over 99.9 %` or `under 0.1 %` near 1 or 0, but not there."""
    if 0 < chance < 1 and _at_an_end(chance, 1):
        return _("over 99.9 %") if chance > 0.5 else _("under 0.1 %")
    return percent(chance)


def share_interval(estimate: Estimate) -> str:
    """`[70.4, 72.2]`: an interval of shares, in percent; two decimals beside 0 and 100 %."""
    low, high = estimate.low, estimate.high
    if low is None or high is None:
        return ""
    places = _share_places(estimate)
    return span(number(100 * low, places), number(100 * high, places))


def span(low: str, high: str) -> str:
    """`[70.4, 72.2]`: an interval by its ends."""
    return _("[{low}, {high}]").format(low=low, high=high)


def share_text(estimate: Estimate, between: str = " ") -> str:
    """`71.3 % [70.4, 72.2]`: a share and its interval."""
    if estimate.mean is None:
        return NOTHING
    share = percent(estimate.mean, _share_places(estimate))
    return between.join(filter(None, (share, share_interval(estimate))))


def _share_places(estimate: Estimate) -> int:
    """One decimal, but more where it would show an interval beside 0 or 100 % as a point.

    A share that is neither 0 nor 1 never shows as one of them.
    """
    low, high = estimate.low, estimate.high
    if estimate.kind != "share" or low is None or high is None:
        return 1
    places = 2 if high < _BESIDE or low > 1 - _BESIDE else 1
    share = estimate.mean or 0.0
    while 0 < share < 1 and places < _MOST_SHARE_DECIMALS and _at_an_end(share, places):
        places += 1
    return places


def _at_an_end(share: float, places: int) -> bool:
    """Whether a share shows as 0 or 100 % with so many decimals."""
    return float(f"{100 * share:.{places}f}") in (0.0, 100.0)


def mean_text(estimate: Estimate, places: int, between: str = " ") -> str:
    """`1,812 ± 11`: a mean and half of its (symmetric) interval; the mean alone without one."""
    if estimate.mean is None:
        return NOTHING
    half = half_width(estimate)
    if half is None:
        return number(estimate.mean, places)
    return f"{number(estimate.mean, places)}{between}± {number(half, places)}"
