"""Told distances against geodesics and ways."""

from __future__ import annotations

from typing import Any

import pytest

from nobat.account.measure import gap_of, gaps, measure
from nobat.scenario import Scenario, load
from nobat.scenario.claims import Distance
from tests.reference import rows


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load("abu-kamal-2017")


def asked(a: str, b: str, told: float, side: Any = "attacker", **others: Any) -> Distance:
    """A told distance."""
    return Distance(between=(a, b), told_km=told, side=side, **others)


def test_the_first_scenario(scenario: Scenario) -> None:
    tadmur, sayyal = gaps(scenario)
    assert (tadmur.claim, sayyal.claim) == ("C4", "C5")
    assert tadmur.measured.fits is sayyal.measured.fits is False
    assert tadmur.measured.factor == pytest.approx(8.07, abs=0.01)
    assert sayyal.measured.factor == pytest.approx(6.4, abs=0.05)
    by = {one.id: one.measured for one in (*tadmur.explanations, *sayyal.explanations)}
    fits = {name: None if one is None else one.fits for name, one in by.items()}
    assert fits == {
        "three_hundred": True, "forward_base": False, "other_place": None, "twelve": True,
        "nearer_village": None, "front_line": None,
    }  # fmt: skip
    forward = by["forward_base"]
    assert forward is not None
    assert forward.doubtful == ("the T2 pumping station",)


def test_geodesics_are_those_of_the_reference(scenario: Scenario) -> None:
    known = {
        (row["from"], row["to"]): float(row["km"])
        for row in rows("record/distances.csv")
        if row["kind"] == "geodesic WGS84"
    }
    for pair, names in (
        (("abu_kamal_gn", "tadmur"), ("abu_kamal", "tadmur")),
        (("abu_kamal_gn", "sayyal"), ("abu_kamal", "sayyal")),
        (("abu_kamal_gn", "t2"), ("abu_kamal", "t2")),
    ):
        assert measure(scenario, asked(*names, 1)).geodesic_km == pytest.approx(
            known[pair], abs=0.06
        )


def test_the_shortest_way(scenario: Scenario) -> None:
    """By hand: the geodesic to T2 x 1.3, then 68 and 4 km."""
    found = measure(scenario, asked("tadmur", "abu_kamal", 300))
    assert found.over == ("tadmur", "t2", "sukkariyah", "abu_kamal")
    assert found.way_km is not None
    assert found.way_km == pytest.approx(172.96 * 1.3 + 68 + 4, abs=0.1)
    assert found.way_low_km is not None
    assert found.way_high_km is not None
    assert found.way_low_km < found.way_km < found.way_high_km
    assert (found.fits, found.factor) == (True, 1.0)


def test_a_way_of_one_side_only(scenario: Scenario) -> None:
    defender = measure(scenario, asked("sayyal", "susah", 5, "defender"))
    attacker = measure(scenario, asked("sayyal", "susah", 5))
    assert defender.way_km != attacker.way_km


def test_too_far_does_not_fit_either(scenario: Scenario) -> None:
    found = measure(scenario, asked("sayyal", "abu_kamal", 60, "defender"))
    assert found.fits is False
    assert found.factor == pytest.approx(15 / 60, abs=0.001)


def test_tolerance(scenario: Scenario) -> None:
    for told, fits in ((11.5, False), (11.6, True), (16.5, True), (16.6, False)):
        assert measure(scenario, asked("sayyal", "abu_kamal", told, "defender")).fits is fits
    assert measure(scenario, asked("sayyal", "abu_kamal", 9, "defender", tolerance=0.3)).fits


def test_nothing_to_measure(scenario: Scenario) -> None:
    bare = scenario.model_copy(update={"routes": {}})
    found = measure(bare, asked("hamdan", "abu_kamal", 5))
    assert (found.geodesic_km, found.way_km, found.fits, found.factor) == (None,) * 4


def test_other_claims_tell_no_distance(scenario: Scenario) -> None:
    with pytest.raises(ValueError, match="C1 tells no distance"):
        gap_of(scenario, scenario.claims[0])
