"""exp(-x) of a step, in line, is that of the library to rounding."""

from __future__ import annotations

import math

import numpy as np

from nobat.model.fading import SMALL, fading


def test_it_is_the_exponential_to_two_units_in_the_last_place() -> None:
    edges = [0.0, 1e-300, 1e-12, SMALL, math.nextafter(SMALL, 1.0), 0.1, 1.0, 30.0, 800.0]
    for x in (*edges, *np.linspace(0.0, 2.0 * SMALL, 2001)):
        assert abs(fading(x) - math.exp(-x)) <= 2.3e-16
