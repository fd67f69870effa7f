"""A checkpoint as text: a sentence, and a column for each time that a check takes."""

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

    from nobat.theory.checkpoint import Report, Row

_LABEL = 30
_COLUMN = 12


class Table:
    """A checkpoint report: `str()` is plain text of 100 columns; rich fits it to the terminal."""

    def __init__(self, report: Report) -> None:
        self._report = report

    def sentences(self) -> list[str]:
        """What the quickest check means, and the longest."""
        rows = sorted(self._report.rows, key=lambda row: row.minutes_a_check)
        told = [self._sentence(rows[0])]
        if len(rows) > 1:
            told.append(self._sentence(rows[-1]))
        return told

    def _sentence(self, row: Row) -> str:
        line, seen = row.queue, row.screening
        minutes = "minute" if row.minutes_a_check == 1 else "minutes"
        where = f"With {_plain(row.minutes_a_check)} {minutes} a check"
        caught = (
            f"{digits(100 * seen.sensitivity, NOTHING)} % of the infiltrators are caught and "
            f"{digits(seen.missed_per_1000, NOTHING)} of 1,000 who come are missed"
        )
        if line.overloaded:
            return (
                f"{where} the checkpoint is overloaded: as many come as can be checked, or more, "
                f"so there is no steady state and the queue grows {_pace(line.growth_per_hour)}; "
                f"{caught}."
            )
        wait = digits(line.mean_wait_min, NOTHING)
        return f"{where} people wait {wait} minutes on average; {caught}."

    def lines(self) -> list[tuple[str, list[str]]]:
        """The table's lines: a name, and a figure for each time of a check."""
        rows = self._report.rows
        return [
            ("minutes a check", [_plain(row.minutes_a_check) for row in rows]),
            ("lanes in use, %", [digits(100 * row.queue.utilisation, NOTHING) for row in rows]),
            ("overloaded", ["yes" if row.queue.overloaded else "no" for row in rows]),
            ("who wait, %", [_steady(row, 100 * row.queue.p_wait) for row in rows]),
            ("mean wait, min", [_steady(row, row.queue.mean_wait_min) for row in rows]),
            ("mean queue, persons", [_steady(row, row.queue.mean_queue) for row in rows]),
            ("queue grows by, an hour", [digits(row.queue.growth_per_hour, "") for row in rows]),
            ("caught (Se), %", [digits(100 * row.screening.sensitivity, "") for row in rows]),
            ("let through (Sp), %", [digits(100 * row.screening.specificity, "") for row in rows]),
            ("missed of 1,000", [digits(row.screening.missed_per_1000, "") for row in rows]),
            (
                "false stops of 1,000",
                [digits(row.screening.false_stops_per_1000, "") for row in rows],
            ),
            ("of those stopped mean harm, %", [_share(row.screening.ppv) for row in rows]),
        ]

    def facts(self) -> list[str]:
        """What was asked."""
        report = self._report
        return [
            f"{_plain(report.arrivals_per_hour)} persons an hour come to "
            f"{report.lanes} {'lane' if report.lanes == 1 else 'lanes'}; "
            f"{_plain(100 * report.infiltrator_share)} % of them mean harm.",
            "M/M/c: arrivals and checks without memory (Erlang C)"
            + (
                "."
                if report.fixed
                else "; what is caught is the average over exponential times of a check."
            ),
        ]

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
        """Tables of as many times as there is room for."""
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


def _pace(per_hour: float) -> str:
    """How fast a queue grows without end; as many as can be checked make it grow like a root."""
    if per_hour <= 0.0:
        return "without end, ever more slowly"
    return f"by {digits(per_hour, NOTHING)} persons an hour"


def _plain(value: float) -> str:
    """A number as it was given, with commas between thousands."""
    return f"{value:,.10g}"


def _steady(row: Row, value: float) -> str:
    """A figure of the steady state; nothing where there is none."""
    return NOTHING if row.queue.overloaded else digits(value, NOTHING)


def _share(value: float) -> str:
    return NOTHING if math.isnan(value) else digits(100 * value, NOTHING)
