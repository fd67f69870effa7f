"""One person's effectiveness, hour by hour, over a schedule of sleep: exact (MODEL 3).

Three models: `safte` as published (Hursh and others 2004; US 6,579,233), `safter` with the
constants of the program SAFTEr 1.0.0, whose capacity is regulated, and `three-process` (Akerstedt
and Folkard 1997, constants as in Ingre and others 2014). Each is a chain of closed forms from one
change to the next; nothing is stepped.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple, Protocol

from nobat.model import alertness
from nobat.model.alertness import LEAST_INTENSITY, THREE_PROCESS, Reservoir, ThreeProcess
from nobat.theory import reservoir
from nobat.theory.reservoir import Store
from nobat.theory.schedule import Sleep

if TYPE_CHECKING:
    from nobat.show.sleep import Table

SAFTE, SAFTER, THREE = "safte", "safter", "three-process"
MODELS = (SAFTE, SAFTER, THREE)

#: Somebody rested sleeps from 23 to 7; who starts awake has been so since the last 7 o'clock.
BED_H, WAKING_H = 23.0, 7.0
#: Settled to within rounding after so many days.
_SETTLED = 60
#: A day's means are over samples so many of which make an hour.
SAMPLES = 10

#: Effectiveness below which, and KSS from which on, a waking hour is counted as impaired.
LOW_EFFECTIVENESS, HIGH_KSS = 77.0, 7.0


class Reading(NamedTuple):
    """A person at an hour: reservoir, effectiveness, inertia; or S, S + C + U and KSS.

    reservoir: of 2880; effectiveness and inertia: points of 100. See `COLUMNS`.
    """

    hour: float
    awake: bool
    state: float
    score: float
    third: float


#: What the last three of a reading are called.
COLUMNS = {
    SAFTE: ("reservoir", "effectiveness", "inertia"),
    SAFTER: ("reservoir", "effectiveness", "inertia"),
    THREE: ("s", "alertness", "kss"),
}


class Day(NamedTuple):
    """A day from midnight: hours asleep and awake; while awake, mean and worst, hours impaired.

    mean and worst are of effectiveness, or of KSS for the three-process model; worst_h is the
    hour of the worst. None where nobody was awake.
    """

    day: int
    asleep_h: float
    awake_h: float
    mean: float | None
    worst: float | None
    worst_h: float | None
    impaired_h: float


class Person(Protocol):
    """Somebody who lives by one of the models; hours count from midnight of day 0."""

    @property
    def early_h(self) -> float:
        """How much earlier than scheduled this person falls asleep and wakes, hours."""

    def live(self, awake: bool, from_h: float, hours: float) -> None:
        """Go on for so many hours, awake or asleep all the while."""

    def turn(self, awake: bool, at_h: float) -> None:
        """Wake up or fall asleep."""

    def read(self, at_h: float) -> Reading:
        """How this person is now."""


@dataclass
class _Tank:
    """A person of SAFTE, with either program's constants."""

    model: Reservoir
    store: Store
    woke_h: float | None = None
    depth: float = 1.0

    @property
    def early_h(self) -> float:
        return self.model.early_min / 60.0

    def live(self, awake: bool, from_h: float, hours: float) -> None:
        minutes = 60.0 * hours
        if awake:
            self.store = reservoir.awake(self.model, self.store, minutes)
        else:
            self.store = reservoir.asleep(self.model, self.store, 60.0 * from_h, minutes)

    def turn(self, awake: bool, at_h: float) -> None:
        self.woke_h = at_h if awake else None
        if awake:
            self.depth = self._intensity(at_h)

    def _intensity(self, at_h: float) -> float:
        return reservoir.intensity(self.model, self.store, 60.0 * at_h)

    def inertia(self, at_h: float) -> float:
        """Points lost to sleep inertia, 0 or below."""
        model = self.model
        if self.woke_h is None:
            return 0.0
        minutes = max(0.0, 60.0 * (at_h - self.woke_h) - model.early_min)
        if minutes > model.inertia_min:
            return 0.0
        depth = min(model.fastest, self.depth) if model.by_waking else self._intensity(at_h)
        depth = max(LEAST_INTENSITY, depth)
        return -model.inertia * math.exp(-model.inertia_rate * minutes / depth)

    def read(self, at_h: float) -> Reading:
        model, level = self.model, reservoir.level(self.model, self.store)
        missing = (model.capacity - level) / model.capacity
        rhythm = reservoir.circadian(60.0 * at_h) * (model.swing + model.tired_swing * missing)
        inertia = self.inertia(at_h)
        score = (100.0 * (1.0 - missing) + rhythm + inertia) / model.divisor
        return Reading(at_h, self.woke_h is not None, level, score, inertia)


