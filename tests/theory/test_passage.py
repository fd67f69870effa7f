from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.integrate import quad
from scipy.linalg import expm

from nobat.theory import breach
from nobat.theory.breach import Layers, constant
from nobat.theory.passage import Passage
from tests.theory.test_breach import generator, stacks


@given(stacks, st.floats(0.0, 5.0))
def test_the_cdf_is_a_matrix_exponential(layers: Layers, share: float) -> None:
    if max(layers.down) > 50 * min(layers.breach):
        return
    days = share * breach.mean_time(layers)
    staying = expm(generator(layers) * days)[0].sum()
    assert Passage(layers).cdf(days) == pytest.approx(1.0 - staying, abs=1e-9)


@given(stacks, st.floats(0.001, 0.999))
def test_a_quantile_is_where_the_cdf_has_its_share(layers: Layers, share: float) -> None:
    law = Passage(layers)
    assert law.cdf(law.quantile(share)) == pytest.approx(share, rel=1e-9)


@pytest.mark.parametrize("days", [1e-80, 1e-20, 1e-3, 1.0, 20.0, 60.0])
def test_without_rebuilding_it_is_a_gamma(days: float) -> None:
    law = Passage(constant(3, 1.0, 0.0))
    assert law.cdf(days) == pytest.approx(stats.gamma.cdf(days, 3), rel=1e-12)


@pytest.mark.parametrize("share", [1e-250, 1e-9, 0.5, 1 - 1e-9])
def test_quantiles_of_the_gamma(share: float) -> None:
    law = Passage(constant(3, 1.0, 0.0))
    assert law.quantile(share) == pytest.approx(stats.gamma.ppf(share, 3), rel=1e-7)


@pytest.mark.parametrize(("layers", "down"), [(20, 10.0), (200, 2.0), (40, 1e6)])
def test_where_success_is_rare_the_time_is_exponential(layers: int, down: float) -> None:
    # The mean comes from another sum altogether; general matrix exponentials fail here.
    stack = constant(layers, 1.0, down)
    law, mean = Passage(stack), breach.mean_time(stack)
    for share in (0.05, 0.5, 0.95):
        assert law.quantile(share) == pytest.approx(-math.log1p(-share) * mean, rel=1e-6)
        assert law.cdf(-math.log1p(-share) * mean) == pytest.approx(share, rel=1e-6)


def test_the_mean_is_the_area_above_the_cdf() -> None:
    layers = Layers((0.7, 1.1, 0.4, 2.0), (0.3, 0.0, 0.9))
    law = Passage(layers)
    area = quad(lambda t: 1.0 - law.cdf(t), 0.0, 200.0, limit=400)[0]
    assert area == pytest.approx(breach.mean_time(layers), rel=1e-7)
    second = quad(lambda t: 2.0 * t * (1.0 - law.cdf(t)), 0.0, 200.0, limit=400)[0]
    assert second - area**2 == pytest.approx(breach.variance(layers), rel=1e-6)


def test_early_and_late() -> None:
    law = Passage(constant(7, 1.0, 0.3))
    assert law.cdf(0.0) == law.cdf(-1.0) == law.cdf(math.nan) == 0.0
    assert law.cdf(1e300) == law.cdf(math.inf) == 1.0
    # A short time again, after a long one: 0.001^7 / 7! of all have had seven breaches in a row.
    assert law.cdf(1e-3) == pytest.approx(1e-21 / math.factorial(7), rel=0.01)


def test_what_cannot_be_told() -> None:
    with pytest.raises(OverflowError, match="times the shortest stay"):
        Passage(constant(100, 1.0, 1e3))
    for share in (0.0, 1.0, -0.1, math.nan):
        with pytest.raises(ValueError, match="above 0 and below 1"):
            Passage(constant(1, 1.0, 0.0)).quantile(share)


def test_states_keep_to_one() -> None:
    law = Passage(constant(30, 1.0, 5.0))
    law.quantile(0.9)
    for _, step in law._rungs:
        assert step.sum(axis=1) == pytest.approx(1.0, abs=1e-14)
        assert (step >= 0.0).all()
        assert np.isfinite(step).all()
