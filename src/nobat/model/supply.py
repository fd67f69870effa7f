"""Supply: what distance costs (MODEL 4).

Trucks go back and forth between the rear and the front; what they carry, less what they burn, is
the lift. The stock takes up the difference between lift and use. The same equations serve both
sides.

Source: the horse-and-wagon sum of the textbooks on logistics, solved for the distance.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from nobat.model.compiled import scalar

#: A turnaround takes a minute at least, hours: so a rear at no distance, without delay, has a
#: finite lift.
LEAST_TURNAROUND_H = 1.0 / 60.0


class Terms(NamedTuple):
    """What a side's supply is made of.

    trucks n at work (trucks x availability); payload_t P, tonnes; hours_per_day H that a truck
    is on its way or loading; speed_km_h v; delay_h of loading, unloading and waiting in a
    turnaround; own_use_t_per_h c, tonnes that one truck burns in an hour of driving; fight_t and
    quiet_t, tonnes that a person uses a day at a post in contact and elsewhere; dry_factor, the
    supply factor of a force that gets nothing.
    """

    trucks: float
    payload_t: float
    hours_per_day: float
    speed_km_h: float
    delay_h: float
    own_use_t_per_h: float
    fight_t: float
    quiet_t: float
    dry_factor: float


@scalar
def turnaround_h(terms: Terms, km: float) -> float:
    """Hours from one start of a truck to its next: T = 2 d / v + delay, a minute at least."""
    return max(LEAST_TURNAROUND_H, 2.0 * km / terms.speed_km_h + terms.delay_h)


@scalar
def delivered_t(terms: Terms, km: float) -> float:
    """Tonnes of one load that arrive: P - 2 d c / v, at least 0; the truck burns the rest."""
    return max(0.0, terms.payload_t - 2.0 * km * terms.own_use_t_per_h / terms.speed_km_h)


@scalar
def lift(terms: Terms, km: float, kept: float) -> float:
    """Tonnes a day that arrive from a rear at distance d: n (H / T) (P - 2 d c / v) kept.

    km: distance of the rear by road, infinite where no way leads there (then 0); kept: the share
    that raids on the way leave, in [0, 1].
    """
    if math.isinf(km):
        return 0.0
    trips = terms.trucks * terms.hours_per_day / turnaround_h(terms, km)
    return trips * delivered_t(terms, km) * kept


@scalar
def use(terms: Terms, fighting: float, quiet: float) -> float:
    """Tonnes a day that so many persons in the fight, and so many out of it, use."""
    return fighting * terms.fight_t + quiet * terms.quiet_t


@scalar
def factor(terms: Terms, stock: float, lift: float, use: float, days: float) -> float:
    """Supply factor of a step, in [dry, 1]: s = dry + (1 - dry) min(1, (S + lift dt) / (use dt)).

    stock S, tonnes; lift and use, tonnes a day; days: the step dt. A dry force fights on what
    arrives. 1 where nothing is used.
    """
    need = use * days
    have = stock + lift * days
    if have >= need:
        return 1.0
    return terms.dry_factor + (1.0 - terms.dry_factor) * have / need


@scalar
def stock_after(stock: float, lift: float, use: float, days: float) -> tuple[float, float, float]:
    """The stock after a step, and what was used and brought in it: (stock, used, brought), t.

    stock + brought - used is the new stock, never below 0: nobody uses what is not there. A
    store has no ceiling.
    """
    brought = lift * days
    have = stock + brought
    used = min(use * days, have)
    return have - used, used, brought


@scalar
def days_of_supply(stock: float, lift: float, use: float) -> float:
    """Days until the stock is used up: S / (use - lift); infinite where lift covers the use."""
    if lift >= use:
        return math.inf
    return stock / (use - lift)


@scalar
def culmination_km(terms: Terms, use: float, kept: float = 1.0) -> float:
    """Distance d* beyond which the lift no longer covers the use: the force culminates.

    d* = (v / 2) (n P H - U delay) / (U + n H c), n the trucks at work times the share kept from
    raids, U the use in tonnes a day. 0 where it is not covered at any distance; infinite where
    nothing is used, by the force or on the way.
    """
    trucks = terms.trucks * kept
    spent = use + trucks * terms.hours_per_day * terms.own_use_t_per_h
    if spent <= 0.0:
        return math.inf
    spare = trucks * terms.payload_t * terms.hours_per_day - use * terms.delay_h
    return max(0.0, 0.5 * terms.speed_km_h * spare / spent)
