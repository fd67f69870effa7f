"""All steps of a small campaign, and what is to be expected of it (MODEL 15 and 16)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from nobat.engine.exact import situations
from nobat.engine.exact.ground import ground_of
from nobat.engine.exact.law import Floats, Ints, Law, TooLargeError, merged, of_rows, summed
from nobat.engine.exact.ledger import Ledger
from nobat.engine.exact.moves import Moves
from nobat.engine.exact.numbers import Numbers, read
from nobat.engine.exact.situations import EVENTS, Change, Orders, Situation
from nobat.engine.exact.space import at_start, space_of
from nobat.scenario import Scenario

#: Rows of no more probability than this are left out, and their sum is told.
LEAST = 1e-15
#: The most states that are held at one time.
MOST_STATES = 2_000_000


@dataclass(frozen=True)
class Solution:
    """The law of how a campaign ends, and what is to be expected of it.

    secured, abandoned: probability of ending so with step t, (steps,), step 1 first; undecided:
    that neither has happened by the horizon. means: expectations of the outcomes by their names,
    as far as they follow from the state. left_out: probability that was cut off as too small to
    matter; states: the most that were held after a step.
    """

    step_d: float
    secured: Floats
    abandoned: Floats
    undecided: float
    means: Mapping[str, float]
    left_out: float
    states: int

    @property
    def days(self) -> Floats:
        """The day with which each step ends, (steps,)."""
        return days_of(self.step_d, self.secured.size)


def solve(scenario: Scenario, doctrine: str, *, least: float = LEAST) -> Solution:
    """The exact law of a small campaign under one doctrine.

    least: rows of no more probability are left out (0: none). KeyError for a doctrine that the
    scenario does not have; TooLargeError for more than MOST_STATES. Whether the scenario is one
    that can be solved so is for `fit.unfit` to say.
    """
    campaign = Campaign(read(scenario, doctrine), least)
    while campaign.t < campaign.given.horizon and campaign.law.p.size:
        campaign.step()
    return campaign.solution()


def days_of(step_d: float, steps: int) -> Floats:
    """The day with which each step ends, (steps,)."""
    days: Floats = step_d * np.arange(1.0, steps + 1.0)
    return days


class Campaign:
    """A campaign on its way: after step `t` the rows of `law`, labelled by the situations `now`.

    secured, abandoned: as in `Solution`; left_out: probability cut off so far.
    """

    def __init__(self, given: Numbers, least: float = LEAST) -> None:
        self.given, self.least, self.t = given, least, 0
        self.space = space_of(given)
        state = np.array([at_start(given, self.space)])
        self.law = Law(np.ones(1), np.zeros(1, np.int64), state)
        self.now: list[Situation] = [situations.at_start(given)]
        self.secured, self.abandoned = np.zeros(given.horizon), np.zeros(given.horizon)
        self.left_out, self.states = 0.0, 1
        self._memory = situations.memory(given)
        self._moves = Moves(given, self.space, least)
        self._ledger = Ledger(given, self.space)

    def step(self) -> None:
        """One step of MODEL 15."""
        self.t += 1
        orders = self._take_orders()  # 1, 2
        events = self._fight(orders)  # 5, 6, 7, 8
        self._move_on(events)  # 8, 10
        self._end()  # 11
        self._settle()
        self.states = max(self.states, self.law.p.size)

    def _take_orders(self) -> list[Orders]:
        """The doctrine reads and orders, the units take their turns, in every situation."""
        self.now, orders = situations.ordered(self.given, self.now, self.t)
        chance = summed(self.law.label, self.law.p, len(orders))
        self._ledger.count_duties(chance, self.now, orders)
        return orders

    def _fight(self, orders: Sequence[Orders]) -> Ints:
        """Contact, fire, and what the defence answers; returns each row's event."""
        grounds = [
            ground_of(self.given, one, order, self.t)
            for one, order in zip(self.now, orders, strict=True)
        ]
        moved = self._moves.go(self.law, grounds)
        self._ledger.add(moved.expected)
        self.left_out += moved.left_out
        self.law = moved.law
        return moved.event

    def _move_on(self, events: Ints) -> None:
        """Every row into the situation that the step has led it to."""
        law, space, kinds = self.law, self.space, 4 ** len(self.given.strength)
        bits = space.count(law.state, space.spent)
        what = (law.label * EVENTS + events) * kinds + bits
        found, place = np.unique(what, return_inverse=True)
        before, event, spent = found // kinds // EVENTS, found // kinds % EVENTS, found % kinds
        columns = (before.tolist(), event.tolist(), spent.tolist())
        changes = [Change(*each) for each in zip(*columns, strict=True)]
        self._ledger.count_changes(summed(place, law.p, found.size), self.now, changes, self.t)
        self.now = situations.after(self.given, self.now, changes, self.t)
        self.law = Law(law.p, place, law.state - bits * space.stride[space.spent])

    def _end(self) -> None:
        """Which campaigns are over: secured, abandoned, or at the horizon."""
        given, t, now = self.given, self.t, self.now
        held = [situations.held(given, one.layers, t) for one in now]
        given_up = [situations.given_up(given, one.units) for one in now]
        secured = np.array(held)[self.law.label]
        abandoned = np.array(given_up)[self.law.label] & ~secured
        self.secured[t - 1] = self._ledger.close(of_rows(self.law, secured), now, t)
        self.abandoned[t - 1] = self._ledger.close(of_rows(self.law, abandoned), now, t)
        self.law = of_rows(self.law, ~secured & ~abandoned)
        if t == given.horizon:
            self._ledger.close(self.law, now, t)

    def _settle(self) -> None:
        """Wipe out what can no longer make a difference; equal situations and states as one."""
        there, label = np.unique(self.law.label, return_inverse=True)
        now = [self.now[n] for n in there.tolist()]
        number: dict[Situation, int] = {}
        found = [
            number.setdefault(one, len(number))
            for one in situations.settled(self.given, self._memory, now, self.t)
        ]
        label = np.array(found, np.int64)[label]
        law = merged(self.law._replace(label=label), self.space.size)
        kept = law.p > self.least
        self.left_out += float(law.p[~kept].sum())
        self.law, self.now = of_rows(law, kept), list(number)
        if self.law.p.size > MOST_STATES:
            states = f"{self.law.p.size:,} states in step {self.t}"
            raise TooLargeError(f"{states} ({MOST_STATES:,} at most)")

    def solution(self) -> Solution:
        """What has been found."""
        days = days_of(self.given.step_d, self.given.horizon)
        means = self._ledger.means(self.secured, self.abandoned, days)
        if not situations.tells_rest(self.given):
            del means["rest_debt_unit_days"]
        secured, abandoned = self.secured.copy(), self.abandoned.copy()
        for each in (secured, abandoned):
            each.setflags(write=False)
        return Solution(
            step_d=self.given.step_d,
            secured=secured,
            abandoned=abandoned,
            undecided=float(self.law.p.sum()),
            means=means,
            left_out=self.left_out,
            states=self.states,
        )
