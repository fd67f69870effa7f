"""Which doctrine wins where over two numbers of a scenario, and where the answer flips."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nobat.engine.runner import jobs_fault
from nobat.model.outcome import Outcome
from nobat.scenario import Problem, Scenario, ScenarioError
from nobat.scenario.words import listed, shown
from nobat.study.asked import doctrine_of, outcome_of, scenario_asked
from nobat.study.decision import Decision, Floats, decided, heights
from nobat.study.factors import Factor, factors_of
from nobat.study.map_grid import Axis, Cell, Place, axis_of, doubt, first_cells, split
from nobat.study.map_mesh import mesh_of
from nobat.study.map_parts import MapPoint
from nobat.study.map_result import DecisionMap
from nobat.study.map_surface import Surface
from nobat.study.names import outcome_named
from nobat.study.points import Settings, evaluate
from nobat.study.scan import MOST_KEPT, Progress

#: What is run if nothing is said: points in all, the side of the grid to begin with, replications.
POINTS, SIDE, REPLICATIONS = 100, 6, 200
MOST_POINTS = 2_000


def decision_map(
    scenario: Scenario,
    x: str,
    y: str,
    *,
    doctrines: Sequence[str] | None = None,
    outcome: str = "secured",
    points: int = POINTS,
    side: int = SIDE,
    replications: int | None = REPLICATIONS,
    seed: int | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> DecisionMap:
    """Run doctrines over two numbers, and say which is best where, by how much and how surely.

    x, y: `PATH`, for a number over its own range in the scenario, `PATH=LOW:HIGH`, or `PATH=a,b,c`
    for some values alone, with nothing between them.
    doctrines: two or more (default: all of the scenario's). outcome: its name, or the key of its
    estimate; the lowest is the best of what costs the attacker. points: how many are run at most.
    side: the map begins with a grid of so many values of each number (of all that are listed); the
    other points go where the winner is unsure (`map_grid`). replications: of each doctrine at each
    point, None for the scenario's; with fewer than LEAST_PAIRS nothing is sure. jobs: threads; they
    change nothing in the result. progress: called with (points done, most there will be).

    Raises ScenarioError, with all that is wrong, before anything is run; and for a value between
    those of the first grid that the scenario does not allow.
    """
    scenario = scenario_asked(scenario, "decision_map", replications, seed)
    named = outcome_named(outcome_of(outcome))
    axes = _axes(scenario, (x, y), points, side)
    chosen = _several(scenario, doctrines)
    if fault := jobs_fault(jobs):
        raise ScenarioError([Problem("jobs", None, fault)])
    _check_room(scenario, len(chosen), points)
    survey = _Survey(scenario, axes, chosen, named, points, jobs, progress)
    survey.run()
    return survey.result()


class _Survey:
    """A map in the making: what has been run, and what is in doubt."""

    def __init__(
        self,
        scenario: Scenario,
        axes: tuple[Axis, Axis],
        doctrines: tuple[str, ...],
        outcome: Outcome,
        most: int,
        jobs: int | None,
        progress: Progress | None,
    ) -> None:
        self._scenario, self._axes, self._doctrines = scenario, axes, doctrines
        self._outcome, self._most, self._jobs = outcome, most, jobs
        self._report = progress or (lambda _done, _total: None)
        self._places: dict[Place, int] = {}
        self._rounds: list[int] = []
        self._decisions: list[Decision] = []
        self._means: list[Floats] = []
        self._again: list[Floats] = []

    def run(self) -> None:
        """Run the first grid, then split the cells in doubt until nothing is left to split."""
        x, y = self._axes
        cells = first_cells(x, y)
        self._run([(i, j) for j in y.first for i in x.first], check=True)
        while True:
            doubts = self._doubts(cells)
            room = self._most - len(self._places)
            after, new = split(cells, doubts, set(self._places), x, y, room)
            if len(after) == len(cells):
                break
            cells = after
            self._run(new)

    def _run(self, places: Sequence[Place], check: bool = False) -> None:
        """Run all doctrines at some places."""
        if not places:
            return
        x, y = self._axes
        factors = (x.factor, y.factor)
        points = [(x.values[i], y.values[j]) for i, j in places]
        if check:
            Settings(self._scenario, factors).check(points)
        done = len(self._places)
        found = evaluate(
            self._scenario,
            factors,
            points,
            self._doctrines,
            [self._outcome.name],
            jobs=self._jobs,
            progress=lambda now, _: self._report(done + now, self._most),
        )
        rows = np.stack([each[:, 0] for _, each in found])
        means, again = heights(rows, self._outcome)
        self._places |= {place: done + k for k, place in enumerate(places)}
        self._rounds += [len(self._means)] * len(places)
        self._decisions += [decided(each, self._outcome) for each in rows]
        self._means.append(means)
        self._again.append(again)

    def _doubts(self, cells: Sequence[Cell]) -> list[float]:
        """The doubt of each cell."""
        again = np.concatenate(self._again, axis=1)
        return [
            doubt(again[:, [self._places[place] for place in cell.corners()]]) for cell in cells
        ]

    def result(self) -> DecisionMap:
        """The map."""
        x, y = self._axes
        places = np.array([(x.part(i), y.part(j)) for i, j in self._places])
        surface = Surface(
            mesh_of(places, x.listed, y.listed),
            np.concatenate(self._means),
            np.concatenate(self._again, axis=1),
            np.array([one.sure for one in self._decisions]),
        )
        points = [
            MapPoint(x.values[i], y.values[j], self._rounds[k], self._decisions[k])
            for (i, j), k in self._places.items()
        ]
        settings = self._scenario.run
        return DecisionMap(
            scenario=self._scenario.name,
            title=self._scenario.title,
            x=x,
            y=y,
            doctrines=self._doctrines,
            outcome=self._outcome,
            horizon_d=settings.horizon_d,
            seed=settings.seed,
            replications=settings.replications,
            points_asked=self._most,
            points=tuple(points),
            places=places,
            surface=surface,
        )


def _axes(
    scenario: Scenario, asked: tuple[str, str], points: object, side: object
) -> tuple[Axis, Axis]:
    """Both axes; ScenarioError for what is no number, and for a grid that is no grid."""
    problems: list[Problem] = []
    factors: tuple[Factor, ...] = ()
    try:
        factors = factors_of(scenario, asked)
    except ScenarioError as error:
        problems += error.problems
    problems += [
        Problem(one.path, None, "a map is drawn over numbers: this is a word or a yes/no")
        for one in factors
        if one.kind is None
    ]
    limits = {"points": (points, 4, MOST_POINTS), "side": (side, 2, 50)}
    for name, (value, least, most) in limits.items():
        if type(value) is not int or not least <= value <= most:
            text = f"{shown(value)} is not allowed: a whole number from {least} to {most:,}"
            problems.append(Problem(name, None, text))
    if problems:
        raise ScenarioError(problems)
    assert isinstance(points, int)
    assert isinstance(side, int)
    x, y = (axis_of(factor, side) for factor in factors)
    grid = len(x.first) * len(y.first)
    if grid > points:
        text = f"{points} are fewer than the first grid has: {len(x.first)} by {len(y.first)}"
        raise ScenarioError([Problem("points", None, text)])
    return x, y


def _several(scenario: Scenario, names: Sequence[str] | None) -> tuple[str, ...]:
    """Two doctrines or more, each once; ScenarioError for others."""
    known = list(scenario.doctrines)
    if names is None:
        names = known
    elif isinstance(names, str):
        names = [names]
    problems: list[Problem] = []
    for name in names:
        try:
            doctrine_of(scenario, name)
        except ScenarioError as error:
            problems += error.problems
    if problems:
        raise ScenarioError(problems)
    chosen = tuple(dict.fromkeys(names))
    if len(chosen) < 2:
        there = f"there are {listed(known)}" if len(known) > 1 else f"{scenario.name} has only one"
        text = f"a map holds two or more against each other ({there})"
        raise ScenarioError([Problem("doctrine", None, text)])
    return chosen


def _check_room(scenario: Scenario, doctrines: int, points: int) -> None:
    """ScenarioError for more replications than are kept of a round's points."""
    most = MOST_KEPT // (doctrines * points)
    if scenario.run.replications > most:
        text = (
            f"{scenario.run.replications:,} of each of {doctrines} doctrines at {points:,} points "
            f"are too many: {most:,} at most"
        )
        raise ScenarioError([Problem("replications", None, text)])
