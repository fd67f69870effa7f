"""Charts of the studies along one number: losses against harm, and a difference with its flips."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nobat.show import flip as flip_page
from nobat.show import frontier as frontier_page
from nobat.show.charts import PALETTE, Chart
from nobat.show.language import _, latin, named
from nobat.show.words import outcome_name, replications

if TYPE_CHECKING:
    from nobat.study.estimates import Estimate
    from nobat.study.flip import Flip
    from nobat.study.frontier import Frontier, Point

_HEIGHT_PX = 420
_ON, _DOUBTFUL, _BEATEN = PALETTE[0], PALETTE[1], PALETTE[3]
_LOOKS = {"frontier": _ON, "not surely": _DOUBTFUL, "beaten": _BEATEN}
_SYMBOLS = {"frontier": "circle", "not surely": "diamond", "beaten": "rect"}
_GRID = {
    "left": 4, "right": 28, "top": 20, "bottom": 4,
    "outerBoundsMode": "same", "outerBoundsContain": "all",
}  # fmt: skip
#: A label is left out where another is nearer than this, as parts of the chart's width and height.
_ROOM = (0.08, 0.06)


def frontier_chart(answer: Frontier) -> Chart:
    """Own losses against harm: a point with intervals for each criterion, the frontier a line."""
    line = sorted(answer.on_frontier, key=lambda point: point.harm_index.mean or 0.0)
    spans = [span for point in answer.points for span in _spans(point)]
    option = {
        "animation": False,
        "grid": _GRID,
        "xAxis": {"type": "value", "min": 0, **_named(_("harm index"), 28)},
        "yAxis": {"type": "value", "scale": True, **_named(_("own losses, persons"), 44)},
        "series": [
            {
                "type": "line",
                "data": [list(_place(point)) for point in line],
                "showSymbol": False,
                "lineStyle": {"width": 2, "color": _ON},
                "silent": True,
            },
            *spans,
            *(_dots(answer, standing, labelled(answer)) for standing in _LOOKS),
        ],
    }
    names = {
        "frontier": _("on the frontier"),
        "not surely": _("beaten, but not surely"),
        "beaten": _("beaten"),
    }
    there = {point.standing for point in answer.points}
    legend = tuple(
        (names[standing], colour, "solid")
        for standing, colour in _LOOKS.items()
        if standing in there
    )
    return Chart(
        title=_("Own losses against harm to residents"),
        subtitle=named(answer.title),
        note=_(
            "Each point is a criterion of {policy} under {doctrine}, its value beside it where "
            "there is room, with 95 % intervals (Student's t). {replications} of each, seed "
            "{seed}. Losses and harm are those of whole campaigns, however they end."
        ).format(
            policy=latin(answer.policy),
            doctrine=latin(answer.doctrine),
            replications=replications(answer.replications),
            seed=answer.seed,
        ),
        option=option,
        height_px=_HEIGHT_PX,
        description=frontier_page.sentence(answer),
        legend=legend,
    )


def flip_chart(answer: Flip) -> Chart:
    """The difference along the number with its intervals; flips are marked with theirs."""
    share = answer.outcome.kind == "share"
    scale = 100.0 if share else 1.0
    there = [point for point in answer.points if point.difference.mean is not None]
    data = [[point.value, scale * (point.difference.mean or 0.0)] for point in there]
    spans = [
        _span([point.value] * 2, [scale * low, scale * high], PALETTE[0])
        for point in there
        if (low := point.difference.low) is not None and (high := point.difference.high) is not None
    ]
    unit = _("points") if share else _(answer.outcome.unit)
    own = flip_page.unit_text(answer)
    name = outcome_name(answer.outcome.name)
    in_unit = _("{number}, {unit}")
    of = name if unit == "1" else in_unit.format(number=name, unit=unit)
    along = latin(answer.path)
    series = {
        "type": "line",
        "data": data,
        "symbol": "circle",
        "symbolSize": 9,
        "lineStyle": {"width": 2.5},
        "itemStyle": {"color": PALETTE[0]},
        "silent": True,
        "markLine": _lines(answer),
        "markArea": _areas(answer),
    }
    ends = [answer.points[0].value, answer.points[-1].value]
    option = {
        "animation": False,
        "grid": _GRID,
        "xAxis": {
            "type": "value", "min": ends[0], "max": ends[1],
            **_named(in_unit.format(number=along, unit=own.strip()) if own else along, 28),
        },
        "yAxis": {"type": "value", **_named(of, 44)},
        "series": [*spans, series],
    }  # fmt: skip
    return Chart(
        title=_("{outcome}: {a} minus {b}").format(
            outcome=name, a=latin(answer.a), b=latin(answer.b)
        ),
        subtitle=named(answer.title),
        note=_(
            "{sentence} {replications} of each doctrine at each value, seed {seed}; bars and "
            "grounds: 95 % intervals (paired Student's t, bootstrap)."
        ).format(
            sentence=flip_page.sentence(answer),
            replications=replications(answer.replications),
            seed=answer.seed,
        ),
        option=option,
        height_px=_HEIGHT_PX,
        description=flip_page.sentence(answer),
    )


def _place(point: Point) -> tuple[float, float]:
    """Where a criterion lies: harm, own losses."""
    return point.harm_index.mean or 0.0, point.attacker_losses.mean or 0.0


def labelled(answer: Frontier) -> set[float]:
    """The criteria that are written beside their points: those of the frontier first.

    One that another label would cover is left out.
    """
    places = {point.criterion: _place(point) for point in answer.points}
    widths = [max(axis) - min(axis) or 1.0 for axis in zip(*places.values(), strict=True)]
    ordered = sorted(answer.points, key=lambda point: list(_LOOKS).index(point.standing))
    kept: dict[float, tuple[float, float]] = {}
    for point in ordered:
        x, y = places[point.criterion]
        if all(
            abs(x - other[0]) > _ROOM[0] * widths[0] or abs(y - other[1]) > _ROOM[1] * widths[1]
            for other in kept.values()
        ):
            kept[point.criterion] = (x, y)
    return set(kept)


def _dots(answer: Frontier, standing: str, told: set[float]) -> dict[str, Any]:
    """The points of one standing, each with its criterion beside it where there is room."""
    colour = _LOOKS[standing]
    criteria = frontier_page.criterion_texts(answer)
    return {
        "type": "scatter",
        "name": standing,
        "data": [
            {
                "value": list(_place(point)),
                "name": criteria[point.criterion] if point.criterion in told else "",
            }
            for point in answer.points
            if point.standing == standing
        ],
        "symbol": _SYMBOLS[standing],
        "symbolSize": 11,
        "itemStyle": {"color": colour, "opacity": 1},
        "label": {
            "show": True,
            "formatter": "{b}",
            "position": "right",
            "offset": [0, -9],
            "color": colour,
        },
        "silent": True,
    }


def _spans(point: Point) -> list[dict[str, Any]]:
    """The intervals of a criterion's harm and losses, as lines through its point."""
    x, y = _place(point)
    colour = _LOOKS[point.standing]

    def ends(estimate: Estimate) -> list[float]:
        low, high = estimate.low, estimate.high
        return [] if low is None or high is None else [low, high]

    across, up = ends(point.harm_index), ends(point.attacker_losses)
    return [_span(across, [y, y], colour)] * bool(across) + [_span([x, x], up, colour)] * bool(up)


