"""The doctrines of a scenario by the mean field: one course of events each, in milliseconds."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Literal

from nobat.model.outcome import OUTCOMES
from nobat.scenario import Problem, Scenario, ScenarioError
from nobat.study.comparison import (
    MEAN_FIELD,
    Comparison,
    Difference,
    DoctrineResult,
    best_of,
)
from nobat.study.estimates import Estimate
from nobat.study.names import MAIN, PAIRED, UNDECIDED, key

if TYPE_CHECKING:
    from nobat.engine.runner import Report


def refuse(arguments: Mapping[str, object]) -> None:
    """ScenarioError for every argument that is given and means nothing without luck or a folder.

    arguments: by name, None where it is not given.
    """
    words = f"means nothing with the solver {MEAN_FIELD}: there is one course, and nothing is kept"
    given = [name for name, value in arguments.items() if value is not None]
    if given:
        raise ScenarioError([Problem(name, None, words) for name in given])


def solve(
    scenario: Scenario, doctrines: Sequence[str], progress: Report | None = None
) -> Comparison:
    """Compare doctrines by their mean-field courses; values without intervals, no run folder.

    progress: told where the model has to be compiled first.
    """
    from nobat.engine import warm

    if progress is not None and not warm.is_warm():
        from nobat.engine.runner import Progress

        count = len(doctrines)
        progress(Progress("compiling", 0, count, 0, count, scenario.name))
    from nobat.engine import mean_field

    rows = {name: mean_field.solve(scenario, name).tolist() for name in doctrines}
    results = tuple(
        DoctrineResult(name, scenario.doctrines[name].title, _values(rows[name]))
        for name in doctrines
    )
    return Comparison(
        scenario=scenario.name,
        title=scenario.title,
        solver=MEAN_FIELD,
        horizon_d=scenario.run.horizon_d,
        seed=None,
        replications=1,
        asked=1,
        doctrines=results,
        differences=tuple(_differences(results)),
        best=best_of(results, None),
        run=None,
        attacks_within_d=scenario.attacks_within_d,
    )


def _values(row: Sequence[float]) -> dict[str, Estimate]:
    """Every outcome of a course by its key, as an estimate without an interval.

    Whether it is still undecided stands behind whether it was abandoned.
    """
    values = {outcome.name: value for outcome, value in zip(OUTCOMES, row, strict=True)}
    found = {}
    for outcome in OUTCOMES:
        is_share = outcome.kind == "share"
        found[key(outcome.name, outcome.kind)] = _value(values[outcome.name], is_share)
        if outcome.name == "abandoned":
            left = 1.0 - values["secured"] - values["abandoned"]
            found[key(UNDECIDED.name, UNDECIDED.kind)] = _value(left, share=True)
    return found


def _value(value: float, share: bool = False) -> Estimate:
    """One number as an estimate; NaN is none."""
    kind: Literal["share", "mean"] = "share" if share else "mean"
    if math.isnan(value):
        return Estimate(None, None, None, 0, kind)
    return Estimate(value, None, None, 1, kind)


def _differences(results: Sequence[DoctrineResult]) -> Iterable[Difference]:
    """The differences of all pairs of doctrines on the main outcomes."""
    names = {outcome.name: key(outcome.name, outcome.kind) for outcome in OUTCOMES}
    for a, b in combinations(results, 2):
        for outcome in MAIN:
            one, other = (result[names[outcome]].mean for result in (a, b))
            gap = math.nan if one is None or other is None else one - other
            yield Difference(a.name, b.name, PAIRED[outcome], _value(gap))
