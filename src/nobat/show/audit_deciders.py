"""What is said of the quantities that decide a claim: how much, which way, where they turn it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nobat.scenario.scenario import shape
from nobat.scenario.values import parse_path
from nobat.show.language import _, latin, listed, named
from nobat.show.numbers import number, percent, span

if TYPE_CHECKING:
    from nobat.account.audited import Decider
    from nobat.study.crossing import Crossing

#: Units that say nothing beside a number.
_BARE = ("ratio", "share", "count", "exponent", "weight", "index")
#: From this length on what a quantity is would drown the sentence it stands in.
_LONGEST = 125
#: From this size on a value is told in whole numbers.
_IN_FULL = 1000
#: A flip that shows in fewer resamples than this may be noise, and is not told.
_SURE = 0.95


def decider_text(one: Decider, strongest: bool) -> str:
    """One quantity: how much it decides, which way, and where it turns the claim."""
    start = (
        _(
            "By how much it holds or fails hangs most on {quantity}, drawn from {low} to "
            "{high}{unit} ({basis})."
        )
        if strongest
        else _("Then on {quantity}, drawn from {low} to {high}{unit} ({basis}).")
    )
    told = [start.format(
        quantity=quantity(one.path), low=_value(one.low), high=_value(one.high),
        unit=_unit(one), basis=_(one.basis),
    )]  # fmt: skip
    alone = f"{percent(one.first.value, 0)} {_span(one.first.low, one.first.high)}"
    told.append(_made(one, alone))
    if one.share_low is not None and one.share_high is not None:
        text = _(
            "The claim holds in {low} of the settings in the lowest third of its range and in "
            "{high} of those in the highest."
        )
        told.append(text.format(low=percent(one.share_low, 0), high=percent(one.share_high, 0)))
    if strongest:
        told.append(_turns(one))
    return " ".join(told)


def _made(one: Decider, alone: str) -> str:
    """How much of the differences it makes, by itself and with others."""
    if one.total is None:
        return _("By itself it makes {alone} of how the settings differ.").format(alone=alone)
    total = f"{percent(one.total.value, 0)} {_span(one.total.low, one.total.high)}"
    if one.total.value >= one.first.value:
        text = _(
            "By itself it makes {alone} of how the settings differ, and {total} counting what it "
            "does together with others."
        )
    else:
        # The two are estimated apart, the second from fewer settings: noise can put them so.
        text = _(
            "By itself it makes {alone} of how the settings differ. Counting what it does together "
            "with others it cannot be less; the estimate of that, from fewer settings, is {total}."
        )
    return text.format(alone=alone, total=total)


def _turns(one: Decider) -> str:
    """Where the mean margin changes its sign along a quantity."""
    sure = [crossing for crossing in one.flips if (crossing.p_exists or 0.0) >= _SURE]
    if not sure:
        return _("On average over all else it turns nowhere in that range for sure.")
    where = listed(_flip(one, crossing) for crossing in sure)
    return _("On average over all else it turns at {where}.").format(where=where)


def _flip(one: Decider, crossing: Crossing) -> str:
    value = f"{_value(crossing.value)}{_unit(one)}"
    if crossing.low is None or crossing.high is None:
        return value
    return f"{value} {span(_value(crossing.low), _value(crossing.high))}"


def _value(value: float) -> str:
    """A value along a quantity: to three digits, whole ones in full."""
    return number(value, 0) if abs(value) >= _IN_FULL else f"{value:.3g}"


def _unit(one: Decider) -> str:
    return "" if one.unit in _BARE or not one.unit else f" {_(one.unit)}"


def _span(low: float, high: float) -> str:
    return span(number(100 * low, 0), number(100 * high, 0))


def quantity(path: str) -> str:
    """What a quantity is, as the scenario's fields have it, and its path."""
    what = about(path)
    return f"{latin(path)} ({named(what)})" if what else latin(path)


def about(path: str) -> str:
    """What a quantity is, in English: the beginning of what its field says; empty if too long."""
    here = shape().at(parse_path(path))
    # Some begin with a grade: `1: share of cases in which ...`.
    text = "" if here is None else here.about.lstrip("0123456789").removeprefix(": ")
    for end in (". ", "; ", " (", ": "):
        text = text.partition(end)[0]
    text = text.strip(" .")
    return text[:1].lower() + text[1:] if len(text) <= _LONGEST else ""
