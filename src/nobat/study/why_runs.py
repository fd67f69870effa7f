"""The campaigns behind a `why`: every mix of two doctrines' mechanisms, on one luck (MODEL 17).

The players are the five mechanisms that a shadow has switches for, and `other`: all that they do
not cover. A coalition S is a campaign in which the players of S go by doctrine a, the rest by b.
Where `other` is in S the campaign is a's own, with b as its shadow, from which the mechanisms
outside S are taken; where it is not, the campaign is b's own, with a as its shadow, from which
those in S are. So everything from a is a's own campaign, nothing from a is b's, to the bit, and a
and b are treated alike.

A shadowed campaign costs three times a plain one, and there are 2^k of them. So a player that can
add nothing to any coalition is left out, which changes no other share, and nothing is drawn for
what comes after a campaign unless that is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nobat.model.outcome import OUTCOMES
from nobat.scenario import Scenario
from nobat.study.names import UNDECIDED
from nobat.study.sums import undecided
from nobat.study.unlike import fight_alike, same_other

if TYPE_CHECKING:
    from nobat.model.state import Plan

#: What goes by one doctrine or the other, in the order in which it is told.
MECHANISMS = ("mass", "tempo", "sleep", "reserve", "supply")
OTHER = "other"
PLAYERS = (*MECHANISMS, OTHER)
#: What counts the duties of the campaign's own doctrine, besides unit-days and what rest is owed.
_DUTIES = ("handovers", "cover", "days_committed")
#: Campaigns that a thread runs at a time: few enough that there is news of them.
STRETCH = 100
_COLUMNS = [outcome.name for outcome in OUTCOMES]

Floats = NDArray[np.float64]
Progress = Callable[[int, int], None]


def players_in(scenario: Scenario) -> tuple[str, ...]:
    """The players of a scenario: those whose mechanism it has."""
    attacker, defender = scenario.attacker.supply, scenario.defender.supply
    missing = {
        "sleep": scenario.sleep.model == "none",
        "reserve": scenario.counterattack.per_day.value == 0,
        "supply": attacker is None and defender is None,
    }
    return tuple(player for player in PLAYERS if not missing.get(player))


def players_between(scenario: Scenario, a: str, b: str, outcome: str) -> tuple[str, ...]:
    """The players that can make a difference between two doctrines.

    Doctrines with the same duties differ in no mechanism: a shadow of the same duties changes
    nothing, to the bit. Those with the same fire policy and corridor differ in nothing that is
    `other` but the count of duties: whose campaign a coalition is makes no difference to the rest,
    to the bit. `other` stands alone where nothing else does, so that there is a game.
    """
    same = fight_alike(scenario, a, b)
    found = () if same else tuple(p for p in players_in(scenario) if p != OTHER)
    if not found or counts_duties(outcome) or not same_other(scenario, a, b):
        return (*found, OTHER)
    return found


def counts_duties(outcome: str) -> bool:
    """Whether an outcome counts duties, which no switch takes from another doctrine."""
    return outcome in _DUTIES or outcome.endswith("unit_days") or outcome.startswith("rest_debt")


def sides(players: Sequence[str], coalition: int) -> tuple[bool, int]:
    """Whose campaign a coalition is, and what is taken from the other doctrine.

    players: `other` is the last of them, if it is one; without it a coalition of all is a's own
    campaign, any other b's. coalition: bit i is set where player i goes by a. Returns (whether the
    campaign is a's own, the bits of a shadow's switches).
    """
    from nobat.model.shadow import SWITCHES

    going = [player for i, player in enumerate(players) if coalition >> i & 1]
    own = OTHER in going if OTHER in players else len(going) == len(players)
    taken = [
        SWITCHES[player] for player in players if player != OTHER and (player in going) is not own
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

    expected: by the mean field, with one replication. progress: called with (campaigns run, all).
    """
    from nobat.engine.plan import build, only_for

    plans = {name: only_for(build(scenario, name, expected=expected), [outcome]) for name in {a, b}}
    replications = 1 if expected else scenario.run.replications
    firsts = range(0, replications, STRETCH)
    games = 1 << len(players)
    found = np.empty((games, replications))
    # The doctrines' own campaigns, which are the quickest, come last: the rest tells how long.
    in_turn = sorted(range(games), key=lambda game: game in (0, games - 1))

    def work(task: tuple[int, int]) -> int:
        game, first = task
        own, taken = sides(players, game)
        pair = (plans[a], plans[b]) if own else (plans[b], plans[a])
        count = min(STRETCH, replications - first)
        rows = _simulated(*pair, taken, scenario.run.seed, first, count)
        found[game, first : first + count] = _column(rows, outcome)
        return count

    report, done = progress or (lambda _done, _total: None), 0
    report(0, found.size)
    pool = ThreadPoolExecutor(jobs, thread_name_prefix="nobat")
    try:
        for count in pool.map(work, product(in_turn, firsts)):
            done += count
            report(done, found.size)
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
