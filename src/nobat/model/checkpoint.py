"""A checkpoint on the way home: its queue, what it sees, what may strike it (MODEL 12).

Persons come through the open hours as a Poisson stream and are checked in c lanes, each check of
an exponential time: an M/M/c queue. Where more come than can be checked there is no steady state:
the queue grows through the day, and what is left of it stands there the next morning.

A check is a matter of telling signals from noise (Green and Swets 1966) whose evidence grows with
the time spent (the speed-accuracy curve of Wickelgren 1977): d'(t) = d'max (1 - exp(-t / tau)).
"""

from __future__ import annotations

import math
from typing import NamedTuple

from nobat.model.compiled import scalar
from nobat.model.identification import passes

#: Chance that a standard normal number passes z, for compiled code.
beyond = scalar(passes)


class Terms(NamedTuple):
    """The checkpoint and those who come.

    lanes c; minutes of a check, mean; capacity: persons that it can check in a day, whole;
    false_rate FPR and z, the standard normal quantile of it; d_max, tau in minutes: of the
    evidence; infiltrators pi; caught_strike, missed_strike: shares of the caught and of the missed
    who strike; strike_chance: of a missed one who will, a night; toll_alone, toll_most,
    crowd_half: of a strike at the checkpoint, persons; missed_toll: of one inside; closes: whether
    the way is closed after a strike; reopen: chance a night that it is opened again.
    """

    lanes: int
    minutes: float
    capacity: float
    false_rate: float
    z: float
    d_max: float
    tau: float
    infiltrators: float
    caught_strike: float
    missed_strike: float
    strike_chance: float
    toll_alone: float
    toll_most: float
    crowd_half: float
    missed_toll: float
    closes: bool
    reopen: float


@scalar
def erlang_c(lanes: int, load: float) -> float:
    """Chance that somebody who comes has to wait, in an M/M/c queue below capacity.

    lanes c; load a = arrivals x mean check time, in [0, c). By the recursion of Erlang's loss
    formula B(k) = a B(k - 1) / (k + a B(k - 1)), then C = c B / (c - a (1 - B)) (Erlang 1917).
    """
    blocked = 1.0
    for k in range(1, lanes + 1):
        blocked = load * blocked / (k + load * blocked)
    return lanes * blocked / (lanes - load * (1.0 - blocked))


@scalar
def steady_queue(lanes: int, load: float) -> float:
    """Persons waiting on average, Lq = C a / (c - a); infinite from the capacity on (a >= c)."""
    if load >= lanes:
        return math.inf
    return erlang_c(lanes, load) * load / (lanes - load)


@scalar
def day_queue(
    lanes: int, capacity: float, came: float, held_over: float
) -> tuple[float, float, float]:
    """The queue of one open day: (its mean, its longest, persons left in it at the end).

    came: persons who join in the day; held_over: who stand there from the day before; capacity:
    persons that can be checked in a day. What must grow or shrink does so evenly: the queue runs
    from held_over with slope came - capacity, and is empty where it would fall below 0. Luck adds
    a queue where none must be: that of the steady state, but never more than a queue at capacity
    grows to in a day that begins without one, sqrt(4 n / pi) after n arrivals (a reflected random
    walk of variance 2 n), 2/3 of it on average. The larger of the two holds.
    """
    growth = came - capacity
    left = max(0.0, held_over + growth)
    if left > 0.0:
        mean = 0.5 * (held_over + left)
    elif held_over > 0.0:
        mean = 0.5 * held_over * held_over / -growth
    else:
        mean = 0.0
    most = math.sqrt(1.2732395447351628 * min(came, capacity))
    load = lanes * came / capacity if capacity > 0.0 else math.inf
    steady = steady_queue(lanes, load)
    longest = max(held_over, left, min(steady, most))
    return max(mean, min(steady, most * 2.0 / 3.0)), longest, left


@scalar
def detected_at(z: float, d_max: float, tau: float, minutes: float) -> float:
    """Share of infiltrators that a check of so many minutes catches: Phi(z + d'(t)).

    z: quantile of the false-positive rate; d'(t) = d'max (1 - exp(-t / tau)).
    """
    return beyond(-(z - d_max * math.expm1(-minutes / tau)))


@scalar
def sensitivity(z: float, d_max: float, tau: float, minutes: float) -> float:
    """Se: `detected_at` averaged over exponential check times with mean `minutes`.

    With v = exp(-t / minutes), uniform on (0, 1), it is the integral of
    Phi(z + d'max (1 - v^(minutes / tau))) over v: by the double exponential rule (Takahasi and Mori
    1974), which bears the kinks at both ends that very short or long checks make.
    """
    power = minutes / tau
    step, total = 0.0625, 0.0
    for k in range(-60, 61):
        x = step * k
        # v = 1 / (1 + exp(-pi sinh x)); its logarithm, and dv / dx = pi cosh(x) v (1 - v).
        y = math.pi * math.sinh(x)
        log_v = -math.log1p(math.exp(-y)) if y > 0.0 else y - math.log1p(math.exp(y))
        v = math.exp(log_v)
        rest = math.exp(log_v - y)
        weight = math.pi * math.cosh(x) * v * rest
        total += weight * beyond(-(z - d_max * math.expm1(power * log_v)))
    return step * total


@scalar
def mean_toll(terms: Terms, queue: float) -> float:
    """Persons hit by a strike at the checkpoint: it grows with the queue, and levels off.

    toll_alone + (toll_most - toll_alone) Q / (Q + crowd_half): a crowd shields those behind it
    (Kaplan and Kress 2005). queue Q: persons.
    """
    more = terms.toll_most - terms.toll_alone
    return terms.toll_alone + more * queue / (queue + terms.crowd_half)
