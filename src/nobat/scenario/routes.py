"""What joins the places of a theatre: routes, who can use them, and how long they are (MODEL 1)."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, Field

from nobat.scenario.parts import Id, Part, Text, Title, worded
from nobat.scenario.quantity import SHARE, Kind, PositiveKm, Quantity, Share, Strength
from nobat.scenario.theatre import POST_PERSONS
from nobat.scenario.words import quoted

if TYPE_CHECKING:
    from nobat.scenario.scenario import Scenario
    from nobat.scenario.theatre import Position

#: The most routes that a theatre can have.
MOST_ROUTES = 256
#: How much longer a road is than the straight line, where nothing is said.
WINDING = 1.3
_WINDING = Kind("Winding", "a winding factor", "1 or more", "ratio", 1)
#: Who can use a route.
Side = Literal["attacker", "defender"]


def _two_places(ends: tuple[str, ...]) -> tuple[str, ...]:
    if len(ends) != 2:
        raise worded(f"has {len(ends)} entries: a route joins two places, [one, other]")
    if ends[0] == ends[1]:
        raise worded(f"joins {quoted(ends[0])} with itself: a route joins two places")
    return ends


class Route(Part):
    """A way between two places. Parallel routes, a road and a river, are routes of their own."""

    title: Title | None = Field(
        default=None, description="The route's name as people read it; null for its id."
    )
    between: Annotated[
        tuple[Id, ...],
        Field(json_schema_extra={"minItems": 2, "maxItems": 2}),
        AfterValidator(_two_places),
    ] = Field(description="The two places that it joins, by id; it can be used both ways.")
    km: PositiveKm | None = Field(
        default=None,
        description="Its length, km; null for the geodesic between the two positions (WGS84) "
        "times `winding`.",
    )
    winding: Annotated[Quantity, _WINDING] | None = Field(
        default=None,
        description="Length per km of the straight line, a ratio; used only where km is not "
        f"given. null for {WINDING}.",
    )
    side: Literal["both", "attacker", "defender"] = Field(
        default="both", description="Who can use it."
    )
    raid_share: Share = Field(
        default=SHARE.of(0),
        description="Share of what travels it in a day that raids destroy.",
    )
    cut_persons: Strength | None = Field(
        default=None,
        description="Persons that it takes to cut it and keep it cut, for the question what "
        f"isolates a city (MODEL 9); null for {POST_PERSONS}.",
    )
    note: Text = Field(default="", description="What a reader should know about it.")

    @property
    def ends(self) -> tuple[str, str]:
        """The two places that it joins."""
        one, other = self.between
        return one, other

    def serves(self, side: Side) -> bool:
        """Whether a side can use it."""
        return self.side in ("both", side)


def distance_km(scenario: Scenario, route: Route) -> float:
    """Length of a route of a scenario, km: as written, or geodesic (WGS84) times winding."""
    if route.km is not None:
        return float(route.km.value)
    one, other = (scenario.places[name].position for name in route.between)
    if one is None or other is None:
        raise ValueError(f"{' and '.join(route.between)} have no positions to measure between")
    winding = WINDING if route.winding is None else route.winding.value
    return geodesic_km(one, other) * winding


def geodesic_km(one: Position, other: Position) -> float:
    """Length of the shortest line between two positions on the WGS84 ellipsoid, km.

    Source: Karney (2013), Algorithms for geodesics, as PROJ computes it.
    """
    return _geodesic_km(one.lon, one.lat, other.lon, other.lat)


@lru_cache(maxsize=4096)
def _geodesic_km(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    # Kept: a study asks for the same lines at thousands of settings.
    _, _, metres = _ellipsoid().inv(lon, lat, other_lon, other_lat)
    return float(metres) / 1000.0


@cache
def _ellipsoid() -> Any:
    # Slow to load, and only theatres with positions need it.
    from pyproj import Geod

    return Geod(ellps="WGS84")