@dataclass
class _Three:
    """A person of the three-process model."""

    s: float
    woke_h: float | None = None
    early_h: float = 0.0

    def live(self, awake: bool, from_h: float, hours: float) -> None:
        self.s = s_awake(self.s, hours) if awake else s_asleep(self.s, hours)

    def turn(self, awake: bool, at_h: float) -> None:
        self.woke_h = at_h if awake else None

    def read(self, at_h: float) -> Reading:
        model, alert = THREE_PROCESS, self.s + rhythms(at_h)
        lost = 0.0
        if self.woke_h is not None:
            lost = model.waking * math.exp(-model.waking_rate * (at_h - self.woke_h))
        kss = model.kss_most - model.kss_slope * (alert - lost)
        return Reading(at_h, self.woke_h is not None, self.s, alert, kss)


def s_awake(s: float, hours: float, model: ThreeProcess = THREE_PROCESS) -> float:
    """S after so many waking hours: 2.4 + (S - 2.4) exp(-0.0353 t)."""
    return model.low + (s - model.low) * math.exp(-model.fall * hours)


def s_asleep(s: float, hours: float, model: ThreeProcess = THREE_PROCESS) -> float:
    """S after so many hours of sleep: in a straight line up to 12.2, from there towards 14.3."""
    if s < model.bend:
        slope = model.rise * (model.high - model.bend)
        straight = min(hours, (model.bend - s) / slope)
        s, hours = s + slope * straight, hours - straight
        if hours <= 0.0:
            return s
    return model.high - (model.high - s) * math.exp(-model.rise * hours)


def rhythms(hour: float) -> float:
    """C + U at a clock hour: 2.5 cos 2 pi (T - 16.8) / 24 - 0.5 + 0.5 cos 2 pi (T - 19.8) / 12."""
    model = THREE_PROCESS
    c = model.c_size * math.cos(2.0 * math.pi * (hour - model.c_peak_h) / 24.0)
    u = model.u_size * math.cos(2.0 * math.pi * (hour - model.u_peak_h) / 12.0)
    return c + model.u_mean + u


@dataclass(frozen=True)
class Curve:
    """One person's hours: what was asked, and the readings at whole hours.

    sleeps: those that count; left_out: how many do not, before the start or after the end; name:
    of the schedule, if it has one.
    """

    model: str
    sleeps: tuple[Sleep, ...]
    left_out: int
    start_h: float
    start_reservoir: float
    until_h: float
    rows: tuple[Reading, ...]
    samples: tuple[Reading, ...] = field(repr=False)
    name: str | None = None

    def days(self) -> list[Day]:
        """The days, from ten samples an hour; hours asleep and awake are exact."""
        groups = groupby(self.samples, key=lambda one: math.floor(one.hour / 24.0))
        return [self._day(day, list(group)) for day, group in groups]

    def _day(self, number: int, samples: Sequence[Reading]) -> Day:
        first, last = max(self.start_h, 24.0 * number), min(self.until_h, 24.0 * (number + 1))
        slept = sum(max(0.0, min(last, s.end_h) - max(first, s.start_h)) for s in self.sleeps)
        waking = [one for one in samples if one.awake]
        if not waking:
            return Day(number, slept, last - first - slept, None, None, None, 0.0)
        scores = [self.measure(one) for one in waking]
        worst = max(scores) if self.model == THREE else min(scores)
        at = waking[scores.index(worst)].hour
        impaired = sum(self.is_impaired(score) for score in scores) / SAMPLES
        mean = math.fsum(scores) / len(scores)
        return Day(number, slept, last - first - slept, mean, worst, at, impaired)

    def measure(self, reading: Reading) -> float:
        """What this model says of performance: effectiveness, or KSS."""
        return reading.third if self.model == THREE else reading.score

    def is_impaired(self, score: float) -> bool:
        """Whether effectiveness is below 77 %, or KSS 7 or more."""
        return score >= HIGH_KSS if self.model == THREE else score < LOW_EFFECTIVENESS

    def table(self) -> Table:
        """What `nobat theory sleep` shows: `print` it, or let a notebook show it."""
        from nobat.show.sleep import Table

        return Table(self)

    def to_json(self) -> dict[str, object]:
        """Plain JSON values; the readings under the names of `COLUMNS`."""
        names = COLUMNS[self.model]
        rows = [
            {"hour": int(one.hour), "awake": one.awake, **dict(zip(names, one[2:], strict=True))}
            for one in self.rows
        ]
        return {
            "model": self.model, "schedule": self.name, "start_h": self.start_h,
            "start_reservoir": self.start_reservoir, "until_h": self.until_h,
            "days": [day._asdict() for day in self.days()], "rows": rows,
        }  # fmt: skip


