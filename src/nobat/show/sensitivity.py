"""What an outcome hangs on, as text: the answer, and a line for each factor."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from nobat.scenario.words import shown
from nobat.show.language import _, joined, latin, marked
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
from nobat.show.stated import BARE, beyond_text
from nobat.show.words import days, replications
from nobat.study.sensitivity_result import MorrisRow, SobolRow

if TYPE_CHECKING:
    from nobat.study.factors import Factor
    from nobat.study.sensitivity_result import Sensitivity

#: The most factors that the table has; all of them are in the JSON.
MOST_ROWS = 20
#: Values that are given take as much room as the path above them, and this much at least.
_ROOM, _MOST_LINES = 26, 3
#: Whether an effect is more than luck.
_BEYOND = {True: marked("yes"), False: marked("no"), None: NOTHING}
_BESIDE_LUCK = marked(
    "By luck: the mu* that luck alone would give; beyond luck: whether effects are larger than "
    "luck makes them in 999 of 1,000 cases. Factors whose effects are not come last."
)


def range_text(factor: Factor) -> str:
    """`200 to 800 persons`; values that are given in up to three lines, told by number beyond."""
    if factor.levels is None:
        unit = "" if factor.unit in ("", *BARE) else f" {_(factor.unit)}"
        ends = _("{low} to {high}")
        return ends.format(low=f"{factor.low:,.6g}", high=f"{factor.high:,.6g}") + unit
    values = [latin(one) if isinstance(one, str) else shown(one) for one in factor.levels]
    room = max(_ROOM, len(factor.path) - 2)
    for told in range(len(values), 0, -1):
        rest = ""
        if told < len(values):
            rest = _(" and {n} more").format(n=f"{len(values) - told:,}")
        lines = textwrap.wrap(joined(values[:told]) + rest, room, break_long_words=False)
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
            return (_("factor"), _("first"), _("total"))
        beside = (_("by luck"), _("beyond\nluck")) if _luck_is_known(self._answer) else ()
        return (_("factor"), latin("mu"), latin("mu*"), latin("sigma"), *beside)

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
            (f"{latin(row.factor.path)}\n{textwrap.indent(_with_basis(row.factor), '  ')}", *cell)
            for row, cell in zip(rows, cells, strict=True)
        ]

    def notes(self) -> list[str]:
        """What was run and how to read it, a sentence each."""
        answer = self._answer
        left_out = len(answer.rows) - MOST_ROWS
        meaning = _("{name}: {meaning}; {mean} on average over all points.")
        if answer.outcome.kind == "share":
            meaning = _("{name}: {meaning}, within {days}; {mean} on average over all points.")
        run = _(
            "{points} points ({sets}), {each} at each, on the same luck at all of them, seed "
            "{seed}."
        )
        known = {
            "name": latin(answer.outcome.name),
            "meaning": _(answer.outcome.meaning),
            "days": days(answer.horizon_d),
            "mean": _mean(answer),
            "points": f"{answer.points:,}",
            "sets": _sets(answer),
            "each": _each(answer),
            "seed": answer.seed,
        }
        more = []
        if left_out > 0:
            more = [_("{n} smaller ones are in --json.").format(n=f"{left_out:,}")]
        ran = " ".join([run.format(**known), *more])
        return [meaning.format(**known), ran, *_stated(answer), *_reading(answer)]


def _with_basis(factor: Factor) -> str:
    """`200 to 800 persons, assumed`: a number's range or values, and what it rests on."""
    if factor.quantity is None:
        return range_text(factor)
    text = _("{values}, {basis}")
    return text.format(values=range_text(factor), basis=_(factor.quantity.basis))


def _stated(answer: Sensitivity) -> list[str]:
    """What the word behind a range is; which factors are varied beyond what is stated of them."""
    factors = [row.factor for row in answer.rows]
    told = [beyond_text(factors)]
    if any(one.quantity is not None for one in factors):
        told.insert(0, _("Behind a range: what the number rests on; --json has the sources."))
    return list(filter(None, told))


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
            *((plain(row.by_luck), _(_BEYOND[row.beyond_luck])) if known else ()),
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
        if answer.against is None:
            return _("{number} %").format(number=number(mean, 1))
        return _("{points} points").format(points=number(mean, 1))
    return f"{mean:,.4g}{unit_text(answer)}"


def _sets(answer: Sensitivity) -> str:
    each = answer.points // answer.sets
    if answer.method == "sobol":
        text = _("{sets} rows of {each}: Saltelli's design on a scrambled Sobol sequence")
    else:
        text = _("{sets} trajectories of {each}, on {levels} levels")
    return text.format(sets=f"{answer.sets:,}", each=f"{each:,}", levels=answer.levels)


def _each(answer: Sensitivity) -> str:
    many = replications(answer.replications)
    if answer.against is None:
        return many
    return _("{replications} of each doctrine").format(replications=many)


def _luck_is_known(answer: Sensitivity) -> bool:
    """Whether there are replications enough to tell what is luck."""
    return answer.replications > 1


def _reading(answer: Sensitivity) -> list[str]:
    """How to read the columns."""
    known = _luck_is_known(answer)
    unknown = _("No intervals: one replication at each point does not say what is luck; more do.")
    if answer.method == "sobol":
        how = _(
            "[low, high]: 95 %, by the bootstrap over rows and the jackknife over replications."
        )
        return [
            _(
                "First: the part of the variance that a factor makes alone. Total: the part it has "
                "a hand in, alone or together with others."
            ),
            how if known else unknown,
            _("Both are of these ranges, and of these alone."),
        ]
    how = _(
        "± and [low, high]: 95 %, by Student's t over trajectories, for mu* of the logarithm, and "
        "the jackknife over replications."
    )
    return [
        _effects_are(unit_text(answer).strip()),
        how if known else unknown,
        *([_(_BESIDE_LUCK)] if known else []),
        _(
            "Morris ranks factors; how much of the variance each makes, --method sobol tells for a "
            "few."
        ),
    ]


def _effects_are(unit: str) -> str:
    """What mu, mu* and sigma are."""
    if not unit:
        return _(
            "mu, mu*: mean effect and mean size of effect of going over the whole range; sigma: "
            "how much effects differ from place to place, by the other factors or by the factor's "
            "own value."
        )
    return _(
        "mu, mu*: mean effect and mean size of effect of going over the whole range, in {unit}; "
        "sigma: how much effects differ from place to place, by the other factors or by the "
        "factor's own value."
    ).format(unit=unit)
