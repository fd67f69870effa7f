from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from scipy import stats

from nobat.model import duel as model
from nobat.model import luck
from nobat.model.luck import Address
from nobat.theory.duel_exact import factors
from nobat.theory.duel_simulated import fight
from nobat.theory.lanchester import LAWS, Duel, Law, bracken
from tests.statistics import FURTHEST, z_mean, z_share

TWENTY = Duel(20, 15, 0.04, 0.06)


def word(at: Address, number: int) -> float:
    """The luck of one duel, by the words of its blocks."""
    key = at.seed & 0xFFFFFFFF, at.seed >> 32
    words = luck.philox(number // 4, model.DUEL, at.step, at.replication, *key)
    return luck.unit_interval(words[number % 4])


def by_hand(duel: Duel, seed: int, k: int) -> tuple[int, int, float]:
    """One duel in plain Python: two words for each loss."""
    x, y, time, used = int(duel.attackers), int(duel.defenders), 0.0, 0
    at = Address(seed, k, 0)
    while x > duel.attackers_break and y > duel.defenders_break:
        on_y, on_x = duel.defenders_fall(x, y), duel.attackers_fall(x, y)
        time -= math.log(word(at, used + 1)) / (on_y + on_x)
        if word(at, used) < on_y / (on_y + on_x):
            y -= 1
        else:
            x -= 1
        used += 2
    return x, y, time


@pytest.mark.parametrize("law", [*LAWS.values(), bracken(0.7, 0.3), Law(1.0, 0.2, 0.5, 1.3)])
def test_a_duel_is_that_of_plain_python(law: Law) -> None:
    duel = Duel(7, 9, 0.3, 0.2, law, 1, 2)
    found = fight(duel, 2**40 + 5, 3, 40)
    for n in range(40):
        x, y, time = by_hand(duel, 2**40 + 5, 3 + n)
        assert (found.attackers[n], found.defenders[n]) == (x, y)
        assert found.times[n] == pytest.approx(time, rel=1e-12)


def test_a_duel_depends_on_its_seed_and_number_alone() -> None:
    whole = fight(TWENTY, 5, 0, 1000)
    parts = [fight(TWENTY, 5, first, 250) for first in range(0, 1000, 250)]
    with ThreadPoolExecutor(2) as pool:
        threads = list(pool.map(lambda first: fight(TWENTY, 5, first, 500), (0, 500)))
    for pieces in (parts, threads):
        for column in range(3):
            assert np.array_equal(whole[column], np.concatenate([one[column] for one in pieces]))
    other = fight(TWENTY, 6, 0, 1000)
    assert not np.array_equal(whole.times, other.times)
    assert np.unique(np.concatenate([whole.times, other.times])).size == 2000


def test_a_side_at_its_breakpoint_is_beaten() -> None:
    found = fight(Duel(20, 15, 0.04, 0.06, attackers_break=6, defenders_break=9), 1, 0, 2000)
    attackers_beaten, defenders_beaten = found.attackers == 6, found.defenders == 9
    assert (attackers_beaten != defenders_beaten).all()
    assert (found.attackers[defenders_beaten] > 6).all()
    assert (found.defenders[attackers_beaten] > 9).all()
    assert attackers_beaten.any()
    assert defenders_beaten.any()


def test_times_are_exponential_and_know_nothing_of_who_falls() -> None:
    n = 200_000
    found = fight(Duel(1, 1, 3.0, 1.0), 11, 0, n)
    won = found.attackers == 1
    assert abs(z_share(int(won.sum()), n, 0.75)) < FURTHEST
    # The rate of both together is 4, whoever falls: each quarter of the law, then moments.
    for side in (won, ~won):
        times = found.times[side]
        assert abs(z_mean(times, 0.25)) < FURTHEST
        assert abs(z_mean(times**2, 2 / 16)) < FURTHEST
        for quantile in (0.01, 0.25, 0.5, 0.75, 0.99):
            limit = -math.log1p(-quantile) / 4
            assert abs(z_share(int((times < limit).sum()), times.size, quantile)) < FURTHEST
    assert stats.kstest(found.times, "expon", (0, 0.25)).pvalue > 1e-4


def test_a_waiting_time_of_many_losses_is_their_sum() -> None:
    # Who cannot be hit: the defender falls alone, at a y, as a pure death of independent persons.
    law = Law(0.0, 1.0, 0.0, 1.0)
    times = fight(Duel(1, 12, 1.0, 1e-9, law), 3, 0, 100_000).times
    assert abs(z_mean(times, sum(1 / k for k in range(1, 13)))) < FURTHEST
    assert times.var() == pytest.approx(sum(1 / k**2 for k in range(1, 13)), rel=0.02)


def test_neighbouring_duels_are_independent() -> None:
    found = fight(TWENTY, 8, 0, 50_000)
    for lag in (1, 2, 4):
        r = np.corrcoef(found.times[:-lag], found.times[lag:])[0, 1]
        assert abs(r) * math.sqrt(50_000) < FURTHEST


def test_rates_are_products_of_what_fires_and_what_is_exposed() -> None:
    duel = Duel(5, 7, 0.3, 0.2, Law(0.5, 1.5, 2.0, -1.0))
    found = factors(duel)
    for x in range(1, 6):
        for y in range(1, 8):
            assert found.fire[x] * found.exposed[y] == pytest.approx(duel.defenders_fall(x, y))
            assert found.back[y] * found.open[x] == pytest.approx(duel.attackers_fall(x, y))
    assert [one[0] for one in found] == [0, 0, 0, 0]


def test_waiting_times_are_logarithms() -> None:
    # Near both ends, at every power of 2, and anywhere.
    powers = [2**k + d for k in range(32) for d in (-1, 0, 1)]
    halves = [int(2**k * math.sqrt(2)) + d for k in range(32) for d in (-1, 0, 1)]
    luck_ = np.random.default_rng(1).integers(0, 2**32, 20_000).tolist()
    words = [word for word in (*powers, *halves, *luck_, 2**32 - 1) if 0 <= word < 2**32]
    for word in words:
        exact = -math.log((word + 0.5) / 2**32)
        assert model.waiting(word) == pytest.approx(exact, rel=1e-12)


@pytest.mark.parametrize("count", [1, 2, model.LANES - 1, model.LANES, model.LANES + 1, 200])
def test_any_number_of_duels(count: int) -> None:
    found = fight(TWENTY, 1, 0, count)
    assert [one.size for one in found] == [count] * 3
    whole = fight(TWENTY, 1, 0, 200)
    assert all(np.array_equal(one, other[:count]) for one, other in zip(found, whole, strict=True))


def test_the_number_of_lanes_does_not_matter() -> None:
    whole = fight(TWENTY, 1, 0, 300)
    sides = int(TWENTY.attackers), int(TWENTY.defenders), 0, 0
    for n in (1, 7):
        out = model.Fought(np.empty(300, np.int64), np.empty(300, np.int64), np.empty(300))
        model.fight(model.Terms(*factors(TWENTY), *sides), 1, 0, model.lanes(n), out)
        assert np.array_equal(whole.attackers, out.attackers)
        assert np.array_equal(whole.defenders, out.defenders)
        assert out.times == pytest.approx(whole.times, rel=1e-13)
