"""What is made of an audit's rows: for each claim the shares, what decides it, the verdict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from nobat.account.alike import HAS, NEAR, SUM, ratios
from nobat.account.audited import Answer, Decider, Level, RivalAnswer
from nobat.account.deciding import STRONGEST, First, Index, Scale, first, flips, thirds, total
from nobat.account.likeness import Given, Likeness, Weights, given_record, likeness_of
from nobat.account.margins import holds
from nobat.account.measure import gap_of
from nobat.account.runs import ITSELF, Floats, Run, done, standing
from nobat.account.verdict import (
    REJECTED,
    SUPPORTED,
    UNTESTABLE,
    share_of,
    sided,
    with_sources,
    word_of,
)
from nobat.account.work import ALIKE, ERROR, MARGIN, NOISE, PAIRS, Work, column
from nobat.scenario.claims import Claim
from nobat.study.estimates import t_quantile

if TYPE_CHECKING:
    import polars as pl


class Rows:
    """The rows of an audit, as arrays."""

    def __init__(self, work: Work, settings: pl.DataFrame, anew: pl.DataFrame | None) -> None:
        self.work = work
        self.settings = settings
        self.anew = anew
        self.design = work.design.numbers()
        self._named: dict[str, First] = {}

    def of(self, what: str, figure: str) -> Floats:
        """A column: (settings,), NaN for what there is not."""
        return _array(self.settings, column(what, figure))

    def margins(self, claim: Claim) -> Floats:
        """The margins of a claim."""
        return self.of(claim.id, MARGIN)

    def beyond(self, claim: Claim) -> Floats:
        """1 where a margin is beyond noise, 0 where not: Student's 95 % interval leaves out 0."""
        margins, errors, n = (self.of(claim.id, name) for name in (MARGIN, ERROR, PAIRS))
        if claim.test.belief is not None:
            return np.ones(margins.size)
        wide = np.array([t_quantile(int(k) - 1) if k > 1 else np.inf for k in n])
        with np.errstate(invalid="ignore"):
            return np.where(np.abs(margins) > wide * errors, 1.0, 0.0)

    def luck(self, claim: Claim) -> float | None:
        """The share of the margins' variance that may be the luck of few replications, at most."""
        margins, errors = self.margins(claim), self.of(claim.id, ERROR)
        variance = self.variance(claim)
        if variance <= 0 or np.isnan(errors).all():
            return None
        return min(1.0, float(np.nanmean(self.scale(claim).noise(margins, errors**2))) / variance)

    def scale(self, claim: Claim) -> Scale:
        """The scale on which the margins of a claim are compared."""
        return Scale.of(self.margins(claim))

    def scaled(self, claim: Claim) -> Floats:
        """The margins of a claim on their scale."""
        return self.scale(claim).at(self.margins(claim))

    def variance(self, claim: Claim) -> float:
        """The variance of these; 0 for fewer than two."""
        found = self.scaled(claim)
        return float(np.nanvar(found, ddof=1)) if (~np.isnan(found)).sum() > 1 else 0.0

    def named(self, claim: Claim) -> First:
        """The quantities that decide a claim (worked out once)."""
        if claim.id not in self._named:
            self._named[claim.id] = first(self.design, self.scaled(claim))
        return self._named[claim.id]

    def alike(self, run: Run) -> list[Floats]:
        """How many replications of a run come near to the first target, the first two, ... all.

        (settings,) each.
        """
        record = self.work.scenario.record
        targets = 0 if record is None else len(record.targets)
        return [self.of(run.name, f"{ALIKE} {k}") for k in range(1, targets + 1)]

    def weights(self) -> Weights | None:
        """How much each setting counts given the record, for each way; None without a record."""
        record = self.work.scenario.record
        if record is None:
            return None
        return Weights({way: self.alike(run) for way, run in done(record).items()})


def _array(frame: pl.DataFrame, name: str) -> Floats:
    import polars as pl

    found: Floats = frame[name].cast(pl.Float64).fill_null(float("nan")).to_numpy()
    return found


def chosen(rows: Rows) -> dict[str, tuple[int, ...]]:
    """For each claim that is sampled the columns of the quantities to look at closely."""
    return {
        claim.id: tuple(j for j, _ in rows.named(claim).named[:STRONGEST])
        for claim in rows.work.sampled()
    }


def answers(rows: Rows) -> Iterator[Answer]:
    """The answer to every claim, in order."""
    sampled = {one.id for one in rows.work.sampled()}
    for claim in rows.work.claims:
        if claim.id in sampled:
            yield _sampled(rows, claim)
        elif claim.test.distance is not None:
            yield _measured(rows, claim)
        else:
            yield _plain(rows, claim, UNTESTABLE)


