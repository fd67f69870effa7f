"""The time through layers that are rebuilt, as text: sentences, figures, a chart of the chances."""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from nobat.show.language import _, joined, many, right_to_left
from nobat.show.layout import Grid, Printed
from nobat.show.numbers import NOTHING, chance_text, number, percent
from nobat.show.words import flow
from nobat.theory.breach_question import Report, standard_deviation
from nobat.theory.breach_simulated import SHARES

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

_DIGITS = 3
#: Numbers from here on, and those below its inverse, are told with a power of ten.
_MANY = 10_000_000
#: A smaller chance shows as 0.0 %.
_TINY = Decimal("0.001")
_MOST_BARS, _BAR = 12, 40
#: What a line of the chart holds besides its bar.
_BESIDE = 26


class Table(Printed):
    """A report on a breach: `str()` is plain text of 100 columns; rich fits it to the terminal."""

    def __init__(self, report: Report) -> None:
        self._report = report

    def heading(self) -> str:
        """What was asked, in a line."""
        layers = self._report.layers
        told = [
            many(layers.count, "{n} layer", "{n} layers"),
            _("carried at {rates}").format(rates=_rates(layers.breach)),
        ]
        if layers.rebuild:
            told.append(_("rebuilt at {rates}").format(rates=_rates(layers.rebuild)))
        return joined(told)

    def sentences(self) -> list[str]:
        """What came out, in words."""
        report, exact = self._report, self._report.layers.exact
        half = report.quantiles[0.5]
        text = _("It takes {days} days on average, in half of the cases {half} or less.")
        if half is None:
            text = _("It takes {days} days on average.")
        told = [text.format(days=_digits(exact.mean_time), half=_digits(half))]
        if not any(report.layers.rebuild):
            return [*told, _("Nothing is rebuilt.")]
        rebuilt = _(
            "On the way {n} layers are rebuilt on average; the chance that none ever is, is "
            "{chance}."
        )
        chance = _chance(exact.p_never_rebuilt)
        return [*told, rebuilt.format(n=_digits(exact.rebuilt), chance=chance)]

    def lines(self) -> list[tuple[str, list[str]]]:
        """The figures: a name, the exact one and, where there is a sample, the simulated one."""
        exact, sample = self._report.layers.exact, self._report.sample
        spread = standard_deviation(exact.variance)
        rows = [
            (_("mean time, days"), [_digits(exact.mean_time)]),
            (_("standard deviation, days"), [_digits(spread)]),
            (_("layers rebuilt, mean"), [_digits(exact.rebuilt)]),
            (_("none ever rebuilt"), [_chance(exact.p_never_rebuilt)]),
        ]
        rows += [
            (_("{share} % are through by, days").format(share=f"{100 * share:g}"), [_digits(time)])
            for share, time in self._report.quantiles.items()
        ]
        if sample is None:
            return rows
        found = [
            (_digits(sample.mean_time), _digits(sample.standard_error)),
            (_digits(sample.standard_deviation), ""),
            (_digits(float(sample.rebuilt.mean())), ""),
            (percent(sample.p_never_rebuilt), percent(sample.p_standard_error)),
            *((_digits(time), "") for time in sample.quantiles().values()),
        ]
        return [(name, [*cells, *more]) for (name, cells), more in zip(rows, found, strict=True)]

    def grid(self) -> Grid:
        """The figures as a table."""
        grid = Grid(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
        grid.add_column("", style="dim", overflow="fold")
        headings = [_("exact")]
        if self._report.sample is not None:
            headings += [_("simulated"), _("standard\nerror")]
        for heading in headings:
            grid.add_column(heading, justify="right", no_wrap=True)
        for name, cells in self.lines():
            grid.add_row(name, *cells)
        return grid

    def bars(self, width: int, ascii_only: bool) -> Iterator[tuple[str, str, str]]:
        """The chance to be through by each of some round times: the time, a bar, the chance."""
        law, most = self._report.passage, self._report.quantiles[SHARES[-1]]
        if law is None or most is None:
            return
        mark, longest = "#" if ascii_only else "█", _longest(width)
        step = _round_step(most / (_MOST_BARS - 2))
        for n in range(1, math.ceil(most / step) + 1):
            chance = law.cdf(n * step)
            yield f"{n * step:,.10g}", mark * round(longest * chance), chance_text(chance)

    def notes(self) -> list[str]:
        """Where the figures come from."""
        sample, told = self._report.sample, []
        if self._report.passage is None:
            told.append(
                _(
                    "The times by which so many are through are beyond floating point: only the "
                    "moments can be told."
                )
            )
        if sample is not None:
            text = _("Simulated: {n} replications, seed {seed}, event by event.")
            told.append(text.format(n=f"{sample.times.size:,}", seed=sample.seed))
        return told

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """What rich prints: the sentences, the figures, the chart."""
        from rich.text import Text

        width = options.max_width
        yield Text(flow(self.heading(), width), style="bold")
        yield Text()
        yield Text(flow(" ".join(self.sentences()), width))
        yield Text()
        yield self.grid()
        yield Text()
        yield from self._chart(width, options.ascii_only)
        for note in self.notes():
            yield Text(flow(note, width), style="dim")

    def _chart(self, width: int, ascii_only: bool) -> Iterator[RenderableType]:
        """The bars under a heading; they grow from where reading begins."""
        from rich.text import Text

        rows = list(self.bars(width, ascii_only))
        if rows:
            yield Text(_("through by day"), no_wrap=True, overflow="crop")
        if not right_to_left():
            for time, bar, chance in rows:
                line = f"{time:>10}  {bar:<{_longest(width)}} {chance:>12}"
                yield Text(line, no_wrap=True, overflow="crop")
            return
        grid = Grid.grid(padding=(0, 2, 0, 0))
        for row in rows:
            grid.add_row(*row)
        yield grid


def _longest(width: int) -> int:
    """How long a bar is at most."""
    return max(1, min(_BAR, width - _BESIDE))


def _rates(rates: tuple[float, ...]) -> str:
    """`0.3 a day`, or a list of different ones, cut where it is long."""
    if len(set(rates)) == 1:
        return _("{rates} a day").format(rates=f"{rates[0]:g}")
    told = [f"{rate:g}" for rate in rates[:8]] + (["..."] if len(rates) > 8 else [])
    return _("{rates} a day").format(rates=joined(told))


def _round_step(at_least: float) -> float:
    """The next of 1, 2, 5, 10, 20, 50, ... and their inverses."""
    power = 10.0 ** math.floor(math.log10(at_least))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= at_least)


def _chance(value: Decimal) -> str:
    """A chance in percent, or where it is tiny as a number."""
    return percent(float(value)) if value >= _TINY else _digits(value)


def _digits(value: Decimal | float | None) -> str:
    """A number to three digits; far from 1 with a power of ten, however far that is."""
    if value is None:
        return NOTHING
    if value == 0:
        return "0"
    if not 1.0 / _MANY < value < _MANY:
        mantissa, power = f"{value:.{_DIGITS - 1}e}".split("e")
        return f"{mantissa}e{int(power)}"
    return number(float(value), max(0, _DIGITS - 1 - math.floor(math.log10(value))))
