"""The chart of a sweep: an outcome along what was varied, a panel for each factor."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from nobat.scenario.words import shown
from nobat.show import sweep as page
from nobat.show.charts import Chart, look
from nobat.show.language import _, joined, latin, many, named
from nobat.show.stated import BARE
from nobat.show.words import as_heading, days, outcome_label
from nobat.study.names import outcome_named
from nobat.study.sweep_effects import Stop, along

if TYPE_CHECKING:
    from nobat.model.outcome import Outcome
    from nobat.study.factors import Factor
    from nobat.study.swept import Sweep

#: The most factors that have a panel.
MOST_PANELS = 8
#: A panel alone, one of several, the room for the name of its axis, that between two.
_ALONE_PX, _PANEL_PX, _NAME_PX, _GAP_PX = 380, 200, 28, 8
#: What stands below a panel: its numbers, and the name of its axis.
_BELOW_PX = 56
_BAND_OPACITY = 0.13
#: About how many steps the axis of the outcome has, and which of them are round.
_STEPS, _ROUND = 4, (1.0, 2.0, 2.5, 5.0, 10.0)
#: The labels of an axis: what a letter takes, and the room beside them.
_LETTER_PX, _BESIDE_PX = 7, 14

#: Of each factor, the stops along it of each doctrine.
Curves = list[list[tuple[Stop, ...]]]


def sweep_chart(answer: Sweep, outcome: str) -> Chart:
    """An outcome along each factor, a line with its 95 % band for each doctrine.

    outcome: its name, or the key of its estimate. Raises UnknownNameError (a KeyError), with the
    nearest name, for another.
    """
    wanted = outcome_named(outcome)
    factors = answer.factors[:MOST_PANELS]
    curves: Curves = [[along(answer, f, d, wanted) for d in answer.doctrines] for f in factors]
    height = _ALONE_PX if len(factors) == 1 else _PANEL_PX
    up = _up(wanted, curves)
    left = _BESIDE_PX + _LETTER_PX * max(len(f"{up[end]:,.6g}") for end in ("min", "max"))
    tops = [place * (height + _GAP_PX) for place in range(len(factors))]
    option = {
        "animation": False,
        "grid": [
            {"left": left, "right": 28, "top": top + 8, "height": height - _BELOW_PX}
            for top in tops
        ],
        "xAxis": [_across(place, factor) for place, factor in enumerate(factors)],
        "yAxis": [{"type": "value", "gridIndex": place, **up} for place in range(len(factors))],
        "series": [
            one
            for place, (factor, lines) in enumerate(zip(factors, curves, strict=True))
            for one in _panel(place, factor, lines, wanted)
        ],
    }
    return Chart(
        title=_title(wanted, factors),
        subtitle=named(answer.scenario.title),
        note=_note(answer, wanted),
        option=option,
        height_px=tops[-1] + height,
        description=f"{page.sentence(answer)} {_in_words(answer, wanted, curves)}",
        legend=tuple((latin(name), *look(place)) for place, name in enumerate(answer.doctrines)),
    )


def _across(place: int, factor: Factor) -> dict[str, Any]:
    """A factor's axis: its values by name where they are words, else numbers."""
    name = latin(factor.path)
    if factor.unit not in ("", *BARE):
        name = _("{number}, {unit}").format(number=name, unit=_(factor.unit))
    common = {
        "gridIndex": place,
        "name": name,
        "nameLocation": "middle",
        "nameGap": _NAME_PX,
    }
    if _by_name(factor):
        names = [_level(level) for level in factor.levels or ()]
        return {"type": "category", "data": names, "axisLabel": {"interval": 0}, **common}
    low, high = _ends(factor)
    return {"type": "value", "min": low, "max": high, **common}


def _by_name(factor: Factor) -> bool:
    """Whether values stand side by side: words, and a number that has a single one."""
    return factor.kind is None or (factor.levels is not None and len(factor.levels) == 1)


def _level(level: object) -> str:
    """A value as it stands below its place."""
    return level if isinstance(level, str) else shown(level)


def _ends(factor: Factor) -> tuple[float, float]:
    """The ends of a number's axis."""
    given = [float(level) for level in factor.levels or () if not isinstance(level, str)]
    return (min(given), max(given)) if given else (factor.low or 0.0, factor.high or 0.0)


def _scale(outcome: Outcome) -> float:
    """Shares are shown in percent."""
    return 100.0 if outcome.kind == "share" else 1.0


def _span(stop: Stop, outcome: Outcome) -> tuple[float, float, float]:
    """A stop's low end, mean and high end as they are drawn; all alike where no end is known."""
    one, scale = stop.estimate, _scale(outcome)
    middle = scale * (one.mean or 0.0)
    if one.low is None or one.high is None:
        return middle, middle, middle
    low, high = scale * one.low, scale * one.high
    # Student's interval of a mean of shares knows nothing of their ends.
    return (max(low, 0.0), middle, min(high, scale)) if scale > 1 else (low, middle, high)


