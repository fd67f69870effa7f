"""Luck is addressed, not consumed.

A uniform number is a function of (seed, replication, step, purpose, entity) through the
counter-based generator Philox 4x32-10. So what happens in a replication depends on nothing but
its own address: not on threads, chunks, workers or order, and two doctrines meet the same luck
for the same purpose and step (common random numbers).

Source: Salmon, Moraes, Dror and Shaw (2011), Parallel random numbers: as easy as 1, 2, 3.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from nobat.model.compiled import part, scalar

# Multipliers and Weyl increments of Philox 4x32 (Salmon et al. 2011, table 2 and section 2.3).
_M0 = np.uint64(0xD2511F53)
_M1 = np.uint64(0xCD9E8D57)
_W0 = np.uint64(0x9E3779B9)
_W1 = np.uint64(0xBB67AE85)
_LOW = np.uint64(0xFFFFFFFF)
_32 = np.uint64(32)

#: What a number is drawn for. Part of its address, so that a new purpose disturbs no old one.
THRESHOLD = 1  # the loss share at which a unit is spent; entity = unit, step = which draw
STEP = 2  # block = place: 0 garrison's losses, 1 suicide attacks, 2 a break, 3 counter-attack
RARE = (
    3  # block = place; REINFORCEMENTS sent, CAUSE of a break, SUCCESS of a counter-attack, FLIGHT
)
REINFORCEMENTS, CAUSE, SUCCESS, FLIGHT = 0, 1, 2, 3
SUICIDE = 4  # block k is attack k: 0 its toll, 1 the unit that it hits
ATTACKER_LOSS = 5  # block 0: 0 how many are hit, 1, 2, 3 who; on from block WHOM; 1 + unit // 4
WHOM = 1 << 20
START = 6  # where in its cycle a crew is at the start; entity = crew
LEAVING = 7  # block = place: 0 who leave in this step, 1 who of them are hit
HARM = 8  # step 0: 0 false engagements, 1 those in gatherings
HOMECOMING = 9  # step = night; block 0: its cold; 1: who come and are stopped; 2: strikes, mines
CHECKPOINT = 10  # step = night; entity = strike at the checkpoint: its toll
INSIDE = 11  # step = night; entity = strike of one who was missed: its toll
RECURRENCE = 12  # step = root; block 0: 0 when it comes, 1 its offspring; block k: the k-th of them
REPORTS = 13  # step 0: 0 whether the leader is alive, 1 whether the defenders believe him dead


Word = int | np.uint64


class Address(NamedTuple):
    """Where and when luck is asked for: the seed, the replication and the step."""

    seed: int
    replication: int
    step: int


@scalar
def philox(
    c0: Word, c1: Word, c2: Word, c3: Word, k0: Word, k1: Word
) -> tuple[Word, Word, Word, Word]:
    """Four 32-bit words from a counter of four words and a key of two (Philox 4x32-10)."""
    x0, x1, x2, x3 = np.uint64(c0), np.uint64(c1), np.uint64(c2), np.uint64(c3)
    key0, key1 = np.uint64(k0), np.uint64(k1)
    for _ in range(10):
        p0 = _M0 * x0
        p1 = _M1 * x2
        x0, x1, x2, x3 = (
            (p1 >> _32) ^ x1 ^ key0,
            p1 & _LOW,
            (p0 >> _32) ^ x3 ^ key1,
            p0 & _LOW,
        )
        key0 = (key0 + _W0) & _LOW
        key1 = (key1 + _W1) & _LOW
    return x0, x1, x2, x3


@scalar
def unit_interval(word: Word) -> float:
    """A 32-bit word as a number strictly between 0 and 1: (word + 1/2) / 2^32."""
    return (np.float64(word) + 0.5) * 2.3283064365386963e-10


@part
def four(at: Address, purpose: int, block: int) -> tuple[float, float, float, float]:
    """The uniforms of entities 4*block .. 4*block+3 of one purpose at one address.

    The seed (64 bits) is the key; replication, step, purpose and block are the counter.
    """
    seed = np.uint64(at.seed)
    w0, w1, w2, w3 = philox(block, purpose, at.step, at.replication, seed & _LOW, seed >> _32)
    return unit_interval(w0), unit_interval(w1), unit_interval(w2), unit_interval(w3)


@part
def uniform(at: Address, purpose: int, entity: int) -> float:
    """The uniform of one entity: number e mod 4 of block e // 4."""
    return four(at, purpose, entity // 4)[entity % 4]


#: Up to this mean a count is inverted upward from 0, beyond it from the mode outward.
_SMALL_MEAN = 8.0


@scalar
def binomial(n: float, x: float, u: float) -> float:
    """Binomial(n, 1 - exp(-x)) from one uniform u, by inversion.

    n: persons (a whole number); x: hazard of one person over the step, x >= 0. Small means are
    inverted upward from 0; large ones from the mode outward, in the order mode, mode + 1,
    mode - 1, mode + 2, ..., which takes about one standard deviation of terms. Any fixed order
    of the values on [0, 1] gives the right law.
    """
    mean = n * x
    if u <= 1.0 - mean or n <= 0.0 or x <= 0.0:  # P(0) = exp(-n x) >= 1 - n x
        return 0.0
    if mean <= _SMALL_MEAN:
        none = math.exp(-mean)
        return 0.0 if u <= none else _upward(n, odds_of(x), none, u)
    p = -math.expm1(-x)
    if p >= 1.0:
        return n
    return _outward(n, p, x, min(math.floor((n + 1.0) * p), n), u)


#: Up to here the series of exp(x) - 1 that `odds_of` takes is exact to rounding.
_SMALL_HAZARD = 0.01


@scalar
def odds_of(x: float) -> float:
    """Odds of one person to fall under the hazard x: p / (1 - p) = exp(x) - 1."""
    if x < _SMALL_HAZARD:
        fourth = 1.0 + x / 4.0 * (1.0 + x / 5.0 * (1.0 + x / 6.0))
        return x * (1.0 + x / 2.0 * (1.0 + x / 3.0 * fourth))
    return math.expm1(x)


@scalar
def _upward(n: float, odds: float, term: float, u: float) -> float:
    total = term
    k = 0.0
    while u > total and k < n:
        term *= odds * (n - k) / (k + 1.0)
        k += 1.0
        total += term
        if term < 1e-18 * total:
            break
    return k


@scalar
def _outward(n: float, p: float, x: float, mode: float, u: float) -> float:
    odds = p / (1.0 - p)
    top = math.exp(
        math.lgamma(n + 1.0)
        - math.lgamma(mode + 1.0)
        - math.lgamma(n - mode + 1.0)
        + mode * math.log(p)
        - (n - mode) * x
    )
    total = top
    if u <= total:
        return mode
    above, below = mode, mode
    term_above, term_below = top, top
    while term_above > 0.0 or term_below > 0.0:
        if term_above > 0.0:
            term_above *= odds * (n - above) / (above + 1.0) if above < n else 0.0
            above += 1.0
            total += term_above
            if u <= total and term_above > 0.0:
                return above
        if term_below > 0.0:
            term_below *= below / (odds * (n - below + 1.0)) if below > 0.0 else 0.0
            below -= 1.0
            total += term_below
            if u <= total and term_below > 0.0:
                return below
        if term_above < 1e-18 and term_below < 1e-18:
            break
    return mode


@scalar
def poisson(mean: float, u: float) -> int:
    """Poisson(mean) from one uniform, by inversion upward.

    For large means the sum starts 12 standard deviations below the mean: what lies before is
    less than rounding.
    """
    if u <= 1.0 - mean:  # P(0) = exp(-mean) >= 1 - mean
        return 0
    reach = 12.0 * math.sqrt(mean) + 20.0
    k = max(0, int(mean - reach))
    term = math.exp(k * math.log(mean) - mean - math.lgamma(k + 1.0))
    total = term
    while u > total and k < mean + reach:
        k += 1
        term *= mean / k
        total += term
    return k


@scalar
def geometric(mean: float, u: float) -> float:
    """A skewed count 0, 1, 2, ... with the given mean: P(K >= k) = (mean / (1 + mean))^k."""
    if mean <= 0.0:
        return 0.0
    return math.floor(math.log(u) / math.log(mean / (1.0 + mean)))


@scalar
def exponential(mean: float, u: float) -> float:
    """An exponential number with the given mean: -mean ln u."""
    return -mean * math.log(u)
