"""What rich prints as HTML, for a notebook in a language that runs from right to left.

Letters of one width are rare in such scripts, so a text of columns would not stand: tables become
tables, lines paragraphs, and what is drawn with characters stays drawn.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.align import Align
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.segment import Segment
from rich.style import Style
from rich.table import Column, Table
from rich.text import Text

from nobat.show.language import LEFT_TO_RIGHT, POP, language
from nobat.show.layout import spoken, unbroken

if TYPE_CHECKING:
    from nobat.show.layout import Printed

_WIDTH = 120
_CELL = "text-align:start;vertical-align:top;padding:.1rem 0;padding-inline-end:1.5rem"
_WHOLE = ";white-space:nowrap"
_DRAWN = "font-family:monospace;white-space:pre;line-height:1.15"


def page(thing: Printed) -> str:
    """What rich prints of a thing, as HTML that takes the colours of the page around it."""
    own = language()
    console = Console(width=_WIDTH, color_system=None, force_terminal=False)
    token = unbroken.set(True)
    try:
        body = "".join(_html(thing, console))
    finally:
        unbroken.reset(token)
    return f'<div dir="{own.direction}" lang="{own.code}" style="max-width:64rem">{body}</div>'


def _html(thing: RenderableType, console: Console) -> Iterator[str]:
    """One thing after the other, as deep as they are packed."""
    if isinstance(thing, str):
        thing = Text(thing)
    if isinstance(thing, Text):
        yield _line(thing, console)
    elif isinstance(thing, Table):
        yield _table(thing, console)
    elif isinstance(thing, Padding):
        inner = "".join(_html(thing.renderable, console))
        margin = max(thing.left, thing.right) / 2
        yield f'<div style="margin-inline-start:{margin:g}em">{inner}</div>'
    elif isinstance(thing, Align):
        yield from _html(thing.renderable, console)
    elif isinstance(thing, Group):
        for one in thing.renderables:
            yield from _html(one, console)
    elif hasattr(thing, "__rich_console__"):
        for inside in thing.__rich_console__(console, console.options):
            assert not isinstance(inside, Segment)
            yield from _html(inside, console)


def _line(text: Text, console: Console) -> str:
    """A paragraph; an empty one is a little room, a drawn one keeps its blanks."""
    if not text.plain.strip():
        return '<div style="height:.6em"></div>'
    if _is_drawn(text):
        return f'<div dir="ltr" style="{_DRAWN}">{_marked_up(text, console)}</div>'
    indent = len(text.plain) - len(text.plain.lstrip(" "))
    style = f' style="padding-inline-start:{indent / 2:g}em"' if indent else ""
    return f"<div{style}>{_marked_up(text, console)}</div>"


def _table(table: Table, console: Console) -> str:
    """A table: its headings, where it has some, and its rows."""
    columns = table.columns
    rows = zip(*(column._cells for column in columns), strict=True)
    head = ""
    if table.show_header and any(_text(column.header).plain.strip() for column in columns):
        cells = "".join(_cell("th", column, column.header, "", console) for column in columns)
        head = f"<thead><tr>{cells}</tr></thead>"
    body = "".join(
        "<tr>"
        + "".join(
            _cell("td", column, cell, f"{column.style} {row.style or ''}", console)
            for cell, column in zip(cells, columns, strict=True)
        )
        + "</tr>"
        for cells, row in zip(rows, table.rows, strict=True)
    )
    return (
        '<div style="overflow-x:auto"><table style="border-collapse:collapse">'
        f"{head}<tbody>{body}</tbody></table></div>"
    )


def _cell(tag: str, column: Column, held: RenderableType, style: str, console: Console) -> str:
    """One cell of a table."""
    text = _text(held)
    own = text.copy()
    own.stylize(Style.parse(" ".join(style.split()) or "none"))
    drawn = f";{_DRAWN}" if _is_drawn(text) else _WHOLE if column.no_wrap else ""
    return f'<{tag} style="{_CELL}{drawn}">{_marked_up(own, console)}</{tag}>'


def _text(held: RenderableType) -> Text:
    """What a cell holds."""
    return held if isinstance(held, Text) else Text(str(held))


def _is_drawn(text: Text) -> bool:
    """Whether a text is drawn with characters: it stands between isolates as a whole."""
    plain = text.plain
    return plain.startswith(LEFT_TO_RIGHT) and plain.find(POP) == len(plain) - 1 and " " in plain


def _marked_up(text: Text, console: Console) -> str:
    """A text with its styles, a line break where it has one."""
    found = spoken(text)
    assert isinstance(found, Text)
    found = found.copy()
    found.stylize_before(found.style)
    whole = "".join(
        _span(segment.text, segment.style or Style()) for segment in found.render(console)
    )
    return whole.replace("\n", "<br>")


def _span(text: str, style: Style) -> str:
    """A piece of text in its style."""
    looks = {
        "font-weight:bold": style.bold,
        "opacity:.7": style.dim,
        f"color:{style.color.get_truecolor().hex if style.color else ''}": style.color,
    }
    css = ";".join(look for look, there in looks.items() if there)
    safe = html.escape(text)
    return f'<span style="{css}">{safe}</span>' if css else safe
