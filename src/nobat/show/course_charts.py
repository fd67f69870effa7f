"""Charts of one replication: the duties of every unit, the state of every layer, the ground held.

A row for each unit or layer, time along the axis. A stretch of one kind is a thick line, and all
stretches of a kind are one series, so that a chart of a thousand of them stays small.

A trace holds what a step ends with. The state of a layer is therefore drawn from the end of the
step in which it changed, which is the time that the log tells, and a duty from the step's
beginning: it is ordered then. Only a unit that is spent is so from the end of its last step.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from nobat.model.ledger import LAYER_TRACE, PLACE_TRACE, TRACE, UNIT_TRACE
from nobat.show.charts import Chart
from nobat.show.language import _, joined, latin, named
from nobat.show.numbers import number, percent
from nobat.show.words import unit_name
from nobat.study.course import DUTIES, parts

if TYPE_CHECKING:
    from nobat.study.replayed import Replay

Ints = NDArray[np.int64]
#: What a stretch of a row is called, and its colour.
Look = tuple[str, str]

#: The colours of the duties; each 3 to 1 or more on the light and on the dark ground.
DUTY_COLOURS = {
    "operating": "#1f83cc",
    "relieving": "#8a63d2",
    "reserve": "#009e73",
    "rest": "#8b949e",
    "spent": "#c2572b",
}
#: The attacker's colour and the defender's, here and on the map.
ATTACKER, DEFENDER = "#1f83cc", "#c2572b"
#: From ruin to complete: the shares at which one shade gives way to the next, and the shades.
LEVELS = (0.25, 0.5, 0.75, 0.95)
SHADES = ("#f0d9cf", "#e2b49f", "#d58f70", "#c2572b", "#8a3515")
_ROW_PX, _EDGE_PX = 22, 46
_LINES_PX = 230
_GRID = {
    "left": 4, "right": 16, "top": 6, "bottom": 4,
    "outerBoundsMode": "same", "outerBoundsContain": "all",
}  # fmt: skip


def duties_chart(replay: Replay) -> Chart:
    """What every unit does when: a row for each, coloured by its duty."""
    cast, trace = replay.cast, replay.trajectory.trace
    codes = _served(parts(trace, cast)["unit"][UNIT_TRACE.index("duty")].astype(np.int64))
    days = np.append(0.0, trace[:, 0])
    words = duty_words()
    rows = _strips(codes, days, duty_looks(), _ROW_PX - 6)
    shares = ((codes == code).mean() for code in range(len(DUTIES)))
    text = joined(
        f"{words[duty]} {percent(share, 0)}" for duty, share in zip(DUTIES, shares, strict=True)
    )
    return Chart(
        title=_("Duties of every unit"),
        subtitle=_which(replay),
        note=_("A row for each unit. Spent: out of the fight until it has refitted."),
        option=_rows_option(list(map(unit_name, cast.units)), float(days[-1]), rows),
        height_px=_EDGE_PX + _ROW_PX * len(cast.units),
        description=_("Of all unit-hours: {shares}").format(shares=text),
        legend=_legend(duty_looks(), codes),
    )


def duty_words() -> dict[str, str]:
    """The duties as people read them."""
    return {
        "operating": _("operating"),
        "relieving": _("handing over"),
        "reserve": _("reserve"),
        "rest": _("rest"),
        "spent": _("spent"),
    }


def duty_looks() -> list[Look]:
    """Name and colour of every duty."""
    words = duty_words()
    return [(words[duty], DUTY_COLOURS[duty]) for duty in DUTIES]


def layer_looks() -> list[Look]:
    """Name and colour of every shade of a layer."""
    return [*zip(_level_words(), SHADES, strict=True), (_("in the attacker's hands"), ATTACKER)]


def _legend(looks: Sequence[Look], codes: Ints) -> tuple[tuple[str, str, str], ...]:
    """The legend of the codes that there are."""
    return tuple((*looks[code], "solid") for code in np.unique(codes).tolist())


def works_chart(replay: Replay) -> Chart:
    """The works of every layer over time."""
    note = _("Works: positions and obstacles, as a share of complete.")
    return _layers_chart(replay, "works", _("Works of every layer"), note)


def order_chart(replay: Replay) -> Chart:
    """The order of every layer over time."""
    note = _("Order: manned, commanded and ready, as a share of full.")
    return _layers_chart(replay, "order", _("Order of every layer"), note)


def _layers_chart(replay: Replay, what: str, title: str, note: str) -> Chart:
    """A share of every layer over time, in five shades; blue while the attacker holds it."""
    cast, trace = replay.cast, replay.trajectory.trace
    state = parts(trace, cast)["layer"][LAYER_TRACE.index(what)]
    held = _held(replay)
    shades = np.searchsorted(LEVELS, np.vstack([_at_the_start(replay, what), state]), side="right")
    codes = np.where(np.vstack([np.zeros_like(held[:1]), held]), len(SHADES), shades)[:-1]
    days = np.append(0.0, trace[:, 0])
    codes = codes.astype(np.int64)
    rows = _strips(codes, days, layer_looks(), _ROW_PX - 6)
    text = _("Taken for the first time: {layers}").format(
        layers=joined(_first_taken(replay, held)) or _("none")
    )
    return Chart(
        title=title,
        subtitle=_which(replay),
        note=note,
        option=_rows_option(layer_names(replay), float(days[-1]), rows),
        height_px=_EDGE_PX + _ROW_PX * len(cast.layers),
        description=text,
        legend=_legend(layer_looks(), codes),
    )


def ground_chart(replay: Replay) -> Chart:
    """Layers in the attacker's hands from hour to hour."""
    trace, cast = replay.trajectory.trace, replay.cast
    carried = trace[:, TRACE.index("layers_carried")]
    changes = np.flatnonzero(np.diff(carried, prepend=0.0))
    points = [[0.0, 0.0]]
    points += [[round(float(trace[k, 0]), 4), float(carried[k])] for k in changes]
    points.append([round(float(trace[-1, 0]), 4), float(carried[-1])])
    option = {
        "animation": False,
        "grid": {**_GRID, "top": 12},
        "xAxis": {"type": "value", "min": 0, "max": _end(float(trace[-1, 0])), **_day()},
        "yAxis": {"type": "value", "min": 0, "max": len(cast.layers), "minInterval": 1},
        "series": [
            {
                "type": "line",
                "step": "end",
                "data": points,
                "showSymbol": False,
                "silent": True,
                "lineStyle": {"width": 2.25, "color": ATTACKER},
                "areaStyle": {"color": ATTACKER, "opacity": 0.14},
            }
        ],
    }
    return Chart(
        title=_("Layers in the attacker's hands"),
        subtitle=_which(replay),
        note="",
        option=option,
        height_px=_LINES_PX,
        description=replay.sentence(),
    )


