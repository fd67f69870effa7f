"""The course of a replication as tables: one row a step, and longer ones of its parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nobat.model.ledger import LAYER_TRACE, PLACE_TRACE, TRACE, UNIT_TRACE
from nobat.scenario.doctrine import CORRIDORS, POSTURES
from nobat.study.cast import Cast

if TYPE_CHECKING:
    import polars as pl

    Floats = NDArray[np.float64]

#: The duties of a unit, by the code that a trace holds; also names of columns of its steps.
DUTIES = ("operating", "relieving", "reserve", "rest", "spent")
#: Of a trace's numbers, those that are whole: counts and persons.
_WHOLE = {
    "stage", "operating", "relieving", "reserve_units", "rest", "spent", "attacker_present",
    "attacker_losses", "defender_in_layers", "defender_reserve", "defender_leaving",
    "defender_losses", "surrendered", "escaped", "layers_carried", "garrison", "strength",
    "carried",
}  # fmt: skip
_YES_OR_NO = {"isolated"}
#: Persons at the start who are the defender's, wherever they are.
_DEFENDERS = ("defender_in_layers", "defender_reserve", "defender_leaving")


def steps(trace: Floats, cast: Cast) -> pl.DataFrame:
    """One row a step: when it ends, then the columns of TRACE, with words for what was ordered.

    trace: (steps, columns), as `cpu.trajectory` gives it. fire and corridor are null where the
    scenario has no such choice.
    """
    import polars as pl

    count = len(trace)
    numbers = range(1, count + 1)
    words: dict[str, Sequence[str]] = {
        "posture": POSTURES,
        "fire": cast.fire,
        "corridor": CORRIDORS if cast.flight else (),
    }
    columns: dict[str, object] = {
        "step": np.arange(1, count + 1),
        "day": trace[:, 0],
        "day_number": [cast.day_number(step) for step in numbers],
        "hour": [cast.hour(step) for step in numbers],
        "clock": [cast.clock(step) for step in numbers],
    }
    for place, name in enumerate(TRACE[1:], 1):
        values = trace[:, place]
        if name in words:
            columns[name] = pl.Series(_worded(values, words[name]), dtype=pl.String)
        else:
            columns[name] = _typed(name, values)
    return pl.DataFrame(columns)


def units(trace: Floats, cast: Cast) -> pl.DataFrame:
    """One row for each step and unit: its duty, strength and effectiveness."""
    blocks = parts(trace, cast)["unit"]
    return _long(trace, {"unit": cast.units}, UNIT_TRACE, blocks)


def layers(trace: Floats, cast: Cast) -> pl.DataFrame:
    """One row for each step and layer, numbered from the outside in, and who holds it."""
    import polars as pl

    names: dict[str, Sequence[object]] = {
        "place": [layer.place for layer in cast.layers],
        "layer": [layer.number for layer in cast.layers],
        "core": [layer.core for layer in cast.layers],
    }
    blocks = parts(trace, cast)
    frame = _long(trace, names, LAYER_TRACE, blocks["layer"])
    place = np.array([cast.places.index(layer.place) for layer in cast.layers])
    carried = blocks["place"][PLACE_TRACE.index("carried")][:, place]
    held = carried >= np.array([layer.number for layer in cast.layers])
    return frame.with_columns(pl.Series("held_by", _holders(held)))


def places(trace: Floats, cast: Cast) -> pl.DataFrame:
    """One row for each step and place that can be taken: its holder, layers carried, supply."""
    import polars as pl

    blocks = parts(trace, cast)["place"]
    frame = _long(trace, {"place": cast.places}, PLACE_TRACE, blocks)
    count = np.array([sum(layer.place == p for layer in cast.layers) for p in cast.places])
    held = blocks[PLACE_TRACE.index("carried")] == count
    holder = pl.Series("holder", _holders(held))
    return frame.insert_column(frame.columns.index("carried"), holder)


def days(trace: Floats, cast: Cast, attackers: float, defenders: float) -> pl.DataFrame:
    """One row a day, as it ends: persons present on each side, how many fewer, layers carried.

    attackers, defenders: persons at the start. Defenders count wherever they are: in layers, in
    reserve, on their way out.
    """
    import polars as pl

    ends = [step for step in range(1, len(trace) + 1) if step % cast.steps_a_day == 0]
    ends += [len(trace)] if len(trace) % cast.steps_a_day else []
    at = np.array(ends) - 1
    attacking = trace[at, TRACE.index("attacker_present")]
    defending = sum(trace[at, TRACE.index(name)] for name in _DEFENDERS)
    return pl.DataFrame(
        {
            "day_number": [cast.day_number(step) for step in ends],
            "attackers": attacking.astype(np.int64),
            "attackers_less": -np.diff(attacking, prepend=attackers).astype(np.int64),
            "defenders": np.asarray(defending).astype(np.int64),
            "defenders_less": -np.diff(defending, prepend=defenders).astype(np.int64),
            "stage": trace[at, TRACE.index("stage")].astype(np.int64),
            "layers_carried": trace[at, TRACE.index("layers_carried")].astype(np.int64),
        }
    )


def parts(trace: Floats, cast: Cast) -> dict[str, list[Floats]]:
    """The blocks of a trace by what they are of, one array (steps, things) for each name."""
    found: dict[str, list[Floats]] = {}
    at = len(TRACE)
    for what, names, size in (
        ("layer", LAYER_TRACE, len(cast.layers)),
        ("unit", UNIT_TRACE, len(cast.units)),
        ("place", PLACE_TRACE, len(cast.places)),
    ):
        found[what] = [trace[:, at + n * size : at + (n + 1) * size] for n in range(len(names))]
        at += len(names) * size
    return found


def _long(
    trace: Floats, who: dict[str, Sequence[object]], names: Sequence[str], blocks: list[Floats]
) -> pl.DataFrame:
    """A row for each step and thing. who: names of the things, a column each."""
    import polars as pl

    count, size = blocks[0].shape
    columns: dict[str, object] = {
        "step": np.repeat(np.arange(1, count + 1), size),
        "day": np.repeat(trace[:, 0], size),
    }
    columns |= {name: list(values) * count for name, values in who.items()}
    for name, block in zip(names, blocks, strict=True):
        values = block.reshape(-1)
        columns[name] = _worded(values, DUTIES) if name == "duty" else _typed(name, values)
    return pl.DataFrame(columns)


def _typed(name: str, values: Floats) -> NDArray[np.generic]:
    """A column in the type that fits it."""
    if name in _YES_OR_NO:
        return values > 0
    return np.ascontiguousarray(values.astype(np.int64) if name in _WHOLE else values)


def _worded(codes: Floats, words: Sequence[str]) -> list[str | None]:
    """Codes as words; null where there are no words."""
    return [words[int(code)] if words else None for code in codes]


def _holders(held: NDArray[np.bool_]) -> list[str]:
    """Who holds what, in the order of a long table."""
    return ["attacker" if attacker else "defender" for attacker in held.reshape(-1)]
