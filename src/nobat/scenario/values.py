"""Paths of a scenario, and setting values at them: `--set places.abu_kamal.layers.count=9`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from nobat.scenario.quantity import QUANTITY_FIELDS, Kind
from nobat.scenario.shape import Shape
from nobat.scenario.words import Location, choice, path_text, quoted, shown

_SEGMENT = re.compile(r"\.?([A-Za-z_][A-Za-z0-9_-]*)|\[(\d{1,9})\]")
#: The note of a number that was set for one run.
SET_NOTE = "set for this run"


class PathError(ValueError):
    """A path that leads nowhere, or a number that cannot stand there.

    `path` is the path as far as it can be followed, the fault included.
    """

    def __init__(self, path: str, message: str) -> None:
        """Keep the path; the text is the message."""
        super().__init__(message)
        self.path = path


def parse_path(text: str) -> Location:
    """Read `places.abu_kamal.layers.stack[3].garrison`. Raises PathError."""
    location: list[str | int] = []
    at = 0
    while at < len(text):
        found = _SEGMENT.match(text, at)
        if not found or (at == 0) == text.startswith((".", "["), at):
            break
        location.append(int(found[2]) if found[2] else found[1])
        at = found.end()
    if not location or at < len(text):
        form = "names joined by dots, list positions in brackets, like plan[0].objectives"
        raise PathError(quoted(text), f"is not a path: {form}")
    return tuple(location)


def is_quantity(node: Any) -> bool:
    """Whether a piece of canonical data is a Quantity."""
    return (
        isinstance(node, Mapping)
        and len(node) == len(QUANTITY_FIELDS)
        and all(name in node for name in QUANTITY_FIELDS)
    )


def with_value(data: Any, location: Location, value: object, shape: Shape) -> Any:
    """A copy of canonical data with one value set; only what lies on the path is copied.

    A number set at a Quantity, or at its `value`, keeps the unit, and the range if that holds
    it; the basis becomes `assumed`, without a source. Raises PathError.
    """
    above = shape.at(location[:-1])
    if location[-1] == "value" and above is not None and above.kind is not None:
        location = location[:-1]
    here = shape.at(location)
    kind = here.kind if here and value is not None and not isinstance(value, Mapping) else None
    return _replaced(data, location, (), value, kind)


def _replaced(data: Any, rest: Location, done: Location, value: object, kind: Kind | None) -> Any:
    if not rest:
        return _set_for_this_run(data, value, kind, path_text(done)) if kind else value
    segment, rest = rest[0], rest[1:]
    here = (*done, segment)
    if isinstance(data, list | tuple):
        if not isinstance(segment, int) or segment >= len(data):
            raise PathError(path_text(here), f"no such position{_positions(len(data))}")
        below = _replaced(data[segment], rest, here, value, kind)
        return [*data[:segment], below, *data[segment + 1 :]]
    if data is None and done:
        raise PathError(path_text(here), f"{path_text(done)} is null: give the whole of it first")
    if not isinstance(data, Mapping):
        text = f"nothing lies below {path_text(done)}, which is {shown(data)}"
        raise PathError(path_text(here), text)
    if segment not in data:
        raise PathError(
            path_text(here), f"no such field{choice(segment, map(str, data), 'fields')}"
        )
    return {**data, segment: _replaced(data[segment], rest, here, value, kind)}


def _positions(length: int) -> str:
    return f" (positions: [0] to [{length - 1}])" if length else ": the list is empty"


def _set_for_this_run(old: Any, raw: object, kind: Kind, path: str) -> dict[str, Any]:
    """A number with what stays true of the old one, if there was one."""
    try:
        value = kind.number(raw)
    except ValueError as error:
        raise PathError(path, str(error)) from None
    kept = old if is_quantity(old) else {"low": None, "high": None, "unit": None}
    new = {**kept, "value": value, "basis": "assumed", "source": [], "note": SET_NOTE}
    beyond_low = kept["low"] is not None and value < kept["low"]
    beyond_high = kept["high"] is not None and value > kept["high"]
    return {**new, "low": None, "high": None} if beyond_low or beyond_high else new
