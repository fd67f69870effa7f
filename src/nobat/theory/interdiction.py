"""Isolation: all cheap cutting sets, and the most that a budget can do.

Lawler (1972), A procedure for computing the K best solutions. With a budget by integer programmes:
Wood (1993), Deterministic network interdiction; Israeli and Wood (2002), Shortest-path network
interdiction. These are solved by HiGHS, as scipy brings it, to the last whole number.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nobat.theory.isolation import Item, Network, minimal, minimum_cut

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

    `most` of them at most, the cheapest first: the list has every such set, unless it says that it
    is not complete. Found one after the other (Lawler 1972): all sets but the cheapest one lack its
    first item, or have that and lack the second, and so on; of each such family the cheapest one
    is a minimum cut again.
    """
    found: list[frozenset[Item]] = []
    open_: list[_Family] = []
    _open(open_, network, most_cost, frozenset(), frozenset())
    while open_:
        family = heappop(open_)
        cheapest = frozenset(family.cheapest)
        if minimal(network, cheapest) == cheapest:
            if len(found) == most:
                return Sets(_ordered(network, found), complete=False)
            found.append(cheapest)
        free = sorted(cheapest - family.held)
        for number, item in enumerate(free):
            held, left = family.held.union(free[:number]), family.left | {item}
            _open(open_, network, most_cost, held, left)
    return Sets(_ordered(network, found), complete=True)


class _Family(NamedTuple):
    """The cutting sets that hold some items and leave others, by the cheapest of them."""

    cost: int
    size: int
    cheapest: tuple[Item, ...]
    held: frozenset[Item]
    left: frozenset[Item]


def _open(
    open_: list[_Family],
    network: Network,
    most_cost: float,
    held: frozenset[Item],
    left: frozenset[Item],
) -> None:
    """Add a family to the heap, if it has a set that is cheap enough and may need all its items."""
    if not all(_passed(network.without(held - {item}), item) for item in held):
        return
    rest = network.without(held)
    # Of equally cheap sets the smallest: what costs nothing would else be added in all ways.
    most_items = len(network.costs) + 1
    costs = {item: cost * most_items + 1 for item, cost in rest.costs.items() if item not in left}
    cut = minimum_cut(replace(rest, costs=costs))
    if cut is not None and network.cost(held | cut) <= most_cost:
        items = tuple(sorted(held | cut))
        heappush(open_, _Family(network.cost(items), len(items), items, held, left))


def _passed(network: Network, item: Item) -> bool:
    """Whether an item is joined to both the rear and the city: else no set needs it."""
    ends = [item.id]
    if item.kind == "route":
        ends = [end for link in network.links if link.id == item.id for end in (link.a, link.b)]
    joined = network.joined_to(ends)
    return network.source in joined and bool(network.targets & joined)


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
