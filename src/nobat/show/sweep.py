"""A sweep as text: which doctrine is best at how many points, and how far the outcomes spread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nobat.engine.runner import counted
from nobat.scenario.words import shown
from nobat.show.flip import BARE
from nobat.show.numbers import NOTHING, decimals, number, percent
from nobat.show.pages import Page
from nobat.show.words import days
from nobat.study.design import DESIGNS, LISTED

if TYPE_CHECKING:
    from nobat.study.factors import Factor
    from nobat.study.swept import DoctrineSpread, Spread, Sweep

#: The outcomes of the table, by key, with their headings.
_COLUMNS = {
    "p_secured": "secured (%)",
    "day_secured_if_secured": "day secured",
    "attacker_losses": "own losses",
}
_MOST_TOLD = 3
_MOST_FACTORS = 8
_LONGEST = 20


def sentence(answer: Sweep) -> str:
    """At how many points which doctrine is the best, or how far the only one spreads."""
    found = len(answer)
    if len(answer.doctrines) == 1:
        (only,) = answer.summary
        return f"{only.name} takes the place in {_share(only.spreads['p_secured'])}."
    first, *others = sorted(answer.summary, key=lambda one: -(one.best_at or 0))
    level = answer.level_at
    if not first.best_at:
        return f"No doctrine takes the place most often alone at any of {counted(found, 'point')}."
    text = (
        f"{first.name} takes the place most often at {first.best_at:,} of "
        f"{counted(found, 'point')}, beyond noise at {first.surely_best_at:,}"
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
    if spread.low is None or spread.middle is None or spread.high is None:
        return "no replication"
    low, middle, high = (percent(x) for x in (spread.low, spread.middle, spread.high))
    if low == high:
        return f"{low} of the replications at every point"
    return f"{low} to {high} of the replications, {middle} at the middle one of the points"


class Table(Page):
    """A sweep as text: the sentence, a line for each doctrine, what was varied and how."""

    def __init__(self, answer: Sweep) -> None:
        super().__init__(answer.scenario.title, answer.scenario.name)
        self._answer = answer

    def sentence(self) -> str:
        """At how many points which doctrine is the best."""
        return sentence(self._answer)

    def headings(self) -> tuple[str, ...]:
        """The columns: the doctrine, where it is best, the spread of the main outcomes."""
        spreads = tuple(f"{heading}\nlow to high" for heading in _COLUMNS.values())
        return ("doctrine", "best\nat", "beyond\nnoise", *spreads)

    def rows(self, between: str = " ") -> list[tuple[str, ...]]:
        """A row for each doctrine."""
        found = self._answer.summary
        columns = [_column(found, name, between) for name in _COLUMNS]
        return [
            (
                _short(one.name),
                NOTHING if one.best_at is None else f"{one.best_at:,}",
                NOTHING if one.surely_best_at is None else f"{one.surely_best_at:,}",
                *(column[i] for column in columns),
            )
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
        return [
            f"{counted(found, 'point')}{of}, {kind}: {each} of {many} at each, on the same luck, "
            f"seed {seed}, within {days(answer.scenario.run.horizon_d)}.",
            *design.notes(),
            f"Varied: {_factors(answer.factors)}.",
            "Best at: points at which it alone is secured most often; beyond noise: those at which "
            "its lead over every other is, paired by luck. Then the lowest and the highest "
            "estimate, and the middle one in brackets.",
        ]


def _short(name: str) -> str:
    """A doctrine's name; a very long one is cut."""
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"


def _column(found: tuple[DoctrineSpread, ...], name: str, between: str) -> list[str]:
    """The spreads of one outcome as text, with the same decimals in each."""
    scale = 100.0 if name == "p_secured" else 1.0
    spreads = [one.spreads[name] for one in found]
    widths = [scale * (s.high - s.low) for s in spreads if s.high is not None and s.low is not None]
    places = 1 if name == "p_secured" else decimals(width / 10 for width in widths)
    return [_text(spread, scale, places, between) for spread in spreads]


def _text(spread: Spread, scale: float, places: int, between: str) -> str:
    """`2.0 to 98.0 (54.3)`."""
    if spread.low is None or spread.middle is None or spread.high is None:
        return NOTHING
    low, middle, high = (
        number(scale * x, places) for x in (spread.low, spread.middle, spread.high)
    )
    return f"{low} to {high}{between}({middle})"


def _factors(factors: tuple[Factor, ...]) -> str:
    """What is varied over what: `contact.frontage 200 to 800 persons; sleep.model none, safte`."""
    told = [f"{factor.path} {_over(factor)}" for factor in factors[:_MOST_FACTORS]]
    more = len(factors) - len(told)
    return "; ".join([*told, f"and {more} more"] if more else told)


def _over(factor: Factor) -> str:
    """The range or the values of a factor, with its unit."""
    unit = "" if factor.unit in ("", *BARE) else f" {factor.unit}"
    if factor.levels is None:
        return f"{shown(factor.low)} to {shown(factor.high)}{unit}"
    values = [one if isinstance(one, str) else shown(one) for one in factor.levels]
    if len(values) > _MOST_FACTORS:
        return f"{len(values)} values{unit}"
    return f"{', '.join(values)}{unit}"
