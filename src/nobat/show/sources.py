"""Where a scenario's numbers come from, and what is contested, as tables for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.text import Text

from nobat.scenario import Crews, Scenario, quantities
from nobat.show.choices import basis, choices
from nobat.show.language import _, joined, latin, marked, named, parts
from nobat.show.layout import Grid, indented
from nobat.show.stated import plain, range_text

if TYPE_CHECKING:
    from nobat.scenario.record import Contested


class Numbers:
    """Every number of a scenario: path, value, unit, range, basis; below, its sources and note.

    What is a choice of the study stands below them, as such.

    A path is never broken, so that it can be copied to --set: one that its column has no room for
    stands above its number.
    """

    def __init__(self, scenario: Scenario | Crews) -> None:
        found = [(path, one) for path, one, _kind in quantities(scenario)]
        self._rows = [
            (latin(path), plain(one.value), _(one.unit or ""), range_text(one), _(one.basis))
            for path, one in found
        ]
        self._whys = [
            parts(filter(None, (joined(map(latin, one.source)), given(one.note))))
            for _path, one in found
        ]
        for one in choices(scenario):
            self._rows.append((latin(one.path), plain(one.value), _(one.unit), "", basis()))
            self._whys.append(_(one.why))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The lines, as wide as the terminal."""
        rows = self._rows
        headings = tuple(map(_, _HEADINGS))
        widths = [max(map(cell_len, column)) for column in zip(headings, *rows, strict=True)]
        widths[_UNIT] = min(widths[_UNIT], _UNIT_WIDTH)
        spare = options.max_width - sum(widths) - _GAP * (len(widths) - 1)
        widths[_PATH] = max(widths[_PATH] + min(spare, 0), _SHORTEST_PATH)
        yield _line(headings, widths, style="bold")
        for (path, *cells), why in zip(rows, self._whys, strict=True):
            if cell_len(path) > widths[_PATH]:
                yield indented(Text(path, no_wrap=True, overflow="ignore"), 0)
                path = ""
            yield _line((path, *cells), widths)
            if why:
                yield indented(Text(why, style="dim"), 4)
        yield Text()


def given(text: str) -> str:
    """A text of the scenario itself: translated where the catalogue has it."""
    return named(text) if text else text


_HEADINGS = (
    marked("number"), marked("value"), marked("unit"), marked("range"), marked("basis")
)  # fmt: skip
_PATH, _VALUE, _UNIT = 0, 1, 2
_GAP = 2
_UNIT_WIDTH = 12
_SHORTEST_PATH = 16


def _line(cells: Sequence[str], widths: Sequence[int], style: str = "") -> Grid:
    """One number, in columns of fixed widths."""
    grid = Grid.grid(padding=(0, _GAP, 0, 0))
    assert isinstance(grid, Grid)
    for place, width in enumerate(widths):
        justify: Literal["right", "left"] = "right" if place == _VALUE else "left"
        grid.add_column(width=width, justify=justify, overflow="fold")
    grid.add_row(*map(Text, cells), style=style)
    return grid


def origins(scenario: Scenario | Crews) -> RenderableType:
    """The sources that the numbers and findings refer to."""
    if not scenario.sources:
        return Text(_("No source is listed."), style="dim")
    told: list[RenderableType] = [Text(_("Sources"), style="bold")]
    for name, source in scenario.sources.items():
        stance = f" ({named(source.stance)})" if source.stance else ""
        details = " ".join(filter(None, (latin(source.where), given(source.note))))
        line = Text(f"{latin(name)}: ", style="dim")
        line.append(f"{named(source.title)}{stance}", style="default")
        told.append(indented(line, 2))
        if details:
            told.append(indented(Text(details, style="dim"), 4))
    return Group(*told, Text())


def contested(scenario: Scenario) -> RenderableType:
    """The matters on which the told account and the public record differ, both as they stand."""
    if not scenario.contested:
        return Text(_("Nothing is marked as contested."), style="dim")
    heading = Text(_("Contested: account against record"), style="bold")
    return Group(heading, *map(_matter, scenario.contested))


def _matter(one: Contested) -> RenderableType:
    """One contested matter."""
    grid = Grid.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    rows = (
        (_("account"), given(one.account)),
        (_("record"), given(one.record)),
        (_("finding"), given(one.finding)),
        (_("sources"), joined(map(latin, one.sources))),
        (_("bears on"), joined(map(latin, one.bears_on))),
    )
    for name, text in rows:
        if text:
            grid.add_row(Text(name, style="dim"), Text(text))
    heading = indented(Text(given(one.matter), style="bold"), 2, above=1)
    return Group(heading, indented(grid, 2))
