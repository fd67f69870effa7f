"""Charts of a comparison: one ECharts option builder for each, and a page that shows it offline.

An option says what is drawn and in which colours the doctrines are told apart; text and
background follow the reader's light or dark setting and are left to the page.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nobat.model.outcome import Outcome
from nobat.show.language import _, joined, language, latin, marked, named, parts, shaped
from nobat.show.numbers import NOTHING, mean_text, places_for, share_text
from nobat.show.words import as_heading, outcome_label, what_was_run, within
from nobat.study.names import key, outcome_named

if TYPE_CHECKING:
    from nobat.study.comparison import Comparison
    from nobat.study.estimates import Estimate

#: The vendored library: its licence lies beside it.
ECHARTS = "6.1.0"

#: After Okabe and Ito (2008), for readers who see colours differently; made lighter or darker until
#: each stands out 3 to 1 from the light and from the dark ground.
PALETTE = ("#1f83cc", "#c98500", "#009e73", "#c4689b", "#8a63d2", "#c2572b")
#: A row of the interval chart is headed by the doctrine's name and its estimate.
_ROW_STYLE = {
    "name": {"fontSize": 14, "fontWeight": "bold", "align": "right", "lineHeight": 20},
    "value": {"fontSize": 12, "align": "right", "lineHeight": 18},
}
_BY_DAY = marked("Share of all replications in which it was secured by that day.")
_EXACTLY = marked("Chance of having secured it by that day.")
_IN_COURSE = marked("Whether it was secured by that day, in the one course there is.")
_DASHES = ("solid", "dashed", "dotted")
_LEGEND_PX = 26

_ROW_PX = 60
_CURVE_PX = 420
_POINTS = 120
_LONGEST = 20


@dataclass(frozen=True)
class Chart:
    """A chart: an ECharts option with its heading, and the page around it.

    height_px: the height it was drawn for. description: what it shows, for those who hear it.
    legend: name, colour and dashes of each curve; empty where rows have headings of their own.
    code: of the language that its texts are in: the one that was spoken when it was made.
    """

    title: str
    subtitle: str
    note: str
    option: Mapping[str, Any]
    height_px: int
    description: str
    legend: tuple[tuple[str, str, str], ...] = ()
    code: str = field(default_factory=lambda: language().code)

    def html(self) -> str:
        """A self-contained page: no network, light or dark as the reader has it."""
        from nobat.show.chart_page import page

        return page(self)

    def svg(self) -> str:
        """The chart as SVG, with its heading and its note: letters stay letters."""
        from nobat.show.picture import svg

        return svg(self)

    def png(self) -> bytes:
        """The chart as PNG, 1,600 dots wide: the same bytes on every machine."""
        from nobat.show.picture import png

        return png(self)

    def save(self, path: str | Path) -> Path:
        """Write it to a file: a page, SVG or PNG, as the name ends (`.html`, `.svg`, `.png`).

        Gives the path; ValueError for another ending, OSError if it cannot be written.
        """
        from nobat.show.picture import save

        return save(self, path)

    def _repr_html_(self) -> str:
        """What a notebook shows: the page in a frame of its own."""
        page = html.escape(self.html(), quote=True)
        height = self.height_px + 190 + _LEGEND_PX * ((len(self.legend) + 1) // 2)
        return (
            f'<iframe srcdoc="{page}" title="{html.escape(shaped(self.title))}" '
            f'style="width:100%;max-width:60rem;height:{height}px;border:0"></iframe>'
        )

    def __repr__(self) -> str:
        """Short: the heading."""
        return f"<Chart {self.title}>"


def chart(comparison: Comparison, outcome: str) -> Chart:
    """The chart of an outcome: curves for `day_secured`, intervals for any other.

    outcome: its name, or the key of its estimate. Raises UnknownNameError (a KeyError), with the
    nearest name, for another.
    """
    wanted = outcome_named(outcome)
    return curves(comparison) if wanted.name == "day_secured" else intervals(comparison, wanted)


def intervals(comparison: Comparison, outcome: Outcome) -> Chart:
    """Each doctrine's share or mean as a point with its 95 % interval."""
    name = key(outcome.name, outcome.kind)
    found = [one[name] for one in comparison.doctrines]
    names = [one.name for one in comparison.doctrines]
    texts = _texts(found, outcome)
    scale = 100.0 if outcome.kind == "share" else 1.0
    series = [
        _interval(place, names[place], estimate, scale)
        for place, estimate in enumerate(found)
        if estimate.mean is not None
    ]
    axis = {"min": 0, "max": 100} if outcome.kind == "share" else {"scale": True}
    of_all = _("% of replications") if comparison.drawn else "%"
    unit = of_all if outcome.kind == "share" else _unit(outcome)
    option = {
        "color": list(PALETTE),
        "animation": False,
        "grid": {"left": 4, "right": 28, "top": 4, "bottom": 30, "containLabel": True},
        "xAxis": {"type": "value", "boundaryGap": ["15%", "15%"], **axis, **_named(unit)},
        "yAxis": {
            "type": "category",
            "data": [_row(n, t) for n, t in zip(names, texts, strict=True)],
            "inverse": True,
            "axisTick": {"show": False},
            "axisLine": {"show": False},
            "axisLabel": {"rich": _ROW_STYLE},
        },
        "series": series,
    }
    bars = _("Bars: 95 % intervals (Student's t).")
    if outcome.kind == "share":
        bars = _("Bars: 95 % intervals (Wilson).")
    note = _("{meaning}.").format(meaning=_meaning(comparison, outcome))
    notes = (
        note, what_was_run(comparison), bars if comparison.drawn else "", _over(comparison, name)
    )  # fmt: skip
    label = outcome_label(outcome.name)
    each = (f"{latin(n)} {text}" for n, text in zip(names, texts, strict=True))
    return Chart(
        title=_("{outcome}, by doctrine").format(outcome=as_heading(label)),
        subtitle=named(comparison.title),
        note=" ".join(filter(None, notes)),
        option=option,
        height_px=50 + _ROW_PX * len(names),
        description=_("{outcome} by doctrine: {each}").format(outcome=label, each=parts(each)),
    )


