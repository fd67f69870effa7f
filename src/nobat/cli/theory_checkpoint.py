"""`nobat theory checkpoint`: how long people wait at a checkpoint, and what it catches."""

from __future__ import annotations

from typing import Annotated

from nobat.cli.flags import number, refuse
from nobat.cli.options import Json
from nobat.cli.output import DONE, emit, show

EXAMPLE = (
    "nobat theory checkpoint --arrivals-per-hour 40 --lanes 3 --minutes-a-check 1 "
    "--minutes-a-check 4 --infiltrator-share 0.005 --false-stop-share 0.05 --d-max 3.5 "
    "--tau-minutes 2"
)
#: For somebody who asked for nothing.
_HINT = f"""
For example: {EXAMPLE}
See `nobat theory checkpoint --help`.
"""


def checkpoint(
    *,
    arrivals_per_hour: Annotated[str | None, number("Persons who come, an hour.")] = None,
    lanes: Annotated[str | None, number("Lanes in which persons are checked side by side.")] = None,
    minutes_a_check: Annotated[
        list[str] | None,
        number("Minutes that a check takes, on average; several with commas.", "MIN"),
    ] = None,
    infiltrator_share: Annotated[
        str | None, number("Share of those who come who mean harm.", "SHARE")
    ] = None,
    false_stop_share: Annotated[
        str | None, number("Share of the others that a check stops: its threshold.", "SHARE")
    ] = None,
    d_max: Annotated[
        str | None, number("Evidence of a check without end, standard deviations.", "D")
    ] = None,
    tau_minutes: Annotated[
        str | None, number("Minutes in which a check finds 63 % of it.", "MIN")
    ] = None,
    sensitivity: Annotated[
        str | None,
        number("Share caught, whatever a check takes; in place of the last two.", "SHARE"),
    ] = None,
    json: Json = False,
) -> int:
    """Say how long people wait at a checkpoint, and whom it catches, misses and stops.

    The first five are needed, and d-max with tau-minutes, or sensitivity. A longer check catches
    more and makes a longer queue. Where more come than can be checked, the queue grows. Checks take
    exponential times of that mean, short ones catch little, and what is caught is the average.
    """
    given = {
        "arrivals_per_hour": arrivals_per_hour, "lanes": lanes,
        "minutes_a_check": minutes_a_check, "infiltrator_share": infiltrator_share,
        "false_stop_share": false_stop_share, "d_max": d_max, "tau_minutes": tau_minutes,
        "sensitivity": sensitivity,
    }  # fmt: skip
    from nobat.scenario import ScenarioError
    from nobat.theory.checkpoint import report

    try:
        found = report(**given)
    except ScenarioError as error:
        return refuse(error, given, _HINT, json)
    if json:
        emit(found.to_json())
    else:
        show(found.table())
    return DONE
