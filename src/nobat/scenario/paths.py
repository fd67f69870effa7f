"""Whether a path that somebody wrote leads anywhere in a scenario. Works on plain data."""

from __future__ import annotations

from typing import Any

from nobat.scenario.plain import below, entries, mapping
from nobat.scenario.shape import Shape
from nobat.scenario.values import parse_path
from nobat.scenario.words import choice, quoted


def no_such_path(path: str, data: Any, shape: Shape) -> str | None:
    """Why a path leads nowhere in this scenario, or None when it leads somewhere."""
    try:
        location = parse_path(path)
    except ValueError as error:
        return f"{quoted(path)} {error}"
    node, here = data, shape
    for segment in location:
        text = f"{quoted(path)} is not a path of this scenario: "
        under = here.child(segment)
        if isinstance(segment, int):
            if under is None:
                return f"{text}no position [{segment}]"
            # A position beyond the end is let pass: --set may have shortened the list.
            node = dict(enumerate(entries(node))).get(segment)
        else:
            names = list(mapping(node)) if here.named else list(here.fields)
            if under is None or segment not in names:
                return f"{text}no {quoted(segment)}{choice(segment, names, 'known')}"
            node = below(node, segment)
        here = under
    return None
