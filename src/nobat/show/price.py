"""What the better doctrine costs, against another: losses, harm, and what follows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nobat.show.language import _, latin, parts
from nobat.show.numbers import decimals, number, span
from nobat.show.words import days

if TYPE_CHECKING:
    from nobat.study.comparison import Comparison
    from nobat.study.estimates import Estimate

#: An index has as many decimals as its interval bears out, people and attacks one at the most.
_MOST, _MOST_OF_INDEX = 1, 2
#: A difference of what follows is told from this share of the larger figure on.
_TRIFLE = 0.05


def price(comparison: Comparison, name: str, other: str, *, losses: bool = True) -> str:
    """What one doctrine costs against another, as far as it can be told; empty where it cannot.

    Paired differences beyond noise: the attacker's losses (unless they are told elsewhere), harm to
    residents, and of what follows, attacks and deaths of cold, those that are no trifle.
    """
    found = [
        _losses(comparison, name, other) if losses else "",
        _harm(comparison, name, other),
        *_later(comparison, name, other),
    ]
    items = parts(filter(None, found))
    if not items:
        return ""
    text = _("{name} against {other}: {items}.")
    return text.format(name=latin(name), other=latin(other), items=items)


def _losses(comparison: Comparison, name: str, other: str) -> str:
    """The difference of the attacker's losses, or that there is none to speak of."""
    gap = comparison.difference(name, other, "attacker_losses")
    more, fewer = _("{number} more attackers lost"), _("{number} fewer attackers lost")
    return _told(gap, more, fewer) or _("attacker losses too close to tell apart")


def _harm(comparison: Comparison, name: str, other: str) -> str:
    """The difference of the harm to residents, with both figures."""
    gap = comparison.difference(name, other, "harm_index")
    if not apart(gap):
        return ""
    more = _("{number} more harm to residents ({own} against {others})")
    less = _("{number} less harm to residents ({own} against {others})")
    own, others = (comparison[one]["harm_index"].mean or 0.0 for one in (name, other))
    places = max(_places(gap, _MOST_OF_INDEX), 1)
    return (more if (gap.mean or 0.0) > 0 else less).format(
        number=size(gap, _MOST_OF_INDEX), own=number(own, places), others=number(others, places)
    )


def _later(comparison: Comparison, name: str, other: str) -> Iterator[str]:
    """The differences of what follows: attacks, in all and where both secured it; the cold."""
    within_d = comparison.attacks_within_d

    def told(key: str, more: str, fewer: str, **gaps: str) -> str:
        own, others = (comparison[one][key].mean or 0.0 for one in (name, other))
        gap = comparison.difference(name, other, key)
        trifle = abs(gap.mean or 0.0) < _TRIFLE * max(own, others)
        return "" if trifle else _told(gap, more, fewer, **gaps)

    if within_d is not None:
        yield told(
            "attacks_after",
            _("{number} more attacks in the {days} after the end"),
            _("{number} fewer attacks in the {days} after the end"),
            days=days(within_d),
        )
        yield told(
            "attacks_after_secured_if_secured",
            _("{number} more attacks where both secured the place"),
            _("{number} fewer attacks where both secured the place"),
        )
    yield told(
        "cold_deaths",
        _("{number} more of the displaced dead of cold"),
        _("{number} fewer of the displaced dead of cold"),
    )


def _told(gap: Estimate, more: str, fewer: str, **gaps: str) -> str:
    """A difference beyond noise, in the words for more or for fewer; empty for any other."""
    if not apart(gap):
        return ""
    return (more if (gap.mean or 0.0) > 0 else fewer).format(number=size(gap), **gaps)


def apart(gap: Estimate) -> bool:
    """Whether an interval of a difference leaves out zero."""
    return gap.low is not None and gap.high is not None and not gap.low <= 0 <= gap.high


def size(gap: Estimate, most: int = _MOST) -> str:
    """`120 [110, 130]`: the size of a difference and its interval, whichever way it goes.

    most: the most decimals it has.
    """
    low, high = gap.low or 0.0, gap.high or 0.0
    if (gap.mean or 0.0) < 0:
        low, high = -high, -low
    places = _places(gap, most)
    interval = span(number(low, places), number(high, places))
    return f"{number(abs(gap.mean or 0.0), places)} {interval}"


def _places(gap: Estimate, most: int) -> int:
    """The decimals that a difference's interval bears out, so many at most."""
    return min(decimals([((gap.high or 0.0) - (gap.low or 0.0)) / 2]), most)
