"""Works and order: the defence that rebuilds itself whenever pressure pauses (MODEL 7).

No published model of how ground layers regenerate was found: this one is structure, not
evidence, and its rates are always swept.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nobat.model import luck
from nobat.model.attrition import losses
from nobat.model.breaking import NOBODY
from nobat.model.compiled import part, scalar
from nobat.model.luck import Address


class Terms(NamedTuple):
    """How works and order protect, wear and recover.

    works_protection p_w; order_protection p_q; rebuild rho_w, a day; wear beta, a day and person
    of fighting strength; reorganise tau_q, days; shock: what a layer's order is multiplied by
    when survivors fall back through it; reinforce: tau_r + 2 d/v, days.
    """

    works_protection: float
    order_protection: float
    rebuild: float
    wear: float
    reorganise: float
    shock: float
    reinforce: float


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
    return level + (works - level) * math.exp(-total * days)


@scalar
def order_after(order: float, reorganise: float, sigma: float, days: float) -> float:
    """Order after so many days of dq/dt = (1 - q)(1 - sigma) / tau_q, exactly."""
    return 1.0 - (1.0 - order) * math.exp(-(1.0 - sigma) * days / reorganise)


@scalar
def reinforcement(
    at: Address,
    reserve: float,
    room: float,
    sigma: float,
    reinforce: float,
    days: float,
    expected: bool,
) -> float:
    """Persons who reach the layer in contact in one step.

    Each of the reserve leaves at rate (1 - sigma) / (tau_r + 2 d/v); no more come than there is
    room for up to the establishment.
    """
    if room <= 0.0 or reserve <= 0.0:
        return 0.0
    u = 0.5 if expected else luck.uniform(at, luck.RARE, luck.REINFORCEMENTS)
    sent = losses(reserve, reserve * (1.0 - sigma) / reinforce, days, u, expected)
    return min(sent, room)


@scalar
def retake_probability(holding: float, attacking: float, ratio: float) -> float:
    """Chance that a counter-attack succeeds: 1 / (1 + (H / (kappa G))^4); 0 without attackers."""
    if attacking <= 0.0:
        return 0.0
    odds = holding / (ratio * attacking)
    return 1.0 / (1.0 + odds * odds * odds * odds)


@part
def recover_all(
    works: NDArray[np.float64],
    order: NDArray[np.float64],
    front: int,
    terms: Terms,
    fire: float,
    sigma: float,
    days: float,
) -> None:
    """Works and order of all standing layers after one step; only the front is under pressure.

    works, order: shares in [0, 1], outermost layer first, (L,). front: the layer in contact;
    fire: the attacker's fighting strength A; sigma: suppression of the front.
    """
    for layer in range(front, works.size):
        if layer == front:
            rebuild, wear = terms.rebuild * (1.0 - sigma), terms.wear * fire
            works[layer] = works_after(works[layer], rebuild, wear, days)
            order[layer] = order_after(order[layer], terms.reorganise, sigma, days)
            continue
        if works[layer] < 1.0:
            works[layer] = works_after(works[layer], terms.rebuild, 0.0, days)
        if order[layer] < 1.0:
            order[layer] = order_after(order[layer], terms.reorganise, 0.0, days)


@part
def fall_back(
    garrison: NDArray[np.float64], order: NDArray[np.float64], broken: int, shock: float
) -> float:
    """Survivors of a broken layer fall back through the next one, shaking it and the one behind.

    Returns the persons who have no layer left to fall back to (the last one broke).
    """
    survivors = garrison[broken]
    garrison[broken] = 0.0
    behind = broken + 1
    if behind >= garrison.size:
        return survivors
    garrison[behind] += survivors
    order[behind] *= shock
    if behind + 1 < garrison.size:
        order[behind + 1] *= math.sqrt(shock)
    return 0.0


@part
def retake(
    garrison: NDArray[np.float64],
    establishment: NDArray[np.float64],
    front: int,
    reserve: float,
    whole: bool,
) -> float:
    """Man the retaken layer, front - 1; returns what is left of the reserve.

    The garrison in contact is split in two; where there is none (the core had fallen), the
    reserve moves in, up to the establishment. whole: only whole persons move.
    """
    retaken = front - 1
    if front < garrison.size and garrison[front] > NOBODY:
        half = 0.5 * garrison[front]
        moved = math.ceil(half) if whole else half
        garrison[front] -= moved
        garrison[retaken] = moved
        return reserve
    garrison[retaken] = min(reserve, establishment[retaken])
    return reserve - garrison[retaken]
