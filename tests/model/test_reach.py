"""Sets of places that can be reached, and the ways to them, against networkx on random graphs."""

from __future__ import annotations

import itertools
import math
from typing import NamedTuple

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from nobat.model.reach import Places, Roads, distances, has, only, reached
from nobat.scenario.theatre import MOST_PLACES


class Case(NamedTuple):
    """A graph, a start and the places that cannot be passed."""

    places: int
    routes: list[tuple[int, int, int, int]]  # ends, km, tenths kept
    start: int
    blocked: set[int]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    places = draw(st.integers(1, 12) | st.just(MOST_PLACES))
    node = st.integers(0, places - 1)
    route = st.tuples(node, node, st.integers(1, 4), st.integers(0, 10))
    routes = draw(st.lists(route.filter(lambda r: r[0] != r[1]), max_size=2 * min(places, 30)))
    return Case(places, routes, draw(node), draw(st.sets(node, max_size=places // 2)))


def roads_of(case: Case) -> Roads:
    neighbours = np.zeros(case.places, np.uint64)
    for a, b, _, _ in case.routes:
        neighbours[a] |= only(b)
        neighbours[b] |= only(a)
    ends = np.array([route[:2] for route in case.routes], np.int64).reshape(-1, 2)
    rest = np.array([route[2:] for route in case.routes], np.float64).reshape(-1, 2)
    return Roads(neighbours, *ends.T.copy(), *rest.T.copy())


def word(places: set[int]) -> Places:
    return Places(sum(1 << place for place in places))


def open_graph(case: Case) -> nx.DiGraph:
    """The graph on which every way is allowed: no edge leaves a blocked place."""
    graph = nx.DiGraph()
    graph.add_nodes_from(range(case.places))
    for a, b, km, _ in case.routes:
        for one, other in ((a, b), (b, a)):
            if one not in case.blocked:
                old = graph.get_edge_data(one, other, {"km": math.inf})["km"]
                graph.add_edge(one, other, km=min(km, old))
    return graph


@settings(max_examples=300)
@given(cases())
def test_what_is_reached_is_what_networkx_reaches(case: Case) -> None:
    found = Places(reached(roads_of(case).neighbours, case.start, word(case.blocked)))
    if case.start in case.blocked:
        assert found == 0
        return
    expected = nx.descendants(open_graph(case), case.start) | {case.start}
    assert {place for place in range(case.places) if has(found, place)} == expected
    assert int(found) < 1 << case.places


def ways(case: Case) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    km, kept = np.full(case.places, -1.0), np.full(case.places, -1.0)
    distances(roads_of(case), case.start, word(case.blocked), km, kept)
    return km, kept


@settings(max_examples=300)
@given(cases())
def test_the_shortest_ways_are_those_of_networkx(case: Case) -> None:
    km, kept = ways(case)
    lengths = (
        {}
        if case.start in case.blocked
        else nx.single_source_dijkstra_path_length(open_graph(case), case.start, weight="km")
    )
    assert km.tolist() == [lengths.get(place, math.inf) for place in range(case.places)]
    assert [value > -1 for value in kept] == [True] * case.places
    assert all(kept[place] == 0 for place in range(case.places) if place not in lengths)


@settings(max_examples=200)
@given(cases().filter(lambda case: case.places <= 7))
def test_what_raids_leave_is_the_best_product_of_the_shortest_ways(case: Case) -> None:
    km, kept = ways(case)
    best = dict.fromkeys(range(case.places), 0.0)
    if case.start not in case.blocked:
        best[case.start] = 1.0
        for way in simple_ways(case):
            end = way[-1][1]
            if sum(step[2] for step in way) == km[end]:
                best[end] = max(best[end], math.prod(float(step[3]) for step in way))
    assert kept.tolist() == [best[place] for place in range(case.places)]


def simple_ways(case: Case) -> list[list[tuple[int, int, int, int]]]:
    """All ways from the start without a place twice, each a list of (from, to, km, kept)."""
    steps = [(a, b, km, kept) for a, b, km, kept in case.routes]
    steps += [(b, a, km, kept) for a, b, km, kept in case.routes]
    found: list[list[tuple[int, int, int, int]]] = []
    open_ = [[step] for step in steps if step[0] == case.start]
    while open_:
        way = open_.pop()
        found.append(way)
        seen, here = {case.start, *(step[1] for step in way)}, way[-1][1]
        if here not in case.blocked and len(found) < 20_000:
            open_ += [[*way, s] for s in steps if s[0] == here and s[1] not in seen]
    return found


@given(cases(), st.data())
def test_the_order_of_the_routes_is_of_no_effect(case: Case, data: st.DataObject) -> None:
    mixed = data.draw(st.permutations(case.routes))
    turned = [(b, a, km, kept) for a, b, km, kept in mixed]
    for one, other in zip(ways(case), ways(case._replace(routes=turned)), strict=True):
        np.testing.assert_array_equal(one, other)


def test_a_blocked_place_is_an_end_and_no_passage() -> None:
    line = Case(4, [(0, 1, 5, 1), (1, 2, 5, 1), (2, 3, 5, 1)], 0, {2})
    assert reached(roads_of(line).neighbours, 0, word({2})) == word({0, 1, 2})
    assert ways(line)[0].tolist() == [0, 5, 10, math.inf]


@pytest.mark.parametrize("place", [0, 31, 32, 62, 63])
def test_all_64_bits_are_places(place: int) -> None:
    alone = Places(only(place))
    assert has(alone, place)
    assert not any(has(alone, other) for other in range(64) if other != place)
    chain = Case(64, [(k, k + 1, 1, 1) for k in range(63)], place, set())
    assert reached(roads_of(chain).neighbours, place, Places(0)) == 2**64 - 1
    assert ways(chain)[0].tolist() == [abs(k - place) for k in range(64)]


def test_parallel_routes_count_by_the_shorter_one() -> None:
    km, kept = ways(Case(2, [(0, 1, 4, 1), (0, 1, 3, 0), (0, 1, 9, 1)], 0, set()))
    assert (km[1], kept[1]) == (3, 0)
    for one, other in itertools.permutations([(0, 1, 3, 2), (0, 1, 3, 7)]):
        assert ways(Case(2, [one, other], 0, set()))[1][1] == 7
