"""Rows on isolation and on the fire policy (MODEL 9 and 10)."""

from __future__ import annotations

import math
import random

import networkx as nx
from scipy import stats

from nobat.model import identification
from nobat.model.reach import Places, has, reached
from nobat.theory.isolation import Item, Link, Network, minimum_cut
from tests.model.test_identification import TERMS
from tests.model.test_reach import Case, open_graph, roads_of, ways, word
from tests.theory.test_isolation import all_minimal, place, route
from tests.verification.judgement import (
    CLOSED,
    EVIDENCE,
    HAND,
    PROGRAM,
    SOLVER,
    STRUCTURE,
    Verdict,
    judged,
    largest,
)


def graphs(count: int) -> list[Case]:
    """Graphs of 2 to 30 places drawn at random, with some that cannot be passed."""
    luck, found = random.Random(8), []
    for _ in range(count):
        size = luck.randint(2, 30)
        ends = [luck.sample(range(size), 2) for _ in range(luck.randint(1, 2 * size))]
        routes = [(a, b, luck.randint(1, 4), luck.randint(0, 10)) for a, b in ends]
        blocked = set(luck.sample(range(1, size), luck.randint(0, size // 2)))
        found.append(Case(size, routes, 0, blocked))
    return found


@judged(
    "9", "isolation", "who is cut off, on 150 graphs: places that differ", "networkx",
    kind=PROGRAM, standing=EVIDENCE,
)  # fmt: skip
def cut_off() -> Verdict:
    """The model's sets of places, bit by bit."""
    differ = 0
    for case in graphs(150):
        found = Places(reached(roads_of(case).neighbours, case.start, word(case.blocked)))
        there = nx.descendants(open_graph(case), case.start) | {case.start}
        differ += sum(has(found, p) != (p in there) for p in range(case.places))
    return Verdict(differ, 0, 0)


@judged(
    "9", "isolation", "lengths of the shortest ways, on 150 graphs: places that differ", "networkx",
    kind=PROGRAM, standing=EVIDENCE,
)  # fmt: skip
def shortest() -> Verdict:
    """Past no place of the other side's."""
    differ = 0
    for case in graphs(150):
        there = nx.single_source_dijkstra_path_length(open_graph(case), case.start, weight="km")
        km = ways(case)[0].tolist()
        differ += sum(km[p] != there.get(p, math.inf) for p in range(case.places))
    return Verdict(differ, 0, 0)


def networks(count: int) -> list[Network]:
    """Small networks drawn at random, seven items of which may be picked."""
    luck, found = random.Random(9), []
    for _ in range(count):
        names = [f"p{k}" for k in range(luck.randint(3, 6))]
        pairs = [luck.sample(names, 2) for _ in range(luck.randint(2, 8))]
        links = tuple(Link(f"r{k}", a, b, 1) for k, (a, b) in enumerate(pairs))
        items: list[Item] = [place(name) for name in names[1:-1]]
        items += [route(link.id) for link in links]
        costs = {one: luck.randint(0, 4) for one in luck.sample(items, min(7, len(items)))}
        found.append(Network("p0", frozenset(names[-1:]), links, costs))
    return found


@judged(
    "9", "isolation", "cost of the cheapest isolating set, 60 networks: how many differ",
    "every set, tried one by one", kind=SOLVER,
)  # fmt: skip
def cheapest() -> Verdict:
    """And whether there is one."""
    differ = 0
    for network in networks(60):
        costs = [network.cost(items) for items in all_minimal(network)]
        found = minimum_cut(network)
        cost = None if found is None else network.cost(found)
        differ += cost != (min(costs) if costs else None)
    return Verdict(differ, 0, 0)


@judged(
    "10", "identification", "TPR and FPR at 63 pairs of d' and criterion: largest difference",
    "tails of the normal distribution (Green and Swets 1966), by scipy", kind=CLOSED,
)  # fmt: skip
def tails() -> Verdict:
    """The form is that of signal detection; no values are published."""
    apart = []
    for d in range(7):
        for criterion in range(-4, 5):
            tpr, fpr = identification.rates(0.5 * d, float(criterion))
            apart += [tpr - stats.norm.sf(criterion - 0.5 * d), fpr - stats.norm.sf(criterion)]
    return Verdict(largest(apart), 0, 1e-12, rounding=True)


@judged(
    "10", "harm to residents", "a half manned front, 5,000 near, gatherings spared",
    "20 x 5 x 0.5 x 0.1 x 1.5 x 0.8, by hand", kind=HAND, standing=STRUCTURE,
)  # fmt: skip
def harm() -> Verdict:
    """An index, a day."""
    return Verdict(identification.harm_per_day(TERMS, 5000.0, 0.5, 0.1, True), 6, 1e-9)
