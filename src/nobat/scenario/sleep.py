"""How long everybody sleeps, and by which model a lack of it lowers what they do (MODEL 3)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from nobat.scenario.parts import Part
from nobat.scenario.quantity import CLOCK, HOURS_OF_DAY, SHARE, Clock, HoursOfDay, Share

#: How effectiveness follows sleep: not at all; Hursh 2004; Akerstedt and Folkard 1997.
SleepModel = Literal["none", "safte", "three_process"]


class Sleep(Part):
    """Hours of sleep a day by duty. Under every model those asleep are not at the line."""

    model: SleepModel = Field(
        default="safte",
        description="What sleep does to effectiveness: none (everyone is fully effective), safte "
        "(Hursh 2004) or three_process (Akerstedt and Folkard 1997). safte unless it is said; none "
        "where the whole section is left out.",
    )
    bedtime_h: Clock = Field(
        default=CLOCK.of(23), description="Clock time at which sleep begins, hours after midnight."
    )
    floor: Share = Field(
        default=SHARE.of(0.35),
        description="Effectiveness that nobody falls below, share of full (effectiveness_floor).",
    )
    operating_h: HoursOfDay = Field(
        default=HOURS_OF_DAY.of(5),
        description="Sleep a day of a unit that operates, hours; the rest is at the line.",
    )
    reserve_h: HoursOfDay = Field(
        default=HOURS_OF_DAY.of(7), description="Sleep a day of a unit in reserve, hours."
    )
    rest_h: HoursOfDay = Field(
        default=HOURS_OF_DAY.of(9), description="Sleep a day of a unit at rest, hours."
    )
    commit_all_h: HoursOfDay = Field(
        default=HOURS_OF_DAY.of(4),
        description="Sleep a day when everyone is committed, hours; sweep it from 2 to 5.",
    )
    handover_h: HoursOfDay = Field(
        default=HOURS_OF_DAY.of(3), description="Sleep a day of a unit in a handover, hours."
    )
    spent_h: HoursOfDay = Field(
        default=HOURS_OF_DAY.of(9), description="Sleep a day of a spent unit, hours."
    )
    pressed_h: HoursOfDay = Field(
        default=HOURS_OF_DAY.of(3),
        description="Sleep a day of a defender's layer under assault, hours.",
    )
    peace_h: HoursOfDay = Field(
        default=HOURS_OF_DAY.of(7),
        description="Sleep a day of a defender's layer that is left in peace, hours.",
    )
