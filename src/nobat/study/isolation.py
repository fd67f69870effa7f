"""The answer to what isolates a city: cutting sets, the plan, what a budget can do (MODEL 9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nobat.show.isolate import Table


@dataclass(frozen=True, slots=True)
class Set:
    """Places to hold and routes to cut that isolate the city together; each of them is needed.

    persons: what that takes. beyond_reach: places of the set to which the attacker's routes lead
    only through the city, or not at all (told only where his rear is a place). with_the_city:
    places that are cut off with it; refuges: those of them where its garrison could flee to.
    """

    persons: int
    places: tuple[str, ...]
    routes: tuple[str, ...]
    beyond_reach: tuple[str, ...]
    with_the_city: tuple[str, ...]
    refuges: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The set as plain JSON values."""
        return {name: _plain(value) for name, value in asdict(self).items()}


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of the ways from the rear to the city when some places and routes are picked.

    beyond_reach: as for a Set. ways: how many share no route; km: length of the shortest, None
    where the city is isolated; over: its places.
    """

    persons: int
    places: tuple[str, ...]
    routes: tuple[str, ...]
    beyond_reach: tuple[str, ...]
    ways: int
    km: float | None
    over: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """What is left as plain JSON values."""
        return {name: _plain(value) for name, value in asdict(self).items()}


@dataclass(frozen=True, slots=True)
class Planned:
    """What the plan holds before its last stage, and what that leaves of the ways to the city.

    stages: how many stages come before it; needed: those of their objectives that isolate the
    city together, none of them to spare; empty where all of them do not.
    """

    stages: int
    left: Left
    needed: tuple[str, ...]

    @property
    def isolates(self) -> bool:
        """Whether holding all of it isolates the city."""
        return self.left.ways == 0

    def to_json(self) -> dict[str, Any]:
        """The plan's part as plain JSON values."""
        rest = self.left.to_json()
        del rest["routes"], rest["beyond_reach"]
        return {
            "stages_before": self.stages,
            "isolates": self.isolates,
            "needed": list(self.needed),
            **rest,
        }


@dataclass(frozen=True, repr=False)
class Isolation:
    """What it takes to isolate the city of a scenario from the defender's rear.

    titles: of places by id, and of routes by `route ID`. by: `places`, `routes` or `both` may be
    picked. now: the ways before anything is picked. sets: all cutting sets up to `within` above
    the cheapest, best first, unless not complete. fewest_ways, longest_way: the best that the
    budget can do where it is too small to isolate the city; else None.
    """

    scenario: str
    title: str
    titles: Mapping[str, str]
    rear: str
    city: tuple[str, ...]
    by: str
    within: float
    budget: int | None
    now: Left
    sets: tuple[Set, ...]
    complete: bool
    plan: Planned
    fewest_ways: Left | None
    longest_way: Left | None

    @property
    def cheapest(self) -> Set | None:
        """The cheapest set, None where no set isolates the city."""
        return self.sets[0] if self.sets else None

    @property
    def isolated(self) -> bool:
        """Whether the city is isolated from the start."""
        return self.now.ways == 0

    def sentence(self) -> str:
        """The cheapest set and what it takes, in a sentence."""
        from nobat.show.isolate import sentence

        return sentence(self)

    def table(self) -> Table:
        """What `nobat isolate` shows: `print` it, or let a notebook show it."""
        from nobat.show.isolate import Table

        return Table(self)

    def to_json(self) -> dict[str, Any]:
        """The object that `nobat isolate --json` prints."""
        return {
            "scenario": self.scenario,
            "title": self.title,
            "rear": self.rear,
            "city": list(self.city),
            "by": self.by,
            "within": self.within,
            "budget": self.budget,
            "now": {"ways": self.now.ways, "km": self.now.km, "over": list(self.now.over)},
            "persons": None if self.cheapest is None else self.cheapest.persons,
            "sets": [one.to_json() for one in self.sets],
            "complete": self.complete,
            "plan": self.plan.to_json(),
            "fewest_ways": None if self.fewest_ways is None else self.fewest_ways.to_json(),
            "longest_way": None if self.longest_way is None else self.longest_way.to_json(),
            "sentence": self.sentence(),
        }

    def __repr__(self) -> str:
        """The lines of the table."""
        return str(self.table())

    def _repr_html_(self) -> str:
        """The lines of the table, for a notebook."""
        return self.table()._repr_html_()


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
