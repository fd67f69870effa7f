"""A step as a matrix: from each state, on each ground, where it leads and how likely.

Every row is worked out once, when the state is first met; most steps then only multiply.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_array, vstack

from nobat.engine.exact.answer import Defenders
from nobat.engine.exact.fire import Cells, meet, shoot
from nobat.engine.exact.ground import Ground, Grounds, as_arrays
from nobat.engine.exact.law import (
    MOST_KEYS,
    Floats,
    Ints,
    Law,
    TooLargeError,
    Trim,
    of_rows,
    summed,
)
from nobat.engine.exact.numbers import Numbers
from nobat.engine.exact.situations import EVENTS
from nobat.engine.exact.space import Space

#: The most entries of the matrix: 12 bytes each.
MOST_MOVES = 10_000_000
#: So many states are worked out together, and so many rows lie between them and where they lead.
_AT_ONCE, _BETWEEN = 512, 2_000_000


class Moved(NamedTuple):
    """A law after a step, labelled by the situation before it, and what happened to the layers.

    expected: what the step brought, by the names of outcomes; left_out: probability cut off.
    """

    law: Law
    event: Ints
    expected: dict[str, float]
    left_out: float


class Numbering:
    """Keys and their numbers: 0, 1, 2, ... in the order in which they were first seen."""

    def __init__(self) -> None:
        self.keys = np.zeros(0, np.int64)
        self._order = np.zeros(0, np.int64)

    def unseen(self, keys: Ints) -> Ints:
        """Those of these keys that have no number yet, in rising order, each once."""
        found = np.sort(keys)
        if found.size:
            found = found[np.concatenate([[True], found[1:] != found[:-1]])]
        if not self.keys.size:
            return found
        place = np.searchsorted(self.keys, found, sorter=self._order).clip(max=self.keys.size - 1)
        new: Ints = found[self.keys[self._order[place]] != found]
        return new

    def add(self, keys: Ints) -> None:
        """Number keys that were unseen."""
        self.keys = np.concatenate([self.keys, keys])
        self._order = np.argsort(self.keys, kind="stable")

    def of(self, keys: Ints) -> Ints:
        """The numbers of keys that have one."""
        return self._order[np.searchsorted(self.keys, keys, sorter=self._order)]


class Moves:
    """The matrix of a campaign, which grows as states are met.

    least: ways of no more probability are left out.
    """

    def __init__(self, given: Numbers, space: Space, least: float) -> None:
        self._given, self._space, self._least = given, space, least
        self._grounds: dict[Ground, int] = {}
        self._cells, self._targets = Numbering(), Numbering()
        self._matrix = csr_array((0, 0), dtype=np.float64)
        self._expected: dict[str, Floats] = {}
        persons = [int(most) for most in space.most[: space.whole]]
        garrison = max(persons[space.garrison :]) + 1
        ways = math.prod(n + 1 for n in persons[: space.units]) * garrison
        self._at_once = max(1, min(_AT_ONCE, _BETWEEN // max(ways, max(persons) ** 2)))

    def go(self, law: Law, grounds: Sequence[Ground]) -> Moved:
        """One step of a law that is labelled by situation; grounds: of each situation."""
        number = [self._grounds.setdefault(one, len(self._grounds)) for one in grounds]
        if len(self._grounds) * self._space.size >= MOST_KEYS:
            raise TooLargeError(f"{len(self._grounds):,} x {self._space.size:,} states")
        keys = np.array(number, np.int64)[law.label] * self._space.size + law.state
        self._learn(self._cells.unseen(keys))
        cell, cells = self._cells.of(keys), self._cells.keys.size
        begun = csr_array((law.p, (law.label, cell)), shape=(len(grounds), cells))
        ended = (begun @ self._matrix).tocoo()
        chance = summed(cell, law.p, cells)
        found = self._targets.keys[ended.col]
        after = Law(ended.data, ended.row.astype(np.int64), found // EVENTS)
        expected = {name: float((chance * each).sum()) for name, each in self._expected.items()}
        return Moved(after, found % EVENTS, expected, expected.pop("left_out"))

    def _learn(self, keys: Ints) -> None:
        """Work out where these states lead: so many more rows of the matrix."""
        if keys.size == 0:
            return
        grounds = as_arrays(list(self._grounds), self._space.layers)
        self._cells.add(keys)
        blocks = []
        for start in range(0, keys.size, self._at_once):
            some = keys[start : start + self._at_once]
            blocks.append(
                self._rows_of(grounds, Cells(some // self._space.size, some % self._space.size))
            )
        columns = self._targets.keys.size
        for rows in (self._matrix, *blocks):
            rows.resize((rows.shape[0], columns))
        self._matrix = vstack([self._matrix, *blocks], format="csr")
        if self._matrix.nnz > MOST_MOVES:
            ways = f"{self._matrix.nnz:,} ways from state to state"
            raise TooLargeError(f"{ways} ({MOST_MOVES:,} at most)")

    def _rows_of(self, grounds: Grounds, cells: Cells) -> Any:
        """The rows of some cells; what is to be expected from each is kept beside the matrix."""
        given, space, size = self._given, self._space, cells.state.size
        contact, trim = meet(given, grounds, space, cells), Trim(self._least, cells.state.size)
        shot = shoot(given, grounds, space, cells, contact, trim)
        law, event, expected = Defenders(given, grounds, space, contact, trim).answer(shot.law)
        kept = trim.kept(law.p, law.label)
        law, target = of_rows(law, kept), law.state[kept] * EVENTS + event[kept]
        self._targets.add(self._targets.unseen(target))
        expected |= {
            "attacker_losses": shot.attackers,
            "defender_losses": shot.defenders,
            "left_out": trim.left_out,
        }
        for name, each in expected.items():
            self._expected[name] = np.concatenate([self._expected.get(name, np.zeros(0)), each])
        column = self._targets.of(target)
        return csr_array((law.p, (law.label, column)), shape=(size, self._targets.keys.size))
