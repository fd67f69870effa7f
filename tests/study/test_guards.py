from __future__ import annotations

import pytest
from rich.console import Console

from nobat.scenario import Scenario
from nobat.show.guards import report, to_json
from nobat.study.guards import Guards, guards, mechanism_of
from tests.small import small

MOVING = {
    "counterattack.per_day": {"value": 0.8, "low": 0, "high": 8},
    "breaking.layer.hazard_per_day": {"value": 0.1, "low": 0, "high": 1},
    "defender.rear_km": {"value": 10, "low": 9.9, "high": 10.1},
}


def ranged(**run: object) -> Scenario:
    """The small scenario with some ranges, one of them too narrow to matter."""
    return small(**run).with_values(
        {f"{path}.{end}": value for path, q in MOVING.items() for end, value in q.items()}
    )


@pytest.fixture(scope="module")
def found() -> Guards:
    return guards(ranged(main=["rotate", "commit-all"]), replications=400, step_replications=400)


def test_ranges_are_told_apart(found: Guards) -> None:
    moves = {move.path: move for move in found.moves}
    assert set(MOVING) < set(moves)
    assert moves["breaking.layer.hazard_per_day"].visible
    assert not moves["defender.rear_km"].visible
    assert not found.all_move  # the defender's only range moves nothing


def test_a_steady_step_is_steady(found: Guards) -> None:
    assert {halved.doctrine for halved in found.halved} == {"rotate", "commit-all"}
    assert all(halved.allowed > 0.0 for halved in found.halved)


def test_a_saturated_scenario_is_told() -> None:
    hopeless = small(main=["rotate"]).with_values({"breaking.abandon_share": 0.01})
    found = guards(hopeless, replications=20, step_replications=20)
    assert not found.open
    assert not found.good


def test_mechanisms() -> None:
    assert mechanism_of("attrition.suicide.toll_mean") == "suicide attacks"
    assert mechanism_of("attrition.law.p1") == "attrition"


def test_it_reads_well(found: Guards) -> None:
    console = Console(width=100, record=True, color_system=None)
    with console.capture() as capture:
        console.print(report(found))
    text = capture.get()
    assert "The range of every mechanism moves an outcome: NO" in text
    assert "defender.rear_km" in text.split("decide nothing here")[1]
    assert max(map(len, text.splitlines())) <= 100
    answer = to_json(found)
    assert answer["good"] is False
    assert answer["chances"]["p_secured"].keys() == {"rotate", "commit-all"}
