"""What happened, for whoever replays one replication: a row for each event.

A row is (step, kind, who, amount, detail, place). What the numbers mean goes with the kind; who or
a place that there is none of is -1. Nothing is kept where the desk has no room for events, which is
so in every ordinary run.

    posture fire corridor   who: the rule that orders it; detail: what
    posts                   who: the same; amount: how many
    stage                   detail: the number of the new one; amount: 1 where the last is secured
    spent back              who: the unit; amount: its persons
    broke                   who: the layer; amount: who was in it; detail: the cause
    rallied                 who: a core that broke; amount: who fights on in it
    fell_back surrendered   who: the layer they come to, or were in; amount: persons
    set_out turned_back     amount: who now want to leave, or who wanted to and find the way closed
    left                    amount: who got away; detail: who were hit on the way
    retaken                 who: the layer; amount: persons in it
    reinforced              who: the layer; amount: persons who came up
    suicide                 amount: attackers lost; detail: how many attacks
    dry supplied            amount: the attacker's stock, t
    abandoned               detail: why, as in `control`
    leader                  the defenders believe him dead; detail: 1 if he is

A layer is told by its index among all layers. What its survivors do is kept before its break.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nobat.model import state
from nobat.model.compiled import piece, scalar
from nobat.model.state import Desk

#: The kinds of events, by the code that a row holds.
KINDS = (
    "posture", "posts", "fire", "corridor", "stage", "spent", "back", "broke", "rallied",
    "fell_back", "set_out", "surrendered", "turned_back", "left", "retaken", "repulsed",
    "reinforced", "suicide", "isolated", "joined", "dry", "supplied", "defender_dry",
    "defender_supplied", "secured", "abandoned", "horizon", "leader",
)  # fmt: skip
(
    POSTURE, POSTS, FIRE, CORRIDOR, STAGE, SPENT, BACK, BROKE, RALLIED,
    FELL_BACK, SET_OUT, SURRENDERED, TURNED_BACK, LEFT, RETAKEN, REPULSED,
    REINFORCED, SUICIDE, ISOLATED, JOINED, DRY, SUPPLIED, DEFENDER_DRY,
    DEFENDER_SUPPLIED, SECURED, ABANDONED, HORIZON, LEADER,
) = range(len(KINDS))  # fmt: skip

NOBODY = -1


@scalar
def write(
    log: NDArray[np.float64], now: NDArray[np.float64], t: int, kind: int, who: int,
    amount: float, detail: int, place: int,
) -> None:  # fmt: skip
    """Write a row of the log, unless it is full. Not merged into its callers, who rarely call."""
    used = int(now[state.NOTED])
    if used < log.shape[0]:
        log[used, 0] = t
        log[used, 1] = kind
        log[used, 2] = who
        log[used, 3] = amount
        log[used, 4] = detail
        log[used, 5] = place
        now[state.NOTED] = used + 1


@scalar
def parting(
    log: NDArray[np.float64], now: NDArray[np.float64], t: int, layer: int, falling_back: float,
    leaving: float, surrendering: float, place: int,
) -> None:  # fmt: skip
    """Write what the survivors of a layer that breaks do; nothing of what nobody does."""
    if falling_back > 0.0:
        write(log, now, t, FELL_BACK, layer + 1, falling_back, 0, place)
    if leaving > 0.0:
        write(log, now, t, SET_OUT, NOBODY, leaving, 0, place)
    if surrendering > 0.0:
        write(log, now, t, SURRENDERED, layer, surrendering, 0, place)


@piece
def note_at(d: Desk, t: int, kind: int, who: int, amount: float, detail: int, place: int) -> None:
    """Keep an event of step t at a place, where there is a log."""
    if d.log.shape[0] > 0:
        write(d.log, d.now, t, kind, who, amount, detail, place)


@piece
def note(d: Desk, t: int, kind: int, who: int, amount: float, detail: int) -> None:
    """Keep an event of step t that concerns no place, where there is a log."""
    note_at(d, t, kind, who, amount, detail, NOBODY)
