"""A duel as text: who wins, who is left, how long it takes, and how all of that is spread."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from nobat.show.duel_bars import bars, chart
from nobat.show.language import _, joined, latin, many, marked
from nobat.show.layout import Grid, Printed
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
_LAWS = {
    "square": marked("square law (both aim)"),
    "linear": marked("linear law (both fire at an area)"),
    "log": marked("logarithmic law (each side falls by its own number)"),
    "guerrilla": marked(
        "guerrilla law (the attacker hides and aims, the defender fires at an area)"
    ),
}


class Table(Printed):
    """A duel's answer: `str()` is plain text of 100 columns; rich fits it to the terminal."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._duel = answer.question.duel

    def heading(self) -> str:
        """What was asked, in a line."""
        duel = self._duel
        law = _LAWS.get(str(duel.law))
        by = _("losses by {law}").format(law=latin(str(duel.law)))
        one, several = _("{n} attacker"), _("{n} attackers")
        attackers = (one if duel.attackers == 1 else several).format(n=_plain(duel.attackers))
        one, several = _("{n} defender"), _("{n} defenders")
        defenders = (one if duel.defenders == 1 else several).format(n=_plain(duel.defenders))
        sides = _("{attackers} against {defenders}: {law}").format(
            attackers=attackers, defenders=defenders, law=_(law) if law else by
        )
        rates = _("rates {attacker} and {defender}").format(
            attacker=_plain(duel.attacker_rate), defender=_plain(duel.defender_rate)
        )
        told = [sides, rates]
        if duel.attackers_break or duel.defenders_break:
            breaks = _("they break at {attackers} and {defenders}").format(
                attackers=_plain(duel.attackers_break), defenders=_plain(duel.defenders_break)
            )
            told.append(breaks)
        return joined(told)

    def sentence(self) -> str:
        """The answer in plain words."""
        found = self._answer.solution
        if found is None:
            return _course_sentence(self._answer)
        attacker = found.p_attacker_wins >= 0.5
        even = self._answer.sample is None and abs(found.p_attacker_wins - 0.5) < _EVEN
        if even:
            wins = _("Either side wins {chance}.")
        else:
            wins = (
                _("The attacker wins {chance}.") if attacker else _("The defender wins {chance}.")
            )
        mean = _(
            "On average {attackers} attackers and {defenders} defenders are left, after {time} "
            "units of time."
        ).format(
            attackers=_digits(found.attackers.mean),
            defenders=_digits(found.defenders.mean),
            time=_digits(found.mean_duration),
        )
        return f"{wins.format(chance=self._chance_text(found, attacker))} {mean}"

    def _chance_text(self, found: Solution, attacker: bool) -> str:
        sample = self._answer.sample
        if sample is None:
            chances = found.p_attacker_wins, 1.0 - found.p_attacker_wins
            text = _("with a probability of {chance}")
            return text.format(chance=_chance(max(chances), min(chances)))
        won = round(sample.found.p_attacker_wins * sample.n)
        hits = won if attacker else sample.n - won
        return many(
            sample.n,
            "in {share} of {n} duel",
            "in {share} of {n} duels",
            share=share_text(share(hits, sample.n)),
        )

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
            (_("wins"), wins[0], wins[1]),
            (_("left, mean"), means[0], means[1]),
            (_("standard deviation"), spread[0], spread[1]),
            (_("left if it wins"), if_won[0], if_won[1]),
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
            duration = _("Duration: mean {mean}, standard deviation {spread}.")
            notes += [
                duration.format(mean=_digits(found.mean_duration), spread=spread),
                _("Without luck {ending}.").format(ending=_plainly(answer)),
            ]
        notes.append(_("Times are in the unit of the rates."))
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
        grid = Grid(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
        course = self._answer.course
        if course is None:
            grid.add_column("")
            for side in (_("attacker"), _("defender")):
                grid.add_column(side, justify="right", no_wrap=True)
            for line in self.lines():
                grid.add_row(*line)
            return grid
        for title in (_("time"), _("attackers"), _("defenders")):
            grid.add_column(title, justify="right", no_wrap=True)
        for cells in zip(*map(_column, zip(*course.points, strict=True)), strict=True):
            grid.add_row(*cells)
        return grid


def _course_sentence(answer: Answer) -> str:
    """The answer of the mean field, in plain words."""
    text = _("By the mean field {ending}. This is one course, not a chance.")
    return text.format(ending=_plainly(answer))


def _plainly(answer: Answer) -> str:
    """How it ends without luck: `the attacker wins with 7.91 left after 32.2`."""
    end, duel = answer.expected, answer.question.duel
    over, attacker = math.isfinite(end.duration), end.winner == "attacker"
    beaten = duel.defenders_break if attacker else duel.attackers_break
    if end.winner is None and over:
        text = _("both sides break together after {time}")
    elif end.winner is None:
        text = _("nobody wins: both sides dwindle and never reach their breakpoints")
    elif attacker and over:
        text = _("the attacker wins with {left} left after {time}")
    elif over:
        text = _("the defender wins with {left} left after {time}")
    elif attacker and beaten:
        text = _(
            "the attacker wins with {left} left, though the defenders are never quite down to "
            "{beaten}"
        )
    elif attacker:
        text = _("the attacker wins with {left} left, though the defenders are never quite gone")
    elif beaten:
        text = _(
            "the defender wins with {left} left, though the attackers are never quite down to "
            "{beaten}"
        )
    else:
        text = _("the defender wins with {left} left, though the attackers are never quite gone")
    return text.format(
        time=_digits(end.duration),
        left=_digits(end.attackers if attacker else end.defenders),
        beaten=_plain(beaten),
    )


def _made(answer: Answer) -> str:
    """How the answer was found, and how sure it is."""
    sample, other = answer.sample, answer.decoupled
    if sample is not None:
        text = _(
            "Seed {seed}. {level} % intervals: [low, high] Wilson, for shares; ± Student's t, for "
            "means."
        )
        return text.format(seed=sample.seed, level=f"{100 * LEVEL:.0f}")
    if answer.solution is None:
        arrivals = answer.question.arrivals
        no_luck = _("Expected losses in place of draws.")
        return _reinforced(answer, arrivals) if arrivals else no_luck
    if other is None:
        return _("Solved loss by loss.")
    apart = abs(other.p - answer.solution.p_attacker_wins)
    text = _("Solved loss by loss; the decoupled form, good to {bound}, says {apart} more or less.")
    if apart <= other.bound + _ROUNDING:
        text = _("Solved loss by loss; the decoupled form, good to {bound}, says the same.")
    return text.format(bound=f"{other.bound:.0e}", apart=f"{apart:.0e}")


def _reinforced(answer: Answer, arrivals: Sequence[Arrival]) -> str:
    """How many reinforcements there are, and how many of them come too late."""
    late = sum(one.start >= answer.expected.duration for one in arrivals)
    told = many(len(arrivals), "With {n} reinforcement", "With {n} reinforcements")
    if not late:
        return _("{with_reinforcements}.").format(with_reinforcements=told)
    if late == len(arrivals):
        return many(
            late,
            "{with_reinforcements}, which comes after the end.",
            "{with_reinforcements}, which come after the end.",
            with_reinforcements=told,
        )
    return many(
        late,
        "{with_reinforcements}, {n} of which comes after the end.",
        "{with_reinforcements}, {n} of which come after the end.",
        with_reinforcements=told,
    )


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
        return _("under {number} %").format(number=number(least, _MOST_DECIMALS))
    return _("over {number} %").format(number=number(100.0 - least, _MOST_DECIMALS))


def _plain(value: float) -> str:
    """A number as it was given, with commas between thousands."""
    return f"{value:,.10g}"


def _column(values: Sequence[float]) -> list[str]:
    """Numbers of a column, all with the decimals that the largest needs for three digits."""
    most = max(values)
    places = max(0, DIGITS - 1 - math.floor(math.log10(most))) if most > 0 else 0
    return [number(value, places) for value in values]


def _digits(value: float) -> str:
    return digits(value, _("no end"))
