"""Layers that are carried and retaken, against the birth-death closed form (MODEL 7).

The scenario is brought down to the skeleton of its own mechanism: pressure stays as it is (a
frontage of ten against garrisons that lose nobody), so that a layer breaks at a constant rate l
and the last one carried is retaken at a constant rate r0. The campaign runs as it always does.
"""

from __future__ import annotations

import numpy as np
import pytest

from nobat.engine import cpu, plan
from nobat.model.outcome import index
from nobat.scenario import Scenario
from tests.small import small
from tests.statistics import FURTHEST, z_mean, z_share

RUNS = 20_000
LAYERS = 7
#: Short against 1/l, so that two events in one step are too rare to show.
STEP_H = 1.0


def skeleton(breach: float, rebuild: float) -> Scenario:
    """A campaign through seven layers with these constant rates a day."""
    # P = A/B = 10/10 and P_half = 1: suppression 1/2 throughout.
    return small().with_values(
        {
            "places.fort.layers": {"count": LAYERS - 1, "layer": {"garrison": 50}},
            "places.fort.hold_h": 0,
            "contact": {"frontage": 10, "pressure_half": 1},
            "attrition.attacker_rate": 0,
            "attrition.defender_rate": 0,
            "attrition.suicide.attacks_per_day": 0,
            "breaking.layer": {
                "hazard_per_day": 2 * breach, "loss_weight": 0, "no_reserve_weight": 0,
            },
            "counterattack.per_day": 2 * rebuild,
            "counterattack.ratio": 1e6,
            "defender.reserve": 0,
            "run.horizon_d": 20_000,
            "run.step_h": STEP_H,
        }
    )  # fmt: skip


def mean_time(breach: float, rebuild: float) -> float:
    """E[T] = (1/l) sum_{k<L} sum_{i<=k} (r0/l)^i."""
    x = rebuild / breach
    return sum(x**i for k in range(LAYERS) for i in range(k + 1)) / breach


@pytest.mark.parametrize(("breach", "rebuild", "days"), [(1.0, 0.3, 9.39), (1 / 3, 0.3, 69.1)])
def test_the_closed_form_itself(breach: float, rebuild: float, days: float) -> None:
    assert mean_time(breach, rebuild) == pytest.approx(days, abs=0.05)


@pytest.mark.parametrize(("breach", "rebuild"), [(0.2, 0.06), (0.1, 0.05), (0.1, 0.0)])
def test_time_through_the_layers(breach: float, rebuild: float) -> None:
    rows = cpu.simulate(plan.build(skeleton(breach, rebuild), "rotate"), 20_171_109, 0, RUNS)
    assert (rows[:, index("secured")] == 1.0).all()
    days = rows[:, index("day_secured")]
    # A step of h days makes a geometric time of an exponential one: half a step later a breach.
    assert abs(z_mean(days - LAYERS * STEP_H / 48, mean_time(breach, rebuild))) < FURTHEST
    never = int((rows[:, index("layers_lost_again")] == 0.0).sum())
    exact = (breach / (breach + rebuild)) ** (LAYERS - 1)
    if rebuild > 0.0:
        assert abs(z_share(never, RUNS, exact)) < FURTHEST
    else:
        assert never == RUNS
    assert np.isfinite(days).all()
