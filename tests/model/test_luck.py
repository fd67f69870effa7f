from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from nobat.model import luck
from nobat.model.luck import Address

# Random123's published vectors for philox4x32, 10 rounds: counter, key, what comes out.
KNOWN = [
    (
        (0x00000000, 0x00000000, 0x00000000, 0x00000000),
        (0x00000000, 0x00000000),
        (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8),
    ),
    (
        (0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF),
        (0xFFFFFFFF, 0xFFFFFFFF),
        (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD),
    ),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]


@pytest.mark.parametrize(("counter", "key", "words"), KNOWN)
def test_philox_known_answers(
    counter: tuple[int, int, int, int], key: tuple[int, int], words: tuple[int, ...]
) -> None:
    assert tuple(int(word) for word in luck.philox(*counter, *key)) == words


def test_uniforms_are_inside_the_open_interval() -> None:
    assert 0.0 < luck.unit_interval(0) < luck.unit_interval(0xFFFFFFFF) < 1.0


@given(
    st.integers(0, 2**63 - 1), st.integers(0, 2**32 - 1), st.integers(0, 5000), st.integers(0, 63)
)
def test_an_entity_is_a_place_in_a_block_of_four(
    seed: int, replication: int, step: int, entity: int
) -> None:
    at = Address(seed, replication, step)
    block = luck.four(at, luck.SUICIDE, entity // 4)
    assert luck.uniform(at, luck.SUICIDE, entity) == block[entity % 4]


def test_every_part_of_the_address_matters() -> None:
    base = (7, 11, 13, luck.STEP, 0)
    seen = {luck.four(Address(*base[:3]), *base[3:])}
    for part in range(5):
        other = [*base]
        other[part] += 1
        seen.add(luck.four(Address(*other[:3]), other[3], other[4]))
    high = luck.four(Address(7 + 2**40, 11, 13), luck.STEP, 0)  # the seed's upper half too
    assert len(seen | {high}) == 7


@pytest.mark.parametrize(
    ("n", "p"), [(1, 0.5), (12, 0.03), (220, 0.01), (400, 0.2), (50, 0.97), (3000, 0.4)]
)
def test_binomial_has_its_law(n: int, p: float) -> None:
    # A fine even grid of uniforms: each value must get its probability, to one grid cell a piece.
    grid = 100_000
    x = -np.log1p(-p)
    draws = np.array([luck.binomial(float(n), x, (k + 0.5) / grid) for k in range(grid)])
    counts = np.bincount(draws.astype(int), minlength=n + 1) / grid
    assert np.abs(counts - stats.binom.pmf(np.arange(n + 1), n, p)).max() < 2.0 / grid
    assert draws.mean() == pytest.approx(n * p, rel=1e-3)


def test_binomial_at_its_edges() -> None:
    assert luck.binomial(0.0, 1.0, 0.5) == 0.0
    assert luck.binomial(10.0, 0.0, 0.999999) == 0.0
    assert luck.binomial(10.0, 800.0, 1e-9) == 10.0
    for u in (1e-10, 0.5, 1.0 - 1e-10):
        assert 0.0 <= luck.binomial(7.0, 0.3, u) <= 7.0
        assert 0.0 <= luck.binomial(40_000.0, 0.3, u) <= 40_000.0


@pytest.mark.parametrize("mean", [0.01, 0.7, 6.0, 60.0, 900.0])
def test_poisson_has_its_law(mean: float) -> None:
    grid = 50_000
    draws = np.array([luck.poisson(mean, (k + 0.5) / grid) for k in range(grid)])
    values = np.arange(draws.max() + 1)
    share = np.bincount(draws) / grid
    assert np.abs(share - stats.poisson.pmf(values, mean)).max() < 2.0 / grid


def test_skewed_tolls_have_their_mean() -> None:
    grid = 200_000
    for mean in (0.5, 4.0, 12.0):
        draws = np.array([luck.geometric(mean, (k + 0.5) / grid) for k in range(grid)])
        assert draws.mean() == pytest.approx(mean, rel=2e-3)
        assert (draws >= 0).all()
        assert stats.skew(draws) > 1.0
    assert luck.geometric(0.0, 0.3) == 0.0
