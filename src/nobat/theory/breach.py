"""Through layers that are rebuilt: a birth-death chain, solved exactly (MODEL 7).

With k of L layers carried (k = 0 .. L - 1) the next one is carried at the rate l_k, and the one
carried last is rebuilt at the rate r_k; r_0 = 0, because nothing can be rebuilt before the first
breach, and with the last layer it is over. With constant rates l and r

    E[T] = (1/l) sum_{k<L} sum_{i<=k} (r/l)^i,        P(never rebuilt) = (l / (l + r))^(L-1).

With other rates T is the sum of independent passages from k to k + 1, each of which either succeeds
at once or first falls back and has to pass twice. Their moments follow from those of the passage
before by sums of positive numbers alone, so that nothing cancels. They are worked out in decimal
arithmetic, whose exponents have no end that could be reached: a number that is beyond floating
point is told by its logarithm, never as infinite or as 0. `passage` has the distribution.

Sources: Karlin and Taylor (1975), A first course in stochastic processes, chapter 4; the recursion
of the variance by conditioning on the first event.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, localcontext
from functools import cached_property

#: Digits of the decimal arithmetic; what is told has at most 17.
_DIGITS = 50


@dataclass(frozen=True)
class Layers:
    """Rates a day of layers from the outside in, constant in time.

    breach: l_k, at which layer k + 1 is carried when k are, (L,), above 0; rebuild: r_k, at which
    layer k is rebuilt when it was carried last, k = 1 .. L - 1, (L - 1,), 0 or more. Raises
    ValueError otherwise.
    """

    breach: tuple[float, ...]
    rebuild: tuple[float, ...]

    def __post_init__(self) -> None:
        """Check what the equations need."""
        if not self.breach or len(self.rebuild) != len(self.breach) - 1:
            raise ValueError("one breach rate for each layer, a rebuild rate for each but the last")
        if not all(0.0 < rate < math.inf for rate in self.breach):
            raise ValueError("breach rates are above 0 and finite")
        if not all(0.0 <= rate < math.inf for rate in self.rebuild):
            raise ValueError("rebuild rates are 0 or more and finite")

    @property
    def count(self) -> int:
        """L."""
        return len(self.breach)

    @property
    def down(self) -> tuple[float, ...]:
        """Rates of falling back with k layers carried, k = 0 .. L - 1: 0, r_1, ..."""
        return (0.0, *self.rebuild)

    @cached_property
    def exact(self) -> Moments:
        """The moments, in decimal numbers."""
        with localcontext(Context(prec=_DIGITS, Emax=MAX_EMAX, Emin=MIN_EMIN)):
            return _moments(self)


@dataclass(frozen=True)
class Moments:
    """What is known of the time through all layers without its distribution, as decimal numbers.

    mean_time, days; variance, days squared; rebuilt: mean number of layers rebuilt on the way;
    p_never_rebuilt: chance that none is.
    """

    mean_time: Decimal
    variance: Decimal
    rebuilt: Decimal
    p_never_rebuilt: Decimal


def constant(layers: int, breach: float, rebuild: float) -> Layers:
    """So many layers with the same two rates everywhere."""
    return Layers((breach,) * layers, (rebuild,) * (layers - 1))


def _moments(layers: Layers) -> Moments:
    """By passages from k to k + 1: mean e, variance v, number of falls back f.

    e = (1 + r e') / l and f = (r / l)(1 + f'), the prime for the passage before; with s = l + r,
    v = 1 / (l s) + (r / l) v' + (r / s)(e + e')^2.
    """
    mean, variance, rebuilt, never = Decimal(0), Decimal(0), Decimal(0), Decimal(1)
    e = v = f = Decimal(0)
    for up, down in zip(layers.breach, layers.down, strict=True):
        l, r = Decimal(up), Decimal(down)  # noqa: E741
        before, e = e, (1 + r * e) / l
        v = 1 / (l * (l + r)) + r / l * v + r / (l + r) * (e + before) ** 2
        f = r / l * (1 + f)
        mean, variance, rebuilt = mean + e, variance + v, rebuilt + f
        never *= l / (l + r)
    return Moments(mean, variance, rebuilt, never)


def mean_time(layers: Layers) -> float:
    """E[T], days. Raises OverflowError where it is beyond floating point."""
    return _float(layers.exact.mean_time, "the mean time")


def variance(layers: Layers) -> float:
    """Var[T], days squared. Raises OverflowError where it is beyond floating point."""
    return _float(layers.exact.variance, "the variance")


def mean_rebuilt(layers: Layers) -> float:
    """Mean number of layers rebuilt on the way. Raises OverflowError as above."""
    return _float(layers.exact.rebuilt, "the number of layers rebuilt")


def p_never_rebuilt(layers: Layers) -> float:
    """Chance that no layer is ever rebuilt: the product of l_k / (l_k + r_k), k >= 1.

    Raises OverflowError where it is too small for floating point.
    """
    return _float(layers.exact.p_never_rebuilt, "the chance that nothing is rebuilt")


def in_floating_point(value: Decimal) -> float | None:
    """A decimal number as a float; None where it is too large or, but not 0, too small."""
    number = float(value)
    lost = math.isinf(number) or (value != 0 and abs(number) < 2.3e-308)
    return None if lost else number


def log10(value: Decimal) -> float:
    """The decimal logarithm of a number above 0, however large or small."""
    return float(value.log10(Context(prec=_DIGITS, Emax=MAX_EMAX, Emin=MIN_EMIN)))


def _float(value: Decimal, what: str) -> float:
    number = in_floating_point(value)
    if number is None:
        raise OverflowError(f"{what} is beyond floating point: 10 to the {log10(value):.6g}")
    return number


def race(n: int, m: int, rate: float, other: float) -> float:
    """Chance that n events of one kind come before m of another: a race of cycles.

    The two come at the rates `rate` and `other`. Of each event p = rate / (rate + other) is the
    chance that it is of the first kind; the chance is that of at most m - 1 failures before n
    successes (negative binomial), sum_{j<m} C(n + j - 1, j) p^n (1 - p)^j, which is the regularised
    incomplete beta function I_p(n, m). Raises ValueError for n or m below 1 or rates that are not
    positive numbers.
    """
    # Slow to load.
    from scipy.special import betainc

    if n < 1 or m < 1 or n != int(n) or m != int(m):
        raise ValueError("a race is to whole numbers of events, 1 or more")
    if not (0.0 < rate < math.inf and 0.0 < other < math.inf):
        raise ValueError("the rates of a race are above 0 and finite")
    return float(betainc(n, m, rate / (rate + other)))
