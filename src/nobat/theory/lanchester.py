"""Lanchester's laws without luck: what they keep, how they end, who is left (MODEL 6).

With x attackers and y defenders left,

    dy/dt = -a x^p1 y^q1,   dx/dt = -b y^p2 x^q2.

Dividing one by the other parts the sides: a x^alpha dx = b y^beta dy with alpha = p1 - q2 and
beta = p2 - q1. So each side has a worth of its own, the integral of its term from its breakpoint
to its strength; the side with more worth wins, and the difference is what it has left.

Sources: Lanchester (1916); Deitchman (1962); Bracken (1995); Taylor (1983).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

#: Worths that differ by less than this share are equal: rounding is all that parts them.
_LEVEL = 1e-13
#: How exactly times are integrated, relative.
_TOLERANCE = 1e-12

Side = Literal["attacker", "defender"]
SIDES: tuple[Side, Side] = ("attacker", "defender")


class Law(NamedTuple):
    """Exponents: defenders fall at a x^p1 y^q1, attackers at b y^p2 x^q2."""

    p1: float
    q1: float
    p2: float
    q2: float

    @property
    def alpha(self) -> float:
        """Exponent of the attacker's worth, p1 - q2."""
        return self.p1 - self.q2

    @property
    def beta(self) -> float:
        """Exponent of the defender's worth, p2 - q1."""
        return self.p2 - self.q1

    def swapped(self) -> Law:
        """The law as it looks from the other side."""
        return Law(self.p2, self.q2, self.p1, self.q1)

    def __str__(self) -> str:
        """`square`, or `p = 1, q = 0.5`."""
        names = [name for name, law in LAWS.items() if law == self]
        if names:
            return names[0]
        if (self.p1, self.q1) == (self.p2, self.q2):
            return f"p = {self.p1:g}, q = {self.q1:g}"
        return f"p = {self.p1:g} and {self.p2:g}, q = {self.q1:g} and {self.q2:g}"


#: Aimed fire on both sides; area fire; each side falls by its own number; the attacker hides, so
#: that it is hit by area fire and hits by aimed fire.
SQUARE = Law(1.0, 0.0, 1.0, 0.0)
LINEAR = Law(1.0, 1.0, 1.0, 1.0)
LOGARITHMIC = Law(0.0, 1.0, 0.0, 1.0)
GUERRILLA = Law(1.0, 0.0, 1.0, 1.0)
LAWS = {"square": SQUARE, "linear": LINEAR, "log": LOGARITHMIC, "guerrilla": GUERRILLA}


def bracken(p: float, q: float) -> Law:
    """The same exponents on both sides: losses go with the enemy's number^p times the own^q."""
    return Law(p, q, p, q)


@dataclass(frozen=True)
class Duel:
    """Two sides that fight until one is down to its breakpoint.

    attackers, defenders: strengths at the start; attacker_rate a, defender_rate b: what one
    attacker, one defender kills in a unit of time (where p = 1 and q = 0; else as the law has
    it); a side whose strength is at its breakpoint is beaten.
    """

    attackers: float
    defenders: float
    attacker_rate: float
    defender_rate: float
    law: Law = SQUARE
    attackers_break: float = 0.0
    defenders_break: float = 0.0

    def defenders_fall(self, x: float, y: float) -> float:
        """Defenders lost in a unit of time, a x^p1 y^q1; none without firers or targets."""
        if x <= 0.0 or y <= 0.0:
            return 0.0
        return float(self.attacker_rate * x**self.law.p1 * y**self.law.q1)

    def attackers_fall(self, x: float, y: float) -> float:
        """Attackers lost in a unit of time, b y^p2 x^q2."""
        return self.swapped().defenders_fall(y, x)

    def swapped(self) -> Duel:
        """The same duel with the sides' names exchanged."""
        return Duel(
            self.defenders, self.attackers, self.defender_rate, self.attacker_rate,
            self.law.swapped(), self.defenders_break, self.attackers_break,
        )  # fmt: skip

    def attackers_worth(self) -> float:
        """Worth of the attackers down to their breakpoint; infinite if that is never reached."""
        return self.attacker_rate * _integral(self.law.alpha, self.attackers_break, self.attackers)


class Ending(NamedTuple):
    """How it ends: who wins, who is left, after how long.

    winner is None where both reach their breakpoints together or neither ever does; then, and
    where the duration is infinite, the strengths are those that are approached.
    """

    winner: Side | None
    attackers: float
    defenders: float
    duration: float


def invariant(duel: Duel, x: float, y: float) -> float:
    """What the fight keeps: a x^(alpha + 1) / (alpha + 1) - b y^(beta + 1) / (beta + 1).

    A logarithm stands for the power where its exponent is 0. The square law keeps
    (a x^2 - b y^2) / 2, the linear one a x - b y, the logarithmic one a ln x - b ln y.
    """
    return duel.attacker_rate * _primitive(duel.law.alpha, x) - (
        duel.defender_rate * _primitive(duel.law.beta, y)
    )


