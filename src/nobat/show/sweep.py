"""A sweep as text: which doctrine is best at how many points, and how far the outcomes spread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nobat.engine.runner import counted
from nobat.scenario.words import shown
from nobat.show.flip import BARE
from nobat.show.language import listed
from nobat.show.numbers import (
    NOTHING,
    decimals,
    mean_text,
    number,
    percent,
    places_for,
    share_text,
)
from nobat.show.pages import Page
from nobat.show.words import days
from nobat.study.design import DESIGNS, LISTED
from nobat.study.estimates import Estimate
from nobat.study.sweep_rows import BEHIND

if TYPE_CHECKING:
    from nobat.study.factors import Factor
    from nobat.study.swept import DoctrineSpread, Spread, Sweep

#: The outcomes of the table, by key, with their headings.
_COLUMNS = {
    "p_secured": "secured\n(%)",
    "day_secured_if_secured": "day\nsecured",
    "attacker_losses": "attacker losses\n(persons)",
}
_MOST_TOLD = 3
_MOST_FACTORS = 8
_LONGEST = 20


def sentence(answer: Sweep) -> str:
    """At how many points which doctrine is the best, or how far the only one spreads."""
    if len(answer) == 1:
        return _at_the_only_point(answer)
    if len(answer.doctrines) == 1:
        (only,) = answer.summary
        return f"{only.name} takes the place in {_share(only.spreads['p_secured'])}."
    first, *others = sorted(answer.summary, key=lambda one: -(one.best_at or 0))
    level, points = answer.level_at, counted(len(answer), "point")
    if not first.best_at:
        return f"No doctrine takes the place most often alone at any of {points}."
    text = (
        f"{first.name} takes the place most often at {first.best_at:,} of {points}, beyond noise "
        f"at {first.surely_best_at:,}"
    )
    rest = [
        f"{one.name} at {one.best_at:,} ({one.surely_best_at:,})"
        for one in others[:_MOST_TOLD]
        if one.best_at
    ]
    text += f"; {', '.join(rest)}" if rest else "; no other does anywhere" if not level else ""
    return f"{text}. At {level:,} several are level." if level else f"{text}."


def _share(spread: Spread) -> str:
    """The spread of a share in words."""
    if spread.low is None or spread.median is None or spread.high is None:
        return "no replication"
    low, median, high = (percent(x) for x in (spread.low, spread.median, spread.high))
    if low == high:
        return f"{low} of the replications at every point"
    return f"{low} to {high} of the replications, depending on the point (median {median})"


def _at_the_only_point(answer: Sweep) -> str:
    """Which doctrine is the best at the only point there is, and how sure that is."""
    best, *others = sorted(
        answer.summary, key=lambda one: -(one.estimates["p_secured"].mean or 0.0)
    )
    where = "At the one point" if answer.asked == 1 else "At the one point that is done,"
    share = f"{share_text(best.estimates['p_secured'])} of the replications"
    if not others:
        return f"{where} {best.name} takes the place in {share}."
    if not best.best_at:
        level = listed(one.name for one in answer.summary if not one.estimates[BEHIND].mean)
        return f"{where} no doctrine takes the place most often alone: {level} are level."
    sure = "beyond noise" if best.surely_best_at else "but not beyond noise"
    return f"{where} {best.name} takes the place most often, in {share}, {sure}."


class Table(Page):
    """A sweep as text: the sentence, a line for each doctrine, what was varied and how."""

    left = 1

    def __init__(self, answer: Sweep) -> None:
        super().__init__(answer.scenario.title, answer.scenario.name)
        self._answer = answer

    def sentence(self) -> str:
        """At how many points which doctrine is the best."""
        return sentence(self._answer)

    def headings(self) -> tuple[str, ...]:
        """The columns: the doctrine, where it is best or by how much not, the main outcomes."""
        outcomes = tuple(_COLUMNS.values())
        alone = len(self._answer.doctrines) == 1
        if len(self._answer) == 1:
            behind = () if alone else ("behind the\nbest (%)",)
            return ("doctrine", "secured", *behind, *outcomes[1:])
        if alone:
            return ("doctrine", *outcomes)
        return ("doctrine", "best\nat", "beyond\nnoise", *outcomes)

    def rows(self, between: str = " ") -> list[tuple[str, ...]]:
        """A row for each doctrine."""
        found = self._answer.summary
        if len(self._answer) == 1:
            return _rows_of_a_point(found, between)
        columns = [_column(found, name, between) for name in _COLUMNS]
        return [
            (_short(one.name), *_counts(one), *(column[i] for column in columns))
            for i, one in enumerate(found)
        ]

    def notes(self) -> list[str]:
        """What was run, what was varied, how to read it, a sentence each."""
        answer = self._answer
        design, found = answer.design, len(answer)
        kind = "a list" if design.kind == LISTED else f"a {DESIGNS[design.kind]}"
        of = "" if found == answer.asked else f" of {answer.asked:,} (stopped before the end)"
        each = counted(answer.replications_asked, "replication")
        seed = answer.folder.manifest.seed
        many = "the doctrine" if len(answer.doctrines) == 1 else "each doctrine"
        varied = "Varied" if len(design) > 1 else "The point"
        return [
            f"{counted(found, 'point')}{of}, {kind}: {each} of {many} at each, on the same luck, "
            f"seed {seed}, within {days(answer.scenario.run.horizon_d)}.",
            *design.notes(),
            f"{varied}: {_factors(answer.factors)}.",
            *_reading(answer),
        ]


def _reading(answer: Sweep) -> list[str]:
    """How to read the columns that are there."""
    several = len(answer.doctrines) > 1
    if len(answer) == 1:
        behind = (
            "Behind the best: how far the share secured lies below the highest, with the paired "
            "interval."
        )
        return [*([behind] if several else []), "[low, high] and ±: 95 % (Wilson, Student's t)."]
    best = (
        "Best at: points at which it alone is secured most often; beyond noise: those at which its "
        "lead over every other is, paired by luck."
    )
    spread = "Outcomes: the lowest to the highest estimate over the points, in brackets the median."
    return [*([best] if several else []), spread]


def _counts(one: DoctrineSpread) -> tuple[str, ...]:
    """At how many points it is best, and surely so; nothing where it runs against no other."""
    if one.best_at is None or one.surely_best_at is None:
        return ()
    return f"{one.best_at:,}", f"{one.surely_best_at:,}"


def _rows_of_a_point(found: tuple[DoctrineSpread, ...], between: str) -> list[tuple[str, ...]]:
    """Each doctrine with its estimates where there is a single point."""
    places = {name: places_for(one.estimates[name] for one in found) for name in _COLUMNS}
    rows = []
    for one in found:
        share, *others = (one.estimates[name] for name in _COLUMNS)
        means = [
            mean_text(estimate, places[name], between)
            for name, estimate in zip(list(_COLUMNS)[1:], others, strict=True)
        ]
        behind = [mean_text(_in_points(one), 1, between)] if len(found) > 1 else []
        rows.append((_short(one.name), share_text(share, between), *behind, *means))
    return rows


def _in_points(one: DoctrineSpread) -> Estimate:
    """How far its share secured lies behind the highest, in percentage points."""
    gap = one.estimates[BEHIND]
    mean, low, high = (None if x is None else 100 * x for x in (gap.mean, gap.low, gap.high))
    return Estimate(mean, low, high, gap.n, gap.kind)


def _short(name: str) -> str:
    """A doctrine's name; a very long one is cut."""
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"


