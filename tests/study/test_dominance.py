"""Dominance on points of one's choice, with and without noise."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from nobat.study.dominance import standings

N = 400
NOISE = np.random.default_rng(1).normal(0, 1, N)
NOISE -= NOISE.mean()


def flat(*values: float) -> list[NDArray[np.float64]]:
    """Points whose replications all have the same value."""
    return [np.full(N, value) for value in values]


def test_what_no_other_beats_is_on_the_frontier() -> None:
    found = list(standings(flat(10, 20, 30, 25), flat(9, 5, 1, 6)))
    assert [one for one, _ in found] == ["frontier", "frontier", "frontier", "beaten"]
    assert [by for _, by in found] == [None, None, None, 1]


def test_as_low_in_one_and_lower_in_the_other_is_enough() -> None:
    found = list(standings(flat(10, 10, 11), flat(3, 2, 2)))
    assert found == [("beaten", 1), ("frontier", None), ("beaten", 1)]


def test_equal_points_do_not_beat_each_other() -> None:
    assert [one for one, _ in standings(flat(10, 10), flat(2, 2))] == ["frontier", "frontier"]


def test_a_single_best_point_beats_all_others() -> None:
    found = list(standings(flat(3, 1, 2), flat(3, 1, 2)))
    assert found == [("beaten", 1), ("frontier", None), ("beaten", 1)]


@pytest.mark.parametrize(("ahead", "standing"), [(0.01, "not surely"), (1.0, "beaten")])
def test_beaten_within_noise_is_not_surely_beaten(ahead: float, standing: str) -> None:
    """The paired difference has mean `ahead` and deviation 1: a standard error of 0.05."""
    losses = [np.full(N, 10.0), 10.0 + ahead + NOISE]
    assert list(standings(losses, flat(1, 2))) == [("frontier", None), (standing, 0)]


def test_noise_that_both_share_does_not_hide_who_is_better() -> None:
    shared = 10 * NOISE
    losses = [10 + shared, 10.01 + shared]
    assert list(standings(losses, flat(1, 1)))[1] == ("beaten", 0)


def test_a_sure_one_is_named_before_a_nearer_doubtful_one() -> None:
    losses = [np.full(N, 5.0), 9.99 + NOISE, np.full(N, 10.0)]
    assert list(standings(losses, flat(1, 1.5, 2)))[2] == ("beaten", 0)


def test_one_replication_makes_nothing_sure() -> None:
    one = [np.array([1.0]), np.array([2.0])]
    assert [found for found, _ in standings(one, one)] == ["frontier", "not surely"]
