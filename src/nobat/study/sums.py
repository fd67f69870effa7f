"""Estimates of a run in one pass over its files, in memory that does not grow with the run.

Blocks of replications are read in order, all doctrines of one before the next, and only counts,
means and squared deviations are kept. Blocks are merged as in Chan, Golub and LeVeque (1983),
which stays exact where a sum of squares would cancel. Their size and order are fixed, so a run
gives the same bits on every reading.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from nobat.engine.store import Run
from nobat.study import estimates
from nobat.study.estimates import Estimate
from nobat.study.names import MAIN, UNDECIDED, key

#: Replications in a block, or as many as a chunk has if that is more. A block of 20,000 takes 6 MB
#: a doctrine; smaller ones cost more for each file that is opened.
BLOCK = 20_000

Floats = NDArray[np.float64]


class Sums:
    """Count, mean and squared deviations of several columns; NaN is left out."""

    def __init__(self, columns: int) -> None:
        self._n = np.zeros(columns, dtype=np.int64)
        self._mean = np.zeros(columns)
        self._squares = np.zeros(columns)

    def add(self, block: Floats) -> None:
        """Take in some rows. block: (rows, columns)."""
        there = ~np.isnan(block)
        n = there.sum(axis=0)
        mean = np.where(there, block, 0.0).sum(axis=0) / np.maximum(n, 1)
        apart = np.where(there, block - mean, 0.0)
        total = self._n + n
        part = n / np.maximum(total, 1)
        gap = mean - self._mean
        self._squares += (apart * apart).sum(axis=0) + gap * gap * self._n * part
        self._mean += gap * part
        self._n = total

    def mean(self, column: int) -> Estimate:
        """The mean of a column with Student's interval."""
        n, squares = int(self._n[column]), float(self._squares[column])
        return estimates.mean_of(n, float(self._mean[column]), squares)

    def share(self, column: int) -> Estimate:
        """The share of ones in a column of zeros and ones, with Wilson's interval."""
        n = int(self._n[column])
        return estimates.share(round(float(self._mean[column]) * n), n)


@dataclass(frozen=True)
class Summary:
    """What a run says: estimates by doctrine and key, paired differences by pair and outcome.

    chances: for each doctrine the bootstrap probability that it is best; None for one replication.
    """

    estimates: dict[str, dict[str, Estimate]]
    differences: dict[tuple[str, str], dict[str, Estimate]]
    chances: tuple[float, ...] | None


def summary(run: Run) -> Summary:
    """Estimate every outcome of a run, over the replications that all of its doctrines have.

    Doctrines are held against each other pair by pair on the main outcomes.
    """
    names = run.manifest.doctrines
    columns = [column.name for column in run.manifest.outcomes]
    main = [columns.index(name) for name in MAIN]
    own = {name: Sums(len(columns) + 1) for name in names}
    pairs = {pair: Sums(len(MAIN)) for pair in combinations(names, 2)}
    joint: Counter[int] = Counter()
    for block in run.blocks(BLOCK):
        kept = {}
        for name in names:
            values = run.table(name, columns, block)
            kept[name] = values[:, main]
            own[name].add(np.column_stack([values, undecided(values, columns)]))
        for (a, b), sums in pairs.items():
            sums.add(kept[a] - kept[b])
        joint.update(_patterns([kept[name][:, 0] for name in names]))
    return Summary(
        {name: _by_key(run, own[name]) for name in names},
        {pair: {o: sums.mean(i) for i, o in enumerate(MAIN)} for pair, sums in pairs.items()},
        _chances(joint, len(names)),
    )


def undecided(values: Floats, columns: list[str]) -> Floats:
    """1 for each replication that was neither secured nor abandoned, else 0."""
    return 1.0 - values[:, columns.index("secured")] - values[:, columns.index("abandoned")]


def _by_key(run: Run, sums: Sums) -> dict[str, Estimate]:
    """A doctrine's estimates by key; those still undecided stand behind those abandoned."""
    found = {}
    for place, column in enumerate(run.manifest.outcomes):
        estimate = sums.share if column.kind == "share" else sums.mean
        found[key(column.name, column.kind)] = estimate(place)
        if column.name == "abandoned":
            found[key(UNDECIDED.name, UNDECIDED.kind)] = sums.share(len(run.manifest.outcomes))
    return found


def _patterns(secured: list[Floats]) -> dict[int, int]:
    """How often each set of doctrines succeeded together; the first doctrine's bit is highest."""
    codes = np.zeros(secured[0].size, dtype=np.int64)
    for values in secured:
        codes = 2 * codes + (values > 0.5)
    found, counts = np.unique(codes, return_counts=True)
    return dict(zip(found.tolist(), counts.tolist(), strict=True))


def _chances(joint: Counter[int], doctrines: int) -> tuple[float, ...] | None:
    """The bootstrap probabilities of being best, from the joint patterns."""
    codes = np.array(sorted(joint), dtype=np.int64)
    counts = np.array([joint[code] for code in codes.tolist()], dtype=np.int64)
    shifts = np.arange(doctrines - 1, -1, -1)
    return estimates.p_best_of((codes[:, None] >> shifts) & 1, counts)
