"""What happened, for whoever replays one replication: a row for each event.

A row is (step, kind, who, amount, detail, place). `who` is a unit or a layer (its index among all
layers), `detail` a cause or what was ordered; their meaning goes with the kind. Nothing is kept
where the desk has no room for events, which is so in every ordinary run.
"""

from __future__ import annotations

from nobat.model import state
from nobat.model.compiled import piece
from nobat.model.state import Desk

#: The kinds of events, by the code that a row holds.
KINDS = (
    "posture", "fire", "corridor", "stage", "spent", "back", "broke", "rallied", "retaken",
    "repulsed", "suicide", "left", "isolated", "joined", "dry", "supplied", "defender_dry",
    "held", "secured", "abandoned", "horizon",
)  # fmt: skip
(
    POSTURE, FIRE, CORRIDOR, STAGE, SPENT, BACK, BROKE, RALLIED, RETAKEN,
    REPULSED, SUICIDE, LEFT, ISOLATED, JOINED, DRY, SUPPLIED, DEFENDER_DRY,
    HELD, SECURED, ABANDONED, HORIZON,
) = range(len(KINDS))  # fmt: skip

NOBODY = -1


@piece
def note_at(d: Desk, t: int, kind: int, who: int, amount: float, detail: int, place: int) -> None:
    """Keep an event of step t at a place, where there is room for it."""
    used = int(d.now[state.NOTED])
    if used < d.log.shape[0]:
        d.log[used, 0] = t
        d.log[used, 1] = kind
        d.log[used, 2] = who
        d.log[used, 3] = amount
        d.log[used, 4] = detail
        d.log[used, 5] = place
        d.now[state.NOTED] = used + 1


@piece
def note(d: Desk, t: int, kind: int, who: int, amount: float, detail: int) -> None:
    """Keep an event of step t that concerns no place, where there is room for it."""
    note_at(d, t, kind, who, amount, detail, NOBODY)
