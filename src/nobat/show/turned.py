"""A table on its side: a line for each figure, a column for each case, between sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from nobat.show.layout import Grid, Printed
from nobat.show.words import flow

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult

_COLUMN = 12


class Turned(Printed):
    """`str()` is plain text of 100 columns; rich fits it to the terminal, in parts if need be."""

    #: Characters that the names of the lines need.
    label: ClassVar[int]

    def sentences(self) -> list[str]:
        """What is said before the table."""
        raise NotImplementedError

    def lines(self) -> list[tuple[str, list[str]]]:
        """The table's lines: a name, and a figure for each case."""
        raise NotImplementedError

    def facts(self) -> list[str]:
        """What is said after it."""
        raise NotImplementedError

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """What rich prints: the sentences, then as many tables as the width needs."""
        from rich.text import Text

        yield Text(flow(" ".join(self.sentences()), options.max_width))
        for grid in self._grids(options.max_width):
            yield Text()
            yield grid
        yield Text()
        yield Text(flow(" ".join(self.facts()), options.max_width), style="dim")

    def _grids(self, width: int) -> Iterator[Grid]:
        """Tables of as many cases as there is room for."""
        lines, each = self.lines(), max(1, (width - self.label) // _COLUMN)
        for first in range(0, len(lines[0][1]), each):
            grid = Grid.grid(padding=(0, 2, 0, 0))
            shown = [(name, cells[first : first + each]) for name, cells in lines]
            grid.add_column(style="dim", overflow="fold")
            for _cell in shown[0][1]:
                grid.add_column(justify="right", no_wrap=True)
            for name, cells in shown:
                grid.add_row(name, *cells)
            assert isinstance(grid, Grid)
            yield grid
