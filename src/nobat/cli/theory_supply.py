"""`nobat theory supply`: what a distance of the rear costs."""

from __future__ import annotations

from typing import Annotated

from nobat.cli.flags import number, refuse
from nobat.cli.options import Json
from nobat.cli.output import DONE, emit, show

EXAMPLE = (
    "nobat theory supply --distance-km 30 --distance-km 243 --trucks 30 --payload-t 5 "
    "--speed-km-h 30 --delay-h 6 --hours-per-day 20 --use-t-per-day 60"
)
#: For somebody who asked for nothing.
_HINT = f"""
For example: {EXAMPLE}
See `nobat theory supply --help`.
"""


def supply(
    *,
    distance_km: Annotated[
        list[str] | None,
        number("Distance of the rear by road, one way; repeat it to compare.", "KM"),
    ] = None,
    trucks: Annotated[str | None, number("Trucks that there are.")] = None,
    payload_t: Annotated[str | None, number("What one truck carries.", "T")] = None,
    speed_km_h: Annotated[str | None, number("Speed on the road.", "KM/H")] = None,
    delay_h: Annotated[
        str | None, number("Loading, unloading and waiting in a turnaround.", "HOURS")
    ] = None,
    hours_per_day: Annotated[
        str | None, number("Hours a day that a truck is on the road or loading.", "HOURS")
    ] = None,
    use_t_per_day: Annotated[str | None, number("What the force uses a day.", "T")] = None,
    own_use_t_per_h: Annotated[
        str | None, number("What one truck burns in an hour on the road (default: 0).", "T")
    ] = None,
    availability: Annotated[
        str | None, number("Share of the trucks that are at work (default: 1).", "SHARE")
    ] = None,
    raid_share: Annotated[
        str | None, number("Share of what is on the way that raids destroy (default: 0).", "SHARE")
    ] = None,
    stock_t: Annotated[str | None, number("Stock at the start (default: 0).", "T")] = None,
    json: Json = False,
) -> int:
    """Say what a distance of the rear costs: lift, days of supply, culmination.

    The first seven are needed. Trucks go back and forth; what they carry, less what they burn and
    what raids destroy, is the lift. Beyond the culmination distance it no longer covers the use.
    """
    given = {
        "distance_km": distance_km, "trucks": trucks, "payload_t": payload_t,
        "speed_km_h": speed_km_h, "delay_h": delay_h, "hours_per_day": hours_per_day,
        "use_t_per_day": use_t_per_day, "own_use_t_per_h": own_use_t_per_h,
        "availability": availability, "raid_share": raid_share, "stock_t": stock_t,
    }  # fmt: skip
    from nobat.scenario import ScenarioError
    from nobat.theory.supply import report

    try:
        found = report(**given)
    except ScenarioError as error:
        return refuse(error, given, _HINT, json)
    if json:
        emit(found.to_json())
    else:
        show(found.table())
    return DONE
