"""Crews scenarios as files: read, checked, changed, described."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from nobat.scenario import (
    Crews,
    ScenarioError,
    load,
    load_any,
    load_crews,
    quantities,
    schema,
    shipped,
)
from nobat.scenario.crews import crews_of
from nobat.scenario.problems import Written

FIRE = load_crews("fire-crews")


def problems(**changes: Any) -> dict[str, str]:
    """What is wrong with fire-crews once parts of it are changed, by path."""
    with pytest.raises(ScenarioError) as caught:
        crews_of(Written(FIRE.canonical() | changes))
    return {problem.path: problem.message for problem in caught.value.problems}


def test_it_is_shipped_with_the_others() -> None:
    assert shipped("crews") == ["fire-crews"]
    assert "fire-crews" not in shipped()
    assert isinstance(load_any("fire-crews"), Crews)


def test_each_kind_has_its_own_call() -> None:
    with pytest.raises(ScenarioError, match=r"nobat\.load_crews loads it"):
        load("fire-crews")
    with pytest.raises(ScenarioError, match=r"nobat\.load loads a campaign"):
        load_crews("abu-kamal-2017")


def test_a_kind_that_does_not_exist(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text("format: 1\nkind: crew\n", encoding="utf-8")
    with pytest.raises(
        ScenarioError, match=r"kind \(line 2\): 'crew' is not .* did you mean crews"
    ):
        load_any(file)


def test_it_comes_back_from_its_canonical_form() -> None:
    again = crews_of(Written(FIRE.canonical()))
    assert again == FIRE
    assert again.digest() == FIRE.digest()
    assert FIRE.with_values({"crews.hotshot.count": 11}).digest() != FIRE.digest()


def test_every_number_has_a_path_and_a_basis() -> None:
    found = {path: quantity for path, quantity, _ in quantities(FIRE)}
    assert found["crews.hotshot.tour_d"].source == ("NWCG2004",)
    assert found["posts.large-fires.levels[1].count"].high == 20


def test_what_parts_must_agree_on() -> None:
    crews = FIRE.canonical()["crews"]
    crews["hotshot"] |= {"overlap_d": 14}
    crews["hand-crew"] |= {"overlap_d": 1, "gap_d": 1}
    posts = FIRE.canonical()["posts"]
    posts["peak"]["crews"] = ["hotshott", "hand-crew", "hand-crew"]
    posts["peak"]["levels"][0]["from_d"] = 999
    change = [{"from_d": 20, "crews": {"hotshot": {"tour_d": 3}}}, {"from_d": 20, "crews": {}}]
    found = problems(crews=crews, posts=posts, calendar=change, run={"horizon_d": 9, "from_d": 9})
    assert found["crews.hotshot.overlap_d"].startswith("14 days do not fit in a tour of 14")
    assert "cannot both be above 0" in found["crews.hand-crew.gap_d"]
    assert "did you mean hotshot?" in found["posts.peak.crews[0]"]
    assert found["posts.peak.crews[2]"] == "'hand-crew' is named twice"
    assert "after the horizon" in found["posts.peak.levels[0].from_d"]
    assert "is not after day 20" in found["calendar[1].from_d"]
    assert "not before the horizon" in found["run.from_d"]


def test_one_demand_at_least_must_last() -> None:
    posts = {"peak": FIRE.canonical()["posts"]["peak"]}
    assert "at least one must last" in problems(posts=posts)["posts"]


def test_the_schema_describes_every_field() -> None:
    form = schema("crews")
    assert form["additionalProperties"] is False
    assert form["properties"]["kind"]["const"] == "crews"
    for name, definition in form["$defs"].items():
        for field, each in definition.get("properties", {}).items():
            assert each.get("description") or "$ref" in each, (name, field)
