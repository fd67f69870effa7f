"""A map of the report as a picture: what the page shows, with its legend, in a drawing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nobat.show import symbols
from nobat.show.charts import Chart
from nobat.show.course_charts import ATTACKER, DEFENDER
from nobat.show.language import right_to_left, shaped
from nobat.show.map_frame import HEIGHT, SYMBOL, WIDTH
from nobat.show.picture import FONTS, INNER_PX
from nobat.show.report.blocks import Map, Sample
from nobat.show.report.environment import code_of, environment

#: The map fills a picture's width.
_MAP_PX = round(HEIGHT * INNER_PX / WIDTH)
#: The legend: how high a row is, what stands before the words and behind them, a letter's width.
_ROW_PX, _BEFORE_PX, _BEHIND_PX, _LETTER_PX = 28, 34, 20, 7.0


def heading(map_: Map, note: str) -> Chart:
    """What stands around the drawing: the map's title, a note, and the map in words."""
    axis = {"type": "value", "show": False}
    return Chart(
        title=map_.title,
        subtitle="",
        note=note,
        option={"xAxis": axis, "yAxis": axis, "series": []},
        height_px=_MAP_PX + _ROW_PX * (1 + _rows(map_.legend)),
        description=map_.description,
    )


def drawing(map_: Map) -> str:
    """The map and its legend as SVG, to stand below a heading."""
    legend = list(_placed(map_.legend))
    codes = {code_of(place.kind, place.holder) for place in map_.places.values()}
    codes |= {sample.code for sample in map_.legend if sample.code}
    return environment().get_template("map.svg").render(
        map=map_,
        legend=legend,
        symbols=[symbols.symbol(code) for code in sorted(codes)],
        width=INNER_PX,
        height=_MAP_PX + _ROW_PX * (1 + _rows(map_.legend)),
        map_height=_MAP_PX,
        as_svg={"width": WIDTH, "height": HEIGHT, "symbol": SYMBOL},
        font=FONTS,
        attacker=ATTACKER,
        defender=DEFENDER,
        mirrored=right_to_left(),
    )  # fmt: skip


def _rows(legend: Sequence[Sample]) -> int:
    """How many rows the legend has after its first."""
    return round((max((y for _x, y, _sample in _placed(legend)), default=0.0) - _MAP_PX) / _ROW_PX)


def _placed(legend: Sequence[Sample]) -> Iterator[tuple[float, float, Sample]]:
    """The samples with their places, px, row by row; from right to left a mirror shows them."""
    x, y = 0.0, _MAP_PX + 0.9 * _ROW_PX
    for sample in legend:
        wide = _BEFORE_PX + _LETTER_PX * len(shaped(sample.words))
        if x > 0 and x + wide > INNER_PX:
            x, y = 0.0, y + _ROW_PX
        yield (INNER_PX - x - 26 if right_to_left() else x), y, sample
        x += wide + _BEHIND_PX
