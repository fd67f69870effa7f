"""What a scenario states of a number that a study varies: its value, range, basis and sources."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nobat.scenario.quantity import Quantity

#: The ends of a range that is counted in steps are off by less than this part of them.
_ROUNDING = 1e-9


def stated_json(quantity: Quantity | None) -> dict[str, Any]:
    """What is stated of a number, as plain JSON values.

    basis: `account`, `record`, `published`, `derived` or `assumed`. source: ids of the scenario's
    sources. stated: its value and range in the scenario, before it is varied. All are null, and
    there is no source, for what is no number.
    """
    if quantity is None:
        nothing = dict.fromkeys(("value", "low", "high"))
        return {"basis": None, "source": [], "stated": nothing}
    stated = {"value": quantity.value, "low": quantity.low, "high": quantity.high}
    return {"basis": quantity.basis, "source": list(quantity.source), "stated": stated}


def beyond(quantity: Quantity | None, values: Iterable[float]) -> bool:
    """Whether a value lies outside the range that is stated; never where none is."""
    low, high = (None, None) if quantity is None else (quantity.low, quantity.high)
    return any(
        (low is not None and one < low and not _same(one, low))
        or (high is not None and one > high and not _same(one, high))
        for one in values
    )


def _same(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=_ROUNDING, abs_tol=_ROUNDING)
