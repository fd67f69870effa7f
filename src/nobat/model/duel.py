"""A duel fought event by event: two sides that only lose, person by person, to the end (MODEL 6).

The Markov chain of stochastic Lanchester theory: with x attackers and y defenders the next loss
comes after an exponential time of rate D + A, where D = a x^p1 y^q1 is the rate at which
defenders fall and A = b y^p2 x^q2 that at which attackers do; it is a defender's with probability
D / (D + A). The duel ends when a side is down to its breakpoint.

Many duels are fought at a time, each in a lane of its own, and the loops run over the lanes: so
a processor draws luck for four or eight of them at once. A lane whose duel is over takes the next.

Sources: Lanchester (1916); Brown (1963); Bracken (1995).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nobat.model import luck
from nobat.model.compiled import F, kernel, part

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
Words = NDArray[np.uint64]

#: What its luck is drawn for, beside the purposes of a campaign in `luck`.
DUEL = 32
#: Duels that are fought at a time.
LANES = 64

_LOW = np.uint64(0xFFFFFFFF)
_32 = np.uint64(32)
_ONE = np.uint64(1)


class Terms(NamedTuple):
    """Two sides and how they hit each other.

    Rates are products of what fires and what is exposed, each by the number that is left:
    fire[x] = a x^p1 on exposed[y] = y^q1 defenders, back[y] = b y^p2 on open[x] = x^q2 attackers.
    A side fights while more than its breakpoint is left of it.
    """

    fire: Floats
    exposed: Floats
    back: Floats
    open: Floats
    attackers: int
    defenders: int
    attackers_break: int
    defenders_break: int


class Lanes(NamedTuple):
    """The duels under way, one to a lane.

    row: which of those asked for it is; block: of its luck; x, y: who is left; time: so far; then
    the luck of the next two losses of each: whose they are, uniform, and how long they take to
    come at the rate 1.
    """

    row: Words
    block: Words
    x: Words
    y: Words
    time: Floats
    who: Floats
    wait: Floats
    who_next: Floats
    wait_next: Floats


class Fought(NamedTuple):
    """Who is left of both sides and how long it took: a number for each duel in every array."""

    attackers: Counts
    defenders: Counts
    times: Floats


def lanes(n: int = LANES) -> Lanes:
    """Room for so many duels at a time."""
    return Lanes(*np.zeros((4, n), np.uint64), *np.zeros((5, n)))


def _merged(function: F) -> F:
    """The function compiled anew, to be merged into its caller: only so can a loop go in lanes."""
    compiled: Any = function
    return part(compiled.py_func)


_philox, _unit_interval = _merged(luck.philox), _merged(luck.unit_interval)


@part
def waiting(word: luck.Word) -> float:
    """An exponential number of mean 1 from a 32-bit word: -ln((word + 1/2) / 2^32).

    By the bits of the number: its power of 2, and the logarithm of what is left, m in
    [sqrt(1/2), sqrt(2)], as 2 artanh((m - 1) / (m + 1)), whose series is good to 1e-13 there. The
    library's logarithm takes one number at a time.
    """
    bits = np.float64(np.float64(word) + 0.5).view(np.int64)
    m = np.int64(bits & 0x000FFFFFFFFFFFFF | 0x3FF0000000000000).view(np.float64)
    power = np.float64((bits >> 52) - 1023 - 32)
    if m > 1.4142135623730951:
        m *= 0.5
        power += 1.0
    s = (m - 1.0) / (m + 1.0)
    z = s * s
    tail = 2 / 9 + z * (2 / 11 + z * (2 / 13 + z * (2 / 15)))
    series = 2.0 + z * (2 / 3 + z * (2 / 5 + z * (2 / 7 + z * tail)))
    return -(power * 0.6931471805599453 + s * series)


@part
def draw(now: Lanes, seed: np.uint64, first: np.uint64) -> None:
    """Luck for the next two losses in every lane: a block each.

    As `luck.four`: the seed is the key; the replication, step 0, the purpose and the block are
    the counter.
    """
    k0, k1 = seed & _LOW, seed >> _32
    for lane in range(now.row.size):
        replication = first + now.row[lane]
        w0, w1, w2, w3 = _philox(now.block[lane], DUEL, 0, replication, k0, k1)
        now.who[lane] = _unit_interval(w0)
        now.wait[lane] = waiting(w1)
        now.who_next[lane] = _unit_interval(w2)
        now.wait_next[lane] = waiting(w3)


@part
def lose(
    terms: Terms, now: Lanes, who: Floats, wait: Floats, lows: tuple[np.uint64, np.uint64]
) -> None:
    """The next loss in every lane whose duel goes on; lows: both breakpoints."""
    for lane in range(now.row.size):
        x, y = now.x[lane], now.y[lane]
        on = (x > lows[0]) & (y > lows[1])
        on_y = terms.fire[x] * terms.exposed[y]
        both = on_y + terms.back[y] * terms.open[x]
        hit = who[lane] * both < on_y
        now.time[lane] += wait[lane] / both if on else 0.0
        now.x[lane] = x - np.uint64(on & (not hit))
        now.y[lane] = y - np.uint64(on & hit)


@part
def begin(terms: Terms, now: Lanes, lane: int, row: np.uint64) -> None:
    """Start the duel of a row in a lane."""
    now.row[lane], now.block[lane] = row, 0
    now.x[lane], now.y[lane] = terms.attackers, terms.defenders
    now.time[lane] = 0.0


@kernel
def fight(terms: Terms, seed: int, first: int, now: Lanes, out: Fought) -> None:
    """Fight the replications first, first + 1, ... of a duel, as many as `out` has room for.

    Replication k depends on the terms, the seed and k alone (k below 2^32), not on its lane. The
    last duels have empty lanes beside them, in which rows beyond the end are fought for nothing.
    """
    n = left = np.uint64(out.times.size)
    lows = np.uint64(terms.attackers_break), np.uint64(terms.defenders_break)
    following = np.uint64(0)
    for lane in range(now.row.size):
        begin(terms, now, lane, following)
        following += _ONE
    while left > 0:
        draw(now, np.uint64(seed), np.uint64(first))
        lose(terms, now, now.who, now.wait, lows)
        lose(terms, now, now.who_next, now.wait_next, lows)
        for lane in range(now.row.size):
            now.block[lane] += _ONE
            if now.x[lane] > lows[0] and now.y[lane] > lows[1]:
                continue
            row = now.row[lane]
            if row < n:
                out.attackers[row], out.defenders[row] = now.x[lane], now.y[lane]
                out.times[row] = now.time[lane]
                left -= _ONE
            begin(terms, now, lane, following)
            following += _ONE