def _up(outcome: Outcome, curves: Curves) -> dict[str, float]:
    """The axis of the outcome: the same in all panels, so that they can be compared.

    Round ends around all bands. A band may dip below 0 where the outcome cannot.
    """
    if outcome.kind == "share":
        return {"min": 0, "max": 100, "interval": 25}
    spans = [_span(stop, outcome) for panel in curves for line in panel for stop in line]
    low = min((one[0] for one in spans), default=0.0)
    high = max((one[2] for one in spans), default=1.0)
    if all(middle >= 0 for _, middle, _ in spans):
        low = max(low, 0.0)
    rough = (high - low or 1.0) / _STEPS
    power = 10.0 ** math.floor(math.log10(rough))
    step = power * next(one for one in _ROUND if one * power >= rough * (1 - 1e-9))
    below, above = math.floor(low / step), math.ceil(high / step)
    return {"min": below * step, "max": max(above, below + 1) * step, "interval": step}


def _panel(
    place: int, factor: Factor, lines: Sequence[Sequence[Stop]], outcome: Outcome
) -> Iterator[dict[str, Any]]:
    """The bands of all doctrines, then their lines on top."""
    common = {"type": "line", "xAxisIndex": place, "yAxisIndex": place, "silent": True}
    for number, stops in enumerate(lines):
        ats, spans = _ats(factor, stops), [_span(stop, outcome) for stop in stops]
        ends = [low for low, _, _ in spans], [high - low for low, _, high in spans]
        # The lower end is not seen, and the width of the band is stacked on it.
        for heights, opacity in zip(ends, (0.0, _BAND_OPACITY), strict=True):
            yield {
                **common,
                "stack": f"{place}-{number}",
                "stackStrategy": "all",
                "data": [[x, y] for x, y in zip(ats, heights, strict=True)],
                "showSymbol": False,
                "lineStyle": {"width": 0},
                "areaStyle": {"color": look(number)[0], "opacity": opacity},
            }
    for number, stops in enumerate(lines):
        colour, dashes = look(number)
        means = [_span(stop, outcome)[1] for stop in stops]
        yield {
            **common,
            "data": [[x, y] for x, y in zip(_ats(factor, stops), means, strict=True)],
            "symbol": "circle",
            "symbolSize": 5,
            "lineStyle": {"width": 2, "type": dashes, "color": colour},
            "itemStyle": {"color": colour},
            "z": 3,
        }


def _ats(factor: Factor, stops: Sequence[Stop]) -> list[float | str]:
    """Where stops lie on their axis: numbers, or the names of values."""
    if _by_name(factor):
        return [_level(stop.at) for stop in stops]
    return [float(stop.at) for stop in stops]


def _title(outcome: Outcome, factors: Sequence[Factor]) -> str:
    """The outcome with its unit, and what it is drawn against."""
    unit = "%" if outcome.kind == "share" else outcome.unit
    label = as_heading(outcome_label(outcome.name))
    if unit != "1":
        label = _("{outcome} ({unit})").format(outcome=label, unit=_(unit))
    if len(factors) == 1:
        text = _("{outcome} against {path}")
        return text.format(outcome=label, path=latin(factors[0].path))
    text = _("{outcome} against each of {n} factors")
    return text.format(outcome=label, n=len(factors))


def _note(answer: Sweep, outcome: Outcome) -> str:
    """What was run, what the lines and the bands are, and what is not drawn."""
    known = {
        "name": latin(outcome.name),
        "meaning": _(outcome.meaning),
        "days": days(answer.scenario.run.horizon_d),
        "points": page.points_text(len(answer)),
        "each": page.each_text(answer),
        "seed": answer.folder.manifest.seed,
    }
    told = [
        _("{name}: {meaning}, within {days}."),
        _("{points}, {each} at each, seed {seed}."),
        _bands(answer, outcome),
    ]
    found = [text.format(**known) for text in told]
    left = len(answer.factors) - MOST_PANELS
    if left > 0:
        found.append(
            many(
                left,
                "Not drawn: {n} factor more, the last that were named.",
                "Not drawn: {n} factors more, the last that were named.",
            )
        )
    return " ".join(found)


def _bands(answer: Sweep, outcome: Outcome) -> str:
    """What the lines and the bands are."""
    if len(answer) == 1:
        return _("One point is no line: the table has its intervals.")
    if len(answer.factors) > 1:
        return _(
            "Lines: the mean over the points at a value of the factor, or near it where there are "
            "many values; the other factors vary there. Bands: 95 % intervals of that mean "
            "(Student's t)."
        )
    if outcome.kind == "share":
        return _("Bands: 95 % intervals (Wilson), which are of luck.")
    return _("Bands: 95 % intervals (Student's t), which are of luck.")


def _in_words(answer: Sweep, outcome: Outcome, curves: Curves) -> str:
    """Where each line begins and ends, for those who hear the chart."""
    way, text = _("{name} from {first} to {last}"), _("Along {path}: {ways}.")
    found = []
    for factor, panel in zip(answer.factors, curves, strict=False):
        ways = [
            way.format(
                name=latin(name),
                first=f"{_span(stops[0], outcome)[1]:.4g}",
                last=f"{_span(stops[-1], outcome)[1]:.4g}",
            )
            for name, stops in zip(answer.doctrines, panel, strict=True)
            if stops
        ]
        if ways:
            found.append(text.format(path=latin(factor.path), ways=joined(ways)))
    return " ".join(found)
