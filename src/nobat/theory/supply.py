"""What distance costs, in closed form: lift, the trucks' own use, culmination (MODEL 4).

Symbols: n trucks at work, payload P, speed v, H hours a day on the move or loading, delay of a
turnaround, own use c of a truck an hour; distance d one way; use U and stock S of the force. The
same as in the model's own step, written down once more so that each is held against the other.

Sources: the horse-and-wagon sum of the textbooks on logistics; d* follows from it by algebra.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nobat.scenario.problems import Problem, ScenarioError
from nobat.scenario.quantity import (
    HOURS,
    HOURS_OF_DAY,
    KM,
    POSITIVE_TONNES,
    SHARE,
    SPEED,
    TONNES,
    WHOLE,
)
from nobat.theory.asked import Option, list_of, numbers_of

if TYPE_CHECKING:
    from nobat.show.supply import Table

#: What may be asked, in the order of the command's help. The distance may be several.
DISTANCE = Option("distance_km", KM, "Distance of the rear by road, km.")
OPTIONS = (
    Option("trucks", WHOLE, "Trucks that there are."),
    Option("payload_t", POSITIVE_TONNES, "What one truck carries, t."),
    Option("speed_km_h", SPEED, "Speed on the road, km/h."),
    Option("delay_h", HOURS, "Hours of loading, unloading and waiting in a turnaround."),
    Option("hours_per_day", HOURS_OF_DAY, "Hours a day that a truck is at work."),
    Option("use_t_per_day", TONNES, "What the force uses, t a day."),
    Option("own_use_t_per_h", TONNES, "What one truck burns in an hour on the road, t.", 0.0),
    Option("availability", SHARE, "Share of the trucks that are at work.", 1.0),
    Option("raid_share", SHARE, "Share of what is on the way that raids destroy.", 0.0),
    Option("stock_t", TONNES, "Stock at the start, t.", 0.0),
)


@dataclass(frozen=True)
class Fleet:
    """The trucks of a side.

    trucks that there are, of which the share availability is at work; payload_t P, tonnes;
    speed_km_h v; hours_per_day H; delay_h in a turnaround, hours; own_use_t_per_h c, tonnes;
    raid_share: of what is on the way, the share that raids destroy.
    """

    trucks: float
    payload_t: float
    speed_km_h: float
    hours_per_day: float
    delay_h: float = 0.0
    own_use_t_per_h: float = 0.0
    availability: float = 1.0
    raid_share: float = 0.0

    @property
    def at_work(self) -> float:
        """Trucks at work, n."""
        return self.trucks * self.availability


def turnaround_h(fleet: Fleet, km: float) -> float:
    """Hours from one start of a truck to its next: T = 2 d / v + delay."""
    return 2.0 * km / fleet.speed_km_h + fleet.delay_h


def trips_per_day(fleet: Fleet, km: float) -> float:
    """Trips there and back that one truck makes a day: H / T; infinite where T is 0, not H."""
    turnaround = turnaround_h(fleet, km)
    if fleet.hours_per_day <= 0.0:
        return 0.0
    return fleet.hours_per_day / turnaround if turnaround > 0.0 else math.inf


def eaten_share(fleet: Fleet, km: float) -> float:
    """Share of a load that its truck burns there and back: 2 d c / (v P), at most 1."""
    burnt = 2.0 * km * fleet.own_use_t_per_h / fleet.speed_km_h
    return min(1.0, burnt / fleet.payload_t)


def lift_t_per_day(fleet: Fleet, km: float) -> float:
    """Tonnes a day that arrive: n (H / T) (P - 2 d c / v), less what raids destroy."""
    load = fleet.payload_t * (1.0 - eaten_share(fleet, km))
    arrive = fleet.at_work * load * (1.0 - fleet.raid_share)
    return arrive * trips_per_day(fleet, km) if arrive > 0.0 else 0.0  # 0 x infinite is 0 here


def culmination_km(fleet: Fleet, use_t_per_day: float) -> float:
    """Distance d* beyond which less arrives than is used: the force culminates.

    d* = (v / 2) (n P H - U delay) / (U + n H c), n less the share that is raided. 0 where the use
    is not covered even at no distance; infinite where nothing is used, by the force or on the way.
    """
    truck_hours = fleet.at_work * (1.0 - fleet.raid_share) * fleet.hours_per_day
    spent = use_t_per_day + truck_hours * fleet.own_use_t_per_h
    if spent <= 0.0:
        return math.inf
    spare = truck_hours * fleet.payload_t - use_t_per_day * fleet.delay_h
    return max(0.0, 0.5 * fleet.speed_km_h * spare / spent)


def self_consumption_km(fleet: Fleet) -> float:
    """Distance one way on which a truck burns its own load: v P / c; there and back half of it.

    2,240 lb of fodder on a wagon whose horses eat 80 lb a day, 20 miles a day: 560 miles.
    """
    if fleet.own_use_t_per_h <= 0.0:
        return math.inf
    return fleet.speed_km_h * fleet.payload_t / fleet.own_use_t_per_h


def days_of_supply(stock_t: float, lift_t_per_day: float, use_t_per_day: float) -> float:
    """Days until the stock is used up: S / (U - lift); infinite where the lift covers the use."""
    if lift_t_per_day >= use_t_per_day:
        return math.inf
    return stock_t / (use_t_per_day - lift_t_per_day)


@dataclass(frozen=True)
class Row:
    """What one distance means; covered_share: the lift as a share of the use (infinite for none).

    trips_per_day are those of one truck. days_of_supply is infinite where the lift covers the use.
    """

    distance_km: float
    turnaround_h: float
    trips_per_day: float
    eaten_share: float
    lift_t_per_day: float
    covered_share: float
    days_of_supply: float


@dataclass(frozen=True)
class Report:
    """The supply of a force from one or several distances; `print` it."""

    fleet: Fleet
    use_t_per_day: float
    stock_t: float
    culmination_km: float
    self_consumption_km: float
    rows: tuple[Row, ...]

    def table(self) -> Table:
        """What `nobat theory supply` shows: `print` it, or let a notebook show it."""
        from nobat.show.supply import Table

        return Table(self)

    def to_json(self) -> dict[str, Any]:
        """The answer as plain JSON values; null stands for infinite."""
        return {
            "trucks_at_work": self.fleet.at_work,
            "use_t_per_day": self.use_t_per_day,
            "stock_t": self.stock_t,
            "culmination_km": _finite(self.culmination_km),
            "self_consumption_km": _finite(self.self_consumption_km),
            "rows": [{name: _finite(x) for name, x in vars(row).items()} for row in self.rows],
        }

    def __repr__(self) -> str:
        """The table."""
        return str(self.table())

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def report(
    *,
    distance_km: object = None,
    trucks: object = None,
    payload_t: object = None,
    speed_km_h: object = None,
    delay_h: object = None,
    hours_per_day: object = None,
    use_t_per_day: object = None,
    own_use_t_per_h: object = None,
    availability: object = None,
    raid_share: object = None,
    stock_t: object = None,
) -> Report:
    """What a force gets and how long it lasts, from one distance or, given a list, several.

    The numbers are those of `nobat theory supply`, as numbers or as text; None for the default.
    Raises ScenarioError with all that is wrong.
    """
    given = {
        "trucks": trucks, "payload_t": payload_t, "speed_km_h": speed_km_h, "delay_h": delay_h,
        "hours_per_day": hours_per_day, "use_t_per_day": use_t_per_day,
        "own_use_t_per_h": own_use_t_per_h, "availability": availability,
        "raid_share": raid_share, "stock_t": stock_t,
    }  # fmt: skip
    problems: list[Problem] = []
    distances = list_of(DISTANCE, distance_km, problems)
    numbers = numbers_of(OPTIONS, given, problems)
    if problems:
        raise ScenarioError(problems)
    use, stock = numbers.pop("use_t_per_day"), numbers.pop("stock_t")
    return report_of(Fleet(**numbers), use, stock, distances)


def report_of(
    fleet: Fleet, use_t_per_day: float, stock_t: float, distances_km: Iterable[float]
) -> Report:
    """The same from a fleet: a row for each distance, in the order given."""
    return Report(
        fleet=fleet,
        use_t_per_day=use_t_per_day,
        stock_t=stock_t,
        culmination_km=culmination_km(fleet, use_t_per_day),
        self_consumption_km=self_consumption_km(fleet),
        rows=tuple(_row(fleet, use_t_per_day, stock_t, km) for km in distances_km),
    )


def _row(fleet: Fleet, use: float, stock: float, km: float) -> Row:
    lift = lift_t_per_day(fleet, km)
    return Row(
        distance_km=km,
        turnaround_h=turnaround_h(fleet, km),
        trips_per_day=trips_per_day(fleet, km),
        eaten_share=eaten_share(fleet, km),
        lift_t_per_day=lift,
        covered_share=lift / use if use > 0.0 else math.inf,
        days_of_supply=days_of_supply(stock, lift, use),
    )


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
