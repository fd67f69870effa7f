"""Attrition: what each side's fire costs the other, and suicide attacks (MODEL 6).

Bracken's form of Lanchester's laws, with whole persons: over a step each of n persons under a
total loss rate L falls with probability 1 - exp(-L step / n), independently. As the step goes
to 0 this is the pure-death Markov chain of stochastic Lanchester theory.

Sources: Lanchester (1916); Deitchman (1962); Bracken (1995).
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nobat.model import luck
from nobat.model.compiled import piece, scalar
from nobat.model.luck import Address


class Terms(NamedTuple):
    """Rates a day and exponents: a, p1, q1 of the attacker's fire; b, p2, q2 of the defender's.

    Square law p = 1, q = 0; linear 1, 1; logarithmic 0, 1.
    """

    a: float
    p1: float
    q1: float
    b: float
    p2: float
    q2: float


class Suicide(NamedTuple):
    """How often, and at what cost.

    Attacks a day by a full garrison on assaulting and on holding attackers (each keeps its own
    distance, see `suicide_rate`); the mean toll of one at a full frontage, persons.
    """

    assault_per_day: float
    hold_per_day: float
    toll_mean: float


@scalar
def loss_rate(rate: float, firing: float, p: float, targets: float, q: float) -> float:
    """Losses a day: rate * firing^p * targets^q; none without firers or without targets.

    The laws' own exponents 0 and 1 need no powers; others go through logarithms, which both
    sides' fire share.
    """
    if firing <= 0.0 or targets <= 0.0:
        return 0.0
    if p == 1.0 and q == 0.0:
        return rate * firing
    if p == 1.0 and q == 1.0:
        return rate * firing * targets
    return rate * math.exp(p * math.log(firing) + q * math.log(targets))


@scalar
def losses(n: float, per_day: float, step_d: float, u: float, expected: bool) -> float:
    """Persons lost of n in one step under a total loss rate per day.

    Whole persons from the uniform u, or the expected number where `expected` (mean field).
    """
    if n <= 0.0 or per_day <= 0.0:
        return 0.0
    x = per_day * step_d / n
    if expected:
        return -n * math.expm1(-x)
    return luck.binomial(n, x, u)


def suicide_rate(per_day: float, distance_km: float, scale_km: float) -> float:
    """Suicide attacks a day at a distance kept: per_day exp(-distance / scale).

    per_day: attacks of a full garrison at distance 0. It falls further with the garrison lost.
    """
    return per_day * math.exp(-distance_km / scale_km)


@scalar
def suicide_toll(terms: Suicide, contact: float, frontage: float) -> float:
    """Mean toll of one attack: in proportion to how densely the front is manned."""
    return terms.toll_mean * contact / frontage


@piece
def fall_on_units(
    strength: NDArray[np.float64],
    present: NDArray[np.float64],
    hazard: float,
    at: Address,
    expected: bool,
) -> float:
    """Fire falls on the persons present, unit by unit; returns the persons lost.

    strength: persons of each unit, lowered here; present: the share of them who can be hit, 0
    for a unit at no post; hazard: of one person present, over the step. Units are drawn four at
    a time, because one call of the generator gives four numbers.
    """
    total = 0.0
    for block in range((strength.size + 3) // 4):
        end = min(4 * block + 4, strength.size)
        anybody = 0.0
        for i in range(4 * block, end):
            anybody += present[i]
        if anybody <= 0.0:
            continue
        numbers = (0.5, 0.5, 0.5, 0.5)
        if not expected:
            numbers = luck.four(at, luck.ATTACKER_LOSS, block)
        for i in range(4 * block, end):
            x = hazard * present[i]
            lost = 0.0
            if expected:
                lost = -strength[i] * math.expm1(-x)
            elif numbers[i - 4 * block] > 1.0 - strength[i] * x:  # else nobody: see binomial
                lost = luck.binomial(strength[i], x, numbers[i - 4 * block])
            strength[i] -= lost
            total += lost
    return total


@piece
def suicide_attacks(
    strength: NDArray[np.float64],
    present: NDArray[np.float64],
    before: int,
    attacks: int,
    toll_mean: float,
    at: Address,
) -> float:
    """So many attacks, each on one unit chosen by its persons present; returns the persons lost.

    before: attacks that this step has seen elsewhere.

    The toll is a geometric count (skewed: most do little, a few much), at most all those present
    of the unit that is hit.
    """
    total = 0.0
    for attack in range(before, before + attacks):
        u_toll, u_unit, _, _ = luck.four(at, luck.SUICIDE, attack)
        aim = u_unit * exposed(strength, present)
        for i in range(strength.size):
            there = present[i] * strength[i]
            aim -= there
            if there > 0.0 and aim <= 0.0:
                lost = min(luck.geometric(toll_mean, u_toll), math.floor(there))
                strength[i] -= lost
                total += lost
                break
    return total


@piece
def expected_suicide_losses(
    strength: NDArray[np.float64], present: NDArray[np.float64], toll: float
) -> float:
    """The mean-field counterpart: a toll spread over the units by their persons present."""
    everyone = exposed(strength, present)
    if everyone <= 0.0:
        return 0.0
    toll = min(toll, everyone)
    for i in range(strength.size):
        strength[i] -= toll * present[i] * strength[i] / everyone
    return toll


@piece
def exposed(strength: NDArray[np.float64], present: NDArray[np.float64]) -> float:
    """Persons who can be hit: sum of x_i n_i."""
    total = 0.0
    for i in range(strength.size):
        total += present[i] * strength[i]
    return total
