"""Folders that hold what was run: begun, found and tidied up, whether they are runs or sweeps."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from nobat.engine.files import PART, StoreError, read_text, reason, write_whole
from nobat.engine.manifest import RunError, with_article
from nobat.scenario.words import nearest

MANIFEST = "manifest.json"
#: What is told of a run, for people: it lies in its folder and is no part of it.
REPORT = "report.html"


def begin(path: Path, files: Mapping[str, str], check_same: Callable[[], None]) -> None:
    """Make a folder with its first files, or take up the same one where it was left.

    files: their texts by name; the manifest comes last, so that a folder that has one has all that
    is needed to finish it. check_same: raises RunError unless what is there is what is asked for.

    Raises RunError if the folder holds anything else (nothing is touched then), StoreError if it
    cannot be written.
    """
    if path.exists() and not path.is_dir():
        raise RunError(f"{path} is a file, not a folder")
    try:
        there = [entry.name for entry in path.iterdir()] if path.exists() else []
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {reason(error)}") from None
    # First files without a manifest were left by a process that was killed when it had just begun.
    others = {name for name in there if not name.endswith(PART) and name != REPORT}
    if MANIFEST in others or any(
        name not in files or files[name] != read_text(path / name) for name in others
    ):
        check_same()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{path} cannot be made: {reason(error)}") from None
    for name, text in files.items():
        if name == MANIFEST and (path / name).exists():
            continue
        if read_text(path / name) != text:
            write_whole(path / name, text.encode())


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, and its folder if it is missing; StoreError otherwise."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{path.parent} cannot be made: {reason(error)}") from None
    write_whole(path, content)


def find(name_or_path: str | Path, home: Path, what: str) -> Path:
    """The folder meant, given by its path or its name under `home`.

    what: `run`, `sweep` or `audit`, for the words of RunError, which names the nearest there is.
    """
    given = Path(name_or_path)
    for path in (given, home / given):
        if path.is_dir():
            return path
    if given.is_file():
        raise RunError(f"{given} is a file; {with_article(what)} is a folder")
    raise _missing(given, what, [home])


def check_there(name_or_path: str | Path, homes: Mapping[str, Path]) -> None:
    """RunError, with the nearest name there is, where a name is that of nothing.

    homes: where each kind of thing lies by its name, as `{"run": Path("runs")}`.
    """
    given = Path(name_or_path)
    if not any((home / given).exists() for home in (Path(), *homes.values())):
        raise _missing(given, either(homes), list(homes.values()))


def _missing(given: Path, what: str, homes: Sequence[Path]) -> RunError:
    """That there is no such thing here or under any of `homes`, with the nearest there is."""
    known = sorted(each.name for home in homes if home.is_dir() for each in home.iterdir())
    near = nearest(given.name, known)
    hint = f"; did you mean {near}?" if near else ""
    where = either(["here", *(f"under {home}/" for home in homes)])
    return RunError(f"there is no {what} {str(given)!r} {where}{hint}")


def either(words: Iterable[str]) -> str:
    """`a`, `a or b`, `a, b or c`."""
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last


def manifest_text(path: Path, what: str) -> str:
    """The text of a folder's manifest; RunError if there is none that can be read."""
    text = read_text(path / MANIFEST)
    if text is None:
        text = f"is not {with_article(what)}: it has no manifest.json that can be read"
        raise RunError(f"{path} {text}")
    return text


def copy(path: Path, target: Path) -> None:
    """Copy a folder, whole or not at all.

    Raises RunError if something is there already, StoreError if it cannot be written.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise RunError(f"{target} is there already and not empty")
    part = target.parent / f".{target.name}.{os.getpid()}{PART}"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(path, part, ignore=shutil.ignore_patterns(f".*{PART}"))
        if target.exists():
            target.rmdir()
        part.replace(target)
    except OSError as error:
        shutil.rmtree(part, ignore_errors=True)
        raise StoreError(f"{target} cannot be written: {reason(error)}") from None


def tidy(path: Path) -> None:
    """Remove what a killed process has left half-written."""
    for part in path.rglob(f".*{PART}"):
        part.unlink(missing_ok=True)
