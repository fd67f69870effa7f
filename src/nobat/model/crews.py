"""Rotation alone, without a fight: crews and posts in days, over years (MODEL 2).

The rules of a unit are those of `duty`, `posts` and `rotation`, and their order is that of
`rotation.advance`. What differs is who is looked at: a campaign asks each of its few units in each
step; here every unit waits in a calendar or a queue (`roster`) until its step has come, so that
thousands of crews over years cost as much as their tours and no more.

Kinds of crew have times of their own, which a calendar may switch. Demands for posts change from
day to day, come in an order, and name the kinds that they take, best first.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nobat.model import duty, luck, roster, rotation
from nobat.model.compiled import kernel, part
from nobat.model.duty import (
    LONGEST_RESTED,
    OPERATING,
    RELIEVING,
    REST,
    SIMULTANEOUS,
    Policy,
    Units,
)
from nobat.model.luck import Address
from nobat.model.posts import dispatch
from nobat.model.roster import NOBODY, Roster

#: The columns of a spell: the unit, its duty, first day, day after the last, the demand whose
#: post it held (NOBODY: none), and the rest it owed when the spell began.
SPELL = ("unit", "duty", "from_d", "to_d", "post", "owed_d")


class Times(NamedTuple):
    """The times of each kind of crew in each period of the calendar, days.

    switch: first day of each period, (P,), the first of them 1. tour b, rest d, recovery m,
    overlap o, gap g, window W (NO_WINDOW: none): (P, K). forgive: rest that was missed is not
    owed.
    """

    switch: NDArray[np.int64]
    tour: NDArray[np.int64]
    rest: NDArray[np.int64]
    recovery: NDArray[np.int64]
    overlap: NDArray[np.int64]
    gap: NDArray[np.int64]
    window: NDArray[np.int64]
    forgive: bool


class Demands(NamedTuple):
    """The demands for posts, in the order in which they are filled.

    asked: posts on each day 0..T + 1, (D, T + 2), day 0 unused. surge: whether crews are called
    from rest while posts of this demand are asked for, (D,). prefer: the kinds of crew that it
    takes, best first, then NOBODY, (D, K).
    """

    asked: NDArray[np.int64]
    surge: NDArray[np.bool_]
    prefer: NDArray[np.int64]


class Desk(NamedTuple):
    """Room to work in, and what is written down.

    units, roster: the state. post: the demand whose post a unit holds; since: day on which its
    spell began; owed: rest owed then; (N,). filled, gaps: posts of a demand that are held, and
    that stay empty after a departure, (D,); closing: gaps that close on a day, (D, T + 2).
    manned, missed: posts held, and lacking for want of a crew, on each day, (D, T + 2). spells:
    rows as `SPELL`, as many as there is room for; found: how many there were, (1,).
    """

    units: Units
    roster: Roster
    post: NDArray[np.int64]
    since: NDArray[np.int64]
    owed: NDArray[np.int64]
    filled: NDArray[np.int64]
    gaps: NDArray[np.int64]
    closing: NDArray[np.int64]
    manned: NDArray[np.int64]
    missed: NDArray[np.int64]
    spells: NDArray[np.int64]
    found: NDArray[np.int64]


def desk(kind: NDArray[np.int64], kinds: int, demands: int, horizon: int, room: int) -> Desk:
    """Room for a run: crews of these kinds, so many demands and days, `room` spells."""
    n = kind.size
    return Desk(
        units=duty.units(n),
        roster=roster.roster(kind, kinds, horizon),
        post=np.full(n, NOBODY, np.int64),
        since=np.zeros(n, np.int64),
        owed=np.zeros(n, np.int64),
        filled=np.zeros(demands, np.int64),
        gaps=np.zeros(demands, np.int64),
        closing=np.zeros((demands, horizon + 2), np.int64),
        manned=np.zeros((demands, horizon + 2), np.int64),
        missed=np.zeros((demands, horizon + 2), np.int64),
        spells=np.zeros((room, len(SPELL)), np.int64),
        found=np.zeros(1, np.int64),
    )


@part
def policy_of(times: Times, period: int, kind: int) -> Policy:
    """The policy of a kind of crew in a period. Every post changes hands on its own clock."""
    return Policy(
        0, times.tour[period, kind], times.rest[period, kind], times.recovery[period, kind],
        times.overlap[period, kind], times.gap[period, kind], times.window[period, kind],
        0, 0, True, False, 0.0, LONGEST_RESTED, SIMULTANEOUS, times.forgive,
    )  # fmt: skip


@part
def close_spell(d: Desk, i: int, t: int) -> None:
    """Write down unit i's spell, which ends with the day before t.

    Of those of no days only rests are written: they too are where a cycle begins.
    """
    if t > d.since[i] or d.units[i].duty == REST:
        k = d.found[0]
        if k < d.spells.shape[0]:
            d.spells[k, 0] = i
            d.spells[k, 1] = d.units[i].duty
            d.spells[k, 2] = d.since[i]
            d.spells[k, 3] = t
            d.spells[k, 4] = d.post[i]
            d.spells[k, 5] = d.owed[i]
        d.found[0] = k + 1


@part
def open_spell(d: Desk, p: Policy, i: int, t: int) -> None:
    """Unit i's new spell begins at t; where it waits for its next change."""
    u, q = d.units, d.roster
    d.since[i] = t
    d.owed[i] = duty.owed(u, p, i, t)
    if u[i].duty == OPERATING:
        roster.wait(q, i, max(t + 1, u[i].began + p.tour - p.overlap), False)
    elif u[i].duty == RELIEVING:
        roster.wait(q, i, u[i].handover_until, False)
    else:
        d.post[i] = NOBODY
        if u[i].duty == REST:
            roster.wait(q, i, max(t, u[i].rested_from + u[i].rest_due), True)
            roster.be_resting(q, u, i)
        else:
            roster.leave(q, i)
            roster.be_ready(q, i, u[i].rested_from)


