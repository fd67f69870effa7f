"""Isolation by integer programmes: all cheap cutting sets, and the most that a budget can do.

Wood (1993), Deterministic network interdiction; Israeli and Wood (2002), Shortest-path network
interdiction. Solved by HiGHS, as scipy brings it, to the last whole number.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from nobat.theory.isolation import Item, Network, minimal

Floats = NDArray[np.float64]
#: Costs and ways are whole: a bound half-way to the next number leaves room for rounding.
_HALF = 0.5
#: Ways that differ by no more are equally long, km.
_SAME_KM = 0.001
_OPTIMAL, _INFEASIBLE = 0, 2


@dataclass
class _Programme:
    """A linear programme that grows: columns with bounds, rows as sums of columns."""

    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    whole: list[int] = field(default_factory=list)
    rows: list[tuple[Mapping[int, float], float]] = field(default_factory=list)

    def column(self, low: float, high: float, *, whole: bool = False) -> int:
        """A new column; its number."""
        self.low.append(low)
        self.high.append(high)
        self.whole.append(int(whole))
        return len(self.low) - 1

    def at_most(self, terms: Mapping[int, float], most: float) -> None:
        """A row: the sum of factor times column is `most` or less."""
        self.rows.append((terms, most))

    def least(self, goal: Mapping[int, float]) -> Floats | None:
        """The columns at which the sum of factor times column is least; None if none will do."""
        # Slow to load.
        from scipy.optimize import Bounds, LinearConstraint, milp

        matrix = np.zeros((len(self.rows), len(self.low)))
        for number, (terms, _) in enumerate(self.rows):
            for column, factor in terms.items():
                matrix[number, column] += factor
        costs = np.zeros(len(self.low))
        for column, factor in goal.items():
            costs[column] = factor
        found = milp(
            costs,
            integrality=np.array(self.whole),
            bounds=Bounds(np.array(self.low), np.array(self.high)),
            constraints=LinearConstraint(matrix, ub=np.array([most for _, most in self.rows])),
            options={"mip_rel_gap": 0.0},
        )
        if found.status not in (_OPTIMAL, _INFEASIBLE):
            raise RuntimeError(f"the solver gave up: {found.message}")
        return None if found.x is None else np.asarray(found.x, np.float64)


class _Interdiction:
    """Wood's programme: a place is on the rear's side (0) or the city's (1) of a cut.

    It can change along a way only at an item that is picked, or over a route that is left open:
    enter_b <= leave_a + pick_route + open_route, leave_b <= enter_b + pick_b.
    """

    def __init__(self, network: Network, *, open_routes: bool) -> None:
        self.network = network
        self.programme = _Programme()
        add = self.programme.column
        self.pick = {item: add(0, 1, whole=True) for item in network.costs}
        self.open = {link.id: add(0, int(open_routes)) for link in network.links}
        enter = {p: add(int(p in network.targets), 1) for p in network.places}
        leave = {p: add(0, int(p != network.source)) for p in network.places}
        for place in network.places:
            terms = {leave[place]: 1.0, enter[place]: -1.0}
            self.programme.at_most(self._picked(terms, Item("place", place)), 0.0)
        for link in network.links:
            for here, there in ((link.a, link.b), (link.b, link.a)):
                terms = {enter[there]: 1.0, leave[here]: -1.0, self.open[link.id]: -1.0}
                self.programme.at_most(self._picked(terms, Item("route", link.id)), 0.0)

    def _picked(self, terms: dict[int, float], item: Item) -> dict[int, float]:
        return terms | ({self.pick[item]: -1.0} if item in self.pick else {})

    def cost(self) -> dict[int, float]:
        """What is picked, times its cost."""
        return {column: float(self.network.costs[item]) for item, column in self.pick.items()}

    def items(self, columns: Floats) -> frozenset[Item]:
        """What a solution picks."""
        return frozenset(item for item, column in self.pick.items() if columns[column] > 0.5)


@dataclass(frozen=True)
class Sets:
    """Cutting sets, the cheapest first, and whether these are all up to the cost asked for."""

    sets: tuple[frozenset[Item], ...]
    complete: bool


def cutting_sets(network: Network, most_cost: float, most: int) -> Sets:
    """All sets of items that isolate the city, cost no more than `most_cost`, and need each item.

    Found one after the other, each the cheapest that holds none of those before it; `most` of them
    at most. So the list has every such set, unless it says that it is not complete.
    """
    problem = _Interdiction(network, open_routes=False)
    problem.programme.at_most(problem.cost(), math.floor(most_cost) + _HALF)
    found: list[frozenset[Item]] = []
    while (columns := problem.programme.least(problem.cost())) is not None:
        if len(found) == most:
            return Sets(_ordered(network, found), complete=False)
        items = minimal(network, problem.items(columns))
        found.append(items)
        if not items:
            break
        terms = {problem.pick[item]: 1.0 for item in items}
        problem.programme.at_most(terms, len(items) - 1.0)
    return Sets(_ordered(network, found), complete=True)


def _ordered(network: Network, found: Iterable[frozenset[Item]]) -> tuple[frozenset[Item], ...]:
    return tuple(sorted(found, key=lambda one: (network.cost(one), len(one), sorted(one))))


def fewest_ways(network: Network, budget: float) -> frozenset[Item]:
    """What to pick within a budget so that the fewest ways that share no route are left.

    Wood's programme with capacity 1 on every route: min sum open_e, subject to the budget; of the
    sets that do equally well a cheapest one.
    """
    problem = _Interdiction(network, open_routes=True)
    problem.programme.at_most(problem.cost(), math.floor(budget) + _HALF)
    ways = dict.fromkeys(problem.open.values(), 1.0)
    columns = problem.programme.least(ways)
    assert columns is not None, "to pick nothing is always allowed"
    left = round(sum(columns[column] for column in ways))
    problem.programme.at_most(ways, left + _HALF)
    return _cheapest(problem, columns)


def longest_way(network: Network, budget: float) -> frozenset[Item]:
    """What to pick within a budget so that the shortest way left is the longest.

    Israeli and Wood's programme: max d(city), d(rear) = 0, d(b) <= d(a) + km + M (picked). Of the
    sets that do equally well a cheapest one. A set that isolates the city is the best of all.
    """
    programme = _Programme()
    endless = math.fsum(link.km for link in network.links) + 1.0
    pick = {item: programme.column(0, 1, whole=True) for item in network.costs}
    far = {
        p: programme.column(0.0, 0.0 if p == network.source else endless) for p in network.places
    }
    nearest = programme.column(0.0, endless)
    for place in network.targets:
        programme.at_most({nearest: 1.0, far[place]: -1.0}, 0.0)
    for link in network.links:
        for here, there in ((link.a, link.b), (link.b, link.a)):
            terms = {far[there]: 1.0, far[here]: -1.0}
            for item in (Item("route", link.id), Item("place", here)):
                if item in pick:
                    terms[pick[item]] = -endless
            programme.at_most(terms, link.km)
    cost = {column: float(network.costs[item]) for item, column in pick.items()}
    programme.at_most(cost, math.floor(budget) + _HALF)
    columns = programme.least({nearest: -1.0})
    assert columns is not None, "to pick nothing is always allowed"
    programme.at_most({nearest: -1.0}, _SAME_KM - columns[nearest])
    columns = programme.least(cost) if cost else columns
    assert columns is not None, "what was found is still allowed"
    return frozenset(item for item, column in pick.items() if columns[column] > 0.5)


def _cheapest(problem: _Interdiction, columns: Floats) -> frozenset[Item]:
    """The cheapest picks that the programme still allows; `columns` is one solution of it."""
    best = problem.programme.least(problem.cost())
    return problem.items(columns if best is None else best)
