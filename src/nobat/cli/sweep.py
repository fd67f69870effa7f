"""`nobat sweep`: doctrines at many points of a scenario, kept in a folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from nobat.cli.options import (
    MOST_SEED,
    Doctrines,
    Jobs,
    Json,
    Seed,
    Set,
    check_apart,
    settings,
    whole,
)
from nobat.cli.output import DONE, STOPPED, Mistake, emit, fail, say, show, tell
from nobat.cli.saving import check_charts, keep
from nobat.show.language import _, latin, marked, parts, retold

if TYPE_CHECKING:
    from nobat import Sweep, SweepInterrupted


#: What is said of a sweep that was stopped.
_STOPS = (
    marked("stopped: {kept} of {asked} points are kept in {path}"),
    marked("stopped: {kept} of {asked} points is kept in {path}"),
    marked("stopped: {kept} of {asked} point is kept in {path}"),
    marked("stopped before a file of points was full: none is kept in {path}"),
    marked("stopped before a point was done: none is kept in {path}"),
    marked("{n} points that were done will be run again"),
    marked("{n} point that was done will be run again"),
)


def sweep(
    scenario: Annotated[str, Parameter(help="The name of a shipped scenario, or a file.")],
    /,
    *,
    over: Annotated[
        list[str] | None,
        Parameter(
            name="--over",
            negative="",
            metavar="PATH[=LOW:HIGH]",
            help="What is varied: a number over its own range or another, a yes/no or a field of "
            "few words over all values, or PATH=a,b,c over those given; repeat it. Left out where "
            "--design is a file.",
        ),
    ] = None,
    design: Annotated[
        str,
        Parameter(
            metavar="NAME",
            help="Which points: sobol, latin, nolh (nearly orthogonal Latin hypercube), grid, or "
            "FILE.csv, which says what is varied by a path at the head of each column.",
        ),
    ] = "sobol",
    points: Annotated[
        int | None,
        Parameter(converter=whole(2), metavar="N", help="How many points (default: 512)."),
    ] = None,
    levels: Annotated[
        int | None,
        Parameter(
            converter=whole(2), metavar="N", help="Values of a number in a grid (default: 5)."
        ),
    ] = None,
    design_seed: Annotated[
        int | None,
        Parameter(
            converter=whole(0, MOST_SEED), metavar="N", help="Seed of the points (default: 1)."
        ),
    ] = None,
    doctrine: Doctrines = None,
    replications: Annotated[
        int | None,
        Parameter(
            name=("--replications", "-n"),
            converter=whole(1),
            metavar="N",
            help="Replications of each doctrine at each point (default: 200).",
        ),
    ] = None,
    keep_replications: Annotated[
        bool,
        Parameter(
            negative="",
            show_default=False,
            help="Keep every replication, not only the estimates of each point.",
        ),
    ] = False,
    seed: Seed = None,
    set_: Set = None,
    jobs: Jobs = None,
    out: Annotated[
        Path | None,
        Parameter(metavar="DIR", help="The sweep's folder (default: sweeps/NAME-HASH)."),
    ] = None,
    save: Annotated[
        list[Path] | None,
        Parameter(
            negative="",
            metavar="FILE",
            help="Keep a chart of the share secured along what is varied, as a picture (.png, "
            ".svg) or a page (.html); repeat it.",
        ),
    ] = None,
    json: Json = False,
) -> int:
    """Run doctrines at many points: from one answer to a table of answers.

    All doctrines meet the same luck at every point. The points go to a folder as Parquet, a row for
    each point and doctrine with every outcome and its interval. What is there already is not
    simulated again: a sweep that was stopped goes on by the same command, or by `nobat resume`.
    """
    from nobat import SweepInterrupted, load
    from nobat import sweep as ask
    from nobat.cli.progress import Reporter

    values = settings(set_)
    check_apart(values, [*(over or ()), *_heads(design)])
    check_charts(save or ())
    loaded = load(scenario, values)
    try:
        with Reporter() as progress:
            found = ask(
                loaded,
                over or (),
                design=design,
                points=points,
                levels=levels,
                design_seed=design_seed,
                doctrines=doctrine,
                replications=replications,
                seed=seed,
                keep_replications=keep_replications,
                jobs=jobs,
                progress=progress,
                out=out,
            )
    except SweepInterrupted as stop:
        return stopped(stop, json)
    show_sweep(found, json)
    for path in save or ():
        keep(found.plot(), path)
    return DONE


def _heads(design: str) -> list[str]:
    """What a file of points varies; nothing where there is none that can be read."""
    from nobat.scenario import ScenarioError
    from nobat.study.design import DESIGNS
    from nobat.study.listed import heads_of

    if design in DESIGNS:
        return []
    try:
        return heads_of(Path(design))
    except ScenarioError:
        return []


def stopped(stop: SweepInterrupted, json: bool) -> int:
    """Say what a sweep that was stopped has kept, and show it if there is anything to show."""
    hint = _("`nobat resume {path}` goes on from there").format(path=stop.sweep.path)
    told = parts(retold(part, *_STOPS) for part in str(stop).split("; "))
    if len(stop.sweep) == 0:
        return fail([Mistake(told)], STOPPED, json, hint)
    say(_("nobat: {stop}").format(stop=told))
    say(hint)
    show_sweep(stop.sweep, json)
    return STOPPED


def show_sweep(found: Sweep, json: bool) -> None:
    """Print the answer."""
    if json:
        emit(found.to_json())
        return
    show(found.table())
    tell("\n" + _("The sweep is in {path}").format(path=latin(str(found.path))))
