"""`nobat run` and `nobat resume`: every doctrine on the same luck, and which one is best."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from nobat.cli.options import (
    Doctrines,
    Jobs,
    Json,
    Out,
    Replications,
    Seed,
    Set,
    StepH,
    settings,
)
from nobat.cli.output import DONE, STOPPED, Mistake, emit, fail, say, show

if TYPE_CHECKING:
    from nobat import Comparison, Interrupted, Scenario


def run(
    scenario: Annotated[str, Parameter(help="The name of a shipped scenario, or a file.")],
    /,
    *,
    doctrine: Doctrines = None,
    replications: Replications = None,
    seed: Seed = None,
    step_h: StepH = None,
    set_: Set = None,
    jobs: Jobs = None,
    out: Out = None,
    json: Json = False,
) -> int:
    """Run every doctrine of a scenario on the same luck and say which one is best.

    The run is kept in a folder. What is there already is not simulated again, so a run that was
    stopped by Ctrl-C is finished by the same command, or by `nobat resume`.
    """
    from nobat import Interrupted, compare
    from nobat.cli.progress import Reporter

    loaded = _load(scenario, settings(set_), step_h)
    try:
        with Reporter(loaded.name) as progress:
            result = compare(
                loaded,
                doctrines=doctrine,
                replications=replications,
                seed=seed,
                jobs=jobs,
                progress=progress,
                out=out,
            )
    except Interrupted as stop:
        return _stopped(stop, json)
    _show(result, json)
    return DONE


def resume(
    run: Annotated[str, Parameter(help="The run's folder, or its name under runs/.")],
    /,
    *,
    jobs: Jobs = None,
    json: Json = False,
) -> int:
    """Go on with a run that was interrupted, and show it.

    The run ends up as if it had never been interrupted, to the last bit; what is damaged is made
    again. A run that is complete is shown as it is. A run that another version of the model or of
    its packages began is left alone.
    """
    from nobat import Interrupted
    from nobat import resume as finish
    from nobat.cli.progress import Reporter

    try:
        with Reporter(Path(run).name) as progress:
            result = finish(run, jobs=jobs, progress=progress)
    except Interrupted as stop:
        return _stopped(stop, json)
    _show(result, json)
    return DONE


def _stopped(stop: Interrupted, json: bool) -> int:
    """Say what a run that was stopped has kept, and show it if there is anything to show."""
    from nobat import open_run

    if stop.run.replications() == 0:
        return fail([Mistake(str(stop))], STOPPED, json)
    say(f"nobat: {stop}; `nobat resume {stop.run.path}` goes on from there")
    _show(open_run(stop.run), json)
    return STOPPED


def _load(name: str, values: dict[str, object], step_h: float | None) -> Scenario:
    """The scenario with the values of --set and --step-h."""
    from nobat import ScenarioError, load

    scenario = load(name, values)
    if step_h is None:
        return scenario
    try:
        return scenario.with_values({"run.step_h": step_h})
    except ScenarioError as error:
        raise ScenarioError(replace(p, where="--step-h") for p in error.problems) from None


def _show(result: Comparison, json: bool) -> None:
    """Print the answer."""
    if json:
        emit(result.to_json())
        return
    show(result.table())
    print(f"\nThe run is in {result.run.path}")
