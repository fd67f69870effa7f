"""Where a scenario's numbers come from, and what is contested, as tables for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from nobat.scenario import Crews, Quantity, Scenario, quantities

if TYPE_CHECKING:
    from nobat.scenario.record import Contested


class Numbers:
    """Every number of a scenario: path, value, unit, range, basis; below, its sources and note.

    A path stands on one line where it can, so that it can be copied to --set.
    """

    def __init__(self, scenario: Scenario | Crews) -> None:
        self._found = list(quantities(scenario))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The lines, as wide as the terminal."""
        rows = [
            (path, _plain(one.value), one.unit or "", _range(one), one.basis)
            for path, one, _ in self._found
        ]
        widths = [max(map(len, column)) for column in zip(_HEADINGS, *rows, strict=True)]
        widths[_UNIT] = min(widths[_UNIT], _UNIT_WIDTH)
        spare = options.max_width - sum(widths) - _GAP * (len(widths) - 1)
        widths[_PATH] = max(widths[_PATH] + min(spare, 0), _SHORTEST_PATH)
        yield _line(_HEADINGS, widths, style="bold")
        for cells, (_, quantity, _) in zip(rows, self._found, strict=True):
            yield _line(cells, widths)
            why = "; ".join(filter(None, (", ".join(quantity.source), quantity.note)))
            if why:
                yield Padding(Text(why, style="dim"), (0, 0, 0, 4))
        yield Text()


_HEADINGS = ("number", "value", "unit", "range", "basis")
_PATH, _VALUE, _UNIT = 0, 1, 2
_GAP = 2
_UNIT_WIDTH = 12
_SHORTEST_PATH = 16


def _line(cells: Sequence[str], widths: Sequence[int], style: str = "") -> Table:
    """One number, in columns of fixed widths."""
    grid = Table.grid(padding=(0, _GAP, 0, 0))
    for place, width in enumerate(widths):
        justify: Literal["right", "left"] = "right" if place == _VALUE else "left"
        grid.add_column(width=width, justify=justify, overflow="fold")
    grid.add_row(*map(Text, cells), style=style)
    return grid


def origins(scenario: Scenario | Crews) -> RenderableType:
    """The sources that the numbers and findings refer to."""
    if not scenario.sources:
        return Text("No source is listed.", style="dim")
    parts: list[RenderableType] = [Text("Sources", style="bold")]
    for name, source in scenario.sources.items():
        stance = f" ({source.stance})" if source.stance else ""
        details = " ".join(filter(None, (source.where, source.note)))
        line = Text(f"{name}: ", style="dim").append(f"{source.title}{stance}", style="default")
        parts.append(Padding(line, (0, 0, 0, 2)))
        if details:
            parts.append(Padding(Text(details, style="dim"), (0, 0, 0, 4)))
    return Group(*parts, Text())


def contested(scenario: Scenario) -> RenderableType:
    """The matters on which the told account and the public record differ, both as they stand."""
    if not scenario.contested:
        return Text("Nothing is marked as contested.", style="dim")
    parts: list[RenderableType] = [Text("Contested: account against record", style="bold")]
    for one in scenario.contested:
        parts.append(_matter(one))
    return Group(*parts)


def _matter(one: Contested) -> RenderableType:
    """One contested matter."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    rows = (
        ("account", one.account),
        ("record", one.record),
        ("finding", one.finding),
        ("sources", ", ".join(one.sources)),
        ("bears on", ", ".join(one.bears_on)),
    )
    for name, text in rows:
        if text:
            grid.add_row(Text(name, style="dim"), Text(text))
    heading = Padding(Text(one.matter, style="bold"), (1, 0, 0, 2))
    return Group(heading, Padding(grid, (0, 0, 0, 2)))


def _plain(value: float | None) -> str:
    """A number as short as it can be written."""
    return "" if value is None else f"{value:,.10g}"


def _range(quantity: Quantity) -> str:
    """`0.2 to 0.6`, or the one bound that is given."""
    low, high = _plain(quantity.low), _plain(quantity.high)
    if low and high:
        return f"{low} to {high}"
    return f"from {low}" if low else f"to {high}" if high else ""
