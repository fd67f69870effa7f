"""Isolation: what it takes to cut the city off from the defender's rear (MODEL 9).

The city is what the last stage of the plan assaults. It is isolated when no route that the
defender can use joins it to his rear without passing what is held against him.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator

from nobat.scenario import Problem, Scenario, ScenarioError
from nobat.scenario.routes import distance_km
from nobat.scenario.theatre import POST_PERSONS, Place
from nobat.scenario.words import shown
from nobat.study.isolation import Isolation, Left, Planned, Set
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

#: Sets are listed up to this much above the cheapest, and so many of them, if nothing is said.
WITHIN, MOST = 0.25, 20


def isolate(
    scenario: Scenario,
    *,
    places: bool = True,
    routes: bool = True,
    budget: int | None = None,
    within: float = WITHIN,
    most: int = MOST,
) -> Isolation:
    """The cheapest sets of places to hold and routes to cut that isolate the city from the rear.

    places, routes: what may be picked; neither the rear nor the city itself. What the attacker
    holds at the start costs nothing. Holding a place takes its `hold_persons`, or as many as its
    garrison and at least 100; cutting a route its `cut_persons`, or 100. budget: persons; where
    they are too few to isolate it, the best that they can do is given. within: sets up to that
    share above the cheapest are listed, all of them or the `most` cheapest.

    Raises ScenarioError (a ValueError) for a scenario without routes, for a rear that is the city,
    and for an argument that is not allowed; TypeError for something else than a scenario.
    """
    if not isinstance(scenario, Scenario):
        raise TypeError(f"isolate takes a Scenario: nobat.load({str(scenario)!r}) gives one")
    problems = [*_arguments(places, routes, budget, within, most), *_unfit(scenario)]
    if problems:
        raise ScenarioError(problems)
    network = network_of(scenario, places=places, routes=routes)
    reach = within_reach(scenario)
    best = minimum_cut(network)
    sets: tuple[frozenset[Item], ...] = ()
    complete = True
    if best is not None:
        bound = math.floor(network.cost(best) * (1 + within) + 1e-9)
        found = cutting_sets(network, bound, most)
        sets, complete = found.sets, found.complete
    short = budget is not None and (best is None or network.cost(best) > budget)
    return Isolation(
        scenario=scenario.name,
        title=scenario.title,
        titles={name: place.title for name, place in scenario.places.items()}
        | {f"route {name}": route.title or name for name, route in scenario.routes.items()},
        rear=network.source,
        city=tuple(scenario.plan[-1].objectives),
        by="both" if places and routes else "places" if places else "routes",
        within=within,
        budget=budget,
        now=left(network, (), reach),
        sets=_sets(scenario, network, sets, reach),
        complete=complete,
        plan=_planned(scenario, reach),
        fewest_ways=left(network, fewest_ways(network, budget or 0), reach) if short else None,
        longest_way=left(network, longest_way(network, budget or 0), reach) if short else None,
    )


def _arguments(
    places: object, routes: object, budget: object, within: object, most: object
) -> Iterator[Problem]:
    """What is wrong with the arguments."""
    if not (places or routes):
        yield Problem("places", None, "nothing may be picked: allow places, routes or both")
    if budget is not None and not _whole(budget, 0):
        yield Problem(
            "budget", None, f"{shown(budget)} is not a whole number of persons, 0 or more"
        )
    if not isinstance(within, int | float) or not 0 <= within < math.inf:
        yield Problem("within", None, f"{shown(within)} is not a share: 0 or more")
    if not _whole(most, 1):
        yield Problem("most", None, f"{shown(most)} is not a whole number, 1 or more")


def _whole(value: object, least: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= least


def _unfit(scenario: Scenario) -> Iterator[Problem]:
    """Why a scenario cannot be asked what isolates its city."""
    if not scenario.routes:
        yield Problem("routes", None, "there are none: without routes nothing is ever isolated")
    elif scenario.defender.rear in scenario.plan[-1].objectives:
        text = f"{shown(scenario.defender.rear)} is assaulted by the last stage of the plan"
        yield Problem("defender.rear", None, f"{text}: it cannot be cut off from itself")


def hold_persons(place: Place) -> int:
    """Persons that it takes to hold a place: as written, else its garrison and at least 100."""
    if place.hold_persons is not None:
        return int(place.hold_persons.value)
    return max(POST_PERSONS, int(place.garrison()))


def network_of(scenario: Scenario, *, places: bool = True, routes: bool = True) -> Network:
    """The places joined by the defender's routes, without those that the attacker holds.

    places, routes: what may be picked; the rear and the places of the last stage never.
    """
    rear, city = scenario.defender.rear, frozenset(scenario.plan[-1].objectives)
    assert rear is not None, "a scenario with routes has one"
    theirs = {name for name, place in scenario.places.items() if place.held_by == "attacker"}
    links = tuple(
        Link(name, *route.ends, distance_km(scenario, route))
        for name, route in scenario.routes.items()
        if route.serves("defender") and not theirs & set(route.between)
    )
    joined = {end for link in links for end in (link.a, link.b)}
    costs: dict[Item, int] = {}
    if places:
        for name, place in scenario.places.items():
            if name in joined and name != rear and name not in city:
                costs[Item("place", name)] = hold_persons(place)
    if routes:
        for link in links:
            given = scenario.routes[link.id].cut_persons
            costs[Item("route", link.id)] = POST_PERSONS if given is None else int(given.value)
    return Network(rear, city, links, costs)


def within_reach(scenario: Scenario) -> frozenset[str]:
    """The places to which the attacker's routes lead from his rear without passing the city.

    All places where his rear is none of them: then nothing can be said.
    """
    rear, city = scenario.attacker.rear, scenario.plan[-1].objectives
    if rear is None:
        return frozenset(scenario.places)
    links = tuple(
        Link(name, *route.ends, 0.0)
        for name, route in scenario.routes.items()
        if route.serves("attacker") and not set(city) & set(route.ends)
    )
    return Network(rear, frozenset(), links, {}).joined_to([rear])


def left(network: Network, items: Collection[Item], reach: Collection[str]) -> Left:
    """What is left of the ways to the city when some items are picked.

    reach: the places that the attacker can get to.
    """
    rest = network.without(items)
    way = shortest_way(rest)
    return Left(
        persons=network.cost(items),
        places=_ids(items, "place"),
        routes=_ids(items, "route"),
        beyond_reach=tuple(name for name in _ids(items, "place") if name not in reach),
        ways=separate_ways(rest),
        km=None if way is None else way.km,
        over=() if way is None else way.places,
    )


def _ids(items: Iterable[Item], kind: str) -> tuple[str, ...]:
    return tuple(sorted(item.id for item in items if item.kind == kind))


def _sets(
    scenario: Scenario,
    network: Network,
    found: Iterable[frozenset[Item]],
    reach: Collection[str],
) -> tuple[Set, ...]:
    """The cutting sets, the cheapest first; of equal ones those within the attacker's reach."""
    sets = [_set(scenario, network, items, reach) for items in found]
    return tuple(sorted(sets, key=lambda one: (one.persons, len(one.beyond_reach))))


def _set(
    scenario: Scenario, network: Network, items: frozenset[Item], reach: Collection[str]
) -> Set:
    places = _ids(items, "place")
    with_it = network.without(items).joined_to(network.targets) - network.targets
    refuges = [name for name in with_it if scenario.places[name].kind == "refuge"]
    return Set(
        persons=network.cost(items),
        places=places,
        routes=_ids(items, "route"),
        beyond_reach=tuple(name for name in places if name not in reach),
        with_the_city=tuple(sorted(with_it)),
        refuges=tuple(sorted(refuges)),
    )


def _planned(scenario: Scenario, reach: Collection[str]) -> Planned:
    """What the stages before the last one hold, and whether that isolates the city."""
    taken = [name for stage in scenario.plan[:-1] for name in stage.objectives]
    network = network_of(scenario)
    costs = {Item("place", name): hold_persons(scenario.places[name]) for name in taken}
    network = Network(network.source, network.targets, network.links, costs)
    found = left(network, costs, reach)
    needed = () if found.ways else minimal(network, costs)
    return Planned(stages=len(scenario.plan) - 1, left=found, needed=_ids(needed, "place"))
