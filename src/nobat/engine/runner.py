"""Run every doctrine of a scenario: threads over chunks, into a run folder.

A task is one chunk of one doctrine. Tasks go replication by replication, all doctrines of the
first chunk before any of the second, so that a run stopped half-way can still be compared. The
compiled model lets go of the interpreter's lock, so threads are as good as processes, and what a
replication gives depends neither on them nor on the chunk.
"""

from __future__ import annotations

import os
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from nobat.engine.store import Run

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from nobat.scenario import Scenario

    Simulate = Callable[[Any, int, int, int], NDArray[np.float64]]


Stage = Literal["compiling", "running", "stopping", "done"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is, in campaigns (one replication of one doctrine each).

    stage: `compiling` (once, before the first), `running`, then `done`, or after Ctrl-C `stopping`
    while what is under way is finished. kept: campaigns that were there before this run began.
    scenario: its name. damaged: what was there but damaged or out of place, and is made again: for
    each doctrine that has some, its name and how many of its chunks; of a sweep each file, by the
    numbers of its points (`0 to 63`) and how many they are. points: of a sweep, in which doctrines
    share their files; None for a run.
    """

    stage: Stage
    done: int
    total: int
    kept: int
    doctrines: int
    scenario: str = ""
    damaged: tuple[tuple[str, int], ...] = ()
    points: int | None = None


Report = Callable[[Progress], None]
Task = tuple[int, str]


class Interrupted(KeyboardInterrupt):
    """A run was stopped by Ctrl-C; what was done is kept.

    Like any Ctrl-C it passes `except Exception`: a loop over runs must stop too. `run` is the
    run as far as it came.
    """

    def __init__(self, run: Run) -> None:
        self.run = run
        done, asked = run.replications(), run.manifest.replications
        of = f"{done:,} of {counted(asked, 'replication')}"
        super().__init__(f"stopped after {of}, kept in {run.path}")


def counted(n: int, word: str) -> str:
    """`1 replication`, `10,000 replications`: a number of things whose plural takes an s."""
    return f"{n:,} {word}" if n == 1 else f"{n:,} {word}s"


def jobs_fault(jobs: object) -> str | None:
    """What is wrong with a number of threads, in words; None for a good one and for None."""
    if jobs is None or (isinstance(jobs, int) and not isinstance(jobs, bool) and jobs >= 1):
        return None
    return f"{jobs} is not a number of threads: a whole number, 1 or more"


def default_jobs() -> int:
    """How many processors this process may use."""
    if hasattr(os, "process_cpu_count"):
        return os.process_cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def execute(
    run: Run,
    scenario: Scenario,
    *,
    jobs: int | None = None,
    report: Report | None = None,
    simulate: Simulate | None = None,
) -> None:
    """Simulate the chunks that the run does not have yet.

    jobs: threads (default: the processors there are). report: called on each chunk, from this
    thread. simulate: what gives the outcomes (default: the compiled model).
    Raises Interrupted on Ctrl-C, once what is in flight is finished and kept; StoreError;
    ValueError for `jobs` below 1.
    """
    if fault := jobs_fault(jobs):
        raise ValueError(f"jobs: {fault}")
    jobs = default_jobs() if jobs is None else jobs
    manifest = run.manifest
    tasks = [(first, name) for first in manifest.firsts() for name in manifest.doctrines]
    count = _Counter(tasks, run, report or (lambda _: None))
    try:
        there = {task for task in tasks if run.has(task[1], task[0])}
        missing = [task for task in tasks if task not in there]
        count.keep(there)
        count.find_damaged(task for task in missing if run.chunk_path(task[1], task[0]).exists())
        if missing:
            work = _work(run, scenario, simulate, count)
            _in_threads(missing, work, jobs, count)
        run.tidy()
        count.say("done")
    except KeyboardInterrupt:
        raise Interrupted(run) from None


class _Counter:
    """Counts campaigns and reports them."""

    def __init__(self, tasks: list[Task], run: Run, report: Report) -> None:
        self._manifest = run.manifest
        self._report = report
        self._total = sum(self._manifest.size(first) for first, _ in tasks)
        self._done = self._kept = 0
        self._damaged: tuple[tuple[str, int], ...] = ()

    def keep(self, tasks: Iterable[Task]) -> None:
        """Count campaigns that were there before."""
        self._kept = self._done = sum(self._manifest.size(first) for first, _ in tasks)

    def find_damaged(self, tasks: Iterable[Task]) -> None:
        """Remember whose chunks were there and no good."""
        found = Counter(name for _, name in tasks)
        self._damaged = tuple((n, found[n]) for n in self._manifest.doctrines if n in found)

    def add(self, task: Task) -> None:
        """Count a task that has been done, and report."""
        self._done += self._manifest.size(task[0])
        self.say("running")

    def say(self, stage: Stage) -> None:
        """Report how far the run is."""
        m = self._manifest
        how_far = (self._done, self._total, self._kept, len(m.doctrines))
        self._report(Progress(stage, *how_far, m.scenario, self._damaged))


def _work(
    run: Run, scenario: Scenario, simulate: Simulate | None, count: _Counter
) -> Callable[[Task], None]:
    """The function that does one task; the model is compiled here if it is not yet."""
    from nobat.engine.plan import build

    if simulate is None:
        from nobat.engine import cpu, warm

        if not warm.is_warm():
            count.say("compiling")
            warm.warm()
        simulate = cpu.simulate
    engine, manifest = simulate, run.manifest
    plans = {name: build(scenario, name) for name in manifest.doctrines}

    def work(task: Task) -> None:
        first, name = task
        run.write(name, first, engine(plans[name], manifest.seed, first, manifest.size(first)))

    return work


def _in_threads(
    tasks: list[Task], work: Callable[[Task], None], jobs: int, count: _Counter
) -> None:
    """Do the tasks; on Ctrl-C or a failure begin no more, and wait for those in flight.

    That they run is told when they do: whoever is told may do work of his own meanwhile.
    """
    stop = threading.Event()

    def guarded(task: Task) -> Task | None:
        if stop.is_set():
            return None
        work(task)
        return task

    with ThreadPoolExecutor(jobs, thread_name_prefix="nobat") as pool:
        futures: list[Future[Task | None]] = [pool.submit(guarded, task) for task in tasks]
        try:
            count.say("running")
            for future in as_completed(futures):
                if task := future.result():
                    count.add(task)
        except KeyboardInterrupt:
            stop.set()
            count.say("stopping")
            raise
        finally:
            stop.set()
            for future in futures:
                future.cancel()
