from __future__ import annotations

from fractions import Fraction
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nobat.theory.duel_exact import solve
from nobat.theory.lanchester import GUERRILLA, LAWS, SQUARE, Duel, Law, bracken

exponents = st.sampled_from([-1.0, -0.5, 0.0, 0.5, 1.0, 2.0])
laws = st.one_of(st.sampled_from(list(LAWS.values())), st.builds(Law, *[exponents] * 4))


@st.composite
def duels(draw: st.DrawFn) -> Duel:
    m, n = draw(st.integers(1, 9)), draw(st.integers(1, 9))
    a, b = draw(st.sampled_from([0.04, 0.5, 1.0, 3.0])), draw(st.sampled_from([0.06, 1.0, 7.0]))
    breaks = draw(st.integers(0, m - 1)), draw(st.integers(0, n - 1))
    return Duel(m, n, a, b, draw(laws), *breaks)


def looking_ahead(duel: Duel) -> tuple[float, float, float, float]:
    """Backward, state by state: chance to win, attackers left, mean time and mean squared time."""

    @cache
    def value(x: int, y: int) -> tuple[float, float, float, float]:
        if x <= duel.attackers_break:
            return 0.0, float(x), 0.0, 0.0
        if y <= duel.defenders_break:
            return 1.0, float(x), 0.0, 0.0
        on_y, on_x = duel.defenders_fall(x, y), duel.attackers_fall(x, y)
        rate = on_x + on_y
        then = [
            (on_y * u + on_x * v) / rate
            for u, v in zip(value(x, y - 1), value(x - 1, y), strict=True)
        ]
        # T = H + T': the time in this state is independent of what follows.
        time = 1.0 / rate + then[2]
        square = 2.0 / rate**2 + 2.0 / rate * then[2] + then[3]
        return then[0], then[1], time, square

    return value(int(duel.attackers), int(duel.defenders))


@given(duels())
def test_forward_and_backward_agree(duel: Duel) -> None:
    found = solve(duel)
    won, left, time, square = looking_ahead(duel)
    assert found.p_attacker_wins == pytest.approx(won, rel=1e-12)
    assert found.attackers.mean == pytest.approx(left, rel=1e-12)
    assert found.mean_duration == pytest.approx(time, rel=1e-12)
    assert found.variance_duration == pytest.approx(square - time**2, rel=1e-9)


@given(duels())
def test_probabilities_add_up(duel: Duel) -> None:
    found = solve(duel)
    for left, low in (
        (found.attackers, duel.attackers_break),
        (found.defenders, duel.defenders_break),
    ):
        assert left.p.sum() == pytest.approx(1.0, rel=1e-13)
        assert (left.p >= 0).all()
        assert not left.p[: int(low)].any()
    assert found.attackers.p[int(duel.attackers_break)] == pytest.approx(1 - found.p_attacker_wins)
    assert found.defenders.p[int(duel.defenders_break)] == pytest.approx(found.p_attacker_wins)
    with pytest.raises(ValueError, match="read-only"):
        found.attackers.p[0] = 0.5


def test_three_against_two_in_fractions() -> None:
    # By hand: from (x, y) the next loss is the defender's with probability x / (x + y).
    @cache
    def wins(x: int, y: int) -> Fraction:
        if not x or not y:
            return Fraction(bool(x))
        return (x * wins(x, y - 1) + y * wins(x - 1, y)) / Fraction(x + y)

    assert wins(3, 2) == Fraction(31, 40)
    found = solve(Duel(3, 2, 1, 1))
    assert found.p_attacker_wins == pytest.approx(31 / 40, rel=1e-15)
    assert found.attackers.p == pytest.approx([9 / 40, 11 / 120, 7 / 30, 9 / 20], rel=1e-15)
    assert found.defenders.p == pytest.approx([31 / 40, 11 / 120, 2 / 15], rel=1e-15)


def test_one_loss_decides() -> None:
    found = solve(Duel(20, 15, 0.04, 0.06, SQUARE, 19, 14))
    assert found.p_attacker_wins == pytest.approx(0.8 / 1.7)
    assert found.mean_duration == pytest.approx(1 / 1.7)
    assert found.variance_duration == pytest.approx(1 / 1.7**2)


@pytest.mark.parametrize("law", [SQUARE, GUERRILLA, bracken(1.3, 0.7), Law(-1.0, 2.0, 0.5, 0.0)])
def test_a_thousand_against_a_thousand(law: Law) -> None:
    found = solve(Duel(1000, 1000, 0.04, 0.05, law))
    assert found.attackers.p.sum() == pytest.approx(1, rel=1e-12)
    assert found.defenders.p.sum() == pytest.approx(1, rel=1e-12)
    assert found.p_attacker_wins + found.attackers.p[0] == pytest.approx(1, rel=1e-12)
    assert found.mean_duration > 0
    assert found.variance_duration > 0


def test_what_is_all_but_impossible_is_no_nan() -> None:
    found = solve(Duel(1000, 100, 1e-9, 1e9))
    assert 0 <= found.p_attacker_wins < 1e-200
    assert found.defenders.mean == pytest.approx(100)
    assert np.isfinite([found.mean_duration, found.variance_duration]).all()
