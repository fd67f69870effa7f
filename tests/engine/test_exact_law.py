"""The rows of a distribution: binomial losses, what is merged, what is left out."""

from __future__ import annotations

import math

import numpy as np
import pytest

from nobat.engine.exact.law import Law, TooLargeError, Trim, binomial, merged, thinned
from nobat.engine.exact.moves import Numbering
from nobat.engine.exact.numbers import read
from nobat.engine.exact.space import at_start, space_of
from tests.tiny import busy


def law(p: list[float], label: list[int], state: list[int]) -> Law:
    return Law(np.array(p), np.array(label), np.array(state))


@pytest.mark.parametrize("hazard", [0.0, 1e-9, 0.3, 40.0])
def test_the_binomial_law(hazard: float) -> None:
    (table,) = binomial(6, np.array([hazard]))
    q, left = -math.expm1(-hazard), math.exp(-hazard)
    for n in range(7):
        for k in range(7):
            exact = math.comb(n, k) * q**k * left ** (n - k) if k <= n else 0.0
            assert table[n, k] == pytest.approx(exact, rel=1e-12, abs=1e-300)
    np.testing.assert_allclose(table.sum(axis=1), 1.0, rtol=1e-14)


def test_each_row_loses_under_the_hazard_of_its_label() -> None:
    given = law([0.5, 0.25, 0.25], [0, 1, 1], [7, 8, 9])
    found = thinned(given, np.array([2, 1, 0]), np.array([math.log(2), 0.0]), Trim(0.0, 2))
    assert found.origin.tolist() == [0, 0, 0, 1, 2]
    assert found.lost.tolist() == [0, 1, 2, 0, 0]
    np.testing.assert_allclose(found.law.p, [0.125, 0.25, 0.125, 0.25, 0.25])
    assert found.law.state.tolist() == [7, 7, 7, 8, 9]


def test_what_is_left_out_is_added_up_by_label() -> None:
    trim = Trim(0.1, 3)
    kept = trim.kept(np.array([0.5, 0.1, 0.05, 0.2]), np.array([0, 1, 1, 2]))
    assert kept.tolist() == [0, 3]
    np.testing.assert_allclose(trim.left_out, [0.0, 0.15, 0.0])


def test_equal_rows_become_one() -> None:
    found = merged(law([0.1, 0.2, 0.3, 0.4], [1, 0, 1, 1], [5, 5, 5, 2]), 10)
    assert found.label.tolist() == [0, 1, 1]
    assert found.state.tolist() == [5, 2, 5]
    np.testing.assert_allclose(found.p, [0.2, 0.4, 0.4])
    nothing = law([], [], [])
    assert merged(nothing, 10).p.size == 0
    with pytest.raises(TooLargeError, match="states"):
        merged(law([1.0], [1], [5]), 2**62)


def test_keys_keep_the_numbers_that_they_have_got() -> None:
    numbering = Numbering()
    for keys, unseen in (([5, 3, 5], [3, 5]), ([4, 3], [4]), ([3, 4, 5], [])):
        found = numbering.unseen(np.array(keys))
        assert found.tolist() == unseen
        numbering.add(found)
    assert numbering.of(np.array([4, 3, 5, 3])).tolist() == [2, 0, 1, 0]


def test_a_state_is_made_of_its_counts() -> None:
    given = read(busy(), "go")
    space = space_of(given)
    state = np.array([at_start(given, space)])
    counts = [int(space.count(state, column)[0]) for column in range(space.most.size)]
    assert counts == [3, 3, 2, 2, 2, 2, 1, 0]
    everything = int(space.most @ space.stride)
    assert everything == space.size - 1
