"""What a distance of the rear costs, as text: a sentence, and a column for each distance."""

from __future__ import annotations

import html
import io
import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from nobat.show.numbers import NOTHING, digits
from nobat.show.tables import WIDTH
from nobat.show.words import flow

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.table import Table as RichTable

    from nobat.theory.supply import Report, Row

_LABEL = 26
_COLUMN = 12
#: Figures are told to so many digits.


class Table:
    """A supply report: `str()` is plain text of 100 columns; rich fits it to the terminal."""

    def __init__(self, report: Report) -> None:
        self._report = report

    def sentences(self) -> list[str]:
        """What comes, against what is used, at the nearest and the farthest; then d*."""
        rows = sorted(self._report.rows, key=lambda row: row.distance_km)
        told = [self._sentence(rows[0], self._trucks())]
        if len(rows) > 1:
            told.append(self._sentence(rows[-1], "they bring"))
        return [*told, self._culmination()]

    def _sentence(self, row: Row, bring: str) -> str:
        report = self._report
        used, lift = _plain(report.use_t_per_day), _digits(row.lift_t_per_day)
        where = f"At {_plain(row.distance_km)} km"
        if math.isinf(row.lift_t_per_day):
            return f"{where}, without delay, nothing limits what arrives."
        if row.lift_t_per_day <= 0:
            of = f"of the {used} t used a day: {self._lasting(row)}" if report.use_t_per_day else ""
            return f"{where} nothing arrives {of}".rstrip() + "."
        if report.use_t_per_day <= 0:
            return f"{where} {bring} {lift} t a day; nothing is used."
        if math.isinf(row.days_of_supply):
            return f"{where} {bring} {lift} t a day: enough for the {used} t used."
        return f"{where} {bring} {lift} t a day of the {used} t used: {self._lasting(row)}."

    def _trucks(self) -> str:
        fleet = self._report.fleet
        count = f"{_plain(fleet.trucks)} truck{'' if fleet.trucks == 1 else 's'}"
        if fleet.availability < 1:
            count += f" ({_plain(fleet.at_work)} at work)"
        return f"{count} bring{'s' if fleet.trucks == 1 else ''}"

    def _lasting(self, row: Row) -> str:
        stock = self._report.stock_t
        if stock <= 0:
            return "there is no stock to make up for the rest"
        return f"the stock of {_plain(stock)} t lasts {_digits(row.days_of_supply)} days"

    def _culmination(self) -> str:
        far = self._report.culmination_km
        if math.isinf(far):
            return "As nothing is used, no distance is too far."
        if not self._report.use_t_per_day:
            return f"Beyond {_digits(far)} km nothing arrives."
        if far <= 0:
            return "At no distance is as much brought as is used."
        return f"Beyond {_digits(far)} km less is brought than used: there the force culminates."

    def facts(self) -> list[str]:
        """What holds at any distance."""
        alone = self._report.self_consumption_km
        if math.isinf(alone):
            return ["The trucks' own use is left out."]
        return [
            f"A truck burns its whole load in {_digits(alone)} km, "
            f"{_digits(alone / 2)} km there and back."
        ]

    def lines(self) -> list[tuple[str, list[str]]]:
        """The table's lines: a name, and a figure for each distance."""
        rows = self._report.rows
        return [
            ("distance, km", [_plain(row.distance_km) for row in rows]),
            ("turnaround, h", [_digits(row.turnaround_h) for row in rows]),
            ("trips a truck and day", [_digits(row.trips_per_day) for row in rows]),
            ("burnt by the trucks, %", [_digits(100 * row.eaten_share) for row in rows]),
            ("lift, t a day", [_digits(row.lift_t_per_day) for row in rows]),
            ("lift, % of the use", [self._covered(row) for row in rows]),
            ("days of supply", [_digits(row.days_of_supply) for row in rows]),
        ]

    def _covered(self, row: Row) -> str:
        return _digits(100 * row.covered_share) if self._report.use_t_per_day else NOTHING

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """What rich prints: the sentences, then as many tables as the width needs."""
        from rich.text import Text

        yield Text(flow(" ".join(self.sentences()), options.max_width))
        for grid in self._grids(options.max_width):
            yield Text()
            yield grid
        yield Text()
        yield Text(flow(" ".join(self.facts()), options.max_width), style="dim")

    def _grids(self, width: int) -> Iterator[RichTable]:
        """Tables of as many distances as there is room for."""
        from rich.table import Table as RichTable

        each = max(1, (width - _LABEL) // _COLUMN)
        for first in range(0, len(self._report.rows), each):
            grid = RichTable.grid(padding=(0, 2, 0, 0))
            shown = [(name, cells[first : first + each]) for name, cells in self.lines()]
            grid.add_column(style="dim", overflow="fold")
            for _ in shown[0][1]:
                grid.add_column(justify="right", no_wrap=True)
            for name, cells in shown:
                grid.add_row(name, *cells)
            yield grid

    def __str__(self) -> str:
        """Plain text, 100 columns wide."""
        from rich.console import Console

        page = io.StringIO()
        console = Console(file=page, width=WIDTH, color_system=None, force_terminal=False)
        console.print(self)
        return "\n".join(line.rstrip() for line in page.getvalue().splitlines())

    __repr__ = __str__

    def _repr_html_(self) -> str:
        """The text as it stands, in letters of one width."""
        return f'<pre style="line-height:1.15">{html.escape(str(self))}</pre>'


def _plain(value: float) -> str:
    """A number as it was given, with commas between thousands."""
    return f"{value:,.10g}"


def _digits(value: float) -> str:
    return digits(value, "no limit")
