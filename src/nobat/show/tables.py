"""The table of a comparison: for a terminal by rich, as plain text, and as HTML for a notebook."""

from __future__ import annotations

import html
import math
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from nobat.show import aftermath, horizon, way_home
from nobat.show.language import _, language, latin, marked, named, right_to_left, shaped
from nobat.show.layout import WIDTH as WIDTH
from nobat.show.layout import Grid, Printed
from nobat.show.numbers import (
    NOTHING,
    course_places,
    mean_text,
    number,
    percent,
    places_for,
    share_text,
)
from nobat.show.table_notes import notes
from nobat.show.verdict import answer, verdict
from nobat.show.words import EXACT_PLACES, flow
from nobat.study.estimates import Estimate

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult

    from nobat.study.comparison import Comparison

_ENDLESS = 1000
_NAME_WIDTH = 20
_MARK = " *"
_BREAK = "\n"

#: Headings in two lines, so that the numbers decide how wide a column is.
COLUMNS = (
    (marked("secured"), "p_secured"),
    (marked("day\nsecured"), "day_secured_if_secured"),
    (marked("attacker\nlosses"), "attacker_losses"),
    (marked("defender\nlosses"), "defender_losses"),
    (marked("layers\nlost again"), "layers_lost_again"),
    (marked("rest owed\n(unit-days)"), "rest_debt_unit_days"),
)

#: The second half of the table: heading, estimate, and its mean where there is no such mechanism.
_MORE = (
    (marked("harm to\nresidents"), "harm_index", 0.0),
    (marked("got\naway"), "escaped", 0.0),
    (marked("surrendered"), "surrendered", 0.0),
    (marked("cut off\non day"), "isolated_day_if_isolated", math.nan),
    (marked("lowest effec-\ntiveness"), "lowest_effectiveness", 1.0),
    (marked("days\ndry"), "days_dry", 0.0),
)
Columns = tuple[tuple[str, str], ...]


class Row(NamedTuple):
    """One doctrine in the table: its name, whether it is the best, a text for each column."""

    name: str
    best: bool
    cells: tuple[str, ...]


class Table(Printed):
    """A comparison as a table with its sentence.

    `str()` is plain text, 100 columns wide; rich prints it to fit the terminal; a notebook shows
    HTML. Where it is too wide, each interval goes to a line of its own; where that is too wide as
    well, each number does.
    """

    def __init__(self, comparison: Comparison) -> None:
        self._comparison = comparison

    def more(self) -> Columns:
        """The columns of the second half: what further mechanisms did, where there are any.

        A column in which no doctrine differs from a campaign without the mechanism is left out.
        """
        found = self._comparison
        return tuple(
            (heading, key)
            for heading, key, absent in _MORE
            if any(one[key].n and one[key].mean != absent for one in found.doctrines)
        )

    def _parts(self) -> Iterator[Columns]:
        """The columns of each part of the table that says anything."""
        found = self._comparison
        after = (way_home.columns(found), aftermath.columns(found))
        return filter(None, (COLUMNS, horizon.columns(found), self.more(), *after))

    def rows(self, between: str = " ", columns_shown: Columns = COLUMNS) -> list[Row]:
        """The rows of one half. between: what stands between an estimate and its interval."""
        columns = [_cells(self._comparison, key, between) for _heading, key in columns_shown]
        best = self._marked()
        return [
            Row(one.name, one.name == best, tuple(column[place] for column in columns))
            for place, one in enumerate(self._comparison.doctrines)
        ]

    def _marked(self) -> str | None:
        """The doctrine to mark: the best, where luck cannot explain that it is.

        Chances that are level mark none; mean-field courses are told apart by their losses.
        """
        found = self._comparison
        best = found[found.best.doctrine]
        alone = len(found.doctrines) == 1
        wins = found.clear if found.by_chance else not alone and best["p_secured"].mean
        return best.name if wins else None

    def notes(self) -> list[str]:
        """What was run, what the intervals are and what the columns mean, a sentence each."""
        shown = {key for columns in self._parts() for _heading, key in columns}
        return notes(self._comparison, shown, marked=self._marked() is not None)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """What rich prints: the table, its notes, the sentence."""
        from rich.measure import Measurement
        from rich.text import Text

        comparison = self._comparison
        yield Text(named(comparison.title), style="bold")
        yield Text(latin(comparison.scenario), style="dim")
        room = options.update(width=_ENDLESS)
        for columns in self._parts():
            grids = (self._grid(between, columns) for between in (" ", _BREAK))
            fitting = (
                grid
                for grid in grids
                if Measurement.get(console, room, grid).maximum <= options.max_width
            )
            yield Text()
            yield next(fitting, None) or self._list(columns)
        yield Text()
        yield Text(flow(" ".join(self.notes()), options.max_width), style="dim")
        for paragraph in filter(None, (answer(comparison), horizon.warning(comparison))):
            yield Text()
            yield Text(flow(paragraph, options.max_width))

    def _grid(self, between: str, columns: Columns) -> Grid:
        """One half of the table, for rich."""
        from rich import box
        from rich.text import Text

        # The box sets columns one blank apart; a second one only where there is room to spare.
        padding = (0, 0 if between == _BREAK else 1, 0, 0)
        grid = Grid(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=padding)
        grid.add_column(_("doctrine"), overflow="fold", max_width=_NAME_WIDTH)
        for heading in headings(columns):
            grid.add_column(heading, justify="right", no_wrap=True)
        for row in self.rows(between, columns):
            style = "bold" if row.best else ""
            name = Text(latin(row.name) + (_MARK if row.best else ""))
            grid.add_row(name, *(Text(cell) for cell in row.cells), style=style)
        return grid

    def _list(self, columns: Columns) -> Grid:
        """For the narrowest screens: the doctrines one below the other."""
        from rich.text import Text

        grid = Grid.grid(padding=(0, 1))
        assert isinstance(grid, Grid)
        for row in self.rows(columns_shown=columns):
            grid.add_row(Text(latin(row.name) + (_MARK if row.best else ""), style="bold"))
            for heading, cell in zip(headings(columns), row.cells, strict=True):
                grid.add_row(Text(f"  {heading.replace(_BREAK, ' ')}: {cell}"))
        return grid

    def _repr_html_(self) -> str:
        """A small HTML table without scripts; it takes the colours of the page around it."""
        e = _escaped
        spoken = language()
        halves = "".join(self._html_half(columns) for columns in self._parts())
        small = e(" ".join(self.notes()))
        page = (
            f"<p><strong>{e(named(self._comparison.title))}</strong></p>"
            f"{halves}"
            f'<p style="max-width:60rem">{e(verdict(self._comparison))}</p>'
            f'<p style="max-width:60rem;opacity:.7;font-size:.85em">{small}</p>'
        )
        if right_to_left():
            return f'<div dir="rtl" lang="{spoken.code}">{page}</div>'
        return page

    def _html_half(self, columns: Columns) -> str:
        """One half of the table as HTML."""
        near, far = _sides()
        texts = (_escaped(heading).replace(_BREAK, "<br>") for heading in headings(columns))
        head = "".join(f"<th{far}>{text}</th>" for text in texts)
        body = "".join(_html_row(row, _escaped) for row in self.rows("<br>", columns))
        return (
            '<div style="overflow-x:auto"><table style="white-space:nowrap">'
            f"<thead><tr><th{near}>{_escaped(_('doctrine'))}</th>{head}</tr></thead>"
            f"<tbody>{body}</tbody></table></div>"
        )


