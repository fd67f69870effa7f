"""What a study along one number looks like as text: an answer, a table as wide as fits, notes."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from nobat.show.language import latin, named
from nobat.show.layout import Grid, Printed
from nobat.show.numbers import number
from nobat.show.words import flow

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult

_ENDLESS = 1000
_BREAK = "\n"
_SHIFT = 0.03


class Page(Printed, ABC):
    """An answer: `str()` is plain text of 100 columns; rich fits it to the terminal.

    Where the table is too wide, each interval goes to a line of its own; where that is too wide as
    well, the columns are told in parts, one below the other; on the narrowest screens each number
    has its line.

    left: how many columns, from the left, hold words, which begin on one line; numbers end on one.
    keys: how many columns say which row it is, and stand in every part.
    """

    left = 0
    keys = 1

    def __init__(self, title: str, scenario: str) -> None:
        self._title = title
        self._scenario = scenario

    @abstractmethod
    def sentence(self) -> str:
        """The answer in plain words."""

    @abstractmethod
    def headings(self) -> tuple[str, ...]:
        """The headings of the columns; a line break where a column is to be narrow."""

    @abstractmethod
    def rows(self, between: str = " ") -> list[tuple[str, ...]]:
        """The rows. between: what stands between an estimate and its interval."""

    @abstractmethod
    def notes(self) -> list[str]:
        """What was run and how to read it, a sentence each."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """What rich prints: the sentence, the table, the notes."""
        from rich.measure import Measurement
        from rich.text import Text

        width = options.max_width
        yield Text(named(self._title), style="bold")
        yield Text(latin(self._scenario), style="dim")
        yield Text()
        yield Text(flow(self.sentence(), width))
        yield Text()
        room = options.update(width=_ENDLESS)

        def fits(grid: Grid) -> bool:
            return Measurement.get(console, room, grid).maximum <= width

        whole = (self._grid(between) for between in (" ", _BREAK))
        parts = next(([grid] for grid in whole if fits(grid)), None) or self._parts(fits)
        for place, part in enumerate(parts):
            if place:
                yield Text()
            yield part
        if not parts:
            yield Text(self._list(width))
        yield Text()
        yield Text(flow(" ".join(self.notes()), width), style="dim")

    def _parts(self, fits: Callable[[Grid], bool]) -> list[Grid]:
        """The table in parts, each with as many columns as fit; none if not two fit anywhere."""
        found: list[Grid] = []
        columns = len(self.headings())
        first = self.keys
        while first < columns:
            many = range(columns - first, 0, -1)
            shown = (tuple(range(first, first + n)) for n in many)
            part = next((each for each in shown if fits(self._grid(" ", each))), ())
            if len(part) < min(2, columns - first):
                return []
            found.append(self._grid(" ", part))
            first += len(part)
        return found

    def _grid(self, between: str, shown: Sequence[int] | None = None) -> Grid:
        """The table itself. shown: which columns besides the keys, None for all."""
        from rich import box
        from rich.text import Text

        padding = (0, 0 if between == _BREAK else 1, 0, 0)
        grid = Grid(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=padding)
        chosen = range(len(self.headings())) if shown is None else [*range(self.keys), *shown]
        for place in chosen:
            heading = self.headings()[place]
            side: Literal["left", "right"] = "left" if place < self.left else "right"
            grid.add_column(heading, justify=side, no_wrap=True)
        for row in self.rows(between):
            grid.add_row(*(Text(row[place]) for place in chosen))
        return grid

    def _list(self, width: int) -> str:
        """For the narrowest screens: the rows one below the other."""
        first, *others = (heading.replace(_BREAK, " ") for heading in self.headings())
        lines = []
        for own, *cells in self.rows():
            lines.append(f"{first}: {own}")
            lines += [
                flow(f"{name}: {cell}", width - 2).replace(_BREAK, f"{_BREAK}  ")
                for name, cell in zip(others, cells, strict=True)
                if cell
            ]
        return _BREAK.join(line if line.startswith(f"{first}: ") else f"  {line}" for line in lines)


def value_texts(values: Sequence[float]) -> list[str]:
    """Values along a number as text, with the same decimals in each.

    As few as shift no value by more than 3 % of the smallest step between two.
    """
    steps = [abs(b - a) for a, b in pairwise(values)] or [abs(value) for value in values]
    allowed = _SHIFT * min((step for step in steps if step > 0), default=1.0)
    places = 0
    while any(abs(round(value, places) - value) > allowed for value in values):
        places += 1
    return [number(value, places) for value in values]
