"""The bounds by which a simulation is held against an exact answer (MODEL 18).

A single check uses |z| < 4.5 (false alarm below 7e-6). A family of K checks uses the mean of z^2
as well, so that neither one wild value nor a small bias everywhere slips through.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

FURTHEST = 4.5


def z_mean(sample: ArrayLike, exact: float) -> float:
    """How many standard errors the sample's mean lies from the exact one."""
    values = np.asarray(sample, np.float64)
    return float((values.mean() - exact) / (values.std(ddof=1) / np.sqrt(values.size)))


def z_share(hits: int, trials: int, exact: float) -> float:
    """The same for a probability; the standard error is that of the exact value."""
    return float((hits / trials - exact) / np.sqrt(exact * (1.0 - exact) / trials))


def family(zs: ArrayLike) -> NDArray[np.float64]:
    """Assert that a family of z-values is what luck alone would give; returns them.

    The mean of K independent z^2 has mean 1 and standard deviation sqrt(2/K); 4.5 of those.
    """
    z = np.asarray(zs, np.float64)
    assert np.abs(z).max() < FURTHEST, z
    assert np.mean(z**2) < 1.0 + FURTHEST * np.sqrt(2.0 / z.size), z
    return z
