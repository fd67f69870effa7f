"""What an outcome hangs on, as text: the answer, and a line for each factor."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from nobat.engine.runner import counted
from nobat.scenario.words import shown
from nobat.show.flip import BARE
from nobat.show.numbers import NOTHING, mean_text, number, places_for
from nobat.show.pages import Page
from nobat.show.sensitivity_words import (
    index_text,
    scale,
    scaled,
    sentence,
    size_text,
    unit_text,
    way,
)
from nobat.show.words import days
from nobat.study.sensitivity_result import MorrisRow, SobolRow

if TYPE_CHECKING:
    from nobat.study.factors import Factor
    from nobat.study.sensitivity_result import Sensitivity

#: The most factors that the table has; all of them are in the JSON.
MOST_ROWS = 20
#: Values that are given take as much room as the path above them, and this much at least.
_ROOM, _MOST_LINES = 26, 3
#: Whether an effect is more than luck.
_BEYOND = {True: "yes", False: "no", None: NOTHING}
_BESIDE_LUCK = (
    "By luck: the mu* that luck alone would give; beyond luck: whether effects are larger than "
    "luck makes them in 999 of 1,000 cases. Factors whose effects are not come last."
)


def range_text(factor: Factor) -> str:
    """`200 to 800 persons`; values that are given in up to three lines, told by number beyond."""
    if factor.levels is None:
        unit = "" if factor.unit in ("", *BARE) else f" {factor.unit}"
        return f"{factor.low:,.6g} to {factor.high:,.6g}{unit}"
    values = [one if isinstance(one, str) else shown(one) for one in factor.levels]
    room = max(_ROOM, len(factor.path) - 2)
    for told in range(len(values), 0, -1):
        rest = f" and {len(values) - told:,} more" if told < len(values) else ""
        lines = textwrap.wrap(", ".join(values[:told]) + rest, room, break_long_words=False)
        if len(lines) <= _MOST_LINES:
            break
    return "\n".join(lines)


class Table(Page):
    """A study of sensitivity as text: the sentence, a line for each factor, how to read it."""

    left = 1

    def __init__(self, answer: Sensitivity) -> None:
        super().__init__(answer.title, answer.scenario)
        self._answer = answer

    def sentence(self) -> str:
        """What the outcome hangs on most."""
        return sentence(self._answer)

    def headings(self) -> tuple[str, ...]:
        """The columns: the factor with its range, then what the method gives."""
        if self._answer.method == "sobol":
            return ("factor", "first", "total")
        beside = ("by luck", "beyond\nluck") if _luck_is_known(self._answer) else ()
        return ("factor", "mu", "mu*", "sigma", *beside)

    def rows(self, between: str = " ") -> list[tuple[str, ...]]:
        """A row for each factor, the largest first, those that luck does as much last."""
        rows: tuple[SobolRow | MorrisRow, ...] = self._answer.rows[:MOST_ROWS]
        indices = [row for row in rows if isinstance(row, SobolRow)]
        effects = [row for row in rows if isinstance(row, MorrisRow)]
        cells = [
            *((index_text(row.first, between), index_text(row.total, between)) for row in indices),
            *_effect_cells(self._answer, effects, between),
        ]
        return [
            (f"{row.factor.path}\n{textwrap.indent(range_text(row.factor), '  ')}", *cell)
            for row, cell in zip(rows, cells, strict=True)
        ]

    def notes(self) -> list[str]:
        """What was run and how to read it, a sentence each."""
        answer = self._answer
        left_out = len(answer.rows) - MOST_ROWS
        more = f" {left_out:,} smaller ones are in --json." if left_out > 0 else ""
        by_then = f", within {days(answer.horizon_d)}" if answer.outcome.kind == "share" else ""
        return [
            f"{answer.outcome.name}: {answer.outcome.meaning}{by_then}; "
            f"{_mean(answer)} on average over all points.",
            f"{answer.points:,} points ({_sets(answer)}), {_each(answer)} at each, on the same "
            f"luck at all of them, seed {answer.seed}.{more}",
            *_reading(answer),
        ]


def _effect_cells(
    answer: Sensitivity, rows: Sequence[MorrisRow], between: str
) -> list[tuple[str, ...]]:
    """mu, mu*, sigma, what luck gives, and whether it is more; the same decimals down a column."""
    mus = [scaled(answer, row.mu) for row in rows]
    stars = [scaled(answer, row.mu_star) for row in rows]
    places, by, known = places_for(stars), scale(answer), _luck_is_known(answer)

    def plain(value: float | None) -> str:
        return NOTHING if value is None else number(by * value, places)

    return [
        (
            _signed(row, mean_text(mu, places, between)),
            size_text(star, places, between),
            plain(row.sigma),
            *((plain(row.by_luck), _BEYOND[row.beyond_luck]) if known else ()),
        )
        for row, mu, star in zip(rows, mus, stars, strict=True)
    ]


def _signed(row: MorrisRow, text: str) -> str:
    """The sign of mu with it; words have no order, so that theirs says nothing."""
    if way(row) == NOTHING:
        return NOTHING
    return f"+{text}" if (row.mu.mean or 0.0) > 0 else text


def _mean(answer: Sensitivity) -> str:
    """The mean over the points, or that of the difference."""
    mean = scale(answer) * answer.mean
    if answer.outcome.kind == "share":
        return f"{number(mean, 1)} {'%' if answer.against is None else 'points'}"
    return f"{mean:,.4g}{unit_text(answer)}"


def _sets(answer: Sensitivity) -> str:
    each = answer.points // answer.sets
    if answer.method == "sobol":
        return f"{answer.sets:,} rows of {each:,}: Saltelli's design on a scrambled Sobol sequence"
    return f"{answer.sets:,} trajectories of {each:,}, on {answer.levels} levels"


def _each(answer: Sensitivity) -> str:
    many = counted(answer.replications, "replication")
    return many if answer.against is None else f"{many} of each doctrine"


def _luck_is_known(answer: Sensitivity) -> bool:
    """Whether there are replications enough to tell what is luck."""
    return answer.replications > 1


def _reading(answer: Sensitivity) -> list[str]:
    """How to read the columns."""
    known = _luck_is_known(answer)
    unknown = "No intervals: one replication at each point does not say what is luck; more do."
    if answer.method == "sobol":
        how = "[low, high]: 95 %, by the bootstrap over rows and the jackknife over replications."
        return [
            "First: the part of the variance that a factor makes alone. Total: the part it has a "
            "hand in, alone or together with others.",
            how if known else unknown,
            "Both are of these ranges, and of these alone.",
        ]
    unit = unit_text(answer).strip()
    how = (
        "± and [low, high]: 95 %, by Student's t over trajectories, for mu* of the logarithm, and "
        "the jackknife over replications."
    )
    return [
        f"mu, mu*: mean effect and mean size of effect of going over the whole range"
        f"{f', in {unit}' if unit else ''}; sigma: how much effects differ from place to place, by "
        "the other factors or by the factor's own value.",
        how if known else unknown,
        *([_BESIDE_LUCK] if known else []),
        "Morris ranks factors; how much of the variance each makes, --method sobol tells for a "
        "few.",
    ]
