"""Small campaigns at random, of all kinds that can be solved exactly."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from nobat.scenario import Scenario
from tests.small import small

SEED = 20_171_119
COUNT = 48
DOCTRINE = "drawn"


def campaigns(count: int = COUNT, seed: int = SEED) -> Iterator[Scenario]:
    """So many scenarios, each with the one doctrine DOCTRINE; the same for the same seed."""
    luck = Random(seed)
    for n in range(count):
        yield _campaign(luck, n)


def _campaign(luck: Random, n: int) -> Scenario:
    """One scenario: sizes first, so that what is tried is small; kinds go round by number."""
    step_h = luck.choice((3, 4, 6))
    units, layers = 1 + n % 3, 1 + n // 3 % 3
    most = {1: 7, 2: 4, 3: 3}[units]
    garrisons = [luck.randint(1, {1: 6, 2: 3, 3: 2}[layers]) for _ in range(layers)]
    counterattacks, reserve = n % 2 == 0, luck.choice((0, 1, 2))
    plain = counterattacks and layers == 3  # else there are too many states for a test
    values: dict[str, Any] = {
        "places.fort": {
            "title": "The fort",
            "layers": [_layer(luck, garrison) for garrison in garrisons[:-1]],
            "core": _layer(luck, garrisons[-1]),
            "hold_h": step_h * luck.choice((0, 1, 2, 4)),
        },
        "attacker.units": [
            {"name": f"unit {i}", "count": 1, "strength": luck.randint(2, most)}
            for i in range(units)
        ],
        "rotation.turns": _turns(luck, n, units, step_h),
        "defender": {"reserve": reserve, "rear_km": luck.choice((0, 30)), "rear_speed_km_h": 10},
        "sleep": {
            "model": "none",
            "operating_h": luck.choice((0, 6)),
            "commit_all_h": luck.choice((0, 3)),
            "handover_h": luck.choice((0, 4)),
        },
        "contact": {
            "frontage": luck.choice((2, 3, 20)),
            "handover_contact": luck.choice((0.2, 0.6, 1)),
            "hold_intensity": luck.choice((0.2, 0.5)),
            "pressure_half": luck.choice((0.5, 1, 3)),
        },
        "attrition": _attrition(luck),
        "works": _works(luck, n, plain),
        "counterattack": {
            "per_day": luck.choice((0.5, 1.5)) if counterattacks else 0,
            "ratio": luck.choice((1, 2)),
            "reserve_reaction_h": step_h * luck.choice((0, 1, 3)),
            "retaken_works": luck.choice((0.3, 0.8)),
            "retaken_order": luck.choice((0.5, 1)) if n % 5 else 1,
        },
        "breaking": {
            "layer": {
                "hazard_per_day": luck.choice((0.3, 0.8, 1.5)),
                "loss_weight": 0 if plain else luck.choice((0, 1, 2)),
                "no_reserve_weight": luck.choice((0, 0.7)),
            },
            "unit": {
                "mean_loss_share": luck.choice((0.4, 1)),
                "refit_h": step_h * luck.choice((2, 5, 200)),
            },
            "abandon_share": luck.choice((0.3, 0.6, 1)) if units < 3 else luck.choice((0.3, 0.6)),
        },
        "doctrines": {DOCTRINE: _doctrine(luck, n, units)},
        "contested": [],
        "run": {"horizon_d": 6 if step_h == 6 else 4, "step_h": step_h},
    }
    return small().with_values(values)


def _layer(luck: Random, garrison: int) -> dict[str, Any]:
    return {"garrison": garrison, "works": luck.choice((1, 0.5)), "order": 1}


def _turns(luck: Random, n: int, units: int, step_h: float) -> dict[str, Any]:
    """A rotation: handovers in every third, gaps in another, neither in the last."""
    tour = luck.choice((2, 3, 4, 6))
    overlap = luck.randint(1, tour - 1) if n % 3 == 1 or n % 7 == 0 else 0
    return {
        "posts": luck.randint(1, units),
        "tour_h": step_h * tour,
        "rest_h": step_h * luck.choice((0, 2, 4)),
        "recovery_h": step_h * luck.choice((0, 0, 1)),
        "overlap_h": step_h * overlap,
        "gap_h": 0 if overlap else step_h * luck.choice((0, 1, 2)),
        "readiness_window_h": luck.choice((None, None, step_h * 3)),
        "stagger_h": luck.choice((None, 0, step_h * 3)),
        "first_phase_h": step_h * luck.randint(0, 1),
        "relief": {"tour_over": True, "operation_done": n % 4 == 3},
        "dispatch": luck.choice(("longest_rested", "freshest")),
        "handover": luck.choice(("staggered", "sequential", "simultaneous")),
        "forgive_rest": luck.choice((False, True)),
    }


def _attrition(luck: Random) -> dict[str, Any]:
    """A named law, or exponents of no law; rates such that few persons last for days."""
    laws = ("square", "linear", "logarithmic", "guerrilla", None)
    law: object = luck.choice(laws)
    if law is None:
        law = {name: luck.choice((0.25, 0.5, 1, 1.5)) for name in ("p1", "q1", "p2", "q2")}
    weak = 0.3 if law in ("linear", "guerrilla") else 1
    return {
        "law": law,
        "attacker_rate": round(luck.uniform(0.4, 1.2) * weak, 2),
        "defender_rate": round(luck.uniform(0.1, 0.4) * weak, 2),
        "suicide": {
            "attacks_per_day": 0,
            "toll_mean": 0,
            "distance_scale_km": 1,
            "assault_distance_km": 0,
            "hold_distance_km": 0,
        },
    }


def _works(luck: Random, n: int, plain: bool) -> dict[str, Any]:
    """Works stand still; order too, or it is never less than full, or stops no fire."""
    full = n % 5 == 0
    return {
        "works_protection": 0 if plain else luck.choice((0, 0.5)),
        "order_protection": 0 if plain else luck.choice((0, 0.4)),
        "rebuild_per_day": 0,
        "wear_per_day": 0,
        "reorganise_h": 24 if full else 1e12,
        "shock": 1 if full else luck.choice((0.4, 1)),
        "reinforce_h": luck.choice((6, 24)),
    }


def _doctrine(luck: Random, n: int, units: int) -> dict[str, Any]:
    """Turns, everyone, turns until something happens, or contact without assault at first."""
    kind = n % 6
    if kind in (0, 1):
        return {"title": "In turns", "start": "rotate"}
    if kind == 2:
        return {"title": "Everyone", "start": "commit_all"}
    if kind == 3:
        when = luck.choice(("layers_carried >= 1", "fraction_spent > 0.2", "day >= 1"))
        rule = {"when": when, "posture": "commit_all", "latch": luck.choice((True, False))}
        return {"title": "Turns, then everyone", "start": "rotate", "rules": [rule]}
    if kind == 4:
        turns: dict[str, Any] = {"when": "day >= 1", "posture": "rotate", "posts": units}
        start = luck.choice(("hold", "pause"))
        return {"title": "Wait, then turns", "start": start, "rules": [turns]}
    pause = {"when": "layers_carried >= 1", "posture": luck.choice(("pause", "hold"))}
    again: dict[str, Any] = {"when": "day >= 2", "posture": "rotate", "posts": 1}
    return {"title": "Everyone, pause, turns", "start": "commit_all", "rules": [pause, again]}
