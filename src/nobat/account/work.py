"""Running what claims need at the settings of an audit: a row of figures for each setting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from nobat.account.alike import alike, counts_of
from nobat.account.design import Design, with_values
from nobat.account.margins import draws, margin_of
from nobat.account.runs import Floats, Run, done, needed, standing, tested
from nobat.scenario import Scenario
from nobat.scenario.claims import Claim
from nobat.study.factors import Value
from nobat.study.points import Settings, evaluate
from nobat.theory.fusion import fused, item

Row = dict[str, Any]
Point = tuple[Value, ...]
#: Outcomes of runs at one setting, replication by replication.
Found = Mapping[tuple[Run, str], Floats]

#: Columns of a claim and of a run: how they are called in the folder.
MARGIN, ERROR, PAIRS, NOISE = "margin", "error", "n", "noise"
ALIKE, MEAN = "alike", "mean"


def column(what: str, figure: str) -> str:
    """The name of a column: `C3: margin`, `as-told: alike`, `as-told: mean secured`."""
    return f"{what}: {figure}"


@dataclass(frozen=True, eq=False)
class Work:
    """What is run: a scenario with its replications and seed, its design, the claims asked."""

    scenario: Scenario
    design: Design
    claims: tuple[Claim, ...]
    jobs: int | None

    def sampled(self) -> tuple[Claim, ...]:
        """The claims that have a margin at every setting."""
        return tuple(c for c in self.claims if tested(c) or c.test.belief is not None)

    def rows(self, settings: Sequence[int]) -> Iterator[Row]:
        """The row of each of some settings: margins, what looks like the record, means."""
        runs = needed(self.scenario, self.claims)
        points = [self.design.values[i] for i in settings]
        for i, found in zip(settings, self.look(points, runs), strict=True):
            row: Row = {"setting": i}
            for claim in self.sampled():
                row |= self._margin(claim, self.design.values[i], found)
            yield row | self._record(found) | _means(runs, found)

    def changes(self, settings: Sequence[int], chosen: Mapping[str, Sequence[int]]) -> list[Row]:
        """What drawing one quantity anew does to margins: a row for each setting and quantity.

        chosen: for each claim, by its id, the columns of its quantities.
        """
        asked = [claim for claim in self.claims if chosen.get(claim.id)]
        runs = needed(self.scenario.model_copy(update={"record": None}), asked)
        before = list(self.look([self.design.values[i] for i in settings], runs))
        rows: list[Row] = []
        for j in sorted({j for columns in chosen.values() for j in columns}):
            mine = [claim for claim in asked if j in chosen[claim.id]]
            wanted = needed(self.scenario.model_copy(update={"record": None}), mine)
            points = [self.design.anew(i, j) for i in settings]
            for place, found in enumerate(self.look(points, wanted)):
                i = settings[place]
                row: Row = {"setting": i, "quantity": self.design.factors[j].path}
                for claim in asked:
                    row |= (
                        self._change(claim, points[place], before[place], found)
                        if claim in mine
                        else {column(claim.id, MARGIN): None, column(claim.id, NOISE): None}
                    )
                rows.append(row)
        return rows

    def look(self, points: Sequence[Point], runs: Mapping[Run, Sequence[str]]) -> Iterator[Found]:
        """All runs at some points: what each outcome was, replication by replication."""
        found: list[dict[tuple[Run, str], Floats]] = [{} for _ in points]
        for values in dict.fromkeys(run.values for run in runs):
            mine = [run for run in runs if run.values == values and runs[run]]
            outcomes = list(dict.fromkeys(name for run in mine for name in runs[run]))
            if not mine:
                continue
            factors, at = with_values(self.design, dict(values))
            there = [_placed(point, at, len(factors)) for point in points]
            doctrines = [run.doctrine for run in mine]
            for i, rows in evaluate(
                self.scenario, factors, there, doctrines, outcomes, jobs=self.jobs
            ):
                found[i] |= {
                    (run, name): rows[a, b]
                    for a, run in enumerate(mine)
                    for b, name in enumerate(outcomes)
                }
        return iter(found)

    def _margin(self, claim: Claim, point: Point, found: Found) -> Row:
        """The margin of a claim at one setting, as columns."""
        if claim.test.belief is not None:
            figures = (self._belief(claim, point), 0.0, 1)
        else:
            margin = margin_of(claim, draws(claim, lambda run, name: found[run, name]))
            figures = (margin.value, margin.error, margin.n)
        return {
            column(claim.id, name): _kept(value)
            for name, value in zip((MARGIN, ERROR, PAIRS), figures, strict=True)
        }

    def _change(self, claim: Claim, point: Point, old: Found, new: Found) -> Row:
        """A margin with one quantity drawn anew, and how much of its change is luck: a variance."""
        if claim.test.belief is not None:
            margin, noise = self._belief(claim, point), 0.0
        else:
            was = draws(claim, lambda run, name: old[run, name])
            now = draws(claim, lambda run, name: new[run, name])
            margin = margin_of(claim, now).value
            gaps = (now - was)[~np.isnan(now - was)]
            noise = float(gaps.var(ddof=1)) / gaps.size if gaps.size > 1 else float("nan")
        return {column(claim.id, MARGIN): _kept(margin), column(claim.id, NOISE): _kept(noise)}

    def _belief(self, claim: Claim, point: Point) -> float:
        """The fused probability of the answer that a claim expects, less 1/2, at one setting."""
        mine = [i for i, f in enumerate(self.design.factors) if f.path.startswith("reports.")]
        factors = [self.design.factors[i] for i in mine]
        reports = Settings(self.scenario, factors).at(tuple(point[i] for i in mine)).reports
        assert reports is not None  # the scenario's checks see to it
        assert claim.test.belief is not None
        told = [item(one, reports) for one in reports.told.values()]
        yes = fused(told, float(reports.prior.value), float(reports.rho.value))
        return yes - 0.5 if claim.test.belief.expect == "yes" else 0.5 - yes

    def _record(self, found: Found) -> Row:
        """How many replications of each run that stands for something look like the record."""
        record = self.scenario.record
        if record is None:
            return {}

        def look(run: Run, name: str) -> Floats:
            return found[run, name]

        row: Row = {}
        for run in dict.fromkeys(done(record).values()):
            for figure, count in counts_of(record, look, run).items():
                row[column(run.name, figure)] = count
        standings = (
            run
            for claim in self.claims
            for sides in standing(self.scenario, claim).values()
            for run in sides.values()
        )
        for run in dict.fromkeys([*done(record).values(), *standings]):
            for k, flags in enumerate(alike(record, look, run), start=1):
                row[column(run.name, f"{ALIKE} {k}")] = int(flags.sum())
        return row


def _placed(point: Point, at: Mapping[int, Any], length: int) -> Point:
    """A point with the values that a run sets, some of them at places beyond its end."""
    values = [*point, *(at[i] for i in range(len(point), length))]
    for i, value in at.items():
        values[i] = value
    return tuple(values)


def _means(runs: Mapping[Run, Sequence[str]], found: Found) -> Row:
    """The mean of every outcome that was looked at; None where no replication has it."""
    row: Row = {}
    for run, outcomes in runs.items():
        for name in outcomes:
            values = found[run, name]
            there = values[~np.isnan(values)]
            mean = float(there.mean()) if there.size else None
            row[column(run.name, f"{MEAN} {name}")] = mean
    return row


def _kept(value: float) -> float | int | None:
    """A number as it is kept: None for what there is not."""
    return value if isinstance(value, int) or np.isfinite(value) else None
