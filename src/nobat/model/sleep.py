"""Sleep in a campaign: what a lack of it leaves of a force's effectiveness (MODEL 3).

A group of persons sleeps once a day, from a common bedtime, for as long as its schedule says.
Its state is a reservoir (SAFTE) or S (three-process), how long it has been awake, and how deep
its sleep was on waking. The equations are those of `process`, exact within a step: a step is cut
where sleep begins and ends, at most into three pieces, and over most pieces the state after and
the mean effectiveness are linear in the state before. Those lines are laid out once, in `Terms`;
only a piece in which the fastest rate or the full reservoir is met or left is solved anew.

SAFTE is the published one, whose capacity is a constant: f = 0.0026243, no regulation.

The three-process model gives alertness, not effectiveness. A campaign takes S + C + U + W as a
share of its mean over the waking hours of somebody who sleeps from 23 to 7. That mapping is ours:
structure, not evidence.
"""

from __future__ import annotations

import math
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from nobat.model import process
from nobat.model.alertness import SAFTE as SAFTE_NUMBERS
from nobat.model.alertness import THREE_PROCESS as THREE_NUMBERS
from nobat.model.compiled import Records, kernel, part, scalar
from nobat.model.duty import OPERATING as OPERATING
from nobat.model.duty import RELIEVING as RELIEVING
from nobat.model.duty import RESERVE as RESERVE
from nobat.model.duty import REST as REST
from nobat.model.duty import SPENT as SPENT

NONE, SAFTE, THREE_PROCESS = 0, 1, 2

#: Schedules of sleep: the five duties, everyone committed, a defender's layer pressed or in peace.
COMMITTED, PRESSED, PEACE = 5, 6, 7
SCHEDULES = 8

#: `awake_min` of a group that sleeps, and of one that never does.
ASLEEP, EVER = -1.0, 1e9

#: A step has at most so many pieces, each one of these kinds.
PIECES = 3
NOTHING, WAKING, SLEEPING = 0, 1, 2

#: A piece. kind: NOTHING, WAKING or SLEEPING; plain: whether it is a whole step of waking. For a
#: state between `low` and `high`: state after = gain x state + shift, part of the step's mean
#: effectiveness = slope x state + level. For a state of at most `capped` (the straight part of
#: sleep): state + shift_2, slope_2 x state + level_2. At `bound` (empty while awake, full in a
#: morning's sleep; else -1) the state stays, and that part is `held`. start: clock minute; length:
#: minutes; weight: one minute's part of the step.
PIECE = np.dtype(
    [("kind", "i8"), ("plain", "?"), ("low", "f8"), ("high", "f8"), ("gain", "f8"), ("shift", "f8"),
     ("slope", "f8"), ("level", "f8"), ("length", "f8"), ("weight", "f8"), ("start", "f8"),
     ("capped", "f8"), ("shift_2", "f8"), ("slope_2", "f8"), ("level_2", "f8"), ("bound", "f8"),
     ("held", "f8")],
    align=True,
)  # fmt: skip

#: Two states at least so far apart lay out a line.
_APART = 1e-3
#: A piece of so few minutes is none, but rounding.
_SLIVER = 1e-6


class Terms(NamedTuple):
    """Sleep as a campaign needs it: constants, and the pieces of each clock step.

    model: NONE, SAFTE or THREE_PROCESS; floor: effectiveness never falls below it. inertia: what
    waking takes, share of full effectiveness; inertia_rate: it fades as exp(-rate t / intensity),
    a minute; inertia_min: it ends so long after waking. day: steps a day, K; piece: rows of PIECE,
    those of step k of a schedule from (schedule x K + k) x PIECES on. start: reservoir, awake_min
    and intensity at midnight in the steady state of each schedule, (SCHEDULES, 3).
    """

    model: int
    floor: float
    inertia: float
    inertia_rate: float
    inertia_min: float
    day: int
    piece: Records
    start: NDArray[np.float64]


#: The state of a group of persons. reservoir: R of SAFTE, of 2880, or S of the three-process
#: model; awake_min: minutes since waking, ASLEEP while sleeping; intensity: SI at waking, reservoir
#: units a minute (1 in the three-process model).
SLEEPER = np.dtype([("reservoir", "f8"), ("awake_min", "f8"), ("intensity", "f8")], align=True)

