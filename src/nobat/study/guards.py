"""Guards: whether a scenario's answers mean anything (MODEL 18).

Four questions. Do the main doctrines' chances lie away from 0 and 1? Does the range of every
mechanism move an outcome? Does the better doctrine change inside the declared ranges? Does a
halved step leave the main outcomes where they are?
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from nobat.engine.cpu import simulate
from nobat.engine.plan import build
from nobat.model.outcome import index
from nobat.scenario import Scenario, quantities

#: The chances of success of the main doctrines should lie inside these.
LOWEST, HIGHEST = 0.05, 0.95
#: What a range may move; an outcome of each kind the model speaks of.
MOVABLE = (
    "secured", "duration_d", "layers_carried", "layers_lost_again", "attacker_losses",
    "defender_losses", "suicide_losses", "units_spent", "handovers", "counterattacks",
    "rest_debt_peak_unit_days", "cover", "escaped", "surrendered", "harm_index",
    "lowest_effectiveness", "lowest_defender_effectiveness", "lowest_supply_days", "days_dry",
    "supply_used_t", "defender_supply_used_t", "defender_days_dry", "reinforcements",
    "isolated_day", "residents_left", "residual_force", "attacks_after", "first_attack_after_d",
    "nights_displaced", "cold_deaths", "returned", "mine_victims", "missed_infiltrators",
    "false_stops", "checkpoint_attacks", "checkpoint_toll", "infiltrator_toll",
    "overloaded_days", "longest_queue",
)  # fmt: skip
#: The outcomes that a halved step must leave where they are.
MAIN = ("secured", "day_secured", "attacker_losses", "defender_losses", "layers_carried")
#: What is asked only by the question which places and routes isolate a city.
_NOT_SIMULATED = (".hold_persons", ".cut_persons")
#: All of these, once each: what is kept of a replication.
LOOKED_AT = tuple(dict.fromkeys((*MAIN, *MOVABLE)))
_KEPT = [index(name) for name in LOOKED_AT]
#: A move is visible from this many standard errors, and from this part of a standard deviation,
#: or of a tenth of the value where luck moves an outcome less than that.
SURE, VISIBLE, STILL = 4.5, 0.1, 0.1
#: A doctrine is the better one at a point from this many standard errors of the paired difference.
BETTER = 3.0

Rows = NDArray[np.float64]
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Move:
    """What one quantity's range does, from its low to its high end.

    effect: the largest change of an outcome's mean, in standard deviations of that outcome at
    the defaults, and the outcome and doctrine in which it shows; visible: larger than luck and
    than VISIBLE. best: the doctrine that secures most often at low, default and high; flips:
    whether two of these differ and each is surely better at its own end.
    """

    path: str
    low: float
    high: float
    outcome: str
    doctrine: str
    effect: float
    visible: bool
    best: tuple[str, str, str]
    flips: bool

    @property
    def mechanism(self) -> str:
        """The part of the scenario that the quantity belongs to."""
        return mechanism_of(self.path)


@dataclass(frozen=True)
class Halved:
    """A main outcome at the scenario's step and at half of it.

    allowed: the larger of the 95 % interval of the difference and 1 % of the value.
    """

    doctrine: str
    outcome: str
    whole: float
    half: float
    allowed: float

    @property
    def steady(self) -> bool:
        """Whether the halved step moves it by no more than is allowed."""
        return abs(self.half - self.whole) <= self.allowed


@dataclass(frozen=True)
class Guards:
    """The answers to the four questions, for one scenario."""

    scenario: str
    replications: int
    chances: dict[str, float]
    moves: tuple[Move, ...]
    halved: tuple[Halved, ...]

    @property
    def open(self) -> bool:
        """Whether every main doctrine's chance lies between LOWEST and HIGHEST."""
        return all(LOWEST <= chance <= HIGHEST for chance in self.chances.values())

    @property
    def mechanisms(self) -> dict[str, Move]:
        """The most visible move of each mechanism."""
        best: dict[str, Move] = {}
        for move in self.moves:
            held = best.get(move.mechanism)
            if held is None or (move.visible, move.effect) > (held.visible, held.effect):
                best[move.mechanism] = move
        return best

    @property
    def all_move(self) -> bool:
        """Whether the range of every mechanism moves an outcome visibly."""
        return all(move.visible for move in self.mechanisms.values())

    @property
    def flips(self) -> tuple[Move, ...]:
        """The quantities inside whose range the better doctrine changes."""
        return tuple(move for move in self.moves if move.flips)

    @property
    def steady(self) -> bool:
        """Whether halving the step leaves every main outcome where it is."""
        return all(halved.steady for halved in self.halved)

    @property
    def good(self) -> bool:
        """Whether all four questions are answered as they should be."""
        return self.open and self.all_move and bool(self.flips) and self.steady


