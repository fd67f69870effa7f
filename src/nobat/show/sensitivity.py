"""What an outcome hangs on, as text: the answer, and a line for each factor."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from nobat.engine.runner import counted
from nobat.scenario.words import shown
from nobat.show.numbers import NOTHING, mean_text, number, percent, places_for
from nobat.show.pages import Page
from nobat.show.words import days
from nobat.study.sensitivity_result import Index, MorrisRow, SobolRow

if TYPE_CHECKING:
    from nobat.study.estimates import Estimate
    from nobat.study.factors import Factor
    from nobat.study.sensitivity_result import Sensitivity

#: The most factors that the table has; all of them are in the JSON.
MOST_ROWS = 20
#: Luck is said to matter from this share on.
MATTERS = 0.05
#: An input acts one way if mu is nearly as large as mu*.
_ONE_WAY = 0.9
_BARE = ("ratio", "share", "count", "exponent", "weight", "index", "")
_LONGEST_RANGE = 24
_NAMED = 3


def sentence(answer: Sensitivity) -> str:
    """Which factors the outcome hangs on most, and how much of it is luck."""
    if not answer.rows[0].size:
        n = len(answer.rows)
        none = f"none of the {n:,} factors moves it" if n > 1 else "the factor does not move it"
        same = f"{_what(answer)} is the same at all {answer.points:,} points"
        return f"{same}: {none} over these ranges."
    told = _of_indices if answer.method == "sobol" else _of_effects
    return f"{told(answer)} {_of_luck(answer)}"


def _what(answer: Sensitivity) -> str:
    """`secured under rotate`, `secured under commit-all less that under rotate`."""
    of = f"{answer.outcome.name} under {answer.doctrine}"
    return of if answer.against is None else f"{of} less that under {answer.against}"


def _of_indices(answer: Sensitivity) -> str:
    first, *others = (row for row in answer.rows if isinstance(row, SobolRow))
    text = (
        f"{_what(answer)} hangs most on {first.factor.path}, which has a hand in "
        f"{_part(first.total)} of its variance over these ranges{_alone(first.first)}"
    )
    named = [row for row in others[: _NAMED - 1] if row.size > 0]
    then = " and ".join(f"{row.factor.path} ({percent(row.size, 0)})" for row in named)
    rest = f" {_together(answer.together)}" if others else ""
    return f"{text}{f'; then on {then}' if then else ''}.{rest}"


def _alone(index: Index) -> str:
    """What a factor makes alone, if that can be told from nothing."""
    surely = index.low is not None and index.low > 0
    return f" and makes {_part(index)} of it alone" if surely else ", none of it surely alone"


def _together(index: Index | None) -> str:
    """What factors make only together, if that can be told from nothing."""
    if index is not None and index.low is not None and index.low <= 0:
        return "What factors make only together cannot be told from nothing."
    return f"Together only, factors make {_part(index)}."


def _part(index: Index | None) -> str:
    """`57 % [45, 70]`."""
    assert index is not None, "the caller has looked"
    assert index.value is not None
    if index.low is None or index.high is None:
        return percent(index.value, 0)
    low, high = number(100 * index.low, 0), number(100 * index.high, 0)
    return f"{percent(index.value, 0)} [{low}, {high}]"


def _of_effects(answer: Sensitivity) -> str:
    rows = [row for row in answer.rows if isinstance(row, MorrisRow)]
    unit = unit_text(answer)
    first, *others = (row for row in rows[:_NAMED] if row.size > 0)
    texts = [own_text(answer, row.mu_star) for row in (first, *others)]
    then = " and ".join(
        f"{row.factor.path} ({text})" for row, text in zip(others, texts[1:], strict=True)
    )
    still = sum(row.size == 0 for row in rows)
    faint = sum(row.size > 0 and row.beyond_luck is False for row in rows)
    parts = [f"{still:,} {'does' if still == 1 else 'do'} not move it at all"] * bool(still)
    parts += [f"{faint:,} no more than luck does"] * bool(faint)
    rest = f" Of {counted(len(rows), 'factor')}, {' and '.join(parts)}." if parts else ""
    return (
        f"{_what(answer)} is moved most by {first.factor.path}: by {texts[0]}{unit} over its whole "
        f"range{_way(first)}{f'; then by {then}' if then else ''}.{rest}"
    )


def way(row: MorrisRow) -> str:
    """`up`, `down` or `both`: which way an outcome goes as the factor rises; `-` for words."""
    mu = row.mu.mean or 0.0
    if not row.size or (row.factor.kind is None and row.factor.count != 2):
        return NOTHING
    if abs(mu) < _ONE_WAY * row.size:
        return "both"
    return "up" if mu > 0 else "down"


def _way(row: MorrisRow) -> str:
    words = {"up": ", upwards", "down": ", downwards", "both": ", now up, now down", NOTHING: ""}
    return words[way(row)]


def _of_luck(answer: Sensitivity) -> str:
    """How much of what varies is luck; from 5 % on, how many replications it takes for less."""
    share, n = answer.luck_share, answer.replications
    if share is None:
        return "How much of it is luck, one replication at each point does not say."
    of = "that variance" if answer.method == "sobol" else "the mean square of the effects"
    text = (
        f"Luck that {counted(n, 'replication')} at each point leave makes {_small(share)} of {of}"
    )
    if share < MATTERS:
        return f"{text}."
    enough = replications_for(share, n)
    if enough is None:
        return f"{text}: nothing can be told from luck."
    return f"{text}: about {enough:,} would bring it below {percent(MATTERS, 0)}."


def replications_for(share: float, n: int) -> int | None:
    """How many replications bring the share of luck below MATTERS; None where all is luck.

    The variance by luck goes with 1/n: n' = n (q/(1 - q)) (1 - MATTERS)/MATTERS, rounded up to two
    digits.
    """
    if share >= 1:
        return None
    needed = n * share / (1 - share) * (1 - MATTERS) / MATTERS
    unit = 10.0 ** max(0, math.floor(math.log10(needed)) - 1)
    return round(math.ceil(needed / unit) * unit)


def _small(share: float) -> str:
    """A share as a whole percentage; `less than 1 %` below that."""
    return percent(share, 0) if share >= 0.01 else "less than 1 %"


def _scale(answer: Sensitivity) -> float:
    """Shares are shown in percentage points."""
    return 100.0 if answer.outcome.kind == "share" else 1.0


def unit_text(answer: Sensitivity) -> str:
    """The unit of an effect, with a blank before it."""
    unit = "points" if answer.outcome.kind == "share" else answer.outcome.unit
    return "" if unit == "1" else f" {unit}"


def scaled(answer: Sensitivity, one: Estimate) -> Estimate:
    """An effect in the unit in which it is shown."""
    scale = _scale(answer)
    mean, low, high = (None if x is None else scale * x for x in (one.mean, one.low, one.high))
    return replace(one, mean=mean, low=low, high=high)


def own_text(answer: Sensitivity, one: Estimate) -> str:
    """An effect with the decimals that its own interval bears out."""
    shown_as = scaled(answer, one)
    return mean_text(shown_as, places_for([shown_as]))


def index_text(index: Index, between: str = " ") -> str:
    """`0.57 [0.45, 0.70]`."""
    if index.value is None:
        return NOTHING
    if index.low is None or index.high is None:
        return number(index.value, 2)
    return f"{number(index.value, 2)}{between}[{number(index.low, 2)}, {number(index.high, 2)}]"


def range_text(factor: Factor) -> str:
    """`200 to 800 persons`; the values themselves where they are given, cut if they are many."""
    if factor.levels is not None:
        text = ", ".join(one if isinstance(one, str) else shown(one) for one in factor.levels)
        return text if len(text) <= _LONGEST_RANGE else text[: _LONGEST_RANGE - 1] + "…"
    unit = "" if factor.unit in _BARE else f" {factor.unit}"
    return f"{factor.low:,.6g} to {factor.high:,.6g}{unit}"


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
        return ("factor", "mu", "mu*", "sigma", "by luck")

    def rows(self, between: str = " ") -> list[tuple[str, ...]]:
        """A row for each factor, the largest first."""
        rows: tuple[SobolRow | MorrisRow, ...] = self._answer.rows[:MOST_ROWS]
        indices = [row for row in rows if isinstance(row, SobolRow)]
        effects = [row for row in rows if isinstance(row, MorrisRow)]
        cells = [
            *((index_text(row.first, between), index_text(row.total, between)) for row in indices),
            *_effect_cells(self._answer, effects, between),
        ]
        return [
            (f"{row.factor.path}\n  {range_text(row.factor)}", *cell)
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
    """mu, mu*, sigma, what luck gives, and the direction; the same decimals down a column."""
    mus = [scaled(answer, row.mu) for row in rows]
    stars = [scaled(answer, row.mu_star) for row in rows]
    places, scale = places_for(stars), _scale(answer)

    def plain(value: float | None) -> str:
        return NOTHING if value is None else number(scale * value, places)

    return [
        (
            _signed(row, mean_text(mu, places, between)),
            mean_text(star, places, between),
            plain(row.sigma),
            plain(row.by_luck),
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
    mean = _scale(answer) * answer.mean
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


def _reading(answer: Sensitivity) -> list[str]:
    """How to read the columns."""
    if answer.method == "sobol":
        return [
            "First: the part of the variance that a factor makes alone. Total: the part it has a "
            "hand in, alone or together with others. [low, high]: 95 %, by the bootstrap over rows "
            "and the jackknife over replications.",
            "Both are of these ranges, and of these alone.",
        ]
    unit = unit_text(answer).strip()
    return [
        f"mu, mu*: mean effect and mean size of effect of going over the whole range"
        f"{f', in {unit}' if unit else ''}, with 95 % intervals by Student's t over trajectories "
        "and the jackknife over replications; sigma: how much effects differ from place to place, "
        "by the other factors or by the factor's own value.",
        "By luck: the mu* that luck alone would give. Morris ranks factors; how much of the "
        "variance each makes, --method sobol tells for a few.",
    ]
