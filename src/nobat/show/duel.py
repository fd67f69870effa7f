"""A duel as text: who wins, who is left, how long it takes, and how all of that is spread."""

from __future__ import annotations

import html
import io
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from nobat.show.duel_bars import bars, chart
from nobat.show.numbers import (
    DIGITS,
    NOTHING,
    digits,
    mean_text,
    number,
    percent,
    places_for,
    share_text,
)
from nobat.show.tables import WIDTH
from nobat.show.words import flow
from nobat.study.estimates import LEVEL, mean_of, share

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

    from nobat.theory.duel import Answer
    from nobat.theory.duel_exact import Left, Solution
    from nobat.theory.duel_simulated import Sample
    from nobat.theory.lanchester_course import Arrival

#: Figures are told to so many digits, chances to so many decimals of a percent at most.
_MOST_DECIMALS = 8
#: What the recursion itself may be off by.
_ROUNDING = 1e-12
#: Nearer to one half than can be told.
_EVEN = 5e-5
_NO_LUCK = "Expected losses in place of draws."
_LAWS = {
    "square": "square law (both aim)",
    "linear": "linear law (both fire at an area)",
    "log": "logarithmic law (each side falls by its own number)",
    "guerrilla": "guerrilla law (the attacker hides and aims, the defender fires at an area)",
}


