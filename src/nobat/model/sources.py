"""A fingerprint of the model's own source text.

Two things depend on it: compiled code is kept in a folder named by it (numba does not notice
that a function in another module has changed), and a run says by which model it was made.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path


@cache
def source_hash() -> str:
    """SHA-256, as 64 hex digits, over the names and bytes of every file of this package."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