#: Groups of persons: rows of SLEEPER.
Sleepers: TypeAlias = Records


def sleepers(count: int) -> Sleepers:
    """Room for the state of so many groups; `begin` fills it."""
    room = np.zeros(count, SLEEPER)
    room["intensity"] = 1.0
    return room


@part
def begin(s: Sleepers, i: int, terms: Terms, schedule: int) -> None:
    """Group i starts at midnight in the steady state of the schedule.

    With less sleep than the model can bear (3.08 h in SAFTE) that state is the empty reservoir.
    """
    s[i].reservoir = terms.start[schedule, 0]
    s[i].awake_min = terms.start[schedule, 1]
    s[i].intensity = terms.start[schedule, 2]


@part
def copy(s: Sleepers, i: int, j: int) -> None:
    """Group j becomes as group i is."""
    s[j].reservoir = s[i].reservoir
    s[j].awake_min = s[i].awake_min
    s[j].intensity = s[i].intensity


@part
def mix(s: Sleepers, i: int, j: int, n_i: float, n_j: float) -> None:
    """Group i, n_i persons, takes in n_j persons of group j, who sleep from now on as it does.

    Means weighted by persons. Where one group is awake and the other asleep, only the reservoir
    is mixed: whether group i sleeps is for its schedule to say.
    """
    if n_j <= 0.0:
        return
    share = n_j / (n_i + n_j)
    s[i].reservoir += share * (s[j].reservoir - s[i].reservoir)
    if s[i].awake_min != ASLEEP and s[j].awake_min != ASLEEP:
        s[i].awake_min += share * (s[j].awake_min - s[i].awake_min)
        s[i].intensity += share * (s[j].intensity - s[i].intensity)


@scalar
def inertia_area(rate: float, lasts: float, since: float, minutes: float) -> float:
    """Integral of exp(-rate t) from `since` over so many minutes, 0 once it `lasts` no more."""
    until = min(since + minutes, lasts)
    if until <= since:
        return 0.0
    return (math.exp(-rate * since) - math.exp(-rate * until)) / rate


@scalar
def live(model: int, kind: int, state: float, t: float, minutes: float) -> tuple[float, float]:
    """State and area (share x minutes, no inertia) after a stretch of one kind from minute t."""
    if model == SAFTE:
        if kind == WAKING:
            return process.safte_awake(state, t, minutes)
        return process.safte_asleep(state, t, minutes)
    if kind == WAKING:
        return process.three_awake(state, t, minutes)
    return process.three_asleep(state, t, minutes)


@part
def _wear_off(s: Sleepers, i: int, terms: Terms, at: int) -> float:
    """Group i is awake through a piece: what inertia takes of the step's mean effectiveness.

    A group that slept until now wakes at its start. at: the piece's row.
    """
    piece = terms.piece[at]
    if s[i].awake_min < 0.0:
        s[i].awake_min, s[i].intensity = 0.0, 1.0
        if terms.model == SAFTE:
            s[i].intensity = process.intensity(s[i].reservoir, piece.start)
    since = s[i].awake_min
    s[i].awake_min = since + piece.length
    if since >= terms.inertia_min:
        return 0.0
    rate = terms.inertia_rate / s[i].intensity
    return terms.inertia * piece.weight * inertia_area(rate, terms.inertia_min, since, piece.length)


@part
def _pass_piece(s: Sleepers, i: int, terms: Terms, at: int) -> float:
    """Group i's reservoir moves through a piece; its part of the step's mean effectiveness."""
    piece, state = terms.piece[at], s[i].reservoir
    if piece.low <= state <= piece.high:
        s[i].reservoir = piece.gain * state + piece.shift
        return piece.slope * state + piece.level
    if state <= piece.capped:
        s[i].reservoir = state + piece.shift_2
        return piece.slope_2 * state + piece.level_2
    if state == piece.bound:
        return piece.held
    after, area = live(terms.model, piece.kind, state, piece.start, piece.length)
    s[i].reservoir = after
    return area * piece.weight


