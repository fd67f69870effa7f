"""A chunk of a run: some replications of one doctrine as a sealed Parquet file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from nobat.engine.manifest import Column, Manifest
from nobat.engine.seal import is_sealed, sealed

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def packed(values: Floats, manifest: Manifest, doctrine: str, first: int) -> bytes:
    """A chunk's file.

    values: (size of the chunk, outcomes), NaN for what does not exist; ValueError for another
    shape. first: the first replication.
    """
    return sealed(_frame(values, first, manifest), _place(manifest, doctrine, first))


def is_sound(content: bytes, manifest: Manifest, doctrine: str, first: int) -> bool:
    """Whether a file is this chunk of this run, whole and undamaged."""
    return is_sealed(content, _place(manifest, doctrine, first))


def outcome_series(values: Floats, outcomes: Sequence[Column]) -> list[pl.Series]:
    """Each outcome in the type that fits its kind; values: (rows, outcomes), NaN becomes null."""
    import numpy as np
    import polars as pl

    types = {"share": pl.Boolean, "count": pl.Int64, "number": pl.Float64}
    found = []
    for place, column in enumerate(outcomes):
        series = pl.Series(column.name, np.ascontiguousarray(values[:, place]), nan_to_null=True)
        found.append(series.cast(types[column.kind]))
    return found


def _place(manifest: Manifest, doctrine: str, first: int) -> str:
    """What the seal of a chunk is good for: one place in one run."""
    return f"{manifest.identity()} {doctrine} {first}"


def _frame(values: Floats, first: int, manifest: Manifest) -> pl.DataFrame:
    """A chunk as a table: the replication, then the outcomes."""
    import numpy as np
    import polars as pl

    expected = (manifest.size(first), len(manifest.outcomes))
    if values.shape != expected:
        raise ValueError(f"the engine gave {values.shape} numbers for a chunk of {expected}")
    numbers = pl.Series("replication", np.arange(first, first + len(values), dtype=np.int64))
    return pl.DataFrame([numbers, *outcome_series(values, manifest.outcomes)])
