"""`nobat theory sleep`: what a schedule of sleep leaves of a person's effectiveness."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from cyclopts import Parameter

from nobat.cli.flags import number
from nobat.cli.options import Json
from nobat.cli.output import DONE, WRONG, Mistake, emit, fail, show

#: What the list of commands shows as an example.
EXAMPLE = "nobat theory sleep --schedule nights.csv --model safter --start-h 23"

#: For somebody who asked for nothing.
_HINT = f"""
For example: {EXAMPLE}
See `nobat theory sleep --help`.
"""

#: What a problem of an option is called; one of the file keeps its own name.
_FLAGS = {
    "schedule": "--schedule", "name": "--name", "model": "--model", "start_h": "--start-h",
    "start_reservoir": "--start-reservoir", "until_h": "--until-h",
}  # fmt: skip


def sleep(
    *,
    schedule: Annotated[
        str | None,
        Parameter(
            metavar="FILE.csv",
            help="A row for each sleep: columns sleep_start_h and sleep_end_h, in hours after "
            "midnight of day 0 (23 to 31 is the first night); other columns are ignored.",
        ),
    ] = None,
    name: Annotated[
        str | None,
        Parameter(
            metavar="NAME",
            help="Only the rows that have this name in the file's column `schedule`.",
        ),
    ] = None,
    model: Annotated[
        str,
        Parameter(
            metavar="NAME",
            help="safte (as published), safter (that program's constants, its capacity regulated) "
            "or three-process.",
        ),
    ] = "safte",
    start_h: Annotated[
        str | None,
        number("Hour to start at (default: 7, or the first sleep if that is earlier).", "H"),
    ] = None,
    start_reservoir: Annotated[
        str | None,
        number(
            "Reservoir at the start, 0 to 2880, or S of the three-process model (default: that of "
            "one who slept from 23 to 7 every night and has been awake since the last 7 o'clock).",
            "R",
        ),
    ] = None,
    until_h: Annotated[
        str | None, number("Last hour (default: 24 hours after the last sleep).", "H")
    ] = None,
    json: Json = False,
) -> int:
    """Follow one person's effectiveness over a schedule of sleep, exactly.

    SAFTE gives effectiveness in percent; the three-process model gives alertness and the Karolinska
    Sleepiness Scale, KSS, from 1 (very alert) to 9 (fighting sleep).
    """
    from nobat.scenario.problems import ScenarioError
    from nobat.theory.sleep_question import curve_of_file

    try:
        found = curve_of_file(
            schedule,
            name=name,
            model=model,
            start_h=start_h,
            start_reservoir=start_reservoir,
            until_h=until_h,
        )
    except ScenarioError as error:
        flags = [replace(p, path=_FLAGS.get(p.path, p.path)) for p in error.problems]
        mistakes = [Mistake(p.message, p.path, p.line, str(p)) for p in flags]
        return fail(mistakes, WRONG, json, _HINT if schedule is None else "")
    if json:
        emit(found.to_json())
    else:
        show(found.table())
    return DONE
