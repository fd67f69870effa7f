"""The way home on its own: campaigns that have ended, and what comes of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nobat.engine import homecoming as engine
from nobat.model import homecoming as model
from nobat.model.outcome import OUTCOMES, index
from nobat.scenario.homecoming import Homecoming
from nobat.scenario.quantity import Quantity
from tests.small import whole

Floats = NDArray[np.float64]


def given(**changes: float) -> Homecoming:
    """The section of `whole.yaml` with other values, by the name of a field wherever it stands."""
    section = whole().homecoming
    assert section is not None
    found: Any = section
    for name, value in changes.items():
        for part in (None, "cold", "checkpoint", "policy"):
            holder = found if part is None else getattr(found, part)
            if isinstance(there := getattr(holder, name, None), Quantity):
                changed = holder.model_copy(update={name: replace(there, value=value)})
                found = changed if part is None else found.model_copy(update={part: changed})
    return found  # type: ignore[no-any-return]


def ended(
    count: int, *, secured: bool = True, duration_d: float = 10.0, left: float = 1000.0
) -> Floats:
    """Rows of campaigns that have ended."""
    rows = np.zeros((count, len(OUTCOMES)))
    rows[:, index("secured")] = secured
    rows[:, index("duration_d")] = duration_d
    rows[:, index("residents_left")] = left
    return rows


def after(
    section: Homecoming, count: int = 1, *, expected: bool = False, seed: int = 1, first: int = 0,
    **end: Any,
) -> dict[str, Floats]:  # fmt: skip
    """What comes of so many campaigns: the outcomes by name, (count,)."""
    rows = ended(count, **end)
    numbers = np.arange(first, first + count, dtype=np.int64)
    terms = engine.terms_of(section, section.policy, 30.0)
    model.replications(terms, expected, seed, numbers, rows)
    return {outcome.name: rows[:, i] for i, outcome in enumerate(OUTCOMES)}
