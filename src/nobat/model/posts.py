"""Posts: which unit takes which, and when one is handed back (MODEL 2, rules 2 and 4)."""

from __future__ import annotations

from nobat.model.compiled import piece
from nobat.model.duty import (
    FRESHEST,
    OPERATING,
    RELIEVING,
    RESERVE,
    REST,
    STRONGEST,
    Policy,
    Units,
    hand_back,
    owed,
)


@piece
def dispatch(u: Units, p: Policy, i: int, t: int, surge: bool, relieves: bool) -> None:
    """Unit i takes a post at step t; called from rest, it owes the rest that it missed.

    relieves: it takes over from a unit that is still present, for the overlap o.
    """
    if u[i].duty == REST:
        missing = u[i].rested_from + u[i].rest_due - t
        u[i].debt = 0 if p.forgive_rest else max(0, missing)
    else:
        u[i].debt = owed(u, p, i, t)
    u[i].duty = OPERATING
    u[i].began = t - u[i].age
    u[i].surge = surge
    u[i].handover_until = t + p.overlap if relieves else 0
    u[i].strength_at_dispatch = u[i].strength


@piece
def first_of(u: Units, p: Policy, t: int, duty: int) -> int:
    """The unit of that duty that is dispatched next, -1 if there is none.

    longest_rested: smallest r; freshest: least rest owed; strongest: most persons; ties by
    smallest r, then by lowest index.
    """
    best, best_key, best_r = -1, 0.0, 0
    for i in range(u.size):
        if u[i].duty != duty:
            continue
        key = 0.0
        if p.dispatch == FRESHEST:
            key = float(owed(u, p, i, t))
        elif p.dispatch == STRONGEST:
            key = -u[i].strength
        if best < 0 or key < best_key or (key == best_key and u[i].rested_from < best_r):
            best, best_key, best_r = i, key, u[i].rested_from
    return best


@piece
def fill(u: Units, p: Policy, t: int, posts: int, extra: int) -> None:
    """Rule 4: base posts, then surge posts; from reserve, in a surge then from rest.

    posts, extra: base and surge posts asked for. Units above what is asked for hand their posts
    back, oldest tour first. A base post that is in its gap counts as filled but for a surge.
    """
    base, surge, relieved = 0, 0, 0
    for i in range(u.size):
        if u[i].duty == OPERATING:
            if u[i].surge:
                surge += 1
            else:
                base += 1
            if t < u[i].handover_until:
                relieved -= 1
        elif u[i].duty == RELIEVING:
            relieved += 1
        if extra == 0 and t < u[i].gap_until:
            base += 1
    while base + surge < posts + extra or base < posts:
        i = first_of(u, p, t, RESERVE)
        if i < 0 and extra > 0:
            i = first_of(u, p, t, REST)
        if i < 0:
            break
        dispatch(u, p, i, t, base >= posts, relieved > 0)
        relieved -= 1
        if base < posts:
            base += 1
        else:
            surge += 1


@piece
def stand_down(u: Units, t: int, posts: int) -> None:
    """Hand back base posts above those asked for, oldest tour first; a pause asks for none."""
    base = 0
    for i in range(u.size):
        if u[i].duty == OPERATING and not u[i].surge:
            base += 1
        elif u[i].duty == RELIEVING and posts == 0:
            hand_back(u, i, t)
    while base > posts:
        oldest = -1
        for i in range(u.size):
            at_base = u[i].duty == OPERATING and not u[i].surge
            if at_base and (oldest < 0 or u[i].began < u[oldest].began):
                oldest = i
        hand_back(u, oldest, t)
        base -= 1


@piece
def end_surge(u: Units, t: int) -> None:
    """Rule 2: the surge is over; its posts hand their units back, the tour to be finished later."""
    for i in range(u.size):
        if u[i].duty == OPERATING and u[i].surge:
            hand_back(u, i, t)
            u[i].surge = False
