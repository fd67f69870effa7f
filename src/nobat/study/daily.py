"""What many replications of a run look like day by day: ground held, effectiveness, supply.

A run keeps outcomes and no courses. The first replications of each doctrine are computed again,
each held against the row that the run keeps, so that what is said of their days is the run's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nobat.engine import plan
from nobat.engine.manifest import RunError
from nobat.engine.runner import default_jobs
from nobat.engine.store import Run
from nobat.model.outcome import OUTCOMES
from nobat.model.state import Plan
from nobat.scenario import Scenario
from nobat.study import courses
from nobat.study.cast import cast_of
from nobat.study.replay import check_model

Floats = NDArray[np.float64]

#: Fewer campaigns than this that are still going on a day tell nothing about it.
LEAST = 10


@dataclass(frozen=True, eq=False, repr=False)
class Daily:
    """The days of some replications of one doctrine.

    days: 0 (the start), 1, 2, ... horizon. layers: in the attacker's hands as each day ends,
    (replications, days); what a campaign ended with stays. going: whether a campaign went on into
    that day. values: by name, (replications, days), NaN where it did not: means over the day of
    `MEANS`, and `ENDS` as it ends.
    """

    doctrine: str
    most_layers: int
    days: NDArray[np.int64]
    layers: Floats
    going: NDArray[np.bool_]
    values: Mapping[str, Floats]

    @property
    def replications(self) -> int:
        """How many replications it is about: the first ones of the run."""
        return len(self.layers)

    def quantiles(self, shares: tuple[float, ...]) -> Floats:
        """Quantiles of the layers held on each day, (shares, days): a number of whole layers."""
        found: Floats = np.quantile(self.layers, shares, axis=0, method="inverted_cdf")
        return found

    def mean(self, name: str) -> Floats:
        """The mean of a value over the campaigns that went on into each day.

        NaN where fewer than `LEAST` did, or all where there were never so many.
        """
        values = self.values[name]
        there = ~np.isnan(values)
        count = there.sum(axis=0)
        total = np.where(there, values, 0.0).sum(axis=0)
        enough = count >= min(LEAST, self.replications)
        return np.where(enough, total / np.maximum(count, 1), np.nan)

    def __repr__(self) -> str:
        """Short: of what, and how many."""
        return f"<Daily {self.doctrine}: {self.replications} replications>"


def daily(run: Run, scenario: Scenario, count: int = courses.COUNT) -> tuple[Daily, ...]:
    """The days of the first replications of every doctrine of a run.

    count: how many of each, if the run has so many. Raises RunError for a run that another version
    of the model made, and where one comes out otherwise than the run has it.
    """
    check_model(run)
    doctrines = run.manifest.doctrines
    plans = [plan.build(scenario, name) for name in doctrines]
    # Kernels let go of the interpreter's lock: doctrines are computed side by side.
    with ThreadPoolExecutor(max_workers=min(len(doctrines), default_jobs())) as pool:
        jobs = [
            pool.submit(_of_doctrine, run, scenario, name, its, count)
            for name, its in zip(doctrines, plans, strict=True)
        ]
        return tuple(job.result() for job in jobs)


def _of_doctrine(run: Run, scenario: Scenario, doctrine: str, its: Plan, count: int) -> Daily:
    """The days of one doctrine."""
    numbers, kept = _kept(run, doctrine, count)
    found = courses.of(its, run.manifest.seed, numbers)
    for number, row, its_own in zip(numbers, found.rows, kept, strict=True):
        if not np.array_equal(row, its_own, equal_nan=True):
            raise RunError(f"{run.path}: replication {number} of {doctrine} comes out otherwise")
    most = len(cast_of(scenario, doctrine).layers)
    days = np.arange(found.layers.shape[1])
    return Daily(doctrine, most, days, found.layers, found.going, found.values)


def _kept(run: Run, doctrine: str, count: int) -> tuple[list[int], Floats]:
    """The numbers of the first replications that every doctrine has, and the rows of one."""
    numbers: list[int] = []
    firsts = []
    for first in _firsts(run, count):
        firsts.append(first)
        numbers += range(first, first + run.manifest.size(first))
    rows = run.table(doctrine, [outcome.name for outcome in OUTCOMES], firsts)
    return numbers[:count], rows[:count]


def _firsts(run: Run, count: int) -> Iterator[int]:
    """As many chunks from the first on as hold so many replications."""
    found = 0
    for first in run.done():
        if found >= count:
            return
        found += run.manifest.size(first)
        yield first
