"""`nobat homecoming`: when to open the way home, and how to check those who come."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from nobat.cli.options import Jobs, Json, Replications, Seed, Set, settings
from nobat.cli.output import DONE, emit, show
from nobat.show.language import _, latin


def homecoming(
    scenario: Annotated[str, Parameter(help="The name of a shipped scenario, or a file.")],
    /,
    *,
    doctrine: Annotated[
        str | None,
        Parameter(
            metavar="NAME", help="Whose campaigns come before (default: the first main one)."
        ),
    ] = None,
    open_after_nights: Annotated[
        str | None,
        Parameter(
            metavar="N,N,...",
            help="Nights until the way home opens, joined by commas (default: 0,1,2,7,14,30).",
        ),
    ] = None,
    minutes_a_check: Annotated[
        str | None,
        Parameter(
            metavar="M,M,...", help="Minutes that a check takes on average (default: 1,2,4,8)."
        ),
    ] = None,
    lanes: Annotated[
        str | None,
        Parameter(metavar="C,C,...", help="Lanes of the checkpoint (default: 1,2,4)."),
    ] = None,
    replications: Replications = None,
    seed: Seed = None,
    set_: Set = None,
    jobs: Jobs = None,
    json: Json = False,
) -> int:
    """Show when to open the way home, and how to check those who come.

    Every opening night x minutes of a check x lanes meets the same luck; shown are those policies
    that no other beats in every respect, and what the scenario's own costs and gains.

    Needs a scenario with `homecoming`. Nothing is kept.
    """
    from nobat import load
    from nobat.cli.scanning import Scanned, number
    from nobat.study.homecoming import homecoming as ask

    loaded = load(scenario, settings(set_))
    given = {
        "open_after_nights": open_after_nights, "minutes_a_check": minutes_a_check, "lanes": lanes,
    }  # fmt: skip
    values = {
        name: [_whole(number(word, name)) for word in words.split(",")]
        for name, words in given.items()
        if words is not None
    }
    title = _("bringing people home to {name}")
    with Scanned(title.format(name=latin(loaded.name))) as points:
        answer = ask(
            loaded,
            doctrine=doctrine,
            replications=replications,
            seed=seed,
            jobs=jobs,
            progress=points,
            **values,
        )
    if json:
        emit(answer.to_json())
    else:
        show(answer.table())
    return DONE


def _whole(value: float) -> float:
    """2 for 2.0: a number of nights or lanes is told as it was written."""
    return int(value) if value.is_integer() else value
