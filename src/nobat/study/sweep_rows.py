"""What a sweep keeps of its points: the design as CSV, rows of estimates, rows of replications."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from nobat.engine.chunk import outcome_series
from nobat.engine.manifest import Column, RunError
from nobat.engine.sweep_manifest import Axis, SweepManifest
from nobat.model.outcome import Outcome
from nobat.scenario import Scenario, quantities
from nobat.study.estimates import Estimate, mean, paired_difference, share_of
from nobat.study.factors import Factor, Value
from nobat.study.names import UNDECIDED, key
from nobat.study.points import Point
from nobat.study.scan import Floats
from nobat.study.sums import undecided

if TYPE_CHECKING:
    import polars as pl

NUMBER, WHOLE, YES_NO, WORD = "number", "whole", "yes/no", "word"
#: By how much a doctrine's share secured lies behind the highest of its point.
BEHIND = "behind"

Row = list[Value | None]


def axis_of(factor: Factor) -> Axis:
    """A factor as a sweep's manifest has it."""
    if factor.kind is not None:
        type_ = WHOLE if factor.kind.whole else NUMBER
    else:
        type_ = YES_NO if all(isinstance(one, bool) for one in factor.levels or ()) else WORD
    ends = (factor.low, factor.high, factor.step)
    return Axis(factor.path, factor.unit, type_, *ends, factor.levels)


def factors_from(scenario: Scenario, axes: Iterable[Axis]) -> tuple[Factor, ...]:
    """The factors of a sweep that is opened again, with what its scenario states of them."""
    known = {path: (kind, quantity) for path, quantity, kind in quantities(scenario)}
    found = []
    for a in axes:
        kind, quantity = known.get(a.path, (None, None))
        found.append(Factor(a.path, a.unit, kind, a.low, a.high, a.levels, a.step, quantity))
    return tuple(found)


def design_text(factors: Sequence[Factor], points: Iterable[Point]) -> str:
    """The points as CSV: a path at the head of each column; numbers to the last digit."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(factor.path for factor in factors)
    writer.writerows([_cell(value) for value in point] for point in points)
    return file.getvalue()


def _cell(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


_READ: dict[str, Callable[[str], Value]] = {
    NUMBER: float,
    WHOLE: int,
    YES_NO: "true".__eq__,
    WORD: str,
}


def points_from(text: str, axes: Sequence[Axis], where: str) -> tuple[Point, ...]:
    """The points of design.csv; RunError, naming `where`, for a text that does not fit."""
    _, *rows = csv.reader(io.StringIO(text))
    try:
        return tuple(
            tuple(_READ[a.type](cell) for a, cell in zip(axes, row, strict=True)) for row in rows
        )
    except (ValueError, KeyError) as error:
        raise RunError(f"{where}: design.csv cannot be read: {error}") from None


def point_frame(manifest: SweepManifest, rows: Sequence[Row]) -> pl.DataFrame:
    """Rows of `point_rows` as the table that is kept."""
    import polars as pl

    return pl.DataFrame(rows, schema=_schema(manifest), orient="row")


def point_rows(manifest: SweepManifest, number: int, point: Point, rows: Floats) -> Iterator[Row]:
    """What is kept of a point: a row for each doctrine.

    rows: (doctrines, outcomes, replications). In a row: the point's number, the doctrine, the
    factors, the replications, then of each outcome its estimate and the ends of its interval.
    """
    names = [column.name for column in manifest.outcomes]
    secured = rows[:, names.index("secured")]
    best = secured[int(np.argmax(secured.mean(axis=1)))]
    for doctrine, values in zip(manifest.doctrines, rows, strict=True):
        row: Row = [number, doctrine, *point, values.shape[1]]
        for column, each in _kept(manifest.outcomes, values):
            estimate = (share_of if column.kind == "share" else mean)(each)
            row += _ends(estimate)
            row += [estimate.n] if is_over_some(column) else []
        yield row + _ends(paired_difference(best, values[names.index("secured")]))


def is_over_some(column: Column | Outcome) -> bool:
    """Whether the mean of an outcome may be over some of the replications, which are then counted.

    So it is where the outcome has a condition, and told of every number that is no count.
    """
    return column.kind == "number" or "_if_" in key(column.name, column.kind)


def _kept(outcomes: Sequence[Column], values: Floats) -> Iterator[tuple[Column, Floats]]:
    """Every outcome with its values; those still undecided stand behind those abandoned."""
    names = [column.name for column in outcomes]
    for place, column in enumerate(outcomes):
        yield column, values[place]
        if column.name == "abandoned":
            left = Column(UNDECIDED.name, UNDECIDED.unit, UNDECIDED.kind)
            yield left, undecided(values.T, names)


def _ends(estimate: Estimate) -> Row:
    return [estimate.mean, estimate.low, estimate.high]


def estimate_columns(outcomes: Sequence[Column]) -> list[tuple[str, Column]]:
    """The columns of estimates: the key of each outcome, with the outcome."""
    empty = np.empty((len(outcomes), 0))
    return [(key(column.name, column.kind), column) for column, _ in _kept(outcomes, empty)]


def _schema(manifest: SweepManifest) -> dict[str, Any]:
    """The columns of the table of points."""
    import polars as pl

    found: dict[str, Any] = {"point": pl.Int64, "doctrine": pl.String}
    found |= _factor_types(manifest)
    found["n"] = pl.Int64
    for name, column in estimate_columns(manifest.outcomes):
        found |= dict.fromkeys((name, f"{name}_low", f"{name}_high"), pl.Float64)
        if is_over_some(column):
            found[f"{name}_n"] = pl.Int64
    return found | dict.fromkeys((BEHIND, f"{BEHIND}_low", f"{BEHIND}_high"), pl.Float64)


def _factor_types(manifest: SweepManifest) -> dict[str, Any]:
    import polars as pl

    types = {NUMBER: pl.Float64, WHOLE: pl.Int64, YES_NO: pl.Boolean, WORD: pl.String}
    return {axis.path: types[axis.type] for axis in manifest.axes}


def replication_frame(
    manifest: SweepManifest, number: int, point: Point, rows: Floats
) -> pl.DataFrame:
    """All replications of a point as a table: a row for each doctrine and replication.

    rows: (doctrines, outcomes, replications).
    """
    import polars as pl

    _, _, replications = rows.shape
    types = _factor_types(manifest)
    frames = []
    for doctrine, values in zip(manifest.doctrines, rows, strict=True):
        fixed = {"point": (number, pl.Int64), "doctrine": (doctrine, pl.String)}
        fixed |= {path: (value, types[path]) for path, value in zip(types, point, strict=True)}
        columns = [
            pl.Series(name, [value], dtype=dtype).new_from_index(0, replications)
            for name, (value, dtype) in fixed.items()
        ]
        columns.append(pl.Series("replication", np.arange(replications, dtype=np.int64)))
        frames.append(pl.DataFrame([*columns, *outcome_series(values.T, manifest.outcomes)]))
    return pl.concat(frames)
