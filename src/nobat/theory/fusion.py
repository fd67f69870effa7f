"""Conflicting reports on a yes-or-no matter, fused into a probability (MODEL 14).

A source knows with probability r (its reliability); one that knows is right with probability s (the
credibility of what it says); one that does not says yes half of the time. So a report that says yes
has the likelihood ratio (r s + (1 - r)/2) / (r (1 - s) + (1 - r)/2), and one that says no its
inverse. Its natural logarithm l is the report's weight of evidence, told in decibans, 10 log10
(Turing's unit, Good 1950). Then

    logit posterior = logit prior + sum of w_i l_i,    w = 1 / (1 + (n - 1) rho)

for each of n reports that hang together. A report that is more likely wrong than right (s below
1/2) speaks against what it says.

Exact for independent sources; the grades' numbers are a convention, and w a rule of thumb.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from nobat.scenario.quantity import Quantity
    from nobat.scenario.reports import Report as Told
    from nobat.scenario.reports import Reports
    from nobat.show.fusion import Table

#: The chance that an uninformed source says yes: 1/2, so that neither answer is favoured.
UNINFORMED = 0.5
#: Log odds beyond this are told as this far: a probability 2e-16 from 0 or 1, the last one that a
#: floating-point number can tell from 1.
MOST_LOG_ODDS = 36.0
#: Decibans in one natural unit of log odds.
DECIBANS = 10.0 / math.log(10.0)

#: Words of estimative probability (ICD 203, Office of the Director of National Intelligence 2015):
#: each with the probability up to which it is used.
WORDS = (
    ("almost no chance", 0.05), ("very unlikely", 0.2), ("unlikely", 0.45), ("roughly even", 0.55),
    ("likely", 0.8), ("very likely", 0.95), ("almost certain", 1.0),
)  # fmt: skip


class Span(NamedTuple):
    """A probability with its range."""

    low: float
    mid: float
    high: float


#: The ends of the grades' ranges, and their middle: positions in a Span.
LOW, MID, HIGH = 0, 1, 2


@dataclass(frozen=True)
class Item:
    """A report as it is weighed: whether it says yes, r and s, and those it hangs together with."""

    yes: bool
    r: Span
    s: Span
    group: str | None = None


def evidence(r: float, s: float, yes: bool) -> float:
    """The weight of evidence l of a report for yes, natural log; minus that for one that says no.

    r, s: in (0, 1). Finite, since an uninformed source may say either.
    """
    unknowing = (1.0 - r) * UNINFORMED
    found = math.log((r * s + unknowing) / (r * (1.0 - s) + unknowing))
    return found if yes else -found


def weights(groups: Sequence[str | None], rho: float) -> list[float]:
    """The weight of each report: 1 / (1 + (n - 1) rho) for each of n in one group, 1 alone."""
    sizes = Counter(group for group in groups if group is not None)
    return [1.0 if group is None else 1.0 / (1.0 + (sizes[group] - 1) * rho) for group in groups]


def logit(p: float) -> float:
    """Log odds of a probability in (0, 1)."""
    return math.log(p) - math.log1p(-p)


def probability(log_odds: float) -> float:
    """The probability of log odds: 1 / (1 + exp(-x)); never 0 or 1 (see MOST_LOG_ODDS)."""
    x = max(-MOST_LOG_ODDS, min(MOST_LOG_ODDS, log_odds))
    if x >= 0.0:
        return 1.0 / (1.0 + math.exp(-x))
    odds = math.exp(x)
    return odds / (1.0 + odds)


def log_odds(items: Sequence[Item], prior: float, rho: float, end: int = MID) -> float:
    """Log odds of yes after all reports. end: which value of the grades' ranges is taken.

    Summed without rounding on the way, so that the order of the reports is no matter.
    """
    share = weights([item.group for item in items], rho)
    parts = (
        w * evidence(item.r[end], item.s[end], item.yes)
        for w, item in zip(share, items, strict=True)
    )
    return math.fsum((logit(prior), *parts))


def bounds(items: Sequence[Item], prior: float, rho: float) -> tuple[float, float]:
    """The lowest and the highest probability that any values within the grades' ranges can give.

    In r and in s each report's evidence only rises or only falls, so its extremes are at corners.
    """
    share = weights([item.group for item in items], rho)
    corners = [
        [w * evidence(r, s, item.yes) for r in (item.r.low, item.r.high) for s in item.s[::HIGH]]
        for w, item in zip(share, items, strict=True)
    ]
    low, high = (math.fsum((logit(prior), *map(pick, corners))) for pick in (min, max))
    return probability(low), probability(high)


def fused(items: Sequence[Item], prior: float, rho: float, end: int = MID) -> float:
    """Probability of yes after all reports."""
    return probability(log_odds(items, prior, rho, end))


def word(p: float) -> str:
    """The word of ICD 203 for a probability; beyond its ends, 0.01 and 0.99, the outermost ones."""
    return next(name for name, most in WORDS if p <= most)


def item(told: Told, reports: Reports) -> Item:
    """A report of a scenario as it is weighed."""
    r, s = reports.grades.of(told.grade)
    return Item(told.says == "yes", _span(r), _span(s), told.group)


def _span(q: Quantity) -> Span:
    """A number with its range; without one both ends are the number."""
    low, high = (q.value if end is None else end for end in (q.low, q.high))
    return Span(float(low), float(q.value), float(high))


def by_day(reports: Reports) -> list[tuple[float, float]]:
    """What is known day by day: from which day on, in order, and the probability of yes then.

    The first entry is day 0. Reports that hang together share their weight as they come in.
    """
    prior, rho = float(reports.prior.value), float(reports.rho.value)
    received = reports.received()
    days = sorted({0.0, *received.values()})
    found = []
    for day in days:
        known = [item(one, reports) for name, one in reports.told.items() if received[name] <= day]
        found.append((day, fused(known, prior, rho)))
    return found


@dataclass(frozen=True)
class Weighed:
    """A report with what it weighs. r, s: of its grade; evidence_db: w l, decibans for yes.

    without: probability of yes as if it had never been made; those it hangs together with then
    weigh more.
    """

    id: str
    who: str
    says: str
    grade: str
    group: str | None
    date: str
    r: Span
    s: Span
    weight: float
    evidence_db: float
    without: float


@dataclass(frozen=True)
class Fusion:
    """The answer: probability of yes, at the middles and at both ends of the grades' ranges.

    at_low, at_high: all grades at the low ends of their ranges, at the high ends; p may lie outside
    both, for a better grade makes a no weigh more too. lowest, highest: over all values within
    those ranges. log_odds: of p, natural. `print` it.
    """

    matter: str
    prior: float
    rho: float
    p: float
    log_odds: float
    at_low: float
    at_high: float
    lowest: float
    highest: float
    reports: tuple[Weighed, ...]

    @property
    def word(self) -> str:
        """The probability in a word of ICD 203."""
        return word(self.p)

    def table(self) -> Table:
        """What `nobat theory fuse` shows: `print` it, or let a notebook show it."""
        from nobat.show.fusion import Table

        return Table(self)

    def to_json(self) -> dict[str, Any]:
        """The answer as plain JSON values."""
        return {
            "matter": self.matter,
            "prior": self.prior,
            "rho": self.rho,
            "p": self.p,
            "p_at_low_grades": self.at_low,
            "p_at_high_grades": self.at_high,
            "p_lowest": self.lowest,
            "p_highest": self.highest,
            "log_odds": self.log_odds,
            "word": self.word,
            "reports": [_plain(one) for one in self.reports],
        }

    def __repr__(self) -> str:
        """The table."""
        return str(self.table())

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def _plain(one: Weighed) -> dict[str, Any]:
    """A report as plain JSON values."""
    spans = {"reliability": one.r._asdict(), "credibility": one.s._asdict()}
    kept = {name: value for name, value in vars(one).items() if name not in ("r", "s")}
    return {**kept, **spans}


def fuse(reports: Reports, *, prior: float | None = None, rho: float | None = None) -> Fusion:
    """Fuse the reports of a scenario, or of a file (`theory/fusion_question.py`).

    prior, rho: other values than the reports' own, in (0, 1) and [0, 1].
    """
    before = float(reports.prior.value) if prior is None else prior
    linked = float(reports.rho.value) if rho is None else rho
    items = {name: item(one, reports) for name, one in reports.told.items()}
    everyone = list(items.values())
    share = weights([one.group for one in everyone], linked)
    total = log_odds(everyone, before, linked)
    lowest, highest = bounds(everyone, before, linked)
    return Fusion(
        matter=reports.matter,
        prior=before,
        rho=linked,
        p=probability(total),
        log_odds=total,
        at_low=fused(everyone, before, linked, LOW),
        at_high=fused(everyone, before, linked, HIGH),
        lowest=lowest,
        highest=highest,
        reports=tuple(
            _weighed(name, reports.told[name], w, items, before, linked)
            for (name, w) in zip(items, share, strict=True)
        ),
    )


def _weighed(
    name: str, told: Told, weight: float, items: Mapping[str, Item], prior: float, rho: float
) -> Weighed:
    """One report with what it weighs among all."""
    this = items[name]
    others = [each for other, each in items.items() if other != name]
    return Weighed(
        id=name,
        who=told.who,
        says=told.says,
        grade=told.grade,
        group=told.group,
        date=told.date,
        r=this.r,
        s=this.s,
        weight=weight,
        evidence_db=DECIBANS * weight * evidence(this.r.mid, this.s.mid, this.yes),
        without=fused(others, prior, rho),
    )
