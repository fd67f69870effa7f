"""When somebody sleeps, read from a CSV file: a row for each sleep, in hours."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from nobat.scenario.problems import Problem, ScenarioError
from nobat.scenario.reading import decode
from nobat.scenario.words import choice, listed, quoted

START, END, NAME = "sleep_start_h", "sleep_end_h", "schedule"
_MOST_BYTES = 10_000_000
_EXAMPLE = f"for instance {START},{END} on the first line and 23,31 on the second"


class Sleep(NamedTuple):
    """A sleep: its first hour and the hour of waking, counted from midnight of day 0."""

    start_h: float
    end_h: float


class _Row(NamedTuple):
    """A row of the file: its line, its name, what stands in its columns."""

    line: int
    name: str
    start: str
    end: str


@dataclass(frozen=True)
class Schedule:
    """The sleeps of one person in order, none of which overlap; `name` where the file has it."""

    sleeps: tuple[Sleep, ...]
    name: str | None = None


def read(path: Path, name: str | None = None) -> Schedule:
    """The schedule in a file; of those with this name in its column `schedule`, if one is given.

    The columns `sleep_start_h` and `sleep_end_h` are needed, in any place; others are ignored.
    Raises ScenarioError with all that is wrong, each with its line.
    """
    origin = str(path) if str(path).isprintable() else quoted(str(path))
    rows = _rows(decode(_bytes(path, origin), origin), origin)
    names = list(dict.fromkeys(row.name for row in rows if row.name))
    if name is not None:
        if name not in names:
            there = choice(name, names, "schedules") if names else ": the file names none"
            raise _wrong("name", None, f"no schedule is called {quoted(name)}{there}")
        rows = [row for row in rows if row.name == name]
    sleeps, problems = _sleeps(rows)
    clashes = _overlaps(sleeps)
    if clashes and name is None and len(names) > 1:
        text = f"the file holds {len(names)} schedules, whose sleeps overlap: name one of them"
        clashes = [Problem(NAME, None, f"{text} with --name ({listed(names)})")]
    if problems or clashes:
        raise ScenarioError(problems + clashes)
    only = names[0] if len(names) == 1 else None
    return Schedule(tuple(sleep for _, sleep in sorted(sleeps, key=_by_start)), name or only)


def _wrong(path: str, line: int | None, text: str) -> ScenarioError:
    return ScenarioError([Problem(path, line, text)])


def _bytes(path: Path, origin: str) -> bytes:
    """The bytes of the file. Raises ScenarioError."""
    try:
        with path.open("rb") as file:
            raw = file.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        wrong = "there is no such file"
    except IsADirectoryError:
        wrong = "is a directory, not a schedule file"
    except OSError as error:
        wrong = f"cannot be read: {(error.strerror or str(error)).lower()}"
    except ValueError:
        wrong = "is not a path: it holds a NUL"
    else:
        if len(raw) <= _MOST_BYTES:
            return raw
        wrong = f"is too large: a schedule has {_MOST_BYTES:,} bytes at most"
    raise _wrong(origin, None, wrong)


def _rows(text: str, origin: str) -> list[_Row]:
    """The rows of the text. Raises ScenarioError where it has none, or lacks a column."""
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        lines = [(reader.line_num, cells) for cells in reader if any(map(str.strip, cells))]
    except csv.Error as error:
        raise _wrong(origin, reader.line_num, f"is not CSV: {error}") from None
    if not lines:
        raise _wrong(origin, None, f"is empty: {_EXAMPLE}")
    line, header = lines[0][0], [cell.strip() for cell in lines[0][1]]
    missing = []
    for column in (START, END):
        if header.count(column) != 1:
            many = "stands there twice" if column in header else "the column is missing"
            there = "" if column in header else _near(column, header)
            missing.append(Problem(column, line, f"{many}{there}"))
    if missing:
        raise ScenarioError(missing)
    if len(lines) == 1:
        raise _wrong(origin, None, f"lists no sleep: a row for each, {_EXAMPLE}")
    places = [header.index(column) if column in header else -1 for column in (NAME, START, END)]
    return [_Row(line, *(_cell(cells, place) for place in places)) for line, cells in lines[1:]]


def _near(column: str, header: list[str]) -> str:
    """What stands where a column was looked for."""
    if len(header) == 1 and ";" in header[0]:
        return ": columns are separated by commas here, not by semicolons"
    return choice(column, [cell for cell in header if cell], "columns")


def _cell(cells: Sequence[str], place: int) -> str:
    """What stands in a place of a row; nothing where the row or the column ends before it."""
    return cells[place].strip() if 0 <= place < len(cells) else ""


def _sleeps(rows: Sequence[_Row]) -> tuple[list[tuple[int, Sleep]], list[Problem]]:
    """The sleeps that can be read, each with its line, and what is wrong with the others."""
    found, problems = [], []
    for row in rows:
        hours = []
        for column, text in ((START, row.start), (END, row.end)):
            hour = finite(text)
            if hour is None:
                wrong = f"{quoted(text)} is not a number" if text else "is missing"
                about = "hours after midnight of day 0"
                problems.append(Problem(column, row.line, f"{wrong}: {about}"))
            else:
                hours.append(hour)
        if len(hours) < 2:
            continue
        if hours[1] <= hours[0]:
            text = f"{hours[1]:g} is not after the start, {hours[0]:g}: hours go on after midnight"
            problems.append(Problem(END, row.line, f"{text}, so that 23 to 7 is 23 to 31"))
        else:
            found.append((row.line, Sleep(*hours)))
    return found, problems


def finite(given: str | float) -> float | None:
    """A finite number, None for anything else; text may hold one."""
    try:
        value = math.nan if "_" in str(given) else float(given)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _by_start(one: tuple[int, Sleep]) -> Sleep:
    return one[1]


def _overlaps(sleeps: Sequence[tuple[int, Sleep]]) -> list[Problem]:
    """Sleeps that begin before an earlier one ends."""
    found, longest = [], (0, Sleep(-math.inf, -math.inf))
    for line, sleep in sorted(sleeps, key=_by_start):
        if sleep.start_h < longest[1].end_h:
            text = f"{sleep.start_h:g} is before the sleep of line {longest[0]} ends"
            found.append(Problem(START, line, f"{text}, at {longest[1].end_h:g}"))
        if sleep.end_h > longest[1].end_h:
            longest = (line, sleep)
    return found
