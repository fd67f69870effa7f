"""The doctrines of a small scenario solved exactly: chances without luck, and when it is over."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Literal

from nobat.engine.runner import counted
from nobat.model.outcome import OUTCOMES
from nobat.scenario import Problem, Scenario, ScenarioError
from nobat.study.comparison import (
    EXACT,
    Comparison,
    Difference,
    DoctrineResult,
    Endings,
    best_of,
)
from nobat.study.estimates import Estimate
from nobat.study.names import MAIN, PAIRED, UNDECIDED, key

if TYPE_CHECKING:
    from nobat.engine.exact.solve import Solution


def refuse(arguments: Mapping[str, object]) -> None:
    """ScenarioError for every argument that is given and means nothing without luck or a folder.

    arguments: by name, None where it is not given.
    """
    words = f"means nothing with the solver {EXACT}: no luck is drawn, and nothing is kept"
    given = [name for name, value in arguments.items() if value is not None]
    if given:
        raise ScenarioError([Problem(name, None, words) for name in given])


def _why_not(scenario: Scenario, faults: int) -> Problem:
    """What comes before the list of all that does not fit."""
    text = (
        f"{EXACT} is for small campaigns in which only persons and duties change, as in one-wall; "
        f"{scenario.name} does not fit in {counted(faults, 'point')}"
    )
    return Problem("solver", None, text)


def solve(scenario: Scenario, doctrines: Sequence[str]) -> Comparison:
    """Compare doctrines by their exact laws; values whose intervals are points, no run folder.

    Raises ScenarioError with all that keeps the scenario from being solved so, its size included.
    """
    from nobat.engine.exact import fit, law
    from nobat.engine.exact import solve as exact

    if problems := fit.unfit(scenario, doctrines):
        too_large = any(problem.path == "solver" for problem in problems)
        why = [] if too_large else [_why_not(scenario, len(problems))]
        raise ScenarioError([*why, *problems])
    try:
        found = {name: exact.solve(scenario, name) for name in doctrines}
    except law.TooLargeError as error:
        words = f"{EXACT}: {error} are too many: fewer persons, units or layers, fewer steps, or "
        raise ScenarioError([Problem("solver", None, f"{words}another solver")]) from None
    results = tuple(
        DoctrineResult(name, scenario.doctrines[name].title, _values(one), _endings(one))
        for name, one in found.items()
    )
    return Comparison(
        scenario=scenario.name,
        title=scenario.title,
        solver=EXACT,
        horizon_d=scenario.run.horizon_d,
        seed=None,
        replications=1,
        asked=1,
        doctrines=results,
        differences=tuple(_differences(results)),
        best=best_of(results, None),
        run=None,
    )


def _endings(found: Solution) -> Endings:
    """How a campaign ends, step by step."""
    return Endings(found.days, found.secured, found.abandoned, found.left_out, found.states)


def _values(found: Solution) -> dict[str, Estimate]:
    """What is to be expected of every outcome, by its key; none where it does not follow.

    Whether it is still undecided stands behind whether it was abandoned.
    """
    values = {}
    for outcome in OUTCOMES:
        is_share = outcome.kind == "share"
        values[key(outcome.name, outcome.kind)] = _value(found.means.get(outcome.name), is_share)
        if outcome.name == "abandoned":
            values[key(UNDECIDED.name, UNDECIDED.kind)] = _value(found.undecided, share=True)
    return values


def _value(value: float | None, share: bool = False) -> Estimate:
    """One number as an estimate whose interval is a point."""
    kind: Literal["share", "mean"] = "share" if share else "mean"
    if value is None or math.isnan(value):
        return Estimate(None, None, None, 0, kind)
    return Estimate(value, value, value, 1, kind)


def _differences(results: Sequence[DoctrineResult]) -> Iterable[Difference]:
    """The differences of all pairs of doctrines on the main outcomes.

    That of the days secured would be over campaigns that both secure on the same luck: none.
    """
    names = {outcome.name: key(outcome.name, outcome.kind) for outcome in OUTCOMES}
    for a, b in combinations(results, 2):
        for outcome in MAIN:
            one, other = (result[names[outcome]].mean for result in (a, b))
            nothing = one is None or other is None or outcome == "day_secured"
            gap = None if nothing else (one or 0.0) - (other or 0.0)
            yield Difference(a.name, b.name, PAIRED[outcome], _value(gap))
