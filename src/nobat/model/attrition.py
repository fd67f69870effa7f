"""Attrition: what each side's fire costs the other, and suicide attacks (MODEL 6).

Bracken's form of Lanchester's laws, with whole persons: over a step each of n persons under a
total loss rate L falls with probability 1 - exp(-L step / n), independently. As the step goes
to 0 this is the pure-death Markov chain of stochastic Lanchester theory.

Sources: Lanchester (1916); Deitchman (1962); Bracken (1995).
"""

from __future__ import annotations

import math
from typing import NamedTuple

from nobat.model import luck
from nobat.model.compiled import piece, scalar
from nobat.model.duty import Units
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
def logarithm(x: float) -> float:
    """Ln x; most often of 1."""
    return 0.0 if x == 1.0 else math.log(x)


@scalar
def loss_rate(rate: float, firing: float, p: float, targets: float, q: float) -> float:
    """Losses a day: rate * firing^p * targets^q; none without firers or without targets.

    The laws' own exponents 0 and 1 need no powers; others go through logarithms.
    """
    if firing <= 0.0 or targets <= 0.0:
        return 0.0
    if p == 1.0 and q == 0.0:
        return rate * firing
    if p == 1.0 and q == 1.0:
        return rate * firing * targets
    return rate * math.exp(p * math.log(firing) + q * math.log(targets))


@scalar
def exchange(
    terms: Terms, engaged: float, worth: float, facing: float, facing_worth: float
) -> tuple[float, float]:
    """Losses a day that both sides' fire costs: of the defenders, before cover, and the attackers.

    a (n e)^p1 m^q1 and b (m e_d)^p2 n^q2: n attackers engaged, each worth e; m defenders who face
    them, each worth e_d. As `loss_rate` twice; both share their logarithms.
    """
    if facing <= 0.0 or engaged <= 0.0:
        return 0.0, 0.0
    plain = terms.p1 == 1.0 and terms.p2 == 1.0
    plain = plain and (terms.q1 == 0.0 or terms.q1 == 1.0) and (terms.q2 == 0.0 or terms.q2 == 1.0)
    if plain or worth <= 0.0 or facing_worth <= 0.0:
        on_defender = loss_rate(terms.a, engaged * worth, terms.p1, facing, terms.q1)
        return on_defender, loss_rate(terms.b, facing * facing_worth, terms.p2, engaged, terms.q2)
    n, m = math.log(engaged), math.log(facing)
    on_defender = terms.a * math.exp(terms.p1 * (n + logarithm(worth)) + terms.q1 * m)
    on_attacker = terms.p2 * (m + logarithm(facing_worth)) + terms.q2 * n
    return on_defender, terms.b * math.exp(on_attacker)


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


#: Up to so many losses to be expected it is drawn how many there are and then whom they hit;
#: beyond, the losses of each unit.
FEW = 4.0


@piece
def fall_on_units(
    units: Units,
    hazard: float,
    at: Address,
    expected: bool,
) -> float:
    """Fire falls on the persons present, each with the same risk; returns the persons lost.

    units: their strengths n_i are lowered; hazard h: of one person who is there, over the step. A
    unit of which the share x_i is present loses Binomial(n_i, 1 - exp(-h x_i)).
    """
    everyone, most = 0.0, 0.0
    for i in range(units.size):
        if units[i].present > 0.0:
            everyone += units[i].strength
            most = max(most, units[i].present)
    if everyone <= 0.0:
        return 0.0
    if not expected and hazard * most * everyone <= FEW:
        return fall_on_persons(units, hazard, everyone, most, at)
    total, numbers = 0.0, (0.5, 0.5, 0.5, 0.5)
    for i in range(units.size):
        if not expected and i % 4 == 0:
            numbers = luck.four(at, luck.ATTACKER_LOSS, 1 + i // 4)
        x = hazard * units[i].present
        lost = 0.0
        if expected:
            lost = -units[i].strength * math.expm1(-x)
        elif x > 0.0:
            lost = luck.binomial(units[i].strength, x, numbers[i % 4])
        units[i].strength -= lost
        total += lost
    return total


@piece
def fall_on_persons(
    units: Units,
    hazard: float,
    everyone: float,
    most: float,
    at: Address,
) -> float:
    """`fall_on_units` where few are hit: how many might be, then who, one after the other.

    Everybody might be hit with chance 1 - exp(-h x), x the largest share present; those are
    Binomial(sum of n_i) many, and any persons are as likely as others. One of unit i who might be
    is, with chance (1 - exp(-h x_i)) / (1 - exp(-h x)).
    """
    numbers = luck.four(at, luck.ATTACKER_LOSS, 0)
    hits = luck.binomial(everyone, hazard * most, numbers[0])
    if hits <= 0.0:
        return 0.0
    for i in range(units.size):
        units[i].unhurt = units[i].strength if units[i].present > 0.0 else 0.0
    total, n, chance = 0.0, 0, -math.expm1(-hazard * most)
    while hits > 0.0:
        hits -= 1.0
        n += 1
        if n % 4 == 0:
            numbers = luck.four(at, luck.ATTACKER_LOSS, luck.WHOM + n // 4)
        aim = numbers[n % 4] * everyone
        for i in range(units.size):
            if aim < units[i].unhurt:
                own = chance
                if units[i].present < most:
                    own = -math.expm1(-hazard * units[i].present)
                if aim * chance <= units[i].unhurt * own:
                    units[i].strength -= 1.0
                    total += 1.0
                units[i].unhurt -= 1.0
                everyone -= 1.0
                break
            aim -= units[i].unhurt
    return total


@piece
def suicide_attacks(
    units: Units,
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
        aim = u_unit * exposed(units)
        for i in range(units.size):
            there = units[i].present * units[i].strength
            aim -= there
            if there > 0.0 and aim <= 0.0:
                lost = min(luck.geometric(toll_mean, u_toll), math.floor(there))
                units[i].strength -= lost
                total += lost
                break
    return total


@piece
def expected_suicide_losses(units: Units, toll: float) -> float:
    """The mean-field counterpart: a toll spread over the units by their persons present."""
    everyone = exposed(units)
    if everyone <= 0.0:
        return 0.0
    toll = min(toll, everyone)
    for i in range(units.size):
        units[i].strength -= toll * units[i].present * units[i].strength / everyone
    return toll


@piece
def exposed(units: Units) -> float:
    """Persons who can be hit: sum of x_i n_i."""
    total = 0.0
    for i in range(units.size):
        total += units[i].present * units[i].strength
    return total
