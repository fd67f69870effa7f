"""Fire policy: who is fired at, and what false fire does to residents (MODEL 10).

Positive identification as signal detection. The evidence that a source shows is normal with
deviation 1: around 0 from a non-combatant, around d' from a combatant. It is engaged where the
evidence passes the criterion lambda. No identification parameters are published for ground
forces, so they are always swept.

Source: Green and Swets (1966), Signal detection theory and psychophysics.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from nobat.model.compiled import scalar


class Terms(NamedTuple):
    """Whom the attackers meet, and what a false engagement costs.

    contacts_per_day: encounters with non-combatants a day, with 1,000 residents near and a fully
    manned front; harm_per_engagement: index; outside_share: of the residents, those who are near
    while the fight is in the layers outside the core; gathering_share g: of the targets, those in
    gatherings; gathering_harm: of one there, as a multiple.
    """

    contacts_per_day: float
    harm_per_engagement: float
    outside_share: float
    gathering_share: float
    gathering_harm: float


def passes(z: float) -> float:
    """Chance that a standard normal number passes z: 1 - Phi(z) = erfc(z / sqrt 2) / 2."""
    return 0.5 * math.erfc(z * 0.7071067811865476)


def rates(d_prime: float, criterion: float) -> tuple[float, float]:
    """True-positive and false-positive rates: TPR = 1 - Phi(lambda - d'), FPR = 1 - Phi(lambda).

    The shares of combatants and of non-combatants who are met and fired at.
    """
    return passes(criterion - d_prime), passes(criterion)


def on_target(tpr: float, gathering_share: float, spare_gatherings: bool) -> float:
    """What the attackers' fire is multiplied by: TPR; TPR (1 - g) where gatherings are spared."""
    return tpr * (1.0 - gathering_share) if spare_gatherings else tpr


@scalar
def residents_near(terms: Terms, residents: float, in_core: bool) -> float:
    """Residents who can be met: all of them in the core, the outside share of them before it."""
    return residents if in_core else residents * terms.outside_share


@scalar
def false_per_day(terms: Terms, near: float, manning: float, fpr: float) -> float:
    """Non-combatants taken for combatants, a day: contacts_per_day x near / 1,000 x manning x FPR.

    near: residents who can be met, persons; manning: how full the front is, in [0, 1].
    """
    return terms.contacts_per_day * near / 1000.0 * manning * fpr


@scalar
def harm_per_day(
    terms: Terms, near: float, manning: float, fpr: float, spare_gatherings: bool
) -> float:
    """Expected harm to residents a day, index: contacts x FPR x harm of one false engagement.

    near: residents who can be met, persons (`residents_near`); manning: how full the front is,
    persons in contact over the frontage, in [0, 1]; fpr: from `rates`. Contacts a day are
    contacts_per_day x near / 1,000 x manning. The share g of them in gatherings counts
    gathering_harm times, or not at all where gatherings are spared: (1 - g) + g x gathering_harm,
    or 1 - g.
    """
    weight = 1.0 - terms.gathering_share
    if not spare_gatherings:
        weight += terms.gathering_share * terms.gathering_harm
    return false_per_day(terms, near, manning, fpr) * terms.harm_per_engagement * weight
