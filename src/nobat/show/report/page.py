"""The page: sections through templates, with the style, the scripts and ECharts inside it."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nobat import __version__
from nobat.engine.files import write_whole
from nobat.engine.folder import REPORT
from nobat.show import symbols
from nobat.show.charts import library
from nobat.show.language import _, language, shaped
from nobat.show.map_frame import HEIGHT, SYMBOL, WIDTH
from nobat.show.report.blocks import Block, Folded, Map, Maps, Part, Player, Section
from nobat.show.report.material import gather
from nobat.show.report.sections import sections_of
from nobat.show.report.words import for_scripts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jinja2 import Environment
    from markupsafe import Markup

    from nobat.study.comparison import Comparison

_SCRIPTS = ("page.js", "charts.js", "tables.js", "player.js")
_HERE = "nobat.show.report"


def html(comparison: Comparison) -> str:
    """The report as HTML, in the language that is spoken.

    Raises RunError where no run was kept.
    """
    material = gather(comparison)
    sections = sections_of(material)
    template = _environment().get_template("page.html")
    return template.render(
        title=comparison.title,
        scenario=comparison.scenario,
        about=material.scenario.about,
        language=language(),
        version=__version__,
        sections=sections,
        symbols=[symbols.symbol(code) for code in sorted(_codes(sections))],
        style=_own("static/report.css"),
        scripts=[_own(f"static/{name}") for name in _SCRIPTS],
        words=for_scripts(),
        library=library(),
        as_svg={"width": WIDTH, "height": HEIGHT, "symbol": SYMBOL},
    )


def write(comparison: Comparison, path: str | Path | None = None) -> Path:
    """Write the report to a file, by default `report.html` in the run's folder; give its path.

    Raises RunError where no run was kept, StoreError if the file cannot be written.
    """
    text = html(comparison)
    if path is None:
        assert comparison.run is not None, "html() has refused what has no run"
        path = comparison.run.path / REPORT
    target = Path(path)
    target = target / REPORT if target.is_dir() else target
    write_whole(target, text.encode("utf-8"))
    return target


def _codes(sections: Sequence[Section]) -> Iterator[str]:
    """The codes of all symbols on the maps: of a place, for whoever may come to hold it."""
    found: set[str] = set()
    for block in _all(block for section in sections for block in section.blocks):
        if isinstance(block, Map):
            for place in block.places.values():
                holders = {place.holder} | ({"attacker", "defender"} if place.taken else set())
                found |= {code_of(place.kind, holder) for holder in holders}
        elif isinstance(block, Player):
            found |= set(block.marks.values())
    yield from found


def _all(blocks: Iterator[Block]) -> Iterator[Block]:
    """Blocks and those inside them."""
    for block in blocks:
        yield block
        if isinstance(block, Part | Folded):
            yield from _all(iter(block.blocks))
        elif isinstance(block, Maps):
            yield from block.maps
        elif isinstance(block, Player) and block.map is not None:
            yield block.map


def code_of(kind: Any, holder: Any) -> str:
    """The code of a place's symbol."""
    return symbols.place_code(kind, holder)


def _data(value: Any) -> Any:
    """A value as JSON inside a page: what it holds cannot end a script."""
    from markupsafe import Markup

    text = json.dumps(value, allow_nan=False, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))


def _shown(text: Any, names: Sequence[str] = ()) -> Any:
    """A text as people read it: numbers in their digits, what stands between backticks as code.

    names: words that stand out and are never broken.
    """
    from markupsafe import Markup, escape

    parts = shaped(str(text)).split("`")
    found = [
        Markup("<code>{}</code>").format(part)
        if k % 2 and k < len(parts) - 1
        else _named(escape(part), names)
        for k, part in enumerate(parts)
    ]
    return Markup("").join(found)


def _named(text: Markup, names: Sequence[str]) -> Markup:
    """A text in which names stand out: the longest that fits at any place, and whole ones only."""
    from markupsafe import Markup

    if not names:
        return text
    longest = sorted(names, key=len, reverse=True)
    words = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, longest))})(?![\w-])")
    # Of a plain string: what is put into a Markup would be escaped.
    return Markup(words.sub(r'<b class="name">\1</b>', str(text)))


@cache
def _environment() -> Environment:
    """The templates, with what they call."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("nobat.show", "report/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals |= {"_": _, "code_of": code_of}
    environment.filters |= {"data": _data, "t": _shown, "plain": lambda text: shaped(str(text))}
    return environment


@cache
def _own(name: str) -> str:
    """A file of this package."""
    return (files(_HERE) / name).read_text(encoding="utf-8")


def address(path: Path) -> str:
    """The address under which a browser opens a file."""
    return path.absolute().as_uri()
