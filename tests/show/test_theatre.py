"""Positions and routes, as `nobat check --sources` shows them."""

from __future__ import annotations

import io

from rich.console import Console

from nobat.scenario import Scenario, load
from nobat.show.theatre import positions, theatre, ways
from tests.small import small, whole


def text_of(scenario: Scenario, width: int = 100) -> str:
    page = io.StringIO()
    Console(file=page, width=width, color_system=None).print(theatre(scenario))
    return page.getvalue()


def test_every_position_says_how_sure_it_is() -> None:
    scenario = load("abu-kamal-2017")
    found = {one["place"]: one for one in positions(scenario)}
    assert found["t2"]["status"] == "unverified"
    assert found["abu_kamal"]["source"] == ["GEONAMES"]
    shown = text_of(scenario)
    assert "unverified" in shown
    assert all(name in shown for name in found)


def test_a_route_says_how_its_length_is_known() -> None:
    known = {one["route"]: (one["km"], one["known"]) for one in ways(load("abu-kamal-2017"))}
    assert known["t2_road"] == (68.0, "record")
    assert known["tadmur_t2"] == (224.9, "geodesic x winding")  # 173.0 km x 1.3
    assert {one["route"]: one["km"] for one in ways(whole())}["boats"] == 1.0


def test_a_scenario_without_either_shows_nothing() -> None:
    assert positions(small()) == []
    assert ways(small()) == []
    assert text_of(small()).strip() == ""


def test_it_fits_a_narrow_page() -> None:
    assert max(map(len, text_of(load("abu-kamal-2017"), 60).splitlines())) <= 60
