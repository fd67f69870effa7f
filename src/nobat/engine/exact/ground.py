"""What a step is fought on: all of a situation that the fight hangs on, and nothing else.

Many situations lie on the same ground: their units stand in the same places, with other clocks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from nobat.engine.exact import duties
from nobat.engine.exact.duties import OPERATING, RESERVE
from nobat.engine.exact.law import Bools, Floats, Ints
from nobat.engine.exact.numbers import Numbers
from nobat.engine.exact.situations import Orders, Situation, taken


class Ground(NamedTuple):
    """One situation's.

    weight: the part of each unit that is offered at the line; exposed: the part that can be hit;
    holds: whether it stands against a counter-attack, at a post or ready in reserve; carried:
    layers carried; fire: how much of it is exchanged; assault: whether a layer can break; shield:
    what stops fire at the layer in front.
    """

    weight: tuple[float, ...]
    exposed: tuple[float, ...]
    holds: tuple[bool, ...]
    carried: int
    fire: float
    assault: bool
    shield: float


def ground_of(given: Numbers, now: Situation, orders: Orders, t: int) -> Ground:
    """The ground of a situation in step t."""
    everyone = orders.posture == "commit_all"
    presence = [_presence(given, unit, t, everyone) for unit in now.units]
    contact = not taken(given, now.layers) and orders.posture != "pause"
    fire = given.fire.hold_intensity if orders.posture == "hold" else 1.0
    layers = now.layers
    front = min(layers.carried, len(given.garrison) - 1)
    return Ground(
        weight=tuple(offered for offered, _ in presence),
        exposed=tuple(hit for _, hit in presence),
        holds=tuple(_holds(given, unit, t) for unit in now.units),
        carried=layers.carried,
        fire=fire if contact else 0.0,
        assault=contact and orders.posture != "hold",
        shield=1.0 - (1.0 - layers.works[front]) * (1.0 - layers.order[front]),
    )


def _presence(given: Numbers, unit: duties.Unit, t: int, everyone: bool) -> tuple[float, float]:
    """(part of a unit that is offered at the line, part that can be hit)."""
    ordinary, committed, handing = given.fire.presence
    if duties.in_handover(unit, t):
        return handing * given.fire.handover_contact, handing
    if unit.duty == OPERATING:
        there = committed if everyone else ordinary
        return there, there
    return 0.0, 0.0


def _holds(given: Numbers, unit: duties.Unit, t: int) -> bool:
    """Whether a unit stands against a counter-attack: from a post, or from reserve in time."""
    ready = unit.duty == RESERVE and t - unit.since >= given.defence.reaction
    return unit.duty in duties.AT_POST or ready


class Grounds(NamedTuple):
    """Several as arrays, one entry each, (G,) or (G, units).

    standing: whether the core stands; front: the layer in contact or next to be, the core where
    none is.
    """

    weight: Floats
    exposed: Floats
    holds: Bools
    carried: Ints
    fire: Floats
    assault: Bools
    shield: Floats
    standing: Bools
    front: Ints


def as_arrays(grounds: Sequence[Ground], layers: int) -> Grounds:
    """Grounds as arrays; layers: how many there are, the core included."""
    weight, exposed, holds, carried, fire, assault, shield = zip(*grounds, strict=True)
    reached = np.array(carried, np.int64)
    return Grounds(
        weight=np.array(weight),
        exposed=np.array(exposed),
        holds=np.array(holds),
        carried=reached,
        fire=np.array(fire),
        assault=np.array(assault),
        shield=np.array(shield),
        standing=reached < layers,
        front=np.minimum(reached, layers - 1),
    )
