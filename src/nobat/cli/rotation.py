"""`nobat rotation`: posts kept by crews in turns; and `nobat run` of a crews scenario."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from nobat.cli.options import Json
from nobat.cli.output import DONE, WRONG, Mistake, emit, fail, say, show
from nobat.show.language import _

if TYPE_CHECKING:
    from nobat import Crews, Rotation


#: For somebody who asked for nothing.
_HINT = """
For example: nobat rotation --units 5 --posts 2 --operate-d 14 --rest-d 14
See `nobat rotation --help`.
"""


def _number(help: str, metavar: str = "DAYS") -> Parameter:
    """An option that takes a whole number: it is read with all the others, so as text here."""
    return Parameter(negative="", metavar=metavar, help=help, allow_leading_hyphen=True)


def rotation(
    *,
    units: Annotated[str | None, _number("Crews in all.", "N")] = None,
    posts: Annotated[str | None, _number("Posts to be held at once.", "N")] = None,
    operate_d: Annotated[str | None, _number("Days of a tour, the overlap included.")] = None,
    rest_d: Annotated[str | None, _number("Days of rest after a tour, at least.")] = None,
    overlap_d: Annotated[
        str | None, _number("Last days of a tour in which the relief is there and counts.")
    ] = None,
    gap_d: Annotated[str | None, _number("Days that a post stays empty after a tour.")] = None,
    recovery_d: Annotated[str | None, _number("Days of travel and refit before rest.")] = None,
    horizon_d: Annotated[
        str | None,
        _number(
            "Day on which the count of the cover stops, itself left out (default: ten cycles after "
            "--from-d or the surge).",
            "DAY",
        ),
    ] = None,
    from_d: Annotated[
        str | None,
        _number(
            "First day of the cover (default: after three cycles, or at the surge if that is "
            "earlier; 1 if --horizon-d is below four cycles).",
            "DAY",
        ),
    ] = None,
    stagger_d: Annotated[
        str | None, _number("Days over which the starts are spread (default: a cycle).")
    ] = None,
    surge_start_d: Annotated[str | None, _number("First day of a surge.", "DAY")] = None,
    surge_days: Annotated[str | None, _number("How long the surge lasts.")] = None,
    surge_extra: Annotated[
        str | None, _number("Posts that it adds, held from rest if need be.", "N")
    ] = None,
    readiness_window_d: Annotated[
        str | None,
        _number("Days ready after which an unused crew starts over (default: no limit)."),
    ] = None,
    forgive_rest: Annotated[
        bool,
        Parameter(negative="", show_default=False, help="Rest that was missed is not owed."),
    ] = False,
    json: Json = False,
) -> int:
    """Keep posts by crews in turns, day by day: what is covered, who owes rest, how many it takes.

    --units, --posts, --operate-d and --rest-d are needed. A surge is given by its start, its days
    and its extra posts. The answer stands beside the closed form, where there is one.
    """
    given = {
        "units": units, "posts": posts, "operate_d": operate_d, "rest_d": rest_d,
        "overlap_d": overlap_d, "gap_d": gap_d, "recovery_d": recovery_d,
        "horizon_d": horizon_d, "from_d": from_d, "stagger_d": stagger_d,
        "surge_start_d": surge_start_d, "surge_days": surge_days, "surge_extra": surge_extra,
        "readiness_window_d": readiness_window_d,
    }  # fmt: skip
    from nobat.scenario.problems import ScenarioError
    from nobat.study.rotate import answer
    from nobat.study.turns import question_of

    try:
        question = question_of(given, forgive_rest=forgive_rest)
    except ScenarioError as error:
        problems = [replace(p, path="--" + p.path.replace("_", "-")) for p in error.problems]
        if any(value is not None for value in given.values()):
            raise ScenarioError(problems) from None
        return fail(
            [Mistake(p.message, p.path, p.line, str(p)) for p in problems], WRONG, json, _HINT
        )
    _announce()
    return _show(answer(question, None, 1, 0.0), json)


def run_crews(
    scenario: Crews, refused: Iterable[str], json: bool, *, idle: Iterable[str] = ()
) -> int:
    """Run a crews scenario.

    refused: options that were given and mean nothing to crews; idle: those that mean nothing as
    its starts are even.
    """
    mistakes = [Mistake(f"{name}: a crews scenario has no use for it") for name in refused]
    why = "the starts of the crews are even, so nothing is drawn (--set start.phases=random)"
    mistakes += [Mistake(f"{name}: {why}") for name in idle]
    if mistakes:
        return fail(mistakes, WRONG, json)
    from nobat import rotation as keep

    _announce()
    return _show(keep(scenario), json)


def _announce() -> None:
    """Say so where the kernel has to be compiled first."""
    from nobat.engine.crews import is_warm

    if not is_warm():
        say(_("compiling the rotation of crews (once, about 15 s) ..."))


def _show(answer: Rotation, json: bool) -> int:
    """Print the answer."""
    if json:
        emit(answer.to_json())
    else:
        show(answer.table())
    return DONE