def mechanism_of(path: str) -> str:
    """The mechanism that a path belongs to: its first name, suicide attacks apart."""
    if path.startswith("attrition.suicide"):
        return "suicide attacks"
    return path.split(".")[0]


def main_doctrines(scenario: Scenario) -> tuple[str, ...]:
    """The doctrines that the guards look at: the run's own `main`, or all."""
    return tuple(scenario.run.main) or tuple(scenario.doctrines)


def guards(
    scenario: Scenario,
    *,
    replications: int = 300,
    step_replications: int = 20_000,
    seed: int = 1,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Guards:
    """Ask the four questions of a scenario.

    replications: at each end of each range; step_replications: at the step and at half of it.
    progress: called with (simulated points so far, all of them). The luck is the same at every
    point of the ranges, so that moves are paired differences; it cannot be for two steps. Every
    doctrine is looked at for what a range moves, the main ones for the rest.
    """
    main = main_doctrines(scenario)
    ranges = [
        (path, float(q.low), float(q.high))
        for path, q, _ in quantities(scenario)
        if q.low is not None
        and q.high is not None
        and q.low < q.high
        and not path.endswith(_NOT_SIMULATED)
    ]
    points = [_Point(scenario, tuple(scenario.doctrines), replications)]
    for path, low, high in ranges:
        for end in (low, high):
            points.append(replace(points[0], scenario=_at(scenario, path, end)))
    half = scenario.with_values({"run.step_h": scenario.run.step_h / 2})
    points += [_Point(one, main, step_replications) for one in (scenario, half)]
    base, *ends, whole, halved = _simulate(points, seed, jobs, progress)
    moves = [
        _move((path, low, high), main, base, ends[2 * k], ends[2 * k + 1])
        for k, (path, low, high) in enumerate(ranges)
    ]
    return Guards(
        scenario=scenario.name,
        replications=replications,
        chances={name: _mean(whole[name], "secured") for name in main},
        moves=tuple(sorted(moves, key=lambda move: -move.effect)),
        halved=tuple(_halved(whole, halved)),
    )


@dataclass(frozen=True)
class _Point:
    """A scenario to be simulated under some doctrines, so many times each."""

    scenario: Scenario
    doctrines: tuple[str, ...]
    replications: int

    def rows(self, seed: int) -> dict[str, Rows]:
        """The outcomes of every doctrine that the guards look at: columns as LOOKED_AT."""
        return {
            name: simulate(build(self.scenario, name), seed, 0, self.replications)[:, _KEPT]
            for name in self.doctrines
        }


def _simulate(
    points: list[_Point], seed: int, jobs: int | None, progress: Progress | None
) -> list[dict[str, Rows]]:
    """All points, side by side in threads; Ctrl-C drops those that have not begun."""
    pool = ThreadPoolExecutor(jobs or os.cpu_count() or 1)
    found = []
    try:
        for rows in pool.map(lambda point: point.rows(seed), points):
            found.append(rows)
            if progress is not None:
                progress(len(found), len(points))
    finally:
        pool.shutdown(cancel_futures=True)
    return found


def _at(scenario: Scenario, path: str, value: float) -> Scenario:
    """The scenario with one quantity at an end of its range."""
    whole = value == int(value)
    return scenario.with_values({path: int(value) if whole else value})


def _column(rows: Rows, outcome: str) -> Rows:
    column: Rows = rows[:, LOOKED_AT.index(outcome)]
    return column


def _mean(rows: Rows, outcome: str) -> float:
    """Mean of an outcome over the replications in which it exists; NaN if in none."""
    column = _column(rows, outcome)
    there = column[~np.isnan(column)]
    return float(there.mean()) if there.size else float("nan")


def _z(difference: Rows) -> float:
    """Standard errors by which the mean of paired differences is away from 0."""
    difference = difference[~np.isnan(difference)]
    if difference.size < 2 or not difference.any():
        return 0.0
    spread = difference.std(ddof=1)
    mean = float(difference.mean())
    return mean / float(spread / np.sqrt(difference.size)) if spread > 0.0 else np.inf * mean


def _effects(
    base: dict[str, Rows], low: dict[str, Rows], high: dict[str, Rows]
) -> Iterator[tuple[float, float, str, str]]:
    """Effect, z, outcome and doctrine of every outcome that can move."""
    for doctrine, rows in base.items():
        for outcome in MOVABLE:
            difference = _column(high[doctrine], outcome) - _column(low[doctrine], outcome)
            ends = (rows, low[doctrine], high[doctrine])
            spread = max(_spread(_column(end, outcome)) for end in ends)
            known = difference[~np.isnan(difference)]
            change = abs(float(known.mean())) if known.size else 0.0
            yield change / max(spread, 1e-9), abs(_z(difference)), outcome, doctrine


def _spread(column: Rows) -> float:
    """Standard deviation of an outcome, or a part of its size where luck moves it less."""
    there = column[~np.isnan(column)]
    return max(float(there.std()), STILL * abs(float(there.mean()))) if there.size else 0.0


def _move(
    given: tuple[str, float, float],
    main: tuple[str, ...],
    base: dict[str, Rows],
    at_low: dict[str, Rows],
    at_high: dict[str, Rows],
) -> Move:
    path, low, high = given
    effects = list(_effects(base, at_low, at_high))
    sure = [found for found in effects if found[1] >= SURE and found[0] >= VISIBLE]
    effect, _, outcome, doctrine = max(sure or effects)
    ends = [{name: point[name] for name in main} for point in (at_low, base, at_high)]
    best = [_best(end) for end in ends]
    return Move(
        path=path,
        low=low,
        high=high,
        outcome=outcome,
        doctrine=doctrine,
        effect=effect,
        visible=bool(sure),
        best=(best[0], best[1], best[2]),
        flips=_flips(ends),
    )


def _best(point: dict[str, Rows]) -> str:
    """The doctrine that secures most often at a point."""
    return max(point, key=lambda name: _mean(point[name], "secured"))


def _flips(ends: Iterable[dict[str, Rows]]) -> bool:
    """Whether some doctrine is surely better than another at one end and surely worse at another.

    Only the best of each end count.
    """
    points = list(ends)
    leaders = {_best(point) for point in points}
    for one in leaders:
        for other in leaders - {one}:
            leads = [
                _z(_column(point[one], "secured") - _column(point[other], "secured"))
                for point in points
            ]
            if max(leads) >= BETTER and min(leads) <= -BETTER:
                return True
    return False


def _halved(whole: dict[str, Rows], half: dict[str, Rows]) -> Iterator[Halved]:
    for doctrine in whole:
        for outcome in MAIN:
            ends = [_column(rows[doctrine], outcome) for rows in (whole, half)]
            known = [end[~np.isnan(end)] for end in ends]
            if min(end.size for end in known) < 2:
                continue
            means = [float(end.mean()) for end in known]
            error = float(np.sqrt(sum(end.var(ddof=1) / end.size for end in known)))
            allowed = max(1.96 * error, 0.01 * abs(means[0]))
            yield Halved(doctrine, outcome, means[0], means[1], allowed)
