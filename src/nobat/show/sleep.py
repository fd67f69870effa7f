"""A curve of sleep as text: a row for each day, a character for each hour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nobat.show.language import _, digit, joined, many, marked, named, shaped
from nobat.show.layout import Grid, Printed, drawn
from nobat.show.numbers import NOTHING, number
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

_TITLES = {
    SAFTE: marked("SAFTE, as published in 2004"),
    SAFTER: marked("SAFTE, with the constants of SAFTEr 1.0.0"),
    THREE: marked("three-process model, 1997"),
}
_ASLEEP, _NOT_ASKED = "z", " "
#: Clock hours over the strip of a day, each at its place.
_CLOCK = "0     6     12    18    "
#: A page of fewer columns has no room for the strip.
_NARROW = 88
#: More days than this are left out of the middle.
_MOST_DAYS = 40


class Table(Printed):
    """A curve as a table of its days; `str()` is plain text of 100 columns."""

    def __init__(self, curve: Curve) -> None:
        self._curve = curve
        self._marks = {int(one.hour): self._mark(one) for one in curve.rows}

    def heading(self) -> str:
        """What was asked, in a line."""
        curve = self._curve
        hours = _("hours {start} to {until}")
        if curve.model == THREE:
            state = _("from S {start}").format(start=number(curve.start_reservoir, 2))
        else:
            state = _("from reservoir {start} of 2,880")
            state = state.format(start=number(curve.start_reservoir, 0))
        parts = [
            _(_TITLES[curve.model]),
            hours.format(start=f"{curve.start_h:g}", until=f"{curve.until_h:g}"),
            state,
        ]
        return joined([*([named(curve.name)] if curve.name else []), *parts])

    def _mark(self, one: Reading) -> str:
        """An hour's character: z asleep; the tens of effectiveness, at most 9; or whole KSS."""
        if not one.awake:
            return _ASLEEP
        score = self._curve.measure(one)
        if self._curve.model == THREE:
            return digit(min(9, max(1, round(score))))
        return digit(min(9, max(0, int(score // 10))))

    def strip(self, day: Day) -> str:
        """The hours of a day."""
        first = 24 * day.day
        return "".join(self._marks.get(first + hour, _NOT_ASKED) for hour in range(24))

    def days(self) -> list[Day]:
        """The days that are shown: all, or the first and last of very many."""
        days = self._curve.days()
        half = _MOST_DAYS // 2
        return days if len(days) <= _MOST_DAYS else days[:half] + days[-half:]

    def _headings(self) -> tuple[str, ...]:
        """The headings of the columns, in two lines."""
        if self._curve.model == THREE:
            limit = _("h at KSS\n{limit} +").format(limit=f"{HIGH_KSS:g}")
            score = _("KSS awake\nmean"), _("\nhighest"), _("\nat"), limit
        else:
            limit = _("h below\n{limit} %").format(limit=f"{LOW_EFFECTIVENESS:g}")
            score = _("effectiveness awake\nmean"), _("\nlowest"), _("\nat"), limit
        return (_("\nday"), _("hours\nasleep"), *score)

    def grid(self, strips: bool) -> Grid:
        """The days as a table. strips: with the hours of each."""
        from rich.text import Text

        grid = Grid(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
        for title in self._headings():
            grid.add_column(title, justify="right", no_wrap=True)
        if strips:
            # The hours of a day run to the right in every language.
            clock = drawn(Text(shaped(_CLOCK)))
            head = Text(_("hour by hour") + "\n").append_text(clock)
            grid.add_column(head, no_wrap=True)
        for day in self.days():
            cells = [str(day.day), number(day.asleep_h, 1)]
            if day.mean is None or day.worst is None or day.worst_h is None:
                cells += [NOTHING] * 4
            else:
                cells += [number(day.mean, 1), number(day.worst, 1), _clock(day.worst_h)]
                cells.append(number(day.impaired_h, 1))
            grid.add_row(*cells, *([drawn(Text(self.strip(day)))] if strips else []))
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
            notes.append(
                many(
                    curve.left_out,
                    "{n} sleep is outside these hours and left out.",
                    "{n} sleeps are outside these hours and left out.",
                )
            )
        if len(curve.days()) > _MOST_DAYS:
            middle = len(curve.days()) - _MOST_DAYS
            notes.append(_("{n} days in the middle are left out.").format(n=middle))
        if strips and curve.model == THREE:
            notes.append(_("A character for each whole hour: z asleep, else KSS, rounded."))
        elif strips:
            notes.append(
                _(
                    "A character for each whole hour: z asleep, else tens of effectiveness (9: 90 "
                    "or more)."
                )
            )
        notes.append(_("--json gives every whole hour."))
        return notes

    def _sum(self, worst: Day, impaired: float, hours: float) -> str:
        """The whole in a sentence."""
        if self._curve.model == THREE:
            text = _(
                "Sleepiest on day {day} at about {clock}, KSS {worst}; {impaired} of {hours} "
                "waking hours at 7 or more."
            )
        else:
            text = _(
                "Lowest on day {day} at about {clock}, {worst} %; {impaired} of {hours} waking "
                "hours below 77 %."
            )
        return text.format(
            day=worst.day,
            clock=_clock(worst.worst_h or 0.0),
            worst=number(worst.worst or 0.0, 1),
            impaired=number(impaired, 1),
            hours=number(hours, 1),
        )

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


def _clock(hour: float) -> str:
    """A clock time to the quarter of an hour: 22:57 is 23:00, and 23:57 is 24:00."""
    minutes = 15 * round(hour % 24.0 * 4.0)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
