"""The chart of what taking the place costs: own losses against harm, a point for each doctrine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nobat.show.charts import Chart, look
from nobat.show.language import _, latin, parts
from nobat.show.numbers import mean_text, places_for

if TYPE_CHECKING:
    from nobat.study.comparison import Comparison, DoctrineResult

_HEIGHT_PX = 340
_GRID = {
    "left": 4, "right": 24, "top": 18, "bottom": 4,
    "outerBoundsMode": "same", "outerBoundsContain": "all",
}  # fmt: skip


def harm_chart(comparison: Comparison) -> Chart:
    """Own losses against harm to residents: each doctrine a point with both 95 % intervals."""
    results = comparison.doctrines
    places = [
        places_for([one[key] for one in results]) for key in ("attacker_losses", "harm_index")
    ]
    texts = parts(
        _("{doctrine}: {losses} own losses, harm {harm}").format(
            doctrine=latin(one.name),
            losses=mean_text(one["attacker_losses"], places[0]),
            harm=mean_text(one["harm_index"], places[1]),
        )
        for one in results
    )
    return Chart(
        title=_("Own losses against harm to residents"),
        subtitle="",
        note=_(
            "Each doctrine, means of whole campaigns with 95 % intervals (Student's t), however "
            "they ended. Harm is an index of false engagements, not a count of people."
        ),
        option={
            "animation": False,
            "grid": _GRID,
            "tooltip": {"trigger": "item", "confine": True, "formatter": "{b}"},
            "xAxis": {
                "type": "value",
                "min": 0,
                "boundaryGap": [0, "25%"],
                **_named(_("harm index"), 26),
            },
            "yAxis": {"type": "value", "scale": True, **_named(_("own losses, persons"), 48)},
            "series": [
                series for place, one in enumerate(results) for series in _point(place, one)
            ],
        },
        height_px=_HEIGHT_PX,
        description=texts,
        legend=tuple(
            (latin(one.name), look(place)[0], "solid") for place, one in enumerate(results)
        ),
    )


def _point(place: int, one: DoctrineResult) -> list[dict[str, Any]]:
    """A doctrine's point, and its intervals as lines through it."""
    harm, losses = one["harm_index"], one["attacker_losses"]
    x, y, colour = harm.mean or 0.0, losses.mean or 0.0, look(place)[0]
    spans = []
    if harm.low is not None and harm.high is not None:
        spans.append([[harm.low, y], [harm.high, y]])
    if losses.low is not None and losses.high is not None:
        spans.append([[x, losses.low], [x, losses.high]])
    lines = [
        {
            "type": "line",
            "data": span,
            "showSymbol": False,
            "silent": True,
            "lineStyle": {"width": 2, "color": colour},
        }
        for span in spans
    ]
    dot = {
        "type": "scatter",
        "name": one.name,
        "data": [{"value": [x, y], "name": one.name}],
        "symbolSize": 12,
        "itemStyle": {"color": colour, "opacity": 1},
        "label": {
            "show": True,
            "formatter": "{b}",
            "position": "right",
            "distance": 6,
            "offset": [0, -9],
        },
        "labelLayout": {"hideOverlap": True},
    }
    return [*lines, dot]


def _named(text: str, gap: int) -> dict[str, Any]:
    """An axis with its name beside its middle."""
    return {"name": text, "nameLocation": "middle", "nameGap": gap}
