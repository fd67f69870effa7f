"""`nobat theory duel`: who wins when two sides fight to the end, and who is left."""

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
    from nobat.theory.duel_question import Question

EXAMPLE = (
    "nobat theory duel --attackers 20 --defenders 15 --attacker-rate 0.04 --defender-rate 0.06 "
    "--law square"
)
#: For somebody who asked for nothing.
_HINT = f"""
For example: {EXAMPLE}
See `nobat theory duel --help`.
"""


def _word(metavar: str, help: str) -> Parameter:
    return Parameter(metavar=metavar, help=help, negative="", allow_leading_hyphen=True)


def duel(
    *,
    attackers: Annotated[str | None, number("Attackers at the start.", "M")] = None,
    defenders: Annotated[str | None, number("Defenders at the start.")] = None,
    attacker_rate: Annotated[
        str | None, number("Kill rate of one attacker, per unit of time.", "RATE")
    ] = None,
    defender_rate: Annotated[
        str | None, number("Kill rate of one defender, per unit of time.", "RATE")
    ] = None,
    law: Annotated[
        str | None,
        _word(
            "LAW",
            "square (both aim), linear (both fire at an area), log, guerrilla (the attacker hides) "
            "or P,Q: losses go as enemy^P own^Q (default: square).",
        ),
    ] = None,
    method: Annotated[
        str | None,
        _word("NAME", "exact, simulate or mean-field, which is without luck (default: exact)."),
    ] = None,
    attackers_break: Annotated[
        str | None, number("Strength at which the attacker breaks (default: 0).", "LEFT")
    ] = None,
    attackers_break_loss: Annotated[
        str | None, number("The same as a share of its start that it loses.", "SHARE")
    ] = None,
    defenders_break: Annotated[
        str | None, number("Strength at which the defender breaks (default: 0).", "LEFT")
    ] = None,
    defenders_break_loss: Annotated[
        str | None, number("The same as a share of its start that it loses.", "SHARE")
    ] = None,
    reinforcement: Annotated[
        str | None,
        _word(
            "FILE.csv",
            "Who comes when, for mean-field: columns side (attacker, defender), start, strength, "
            "and end where it is spread over a time.",
        ),
    ] = None,
    replications: Annotated[str | None, simulated("Duels")] = None,
    seed: Annotated[str | None, number("Seed of the luck (default: 1).")] = None,
    json: Json = False,
) -> int:
    """Say who wins a duel, who is left and how long it takes, by Lanchester's laws with luck.

    Both strengths and both rates are needed. Every loss comes at random, at the rate of the law;
    a side whose strength is at its breakpoint is beaten. Strengths left are means over all endings.
    """
    given = {
        "attackers": attackers, "defenders": defenders, "attacker_rate": attacker_rate,
        "defender_rate": defender_rate, "law": law, "method": method,
        "attackers_break": attackers_break, "attackers_break_loss": attackers_break_loss,
        "defenders_break": defenders_break, "defenders_break_loss": defenders_break_loss,
        "reinforcement": reinforcement, "replications": replications, "seed": seed,
    }  # fmt: skip
    from nobat.scenario import ScenarioError
    from nobat.theory.duel import answer_of
    from nobat.theory.duel_question import question_of

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
    from nobat.theory.duel_question import SIMULATE

    if question.method != SIMULATE:
        return None
    from nobat.theory.duel_simulated import is_warm

    compiling = None if is_warm() else _("compiling the duel (once, about 5 s) ...")
    return teller(compiling, _("{done} of {total} duels, {rate} a second"))
