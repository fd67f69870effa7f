"""The page around a chart: one file that needs no network, light or dark as the reader has it."""

from __future__ import annotations

import base64
import html
import json
from functools import cache
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING

from nobat.show.chart_text import digits, written
from nobat.show.charts import library
from nobat.show.language import _, right_to_left, shaped, speaking

if TYPE_CHECKING:
    from nobat.show.charts import Chart

#: For a language whose letters not every machine has: what a font weighs in CSS, and its file.
_LETTERS = {400: "Vazirmatn-Regular.woff2", 700: "Vazirmatn-Bold.woff2"}
_FACE = """\
  @font-face {{ font-family: "Vazirmatn"; font-weight: {weight};
    src: url("data:font/woff2;base64,{held}"); }}"""
_FONT = '  body { font-family: "Vazirmatn", system-ui, sans-serif; }'


def page(chart: Chart) -> str:
    """The page, in the language of the chart."""
    with speaking(chart.code) as spoken:
        return _template().substitute(
            code=spoken.code,
            direction=spoken.direction,
            letters=_letters() if right_to_left() else "",
            title=_escaped(chart.title),
            subtitle=_escaped(chart.subtitle),
            note=_escaped(chart.note),
            description=_escaped(chart.description),
            height=chart.height_px,
            legend=_legend(chart.legend),
            option=_script(written(chart.option)),
            words=_script({"digits": digits(), **_chances()}),
            library=library(),
            dress=_dress(),
        )


def _legend(looks: tuple[tuple[str, str, str], ...]) -> str:
    """Every curve's name beside a piece of it, in as many lines as it takes."""
    if not looks:
        return ""
    items = "".join(
        f'<li><span style="border-top:3px {dashes} {colour}"></span>{_escaped(name)}</li>'
        for name, colour, dashes in looks
    )
    return f'<ul class="legend">{items}</ul>'


def _chances() -> dict[str, str]:
    """How a chance near 0 or 1 is told where a pointer stands on it."""
    return {"under": shaped(_("under 0.1 %")), "over": shaped(_("over 99.9 %"))}


def _escaped(text: str) -> str:
    """A text for HTML, in the digits of the language."""
    return html.escape(shaped(text))


def _script(value: object) -> str:
    """A value inside a script: a name that holds `</script>` must not end it."""
    return json.dumps(value, allow_nan=False).replace("<", "\\u003c")


@cache
def _letters() -> str:
    """The letters that lie with the package."""
    fonts = files("nobat.show") / "static" / "fonts"
    faces = (
        _FACE.format(
            weight=weight, held=base64.b64encode((fonts / name).read_bytes()).decode("ascii")
        )
        for weight, name in _LETTERS.items()
    )
    return "\n".join([*faces, _FONT])


@cache
def _dress() -> str:
    """The script that puts an option into the reader's colours."""
    return (files("nobat.show") / "static" / "dress.js").read_text(encoding="utf-8")


@cache
def _template() -> Template:
    """The page around a chart."""
    return Template((files("nobat.show") / "static" / "chart.html").read_text(encoding="utf-8"))
