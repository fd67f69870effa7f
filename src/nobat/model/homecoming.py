"""The way home, night by night after the campaign (MODEL 12).

A day, then its night, `nights` times from the end of the campaign on. While the way is open some
of the displaced set out, dReturned/dt = k S(t) (Displaced - Returned), and are checked:

    displaced  -> queue                 with the hazard k S, S = shelter (1 - mined exp(-clear n))
    queue      -> checked               as many as the checkpoint can check in a day
    checked    -> missed, caught        infiltrators, by the sensitivity of the check
               -> displaced again       those stopped without need: they try again
               -> returned              all others
    displaced, queue -> dead of cold    by the temperature of the night, without shelter

Nobody goes home to a place that was not secured: the nights are counted all the same. Persons hit
by mines, at the checkpoint or inside are counted where they are. Structure, not evidence: the
anchors that are published are in the scenario's notes.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nobat.model import checkpoint, luck, outcome
from nobat.model.checkpoint import beyond
from nobat.model.compiled import kernel, piece, rare, scalar
from nobat.model.flight import share_of
from nobat.model.luck import Address

# The columns of a row of outcomes.
_SECURED = outcome.index("secured")
_DURATION = outcome.index("duration_d")
_LEFT = outcome.index("residents_left")
DISPLACED = outcome.index("nights_displaced")
EXPOSED = outcome.index("nights_in_cold")
COLD = outcome.index("cold_deaths")
RETURNED = outcome.index("returned")
STILL = outcome.index("still_displaced")
MINES = outcome.index("mine_victims")
MISSED = outcome.index("missed_infiltrators")
CAUGHT = outcome.index("caught_infiltrators")
STOPPED = outcome.index("false_stops")
ATTACKS = outcome.index("checkpoint_attacks")
TOLL = outcome.index("checkpoint_toll")
STRIKES = outcome.index("infiltrator_strikes")
STRIKE_TOLL = outcome.index("infiltrator_toll")
OVERLOADED = outcome.index("overloaded_days")
LONGEST = outcome.index("longest_queue")


class Terms(NamedTuple):
    """Everything that the way home depends on.

    nights: how many are looked at; opens: nights until the way does; displaced: persons before the
    campaign; rate k; shelter, mined, clear: of S; mines: victims a night of a person at home;
    night_c: mean temperature of night n after the campaign's first day, as many as can be needed;
    spread_c; band_c: upper limits of the bands, falling, (B,); band_deaths: deaths a night of a
    displaced person in each, the share without shelter included, (B,); unsheltered: that share.
    """

    on: bool
    nights: int
    opens: int
    displaced: float
    rate: float
    shelter: float
    mined: float
    clear: float
    mines: float
    unsheltered: float
    night_c: NDArray[np.float64]
    spread_c: float
    band_c: NDArray[np.float64]
    band_deaths: NDArray[np.float64]
    gate: checkpoint.Terms


@scalar
def index_of_safety(shelter: float, mined: float, mines_left: float) -> float:
    """S, safety and shelter, in [0, 1]: shelter (1 - mined x share of the mines that is left)."""
    return shelter * (1.0 - mined * mines_left)


@scalar
def band_of(band_c: NDArray[np.float64], night_c: float) -> int:
    """The band of a night: the last whose limit it is colder than; -1 for a night that is warm."""
    found = -1
    for b in range(band_c.size):
        if night_c < band_c[b]:
            found = b
    return found


@scalar
def cold_chances(
    band_c: NDArray[np.float64], band_deaths: NDArray[np.float64], mean_c: float, spread_c: float
) -> tuple[float, float]:
    """(chance that a night is in a band, deaths to be expected in it of one displaced person).

    The night's lowest temperature is normal about mean_c; band b reaches down to the next limit.
    """
    if spread_c <= 0.0:
        b = band_of(band_c, mean_c)
        return (1.0, band_deaths[b]) if b >= 0 else (0.0, 0.0)
    deaths = 0.0
    for b in range(band_c.size):
        chance = beyond((mean_c - band_c[b]) / spread_c)
        if b + 1 < band_c.size:
            chance -= beyond((mean_c - band_c[b + 1]) / spread_c)
        deaths += chance * band_deaths[b]
    return beyond((mean_c - band_c[0]) / spread_c), deaths


@scalar
def normal(u: float, v: float) -> float:
    """A standard normal number from two uniforms (Box and Muller 1958)."""
    return math.sqrt(-2.0 * math.log(u)) * math.cos(2.0 * math.pi * v)


@scalar
def hit(n: float, hazard: float, u: float, expected: bool) -> float:
    """Of n persons, those whom a hazard reaches: drawn from u, or n (1 - exp(-hazard))."""
    return -n * math.expm1(-hazard) if expected else luck.binomial(n, hazard, u)


@piece
def tolls(mean: float, strikes: float, at: Address, purpose: int, expected: bool) -> float:
    """Persons hit in so many strikes, each a skewed count; or their mean."""
    if expected:
        return strikes * mean
    total = 0.0
    for k in range(int(strikes)):
        total += luck.geometric(mean, luck.uniform(at, purpose, k))
    return total


@piece
def pass_day(
    terms: Terms, at: Address, safety: float, detected: float, waiting: float, queued: float,
    closed: float, expected: bool, row: NDArray[np.float64],
) -> tuple[float, float, float, float]:  # fmt: skip
    """A day on which the way home is open: (waiting, queued, missed who will strike, struck).

    safety S; detected Se; closed: chance that the way is closed after a strike, 0 or 1 where luck
    is drawn; struck: chance that the checkpoint was struck.
    """
    gate, way = terms.gate, 1.0 - closed
    u, v, w, x = luck.four(at, luck.HOMECOMING, 1)
    setting_out = hit(waiting, terms.rate * safety, u, expected)
    queue, longest, _ = checkpoint.day_queue(gate.lanes, gate.capacity, setting_out, queued)
    if queued + setting_out > gate.capacity:
        row[OVERLOADED] += way
    came, checked = way * setting_out, way * min(gate.capacity, queued + setting_out)
    infiltrators = share_of(checked, gate.infiltrators, v, expected)
    caught = share_of(infiltrators, detected, w, expected)
    stopped = share_of(checked - infiltrators, gate.false_rate, x, expected)
    u, v, _, _ = luck.four(at, luck.HOMECOMING, 2)
    attacks = share_of(caught, gate.caught_strike, u, expected)
    mean_toll = checkpoint.mean_toll(gate, queue)
    row[TOLL] += tolls(mean_toll, attacks, at, luck.CHECKPOINT, expected)
    row[ATTACKS] += attacks
    row[CAUGHT] += caught
    row[MISSED] += infiltrators - caught
    row[STOPPED] += stopped
    row[RETURNED] += checked - infiltrators - stopped
    row[LONGEST] = max(row[LONGEST], longest)
    active = share_of(infiltrators - caught, gate.missed_strike, v, expected)
    struck = min(1.0, attacks)
    if expected and way > 0.0:
        struck = -way * math.expm1(-attacks / way)
    return waiting - came + stopped, queued + came - checked, active, struck


@piece
def pass_night(
    terms: Terms, at: Address, day: int, outside: float, expected: bool,
    row: NDArray[np.float64],
) -> float:  # fmt: skip
    """The night after day `day` of the campaign for those who are not home: who dies of the cold.

    outside: persons. One temperature holds for all of them.
    """
    row[DISPLACED] += outside
    if expected:
        cold, deaths = cold_chances(
            terms.band_c, terms.band_deaths, terms.night_c[day], terms.spread_c
        )
        row[EXPOSED] += outside * terms.unsheltered * cold
        dead = -outside * math.expm1(-deaths)
    else:
        u, v, w, _ = luck.four(at, luck.HOMECOMING, 0)
        b = band_of(terms.band_c, terms.night_c[day] + terms.spread_c * normal(u, v))
        if b < 0:
            return 0.0
        row[EXPOSED] += outside * terms.unsheltered
        dead = luck.binomial(outside, terms.band_deaths[b], w)
    row[COLD] += dead
    return dead


@piece
def strike_inside(
    terms: Terms, at: Address, active: float, expected: bool, row: NDArray[np.float64]
) -> float:
    """Those who were missed, will strike and have not yet: how many still wait after tonight."""
    _, _, _, u = luck.four(at, luck.HOMECOMING, 0)
    strikes = share_of(active, terms.gate.strike_chance, u, expected)
    row[STRIKES] += strikes
    row[STRIKE_TOLL] += tolls(terms.gate.missed_toll, strikes, at, luck.INSIDE, expected)
    return active - strikes


@rare
def go_home(
    terms: Terms, expected: bool, seed: int, replication: int, row: NDArray[np.float64]
) -> None:
    """The nights after one campaign; `row` has its end, and gets what comes of it.

    Draws whole persons, or puts expected values in their place.
    """
    row[DISPLACED : LONGEST + 1] = 0.0
    gate, secured, ended = terms.gate, row[_SECURED] > 0.0, int(row[_DURATION])
    waiting, queued, active, closed = terms.displaced + row[_LEFT], 0.0, 0.0, 0.0
    if not expected:
        waiting = math.floor(waiting + 0.5)
    detected = checkpoint.sensitivity(gate.z, gate.d_max, gate.tau, gate.minutes)
    left, clearing = 1.0, math.exp(-terms.clear)
    for n in range(terms.nights):
        at = Address(seed, replication, n)
        _, _, u, v = luck.four(at, luck.HOMECOMING, 2)
        struck, reopened = 0.0, closed * gate.reopen
        if not expected:
            reopened = closed if u < gate.reopen else 0.0
        if secured and n >= terms.opens and closed < 1.0:
            safety = index_of_safety(terms.shelter, terms.mined, left)
            waiting, queued, more, struck = pass_day(
                terms, at, safety, detected, waiting, queued, closed, expected, row
            )
            active += more
        active = strike_inside(terms, at, active, expected, row)
        row[MINES] += hit(row[RETURNED], terms.mines * left, v, expected)
        dead = pass_night(terms, at, ended + n, waiting + queued, expected, row)
        from_queue = max(0.0, dead - waiting)
        waiting, queued = waiting - dead + from_queue, queued - from_queue
        if gate.closes:
            closed = min(1.0, max(0.0, closed - reopened) + struck)
        left *= clearing
    row[STILL] = waiting + queued


@kernel
def replications(
    terms: Terms, expected: bool, seed: int, numbers: NDArray[np.int64], rows: NDArray[np.float64]
) -> None:
    """The way home after campaigns that have been run.

    numbers: which replications they are, (count,); rows: their outcomes, (count, outcomes); what
    the way home gives is written over.
    """
    for k in range(numbers.size):
        go_home(terms, expected, seed, numbers[k], rows[k])
