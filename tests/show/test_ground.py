"""Maps: places lie where they are, the others where their routes fit, labels where is room."""

from __future__ import annotations

import math

import numpy as np
import pytest

from nobat.scenario import load
from nobat.scenario.routes import WINDING, distance_km, geodesic_km
from nobat.show.ground import ground_of
from nobat.show.map_frame import HEIGHT, SYMBOL, WIDTH, frame_of
from tests.small import small

SCENARIO = load("abu-kamal-2017")
GROUND = ground_of(SCENARIO)


def test_distances_from_the_city_are_geodesic() -> None:
    assert GROUND is not None
    city = SCENARIO.places["abu_kamal"].position
    for name, place in SCENARIO.places.items():
        if place.position is None or city is None:
            continue
        spot = GROUND.spots[name]
        assert spot.known
        assert math.hypot(spot.east, spot.north) == pytest.approx(
            geodesic_km(city, place.position), abs=1e-6
        )


def test_places_without_a_position_fit_their_routes() -> None:
    assert GROUND is not None
    assert set(GROUND.guessed) == {"hamdan", "sukkariyah", "river_crossing", "far_bank"}
    quay = SCENARIO.routes["quay"]
    one, other = (GROUND.spots[name] for name in quay.ends)
    found = math.hypot(one.east - other.east, one.north - other.north)
    assert found == pytest.approx(distance_km(SCENARIO, quay) / WINDING, rel=0.5)


def test_the_same_places_lie_in_the_same_spots() -> None:
    assert ground_of(SCENARIO) == GROUND


def test_without_routes_there_is_no_map() -> None:
    assert ground_of(small()) is None


@pytest.mark.parametrize("near", [True, False])
def test_a_frame_holds_its_places_apart_with_their_labels(near: bool) -> None:
    assert GROUND is not None
    places = GROUND.near if near else tuple(n for n in GROUND.spots if n not in GROUND.near)
    frame = frame_of(SCENARIO, GROUND, places, {})
    assert [mark.place for mark in frame.marks] == list(places)
    for mark in frame.marks:
        assert 0 < mark.x < WIDTH
        assert 0 < mark.y < HEIGHT
    spots = np.array([[mark.x, mark.y] for mark in frame.marks])
    for k, mark in enumerate(frame.marks):
        if not mark.known:
            others = np.delete(spots, k, axis=0)
            assert np.hypot(*(others - spots[k]).T).min() > SYMBOL


def test_the_scale_is_a_round_length() -> None:
    assert GROUND is not None
    frame = frame_of(SCENARIO, GROUND, GROUND.near, {})
    assert frame.scale_km in (1, 2, 5, 10)
    assert 50 <= frame.scale_px <= 130


def test_merged_places_lend_their_routes() -> None:
    assert GROUND is not None
    merged = {name: "abu_kamal" for name in GROUND.near if name != "abu_kamal"}
    far = [name for name in GROUND.spots if name not in merged]
    ways = {way.route for way in frame_of(SCENARIO, GROUND, far, merged).ways}
    assert {"t2_road", "river_road", "hajin_road"} <= ways
    assert "quay" not in ways