@part
def pass_step(s: Sleepers, i: int, schedule: int, k: int, terms: Terms) -> float:
    """Group i lives through clock step k (0: from midnight) of a day under the schedule.

    Returns its mean effectiveness over the step, a share in [floor, 1]; 1 without a model. Those
    who sleep count without inertia: they sleep in turns.
    """
    if terms.model == NONE:
        return 1.0
    first = (schedule * terms.day + k) * PIECES
    piece, state = terms.piece[first], s[i].reservoir
    if piece.plain and s[i].awake_min >= terms.inertia_min and piece.low <= state <= piece.high:
        s[i].reservoir = piece.gain * state + piece.shift
        s[i].awake_min += piece.length
        return min(1.0, max(terms.floor, piece.slope * state + piece.level))
    share = 0.0
    for at in range(first, first + PIECES):
        kind = terms.piece[at].kind
        if kind == NOTHING:
            break
        if kind == WAKING:
            share -= _wear_off(s, i, terms, at)
        else:
            s[i].awake_min = ASLEEP
        share += _pass_piece(s, i, terms, at)
    return min(1.0, max(terms.floor, share))


@scalar
def _full_until(t: float, minutes: float) -> float:
    """The highest reservoir that stays below capacity in sleep from t: x > 0 up to each noon."""
    room, end = 0.0, t + minutes
    noon = process.HALF_DAY_MIN
    while noon <= t:
        noon += process.DAY_MIN
    while True:
        until = min(noon, end)
        pull = process.missing_after(0.0, t, until - t)
        room = max(room, -pull * math.exp(SAFTE_NUMBERS.feedback * (until - t)))
        if until >= end:
            return process.CAPACITY - room
        noon += process.DAY_MIN


@scalar
def lines(model: int, kind: int, t: float, minutes: float) -> tuple[float, float, float]:
    """For which states a piece is one line: from, to, and the most for the straight part of sleep.

    SAFTE: awake, the reservoir must last; asleep, SI starts below its cap (it is not met later),
    and the reservoir is not filled; straight where SI is at its cap to the end.
    """
    never = -np.inf
    if model == THREE_PROCESS:
        if kind == WAKING:
            return 0.0, np.inf, never
        return process.BEND, np.inf, process.BEND - process.STRAIGHT * minutes
    if kind == WAKING:
        return process.USE * minutes, np.inf, never
    f, a_s, cap = SAFTE_NUMBERS.feedback, SAFTE_NUMBERS.propensity, process.CAPACITY
    at_start = cap - (process.FASTEST + a_s * process.drive(t)) / f
    at_end = cap - (process.FASTEST + a_s * process.drive(t + minutes)) / f
    return max(0.0, at_start), _full_until(t, minutes), at_end - process.FASTEST * minutes


@scalar
def _bound(model: int, kind: int, end: float) -> float:
    """The state that such a piece, which ends at clock minute `end`, leaves as it is; -1: none."""
    if model != SAFTE:
        return -1.0
    if kind == WAKING:
        return 0.0
    return process.CAPACITY if end <= process.HALF_DAY_MIN else -1.0


@scalar
def _line(
    model: int, kind: int, t: float, minutes: float, low: float, high: float
) -> tuple[float, float, float, float]:
    """Gain, shift, slope and level of the line through what follows from two states."""
    first, first_area = live(model, kind, low, t, minutes)
    last, last_area = live(model, kind, high, t, minutes)
    gain, slope = (last - first) / (high - low), (last_area - first_area) / (high - low)
    return gain, first - gain * low, slope, first_area - slope * low


@part
def _lay_out(terms: Terms, at: int, kind: int, t: float, end: float) -> None:
    """Fill in one piece, from clock minute t to `end`; at: its row."""
    minutes, weight = end - t, terms.day / process.DAY_MIN
    most = process.CAPACITY if terms.model == SAFTE else process.HIGH
    piece = terms.piece[at]
    piece.kind, piece.start, piece.length, piece.weight = kind, t, minutes, weight
    piece.plain = kind == WAKING and weight * minutes > 1.0 - _SLIVER
    low, high, capped = lines(terms.model, kind, t, minutes)
    piece.low, piece.high = np.inf, -np.inf
    if min(high, most) - low > _APART:
        gain, shift, slope, level = _line(terms.model, kind, t, minutes, low, min(high, most))
        piece.low, piece.high = low, high
        piece.gain, piece.shift = gain, shift
        piece.slope, piece.level = weight * slope, weight * level
    piece.capped = -np.inf
    if capped > _APART:
        _, shift, slope, level = _line(terms.model, kind, t, minutes, 0.0, capped)
        piece.capped, piece.shift_2 = capped, shift
        piece.slope_2, piece.level_2 = weight * slope, weight * level
    bound = _bound(terms.model, kind, end)
    piece.bound = bound
    if bound >= 0.0:
        piece.held = weight * live(terms.model, kind, bound, t, minutes)[1]


