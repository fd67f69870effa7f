"""How text stands on a page: on the left and to the right, or on the right and to the left.

A terminal puts the letters of a line in order by itself (Unicode Standard Annex 9). What it cannot
know is where a table's columns are. In a language that runs from right to left the columns are
turned round here, every cell and every line stands between isolates and ends at the right margin.
English passes through untouched.
"""

from __future__ import annotations

import html
import io
from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from rich.align import Align
from rich.console import Console
from rich.measure import Measurement
from rich.segment import Segment
from rich.table import Column, Table
from rich.text import Text

from nobat.show.language import LEFT_TO_RIGHT, POP, RIGHT_TO_LEFT, right_to_left, shaped

if TYPE_CHECKING:
    from rich.console import ConsoleOptions, RenderableType, RenderResult

#: Width of a page of text: what is not a terminal gets this.
WIDTH = 100
#: Whether lines are broken at all: where text flows by itself they are not.
unbroken: ContextVar[bool] = ContextVar("nobat_unbroken", default=False)

_TURNED: dict[str, Literal["left", "right"]] = {
    "left": "right",
    "right": "left",
    "default": "right",
}


class Grid(Table):
    """A rich table whose first column stands where the language begins to read."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The table as it is; from right to left its mirror image, at the right margin."""
        if right_to_left():
            yield Align.right(self.mirrored())
        else:
            yield from super().__rich_console__(console, options)

    def mirrored(self) -> Table:
        """The columns in reverse order, what was flush left flush right, each cell isolated."""
        turned = Table()
        turned.__dict__.update(self.__dict__)
        turned.columns = [
            _mirrored(column, place) for place, column in enumerate(reversed(self.columns))
        ]
        above, right, below, left = self.padding
        turned.padding = (above, left, below, right)
        # rich counts collapsed padding on the right only.
        turned.collapse_padding = self.collapse_padding and left == right
        return turned


def _mirrored(column: Column, place: int) -> Column:
    """A column as it stands in the mirror image, at a place counted from the left."""
    twin = replace(column, header=_Cell(column.header), justify=_TURNED[column.justify])
    twin._index = place
    twin._cells = [_Cell(cell) for cell in column._cells]
    return twin


class _Cell:
    """What stands in a cell, in the digits of the language and between isolates, line by line."""

    def __init__(self, held: RenderableType) -> None:
        self._held = held

    def _text(self) -> RenderableType:
        held = self._held
        return spoken(Text(held) if isinstance(held, str) else held)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The text in as many lines as it needs."""
        text = self._text()
        if not isinstance(text, Text):
            yield text
            return
        overflow = options.overflow or "fold"
        lines = text.wrap(
            console, options.max_width, justify="left", overflow=overflow,
            no_wrap=bool(options.no_wrap),
        )  # fmt: skip
        for line in lines:
            line.rstrip()
        yield Text("\n").join(_boxed(line) for line in carried(lines))

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """As wide as the text: isolates take no room."""
        return Measurement.get(console, options, self._text())


def spoken(thing: RenderableType) -> RenderableType:
    """A text in the digits of the language, its styles where they were; else the thing itself."""
    if not isinstance(thing, Text) or shaped(thing.plain) == thing.plain:
        return thing
    if not thing.spans:
        found = thing.copy()
        found.plain = shaped(thing.plain)
        return found
    cuts = sorted({edge for span in thing.spans for edge in (span.start, span.end)})
    pieces = thing.divide([cut for cut in cuts if 0 < cut < len(thing.plain)])
    found = Text(style=thing.style, no_wrap=thing.no_wrap)
    for piece in pieces:
        styles = [span.style for span in piece.spans if span.end > span.start]
        found.append(shaped(piece.plain), styles[0] if styles else None)
    return found


def isolated(line: Text) -> Text:
    """A line between isolates; one that stands between some already as it is."""
    text = line.plain
    whole = text.startswith((RIGHT_TO_LEFT, LEFT_TO_RIGHT)) and text.find(POP) == len(text) - 1
    if not text or whole:
        return line
    return Text.assemble(RIGHT_TO_LEFT, line, POP)


def _boxed(line: Text) -> Text:
    """A line of a cell between isolates, those of names included: so its row is known as laid."""
    return Text.assemble(RIGHT_TO_LEFT, line, POP) if line.plain.strip() else line


def carried(lines: Iterable[Text]) -> Iterator[Text]:
    """The lines of a text; what is isolated from right to left across some is so in each."""
    inside = False
    for line in lines:
        if inside:
            before = len(line.plain) - len(line.plain.lstrip(" "))
            line = Text.assemble(line[:before], LEFT_TO_RIGHT, line[before:])
        inside = line.plain.rfind(LEFT_TO_RIGHT) > line.plain.rfind(POP)
        if inside:
            line.rstrip()
            line = Text.assemble(line, POP)
        yield line


def drawn(text: Text) -> Text:
    """Something drawn with characters, which no terminal may put into another order."""
    return Text.assemble(LEFT_TO_RIGHT, text, POP) if right_to_left() else text


def indented(thing: RenderableType, by: int, above: int = 0) -> RenderableType:
    """Something that begins some columns behind the margin."""
    from rich.padding import Padding

    if right_to_left() and isinstance(thing, Table):
        return Padding(thing, (above, by, 0, 0))
    return Padding(thing, (above, 0, 0, by))


class Spoken:
    """Things in a language that runs from right to left: every line at the right margin."""

    def __init__(self, things: Iterable[RenderableType]) -> None:
        self._things = tuple(things)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The lines; those of tables stand where they belong already."""
        for thing in self._things:
            # rich would colour the numbers of a plain string.
            thing = Text(thing) if isinstance(thing, str) else thing
            lines = console.render_lines(thing, options, pad=False)
            for line in carried(map(_as_text, lines)):
                yield from _placed(console, line, options.max_width)
                yield Segment.line()


def as_spoken(*things: RenderableType) -> tuple[RenderableType, ...]:
    """Things as rich is to print them in the language that is spoken."""
    return (Spoken(things),) if right_to_left() else things


def _as_text(line: list[Segment]) -> Text:
    """A line as text, its styles where they were."""
    return Text.assemble(*((segment.text, segment.style or "") for segment in line))


def _placed(console: Console, line: Text, width: int) -> Iterable[Segment]:
    """A line at the right margin."""
    if RIGHT_TO_LEFT in line.plain or not any(map(str.isalnum, line.plain)):
        return line.render(console)
    line.rstrip()
    found = spoken(line)
    assert isinstance(found, Text)
    fill = " " * max(0, width - found.cell_len)
    return [Segment(fill), *isolated(found).render(console)]


def plain(*things: RenderableType, width: int = WIDTH) -> str:
    """What rich makes of things as plain text, without blanks at the ends of lines."""
    page = io.StringIO()
    console = Console(file=page, width=width, color_system=None, force_terminal=False)
    console.print(*as_spoken(*things))
    return "\n".join(line.rstrip() for line in page.getvalue().splitlines())


class Printed:
    """What prints itself by rich: `str()` is plain text of 100 columns; a notebook shows HTML."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """What rich prints."""
        raise NotImplementedError

    def __str__(self) -> str:
        """Plain text, 100 columns wide."""
        return plain(self)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        """The text as it stands, in letters of one width; from right to left as a page."""
        from nobat.show.notebook import page

        if right_to_left():
            return page(self)
        return f'<pre style="line-height:1.15">{html.escape(str(self))}</pre>'
