"""`nobat sensitivity`: what an outcome hangs on."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from nobat.cli.options import Jobs, Json, Seed, Set, check_apart, settings, whole
from nobat.cli.output import DONE, emit, show
from nobat.show.language import _, latin


def sensitivity(
    scenario: Annotated[str, Parameter(help="The name of a shipped scenario, or a file.")],
    /,
    *,
    over: Annotated[
        list[str] | None,
        Parameter(
            negative="",
            metavar="PATH[=...]",
            help="What is varied: PATH over its own range, PATH=LOW:HIGH, or PATH=a,b,c; repeat it "
            "(default: every number that has a range).",
        ),
    ] = None,
    method: Annotated[
        str | None,
        Parameter(
            metavar="NAME",
            help="sobol: parts of the variance; morris: which factors matter at all, from few "
            "points (default: sobol for up to 20 factors).",
        ),
    ] = None,
    outcome: Annotated[
        str, Parameter(metavar="NAME", help="The outcome that is looked at.")
    ] = "secured",
    doctrine: Annotated[
        str | None,
        Parameter(metavar="NAME", help="The doctrine to run (default: the first main one)."),
    ] = None,
    against: Annotated[
        str | None,
        Parameter(metavar="NAME", help="Another doctrine: the difference of the two is looked at."),
    ] = None,
    points: Annotated[
        int | None,
        Parameter(
            converter=whole(1),
            metavar="N",
            help="How many points may be run (default: 256 rows of a Sobol design, 10 trajectories "
            "of Morris).",
        ),
    ] = None,
    replications: Annotated[
        int | None,
        Parameter(
            name=("--replications", "-n"),
            converter=whole(1),
            metavar="N",
            help="Replications at each point (default: 100).",
        ),
    ] = None,
    seed: Seed = None,
    set_: Set = None,
    jobs: Jobs = None,
    json: Json = False,
) -> int:
    """Say what an outcome hangs on: Sobol indices or Morris effects, with 95 % intervals.

    All factors are varied at once, over their ranges, and every point meets the same luck. How much
    of the spread is luck that the replications leave is told. Nothing is kept.
    """
    from nobat import load
    from nobat.cli.scanning import Scanned
    from nobat.study.sensitivity import sensitivity as ask

    values = settings(set_)
    check_apart(values, over or ())
    loaded = load(scenario, values)
    title = _("running {name} over its factors").format(name=latin(loaded.name))
    with Scanned(title) as progress:
        answer = ask(
            loaded,
            over,
            method=method,
            outcome=outcome,
            doctrine=doctrine,
            against=against,
            points=points,
            replications=replications,
            seed=seed,
            jobs=jobs,
            progress=progress,
        )
    if json:
        emit(answer.to_json())
    else:
        show(answer.table())
    return DONE