@part
def end_tours(d: Desk, times: Times, kind: NDArray[np.int64], period: int, t: int) -> None:
    """Rule 1, for the units whose day has come."""
    u, q = d.units, d.roster
    i = q.tours[t]
    while i != NOBODY:
        p = policy_of(times, period, kind[i])
        j = d.post[i]
        close_spell(d, i, t)
        if u[i].duty == OPERATING:
            d.filled[j] -= 1
        if u[i].duty == RELIEVING or not rotation.relieve(u, p, i, t):
            if not u[i].surge and p.gap > 0:
                d.gaps[j] += 1
                d.closing[j, min(t + p.gap, d.closing.shape[1] - 1)] += 1
            duty.leave_post(u, p, i, t)
        open_spell(d, p, i, t)
        i = q.tours[t]


@part
def hand_back(d: Desk, times: Times, kind: NDArray[np.int64], period: int, i: int, t: int) -> None:
    """Rule 2 for unit i: back to reserve, its tour unfinished."""
    close_spell(d, i, t)
    if d.units[i].duty == OPERATING:
        d.filled[d.post[i]] -= 1
    duty.hand_back(d.units, i, t)
    d.units[i].surge = False
    open_spell(d, policy_of(times, period, kind[i]), i, t)


@part
def stand_down(
    d: Desk, demands: Demands, times: Times, kind: NDArray[np.int64], period: int, j: int, t: int
) -> None:  # fmt: skip
    """Rule 2 for demand j, which asks for fewer posts than are held: oldest tours first.

    Where none is asked for, those in a handover at a base post leave too.
    """
    u, q = d.units, d.roster
    none = demands.asked[j, t] == 0
    size = 0
    for i in range(u.size):
        if d.post[i] == j:
            if u[i].duty == OPERATING:
                size = roster.push(q.oldest, 0, size, roster.key(u[i].began, i))
            elif u[i].duty == RELIEVING and none and not demands.surge[j]:
                hand_back(d, times, kind, period, i, t)
    while d.filled[j] > demands.asked[j, t]:
        i = roster.unit_of(q.oldest[0])
        size = roster.pop(q.oldest, 0, size)
        hand_back(d, times, kind, period, i, t)


@part
def make_ready(d: Desk, times: Times, kind: NDArray[np.int64], period: int, t: int) -> None:
    """Rule 3, for the units whose day has come, and for the reserves that are ready longest."""
    u, q = d.units, d.roster
    i = q.rests[t]
    while i != NOBODY:
        close_spell(d, i, t)
        rotation.rested(u, i, t)
        open_spell(d, policy_of(times, period, kind[i]), i, t)
        i = q.rests[t]
    for k in range(q.ready_size.size):
        p = policy_of(times, period, k)
        i = roster.first_ready(q, u, k)
        while i != NOBODY and rotation.unused(u, p, i, t):
            roster.drop_ready(q, k)
            close_spell(d, i, t)
            duty.start_over(u, p, i, t)
            open_spell(d, p, i, t)
            roster.wait(q, i, max(t + 1, u[i].rested_from + u[i].rest_due), True)
            i = roster.first_ready(q, u, k)


