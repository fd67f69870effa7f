"""What a scenario states of the numbers that a study varies, in words: basis, sources, range."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from nobat.show.language import _, joined, latin
from nobat.study.stated import beyond

if TYPE_CHECKING:
    from nobat.scenario.quantity import Quantity
    from nobat.study.factors import Factor

#: Units that say nothing beside a number.
BARE = ("ratio", "share", "count", "exponent", "weight", "index")
_MOST_FACTORS = 8


def plain(value: float | None) -> str:
    """A number as short as it can be written; empty for none."""
    return "" if value is None else f"{value:,.10g}"


def range_text(quantity: Quantity) -> str:
    """`0.2 to 0.6`, or the one bound that is given; empty where none is."""
    low, high = plain(quantity.low), plain(quantity.high)
    if low and high:
        return _("{low} to {high}").format(low=low, high=high)
    if low:
        return _("from {low}").format(low=low)
    return _("to {high}").format(high=high) if high else ""


def basis_text(quantity: Quantity) -> str:
    """`assumed`, or `record (un-2017, press-2018)`: what a number rests on, with its sources."""
    if not quantity.source:
        return _(quantity.basis)
    sources = joined(map(latin, quantity.source))
    return _("{basis} ({sources})").format(basis=_(quantity.basis), sources=sources)


def stated_text(path: str, quantity: Quantity, values: Iterable[float]) -> str:
    """Where a number comes from: `sleep.floor: assumed, range in the scenario 2 to 5 h`.

    values: those that it is given; that some lie outside the range is said.
    """
    span = _with_unit(quantity)
    text = _("{path}: {basis}, range in the scenario {range}.")
    if not span:
        text = _("{path}: {basis}, no range in the scenario.")
    elif beyond(quantity, values):
        text = _("{path}: {basis}, range in the scenario {range}; varied beyond it.")
    return text.format(path=latin(path), basis=basis_text(quantity), range=span)


def beyond_text(factors: Sequence[Factor]) -> str:
    """Which factors are varied beyond the ranges that are stated; empty where none is."""
    each = _("{path} ({range})")
    found = [
        each.format(path=latin(one.path), range=_with_unit(one.quantity))
        for one in factors
        if one.quantity is not None and one.beyond
    ]
    if not found:
        return ""
    told, more = found[:_MOST_FACTORS], len(found) - _MOST_FACTORS
    if more > 0:
        told.append(_("and {n} more").format(n=more))
    text = _("Varied beyond its range in the scenario: {factors}.")
    if len(found) > 1:
        text = _("Varied beyond their ranges in the scenario: {factors}.")
    return text.format(factors=joined(told))


def _with_unit(quantity: Quantity) -> str:
    """The range that is stated, with its unit where that says something."""
    span = range_text(quantity)
    unit = "" if quantity.unit in (None, "", *BARE) else f" {_(quantity.unit or '')}"
    return f"{span}{unit}" if span else ""
