from __future__ import annotations

import math

import numpy as np
import pytest

from nobat.theory import duel_simulated
from nobat.theory.duel_simulated import fight, simulate
from nobat.theory.lanchester import SQUARE, Duel

DUEL = Duel(12, 10, 0.5, 0.6, SQUARE, 3, 2)


def test_a_sample_counts_its_duels(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(duel_simulated, "_CHUNK", 300)
    sample = simulate(DUEL, 1000, 4, lambda done, of: told.append((done, of)))
    assert told == [(300, 1000), (600, 1000), (900, 1000), (1000, 1000)]
    single = fight(DUEL, 4, 0, 1000)
    found = sample.found
    assert found.p_attacker_wins == (single.attackers > 3).mean()
    assert found.attackers.p == pytest.approx(np.bincount(single.attackers, minlength=13) / 1000)
    assert found.defenders.mean == pytest.approx(single.defenders.mean())
    assert found.defenders.variance == pytest.approx(single.defenders.var())
    assert found.mean_duration == pytest.approx(single.times.mean(), rel=1e-13)
    assert found.variance_duration == pytest.approx(single.times.var(), rel=1e-12)


def test_the_size_of_a_chunk_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = simulate(DUEL, 1000, 4).found
    monkeypatch.setattr(duel_simulated, "_CHUNK", 7)
    parts = simulate(DUEL, 1000, 4).found
    assert np.array_equal(whole.attackers.p, parts.attackers.p)
    assert np.array_equal(whole.defenders.p, parts.defenders.p)
    assert parts.mean_duration == pytest.approx(whole.mean_duration, rel=1e-13)


def test_standard_errors() -> None:
    sample = simulate(DUEL, 400, 2)
    p = sample.found.p_attacker_wins
    assert sample.standard_error == pytest.approx(math.sqrt(p * (1 - p) / 400))
    left = fight(DUEL, 2, 0, 400).attackers
    error = sample.error_of_mean(sample.found.attackers.variance)
    assert error == pytest.approx(left.std(ddof=1) / 20)
    one = simulate(DUEL, 1, 2)
    assert one.error_of_mean(one.found.attackers.variance) is None
