"""Looking into plain data that may hold anything: what is absent or of a wrong type is passed over.

For checks that must still say what they can about a scenario that has other errors.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from nobat.scenario.words import Location

#: What a check finds: where, and what is wrong.
Found = Iterator[tuple[Location, str]]

_LARGEST = 1e15


def below(node: Any, *keys: str) -> Any:
    """What lies at keys below a node, or None."""
    for key in keys:
        node = node.get(key) if isinstance(node, Mapping) else None
    return node


def mapping(node: Any, *keys: str) -> Mapping[str, Any]:
    """The mapping below a node, or an empty one."""
    found = below(node, *keys)
    return found if isinstance(found, Mapping) else {}


def entries(node: Any, *keys: str) -> list[Any]:
    """The list below a node, or an empty one."""
    found = below(node, *keys)
    return list(found) if isinstance(found, list | tuple) else []


def number(node: Any, *keys: str) -> float | None:
    """The number below a node, plain or with its pedigree; None when there is no sane one."""
    found = below(node, *keys)
    value = found.get("value") if isinstance(found, Mapping) else found
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if abs(value) < _LARGEST else None
