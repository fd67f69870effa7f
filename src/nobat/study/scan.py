"""Doctrines along one number of a scenario, on the same luck at every value of it.

Replication k meets the same luck at every value and under every doctrine, so that two points of a
scan are compared pair by pair. Everything is kept in memory: of each replication only the outcomes
that are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nobat.engine.runner import default_jobs, jobs_fault
from nobat.engine.store import CHUNK
from nobat.model.outcome import OUTCOMES
from nobat.scenario import Problem, Scenario, ScenarioError
from nobat.study.names import UNDECIDED
from nobat.study.sums import undecided

if TYPE_CHECKING:
    from nobat.model.state import Plan

#: The most numbers that a scan keeps: 400 MB of them.
MOST_KEPT = 50_000_000
_COLUMNS = [outcome.name for outcome in OUTCOMES]

Floats = NDArray[np.float64]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, eq=False)
class Scan:
    """Some outcomes of some doctrines at values of one number.

    values: of the number at `path`. rows: (values, doctrines, outcomes, replications), NaN where an
    outcome does not exist; replication k met the same luck everywhere.
    """

    path: str
    values: tuple[float, ...]
    doctrines: tuple[str, ...]
    outcomes: tuple[str, ...]
    rows: Floats

    @property
    def replications(self) -> int:
        """How many there are of each doctrine at each value."""
        return int(self.rows.shape[3])

    def column(self, place: int, doctrine: str, outcome: str) -> Floats:
        """One outcome of one doctrine at the value number `place`, replication by replication."""
        column: Floats = self.rows[
            place, self.doctrines.index(doctrine), self.outcomes.index(outcome)
        ]
        return column


def scan(
    scenario: Scenario,
    path: str,
    values: Sequence[float],
    doctrines: Sequence[str],
    outcomes: Sequence[str],
    *,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Scan:
    """Run doctrines at values of a number, with the scenario's own replications and seed.

    outcomes: names of the table of outcomes, `undecided` among them. jobs: threads (default: the
    processors there are); they change nothing in the result. progress: called with (points done,
    all of them) before the first and on the way; a point is one doctrine at one value.

    Raises ScenarioError for a value that the scenario does not allow, for `jobs` below 1, and for
    more than MOST_KEPT numbers to keep: all before anything is run.
    """
    from nobat.engine.plan import build

    if fault := jobs_fault(jobs):
        raise ScenarioError([Problem("jobs", None, fault)])
    shape = (len(values), len(doctrines), len(outcomes), scenario.run.replications)
    _check_room(shape)
    there = [_at(scenario, path, value) for value in values]
    plans = [[build(one, doctrine) for doctrine in doctrines] for one in there]
    rows = np.empty(shape)
    _fill(rows, plans, tuple(outcomes), scenario.run.seed, jobs or default_jobs(), progress)
    rows.setflags(write=False)
    return Scan(path, tuple(values), tuple(doctrines), tuple(outcomes), rows)


def _check_room(shape: tuple[int, int, int, int]) -> None:
    """ScenarioError for more numbers than a scan keeps."""
    *each, replications = shape
    most = MOST_KEPT // int(np.prod(each))
    if replications > most:
        points = each[0] * each[1]
        text = f"{replications:,} at each of {points:,} points are too many: {most:,} at most"
        raise ScenarioError([Problem("replications", None, text)])


def _at(scenario: Scenario, path: str, value: float) -> Scenario:
    """The scenario with another value of one number; ScenarioError says at which."""
    try:
        return scenario.with_values({path: value})
    except ScenarioError as error:
        where = f"at {path} = {value:g}"
        raise ScenarioError(replace(p, where=where) for p in error.problems) from None


def _fill(
    rows: Floats,
    plans: list[list[Plan]],
    outcomes: tuple[str, ...],
    seed: int,
    jobs: int,
    progress: Progress | None,
) -> None:
    """Simulate every chunk of every point, side by side in threads; Ctrl-C drops the rest."""
    from nobat.engine.cpu import simulate

    replications = rows.shape[3]
    firsts = range(0, replications, CHUNK)
    points = [(i, j) for i, row in enumerate(plans) for j in range(len(row))]
    tasks = [(i, j, first) for i, j in points for first in firsts]

    def work(task: tuple[int, int, int]) -> None:
        i, j, first = task
        found = simulate(plans[i][j], seed, first, min(CHUNK, replications - first))
        rows[i, j, :, first : first + len(found)] = picked(found, outcomes)

    report = progress or (lambda _done, _total: None)
    report(0, len(points))
    pool = ThreadPoolExecutor(jobs, thread_name_prefix="nobat")
    try:
        for done, _ in enumerate(pool.map(work, tasks), start=1):
            report(done // len(firsts), len(points))
    finally:
        pool.shutdown(cancel_futures=True)


def picked(found: Floats, outcomes: Sequence[str]) -> Floats:
    """The outcomes that are kept: (outcomes, replications)."""
    return np.stack(
        [
            undecided(found, _COLUMNS) if name == UNDECIDED.name else found[:, _COLUMNS.index(name)]
            for name in outcomes
        ]
    )
