"""Doctrines at many points of a scenario, kept in a folder that can be taken up again.

Replication k meets the same luck at every point and under every doctrine. Points are written file
by file, so that memory does not grow with their number and little is lost when a sweep is stopped.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nobat.engine import sweep_manifest as manifests
from nobat.engine.runner import Progress, Report, Stage, counted, jobs_fault
from nobat.engine.sweep_store import SWEEPS, SweepFolder
from nobat.scenario import Problem, Scenario, ScenarioError
from nobat.study import design as designs
from nobat.study.asked import scenario_asked
from nobat.study.compare import canonical, doctrines_chosen, scenario_of
from nobat.study.design import Design
from nobat.study.points import Point, evaluate
from nobat.study.sweep_rows import (
    Row,
    axis_of,
    design_text,
    point_frame,
    point_rows,
    replication_frame,
)
from nobat.study.swept import Sweep

if TYPE_CHECKING:
    import polars as pl

#: Replications of each doctrine at each point if nothing is said: enough to see what matters, and
#: 500 points of them are as much work as one run.
REPLICATIONS = 200
#: The most numbers of one point that are held at once: doctrines x outcomes x replications.
_MOST_NUMBERS = 10_000_000


class SweepInterrupted(KeyboardInterrupt):
    """A sweep was stopped by Ctrl-C; what was done is kept.

    Like any Ctrl-C it passes `except Exception`. `sweep` is the sweep as far as it came; points
    that were done beyond that, in a file that was not full yet, are run again.
    """

    def __init__(self, sweep: Sweep, done: int = 0) -> None:
        self.sweep = sweep
        kept, lost = len(sweep), max(0, done - len(sweep))
        if kept:
            of = f"{kept:,} of {counted(sweep.asked, 'point')} {'is' if kept == 1 else 'are'}"
            text = f"stopped: {of} kept in {sweep.path}"
        else:
            first = "a file of points was full" if lost else "a point was done"
            text = f"stopped before {first}: none is kept in {sweep.path}"
        were = "was" if lost == 1 else "were"
        again = f"; {counted(lost, 'point')} that {were} done will be run again"
        super().__init__(f"{text}{again if lost else ''}")


def sweep(
    scenario: Scenario,
    over: Sequence[str] = (),
    *,
    design: str | PathLike[str] | pl.DataFrame = "sobol",
    points: int | None = None,
    levels: int | None = None,
    design_seed: int | None = None,
    doctrines: Sequence[str] | None = None,
    replications: int | None = None,
    seed: int | None = None,
    keep_replications: bool = False,
    jobs: int | None = None,
    progress: Report | None = None,
    out: str | Path | None = None,
) -> Sweep:
    """Run doctrines at the points of a design over some factors of a scenario.

    over: the factors: `PATH` (a number over its own range, a yes/no or a field of few words over
    all values), `PATH=LOW:HIGH` or `PATH=a,b,c`. design: `sobol`, `latin`, `nolh` (nearly
    orthogonal Latin hypercube), `grid`, or a list of points, a CSV file or a polars DataFrame with
    a path at the head of each column, which then says what is varied. points: how many (default
    512; a grid and a list have their own). levels: values of each number
    in a grid (default 5). design_seed: of what the design draws (default 1). doctrines: names
    (default: all of the scenario's). replications: of each doctrine at each point (default 200).
    seed: of the luck (default: the scenario's). keep_replications: keep every replication, not only
    the estimates. jobs: threads (default: the processors there are). progress: called with a
    `Progress` on the way. out: the folder (default: `sweeps/NAME-HASH` below the current one). What
    is there already of the same sweep is not simulated again.

    Raises ScenarioError (a ValueError) for anything that is not allowed, all before anything is
    run or written; TypeError for something else than a scenario or a design; RunError if `out`
    holds something else, StoreError if it cannot be written, SweepInterrupted on Ctrl-C.
    """
    asked = REPLICATIONS if replications is None else replications
    scenario = scenario_asked(scenario, "sweep", asked, seed)
    _check_jobs(jobs)
    names = doctrines_chosen(scenario, doctrines)
    made = _designed(scenario, over, kind=design, points=points, levels=levels, seed=design_seed)
    text, listed = canonical(scenario), design_text(made.factors, made.points)
    manifest = manifests.describe(
        scenario.name,
        text,
        design=made.kind,
        design_seed=made.seed,
        design_text=listed,
        axes=[axis_of(factor) for factor in made.factors],
        points=len(made),
        doctrines=names,
        replications=scenario.run.replications,
        seed=scenario.run.seed,
        keep=keep_replications,
    )
    _check_room(manifest)
    path = SWEEPS / manifest.folder_name() if out is None else Path(out)
    folder = SweepFolder.begin(path, manifest, text, listed)
    return _execute(Sweep(folder, scenario, made), jobs, progress)


def _designed(scenario: Scenario, over: Sequence[str], **asked: Any) -> Design:
    """The design; one factor may stand without the brackets of a list."""
    return designs.design(scenario, [over] if isinstance(over, str) else list(over), **asked)


def resume_sweep(
    sweep: str | Path | Sweep, *, jobs: int | None = None, progress: Report | None = None
) -> Sweep:
    """Finish a sweep that was interrupted.

    sweep: its folder, or its name under `sweeps/`. jobs, progress: as for `sweep`. The folder ends
    up with the same bytes as one that was never interrupted; what is damaged is made again. A
    complete sweep is only read.

    Raises ScenarioError for `jobs` below 1, RunError for what is no sweep and for one that another
    version of the model or of its packages began (nothing is touched then); StoreError and
    SweepInterrupted as `sweep` does.
    """
    _check_jobs(jobs)
    folder = SweepFolder.take_up(sweep.path if isinstance(sweep, Sweep) else sweep)
    return _execute(Sweep.of(folder, scenario_of(folder)), jobs, progress)


def open_sweep(sweep: str | Path) -> Sweep:
    """What a sweep's folder holds, complete or not: its path, or its name under `sweeps/`.

    Raises RunError for a sweep that is missing, damaged or from a newer nobat.
    """
    folder = SweepFolder.open(sweep)
    return Sweep.of(folder, scenario_of(folder))


def _check_jobs(jobs: object) -> None:
    """ScenarioError for what is no number of threads."""
    if fault := jobs_fault(jobs):
        raise ScenarioError([Problem("jobs", None, fault)])


def _check_room(manifest: manifests.SweepManifest) -> None:
    """ScenarioError for more replications at one point than are held in memory at once."""
    most = _MOST_NUMBERS // (len(manifest.doctrines) * len(manifest.outcomes))
    if manifest.replications > most:
        text = f"{manifest.replications:,} are too many at each point: {most:,} at most"
        raise ScenarioError([Problem("replications", None, f"{text} for so many doctrines")])


def _told(numbers: range) -> tuple[str, int]:
    """The points of a file: `0 to 63`, and how many they are."""
    first, last = numbers[0], numbers[-1]
    return (f"{first:,} to {last:,}" if last > first else f"{first:,}"), len(numbers)


class _Counter:
    """Counts what is done and reports it, in campaigns."""

    def __init__(self, folder: SweepFolder, report: Report | None) -> None:
        self._folder = folder
        self._manifest = folder.manifest
        self._report = report or (lambda _: None)
        self.kept = self.done = folder.count()
        self._damaged = tuple(_told(folder.manifest.numbers(f)) for f in folder.damaged())

    def say(self, stage: Stage) -> None:
        """Report how far the sweep is."""
        m = self._manifest
        done, total, kept = (m.campaigns(n) for n in (self.done, m.points, self.kept))
        doctrines = len(m.doctrines)
        self._report(
            Progress(stage, done, total, kept, doctrines, m.scenario, self._damaged, m.points)
        )


def _execute(found: Sweep, jobs: int | None, report: Report | None) -> Sweep:
    """Run the points that are not there yet, file by file."""
    from nobat.engine import warm

    folder, manifest = found.folder, found.folder.manifest
    count = _Counter(folder, report)
    try:
        missing = [first for first in manifest.firsts() if not folder.has(first)]
        if missing:
            if not warm.is_warm():
                count.say("compiling")
                warm.warm()
            count.say("running")
            _run(found, [n for first in missing for n in manifest.numbers(first)], jobs, count)
        folder.tidy()
        count.say("done")
    except KeyboardInterrupt:
        raise SweepInterrupted(found, count.done) from None
    return found


def _run(found: Sweep, numbers: Sequence[int], jobs: int | None, count: _Counter) -> None:
    """Run points, and write each file as its last point is done."""
    folder, manifest, points = found.folder, found.folder.manifest, found.design.points
    names = [column.name for column in manifest.outcomes]
    wanted: list[Point] = [points[number] for number in numbers]
    done = evaluate(found.scenario, found.factors, wanted, manifest.doctrines, names, jobs=jobs)
    kept: list[Row] = []
    with closing(done):
        try:
            for number, (_, rows) in zip(numbers, done, strict=True):
                if manifest.keep:
                    frame = replication_frame(manifest, number, points[number], rows)
                    folder.write_replications(number, frame)
                kept += point_rows(manifest, number, points[number], rows)
                first = number - number % manifest.chunk
                if number == manifest.numbers(first)[-1]:
                    folder.write_points(first, point_frame(manifest, kept))
                    kept.clear()
                count.done += 1
                count.say("running")
        except KeyboardInterrupt:
            count.say("stopping")
            raise
