"""Rotation: the rules of one step, in their order (MODEL 2).

In each step: tours end (1), a surge that is over hands its units back (2), rested units become
reserve (3), posts are filled (4), then the caller counts (5). The rules reproduce an independent
force-rotation simulator day by day (tests/oracles).
"""

from __future__ import annotations

from nobat.model.compiled import piece
from nobat.model.duty import (
    NEVER,
    NO_WINDOW,
    OPERATING,
    RELIEVING,
    RESERVE,
    REST,
    SEQUENTIAL,
    SIMULTANEOUS,
    SPENT,
    Policy,
    Units,
    leave_post,
    owed,
    roll_over,
    start_over,
    to_reserve,
)
from nobat.model.posts import end_surge, fill, stand_down


@piece
def relief_due(u: Units, p: Policy, i: int, t: int) -> bool:
    """Whether unit i's tour is to end: by its age, or by what it has lost on this tour."""
    if p.on_tour_over and t - u[i].began >= p.tour - p.overlap:
        return True
    return u[i].strength < p.strength_below * u[i].strength_at_dispatch


@piece
def relief_room(u: Units, p: Policy, posts: int) -> int:
    """How many more of the posts asked for may begin a handover in this step.

    sequential: one post at a time; staggered: at most half of the posts; simultaneous: all, each
    on its own clock (quickest, and most exposed where the tours are in phase).
    """
    if p.handover == SIMULTANEOUS:
        return NEVER
    limit = 1 if p.handover == SEQUENTIAL else max(1, posts // 2)
    for i in range(u.size):
        if u[i].duty == RELIEVING:
            limit -= 1
    return limit


@piece
def roll_over_all(u: Units, p: Policy, t: int) -> None:
    """Everyone is committed: handovers are broken off, tours that are over begin anew."""
    for i in range(u.size):
        if u[i].duty == RELIEVING:
            u[i].duty = OPERATING
        if u[i].duty == OPERATING:
            u[i].handover_until = 0
            if p.on_tour_over and t - u[i].began >= p.tour:
                roll_over(u, p, i, t)


@piece
def relieve(u: Units, p: Policy, i: int, t: int) -> bool:
    """Unit i's relief is due at step t: whether a handover begins (else it leaves at once).

    The handover lasts for the overlap o; in a tour that runs its full time, up to its end.
    """
    age = t - u[i].began
    until = t + p.overlap if age >= p.tour else min(t + p.overlap, u[i].began + p.tour)
    if until <= t or (age >= p.tour and p.handover == SIMULTANEOUS):
        return False
    u[i].duty = RELIEVING
    u[i].handover_until = until
    return True


@piece
def end_tours(u: Units, p: Policy, t: int, posts: int, committed: bool) -> tuple[int, int]:
    """Rule 1: tours that are over end in rest; those in their last o steps leave cover.

    With everyone committed there is nobody to hand over to, and the next tour begins at once.
    Returns (tours ended, steps of owed rest that fell due).
    """
    if committed:
        roll_over_all(u, p, t)
        return 0, 0
    room = relief_room(u, p, posts)
    ended, bill = 0, 0
    for i in range(u.size):
        if u[i].duty == RELIEVING:
            if t >= u[i].handover_until:
                bill += leave_post(u, p, i, t)
                ended += 1
        elif u[i].duty == OPERATING and room > 0 and relief_due(u, p, i, t):
            room -= 1
            if not relieve(u, p, i, t):
                bill += leave_post(u, p, i, t)
                ended += 1
    return ended, bill


@piece
def move_on(u: Units, p: Policy, t: int) -> tuple[int, int]:
    """An operation is done: all groups move on at once, whatever rest they have had.

    Operating -> rest, rest -> reserve; the posts are then filled from the reserve.
    Returns (tours ended, steps of owed rest that fell due), as `end_tours` does.
    """
    ended, bill = 0, 0
    for i in range(u.size):
        if u[i].duty == REST:
            u[i].debt = owed(u, p, i, t)
            to_reserve(u, i, t)
        elif u[i].duty == OPERATING or u[i].duty == RELIEVING:
            bill += leave_post(u, p, i, t)
            ended += 1
    return ended, bill


@piece
def rested(u: Units, i: int, t: int) -> bool:
    """Rule 3 for unit i: if it has had its rest it becomes reserve. Returns whether it does."""
    if u[i].duty != REST or t < u[i].rested_from + u[i].rest_due:
        return False
    to_reserve(u, i, u[i].rested_from + u[i].rest_due)
    return True


@piece
def unused(u: Units, p: Policy, i: int, t: int) -> bool:
    """Rule 3 for unit i: whether it has been ready, and unused, for the whole window W."""
    if p.window == NO_WINDOW or u[i].duty != RESERVE:
        return False
    return t >= u[i].rested_from + p.recovery + p.rest + p.window


@piece
def make_ready(u: Units, p: Policy, t: int) -> int:
    """Rule 3: rested units become reserve; a reserve unused for W starts its cycle over.

    Returns the steps of owed rest that fall due with a cycle that starts over.
    """
    bill = 0
    for i in range(u.size):
        rested(u, i, t)
        if unused(u, p, i, t):
            bill += start_over(u, p, i, t)
    return bill


@piece
def advance(
    u: Units, p: Policy, t: int, posts: int, extra: int, committed: bool, done: bool
) -> tuple[int, int]:
    """One step of the rotation: rules 1 to 4 in their order.

    posts, extra: base and surge posts asked for in this step; committed: everyone operates;
    done: an operation was completed in the step before (and the policy goes by that).
    Returns (tours ended, steps of owed rest that fell due).
    """
    ended, bill = end_tours(u, p, t, posts, committed)
    if done:
        more_ended, more_bill = move_on(u, p, t)
        ended += more_ended
        bill += more_bill
    if extra == 0:
        end_surge(u, t)
    stand_down(u, t, posts)
    bill += make_ready(u, p, t)
    fill(u, p, t, posts, extra)
    if t == 1:
        for i in range(u.size):
            if u[i].duty == OPERATING:
                u[i].began -= p.first_phase
    return ended, bill


@piece
def next_change(u: Units, p: Policy, t: int, committed: bool) -> int:
    """The first step after t at which any rule can change a duty, if nothing else happens.

    Between two such steps all duties stand still, so that a caller may skip the rules. It may
    come early, never late.
    """
    if p.strength_below > 0.0:
        return t + 1
    overlap = 0 if committed else p.overlap
    soonest, waits, relieving = NEVER, False, False
    for i in range(u.size):
        step = NEVER
        if u[i].duty == OPERATING and p.on_tour_over:
            step = u[i].began + p.tour - overlap
            if step <= t:  # due, but waiting for its turn to hand over
                step = NEVER
                waits = True
        elif u[i].duty == RELIEVING:
            step = u[i].handover_until
            relieving = True
        elif u[i].duty == REST or u[i].duty == SPENT:
            step = u[i].rested_from + u[i].rest_due
        elif u[i].duty == RESERVE and p.window != NO_WINDOW:
            step = u[i].rested_from + p.recovery + p.rest + p.window
        if t < u[i].gap_until:
            step = min(step, u[i].gap_until)
        if u[i].duty == OPERATING and t < u[i].handover_until:
            step = min(step, u[i].handover_until)
        soonest = min(soonest, step)
    if waits and not relieving:
        return t + 1
    return max(soonest, t + 1)
