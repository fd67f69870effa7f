"""Breaking: when a layer gives way, and when an attacking unit is spent (MODEL 8)."""

from __future__ import annotations

import math
from typing import NamedTuple

from nobat.model import luck
from nobat.model.compiled import piece, scalar
from nobat.model.duty import NEVER, RESERVE, SPENT, Policy, Units, owed
from nobat.model.luck import Address

#: Fewer than half a person is nobody: whole persons come to 0, the mean field never quite does.
NOBODY = 0.5
#: By what part of a turn the quantiles of the thresholds move on with each draw: the golden
#: section, which spreads the draws of one unit as evenly as those of one time.
_GOLDEN = 0.6180339887498949

# What broke a layer, in the order of the outcomes `breaks_by_*`.
PRESSURE, LOSSES, ISOLATION, NO_RESERVE, ANNIHILATION, LEADER = 0, 1, 2, 3, 4, 5


class Terms(NamedTuple):
    """When layers, units and the attacker as a whole give way.

    hazard h0, a day; loss_weight b1; isolated_weight b2; no_reserve_weight b3; mean_loss_share at
    which a unit is spent; refit, steps; abandon_share of units spent at one time at which the
    attacker gives up.
    """

    hazard: float
    loss_weight: float
    isolated_weight: float
    no_reserve_weight: float
    mean_loss_share: float
    refit: int
    abandon_share: float


@scalar
def loss_share(garrison: float, establishment: float) -> float:
    """max(0, 1 - m / establishment): what is missing of a layer's garrison."""
    if establishment <= 0.0:
        return 0.0
    return max(0.0, 1.0 - garrison / establishment)


@scalar
def reasons(
    terms: Terms, share_lost: float, isolated: bool, no_reserve: bool
) -> tuple[float, float, float]:
    """What urges a layer to give way, besides pressure: b1 loss share, b2 and b3, each or 0."""
    return (
        terms.loss_weight * share_lost,
        terms.isolated_weight if isolated else 0.0,
        terms.no_reserve_weight if no_reserve else 0.0,
    )


@scalar
def break_hazard(
    terms: Terms, sigma: float, share_lost: float, isolated: bool, no_reserve: bool, leader: float
) -> float:
    """Hazard a day of a layer: sigma h0 exp(b1 loss share + b2 isolated + b3 no reserve + x4).

    leader: x4, that is b4 where the leader is believed dead, else 0. No pressure (sigma = 0), no
    break.
    """
    x1, x2, x3 = reasons(terms, share_lost, isolated, no_reserve)
    return sigma * terms.hazard * math.exp(x1 + x2 + x3 + leader)


@scalar
def cause_shares(
    terms: Terms, share_lost: float, isolated: bool, no_reserve: bool, leader: float
) -> tuple[float, float, float, float]:
    """What parts of a layer's hazard are pressure's own, its losses', isolation's, the leader's.

    Of the hazard h0 exp(x1 + x2 + x3 + x4), h0 is pressure's own; the rest is shared as x1 to x2
    to x3 to x4 (`leader`). What is left of 1 is for want of a reserve.
    """
    x1, x2, x3 = reasons(terms, share_lost, isolated, no_reserve)
    total = x1 + x2 + x3 + leader
    if total <= 0.0:
        return 1.0, 0.0, 0.0, 0.0
    own = math.exp(-total)
    rest = 1.0 - own
    return own, rest * x1 / total, rest * x2 / total, rest * leader / total


@scalar
def break_cause(
    terms: Terms, share_lost: float, isolated: bool, no_reserve: bool, leader: float, u: float
) -> int:
    """What a break is put down to, drawn in proportion to each reason's part of the hazard."""
    own, losses, cut, led = cause_shares(terms, share_lost, isolated, no_reserve, leader)
    if u < own:
        return PRESSURE
    if u < own + losses:
        return LOSSES
    if u < own + losses + cut:
        return ISOLATION
    return LEADER if u < own + losses + cut + led else NO_RESERVE


@scalar
def threshold(terms: Terms, at: Address, unit: int, units: int, deterministic: bool) -> float:
    """A further loss share after which a unit is spent: exponential with the mean of `terms`.

    The address's step says which draw of this unit it is, n = 0, 1, ... With deterministic events
    it is the quantile -mean ln(1 - x), x = (i + 1/2) / U + n g mod 1 for unit i of U, g the golden
    section: spread evenly over the units, and over the draws of each unit, so that no unit is the
    weakest for good.
    """
    if deterministic:
        x = (unit + 0.5) / units + at.step * _GOLDEN
        return -terms.mean_loss_share * math.log(1.0 - (x - math.floor(x)))
    return luck.exponential(terms.mean_loss_share, luck.uniform(at, luck.THRESHOLD, unit))


@piece
def spend(u: Units, terms: Terms, t: int) -> int:
    """Units that are down to their limit, `spent_at`, leave to refit. Returns how many.

    A unit with nobody left never returns.
    """
    count = 0
    for i in range(u.size):
        if u[i].strength > max(NOBODY, u[i].spent_at) or u[i].duty == SPENT:
            continue
        u[i].duty = SPENT
        u[i].surge = False
        u[i].age = 0
        u[i].rested_from = t
        u[i].rest_due = terms.refit if u[i].strength > NOBODY else NEVER
        count += 1
    return count


@piece
def refitted(u: Units, p: Policy, i: int, t: int) -> bool:
    """Whether unit i comes back from refit at step t; if so it stands in reserve, rested."""
    if u[i].duty != SPENT or t < u[i].rested_from + u[i].rest_due:
        return False
    u[i].debt = owed(u, p, i, t)
    u[i].duty = RESERVE
    u[i].in_reserve_from = t
    u[i].rested_from = t - p.recovery - p.rest
    u[i].rest_due = p.recovery + p.rest
    return True
