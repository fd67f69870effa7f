"""Rotations short enough for a pencil, by both ways of stepping: the campaign's and the crews'.

A campaign asks each of its units in every step; crews wait in a calendar and queues. The figures
are worked out here by the rules of MODEL 2, from r_i = -floor(i X / N) on.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

import nobat
from nobat.model import duty, roster, rotation
from nobat.model.compiled import scalar
from nobat.model.duty import (
    LONGEST_RESTED,
    NO_WINDOW,
    OPERATING,
    RELIEVING,
    RESERVE,
    REST,
    SEQUENTIAL,
    SIMULTANEOUS,
    STAGGERED,
    STRONGEST,
    Policy,
)

Ints = NDArray[np.int64]


@scalar
def steps(u: duty.Units, p: Policy, extra: Ints, orders: Ints, state: Ints, debt: Ints) -> None:
    """Live through the steps; state: duty of each unit after each, debt: what it owes, (T, N).

    extra: surge posts; orders: 1 everyone is committed, 2 an operation was done, 3 a pause.
    """
    duty.start(u, p)
    for t in range(1, state.shape[0] + 1):
        posts = 0 if orders[t - 1] == 3 else p.posts
        rotation.advance(u, p, t, posts, extra[t - 1], orders[t - 1] == 1, orders[t - 1] == 2)
        for i in range(u.size):
            state[t - 1, i] = u[i].duty
            debt[t - 1, i] = duty.owed(u, p, i, t)


def policy(posts: int, tour: int, rest: int, **others: Any) -> Policy:
    stagger = others.pop("stagger", tour + rest + others.get("recovery", 0))
    return Policy(
        posts=posts, tour=tour, rest=rest, recovery=0, overlap=0, gap=0, window=NO_WINDOW,
        stagger=stagger, first_phase=0, on_tour_over=True, on_operation_done=True,
        strength_below=0.0, dispatch=LONGEST_RESTED, handover=SIMULTANEOUS, forgive_rest=False,
    )._replace(**others)  # fmt: skip


def lived(
    p: Policy, units: int, horizon: int, *, surge: tuple[int, int, int] = (0, 0, 0),
    orders: dict[int, int] | None = None, strength: list[float] | None = None,
) -> tuple[Ints, Ints]:  # fmt: skip
    """Duties and debts after each step; surge: first step, steps, posts; orders by step."""
    u, extra = duty.units(units), np.zeros(horizon, np.int64)
    extra[surge[0] - 1 : surge[0] - 1 + surge[1]] = surge[2]
    u["strength"] = 100.0 if strength is None else strength
    ordered = np.zeros(horizon, np.int64)
    for step, what in (orders or {}).items():
        ordered[step - 1] = what
    state, debt = np.zeros((horizon, units), np.int64), np.zeros((horizon, units), np.int64)
    steps(u, p, extra, ordered, state, debt)
    return state, debt


def begins(state: Ints) -> list[tuple[int, int]]:
    """(step, unit) of every tour that begins, in order."""
    at_post = np.isin(state, (OPERATING, RELIEVING))
    before = np.vstack([np.zeros(state.shape[1], bool), at_post[:-1]])
    return [(int(t) + 1, int(i)) for t, i in np.argwhere(at_post & ~before)]


def crews(asked: dict[str, Any], horizon: int) -> tuple[nobat.Rotation, list[tuple[int, int]]]:
    """The same by crews; spells that follow each other at a post are one tour."""
    found = nobat.rotation(**asked, from_d=1, horizon_d=horizon)
    spells = found.record.spells
    return found, sorted((int(s[2]), int(s[0])) for s in spells if s[1] == OPERATING)


#: Three units, one post, four on (the last shared), eight off: r = 0, -4, -8. The third is ready at
#: once; a tour is relieved in its fourth step, where somebody has rested.
THREE = [(1, 2), (4, 1), (8, 0), (13, 2), (16, 1), (20, 0), (25, 2), (28, 1), (32, 0)]


def test_three_units_with_an_overlap() -> None:
    state, _ = lived(policy(1, 4, 8, overlap=1), 3, 32)
    assert begins(state) == THREE
    # Counted at the post: days 1-3, 4-6, 8-10, 13-15, 16-18, 20-22, ...
    manned = (state == OPERATING).sum(axis=1)
    assert manned[:24].tolist() == [1] * 6 + [0] + [1] * 3 + [0] * 2 + [1] * 6 + [0] + [1] * 3 + [
        0, 0,
    ]  # fmt: skip
    assert (state[3] == [REST, OPERATING, RELIEVING]).all()
    found, tours = crews({"units": 3, "posts": 1, "operate_d": 4, "rest_d": 8, "overlap_d": 1}, 32)
    assert tours == THREE
    assert found.record.manned[0, 1:25].tolist() == manned[:24].tolist()


def test_two_units_with_a_gap() -> None:
    # Three on, two empty, then three on: r = 0 and -2 with a cycle of 3 + 2; both ready by step 2.
    p = policy(1, 3, 2, gap=2)
    state, _ = lived(p, 2, 20)
    manned = (state == OPERATING).sum(axis=1)
    assert manned.tolist() == [1, 1, 1, 0, 0] * 4
    found, _ = crews({"units": 2, "posts": 1, "operate_d": 3, "rest_d": 2, "gap_d": 2}, 20)
    assert found.record.manned[0, 1:21].tolist() == manned.tolist()


def test_recovery_comes_before_the_rest() -> None:
    # One unit alone: two on, one of recovery, three of rest; r = 0, ready at 4.
    state, _ = lived(policy(1, 2, 3, recovery=1, stagger=0), 1, 16)
    assert begins(state) == [(4, 0), (10, 0), (16, 0)]
    found, tours = crews(
        {"units": 1, "posts": 1, "operate_d": 2, "rest_d": 3, "recovery_d": 1, "stagger_d": 0}, 16
    )
    assert tours == [(4, 0), (10, 0), (16, 0)]
    assert found.unit_days["recovery"] == 2  # day 6 and day 12


#: Two units, one post, ten on and ten off; both out in steps 23 to 25, two steps into a tour.
SURGE = (23, 3, 1)


def test_a_surge_is_repaid() -> None:
    # The one called from rest, two steps after its tour, misses eight; it serves three, hands back,
    # and is due again as usual: for its own tour, at the end of which three are still owed.
    state, debt = lived(policy(1, 10, 10), 2, 60, surge=SURGE)
    manned = (state == OPERATING).sum(axis=1)
    hole = [t + 1 for t in range(60) if manned[t] == 0]
    assert manned[22:25].tolist() == [2, 2, 2]
    opens = 26 + 2 * (10 - 3) - 2  # k (b - L) - e steps after the surge is over
    assert hole[:3] == [opens, opens + 1, opens + 2]
    assert hole == hole[:3]
    assert debt[22].max() == 8  # of ten steps two were rested
    assert debt[36].max() == debt[37].max() == 3  # five of them repaid; they lengthen its rest
    called = int(np.argmax(debt[22]))
    assert state[37, called] == REST
    assert state[37 + 10 : 37 + 13, called].tolist() == [REST] * 3
    found, _ = crews(
        {"units": 2, "posts": 1, "operate_d": 10, "rest_d": 10, "surge_start_d": 23,
         "surge_days": 3, "surge_extra": 1}, 60,
    )  # fmt: skip
    assert found.record.manned.sum(axis=0)[1:61].tolist() == manned.tolist()
    assert found.surge is not None
    assert (found.surge.gap_starts_after_d, found.surge.gap_days) == (12, 3)


def test_forgiven_rest_is_not_owed() -> None:
    _, debt = lived(policy(1, 10, 10, forgive_rest=True), 2, 60, surge=SURGE)
    assert debt.max() == 0


def test_each_step_in_reserve_repays_one() -> None:
    # Called from rest in step 23, back in reserve from step 26 on until its turn.
    state, debt = lived(policy(1, 10, 10), 2, 40, surge=SURGE)
    called = int(np.argmax(debt[22]))
    waits = [t for t in range(25, 40) if state[t, called] == RESERVE]
    assert waits
    assert debt[waits, called].tolist() == [8 - n for n in range(len(waits))]


@pytest.mark.parametrize(
    ("window", "tours"),
    [
        (4, [(1, 1), (5, 0)]),
        # The first has been ready since step 2, and would be needed in step 5: just too late.
        (3, [(1, 1), (7, 0)]),
        # The second has been ready since step -1: it starts over in 1, is ready in 3, and again
        # not needed until 5.
        (2, [(2, 0), (7, 1)]),
    ],
)
def test_a_reserve_unused_for_its_window_starts_over(
    window: int, tours: list[tuple[int, int]]
) -> None:
    # Two units, one post, four on and two off: r = 0 and -3.
    state, _ = lived(policy(1, 4, 2, window=window), 2, 16)
    assert begins(state)[:2] == tours
    asked = {"units": 2, "posts": 1, "operate_d": 4, "rest_d": 2, "readiness_window_d": window}
    assert crews(asked, 16)[1][:2] == tours


def test_who_is_dispatched_next() -> None:
    # All are ready from the first step on: r = 0, -1, -2, -3 and no rest to be had.
    strength = [40.0, 90.0, 30.0, 80.0]
    p = policy(1, 2, 0, stagger=4)
    longest, _ = lived(p, 4, 8, strength=strength)
    assert begins(longest) == [(1, 3), (3, 2), (5, 1), (7, 0)]
    strongest, _ = lived(p._replace(dispatch=STRONGEST), 4, 8, strength=strength)
    assert begins(strongest) == [(1, 1)]  # it is ready again, and the strongest, at once


@pytest.mark.parametrize(
    ("technique", "at_once"), [(SIMULTANEOUS, 4), (STAGGERED, 2), (SEQUENTIAL, 1)]
)
def test_how_many_posts_hand_over_at_once(technique: int, at_once: int) -> None:
    # Four posts whose tours all began in step 1 are due in step 5: six on, two of them shared.
    state, _ = lived(policy(4, 6, 6, overlap=2, stagger=0, handover=technique), 8, 30)
    relieving = (state == RELIEVING).sum(axis=1)
    assert relieving.max() == at_once
    assert int(np.argmax(relieving > 0)) + 1 == 6 + 6 - 2


def test_an_operation_that_is_done_moves_all_on() -> None:
    # Three groups of one: operating to rest, rest to reserve, reserve to operating.
    p = policy(1, 20, 20, stagger=40, on_tour_over=False)
    state, _ = lived(p, 3, 8, orders={5: 2})
    assert state[3].tolist() == [REST, REST, OPERATING]
    assert state[4, 2] == REST
    assert sorted(state[4].tolist()) == sorted([OPERATING, RESERVE, REST])
    assert state[4, 1] == OPERATING  # longest rested


def test_everyone_committed_owes_the_rest() -> None:
    # Both operate from step 11 to 20; a tour of four that ends begins anew, and its rest is owed.
    orders = dict.fromkeys(range(11, 21), 1)
    state, debt = lived(policy(1, 4, 4), 2, 40, surge=(11, 10, 2), orders=orders)
    assert (state[10:20] == OPERATING).all()
    # In step 11 the one at the post is two steps into its tour, the other has rested for two.
    assert sorted(debt[10].tolist()) == [0, 2]
    assert sorted(debt[19].tolist()) == [2 * 4, 2 + 2 * 4]
    after = (state[20:] == OPERATING).sum(axis=1)
    assert after.min() == 0


def test_a_pause_calls_everyone_back() -> None:
    state, _ = lived(policy(2, 6, 2), 3, 12, orders={4: 3, 5: 3})
    assert not np.isin(state[3:5], (OPERATING, RELIEVING)).any()
    # The tours are finished later: three steps were done, three are left.
    resumed = state[5:] == OPERATING
    assert resumed[0].sum() == 2
    was_out = np.flatnonzero(state[2] == OPERATING)
    assert (state[5, was_out] == OPERATING).all()
    assert (state[8, was_out] != OPERATING).any()


def test_a_relief_counts_as_handing_over() -> None:
    # Of THREE: the one who comes in step 4 takes part in the handover of that step, and no longer.
    p = policy(1, 4, 8, overlap=1)
    u, state = duty.units(3), np.zeros((5, 3), np.int64)
    steps(u, p, np.zeros(5, np.int64), np.zeros(5, np.int64), state, state.copy())
    assert u["handover_until"].tolist()[1] == 5


def test_a_queue_gives_the_smallest_first() -> None:
    ranks = [9, 4, 7, 1, 8, 2, 6, 3, 5, 0]
    heap, size = np.zeros(10, np.int64), 0
    for rank in ranks:
        size = roster.push(heap, 0, size, rank)
    given = []
    while size:
        given.append(int(heap[0]))
        size = roster.pop(heap, 0, size)
    assert given == sorted(ranks)
