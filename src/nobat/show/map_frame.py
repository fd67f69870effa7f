"""A frame of a map: places and routes in px, a scale, a grid; labels come from `map_labels`."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from nobat.scenario import Scenario
from nobat.scenario.routes import distance_km
from nobat.show.ground import Ground, projection
from nobat.show.language import _, named
from nobat.show.map_labels import Mark, marks
from nobat.show.numbers import number

#: The size of a frame, the margin inside it, the size of a symbol, all px.
WIDTH, HEIGHT = 560, 460
_MARGIN_X, _MARGIN_Y = 56, 48
SYMBOL = 34
#: No place without a known position comes nearer to another than this, px.
_APART = 58
_SCALE_PX = 130
#: Points at which a route is looked at for labels that it would run through.
_POINTS = 81


@dataclass(frozen=True, slots=True)
class Way:
    """A route in a frame: its ends, px, bent by `bow` px to one side where routes run parallel."""

    route: str
    x1: float
    y1: float
    x2: float
    y2: float
    bow: float
    km: float

    @property
    def path(self) -> str:
        """The route as an SVG path."""
        mx, my = self._bend
        return f"M{self.x1:.1f},{self.y1:.1f} Q{mx:.1f},{my:.1f} {self.x2:.1f},{self.y2:.1f}"

    def points(self, count: int) -> NDArray[np.float64]:
        """Points along the route, (count, 2): a quadratic Bezier curve."""
        t = np.linspace(0.0, 1.0, count)[:, None]
        ends = np.array([[self.x1, self.y1], self._bend, [self.x2, self.y2]])
        found: NDArray[np.float64] = (
            (1 - t) ** 2 * ends[0] + 2 * t * (1 - t) * ends[1] + t**2 * ends[2]
        )
        return found

    @property
    def _bend(self) -> tuple[float, float]:
        """The point towards which it bends."""
        length = math.hypot(self.x2 - self.x1, self.y2 - self.y1) or 1.0
        mx = (self.x1 + self.x2) / 2 + self.bow * (self.y2 - self.y1) / length
        my = (self.y1 + self.y2) / 2 - self.bow * (self.x2 - self.x1) / length
        return mx, my


@dataclass(frozen=True, slots=True)
class GridLine:
    """A parallel or a meridian: an SVG path, its degrees, and where they are written, px."""

    path: str
    degrees: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Frame:
    """A map that can be drawn. scale_km: what `scale_px` px are."""

    marks: tuple[Mark, ...]
    ways: tuple[Way, ...]
    grid: tuple[GridLine, ...]
    scale_km: float
    scale_px: float


def frame_of(
    scenario: Scenario, ground: Ground, places: Sequence[str], merged: Mapping[str, str]
) -> Frame:
    """The frame that holds some places of a theatre, and the routes between them.

    merged: places that are shown as one with another, so that their routes lead to it.
    """
    points = np.array([[ground.spots[p].east, ground.spots[p].north] for p in places])
    low, high = points.min(axis=0), points.max(axis=0)
    room = np.array([WIDTH - 2 * _MARGIN_X, HEIGHT - 2 * _MARGIN_Y])
    scale = float(np.min(room / np.maximum(high - low, 1e-6)))
    middle = (low + high) / 2
    px = np.column_stack(
        [
            WIDTH / 2 + (points[:, 0] - middle[0]) * scale,
            HEIGHT / 2 - (points[:, 1] - middle[1]) * scale,
        ]
    )
    known = [ground.spots[p].known for p in places]
    px = np.array(_apart(tuple(map(tuple, px.tolist())), tuple(known)))
    at = dict(zip(places, px.tolist(), strict=True))
    ways = tuple(_ways(scenario, at, merged))
    titles = {place: named(scenario.places[place].title) for place in places}
    size = (WIDTH, HEIGHT, SYMBOL)
    scale_km = _round_km(_SCALE_PX / scale)
    return Frame(
        marks=tuple(marks(titles, px, known, [way.points(_POINTS) for way in ways], size)),
        ways=ways,
        grid=tuple(_grid(ground, middle, scale)),
        scale_km=scale_km,
        scale_px=scale_km * scale,
    )


@lru_cache(maxsize=8)
def _apart(spots: tuple[tuple[float, ...], ...], known: tuple[bool, ...]) -> list[list[float]]:
    """Places without a known position, moved off those that they would cover; all of them, px.

    Kept: a page shows the same places in every language, and once more in the player.
    """
    px = np.array(spots)
    for _round in range(60):
        moved = False
        for i, fixed in enumerate(known):
            for j in range(len(known)):
                gap = px[i] - px[j]
                length = float(np.hypot(*gap))
                if fixed or i == j or length >= _APART:
                    continue
                away = gap / length if length > 1e-6 else np.array([1.0, 0.0])
                px[i] += away * (_APART - length) * (1.0 if known[j] else 0.5)
                moved = True
        low, high = (SYMBOL, SYMBOL), (WIDTH - SYMBOL, HEIGHT - SYMBOL)
        px[[not fixed for fixed in known]] = np.clip(px[[not fixed for fixed in known]], low, high)
        if not moved:
            break
    found: list[list[float]] = px.tolist()
    return found


def _ways(
    scenario: Scenario, at: Mapping[str, list[float]], merged: Mapping[str, str]
) -> Iterator[Way]:
    """The routes between places of the frame; parallel ones bend apart."""
    seen: dict[frozenset[str], int] = {}
    for name, route in scenario.routes.items():
        a, b = (merged.get(end, end) for end in route.ends)
        if a not in at or b not in at or a == b:
            continue
        pair = frozenset((a, b))
        turn = seen[pair] = seen.get(pair, 0) + 1
        bow = 0.0 if turn == 1 else 26.0 * (turn // 2) * (1 if turn % 2 == 0 else -1)
        (x1, y1), (x2, y2) = at[a], at[b]
        yield Way(name, x1, y1, x2, y2, bow, distance_km(scenario, route))


def _round_km(km: float) -> float:
    """The largest of 1, 2, 5, 10, ... that is not above some km."""
    power = 10.0 ** math.floor(math.log10(km))
    return next(step * power for step in (5.0, 2.0, 1.0) if step * power <= km)


def _grid(ground: Ground, middle: np.ndarray, scale: float) -> Iterator[GridLine]:
    """Parallels and meridians, four or so each way; none where no position is known."""
    if ground.centre is None:
        return
    project = projection(ground.centre)

    def px(lon: float, lat: float) -> tuple[float, float]:
        east, north = project(lon, lat)
        x = WIDTH / 2 + (east - middle[0]) * scale
        return x, HEIGHT / 2 - (north - middle[1]) * scale

    corners = [
        project(
            middle[0] + (x - WIDTH / 2) / scale, middle[1] - (y - HEIGHT / 2) / scale, inverse=True
        )
        for x in (0, WIDTH)
        for y in (0, HEIGHT)
    ]
    lons, lats = zip(*corners, strict=True)
    step = _round_degrees((max(lats) - min(lats)) / 3)
    places = max(0, -math.floor(math.log10(step)))
    for lat in _steps(min(lats), max(lats), step):
        points = [px(lon, lat) for lon in np.linspace(min(lons), max(lons), 9)]
        yield GridLine(_line(points), _degrees(lat, places, "NS"), 6.0, float(points[0][1]) - 4)
    for lon in _steps(min(lons), max(lons), step):
        points = [px(lon, lat) for lat in np.linspace(min(lats), max(lats), 9)]
        yield GridLine(
            _line(points), _degrees(lon, places, "EW"), float(points[0][0]) + 4, HEIGHT - 6.0
        )


def _degrees(value: float, places: int, sides: str) -> str:
    """`34.45° N`: degrees and the side of the equator or of the first meridian."""
    text = {
        "N": _("{degrees}° N"),
        "S": _("{degrees}° S"),
        "E": _("{degrees}° E"),
        "W": _("{degrees}° W"),
    }
    return text[sides[value < 0]].format(degrees=number(abs(value), places))


def _steps(low: float, high: float, step: float) -> list[float]:
    """The multiples of a step between two ends."""
    return [k * step for k in range(math.ceil(low / step), math.floor(high / step) + 1)]


def _round_degrees(degrees: float) -> float:
    """A round number of degrees near to some."""
    power = 10.0 ** math.floor(math.log10(degrees))
    return min((step * power for step in (1.0, 2.0, 5.0, 10.0)), key=lambda one: abs(one - degrees))


def _line(points: Sequence[tuple[float, float]]) -> str:
    """Points as an SVG path."""
    return "M" + " L".join(f"{x:.1f},{y:.1f}" for x, y in points)
