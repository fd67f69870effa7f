"""A scenario's sleep as the tables that the model reads."""

from __future__ import annotations

from functools import lru_cache

from nobat.model import sleep
from nobat.scenario import Scenario

_MODEL = {"none": sleep.NONE, "safte": sleep.SAFTE, "three_process": sleep.THREE_PROCESS}


def terms(scenario: Scenario) -> sleep.Terms:
    """The terms of a scenario's sleep; of no model where it says nothing of sleep."""
    given = scenario.sleep
    if given is None:
        return tables("none", 0.0, (0.0,) * sleep.SCHEDULES, scenario.run.step_h, 0.0)
    hours = {
        sleep.OPERATING: given.operating_h,
        sleep.RELIEVING: given.handover_h,
        sleep.RESERVE: given.reserve_h,
        sleep.REST: given.rest_h,
        sleep.SPENT: given.spent_h,
        sleep.COMMITTED: given.commit_all_h,
        sleep.PRESSED: given.pressed_h,
        sleep.PEACE: given.peace_h,
    }
    return tables(
        given.model,
        given.bedtime_h.value,
        tuple(hours[schedule].value for schedule in range(sleep.SCHEDULES)),
        scenario.run.step_h,
        given.floor.value,
    )


@lru_cache(maxsize=32)
def tables(
    model: str, bedtime_h: float, hours: tuple[float, ...], step_h: float, floor: float
) -> sleep.Terms:
    """The terms of a model by its name in a scenario (KeyError for another).

    bedtime_h: clock hour; hours: sleep a day in each schedule, by its code; step_h: divides 24;
    floor: the least effectiveness, a share. Kept: what is asked at many settings of a scenario
    often has the same sleep in it.
    """
    return sleep.terms(_MODEL[model], bedtime_h, hours, step_h, floor)
