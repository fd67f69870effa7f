"""The campaigns behind a `why`: every mix of two doctrines' mechanisms, on one luck (MODEL 17).

The players are the five mechanisms that a shadow has switches for, and `other`: all that they do
not cover. A coalition S is a campaign in which the players of S go by doctrine a, the rest by b.
Where `other` is in S the campaign is a's own, with b as its shadow, from which the mechanisms
outside S are taken; where it is not, the campaign is b's own, with a as its shadow, from which
those in S are. So everything from a is a's own campaign, nothing from a is b's, to the bit, and a
and b are treated alike.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nobat.engine.store import CHUNK
from nobat.model.outcome import OUTCOMES
from nobat.scenario import Scenario
from nobat.study.names import UNDECIDED
from nobat.study.sums import undecided

if TYPE_CHECKING:
    from nobat.model.state import Plan

#: What goes by one doctrine or the other, in the order in which it is told.
MECHANISMS = ("mass", "tempo", "sleep", "reserve", "supply")
OTHER = "other"
PLAYERS = (*MECHANISMS, OTHER)
_COLUMNS = [outcome.name for outcome in OUTCOMES]

Floats = NDArray[np.float64]
Progress = Callable[[int, int], None]


def players_in(scenario: Scenario) -> tuple[str, ...]:
    """The players that can make a difference: those whose mechanism the scenario has.

    To leave out a player who adds nothing to any coalition changes no other share.
    """
    attacker, defender = scenario.attacker.supply, scenario.defender.supply
    missing = {
        "sleep": scenario.sleep.model == "none",
        "reserve": scenario.counterattack.per_day.value == 0,
        "supply": attacker is None and defender is None,
    }
    return tuple(player for player in PLAYERS if not missing.get(player))


def sides(players: Sequence[str], coalition: int) -> tuple[bool, int]:
    """Whose campaign a coalition is, and what is taken from the other doctrine.

    players: `other` is the last of them. coalition: bit i is set where player i goes by a. Returns
    (whether the campaign is a's own, the bits of a shadow's switches).
    """
    from nobat.model.shadow import SWITCHES

    own = bool(coalition >> (len(players) - 1) & 1)
    taken = [
        SWITCHES[player]
        for i, player in enumerate(players[:-1])
        if bool(coalition >> i & 1) is not own
    ]
    return own, sum(taken)


def worths(
    scenario: Scenario,
    a: str,
    b: str,
    outcome: str,
    players: Sequence[str],
    *,
    expected: bool,
    jobs: int,
    progress: Progress | None,
) -> Floats:
    """An outcome in every coalition and replication: (2^players, replications), NaN for none.

    expected: by the mean field, with one replication. progress: called with (coalitions done, all).
    """
    from nobat.engine.plan import build

    plans = {name: build(scenario, name, expected=expected) for name in {a, b}}
    replications = 1 if expected else scenario.run.replications
    firsts = range(0, replications, CHUNK)
    games = range(1 << len(players))
    found = np.empty((len(games), replications))

    def work(task: tuple[int, int]) -> None:
        game, first = task
        own, taken = sides(players, game)
        pair = (plans[a], plans[b]) if own else (plans[b], plans[a])
        count = min(CHUNK, replications - first)
        rows = _simulated(*pair, taken, scenario.run.seed, first, count)
        found[game, first : first + count] = _column(rows, outcome)

    report = progress or (lambda _done, _total: None)
    report(0, len(games))
    pool = ThreadPoolExecutor(jobs, thread_name_prefix="nobat")
    try:
        tasks = [(game, first) for game in games for first in firsts]
        for done, _ in enumerate(pool.map(work, tasks), start=1):
            report(done // len(firsts), len(games))
    finally:
        pool.shutdown(cancel_futures=True)
    return found


def _simulated(own: Plan, other: Plan, taken: int, seed: int, first: int, count: int) -> Floats:
    """Campaigns of one doctrine, with some mechanisms taken from the other."""
    from nobat.engine.cpu import simulate
    from nobat.model.shadow import shadow

    return simulate(own, seed, first, count, shadow(other, taken) if taken else None)


def _column(rows: Floats, outcome: str) -> Floats:
    """One outcome of rows of all of them."""
    if outcome == UNDECIDED.name:
        return undecided(rows, _COLUMNS)
    column: Floats = rows[:, _COLUMNS.index(outcome)]
    return column
