"""Charts as pictures: SVG and PNG without a browser, the same bytes on every machine.

ECharts writes a chart as SVG in a small JavaScript engine; resvg turns that into PNG. The letters
are those of Vazirmatn (Latin and Persian), which lies in `static/fonts` with its licence.
"""

from __future__ import annotations

import html
import json
import re
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nobat.show.chart_text import digits, isolate_lines, written
from nobat.show.language import right_to_left, shaped, speaking

if TYPE_CHECKING:
    from nobat.show.charts import Chart

#: A picture's width, CSS pixels, and how many dots a PNG has for each of them: 3.2 by 2 fill a
#: column of print at 300 dots an inch.
WIDTH_PX = 800
DOTS = 2.0

#: How far what is drawn stays from the edges, as `picture.js` has it, and what is left for it.
_MARGIN_PX = 24
INNER_PX = WIDTH_PX - 2 * _MARGIN_PX

_FONT = "Vazirmatn"
#: What an SVG is shown with where Vazirmatn is not installed.
FONTS = f"{_FONT}, system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif"
_FONT_FILES = ("Vazirmatn-Regular.ttf", "Vazirmatn-Bold.ttf")
#: Letters of which Vazirmatn has all or nearly all; for others the machine's own fonts are read.
_ITS_LETTERS = re.compile(
    r"[\x00-\u024f\u0600-\u06ff\u200b-\u2027\u2030-\u203a\u2066-\u2069−≤≥≠≈]*"
)
#: What ECharts asks of a browser though nothing moves.
_NO_CLOCK = "var setTimeout = () => 0, clearTimeout = () => {};"
_CALL = """{
  const { chart, width, font, digits, inlay } = JSON.parse(given);
  JSON.stringify(picture(chart, width, font, digits, inlay));
}"""


def svg(chart: Chart, width_px: int = WIDTH_PX, *, inlay: str = "") -> str:
    """A chart with its heading, its legend and its note as SVG, on a white ground.

    width_px: its width; the height follows. inlay: a drawing in SVG, `INNER_PX` wide and as high
    as the chart, that stands in the place of ECharts' own. Letters stay letters, to be searched
    and restyled.
    """
    import quickjs

    with speaking(chart.code):
        engine = quickjs.Context()
        letters = [_static("letters.js")] if right_to_left() else []
        echarts = _static("echarts/echarts.common.min.js")
        for script in (_NO_CLOCK, echarts, *letters, _static("dress.js"), _static("picture.js")):
            engine.eval(script)
        given = _given(chart, width_px) | {"inlay": inlay}
        engine.set("given", json.dumps(given, allow_nan=False))
        # A long string comes out of the engine only as JSON.
        drawn: str = json.loads(engine.eval(_CALL))
        return _described(isolate_lines(drawn) if right_to_left() else drawn, chart)


def png(chart: Chart, width_px: int = WIDTH_PX, dots: float = DOTS, *, inlay: str = "") -> bytes:
    """The same as PNG. dots: how many there are, across and down, for each pixel of `width_px`."""
    import resvg_py

    drawn = svg(chart, width_px, inlay=inlay)
    folder = files("nobat.show") / "static" / "fonts"
    with as_file(folder) as fonts:
        return resvg_py.svg_to_bytes(
            svg_string=drawn,
            zoom=dots,
            font_files=[str(fonts / name) for name in _FONT_FILES],
            font_family=_FONT,
            sans_serif_family=_FONT,
            skip_system_fonts=_ITS_LETTERS.fullmatch(drawn) is not None,
        )


#: What a chart can be kept as, by the ending of the file's name.
ENDINGS = (".html", ".svg", ".png")


def save(chart: Chart, path: str | Path) -> Path:
    """Write a chart to a file, as its name ends: a page, a drawing or a picture.

    Raises ValueError for another ending; OSError if the file cannot be written.
    """
    where = Path(path)
    kind = ending(where)
    if kind == ".png":
        where.write_bytes(png(chart))
    else:
        text = chart.html() if kind == ".html" else svg(chart)
        where.write_text(text, encoding="utf-8", newline="\n")
    return where


def ending(path: Path) -> str:
    """The ending of a chart's file in small letters; ValueError for one that is not known."""
    found = path.suffix.lower()
    if found not in ENDINGS:
        *others, last = ENDINGS
        allowed = f"{', '.join(others)} or {last}"
        raise ValueError(f"{path.name!r}: a chart is kept as {allowed}, by the end of its name")
    return found


def _given(chart: Chart, width_px: int) -> dict[str, Any]:
    """What `picture.js` needs."""
    own = {
        "title": shaped(chart.title),
        "subtitle": shaped(chart.subtitle),
        "note": shaped(chart.note),
        "legend": [(shaped(name), *look) for name, *look in chart.legend],
        "option": written(chart.option),
        "height": chart.height_px,
    }
    return {"chart": own, "width": width_px, "font": FONTS, "digits": digits()}


def _described(drawn: str, chart: Chart) -> str:
    """The drawing with its title and what it shows, for those who hear it."""
    start, rest = drawn.split(">", maxsplit=1)
    told = (shaped(chart.title), shaped(chart.description))
    title, text = (html.escape(words, quote=False) for words in told)
    # Where a line is broken, the blank may be left at the beginning of the next one.
    rest = re.sub(r"(<text[^>]*>) +", r"\1", rest)
    return f'{start} role="img"><title>{title}</title><desc>{text}</desc>{rest}'


@cache
def _static(name: str) -> str:
    """A file of `static`, by its path below it."""
    found = files("nobat.show") / "static"
    for part in name.split("/"):
        found = found / part
    return found.read_text(encoding="utf-8")
