from __future__ import annotations

import numpy as np
import pytest

from nobat.theory.duel_decoupled import WIDEST, UnstableError, attackers_left, chance
from nobat.theory.duel_exact import solve
from nobat.theory.lanchester import (
    GUERRILLA,
    LINEAR,
    LOGARITHMIC,
    SQUARE,
    Duel,
    Law,
    bracken,
)

LAWS = [
    SQUARE, LINEAR, LOGARITHMIC, GUERRILLA, GUERRILLA.swapped(), bracken(1, 0.5), bracken(0, 0),
    bracken(2, 0), Law(0.7, 0.2, 1.3, 0.4), Law(-0.5, 0.3, 0.5, 0.9), bracken(1, 0.9999),
]  # fmt: skip


@pytest.mark.parametrize("law", LAWS, ids=str)
def test_two_exact_forms_agree_within_the_bound(law: Law) -> None:
    luck, told = np.random.default_rng(5), 0
    for _ in range(60):
        m, n = (int(number) for number in luck.integers(1, 40, 2))
        a, b = (float(number) for number in 10 ** luck.uniform(-2, 2, 2))
        breaks = (int(luck.integers(0, m)), int(luck.integers(0, n))) if luck.random() < 0.5 else ()
        duel = Duel(m, n, a, b, law, *breaks)
        exact = solve(duel)
        try:
            found = chance(duel)
            left, bound = attackers_left(duel)
        except UnstableError:
            continue
        told += 1
        assert abs(found.p - exact.p_attacker_wins) <= found.bound + 1e-14
        assert found.bound <= WIDEST
        assert np.abs(left - exact.attackers.p).max() <= bound + 1e-14
    assert told >= 10


@pytest.mark.parametrize(
    "duel",
    [
        Duel(60, 60, 1, 1),
        Duel(1000, 1000, 1, 1),
        Duel(20, 20, 1, 1, bracken(1, 1 - 1e-9)),
        Duel(30, 30, 1, 1, Law(1.0, 1.0, 1.0, 1.0 - 1e-12)),
    ],
)
def test_what_it_cannot_tell_it_does_not_tell(duel: Duel) -> None:
    with pytest.raises(UnstableError, match="use the recursion"):
        chance(duel)
    with pytest.raises(UnstableError):
        attackers_left(duel)
    assert 0 < solve(duel).p_attacker_wins < 1


def test_the_linear_law_has_no_limit_of_size() -> None:
    assert chance(Duel(10**6, 10**6, 1, 1, LINEAR)).p == pytest.approx(0.5)
    duel = Duel(300, 280, 1.1, 1.0, LINEAR, 20, 30)
    assert chance(duel).p == pytest.approx(solve(duel).p_attacker_wins, rel=1e-11)


def test_persons_who_fall_on_their_own() -> None:
    # The logarithmic law: who lasts longer, the last of 2 at rate 1 or the last of 1 at rate 1?
    assert chance(Duel(2, 1, 1, 1, LOGARITHMIC)).p == pytest.approx(2 / 3)
