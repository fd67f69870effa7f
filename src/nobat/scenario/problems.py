"""Problems of a scenario: what is wrong, at which path, on which line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from nobat.scenario.words import Location, path_text

#: The most problems that are reported; a file with more of them is of another kind altogether.
MOST_PROBLEMS = 200


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: its path, its line if it stands in a file, and what to do.

    `where` takes the line's place for a value that came from elsewhere, like `--set`.
    """

    path: str
    line: int | None
    message: str
    where: str = ""

    def __str__(self) -> str:
        """`places.x.core.garrison (line 41): -40 is not a strength: 0 or more persons, whole`."""
        where = f"line {self.line}" if self.line is not None else self.where
        return f"{self.path}{f' ({where})' if where else ''}: {self.message}"


class ScenarioError(ValueError):
    """A scenario that cannot be used, with all its problems; the text has one line for each."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems, in order."""
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        """One line for each problem."""
        return "\n".join(str(problem) for problem in self.problems)


class Written(NamedTuple):
    """Data as somebody wrote it, with the line of each part; `where` when it has no lines."""

    data: Any
    lines: Mapping[Location, int] = {}
    where: str = ""

    def problem(self, location: Location, message: str) -> Problem:
        """The problem at a location of the canonical form, placed where it was written."""
        path, written = self._as_written(location)
        return Problem(path_text(path) or "scenario", self._line(written), message, self.where)

    def _line(self, location: Location) -> int | None:
        """The line of a part, or of the nearest part above it that has one."""
        for end in range(len(location), -1, -1):
            if location[:end] in self.lines:
                return self.lines[location[:end]]
        return None

    def _as_written(self, location: Location) -> tuple[Location, Location]:
        """The path to show, and the keys that lead there in the data.

        They differ where a short way of writing was used: layers as a list or as one pattern.
        """
        path: list[str | int] = []
        keys: list[str | int] = []
        node, rest = self.data, list(location)
        while rest:
            segment = rest.pop(0)
            if segment == "stack" and isinstance(node, list | tuple):
                path.append(segment)
                continue
            if segment == "stack" and isinstance(node, Mapping) and "layer" in node:
                segment = "layer"
                del rest[:1]
            elif isinstance(segment, int) and isinstance(node, str):
                continue
            if isinstance(segment, int) and path[-1:] == ["layers"]:
                path.append("stack")
            path.append(segment)
            keys.append(segment)
            node = _step(node, segment)
        return tuple(path), tuple(keys)


def _step(node: Any, segment: str | int) -> Any:
    if isinstance(node, Mapping):
        return node.get(segment)
    if isinstance(node, list | tuple) and isinstance(segment, int) and segment < len(node):
        return node[segment]
    return None
