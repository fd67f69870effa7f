"""The chart of a `why`: what each mechanism adds to the difference between two doctrines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nobat.show import why as page
from nobat.show import why_amounts as amounts
from nobat.show.charts import PALETTE, Chart
from nobat.show.language import _, latin, named
from nobat.show.words import outcome_name, replications

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
    rows = [(_(page.NAMES[one.mechanism]), one.share) for one in answer.shares if one.in_scenario]
    rows.append((_("in all"), answer.difference))
    bars = [_bar(answer, found) for _name, found in rows]
    spans = [
        span
        for place, (_name, found) in enumerate(rows)
        if (span := _span(amounts.scaled(answer.outcome, found), place)) is not None
    ]
    unit = amounts.unit_text(answer.outcome).strip()
    of = outcome_name(answer.outcome.name)
    option = {
        "animation": False,
        "grid": {
            "left": 4, "right": 28, "top": 4, "bottom": 4,
            "outerBoundsMode": "same", "outerBoundsContain": "all",
        },
        "xAxis": {
            "type": "value", "nameLocation": "middle", "nameGap": 28,
            "name": _("{number}, {unit}").format(number=of, unit=unit) if unit else of,
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
    return Chart(
        title=_("{outcome}: {a} minus {b}, by mechanism").format(
            outcome=of, a=latin(answer.a), b=latin(answer.b)
        ),
        subtitle=named(answer.title),
        note=_note(answer),
        option=option,
        height_px=60 + _ROW_PX * len(rows),
        description=page.sentence(answer),
    )


def _note(answer: Why) -> str:
    """The answer, and what the bars are."""
    adds = _("Shapley shares: they add up to the difference.")
    how = _("Mean field: one course of each mix.")
    if answer.drawn:
        how = _(
            "{replications} of each of {mixes} mixes, seed {seed}; lines: 95 % intervals "
            "(Student's t)."
        ).format(
            replications=replications(answer.replications),
            mixes=len(answer.mixes),
            seed=answer.seed,
        )
    return f"{page.sentence(answer)} {adds} {how}"


def _bar(answer: Why, found: Estimate) -> dict[str, Any]:
    """A bar from 0: one colour for what makes the difference, one for what goes against it."""
    value = amounts.scaled(answer.outcome, found).mean or 0.0
    gap = answer.difference.mean or 0.0
    colour = _FOR if value * gap >= 0 else _AGAINST
    return {"value": value, "itemStyle": {"color": _ALL if found is answer.difference else colour}}


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
    return f"{{name|{name}}}\n{{value|{amounts.amount(answer, found, sign=True)}}}"
