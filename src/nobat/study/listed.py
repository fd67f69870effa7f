"""A list of points, from a CSV file or a table: a path heads each column, each row is a point."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from nobat.engine.files import reason
from nobat.scenario import Problem, Scenario, ScenarioError
from nobat.scenario.problems import MOST_PROBLEMS
from nobat.scenario.words import shown
from nobat.study.asked import number_at
from nobat.study.factors import Factor, Value, number_of
from nobat.study.fields import choice_at, refused

if TYPE_CHECKING:
    import polars as pl

Rows = list[tuple[int, list[str]]]
Listed = tuple[tuple[Factor, ...], tuple[tuple[Value, ...], ...]]


def read_points(scenario: Scenario, path: Path, most: int) -> Listed:
    """The factors and the points of a file.

    Each factor has the values that stand in its column. Raises ScenarioError, with the lines, for
    a file that cannot be read, a column that is no factor, a value that its field does not allow, a
    row of another length or one that stands there twice, no row at all or more than `most`.
    """
    return _points(scenario, str(path), *_table(path), most)


def points_of_table(scenario: Scenario, table: pl.DataFrame, most: int) -> Listed:
    """The same of a polars table; ScenarioError with the number of the row, from 0."""
    rows = [
        (number, ["" if cell is None else _cell(cell) for cell in row])
        for number, row in enumerate(table.iter_rows())
    ]
    try:
        return _points(scenario, "design", table.columns, rows, most)
    except ScenarioError as error:
        raise ScenarioError(_by_row(problem) for problem in error.problems) from None


def _cell(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _by_row(problem: Problem) -> Problem:
    """A problem with the number of a row in the place of a line."""
    if problem.line is None:
        return problem
    text = problem.message.replace("the point of line", "the point of row")
    return replace(problem, line=None, where=f"row {problem.line}", message=text)


def heads_of(path: Path) -> list[str]:
    """The paths at the heads of a file's columns; ScenarioError for one that cannot be read."""
    return _table(path)[0]


def _points(scenario: Scenario, name: str, heads: list[str], rows: Rows, most: int) -> Listed:
    """The factors and the points of columns and rows, each row with its line."""
    if not 1 <= len(rows) <= most:
        text = f"has {len(rows):,} points: 1 to {most:,}, a row for each below the heads"
        raise ScenarioError([Problem(name, None, text)])
    problems: list[Problem] = []
    for line, row in rows:
        if len(row) != len(heads):
            text = f"has {len(row)} values for {len(heads)} columns"
            problems.append(Problem(name, line, text))
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
    _check_each_once(points, [line for line, _ in rows], name)
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
    path, unit, kind, quantity = head, "", None, None
    try:
        path, quantity, kind = number_at(scenario, head)
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
    factor = Factor(path, unit, kind, None, None, levels, quantity=quantity)
    return factor, [known[text] for _, text in cells]


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
