"""`nobat sweep`: doctrines at many points of a scenario, kept in a folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from nobat.cli.options import MOST_SEED, Doctrines, Jobs, Json, Seed, Set, settings, whole
from nobat.cli.output import DONE, STOPPED, Mistake, emit, fail, say, show, tell
from nobat.show.language import _, latin

if TYPE_CHECKING:
    from nobat import Sweep, SweepInterrupted


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
            "few words over all values, or PATH=a,b,c over those given; repeat it.",
        ),
    ] = None,
    design: Annotated[
        str,
        Parameter(
            metavar="NAME",
            help="Which points: sobol, latin, nolh (nearly orthogonal Latin hypercube), grid, or "
            "FILE.csv with a path at the head of each column.",
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

    loaded = load(scenario, settings(set_))
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
    return DONE


def stopped(stop: SweepInterrupted, json: bool) -> int:
    """Say what a sweep that was stopped has kept, and show it if there is anything to show."""
    if len(stop.sweep) == 0:
        return fail([Mistake(str(stop))], STOPPED, json)
    hint = _("nobat: {stop}; `nobat resume {path}` goes on from there")
    say(hint.format(stop=latin(str(stop)), path=stop.sweep.path))
    show_sweep(stop.sweep, json)
    return STOPPED


def show_sweep(found: Sweep, json: bool) -> None:
    """Print the answer."""
    if json:
        emit(found.to_json())
        return
    show(found.table())
    tell("\n" + _("The sweep is in {path}").format(path=latin(str(found.path))))
