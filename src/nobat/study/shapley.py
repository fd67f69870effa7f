"""How the worth of a game is shared out among its players (Shapley 1953).

A game gives each coalition of k players a worth v(S). The share of a player is what he adds on
joining, mean over all k! orders in which the players could join:

    phi_i = sum over S without i of |S|! (k - |S| - 1)! / k! (v(S and i) - v(S)).

It is the only rule by which the shares add up to v(all) - v(none), players who add the same get the
same, one who never adds anything gets nothing, and shares of a sum of games are sums of shares.

A coalition is told by its index: bit i is set where player i is in it.
"""

from __future__ import annotations

from math import comb

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def shapley(worths: Floats) -> Floats:
    """The share of each player.

    worths: (2^k, ...), by the index of the coalition; several games at once along the other axes.
    Returns (k, ...): exactly 0 for a player who adds exactly nothing anywhere. ValueError for a
    number of worths that is no power of two.
    """
    players = players_of(worths)
    index = np.arange(len(worths))
    found = []
    for i in range(players):
        without = index[index >> i & 1 == 0]
        added = worths[without | 1 << i] - worths[without]
        weights = [1.0 / (players * comb(players - 1, int(s).bit_count())) for s in without]
        found.append(np.tensordot(np.array(weights), added, axes=1))
    return np.stack(found)


def players_of(worths: Floats) -> int:
    """How many players a game has; ValueError for a number of worths that is no power of two."""
    players = max(0, len(worths).bit_length() - 1)
    if len(worths) != 1 << players:
        raise ValueError(f"{len(worths)} worths are no game: 2^k of them for k players")
    return players


def alone(worths: Floats) -> Floats:
    """What each player adds to nobody: v(i) - v(none), (k, ...)."""
    return np.stack([worths[1 << i] - worths[0] for i in range(players_of(worths))])


def last(worths: Floats) -> Floats:
    """What each player adds to all the others: v(all) - v(all but i), (k, ...)."""
    everyone = len(worths) - 1
    return np.stack([worths[-1] - worths[everyone ^ 1 << i] for i in range(players_of(worths))])
