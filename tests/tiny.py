"""Campaigns so small that they can be followed by hand, for the exact solver."""

from __future__ import annotations

import math
from collections.abc import Mapping

from nobat.scenario import Scenario
from tests.small import small

#: Nobody asks when the reserve comes.
NEVER_H = 1e15


def duel(values: Mapping[str, object] | None = None) -> Scenario:
    """One person attacks one in a core, a step a day; chances of a day as fractions.

    The defender falls with 1/2, the attacker with 1/4, and a core that is manned breaks with 1/3,
    all independently: P = 1/1, so sigma = 1/2 and twice the hazard gives ln 3/2.
    """
    given: dict[str, object] = {
        "places.fort": {"title": "Fort", "layers": [], "core": {"garrison": 1}, "hold_h": 0},
        "attacker.units": [{"name": "one", "count": 1, "strength": 1}],
        "rotation.turns": {"posts": 1, "tour_h": 2400, "rest_h": 0},
        "defender": {"reserve": 0, "rear_km": 0, "rear_speed_km_h": 10},
        "sleep": {"model": "none", "operating_h": 0, "commit_all_h": 0, "handover_h": 0},
        "contact": {"frontage": 1, "pressure_half": 1},
        "attrition.attacker_rate": math.log(2),
        "attrition.defender_rate": math.log(4 / 3),
        "attrition.suicide.attacks_per_day": 0,
        "works": {
            "works_protection": 0, "order_protection": 0, "rebuild_per_day": 0, "wear_per_day": 0,
            "reorganise_h": 24, "reinforce_h": NEVER_H,
        },
        "counterattack": {"per_day": 0, "ratio": 1, "reserve_reaction_h": 0},
        "breaking": {
            "layer": {
                "hazard_per_day": 2 * math.log(3 / 2), "loss_weight": 0, "no_reserve_weight": 0,
            },
            "unit": {"mean_loss_share": 1, "refit_h": 2400},
            "abandon_share": 1,
        },
        "doctrines": {"go": {"title": "Go", "start": "rotate"}},
        "run": {"horizon_d": 3, "step_h": 24},
    }  # fmt: skip
    return small().with_values(given).with_values(values or {})


def busy(values: Mapping[str, object] | None = None) -> Scenario:
    """Two units in turns against two layers, with all that can happen."""
    given: dict[str, object] = {
            "places.fort": {
                "title": "Fort", "layers": [{"garrison": 2}], "core": {"garrison": 2}, "hold_h": 12,
            },
            "attacker.units": [{"name": "unit", "count": 2, "strength": 3}],
            "rotation.turns": {"posts": 1, "tour_h": 24, "rest_h": 12, "overlap_h": 6},
            "defender.reserve": 1,
            "contact": {"frontage": 3, "pressure_half": 1},
            "works.reinforce_h": 24,
            "counterattack": {"per_day": 1, "ratio": 2, "reserve_reaction_h": 6},
            "breaking.layer.loss_weight": 1,
            "breaking.unit": {"mean_loss_share": 0.5, "refit_h": 24},
            "run": {"horizon_d": 4, "step_h": 6},
    }  # fmt: skip
    return duel().with_values(given).with_values(values or {})
