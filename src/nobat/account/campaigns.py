"""The campaigns that claims need at settings, many side by side.

Two runs whose values differ only in what comes after the campaign, on the way home, share it: it is
fought once, and followed home as often as there are runs.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from nobat.account.design import Design
from nobat.account.runs import Floats, Run
from nobat.engine.runner import default_jobs
from nobat.engine.store import CHUNK
from nobat.scenario import Scenario
from nobat.study.points import Point, Settings, Task, in_turn
from nobat.study.scan import picked
from nobat.study.settings import Further

if TYPE_CHECKING:
    from nobat.model.homecoming import Terms
    from nobat.model.state import Plan

#: Outcomes of runs at one setting, replication by replication.
Found = Mapping[tuple[Run, str], Floats]
#: What is looked at in each run.
Runs = Mapping[Run, Sequence[str]]

_AFTERWARDS = "homecoming."


class Asked(NamedTuple):
    """What is run at one setting: the values of the design's quantities, and the runs."""

    point: Point
    runs: Runs


class Campaigns:
    """Runs at settings of a design, with the scenario's own replications and seed."""

    def __init__(self, scenario: Scenario, design: Design, jobs: int | None) -> None:
        self._scenario = scenario
        self._settings = Settings(scenario, design.factors)
        self._jobs = jobs or default_jobs()
        self._further: dict[tuple[tuple[str, Any], ...], Further | None] = {(): None}

    def each(self, asked: Iterable[Asked]) -> Generator[Found]:
        """What came of it at each setting, in their order; only a few are under way at a time."""
        return in_turn(map(self._begun, asked), self._jobs)

    def _begun(self, asked: Asked) -> tuple[Found, list[Task]]:
        """The outcomes of the runs at one setting, still empty, and the tasks that fill them."""
        seed, replications = self._scenario.run.seed, self._scenario.run.replications
        runs = {run: tuple(names) for run, names in asked.runs.items() if names}
        looked_at = [(run, name) for run, names in runs.items() for name in names]
        found = {each: np.empty(replications) for each in looked_at}
        tasks = [
            task
            for fought in self._fought(asked.point, runs)
            for task in fought.tasks(found, seed, replications)
        ]
        return found, tasks

    def _fought(self, point: Point, runs: Mapping[Run, tuple[str, ...]]) -> Iterator[_Fought]:
        """The campaigns of the runs at one setting."""
        from nobat.engine.homecoming import terms
        from nobat.engine.plan import build_each, only_for

        places = {values: n for n, values in enumerate(dict.fromkeys(r.values for r in runs))}
        scenarios = self._settings.each(point, [self._values(values) for values in places])
        groups: dict[int, dict[str, list[Run]]] = {}
        for first, alike in _sharing(runs).items():
            groups.setdefault(places[first.values], {})[first.doctrine] = alike
        for place, by_doctrine in groups.items():
            plans = build_each(scenarios[place], by_doctrine)
            for alike, plan in zip(by_doctrine.values(), plans, strict=True):
                outcomes = [name for run in alike for name in runs[run]]
                followed = [(run, terms(scenarios[places[run.values]])) for run in alike[1:]]
                yield _Fought(only_for(plan, outcomes), alike[0], tuple(followed), runs)

    def _values(self, values: tuple[tuple[str, Any], ...]) -> Further | None:
        """Values that a run sets, looked up in the scenario once."""
        if values not in self._further:
            self._further[values] = Further(self._scenario, dict(values))
        return self._further[values]


def _sharing(runs: Iterable[Run]) -> dict[Run, list[Run]]:
    """The runs that share a campaign, by the first of them."""
    groups: dict[tuple[Any, ...], list[Run]] = {}
    for run in runs:
        before = [one for one in run.values if not one[0].startswith(_AFTERWARDS)]
        groups.setdefault((run.doctrine, *before), []).append(run)
    return {alike[0]: alike for alike in groups.values()}


@dataclass(frozen=True, eq=False)
class _Fought:
    """A campaign that some runs share.

    first: the run that the plan is of; followed: the others, each with its way home. runs: what is
    looked at in each.
    """

    plan: Plan
    first: Run
    followed: tuple[tuple[Run, Terms], ...]
    runs: Mapping[Run, tuple[str, ...]]

    def tasks(self, found: Found, seed: int, replications: int) -> list[Task]:
        """The tasks that fill the runs' outcomes."""
        firsts = range(0, replications, CHUNK)
        return [partial(self._run, found, seed, k, min(CHUNK, replications - k)) for k in firsts]

    def _run(self, found: Found, seed: int, first: int, count: int) -> None:
        """Some of the replications."""
        from nobat.engine.cpu import simulate

        rows = simulate(self.plan, seed, first, count)
        self._keep(found, self.first, rows, first)
        if self.followed:
            from nobat.model.homecoming import replications

            numbers = np.arange(first, first + count, dtype=np.int64)
            for run, terms in self.followed:
                replications(terms, False, seed, numbers, rows)
                self._keep(found, run, rows, first)

    def _keep(self, found: Found, run: Run, rows: Floats, first: int) -> None:
        """Write down what is looked at in one run."""
        for name, values in zip(self.runs[run], picked(rows, self.runs[run]), strict=True):
            found[run, name][first : first + len(values)] = values
