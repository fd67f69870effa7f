"""Shapley shares: against every order of the players, and by what singles them out."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations
from math import factorial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nobat.study.shapley import alone, last, players_of, shapley

GAMES = st.integers(1, 6).flatmap(
    lambda k: st.lists(st.integers(-1000, 1000), min_size=1 << k, max_size=1 << k)
)


def by_orders(worths: list[int]) -> list[Fraction]:
    """What each player adds on joining, mean over all orders, in whole fractions."""
    players = len(worths).bit_length() - 1
    total = [Fraction(0)] * players
    for order in permutations(range(players)):
        there = 0
        for player in order:
            total[player] += worths[there | 1 << player] - worths[there]
            there |= 1 << player
    return [one / factorial(players) for one in total]


@given(GAMES)
def test_against_every_order(worths: list[int]) -> None:
    found = shapley(np.array(worths, np.float64))
    assert found == pytest.approx([float(one) for one in by_orders(worths)], abs=1e-9)


def test_a_published_game() -> None:
    """Three gloves, one left and two right: a pair is worth 1 (Shapley's rule: 2/3, 1/6, 1/6)."""
    worths = [1.0 if game & 1 and game & 6 else 0.0 for game in range(8)]
    assert shapley(np.array(worths)) == pytest.approx([2 / 3, 1 / 6, 1 / 6])


@given(GAMES)
def test_shares_add_up(worths: list[int]) -> None:
    found = shapley(np.array(worths, np.float64))
    assert found.sum() == pytest.approx(worths[-1] - worths[0], abs=1e-9)


@given(GAMES, st.data())
def test_players_who_change_places_change_shares(worths: list[int], data: st.DataObject) -> None:
    players = players_of(np.array(worths))
    order = data.draw(st.permutations(range(players)))

    def moved(game: int) -> int:
        return sum(1 << order[i] for i in range(players) if game >> i & 1)

    other = np.empty(len(worths))
    for game, worth in enumerate(worths):
        other[moved(game)] = worth
    shares, again = shapley(np.array(worths, np.float64)), shapley(other)
    assert again[list(order)] == pytest.approx(shares, abs=1e-9)


@given(GAMES)
def test_one_who_adds_nothing_gets_exactly_nothing_and_changes_nothing(worths: list[int]) -> None:
    """He is put in front of the others: every worth stands twice."""
    found = shapley(np.repeat(np.array(worths, np.float64), 2))
    assert found[0] == 0.0
    assert found[1:] == pytest.approx(shapley(np.array(worths, np.float64)), abs=1e-9)


def test_several_games_at_once() -> None:
    games = np.random.default_rng(3).normal(size=(16, 5))
    found = shapley(games)
    assert found.shape == (4, 5)
    for k in range(5):
        assert found[:, k] == pytest.approx(shapley(games[:, k]))
    # Shares of a sum of games are sums of shares.
    assert shapley(games.sum(axis=1)) == pytest.approx(found.sum(axis=1))


def test_first_and_last() -> None:
    worths = np.array([1.0, 4.0, 3.0, 10.0])
    assert alone(worths).tolist() == [3.0, 2.0]
    assert last(worths).tolist() == [7.0, 6.0]
    assert shapley(worths).tolist() == [5.0, 4.0]


@pytest.mark.parametrize("count", [0, 3, 6])
def test_what_is_no_game(count: int) -> None:
    with pytest.raises(ValueError, match="2\\^k of them for k players"):
        shapley(np.zeros(count))