@part
def next_crew(d: Desk, demands: Demands, j: int, surging: bool) -> int:
    """The unit that takes a post of demand j, NOBODY if there is none.

    From reserve by the order of kinds that the demand prefers, in a surge then from rest; within
    a kind the longest rested, then the lowest index.
    """
    q, kinds = d.roster, demands.prefer.shape[1]
    for place in range(2 * kinds if surging else kinds):
        k = demands.prefer[j, place % kinds]
        if k == NOBODY:
            continue
        if place < kinds:
            i = roster.first_ready(q, d.units, k)
            if i != NOBODY:
                roster.drop_ready(q, k)
                return i
        else:
            i = roster.first_resting(q, d.units, k)
            if i != NOBODY:
                return i  # once it operates, its entry is passed over
    return NOBODY


@part
def fill(
    d: Desk, demands: Demands, times: Times, kind: NDArray[np.int64], period: int, t: int,
    surging: bool,
) -> None:  # fmt: skip
    """Rules 4 and 5: the demands in their order, each until it is met or nobody is left."""
    for j in range(demands.asked.shape[0]):
        d.gaps[j] -= d.closing[j, t]
        waiting = 0 if surging else d.gaps[j]
        while d.filled[j] + waiting < demands.asked[j, t]:
            i = next_crew(d, demands, j, surging)
            if i == NOBODY:
                break
            p = policy_of(times, period, kind[i])
            close_spell(d, i, t)
            dispatch(d.units, p, i, t, demands.surge[j], False)
            d.post[i] = j
            d.filled[j] += 1
            open_spell(d, p, i, t)
        d.manned[j, t] = d.filled[j]
        d.missed[j, t] = max(0, demands.asked[j, t] - d.filled[j] - waiting)


@part
def switch(d: Desk, times: Times, kind: NDArray[np.int64], period: int, t: int) -> None:
    """From day t the times of another period hold, for the tours and rests under way too.

    Rest that is owed on top of a rest stays owed.
    """
    u, q = d.units, d.roster
    for i in range(u.size):
        p = policy_of(times, period, kind[i])
        if u[i].duty == REST:
            before = policy_of(times, period - 1, kind[i])
            u[i].rest_due += p.recovery + p.rest - before.recovery - before.rest
            roster.wait(q, i, max(t, u[i].rested_from + u[i].rest_due), True)
        elif u[i].duty == OPERATING:
            roster.wait(q, i, max(t, u[i].began + p.tour - p.overlap), False)


@part
def set_out(d: Desk, times: Times, kind: NDArray[np.int64], starts: NDArray[np.int64]) -> None:
    """Every unit rests since its own day r_i, and waits to be ready."""
    d.found[0] = 0
    roster.clear(d.roster)
    for i in range(kind.size):
        p = policy_of(times, 0, kind[i])
        d.units[i].strength = 0.0
        duty.start_at(d.units, p, i, starts[i])
        open_spell(d, p, i, 1)
        d.since[i] = starts[i]


@kernel
def run(
    kind: NDArray[np.int64], starts: NDArray[np.int64], times: Times, demands: Demands, d: Desk
) -> None:
    """Run the rotation for days 1..T and write down every spell and every day's posts.

    kind: of each unit, (N,); starts: r_i, the day since which it rests, 0 or before, (N,). T is
    that of `demands.asked`. d: a fresh desk; its spells lie in the order of their ends.
    """
    horizon, period = demands.asked.shape[1] - 2, 0
    n_demands = demands.asked.shape[0]
    set_out(d, times, kind, starts)
    calling = False
    for t in range(1, horizon + 1):
        while period + 1 < times.switch.size and times.switch[period + 1] <= t:
            period += 1
            switch(d, times, kind, period, t)
        surging = False
        for j in range(n_demands):
            surging |= demands.surge[j] and demands.asked[j, t] > 0
        if surging and not calling:
            for k in range(times.tour.shape[1]):
                roster.gather(d.roster, d.units, k)
        calling = surging
        d.roster.calling[0] = calling

        end_tours(d, times, kind, period, t)
        for j in range(n_demands):
            if d.filled[j] > demands.asked[j, t] or (
                demands.asked[j, t] == 0 and demands.asked[j, t - 1] > 0
            ):
                stand_down(d, demands, times, kind, period, j, t)
        make_ready(d, times, kind, period, t)
        fill(d, demands, times, kind, period, t, surging)
    for i in range(kind.size):
        close_spell(d, i, horizon + 1)


@kernel
def random_starts(
    seed: int, replication: int, spans: NDArray[np.int64], out: NDArray[np.int64]
) -> None:
    """Draw where in its cycle each unit is at the start: r_i = -floor(U_i X_i), (N,).

    spans: X_i, days. U_i is a function of (seed, replication, i) alone.
    """
    at = Address(seed, replication, 0)
    for i in range(spans.size):
        out[i] = -int(luck.uniform(at, luck.START, i) * spans[i])