def curve(
    schedule: Sequence[Sleep],
    model: str = SAFTE,
    start_h: float | None = None,
    start_reservoir: float | None = None,
    until_h: float | None = None,
) -> Curve:
    """The curve of a person who sleeps by the schedule, at whole hours from start to end.

    schedule: in order, without overlaps; sleeps before the start do not count. start_h: hour 7, or
    the first sleep where that is earlier. start_reservoir: R of 2880, or S; left out, that of
    somebody who slept from 23 to 7 every night until the last 7 o'clock and has been awake since.
    until_h: 24 hours after the last sleep. Nothing is checked here: `sleep_question` does.
    """
    start = default_start(schedule) if start_h is None else start_h
    until = default_end(schedule, start) if until_h is None else until_h
    person, state = _at_start(model, start, start_reservoir)
    sleeps = tuple(sleep for sleep in schedule if sleep.end_h > start and sleep.start_h <= until)
    count = max(1, math.ceil((until - start) * SAMPLES - 1e-9))
    middles = ((n + 0.5) * (until - start) / count + start for n in range(count))
    whole = (float(hour) for hour in range(math.ceil(start), math.floor(until) + 1))
    other, _ = _at_start(model, start, start_reservoir)
    return Curve(
        model, sleeps, len(schedule) - len(sleeps), start, state, until,
        rows=tuple(walk(person, sleeps, start, whole)),
        samples=tuple(walk(other, sleeps, start, middles)),
    )  # fmt: skip


def default_start(schedule: Sequence[Sleep]) -> float:
    """Hour 7, or the first sleep where that is earlier."""
    return min(WAKING_H, schedule[0].start_h)


def default_end(schedule: Sequence[Sleep], start_h: float) -> float:
    """24 hours after the last sleep, or after the start; a whole hour."""
    return float(math.ceil(max(start_h, schedule[-1].end_h) + 24.0))


def walk(
    person: Person, sleeps: Sequence[Sleep], start_h: float, hours: Iterable[float]
) -> Iterator[Reading]:
    """Readings at these hours, in order; somebody who wakes or falls asleep then has done so."""
    ahead = iter(
        [turn for sleep in sleeps for turn in ((sleep.start_h, False), (sleep.end_h, True))]
    )
    following = next(ahead, None)
    now, awake = start_h, True
    for hour in hours:
        while following is not None and following[0] - person.early_h <= hour:
            at = max(start_h, following[0] - person.early_h)
            person.live(awake, now, at - now)
            now, awake = at, following[1]
            person.turn(awake, now)
            following = next(ahead, None)
        person.live(awake, now, hour - now)
        now = hour
        yield person.read(now)


def _at_start(model: str, start_h: float, given: float | None) -> tuple[Person, float]:
    """A person who starts awake at an hour, and the state at which that is: R or S."""
    since = (start_h - WAKING_H) % 24.0
    if model == THREE:
        s = s_awake(_rested_s(), since) if given is None else given
        return _Three(s, start_h - since), s
    numbers = alertness.SAFTE if model == SAFTE else alertness.SAFTER
    if given is None:
        woken = _rested_store(numbers)
    else:
        woken = Store(max(0.0, numbers.capacity - given - numbers.use * 60.0 * since))
    person = _Tank(numbers, woken)
    person.turn(True, start_h - since - person.early_h)
    person.live(True, start_h - since, since)
    if given is not None:
        person.store = Store(numbers.capacity - given)
    return person, reservoir.level(numbers, person.store)


def _rested_store(numbers: Reservoir) -> Store:
    """The reservoir at 7 o'clock of somebody who sleeps from 23 to 7 every night."""
    early, awake_min = numbers.early_min, 60.0 * (BED_H - WAKING_H)
    store = Store(0.0)
    for _ in range(_SETTLED):
        store = reservoir.awake(numbers, store, awake_min - early)
        store = reservoir.asleep(numbers, store, 60.0 * BED_H - early, 1440.0 - awake_min)
        store = reservoir.awake(numbers, store, early)
    return store


def _rested_s() -> float:
    """S at 7 o'clock of somebody who sleeps from 23 to 7 every night."""
    s, awake_h = THREE_PROCESS.high, BED_H - WAKING_H
    for _ in range(_SETTLED):
        s = s_asleep(s_awake(s, awake_h), 24.0 - awake_h)
    return s
