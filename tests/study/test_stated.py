"""What a scenario states of a number goes with every study that varies it."""

from __future__ import annotations

from pathlib import Path

import pytest

from nobat.scenario import Quantity
from nobat.study.factors import factors_of
from nobat.study.flip import flip
from nobat.study.frontier import frontier
from nobat.study.map import decision_map
from nobat.study.sensitivity import sensitivity
from nobat.study.stated import beyond, stated_json
from nobat.study.sweep import open_sweep, sweep
from tests.small import small, whole

MUSTER = "attacker.units[0].strength"
FRONTAGE = "contact.frontage"
#: What the small scenario states of the first unit, of the frontage, and of what is no number.
STATED_MUSTER = {
    "basis": "record", "source": ["ledger"], "stated": {"value": 100, "low": 80, "high": 120},
}  # fmt: skip
STATED_FRONTAGE = {
    "basis": "assumed", "source": [], "stated": {"value": 400, "low": 200, "high": 800},
}  # fmt: skip
NOTHING: dict[str, object] = {
    "basis": None, "source": [], "stated": {"value": None, "low": None, "high": None},
}  # fmt: skip


def stated(found: dict[str, object]) -> dict[str, object]:
    """What is stated, of an object of a result."""
    return {name: found[name] for name in NOTHING}


def test_a_number_has_it_and_a_word_has_none() -> None:
    number, word = factors_of(small(), [f"{MUSTER}=50,100", "sleep.model"])
    assert stated(number.to_json()) == STATED_MUSTER
    assert stated(word.to_json()) == stated_json(None) == NOTHING


@pytest.mark.parametrize(
    ("asked", "out"),
    [
        ("contact.frontage", False),
        ("contact.frontage=200:800", False),
        ("contact.frontage=300,500", False),
        ("contact.frontage=199:800", True),
        ("contact.frontage=200:801", True),
        ("contact.frontage=100,500", True),
        ("defender.rear_km=0.5:900", False),
        ("sleep.model", False),
    ],
)
def test_beyond_is_outside_the_range_that_is_stated(asked: str, out: bool) -> None:
    (factor,) = factors_of(small(), [asked])
    assert factor.beyond is out


def test_one_bound_bounds_one_side_and_rounding_is_no_step() -> None:
    floor = Quantity(1.0, low=0.3)
    assert not beyond(floor, [3 * 0.1, 1e9])
    assert beyond(floor, [0.299])
    assert beyond(Quantity(0.2, high=0.3), [0.301])
    assert not beyond(Quantity(0.2, high=0.3), [3 * 0.1, -5.0])


def test_a_flip_has_it() -> None:
    found = flip(small(), MUSTER, a="commit-all", b="rotate", points=2, replications=3)
    assert found.quantity.source == ("ledger",)
    assert stated(found.to_json()) == STATED_MUSTER


def test_a_number_that_is_set_is_assumed_from_then_on() -> None:
    there = small().with_values({MUSTER: 90})
    found = flip(there, MUSTER, a="commit-all", b="rotate", points=2, replications=3).to_json()
    assert (found["basis"], found["source"], found["stated"]["value"]) == ("assumed", [], 90)


def test_a_frontier_has_it() -> None:
    scenario = whole()
    found = frontier(scenario, doctrine="rotate", criteria=[1, 2], replications=3)
    assert scenario.fire is not None
    assert found.quantity == scenario.fire.policies[found.policy].criterion
    assert stated(found.to_json()) == stated_json(found.quantity)


def test_both_numbers_of_a_map_have_it() -> None:
    found = decision_map(small(), MUSTER, FRONTAGE, points=4, side=2, replications=3).to_json()
    assert stated(found["x"]) == STATED_MUSTER
    assert stated(found["y"]) == STATED_FRONTAGE


def test_factors_of_a_sensitivity_have_it_in_the_table_too() -> None:
    over = [FRONTAGE, MUSTER, "sleep.model"]
    found = sensitivity(small(), over, method="morris", points=16, replications=2)
    by_path = {one["path"]: stated(one) for one in found.to_json()["factors"]}
    assert by_path == {FRONTAGE: STATED_FRONTAGE, MUSTER: STATED_MUSTER, "sleep.model": NOTHING}
    rows = {row["path"]: row for row in found.to_polars().iter_rows(named=True)}
    muster, word = rows[MUSTER], rows["sleep.model"]
    assert (muster["basis"], muster["source"], muster["stated_high"]) == ("record", "ledger", 120.0)
    assert (word["basis"], word["stated"]) == (None, None)


def test_a_sweep_has_it_from_its_scenario_whatever_it_was_made_with(tmp_path: Path) -> None:
    """The manifest holds nothing of it: sweeps that are older than this say it as well."""
    made = sweep(
        small(), [MUSTER, "sleep.model"], points=4, replications=2, doctrines=["rotate"],
        out=tmp_path / "a",
    )  # fmt: skip
    assert "basis" not in (made.path / "manifest.json").read_text(encoding="utf-8")
    again = open_sweep(made.path)
    assert again.factors == made.factors
    for one in (made, again):
        number, word = one.to_json()["design"]["factors"]
        assert stated(number) == STATED_MUSTER
        assert stated(word) == NOTHING


def test_a_list_of_points_has_it(tmp_path: Path) -> None:
    points = tmp_path / "points.csv"
    points.write_text(f"{MUSTER},sleep.model\n70,none\n90,safte\n", encoding="utf-8")
    found = sweep(small(), design=points, replications=2, doctrines=["rotate"], out=tmp_path / "a")
    number, word = found.factors
    assert stated(number.to_json()) == STATED_MUSTER
    assert (number.beyond, word.beyond, word.quantity) == (True, False, None)
