from __future__ import annotations

import numpy as np
import pytest

from nobat.theory.history import exponents, helmbold_ratios, helmbold_relation, line
from nobat.theory.lanchester import LINEAR, LOGARITHMIC, SQUARE, Duel, Law
from nobat.theory.lanchester_course import strengths


def test_a_line_by_hand() -> None:
    found = line([0, 1, 2, 3], [1, 3, 4, 8])
    assert found.slope == pytest.approx(2.2)
    assert found.intercept == pytest.approx(0.7)
    # Left over: 0.3, 0.1, -1.1, 0.7; their squares 1.8, over 2 degrees of freedom and 5.
    assert found.slope_error == pytest.approx((1.8 / 2 / 5) ** 0.5)
    assert found.r2 == pytest.approx(1 - 1.8 / 26)
    assert found.n == 4
    assert line([0, 1, 2], [5, 5, 5]).r2 == 1


@pytest.mark.parametrize(
    ("x", "y", "said"),
    [
        ([1, 2], [1, 2], "three points"),
        ([1, 1, 1], [1, 2, 3], "different x"),
        ([1], [1, 2], "as many"),
    ],
)
def test_no_line(x: list[float], y: list[float], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        line(x, y)


@pytest.mark.parametrize(("law", "slope"), [(SQUARE, 0.0), (LINEAR, 1.0), (LOGARITHMIC, 2.0)])
def test_the_slope_of_helmbolds_relation_tells_the_law(law: Law, slope: float) -> None:
    # Short fights, so that the strengths hardly move: of 1,000 against 500 to 2,000.
    ours, theirs = np.full(8, 1000.0), np.linspace(500, 2000, 8)
    left = np.array(
        [
            strengths(Duel(x, y, 1.0, 1.0, law), 1e-6 if law == LINEAR else 1e-3)
            for x, y in zip(ours, theirs, strict=True)
        ]
    )
    found = helmbold_relation(ours, left[:, 0], theirs, left[:, 1])
    assert found.slope == pytest.approx(slope, abs=5e-3)


def test_helmbolds_ratios() -> None:
    force, spent = helmbold_ratios([100], [80], [50], [40])
    assert force == pytest.approx(np.log([2]))
    assert spent == pytest.approx(np.log([(10_000 - 6_400) / (2_500 - 1_600)]))


def test_exponents_come_back() -> None:
    luck = np.random.default_rng(1)
    x, y = luck.uniform(100, 200, (2, 12))
    found = exponents(x, 0.02 * y**1.3 * x**0.4, y, 0.03 * x**1.3 * y**0.4)
    assert tuple(found) == pytest.approx((1.3, 0.4, 0.03, 0.02), rel=1e-9)
