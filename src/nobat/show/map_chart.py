"""The map of answers as a chart: coloured ground, the points that were run, the flip line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from nobat.show import map_words
from nobat.show.charts import Chart
from nobat.show.language import _, joined, latin, marked, named
from nobat.show.map_axis import BOXES, ChartAxis
from nobat.show.map_ground import GREY, colour, grounds
from nobat.show.words import days, outcome_label, outcome_name
from nobat.study.map_surface import NO_DATA, TIE

if TYPE_CHECKING:
    from nobat.study.map_parts import MapPoint
    from nobat.study.map_result import DecisionMap

Ints = NDArray[np.int64]

_HEIGHT_PX = 520
#: A doctrine's name is written on the map where so many boxes around are its own: half a letter's
#: width, in boxes, for each of its letters.
_LETTER = 0.45
_GRID = {
    "left": 4, "right": 28, "top": 10, "bottom": 4,
    "outerBoundsMode": "same", "outerBoundsContain": "all",
}  # fmt: skip
#: How a point without data is drawn.
_CROSS = "path://M0,0L8,8M8,0L0,8"
#: Ground that nobody holds: its name, and its dashes in the legend.
_NOBODY = ((TIE, marked("level"), "solid"), (NO_DATA, marked("no data"), "dotted"))


def map_chart(answer: DecisionMap) -> Chart:
    """The map as a chart."""
    x, y = ChartAxis(answer.x), ChartAxis(answer.y)
    raster = answer.raster(BOXES, BOXES)
    option = {
        "animation": False,
        "tooltip": {"trigger": "item", "confine": True, "formatter": "{b}"},
        "grid": _GRID,
        "xAxis": x.option(28),
        "yAxis": y.option(52),
        "series": [
            *grounds(raster, x, y),
            _flip_line(answer, x, y),
            *_dots(answer, x, y),
            _names(answer, raster.winner, x, y),
        ],
    }
    return Chart(
        title=_title(answer),
        subtitle=named(answer.title),
        note=f"{map_words.sentence(answer)} {map_words.what_was_run(answer)} {_reading(answer)}",
        option=option,
        height_px=_HEIGHT_PX,
        description=map_words.sentence(answer),
        legend=_legend(answer, raster.winner),
    )


def _legend(answer: DecisionMap, winner: Ints) -> tuple[tuple[str, str, str], ...]:
    """Who holds the ground."""
    held = [
        (latin(name), colour(i), "solid")
        for i, name in enumerate(answer.doctrines)
        if (winner == i).any()
    ]
    nobody = [(_(name), GREY, dashes) for code, name, dashes in _NOBODY if (winner == code).any()]
    return (*held, *nobody)


def _title(answer: DecisionMap) -> str:
    """What is drawn over what."""
    text = _("Lowest {outcome}, by {x} and {y}")
    if answer.outcome.name == "secured":
        text = _("Best chance of taking the place, by {x} and {y}")
    elif answer.best == "highest":
        text = _("Highest {outcome}, by {x} and {y}")
    return text.format(
        outcome=outcome_label(answer.outcome.name),
        x=latin(map_words.short(answer.x)),
        y=latin(map_words.short(answer.y)),
    )


def _reading(answer: DecisionMap) -> str:
    """How to read the map."""
    hollow = _("Dots: the points that were run; hollow: not beyond noise.")
    if answer.no_data.points:
        hollow = _(
            "Dots: the points that were run; hollow: not beyond noise; crosses: no data there."
        )
    told = [
        _best(answer),
        _("Pale: not beyond noise at all points that the place lies between."),
        hollow,
    ]
    if answer.flips or answer.flip_line:
        told.append(_("The line: two doctrines are equal; on pale ground it may run elsewhere."))
    return " ".join(told)


def _best(answer: DecisionMap) -> str:
    """Which value of the outcome is the best."""
    highest = answer.best == "highest"
    if answer.outcome.kind == "share":
        text = _("Best: the lowest {outcome} within {days}.")
        if highest:
            text = _("Best: the highest {outcome} within {days}.")
    else:
        text = _("Best: the highest {outcome}.") if highest else _("Best: the lowest {outcome}.")
    return text.format(outcome=outcome_name(answer.outcome.name), days=days(answer.horizon_d))


def _flip_line(answer: DecisionMap, x: ChartAxis, y: ChartAxis) -> dict[str, Any]:
    """The flip line; a gap between stretches that do not hang together."""
    data: list[list[float | None]] = []
    for stretch in _stretches(answer, x, y):
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


def _stretches(
    answer: DecisionMap, x: ChartAxis, y: ChartAxis
) -> Iterator[list[tuple[float, float]]]:
    """The flip line; where an axis is listed a stroke across each of its bands."""
    for stretch in answer.flip_line:
        spots = (answer.where(spot) for spot in stretch.spots)
        yield [(x.at(one), y.at(other)) for one, other in spots]
    if not (answer.x.listed or answer.y.listed):
        return
    for flip in answer.flips:
        if flip.along == "x":
            yield [(x.at(flip.value), y.at(flip.at) + end) for end in (-1, 1)]
        else:
            yield [(x.at(flip.at) + end, y.at(flip.value)) for end in (-1, 1)]


def _dots(answer: DecisionMap, x: ChartAxis, y: ChartAxis) -> Iterator[dict[str, Any]]:
    """The points that were run: filled where the winner is sure, hollow elsewhere; crosses."""
    kinds = [
        ([one for one in answer.points if one.decision.sure], "circle", "@ink"),
        (
            [one for one in answer.points if one.decision.data and not one.decision.sure],
            "circle",
            "transparent",
        ),
        ([one for one in answer.points if not one.decision.data], _CROSS, "transparent"),
    ]
    for points, symbol, fill in kinds:
        yield {
            "type": "scatter",
            "symbol": symbol,
            "data": [
                {"value": [x.at(point.x), y.at(point.y)], "name": _hint(answer, point)}
                for point in points
            ],
            "symbolSize": 5,
            "itemStyle": {"color": fill, "borderColor": "@ink", "borderWidth": 1, "opacity": 0.55},
            "z": 4,
        }


def _hint(answer: DecisionMap, point: MapPoint) -> str:
    """What is said of a point when it is touched."""
    decision = point.decision
    where = joined(
        f"{latin(map_words.short(axis))} {map_words.value_text(axis, value)}"
        for axis, value in ((answer.x, point.x), (answer.y, point.y))
    )
    if not decision.data:
        return _("{where}: no data").format(where=where)
    if decision.winner is None or decision.runner_up is None:
        return _("{where}: level").format(where=where)
    best, runner = (latin(answer.doctrines[i]) for i in (decision.winner, decision.runner_up))
    return _("{where}: {best}, {lead} before {runner}").format(
        where=where,
        best=best,
        lead=map_words.lead_text(answer, decision.lead),
        runner=runner,
    )


def _names(answer: DecisionMap, winner: Ints, x: ChartAxis, y: ChartAxis) -> dict[str, Any]:
    """Each doctrine's name where it has most room around it: no reader needs the colours."""
    from scipy.ndimage import distance_transform_edt

    # Boxes may be of many widths: a box stands for as many as would fill the map.
    across, up = (max(1, BOXES // count) for count in winner.shape[::-1])
    data = []
    for code, name in [*enumerate(answer.doctrines), *(one[:2] for one in _NOBODY)]:
        own = np.pad(winner == code, 1).repeat(up, axis=0).repeat(across, axis=1)
        room = distance_transform_edt(own)
        row, column = np.unravel_index(int(room.argmax()), room.shape)
        if room[row, column] < _LETTER * max(len(name), 8):
            continue
        where = [x.middles[int(column) // across - 1], y.middles[int(row) // up - 1]]
        data.append({"value": where, "name": _(name) if code < 0 else latin(name)})
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