def _plain(rows: Rows, claim: Claim, word: str) -> Answer:
    """The answer to a claim that no setting has a say in."""
    side = sided(claim)
    return Answer(
        claim=claim, model=word, sources=side, verdict=with_sources(word, side), share=None,
        luck=None, floor=None, deciders=(), rivals=tuple(_rivals(rows, claim)), gap=None,
        given=None,
    )  # fmt: skip


def _measured(rows: Rows, claim: Claim) -> Answer:
    """The answer to a claim about a distance: measured, so the sources do not move it."""
    gap = gap_of(rows.work.scenario, claim)
    word = {True: SUPPORTED, False: REJECTED, None: UNTESTABLE}[gap.measured.fits]
    return replace(_plain(rows, claim, word), verdict=word, gap=gap)


def _sampled(rows: Rows, claim: Claim) -> Answer:
    """The answer to a claim that holds in some settings and not in others."""
    margins = rows.margins(claim)
    held, beyond = holds(claim, margins), rows.beyond(claim)
    share, side = share_of(held, beyond), sided(claim)
    word = word_of(share)
    strongest = rows.named(claim)
    return Answer(
        claim=claim,
        model=word,
        sources=side,
        verdict=with_sources(word, side),
        share=share,
        luck=rows.luck(claim),
        floor=strongest.floor if strongest.named else None,
        deciders=tuple(_deciders(rows, claim, strongest, held)),
        rivals=tuple(_rivals(rows, claim)),
        gap=None,
        given=_given(rows, claim, held, beyond),
    )


def _deciders(rows: Rows, claim: Claim, strongest: First, held: Floats) -> Iterator[Decider]:
    """The quantities that decide a claim, the first of them with its flip."""
    from nobat.scenario import quantities

    basis = {path: quantity.basis for path, quantity, _ in quantities(rows.work.scenario)}
    margins = rows.scaled(claim)
    for place, (j, index) in enumerate(strongest.named):
        factor = rows.work.design.factors[j]
        values = rows.design[:, j]
        crossings, middles, means = flips(values, margins) if place == 0 else ((), (), ())
        low, high = thirds(values, held)
        yield Decider(
            path=factor.path,
            unit=factor.unit,
            low=float(factor.low or 0.0),
            high=float(factor.high or 0.0),
            basis=basis[factor.path],
            first=index,
            total=_total(rows, claim, factor.path) if place < STRONGEST else None,
            share_low=low,
            share_high=high,
            flips=tuple(crossings),
            along=tuple(Level(float(x), float(y)) for x, y in zip(middles, means, strict=True)),
        )


def _total(rows: Rows, claim: Claim, path: str) -> Index | None:
    """The total index of a quantity; None where it was not looked at."""
    import polars as pl

    if rows.anew is None or column(claim.id, MARGIN) not in rows.anew.columns:
        return None
    mine = rows.anew.filter(pl.col("quantity") == path)
    before = rows.margins(claim)[mine["setting"].to_numpy()]
    after, noise = (_array(mine, column(claim.id, name)) for name in (MARGIN, NOISE))
    scale = rows.scale(claim)
    changes = scale.at(after) - scale.at(before)
    return total(changes, scale.noise(before, noise), rows.variance(claim))


def _rivals(rows: Rows, claim: Claim) -> Iterator[RivalAnswer]:
    """Every rival, and how many times as well the record fits the claim."""
    ways = standing(rows.work.scenario, claim)
    gap = gap_of(rows.work.scenario, claim) if claim.test.distance is not None else None
    measured = {one.id: one.measured for one in gap.explanations} if gap else {}
    for rival in claim.rivals:
        runs: dict[tuple[Run, Run], list[str]] = {}
        for way, sides in ways.items():
            if rival.id in sides and sides[rival.id] != sides[ITSELF]:
                runs.setdefault((sides[ITSELF], sides[rival.id]), []).append(way)
        pairs = {
            tuple(names): (rows.alike(own), rows.alike(other))
            for (own, other), names in runs.items()
        }
        found = ratios(pairs, rows.work.scenario.run.replications) if pairs else ()
        names = tuple(dict.fromkeys(other.name for _, other in runs))
        yield RivalAnswer(rival.id, rival.says, names, found, measured.get(rival.id))


def _given(rows: Rows, claim: Claim, held: Floats, beyond: Floats) -> Given | None:
    """The verdict given the record; None where there is no record."""
    weights = rows.weights()
    return None if weights is None else given_record(claim, held, beyond, weights)


def likeness(rows: Rows) -> Likeness | None:
    """How many settings and replications look like the dated record."""
    record, weights = rows.work.scenario.record, rows.weights()
    if record is None or weights is None:
        return None
    columns = {
        way: {
            f"{name} {target.id}": rows.of(run.name, f"{name} {target.id}")
            for name in (HAS, NEAR, SUM)
            for target in record.targets
        }
        for way, run in done(record).items()
    }
    return likeness_of(record, columns, weights, rows.work.scenario.run.replications)
