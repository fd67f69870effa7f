"""Charts of days: the band of layers held, and what else goes up and down, one line a doctrine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from nobat.show.charts import Chart, look
from nobat.show.language import _, latin, listed, named, parts
from nobat.show.numbers import number, percent
from nobat.study.courses import MEANS

if TYPE_CHECKING:
    from nobat.study.comparison import Comparison
    from nobat.study.daily import Daily

Floats = NDArray[np.float64]

#: The ends of the bands of layers held: 90 and 50 % of the campaigns lie inside them.
SHARES = (0.05, 0.25, 0.5, 0.75, 0.95)
_BAND_PX, _LINES_PX = 230, 300
_GRID = {
    "left": 4, "right": 16, "top": 12, "bottom": 4,
    "outerBoundsMode": "same", "outerBoundsContain": "all",
}  # fmt: skip
#: Days that a description tells of.
_TOLD = 5


def band_chart(daily: Daily, title: str, place: int) -> Chart:
    """Layers in the attacker's hands by day: the median, and where half and 90 % of them lie.

    title: of the doctrine. place: its place among the doctrines, which gives it its colour.
    """
    colour = look(place)[0]
    low, quarter, median, three_quarters, high = daily.quantiles(SHARES).tolist()
    days = daily.days.tolist()
    option = {
        "animation": False,
        "grid": _GRID,
        "xAxis": {"type": "value", "min": 0, "max": days[-1], **_named(_("day"), 24)},
        "yAxis": {
            "type": "value",
            "min": 0,
            "max": daily.most_layers,
            "minInterval": 1,
            **_named(_("layers held"), 26),
        },
        "series": [
            *_band("90", days, low, high, colour, 0.16),
            *_band("50", days, quarter, three_quarters, colour, 0.28),
            {
                "type": "line",
                "step": "end",
                "name": _("median"),
                "data": _points(days, median),
                "showSymbol": False,
                "silent": True,
                "lineStyle": {"width": 2.5, "color": colour},
            },
        ],
    }
    return Chart(
        title=latin(daily.doctrine),
        subtitle=named(title),
        note=band_note(daily),
        option=option,
        height_px=_BAND_PX,
        description=_band_text(daily),
    )


def band_note(daily: Daily) -> str:
    """What the bands are made of."""
    first = _("{n} replication") if daily.replications == 1 else _("The first {n} replications")
    return _(
        "Line: the median; darker and lighter ground: where half and 90 % of the campaigns lie. "
        "{n} computed again from the run's seed. A campaign that has ended stays where it ended; "
        "there are {layers} layers in all, cores included."
    ).format(
        n=first.format(n=number(daily.replications, 0)),
        layers=number(daily.most_layers, 0),
    )


def _band_text(daily: Daily) -> str:
    """The band in words: some days, each with its median and the 90 %."""
    low, _q, median, _r, high = daily.quantiles(SHARES)
    told = np.linspace(0, daily.days.size - 1, _TOLD + 1).astype(int)[1:]
    days = (
        _("day {day}: {median}, 90 % in {low} to {high}").format(
            day=number(daily.days[k], 0),
            median=number(median[k], 0),
            low=number(low[k], 0),
            high=number(high[k], 0),
        )
        for k in told
    )
    text = _("{doctrine}: layers in the attacker's hands, median. {days}")
    return text.format(doctrine=latin(daily.doctrine), days=parts(days))


def _band(
    name: str, days: list[int], low: list[float], high: list[float], colour: str, opacity: float
) -> list[dict[str, Any]]:
    """A ground between two curves: the lower one unseen, the width of the band stacked on it."""
    common = {
        "type": "line", "step": "end", "stack": name, "showSymbol": False, "silent": True,
        "lineStyle": {"width": 0},
    }  # fmt: skip
    width = [b - a for a, b in zip(low, high, strict=True)]
    return [
        {**common, "data": _points(days, low)},
        {
            **common,
            "data": _points(days, width),
            "areaStyle": {"color": colour, "opacity": opacity},
        },
    ]


def value_chart(
    dailies: Sequence[Daily],
    value: str,
    *,
    title: str,
    note: str,
    unit: str,
    as_share: bool = False,
) -> Chart:
    """A value by day, the mean over the campaigns still going, a curve for each doctrine.

    value: its name in `Daily.values`. as_share: it goes from 0 to 1 and is shown in percent.
    """
    scale, form = (100.0, _percent) if as_share else (1.0, _plain)
    found = [scale * one.mean(value) for one in dailies]
    # A mean over a day stands in the middle of it, what a day ends with at its end.
    back = 0.5 if value in MEANS else 0.0
    axis = {"min": 0, "max": 100} if as_share else {"min": 0}
    option = {
        "animation": False,
        "grid": _GRID,
        "tooltip": {"trigger": "axis", "confine": True},
        "xAxis": {
            "type": "value", "min": 0, "max": int(dailies[0].days[-1]), **_named(_("day"), 24),
        },
        "yAxis": {"type": "value", **axis, **_named(unit, 40)},
        "series": [
            _curve(place, one.doctrine, (one.days - back).tolist(), values)
            for place, (one, values) in enumerate(zip(dailies, found, strict=True))
        ],
    }  # fmt: skip
    return Chart(
        title=title,
        subtitle="",
        note=note,
        option=option,
        height_px=_LINES_PX,
        description=_value_text(title, dailies, found, form, back),
        legend=tuple((latin(one.doctrine), *look(place)) for place, one in enumerate(dailies)),
    )


def _value_text(
    title: str, dailies: Sequence[Daily], found: Sequence[Floats], form: Callable[[float], str],
    back: float,
) -> str:  # fmt: skip
    """The curves in words: where each begins, its lowest and its last day.

    back: by how much the middle of a day lies before its end: such a day has the number before.
    """
    texts = []
    for one, values in zip(dailies, found, strict=True):
        there = np.flatnonzero(~np.isnan(values))
        if not there.size:
            continue
        lowest = there[int(np.argmin(values[there]))]
        day = np.floor(one.days - back).astype(int)
        texts.append(
            _(
                "{doctrine}: {first} on day {day}, lowest {low} on day {low_day}, {last} on day "
                "{last_day}"
            ).format(
                doctrine=latin(one.doctrine),
                first=form(values[there[0]]),
                day=day[there[0]],
                low=form(values[lowest]),
                low_day=day[lowest],
                last=form(values[there[-1]]),
                last_day=day[there[-1]],
            )
        )
    return f"{title}. {parts(texts)}"


def cut_off_chart(comparison: Comparison) -> Chart:
    """The share of all replications in which the city had been cut off by each day."""
    days = np.arange(int(np.ceil(comparison.horizon_d)) + 1)
    found = []
    for one in comparison.doctrines:
        cut = comparison.values(one.name, "isolated_day")
        ordered = np.sort(cut[~np.isnan(cut)])
        found.append(100.0 * np.searchsorted(ordered, days, side="right") / cut.size)
    option = {
        "animation": False,
        "grid": _GRID,
        "tooltip": {"trigger": "axis", "confine": True},
        "xAxis": {
            "type": "value", "min": 0, "max": comparison.horizon_d, **_named(_("day"), 24),
        },
        "yAxis": {
            "type": "value", "min": 0, "max": 100, **_named(_("% of replications"), 40),
        },
        "series": [
            _curve(place, one.name, days.tolist(), values)
            for place, (one, values) in enumerate(zip(comparison.doctrines, found, strict=True))
        ],
    }  # fmt: skip
    finals = parts(
        _("{doctrine}: {share} by the end").format(
            doctrine=latin(one.name), share=percent(values[-1] / 100.0)
        )
        for one, values in zip(comparison.doctrines, found, strict=True)
    )
    return Chart(
        title=_("Cut off from the rear, by day"),
        subtitle="",
        note=" ".join(
            [
                _("Share of all replications in which the city had been cut off by that day."),
                *_coinciding([one.name for one in comparison.doctrines], found),
            ]
        ),
        option=option,
        height_px=_LINES_PX,
        description=finals,
        legend=tuple((latin(one.name), *look(k)) for k, one in enumerate(comparison.doctrines)),
    )


def _coinciding(names: Sequence[str], found: Sequence[Floats]) -> Iterator[str]:
    """Which curves cannot be told apart, because they are the same: a sentence for each such."""
    alike: dict[bytes, list[str]] = {}
    for name, values in zip(names, found, strict=True):
        alike.setdefault(values.tobytes(), []).append(latin(name))
    for same in alike.values():
        if len(same) > 1:
            yield _("The curves of {doctrines} are the same.").format(doctrines=listed(same))


def _curve(place: int, name: str, days: Sequence[float], values: Floats) -> dict[str, Any]:
    """A doctrine's curve; a gap where it has no value."""
    colour, dashes = look(place)
    return {
        "type": "line",
        "name": name,
        "data": _points(days, values.tolist()),
        "showSymbol": False,
        "lineStyle": {"width": 2.25, "color": colour, "type": dashes},
        "itemStyle": {"color": colour},
    }


def _points(days: Sequence[float], values: Sequence[float]) -> list[list[float | None]]:
    """Days and values as points; None where there is none."""
    return [
        [day, None if np.isnan(value) else round(value, 4)]
        for day, value in zip(days, values, strict=True)
    ]


def _named(text: str, gap: int) -> dict[str, Any]:
    """An axis with its name beside its middle."""
    return {"name": text, "nameLocation": "middle", "nameGap": gap}


def _percent(value: float) -> str:
    return percent(value / 100.0)


def _plain(value: float) -> str:
    return number(value, 1)
