"""Run several doctrines on the same luck and say which one takes the place, how soon, at what cost.

Replication k meets the same luck under every doctrine, so doctrines are compared pair by pair.
Only replications that every doctrine has are compared.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from nobat.engine import manifest as manifests
from nobat.engine.manifest import RunError
from nobat.engine.runner import Report, execute, jobs_fault
from nobat.engine.store import CHUNK, RUNS, Run
from nobat.engine.sweep_store import SweepFolder
from nobat.scenario import Problem, Scenario, ScenarioError
from nobat.scenario.words import choice, listed, quoted
from nobat.study import exact, mean_field
from nobat.study.comparison import (
    EXACT,
    MEAN_FIELD,
    MONTE_CARLO,
    SOLVERS,
    Comparison,
    Difference,
    DoctrineResult,
    best_of,
)
from nobat.study.names import PAIRED
from nobat.study.sums import summary

if TYPE_CHECKING:
    from nobat.engine.runner import Simulate

#: The most replications of a run: at this number the 95 % interval of a share is 0.0006 wide at
#: most, and a folder has 20,000 files for each doctrine.
MOST_REPLICATIONS = 10_000_000


def compare(
    scenario: Scenario,
    *,
    doctrines: Sequence[str] | None = None,
    solver: str = MONTE_CARLO,
    replications: int | None = None,
    seed: int | None = None,
    jobs: int | None = None,
    progress: Report | None = None,
    out: str | Path | None = None,
    simulate: Simulate | None = None,
) -> Comparison:
    """Run doctrines of a scenario under the same luck and compare them.

    doctrines: names (default: all of the scenario's). solver: `monte-carlo`; `mean-field` for one
    course of expected values each; `exact` for the whole law of a small campaign. Without luck
    there are no intervals, nothing is kept, and none of the arguments that speak of luck or of a
    folder may be given. replications, seed: as the scenario says
    unless given. jobs: threads (default: the processors there are). progress: called with a
    `Progress` after each chunk. out: the run's folder (default: `runs/NAME-HASH` below the
    current one). What is there already of the same run is not simulated again.
    simulate: another engine with the signature of `nobat.engine.cpu.simulate`.

    Raises ScenarioError (a ValueError) for an unknown doctrine or solver, an argument that is not
    allowed, a scenario that cannot be solved exactly, TypeError for something of another kind: all
    before anything is written. RunError if `out` holds something else, StoreError if the run cannot
    be written, Interrupted on Ctrl-C.
    """
    if not isinstance(scenario, Scenario):
        raise TypeError(f"compare takes a Scenario: nobat.load({str(scenario)!r}) gives one")
    _check_functions(progress=progress, simulate=simulate)
    _check_jobs(jobs)
    if solver not in SOLVERS:
        words = f"{quoted(solver)} is not a solver{choice(solver, list(SOLVERS), 'solvers')}"
        raise ScenarioError([Problem("solver", None, words)])
    scenario = _with_run(scenario, replications, seed)
    chosen = doctrines_chosen(scenario, doctrines)
    of_luck = {"replications": replications, "seed": seed, "jobs": jobs, "out": out}
    if solver == MEAN_FIELD:
        mean_field.refuse(of_luck)
        return mean_field.solve(scenario, chosen, progress)
    if solver == EXACT:
        exact.refuse(of_luck)
        return exact.solve(scenario, chosen)
    text = canonical(scenario)
    settings = scenario.run
    manifest = manifests.describe(
        scenario.name, text, chosen, settings.replications, settings.seed, CHUNK
    )
    folder = RUNS / manifest.folder_name() if out is None else Path(out)
    run = Run.begin(folder, manifest, text)
    execute(run, scenario, jobs=jobs, report=progress, simulate=simulate)
    return of_run(run)


def resume(
    run: str | Path | Run, *, jobs: int | None = None, progress: Report | None = None
) -> Comparison:
    """Finish a run that was interrupted, and compare its doctrines.

    run: its folder, or its name under `runs/`. jobs, progress: as for `compare`. The folder ends
    up with the same bytes as one that was never interrupted; damaged chunks are made again. A
    complete run is only read.

    Raises ScenarioError for `jobs` below 1, RunError for what is no run and for one that another
    version of the model or of its packages began (nothing is touched then); StoreError and
    Interrupted as `compare` does.
    """
    _check_functions(progress=progress)
    _check_jobs(jobs)
    taken = Run.take_up(run.path if isinstance(run, Run) else run)
    execute(taken, scenario_of(taken), jobs=jobs, report=progress)
    return of_run(taken)


def scenario_of(run: Run | SweepFolder) -> Scenario:
    """The scenario that was run or swept; RunError if this version cannot read it."""
    try:
        return Scenario.model_validate(json.loads(run.scenario_text()))
    except ValueError as error:
        first = str(error).splitlines()[0]
        raise RunError(
            f"{run.path}: nobat {run.manifest.nobat} wrote a scenario.json that this version "
            f"cannot read: {first}"
        ) from None


def open_run(run: str | Path | Run) -> Comparison:
    """Compare what a run folder holds, complete or not: its path, or its name under `runs/`.

    Raises RunError for a run that is missing, damaged, from a newer nobat, or still without one
    replication that every doctrine has.
    """
    return of_run(run if isinstance(run, Run) else Run.open(run))


def _check_jobs(jobs: object) -> None:
    """ScenarioError for what is no number of threads."""
    if fault := jobs_fault(jobs):
        raise ScenarioError([Problem("jobs", None, fault)])


def _check_functions(**functions: object) -> None:
    """TypeError for what is given as a function and cannot be called."""
    for name, function in functions.items():
        if function is not None and not callable(function):
            raise TypeError(f"{name}: {function!r} cannot be called")


def _with_run(scenario: Scenario, replications: int | None, seed: int | None) -> Scenario:
    """The scenario with the caller's replications and seed; ScenarioError names the argument."""
    values = {"run.replications": replications, "run.seed": seed}
    given = {path: value for path, value in values.items() if value is not None}
    try:
        scenario = scenario.with_values(given) if given else scenario
    except ScenarioError as error:
        found = (replace(p, path=p.path.removeprefix("run."), where="") for p in error.problems)
        raise ScenarioError(found) from None
    asked = scenario.run.replications
    if asked > MOST_REPLICATIONS:
        words = f"{asked:,} are too many for one run: {MOST_REPLICATIONS:,} at most"
        raise ScenarioError([Problem("replications", None, words)])
    return scenario


