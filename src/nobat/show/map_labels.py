"""Where the names of places stand on a map: beside their symbols, clear of others and of routes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Box = tuple[float, float, float, float]

#: How wide a letter and how high a line are, px.
_TEXT_PX, _LINE_PX = 7.4, 17
#: No label comes nearer to another place's symbol than this, px, if it can; rounds of choosing.
_CLEAR, _ROUNDS = 9, 4
#: What is left free around a symbol: a ring may be drawn there.
_RING_PX = 9
#: What a px of a route through a label costs, beside px² of what labels cover.
_CROSSED = 7.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a frame: px from the left and the top; anchor and offsets of its label."""

    place: str
    x: float
    y: float
    known: bool
    label_x: float
    label_y: float
    anchor: str


def marks(
    titles: Mapping[str, str], px: Floats, known: Sequence[bool], lines: Sequence[Floats],
    size: tuple[int, int, int],
) -> Iterator[Mark]:  # fmt: skip
    """The places with their labels, each on the side where it covers least and least goes through.

    titles: by place, in the order of px (places, 2) and of known. lines: points of each route,
    (points, 2). size: width and height of the frame and the size of a symbol, px. Labels choose in
    turn, and again once all have chosen: a few rounds settle it.
    """
    *frame, symbol = size
    spots = [(float(x), float(y)) for x, y in px.tolist()]
    options = [
        _labels(spot, _TEXT_PX * len(title), symbol)
        for title, spot in zip(titles.values(), spots, strict=True)
    ]
    crossed = [[_CROSSED * _crossed(one.box, lines) for one in its] for its in options]
    chosen = [0] * len(spots)
    for _round in range(_ROUNDS):
        for i, its in enumerate(options):
            others = [options[j][chosen[j]].box for j in range(len(spots)) if j != i]
            others += [
                _around(spot, symbol / 2 + (0 if j == i else _CLEAR))
                for j, spot in enumerate(spots)
            ]
            costs = [
                sum(_overlap(one.box, other) for other in others)
                + 4 * _outside(one.box, *frame)
                + crossed[i][k]
                + k
                for k, one in enumerate(its)
            ]
            chosen[i] = costs.index(min(costs))
    for place, (x, y), sure, its, choice in zip(titles, spots, known, options, chosen, strict=True):
        label = its[choice]
        yield Mark(place, x, y, sure, label.x, label.y, label.anchor)


@dataclass(frozen=True, slots=True)
class _Label:
    """Where a label may stand, and the box that it would fill."""

    x: float
    y: float
    anchor: str
    box: Box


def _labels(spot: tuple[float, float], width: float, symbol: float) -> list[_Label]:
    """The sides on which a place's label may stand, the usual ones first."""
    half = symbol / 2 + _RING_PX
    sides = (
        (0.0, half + 13, "middle"), (half + 4, 5.0, "start"), (-half - 4, 5.0, "end"),
        (0.0, -half - 8, "middle"), (half - 4, half + 9, "start"), (-half + 4, half + 9, "end"),
        (half - 4, -half - 2, "start"), (-half + 4, -half - 2, "end"),
    )  # fmt: skip
    shift = {"middle": width / 2, "start": 0.0, "end": width}
    found = []
    for dx, dy, anchor in sides:
        x, y = spot[0] + dx, spot[1] + dy
        left = x - shift[anchor]
        found.append(_Label(x, y, anchor, (left, y - _LINE_PX + 4, left + width, y + 4)))
    return found


def _around(spot: tuple[float, float], half: float) -> Box:
    """The box that reaches so far on all sides of a place."""
    return spot[0] - half, spot[1] - half, spot[0] + half, spot[1] + half


def _overlap(one: Box, other: Box) -> float:
    """The area that two boxes share."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return max(across, 0.0) * max(down, 0.0)


def _crossed(box: Box, lines: Sequence[Floats]) -> float:
    """How many px of routes lie in a box."""
    found = 0.0
    for points in lines:
        inside = np.all((points >= box[:2]) & (points <= box[2:]), axis=1)
        found += float(np.hypot(*np.diff(points, axis=0).T) @ inside[1:])
    return found


def _outside(box: Box, width: float, height: float) -> float:
    """The area of a box that lies outside the frame."""
    return (box[2] - box[0]) * (box[3] - box[1]) - _overlap(box, (4, 4, width - 4, height - 4))
