"""When to open the way home, and how to check those who come: policies against each other.

Opening soon spares nights away from home and lives in the cold; waiting leaves time to clear mines.
A longer check misses fewer infiltrators, and needs lanes, or makes a queue that is itself a target
(MODEL 12). The battle does not depend on any of this: it is simulated once, and the way home once
for each policy, on the same luck.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nobat.engine.runner import default_jobs, jobs_fault
from nobat.engine.store import CHUNK
from nobat.model.outcome import index
from nobat.scenario import Problem, Scenario, ScenarioError
from nobat.scenario.homecoming import LANES, MINUTES, NIGHTS, Homecoming, ReturnPolicy
from nobat.scenario.quantity import Kind
from nobat.study.asked import doctrine_of, scenario_asked
from nobat.study.dominance import standings
from nobat.study.estimates import mean, paired_difference, share_of
from nobat.study.scan import Progress
from nobat.study.way_home import COSTS, Gap, Point, Policy, WayHome

#: What is tried unless it is given; the scenario's own policy is always among it.
OPENINGS, MINUTES_TRIED, LANES_TRIED = (0, 1, 2, 7, 14, 30), (1.0, 2.0, 4.0, 8.0), (1, 2, 4)
#: The most policies that are held against each other.
MOST_POLICIES = 2_000
#: What is estimated for each policy. `persons_hit` adds up the last three.
OUTCOMES = (
    "nights_displaced", "nights_in_cold", "cold_deaths", "returned", "missed_infiltrators",
    "false_stops", "checkpoint_attacks", "overloaded_days", "longest_queue", "mine_victims",
    "checkpoint_toll", "infiltrator_toll",
)  # fmt: skip
HIT = ("mine_victims", "checkpoint_toll", "infiltrator_toll")

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def homecoming(
    scenario: Scenario,
    *,
    doctrine: str | None = None,
    open_after_nights: Sequence[float] | float | None = None,
    minutes_a_check: Sequence[float] | float | None = None,
    lanes: Sequence[float] | float | None = None,
    replications: int | None = None,
    seed: int | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> WayHome:
    """Every opening night x minutes of a check x lanes against every other, on the same luck.

    doctrine: whose campaigns come before (default: the first main one, else the first). The values
    to try are those given, or OPENINGS, MINUTES_TRIED and LANES_TRIED; the scenario's own are
    always added, with its own threshold. replications, seed: as the scenario says unless given.
    jobs: threads. progress: called with (parts done, all of them).

    Raises ScenarioError (a ValueError) for a scenario without `homecoming`, an unknown doctrine,
    values that are not allowed, and where the place was never secured.
    """
    scenario = scenario_asked(scenario, "homecoming", replications, seed)
    given = scenario.homecoming
    if given is None:
        text = "the scenario has none: it does not say who goes home, nor when"
        raise ScenarioError([Problem("homecoming", None, text)])
    main = (*scenario.run.main, *scenario.doctrines)[0]
    doctrine = main if doctrine is None else doctrine_of(scenario, doctrine)
    if fault := jobs_fault(jobs):
        raise ScenarioError([Problem("jobs", None, fault)])
    own = policy_of(given.policy)
    policies = _policies(given, own, open_after_nights, minutes_a_check, lanes)
    rows, numbers, found = _columns(scenario, doctrine, policies, jobs, progress)
    points = _points(policies, found)
    return WayHome(
        scenario=scenario.name,
        title=scenario.title,
        doctrine=doctrine,
        horizon_d=scenario.run.horizon_d,
        horizon_nights=int(given.horizon_nights.value),
        seed=scenario.run.seed,
        replications=rows,
        secured=share_of(_ones(rows, numbers)),
        own=own,
        points=points,
        gaps=_gaps(policies, own, found),
        record=tuple(
            (matter.matter, matter.record, matter.finding)
            for matter in scenario.contested
            if any(path.startswith("homecoming") for path in matter.bears_on)
        ),
    )


def policy_of(given: ReturnPolicy) -> Policy:
    """The scenario's own policy."""
    return Policy(
        int(given.open_after_nights.value),
        int(given.lanes.value),
        float(given.minutes_a_check.value),
        float(given.false_stop_share.value),
    )


def _policies(
    given: Homecoming,
    own: Policy,
    openings: Sequence[float] | float | None,
    minutes: Sequence[float] | float | None,
    lanes: Sequence[float] | float | None,
) -> tuple[Policy, ...]:
    """All policies to try, the scenario's own among them; ScenarioError for wrong values."""
    problems: list[Problem] = []
    horizon = given.horizon_nights.value
    tried = [n for n in OPENINGS if n < horizon]
    asked: list[tuple[str, Kind, Sequence[float] | float, float]] = [
        ("open_after_nights", NIGHTS, tried if openings is None else openings,
         own.open_after_nights),
        ("lanes", LANES, LANES_TRIED if lanes is None else lanes, own.lanes),
        ("minutes_a_check", MINUTES, MINUTES_TRIED if minutes is None else minutes,
         own.minutes_a_check),
    ]  # fmt: skip
    values = [_values(*one, problems) for one in asked]
    problems += [
        Problem(
            "open_after_nights",
            None,
            f"{nights:g} is not before the end of what is looked at: below {horizon:g} nights "
            "(homecoming.horizon_nights)",
        )
        for nights in values[0]
        if nights >= horizon and nights != own.open_after_nights
    ]
    if problems:
        raise ScenarioError(problems)
    if (count := int(np.prod([len(one) for one in values]))) > MOST_POLICIES:
        text = f"{count:,} policies are too many: up to {MOST_POLICIES:,}"
        raise ScenarioError([Problem("open_after_nights", None, text)])
    return tuple(
        Policy(int(nights), int(count), minutes, own.false_stop_share)
        for nights, count, minutes in product(*values)
    )


