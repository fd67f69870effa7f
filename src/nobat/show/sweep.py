"""A sweep as text: which doctrine is best at how many points, and how far the outcomes spread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nobat.scenario.words import shown
from nobat.show.language import _, joined, latin, listed, many, marked, parts, retold
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
from nobat.show.stated import BARE, basis_text, beyond_text
from nobat.show.words import days, replications
from nobat.study.design import LISTED
from nobat.study.estimates import Estimate
from nobat.study.sweep_rows import BEHIND

if TYPE_CHECKING:
    from nobat.study.factors import Factor
    from nobat.study.swept import DoctrineSpread, Spread, Sweep

#: The outcomes of the table, by key, with their headings.
_COLUMNS = {
    "p_secured": marked("secured\n(%)"),
    "day_secured_if_secured": marked("day\nsecured"),
    "attacker_losses": marked("attacker losses\n(persons)"),
}
#: What a design is called, by its kind.
_KINDS = {
    "sobol": marked("a scrambled Sobol sequence"),
    "latin": marked("a Latin hypercube"),
    "nolh": marked("a nearly orthogonal Latin hypercube"),
    "grid": marked("a grid"),
    LISTED: marked("a list"),
}
#: What a design says of itself.
_OF_DESIGNS = (
    marked(
        "{n} points are no power of two: the balance of Sobol's sequence is lost; {less} or {more} "
        "keep it."
    ),
    marked(
        "Largest correlation between two factors: {worst}; nearly orthogonal is up to {limit}: "
        "take more points."
    ),
    marked("Largest correlation between two factors: {worst}."),
)
_MOST_TOLD = 3
_MOST_FACTORS = 8
_LONGEST = 20


def sentence(answer: Sweep) -> str:
    """At how many points which doctrine is the best, or how far the only one spreads."""
    if len(answer) == 1:
        return _at_the_only_point(answer)
    if len(answer.doctrines) == 1:
        (only,) = answer.summary
        return _share(only.spreads["p_secured"]).format(name=latin(only.name))
    first, *others = sorted(answer.summary, key=lambda one: -(one.best_at or 0))
    level = answer.level_at
    known = {
        "name": latin(first.name),
        "at": f"{first.best_at or 0:,}",
        "sure": f"{first.surely_best_at or 0:,}",
        "points": points_text(len(answer)),
    }
    if not first.best_at:
        text = _("No doctrine takes the place most often alone at any of {points}.")
        return text.format(**known)
    each = _("{name} at {at} ({sure})")
    rest = joined(
        each.format(name=latin(one.name), at=f"{one.best_at:,}", sure=f"{one.surely_best_at:,}")
        for one in others[:_MOST_TOLD]
        if one.best_at
    )
    text = _("{name} takes the place most often at {at} of {points}, beyond noise at {sure}.")
    if rest:
        text = _(
            "{name} takes the place most often at {at} of {points}, beyond noise at {sure}; {rest}."
        )
    elif not level:
        text = _(
            "{name} takes the place most often at {at} of {points}, beyond noise at {sure}; no "
            "other does anywhere."
        )
    text = text.format(rest=rest, **known)
    if not level:
        return text
    return f"{text} {_('At {n} several are level.').format(n=f'{level:,}')}"


def points_text(count: int) -> str:
    """`1 point`, `100 points`."""
    return many(count, "{n} point", "{n} points")


def _share(spread: Spread) -> str:
    """How often the only doctrine takes the place; a sentence with a gap for its name."""
    if spread.low is None or spread.median is None or spread.high is None:
        return _("{name} takes the place in no replication.")
    low, median, high = (percent(x) for x in (spread.low, spread.median, spread.high))
    text = _(
        "{name} takes the place in {low} to {high} of the replications, depending on the point "
        "(median {median})."
    )
    if low == high:
        text = _("{name} takes the place in {low} of the replications at every point.")
    return text.format(name="{name}", low=low, median=median, high=high)


def _at_the_only_point(answer: Sweep) -> str:
    """Which doctrine is the best at the only point there is, and how sure that is."""
    best, *others = sorted(
        answer.summary, key=lambda one: -(one.estimates["p_secured"].mean or 0.0)
    )
    where = _("At the one point") if answer.asked == 1 else _("At the one point that is done,")
    known = {
        "where": where,
        "name": latin(best.name),
        "share": share_text(best.estimates["p_secured"]),
    }
    if not others:
        text = _("{where} {name} takes the place in {share} of the replications.")
        return text.format(**known)
    if not best.best_at:
        level = listed(latin(one.name) for one in answer.summary if not one.estimates[BEHIND].mean)
        text = _("{where} no doctrine takes the place most often alone: {level} are level.")
        return text.format(level=level, **known)
    text = _(
        "{where} {name} takes the place most often, in {share} of the replications, but not beyond "
        "noise."
    )
    if best.surely_best_at:
        text = _(
            "{where} {name} takes the place most often, in {share} of the replications, beyond "
            "noise."
        )
    return text.format(**known)


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
        outcomes = tuple(map(_, _COLUMNS.values()))
        alone = len(self._answer.doctrines) == 1
        if len(self._answer) == 1:
            behind = () if alone else (_("behind the\nbest (%)"),)
            return (_("doctrine"), _("secured"), *behind, *outcomes[1:])
        if alone:
            return (_("doctrine"), *outcomes)
        return (_("doctrine"), _("best\nat"), _("beyond\nnoise"), *outcomes)

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
        design, found = answer.design, points_text(len(answer))
        if len(answer) != answer.asked:
            stopped = _("{points} of {asked} (stopped before the end)")
            found = stopped.format(points=found, asked=f"{answer.asked:,}")
        known = {
            "points": found,
            "kind": _(_KINDS[design.kind]),
            "each": each_text(answer),
            "seed": answer.folder.manifest.seed,
            "days": days(answer.scenario.run.horizon_d),
        }
        run = _("{points}, {kind}: {each} at each, on the same luck, seed {seed}, within {days}.")
        varied = _("Varied: {factors}.") if len(design) > 1 else _("The point: {factors}.")
        return [
            run.format(**known),
            *(retold(note, *_OF_DESIGNS) for note in design.notes()),
            varied.format(factors=_factors(answer.factors)),
            *filter(None, [beyond_text(answer.factors)]),
            *_reading(answer),
        ]


def each_text(answer: Sweep) -> str:
    """`200 replications of each doctrine`."""
    text = _("{replications} of each doctrine")
    if len(answer.doctrines) == 1:
        text = _("{replications} of the doctrine")
    return text.format(replications=replications(answer.replications_asked))


def _reading(answer: Sweep) -> list[str]:
    """How to read the columns that are there."""
    several = len(answer.doctrines) > 1
    if len(answer) == 1:
        behind = _(
            "Behind the best: how far the share secured lies below the highest, with the paired "
            "interval."
        )
        ends = _("[low, high] and ±: 95 % (Wilson, Student's t).")
        return [*([behind] if several else []), ends]
    best = _(
        "Best at: points at which it alone is secured most often; beyond noise: those at which its "
        "lead over every other is, paired by luck."
    )
    spread = _(
        "Outcomes: the lowest to the highest estimate over the points, in brackets the median."
    )
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
    return latin(name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…")


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
    ends = _("{low} to {high}").format(low=low, high=high)
    return f"{ends}{between}({median})"


def _factors(factors: tuple[Factor, ...]) -> str:
    """What is varied over what: `rest.hours 2 to 5 h, assumed; sleep.model none, safte`."""
    told = [f"{latin(factor.path)} {_over(factor)}" for factor in factors[:_MOST_FACTORS]]
    more = len(factors) - len(told)
    return parts([*told, _("and {n} more").format(n=more)] if more else told)


def _over(factor: Factor) -> str:
    """The range or the values of a factor, with its unit; of a number what it rests on."""
    if factor.quantity is None:
        return _values(factor)
    text = _("{values}, {basis}")
    return text.format(values=_values(factor), basis=basis_text(factor.quantity))


def _values(factor: Factor) -> str:
    """The range or the values of a factor, with its unit."""
    unit = "" if factor.unit in ("", *BARE) else f" {_(factor.unit)}"
    if factor.levels is None:
        ends = _("{low} to {high}")
        return ends.format(low=f"{factor.low:,.6g}", high=f"{factor.high:,.6g}") + unit
    values = [latin(one) if isinstance(one, str) else shown(one) for one in factor.levels]
    if len(values) > _MOST_FACTORS:
        return _("{n} values").format(n=len(values)) + unit
    return f"{joined(values)}{unit}"
