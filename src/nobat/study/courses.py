"""The courses of many replications, a row for each day: computed, or noted while a run is made."""

from __future__ import annotations

import hashlib
import math
import pickle
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nobat.engine import cpu
from nobat.model.ledger import TRACE
from nobat.model.outcome import OUTCOMES
from nobat.model.state import Plan

Floats = NDArray[np.float64]

#: Replications of each doctrine whose days are looked at: the 5 % ends of a band then stand on ten.
COUNT = 200

#: What is told of each day, by the column of a trace that it is the mean of over the day's steps.
MEANS = {
    "attacker_effectiveness": "effectiveness",
    "defender_effectiveness": "defender_effectiveness",
    "supply_share": "supply_factor",
}
#: Those that mean something only while the sides are in contact: other steps are left out.
IN_CONTACT = frozenset({"defender_effectiveness"})
#: What is told of each day as it ends.
ENDS = {"stock_t": "stock_t", "rest_debt_days": "rest_debt_days"}


class Courses(NamedTuple):
    """Some replications of one plan: their outcomes, and their days from 0, the start, on.

    rows: (replications, outcomes). layers: in the attacker's hands as each day ends, (replications,
    days). going: whether a campaign went on into that day. values: by name, (replications, days).
    """

    rows: Floats
    layers: Floats
    going: NDArray[np.bool_]
    values: Mapping[str, Floats]

    def first(self, count: int) -> Courses:
        """The first so many of them."""
        values = {name: each[:count] for name, each in self.values.items()}
        return Courses(self.rows[:count], self.layers[:count], self.going[:count], values)


#: What this process has noted of the first replications: by all that they depend on.
_noted: dict[tuple[bytes, int], Courses] = {}


def noting(plan: Plan, seed: int, first: int, count: int) -> Floats:
    """Outcomes as `nobat.engine.cpu.simulate` gives them; the days of the first ones are noted.

    So a report that follows need not compute them again.
    """
    if first:
        return cpu.simulate(plan, seed, first, count)
    found = _computed(plan, seed, range(min(count, COUNT)))
    _noted[_address(plan), seed] = found
    rest = count - len(found.rows)
    return np.concatenate([found.rows, cpu.simulate(plan, seed, len(found.rows), rest)])


def of(plan: Plan, seed: int, numbers: Sequence[int]) -> Courses:
    """The courses of some replications of a plan, computed unless they are noted."""
    noted = _noted.get((_address(plan), seed))
    if noted is not None and list(numbers) == list(range(min(len(numbers), len(noted.rows)))):
        return noted.first(len(numbers))
    return _computed(plan, seed, numbers)


def _address(plan: Plan) -> bytes:
    """What a plan holds, as a hash."""
    return hashlib.sha256(pickle.dumps(plan)).digest()


def _computed(plan: Plan, seed: int, numbers: Sequence[int]) -> Courses:
    """The courses of some replications, day by day."""
    shape = (len(numbers), math.ceil(plan.horizon / plan.day) + 1)
    rows = np.zeros((len(numbers), len(OUTCOMES)))
    layers, going = np.zeros(shape), np.zeros(shape, np.bool_)
    values = {name: np.full(shape, np.nan) for name in {**MEANS, **ENDS}}
    for place, (row, trace) in enumerate(cpu.traces(plan, seed, numbers)):
        starts = np.arange(0, len(trace), plan.day)
        ends = np.minimum(starts + plan.day, len(trace)) - 1
        over = len(starts)
        rows[place] = row
        going[place, : over + 1] = True
        carried = trace[:, TRACE.index("layers_carried")]
        layers[place, 1 : over + 1], layers[place, over + 1 :] = carried[ends], carried[-1]
        for name in MEANS:
            values[name][place, 1 : over + 1] = _mean(name, trace, starts)
        for name, column in ENDS.items():
            values[name][place, 1 : over + 1] = trace[ends, TRACE.index(column)]
    return Courses(rows, layers, going, values)


def _mean(name: str, trace: Floats, starts: NDArray[np.int64]) -> Floats:
    """The mean of one of `MEANS` over the steps of each day; NaN where none counts."""
    column = trace[:, TRACE.index(MEANS[name])]
    counts = np.ones(len(trace), np.bool_)
    if name in IN_CONTACT:
        counts = trace[:, TRACE.index("contact")] > 0
    sums = np.add.reduceat(np.where(counts, column, 0.0), starts)
    steps = np.add.reduceat(counts, starts, dtype=np.float64)
    mean: Floats = np.divide(sums, steps, out=np.full(len(starts), np.nan), where=steps > 0)
    return mean
