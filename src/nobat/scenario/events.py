"""From YAML events to plain data with line numbers.

Working on the stream of events, nothing grows before its limit is checked: aliases count as what
they stand for. Plain words follow the core schema of YAML 1.2, as editors do: `yes` and `10_000`
are text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from nobat.scenario.problems import MOST_PROBLEMS, Problem, ScenarioError
from nobat.scenario.words import Location, path_text, quoted, shown

#: The most nodes, aliases written out, and levels that a document may have.
MOST_NODES = 50_000
MOST_LEVELS = 40

_NULL = re.compile(r"null|Null|NULL|~|")
_TRUE = re.compile(r"true|True|TRUE")
_FALSE = re.compile(r"false|False|FALSE")
_INT = re.compile(r"[-+]?[0-9]+")
_BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_INFINITE = re.compile(r"([-+]?)\.(inf|Inf|INF)")
_NAN = re.compile(r"\.(nan|NaN|NAN)")
_LONGEST_INT = 400


class Document(NamedTuple):
    """A YAML document as plain data, with the line of every part, and what was wrong with it."""

    data: Any
    lines: dict[Location, int]
    problems: list[Problem]


def scalar(text: str) -> Any:
    """A plain word as YAML 1.2's core schema reads it."""
    if _INT.fullmatch(text):
        return int(text) if len(text) < _LONGEST_INT else float(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _NULL.fullmatch(text):
        return None
    if _TRUE.fullmatch(text) or _FALSE.fullmatch(text):
        return bool(_TRUE.fullmatch(text))
    if _BASED.fullmatch(text) and len(text) < _LONGEST_INT:
        return int(text, 0)
    if found := _INFINITE.fullmatch(text):
        return float(f"{found[1]}inf")
    return float("nan") if _NAN.fullmatch(text) else text


class EventReader:
    """Builds plain data from YAML events, counting nodes and levels as it goes."""

    def __init__(self, origin: str, events: Iterator[Any]) -> None:
        self.origin = origin
        self.events = events
        self.lines: dict[Location, int] = {}
        self.problems: list[Problem] = []
        self.anchors: dict[str, tuple[Any, int, int]] = {}
        self.nodes = 0

    def document(self) -> Document | None:
        """The document, or None when the stream holds none."""
        next(self.events)
        if type(next(self.events)).__name__ != "DocumentStartEvent":
            return None
        data, _ = self.node(next(self.events), (), 0)
        next(self.events)
        after = next(self.events)
        if type(after).__name__ == "DocumentStartEvent":
            raise self.refuse(after, "a second document starts here: one scenario a file")
        return Document(data, self.lines, self.problems)

    def refuse(self, event: Any, message: str) -> ScenarioError:
        """A problem after which reading cannot go on."""
        return ScenarioError([*self.problems, Problem(self.origin, self.line(event), message)])

    def line(self, event: Any) -> int:
        """The line on which an event starts, from 1."""
        return int(event.start_mark.line) + 1

    def node(self, event: Any, location: Location, level: int) -> tuple[Any, int]:
        """The data of one node, and how many levels lie below it."""
        self.lines.setdefault(location, self.line(event))
        name = type(event).__name__
        if name == "AliasEvent":
            return self.alias(event, level)
        before = self.nodes
        self.count(event, 1, level)
        if event.tag is not None:
            raise self.refuse(event, f"the tag {quoted(str(event.tag))} is not read: remove it")
        if name == "ScalarEvent":
            data, below = self.word(event), 0
        elif name == "SequenceStartEvent":
            data, below = self.sequence(location, level)
        else:
            data, below = self.mapping(location, level)
        if event.anchor:
            self.anchors[event.anchor] = data, self.nodes - before, below
        return data, below

    def word(self, event: Any) -> Any:
        """A scalar: read as YAML reads plain words, or text as it stands between quotes."""
        if any("\ud800" <= character <= "\udfff" for character in event.value):
            raise self.refuse(event, "holds half of a character (a lone surrogate): remove it")
        return scalar(event.value) if event.implicit[0] else event.value

    def count(self, event: Any, nodes: int, level: int) -> None:
        """Stop when the document grows beyond its limits."""
        self.nodes += nodes
        if self.nodes > MOST_NODES:
            raise self.refuse(event, f"more than {MOST_NODES:,} values, aliases written out")
        if level > MOST_LEVELS:
            raise self.refuse(event, f"nested deeper than {MOST_LEVELS} levels")

    def alias(self, event: Any, level: int) -> tuple[Any, int]:
        """What an alias stands for."""
        if event.anchor not in self.anchors:
            name = quoted(f"*{event.anchor}")
            raise self.refuse(event, f"{name} has no anchor before it, or stands inside its own")
        data, nodes, below = self.anchors[event.anchor]
        self.count(event, nodes, level + below)
        return data, below

    def sequence(self, location: Location, level: int) -> tuple[list[Any], int]:
        """A list, and the levels below it."""
        data: list[Any] = []
        deepest = 0
        while type(event := next(self.events)).__name__ != "SequenceEndEvent":
            item, below = self.node(event, (*location, len(data)), level + 1)
            data.append(item)
            deepest = max(deepest, below + 1)
        return data, deepest

    def mapping(self, location: Location, level: int) -> tuple[dict[str, Any], int]:
        """A mapping, and the levels below it; a doubled key or one that is no text is noted."""
        data: dict[str, Any] = {}
        deepest = 0
        while type(event := next(self.events)).__name__ != "MappingEndEvent":
            key, below = self.aside(event, level + 1)
            deepest = max(deepest, below + 1)
            if isinstance(key, str) and key not in data:
                self.lines[*location, key] = self.line(event)
                data[key], below = self.node(next(self.events), (*location, key), level + 1)
            else:
                self.note_key(event, location, key)
                _, below = self.aside(next(self.events), level + 1)
            deepest = max(deepest, below + 1)
        return data, deepest

    def note_key(self, event: Any, location: Location, key: object) -> None:
        """Note a key that stands twice, or that is no text."""
        if isinstance(key, str):
            path = path_text((*location, key))
            text = f"stands here again (first on line {self.lines[*location, key]}): remove one"
        else:
            path = f"{path_text(location)}[{shown(key)}]"
            text = "a key that is not text: put it in quotes"
        self.problems.append(Problem(path, self.line(event), text))
        if len(self.problems) == MOST_PROBLEMS:
            raise self.refuse(event, "too many such problems: mend these first")

    def aside(self, event: Any, level: int) -> tuple[Any, int]:
        """Read a node that has no place of its own: a key, or the value of a refused one."""
        kept = self.lines, self.problems
        self.lines, self.problems = {}, []
        try:
            return self.node(event, (), level)
        finally:
            self.lines, self.problems = kept
