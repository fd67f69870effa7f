"""`nobat why`: what the difference between two doctrines comes from."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from nobat.cli.options import Jobs, Json, Seed, Set, settings, whole
from nobat.cli.output import DONE, emit, show
from nobat.show.language import _, latin


def why(
    scenario: Annotated[str, Parameter(help="The name of a shipped scenario, or a file.")],
    /,
    *,
    doctrine: Annotated[str, Parameter(metavar="NAME", help="A doctrine.")],
    against: Annotated[str, Parameter(metavar="NAME", help="The doctrine it is held against.")],
    outcome: Annotated[
        str, Parameter(metavar="NAME", help="The outcome whose difference is shared out.")
    ] = "secured",
    solver: Annotated[
        str,
        Parameter(
            metavar="NAME",
            help="monte-carlo draws luck; mean-field puts expected values in its place.",
        ),
    ] = "monte-carlo",
    replications: Annotated[
        int | None,
        Parameter(
            name=("--replications", "-n"),
            converter=whole(1),
            metavar="N",
            help="Replications of each of up to 64 mixes (default: the scenario's, 1000 at most).",
        ),
    ] = None,
    seed: Seed = None,
    set_: Set = None,
    jobs: Jobs = None,
    json: Json = False,
) -> int:
    """Say what the difference between two doctrines comes from.

    It is shared out among mass, tempo, sleep, reserve, supply and what is left (`other`). Each can
    be taken from either doctrine; every mix of them is run on the same luck, and a mechanism's
    share is what it adds, mean over all orders. The shares, with 95 % intervals, add up to the
    difference. Nothing is kept.
    """
    from nobat import load
    from nobat.cli.scanning import Scanned
    from nobat.study.why import why as ask

    loaded = load(scenario, settings(set_))
    title = _("running mixes of {a} and {b}").format(a=latin(doctrine), b=latin(against))
    with Scanned(title) as progress:
        answer = ask(
            loaded,
            doctrine=doctrine,
            against=against,
            outcome=outcome,
            solver=solver,
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
