"""Who is on which duty by the clock: the rules of rotation on a few units (MODEL 2).

A unit is a tuple of whole numbers and words. Nothing in it hangs on persons, so a campaign's duties
are a function of the orders, of layers carried and of units spent. What can no longer make a
difference is wiped out, so that equal futures are equal tuples.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from nobat.engine.exact.numbers import Turns

OPERATING, RELIEVING, RESERVE, REST, SPENT = "operating", "relieving", "reserve", "rest", "spent"
#: In the order of the outcomes `*_unit_days`.
DUTIES = (OPERATING, RELIEVING, RESERVE, REST, SPENT)
AT_POST = (OPERATING, RELIEVING)
NEVER = 1 << 40
LONG_AGO = -NEVER


class Unit(NamedTuple):
    """One unit.

    began: step at which its tour would have begun had it never been interrupted; age: tour age
    kept in reserve; r: step at which recovery and rest last began, or the refit; due: length of
    this rest or refit; since: step from which it stands in reserve; debt: rest owed, steps; surge:
    at a surge post; handover_until: step until which a pair is at its post; gap_until: step until
    which the post that it left stays empty.
    """

    duty: str
    began: int = 0
    age: int = 0
    r: int = 0
    due: int = 0
    since: int = 0
    debt: int = 0
    surge: bool = False
    handover_until: int = 0
    gap_until: int = 0


Units = tuple[Unit, ...]


def at_start(turns: Turns, count: int) -> Units:
    """All units at rest, evenly staggered: r_i = -floor(i X / N)."""
    return tuple(
        Unit(REST, r=-((i * turns.stagger) // count), due=turns.ordinary) for i in range(count)
    )


def turn(
    units: Units, turns: Turns, t: int, posts: int, everyone: bool, done: bool
) -> tuple[Units, int]:
    """The duties of step t, and how many tours ended.

    posts: asked for; everyone: all are committed; done: a layer was carried in the step before.
    """
    now = [_back_from_refit(unit, turns, t) for unit in units]
    if everyone:
        now, ended = [_tour_anew(unit, turns, t) for unit in now], 0
    else:
        ended = _end_tours(now, turns, t, posts)
        if done and turns.operation_done:
            ended += _move_on(now, turns, t)
        now = [_hand_back(u, t) if u.duty == OPERATING and u.surge else u for u in now]
    _stand_down(now, t, posts)
    now = [_ready(unit, turns, t) for unit in now]
    _fill(now, turns, t, posts, len(now) if everyone else 0)
    if t == 1 and turns.first_phase:
        now = [_shift(unit, turns.first_phase) for unit in now]
    return tuple(now), ended


def owed(unit: Unit, turns: Turns, t: int) -> int:
    """Rest that a unit owes at step t beyond that of its cycle, steps."""
    if unit.duty == RESERVE:
        return max(0, unit.debt - (t - unit.since))
    if unit.duty == SPENT:
        return max(0, unit.debt - (t - unit.r))
    if unit.duty == REST:
        return max(0, min(unit.due - turns.ordinary, unit.r + unit.due - t))
    return unit.debt


def in_handover(unit: Unit, t: int) -> bool:
    """Whether a unit takes part in a handover at step t, on either side."""
    return unit.duty == RELIEVING or (unit.duty == OPERATING and t < unit.handover_until)


def spend(unit: Unit, t: int, refit: int) -> Unit:
    """A unit that is spent at the end of step t; refit: steps, NEVER with nobody left."""
    return Unit(SPENT, r=t, due=refit, debt=unit.debt, gap_until=unit.gap_until)


@dataclass(frozen=True)
class Memory:
    """What of a unit's past can still make a difference under a doctrine.

    tours: whether a unit at a post can be handed back with its tour unfinished; clocks: whether
    anything but being at a post, in refit or neither matters; reaction: steps after which a unit in
    reserve counts; horizon: the last step.
    """

    tours: bool
    clocks: bool
    reaction: int
    horizon: int


def settled(units: Units, turns: Turns, t: int, memory: Memory) -> Units:
    """The units after step t without what can no longer make a difference."""
    kept = [_settled(unit, turns, t, memory) for unit in units]
    return tuple(kept if turns.window is not None else _in_order(kept, turns, t))


def _settled(unit: Unit, turns: Turns, t: int, memory: Memory) -> Unit:
    duty, at_post = unit.duty, unit.duty in AT_POST
    if at_post and not memory.clocks:
        return Unit(duty)
    kept = unit._replace(
        began=unit.began if at_post and (memory.tours or duty == OPERATING) else 0,
        age=unit.age if duty == RESERVE else 0,
        r=unit.r if memory.tours or not at_post else 0,
        due=unit.due if duty in (REST, SPENT) else 0,
        since=unit.since if duty == RESERVE else 0,
        debt=unit.debt if memory.clocks else 0,
        surge=unit.surge and at_post,
        handover_until=unit.handover_until if at_post and unit.handover_until > t else 0,
        gap_until=unit.gap_until if unit.gap_until > t + 1 else 0,
    )
    paid = owed(kept, turns, t + 1) == 0
    if duty == RESERVE and paid and t + 1 - unit.since >= memory.reaction:
        return kept._replace(since=LONG_AGO, debt=0)
    if duty == SPENT and paid and unit.r + unit.due > memory.horizon:
        return kept._replace(r=0, due=NEVER, debt=0)
    return kept


def _in_order(units: list[Unit], turns: Turns, t: int) -> list[Unit]:
    """Units in reserve with their place in the line, where that is all that their r says.

    It is for those who began to rest before everybody whom they may have to be compared with: who
    rests now, and who comes back from refit.
    """
    first = min((unit.r for unit in units if unit.duty == REST), default=t + 1)
    first = min(first, t + 1 - turns.ordinary)
    early = sorted({u.r for u in units if u.duty == RESERVE and u.r < first})
    return [
        unit._replace(r=LONG_AGO + early.index(unit.r))
        if unit.duty == RESERVE and unit.r in early
        else unit
        for unit in units
    ]


def _back_from_refit(unit: Unit, turns: Turns, t: int) -> Unit:
    if unit.duty != SPENT or t < unit.r + unit.due:
        return unit
    debt = owed(unit, turns, t)
    return unit._replace(duty=RESERVE, r=t - turns.ordinary, since=t, debt=debt, age=0)


def _tour_anew(unit: Unit, turns: Turns, t: int) -> Unit:
    """With everyone committed a tour that is over begins anew, and its whole rest is owed."""
    if unit.duty not in AT_POST:
        return unit
    unit = unit._replace(duty=OPERATING, handover_until=0)
    if not turns.tour_over or t - unit.began < turns.tour:
        return unit
    debt = 0 if turns.forgive_rest else unit.debt + turns.ordinary
    return unit._replace(debt=debt, began=t, r=t)


def _to_rest(unit: Unit, turns: Turns, t: int) -> Unit:
    due = turns.ordinary + unit.debt
    return unit._replace(duty=REST, r=t, due=due, debt=0, age=0)


def _leave(unit: Unit, turns: Turns, t: int) -> Unit:
    gap_until = unit.gap_until if unit.surge else t + turns.gap
    return _to_rest(unit._replace(gap_until=gap_until), turns, t)


def _hand_back(unit: Unit, t: int) -> Unit:
    return unit._replace(duty=RESERVE, age=t - unit.began, since=t)


def _most_handovers(units: list[Unit], turns: Turns, posts: int) -> int:
    """How many more handovers may begin in this step."""
    if turns.handover == "simultaneous":
        return len(units)
    limit = 1 if turns.handover == "sequential" else max(1, posts // 2)
    return limit - sum(unit.duty == RELIEVING for unit in units)


def _end_tours(units: list[Unit], turns: Turns, t: int, posts: int) -> int:
    """Rule 1: in its last o steps a unit leaves cover; then it goes to rest."""
    room, ended = _most_handovers(units, turns, posts), 0
    for i, unit in enumerate(units):
        age = t - unit.began
        if unit.duty == RELIEVING and t >= unit.handover_until:
            units[i], ended = _leave(unit, turns, t), ended + 1
        elif unit.duty == OPERATING and turns.tour_over and room > 0:
            if age < turns.tour - turns.overlap:
                continue
            room -= 1
            late = age >= turns.tour
            until = t + turns.overlap if late else min(t + turns.overlap, unit.began + turns.tour)
            if until > t and not (late and turns.handover == "simultaneous"):
                units[i] = unit._replace(duty=RELIEVING, handover_until=until)
            else:
                units[i], ended = _leave(unit, turns, t), ended + 1
    return ended


def _move_on(units: list[Unit], turns: Turns, t: int) -> int:
    """An operation is done: who rests becomes reserve, who is at a post goes to rest."""
    ended = 0
    for i, unit in enumerate(units):
        if unit.duty == REST:
            units[i] = unit._replace(duty=RESERVE, since=t, debt=owed(unit, turns, t))
        elif unit.duty in AT_POST:
            units[i], ended = _leave(unit, turns, t), ended + 1
    return ended


def _stand_down(units: list[Unit], t: int, posts: int) -> None:
    """Posts above those asked for are handed back, the oldest tour first."""
    for i, unit in enumerate(units):
        if unit.duty == RELIEVING and posts == 0:
            units[i] = _hand_back(unit, t)
    base = [i for i, unit in enumerate(units) if unit.duty == OPERATING and not unit.surge]
    base.sort(key=lambda i: units[i].began)
    for i in base[: max(0, len(base) - posts)]:
        units[i] = _hand_back(units[i], t)


def _ready(unit: Unit, turns: Turns, t: int) -> Unit:
    """Rule 3: who has rested becomes reserve; who has been ready for too long starts over."""
    if unit.duty == REST and t >= unit.r + unit.due:
        unit = unit._replace(duty=RESERVE, since=unit.r + unit.due)
    if unit.duty != RESERVE or turns.window is None:
        return unit
    if t < unit.r + turns.ordinary + turns.window:
        return unit
    return _to_rest(unit._replace(debt=owed(unit, turns, t)), turns, t)


def _fill(units: list[Unit], turns: Turns, t: int, posts: int, extra: int) -> None:
    """Rule 4: base posts, then surge posts, from reserve; in a surge from rest too."""
    operating = [unit for unit in units if unit.duty == OPERATING]
    surge = sum(unit.surge for unit in operating)
    base = len(operating) - surge
    pairs = sum(unit.duty == RELIEVING for unit in units)
    pairs -= sum(t < unit.handover_until for unit in operating)
    if extra == 0:
        base += sum(t < unit.gap_until for unit in units)
    while base + surge < posts + extra or base < posts:
        i = _next(units, turns, t, RESERVE)
        if i is None and extra > 0:
            i = _next(units, turns, t, REST)
        if i is None:
            return
        units[i] = _dispatched(units[i], turns, t, base >= posts, pairs > 0)
        pairs -= 1
        if base < posts:
            base += 1
        else:
            surge += 1


def _next(units: list[Unit], turns: Turns, t: int, duty: str) -> int | None:
    """Which unit of a duty goes next: the least rest owed, where that is the rule; smallest r."""
    freshest = turns.dispatch == "freshest"
    there = [i for i, unit in enumerate(units) if unit.duty == duty]
    order = {i: (owed(units[i], turns, t) if freshest else 0, units[i].r, i) for i in there}
    return min(there, key=order.__getitem__, default=None)


def _dispatched(unit: Unit, turns: Turns, t: int, surge: bool, relieves: bool) -> Unit:
    debt = owed(unit, turns, t)
    if unit.duty == REST:
        debt = 0 if turns.forgive_rest else max(0, unit.r + unit.due - t)
    until = t + turns.overlap if relieves else 0
    return unit._replace(
        duty=OPERATING, began=t - unit.age, debt=debt, surge=surge, handover_until=until
    )


def _shift(unit: Unit, first_phase: int) -> Unit:
    """The first tours have run for a while when the campaign begins."""
    return unit._replace(began=unit.began - first_phase) if unit.duty == OPERATING else unit
