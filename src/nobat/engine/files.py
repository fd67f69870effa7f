"""Files that appear whole or not at all, and plain words for what the system refuses."""

from __future__ import annotations

import contextlib
import errno
import os
import threading
from pathlib import Path

#: How the names of unfinished files and folders end; they begin with a dot.
PART = ".part"


class StoreError(Exception):
    """A run could not be written: no permission, no space, or the folder went away."""


def read_text(path: Path) -> str | None:
    """A file's text, None if it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, and force it to disk; StoreError if that fails."""
    part = path.parent / f".{path.name}.{os.getpid()}-{threading.get_ident()}{PART}"
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        # Two processes may finish the same run: either's file will do.
        if isinstance(error, FileNotFoundError) and path.exists():
            return
        with contextlib.suppress(OSError):
            part.unlink()
        raise StoreError(f"{path} cannot be written: {reason(error)}") from None


def reason(error: OSError) -> str:
    """The system's word for what went wrong, plain where it is a common case."""
    if error.errno == errno.ENOSPC:
        return "no space left on the disk"
    return (error.strerror or str(error)).lower()
