"""Who comes when, read from a CSV file: a row for each reinforcement of a side."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from nobat.scenario.problems import Problem, ScenarioError
from nobat.scenario.reading import decode, read_bytes
from nobat.scenario.words import choice, quoted
from nobat.theory.lanchester import SIDES, Side
from nobat.theory.lanchester_course import Arrival
from nobat.theory.schedule import finite

SIDE, START, END, STRENGTH = "side", "start", "end", "strength"
_NEEDED = (SIDE, START, STRENGTH)
_EXAMPLE = "for instance side,start,end,strength on the first line, attacker,2,3,6000 on the second"


class _Row(NamedTuple):
    """A row of the file: its line, and what stands in its columns by their names."""

    line: int
    cells: dict[str, str]


def read(path: Path) -> tuple[Arrival, ...]:
    """The reinforcements in a file, in its order.

    Columns `side` (attacker or defender), `start`, `strength`, and `end` where it is spread over
    a time; the others are ignored. Times are in the unit of the rates, from the start of the
    fight. Raises ScenarioError with all that is wrong, each with its line.
    """
    origin = str(path) if str(path).isprintable() else quoted(str(path))
    if path.is_dir():
        raise ScenarioError([Problem(origin, None, "is a directory, not a CSV file")])
    problems: list[Problem] = []
    found = [
        _arrival(row, problems) for row in _rows(decode(read_bytes(path, origin), origin), origin)
    ]
    if problems:
        raise ScenarioError(problems)
    return tuple(one for one in found if one is not None)


def _rows(text: str, origin: str) -> list[_Row]:
    """The rows of the text. Raises ScenarioError where it has none, or lacks a column."""
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        lines = [(reader.line_num, cells) for cells in reader if any(map(str.strip, cells))]
    except csv.Error as error:
        raise ScenarioError([Problem(origin, reader.line_num, f"is not CSV: {error}")]) from None
    if not lines:
        raise ScenarioError([Problem(origin, None, f"is empty: {_EXAMPLE}")])
    line, header = lines[0][0], [cell.strip() for cell in lines[0][1]]
    missing = [name for name in _NEEDED if name not in header]
    if missing and ";" in lines[0][1][0]:
        text = "columns are separated by commas here, not by semicolons"
        raise ScenarioError([Problem(origin, line, text)])
    if missing:
        there = [cell for cell in header if cell]
        raise ScenarioError(
            Problem(name, line, f"the column is missing{choice(name, there, 'columns')}")
            for name in missing
        )
    if len(lines) == 1:
        raise ScenarioError([Problem(origin, None, f"lists nobody: {_EXAMPLE}")])
    return [_Row(line, _named(header, cells)) for line, cells in lines[1:]]


def _named(header: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """The cells of a row by the names of their columns; a short row lacks its last ones."""
    return {name: cell.strip() for name, cell in zip(header, cells, strict=False)}


def _arrival(row: _Row, problems: list[Problem]) -> Arrival | None:
    """One reinforcement; None, and problems, where it cannot be read."""
    before = len(problems)
    side = _side(row, problems)
    start = _number(row, START, "a time", problems)
    end = _number(row, END, "a time", problems) if row.cells.get(END) else start
    strength = _number(row, STRENGTH, "a strength", problems)
    if len(problems) == before and end < start:
        problems.append(Problem(END, row.line, f"{end:g} is before the start, {start:g}"))
    if side is None or len(problems) > before:
        return None
    return Arrival(side, start, end, strength)


def _side(row: _Row, problems: list[Problem]) -> Side | None:
    text = row.cells.get(SIDE, "")
    for side in SIDES:
        if text == side:
            return side
    wrong = f"{quoted(text)} is not a side{choice(text, SIDES, 'sides')}"
    problems.append(Problem(SIDE, row.line, wrong if text else "is missing: attacker or defender"))
    return None


def _number(row: _Row, name: str, a: str, problems: list[Problem]) -> float:
    """A number of 0 or more."""
    text = row.cells.get(name, "")
    value = finite(text)
    if value is not None and value >= 0.0:
        return value
    wrong = f"{quoted(text)} is not {a}: 0 or more" if text else "is missing"
    problems.append(Problem(name, row.line, wrong))
    return 0.0