@part
def _cut(terms: Terms, schedule: int, k: int, bedtime: float, hours: float) -> None:
    """Cut clock step k where this schedule's sleep begins and ends (minutes; hours of sleep)."""
    step = process.DAY_MIN / terms.day
    t, end, n = k * step, (k + 1) * step, 0
    while end - t > _SLIVER:
        since = (t - bedtime + _SLIVER) % process.DAY_MIN
        kind, lasts = WAKING, process.DAY_MIN - since
        if since < 60.0 * hours:
            kind, lasts = SLEEPING, 60.0 * hours - since
        if hours <= 0.0 or hours >= 24.0:
            lasts = process.DAY_MIN
        until = min(end, t + lasts + _SLIVER)
        _lay_out(terms, (schedule * terms.day + k) * PIECES + n, kind, t, until)
        t, n = until, n + 1


@part
def _day(s: Sleepers, terms: Terms, schedule: int) -> float:
    """Group 0 lives through a day of the schedule; returns its reservoir."""
    for k in range(terms.day):
        pass_step(s, 0, schedule, k, terms)
    return s[0].reservoir


@part
def _settle(s: Sleepers, terms: Terms, schedule: int) -> None:
    """Find the state at midnight that a day of this schedule leads back to.

    A day moves two states never further apart and never past each other, so the gain over a day
    falls with the state, and halving finds where it is 0. Group 0 of `s` is room to try in.
    """
    low = 0.0 if terms.model == SAFTE else process.LOW
    high = process.CAPACITY if terms.model == SAFTE else process.HIGH
    for _ in range(60):
        middle = 0.5 * (low + high)
        s[0].reservoir, s[0].awake_min, s[0].intensity = middle, EVER, 1.0
        if _day(s, terms, schedule) > middle:
            low = middle
        else:
            high = middle
    s[0].reservoir, s[0].awake_min, s[0].intensity = 0.5 * (low + high), EVER, 1.0
    for _ in range(2):  # the second day begins with the waking of the first behind it
        terms.start[schedule, 0] = _day(s, terms, schedule)
    terms.start[schedule, 1] = s[0].awake_min
    terms.start[schedule, 2] = s[0].intensity


@kernel
def fill(terms: Terms, s: Sleepers, bedtime_h: float, hours: NDArray[np.float64]) -> None:
    """Lay out all pieces and steady states; hours: sleep a day in each schedule, (SCHEDULES,)."""
    for schedule in range(SCHEDULES):
        for k in range(terms.day):
            _cut(terms, schedule, k, 60.0 * bedtime_h, hours[schedule])
        _settle(s, terms, schedule)


def terms(
    model: int, bedtime_h: float, hours: tuple[float, ...], step_h: float, floor: float
) -> Terms:
    """The terms of a model, for a common bedtime and the hours of sleep of each schedule.

    bedtime_h: clock hour; hours: (SCHEDULES,), each 0 to 24; step_h divides 24; floor: share.
    """
    steps = round(24.0 / step_h)
    safte = model == SAFTE
    three = THREE_NUMBERS
    made = Terms(
        model=model,
        floor=float(floor),
        inertia=SAFTE_NUMBERS.inertia / 100.0 if safte else three.waking / process.WELL_RESTED,
        inertia_rate=SAFTE_NUMBERS.inertia_rate if safte else three.waking_rate / 60.0,
        inertia_min=SAFTE_NUMBERS.inertia_min if safte else process.DAY_MIN,
        day=steps,
        piece=np.zeros(SCHEDULES * steps * PIECES, PIECE),
        start=np.zeros((SCHEDULES, 3), np.float64),
    )
    if model != NONE:
        fill(made, sleepers(1), float(bedtime_h), np.array(hours, np.float64))
    return made
