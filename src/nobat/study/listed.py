"""A list of points from a CSV file: a path at the head of each column, a point in each row."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

from nobat.engine.files import reason
from nobat.scenario import Problem, Scenario, ScenarioError
from nobat.scenario.problems import MOST_PROBLEMS
from nobat.scenario.words import shown
from nobat.study.asked import number_at
from nobat.study.factors import Factor, Value, number_of
from nobat.study.fields import choice_at, refused

Rows = list[tuple[int, list[str]]]


def read_points(
    scenario: Scenario, path: Path, most: int
) -> tuple[tuple[Factor, ...], tuple[tuple[Value, ...], ...]]:
    """The factors and the points of a file.

    Each factor has the values that stand in its column. Raises ScenarioError, with the lines, for
    a file that cannot be read, a column that is no factor, a value that its field does not allow, a
    row of another length or one that stands there twice, no row at all or more than `most`.
    """
    heads, rows = _table(path)
    if not 1 <= len(rows) <= most:
        text = f"has {len(rows):,} points: 1 to {most:,}, a row for each below the heads"
        raise ScenarioError([Problem(str(path), None, text)])
    problems: list[Problem] = []
    for line, row in rows:
        if len(row) != len(heads):
            text = f"has {len(row)} values for {len(heads)} columns"
            problems.append(Problem(str(path), line, text))
    if problems:
        raise ScenarioError(problems[:MOST_PROBLEMS])
    columns: list[list[Value]] = []
    factors: list[Factor] = []
    for place, head in enumerate(heads):
        try:
            factor, values = _column(scenario, head, [(line, row[place]) for line, row in rows])
        except ScenarioError as error:
            problems += error.problems
            continue
        if factor.path in {one.path for one in factors}:
            problems.append(Problem(factor.path, 1, "is the head of two columns"))
        factors.append(factor)
        columns.append(values)
    if problems:
        raise ScenarioError(problems[:MOST_PROBLEMS])
    points = tuple(zip(*columns, strict=True))
    _check_each_once(points, [line for line, _ in rows], str(path))
    return tuple(factors), points


def _table(path: Path) -> tuple[list[str], Rows]:
    """The heads and the rows of a file, each with its line; empty lines are left out."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader if row]
    except OSError as error:
        raise ScenarioError(
            [Problem(str(path), None, f"cannot be read: {reason(error)}")]
        ) from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise ScenarioError([Problem(str(path), None, f"is not CSV in UTF-8: {error}")]) from None
    if not rows:
        text = "is empty: the first line has a path at the head of each column"
        raise ScenarioError([Problem(str(path), None, text)])
    line, heads = rows[0]
    if len(heads) == 1 and ";" in heads[0]:
        text = "columns are separated by commas here, not by semicolons"
        raise ScenarioError([Problem(str(path), line, text)])
    return heads, rows[1:]


def _column(
    scenario: Scenario, head: str, cells: Sequence[tuple[int, str]]
) -> tuple[Factor, list[Value]]:
    """One column as a factor and its values; ScenarioError for what is not allowed in it."""
    path, unit, kind = head, "", None
    try:
        path, _, kind = number_at(scenario, head)
        unit, read = kind.unit, _numbers(kind.number)
    except ScenarioError:
        field = choice_at(scenario, head)
        if field is None:
            raise
        read = field.read
    known: dict[str, Value] = {}
    problems = []
    for line, text in cells:
        if text in known:
            continue
        try:
            known[text] = value = read(text)
            if isinstance(value, str | bool) and (wrong := refused(scenario, path, value)):
                raise ValueError(wrong)
        except ValueError as error:
            problems.append(Problem(path, line, str(error)))
    if problems:
        raise ScenarioError(problems)
    levels = tuple(dict.fromkeys(known.values()))
    return Factor(path, unit, kind, None, None, levels), [known[text] for _, text in cells]


def _numbers(check: Callable[[object], float]) -> Callable[[str], Value]:
    """Reads a cell that holds a number."""
    return lambda text: check(number_of(text))


def _check_each_once(points: Sequence[tuple[Value, ...]], lines: Sequence[int], path: str) -> None:
    """ScenarioError for a point that is listed twice: it would be the same luck again."""
    first: dict[tuple[Value, ...], int] = {}
    problems = []
    for point, line in zip(points, lines, strict=True):
        if point in first:
            text = f"is the point of line {first[point]} again: {', '.join(map(shown, point))}"
            problems.append(Problem(path, line, text))
        first.setdefault(point, line)
    if problems:
        raise ScenarioError(problems[:MOST_PROBLEMS])
