"""Works and order: the defence that rebuilds itself whenever pressure pauses (MODEL 7).

No published model of how ground layers regenerate was found: this one is structure, not
evidence, and its rates are always swept.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from nobat.model import luck
from nobat.model.attrition import losses
from nobat.model.compiled import Records, piece, scalar
from nobat.model.fading import fading
from nobat.model.luck import Address


class Terms(NamedTuple):
    """How works and order protect, wear and recover.

    works_protection p_w; order_protection p_q; rebuild rho_w, a day; wear beta, a day and person
    of fighting strength; reorganise tau_q, days; shock: what a layer's order is multiplied by
    when survivors fall back through it; reinforce tau_r, days; speed v of the reserve, km a day;
    cut_off_share iota: the part of the rebuilding that hangs on what is brought up; material: of
    the complete works of one layer, t. missing_*: what is left, after a step without pressure, of
    what was missing: of the works with all material and with none, and of the order.
    """

    works_protection: float
    order_protection: float
    rebuild: float
    wear: float
    reorganise: float
    shock: float
    reinforce: float
    speed: float
    cut_off_share: float
    material: float
    missing_supplied: float
    missing_cut_off: float
    missing_order: float


class CounterAttack(NamedTuple):
    """When the defence strikes back, and what a retaken layer is worth.

    per_day h_ca; ratio kappa; reserve_reaction: steps after which a reserve unit counts; works
    and order of a retaken layer.
    """

    per_day: float
    ratio: float
    reserve_reaction: int
    retaken_works: float
    retaken_order: float


@scalar
def shield(works: float, order: float, p_w: float, p_q: float) -> float:
    """Protection of a garrison: 1 - (1 - p_w w)(1 - p_q q), in [0, 1)."""
    return 1.0 - (1.0 - p_w * works) * (1.0 - p_q * order)


@scalar
def works_after(works: float, rebuild: float, wear: float, days: float) -> float:
    """Works after so many days of dw/dt = rebuild (1 - w) - wear w, exactly.

    rebuild: rho_w (1 - sigma) a day; wear: beta A a day. The share stays in [0, 1].
    """
    total = rebuild + wear
    if total <= 0.0:
        return works
    level = rebuild / total
    return level + (works - level) * fading(total * days)


@scalar
def order_after(order: float, reorganise: float, sigma: float, days: float) -> float:
    """Order after so many days of dq/dt = (1 - q)(1 - sigma) / tau_q, exactly."""
    return 1.0 - (1.0 - order) * fading((1.0 - sigma) * days / reorganise)


@scalar
def pace(terms: Terms, brought: float) -> float:
    """Rate of rebuilding without pressure, a day: rho_w (1 - iota (1 - brought)).

    brought: the share of the material asked for that comes up, 0 where the place is cut off.
    """
    return terms.rebuild * (1.0 - terms.cut_off_share * (1.0 - brought))


@piece
def unfinished(layers: Records, front: int, end: int) -> bool:
    """Whether works or order of some layer, front .. end - 1, are less than whole."""
    for layer in range(front, end):
        if layers[layer].works < 1.0 or layers[layer].order < 1.0:
            return True
    return False


@piece
def rebuilding_wanted(layers: Records, front: int, end: int, terms: Terms, sigma: float) -> float:
    """Works that layers front .. end - 1 would gain in a day with all material at hand."""
    missing = (1.0 - layers[front].works) * (1.0 - sigma)
    for layer in range(front + 1, end):
        missing += 1.0 - layers[layer].works
    return terms.rebuild * missing


@scalar
def way_up(terms: Terms, km: float) -> float:
    """Time after which the reserve moves, without pressure: tau_r + 2 d/v, days."""
    return terms.reinforce + 2.0 * km / terms.speed


@piece
def reinforcement(
    at: Address,
    place: int,
    reserve: float,
    room: float,
    sigma: float,
    delay: float,
    days: float,
    expected: bool,
) -> float:
    """Persons who reach the layer in contact in one step.

    Each of the reserve leaves at rate (1 - sigma) / delay, delay = tau_r + 2 d/v days; no more
    come than there is room for up to the establishment.
    """
    if room <= 0.0 or reserve <= 0.0:
        return 0.0
    u = 0.5 if expected else luck.uniform(at, luck.RARE, 4 * place + luck.REINFORCEMENTS)
    sent = losses(reserve, reserve * (1.0 - sigma) / delay, days, u, expected)
    return min(sent, room)


@scalar
def retake_probability(holding: float, attacking: float, ratio: float) -> float:
    """Chance that a counter-attack succeeds: 1 / (1 + (H / (kappa G))^4); 0 without attackers."""
    if attacking <= 0.0:
        return 0.0
    odds = holding / (ratio * attacking)
    return 1.0 / (1.0 + odds * odds * odds * odds)


@piece
def recover_all(
    layers: Records, front: int, end: int, terms: Terms, brought: float, fire: float, sigma: float,
    days: float,
) -> None:  # fmt: skip
    """Works and order of a place's standing layers after one step; only its front is pressed.

    layers: all layers, rows of LAYER; front .. end - 1: those of this place that stand, the first
    of them in contact; brought: the share of the material asked for that comes up; fire: the
    attacker's fighting strength A.
    """
    first = front
    if fire > 0.0:
        layer = layers[front]
        rebuild, wear = pace(terms, brought) * (1.0 - sigma), terms.wear * fire
        layer.works = works_after(layer.works, rebuild, wear, days)
        layer.order = order_after(layer.order, terms.reorganise, sigma, days)
        first += 1
    missing = terms.missing_supplied if brought >= 1.0 else terms.missing_cut_off
    if 0.0 < brought < 1.0:
        missing = math.exp(-pace(terms, brought) * days)
    for n in range(first, end):
        layers[n].works = 1.0 - (1.0 - layers[n].works) * missing
        layers[n].order = 1.0 - (1.0 - layers[n].order) * terms.missing_order


@piece
def split(layers: Records, front: int, whole: bool) -> None:
    """Half of the garrison in contact goes forward to the layer retaken, front - 1.

    whole: only whole persons move.
    """
    half = 0.5 * layers[front].garrison
    moved = math.ceil(half) if whole else half
    layers[front].garrison -= moved
    layers[front - 1].garrison = moved
