"""What the spells of crews say: unit-days by duty, rest owed and when it falls due, synchrony."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from nobat.engine.crews import Question, Record, kinds_of
from nobat.model.duty import OPERATING, RELIEVING, RESERVE, REST

if TYPE_CHECKING:
    import polars as pl

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

#: The duties of a crew as they are counted: the recovery before a rest is told apart from it.
DUTIES = ("operating", "overlap", "reserve", "rest", "recovery")
_RECOVERY = DUTIES.index("recovery")
_CODES = {OPERATING: 0, RELIEVING: 1, RESERVE: 2, REST: 3}

UNIT, DUTY, FROM, TO, POST, OWED = range(6)


def _times(question: Question, spells: Ints, name: str) -> Ints:
    """A time of each spell's crew in the period in which the spell began, (spells,)."""
    table = np.array([[getattr(t, name) for t in kind.times] for kind in question.kinds], np.int64)
    period = np.searchsorted(question.switch, spells[:, FROM], side="right") - 1
    return table[kinds_of(question)[spells[:, UNIT]], np.maximum(period, 0)]


def split(question: Question, record: Record) -> Ints:
    """The spells with duties numbered as `DUTIES`, each rest in two where its recovery ends.

    Recovery is the first m days of a rest, m that of the period in which it begins. What lies
    before day 1 is left out, and so are spells of no days. Rows by unit and day.
    """
    spells = record.spells.copy()
    spells[:, DUTY] = np.array([_CODES.get(code, 0) for code in range(5)])[spells[:, DUTY]]
    resting = spells[:, DUTY] == DUTIES.index("rest")
    until = np.minimum(spells[:, TO], spells[:, FROM] + _times(question, spells, "recovery_d"))
    recovering = spells[resting]
    recovering[:, DUTY] = _RECOVERY
    recovering[:, TO] = until[resting]
    spells[resting, FROM] = until[resting]
    both = np.concatenate([spells, recovering])
    both[:, FROM] = np.maximum(both[:, FROM], 1)
    both = both[both[:, TO] > both[:, FROM]]
    return np.asarray(both[np.lexsort((both[:, FROM], both[:, UNIT]))])


def unit_days(spells: Ints, first: int, end: int) -> dict[str, int]:
    """Unit-days of each duty over the days [first, end); together they are all of them."""
    days = np.minimum(spells[:, TO], end) - np.maximum(spells[:, FROM], first)
    totals = np.bincount(spells[:, DUTY], np.maximum(days, 0), minlength=len(DUTIES))
    return {name: int(total) for name, total in zip(DUTIES, totals, strict=True)}


def by_day(spells: Ints, horizon: int) -> Ints:
    """Units on each duty on days 1 to horizon, (horizon, duties)."""
    change = np.zeros((horizon + 2, len(DUTIES)), np.int64)
    np.add.at(change, (spells[:, FROM], spells[:, DUTY]), 1)
    np.add.at(change, (spells[:, TO], spells[:, DUTY]), -1)
    return np.asarray(np.cumsum(change, axis=0)[1 : horizon + 1])


def owed_by_day(question: Question, record: Record) -> Ints:
    """Rest that all units owe on days 1 to the horizon, unit-days, (horizon,).

    A debt stands while its unit is at a post, falls by a day each day in reserve, and is the last
    part of the rest that it has lengthened (`nobat.model.duty.owed`).
    """
    owing = record.spells[record.spells[:, OWED] > 0]
    ordinary = _times(question, owing, "recovery_d") + _times(question, owing, "rest_d")
    total = np.zeros(question.horizon_d + 2, np.int64)
    for (_, duty, first, end, _, debt), usual in zip(
        owing.tolist(), ordinary.tolist(), strict=True
    ):
        days = np.arange(max(first, 1), end)
        if duty == RESERVE:
            total[days] += np.maximum(0, debt - (days - first))
        elif duty == REST:
            total[days] += np.clip(first + usual + debt - days, 0, debt)
        else:
            total[days] += debt
    return np.asarray(total[1:-1])


