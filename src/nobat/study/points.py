"""Running doctrines at points of some factors of a scenario.

Replication k meets the same luck at every point and under every doctrine. Memory does not grow with
the points: a few of them are under way, and each is given away as soon as its turn has come.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence, Sized
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from nobat.engine.runner import default_jobs, jobs_fault
from nobat.engine.store import CHUNK
from nobat.scenario import Problem, Scenario, ScenarioError
from nobat.study.factors import Factor
from nobat.study.scan import Floats, Progress, picked
from nobat.study.settings import Point as Point
from nobat.study.settings import Settings as Settings
from nobat.study.settings import said as said
from nobat.study.settings import setting as setting

if TYPE_CHECKING:
    from nobat.model.state import Plan

T = TypeVar("T")
#: A piece of work for a thread.
Task = Callable[[], None]

#: Points under way for each thread: enough that none waits while the first is finished.
_AHEAD = 2


def evaluate(
    scenario: Scenario,
    factors: Sequence[Factor],
    points: Iterable[Point],
    doctrines: Sequence[str],
    outcomes: Sequence[str],
    *,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Generator[tuple[int, Floats]]:
    """Run doctrines at points, with the scenario's own replications and seed.

    outcomes: names of the table of outcomes, `undecided` among them. jobs: threads (default: the
    processors there are); they change nothing in the result. progress: called with (points done,
    all of them, or those known so far) before the first and after each.

    Yields (number of the point, rows) in the order of the points; rows: (doctrines, outcomes,
    replications), NaN where an outcome does not exist. Raises ScenarioError for `jobs` below 1, and
    for a point that the scenario does not allow when its turn comes: `Settings.check` tells before.
    """
    if fault := jobs_fault(jobs):
        raise ScenarioError([Problem("jobs", None, fault)])
    settings = Settings(scenario, factors)
    begun = _begun(settings, points, tuple(doctrines), tuple(outcomes))
    return _evaluated(begun, _Counted(points, progress), jobs or default_jobs())


class _Counted:
    """Points, and how many of them are done."""

    def __init__(self, points: Iterable[Point], progress: Progress | None) -> None:
        self._total = len(points) if isinstance(points, Sized) else 0
        self._report = progress or (lambda _done, _total: None)

    def say(self, done: int) -> None:
        """Report how far it is."""
        self._report(done, max(self._total, done))


def _evaluated(
    begun: Iterator[tuple[Floats, Sequence[Task]]], there: _Counted, jobs: int
) -> Generator[tuple[int, Floats]]:
    """Number the points as they are done, and report."""
    there.say(0)
    with closing(in_turn(begun, jobs)) as found:
        for number, rows in enumerate(found):
            rows.setflags(write=False)
            yield number, rows
            there.say(number + 1)


def _begun(
    settings: Settings,
    points: Iterable[Point],
    doctrines: tuple[str, ...],
    outcomes: tuple[str, ...],
) -> Iterator[tuple[Floats, list[Task]]]:
    """For each point its rows, still empty, and the tasks that fill them."""
    from nobat.engine.plan import build_each

    for point in points:
        scenario = settings.at(point)
        rows = np.empty((len(doctrines), len(outcomes), scenario.run.replications))
        tasks: list[Task] = []
        for plan, room in zip(build_each(scenario, doctrines), rows, strict=True):
            tasks += _filling(room, plan, scenario.run.seed, outcomes)
        yield rows, tasks


def _filling(room: Floats, plan: Plan, seed: int, outcomes: tuple[str, ...]) -> Iterator[Task]:
    """The tasks that fill the rows of one doctrine at a point: (outcomes, replications)."""
    from nobat.engine.cpu import simulate
    from nobat.engine.plan import only_for

    lean, replications = only_for(plan, outcomes), room.shape[1]

    def work(first: int) -> None:
        found = simulate(lean, seed, first, min(CHUNK, replications - first))
        room[:, first : first + len(found)] = picked(found, outcomes)

    return (partial(work, first) for first in range(0, replications, CHUNK))


def in_turn(begun: Iterable[tuple[T, Sequence[Task]]], jobs: int) -> Generator[T]:
    """Things in their order, each once all of its tasks are done.

    begun: each thing with its tasks; it is asked for the next while threads are at work on the last
    few, so that it may take a while to make. jobs: threads. Ctrl-C, a failure and `close` drop what
    no thread has begun.
    """
    queue: deque[tuple[T, tuple[Future[None], ...]]] = deque()
    pool = ThreadPoolExecutor(jobs, thread_name_prefix="nobat")
    try:
        for thing, tasks in begun:
            queue.append((thing, tuple(pool.submit(task) for task in tasks)))
            if len(queue) > _AHEAD * jobs:
                yield _finished(*queue.popleft())
        while queue:
            yield _finished(*queue.popleft())
    finally:
        pool.shutdown(cancel_futures=True)


def _finished(thing: T, tasks: Iterable[Future[None]]) -> T:
    """A thing, once all of its tasks are done; raises what went wrong in one of them."""
    for task in tasks:
        task.result()
    return thing
