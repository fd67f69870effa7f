"""Parquet files that carry a checksum of themselves, good for one place only."""

from __future__ import annotations

import hashlib
import io
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

#: The seal stands in the file's own metadata: the checksum of the file with zeros in its place.
#: Between key and value are the few bytes that say how long the value is.
_SEAL_KEY = "nobat:seal"
_UNSEALED = b"0" * 64
_SEALED = re.compile(re.escape(_SEAL_KEY.encode()) + rb".{1,4}?([0-9a-f]{64})", re.DOTALL)


def sealed(frame: pl.DataFrame, place: str) -> bytes:
    """A table as a sealed Parquet file.

    place: where the file belongs, in words that no other file has; nowhere else is it sound.
    """
    buffer = io.BytesIO()
    metadata = {_SEAL_KEY: _UNSEALED.decode()}
    frame.write_parquet(buffer, compression="zstd", statistics=False, metadata=metadata)
    content = buffer.getvalue()
    # Metadata comes after the data, where zeros may be anything.
    before, room, after = content.rpartition(_UNSEALED)
    assert room
    return before + _seal(content, place) + after


def is_sealed(content: bytes, place: str) -> bool:
    """Whether a file is the one that belongs to a place, whole and undamaged.

    Nothing but the seal is looked at: the Parquet reader may fail hard on what is damaged.
    """
    seals = list(_SEALED.finditer(content))
    if not seals:
        return False
    stated = seals[-1]
    unsealed = content[: stated.start(1)] + _UNSEALED + content[stated.end(1) :]
    return stated[1] == _seal(unsealed, place)


def _seal(unsealed: bytes, place: str) -> bytes:
    """The checksum of a file that has no seal yet."""
    return hashlib.sha256(f"{place}\n".encode() + unsealed).hexdigest().encode()
