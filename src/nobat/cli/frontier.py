"""`nobat frontier`: own losses against harm to residents, along the criterion of a fire policy."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from nobat.cli.options import Jobs, Json, Replications, Seed, Set, settings
from nobat.cli.output import DONE, emit, show
from nobat.show.language import _, latin


def frontier(
    scenario: Annotated[str, Parameter(help="The name of a shipped scenario, or a file.")],
    /,
    *,
    doctrine: Annotated[
        str | None,
        Parameter(metavar="NAME", help="The doctrine to run (default: the first main one)."),
    ] = None,
    policy: Annotated[
        str | None,
        Parameter(
            metavar="NAME",
            help="The fire policy whose criterion is varied (default: that which the doctrine "
            "starts with).",
        ),
    ] = None,
    criteria: Annotated[
        str | None,
        Parameter(
            metavar="X,X,...",
            allow_leading_hyphen=True,
            help="The criteria, joined by commas (default: nine, over the policy's own range or "
            "around d').",
        ),
    ] = None,
    replications: Replications = None,
    seed: Seed = None,
    set_: Set = None,
    jobs: Jobs = None,
    json: Json = False,
) -> int:
    """Show what the criterion of fire costs: the attacker's losses against harm to residents.

    A lower criterion engages more of those who fight, and more of those who do not. Every
    criterion meets the same luck; those that no other beats in both are the frontier.

    Needs a scenario with `fire`. Nothing is kept.
    """
    from nobat import load
    from nobat.cli.scanning import Scanned, number
    from nobat.study.frontier import frontier as ask

    loaded = load(scenario, settings(set_))
    values = None
    if criteria is not None:
        values = [number(word, "criteria") for word in criteria.split(",")]
    title = _("running {name} along the criterion of fire")
    with Scanned(title.format(name=latin(loaded.name))) as points:
        answer = ask(
            loaded,
            policy=policy,
            doctrine=doctrine,
            criteria=values,
            replications=replications,
            seed=seed,
            jobs=jobs,
            progress=points,
        )
    if json:
        emit(answer.to_json())
    else:
        show(answer.table())
    return DONE
