"""`nobat theory recurrence`: the attacks of those who got away."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from nobat.cli.drawing import mind_luck, teller
from nobat.cli.flags import number, refuse, simulated
from nobat.cli.options import Json
from nobat.cli.output import DONE, emit, show
from nobat.show.language import _

if TYPE_CHECKING:
    from nobat.theory.recurrence_question import Question

EXAMPLE = "nobat theory recurrence --residual 150 --incidents 0.88 --theta 0.43 --omega 0.107"
#: For somebody who asked for nothing.
_HINT = f"""
For example: {EXAMPLE}
See `nobat theory recurrence --help`.
"""


def recurrence(
    *,
    residual: Annotated[
        str | None, number("Persons who got away and can come back.", "PERSONS")
    ] = None,
    incidents: Annotated[
        str | None, number("Attacks of 100 of them in a month, in all.", "RATE")
    ] = None,
    theta: Annotated[
        str | None, number("Attacks that one attack provokes directly, below 1.", "SHARE")
    ] = None,
    omega: Annotated[
        str | None, number("Rate at which those come, per day; 1/omega is their delay.", "RATE")
    ] = None,
    days: Annotated[
        str | None, number("Days in which attacks are counted (default: 365).", "DAYS")
    ] = None,
    method: Annotated[
        str | None,
        Parameter(
            metavar="NAME",
            help="exact or simulate (default: exact).",
            negative="",
            allow_leading_hyphen=True,
        ),
    ] = None,
    replications: Annotated[str | None, simulated("Cases")] = None,
    seed: Annotated[str | None, number("Seed of the luck (default: 1).")] = None,
    json: Json = False,
) -> int:
    """Say how many attacks a residual force makes, each of which provokes others.

    The first four are needed. In the long run they come at the rate of the incidents, whatever
    theta is; theta makes them come in clusters, so that quiet and bad years lie further apart.
    """
    given = {
        "residual": residual, "incidents": incidents, "theta": theta, "omega": omega,
        "days": days, "method": method, "replications": replications, "seed": seed,
    }  # fmt: skip
    from nobat.scenario import ScenarioError
    from nobat.theory.recurrence_question import answer_of, question_of

    try:
        question = question_of(given)
    except ScenarioError as error:
        return refuse(error, given, _HINT, json)
    mind_luck(given, question.method)
    found = answer_of(question, _teller(question))
    if json:
        emit(found.to_json())
    else:
        show(found.table())
    return DONE


def _teller(question: Question) -> Callable[[int, int], None] | None:
    """What tells how far a simulation is; None where nothing is drawn."""
    from nobat.theory.recurrence_question import SIMULATE

    if question.method != SIMULATE:
        return None
    from nobat.theory.recurrence_simulated import is_warm

    compiling = None if is_warm() else _("compiling recurrence (once, about 2 s) ...")
    return teller(compiling, _("{done} of {total} cases, {rate} a second"))
