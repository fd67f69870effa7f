"""A chunk of a run: some replications of one doctrine as a sealed Parquet file."""

from __future__ import annotations

import hashlib
import io
import re
from typing import TYPE_CHECKING

from nobat.engine.manifest import Manifest

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

#: A chunk's seal stands in the file's own metadata: the checksum of the file with zeros in its
#: place. Between key and value are the few bytes that say how long the value is.
_SEAL_KEY = "nobat:seal"
_UNSEALED = b"0" * 64
_SEALED = re.compile(re.escape(_SEAL_KEY.encode()) + rb".{1,4}?([0-9a-f]{64})", re.DOTALL)


def packed(values: Floats, manifest: Manifest, doctrine: str, first: int) -> bytes:
    """A chunk's file.

    values: (size of the chunk, outcomes), NaN for what does not exist; ValueError for another
    shape. first: the first replication.
    """
    content = _parquet(_frame(values, first, manifest))
    # Metadata comes after the data, where zeros may be anything.
    before, room, after = content.rpartition(_UNSEALED)
    assert room
    return before + _seal(manifest, doctrine, first, content) + after


def is_sound(content: bytes, manifest: Manifest, doctrine: str, first: int) -> bool:
    """Whether a file is this chunk of this run, whole and undamaged.

    Nothing but the seal is looked at: the Parquet reader may fail hard on what is damaged.
    """
    seals = list(_SEALED.finditer(content))
    if not seals:
        return False
    stated = seals[-1]
    unsealed = content[: stated.start(1)] + _UNSEALED + content[stated.end(1) :]
    return stated[1] == _seal(manifest, doctrine, first, unsealed)


def _seal(manifest: Manifest, doctrine: str, first: int, unsealed: bytes) -> bytes:
    """The checksum of a chunk's file, which is good for one place in one run only."""
    place = f"{manifest.identity()} {doctrine} {first}\n"
    return hashlib.sha256(place.encode() + unsealed).hexdigest().encode()


def _frame(values: Floats, first: int, manifest: Manifest) -> pl.DataFrame:
    """A chunk as a table: the replication, then each outcome in the type that fits its kind."""
    import numpy as np
    import polars as pl

    expected = (manifest.size(first), len(manifest.outcomes))
    if values.shape != expected:
        raise ValueError(f"the engine gave {values.shape} numbers for a chunk of {expected}")
    types = {"share": pl.Boolean, "count": pl.Int64, "number": pl.Float64}
    columns = [pl.Series("replication", np.arange(first, first + len(values), dtype=np.int64))]
    for place, column in enumerate(manifest.outcomes):
        series = pl.Series(column.name, np.ascontiguousarray(values[:, place]), nan_to_null=True)
        columns.append(series.cast(types[column.kind]))
    return pl.DataFrame(columns)


def _parquet(frame: pl.DataFrame) -> bytes:
    """A chunk's file, with room for its seal."""
    buffer = io.BytesIO()
    metadata = {_SEAL_KEY: _UNSEALED.decode()}
    frame.write_parquet(buffer, compression="zstd", statistics=False, metadata=metadata)
    return buffer.getvalue()
