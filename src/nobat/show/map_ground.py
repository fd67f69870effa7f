"""The ground of a map's chart: who holds it in colours, level ground grey, no data hatched."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nobat.show.charts import PALETTE
from nobat.show.map_axis import ChartAxis
from nobat.study.map_surface import NO_DATA, TIE, Raster

Flags = NDArray[np.bool_]

#: How strong a colour is where it is sure, and where it is not.
SURE, UNSURE = 0.6, 0.2
#: Grey, of ground that nobody holds, and of its hatching.
GREY = "#7d8590"
_LEVEL, _HATCHED = 0.45, 0.08
#: A stroke of the hatching for so many boxes.
_APART = 4


def colour(place: int) -> str:
    """The colour of a doctrine."""
    return PALETTE[place % len(PALETTE)]


def grounds(raster: Raster, x: ChartAxis, y: ChartAxis) -> Iterator[dict[str, Any]]:
    """The series that colour the ground."""
    for i in np.unique(raster.winner[raster.winner >= 0]).tolist():
        for sure, strength in ((False, UNSURE), (True, SURE)):
            own = (raster.winner == i) & (raster.sure == sure)
            yield _painted(own, colour(i), strength, x, y)
    for nobody, strength in ((TIE, _LEVEL), (NO_DATA, _HATCHED)):
        if (raster.winner == nobody).any():
            yield _painted(raster.winner == nobody, GREY, strength, x, y)
    if (raster.winner == NO_DATA).any():
        yield _hatching(raster.winner == NO_DATA, x, y)
    for axis, other, across in ((x, y, True), (y, x, False)):
        if axis.listed:
            yield _fences(axis, other, across)


def _painted(there: Flags, own: str, strength: float, x: ChartAxis, y: ChartAxis) -> dict[str, Any]:
    """The boxes of one colour and strength, as few rectangles as rows of them make."""
    return {
        "type": "line",
        "data": [],
        "markArea": {
            "silent": True,
            "itemStyle": {"color": own, "opacity": strength},
            "data": [
                [
                    {"xAxis": x.edges[left], "yAxis": y.edges[low]},
                    {"xAxis": x.edges[right], "yAxis": y.edges[high]},
                ]
                for left, right, low, high in rectangles(there)
            ],
        },
    }


def _hatching(there: Flags, x: ChartAxis, y: ChartAxis) -> dict[str, Any]:
    """Strokes from the lower left to the upper right, over every fourth box; of few boxes, all."""
    rows, columns = there.shape
    spots: list[tuple[float, float]] = []
    apart = _APART if min(rows, columns) >= 2 * _APART else 1
    for diagonal in range(-rows + 1, columns):
        if diagonal % apart:
            continue
        own = np.diagonal(there, diagonal)
        row, column = max(-diagonal, 0), max(diagonal, 0)
        for start, end in _runs(own):
            spots += [(x.edges[column + k], y.edges[row + k]) for k in (start, end)]
    return _strokes(spots)


def _fences(axis: ChartAxis, other: ChartAxis, across: bool) -> dict[str, Any]:
    """Lines between the bands of a listed axis. across: whether it is the axis across."""
    spots = [(edge, end) for edge in axis.edges[1:-1] for end in (other.edges[0], other.edges[-1])]
    return _strokes(spots if across else [(end, edge) for edge, end in spots])


def _strokes(spots: list[tuple[float, float]]) -> dict[str, Any]:
    """Thin grey strokes, each between two spots."""
    data: list[list[float | None]] = []
    for first, last in zip(spots[::2], spots[1::2], strict=True):
        data += [list(first), list(last), [None, None]]
    return {
        "type": "line",
        "data": data[:-1],
        "showSymbol": False,
        "connectNulls": False,
        "silent": True,
        "lineStyle": {"width": 1, "color": GREY, "opacity": 0.7},
        "z": 2,
    }


def rectangles(there: Flags) -> list[tuple[int, int, int, int]]:
    """Rectangles that cover what is true, (rows, columns): left, right, low, high, ends left out.

    Runs of one row, joined with those below them that begin and end at the same columns.
    """
    done: list[tuple[int, int, int, int]] = []
    growing: dict[tuple[int, int], int] = {}
    for row in range(len(there) + 1):
        now = set(_runs(there[row])) if row < len(there) else set()
        for run in [one for one in growing if one not in now]:
            done.append((*run, growing.pop(run), row))
        for run in sorted(now):
            growing.setdefault(run, row)
    return done


def _runs(row: Flags) -> Iterator[tuple[int, int]]:
    """Where true stretches of a row begin and end."""
    edges = np.diff(np.concatenate([[0], row.astype(np.int8), [0]]))
    starts, ends = np.flatnonzero(edges == 1).tolist(), np.flatnonzero(edges == -1).tolist()
    return zip(starts, ends, strict=True)
