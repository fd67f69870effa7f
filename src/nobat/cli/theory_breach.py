"""`nobat theory breach`: how long it takes through layers that are rebuilt."""

from __future__ import annotations

from typing import Annotated

from nobat.cli.drawing import mind_luck
from nobat.cli.flags import number, refuse, simulated
from nobat.cli.options import Json
from nobat.cli.output import DONE, emit, say, show
from nobat.show.language import _

EXAMPLE = "nobat theory breach --layers 7 --breach-rate 1 --rebuild-rate 0.3"
#: For somebody who asked for nothing.
_HINT = f"""
For example: {EXAMPLE}
See `nobat theory breach --help`.
"""


def breach(
    *,
    layers: Annotated[str | None, number("Layers to get through.", "L")] = None,
    breach_rate: Annotated[
        str | None,
        number("Rate a day at which a layer is carried; or L of them, with commas.", "RATE"),
    ] = None,
    rebuild_rate: Annotated[
        str | None,
        number(
            "Rate a day at which the layer carried last is rebuilt; or L - 1 of them, with commas.",
            "RATE",
        ),
    ] = None,
    method: Annotated[
        str | None,
        number(
            "exact, or simulate for a simulation event by event beside it (default: exact).", "NAME"
        ),
    ] = None,
    replications: Annotated[str | None, simulated("Replications")] = None,
    seed: Annotated[str | None, number("Seed of the luck (default: 1).")] = None,
    json: Json = False,
) -> int:
    """Say how long it takes through layers that are rebuilt whenever one is carried.

    Each layer is carried at the breach rate; the layer carried last is rebuilt at the rebuild rate;
    with the last one it is over. The first three options are needed.
    """
    from nobat.scenario.problems import ScenarioError
    from nobat.theory.breach_question import report

    given = {
        "layers": layers, "breach_rate": breach_rate, "rebuild_rate": rebuild_rate,
        "method": method, "replications": replications, "seed": seed,
    }  # fmt: skip
    try:
        found = report(**given, compiling=_compiling)
    except ScenarioError as error:
        return refuse(error, given, _HINT, json)
    mind_luck(given, found.method)
    if json:
        emit(found.to_json())
    else:
        show(found.table())
    return DONE


def _compiling() -> None:
    """Tell somebody who waits why."""
    say(_("compiling the simulation (once, about 5 s) ..."))
