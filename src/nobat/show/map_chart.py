"""The map of answers as a chart: coloured ground, the points that were run, the flip line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from nobat.show import map_words
from nobat.show.charts import PALETTE, Chart
from nobat.show.words import days
from nobat.study.map_result import boxes

if TYPE_CHECKING:
    from nobat.study.map_grid import Axis
    from nobat.study.map_parts import MapPoint
    from nobat.study.map_result import DecisionMap

Ints = NDArray[np.int64]

_HEIGHT_PX = 520
#: Boxes a side of the coloured ground: fine enough that its steps do not show beside the line.
_BOXES = 72
#: How strong a colour is where it is sure, and where it is not.
_SURE, _UNSURE = 0.6, 0.2
#: A doctrine's name is written on the map where so many boxes around are its own: half a letter's
#: width, in boxes, for each of its letters.
_LETTER = 0.45
_GRID = {
    "left": 4, "right": 28, "top": 10, "bottom": 4,
    "outerBoundsMode": "same", "outerBoundsContain": "all",
}  # fmt: skip


def map_chart(answer: DecisionMap) -> Chart:
    """The map as a chart."""
    raster = answer.raster(_BOXES, _BOXES)
    # One number for each colour and strength; -1 where nobody is ahead.
    shades = np.where(raster.winner >= 0, 2 * raster.winner + raster.sure, -1)
    winners = [i for i in range(len(answer.doctrines)) if (raster.winner == i).any()]
    grounds = [_ground(answer, shades, shade) for i in winners for shade in (2 * i, 2 * i + 1)]
    option = {
        "animation": False,
        "tooltip": {"trigger": "item", "confine": True, "formatter": "{b}"},
        "grid": _GRID,
        "xAxis": _axis(answer.x, 28),
        "yAxis": _axis(answer.y, 52),
        "series": [*grounds, _flip_line(answer), *_dots(answer), _names(answer, raster.winner)],
    }
    return Chart(
        title=_title(answer),
        subtitle=answer.title,
        note=f"{map_words.sentence(answer)} {map_words.what_was_run(answer)} {_reading(answer)}",
        option=option,
        height_px=_HEIGHT_PX,
        description=map_words.sentence(answer),
        legend=tuple((answer.doctrines[i], _colour(i), "solid") for i in winners),
    )


def _title(answer: DecisionMap) -> str:
    """What is drawn over what."""
    axes = f"{map_words.short(answer.x)} and {map_words.short(answer.y)}"
    if answer.outcome.name == "secured":
        return f"Best chance of taking the place, by {axes}"
    return f"{answer.best.capitalize()} {answer.outcome.name.replace('_', ' ')}, by {axes}"


def _reading(answer: DecisionMap) -> str:
    """How to read the map."""
    by_then = f" within {days(answer.horizon_d)}" if answer.outcome.kind == "share" else ""
    return (
        f"Best: the {answer.best} {answer.outcome.name}{by_then}. Pale: not beyond noise. Dots: "
        "the points that were run; hollow: the lead is within its 95 % interval. The line: two "
        "doctrines are equal."
    )


def _colour(place: int) -> str:
    """The colour of a doctrine."""
    return PALETTE[place % len(PALETTE)]


def _axis(axis: Axis, gap: int) -> dict[str, Any]:
    """An axis with its path and unit beside its middle; as long as the boxes along it."""
    own = map_words.unit(axis).strip()
    edges = boxes(axis, _BOXES)[1]
    low, high = _value(axis, edges[0]), _value(axis, edges[-1])
    named = {"name": f"{axis.path}{', ' if own else ''}{own}", "nameLocation": "middle"}
    found: dict[str, Any] = {"type": "value", "min": low, "max": high, **named, "nameGap": gap}
    if edges[0] < 0:
        found["axisLabel"] = {"showMinLabel": False, "showMaxLabel": False}
    if axis.factor.kind is not None and axis.factor.kind.whole:
        found["minInterval"] = 1
    return found


def _value(axis: Axis, part: float) -> float:
    """The value so far along an axis, without the digits that arithmetic leaves behind."""
    return float(f"{axis.low + part * (axis.high - axis.low):.6g}")


def _ground(answer: DecisionMap, shades: Ints, shade: int) -> dict[str, Any]:
    """The boxes of one colour and strength, as few rectangles as rows of them make."""
    xs = [_value(answer.x, part) for part in boxes(answer.x, _BOXES)[1]]
    ys = [_value(answer.y, part) for part in boxes(answer.y, _BOXES)[1]]
    return {
        "type": "line",
        "data": [],
        "markArea": {
            "silent": True,
            "itemStyle": {
                "color": _colour(shade // 2),
                "opacity": _SURE if shade % 2 else _UNSURE,
            },
            "data": [
                [{"xAxis": xs[left], "yAxis": ys[low]}, {"xAxis": xs[right], "yAxis": ys[high]}]
                for left, right, low, high in rectangles(shades == shade)
            ],
        },
    }


def rectangles(there: NDArray[np.bool_]) -> list[tuple[int, int, int, int]]:
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


def _runs(row: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Where true stretches of a row begin and end."""
    edges = np.diff(np.concatenate([[0], row.astype(np.int8), [0]]))
    starts, ends = np.flatnonzero(edges == 1).tolist(), np.flatnonzero(edges == -1).tolist()
    return zip(starts, ends, strict=True)


