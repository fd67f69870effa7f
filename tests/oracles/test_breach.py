"""Layers that are carried and retaken, against the birth-death closed form (MODEL 7).

The scenario is brought down to the skeleton of its own mechanism: pressure stays as it is (a
frontage of ten against garrisons that lose nobody), so that a layer breaks at a constant rate l
and the last one carried is retaken at a constant rate r0. The campaign runs as it always does.
"""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from nobat.engine import cpu, plan
from nobat.model.outcome import index
from nobat.scenario import Scenario
from nobat.theory import breach as theory
from nobat.theory.breach import constant
from nobat.theory.passage import Passage
from tests.small import small
from tests.statistics import family, z_mean, z_share

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


def through(breach: float, rebuild: float) -> NDArray[np.float64]:
    """Rows of outcomes of the campaign, every one of them secured."""
    rows = cpu.simulate(plan.build(skeleton(breach, rebuild), "rotate"), 20_171_109, 0, RUNS)
    assert (rows[:, index("secured")] == 1.0).all()
    return rows


@pytest.mark.parametrize(("breach", "rebuild", "days"), [(1.0, 0.3, 9.39), (1 / 3, 0.3, 69.1)])
def test_the_closed_form_itself(breach: float, rebuild: float, days: float) -> None:
    # E[T] = (1/l) sum_{k<L} sum_{i<=k} (r0/l)^i, written out.
    x = rebuild / breach
    double = sum(x**i for k in range(LAYERS) for i in range(k + 1)) / breach
    assert double == pytest.approx(days, abs=0.05)
    assert theory.mean_time(constant(LAYERS, breach, rebuild)) == pytest.approx(double)


@pytest.mark.parametrize(("breach", "rebuild"), [(0.2, 0.06), (0.1, 0.05), (0.1, 0.0)])
def test_time_through_the_layers(breach: float, rebuild: float) -> None:
    layers, rows = constant(LAYERS, breach, rebuild), through(breach, rebuild)
    # A step of h days makes a geometric time of an exponential one: half a step later a breach.
    days = rows[:, index("day_secured")] - LAYERS * STEP_H / 48
    zs = [z_mean(days, theory.mean_time(layers))]
    spread = (days - days.mean()) ** 2
    zs.append(z_mean(spread, theory.variance(layers)))
    law = Passage(layers)
    for share in (0.05, 0.25, 0.5, 0.75, 0.95):
        hits = int((days <= law.quantile(share)).sum())
        zs.append(z_share(hits, RUNS, share))
    again = rows[:, index("layers_lost_again")]
    never = int((again == 0.0).sum())
    if rebuild > 0.0:
        zs.append(z_share(never, RUNS, theory.p_never_rebuilt(layers)))
        zs.append(z_mean(again, theory.mean_rebuilt(layers)))
    else:
        assert never == RUNS
    family(zs)
