"""exp(-x) for the small x of one step, in line: a step takes it dozens of times."""

from __future__ import annotations

import math

from nobat.model.compiled import scalar

#: Up to here the series below is exact to rounding: its first term left out is below 3e-17.
SMALL = 1.0 / 32.0


@scalar
def fading(x: float) -> float:
    """What is left after an exponential decay: exp(-x), x >= 0."""
    if x > SMALL:
        return math.exp(-x)
    # Taylor's series to the seventh power, summed in pairs: short chains of sums are quicker.
    x2 = x * x
    low = (1.0 - x) + x2 * (1.0 / 2.0 - x * (1.0 / 6.0))
    high = (1.0 / 24.0 - x * (1.0 / 120.0)) + x2 * (1.0 / 720.0 - x * (1.0 / 5040.0))
    return low + x2 * x2 * high
