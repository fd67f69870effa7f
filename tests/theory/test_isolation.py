"""Cheapest and near-cheapest sets that isolate a city, against brute force on random graphs."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Iterator

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nobat.theory.interdiction import cutting_sets, fewest_ways, longest_way
from nobat.theory.isolation import (
    Item,
    Link,
    Network,
    minimal,
    minimum_cut,
    separate_ways,
    shortest_way,
)

Items = frozenset[Item]


def place(name: str) -> Item:
    return Item("place", name)


def route(name: str) -> Item:
    return Item("route", name)


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """Up to 6 places and 9 routes; up to 9 items may be picked."""
    places = [f"p{k}" for k in range(draw(st.integers(2, 6)))]
    ends = st.sampled_from(list(itertools.permutations(places, 2)))
    pairs = draw(st.lists(ends, min_size=1, max_size=9))
    km = [draw(st.integers(1, 6)) for _ in pairs]
    links = tuple(Link(f"r{k}", a, b, km[k]) for k, (a, b) in enumerate(pairs))
    targets = frozenset(draw(st.sampled_from([places[-1:], places[-2:]]))) - {"p0"}
    items = [place(name) for name in places if name not in targets | {"p0"}]
    items += [route(link.id) for link in links]
    chosen = draw(st.lists(st.sampled_from(items), unique=True, max_size=9))
    costs = {item: draw(st.integers(0, 4)) for item in chosen}
    return Network("p0", targets, links, costs)


def subsets(network: Network) -> Iterator[Items]:
    for size in range(len(network.costs) + 1):
        yield from map(frozenset, itertools.combinations(sorted(network.costs), size))


def isolates(network: Network, items: Items) -> bool:
    """Whether no way is left: found by walking, from the city, on its own."""
    found = set(network.targets)
    for _ in network.links:
        for link in network.links:
            if route(link.id) not in items:
                for a, b in ((link.a, link.b), (link.b, link.a)):
                    if a in found and place(b) not in items:
                        found.add(b)
    return network.source not in found


def all_minimal(network: Network) -> set[Items]:
    cutting = [items for items in subsets(network) if isolates(network, items)]
    return {
        items for items in cutting if not any(isolates(network, items - {one}) for one in items)
    }


@settings(max_examples=200)
@given(networks())
def test_the_minimum_cut_is_the_cheapest_of_all_sets(network: Network) -> None:
    costs = [network.cost(items) for items in all_minimal(network)]
    found = minimum_cut(network)
    if not costs:
        assert found is None
        return
    assert found is not None
    assert isolates(network, found)
    assert network.cost(found) == min(costs)
    assert minimal(network, found) == found


def by_networkx(network: Network) -> int | None:
    """What the cheapest cut costs, from a graph of its own."""
    graph = nx.DiGraph()
    graph.add_nodes_from(["rear", "city"])
    items = [*map(place, network.places), *(route(link.id) for link in network.links)]
    for item in items:
        cost = network.costs.get(item, math.inf)
        graph.add_edge((item, "in"), (item, "out"), capacity=cost)
    for link in network.links:
        for end in map(place, (link.a, link.b)):
            graph.add_edge((end, "out"), (route(link.id), "in"))
            graph.add_edge((route(link.id), "out"), (end, "in"))
    graph.add_edge("rear", (place(network.source), "in"))
    graph.add_edges_from(((place(name), "out"), "city") for name in network.targets)
    try:
        cost, _sides = nx.minimum_cut(graph, "rear", "city")
    except nx.NetworkXUnbounded:
        return None
    return int(cost)


def large_network(luck: random.Random) -> Network:
    """Up to 30 places and 60 routes, most of which may be picked: too many to try all sets."""
    places = [f"p{k}" for k in range(luck.randint(10, 30))]
    pairs = [luck.sample(places, 2) for _ in range(luck.randint(20, 60))]
    links = tuple(Link(f"r{k}", a, b, 1) for k, (a, b) in enumerate(pairs))
    whole = Network("p0", frozenset(places[-1:]), links, {})
    items = [place(name) for name in whole.places if name not in {"p0", places[-1]}]
    items += [route(link.id) for link in links]
    costs = {item: luck.randint(0, 900) for item in items if luck.random() < 0.9}
    return Network(whole.source, whole.targets, links, costs)


@settings(max_examples=100)
@given(st.integers(0, 2**32))
def test_the_cheapest_cut_is_that_of_networkx(seed: int) -> None:
    network = large_network(random.Random(seed))
    found = minimum_cut(network)
    assert (None if found is None else network.cost(found)) == by_networkx(network)
    routes = {route(link.id): 1 for link in network.links}
    ways = by_networkx(Network(network.source, network.targets, network.links, routes))
    assert separate_ways(network) == ways


@settings(max_examples=150)
@given(networks(), st.integers(0, 12))
def test_the_list_has_every_set_up_to_the_bound(network: Network, bound: int) -> None:
    found = cutting_sets(network, bound, 1_000)
    expected = {items for items in all_minimal(network) if network.cost(items) <= bound}
    assert found.complete
    assert len(set(found.sets)) == len(found.sets)
    assert set(found.sets) == expected
    costs = [network.cost(items) for items in found.sets]
    assert costs == sorted(costs)


@settings(max_examples=60)
@given(networks(), st.integers(1, 3))
def test_a_list_that_is_cut_short_says_so_and_has_the_cheapest(network: Network, most: int) -> None:
    everything = sorted(network.cost(items) for items in all_minimal(network))
    found = cutting_sets(network, math.fsum(network.costs.values()), most)
    assert [network.cost(items) for items in found.sets] == everything[:most]
    assert found.complete == (len(everything) <= most)


def ways_left(network: Network, items: Items) -> int:
    """The fewest routes that would have to be cut as well."""
    links = [link.id for link in network.links]
    for size in range(len(links) + 1):
        for more in itertools.combinations(links, size):
            if isolates(network, items | {route(name) for name in more}):
                return size
    raise AssertionError


@settings(max_examples=60)
@given(networks().filter(lambda network: len(network.costs) <= 6), st.integers(0, 8))
def test_a_budget_leaves_the_fewest_ways_at_the_least_cost(network: Network, budget: int) -> None:
    allowed = [items for items in subsets(network) if network.cost(items) <= budget]
    best = min((ways_left(network, items), network.cost(items)) for items in allowed)
    found = fewest_ways(network, budget)
    assert (ways_left(network, found), network.cost(found)) == best
    assert separate_ways(network.without(found)) == best[0]


def km_left(network: Network, items: Items) -> float:
    """The shortest way that is left, by trying all."""
    best = math.inf
    open_: list[tuple[tuple[str, ...], float]] = [((network.source,), 0.0)]
    while open_:
        way, km = open_.pop()
        if way[-1] in network.targets:
            best = min(best, km)
            continue
        for link in network.links:
            for a, b in ((link.a, link.b), (link.b, link.a)):
                if a == way[-1] and b not in way and not {route(link.id), place(b)} & items:
                    open_.append(((*way, b), km + link.km))
    return best


@settings(max_examples=100)
@given(networks(), st.integers(0, 8))
def test_a_budget_leaves_the_longest_way_at_the_least_cost(network: Network, budget: int) -> None:
    allowed = [items for items in subsets(network) if network.cost(items) <= budget]
    best = min((-km_left(network, items), network.cost(items)) for items in allowed)
    found = longest_way(network, budget)
    assert (-km_left(network, found), network.cost(found)) == best


@settings(max_examples=200)
@given(networks())
def test_the_shortest_way_is_one(network: Network) -> None:
    found = shortest_way(network)
    if found is None:
        assert network.isolated
        assert km_left(network, frozenset()) == math.inf
        return
    assert found.km == km_left(network, frozenset())
    by_name = {link.id: link for link in network.links}
    steps = list(zip(found.places, found.places[1:], strict=False))
    assert [{a, b} for a, b in steps] == [
        {by_name[name].a, by_name[name].b} for name in found.routes
    ]
    assert sum(by_name[name].km for name in found.routes) == found.km
    assert found.places[0] == network.source
    assert found.places[-1] in network.targets


#: Two bridges and a ford between the rear and the city; the ford is dear to watch.
RIVER = Network(
    "rear",
    frozenset({"city"}),
    (
        Link("north", "rear", "bridge", 10),
        Link("south", "bridge", "city", 10),
        Link("track", "rear", "ford", 30),
        Link("path", "ford", "city", 15),
    ),
    {place("bridge"): 200, place("ford"): 500, route("north"): 300, route("path"): 400},
)


def test_a_small_theatre_worked_by_hand() -> None:
    assert minimum_cut(RIVER) == frozenset({place("bridge"), route("path")})
    assert [RIVER.cost(items) for items in cutting_sets(RIVER, 750, 9).sets] == [600, 700, 700]
    assert separate_ways(RIVER) == 2
    way = shortest_way(RIVER)
    assert way is not None
    assert (way.places, way.routes, way.km) == (("rear", "bridge", "city"), ("north", "south"), 20)
    assert fewest_ways(RIVER, 599) == longest_way(RIVER, 599) == {place("bridge")}
    assert fewest_ways(RIVER, 199) == longest_way(RIVER, 199) == frozenset()
    assert RIVER.without({place("bridge")}).joined_to(["city"]) == {"city", "ford", "rear"}


def test_what_costs_nothing_does_not_lengthen_the_list() -> None:
    """Forty bridges one after another, half of them free: every set is one bridge."""
    links = tuple(Link(f"r{k}", f"p{k}", f"p{k + 1}", 1) for k in range(40))
    costs = {route(link.id): 100 * (k % 2) for k, link in enumerate(links)}
    found = cutting_sets(Network("p0", frozenset({"p40"}), links, costs), 1_000, 1_000)
    assert found.complete
    assert [len(items) for items in found.sets] == [1] * 40
    assert found.sets[0] == {route("r0")}


def test_what_nothing_can_cut() -> None:
    direct = Network(
        "rear", frozenset({"city"}), (*RIVER.links, Link("air", "rear", "city", 5)), RIVER.costs
    )
    assert minimum_cut(direct) is None
    assert cutting_sets(direct, 10_000, 9).sets == ()
    assert cutting_sets(direct, 10_000, 9).complete


def test_what_is_isolated_already_needs_nothing() -> None:
    nothing = Network("rear", frozenset({"city"}), RIVER.links[:1], RIVER.costs)
    assert nothing.isolated
    assert minimum_cut(nothing) == frozenset()
    assert cutting_sets(nothing, 10_000, 9).sets == (frozenset(),)
    assert separate_ways(nothing) == 0


@pytest.mark.parametrize("side", [4, 8])
def test_a_grid_of_64_places_is_within_reach(side: int) -> None:
    """A square of places: beside either corner are two ways, each with two items to pick."""
    links = tuple(
        Link(f"r{x}{y}{dx}", f"p{x}{y}", f"p{x + dx}{y + 1 - dx}", 1)
        for x, y, dx in itertools.product(range(side), range(side), (0, 1))
        if x + dx < side and y + 1 - dx < side
    )
    last = f"p{side - 1}{side - 1}"
    free = Network("p00", frozenset({last}), links, {})
    assert len(free.places) == side * side
    items = [place(name) for name in free.places if name not in ("p00", last)]
    costs = dict.fromkeys([*items, *(route(link.id) for link in links)], 100)
    network = Network("p00", frozenset({last}), links, costs)
    found = cutting_sets(network, 200, 20)
    assert found.complete
    assert len(found.sets) == 8
    assert separate_ways(network) == 2
    assert len(fewest_ways(network, 100)) == 1
