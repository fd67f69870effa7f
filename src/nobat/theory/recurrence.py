"""Attacks after a campaign, in closed form: a self-exciting process from an empty start (MODEL 13).

Roots come at the rate mu; every attack provokes theta others on average, Poisson in number, each
after an exponential delay of rate omega. The same as in the model's own draws, written down once
more so that each is held against the other.

A family is a root and all that follows from it. With k = omega (1 - theta) its expected size by
age r is m(r) = (1 - theta exp(-kr)) / (1 - theta), and its second moment solves
s = m^2 + theta omega exp(-omega .) * s; families are independent, so the attacks in T days have
mean mu int_0^T m and variance mu int_0^T s. Their law follows from its generating function
(`distribution`).

Sources: Hawkes (1971); Hawkes and Oakes (1974); the moments by the renewal argument above.
"""

from __future__ import annotations

import math
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]

#: Days of a mean month, and the fighters that incidents are counted for.
MONTH_D, FIGHTERS = 30.44, 100.0
#: In so many times 1 / k a family has settled to rounding.
_SETTLED = 40.0
#: Chances below this are left out of a distribution, and at most so much work is put into one.
_TAIL, _MOST_WORK = 1e-12, 4e6
_TOLERANCE = 1e-10
_FAR = 12.0
#: Terms of a power series in at most 2, with factorials below: what follows is rounding.
_TERMS = 30


class Process(NamedTuple):
    """Attacks of a residual force.

    residual R: persons; incidents c: attacks of 100 of them in a month, in all; theta: attacks
    that one provokes, below 1; omega: per day.
    """

    residual: float
    incidents: float
    theta: float
    omega: float

    @property
    def root_rate(self) -> float:
        """Attacks a day that nothing provoked: mu = (1 - theta) c R / 100 / 30.44."""
        return (1.0 - self.theta) * self.incidents * self.residual / (FIGHTERS * MONTH_D)

    @property
    def family_size(self) -> float:
        """Attacks that come of one root in the end, itself included: 1 / (1 - theta)."""
        return 1.0 / (1.0 - self.theta)

    @property
    def settling(self) -> float:
        """How fast the mean rate nears its limit: k = omega (1 - theta), per day."""
        return self.omega * (1.0 - self.theta)


def rate(process: Process, day: float) -> float:
    """Expected attacks a day, so many days after the end: mu (1 - theta exp(-kt)) / (1 - theta)."""
    young = math.exp(-process.settling * day)
    return process.root_rate * (1.0 - process.theta * young) * process.family_size


def expected(process: Process, days: float) -> float:
    """Expected attacks: mu T / (1 - theta) [1 - theta (1 - exp(-kT)) / (kT)]."""
    theta, grown = process.theta, _grown(process, days)
    return process.root_rate * days * process.family_size * (1.0 - theta + theta * grown.missed)


def variance(process: Process, days: float) -> float:
    """Variance of the attacks in T days.

    mu / (1 - theta)^2 {T - 2 theta A + theta^2 B + theta / (1 - theta) [T - A - 2 theta C
    + theta^2 (A - B)]}, A and B the integrals of exp(-kr) and exp(-2kr) over 0 .. T, C that of
    k r exp(-kr). As T grows it nears mu T / (1 - theta)^3.
    """
    theta, size, grown = process.theta, process.family_size, _grown(process, days)
    left = 1.0 - theta
    own = left**2 + 2.0 * theta * left * grown.missed + theta**2 * grown.missed_square
    return process.root_rate * days * size**2 * (own + theta * size * grown.offspring)


def p_none(process: Process, days: float) -> float:
    """Chance of no attack at all in T days: the first is a root, so exp(-mu T)."""
    return math.exp(-process.root_rate * days)