def curves(comparison: Comparison) -> Chart:
    """The chance of having secured the place by each day, one curve per doctrine."""
    import numpy as np

    days = np.linspace(0, comparison.horizon_d, _POINTS + 1)
    series = []
    for place, one in enumerate(comparison.doctrines):
        chance = 100 * comparison.secured_by(one.name, days)
        points = np.column_stack([days.round(3), chance.round(4)]).tolist()
        series.append(_curve(place, one.name, points))
    per_cent = _("{number} %").format(number="{value}")
    option = {
        "color": list(PALETTE),
        "animation": False,
        "tooltip": {"trigger": "axis", "confine": True},
        "grid": {"left": 4, "right": 20, "top": 10, "bottom": 30, "containLabel": True},
        "xAxis": {"type": "value", "min": 0, "max": comparison.horizon_d, **_named(_("day"))},
        "yAxis": {"type": "value", "min": 0, "max": 100, "axisLabel": {"formatter": per_cent}},
        "series": series,
    }
    finals = joined(
        f"{latin(one.name)} {share_text(one['p_secured'])}" for one in comparison.doctrines
    )
    return Chart(
        title=_("Chance of having secured the place, by day"),
        subtitle=named(comparison.title),
        note=f"{_by_day(comparison)} {what_was_run(comparison)}",
        option=option,
        height_px=_CURVE_PX,
        description=_("Cumulative chance by day; at the end: {finals}").format(finals=finals),
        legend=tuple(
            (latin(one.name), *look(place)) for place, one in enumerate(comparison.doctrines)
        ),
    )


def _by_day(comparison: Comparison) -> str:
    """What the curves show."""
    if comparison.drawn:
        return _(_BY_DAY)
    return _(_EXACTLY if comparison.by_chance else _IN_COURSE)


def _interval(place: int, name: str, estimate: Estimate, scale: float) -> dict[str, Any]:
    """One doctrine's interval: a thick line from low to high with a dot at the estimate."""
    mean, low, high = estimate.mean, estimate.low, estimate.high
    dot = {
        "value": [scale * (mean or 0.0), place],
        "symbol": "circle",
        "symbolSize": 10,
    }
    ends = [] if low is None or high is None else [scale * low, scale * high]
    caps = [{"value": [x, place], "symbol": "rect", "symbolSize": [2, 14]} for x in ends]
    return {
        "type": "line",
        "name": name,
        "data": [caps[0], dot, caps[1]] if caps else [dot],
        "lineStyle": {"width": 3},
        "itemStyle": {"color": PALETTE[place % len(PALETTE)]},
        "silent": True,
    }


def _row(name: str, text: str) -> str:
    """The heading of a row, in the marks of `_ROW_STYLE`; a very long name is cut."""
    short = name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"
    return f"{{name|{short}}}\n{{value|{text}}}"


def _curve(place: int, name: str, points: list[list[float]]) -> dict[str, Any]:
    """One doctrine's curve; its dashes change when the colours have all been used."""
    return {
        "type": "line",
        "name": name,
        "data": points,
        "showSymbol": False,
        "lineStyle": {"width": 2.5, "type": look(place)[1]},
    }


def look(place: int) -> tuple[str, str]:
    """The colour and the dashes of a curve."""
    return PALETTE[place % len(PALETTE)], _DASHES[place // len(PALETTE) % len(_DASHES)]


def _meaning(comparison: Comparison, outcome: Outcome) -> str:
    """What an outcome is; the chance of an ending hangs on the horizon, and says so."""
    meaning = as_heading(_(outcome.meaning))
    if outcome.name not in ("secured", "abandoned"):
        return meaning
    return _("{meaning}, {within}").format(meaning=meaning, within=within(comparison))


def _over(comparison: Comparison, name: str) -> str:
    """Over how many replications each mean is, where they are not all of them."""
    counts = {one.name: one[name].n for one in comparison.doctrines}
    if not comparison.drawn or min(counts.values()) == comparison.replications:
        return ""
    over = joined(f"{latin(name)} {n:,}" for name, n in counts.items())
    return _("Means over the replications that have one: {counts}.").format(counts=over)


def _unit(outcome: Outcome) -> str:
    """What an axis of means counts."""
    return outcome.unit if outcome.unit.isdecimal() else _(outcome.unit)


def _named(unit: str) -> dict[str, Any]:
    """An axis with its unit written below its middle."""
    return {"name": unit, "nameLocation": "middle", "nameGap": 28}


def _texts(found: list[Estimate], outcome: Outcome) -> list[str]:
    """The estimates as text, with the same decimals."""
    if outcome.kind == "share":
        return [share_text(estimate) for estimate in found]
    places = places_for(found)
    return [mean_text(one, places) if one.mean is not None else NOTHING for one in found]


@cache
def library() -> str:
    """The vendored ECharts."""
    static = files("nobat.show") / "static" / "echarts"
    return (static / "echarts.common.min.js").read_text(encoding="utf-8")
