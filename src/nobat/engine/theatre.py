"""The places and routes of a scenario as the plain arrays that the model reads."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from nobat.model.reach import Places, Roads
from nobat.scenario import Scenario
from nobat.scenario.routes import Side, distance_km


def place_index(scenario: Scenario) -> dict[str, int]:
    """The number of each place: its position in the file, from 0."""
    return {name: number for number, name in enumerate(scenario.places)}


def place_set(scenario: Scenario, names: Iterable[str]) -> Places:
    """The set of some places, one bit for each."""
    number = place_index(scenario)
    return Places(sum(1 << number[name] for name in set(names)))


def roads(scenario: Scenario, side: Side) -> Roads:
    """The routes that a side can use, in the order of the file."""
    number = place_index(scenario)
    routes = [route for route in scenario.routes.values() if route.serves(side)]
    ends = [(number[route.between[0]], number[route.between[1]]) for route in routes]
    neighbours = [0] * len(number)
    for one, other in ends:
        neighbours[one] |= 1 << other
        neighbours[other] |= 1 << one
    return Roads(
        neighbours=np.array(neighbours, np.uint64),
        a=np.array([one for one, _ in ends], np.int64),
        b=np.array([other for _, other in ends], np.int64),
        km=np.array([distance_km(scenario, route) for route in routes], np.float64),
        kept=np.array([1.0 - route.raid_share.value for route in routes], np.float64),
    )
