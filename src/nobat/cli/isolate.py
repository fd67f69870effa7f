"""`nobat isolate`: what it takes to cut the city off from the defender's rear."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from cyclopts import CoercionError, Parameter, Token

from nobat.cli.options import Json, Set, settings, whole
from nobat.cli.output import DONE, emit, show


def _share(_: Any, tokens: Sequence[Token]) -> float:
    """A converter to a finite number, 0 or more."""
    try:
        number = float(tokens[0].value)
    except ValueError:
        number = -1.0
    if not 0 <= number < float("inf"):
        raise CoercionError(msg=f"{tokens[0].value!r} is not a share: 0 or more", token=tokens[0])
    return number


def isolate(
    scenario: Annotated[str, Parameter(help="The name of a shipped scenario, or a file.")],
    /,
    *,
    by: Annotated[
        Literal["both", "places", "routes"],
        Parameter(help="What may be picked: places to hold, routes to cut, or both."),
    ] = "both",
    budget: Annotated[
        int | None,
        Parameter(
            converter=whole(0),
            metavar="N",
            help="Persons there are for it: where they are too few, the best that they can do.",
        ),
    ] = None,
    within: Annotated[
        float,
        Parameter(
            converter=_share,
            metavar="SHARE",
            help="List all sets up to this much above the cheapest.",
        ),
    ] = 0.25,
    most: Annotated[
        int, Parameter(converter=whole(1), metavar="N", help="List no more sets than this.")
    ] = 20,
    set_: Set = None,
    json: Json = False,
) -> int:
    """Say what isolates the city: the cheapest sets of places to hold and routes to cut.

    The city is what the last stage of the plan assaults. It is isolated when the defender has no
    way from his rear to it. All sets that are nearly as cheap are listed, for the second-best is
    often the practical one, and whether the plan isolates the city before it assaults it.

    Nothing is simulated.
    """
    from nobat import load
    from nobat.study.isolate import isolate as ask

    loaded = load(scenario, settings(set_))
    answer = ask(
        loaded,
        places=by != "routes",
        routes=by != "places",
        budget=budget,
        within=within,
        most=most,
    )
    if json:
        emit(answer.to_json())
    else:
        show(answer.table())
    return DONE
