"""Sobol's indices: which inputs the variance of an output comes from (Sobol 1993).

An output f of k independent inputs, each uniform in [0, 1), has the variance V. The first index of
input j is the part of V that its value alone explains, S_j = V[E(f | x_j)]/V; the total index is
the part that would be left if all others were known, T_j = E[V(f | x without x_j)]/V (Homma and
Saltelli 1996). T_j - S_j is what j does together with others; 1 minus the sum of all S_j is what
inputs do only together.

Nothing here knows of scenarios: a design gives points of the unit cube, and values of any function
there give the indices.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nobat.study.estimates import LEVEL, RESAMPLES

#: Two points of a row besides those of the inputs: A and B.
ENDS = 2
_RESAMPLING_SEED = 20_171_119
#: A spread below this part of the values' size is what rounding leaves.
_ROUNDING = 1e-12

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class SobolIndices:
    """First and total indices with their 95 % intervals, one for each input.

    first, total: (inputs,). first_ends, total_ends: (inputs, 2), low and high. together: 1 minus
    the sum of the first indices, what no input explains alone; together_ends: (2,). variance: of
    the output. All but this one are NaN where the output does not vary.
    """

    variance: float
    first: Floats
    total: Floats
    first_ends: Floats
    total_ends: Floats
    together: float
    together_ends: Floats


def saltelli(inputs: int, rows: int, seed: int) -> Floats:
    """Points for the indices of so many inputs: (rows, inputs + 2, inputs), each in [0, 1).

    Row i has A_i, then for each input j the point A_i with its coordinate j from B_i, then B_i: the
    radial design of Saltelli et al. (2010), in the order that SALib has it. (A_i, B_i) are the
    points of a Sobol sequence of 2 x inputs dimensions, scrambled after Owen (1998) by the seed.
    rows: a power of 2, which such a sequence needs to be balanced; ValueError otherwise.
    """
    # scipy.stats takes two seconds to import.
    from scipy.stats import qmc

    if rows < 1 or rows & (rows - 1):
        raise ValueError(f"{rows} rows are not a power of 2")
    sequence = qmc.Sobol(2 * inputs, scramble=True, rng=np.random.default_rng(seed))
    both: Floats = sequence.random_base2(rows.bit_length() - 1)
    a, b = both[:, :inputs], both[:, inputs:]
    points = np.repeat(a[:, None, :], inputs + ENDS, axis=1)
    each = np.arange(inputs)
    points[:, each + 1, each] = b
    points[:, -1] = b
    return points


def plain_indices(values: Floats) -> tuple[float, Floats, Floats]:
    """Variance, first and total indices, without intervals: as `sobol_indices` has them."""
    variance, first, total = _ratios(_terms(values - values.mean()).mean(axis=0)[None, :])
    return float(variance[0]), first[0], total[0]


def sobol_indices(values: Floats, resamples: int = RESAMPLES) -> SobolIndices:
    """The indices of a function from its values at the points of `saltelli`.

    values: (rows, inputs + 2), finite. With A, B and AB_j the columns, centred on their mean,
    S_j = mean(B (AB_j - A))/V (Saltelli et al. 2010), T_j = mean((A - AB_j)^2)/2V (Jansen 1999) and
    V the variance of A and B together. Intervals: quantiles over bootstrap resamples of the rows
    (Archer, Saltelli and Sobol 1997). Rows of a Sobol sequence lie more evenly than independent
    ones, so these are rather too wide than too narrow.

    Raises ValueError for values that are not finite, and for fewer than two rows.
    """
    if not np.isfinite(values).all():
        raise ValueError("a value of the function is missing or endless")
    if len(values) < 2:
        raise ValueError("one row says nothing of a variance")
    terms = _terms(values - values.mean())
    variance, first, total = _ratios(terms.mean(axis=0)[None, :])
    inputs = values.shape[1] - ENDS
    if variance[0] <= (_ROUNDING * np.abs(values).max()) ** 2:
        none, ends = np.full(inputs, np.nan), np.full((inputs, 2), np.nan)
        return SobolIndices(0.0, none, none, ends, ends, np.nan, np.full(2, np.nan))
    _, firsts, totals = _ratios(_resampled(terms, resamples))
    return SobolIndices(
        variance=float(variance[0]),
        first=first[0],
        total=total[0],
        first_ends=_ends(firsts),
        total_ends=_ends(totals),
        together=1.0 - float(first.sum()),
        together_ends=_ends(1.0 - firsts.sum(axis=1)),
    )


def _terms(centred: Floats) -> Floats:
    """What the indices are means of, row by row: (rows, 2 + 2 x inputs).

    A + B, A^2 + B^2, then B (AB_j - A) and (A - AB_j)^2 for each input.
    """
    a, b, mixed = centred[:, :1], centred[:, -1:], centred[:, 1:-1]
    return np.hstack([a + b, a**2 + b**2, b * (mixed - a), (a - mixed) ** 2])


def _ratios(means: Floats) -> tuple[Floats, Floats, Floats]:
    """Variance, first and total indices from means of the terms: (sets,), twice (sets, inputs).

    A set that does not vary gives NaN.
    """
    variance = means[:, 1] / 2 - (means[:, 0] / 2) ** 2
    first, half = np.split(means[:, 2:], 2, axis=1)
    over = np.where(variance > 0, variance, np.nan)[:, None]
    return variance, first / over, half / 2 / over


def _resampled(terms: Floats, resamples: int) -> Floats:
    """Means of the terms over rows drawn with replacement: (resamples, terms)."""
    rng = np.random.Generator(np.random.Philox(_RESAMPLING_SEED))
    rows = len(terms)
    found = np.empty((resamples, terms.shape[1]))
    for k in range(resamples):
        found[k] = np.bincount(rng.integers(0, rows, rows), minlength=rows) @ terms / rows
    return found


def _ends(resampled: Floats) -> Floats:
    """The 95 % interval of each index: (2,) for (resamples,), (inputs, 2) for those of inputs."""
    ends: Floats = np.nanquantile(resampled, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)
    return ends.T