def _span(xs: list[float], ys: list[float], colour: str) -> dict[str, Any]:
    """A thin line between two places."""
    return {
        "type": "line",
        "data": [list(end) for end in zip(xs, ys, strict=True)],
        "showSymbol": False,
        "lineStyle": {"width": 1.5, "color": colour, "opacity": 0.7},
        "silent": True,
    }


def _lines(answer: Flip) -> dict[str, Any]:
    """No difference, and each flip, as thin lines across the chart."""
    level = {"yAxis": 0, "lineStyle": {"color": PALETTE[3], "type": "solid", "width": 1}}
    flips = [
        {"xAxis": one.value, "lineStyle": {"color": PALETTE[1], "type": "dashed", "width": 2}}
        for one in answer.crossings
    ]
    return {"data": [level, *flips], "symbol": "none", "label": {"show": False}, "silent": True}


def _areas(answer: Flip) -> dict[str, Any]:
    """The interval of each flip as a ground behind the curve."""
    return {
        "data": [
            [{"xAxis": one.low}, {"xAxis": one.high}]
            for one in answer.crossings
            if one.low is not None and one.high is not None
        ],
        "itemStyle": {"color": PALETTE[1], "opacity": 0.18},
        "silent": True,
    }


def _named(text: str, gap: int) -> dict[str, Any]:
    """An axis with its name beside its middle."""
    return {"name": text, "nameLocation": "middle", "nameGap": gap}
