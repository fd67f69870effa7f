"""How the model's functions are compiled: one decorator, one cache folder.

numba's cache notices a change in the file that holds a function, not in a function that it
calls. So the cache folder is named by a hash of all of the model's sources: any change opens a
new folder. The folder is below `NOBAT_CACHE`, else `XDG_CACHE_HOME`, else `~/.cache`.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import numba

from nobat.model.sources import source_hash

F = TypeVar("F", bound=Callable[..., object])
#: An array of records, whose fields no type checker knows.
Records: TypeAlias = Any


def cache_folder() -> Path:
    """The folder in which the compiled model of this source is kept."""
    root = os.environ.get("NOBAT_CACHE")
    if root is None:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
        root = str(Path(base) / "nobat")
    return Path(root) / f"model-{source_hash()[:16]}-numba-{numba.__version__}"


vars(numba.config)["CACHE_DIR"] = str(cache_folder())


# No reference counting (`_nrt=False`): nothing is allocated inside, and counting the references
# of the arrays that are passed around took half of the time of a step.
_OPTIONS: dict[str, Any] = {"error_model": "numpy", "_nrt": False}
_INNER: dict[str, Any] = {
    "forceinline": True,
    "no_cpython_wrapper": True,
    "no_cfunc_wrapper": True,
}
_APART: dict[str, Any] = {**_INNER, "forceinline": False}


def scalar(function: F) -> F:
    """Compile a mechanism's function: no Python objects, IEEE arithmetic (no fast-math).

    Division by zero follows IEEE, so that equations guard their own singular points.
    """
    compiled: F = numba.njit(**_OPTIONS)(function)
    return compiled


def part(function: F) -> F:
    """Compile a piece of a larger step, always merged into its caller.

    For functions that take whole groups of arrays: passing those costs more than the work.
    """
    compiled: F = numba.njit(**_OPTIONS, forceinline=True)(function)
    return compiled


def piece(function: F) -> F:
    """Compile a piece that gets a whole plan or desk: as `part`, but only compiled code calls it.

    The way in from Python would have to unpack hundreds of arguments: making that for every piece
    took two thirds of the time to compile.
    """
    compiled: F = numba.njit(**_OPTIONS, **_INNER)(function)
    return compiled


def rare(function: F) -> F:
    """Compile a piece that few steps need: as `piece`, but not merged into its callers.

    A copy at each call would take long to compile, and keep what every step needs further apart.
    """
    compiled: F = numba.njit(**_OPTIONS, **_APART)(function)
    return compiled


def kernel(function: F) -> F:
    """Compile an entry point: as `scalar`, kept on disk, and free of the interpreter's lock."""
    compiled: F = numba.njit(**_OPTIONS, nogil=True, cache=True)(function)
    return compiled
