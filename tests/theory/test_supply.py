from __future__ import annotations

import json
import math

import pytest

from nobat.scenario import ScenarioError
from nobat.theory import supply as theory

FLEET = theory.Fleet(
    trucks=30, payload_t=5, speed_km_h=30, hours_per_day=20, delay_h=6, own_use_t_per_h=0.02,
    availability=0.8,
)  # fmt: skip
NUMBERS = {
    "trucks": 30, "payload_t": 5, "speed_km_h": 30, "delay_h": 6, "hours_per_day": 20,
    "use_t_per_day": 60,
}  # fmt: skip


def test_a_distance_by_hand() -> None:
    # 240 km: 16 h on the road and 6 of delay; 0.32 t of 5 burnt; 24 trucks of 30.
    assert theory.turnaround_h(FLEET, 240) == 22
    assert theory.trips_per_day(FLEET, 240) == pytest.approx(20 / 22)
    assert theory.eaten_share(FLEET, 240) == pytest.approx(0.064)
    assert theory.eaten_share(FLEET, 4000) == 1
    assert theory.lift_t_per_day(FLEET, 240) == pytest.approx(24 * 20 / 22 * 4.68)
    assert theory.culmination_km(FLEET, 60) == pytest.approx(15 * (2400 - 360) / (60 + 9.6))
    assert theory.self_consumption_km(FLEET) == pytest.approx(7500)
    assert theory.days_of_supply(500, 40, 60) == 25


def test_without_delay_a_rear_at_hand_has_no_limit() -> None:
    fleet = theory.Fleet(1, 5, 30, 20)
    assert theory.lift_t_per_day(fleet, 0) == math.inf
    assert theory.lift_t_per_day(theory.Fleet(0, 5, 30, 20), 0) == 0
    assert theory.lift_t_per_day(theory.Fleet(1, 5, 30, 20, raid_share=1), 0) == 0
    assert theory.lift_t_per_day(theory.Fleet(1, 5, 30, 0), 0) == 0
    assert theory.self_consumption_km(fleet) == math.inf
    assert theory.culmination_km(fleet, 0) == math.inf
    assert theory.eaten_share(fleet, 1e6) == 0


def test_a_report_has_a_row_for_each_distance_in_the_order_given() -> None:
    found = theory.report(distance_km=[243, 30], **NUMBERS, own_use_t_per_h=0.02, stock_t=500)
    assert [row.distance_km for row in found.rows] == [243, 30]
    for row in found.rows:
        assert row.lift_t_per_day == theory.lift_t_per_day(found.fleet, row.distance_km)
        assert row.covered_share == row.lift_t_per_day / 60
    assert found.culmination_km == theory.culmination_km(found.fleet, 60)
    assert theory.report(distance_km="30", **NUMBERS).rows == (
        theory.report(distance_km=30, **NUMBERS).rows
    )


def test_null_stands_for_infinite() -> None:
    found = theory.report(distance_km=0, **{**NUMBERS, "delay_h": 0, "use_t_per_day": 0}).to_json()
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert found["culmination_km"] is None
    assert found["self_consumption_km"] is None
    (row,) = found["rows"]
    assert row["turnaround_h"] == 0
    for name in ("trips_per_day", "lift_t_per_day", "covered_share", "days_of_supply"):
        assert row[name] is None


def test_everything_wrong_is_said_at_once() -> None:
    with pytest.raises(ScenarioError) as raised:
        theory.report(distance_km=[30, -1], **{**NUMBERS, "trucks": 1.5, "delay_h": None})
    assert [str(problem) for problem in raised.value.problems] == [
        "distance_km: -1 is not a distance: 0 or more km",
        "trucks: 1.5 is not a count: a whole number, 0 or more",
        "delay_h: is missing: hours of loading, unloading and waiting in a turnaround",
    ]
