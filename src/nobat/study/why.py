"""Why one doctrine does better: the difference, shared out among mechanisms (MODEL 17).

Committing everyone changes several things at once. Each of them can be taken from either doctrine,
in one and the same campaign; every mix is run on the same luck, and what each mechanism adds, mean
over all orders in which they could change, is its share (Shapley 1953). The shares add up to the
difference in every replication, and so do their means.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from nobat.engine.runner import default_jobs, jobs_fault
from nobat.scenario import Problem, Scenario, ScenarioError
from nobat.scenario.words import choice, quoted
from nobat.study.asked import doctrine_of, outcome_of, scenario_asked
from nobat.study.comparison import MEAN_FIELD, MONTE_CARLO
from nobat.study.estimates import mean, share_of
from nobat.study.names import outcome_named
from nobat.study.scan import MOST_KEPT
from nobat.study.shapley import alone, last, shapley
from nobat.study.unlike import unlike
from nobat.study.why_result import Mix as Mix
from nobat.study.why_result import Share as Share
from nobat.study.why_result import Why as Why
from nobat.study.why_runs import PLAYERS, Progress, players_between, players_in, worths

#: Campaigns of all mixes at most, where nobody says how many replications: half a minute of two
#: processors, or less, in the shipped scenarios.
CAMPAIGNS = 16_000
SOLVERS = (MONTE_CARLO, MEAN_FIELD)

Floats = NDArray[np.float64]
T = TypeVar("T")


def why(
    scenario: Scenario,
    *,
    doctrine: str,
    against: str,
    outcome: str = "secured",
    solver: str = MONTE_CARLO,
    replications: int | None = None,
    seed: int | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Why:
    """Share the difference between two doctrines out among the mechanisms that make it.

    doctrine, against: the two, a and b; the difference is a - b. outcome: its name, or the key of
    its estimate. solver: `monte-carlo`, or `mean-field` for one course, without intervals.
    replications: of each mix (default: as many as the scenario says, but no more than make 16,000
    campaigns of all mixes). seed: as the scenario says unless given. jobs: threads. progress:
    called with (campaigns run, all of them).

    Raises ScenarioError (a ValueError), with all that is wrong, for an unknown doctrine, outcome or
    solver, and for an argument that is not allowed.
    """
    asked = scenario_asked(scenario, "why", replications, seed)
    problems: list[Problem] = []
    a = _tried(problems, "doctrine", doctrine_of, asked, doctrine)
    b = _tried(problems, "against", doctrine_of, asked, against)
    name = _tried(problems, "outcome", outcome_of, outcome)
    problems += _problems(solver, {"replications": replications, "seed": seed}, jobs)
    if a is None or b is None or name is None or problems:
        raise ScenarioError(problems)
    players = players_between(asked, a, b, name)
    if replications is None:
        most = min(asked.run.replications, CAMPAIGNS >> len(players))
        asked = asked.with_values({"run.replications": most})
    _check_room(1 << len(players), asked.run.replications)
    found = worths(
        asked, a, b, name, players,
        expected=solver == MEAN_FIELD, jobs=jobs or default_jobs(), progress=progress,
    )  # fmt: skip
    return explained(asked, a, b, name, players, solver, found)


def _tried(problems: list[Problem], name: str, read: Callable[..., T], *words: object) -> T | None:
    """What the argument of that name is read as; what is wrong with it goes to the problems."""
    try:
        return read(*words)
    except ScenarioError as error:
        problems += [replace(problem, path=name) for problem in error.problems]
        return None


def _problems(solver: object, drawn: dict[str, int | None], jobs: object) -> list[Problem]:
    """What is wrong with the solver, with what is given beside it, and with the threads.

    drawn: arguments that mean something only where luck is drawn.
    """
    found = []
    if solver not in SOLVERS:
        words = f"{quoted(str(solver))} is not a solver of why"
        found.append(Problem("solver", None, f"{words}{choice(solver, SOLVERS, 'solvers')}"))
    if solver == MEAN_FIELD:
        text = f"means nothing with the solver {MEAN_FIELD}: there is one course"
        found += [Problem(name, None, text) for name, value in drawn.items() if value is not None]
    if fault := jobs_fault(jobs):
        found.append(Problem("jobs", None, fault))
    return found


def _check_room(mixes: int, replications: int) -> None:
    """ScenarioError for more numbers than are kept."""
    most = MOST_KEPT // mixes
    if replications > most:
        text = f"{replications:,} of each of {mixes} mixes are too many: {most:,} at most"
        raise ScenarioError([Problem("replications", None, text)])


def explained(
    scenario: Scenario,
    a: str,
    b: str,
    outcome: str,
    players: tuple[str, ...],
    solver: str,
    found: Floats,
) -> Why:
    """The result, from an outcome in every coalition of players and replication.

    found: (2^players, replications), NaN where the outcome does not exist. A replication counts
    where it exists in every coalition: only there do the shares add up.
    """
    named, drawn = outcome_named(outcome), solver == MONTE_CARLO
    there = found[:, ~np.isnan(found).any(axis=0)]
    estimate = share_of if named.kind == "share" and drawn else mean
    return Why(
        scenario=scenario.name,
        title=scenario.title,
        a=a,
        b=b,
        outcome=named,
        horizon_d=scenario.run.horizon_d,
        solver=solver,
        seed=scenario.run.seed if drawn else None,
        replications=found.shape[1],
        at_a=estimate(there[-1]),
        at_b=estimate(there[0]),
        difference=mean(there[-1] - there[0]),
        shares=_shares(there, players, players_in(scenario)),
        mixes=tuple(
            Mix(tuple(p for i, p in enumerate(players) if k >> i & 1), mean(row).mean)
            for k, row in enumerate(there)
        ),
        unlike=unlike(scenario, a, b),
    )


def _shares(
    found: Floats, players: tuple[str, ...], in_scenario: tuple[str, ...]
) -> tuple[Share, ...]:
    """What each mechanism has to do with it: nothing where it is none of the players."""
    nothing = mean(np.zeros(found.shape[1]))
    values = {
        player: (mean(phi), mean(first), mean(end))
        for player, phi, first, end in zip(
            players, shapley(found), alone(found), last(found), strict=True
        )
    }
    return tuple(
        Share(player, *values.get(player, (nothing, nothing, nothing)), player in in_scenario)
        for player in PLAYERS
    )
