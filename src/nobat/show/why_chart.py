"""The chart of a `why`: what each mechanism adds to the difference between two doctrines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nobat.engine.runner import counted
from nobat.show import why as page
from nobat.show.charts import PALETTE, Chart

if TYPE_CHECKING:
    from nobat.study.estimates import Estimate
    from nobat.study.why import Why

_ROW_PX = 44
_FOR, _AGAINST, _ALL = PALETTE[0], PALETTE[5], PALETTE[3]
_STYLE = {
    "name": {"fontSize": 14, "fontWeight": "bold", "align": "right", "lineHeight": 18},
    "value": {"fontSize": 12, "align": "right", "lineHeight": 16},
}


def why_chart(answer: Why) -> Chart:
    """The share of each mechanism as a bar from 0 with its interval; the difference below them."""
    rows = [(one.mechanism, one.share) for one in answer.shares if one.in_scenario]
    rows.append(("in all", answer.difference))
    bars = [_bar(answer, name, found) for name, found in rows]
    spans = [
        span
        for place, (_, found) in enumerate(rows)
        if (span := _span(page.scaled(answer, found), place)) is not None
    ]
    unit = page.unit_text(answer).strip()
    of = answer.outcome.name
    option = {
        "animation": False,
        "grid": {
            "left": 4, "right": 28, "top": 4, "bottom": 4,
            "outerBoundsMode": "same", "outerBoundsContain": "all",
        },
        "xAxis": {
            "type": "value", "name": f"{of}, {unit}" if unit else of, "nameLocation": "middle",
            "nameGap": 28,
        },
        "yAxis": {
            "type": "category", "data": [_row(answer, *row) for row in rows], "inverse": True,
            "axisTick": {"show": False}, "axisLine": {"show": False},
            "axisLabel": {"rich": _STYLE},
        },
        "series": [
            {"type": "bar", "data": bars, "barWidth": 14, "silent": True},
            *spans,
        ],
    }  # fmt: skip
    how = "Mean field: one course of each mix."
    if answer.drawn:
        n = counted(answer.replications, "replication")
        how = f"{n} of each of {len(answer.mixes)} mixes, seed {answer.seed}; lines: 95 % intervals"
        how += " (Student's t)."
    return Chart(
        title=f"{of}: {answer.a} minus {answer.b}, by mechanism",
        subtitle=answer.title,
        note=f"{page.sentence(answer)} Shapley shares: they add up to the difference. {how}",
        option=option,
        height_px=60 + _ROW_PX * len(rows),
        description=page.sentence(answer),
    )


def _bar(answer: Why, name: str, found: Estimate) -> dict[str, Any]:
    """A bar from 0: one colour for what makes the difference, one for what goes against it."""
    value = page.scaled(answer, found).mean or 0.0
    gap = answer.difference.mean or 0.0
    colour = _FOR if value * gap >= 0 else _AGAINST
    return {"value": value, "itemStyle": {"color": _ALL if name == "in all" else colour}}


def _span(found: Estimate, place: int) -> dict[str, Any] | None:
    """An interval as a line with an end on either side; None where there is none."""
    if found.low is None or found.high is None or found.low == found.high:
        return None
    ends = [found.low, found.high]
    return {
        "type": "line",
        "data": [{"value": [x, place], "symbol": "rect", "symbolSize": [2, 12]} for x in ends],
        "lineStyle": {"width": 2},
        "color": "#888888",
        "silent": True,
        "z": 3,
    }


def _row(answer: Why, name: str, found: Estimate) -> str:
    """The heading of a row, in the marks of `_STYLE`."""
    return f"{{name|{name}}}\n{{value|{page.amount(answer, found, sign=True)}}}"
