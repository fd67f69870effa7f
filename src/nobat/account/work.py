"""Running what claims need at the settings of an audit: a row of figures for each setting."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np

from nobat.account.alike import alike, counts_of
from nobat.account.campaigns import Asked, Campaigns, Found, Runs
from nobat.account.design import Design
from nobat.account.margins import draws, margin_of
from nobat.account.runs import Floats, Run, done, needed, standing, tested
from nobat.scenario import Scenario
from nobat.scenario.claims import Claim
from nobat.study.points import Point, Settings
from nobat.theory.fusion import fused, item

Row = dict[str, Any]

#: Columns of a claim and of a run: how they are called in the folder.
MARGIN, ERROR, PAIRS, NOISE = "margin", "error", "n", "noise"
ALIKE, MEAN = "alike", "mean"

#: The most numbers that are kept in memory for `changes`: 64 MB of them.
_MOST_REMEMBERED = 8_000_000


def column(what: str, figure: str) -> str:
    """The name of a column: `C3: margin`, `as-told: alike`, `as-told: mean secured`."""
    return f"{what}: {figure}"


class Memory:
    """The draws of margins at the first settings, which `Work.changes` compares with.

    What it does not hold is run again: the rows are the same.
    """

    def __init__(self, work: Work, settings: int) -> None:
        """Room for so many settings, or as many as there is room for."""
        tested = {run: names for run, names in work._tested(work.sampled()).items() if names}
        self._wanted = [(run, name) for run, names in tested.items() for name in names]
        most = _MOST_REMEMBERED // max(1, len(self._wanted) * work.scenario.run.replications)
        self._settings = min(settings, most)
        self._found: dict[int, Found] = {}

    def keep(self, setting: int, found: Found) -> None:
        """Remember what was found at a setting, if there is room for it."""
        if setting < self._settings:
            self._found[setting] = {each: found[each] for each in self._wanted}

    def __contains__(self, setting: int) -> bool:
        return setting in self._found

    def __getitem__(self, setting: int) -> Found:
        return self._found[setting]


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

    def rows(self, settings: Iterable[int], memory: Memory) -> Generator[Row]:
        """The row of each of some settings: margins, what looks like the record, means.

        memory: gets the draws that `changes` will want again.
        """
        runs, settings = needed(self.scenario, self.claims), tuple(settings)
        asked = (Asked(self.design.values[i], runs) for i in settings)
        with closing(self.campaigns.each(asked)) as each:
            for i, found in zip(settings, each, strict=True):
                memory.keep(i, found)
                row: Row = {"setting": i}
                for claim in self.sampled():
                    row |= self._margin(claim, self.design.values[i], found)
                yield row | self._record(found) | _means(runs, found)

    def changes(
        self, parts: Sequence[range], chosen: Mapping[str, Sequence[int]], memory: Memory,
        progress: Callable[[int], None],
    ) -> Generator[list[Row]]:  # fmt: skip
        """What drawing one quantity anew does to margins: a row for each setting and quantity.

        parts: settings, some at a time; yields the rows of each part. chosen: for each claim, by
        its id, the columns of its quantities. progress: called with how many settings of a part are
        done, in work.
        """
        claims = [claim for claim in self.claims if chosen.get(claim.id)]
        runs = self._tested(claims)
        mine = {
            j: [claim for claim in claims if j in chosen[claim.id]]
            for j in sorted({j for columns in chosen.values() for j in columns})
        }

        def asked() -> Iterator[Asked]:
            for part in parts:
                yield from (Asked(self.design.values[i], runs) for i in part if i not in memory)
                for j in mine:
                    wanted = self._tested(mine[j])
                    yield from (Asked(self.design.anew(i, j), wanted) for i in part)

        with closing(self.campaigns.each(asked())) as found:
            for part in parts:
                rows: list[Row] = []
                before = {i: memory[i] if i in memory else next(found) for i in part}
                for j, i in product(mine, part):
                    there: Row = {"setting": i, "quantity": self.design.factors[j].path}
                    now, point = next(found), self.design.anew(i, j)
                    for claim in claims:
                        there |= self._change(claim, point, before[i], now, claim in mine[j])
                    rows.append(there)
                    progress(len(rows) // len(mine))
                yield rows

    def _tested(self, claims: Sequence[Claim]) -> Runs:
        """The runs that the tests of some claims need, without those that stand for the record."""
        return needed(self.scenario.model_copy(update={"record": None}), claims)

    @cached_property
    def campaigns(self) -> Campaigns:
        """The campaigns at settings."""
        return Campaigns(self.scenario, self.design, self.jobs)

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

    def _change(self, claim: Claim, point: Point, old: Found, new: Found, mine: bool) -> Row:
        """A margin with one quantity drawn anew, and how much of its change is luck: a variance.

        mine: whether that quantity is one of the claim's; else there is nothing.
        """
        margin = noise = math.nan
        if mine and claim.test.belief is not None:
            margin, noise = self._belief(claim, point), 0.0
        elif mine:
            was = draws(claim, lambda run, name: old[run, name])
            now = draws(claim, lambda run, name: new[run, name])
            margin = margin_of(claim, now).value
            gaps = (now - was)[~np.isnan(now - was)]
            noise = float(gaps.var(ddof=1)) / gaps.size if gaps.size > 1 else math.nan
        return {column(claim.id, MARGIN): _kept(margin), column(claim.id, NOISE): _kept(noise)}

    def _belief(self, claim: Claim, point: Point) -> float:
        """The fused probability of the answer that a claim expects, less 1/2, at one setting."""
        mine, settings = self._reports
        reports = settings.at(tuple(point[i] for i in mine)).reports
        assert reports is not None  # the scenario's checks see to it
        assert claim.test.belief is not None
        told = [item(one, reports) for one in reports.told.values()]
        yes = fused(told, float(reports.prior.value), float(reports.rho.value))
        return yes - 0.5 if claim.test.belief.expect == "yes" else 0.5 - yes

    @cached_property
    def _reports(self) -> tuple[list[int], Settings]:
        """The columns of the quantities of the reports, and the scenario at values of them."""
        mine = [i for i, f in enumerate(self.design.factors) if f.path.startswith("reports.")]
        return mine, Settings(self.scenario, [self.design.factors[i] for i in mine])

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