def layer_names(replay: Replay) -> list[str]:
    """`Abu Kamal 3`, `Abu Kamal, core`: the rows of a chart of layers."""
    cast = replay.cast
    return [
        _("{place}, core").format(place=named(cast.title(layer.place)))
        if layer.core
        else f"{named(cast.title(layer.place))} {layer.number}"
        for layer in cast.layers
    ]


def _served(duties: Ints) -> Ints:
    """Duties from the beginning of each step on, (steps, units): a unit is spent as a step ends."""
    spent = DUTIES.index("spent")
    lost = (duties[1:] == spent) & (duties[:-1] != spent)
    found = duties.copy()
    found[1:][lost] = duties[:-1][lost]
    return found


def _at_the_start(replay: Replay, what: str) -> NDArray[np.float64]:
    """The works or the order of every layer as the campaign begins, (layers,)."""
    places = replay.scenario.places
    layers = (layer for name in replay.cast.places for layer in places[name].defences())
    return np.array([getattr(layer, what).value for layer in layers])


def _held(replay: Replay) -> NDArray[np.bool_]:
    """Whether the attacker holds each layer, (steps, layers)."""
    cast = replay.cast
    carried = parts(replay.trajectory.trace, cast)["place"][PLACE_TRACE.index("carried")]
    place = [cast.places.index(layer.place) for layer in cast.layers]
    numbers = np.array([layer.number for layer in cast.layers])
    found: NDArray[np.bool_] = carried[:, place] >= numbers
    return found


def _first_taken(replay: Replay, held: NDArray[np.bool_]) -> list[str]:
    """`Hamdan 1 on day 3`: when each layer first came into the attacker's hands."""
    names, days = layer_names(replay), replay.trajectory.trace[:, 0]
    text = _("{layer} on day {day}")
    return [
        text.format(layer=names[k], day=number(days[int(held[:, k].argmax())], 1))
        for k in range(len(names))
        if held[:, k].any()
    ]


def _level_words() -> list[str]:
    """What each shade says."""
    ends = [0, *(round(100 * level) for level in LEVELS), 100]
    text = _("{low} to {high} %")
    return [text.format(low=low, high=high) for low, high in pairwise(ends)]


def _which(replay: Replay) -> str:
    """`rotate, replication 17`."""
    text = _("{doctrine}, replication {number}")
    return text.format(doctrine=latin(replay.doctrine), number=replay.replication)


def _strips(
    codes: Ints, days: NDArray[np.float64], looks: Sequence[Look], width: int
) -> list[dict[str, Any]]:
    """A series for each code: its stretches as lines, with gaps between them.

    codes: (steps, rows). days: when each step begins, and the last ends, (steps + 1,). looks: name
    and colour of each code.
    """
    data: list[list[list[float | None]]] = [[] for _look in looks]
    for row in range(codes.shape[1]):
        column = codes[:, row]
        starts = np.flatnonzero(np.diff(column, prepend=-1))
        ends = np.append(starts[1:], column.size)
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            begin, over = round(float(days[start]), 3), round(float(days[end]), 3)
            data[int(column[start])] += [[begin, row], [over, row], [None, None]]
    return [
        {
            "type": "line",
            "name": name,
            "data": points,
            "showSymbol": False,
            "silent": True,
            "lineStyle": {"width": width, "color": colour, "cap": "butt"},
            "itemStyle": {"color": colour},
        }
        for (name, colour), points in zip(looks, data, strict=True)
        if points
    ]


def _rows_option(names: list[str], days: float, series: list[dict[str, Any]]) -> dict[str, Any]:
    """The option of a chart of rows, the first at the top."""
    return {
        "animation": False,
        "grid": _GRID,
        "xAxis": {"type": "value", "min": 0, "max": _end(days), **_day()},
        "yAxis": {
            "type": "category",
            "data": names,
            "inverse": True,
            "axisTick": {"show": False},
            "axisLine": {"show": False},
            "axisLabel": {"interval": 0, "fontSize": 11},
            "splitLine": {"show": False},
        },
        "series": series,
    }


def _end(days: float) -> float:
    """The end of the axis: the day on which it is over, whole."""
    return float(np.ceil(days))


def _day() -> dict[str, Any]:
    return {"name": _("day"), "nameLocation": "middle", "nameGap": 24}
