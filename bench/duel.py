"""Duels side by side with peers: `python -m bench.duel`. Prints the table of performance.md.

20 against 15 at the rates 0.04 and 0.06, square law, to the end, on one pinned core. First the
answers: whose chance to win, mean losses or mean duration is more than 3 standard errors from the
exact one is not timed. Then rounds in which each has its turn; the median and the best of them.
Compiling comes before, as does every import.

The peers are optional: `pip install --require-hashes -r requirements/peers.txt`.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from typing import NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

from nobat.theory import duel_exact
from nobat.theory.duel_simulated import fight, simulate
from nobat.theory.lanchester import Duel

DUEL = Duel(20, 15, 0.04, 0.06)
ROUNDS = 7
FURTHEST = 3.0
#: Duels for the comparison of answers, and about how long a turn takes, seconds.
CHECKED_S, TURN_S = 2.0, 0.4

Rows = NDArray[np.float64]


class Contender(NamedTuple):
    """Its name, the package that it needs, how it fights n duels (rows), how it is timed."""

    name: str
    package: str | None
    rows: Callable[[Duel, int, int], Rows]
    work: Callable[[Duel, int, int], object]


@numba.njit(error_model="numpy")
def bare(
    attackers: int, defenders: int, a: float, b: float, luck: np.random.Generator, rows: Rows
) -> None:
    """What somebody would write by hand, and well: a loop over numpy's fast random numbers."""
    for k in range(rows.shape[1]):
        x, y, time = attackers, defenders, 0.0
        while x > 0 and y > 0:
            on_y = a * x
            both = on_y + b * y
            time += luck.standard_exponential() / both
            hit = luck.random() * both < on_y
            y -= hit
            x -= not hit
        rows[0, k], rows[1, k], rows[2, k] = x, y, time


def bare_duels(duel: Duel, n: int, seed: int) -> Rows:
    """The bare loop for a duel."""
    rows, luck = np.empty((3, n)), np.random.default_rng(seed)
    sides = int(duel.attackers), int(duel.defenders)
    bare(*sides, duel.attacker_rate, duel.defender_rate, luck, rows)
    return rows


def own_duels(duel: Duel, n: int, seed: int) -> Rows:
    """The same rows from nobat."""
    return np.stack([column.astype(np.float64) for column in fight(duel, seed, 0, n)])


def contenders() -> list[Contender]:
    """All that can be run here; says what is missing."""
    found = [
        Contender("nobat", "nobat", own_duels, simulate),
        Contender("a bare loop in numba", "numba", bare_duels, bare_duels),
    ]
    for package, make in (("cimba", _cimba), ("simpy", _simpy), ("mesa", _mesa),
                          ("salabim", _salabim)):  # fmt: skip
        try:
            found += make()
        except ImportError:
            print(f"{package} is not installed: left out", file=sys.stderr)
    return found


def _cimba() -> list[Contender]:
    from bench import duel_cimba as peer

    return [
        Contender("cimba", "cimba", peer.duels, peer.duels),
        Contender("cimba, every seed given", "cimba", peer.duels_from_seeds, peer.duels_from_seeds),
    ]


def _simpy() -> list[Contender]:
    import simpy  # noqa: F401

    from bench.duel_peers import simpy_duels as peer

    return [Contender("SimPy", "simpy", peer, peer)]


def _mesa() -> list[Contender]:
    import mesa  # noqa: F401

    from bench.duel_peers import mesa_duels as peer

    return [Contender("Mesa", "mesa", peer, peer)]


def _salabim() -> list[Contender]:
    import salabim  # noqa: F401

    from bench.duel_peers import salabim_duels as peer

    return [Contender("salabim", "salabim", peer, peer)]


def furthest(rows: Rows, duel: Duel) -> float:
    """How many standard errors the worst of three answers lies from the exact one."""
    exact = duel_exact.solve(duel)
    n = rows.shape[1]
    p, lost = exact.p_attacker_wins, rows[0] + rows[1]
    left = exact.attackers.mean + exact.defenders.mean
    return max(
        abs((rows[0] > 0).mean() - p) / np.sqrt(p * (1 - p) / n),
        abs(lost.mean() - left) / (lost.std() / np.sqrt(n)),
        abs(rows[2].mean() - exact.mean_duration) / np.sqrt(exact.variance_duration / n),
    )


def size(one: Contender, seconds: float) -> int:
    """How many duels take about so long; the first call compiles."""
    one.work(DUEL, 16, 1)
    n, took = 16, 0.0
    while took < 0.05:
        n *= 4
        began = time.perf_counter()
        one.work(DUEL, n, 1)
        took = time.perf_counter() - began
    return max(16, int(n * seconds / took))


def rates(entered: list[Contender]) -> dict[str, list[float]]:
    """Duels a second in each round, turn by turn."""
    sizes = {one.name: size(one, TURN_S) for one in entered}
    found: dict[str, list[float]] = {one.name: [] for one in entered}
    for turn in range(ROUNDS):
        for one in entered:
            began = time.perf_counter()
            one.work(DUEL, sizes[one.name], 100 + turn)
            found[one.name].append(sizes[one.name] / (time.perf_counter() - began))
    return found


def pin() -> str:
    """Keep to one core, where the system lets us; says which."""
    if not hasattr(os, "sched_setaffinity"):
        return "not pinned"
    core = max(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    return f"core {core}"


def _version(package: str | None) -> str:
    try:
        return version(package) if package else ""
    except PackageNotFoundError:  # run from a checkout
        return ""


def main() -> None:
    """Hold the answers together, then the speeds."""
    where = pin()
    entered = []
    for one in contenders():
        off = furthest(one.rows(DUEL, size(one, CHECKED_S), 1), DUEL)
        verdict = "" if off <= FURTHEST else ": not timed"
        print(f"{one.name}: {off:.1f} standard errors off at most{verdict}", file=sys.stderr)
        entered += [one] if off <= FURTHEST else []
    found = rates(entered)
    own = found["nobat"]
    print(f"{ROUNDS} rounds on {where}\n")
    print("| contender | version | duels a second (median, best) | nobat is faster by |")
    print("| --- | --- | --- | --- |")
    for one in entered:
        speeds = found[one.name]
        # Round by round, so that a busy moment of the machine counts for both.
        ratio = statistics.median(a / b for a, b in zip(own, speeds, strict=True))
        median, best = statistics.median(speeds), max(speeds)
        print(
            f"| {one.name} | {_version(one.package)} | {median:,.0f}, {best:,.0f} | {ratio:,.1f} |"
        )


if __name__ == "__main__":
    main()
