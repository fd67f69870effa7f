"""What is written where: answers to standard output, words about the work to standard error."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TextIO

from nobat.show.language import right_to_left, runs_right_to_left

if TYPE_CHECKING:
    from rich.console import RenderableType

DONE, FAILED, WRONG, STOPPED = 0, 1, 2, 130

#: What is not a terminal gets the width of a page of text.
_PAGE = 100


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that went wrong: what, and for a scenario's problem where (path and line)."""

    message: str
    path: str | None = None
    line: int | None = None
    text: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The mistake as plain JSON values."""
        return {"path": self.path, "line": self.line, "message": self.message}


def emit(value: dict[str, Any]) -> None:
    """Print one JSON object, in characters that every encoding has."""
    print(json.dumps(value, indent=2, allow_nan=False))


def say(text: str) -> None:
    """A line about the work, to standard error."""
    print(_placed(text, sys.stderr), file=sys.stderr, flush=True)


def tell(text: str) -> None:
    """A line for people, to standard output, however long it is."""
    print(_placed(text, sys.stdout))


def _placed(text: str, stream: TextIO) -> str:
    """A line where the language begins to read; one that nobody translated as it is."""
    if not right_to_left() or not runs_right_to_left(text):
        return text
    from nobat.show.layout import plain

    columns = _width(stream) or shutil.get_terminal_size((_PAGE, 24)).columns
    return "\n".join(plain(line, width=columns) if line else "" for line in text.split("\n"))


def fail(mistakes: Sequence[Mistake], code: int, as_json: bool, hint: str = "") -> int:
    """Say what went wrong on standard error, with --json also as an object on standard output."""
    for mistake in mistakes:
        say(f"nobat: {mistake.text or mistake.message}")
    if hint:
        say(hint)
    if as_json:
        problems = [mistake.to_json() for mistake in mistakes]
        emit({"error": {"exit": code, "problems": problems}})
    return code


def show(*things: RenderableType) -> None:
    """Print what rich can render: as wide as the terminal; plain, and a page wide, elsewhere."""
    from rich.console import Console

    from nobat.show.layout import as_spoken

    things = as_spoken(*things)
    page = Console(width=_width(sys.stdout), highlight=False)
    if page.is_terminal:
        page.print(*things, sep="\n")
        return
    with page.capture() as capture:
        page.print(*things, sep="\n")
    # rich fills lines up with blanks, which a file has no use for.
    lines = [line.rstrip() for line in capture.get().splitlines()]
    print("\n".join(lines))


def _width(stream: TextIO) -> int | None:
    """None (let rich ask) for a terminal or where COLUMNS is set, else the width of a page."""
    return None if stream.isatty() or os.environ.get("COLUMNS") else _PAGE
