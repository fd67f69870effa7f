"""Attacks after a campaign as text: how many, how they are spread, and as time goes by."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from nobat.show.language import _, many, right_to_left
from nobat.show.layout import Grid, Printed
from nobat.show.numbers import (
    DIGITS,
    chance_text,
    digits,
    mean_text,
    number,
    percent,
    places_for,
    share_text,
)
from nobat.show.words import days, flow
from nobat.study.estimates import LEVEL, mean_of, share

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

    from nobat.theory.recurrence_question import Answer

#: How many bars about, how long at most, and the room beside one for its percentage.
_ROWS, _LONGEST, _BESIDE = 14, 48, 10
#: What lies beyond this share at either end goes into the last bar of that end.
_TAIL = 0.002
#: From here on numbers are told in powers of ten.
_LARGE = 1e9
_MARK, _PLAIN, _STYLE = "█", "#", "dark_orange3"


class Bar(NamedTuple):
    """A row of the chart: how many attacks, with what probability."""

    label: str
    p: float


class Table(Printed):
    """An answer on recurrence: `str()` is plain text of 100 columns; rich fits it."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def heading(self) -> str:
        """What was asked, in a line."""
        asked = self._answer.question
        process = asked.process
        one, several = _("{n} person"), _("{n} persons")
        force = (one if process.residual == 1 else several).format(n=_plain(process.residual))
        return _(
            "Attacks of a residual force of {force}: {incidents} a month from 100 of them, each "
            "provoking {theta} more at a rate of {omega} a day"
        ).format(
            force=force,
            incidents=_plain(process.incidents),
            theta=_plain(process.theta),
            omega=_plain(process.omega),
        )

    def sentence(self) -> str:
        """The answer in plain words."""
        answer, asked = self._answer, self._answer.question
        time = days(asked.days)
        if asked.process.root_rate <= 0.0:
            text = _(
                "No attack is to be expected in {time}: there is nobody to make it, or no rate."
            )
            return text.format(time=time)
        text, low, high = _("{mean} attacks in {time} on average."), 0, 0
        if answer.range_90 is not None and (answer.sample is None or answer.sample.n > 1):
            low, high = answer.range_90
            text = _("{mean} attacks in {time} on average; in nine of ten cases {low} to {high}.")
        text = text.format(mean=self._mean(), time=time, low=number(low, 0), high=number(high, 0))
        return f"{text} {self._none()}"

    def _mean(self) -> str:
        sample = self._answer.sample
        if sample is None or sample.n == 1 or sample.variance <= 0.0:
            return _digits(self._answer.expected_attacks)
        estimate = mean_of(sample.n, sample.mean, sample.variance * sample.n)
        return mean_text(estimate, places_for([estimate]))

    def _none(self) -> str:
        sample = self._answer.sample
        if sample is None:
            text = _("With a probability of {chance} none comes at all.")
            return text.format(chance=_chance(self._answer.p_no_attack))
        text = _("In {share} of the cases none comes at all.")
        return text.format(share=share_text(share(round(sample.p_none * sample.n), sample.n)))

    def facts(self) -> list[str]:
        """Where the attacks come from, and how the answer was found."""
        answer, process = self._answer, self._answer.question.process
        roots = process.root_rate * answer.question.days
        first = _("The first comes after {days} days on average.")
        told = [first.format(days=_digits(1.0 / process.root_rate))]
        if process.theta > 0.0:
            family = _(
                "{roots} of them are provoked by no other; with all that follows, each of those "
                "comes to {family} in the end."
            )
            told.append(family.format(roots=_digits(roots), family=_digits(process.family_size)))
        else:
            told.append(_("None provokes another."))
        if answer.variance_attacks > 0.0 and process.theta > 0.0:
            ratio = _digits(answer.variance_attacks / answer.expected_attacks)
            text = _("Variance {ratio} times the mean: attacks come in clusters.")
            told.append(text.format(ratio=ratio))
        if answer.sample is not None:
            told.append(
                many(
                    answer.sample.n,
                    "{n} case drawn, seed {seed}. {level} % intervals: [low, high] Wilson, for "
                    "shares; ± Student's t, for means. The lines by day are the closed form.",
                    "{n} cases drawn, seed {seed}. {level} % intervals: [low, high] Wilson, for "
                    "shares; ± Student's t, for means. The lines by day are the closed form.",
                    seed=answer.sample.seed,
                    level=f"{100 * LEVEL:.0f}",
                )
            )
        elif answer.chances is None:
            told.append(_("The chances of each number are left out: too much work."))
        return told

    def bars(self) -> list[Bar]:
        """How many attacks, and how likely that is; groups of equal size, the ends open."""
        p = self._answer.chances
        if p is None or p.size < 2:
            return []
        reached = np.cumsum(p)
        low = int(np.searchsorted(reached, _TAIL))
        high = int(np.searchsorted(reached, reached[-1] - _TAIL))
        each = _nice(math.ceil((high - low + 1) / _ROWS))
        first, last = low // each * each, p.size - 1
        found = []
        for start in range(first, high + 1, each):
            end = start + each - 1
            begin = 0 if start == first else start
            if end >= high:
                label, end = _("{number} or more").format(number=number(start, 0)), last
            elif begin < start:
                label = _("up to {number}").format(number=number(end, 0))
            elif each > 1:
                label = f"{number(start, 0)}-{number(end, 0)}"
            else:
                label = number(start, 0)
            if end == start == last:
                label = number(start, 0)
            found.append(Bar(label, float(p[begin : end + 1].sum())))
        return found

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """What rich prints: the heading, the sentence, the course, the bars, the facts."""
        from rich.text import Text

        width = options.max_width
        yield Text(flow(self.heading(), width), style="bold")
        yield Text()
        yield Text(flow(self.sentence(), width))
        if self._answer.question.process.root_rate <= 0.0:
            return
        yield Text()
        yield self._grid()
        yield Text()
        yield from self._chart(width, options.ascii_only)
        yield Text(flow(" ".join(self.facts()), width), style="dim")

    def _grid(self) -> Grid:
        """The course: a line for each of some days."""
        grid = Grid(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
        for title in (_("by day"), _("attacks"), _("standard deviation"), _("none yet")):
            grid.add_column(title, justify="right")
        for point in self._answer.curve[1:]:
            grid.add_row(
                _plain(round(point.day, 1) or point.day),
                _digits(point.attacks),
                _digits(point.standard_deviation),
                _chance(point.p_no_attack),
            )
        return grid

    def _chart(self, width: int, ascii_only: bool) -> Iterator[RenderableType]:
        """The bars as lines under a heading, each as long as it is likely, and an empty line."""
        from rich.text import Text

        rows = self.bars()
        if not rows:
            return
        head = _("how many attacks in {time}, and how likely that is")
        yield Text(head.format(time=days(self._answer.question.days)), style="dim")
        label = max(len(bar.label) for bar in rows)
        room = max(1, min(_LONGEST, width - label - _BESIDE))
        most = max(bar.p for bar in rows)
        mark = _PLAIN if ascii_only else _MARK
        if right_to_left():
            grid = Grid.grid(padding=(0, 1, 0, 0))
            for bar in rows:
                drawn = Text(mark * round(room * bar.p / most), _STYLE)
                grid.add_row(bar.label, percent(bar.p), drawn)
            yield grid
            yield Text()
            return
        for bar in rows:
            text = Text(f"{bar.label:>{label}} {percent(bar.p):>7} ")
            text.append(mark * round(room * bar.p / most), _STYLE)
            yield text
        yield Text()


def _nice(least: int) -> int:
    """The next number of 1, 2, 5, 10, 20, 50, ..."""
    size = 1
    while True:
        for step in (1, 2, 5):
            if step * size >= least:
                return step * size
        size *= 10


def _plain(value: float) -> str:
    """A number as it was given, with commas between thousands."""
    return f"{value:,.10g}"


def _digits(value: float) -> str:
    return digits(value, _("no end of")) if value < _LARGE else f"{value:.{DIGITS}g}"


def _chance(p: float) -> str:
    """A probability that is neither 0 nor 1, whatever rounding makes of it."""
    return chance_text(min(max(p, sys.float_info.min), 1.0 - sys.float_info.epsilon))
