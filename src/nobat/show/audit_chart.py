"""A chart of an audit: for each claim the share of settings in which what is tested holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nobat.account.verdict import CLEARLY, RATHER
from nobat.show.charts import PALETTE, Chart
from nobat.show.language import _, latin, named, parts
from nobat.show.numbers import share_text

if TYPE_CHECKING:
    from nobat.account.audited import Answer, Audit

_ROW_PX = 44
_MARGIN_PX = 90
_DOT_PX = 11
#: Stands out from light and from dark ground.
_GREY = "#888888"


def audit_chart(audit: Audit) -> Chart:
    """Dots with intervals, a row for each claim that the settings have a say in.

    Lines mark where the words begin; under each claim's id stands its verdict.
    """
    from nobat.show.audit_words import estimate, summary

    there = [one for one in audit if one.share is not None and one.share.share is not None]
    rows = [_row(one) for one in there]
    option: dict[str, Any] = {
        "animation": False,
        "aria": {"enabled": True},
        "grid": {"left": 128, "right": 24, "top": 24, "bottom": 48},
        "xAxis": {
            "type": "value", "min": 0, "max": 100, "name": _("% of settings"),
            "nameLocation": "middle", "nameGap": 28,
        },
        "yAxis": {
            "type": "category", "inverse": True, "data": [row["name"] for row in rows],
            "axisTick": {"show": False}, "axisLabel": {"interval": 0, "lineHeight": 16},
        },
        "series": [*_whiskers(rows), _dots(rows)],
    }  # fmt: skip
    told = parts(
        _("{claim} {verdict}, {share}").format(
            claim=latin(one.claim.id),
            verdict=_(one.verdict),
            share=share_text(estimate(one.share)),
        )
        for one in there
        if one.share is not None
    )
    return Chart(
        title=_("{scenario}: how the claims stand").format(scenario=named(audit.scenario.title)),
        subtitle=summary(audit),
        note=_(
            "Share of {settings} settings in which what is tested holds, with its 95 % interval; "
            "{quantities} quantities drawn at once. Lines: where the words begin."
        ).format(settings=f"{audit.settings:,}", quantities=audit.quantities),
        option=option,
        height_px=_MARGIN_PX + _ROW_PX * max(1, len(rows)),
        description=told,
    )


def _row(answer: Answer) -> dict[str, Any]:
    """A claim's place and figures, in percent."""
    share = answer.share
    assert share is not None
    ends = [100.0 * (x or 0.0) for x in (share.low, share.share, share.high)]
    return {"name": f"{latin(answer.claim.id)}\n{_(answer.verdict)}", "ends": ends}


def _whiskers(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A line for each interval."""
    style = {"color": PALETTE[0], "width": 3, "opacity": 0.55}
    return [
        {
            "type": "line", "silent": True, "symbol": "none", "lineStyle": style,
            "data": [[row["ends"][0], row["name"]], [row["ends"][2], row["name"]]],
        }
        for row in rows
    ]  # fmt: skip


def _dots(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The shares, and the lines at which the words begin."""
    marks = [100 * x for x in (1 - CLEARLY, 1 - RATHER, RATHER, CLEARLY)]
    return {
        "type": "scatter", "symbolSize": _DOT_PX, "itemStyle": {"color": PALETTE[0]},
        "data": [[row["ends"][1], row["name"]] for row in rows],
        "markLine": {
            "silent": True, "symbol": "none", "label": {"show": False},
            "lineStyle": {"type": "dotted", "color": _GREY},
            "data": [{"xAxis": mark} for mark in marks],
        },
    }  # fmt: skip
