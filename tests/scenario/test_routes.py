"""Routes and how long they are, against the geodesics of the record."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from nobat.scenario.routes import WINDING, Route, distance_km, geodesic_km
from nobat.scenario.theatre import Position
from tests.reference import rows
from tests.theatre import theatre

#: Abu Kamal and Tadmur, as the record has them.
ABU_KAMAL, TADMUR = (34.45361, 40.93667), (34.5624, 38.28402)


def at(lat: float, lon: float) -> Position:
    return Position(lat=lat, lon=lon)


def test_abu_kamal_to_tadmur_is_the_figure_of_the_record() -> None:
    assert round(geodesic_km(at(*ABU_KAMAL), at(*TADMUR)), 1) == 243.9
    assert geodesic_km(at(*TADMUR), at(*ABU_KAMAL)) == pytest.approx(
        geodesic_km(at(*ABU_KAMAL), at(*TADMUR)), rel=1e-12
    )


def test_all_geodesics_of_the_record_to_the_digit_printed() -> None:
    places = {
        row["id"]: at(float(row["lat"]), float(row["lon"])) for row in rows("record/places.csv")
    }
    measured = [row for row in rows("record/distances.csv") if row["kind"].startswith("geodesic")]
    assert len(measured) > 10
    for row in measured:
        km = geodesic_km(places[row["from"]], places[row["to"]])
        assert round(km, 1) == float(row["km"]), row


def test_the_poles_and_the_quadrant() -> None:
    """A quarter of the meridian is 10,001.966 km, of the equator 10,018.754 km (WGS84)."""
    assert geodesic_km(at(0, 0), at(90, 0)) == pytest.approx(10_001.966, abs=0.001)
    assert geodesic_km(at(0, 0), at(0, 90)) == pytest.approx(10_018.754, abs=0.001)


def test_a_route_is_as_long_as_it_says_or_the_straight_line_times_winding() -> None:
    scenario = theatre()
    depot, camp = (scenario.places[name].position for name in ("depot", "camp"))
    assert depot is not None
    assert camp is not None
    assert distance_km(scenario, scenario.routes["track"]) == 66
    line = geodesic_km(depot, camp)
    assert distance_km(scenario, scenario.routes["desert"]) == pytest.approx(WINDING * line)
    straight = theatre({"routes.desert.winding": 1})
    assert distance_km(straight, straight.routes["desert"]) == pytest.approx(line)
    # Its winding is of no effect: the length is given.
    assert distance_km(scenario, scenario.routes["border_road"]) == 8


def test_without_km_and_position_a_length_is_not_known() -> None:
    scenario = theatre()
    nowhere = Route.model_validate({"between": ["ford", "city"]})
    with pytest.raises(ValueError, match="no positions to measure between"):
        distance_km(scenario, nowhere)


@pytest.mark.parametrize(
    ("side", "serves"),
    [("both", (True, True)), ("attacker", (True, False)), ("defender", (False, True))],
)
def test_who_can_use_it(side: str, serves: tuple[bool, bool]) -> None:
    route = Route.model_validate({"between": ["a", "b"], "side": side})
    assert (route.serves("attacker"), route.serves("defender")) == serves
    assert route.ends == ("a", "b")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"between": ["a"]}, "has 1 entries: a route joins two places"),
        ({"between": ["a", "b", "c"]}, "has 3 entries: a route joins two places"),
        ({"between": ["a", "a"]}, "joins 'a' with itself"),
        ({"between": ["a", "b"], "km": 0}, "0 is not allowed here: above 0 km"),
        ({"between": ["a", "b"], "winding": 0.9}, "0.9 is not a winding factor: 1 or more"),
        ({"between": ["a", "b"], "raid_share": 1.5}, "1.5 is not a share: 0 to 1"),
        ({"between": ["a", "b"], "side": "us"}, "side"),
    ],
)
def test_routes_are_checked(given: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        Route.model_validate(given)
