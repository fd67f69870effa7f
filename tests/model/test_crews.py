"""The queues of the crews against the campaign's own stepping: the same rules, the same days."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from nobat.model import crews, duty, rotation
from nobat.model.compiled import scalar
from nobat.model.duty import NO_WINDOW, OPERATING, RELIEVING, RESERVE, REST, Policy


@scalar
def step_by_step(
    u: duty.Units, p: Policy, surge: tuple[int, int, int], state: Any, debt: Any
) -> None:
    """Ask every unit in every step, as a campaign does; the state and debt of each, (T, N)."""
    duty.start(u, p)
    for t in range(1, state.shape[0] + 1):
        extra = surge[2] if surge[0] <= t < surge[0] + surge[1] else 0
        rotation.advance(u, p, t, p.posts, extra, False, False)
        for i in range(u.size):
            state[t - 1, i] = u[i].duty
            debt[t - 1, i] = duty.owed(u, p, i, t)


def by_queue(p: Policy, units: int, horizon: int, surge: tuple[int, int, int]) -> crews.Desk:
    """The same by the crews' kernel."""
    one = np.ones((1, 1), np.int64)
    times = crews.Times(
        np.ones(1, np.int64), p.tour * one, p.rest * one, p.recovery * one, p.overlap * one,
        p.gap * one, p.window * one, p.forgive_rest,
    )  # fmt: skip
    asked = np.zeros((2, horizon + 2), np.int64)
    asked[0, 1:] = p.posts
    asked[1, surge[0] : surge[0] + surge[1]] = surge[2]
    demands = crews.Demands(asked, np.array([False, True]), np.zeros((2, 1), np.int64))
    kind = np.zeros(units, np.int64)
    starts = np.array([-((i * p.stagger) // units) for i in range(units)], np.int64)
    d = crews.desk(kind, 1, 2, horizon, 10 * units * horizon)
    crews.run(kind, starts, times, demands, d)
    return d


@st.composite
def cases(draw: st.DrawFn) -> tuple[Policy, int, int, tuple[int, int, int]]:
    units = draw(st.integers(1, 9))
    posts = draw(st.integers(1, units))
    tour = draw(st.integers(1, 15))
    rest, recovery = draw(st.integers(0, 25)), draw(st.integers(0, 5))
    overlap = draw(st.integers(0, tour - 1))
    gap = draw(st.integers(0, tour)) if overlap == 0 else 0
    window = draw(st.one_of(st.just(NO_WINDOW), st.integers(1, 40)))
    horizon = draw(st.integers(1, 160))
    surge = draw(st.integers(1, 100)), draw(st.integers(0, 60)), draw(st.integers(0, 9))
    p = Policy(
        posts, tour, rest, recovery, overlap, gap, window, draw(st.integers(0, 60)), 0, True,
        False, 0.0, duty.LONGEST_RESTED, duty.SIMULTANEOUS, draw(st.booleans()),
    )  # fmt: skip
    return p, units, horizon, surge


@settings(max_examples=400)
@given(cases())
def test_queues_and_steps_agree_to_the_day(
    case: tuple[Policy, int, int, tuple[int, int, int]],
) -> None:
    p, units, horizon, surge = case
    state = np.zeros((horizon, units), np.int64)
    debt = np.zeros((horizon, units), np.int64)
    step_by_step(duty.units(units), p, surge, state, debt)
    d = by_queue(p, units, horizon, surge)
    mine = np.full((horizon, units), -1)
    owed = np.full((horizon, units), -1)
    for unit, what, first, end, _, debt_then in d.spells[: d.found[0]]:
        assert end > first or (what == REST and end == first)
        if end == first:
            continue
        mine[max(first, 1) - 1 : end - 1, unit] = what
        owed[max(first, 1) - 1, unit] = debt_then
    assert (mine == state).all()
    begun = owed >= 0
    assert (owed[begun] == debt[begun]).all()
    at_posts = (state == OPERATING).sum(axis=1)
    assert (d.manned[:, 1:-1].sum(axis=0) == at_posts).all()
    assert {*np.unique(state)} <= {OPERATING, RELIEVING, RESERVE, REST}
