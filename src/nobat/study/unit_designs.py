"""Designs in the unit cube: Latin hypercubes, Sobol's sequence, orthogonal Latin hypercubes.

All are arrays (points, factors) of numbers in [0, 1), the same for the same seed.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Correlations up to this are called nearly orthogonal (Cioppa and Lucas 2007).
NEARLY = 0.03
#: How many nearly orthogonal designs, and choices of orthogonal columns, the best is taken from.
_STARTS, _CHOICES = 20, 20
_MOST_SWEEPS = 50
#: Pairs of columns that are looked at in all: many factors get fewer starts and sweeps.
_MOST_PAIRS = 200_000
_BELOW_ONE = np.nextafter(1.0, 0.0)


def latin(points: int, factors: int, seed: int) -> Floats:
    """A Latin hypercube: one point in each of `points` equal slices of every factor.

    Where in its slice a point lies is drawn (McKay, Beckman and Conover 1979).
    """
    from scipy.stats import qmc

    found: Floats = qmc.LatinHypercube(factors, rng=_rng(seed)).random(points)
    return np.minimum(found, _BELOW_ONE)


def sobol(points: int, factors: int, seed: int) -> Floats:
    """The beginning of Sobol's sequence (1967), scrambled (Owen 1995; Matousek 1998).

    With a power of two points every factor has one of them in each of as many equal slices, as in a
    Latin hypercube, and pairs of factors are balanced too; with another number not quite.
    """
    from scipy.stats import qmc

    # All of a power of two, and the first of them: asked for another number it warns.
    power = max(points - 1, 0).bit_length()
    found: Floats = qmc.Sobol(factors, rng=_rng(seed)).random_base2(power)[:points]
    return np.minimum(found, _BELOW_ONE)


def nearly_orthogonal(points: int, factors: int, seed: int) -> tuple[Floats, bool]:
    """A Latin hypercube whose factors hardly correlate, and whether they do not at all.

    Points lie in the middle of their slices. The correlations of drawn hypercubes are removed as
    far as that goes, in the sense of Cioppa and Lucas (2007), by Owen's ranked Gram-Schmidt (1994),
    and the best is taken. 2^(c+1) or 2^(c+1) + 1 points hold up to 2^c factors that are exactly
    orthogonal, by the construction of Sun, Liu and Lin (2009), which holds more of them than that
    of Ye (1998). It is taken where it fills the cube no worse, or where the other leaves more than
    NEARLY.
    """
    rng = _rng(seed)
    starts = max(1, min(_STARTS, _MOST_PAIRS // (10 * factors**2)))
    found = [_decorrelated(_drawn(points, factors, rng)) for _ in range(starts)]
    ranks = min(found, key=worst_correlation)
    near = (ranks + 0.5) / points
    left = worst_correlation(ranks)
    order = orthogonal_order(points)
    if left == 0 or order is None or factors > 2**order:
        return near, left == 0
    exact = (
        _spread_out(orthogonal_ranks(order, odd=bool(points % 2)), factors, rng) + 0.5
    ) / points
    if left > NEARLY or discrepancy(exact) <= discrepancy(near):
        return exact, True
    return near, False


def orthogonal_order(points: int) -> int | None:
    """The c of 2^(c+1) or 2^(c+1) + 1 points, c at least 1; None for any other number."""
    power = points - points % 2
    if power < 4 or power & (power - 1):
        return None
    return power.bit_length() - 2


def worst_correlation(columns: Floats | Ints) -> float:
    """The largest correlation between two columns, without its sign; 0 for a single column.

    Columns that do not vary are left out.
    """
    varied = columns[:, np.ptp(columns, axis=0) > 0].astype(np.float64)
    if varied.shape[1] < 2:
        return 0.0
    off = np.abs(np.corrcoef(varied, rowvar=False) - np.eye(varied.shape[1]))
    worst = float(off.max())
    return worst if worst > 1e-9 else 0.0


def discrepancy(unit: Floats) -> float:
    """The centred L2 discrepancy (Hickernell 1998): how unevenly points fill the unit cube."""
    from scipy.stats import qmc

    return float(qmc.discrepancy(unit, method="CD"))


def _rng(seed: int) -> np.random.Generator:
    return np.random.Generator(np.random.Philox(seed))


def _drawn(points: int, factors: int, rng: np.random.Generator) -> Ints:
    """Ranks of a Latin hypercube: (points, factors), each column a shuffle of 0 .. points - 1."""
    return np.stack([rng.permutation(points) for _ in range(factors)], axis=1)


def orthogonal_ranks(order: int, *, odd: bool) -> Ints:
    """Ranks of an orthogonal Latin hypercube with 2^order columns (Sun, Liu and Lin 2009).

    S holds signs, T distances from the middle; the design is T above its mirror image, with the
    middle itself between them if the number of points is odd.
    """
    signs = np.array([[1, 1], [1, -1]])
    steps = np.array([[1, 2], [2, -1]])
    for c in range(1, order):
        size = 2**c
        flipped = signs.copy()
        flipped[: size // 2] *= -1
        turned = steps.copy()
        turned[: size // 2] *= -1
        steps = np.block([[steps, -turned - size * flipped], [steps + size * signs, turned]])
        signs = np.block([[signs, -flipped], [signs, flipped]])
    half = 2**order
    if odd:
        ranks: Ints = np.concatenate([steps, 0 * steps[:1], -steps]) + half
    else:
        # Distances 1/2, 3/2, ... on either side of a middle that no point has.
        doubled = 2 * steps - signs
        ranks = (np.concatenate([doubled, -doubled]) + 2 * half - 1) // 2
    return ranks


def _spread_out(ranks: Ints, factors: int, rng: np.random.Generator) -> Ints:
    """Some columns of an orthogonal design, turned around or not, of low discrepancy."""
    points = len(ranks)
    choices = (_choice(ranks, factors, rng) for _ in range(_CHOICES))
    return min(choices, key=lambda one: discrepancy((one + 0.5) / points))


def _choice(ranks: Ints, factors: int, rng: np.random.Generator) -> Ints:
    columns = ranks[:, rng.permutation(ranks.shape[1])[:factors]]
    turned = rng.random(factors) < 0.5
    chosen: Ints = np.where(turned, len(ranks) - 1 - columns, columns)
    return chosen


def _decorrelated(ranks: Ints) -> Ints:
    """Owen's ranked Gram-Schmidt (1994), forwards and backwards as long as it helps.

    Every column gives up what a line through an earlier one explains of it, and is ranked again.
    """
    best = ranks
    sweeps = max(2, min(_MOST_SWEEPS, _MOST_PAIRS // max(1, ranks.shape[1] ** 2)))
    for sweep in range(sweeps):
        tried = best.astype(np.float64)
        for j, i in _pairs(tried.shape[1], backwards=bool(sweep % 2)):
            tried[:, i] = _ranked(_residual(tried[:, i], tried[:, j]))
        found = tried.astype(np.int64)
        if worst_correlation(found) >= worst_correlation(best) and sweep > 1:
            break
        best = min(best, found, key=worst_correlation)
    return best


def _pairs(factors: int, *, backwards: bool) -> Iterator[tuple[int, int]]:
    """Pairs of columns (explaining, explained), from the first on or from the last."""
    columns = range(factors - 1, -1, -1) if backwards else range(factors)
    for place, j in enumerate(columns):
        yield from ((j, i) for i in columns[place + 1 :])


def _residual(column: Floats, by: Floats) -> Floats:
    """What a straight line in another column leaves of a column."""
    centred = by - by.mean()
    left: Floats = column - (column @ centred / (centred @ centred)) * centred
    return left


def _ranked(column: Floats) -> Floats:
    ranks = np.empty(len(column))
    ranks[np.argsort(column, kind="stable")] = np.arange(len(column))
    return ranks
