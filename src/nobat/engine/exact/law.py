"""Distributions as rows, each a state with its probability; and the binomial law of losses."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

#: A key, label and state together, is one 64-bit number below this.
MOST_KEYS = 2**62


class TooLargeError(Exception):
    """More states, or more ways from one to the next, than can be held; the text says how many."""


class Law(NamedTuple):
    """Rows of a distribution, (K,).

    p: probability; label: what the row belongs to: the cell that it comes from, or a situation;
    state: the counts of persons as one number.
    """

    p: Floats
    label: Ints
    state: Ints


def of_rows(law: Law, rows: Ints | Bools) -> Law:
    """Some rows of a law, by number or by a mask."""
    return Law(law.p[rows], law.label[rows], law.state[rows])


def joined(laws: Sequence[Law]) -> Law:
    """Several laws' rows, one after the other."""
    p, label, state = zip(*laws, strict=True)
    return Law(np.concatenate(p), np.concatenate(label), np.concatenate(state))


def merged(law: Law, size: int) -> Law:
    """Equal rows as one, their probabilities added, in the order of label and state.

    size: how many states there can be. Raises TooLargeError where keys do not fit into 64 bits.
    """
    if law.p.size == 0:
        return law
    if size * (int(law.label.max()) + 1) >= MOST_KEYS:
        raise TooLargeError(f"{int(law.label.max()) + 1:,} x {size:,} states")
    key = law.label * size + law.state
    order = np.argsort(key, kind="stable")
    key = key[order]
    first = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]]))
    return Law(np.add.reduceat(law.p[order], first), key[first] // size, key[first] % size)


def summed(label: Ints, amount: Floats, labels: int) -> Floats:
    """The sum of an amount over the rows of each label, (labels,)."""
    found: Floats = np.bincount(label, amount, minlength=labels).astype(np.float64)
    return found


@lru_cache(maxsize=16)
def _ways(most: int) -> Floats:
    """Binomial coefficients C(n, k) for n, k = 0 .. most, 0 for k above n."""
    size = range(most + 1)
    return np.array([[math.comb(n, k) for k in size] for n in size], np.float64)


def binomial(most: int, hazard: Floats) -> Floats:
    """P(k of n are lost), each on his own with probability q = 1 - exp(-hazard).

    C(n, k) q^k (1 - q)^(n - k) for each hazard and n, k = 0 .. most, (H, most + 1, most + 1); 0 for
    k above n.
    """
    lost = np.power.outer(-np.expm1(-hazard), np.arange(most + 1))
    left = np.maximum(np.subtract.outer(np.arange(most + 1), np.arange(most + 1)), 0)
    table: Floats = _ways(most) * lost[:, None, :] * np.exp(-np.multiply.outer(hazard, left))
    return table


class Trim:
    """Leaves out rows of no more probability than `least`, and adds up what that costs each label.

    left_out: probability left out so far, of each label, (labels,).
    """

    def __init__(self, least: float, labels: int) -> None:
        self.least, self.left_out = least, np.zeros(labels)

    def kept(self, p: Floats, label: Ints) -> Ints:
        """The rows that stay."""
        small = p <= self.least
        rows = np.flatnonzero(small)
        self.left_out += summed(label[rows], p[rows], self.left_out.size)
        return np.flatnonzero(~small)


class Fallen(NamedTuple):
    """A law after losses: it, with each row's origin and the persons lost."""

    law: Law
    origin: Ints
    lost: Ints


def thinned(law: Law, n: Ints, hazard: Floats, trim: Trim) -> Fallen:
    """Each of n persons is lost on his own; the states are left as they are.

    n: of each row, (K,); hazard: of each label, over the step.
    """
    table = binomial(int(n.max(initial=0)), hazard)
    outcomes = np.where(hazard[law.label] > 0.0, n, 0) + 1
    origin = np.repeat(np.arange(n.size), outcomes)
    lost = np.arange(origin.size) - np.repeat(np.cumsum(outcomes) - outcomes, outcomes)
    label = law.label[origin]
    p = law.p[origin] * table[label, n[origin], lost]
    kept = trim.kept(p, label)
    origin = origin[kept]
    return Fallen(Law(p[kept], label[kept], law.state[origin]), origin, lost[kept])
