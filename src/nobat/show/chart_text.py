"""How the texts of a chart are written: in the digits of its language, and the way that it runs.

The builders of charts make words in the language that is spoken and numbers in ASCII digits. Where
a chart is shown, the texts of its option get their digits here, and in a language that runs from
right to left each of them stands between isolates: a drawing begins to read on the left (Unicode
Standard Annex 9). Numbers that ECharts writes itself, along axes, are shaped by `static/dress.js`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from nobat.show.language import (
    LEFT_TO_RIGHT,
    POP,
    RIGHT_TO_LEFT,
    language,
    right_to_left,
    runs_right_to_left,
    shaped,
)

#: The keys of an option under which a text stands.
_TEXTS = ("name", "text", "formatter")
#: The keys under which lists of numbers and of names stand.
_LISTS = ("data", "value")
#: A piece of a text in a style of its own: `{name|rotate}`.
_STYLED = re.compile(r"\{(\w+)\|([^{}]*)\}")
#: A line of text in an SVG drawing.
_LINE = re.compile(r"(<text[^>]*>)([^<]*)(</text>)")


def digits() -> dict[str, str] | None:
    """How numbers look in the language that is spoken, for scripts; None in English."""
    if not right_to_left():
        return None
    spoken = language()
    return {
        "zero_to_nine": spoken.digits,
        "point": spoken.point,
        "comma": spoken.comma,
        "percent": spoken.percent,
    }


def written(option: Mapping[str, Any]) -> Mapping[str, Any]:
    """An ECharts option with its texts as they are read in the language that is spoken."""
    if not right_to_left():
        return option
    return {key: _written(value, key) for key, value in option.items()}


def _written(value: Any, key: str) -> Any:
    """What stands under a key; a string is a text only under some of them."""
    if isinstance(value, Mapping):
        return {inner: _written(one, inner) for inner, one in value.items()}
    if isinstance(value, list | tuple):
        return [_written(one, key) for one in value]
    if isinstance(value, str) and key in (*_TEXTS, *_LISTS):
        return whole(value)
    return value


def whole(text: str) -> str:
    """A text that a drawing shows: shaped, and each of its lines between isolates."""
    if _STYLED.search(text):
        return _STYLED.sub(lambda found: f"{{{found[1]}|{whole(found[2])}}}", text)
    return "\n".join(map(_isolated, shaped(text).split("\n")))


def _isolated(line: str) -> str:
    """A line between isolates, if any of it runs from right to left."""
    if line.startswith(RIGHT_TO_LEFT) or not runs_right_to_left(line):
        return line
    return f"{RIGHT_TO_LEFT}{line}{POP}"


def isolate_lines(drawn: str) -> str:
    """An SVG drawing in which every line of text stands between isolates.

    What is isolated inside a text is so in each of the lines that it was broken into.
    """
    inside = False

    def line(found: re.Match[str]) -> str:
        nonlocal inside
        text = LEFT_TO_RIGHT + found[2] if inside else found[2]
        inside = text.rfind(LEFT_TO_RIGHT) > text.rfind(POP)
        return f"{found[1]}{_isolated(text + POP if inside else text)}{found[3]}"

    return _LINE.sub(line, drawn)
