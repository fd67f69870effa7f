"""Told distances against the geodesic on WGS84 and against the ways of the scenario (MODEL 1).

No way is shorter than the geodesic, and people do not tell a way as much longer than it is: a told
distance fits if it lies between the geodesic and the longest that the shortest way can be, either
end moved outwards by the tolerance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from nobat.scenario import Scenario
from nobat.scenario.claims import Claim, Distance
from nobat.scenario.quantity import Quantity
from nobat.scenario.routes import WINDING, Route, Side, geodesic_km

Ends = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Measured:
    """A told distance and what can be measured beside it, km; None for what cannot.

    way_km: the shortest way over the routes a side can use; way_low_km, way_high_km: as short and
    as long as the ranges of its lengths let it be. over: its places. doubtful: titles of those of
    the two places whose position is not sure. fits: whether the told one can be right, None where a
    position is missing, since the lengths of ways are assumed; factor: how many times the told
    distance the nearest measured one is, 1 where it fits.
    """

    between: tuple[str, str]
    titles: tuple[str, str]
    told_km: float
    geodesic_km: float | None
    way_km: float | None
    way_low_km: float | None
    way_high_km: float | None
    over: tuple[str, ...]
    doubtful: tuple[str, ...]
    fits: bool | None
    factor: float | None

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {k: list(v) if isinstance(v, tuple) else v for k, v in asdict(self).items()}


@dataclass(frozen=True, slots=True)
class Explained:
    """What a rival makes of a told distance; measured is None where it means no distance."""

    id: str
    says: str
    measured: Measured | None

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        measured = None if self.measured is None else self.measured.to_json()
        return {"id": self.id, "says": self.says, "measured": measured}


@dataclass(frozen=True, slots=True)
class Gap:
    """A claim about a distance, measured, and what its rivals make of it."""

    claim: str
    told: str
    measured: Measured
    explanations: tuple[Explained, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        explanations = [one.to_json() for one in self.explanations]
        return {
            "claim": self.claim, "told": self.told, "measured": self.measured.to_json(),
            "explanations": explanations,
        }  # fmt: skip


def gaps(scenario: Scenario) -> tuple[Gap, ...]:
    """Every claim about a distance, measured, with the explanations offered."""
    claims = (claim for claim in scenario.claims if claim.test.distance is not None)
    return tuple(gap_of(scenario, claim) for claim in claims)


def gap_of(scenario: Scenario, claim: Claim) -> Gap:
    """One claim about a distance, measured; ValueError for a claim about something else."""
    asked = claim.test.distance
    if asked is None:
        raise ValueError(f"{claim.id} tells no distance")
    return Gap(
        claim.id, claim.told, measure(scenario, asked), tuple(_explanations(scenario, claim, asked))
    )


def _explanations(scenario: Scenario, claim: Claim, asked: Distance) -> Iterator[Explained]:
    for rival in claim.rivals:
        measured = None
        if rival.distance is not None:
            changes: dict[str, Any] = {
                name: value
                for name in ("between", "told_km")
                if (value := getattr(rival.distance, name)) is not None
            }
            measured = measure(scenario, asked.model_copy(update=changes))
        yield Explained(rival.id, rival.says, measured)


def measure(scenario: Scenario, asked: Distance) -> Measured:
    """A told distance against what the scenario's positions and routes say."""
    a, b = asked.between
    titles = scenario.places[a].title, scenario.places[b].title
    one, other = (scenario.places[name].position for name in (a, b))
    straight = None if one is None or other is None else geodesic_km(one, other)
    way, over = _way(scenario, a, b, asked.side, lambda ends: ends[1])
    low, _ = _way(scenario, a, b, asked.side, lambda ends: ends[0])
    high, _ = _way(scenario, a, b, asked.side, lambda ends: ends[2])
    fits = factor = None
    if straight is not None:
        told, most = asked.told_km, max(straight, high or 0.0)
        fits = (1 - asked.tolerance) * straight <= told <= (1 + asked.tolerance) * most
        factor = 1.0 if fits else (straight if told < straight else most) / told
    doubtful = [
        name
        for name, position in zip(titles, (one, other), strict=True)
        if position is not None and position.status != "ok"
    ]
    return Measured(
        (a, b), titles, asked.told_km, straight, way, low, high, over, tuple(doubtful), fits, factor
    )


def _way(
    scenario: Scenario, a: str, b: str, side: Side, pick: Callable[[Ends], float]
) -> tuple[float | None, tuple[str, ...]]:
    """The shortest way a side has from a to b, km, and its places; None where there is none.

    pick: which of a route's lengths counts: shortest, as it is, longest.
    """
    # Slow to load, and only scenarios with routes need it.
    import networkx as nx

    graph: Any = nx.Graph()
    for route in scenario.routes.values():
        if route.serves(side):
            km, (one, other) = pick(_lengths(scenario, route)), route.ends
            if not graph.has_edge(one, other) or km < graph[one][other]["km"]:
                graph.add_edge(one, other, km=km)
    if a not in graph or b not in graph or not nx.has_path(graph, a, b):
        return None, ()
    km, places = nx.single_source_dijkstra(graph, a, b, weight="km")
    return float(km), tuple(places)


def _lengths(scenario: Scenario, route: Route) -> Ends:
    """A route's length as short as it may be, as it is, and as long as it may be, km."""
    if route.km is not None:
        return _ends(route.km)
    one, other = (scenario.places[name].position for name in route.between)
    assert one is not None  # the scenario's checks see to it
    assert other is not None
    straight = geodesic_km(one, other)
    winding = (WINDING,) * 3 if route.winding is None else _ends(route.winding)
    return straight * winding[0], straight * winding[1], straight * winding[2]


def _ends(quantity: Quantity) -> Ends:
    """A number's range with the number itself in the middle."""
    low, high = (quantity.value if x is None else x for x in (quantity.low, quantity.high))
    return float(low), float(quantity.value), float(high)