def _values(
    name: str, kind: Kind, given: Sequence[float] | float, own: float, problems: list[Problem]
) -> list[float]:
    """The values of one part of the policy, rising, the scenario's own among them."""
    found = {own}
    for value in given if isinstance(given, Sequence) else (given,):
        try:
            found.add(kind.number(value))
        except ValueError as error:
            problems.append(Problem(name, None, str(error)))
    return sorted(found)


def _columns(
    scenario: Scenario,
    doctrine: str,
    policies: Sequence[Policy],
    jobs: int | None,
    progress: Progress | None,
) -> tuple[int, Ints, list[dict[str, Floats]]]:
    """(replications, those that were secured, the outcomes of each policy in them)."""
    from nobat.engine import cpu, homecoming, plan
    from nobat.model.homecoming import replications

    n, seed, given = scenario.run.replications, scenario.run.seed, scenario.homecoming
    assert given is not None, "the caller has looked"
    campaign = plan.build(scenario, doctrine)
    firsts = range(0, n, CHUNK)
    report = _Parts(progress, len(firsts) + len(policies))
    with ThreadPoolExecutor(jobs or default_jobs(), thread_name_prefix="nobat") as pool:

        def fight(first: int) -> Floats:
            return cpu.simulate(campaign, seed, first, min(CHUNK, n - first))

        def follow(policy: Policy) -> dict[str, Floats]:
            chosen = given.policy.model_copy(update=_quantities(policy))
            terms = homecoming.terms_of(given, chosen, scenario.run.horizon_d)
            ended = secured.copy()
            replications(terms, False, seed, numbers, ended)
            return _picked(ended)

        fought = np.concatenate(list(report.each(pool.map(fight, firsts))))
        numbers = np.flatnonzero(fought[:, index("secured")] > 0).astype(np.int64)
        if not numbers.size:
            text = f"{doctrine} secured the place in none of {n:,}: nobody has a way home"
            raise ScenarioError([Problem("replications", None, text)])
        secured = fought[numbers]
        return n, numbers, list(report.each(pool.map(follow, policies)))


class _Parts:
    """Counts what is done, and reports it."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._report: Callable[[int, int], None] = progress or (lambda _done, _total: None)
        self._done, self._total = 0, total
        self._report(0, total)

    def each(self, parts: Any) -> Any:
        """The parts one after the other, each reported."""
        for part in parts:
            self._done += 1
            self._report(self._done, self._total)
            yield part


def _quantities(policy: Policy) -> dict[str, Any]:
    """The fields of a scenario's policy."""
    return {
        "open_after_nights": NIGHTS.of(policy.open_after_nights),
        "lanes": LANES.of(policy.lanes),
        "minutes_a_check": MINUTES.of(policy.minutes_a_check),
    }


def _picked(rows: Floats) -> dict[str, Floats]:
    """The outcomes that are kept, and the persons hit in all."""
    found = {name: rows[:, index(name)].copy() for name in OUTCOMES}
    return found | {"persons_hit": sum((found[name] for name in HIT), np.zeros(len(rows)))}


def _ones(rows: int, numbers: Ints) -> Floats:
    found = np.zeros(rows)
    found[numbers] = 1.0
    return found


def _points(policies: Sequence[Policy], found: Sequence[Mapping[str, Floats]]) -> tuple[Point, ...]:
    """Every policy with its estimates and where it stands."""
    costs = [[columns[name] for columns in found] for name in COSTS]
    lanes = [np.full(len(costs[0][0]), float(policy.lanes)) for policy in policies]
    where = standings(*costs, lanes)
    return tuple(
        Point(
            policy,
            {name: mean(column) for name, column in columns.items()},
            standing,
            None if by is None else policies[by],
        )
        for policy, columns, (standing, by) in zip(policies, found, where, strict=True)
    )


def _gaps(
    policies: Sequence[Policy], own: Policy, found: Sequence[Mapping[str, Floats]]
) -> tuple[Gap, ...]:
    """The scenario's own policy against every other opening with the same checkpoint."""
    at = policies.index(own)
    return tuple(
        Gap(
            policy,
            {name: paired_difference(found[at][name], found[i][name]) for name in found[at]},
        )
        for i, policy in enumerate(policies)
        if i != at and (policy.lanes, policy.minutes_a_check) == (own.lanes, own.minutes_a_check)
    )
