"""Recurrence: the attacks of those who are left, after the campaign (MODEL 13).

A self-exciting process (Hawkes 1971). Attacks that nothing provoked, the roots, come at the rate
mu; each attack, root or not, raises the rate by theta omega exp(-omega s) after s days. So an
attack has theta others for offspring on average, Poisson in number, each after an exponential delay
of mean 1 / omega, and a root with all that follows from it counts 1 / (1 - theta) attacks.

It is drawn by branching (Hawkes and Oakes 1974), each root with its own family. Offspring still to
come all wait for the same exponential time, however old their parents are: so their number is all
that is kept, and the next of n comes after an exponential time of rate n omega. That is exact, and
needs no list of attacks.

Sources: theta and the time over which attacks follow on each other: Lewis, Mohler, Brantingham and
Bertozzi (2012); Mohler (2013); Porter and White (2012). Attacks for each fighter: weak, see the
scenario.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nobat.model import luck
from nobat.model.compiled import kernel, scalar
from nobat.model.luck import Address

#: Days of a mean month, and the fighters that incidents are counted for.
MONTH_D, FIGHTERS = 30.44, 100.0


class Terms(NamedTuple):
    """What comes of the residual force.

    incidents: attacks of 100 fighters in a month, in all; theta: attacks that one provokes, below
    1; omega: rate at which they come, per day; days: how long after the end attacks are counted;
    standing: share of those still in layers or in reserve who belong to the residual force.
    """

    on: bool
    incidents: float
    theta: float
    omega: float
    days: float
    standing: float


@scalar
def residual_force(escaped: float, under_arms: float, standing: float) -> float:
    """Persons who can come back: those who got away, and a share of those still under arms.

    R = escaped + standing x (in layers + in reserve). Who surrendered does not count.
    """
    return escaped + standing * under_arms


@scalar
def root_rate(residual: float, incidents: float, theta: float) -> float:
    """Attacks a day that no other provoked: mu = (1 - theta) c R / 100 / 30.44.

    In the long run all attacks together then come at c R / 100 a month, whatever theta is.
    """
    return (1.0 - theta) * incidents * residual / (FIGHTERS * MONTH_D)


@scalar
def expected_attacks(mu: float, theta: float, omega: float, days: float) -> float:
    """Expected attacks in so many days, from a start without any.

    mu T / (1 - theta) [1 - theta (1 - exp(-kT)) / (kT)], k = omega (1 - theta): the roots, times
    what follows from each, less what follows only after T. mu, omega: per day.
    """
    x = omega * (1.0 - theta) * days
    later = -math.expm1(-x) / x if x > 0.0 else 1.0
    return mu * days / (1.0 - theta) * (1.0 - theta * later)


@scalar
def family(at: Address, u: float, theta: float, omega: float, left: float) -> float:
    """How many attacks a root and all that follow from it are, in the `left` days after it.

    at.step: the number of the root; u: a uniform for the offspring of the root itself.
    """
    size, to_come, block = 1.0, luck.poisson(theta, u), 0
    while to_come > 0:
        block += 1
        u, v, _, _ = luck.four(at, luck.RECURRENCE, block)
        left -= luck.exponential(1.0 / (omega * to_come), u)
        if left < 0.0:
            break
        size += 1.0
        to_come += luck.poisson(theta, v) - 1
    return size


@scalar
def attacks(
    seed: int, replication: int, mu: float, theta: float, omega: float, days: float
) -> tuple[float, float]:
    """(attacks in so many days, day of the first) of one replication; NaN where there is none.

    The first attack is always a root. Root k has luck of its own, so that a larger force has the
    roots of a smaller one, sooner, and their families longer.
    """
    count, first, day, root = 0.0, np.nan, 0.0, 0
    if mu <= 0.0:
        return count, first
    while True:
        root += 1
        at = Address(seed, replication, root)
        u, v, _, _ = luck.four(at, luck.RECURRENCE, 0)
        day += luck.exponential(1.0 / mu, u)
        if day > days:
            return count, first
        if root == 1:
            first = day
        count += family(at, v, theta, omega, days - day)


@scalar
def expected_first(mu: float, days: float) -> float:
    """The day on which the integrated rate of roots reaches 1: 1 / mu; NaN beyond `days`."""
    return 1.0 / mu if mu * days >= 1.0 else np.nan


@kernel
def sample(
    terms: Terms, mu: float, seed: int, first: int, counts: NDArray[np.float64],
    days: NDArray[np.float64],
) -> None:  # fmt: skip
    """Replications first, first + 1, ...: fill the attacks of each and the day of its first one."""
    for k in range(counts.size):
        counts[k], days[k] = attacks(seed, first + k, mu, terms.theta, terms.omega, terms.days)