def distribution(process: Process, days: float) -> Floats | None:
    """The chance of 0, 1, 2, ... attacks in T days; None where that is too much work.

    With G(r, z) the generating function of a family by age r, H' = omega (G - 1 - H), H(0) = 0 and
    G = z exp(theta H); that of all attacks is exp(mu int_0^T (G - 1) dr). It is solved at roots of
    unity and turned back by a Fourier transform.
    """
    theta, mu = process.theta, process.root_rate
    if mu * days <= 0.0:
        return np.ones(1)
    # Families have tails exp(-n (theta - 1 - ln theta)) (Borel 1942).
    fall = theta - 1.0 - math.log(theta) if theta > 0.0 else math.inf
    far = expected(process, days) + _FAR * math.sqrt(variance(process, days))
    points = 2 * math.ceil((far - math.log(_TAIL) / fall + 30.0) / 2.0)
    settled = min(days, _SETTLED / process.settling)
    if points * max(1.0, process.omega * settled) > _MOST_WORK:
        return None
    z = np.exp(-2j * np.pi * np.arange(points // 2 + 1) / points)
    log = mu * _log_family(process, z, settled, days)
    chances = np.fft.irfft(np.exp(log), points)
    chances = np.maximum(chances, 0.0)
    last = int(np.flatnonzero(chances > _TAIL)[-1])
    found: Floats = chances[: last + 1] / chances[: last + 1].sum()
    return found


def _log_family(
    process: Process, z: NDArray[np.complex128], settled: float, days: float
) -> NDArray[np.complex128]:
    """The integral of G - 1 over the ages 0 .. days; after `settled` days G no longer changes."""
    from scipy.integrate import solve_ivp  # late: it is slow to load

    theta, omega, half = process.theta, process.omega, z.size

    def change(_: float, state: NDArray[np.complex128]) -> NDArray[np.complex128]:
        h = state[:half]
        gain = z * np.exp(theta * h) - 1.0
        return np.concatenate([omega * (gain - h), gain])

    start = np.zeros(2 * half, np.complex128)
    end = solve_ivp(
        change, (0.0, settled), start, method="DOP853", rtol=_TOLERANCE, atol=_TOLERANCE
    ).y[:, -1]
    rest = z * np.exp(theta * end[:half]) - 1.0
    total: NDArray[np.complex128] = end[half:] + (days - settled) * rest
    return total


def quantiles(chances: Floats, *levels: float) -> tuple[int, ...]:
    """The least number of attacks that is not exceeded with each of these probabilities."""
    reached = np.cumsum(chances)
    return tuple(int(np.searchsorted(reached, level * reached[-1])) for level in levels)


class _Grown(NamedTuple):
    """Means over the ages 0 .. T, with E = exp(-kr): of 1 - E, of its square, and of offspring.

    offspring: 1 - E - 2 theta k r E + theta^2 (E - E^2), its part in the variance.
    """

    missed: float
    missed_square: float
    offspring: float


def _grown(process: Process, days: float) -> _Grown:
    """Those means: as they stand, or as power series where differences would lose their digits."""
    theta, x = process.theta, process.settling * days
    if x >= 1.0:
        a, b = -math.expm1(-x) / x, -math.expm1(-2.0 * x) / (2.0 * x)
        c = a - math.exp(-x)
        offspring = 1.0 - a - 2.0 * theta * c + theta**2 * (a - b)
        return _Grown(1.0 - a, 1.0 - 2.0 * a + b, offspring)
    missed = square = offspring = 0.0
    power = 1.0
    for n in range(1, _TERMS):
        power *= -x / n
        mean = power / (n + 1)  # of (-kr)^n / n! over the ages
        missed -= mean
        square += mean * (2.0**n - 2.0)
        offspring += mean * _coefficient(theta, n)
    return _Grown(missed, square, offspring)


def _coefficient(theta: float, n: int) -> float:
    """-1 + 2 theta n + theta^2 (1 - 2^n), in factors where it vanishes as theta nears 1."""
    if n == 1:
        return -((1.0 - theta) ** 2)
    if n == 2:
        return -(1.0 - theta) * (1.0 - 3.0 * theta)
    return -1.0 + 2.0 * theta * n + theta**2 * (1.0 - 2.0**n)
