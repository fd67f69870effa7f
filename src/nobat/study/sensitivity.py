"""What an outcome hangs on: Sobol's indices or Morris's effects of the quantities of a scenario."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from nobat.scenario import Problem, Scenario, ScenarioError
from nobat.scenario.words import choice, quoted, shown
from nobat.study.asked import doctrine_of, outcome_of, scenario_asked
from nobat.study.factors import Factor, factors_of, ranged
from nobat.study.names import outcome_named
from nobat.study.points import Point, Settings, evaluate
from nobat.study.scan import Floats, Progress
from nobat.study.sensitivity_result import Method, Sensitivity
from nobat.study.sensitivity_runs import by_morris, by_sobol, points_a_set

METHODS: tuple[Method, ...] = ("sobol", "morris")
#: Replications at each point, if nothing is said: more points tell more than more of these.
REPLICATIONS = 100
#: Rows of a Sobol design and trajectories of Morris, if nothing is said; and the fewest.
SETS: dict[Method, int] = {"sobol": 256, "morris": 10}
LEAST: dict[Method, int] = {"sobol": 64, "morris": 4}
_SET_NAMES: dict[Method, str] = {"sobol": "rows", "morris": "trajectories"}
#: With more factors than this Morris is taken, if nothing is said.
MOST_FOR_SOBOL = 20
#: The most values of factors that a design may have: 400 MB of them.
MOST_VALUES = 50_000_000


def sensitivity(
    scenario: Scenario,
    over: Sequence[str] | None = None,
    *,
    method: str | None = None,
    outcome: str = "secured",
    doctrine: str | None = None,
    against: str | None = None,
    points: int | None = None,
    replications: int | None = None,
    seed: int | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Sensitivity:
    """Which factors an outcome of a doctrine hangs on, or its difference from another doctrine's.

    over: the factors, each `PATH`, `PATH=LOW:HIGH` or `PATH=a,b,c` (default: every number that has
    a range). method: `sobol` or `morris` (default: sobol for up to 20 factors). outcome: its name,
    or the key of its estimate. doctrine: default the first main one. against: the doctrine that is
    taken off. points: how many may be run in all (default: 256 rows of a Sobol design, 10
    trajectories of Morris). replications: at each point (default 100). seed: of the luck and of the
    design, as the scenario says unless given. jobs: threads. progress: called with (points done,
    all of them).

    Raises ScenarioError (a ValueError) for a factor, a doctrine, an outcome or an argument that
    cannot be used, for too few points, for a point that the scenario does not allow, and for an
    outcome that exists in no replication of a point.
    """
    given = REPLICATIONS if replications is None else replications
    scenario = scenario_asked(scenario, "sensitivity", given, seed)
    factors = _factors(scenario, over)
    kind = _method(method, len(factors))
    asked = _Asked(scenario, factors, _doctrines(scenario, doctrine, against), outcome_of(outcome))
    sets = _sets(kind, len(factors), points)

    def run(there: Sequence[Point]) -> Iterator[Floats]:
        return asked.run(there, jobs, progress)

    study = by_sobol if kind == "sobol" else by_morris
    found = study(factors, sets, scenario.run.seed, scenario.run.replications, run)
    return Sensitivity(
        scenario=scenario.name,
        title=scenario.title,
        method=kind,
        outcome=outcome_named(asked.outcome),
        doctrine=asked.doctrines[0],
        against=asked.doctrines[1] if len(asked.doctrines) > 1 else None,
        horizon_d=scenario.run.horizon_d,
        seed=scenario.run.seed,
        replications=scenario.run.replications,
        points=sets * points_a_set(kind, len(factors)),
        sets=sets,
        levels=found.levels,
        mean=found.mean,
        variance=found.variance,
        together=found.together,
        luck_share=found.luck_share,
        rows=found.rows,
    )


@dataclass(frozen=True)
class _Asked:
    """One outcome of a doctrine, or of the first less the second, over factors of a scenario."""

    scenario: Scenario
    factors: tuple[Factor, ...]
    doctrines: tuple[str, ...]
    outcome: str

    def run(
        self, there: Sequence[Point], jobs: int | None, progress: Progress | None
    ) -> Iterator[Floats]:
        """The replications of the outcome at each point, all of which are checked beforehand."""
        if progress is not None:
            # Thousands of points of hundreds of factors take half a minute to check.
            progress(0, len(there))
        Settings(self.scenario, self.factors).check(there)
        found = evaluate(
            self.scenario, self.factors, there, self.doctrines, [self.outcome],
            jobs=jobs, progress=progress,
        )  # fmt: skip
        for number, ((first, *second)) in found:
            row = first[0] - second[0][0] if second else first[0]
            if np.isnan(row).all():
                self._refuse(number, len(there))
            yield row

    def _refuse(self, number: int, points: int) -> None:
        """ScenarioError: an outcome that is nowhere at a point has no mean there."""
        under = " and ".join(self.doctrines)
        text = (
            f"no replication has {self.outcome} under {under} at point {number + 1:,} of "
            f"{points:,}, and indices need a mean at each: ask for another outcome, more "
            "replications or narrower ranges"
        )
        raise ScenarioError([Problem("outcome", None, text)])


def _factors(scenario: Scenario, over: Sequence[str] | None) -> tuple[Factor, ...]:
    """What is varied; ScenarioError for what cannot be, TypeError for a single text."""
    if isinstance(over, str):
        raise TypeError(f"over takes a list of factors: [{over!r}]")
    factors = ranged(scenario) if over is None else factors_of(scenario, over)
    if not factors:
        text = f"no number of {scenario.name} has a range: name what to vary, PATH=LOW:HIGH"
        raise ScenarioError([Problem("over", None, text)])
    return factors


def _method(name: object, factors: int) -> Method:
    """The method, by the number of factors where none is named; ScenarioError for another."""
    if name is None:
        return "sobol" if factors <= MOST_FOR_SOBOL else "morris"
    for method in METHODS:
        if name == method:
            return method
    text = f"{quoted(str(name))} is not a method{choice(name, METHODS, 'methods')}"
    raise ScenarioError([Problem("method", None, text)])


def _doctrines(scenario: Scenario, name: str | None, against: str | None) -> tuple[str, ...]:
    """The doctrine, and the one that is taken off; ScenarioError for what is none."""
    main = (*scenario.run.main, *scenario.doctrines)[0]
    first = main if name is None else doctrine_of(scenario, name)
    if against is None:
        return (first,)
    second = doctrine_of(scenario, against)
    if first == second:
        text = f"{quoted(first)} is held against itself: give two different ones"
        raise ScenarioError([Problem("doctrine", None, text)])
    return first, second


def _sets(method: Method, factors: int, points: object) -> int:
    """How many rows or trajectories so many points make; ScenarioError for too few or too many.

    The rows of a Sobol design are a power of 2, the largest for which the points suffice.
    """
    width = points_a_set(method, factors)
    if points is None:
        sets = SETS[method]
    elif type(points) is not int or points < 1:
        text = f"{shown(points)} is not a number of points: a whole number, 1 or more"
        raise ScenarioError([Problem("points", None, text)])
    else:
        sets = points // width
        if sets < LEAST[method]:
            raise ScenarioError([Problem("points", None, _too_few(method, factors, points))])
        if method == "sobol":
            sets = 1 << (sets.bit_length() - 1)
    most = MOST_VALUES // factors
    if sets * width > most:
        text = f"{sets * width:,} of {factors:,} factors are too many: {most:,} at most"
        raise ScenarioError([Problem("points", None, text)])
    return sets


def _too_few(method: Method, factors: int, points: int) -> str:
    """That a design is too small for its index, and what would do."""

    def least(which: Method) -> str:
        width = points_a_set(which, factors)
        many = f"{LEAST[which]} {_SET_NAMES[which]} of {width:,} points"
        return f"{LEAST[which] * width:,} at least ({many})"

    what = {"sobol": "Sobol indices", "morris": "Morris effects"}
    of = f"{factors:,} {'factor' if factors == 1 else 'factors'}"
    text = f"{points:,} are too few for {what[method]} of {of}: {least(method)}"
    return f"{text}; Morris takes {least('morris')}" if method == "sobol" else text
