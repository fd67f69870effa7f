"""What past battles say about the law: Helmbold's relation, and exponents from daily losses.

Sources: Helmbold (1961), Lanchester parameters for some battles; Willard (1962); Fricker (1998),
who fits Bracken's exponents by two straight lines.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


class Line(NamedTuple):
    """A straight line by least squares: y = intercept + slope x.

    slope_error: standard error of the slope; r2: share of the variance that the line explains;
    n: points.
    """

    slope: float
    intercept: float
    slope_error: float
    r2: float
    n: int


class Exponents(NamedTuple):
    """Bracken's law from losses: attackers fall at b y^p x^q a day, defenders at a x^p y^q."""

    p: float
    q: float
    a: float
    b: float


def line(x: ArrayLike, y: ArrayLike) -> Line:
    """The line through points x, y, (n,), by least squares; three points at least.

    Raises ValueError for fewer, or where all x are the same.
    """
    at, value = np.asarray(x, np.float64), np.asarray(y, np.float64)
    if at.shape != value.shape or at.ndim != 1 or at.size < 3:
        raise ValueError(f"a line takes three points or more, as many x as y: {at.shape}")
    apart, over = at - at.mean(), value - value.mean()
    width, height = float(apart @ apart), float(over @ over)
    if width <= 0.0:
        raise ValueError("a line takes points at different x")
    slope = float(apart @ over) / width
    rest = over - slope * apart
    missed = float(rest @ rest)
    return Line(
        slope=slope,
        intercept=float(value.mean() - slope * at.mean()),
        slope_error=math.sqrt(missed / (at.size - 2) / width),
        r2=1.0 - missed / height if height > 0.0 else 1.0,
        n=int(at.size),
    )


def helmbold_ratios(
    x0: ArrayLike, x: ArrayLike, y0: ArrayLike, y: ArrayLike
) -> tuple[Floats, Floats]:
    """Logarithms of the force ratio x0 / y0 and of (x0^2 - x^2) / (y0^2 - y^2).

    x0, y0: strengths of attackers and defenders at the start of each battle, x, y at its end, all
    (n,); x < x0 and y < y0.
    """
    start, end, other, other_end = (np.asarray(each, np.float64) for each in (x0, x, y0, y))
    # The squares' difference by its factors: losses may be small beside strengths.
    spent = (start - end) * (start + end) / ((other - other_end) * (other + other_end))
    return np.log(start / other), np.log(spent)


def helmbold_relation(x0: ArrayLike, x: ArrayLike, y0: ArrayLike, y: ArrayLike) -> Line:
    """The second logarithm of `helmbold_ratios` against the first.

    Its slope s tells the law: 0 is the square one, about 1 the linear, about 2 the logarithmic;
    that is a worth of a x^(2 - s).
    """
    return line(*helmbold_ratios(x0, x, y0, y))


def exponents(x: ArrayLike, x_lost: ArrayLike, y: ArrayLike, y_lost: ArrayLike) -> Exponents:
    """Bracken's exponents and rates from strengths and losses day by day, (n,) each, above 0.

    ln(x_lost / y_lost) = ln(b / a) + (p - q) ln(y / x) and
    ln(x_lost y_lost) = ln(a b) + (p + q) ln(x y): two lines.
    """
    ours, lost, theirs, killed = (
        np.log(np.asarray(each, np.float64)) for each in (x, x_lost, y, y_lost)
    )
    ratio = line(theirs - ours, lost - killed)
    product = line(ours + theirs, lost + killed)
    return Exponents(
        p=0.5 * (product.slope + ratio.slope),
        q=0.5 * (product.slope - ratio.slope),
        a=math.exp(0.5 * (product.intercept - ratio.intercept)),
        b=math.exp(0.5 * (product.intercept + ratio.intercept)),
    )
