"""`nobat flip`: where along one number one doctrine stops being better than another."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from nobat.cli.options import Jobs, Json, Replications, Seed, Set, settings, whole
from nobat.cli.output import DONE, emit, show
from nobat.show.language import _, latin


def flip(
    scenario: Annotated[str, Parameter(help="The name of a shipped scenario, or a file.")],
    path: Annotated[
        str,
        Parameter(
            metavar="PATH[=LOW:HIGH]",
            help="A number of the scenario, and where it goes from and to (default: its own range "
            "in the scenario).",
        ),
    ],
    /,
    *,
    doctrine: Annotated[str, Parameter(metavar="NAME", help="A doctrine.")],
    against: Annotated[str, Parameter(metavar="NAME", help="The doctrine it is held against.")],
    outcome: Annotated[
        str, Parameter(metavar="NAME", help="The outcome in which they are compared.")
    ] = "secured",
    points: Annotated[
        int,
        Parameter(converter=whole(2), metavar="N", help="At how many values of it both are run."),
    ] = 7,
    replications: Replications = None,
    seed: Seed = None,
    set_: Set = None,
    jobs: Jobs = None,
    json: Json = False,
) -> int:
    """Say where along one number one doctrine stops being better than another.

    Both doctrines meet the same luck at every value. Where their difference changes its sign is
    told with a 95 % interval, and so is that it does not. Nothing is kept.
    """
    from nobat import load
    from nobat.cli.scanning import Scanned
    from nobat.study.flip import flip as ask

    loaded = load(scenario, settings(set_))
    name, low, high = _read(path)
    title = _("running {name} along {path}")
    with Scanned(title.format(name=latin(loaded.name), path=latin(name))) as progress:
        answer = ask(
            loaded,
            name,
            a=doctrine,
            b=against,
            low=low,
            high=high,
            points=points,
            outcome=outcome,
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


def _read(text: str) -> tuple[str, float | None, float | None]:
    """`PATH=LOW:HIGH` as its parts; ScenarioError for what is written otherwise."""
    from nobat.cli.scanning import number
    from nobat.scenario import Problem, ScenarioError

    name, equals, ends = text.partition("=")
    if not equals:
        return name.strip(), None, None
    low, colon, high = ends.partition(":")
    if not colon:
        message = "write PATH=LOW:HIGH, for instance sleep.commit_all_h=2:5"
        raise ScenarioError([Problem(text, None, message)])
    return name.strip(), number(low, "low"), number(high, "high")
