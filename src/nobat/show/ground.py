"""Where a theatre's places lie on paper: a plane projection, and frames drawn from it.

Places with a position are projected by an azimuthal equidistant projection (WGS84) about the city,
which keeps distances and directions from it right. A place without one is put where the lengths of
its routes fit best, and is told apart: nobody knows that it lies there.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nobat.scenario import Scenario
from nobat.scenario.routes import WINDING, Route, distance_km
from nobat.scenario.theatre import Position

Floats = NDArray[np.float64]

#: Rounds in which places without a position find theirs; changes are below a metre long before.
_ROUNDS = 400
#: How far around the city a frame of its surroundings reaches, in distances of its farthest
#: objective.
_AROUND = 4.0


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on paper: km east and north of the city; known: whether its position is."""

    place: str
    east: float
    north: float
    known: bool


@dataclass(frozen=True, slots=True)
class Ground:
    """All places of a theatre on paper.

    spots: by place. near: the places around the city; the same as all where the theatre is small.
    centre: latitude and longitude of the city, None where no position is known at all.
    """

    spots: Mapping[str, Spot]
    near: tuple[str, ...]
    centre: tuple[float, float] | None

    @property
    def guessed(self) -> tuple[str, ...]:
        """The places whose position nobody gives."""
        return tuple(spot.place for spot in self.spots.values() if not spot.known)


def ground_of(scenario: Scenario) -> Ground | None:
    """The places of a scenario on paper; None where it has no routes, so that nothing is far."""
    if not scenario.routes:
        return None
    city = scenario.plan[-1].objectives[0]
    positions = {name: place.position for name, place in scenario.places.items() if place.position}
    centre = _centre(positions, city)
    known = {} if centre is None else _projected(positions, centre)
    found = _fitted(scenario, known)
    origin = found[city]
    spots = {
        name: Spot(
            name,
            float(found[name][0] - origin[0]),
            float(found[name][1] - origin[1]),
            name in known,
        )
        for name in scenario.places
        if name in found
    }
    return Ground(spots, _near(scenario, spots), centre)


def _centre(positions: Mapping[str, Position], city: str) -> tuple[float, float] | None:
    """The city's own position, or the middle of those that are known."""
    if not positions:
        return None
    if city in positions:
        return positions[city].lat, positions[city].lon
    lats, lons = zip(*((one.lat, one.lon) for one in positions.values()), strict=True)
    return sum(lats) / len(lats), sum(lons) / len(lons)


def _projected(positions: Mapping[str, Position], centre: tuple[float, float]) -> dict[str, Floats]:
    """Positions in km east and north of the centre."""
    project = projection(centre)
    return {name: np.array(project(one.lon, one.lat)) for name, one in positions.items()}


def projection(centre: tuple[float, float]) -> Any:
    """The projection about a centre (latitude, longitude): longitude, latitude -> km, km."""
    from pyproj import Proj

    lat, lon = centre
    return Proj(proj="aeqd", lat_0=lat, lon_0=lon, ellps="WGS84", units="km")


def _fitted(scenario: Scenario, known: Mapping[str, Floats]) -> dict[str, Floats]:
    """Every place that a route leads to: the known ones as they are, the others where they fit.

    What is made small is the sum over routes of the squared error of the length, over the length:
    each unknown place goes in turn to the mean of where its routes would have it (de Leeuw 1977).
    """
    ways = [
        (*route.ends, straight)
        for route in scenario.routes.values()
        if (straight := _straight_km(scenario, route)) is not None
    ]
    found = {name: point.copy() for name, point in known.items()}
    unknown = [name for name in scenario.places if name not in known]
    joined = {name: [w for w in ways if name in w[:2]] for name in unknown}
    unknown = [name for name in unknown if joined[name]]
    for place, name in enumerate(unknown):
        found[name] = _start(name, joined[name], found, place)
    for _ in range(_ROUNDS):
        for name in unknown:
            total, weights = np.zeros(2), 0.0
            for a, b, km in joined[name]:
                other = found[b if a == name else a]
                gap = found[name] - other
                length = max(float(np.hypot(*gap)), 1e-9)
                weight = 1.0 / max(km, 0.1) ** 2
                total += weight * (other + gap * (km / length))
                weights += weight
            found[name] = total / weights
    return found


def _straight_km(scenario: Scenario, route: Route) -> float | None:
    """About how far apart the ends of a route lie: its length over the usual winding."""
    if route.km is None and any(scenario.places[e].position is None for e in route.ends):
        return None
    return distance_km(scenario, route) / WINDING


def _start(
    name: str, ways: Iterable[tuple[str, str, float]], found: Mapping[str, Floats], place: int
) -> Floats:
    """Where an unknown place begins: beside the mean of its neighbours, each another way."""
    near = [found[b if a == name else a] for a, b, _ in ways if (b if a == name else a) in found]
    turn = 2.399963 * place  # the golden angle: no two begin on one line
    aside = np.array([math.cos(turn), math.sin(turn)])
    middle: Floats = np.mean(near, axis=0) if near else np.zeros(2)
    begin: Floats = middle + aside
    return begin


def _near(scenario: Scenario, spots: Mapping[str, Spot]) -> tuple[str, ...]:
    """The places in the surroundings of the city."""
    objectives = [name for stage in scenario.plan for name in stage.objectives if name in spots]
    reach = _AROUND * max((_far(spots[name]) for name in objectives), default=0.0)
    near = tuple(name for name, spot in spots.items() if _far(spot) <= reach)
    return near if len(near) > 1 else tuple(spots)


def _far(spot: Spot) -> float:
    """Distance from the city, km."""
    return math.hypot(spot.east, spot.north)
