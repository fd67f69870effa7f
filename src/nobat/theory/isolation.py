"""Isolation: what cuts a city off from a rear, and the cheapest ways to do it (MODEL 9).

Places and routes are treated alike: each is an item that a way passes, and some may be picked (a
place is held, a route is cut) at a cost. What is picked is not passed any more.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple


class Item(NamedTuple):
    """A place that can be held or a route that can be cut, by its id."""

    kind: Literal["place", "route"]
    id: str


class Link(NamedTuple):
    """A route between two places, usable both ways; km long."""

    id: str
    a: str
    b: str
    km: float


@dataclass(frozen=True)
class Network:
    """Places joined by links, and what it costs to pick each item that may be picked.

    source: the rear; targets: the places of the city. None of these may be picked. costs: whole
    numbers, 0 or more.
    """

    source: str
    targets: frozenset[str]
    links: tuple[Link, ...]
    costs: Mapping[Item, int]

    @property
    def places(self) -> tuple[str, ...]:
        """All places, in the order in which links name them."""
        named = (end for link in self.links for end in (link.a, link.b))
        return tuple(dict.fromkeys([self.source, *sorted(self.targets), *named]))

    def cost(self, items: Iterable[Item]) -> int:
        """What some items cost together."""
        return sum(self.costs[item] for item in items)

    def without(self, items: Collection[Item]) -> Network:
        """The network in which these items are picked; the rest can be picked as before."""
        gone = {item.id for item in items if item.kind == "place"}
        links = tuple(
            link
            for link in self.links
            if Item("route", link.id) not in items and not gone & {link.a, link.b}
        )
        costs = {item: cost for item, cost in self.costs.items() if item not in items}
        return replace(self, links=links, costs=costs)

    def joined_to(self, starts: Iterable[str]) -> frozenset[str]:
        """The places that links join to some places, these among them."""
        found, open_ = set(starts), list(starts)
        while open_:
            here = open_.pop()
            for link in self.links:
                if here in (link.a, link.b):
                    there = link.b if here == link.a else link.a
                    if there not in found:
                        found.add(there)
                        open_.append(there)
        return frozenset(found)

    @property
    def isolated(self) -> bool:
        """Whether no way joins the city to the rear."""
        return not self.targets & self.joined_to([self.source])


class Way(NamedTuple):
    """A way from the rear to the city: its places, its routes, its length."""

    places: tuple[str, ...]
    routes: tuple[str, ...]
    km: float


def shortest_way(network: Network) -> Way | None:
    """The shortest way from the rear to the city (Dijkstra), or None where there is none."""
    best = {network.source: Way((network.source,), (), 0.0)}
    open_, done = {network.source}, set[str]()
    while open_:
        here = min(open_, key=lambda place: (best[place].km, best[place].places))
        if here in network.targets:
            return best[here]
        open_.remove(here)
        done.add(here)
        for link, there in _from(network, here):
            way = best[here]
            km = way.km + link.km
            if there not in done and (there not in best or km < best[there].km):
                best[there] = Way((*way.places, there), (*way.routes, link.id), km)
                open_.add(there)
    return None


def _from(network: Network, here: str) -> Iterator[tuple[Link, str]]:
    for link in network.links:
        if here in (link.a, link.b):
            yield link, link.b if here == link.a else link.a


def separate_ways(network: Network) -> int:
    """How many ways there are from the rear to the city that share no route (Menger 1927).

    The largest flow where each route carries 1; 0 where the city is isolated.
    """
    unit = {Item("route", link.id): 1 for link in network.links}
    cut = _minimum_cut(replace(network, costs=unit))
    return 0 if cut is None else len(cut)


def minimum_cut(network: Network) -> frozenset[Item] | None:
    """A cheapest set of items that isolates the city; None where no set does.

    By the largest flow from the rear to the city that the costs let through (Ford and Fulkerson
    1956), each item split into where ways enter and leave it. Nothing in the set can be left out.
    """
    cut = _minimum_cut(network)
    return None if cut is None else minimal(network, cut)


def minimal(network: Network, items: Iterable[Item]) -> frozenset[Item]:
    """What is left of a cutting set when nothing in it can be left out; the dearest go first."""
    kept = set(items)
    for item in sorted(kept, key=lambda one: (-network.costs[one], one)):
        if network.without(kept - {item}).isolated:
            kept.remove(item)
    return frozenset(kept)


#: A place or a route where ways enter or leave it, or an end of all of them.
_Node = tuple[str, ...]
_REAR: _Node = ("rear",)
_CITY: _Node = ("city",)


def _minimum_cut(network: Network) -> frozenset[Item] | None:
    """What lies between the rear's side and the city's when the largest flow runs; None for none.

    The city's side is all from where the flow could still be raised.
    """
    # Small and own: to load a library of graphs takes longer than a hundred of these answers.
    room = _room(network)
    while path := _with_room(room):
        least = min(room[one][other] for one, other in path)
        if least == math.inf:
            return None
        for one, other in path:
            room[one][other] -= least
            room[other][one] += least
    far = _beyond(room)
    cut = (item for item in network.costs if (*item, "in") not in far and (*item, "out") in far)
    return frozenset(cut)


def _room(network: Network) -> dict[_Node, dict[_Node, float]]:
    """How much more can flow from node to node: each item from its entry to its exit."""
    room: dict[_Node, dict[_Node, float]] = {_REAR: {}, _CITY: {}}

    def add(one: _Node, other: _Node, most: float = math.inf) -> None:
        room.setdefault(one, {})[other] = most
        room.setdefault(other, {})[one] = 0.0

    def add_item(item: Item) -> None:
        add((*item, "in"), (*item, "out"), network.costs.get(item, math.inf))

    add(_REAR, (*Item("place", network.source), "out"))
    for name in network.targets:
        add((*Item("place", name), "in"), _CITY)
    for name in network.places:
        add_item(Item("place", name))
    for link in network.links:
        route = Item("route", link.id)
        add_item(route)
        for end in (link.a, link.b):
            add((*Item("place", end), "out"), (*route, "in"))
            add((*route, "out"), (*Item("place", end), "in"))
    return room


def _with_room(room: Mapping[_Node, Mapping[_Node, float]]) -> list[tuple[_Node, _Node]]:
    """A way with the fewest steps on which more can flow (Edmonds and Karp 1972); none: empty."""
    before: dict[_Node, _Node] = {_REAR: _REAR}
    open_ = [_REAR]
    for here in open_:
        for there, most in room[here].items():
            if most > 0.0 and there not in before:
                before[there] = here
                open_.append(there)
    steps = []
    here = _CITY if _CITY in before else _REAR
    while here != _REAR:
        steps.append((before[here], here))
        here = before[here]
    return steps


def _beyond(room: Mapping[_Node, Mapping[_Node, float]]) -> set[_Node]:
    """The nodes from which more could flow to the city."""
    found, open_ = {_CITY}, [_CITY]
    for there in open_:
        for here in room[there]:
            if room[here][there] > 0.0 and here not in found:
                found.add(here)
                open_.append(here)
    return found
