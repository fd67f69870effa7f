"""Bars of what an outcome hangs on, the longest on top, each under the name of its factor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from nobat.show import sensitivity_words as words
from nobat.show.charts import PALETTE, Chart
from nobat.show.language import _, latin, marked, named
from nobat.show.sensitivity import Table
from nobat.show.words import outcome_name
from nobat.study.sensitivity_result import MorrisRow, SobolRow

if TYPE_CHECKING:
    from nobat.study.sensitivity_result import Sensitivity

#: The most factors that the chart has.
MOST_BARS = 15
_TOTAL, _FIRST = PALETTE[0], PALETTE[1]
_WAYS = {
    "up": (marked("raises it"), PALETTE[0]),
    "down": (marked("lowers it"), PALETTE[1]),
    "both": (marked("now one, now the other"), PALETTE[3]),
    "unsure": (marked("which way is not sure"), PALETTE[4]),
    "-": (marked("has no direction"), PALETTE[2]),
}
#: What is no more than luck is grey, wherever it may go.
_LUCK = (marked("no more than luck"), "#8b949e")
_LINE_PX, _LONGEST = 24, 38
_NAME_STYLE = {
    "name": {"fontSize": 13, "fontWeight": "bold"},
    # Bold letters may be wider than is reckoned: the figure keeps its distance.
    "value": {"fontSize": 12, "padding": [0, 0, 0, 12]},
}


class _Line(NamedTuple):
    """One line of the chart: a heading, or a bar with its interval."""

    heading: str = ""
    length: float | None = None
    ends: tuple[float, float] | None = None
    colour: str = ""


def sensitivity_chart(answer: Sensitivity) -> Chart:
    """First and total indices, or sizes of effects, as bars with their 95 % intervals."""
    rows = answer.rows[:MOST_BARS]
    lines = [line for row in rows for line in _lines(answer, row)]
    spans = [_span(place, line) for place, line in enumerate(lines) if line.ends is not None]
    option = {
        "animation": False,
        "grid": {
            "left": 4, "right": 28, "top": 4, "bottom": 4,
            "outerBoundsMode": "same", "outerBoundsContain": "all",
        },
        "xAxis": {
            "type": "value", "min": 0, "name": _axis(answer), "nameLocation": "middle",
            "nameGap": 28,
        },
        "yAxis": {
            "type": "category",
            "data": [line.heading for line in lines],
            "inverse": True,
            "axisTick": {"show": False},
            "axisLabel": {"inside": True, "interval": 0, "margin": 2, "rich": _NAME_STYLE},
            "z": 3,
        },
        "series": [_bars(lines), *spans],
    }  # fmt: skip
    return Chart(
        title=_title(answer),
        subtitle=named(answer.title),
        note=f"{words.sentence(answer)} {' '.join(Table(answer).notes()[1:])} {_left(answer)}",
        option=option,
        height_px=60 + _LINE_PX * len(lines),
        description=words.sentence(answer),
        legend=_legend(answer),
    )


def _lines(answer: Sensitivity, row: SobolRow | MorrisRow) -> list[_Line]:
    """The lines of one factor: its heading, then a bar or two."""
    if isinstance(row, SobolRow):
        heading = _heading(row.factor.path, words.index_text(row.total))
        both = ((row.total, _TOTAL), (row.first, _FIRST))
        bars = [
            _Line("", max(one.value or 0.0, 0.0), _ends(one.low, one.high), colour)
            for one, colour in both
        ]
        return [_Line(heading), *bars]
    star = words.scaled(answer, row.mu_star)
    heading = _heading(row.factor.path, words.own_text(answer, row.mu_star))
    colour = _look(row)[1]
    return [_Line(heading), _Line("", star.mean or 0.0, _ends(star.low, star.high), colour)]


def _heading(path: str, text: str) -> str:
    """A factor's path with its figure; the beginning of a very long one is cut."""
    short = path if len(path) <= _LONGEST else "…" + path[1 - _LONGEST :]
    # `[` in a path ends no style; braces do not occur in one.
    return f"{{name|{short}}}  {{value|{text}}}"


def _ends(low: float | None, high: float | None) -> tuple[float, float] | None:
    """The interval as far as it lies on the chart, which begins at 0; None where there is none."""
    if low is None or high is None or high <= 0:
        return None
    return max(low, 0.0), high


def _bars(lines: list[_Line]) -> dict[str, Any]:
    """All bars as one series."""
    data = [
        None if line.length is None else {"value": line.length, "itemStyle": {"color": line.colour}}
        for line in lines
    ]
    return {"type": "bar", "data": data, "barWidth": "62%", "silent": True}


def _span(place: int, line: _Line) -> dict[str, Any]:
    """The interval of a bar: a thin line with caps."""
    assert line.ends is not None, "the caller has looked"
    caps = [{"value": [x, place], "symbol": "rect", "symbolSize": [2, 9]} for x in line.ends]
    return {
        "type": "line",
        "data": caps,
        "lineStyle": {"width": 1.5, "color": PALETTE[3]},
        "itemStyle": {"color": PALETTE[3]},
        "silent": True,
        "z": 4,
    }


def _axis(answer: Sensitivity) -> str:
    """What the bars measure."""
    if answer.method == "sobol":
        return _("part of the variance")
    unit = words.unit_text(answer).strip()
    if not unit:
        return _("mu* over the whole range")
    return _("mu*, {unit} over the whole range").format(unit=unit)


def _title(answer: Sensitivity) -> str:
    """The outcome and whose it is."""
    text = _("What {outcome} hangs on: {doctrine}")
    if answer.against is not None:
        text = _("What {outcome} hangs on: {doctrine} minus {against}")
    return text.format(
        outcome=outcome_name(answer.outcome.name),
        doctrine=latin(answer.doctrine),
        against=latin(answer.against or ""),
    )


def _left(answer: Sensitivity) -> str:
    """How many factors the chart leaves out, if any."""
    left = len(answer.rows) - MOST_BARS
    if left <= 0:
        return ""
    return _("Not drawn: {n} factors with less.").format(n=f"{left:,}")


def _legend(answer: Sensitivity) -> tuple[tuple[str, str, str], ...]:
    """What the colours say."""
    if answer.method == "sobol":
        return (
            (_("total: has a hand in"), _TOTAL, "solid"),
            (_("first: makes alone"), _FIRST, "solid"),
        )
    there = {_look(row) for row in answer.rows[:MOST_BARS] if isinstance(row, MorrisRow)}
    looks = (*_WAYS.values(), _LUCK)
    return tuple((_(text), colour, "solid") for text, colour in looks if (text, colour) in there)


def _look(row: MorrisRow) -> tuple[str, str]:
    """What is said of a bar's colour, and the colour."""
    return _LUCK if row.beyond_luck is False else _WAYS[words.way(row)]
