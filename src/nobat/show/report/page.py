"""The page: sections through templates, with the style, the scripts and ECharts inside it.

It holds an edition in each language, and shows one. What the editions share is there once.
"""

from __future__ import annotations

import gc
from base64 import b64encode
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nobat import __version__
from nobat.engine.files import write_whole
from nobat.engine.folder import REPORT
from nobat.show import symbols
from nobat.show.chart_text import written
from nobat.show.charts import library
from nobat.show.language import (
    LANGUAGES,
    Language,
    _,
    language,
    latin,
    named,
    speaking,
)
from nobat.show.map_frame import HEIGHT, SYMBOL, WIDTH
from nobat.show.report.blocks import Figure, Map, Player, Section, shown_in
from nobat.show.report.environment import code_of, environment
from nobat.show.report.material import Material, gather
from nobat.show.report.sections import sections_of
from nobat.show.report.weave import woven
from nobat.show.report.words import for_scripts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markupsafe import Markup

    from nobat.study.comparison import Comparison

_SCRIPTS = ("shape.js", "page.js", "charts.js", "tables.js", "player.js")
_HERE = "nobat.show.report"
_TEMPLATES = ("blocks.html", "edition.html", "page.html")
#: The player's place among the data of an edition.
PLAYER = "player"
#: The letters that a page in Persian is set in: what a font weighs in CSS, and its file.
_LETTERS = {400: "Vazirmatn-Regular.woff2", 700: "Vazirmatn-Bold.woff2"}


@dataclass(frozen=True)
class Edition:
    """The page in one language: its sections, the words of the scripts, the data of its charts."""

    language: Language
    sections: Sequence[Section]
    words: Mapping[str, Any]
    data: Mapping[str, Any]


def prepare() -> None:
    """Load what every page is made with: the templates, and this module with all that it needs."""
    for name in _TEMPLATES:
        environment().get_template(name)


def html(comparison: Comparison) -> str:
    """The report as HTML, in all languages; the one that is spoken is shown first.

    Raises RunError where no run was kept.
    """
    with _no_collector():
        return _html(gather(comparison))


def _html(material: Material) -> str:
    """The material as HTML."""
    whole = environment().get_template("page.html")
    codes = sorted(LANGUAGES, key=lambda code: code != language().code)
    editions = [_edition(material, code) for code in codes]
    data, texts = woven([one.data for one in editions])
    return whole.render(
        title=named(material.comparison.title),
        language=language(),
        version=__version__,
        editions=[
            {"code": one.language.code, "text": _rendered(material, one, own)}
            for one, own in zip(editions, texts, strict=True)
        ],
        data=data,
        symbols=[symbols.symbol(code) for code in sorted(_codes(editions[0].sections))],
        style=_own("static/report.css"),
        letters={weight: _letters(name) for weight, name in _LETTERS.items()},
        scripts=[_own(f"static/{name}") for name in _SCRIPTS],
        library=library(),
    )  # fmt: skip


@contextmanager
def _no_collector() -> Iterator[None]:
    """Without the collector of cycles.

    A page is many small lists and few cycles, and each round of the collector goes through all that
    the compiler has loaded.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _edition(material: Material, code: str) -> Edition:
    """The material in one language."""
    with speaking(code) as spoken:
        sections = sections_of(material)
        return Edition(spoken, sections, for_scripts(), dict(_held(sections)))


def _rendered(material: Material, edition: Edition, texts: Sequence[Any]) -> Markup:
    """An edition as HTML. texts: what its data do not share with the other editions."""
    from markupsafe import Markup

    with speaking(edition.language.code):
        text = environment().get_template("edition.html").render(
            title=named(material.comparison.title),
            about=_(material.scenario.about),
            language=edition.language,
            others=[one for one in LANGUAGES.values() if one != edition.language],
            version=latin(__version__),
            sections=edition.sections,
            words={**edition.words, "texts": texts},
            as_svg={"width": WIDTH, "height": HEIGHT, "symbol": SYMBOL},
        )  # fmt: skip
    return Markup(text)


def _held(sections: Sequence[Section]) -> Iterator[tuple[str, Any]]:
    """What the scripts draw from: options of charts and the player's data, by the element's id."""
    for block in shown_in(sections):
        if isinstance(block, Figure):
            yield block.id, written(block.chart.option)
        elif isinstance(block, Player):
            yield PLAYER, block.data


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
    for block in shown_in(sections):
        if isinstance(block, Map):
            for place in block.places.values():
                holders = {place.holder} | ({"attacker", "defender"} if place.taken else set())
                found |= {code_of(place.kind, holder) for holder in holders}
        elif isinstance(block, Player):
            found |= set(block.marks.values())
    yield from found


@cache
def _own(name: str) -> str:
    """A file of this package."""
    return (files(_HERE) / name).read_text(encoding="utf-8")


@cache
def _letters(name: str) -> str:
    """A font of the package, as it stands in a style sheet."""
    font = files("nobat.show") / "static" / "fonts" / name
    return b64encode(font.read_bytes()).decode("ascii")


def address(path: Path) -> str:
    """The address under which a browser opens a file."""
    return path.absolute().as_uri()
