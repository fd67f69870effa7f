"""A curve of sleep as text: a row for each day, a character for each hour."""

from __future__ import annotations

import html
import io
from typing import TYPE_CHECKING

from nobat.show.numbers import NOTHING, number
from nobat.show.tables import WIDTH
from nobat.show.words import flow
from nobat.theory.sleep import (
    HIGH_KSS,
    LOW_EFFECTIVENESS,
    SAFTE,
    SAFTER,
    THREE,
    Curve,
    Day,
    Reading,
)

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.table import Table as RichTable

_TITLES = {
    SAFTE: "SAFTE, as published in 2004",
    SAFTER: "SAFTE, with the constants of SAFTEr 1.0.0",
    THREE: "three-process model, 1997",
}
_ASLEEP, _NOT_ASKED = "z", " "
#: Clock hours over the strip of a day, each at its place.
_CLOCK = "0     6     12    18    "
#: A page of fewer columns has no room for the strip.
_NARROW = 88
#: More days than this are left out of the middle.
_MOST_DAYS = 40


class Table:
    """A curve as a table of its days; `str()` is plain text of 100 columns."""

    def __init__(self, curve: Curve) -> None:
        self._curve = curve
        self._marks = {int(one.hour): self._mark(one) for one in curve.rows}

    def heading(self) -> str:
        """What was asked, in a line."""
        curve = self._curve
        state = "S" if curve.model == THREE else "reservoir"
        of = "" if curve.model == THREE else " of 2,880"
        places = 2 if curve.model == THREE else 0
        parts = [
            _TITLES[curve.model],
            f"hours {curve.start_h:g} to {curve.until_h:g}",
            f"from {state} {number(curve.start_reservoir, places)}{of}",
        ]
        return ", ".join([*([curve.name] if curve.name else []), *parts])

    def _mark(self, one: Reading) -> str:
        """An hour's character: z asleep; the tens of effectiveness, at most 9; or whole KSS."""
        if not one.awake:
            return _ASLEEP
        score = self._curve.measure(one)
        if self._curve.model == THREE:
            return str(min(9, max(1, round(score))))
        return str(min(9, max(0, int(score // 10))))

    def strip(self, day: Day) -> str:
        """The hours of a day."""
        first = 24 * day.day
        return "".join(self._marks.get(first + hour, _NOT_ASKED) for hour in range(24))

    def days(self) -> list[Day]:
        """The days that are shown: all, or the first and last of very many."""
        days = self._curve.days()
        half = _MOST_DAYS // 2
        return days if len(days) <= _MOST_DAYS else days[:half] + days[-half:]

    def grid(self, strips: bool) -> RichTable:
        """The days as a table. strips: with the hours of each."""
        from rich.table import Table as RichTable

        grid = RichTable(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
        three = self._curve.model == THREE
        worst, least = ("KSS", "highest") if three else ("effectiveness", "lowest")
        limit = f"h at KSS\n{HIGH_KSS:g} +" if three else f"h below\n{LOW_EFFECTIVENESS:g} %"
        for title in (
            "\nday",
            "hours\nasleep",
            f"{worst} awake\nmean",
            f"\n{least}",
            "\nat",
            limit,
        ):
            grid.add_column(title, justify="right", no_wrap=True)
        if strips:
            grid.add_column("hour by hour\n" + _CLOCK, no_wrap=True)
        for day in self.days():
            cells = [str(day.day), number(day.asleep_h, 1)]
            if day.mean is None or day.worst is None or day.worst_h is None:
                cells += [NOTHING] * 4
            else:
                cells += [number(day.mean, 1), number(day.worst, 1), _clock(day.worst_h)]
                cells.append(number(day.impaired_h, 1))
            grid.add_row(*cells, *([self.strip(day)] if strips else []))
        return grid

    def notes(self, strips: bool) -> list[str]:
        """What the table says as a whole, and how to read it."""
        curve = self._curve
        there = [day for day in curve.days() if day.worst is not None]
        notes = []
        if there:
            sign = -1.0 if curve.model == THREE else 1.0
            worst = min(there, key=lambda day: sign * (day.worst or 0.0))
            hours = sum(day.awake_h for day in there)
            impaired = sum(day.impaired_h for day in there)
            notes.append(self._sum(worst, impaired, hours))
        if curve.left_out:
            verb = "sleep is" if curve.left_out == 1 else "sleeps are"
            notes.append(f"{number(curve.left_out, 0)} {verb} outside these hours and left out.")
        if len(curve.days()) > _MOST_DAYS:
            notes.append(f"{len(curve.days()) - _MOST_DAYS} days in the middle are left out.")
        if strips:
            what = (
                "KSS, rounded" if curve.model == THREE else "tens of effectiveness (9: 90 or more)"
            )
            notes.append(f"A character for each whole hour: z asleep, else {what}.")
        notes.append("--json gives every whole hour.")
        return notes

    def _sum(self, worst: Day, impaired: float, hours: float) -> str:
        """The whole in a sentence."""
        at = f"on day {worst.day} at about {_clock(worst.worst_h or 0.0)}"
        share = f"{number(impaired, 1)} of {number(hours, 1)} waking hours"
        if self._curve.model == THREE:
            return f"Sleepiest {at}, KSS {number(worst.worst or 0.0, 1)}; {share} at 7 or more."
        return f"Lowest {at}, {number(worst.worst or 0.0, 1)} %; {share} below 77 %."

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """What rich prints: the heading, the days, the notes."""
        from rich.text import Text

        strips = options.max_width >= _NARROW
        yield Text(flow(self.heading(), options.max_width), style="bold")
        yield Text()
        yield self.grid(strips)
        yield Text()
        for note in self.notes(strips):
            yield Text(flow(note, options.max_width))

    def __str__(self) -> str:
        """Plain text, 100 columns wide."""
        from rich.console import Console

        page = io.StringIO()
        Console(file=page, width=WIDTH, color_system=None, force_terminal=False).print(self)
        return "\n".join(line.rstrip() for line in page.getvalue().splitlines())

    __repr__ = __str__

    def _repr_html_(self) -> str:
        """The text as it stands, in letters of one width."""
        return f'<pre style="line-height:1.15">{html.escape(str(self))}</pre>'


def _clock(hour: float) -> str:
    """A clock time to the quarter of an hour: 22:57 is 23:00, and 23:57 is 24:00."""
    minutes = 15 * round(hour % 24.0 * 4.0)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
