"""The reports of a scenario as the model's own terms: what is known from which step on."""

from __future__ import annotations

import numpy as np

from nobat.engine.terms import HOURS, steps
from nobat.model import reports
from nobat.scenario import Scenario
from nobat.theory import fusion

_NONE = reports.Terms(False, np.zeros(1, np.int64), np.ones(1), reports.NEVER, 0.0, 0.0, 0.0)


def terms(scenario: Scenario) -> reports.Terms:
    """What the attacker knows step by step, and what the defenders believe from when on.

    A report counts from the step that begins on its day. Off where the scenario has no reports.
    """
    given = scenario.reports
    if given is None:
        return _NONE
    step_h = scenario.run.step_h
    known = fusion.by_day(given)
    told = reports.Terms(
        on=False,
        known_from=np.array([steps(day * HOURS, step_h) for day, _ in known], np.int64),
        p=np.array([p for _, p in known], np.float64),
        believed_from=reports.NEVER,
        if_dead=0.0,
        if_alive=0.0,
        weight=0.0,
    )
    belief = given.belief
    if belief is None:
        return told
    return told._replace(
        on=True,
        believed_from=steps(belief.from_day.value * HOURS, step_h) + 1,
        if_dead=float(belief.if_dead.value),
        if_alive=float(belief.if_alive.value),
        weight=float(belief.weight.value),
    )
