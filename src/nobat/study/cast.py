"""Who and what takes part in a replication, by name: a trace and a log know numbers only.

Days are counted from 0, as on the axes of charts and in rules such as `day >= 8`: day 18, 14:00 is
18 days and 14 hours after the start.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from nobat.engine.plan import takeable
from nobat.scenario import Scenario

_HOURS = 24.0
_MINUTES = 60


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer: its place, its number from the outside in (1 is the outermost), if the core."""

    place: str
    number: int
    core: bool


@dataclass(frozen=True, slots=True)
class Cast:
    """The names of a scenario and one of its doctrines, in the order of the plan's arrays.

    units: `company 3` where there are several; layers: place by place; rules: the conditions of
    the doctrine; stages: the objectives of each; ends: what ends each early, None for nothing.
    """

    units: tuple[str, ...]
    places: tuple[str, ...]
    titles: tuple[str, ...]
    layers: tuple[Layer, ...]
    fire: tuple[str, ...]
    flight: bool
    rules: tuple[str, ...]
    stages: tuple[tuple[str, ...], ...]
    ends: tuple[str | None, ...]
    step_h: float

    @property
    def steps_a_day(self) -> int:
        """How many steps a day has."""
        return round(_HOURS / self.step_h)

    def title(self, place: str) -> str:
        """A place's name as people read it."""
        return self.titles[self.places.index(place)]

    def day_number(self, step: int) -> int:
        """The day in which a step lies, from 0 on."""
        return (step - 1) // self.steps_a_day

    def hour(self, step: int, *, opening: bool = False) -> float:
        """The clock hour at which a step ends, up to 24, or with `opening` begins, from 0 on."""
        through = (step - 1) % self.steps_a_day + (0 if opening else 1)
        return through * _HOURS / self.steps_a_day

    def clock(self, step: int, *, opening: bool = False) -> str:
        """`day 3, 14:00`: when a step ends, or with `opening` begins."""
        day, time = self.moment(step, opening=opening)
        return f"day {day:,}, {time}"

    def moment(self, step: int, *, opening: bool = False) -> tuple[int, str]:
        """(3, `14:00`): the day and the time of `clock`. The end of a day is 00:00 of the next."""
        return (
            (self.day_number(step), self.time(step, opening=True))
            if opening
            else (self.day_number(step + 1), self.time(step + 1, opening=True))
        )

    def time(self, step: int, *, opening: bool = False) -> str:
        """`14:00`: the time within the day in which a step lies, which ends at 24:00."""
        minutes = round(self.hour(step, opening=opening) * _MINUTES)
        return f"{minutes // _MINUTES:02d}:{minutes % _MINUTES:02d}"

    def day(self, step: int, *, opening: bool = False) -> float:
        """Days since the start, at the end of a step, or with `opening` at its beginning."""
        return (step - 1 if opening else step) * (self.step_h / _HOURS)


def cast_of(scenario: Scenario, doctrine: str) -> Cast:
    """The cast of a scenario under one of its doctrines."""
    places = takeable(scenario)
    defences = {name: scenario.places[name].defences() for name in places}
    return Cast(
        units=_units(scenario),
        places=tuple(places),
        titles=tuple(scenario.places[name].title for name in places),
        layers=tuple(
            Layer(name, number + 1, number + 1 == len(layers))
            for name, layers in defences.items()
            for number in range(len(layers))
        ),
        fire=tuple(scenario.fire.policies) if scenario.fire else (),
        flight=scenario.flight is not None,
        rules=tuple(rule.when for rule in scenario.doctrines[doctrine].rules),
        stages=tuple(tuple(stage.objectives) for stage in scenario.plan),
        ends=tuple(stage.until for stage in scenario.plan),
        step_h=scenario.run.step_h,
    )


def _units(scenario: Scenario) -> tuple[str, ...]:
    """A name for each unit: its group's, with a number where several have it."""
    names = [g.name for g in scenario.attacker.units for _ in range(int(g.count.value))]
    several, so_far = Counter(names), Counter[str]()
    found = []
    for name in names:
        so_far[name] += 1
        found.append(f"{name} {so_far[name]}" if several[name] > 1 else name)
    return tuple(found)
