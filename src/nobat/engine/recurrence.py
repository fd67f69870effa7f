"""The numbers of recurrence, as the model's own terms."""

from __future__ import annotations

from nobat.model.recurrence import Terms
from nobat.scenario import Scenario


def terms(scenario: Scenario) -> Terms:
    """What comes of the residual force; off where the scenario does not say."""
    given = scenario.recurrence
    if given is None:
        return Terms(False, 0.0, 0.0, 1.0, 0.0, 0.0)
    return Terms(
        on=True,
        incidents=float(given.incidents_per_100_month.value),
        theta=float(given.branching_ratio.value),
        omega=float(given.decay_per_day.value),
        days=float(given.horizon_d.value),
        standing=float(given.standing_share.value),
    )