def _column(found: tuple[DoctrineSpread, ...], name: str, between: str) -> list[str]:
    """The spreads of one outcome as text, with the same decimals in each: those of the widest."""
    scale = 100.0 if name == "p_secured" else 1.0
    spreads = [one.spreads[name] for one in found]
    widths = [scale * (s.high - s.low) for s in spreads if s.high is not None and s.low is not None]
    places = 1 if name == "p_secured" else decimals([max(widths, default=0.0) / 20])
    return [_text(spread, scale, places, between) for spread in spreads]


def _text(spread: Spread, scale: float, places: int, between: str) -> str:
    """`2.0 to 98.0 (54.3)`."""
    if spread.low is None or spread.median is None or spread.high is None:
        return NOTHING
    low, median, high = (
        number(scale * x, places) for x in (spread.low, spread.median, spread.high)
    )
    return f"{low} to {high}{between}({median})"


def _factors(factors: tuple[Factor, ...]) -> str:
    """What is varied over what: `contact.frontage 200 to 800 persons; sleep.model none, safte`."""
    told = [f"{factor.path} {_over(factor)}" for factor in factors[:_MOST_FACTORS]]
    more = len(factors) - len(told)
    return "; ".join([*told, f"and {more} more"] if more else told)


def _over(factor: Factor) -> str:
    """The range or the values of a factor, with its unit."""
    unit = "" if factor.unit in ("", *BARE) else f" {factor.unit}"
    if factor.levels is None:
        return f"{factor.low:,.6g} to {factor.high:,.6g}{unit}"
    values = [one if isinstance(one, str) else shown(one) for one in factor.levels]
    if len(values) > _MOST_FACTORS:
        return f"{len(values)} values{unit}"
    return f"{', '.join(values)}{unit}"