def ending(duel: Duel) -> Ending:
    """How the fight ends, without luck."""
    other = duel.swapped()
    ours, theirs = duel.attackers_worth(), other.attackers_worth()
    if math.isinf(ours) and math.isinf(theirs):
        return Ending(None, duel.attackers_break, duel.defenders_break, math.inf)
    if math.isclose(ours, theirs, rel_tol=_LEVEL):
        time = _time(duel, theirs, level=True)
        return Ending(None, duel.attackers_break, duel.defenders_break, time)
    if ours > theirs:
        left = _after(duel, theirs)
        return Ending("attacker", left, duel.defenders_break, _time(duel, theirs))
    left = _after(other, ours)
    return Ending("defender", duel.attackers_break, left, _time(other, ours))


def square_ending(attackers: float, defenders: float, a: float, b: float) -> Ending:
    """The square law to annihilation, in closed form.

    The side with the larger rate times strength^2 wins. Of the attackers
    sqrt((a x0^2 - b y0^2) / a) are left after artanh(sqrt(b y0^2 / (a x0^2))) / sqrt(a b); parity
    never ends.
    """
    if math.isclose(a * attackers**2, b * defenders**2, rel_tol=_LEVEL):
        return Ending(None, 0.0, 0.0, math.inf)
    if a * attackers**2 < b * defenders**2:
        found = square_ending(defenders, attackers, b, a)
        return Ending("defender", 0.0, found.attackers, found.duration)
    ratio = math.sqrt(b / a) * defenders / attackers
    # 1 - ratio^2 by its factors: near parity the squares are too close to be subtracted.
    left = attackers * math.sqrt((1.0 - ratio) * (1.0 + ratio))
    return Ending("attacker", left, 0.0, math.atanh(ratio) / math.sqrt(a * b))


def _primitive(exponent: float, s: float) -> float:
    """The power of which s^exponent is the derivative: s^(e + 1) / (e + 1), ln s at e = -1."""
    if s <= 0.0 and exponent <= -1.0:
        return -math.inf
    if exponent == -1.0:
        return math.log(s)
    return float(s ** (exponent + 1.0) / (exponent + 1.0))


def _integral(exponent: float, low: float, high: float) -> float:
    """The integral of s^exponent from low to high, without cancellation; infinite where it is."""
    c = exponent + 1.0
    if low <= 0.0:
        return float(high**c / c) if c > 0.0 else math.inf
    length = math.log(high / low)
    return length if c == 0.0 else float(-(high**c) * math.expm1(-c * length) / c)


def _lower(exponent: float, high: float, area: float) -> float:
    """The low end for which the integral of s^exponent up to `high` is `area`."""
    c = exponent + 1.0
    if c == 0.0:
        return high * math.exp(-area)
    rest = -c * area / high**c
    return high * math.exp(math.log1p(rest) / c) if rest > -1.0 else 0.0


def _after(duel: Duel, spent: float) -> float:
    """Attackers left once they have spent so much worth."""
    left = _lower(duel.law.alpha, duel.attackers, spent / duel.attacker_rate)
    return min(max(left, duel.attackers_break), duel.attackers)


def _time(duel: Duel, theirs: float, level: bool = False) -> float:
    """Time until the defenders, whose worth is `theirs`, are at their breakpoint.

    The integral of dy / (a x(y)^p1 y^q1), in u = y^(1 - q1) / (1 - q1) or ln y, which takes the
    singular part out. level: the attackers reach their breakpoint at the same time.
    """
    low, high, q1 = duel.defenders_break, duel.defenders, duel.law.q1
    if (low <= 0.0 and q1 >= 1.0) or (level and _never(duel)):
        return math.inf
    if duel.law == SQUARE and low == 0.0 and not level:
        found = square_ending(duel.attackers, high, duel.attacker_rate, duel.defender_rate)
        return found.duration
    from scipy.integrate import quad  # late: it takes a quarter of a second

    beta, b = duel.law.beta, duel.defender_rate
    to_u, to_y = _unbent(q1)

    def slowness(u: float) -> float:
        x = _after(duel, b * _integral(beta, to_y(u), high))
        return float(x**-duel.law.p1 / duel.attacker_rate) if x > 0.0 else 0.0

    ends = to_u(low), to_u(high)
    try:
        found = quad(slowness, *ends, epsabs=0.0, epsrel=_TOLERANCE, limit=500, full_output=1)
    except OverflowError:  # next to nobody is left to finish it: longer than can be told
        return math.inf
    return float(found[0])


def _unbent(q: float) -> tuple[Callable[[float], float], Callable[[float], float]]:
    """The primitive of y^-q and its inverse."""
    c = 1.0 - q
    if c == 0.0:
        return math.log, math.exp
    return lambda y: y**c / c, lambda u: max(c * u, 0.0) ** (1.0 / c)


def _never(duel: Duel) -> bool:
    """Whether two sides that are level come ever closer to their breakpoints without reaching them.

    Near the end x goes with y^((beta + 1) / (alpha + 1)), and a time integral of y^-1 has no end.
    """
    law = duel.law
    if duel.attackers_break > 0.0:
        return duel.defenders_break <= 0.0 and law.q1 >= 1.0
    if duel.defenders_break > 0.0:
        return law.q2 >= 1.0
    return law.q1 + law.p1 * (law.beta + 1.0) / (law.alpha + 1.0) >= 1.0


def almost(duel: Duel, share: float) -> Duel:
    """The duel with both breakpoints raised to at least this share of the start."""
    return replace(
        duel,
        attackers_break=max(duel.attackers_break, share * duel.attackers),
        defenders_break=max(duel.defenders_break, share * duel.defenders),
    )
