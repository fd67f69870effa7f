"""The first half of a step: contact, and what fire costs both sides (MODEL 5, 6 and 8)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from nobat.engine.exact.ground import Grounds
from nobat.engine.exact.law import Bools, Floats, Ints, Law, Trim, joined, of_rows, summed, thinned
from nobat.engine.exact.numbers import Numbers
from nobat.engine.exact.space import Space


class Cells(NamedTuple):
    """States in which a step begins, each on its ground, (C,)."""

    ground: Ints
    state: Ints


class Contact(NamedTuple):
    """What the fire of a step hangs on, cell by cell, (C,).

    ground; met: whether there is anybody in contact; sigma: suppression; of_attackers,
    of_garrison: the hazard of one person over the step, where he is exposed in full.
    """

    ground: Ints
    met: Bools
    sigma: Floats
    of_attackers: Floats
    of_garrison: Floats


def meet(given: Numbers, grounds: Grounds, space: Space, cells: Cells) -> Contact:
    """Contact and the losses that it brings.

    n_c = min(F, sum x_i n_i), A = n_c, B = min(m, F), P = A/B, sigma = P/(P + P_half); where only
    a part of the fire is exchanged, of that part. Losses a day: of the defender a A^p1 B^q1
    (1 - shield), of the attacker b B^p2 n_c^q2, each shared equally by those who can be hit.
    """
    terms, part = given.fire, grounds.fire[cells.ground]
    offered = np.zeros(cells.state.size)
    for i in range(space.units):
        offered += grounds.weight[cells.ground, i] * space.count(cells.state, i)
    offered[part <= 0.0] = 0.0
    column = space.garrison + grounds.front[cells.ground]
    garrison = space.count(cells.state, column).astype(np.float64)
    engaged, facing = np.minimum(offered, terms.frontage), np.minimum(garrison, terms.frontage)
    strength = part * engaged
    fallen = _rate(terms.a, strength, terms.p1, facing, terms.q1)
    fallen *= 1.0 - grounds.shield[cells.ground]
    toll = _rate(terms.b, part * facing, terms.p2, strength, terms.q2)
    return Contact(
        ground=cells.ground,
        met=engaged > 0.0,
        sigma=_each(strength, strength + terms.pressure_half * facing),  # P/(P + P_half), P = A/B
        of_attackers=_each(toll, offered) * given.step_d,
        of_garrison=_each(fallen, garrison) * given.step_d,
    )


def _rate(rate: float, firing: Floats, p: float, targets: Floats, q: float) -> Floats:
    """Losses a day: rate firing^p targets^q; none without firers or without targets."""
    there = (firing > 0.0) & (targets > 0.0)
    return np.where(there, rate * np.power(firing, p) * np.power(targets, q), 0.0)


def _each(losses: Floats, persons: Floats) -> Floats:
    return np.divide(losses, persons, out=np.zeros_like(losses), where=persons > 0.0)


class Shot(NamedTuple):
    """A law after an exchange of fire, labelled by cell; losses expected from each cell, (C,)."""

    law: Law
    attackers: Floats
    defenders: Floats


def shoot(
    given: Numbers, grounds: Grounds, space: Space, cells: Cells, contact: Contact, trim: Trim
) -> Shot:
    """Fire of both sides at the strengths that the step began with, and the units that it spends.

    It falls on the garrison in contact, and on each unit on its own.
    """
    every = np.arange(cells.state.size)
    column = space.garrison + grounds.front[cells.ground]
    begun = Law(np.ones(every.size), every, cells.state)
    found = thinned(begun, space.count(cells.state, column), contact.of_garrison, trim)
    law = _without(found.law, found.lost, space.stride[column[found.origin]])
    defenders = _expected(law, found.lost, every.size)
    attackers = np.zeros(every.size)
    for i in range(space.units):
        hazard = contact.of_attackers * grounds.exposed[contact.ground, i]
        if hazard.any():
            found = thinned(law, space.count(law.state, i), hazard, trim)
            law = _without(found.law, found.lost, space.stride[i])
            attackers += _expected(law, found.lost, every.size)
            law = _spent(given, space, law, i, found.lost)
    return Shot(law, attackers, defenders)


def _without(law: Law, lost: Ints, stride: Ints | np.int64) -> Law:
    return law._replace(state=law.state - lost * stride)


def _expected(law: Law, persons: Ints, cells: int) -> Floats:
    """What is to be expected of a number of persons, cell by cell."""
    return summed(law.label, law.p * persons, cells)


def _spent(given: Numbers, space: Space, law: Law, i: int, lost: Ints) -> Law:
    """Rows in which unit i is spent after these losses, and rows in which it is not.

    Its threshold is exponential with mean mu, on top of the loss that it had when the threshold was
    drawn; so one that has held until now holds after `lost` more of n_0 persons with probability
    exp(-lost / (mu n_0)), whatever it has lost before. With nobody left it is spent for good.
    """
    gone = (lost > 0) & (space.count(law.state, i) == 0)
    holds = np.where(gone, 0.0, np.exp(-lost / (given.mean_threshold * given.strength[i])))
    stays, leaves = np.flatnonzero(holds > 0.0), np.flatnonzero(holds < 1.0)
    kept, left = of_rows(law, stays), of_rows(law, leaves)
    bits = np.where(gone[leaves], 3, 1) << (2 * i)
    left = left._replace(state=left.state + bits * space.stride[space.spent])
    return joined(
        [kept._replace(p=kept.p * holds[stays]), left._replace(p=left.p * (1.0 - holds[leaves]))]
    )