def canonical(scenario: Scenario) -> str:
    """The scenario as JSON, always in the same bytes: those that its digest is made of."""
    return json.dumps(scenario.canonical(), ensure_ascii=False, separators=(",", ":"))


def of_run(run: Run) -> Comparison:
    """The comparison of a run's doctrines, over the replications that all of them have."""
    replications = run.replications()
    if replications == 0:
        raise RunError(f"{run.path}: no replication is complete in every doctrine yet")
    scenario = scenario_of(run)
    found = summary(run)
    results = tuple(
        DoctrineResult(name, scenario.doctrines[name].title, its)
        for name, its in found.estimates.items()
    )
    differences = tuple(
        Difference(a, b, PAIRED[outcome], gap)
        for (a, b), gaps in found.differences.items()
        for outcome, gap in gaps.items()
    )
    return Comparison(
        scenario=run.manifest.scenario,
        title=scenario.title,
        solver=run.manifest.solver,
        horizon_d=scenario.run.horizon_d,
        seed=run.manifest.seed,
        replications=replications,
        asked=run.manifest.replications,
        doctrines=results,
        differences=differences,
        best=best_of(results, found.chances),
        run=run,
        attacks_within_d=scenario.attacks_within_d,
    )


def doctrines_chosen(scenario: Scenario, doctrines: Sequence[str] | None) -> tuple[str, ...]:
    """The doctrines to run, each once, in the order asked for; ScenarioError for unknown ones."""
    known = list(scenario.doctrines)
    if doctrines is None:
        return tuple(known)
    if isinstance(doctrines, str):
        doctrines = [doctrines]
    problems = [
        Problem(
            "doctrine",
            None,
            f"{quoted(name)} is not one of {scenario.name}{choice(name, known, 'doctrines')}",
        )
        for name in doctrines
        if name not in known
    ]
    if not doctrines:
        problems.append(Problem("doctrine", None, f"none is given (there are {listed(known)})"))
    if problems:
        raise ScenarioError(problems)
    return tuple(dict.fromkeys(doctrines))
