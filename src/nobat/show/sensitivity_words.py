"""What is said of a study of sensitivity: which factors an outcome hangs on, and what is luck."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from nobat.show.language import _, latin, listed, many, marked
from nobat.show.numbers import NOTHING, number, percent, places_for, span
from nobat.show.words import outcome_name, replications
from nobat.study.sensitivity_result import Index, MorrisRow, SobolRow

if TYPE_CHECKING:
    from nobat.study.estimates import Estimate
    from nobat.study.sensitivity_result import Sensitivity

#: Luck is said to matter from this share on.
MATTERS = 0.05
#: An input acts one way if mu is nearly as large as mu*.
_ONE_WAY = 0.9
_NAMED = 3
#: Which way an outcome goes as a factor rises.
_WAYS = {
    "up": marked(", upwards"),
    "down": marked(", downwards"),
    "both": marked(", now up, now down"),
    "unsure": marked(", which way is not sure"),
    NOTHING: "",
}


def sentence(answer: Sensitivity) -> str:
    """Which factors the outcome hangs on most, and how much of it is luck."""
    if not answer.rows[0].size:
        n = len(answer.rows)
        text = _(
            "{what} is the same at all {points} points: none of the {n} factors moves it over "
            "these ranges."
        )
        if n == 1:
            text = _(
                "{what} is the same at all {points} points: the factor does not move it over these "
                "ranges."
            )
        return text.format(what=_what(answer), points=f"{answer.points:,}", n=f"{n:,}")
    told = _of_indices if answer.method == "sobol" else _of_effects
    return f"{told(answer)} {_of_luck(answer)}"


def _what(answer: Sensitivity) -> str:
    """`secured under rotate`, `secured under commit-all less that under rotate`."""
    if answer.against is None:
        text = _("{outcome} under {doctrine}")
    else:
        text = _("{outcome} under {doctrine} less that under {against}")
    return text.format(
        outcome=outcome_name(answer.outcome.name),
        doctrine=latin(answer.doctrine),
        against=latin(answer.against or ""),
    )


def _of_indices(answer: Sensitivity) -> str:
    first, *others = (row for row in answer.rows if isinstance(row, SobolRow))
    named = [row for row in others[: _NAMED - 1] if row.size > 0]
    text = _(
        "{what} hangs most on {path}, which has a hand in {part} of its variance over these "
        "ranges{alone}{then}."
    ).format(
        what=_what(answer),
        path=latin(first.factor.path),
        part=_part(first.total),
        alone=_alone(first.first),
        then=_then(
            _("; then on {factors}"), ((row.factor.path, percent(row.size, 0)) for row in named)
        ),
    )
    return f"{text} {_together(answer.together)}" if others else text


def _then(text: str, found: Iterable[tuple[str, str]]) -> str:
    """The factors that come next, each with its figure; empty where none does."""
    each = _("{factor} ({figure})")
    told = [each.format(factor=latin(path), figure=figure) for path, figure in found]
    return text.format(factors=listed(told)) if told else ""


def _alone(index: Index) -> str:
    """What a factor makes alone, if that can be told from nothing."""
    if index.low is not None and index.low <= 0:
        return _(", none of it surely alone")
    return _(" and makes {part} of it alone").format(part=_part(index))


def _together(index: Index | None) -> str:
    """What factors make only together, if that can be told from nothing."""
    if index is not None and index.low is not None and index.low <= 0:
        return _("What factors make only together cannot be told from nothing.")
    return _("Together only, factors make {part}.").format(part=_part(index))


def _part(index: Index | None) -> str:
    """`57 % [45, 70]`."""
    assert index is not None, "the caller has looked"
    assert index.value is not None
    if index.low is None or index.high is None:
        return percent(index.value, 0)
    low, high = number(100 * index.low, 0), number(100 * index.high, 0)
    return f"{percent(index.value, 0)} {span(low, high)}"


def _of_effects(answer: Sensitivity) -> str:
    rows = [row for row in answer.rows if isinstance(row, MorrisRow)]
    unit = unit_text(answer)
    largest = [row for row in rows[:_NAMED] if row.size > 0 and row.beyond_luck is not False]
    if not largest:
        text = _(
            "No factor moves {what} more than luck does: the largest effect, that of {path}, is "
            "{size} over its whole range."
        )
        return text.format(
            what=_what(answer),
            path=latin(rows[0].factor.path),
            size=f"{own_text(answer, rows[0].mu_star)}{unit}",
        )
    first, *others = largest
    text = _("{what} is moved most by {path}: by {size} over its whole range{way}{then}.").format(
        what=_what(answer),
        path=latin(first.factor.path),
        size=f"{own_text(answer, first.mu_star)}{unit}",
        way=_(_WAYS[way(first)]),
        then=_then(
            _("; then by {factors}"),
            ((row.factor.path, own_text(answer, row.mu_star)) for row in others),
        ),
    )
    return " ".join(filter(None, (text, _of_the_others(rows))))


def _of_the_others(rows: list[MorrisRow]) -> str:
    """How many factors do nothing, and how many no more than luck; empty where none does."""
    still = sum(row.size == 0 for row in rows)
    faint = sum(row.size > 0 and row.beyond_luck is False for row in rows)
    parts = []
    if still:
        parts.append(many(still, "{n} does not move it at all", "{n} do not move it at all"))
    if faint:
        parts.append(
            many(
                faint,
                "{n} moves it no more than luck does",
                "{n} move it no more than luck does",
            )
        )
    if not parts:
        return ""
    factors = many(len(rows), "{n} factor", "{n} factors")
    return _("Of {factors}, {parts}.").format(factors=factors, parts=listed(parts))


def way(row: MorrisRow) -> str:
    """Which way an outcome goes as the factor rises: `up`, `down`, or `both`.

    `both` is now one, now the other. `unsure` where luck does as much or the interval of mu holds
    0; `-` for words, which have no order, and for what moves nothing.
    """
    mu = row.mu
    if not row.size or (row.factor.kind is None and row.factor.count != 2):
        return NOTHING
    if row.beyond_luck is False or mu.mean is None or mu.low is None or mu.high is None:
        return "unsure"
    if abs(mu.mean) < _ONE_WAY * row.size:
        return "both"
    if mu.low <= 0 <= mu.high:
        return "unsure"
    return "up" if mu.mean > 0 else "down"


def _of_luck(answer: Sensitivity) -> str:
    """How much of what varies is luck; from 5 % on, how many replications it takes for less."""
    share, n = answer.luck_share, answer.replications
    if share is None:
        return _("How much of it is luck, one replication at each point does not say.")
    of = _("that variance") if answer.method == "sobol" else _("the mean square of the effects")
    text = _("Luck that {replications} at each point leave makes {share} of {of}").format(
        replications=replications(n), share=_small(share), of=of
    )
    if share < MATTERS:
        return _("{text}.").format(text=text)
    enough = replications_for(share, n)
    if enough is None:
        return _("{text}: nothing can be told from luck.").format(text=text)
    return _("{text}: about {n} would bring it below {share}.").format(
        text=text, n=f"{enough:,}", share=percent(MATTERS, 0)
    )


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
    return percent(share, 0) if share >= 0.01 else _("less than 1 %")


def scale(answer: Sensitivity) -> float:
    """Shares are shown in percentage points."""
    return 100.0 if answer.outcome.kind == "share" else 1.0


def unit_text(answer: Sensitivity) -> str:
    """The unit of an effect, with a blank before it."""
    unit = _("points") if answer.outcome.kind == "share" else answer.outcome.unit
    return "" if unit == "1" else f" {_(unit)}"


def scaled(answer: Sensitivity, one: Estimate) -> Estimate:
    """An effect in the unit in which it is shown."""
    by = scale(answer)
    mean, low, high = (None if x is None else by * x for x in (one.mean, one.low, one.high))
    return replace(one, mean=mean, low=low, high=high)


def own_text(answer: Sensitivity, one: Estimate) -> str:
    """The size of an effect with the decimals that its own interval bears out."""
    shown_as = scaled(answer, one)
    return size_text(shown_as, places_for([shown_as]))


def size_text(one: Estimate, places: int, between: str = " ") -> str:
    """`41 [33, 51]`: a mean and its interval, which need not lie in the middle of it."""
    if one.mean is None:
        return NOTHING
    if one.low is None or one.high is None:
        return number(one.mean, places)
    ends = span(number(one.low, places), number(one.high, places))
    return f"{number(one.mean, places)}{between}{ends}"


def index_text(index: Index, between: str = " ") -> str:
    """`0.57 [0.45, 0.70]`."""
    if index.value is None:
        return NOTHING
    if index.low is None or index.high is None:
        return number(index.value, 2)
    return f"{number(index.value, 2)}{between}{span(number(index.low, 2), number(index.high, 2))}"