class Table:
    """A duel's answer: `str()` is plain text of 100 columns; rich fits it to the terminal."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._duel = answer.question.duel

    def heading(self) -> str:
        """What was asked, in a line."""
        duel = self._duel
        law = _LAWS.get(str(duel.law), f"losses by {duel.law}")
        sides = f"{_count(duel.attackers, 'attacker')} against {_count(duel.defenders, 'defender')}"
        rates = f"rates {_plain(duel.attacker_rate)} and {_plain(duel.defender_rate)}"
        parts = [f"{sides}: {law}", rates]
        if duel.attackers_break or duel.defenders_break:
            breaks = f"{_plain(duel.attackers_break)} and {_plain(duel.defenders_break)}"
            parts.append(f"they break at {breaks}")
        return ", ".join(parts)

    def sentence(self) -> str:
        """The answer in plain words."""
        found = self._answer.solution
        if found is None:
            return _course_sentence(self._answer)
        side = "attacker" if found.p_attacker_wins >= 0.5 else "defender"
        text = self._chance_text(found, side)
        even = self._answer.sample is None and abs(found.p_attacker_wins - 0.5) < _EVEN
        left = _digits(found.attackers.mean), _digits(found.defenders.mean)
        mean = f"On average {left[0]} attackers and {left[1]} defenders are left"
        who = "Either side" if even else f"The {side}"
        return f"{who} wins {text}. {mean}, after {_digits(found.mean_duration)} units of time."

    def _chance_text(self, found: Solution, side: str) -> str:
        sample = self._answer.sample
        if sample is None:
            chances = found.p_attacker_wins, 1.0 - found.p_attacker_wins
            return f"with a probability of {_chance(max(chances), min(chances))}"
        won = round(sample.found.p_attacker_wins * sample.n)
        hits = won if side == "attacker" else sample.n - won
        duels = "duel" if sample.n == 1 else "duels"
        return f"in {share_text(share(hits, sample.n))} of {number(sample.n, 0)} {duels}"

    def lines(self) -> list[tuple[str, str, str]]:
        """The table's lines: a name, the attacker's figure, the defender's."""
        found, sample = self._answer.solution, self._answer.sample
        if found is None:
            return []
        p = found.p_attacker_wins
        ours, theirs = found.attackers, found.defenders
        duel = self._duel
        wins = _wins(p, 1.0 - p, sample), _wins(1.0 - p, p, sample)
        means = [_mean(left.mean, left.variance, sample) for left in (ours, theirs)]
        spread = [self._spread(left.variance) for left in (ours, theirs)]
        if_won = [
            _if_won(left, beaten)
            for left, beaten in ((ours, duel.attackers_break), (theirs, duel.defenders_break))
        ]
        return [
            ("wins", wins[0], wins[1]),
            ("left, mean", means[0], means[1]),
            ("standard deviation", spread[0], spread[1]),
            ("left if it wins", if_won[0], if_won[1]),
        ]

    def _spread(self, variance: float) -> str:
        """A standard deviation; one duel has none."""
        sample = self._answer.sample
        return NOTHING if sample is not None and sample.n == 1 else _digits(math.sqrt(variance))

    def notes(self) -> list[str]:
        """How it was found, and how it would go without luck."""
        answer = self._answer
        notes = [_made(answer)]
        if answer.solution is not None:
            found = answer.solution
            spread = self._spread(found.variance_duration)
            mean = f"Duration: mean {_digits(found.mean_duration)}"
            notes += [f"{mean}, standard deviation {spread}.", f"Without luck {_plainly(answer)}."]
        notes.append("Times are in the unit of the rates.")
        return notes

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """What rich prints: the heading, the sentence, the figures, the bars, the notes."""
        from rich.text import Text

        width = options.max_width
        yield Text(flow(self.heading(), width), style="bold")
        yield Text()
        yield Text(flow(self.sentence(), width))
        yield Text()
        yield self._grid()
        if self._answer.solution is not None:
            yield Text()
            yield from chart(bars(self._answer.solution, self._duel), width, options.ascii_only)
        yield Text()
        yield Text(flow(" ".join(self.notes()), width), style="dim")

    def _grid(self) -> RenderableType:
        """The figures of both sides; without luck the course."""
        from rich.table import Table as RichTable

        grid = RichTable(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
        course = self._answer.course
        if course is None:
            grid.add_column("")
            for side in ("attacker", "defender"):
                grid.add_column(side, justify="right", no_wrap=True)
            for line in self.lines():
                grid.add_row(*line)
            return grid
        for title in ("time", "attackers", "defenders"):
            grid.add_column(title, justify="right", no_wrap=True)
        for cells in zip(*map(_column, zip(*course.points, strict=True)), strict=True):
            grid.add_row(*cells)
        return grid

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


def _course_sentence(answer: Answer) -> str:
    """The answer of the mean field, in plain words."""
    return f"By the mean field {_plainly(answer)}. This is one course, not a chance."


def _plainly(answer: Answer) -> str:
    """How it ends without luck: `the attacker wins with 7.91 left after 32.2`."""
    end, duel = answer.expected, answer.question.duel
    after = f" after {_digits(end.duration)}" if math.isfinite(end.duration) else ""
    if end.winner is None and after:
        return f"both sides break together{after}"
    if end.winner is None:
        return "nobody wins: both sides dwindle and never reach their breakpoints"
    left = end.attackers if end.winner == "attacker" else end.defenders
    beaten = duel.defenders_break if end.winner == "attacker" else duel.attackers_break
    if after:
        return f"the {end.winner} wins with {_digits(left)} left{after}"
    loser = "defenders" if end.winner == "attacker" else "attackers"
    down = f"down to {_plain(beaten)}" if beaten else "gone"
    won = f"the {end.winner} wins with {_digits(left)} left"
    return f"{won}, though the {loser} are never quite {down}"


def _made(answer: Answer) -> str:
    """How the answer was found, and how sure it is."""
    sample, other = answer.sample, answer.decoupled
    if sample is not None:
        level = f"{100 * LEVEL:.0f} % intervals: [low, high] Wilson, for shares; ± Student's t"
        return f"Seed {sample.seed}. {level}, for means."
    if answer.solution is None:
        arrivals = answer.question.arrivals
        return _reinforced(answer, arrivals) if arrivals else _NO_LUCK
    if other is None:
        return "Solved loss by loss."
    apart = abs(other.p - answer.solution.p_attacker_wins)
    says = "the same" if apart <= other.bound + _ROUNDING else f"{apart:.0e} more or less"
    return f"Solved loss by loss; the decoupled form, good to {other.bound:.0e}, says {says}."


def _reinforced(answer: Answer, arrivals: Sequence[Arrival]) -> str:
    """How many reinforcements there are, and how many of them come too late."""
    late = sum(one.start >= answer.expected.duration for one in arrivals)
    told = f"With {_count(len(arrivals), 'reinforcement')}"
    if not late:
        return f"{told}."
    if late == len(arrivals):
        return f"{told}, which {'comes' if late == 1 else 'come'} after the end."
    return f"{told}, {late:,} of which {'comes' if late == 1 else 'come'} after the end."


def _wins(chance: float, other: float, sample: Sample | None) -> str:
    if sample is None:
        return _chance(chance, other)
    return share_text(share(round(chance * sample.n), sample.n))


def _mean(mean: float, variance: float, sample: Sample | None) -> str:
    """A mean; of a sample with half of its interval."""
    if sample is None or sample.n == 1 or variance <= 0.0:
        return _digits(mean)
    estimate = mean_of(sample.n, mean, variance * sample.n)
    return mean_text(estimate, places_for([estimate]))


def _if_won(left: Left, beaten: float) -> str:
    """Mean number left among the endings in which the side is not beaten."""
    counts = np.arange(left.p.size)
    over = counts > beaten
    chance = float(left.p[over].sum())
    return _digits(float(left.p[over] @ counts[over]) / chance) if chance > 0.0 else NOTHING


def _chance(p: float, other: float) -> str:
    """A probability as a percentage, 0 or 100 % only where it is; other: that of the opposite."""
    small = min(p, other)
    for places in range(2, _MOST_DECIMALS + 1):
        if small == 0.0 or float(f"{100 * small:.{places}f}") > 0.0:
            return percent(p, places)
    least = 10.0**-_MOST_DECIMALS
    if p < other:
        return f"under {number(least, _MOST_DECIMALS)} %"
    return f"over {number(100.0 - least, _MOST_DECIMALS)} %"


def _count(value: float, name: str) -> str:
    return f"{_plain(value)} {name}{'' if value == 1 else 's'}"


def _plain(value: float) -> str:
    """A number as it was given, with commas between thousands."""
    return f"{value:,.10g}"


def _column(values: Sequence[float]) -> list[str]:
    """Numbers of a column, all with the decimals that the largest needs for three digits."""
    most = max(values)
    places = max(0, DIGITS - 1 - math.floor(math.log10(most))) if most > 0 else 0
    return [number(value, places) for value in values]


def _digits(value: float) -> str:
    return digits(value, "no end")
