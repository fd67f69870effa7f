"""The chart of the way home: nights away from home against missed infiltrators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nobat.show.charts import PALETTE, Chart
from nobat.show.homecoming import policy_text, sentence
from nobat.show.language import _, latin, named
from nobat.show.words import replications

if TYPE_CHECKING:
    from nobat.study.way_home import Point, WayHome

_HEIGHT_PX = 460
_ON, _OFF, _OWN = PALETTE[0], PALETTE[3], PALETTE[1]
_GRID = {
    "left": 4, "right": 28, "top": 20, "bottom": 4,
    "outerBoundsMode": "same", "outerBoundsContain": "all",
}  # fmt: skip
_THOUSAND = 1000.0
#: A dot is as wide as its lanes: so many px for the first, and for each twofold number.
_SMALLEST_PX, _TWOFOLD_PX = 7, 4


def chart(answer: WayHome) -> Chart:
    """A dot for each policy: wider with more lanes, filled on the frontier, the own one marked."""
    on = [p for p in answer.on_frontier if p.policy != answer.own]
    off = [p for p in answer.points if p.standing != "frontier" and p.policy != answer.own]
    option = {
        "animation": False,
        "grid": _GRID,
        "xAxis": {"type": "value", "scale": True, **_axis(_("nights away from home, 1,000"), 28)},
        "yAxis": {"type": "value", "min": 0, **_axis(_("infiltrators missed"), 44)},
        "tooltip": {"trigger": "item", "confine": True, "formatter": "{b}"},
        "series": [
            _dots(_("beaten"), off, _OFF, "emptyCircle"),
            _dots(_("on the frontier"), on, _ON, "circle"),
            _dots(_("the scenario's own"), [answer.own_point], _OWN, "diamond"),
        ],
    }
    return Chart(
        title=_("Nights away from home against missed infiltrators"),
        subtitle=named(answer.title),
        note=_(
            "Each dot is a policy, wider with more lanes, after campaigns under {doctrine}: "
            "{count}, seed {seed}. On the frontier no other has fewer nights away, deaths of cold, "
            "missed infiltrators and persons hit, with no more lanes; the chart shows two of these "
            "five."
        ).format(
            doctrine=latin(answer.doctrine),
            count=replications(answer.replications),
            seed=answer.seed,
        ),
        option=option,
        height_px=_HEIGHT_PX,
        description=sentence(answer),
        legend=(
            (_("on the frontier"), _ON, "solid"),
            (_("beaten"), _OFF, "solid"),
            (_("the scenario's own"), _OWN, "solid"),
        ),
    )


def _dots(name: str, points: list[Point], colour: str, symbol: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "name": name,
        "data": [
            {
                "value": [
                    (point.estimates["nights_displaced"].mean or 0.0) / _THOUSAND,
                    point.estimates["missed_infiltrators"].mean or 0.0,
                ],
                "name": policy_text(point.policy),
                "symbolSize": _SMALLEST_PX + _TWOFOLD_PX * (point.policy.lanes.bit_length() - 1),
            }
            for point in points
        ],
        "symbol": symbol,
        "itemStyle": {"color": colour, "opacity": 0.9},
    }


def _axis(text: str, gap: int) -> dict[str, Any]:
    """An axis with its name beside its middle."""
    return {"name": text, "nameLocation": "middle", "nameGap": gap}
