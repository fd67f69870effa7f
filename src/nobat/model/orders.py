"""Doctrine: rules that read the state of the campaign and order what is done (MODEL 2).

The last rule that is true wins, for the posture, the number of posts, the fire policy and the
corridor each; a rule falls back when it stops being true, unless it latches.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nobat.model.compiled import part, scalar

ROTATE, COMMIT_ALL, HOLD, PAUSE = 0, 1, 2, 3
GREATER, GREATER_EQUAL, LESS, LESS_EQUAL = 0, 1, 2, 3
UNCHANGED = -1

# Observables, in the order of the scenario's own table.
DAY, LAYERS_CARRIED, LAYERS_LOST_AGAIN, HOURS_SINCE_CARRIED = 0, 1, 2, 3
FRACTION_SPENT, ATTACKER_SHARE, DEFENDER_SHARE = 4, 5, 6
DEFENDER_ORDER, DEFENDER_WORKS, RESERVE_UNITS, REST_DEBT_DAYS = 7, 8, 9, 10
ISOLATED, SUPPLY_DAYS, MEAN_EFFECTIVENESS, DEFENDER_EFFECTIVENESS = 11, 12, 13, 14
STAGE, RESIDENTS_PRESENT, FINAL_LAYERS_CARRIED = 15, 16, 17
P_LEADER_ALIVE = 18

OPEN, CLOSED = 0, 1


class Rules(NamedTuple):
    """A doctrine as arrays: what it orders at the start, then one entry for each rule.

    posture, posts, fire and corridor are UNCHANGED where a rule leaves them alone.
    """

    start: int
    start_fire: int
    start_corridor: int
    observable: NDArray[np.int64]
    op: NDArray[np.int64]
    number: NDArray[np.float64]
    posture: NDArray[np.int64]
    posts: NDArray[np.int64]
    fire: NDArray[np.int64]
    corridor: NDArray[np.int64]
    latch: NDArray[np.bool_]


@scalar
def holds(value: float, op: int, number: float) -> bool:
    """Whether `value op number` is true."""
    if op == GREATER:
        return value > number
    if op == GREATER_EQUAL:
        return value >= number
    if op == LESS:
        return value < number
    return value <= number


@part
def decide(
    rules: Rules, seen: NDArray[np.float64], latched: NDArray[np.bool_], posts: int
) -> tuple[int, int, int, int]:
    """The posture, the number of posts, the fire policy and the corridor that are ordered now.

    seen: what each rule reads, (R,); latched: which rules have latched, (R,), updated here;
    posts: the policy's own number of posts.
    """
    posture, fire, corridor = rules.start, rules.start_fire, rules.start_corridor
    for r in range(rules.op.size):
        if holds(seen[r], rules.op[r], rules.number[r]):
            latched[r] = rules.latch[r]
        elif not latched[r]:
            continue
        if rules.posture[r] != UNCHANGED:
            posture = rules.posture[r]
        if rules.posts[r] != UNCHANGED:
            posts = rules.posts[r]
        if rules.fire[r] != UNCHANGED:
            fire = rules.fire[r]
        if rules.corridor[r] != UNCHANGED:
            corridor = rules.corridor[r]
    return posture, posts, fire, corridor


@scalar
def decider(
    op: NDArray[np.int64], number: NDArray[np.float64], column: NDArray[np.int64],
    seen: NDArray[np.float64], latched: NDArray[np.bool_],
) -> int:  # fmt: skip
    """The rule that decides what is ordered in one of the columns; UNCHANGED where none does.

    op, number, column: of all rules; seen, latched: as `decide` takes and leaves them.
    """
    found = UNCHANGED
    for r in range(op.size):
        if column[r] != UNCHANGED and (latched[r] or holds(seen[r], op[r], number[r])):
            found = r
    return found
