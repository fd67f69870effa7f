"""`nobat run` and `nobat resume`: every doctrine on the same luck, and which one is best."""

from __future__ import annotations

from dataclasses import replace
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
    Solver,
    StepH,
    settings,
)
from nobat.cli.output import DONE, STOPPED, Mistake, emit, fail, say, show, tell
from nobat.cli.report import Open, Png, Svg, ahead, check_folders, draw, noting
from nobat.show.language import _, latin

if TYPE_CHECKING:
    from nobat import Comparison, Crews, Interrupted, Scenario


def run(
    scenario: Annotated[str, Parameter(help="The name of a shipped scenario, or a file.")],
    /,
    *,
    doctrine: Doctrines = None,
    solver: Solver = "monte-carlo",
    replications: Replications = None,
    seed: Seed = None,
    step_h: StepH = None,
    set_: Set = None,
    jobs: Jobs = None,
    out: Out = None,
    open_: Open = False,
    png: Png = None,
    svg: Svg = None,
    json: Json = False,
) -> int:
    """Run every doctrine of a scenario on the same luck and say which one is best.

    The run is kept in a folder. What is there already is not simulated again, so a run that was
    stopped by Ctrl-C is finished by the same command, or by `nobat resume`. A report, one page that
    needs no network, is written beside it; --open shows it. With --json only --open writes one.
    --png and --svg draw all of its charts as well.

    --solver mean-field puts expected values in the place of draws: one course of each doctrine, in
    milliseconds, without intervals. --solver exact works out every chance of a small scenario, with
    nothing drawn. Both keep nothing, and refuse -n, --seed, --jobs, --out, --open,
    --png and --svg.

    A scenario of crews has no doctrines: it answers with cover, rest owed and crews required.
    """
    from nobat import Crews, Interrupted, ScenarioError, compare
    from nobat.cli.progress import Reporter
    from nobat.cli.rotation import run_crews
    from nobat.scenario import Problem

    loaded = _load(scenario, settings(set_), step_h)
    if isinstance(loaded, Crews):
        options = {
            "--doctrine": doctrine, "--jobs": jobs, "--out": out, "--png": png, "--svg": svg
        }  # fmt: skip
        refused = [name for name, value in options.items() if value is not None]
        refused += ["--solver"] if solver != "monte-carlo" else []
        refused += ["--open"] if open_ else []
        given = {"run.replications": replications, "run.seed": seed}
        values = {path: value for path, value in given.items() if value is not None}
        if loaded.start.phases == "even":
            drawn = {"--replications": replications, "--seed": seed}
            idle = [name for name, value in drawn.items() if value is not None]
            return run_crews(loaded, refused, json, idle=idle)
        return run_crews(loaded.with_values(values) if values else loaded, refused, json)
    if solver in ("mean-field", "exact"):
        asked = {"--open": open_, "--png": png is not None, "--svg": svg is not None}
        text = "the report is of a run, and without luck none is kept"
        if any(asked.values()):
            raise ScenarioError(Problem(one, None, text) for one, given in asked.items() if given)
    check_folders(png, svg)
    reported = solver == "monte-carlo" and (open_ or not json)
    try:
        with Reporter() as progress:
            result = compare(
                loaded,
                doctrines=doctrine,
                solver=solver,
                replications=replications,
                seed=seed,
                jobs=jobs,
                progress=ahead(progress) if reported else progress,
                out=out,
                simulate=noting() if reported else None,
            )
    except Interrupted as stop:
        return _stopped(stop, json)
    if json:
        pictures = draw(result, png, svg, json)
        emit(result.to_json() | ({"pictures": pictures} if png or svg else {}))
    else:
        _show(result, json)
    if result.run is not None and (open_ or not json):
        _report(result, open_, json)
    if not json:
        draw(result, png, svg, json)
    return DONE


def resume(
    run: Annotated[
        str,
        Parameter(
            help="The folder of a run, sweep or audit, or its name under runs/, sweeps/ or audits/."
        ),
    ],
    /,
    *,
    jobs: Jobs = None,
    json: Json = False,
) -> int:
    """Go on with a run, a sweep or an audit that was interrupted, and show it.

    It ends up as if it had never been interrupted, to the last bit; what is damaged is made
    again. What is complete is shown as it is. What another version of the model or of its packages
    began is left alone.
    """
    from nobat import Interrupted
    from nobat import resume as finish
    from nobat.account.kept import AUDITS, holds_an_audit
    from nobat.cli.progress import Reporter
    from nobat.engine import folder
    from nobat.engine.store import RUNS
    from nobat.engine.sweep_store import SWEEPS, holds_a_sweep

    folder.check_there(run, {"run": RUNS, "sweep": SWEEPS, "audit": AUDITS})
    if holds_a_sweep(run):
        return _resume_sweep(run, jobs, json)
    if holds_an_audit(run):
        return _resume_audit(run, jobs, json)
    try:
        with Reporter() as progress:
            result = finish(run, jobs=jobs, progress=progress)
    except Interrupted as stop:
        return _stopped(stop, json)
    _show(result, json)
    if not json:
        _report(result, False, json)
    return DONE


def _resume_sweep(name: str, jobs: int | None, json: bool) -> int:
    """Go on with a sweep, and show it."""
    from nobat import SweepInterrupted, resume_sweep
    from nobat.cli.progress import Reporter
    from nobat.cli.sweep import show_sweep, stopped

    try:
        with Reporter() as progress:
            found = resume_sweep(name, jobs=jobs, progress=progress)
    except SweepInterrupted as stop:
        return stopped(stop, json)
    show_sweep(found, json)
    return DONE


def _resume_audit(name: str, jobs: int | None, json: bool) -> int:
    """Go on with an audit, and show it."""
    from nobat import AuditInterrupted, resume_audit
    from nobat.cli.audit import show_audit, stopped
    from nobat.cli.scanning import Scanned

    try:
        with Scanned(f"auditing {name}") as progress:
            found = resume_audit(name, jobs=jobs, progress=progress)
    except AuditInterrupted as stop:
        return stopped(stop, json)
    show_audit(found, json)
    return DONE


def _stopped(stop: Interrupted, json: bool) -> int:
    """Say what a run that was stopped has kept, and show it if there is anything to show."""
    from nobat import open_run
    from nobat.show.words import replications as counted

    done, path = stop.run.replications(), stop.run.path
    text = _("stopped after {done} of {asked}, kept in {path}").format(
        done=f"{done:,}",
        asked=counted(stop.run.manifest.replications),
        path=latin(str(path)),
    )
    if done == 0:
        return fail([Mistake(text)], STOPPED, json)
    hint = _("nobat: {stop}; `nobat resume {path}` goes on from there")
    say(hint.format(stop=text, path=path))
    _show(open_run(stop.run), json)
    return STOPPED


def _load(name: str, values: dict[str, object], step_h: float | None) -> Scenario | Crews:
    """The scenario, of either kind, with the values of --set and --step-h."""
    from nobat import ScenarioError
    from nobat.scenario import load_any

    scenario = load_any(name, values)
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
    if result.run is not None:
        tell("\n" + _("The run is in {path}").format(path=latin(str(result.run.path))))


def _report(result: Comparison, open_: bool, json: bool) -> None:
    """Write the report and say where it is; a folder that cannot be written spoils no run."""
    from nobat import StoreError
    from nobat.cli.report import write

    try:
        path = write(result, show=open_)
    except StoreError as error:
        say(_("nobat: no report: {error}").format(error=latin(str(error))))
        return
    if not json:
        tell(_("The report is in {path}").format(path=latin(str(path))))
