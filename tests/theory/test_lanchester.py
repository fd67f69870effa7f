from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nobat.theory.lanchester import (
    GUERRILLA,
    LINEAR,
    LOGARITHMIC,
    SQUARE,
    Duel,
    Law,
    almost,
    bracken,
    ending,
    invariant,
    square_ending,
)

laws = st.one_of(
    st.sampled_from([SQUARE, LINEAR, LOGARITHMIC, GUERRILLA, GUERRILLA.swapped()]),
    st.builds(Law, *[st.sampled_from([0.0, 0.25, 0.5, 1.0, 1.5])] * 4),
)
strengths = st.floats(1.0, 1e4)
rates = st.floats(1e-3, 10.0)
shares = st.floats(0.0, 0.9)


@st.composite
def duels(draw: st.DrawFn) -> Duel:
    x, y = draw(strengths), draw(strengths)
    return Duel(x, y, draw(rates), draw(rates), draw(laws), x * draw(shares), y * draw(shares))


def flow(duel: Duel, steps: int = 20_000) -> tuple[float, float, float]:
    """The fight by small steps of the losses themselves (Heun), until a side is beaten."""
    x, y, time = duel.attackers, duel.defenders, 0.0
    while x > duel.attackers_break and y > duel.defenders_break:
        on_x, on_y = duel.attackers_fall(x, y), duel.defenders_fall(x, y)
        dt = min(x / on_x, y / on_y) / steps * 20
        x1, y1 = x - on_x * dt, y - on_y * dt
        x, y = (
            x - 0.5 * dt * (on_x + duel.attackers_fall(x1, y1)),
            y - 0.5 * dt * (on_y + duel.defenders_fall(x1, y1)),
        )
        time += dt
    return x, y, time


def test_losses_of_a_step() -> None:
    duel = Duel(100, 80, 0.01, 0.02, Law(1.0, 0.5, 2.0, 0.0))
    assert duel.defenders_fall(100, 64) == pytest.approx(8)
    assert duel.attackers_fall(100, 10) == pytest.approx(2)
    assert duel.defenders_fall(0, 10) == duel.attackers_fall(10, 0) == 0
    assert duel.swapped().swapped() == duel
    assert duel.swapped().attackers_fall(64, 100) == duel.defenders_fall(100, 64)


@pytest.mark.parametrize(
    ("law", "said"),
    [
        (SQUARE, "square"),
        (LOGARITHMIC, "log"),
        (bracken(1, 0.5), "p = 1, q = 0.5"),
        (GUERRILLA.swapped(), "p = 1 and 1, q = 1 and 0"),
    ],
)
def test_laws_by_name(law: Law, said: str) -> None:
    assert str(law) == said


@pytest.mark.parametrize(
    ("law", "kept"),
    [
        (SQUARE, (2 * 9**2 - 3 * 4**2) / 2),
        (LINEAR, 2 * 9 - 3 * 4),
        (LOGARITHMIC, 2 * math.log(9) - 3 * math.log(4)),
        (GUERRILLA, 2 * 9 - 3 * 4**2 / 2),
        (Law(2.0, 0.0, 0.0, 0.0), 2 * 9**3 / 3 - 3 * 4),
    ],
)
def test_invariants(law: Law, kept: float) -> None:
    assert invariant(Duel(9, 4, 2, 3, law), 9, 4) == pytest.approx(kept)


@given(duels())
def test_the_ending_has_the_invariant_of_the_start(duel: Duel) -> None:
    end = ending(duel)
    assume(end.winner is not None and end.attackers > 1e-3 and end.defenders > 1e-3)
    before = invariant(duel, duel.attackers, duel.defenders)
    after = invariant(duel, end.attackers, end.defenders)
    size = abs(before) + abs(after) + abs(duel.attackers_worth())
    assert after == pytest.approx(before, abs=1e-9 * size)
    assert end == ending(duel.swapped())._replace(
        winner=end.winner, attackers=end.attackers, defenders=end.defenders
    )


@pytest.mark.parametrize("law", [SQUARE, LINEAR, LOGARITHMIC, GUERRILLA, bracken(0.8, 0.4)])
@pytest.mark.parametrize("breaks", [(30.0, 20.0), (10.0, 50.0), (60.0, 5.0)])
def test_endings_are_those_of_small_steps(law: Law, breaks: tuple[float, float]) -> None:
    duel = Duel(100, 90, 0.02, 0.015, law, *breaks)
    end = ending(duel)
    x, y, time = flow(duel)
    assert (end.attackers, end.defenders) == pytest.approx((x, y), rel=5e-3)
    assert end.duration == pytest.approx(time, rel=5e-3)


@given(strengths, strengths, rates, rates)
def test_the_square_law_in_closed_form(x: float, y: float, a: float, b: float) -> None:
    # Close to parity the time hangs on the last digits of the strengths.
    assume(abs(a * x * x / (b * y * y) - 1) > 1e-3)
    found, other = square_ending(x, y, a, b), ending(Duel(x, y, a, b))
    assert found.winner == other.winner
    assert found[1:] == pytest.approx(other[1:], rel=1e-9, abs=1e-9)
    # A breakpoint that hardly counts goes the way of the integral.
    nearly = ending(Duel(x, y, a, b, SQUARE, 1e-9 * x, 1e-9 * y))
    assert nearly.duration == pytest.approx(found.duration, rel=1e-6)


def test_parity_never_ends() -> None:
    assert square_ending(20, 20, 1, 1) == (None, 0, 0, math.inf)
    assert ending(Duel(20, 10, 1, 4)) == (None, 0, 0, math.inf)
    # 0.1 x 30^2 is not 0.9 x 10^2 in floating point, but nearly.
    assert ending(Duel(30, 10, 0.1, 0.9)).winner is None


def test_what_is_level_with_breakpoints_ends_together() -> None:
    end = ending(Duel(20, 20, 1, 1, SQUARE, 5, 5))
    assert (end.winner, end.attackers, end.defenders) == (None, 5, 5)
    assert end.duration == pytest.approx(math.log(4))  # both fall as exp(-t)
    # Losses that hang on nothing: both fall by one in a unit of time.
    one = ending(Duel(20, 25, 1, 1, Law(0.0, 0.0, 0.0, 0.0), 0, 5))
    assert one[:3] == (None, 0, 5)
    assert one.duration == pytest.approx(20)


@pytest.mark.parametrize("law", [LINEAR, GUERRILLA.swapped(), bracken(1, 1.5)])
def test_who_is_hit_by_area_fire_is_never_quite_gone(law: Law) -> None:
    end = ending(Duel(100, 10, 1, 1, law))
    assert (end.winner, end.duration, end.defenders) == ("attacker", math.inf, 0)
    assert math.isfinite(ending(Duel(100, 10, 1, 1, law, 0, 1)).duration)


def test_the_logarithmic_law_has_no_winner_without_breakpoints() -> None:
    assert ending(Duel(100, 10, 1, 1, LOGARITHMIC)) == (None, 0, 0, math.inf)
    end = ending(Duel(100, 10, 0.5, 0.1, LOGARITHMIC, 0, 1))
    assert end.winner == "attacker"
    assert end.duration == pytest.approx(math.log(10) / 0.5)
    assert end.attackers == pytest.approx(100 * 10 ** (-0.1 / 0.5))


def test_breakpoints_are_raised_not_lowered() -> None:
    raised = almost(Duel(100, 50, 1, 1, SQUARE, 0, 30), 0.1)
    assert (raised.attackers_break, raised.defenders_break) == (10, 30)
