from __future__ import annotations

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from nobat.theory import breach as theory
from nobat.theory.breach import Layers, constant

rates = st.floats(1e-3, 1e3)
stacks = st.integers(1, 8).flatmap(
    lambda n: st.builds(
        Layers,
        st.tuples(*[rates] * n),
        st.tuples(*[rates | st.just(0.0)] * (n - 1)),
    )
)


def generator(layers: Layers) -> np.ndarray:
    """The rates between 0 .. L - 1 layers carried, success left out."""
    q = np.diag([-up - down for up, down in zip(layers.breach, layers.down, strict=True)])
    q += np.diag(layers.breach[:-1], 1) + np.diag(layers.rebuild, -1)
    return q


@pytest.mark.parametrize(
    ("breach", "days", "never"), [(1.0, 9.387889, 0.20717621), (1 / 3, 69.140163, 0.02125764)]
)
def test_seven_layers_with_the_figures_of_the_model(
    breach: float, days: float, never: float
) -> None:
    layers = constant(7, breach, 0.3)
    assert theory.mean_time(layers) == pytest.approx(days, rel=1e-9)
    assert theory.p_never_rebuilt(layers) == pytest.approx((breach / (breach + 0.3)) ** 6)
    if breach == 1.0:
        assert theory.p_never_rebuilt(layers) == pytest.approx(never, rel=1e-6)


@given(st.integers(1, 12), rates, rates)
def test_constant_rates_are_the_double_sum(count: int, up: float, down: float) -> None:
    total = sum((down / up) ** i for k in range(count) for i in range(k + 1)) / up
    assert theory.mean_time(constant(count, up, down)) == pytest.approx(total)


@settings(max_examples=30)
@given(stacks)
def test_moments_solve_the_linear_equations(layers: Layers) -> None:
    # -Q m = 1 for the means, -Q s = 2 m for the second moments, in exact fractions.
    q = [[Fraction(float(x)) for x in row] for row in generator(layers)]
    for k, (up, down) in enumerate(zip(layers.breach, layers.down, strict=True)):
        q[k][k] = -Fraction(up) - Fraction(down)
    means = solve(q, [Fraction(-1)] * layers.count)
    squares = solve(q, [-2 * m for m in means])
    assert theory.mean_time(layers) == pytest.approx(float(means[0]), rel=1e-14)
    spread = float(squares[0] - means[0] ** 2)
    assert theory.variance(layers) == pytest.approx(spread, rel=1e-14)


def solve(rows: list[list[Fraction]], right: list[Fraction]) -> list[Fraction]:
    """Gauss on fractions."""
    n, rows = len(right), [[*row, b] for row, b in zip(rows, right, strict=True)]
    for k in range(n):
        rows[k] = [x / rows[k][k] for x in rows[k]]
        for other in range(n):
            if other != k and rows[other][k]:
                factor = rows[other][k]
                rows[other] = [x - factor * y for x, y in zip(rows[other], rows[k], strict=True)]
    return [row[-1] for row in rows]


@given(stacks)
def test_the_variance_is_that_of_a_sum_of_exponentials(layers: Layers) -> None:
    # The time to the top of a birth-death chain is a sum of independent exponentials, whose rates
    # are the eigenvalues of its generator (Keilson 1979).
    if max(layers.down) > 20 * min(layers.breach):
        return  # the eigenvalues lose what the sums keep
    values = -np.linalg.eigvals(generator(layers)).real
    assert theory.mean_time(layers) == pytest.approx((1 / values).sum(), rel=1e-5)
    assert theory.variance(layers) == pytest.approx((1 / values**2).sum(), rel=1e-5)


@given(stacks)
def test_as_many_go_up_as_come_down_and_pass(layers: Layers) -> None:
    # Events: L + 2 x rebuilt. Their number is also that of the visits of the jump chain.
    jumps = np.diag([1.0] * layers.count)
    for k, (up, down) in enumerate(zip(layers.breach, layers.down, strict=True)):
        if k + 1 < layers.count:
            jumps[k, k + 1] -= up / (up + down)
        if k:
            jumps[k, k - 1] -= down / (up + down)
    visits = np.linalg.solve(jumps.T, np.eye(layers.count)[0])
    found = layers.count + 2 * theory.mean_rebuilt(layers)
    assert visits.sum() == pytest.approx(found, rel=1e-3)


