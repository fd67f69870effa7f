"""What decides: shares of variance against functions whose shares are known."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from nobat.account.deciding import Scale, binned, bins_for, first, flips, thirds, total

Floats = NDArray[np.float64]


def cube(settings: int, quantities: int, seed: int = 1) -> Floats:
    """Independent points of the unit cube."""
    return np.random.default_rng(seed).random((settings, quantities))


def ishigami(x: Floats) -> Floats:
    """The function of Ishigami and Homma (1990) on the unit cube."""
    z = np.pi * (2 * x - 1)
    found: Floats = (
        np.sin(z[:, 0]) + 7 * np.sin(z[:, 1]) ** 2 + 0.1 * z[:, 2] ** 4 * np.sin(z[:, 0])
    )
    return found


def test_the_indices_of_ishigami() -> None:
    """Known: 0.3139, 0.4424 and 0; the third has no first-order share, so it is not named."""
    x = cube(4096, 3)
    found = first(x, ishigami(x))
    assert [j for j, _ in found.named] == [1, 0]
    by = dict(found.named)
    for j, known in ((0, 0.3139), (1, 0.4424)):
        assert by[j].low < by[j].value < by[j].high
        # What goes up and down within a bin is lost: 5 % of the second one's four slopes.
        assert by[j].value == pytest.approx(known, abs=0.04)


def test_total_indices_of_ishigami() -> None:
    """Known: 0.5576, 0.4424 and 0.2437."""
    x, other = cube(4096, 3), cube(4096, 3, seed=2)
    y = ishigami(x)
    for j, known in enumerate((0.5576, 0.4424, 0.2437)):
        anew = x.copy()
        anew[:, j] = other[:, j]
        index = total(ishigami(anew) - y, np.zeros(y.size), float(y.var(ddof=1)))
        assert index is not None
        assert index.low < known < index.high
        assert index.value == pytest.approx(known, abs=0.04)


def test_luck_is_taken_off_a_total() -> None:
    """A quantity that does nothing, seen through luck of a known variance."""
    rng = np.random.default_rng(3)
    changes = rng.normal(0, 1, 2000)
    index = total(changes, np.ones(2000), 10.0)
    assert index is not None
    assert index.value < 0.01
    assert index.low == 0.0


def test_noise_names_nobody() -> None:
    """Of 50 margins that are noise, some 5 % name one of 40 quantities: 2.5, fewer than 9."""
    named = 0
    for seed in range(50):
        rng = np.random.default_rng(seed)
        named += bool(first(rng.random((64, 40)), rng.normal(size=64)).named)
    assert named < 9


@pytest.mark.parametrize("gone", [0, 40])
def test_one_of_many_is_found(gone: int) -> None:
    """A quantity with half of the variance among 200, in 256 settings, some without a margin."""
    x = cube(256, 200)
    y = x[:, 17] + np.random.default_rng(5).normal(0, np.sqrt(1 / 12), 256)
    y[:gone] = np.nan
    found = first(x, y)
    j, index = found.named[0]
    assert j == 17
    assert index.low < 0.5 < index.high
    assert len(found.named) <= 2  # one of twenty such lists has a wrong name at its end
    assert found.floor < 0.2


def test_too_few_settings_name_nobody() -> None:
    x = cube(20, 2)
    assert first(x, x[:, 0]).named == ()
    x = cube(100, 2)
    assert first(x, np.ones(100)).named == ()


def test_bins() -> None:
    assert [bins_for(n) for n in (8, 64, 256, 2000, 65_536)] == [4, 4, 6, 13, 16]
    assert np.bincount(binned(cube(100, 1)[:, 0], 5)).tolist() == [20] * 5
    assert binned(np.array([3.0, 1.0, 3.0, 2.0]), 5).tolist() == [2, 0, 2, 1]


def test_a_flip_whose_place_is_known() -> None:
    x = cube(512, 1)[:, 0]
    y = x - 0.3 + np.random.default_rng(4).normal(0, 0.2, 512)
    found, middles, means = flips(x, y)
    (one,) = found
    assert one.rises
    assert one.low is not None
    assert one.high is not None
    assert one.low < 0.3 < one.high
    assert middles.size == means.size == bins_for(512)
    assert flips(x, y + 2)[0] == ()


def test_thirds() -> None:
    x = np.arange(9.0)
    held = np.array([0, 0, 0.5, 1, 0, 1, 1, 1, np.nan])
    low, high = thirds(x, held)
    assert low == pytest.approx(1 / 6)
    assert high == 1.0
    assert thirds(x[:2], held[:2]) == (None, None)


def test_a_few_large_margins_are_not_all_that_is_seen() -> None:
    """The sign hangs on one quantity, the size on luck with a heavy tail."""
    x = cube(256, 20)
    margins = (x[:, 3] - 0.5) * np.exp(np.random.default_rng(8).normal(0, 2.5, 256))
    scale = Scale.of(margins)
    assert scale.size == pytest.approx(np.median(np.abs(margins)))
    assert first(x, scale.at(margins)).named[0][0] == 3
    assert (np.sign(scale.at(margins)) == np.sign(margins)).all()


def test_noise_on_the_scale() -> None:
    """By the slope: 1 / sqrt(size^2 + margin^2)."""
    scale = Scale(2.0)
    margin, step = np.array([1.5]), 1e-4
    slope = (scale.at(margin + step) - scale.at(margin - step)) / (2 * step)
    assert scale.noise(margin, np.array([0.01])) == pytest.approx(slope**2 * 0.01)


def test_a_scale_of_nothing() -> None:
    assert Scale.of(np.array([0.0, np.nan])).size == 1.0
