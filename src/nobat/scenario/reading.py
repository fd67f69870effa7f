"""From a file's bytes to plain data with line numbers: size, encoding, YAML's complaints."""

from __future__ import annotations

import re
import stat
from contextlib import suppress
from pathlib import Path
from typing import Any

from nobat.scenario.events import Document, EventReader
from nobat.scenario.problems import Problem, ScenarioError
from nobat.scenario.words import quoted

#: The most bytes that a scenario file may have.
MOST_BYTES = 1_000_000


def read_bytes(path: Path, origin: str) -> bytes:
    """The bytes of a scenario file; `origin` is what errors call it. Raises ScenarioError."""
    try:
        status = path.stat()
        wrong = _unreadable(status.st_mode, status.st_size)
        if wrong is None:
            with path.open("rb") as file:
                return file.read(MOST_BYTES)
    except FileNotFoundError:
        wrong = "there is no such file"
    except OSError as error:
        wrong = f"cannot be read: {(error.strerror or str(error)).lower()}"
    except ValueError:
        wrong = "is not a path: it holds a NUL"
    raise ScenarioError([Problem(origin, None, wrong)])


def _unreadable(mode: int, size: int) -> str | None:
    """Why something of this kind and size is not read, before it is opened; None if it is."""
    if stat.S_ISDIR(mode):
        return "is a directory, not a scenario file"
    if not stat.S_ISREG(mode):
        return "is not a regular file"
    if size > MOST_BYTES:
        return f"has {size:,} bytes: a scenario file has {MOST_BYTES:,} at most"
    return None


def decode(raw: bytes, origin: str) -> str:
    """UTF-8 text, with or without a byte-order mark. Raises ScenarioError."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")):
        raise ScenarioError([Problem(origin, None, "is UTF-16 or UTF-32: save it as UTF-8")])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        text = f"is not UTF-8: byte 0x{raw[error.start]:02x} at position {error.start:,}"
        raise ScenarioError([Problem(origin, line, text + ": save it as UTF-8")]) from None


def read_document(raw: bytes, origin: str) -> Document:
    """Read one YAML document. Raises ScenarioError for what cannot be read on from."""
    document = _read_text(decode(raw, origin), origin)
    if document is None:
        raise ScenarioError([Problem(origin, None, "is empty: `nobat new FILE` writes a starter")])
    if not isinstance(document.data, dict):
        text = "holds no mapping: a scenario starts with fields like `format: 1` and `name: ...`"
        raise ScenarioError([Problem(origin, document.lines.get((), 1), text)])
    return document


def parse_setting(text: str) -> tuple[str, object]:
    """Read `PATH=VALUE` of --set; VALUE is YAML: a number, a word, `[...]` or `{...}`.

    Raises ScenarioError.
    """
    path, equals, value = text.partition("=")
    path = path.strip()
    origin = f"--set {path}"
    if not equals or not path:
        message = "write --set PATH=VALUE, for instance --set contact.frontage=1500"
        raise ScenarioError([Problem(f"--set {quoted(text)[1:-1]}", None, message)])
    try:
        document = _read_text(value, origin)
        if document is not None and document.problems:
            raise ScenarioError(document.problems)
    except ScenarioError as error:
        raise ScenarioError(
            Problem(origin, None, each.message) for each in error.problems
        ) from None
    return path, document.data if document is not None else None


def _read_text(text: str, origin: str) -> Document | None:
    """The only document of a text; None when there is none. Raises ScenarioError."""
    import yaml

    # libyaml reads ten times as fast, and complains in other words at other places: what it does
    # not read without a problem is read again by the parser whose words `_syntax` knows.
    if yaml.__with_libyaml__:
        with suppress(yaml.YAMLError, ScenarioError):
            document = EventReader(origin, yaml.parse(text, yaml.CSafeLoader)).document()
            if document is None or not document.problems:
                return document
    try:
        return EventReader(origin, yaml.parse(text, yaml.SafeLoader)).document()
    except yaml.MarkedYAMLError as error:
        raise ScenarioError([Problem(origin, *_syntax(error))]) from None
    except yaml.YAMLError as error:
        position = getattr(error, "position", 0)
        line = text.count("\n", 0, position) + 1
        character = getattr(error, "character", 0)
        code = character if isinstance(character, int) else ord(character[:1] or "\0")
        message = f"holds the control character {code:#04x}: remove it"
        raise ScenarioError([Problem(origin, line, message)]) from None


#: Common mistakes: how YAML complains, in a sentence, and whether the line that it names is the
#: one where the unfinished thing began.
_MISTAKES = (
    (r"'\\t'", "a tab stands where spaces must: YAML is indented with spaces", False),
    (
        "mapping values are not allowed",
        "a `:` where none can be: check the indentation, or put the text in quotes",
        False,
    ),
    (
        "could not find expected ':'",
        "a key without its `:`, or text that runs over from the line above",
        False,
    ),
    ("expected <block end>", "the indentation does not match the lines above", False),
    ("unexpected end of stream", "a quote that starts here is never closed", True),
    (r"expected ',' or '([]}])'", "a bracket that opens here lacks a comma or its end", True),
    (r"found character '(.)' that cannot", "text cannot start with {}: put it in quotes", False),
)


def _syntax(error: Any) -> tuple[int | None, str]:
    """The line and the words of one of YAML's complaints."""
    problem = error.problem or ""
    mark = error.problem_mark or error.context_mark
    text = f"is not YAML: {problem}"
    for pattern, words, where_it_began in _MISTAKES:
        if found := re.search(pattern, problem):
            text = words.format(*found.groups())
            mark = error.context_mark if where_it_began and error.context_mark else mark
            break
    return (mark.line + 1 if mark else None), text