def test_one_layer_is_an_exponential_and_without_rebuilding_a_sum() -> None:
    assert theory.mean_time(constant(1, 0.25, 9.0)) == 4.0
    assert theory.variance(constant(1, 0.25, 9.0)) == 16.0
    several = Layers((1.0, 2.0, 4.0), (0.0, 0.0))
    assert theory.mean_time(several) == 1.75
    assert theory.variance(several) == 1 + 1 / 4 + 1 / 16
    assert theory.p_never_rebuilt(several) == 1.0
    assert theory.mean_rebuilt(several) == 0.0


@pytest.mark.parametrize(
    ("up", "days"),
    [
        ((0.1, 1.0, 1.0), 10 + 6 + 4),  # 1 / 0.1; 1 + 0.5 x 10; 1 + 0.5 x 6
        ((1.0, 0.1, 1.0), 1 + 15 + 8.5),
        ((1.0, 1.0, 0.1), 1 + 1.5 + 17.5),
    ],
)
def test_one_slow_layer_of_three_by_hand(up: tuple[float, ...], days: float) -> None:
    assert theory.mean_time(Layers(up, (0.5, 0.5))) == pytest.approx(days)


@pytest.mark.parametrize(("layers", "down"), [(200, 2.0), (60, 1e3), (300, 1e7)])
def test_many_layers_and_extreme_ratios_as_fractions(layers: int, down: float) -> None:
    x = Fraction(down)
    exact = sum((x ** (k + 1) - 1) / (x - 1) for k in range(layers))
    log = math.log10(exact.numerator) - math.log10(exact.denominator)
    stack = constant(layers, 1.0, down)
    assert theory.log10(stack.exact.mean_time) == pytest.approx(log, rel=1e-14)
    if log < 308:
        assert theory.mean_time(stack) == pytest.approx(float(exact), rel=1e-15)
        return
    with pytest.raises(OverflowError, match=r"the mean time is beyond floating point: 10 to the"):
        theory.mean_time(stack)
    with pytest.raises(OverflowError, match="the chance that nothing is rebuilt"):
        theory.p_never_rebuilt(stack)


@pytest.mark.parametrize(
    ("up", "down"),
    [((), ()), ((1.0,), (1.0,)), ((0.0,), ()), ((-1.0,), ()), ((1.0, 1.0), (-0.1,)),
     ((math.nan,), ()), ((math.inf,), ()), ((1.0, 1.0), (math.inf,))],
)  # fmt: skip
def test_what_are_no_layers(up: tuple[float, ...], down: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="rate"):
        Layers(up, down)


def test_a_race_is_the_negative_binomial() -> None:
    for n, m in itertools.product((1, 2, 5, 40), repeat=2):
        for p in (0.1, 0.5, 0.8):
            exact = stats.nbinom.cdf(m - 1, n, p)
            assert theory.race(n, m, p, 1 - p) == pytest.approx(exact, rel=1e-9)
    assert theory.race(3, 3, 2.0, 2.0) == pytest.approx(0.5)
    assert theory.race(2, 1, 1.0, 3.0) == pytest.approx(1 / 16)  # both of the first two


def test_a_race_run_event_by_event() -> None:
    # Two Poisson streams: the n-th of one against the m-th of the other.
    luck, runs = np.random.default_rng(7), 200_000
    first, other = luck.gamma(4, 1 / 0.5, runs), luck.gamma(3, 1 / 0.3, runs)
    exact = theory.race(4, 3, 0.5, 0.3)
    assert abs((first < other).mean() - exact) < 4.5 * math.sqrt(exact * (1 - exact) / runs)


@pytest.mark.parametrize(
    ("n", "m", "rate"), [(0, 1, 1.0), (1, 0, 1.0), (1.5, 2, 1.0), (1, 1, 0.0), (1, 1, -1.0)]
)
def test_what_is_no_race(n: int, m: int, rate: float) -> None:
    with pytest.raises(ValueError, match="race"):
        theory.race(n, m, rate, 1.0)
