"""A duel as two clocks that run side by side: closed forms of who wins and who is left (MODEL 6).

Whose the next loss is hangs on a x^alpha against b y^beta alone. On a clock that runs
a x^p1 b y^p2 times as fast as time, defenders fall at the rate 1 / (b y^beta), which knows only
y, and attackers at 1 / (a x^alpha), which knows only x: the sides no longer touch. With
independent exponentials E of mean 1, the attackers last

    S = a sum x^alpha E_x   over x = breakpoint + 1 .. m,

the defenders T = b sum y^beta E_y, and who lasts longer wins. Partial fractions give

    P(S > T) = sum_k c_k E exp(-T / (a k^alpha)),   c_k = product over i of 1 / (1 - (i / k)^alpha).

Those coefficients grow beyond any bound with the numbers and alternate in sign. So every answer
comes with a bound of its error, and where that is too wide there is none: Brown's recursion
(`duel_exact`) has no such limit. Where both alphas are 0 (the linear law) S and T are gamma
distributed, and the answer is an incomplete beta function of any size.

Sources: Brown (1963); Kingman (2002), who treats the square law so; Feller (1971) for sums of
exponentials.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nobat.theory.lanchester import Duel

Floats = NDArray[np.float64]

#: What a bound may be at most.
WIDEST = 1e-9
#: More losses than this are hopeless for coefficients that alternate.
_MOST_TERMS = 128
_ROUNDING = float(np.finfo(np.float64).eps)


class UnstableError(ArithmeticError):
    """The decoupled form would lose too many digits here; the recursion does not."""


class Bounded(NamedTuple):
    """A probability, and by how much rounding may have moved it."""

    p: float
    bound: float


def chance(duel: Duel) -> Bounded:
    """Probability that the attacker wins, by the better of the two expansions.

    Strengths and breakpoints are whole numbers. Raises UnstableError where neither is good enough.
    """
    if duel.law.alpha == 0.0 and duel.law.beta == 0.0:
        return _both_gamma(duel)
    ours, theirs = _expanded(duel), _expanded(duel.swapped())
    found = min(ours, Bounded(1.0 - theirs.p, theirs.bound), key=lambda one: one.bound)
    if not found.bound <= WIDEST:
        raise UnstableError(
            f"{duel.attackers:g} against {duel.defenders:g} ({duel.law}) cannot be told within "
            f"{WIDEST:g} by the decoupled form: use the recursion, nobat.theory.duel_exact.solve"
        )
    return found


def attackers_left(duel: Duel) -> tuple[Floats, float]:
    """Probability of each number of attackers left, 0 .. their start, and the bound of the errors.

    At least x are left if they would not have been down to x - 1: the chance of winning with that
    breakpoint. At the breakpoint itself stands the chance to lose. Raises UnstableError.
    """
    low, most = int(duel.attackers_break), int(duel.attackers)
    at_least = [chance(replace(duel, attackers_break=x)) for x in range(low, most)]
    tail = np.array([1.0, *(one.p for one in at_least), 0.0])
    left = np.zeros(most + 1)
    left[low:] = tail[:-1] - tail[1:]
    return left, 2.0 * max(one.bound for one in at_least)


def _both_gamma(duel: Duel) -> Bounded:
    """Losses fall on the defender with one probability throughout: a negative binomial."""
    from scipy.special import betainc  # late: it takes a quarter of a second

    a, b = duel.attacker_rate, duel.defender_rate
    ours = duel.attackers - duel.attackers_break
    theirs = duel.defenders - duel.defenders_break
    p = float(betainc(theirs, ours, a / (a + b)))
    # The function is good to some hundred roundings of itself where it is not very small.
    return Bounded(p, 1e3 * _ROUNDING)


def _expanded(duel: Duel) -> Bounded:
    """P(S > T) by the partial fractions of S; an infinite bound where they make no sense."""
    alpha, a, b = duel.law.alpha, duel.attacker_rate, duel.defender_rate
    x = np.arange(duel.attackers_break + 1.0, duel.attackers + 1.0)
    y = np.arange(duel.defenders_break + 1.0, duel.defenders + 1.0)
    if (alpha == 0.0 and x.size > 1) or max(x.size, y.size) > _MOST_TERMS:
        return Bounded(float("nan"), float("inf"))
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        # 1 - (i / k)^alpha without cancellation; row k, column i.
        apart = -np.expm1(alpha * np.log(x[None, :] / x[:, None]))
        np.fill_diagonal(apart, 1.0)
        means = b * y**duel.law.beta
        damped = np.log1p(means[None, :] / (a * x[:, None] ** alpha)).sum(1)
        sizes = np.log(np.abs(apart))
        terms = np.prod(np.sign(apart), axis=1) * np.exp(-sizes.sum(1) - damped)
        # Each factor may be off by a few roundings, and each sum of logarithms by its size's.
        roundings = 8.0 * (x.size + y.size) + np.abs(sizes).sum(1) + damped
        bound = _ROUNDING * float(np.abs(terms) @ roundings)
        p = float(terms.sum())
    return Bounded(p, bound) if np.isfinite(bound) else Bounded(float("nan"), float("inf"))