def synchrony(question: Question, record: Record) -> Floats:
    """R = |mean exp(2 pi i phase)| on days 1 to the horizon, (horizon,): 0 spread out, 1 in phase.

    The phase of unit i is ((t - r_i) mod C) / C: r_i the day on which its last recovery and rest
    began, C its own shortest cycle. As the phases all turn at the same rate, the sum changes only
    when some r_i does.
    """
    rests = record.spells[record.spells[:, DUTY] == REST]
    kind, unit, r = kinds_of(question)[rests[:, UNIT]], rests[:, UNIT], rests[:, FROM]
    opening = np.concatenate([[True], unit[1:] != unit[:-1]])
    previous = np.where(opening, 0, np.concatenate([[0], r[:-1]]))
    day = np.maximum(r, 0)
    ends = [*question.switch[1:], question.horizon_d + 1]
    mean = np.zeros(question.horizon_d + 2, np.complex128)
    for period, (first, end) in enumerate(zip(question.switch, ends, strict=True)):
        days = np.arange(first, min(end, question.horizon_d + 1))
        for k, one in enumerate(question.kinds):
            turn = 2j * np.pi / max(1, one.times[period].cycle_d)
            steps = np.exp(-turn * r) - np.where(opening, 0.0, np.exp(-turn * previous))
            change = np.zeros(question.horizon_d + 2, np.complex128)
            np.add.at(change, day[kind == k], steps[kind == k])
            mean[days] += np.exp(turn * days) * np.cumsum(change)[days]
    return np.asarray(np.abs(mean[1:-1]) / question.units)


def crew_names(question: Question) -> list[str]:
    """The name of each unit: its kind, and its number within the kind from 1."""
    return [
        f"{kind.name} {number}" for kind in question.kinds for number in range(1, kind.count + 1)
    ]


def frame(question: Question, spells: Ints) -> pl.DataFrame:
    """The spells as a table: unit, crew, duty, from_d, days, post, owed_d.

    unit: from 0. post: the demand, null where none is held. owed_d: the rest owed, days, when
    the spell began.
    """
    import polars as pl

    posts = np.array([*(post.name for post in question.posts), ""], dtype=object)
    return pl.DataFrame(
        {
            "unit": spells[:, UNIT],
            "crew": np.array(crew_names(question), dtype=object)[spells[:, UNIT]].tolist(),
            "duty": np.array(DUTIES, dtype=object)[spells[:, DUTY]].tolist(),
            "from_d": spells[:, FROM],
            "days": spells[:, TO] - spells[:, FROM],
            "post": [name or None for name in posts[spells[:, POST]].tolist()],
            "owed_d": spells[:, OWED],
        },
        schema_overrides={"duty": pl.Enum(DUTIES), "post": pl.String, "crew": pl.String},
    )


#: The columns of the ledger.
LEDGER = ("unit", "called_d", "missed_d", "repaid_d", "due_d", "due_rest_d", "settled_d")


def ledger(record: Record, horizon: int) -> list[dict[str, Any]]:
    """Every call from rest: who missed how much, how much was repaid when, rows as `LEDGER`.

    missed_d: rest that is owed from the day called_d on, what was owed before included.
    repaid_d: of it, what days in reserve have repaid. due_rest_d: what is left of it. due_d: the
    day on which that bill comes: the rest that begins then is longer by it; None where nothing
    was left, or the day lies beyond the horizon. settled_d: the day on which nothing is owed any
    more; None where that is not by the horizon, or where another call came first.
    """
    spells = record.spells
    owing = np.isin(spells[:, UNIT], np.unique(spells[spells[:, OWED] > 0, UNIT]))
    rows: list[dict[str, Any]] = []
    entry: dict[str, Any] = {}
    last_unit, last_duty, paying = -1, -1, False
    for unit, duty, first, end, _, owed in spells[owing].tolist():
        if unit != last_unit:
            entry, last_duty, paying = {}, -1, False
        at_post = duty in (OPERATING, RELIEVING)
        if at_post and last_duty == REST:
            if paying and entry["settled_d"] == first and owed > 0:
                entry["settled_d"] = None  # called again: the new entry takes over what is left
            entry, paying = {}, False
            if owed > 0:
                entry = {"unit": unit, "called_d": first, "missed_d": owed, "repaid_d": 0}
                entry |= {"due_d": None, "due_rest_d": owed, "settled_d": None}
                rows.append(entry)
        elif entry and duty == REST:
            if entry["due_rest_d"] > 0:
                entry["due_d"], paying = first, True
                entry["settled_d"] = end if end <= horizon else None
            else:
                entry = {}
        elif entry and not paying and duty == RESERVE and owed > 0:
            repaid = min(owed, end - first)
            entry["repaid_d"] += repaid
            entry["due_rest_d"] -= repaid
            entry["settled_d"] = first + owed if repaid == owed else None
        elif paying:
            entry, paying = {}, False
        last_unit, last_duty = unit, duty
    return rows
