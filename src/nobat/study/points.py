"""A scenario at points of some factors: setting it there, and running doctrines there.

Replication k meets the same luck at every point and under every doctrine. Memory does not grow with
the points: a few of them are under way, and each is given away as soon as its turn has come.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Mapping, Sequence, Sized
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from pydantic import ValidationError

from nobat.engine.runner import default_jobs, jobs_fault
from nobat.engine.store import CHUNK
from nobat.scenario import Problem, Scenario, ScenarioError
from nobat.scenario.checks import value_checks
from nobat.scenario.parts import Part, ReadOnly
from nobat.scenario.scenario import shape
from nobat.scenario.values import PathError, parse_path, with_value
from nobat.scenario.words import Location, shown
from nobat.study.factors import Factor, Value
from nobat.study.scan import Floats, Progress, picked

Point = tuple[Value, ...]

#: Points under way for each thread: enough that none waits while the first is finished.
_AHEAD = 2
#: The most points whose problems are told one by one.
_MOST_TOLD = 5

#: What is set below a part: by field, name or position, down to the fields themselves.
_Tree = dict[str | int, "_Tree | None"]


class Settings:
    """A scenario at any point of some factors.

    `Scenario.with_values` reads and checks the whole scenario again; here only the parts on the way
    to what is set are, and what other values can break. The scenario is the same.
    """

    def __init__(self, scenario: Scenario, factors: Sequence[Factor]) -> None:
        """Look up where the factors stand; ScenarioError for one that is not there."""
        self.scenario = scenario
        self.factors = tuple(factors)
        self._data = scenario.canonical()
        self._locations = [parse_path(factor.path) for factor in factors]
        self._tree = _tree(self._locations)

    def at(self, values: Point) -> Scenario:
        """The scenario at a point; ScenarioError, which names the point, if it is not allowed.

        values: one for each factor, in their order.
        """
        data: Any = self._data
        try:
            for location, value in zip(self._locations, values, strict=True):
                data = with_value(data, location, value, shape())
            found = _rebuilt(self.scenario, data, self._tree)
        except (PathError, ValidationError):
            return self._slowly(values)
        if any(value_checks(data)):
            return self._slowly(values)
        assert isinstance(found, Scenario)
        return found

    def _slowly(self, values: Point) -> Scenario:
        """The scenario at a point, read anew from beginning to end: this knows the words."""
        given = {factor.path: value for factor, value in zip(self.factors, values, strict=True)}
        try:
            return self.scenario.with_values(given)
        except ScenarioError as error:
            where = f"at {said(self.factors, values)}"
            raise ScenarioError(replace(p, where=where) for p in error.problems) from None

    def check(self, points: Sequence[Point]) -> None:
        """ScenarioError unless the scenario is allowed at every point; it names the first few."""
        problems: list[Problem] = []
        bad = 0
        for values in points:
            try:
                self.at(values)
            except ScenarioError as error:
                bad += 1
                problems += error.problems if bad <= _MOST_TOLD else ()
        if bad > _MOST_TOLD:
            text = f"{bad:,} of {len(points):,} points are not allowed: the first are told above"
            problems.append(Problem("...", None, text))
        if problems:
            raise ScenarioError(problems)


def setting(scenario: Scenario, factors: Sequence[Factor], values: Point) -> Scenario:
    """The scenario at one point of some factors: that of `with_values`, and quicker.

    Raises ScenarioError, which names the point, where the scenario does not allow it.
    """
    return Settings(scenario, factors).at(values)


def said(factors: Sequence[Factor], values: Point) -> str:
    """A point in words: `contact.frontage = 900, rotation.turns.posts = 2`."""
    pairs = zip(factors, values, strict=True)
    return ", ".join(f"{f.path} = {v if isinstance(v, str) else shown(v)}" for f, v in pairs)


def _tree(locations: Iterable[Location]) -> _Tree:
    """Where something is set, from the top down; None at the fields themselves."""
    tree: _Tree = {}
    for *above, last in locations:
        node = tree
        for segment in above:
            below = node.setdefault(segment, {})
            assert below is not None
            node = below
        node[last] = None
    return tree


def _rebuilt(node: Any, data: Any, tree: _Tree | None) -> Any:
    """A piece of a scenario with the fields of a tree as they are in plain data.

    Parts on the way are checked again, but not those beside it, nor what the whole must agree on.
    Raises ValidationError.
    """
    if tree is None:
        return data
    if isinstance(node, Part):
        names = [str(name) for name in tree]
        new = {name: _rebuilt(getattr(node, name), data[name], tree[name]) for name in names}
        if isinstance(node, Scenario):
            return node.model_copy(update=new)
        old = {name: getattr(node, name) for name in type(node).model_fields}
        return type(node).model_validate(old | new)
    if isinstance(node, Mapping):
        return ReadOnly(
            {k: _rebuilt(v, data[k], tree[k]) if k in tree else v for k, v in node.items()}
        )
    return tuple(
        _rebuilt(each, data[i], tree[i]) if i in tree else each for i, each in enumerate(node)
    )


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
    there = _Counted(points, progress)
    return _evaluated(settings, there, tuple(doctrines), tuple(outcomes), jobs or default_jobs())


class _Counted:
    """Points, and how many of them are done."""

    def __init__(self, points: Iterable[Point], progress: Progress | None) -> None:
        self.points = points
        self._total = len(points) if isinstance(points, Sized) else 0
        self._report = progress or (lambda _done, _total: None)

    def say(self, done: int) -> None:
        """Report how far it is."""
        self._report(done, max(self._total, done))


@dataclass(frozen=True)
class _UnderWay:
    """A point that is being run: where its rows go, and the tasks that fill them."""

    rows: Floats
    tasks: tuple[Future[None], ...]


def _evaluated(
    settings: Settings,
    there: _Counted,
    doctrines: tuple[str, ...],
    outcomes: tuple[str, ...],
    jobs: int,
) -> Generator[tuple[int, Floats]]:
    """Keep a few points under way and give them away in order; Ctrl-C drops the rest."""
    queue: deque[_UnderWay] = deque()
    done = 0
    there.say(0)
    pool = ThreadPoolExecutor(jobs, thread_name_prefix="nobat")
    try:
        for point in there.points:
            queue.append(_begun(pool, settings, point, doctrines, outcomes))
            if len(queue) > _AHEAD * jobs:
                yield done, _finished(queue.popleft())
                there.say(done := done + 1)
        while queue:
            yield done, _finished(queue.popleft())
            there.say(done := done + 1)
    finally:
        pool.shutdown(cancel_futures=True)


def _begun(
    pool: ThreadPoolExecutor,
    settings: Settings,
    point: Point,
    doctrines: tuple[str, ...],
    outcomes: tuple[str, ...],
) -> _UnderWay:
    """Begin to run a point: a task for each chunk of each doctrine."""
    scenario = settings.at(point)
    replications, seed = scenario.run.replications, scenario.run.seed
    rows = np.empty((len(doctrines), len(outcomes), replications))

    def work(place: int, first: int) -> None:
        from nobat.engine.cpu import simulate
        from nobat.engine.plan import build

        plan = build(scenario, doctrines[place])
        found = simulate(plan, seed, first, min(CHUNK, replications - first))
        rows[place, :, first : first + len(found)] = picked(found, outcomes)

    firsts = range(0, replications, CHUNK)
    tasks = [pool.submit(work, j, first) for j in range(len(doctrines)) for first in firsts]
    return _UnderWay(rows, tuple(tasks))


def _finished(point: _UnderWay) -> Floats:
    """The rows of a point, once all of its tasks are done; read-only."""
    for task in point.tasks:
        task.result()
    point.rows.setflags(write=False)
    return point.rows