def headings(columns: Columns) -> list[str]:
    """The headings of columns, in the language that is spoken."""
    return [_(heading) for heading, _key in columns]


def _escaped(text: str) -> str:
    """A text for HTML, in the digits of the language."""
    return html.escape(shaped(text))


def _sides() -> tuple[str, str]:
    """The styles of what stands where reading begins, and of numbers, which stand apart from it."""
    near, far = ("right", "left") if right_to_left() else ("left", "right")
    style = ' style="text-align:{};vertical-align:top;padding:{}"'
    pads = {"left": ".3rem 1rem .3rem 0", "right": ".3rem 0 .3rem 1rem"}
    return style.format(near, pads[near]), style.format(far, pads[far])


def _html_row(row: Row, escape: Callable[[str], str]) -> str:
    """One row of the HTML table; the interval in small print below its estimate."""
    near, far = _sides()
    cells = []
    for cell in row.cells:
        value, _br, interval = cell.partition("<br>")
        small = f'<br><small style="opacity:.7">{escape(interval)}</small>' if interval else ""
        cells.append(f"<td{far}>{escape(value)}{small}</td>")
    name = escape(latin(row.name))
    name = f"<strong>{name}{_MARK}</strong>" if row.best else name
    return f"<tr><td{near}>{name}</td>{''.join(cells)}</tr>"


def _exact_text(value: Estimate, places: int = EXACT_PLACES) -> str:
    """A chance or a mean without an interval."""
    if value.mean is None:
        return NOTHING
    shown = percent if value.kind == "share" else number
    return shown(value.mean, places)


def _cells(comparison: Comparison, key: str, between: str) -> list[str]:
    """A column's texts, with the same number of decimals in each."""
    found: list[Estimate] = [one[key] for one in comparison.doctrines]
    if not comparison.by_chance:
        if found[0].kind == "share":
            return [_("yes") if one.mean else _("no") for one in found]
        places = course_places(one.mean for one in found)
        return [_exact_text(one, places) for one in found]
    if not comparison.drawn:
        return [_exact_text(one) for one in found]
    if found[0].kind == "share":
        return [share_text(one, between) for one in found]
    places = places_for(found)
    return [mean_text(one, places, between) for one in found]
