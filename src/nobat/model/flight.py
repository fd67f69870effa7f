"""Flight: who leaves when a layer breaks, who fights on, who surrenders (MODEL 11).

Those who get away are the residual force. No publication gives these shares: they are swept.
"""

from __future__ import annotations

import math

from nobat.model import luck
from nobat.model.compiled import scalar

#: Nobody slips away by day: the night, clock hours, and how long it is.
DUSK_H, DAWN_H = 18.0, 6.0
NIGHT_H = 24.0 - DUSK_H + DAWN_H


@scalar
def binomial_share(n: float, p: float, u: float) -> float:
    """Binomial(n, p) from one uniform u, by inversion; p may be 0 or 1.

    n: persons, a whole number. The hazard form of `luck.binomial` with x = -ln(1 - p).
    """
    if p >= 1.0:
        return n
    return luck.binomial(n, -math.log1p(-p), u)


@scalar
def share_of(n: float, p: float, u: float, expected: bool) -> float:
    """Of n persons, those to whom something with chance p happens: drawn from u, or n p."""
    return n * p if expected else binomial_share(n, p, u)


@scalar
def after_break(
    survivors: float,
    open_way: bool,
    leave_share: float,
    fight_on_share: float,
    u: float,
    expected: bool,
) -> tuple[float, float, float]:
    """What the survivors of a broken layer do: (leaving, staying, surrendering), persons.

    With an open way each leaves with chance e, and the others stay; with a closed one each
    fights on with chance s, and the others surrender. Whole persons from the uniform u, or
    expected numbers. The three add up to the survivors.
    """
    if open_way:
        leaving = share_of(survivors, leave_share, u, expected)
        return leaving, survivors - leaving, 0.0
    staying = share_of(survivors, fight_on_share, u, expected)
    return 0.0, staying, survivors - staying


@scalar
def dark_until(hour: float) -> float:
    """Hours of night from midnight of the first day to `hour`, which may lie days later."""
    nights = math.floor(hour / 24.0)
    clock = hour - 24.0 * nights
    return nights * NIGHT_H + min(clock, DAWN_H) + max(0.0, clock - DUSK_H)


@scalar
def dark_hours(hour: float, step_h: float) -> float:
    """Hours of a step that lie at night, between 18:00 and 06:00; `hour` is when it begins."""
    return dark_until(hour + step_h) - dark_until(hour)


@scalar
def departing(
    pool: float, hour: float, step_h: float, nights: float, u: float, expected: bool
) -> float:
    """Persons who leave in a step, of those who wait for the night to do so.

    Each goes with a hazard of 1 / nights a night, spread evenly over its dark hours: `nights` is
    the mean number of nights that somebody waits, however long already; after so many 1 - 1/e are
    gone. With 0 nights all go at once, by day too. hour: clock time at which the step begins (or
    hours since some midnight).
    """
    if nights <= 0.0:
        return pool
    x = dark_hours(hour, step_h) / (NIGHT_H * nights)
    if expected:
        return -pool * math.expm1(-x)
    return luck.binomial(pool, x, u)


@scalar
def hit_while_leaving(
    leaving: float, fleeing_loss_share: float, spared: bool, u: float, expected: bool
) -> float:
    """Persons lost among those who depart: each with a fixed chance; nobody where spared."""
    if spared:
        return 0.0
    return share_of(leaving, fleeing_loss_share, u, expected)
