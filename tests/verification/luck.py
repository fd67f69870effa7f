"""Rows on luck: published vectors and the laws of its draws (MODEL 0)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from nobat.model import luck
from tests.model.test_luck import KNOWN
from tests.verification.judgement import CLOSED, EVIDENCE, PUBLISHED, Verdict, judged, largest

#: Even uniform numbers: each value of a law must get its chance, to one of these cells a piece.
GRID = 20_000
EVEN = [(k + 0.5) / GRID for k in range(GRID)]


def cells_off(draws: list[float], exact: NDArray[np.float64]) -> float:
    """How far the shares of the values 0, 1, 2, ... lie from a law, in cells of the grid."""
    share = np.bincount(np.array(draws).astype(int), minlength=exact.size) / GRID
    return float(np.abs(share[: exact.size] - exact).max() * GRID)


@judged(
    "0", "luck", "words of Philox 4x32-10 that differ, of 12",
    "known-answer vectors of Random123 (Salmon and others 2011)",
    kind=PUBLISHED, standing=EVIDENCE,
)  # fmt: skip
def philox() -> Verdict:
    """The three published vectors."""
    differ = 0
    for counter, key, words in KNOWN:
        found = luck.philox(*counter, *key)
        differ += sum(int(one) != word for one, word in zip(found, words, strict=True))
    return Verdict(differ, 0, 0)


@judged(
    "0", "luck", "binomial draws: cells of 1/20,000 by which a chance is off, at most",
    "the binomial law, six pairs of n and p", kind=CLOSED,
)  # fmt: skip
def binomial() -> Verdict:
    """By inversion from 0 and from the mode."""
    off = []
    for n, p in ((1, 0.5), (12, 0.03), (220, 0.01), (400, 0.2), (50, 0.97), (3000, 0.4)):
        hazard = float(-np.log1p(-p))
        draws = [luck.binomial(float(n), hazard, u) for u in EVEN]
        off.append(cells_off(draws, stats.binom.pmf(np.arange(n + 1), n, p)))
    return Verdict(largest(off), 0, 2, chance=True)


@judged(
    "0", "luck", "Poisson draws: cells of 1/20,000 by which a chance is off, at most",
    "the Poisson law, five means up to 900", kind=CLOSED,
)  # fmt: skip
def poisson() -> Verdict:
    """Of small and of large means."""
    off = []
    for mean in (0.01, 0.7, 6.0, 60.0, 900.0):
        draws = [float(luck.poisson(mean, u)) for u in EVEN]
        off.append(cells_off(draws, stats.poisson.pmf(np.arange(int(max(draws)) + 1), mean)))
    return Verdict(largest(off), 0, 2, chance=True)
