"""The mean field: the same model with expected values in the place of draws (MODEL, opening).

Persons are fractional, an event with a hazard happens when its integral reaches 1, units are
spent at the quantiles of their threshold's law, and a break is shared out over its causes. So there
is one course of events for each doctrine, without luck.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nobat.engine import cpu
from nobat.engine.plan import build
from nobat.scenario import Scenario


def solve(scenario: Scenario, doctrine: str) -> NDArray[np.float64]:
    """The outcomes of one doctrine, in the order of OUTCOMES, (len(OUTCOMES),).

    `secured` and `abandoned` are 0 or 1: what happens in this one course, not a chance. NaN for
    what does not exist in it. KeyError for a doctrine that the scenario does not have.
    """
    # Neither the seed nor the number of the replication is looked at.
    row: NDArray[np.float64] = cpu.simulate(build(scenario, doctrine, expected=True), 0, 0, 1)[0]
    return row
