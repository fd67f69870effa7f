"""A unit's duty, and how a single unit passes from one to the next (MODEL 2).

All times are whole steps: hours in a campaign, days for crews over years. A unit is in one duty;
the cycle is operating -> rest -> reserve -> operating.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nobat.model.compiled import piece

OPERATING, RELIEVING, RESERVE, REST, SPENT = 0, 1, 2, 3, 4
DUTIES = 5

LONGEST_RESTED, FRESHEST, STRONGEST = 0, 1, 2
STAGGERED, SEQUENTIAL, SIMULTANEOUS = 0, 1, 2

NEVER = 1 << 40
NO_WINDOW = -1


class Policy(NamedTuple):
    """A rotation policy, in whole steps.

    posts q, tour b, rest d, recovery m, overlap o, gap g, readiness window W (NO_WINDOW: none),
    stagger X of the start, first_phase: age of the first tours, relief triggers, dispatch rule
    and handover technique as the constants of this module.
    """

    posts: int
    tour: int
    rest: int
    recovery: int
    overlap: int
    gap: int
    window: int
    stagger: int
    first_phase: int
    on_tour_over: bool
    on_operation_done: bool
    strength_below: float
    dispatch: int
    handover: int
    forgive_rest: bool


class Units(NamedTuple):
    """The state of all units, one entry each.

    duty; began: step at which the tour would have begun had it never been interrupted (its age
    is step - began while operating); age: tour age kept while in reserve; rested_from: r, step
    at which recovery and rest last began; rest_due: length of this recovery and rest, with what
    was owed; in_reserve_from; debt: rest owed, steps; surge: whether the post is a surge post;
    handover_until: step until which a relieving pair is at the post; gap_until: step until which
    the base post that it last left stays empty; strength: persons now; strength_at_dispatch:
    persons when the tour began.
    """

    duty: NDArray[np.int64]
    began: NDArray[np.int64]
    age: NDArray[np.int64]
    rested_from: NDArray[np.int64]
    rest_due: NDArray[np.int64]
    in_reserve_from: NDArray[np.int64]
    debt: NDArray[np.int64]
    surge: NDArray[np.bool_]
    handover_until: NDArray[np.int64]
    gap_until: NDArray[np.int64]
    strength: NDArray[np.float64]
    strength_at_dispatch: NDArray[np.float64]


def units(count: int) -> Units:
    """Room for the state of so many units; `start` fills it."""
    return Units(
        duty=np.zeros(count, np.int64),
        began=np.zeros(count, np.int64),
        age=np.zeros(count, np.int64),
        rested_from=np.zeros(count, np.int64),
        rest_due=np.zeros(count, np.int64),
        in_reserve_from=np.zeros(count, np.int64),
        debt=np.zeros(count, np.int64),
        surge=np.zeros(count, np.bool_),
        handover_until=np.zeros(count, np.int64),
        gap_until=np.zeros(count, np.int64),
        strength=np.zeros(count, np.float64),
        strength_at_dispatch=np.zeros(count, np.float64),
    )


@piece
def start_at(u: Units, p: Policy, i: int, r: int) -> None:
    """Set unit i resting since step r, ready at r + m + d; `strength` is left as it is."""
    u.duty[i] = REST
    u.began[i] = 0
    u.age[i] = 0
    u.rested_from[i] = r
    u.rest_due[i] = p.recovery + p.rest
    u.in_reserve_from[i] = 0
    u.debt[i] = 0
    u.surge[i] = False
    u.handover_until[i] = 0
    u.gap_until[i] = 0
    u.strength_at_dispatch[i] = u.strength[i]


@piece
def start(u: Units, p: Policy) -> None:
    """Set every unit resting, evenly staggered: r_i = -floor(i X / N), ready at r_i + m + d.

    Nobody starts in mid-tour. `strength` is left as the caller has set it.
    """
    n = u.duty.size
    for i in range(n):
        start_at(u, p, i, -((i * p.stagger) // n))


@piece
def owed(u: Units, p: Policy, i: int, t: int) -> int:
    """Rest that unit i owes at step t, beyond the rest of its ordinary cycle, in steps.

    A debt stands while it operates, is repaid a step each step in reserve or refit, and is the
    last part of the rest that it has lengthened.
    """
    if u.duty[i] == RESERVE:
        return max(0, u.debt[i] - (t - u.in_reserve_from[i]))
    if u.duty[i] == SPENT:
        return max(0, u.debt[i] - (t - u.rested_from[i]))
    if u.duty[i] == REST:
        extra = u.rest_due[i] - p.recovery - p.rest
        return max(0, min(extra, u.rested_from[i] + u.rest_due[i] - t))
    return u.debt[i]


@piece
def to_rest(u: Units, p: Policy, i: int, t: int) -> int:
    """Unit i ends its tour at step t and goes to rest; what it owes lengthens this rest.

    Returns the bill: the steps of owed rest that fall due now.
    """
    bill = u.debt[i]
    u.duty[i] = REST
    u.rested_from[i] = t
    u.rest_due[i] = p.recovery + p.rest + bill
    u.debt[i] = 0
    u.age[i] = 0
    return bill


@piece
def leave_post(u: Units, p: Policy, i: int, t: int) -> int:
    """Unit i leaves its post at step t for rest; a base post then stays empty for the gap g.

    Returns the bill, as `to_rest` does.
    """
    if not u.surge[i]:
        u.gap_until[i] = t + p.gap
    return to_rest(u, p, i, t)


@piece
def start_over(u: Units, p: Policy, i: int, t: int) -> int:
    """Unit i was ready for too long: its cycle starts over at step t, rest still owed included.

    Returns the bill, as `to_rest` does.
    """
    u.debt[i] = owed(u, p, i, t)
    return to_rest(u, p, i, t)


@piece
def roll_over(u: Units, p: Policy, i: int, t: int) -> None:
    """Unit i ends a tour at step t and begins the next at once: the whole rest is owed."""
    u.debt[i] = 0 if p.forgive_rest else u.debt[i] + p.recovery + p.rest
    u.began[i] = t
    u.rested_from[i] = t


@piece
def to_reserve(u: Units, i: int, t: int) -> None:
    """Unit i becomes reserve at step t; tour age, debt and r stay as they are."""
    u.duty[i] = RESERVE
    u.in_reserve_from[i] = t


@piece
def hand_back(u: Units, i: int, t: int) -> None:
    """Unit i leaves its post for the reserve with its tour unfinished: the age is kept."""
    u.age[i] = t - u.began[i]
    to_reserve(u, i, t)


@piece
def in_handover(u: Units, i: int, t: int) -> bool:
    """Whether unit i takes part in a handover at step t, on either side of it."""
    if u.duty[i] == RELIEVING:
        return True
    return u.duty[i] == OPERATING and t < u.handover_until[i]