def _flip_line(answer: DecisionMap) -> dict[str, Any]:
    """The flip line; a gap between stretches that do not hang together."""
    data: list[list[float | None]] = []
    for stretch in _stretches(answer):
        data += [list(spot) for spot in stretch]
        data.append([None, None])
    return {
        "type": "line",
        "data": data[:-1],
        "showSymbol": False,
        "connectNulls": False,
        "silent": True,
        "lineStyle": {"width": 2.5, "color": "@ink"},
        "z": 3,
    }


def _stretches(answer: DecisionMap) -> Iterator[list[tuple[float, float]]]:
    """The flip line in values; where an axis is listed a stroke across each of its boxes."""
    for stretch in answer.flip_line:
        spots = (answer.where(spot) for spot in stretch.spots)
        yield [(float(f"{x:.6g}"), float(f"{y:.6g}")) for x, y in spots]
    across = answer.y if answer.y.listed else answer.x
    if not across.listed:
        return
    edges = [_value(across, part) for part in boxes(across, _BOXES)[1]]
    for flip in answer.flips:
        row = across.values.index(flip.at)
        ends = edges[row], edges[row + 1]
        value = float(f"{flip.value:.6g}")
        yield [(value, end) if flip.along == "x" else (end, value) for end in ends]


def _dots(answer: DecisionMap) -> Iterator[dict[str, Any]]:
    """The points that were run: filled where the winner is sure, hollow elsewhere."""
    for sure in (True, False):
        yield {
            "type": "scatter",
            "data": [
                {"value": [point.x, point.y], "name": _hint(answer, point)}
                for point in answer.points
                if point.decision.sure == sure
            ],
            "symbolSize": 5,
            "itemStyle": {
                "color": "@ink" if sure else "transparent",
                "borderColor": "@ink",
                "borderWidth": 1,
                "opacity": 0.55,
            },
            "z": 4,
        }


def _hint(answer: DecisionMap, point: MapPoint) -> str:
    """What is said of a point when it is touched."""
    decision = point.decision
    where = ", ".join(
        f"{map_words.short(axis)} {map_words.value_text(axis, value)}"
        for axis, value in ((answer.x, point.x), (answer.y, point.y))
    )
    if decision.winner is None:
        return f"{where}: nobody is ahead"
    best = f"{where}: {answer.doctrines[decision.winner]}"
    if decision.runner_up is None:
        return best
    runner = answer.doctrines[decision.runner_up]
    return f"{best}, {map_words.lead_text(answer, decision.lead)} before {runner}"


def _names(answer: DecisionMap, winner: Ints) -> dict[str, Any]:
    """Each doctrine's name where it has most room around it: no reader needs the colours."""
    from scipy.ndimage import distance_transform_edt

    middles = [boxes(axis, _BOXES)[0] for axis in (answer.x, answer.y)]
    # Boxes may be of many widths: a box stands for as many as would fill the map.
    across, up = (max(1, _BOXES // count) for count in winner.shape[::-1])
    data = []
    for i, name in enumerate(answer.doctrines):
        own = np.pad(winner == i, 1).repeat(up, axis=0).repeat(across, axis=1)
        room = distance_transform_edt(own)
        row, column = np.unravel_index(int(room.argmax()), room.shape)
        if room[row, column] < _LETTER * max(len(name), 8):
            continue
        x, y = int(column) // across - 1, int(row) // up - 1
        where = [_value(answer.x, middles[0][x]), _value(answer.y, middles[1][y])]
        data.append({"value": where, "name": name})
    return {
        "type": "scatter",
        "data": data,
        "symbolSize": 0.01,
        "silent": True,
        "label": {
            "show": True, "formatter": "{b}", "position": "top", "distance": 8,
            "color": "@ink", "fontSize": 14, "fontWeight": "bold",
        },
        "z": 5,
    }  # fmt: skip
