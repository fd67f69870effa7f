"""Contact: who can reach whom, and the pressure that comes of it (MODEL 5).

At a layer only so many persons a side can engage, the frontage; more adds crowding, not fire.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from nobat.model.compiled import piece, scalar
from nobat.model.duty import Units


class Terms(NamedTuple):
    """What contact depends on.

    frontage F, persons; presence of a unit at the line (1 - sleep/24) in an ordinary tour, with
    everyone committed and in a handover; handover_contact: the part of a unit's contact that is
    left while it hands over; hold_intensity: the part of the fire exchanged while holding;
    pressure_half: P_half, the pressure at which suppression is one half.
    """

    frontage: float
    presence_operating: float
    presence_commit_all: float
    presence_handover: float
    handover_contact: float
    hold_intensity: float
    pressure_half: float


@scalar
def in_contact(offered: float, frontage: float) -> float:
    """Persons in contact n_c = min(F, sum x_i n_i): no more than the frontage has room for."""
    return min(frontage, offered)


@scalar
def pressure(attackers: float, defenders: float) -> float:
    """Pressure P = A / B of fighting strengths; infinite against nobody, 0 without attackers."""
    if attackers <= 0.0:
        return 0.0
    if defenders <= 0.0:
        return np.inf
    return attackers / defenders


@scalar
def suppression(p: float, half: float) -> float:
    """Sigma = P / (P + P_half), in [0, 1): 0 without pressure, 1/2 at P_half."""
    if p == np.inf:
        return 1.0
    return p / (p + half)


@piece
def offer(units: Units) -> tuple[float, float]:
    """What the units at the posts bring to the line: sum of x_i n_i, and their effectiveness.

    Returns (persons offered, their mean effectiveness; 1 where there are none).
    """
    offered, worth = 0.0, 0.0
    for i in range(units.size):
        there = units[i].fights * units[i].strength
        offered += there
        worth += there * units[i].effect
    return offered, worth / offered if offered > 0.0 else 1.0
