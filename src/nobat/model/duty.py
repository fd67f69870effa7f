"""A unit's duty, and how a single unit passes from one to the next (MODEL 2).

All times are whole steps: hours in a campaign, days for crews over years. A unit is in one duty;
the cycle is operating -> rest -> reserve -> operating.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import numpy as np

from nobat.model.compiled import Records, piece

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


#: The state of a unit. duty; began: step at which the tour would have begun had it never been
#: interrupted (its age is step - began while operating); age: tour age kept while in reserve;
#: rested_from: r, step at which recovery and rest last began; rest_due: length of this recovery and
#: rest, with what was owed; in_reserve_from; debt: rest owed, steps; surge: whether the post is a
#: surge post; handover_until: step until which a relieving pair is at the post; gap_until: step
#: until which the base post that it last left stays empty; strength: persons now;
#: strength_at_dispatch: persons when the tour began.
#:
#: In a campaign also: spent_at: the strength at which it is spent; draws: thresholds drawn so far;
#: schedule: of its sleep; effect: its effectiveness, a share; present: the share of it that can be
#: hit, fights: that fights, both 0 at no post; unhurt: persons not yet aimed at in this step.
UNIT = np.dtype(
    [("duty", "i8"), ("began", "i8"), ("age", "i8"), ("rested_from", "i8"), ("rest_due", "i8"),
     ("in_reserve_from", "i8"), ("debt", "i8"), ("surge", "?"), ("handover_until", "i8"),
     ("gap_until", "i8"), ("strength", "f8"), ("strength_at_dispatch", "f8"), ("spent_at", "f8"),
     ("draws", "i8"), ("schedule", "i8"), ("effect", "f8"), ("present", "f8"), ("fights", "f8"),
     ("unhurt", "f8")],
    align=True,
)  # fmt: skip

#: The state of all units: rows of UNIT, one each.
Units: TypeAlias = Records


def units(count: int) -> Units:
    """Room for the state of so many units; `start` fills it."""
    return np.zeros(count, UNIT)


@piece
def start_at(u: Units, p: Policy, i: int, r: int) -> None:
    """Set unit i resting since step r, ready at r + m + d; `strength` is left as it is."""
    u[i].duty = REST
    u[i].began = 0
    u[i].age = 0
    u[i].rested_from = r
    u[i].rest_due = p.recovery + p.rest
    u[i].in_reserve_from = 0
    u[i].debt = 0
    u[i].surge = False
    u[i].handover_until = 0
    u[i].gap_until = 0
    u[i].strength_at_dispatch = u[i].strength


@piece
def start(u: Units, p: Policy) -> None:
    """Set every unit resting, evenly staggered: r_i = -floor(i X / N), ready at r_i + m + d.

    Nobody starts in mid-tour. `strength` is left as the caller has set it.
    """
    n = u.size
    for i in range(n):
        start_at(u, p, i, -((i * p.stagger) // n))


@piece
def owed(u: Units, p: Policy, i: int, t: int) -> int:
    """Rest that unit i owes at step t, beyond the rest of its ordinary cycle, in steps.

    A debt stands while it operates, is repaid a step each step in reserve or refit, and is the
    last part of the rest that it has lengthened.
    """
    if u[i].duty == RESERVE:
        return max(0, u[i].debt - (t - u[i].in_reserve_from))
    if u[i].duty == SPENT:
        return max(0, u[i].debt - (t - u[i].rested_from))
    if u[i].duty == REST:
        extra = u[i].rest_due - p.recovery - p.rest
        return max(0, min(extra, u[i].rested_from + u[i].rest_due - t))
    return u[i].debt


@piece
def to_rest(u: Units, p: Policy, i: int, t: int) -> int:
    """Unit i ends its tour at step t and goes to rest; what it owes lengthens this rest.

    Returns the bill: the steps of owed rest that fall due now.
    """
    bill = u[i].debt
    u[i].duty = REST
    u[i].rested_from = t
    u[i].rest_due = p.recovery + p.rest + bill
    u[i].debt = 0
    u[i].age = 0
    return bill


@piece
def leave_post(u: Units, p: Policy, i: int, t: int) -> int:
    """Unit i leaves its post at step t for rest; a base post then stays empty for the gap g.

    Returns the bill, as `to_rest` does.
    """
    if not u[i].surge:
        u[i].gap_until = t + p.gap
    return to_rest(u, p, i, t)


@piece
def start_over(u: Units, p: Policy, i: int, t: int) -> int:
    """Unit i was ready for too long: its cycle starts over at step t, rest still owed included.

    Returns the bill, as `to_rest` does.
    """
    u[i].debt = owed(u, p, i, t)
    return to_rest(u, p, i, t)


@piece
def roll_over(u: Units, p: Policy, i: int, t: int) -> None:
    """Unit i ends a tour at step t and begins the next at once: the whole rest is owed."""
    u[i].debt = 0 if p.forgive_rest else u[i].debt + p.recovery + p.rest
    u[i].began = t
    u[i].rested_from = t


@piece
def to_reserve(u: Units, i: int, t: int) -> None:
    """Unit i becomes reserve at step t; tour age, debt and r stay as they are."""
    u[i].duty = RESERVE
    u[i].in_reserve_from = t


@piece
def hand_back(u: Units, i: int, t: int) -> None:
    """Unit i leaves its post for the reserve with its tour unfinished: the age is kept."""
    u[i].age = t - u[i].began
    to_reserve(u, i, t)


@piece
def in_handover(u: Units, i: int, t: int) -> bool:
    """Whether unit i takes part in a handover at step t, on either side of it."""
    if u[i].duty == RELIEVING:
        return True
    return u[i].duty == OPERATING and t < u[i].handover_until
