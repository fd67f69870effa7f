"""A duel fought many times, event by event: estimates of what `duel_exact` knows (MODEL 6)."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nobat.model import duel as model
from nobat.model.compiled import cache_folder
from nobat.model.duel import Counts, Fought
from nobat.theory.duel_exact import Left, Solution, factors
from nobat.theory.lanchester import Duel

#: Duels that are fought and counted at a time: the counts of all of them do not depend on it.
_CHUNK = 1 << 16


@dataclass(frozen=True)
class Sample:
    """What n duels gave: shares and means in place of probabilities and expectations.

    found: variances are those of the n values, divided by n.
    """

    found: Solution
    n: int
    seed: int

    @property
    def standard_error(self) -> float:
        """Of the share of duels that the attacker won: sqrt(p (1 - p) / n)."""
        p = self.found.p_attacker_wins
        return math.sqrt(p * (1.0 - p) / self.n)

    def error_of_mean(self, variance: float) -> float | None:
        """Standard error of a mean over the n duels; None for one duel."""
        return math.sqrt(variance / (self.n - 1)) if self.n > 1 else None


def is_warm() -> bool:
    """Whether the compiled kernel of this source lies in the cache."""
    return any(cache_folder().rglob("duel.fight-*.nbc"))


def fight(duel: Duel, seed: int, first: int, count: int) -> Fought:
    """The duels first .. first + count - 1.

    Duel k depends on nothing but the sides, the seed and k. The interpreter's lock is released
    while they are fought, so threads run side by side.
    """
    found = Fought(np.empty(count, np.int64), np.empty(count, np.int64), np.empty(count))
    terms = model.Terms(
        *factors(duel),
        int(duel.attackers),
        int(duel.defenders),
        int(duel.attackers_break),
        int(duel.defenders_break),
    )
    model.fight(terms, seed, first, model.lanes(), found)
    return found


def simulate(
    duel: Duel, n: int, seed: int, told: Callable[[int, int], None] | None = None
) -> Sample:
    """Fight the duels 0 .. n - 1; `told` hears now and then how many of how many are done."""
    attackers = np.zeros(int(duel.attackers) + 1, np.int64)
    defenders = np.zeros(int(duel.defenders) + 1, np.int64)
    mean = squares = 0.0
    for first in range(0, n, _CHUNK):
        count = min(_CHUNK, n - first)
        fought = fight(duel, seed, first, count)
        attackers += np.bincount(fought.attackers, minlength=attackers.size)
        defenders += np.bincount(fought.defenders, minlength=defenders.size)
        # Means and squared deviations of two samples put together (Chan, Golub and LeVeque 1983).
        shift, share = float(fought.times.mean()) - mean, count / (first + count)
        squares += float(fought.times.var()) * count + shift**2 * first * share
        mean += shift * share
        if told is not None:
            told(first + count, n)
    won = int(attackers[int(duel.attackers_break) + 1 :].sum())
    found = Solution(won / n, _left(attackers, n), _left(defenders, n), mean, squares / n)
    return Sample(found, n, seed)


def _left(counts: Counts, n: int) -> Left:
    """Counts as shares."""
    shares = counts / n
    shares.setflags(write=False)
    return Left(shares)
