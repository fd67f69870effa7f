"""How problems are worded: values, paths, near misses and lists of what is allowed."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping

#: Where something stands in a scenario: keys and list positions from the top down.
Location = tuple[str | int, ...]

_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_LONGEST = 60
_LONGEST_WHOLE = 10**30
_LARGEST_EXACT = 2.0**53


def shown(value: object) -> str:
    """A value as a problem shows it: one short line, in the words of YAML."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, int) and abs(value) >= _LONGEST_WHOLE:
        return "a whole number of more than 30 digits"
    if isinstance(value, float) and value.is_integer() and abs(value) < _LARGEST_EXACT:
        return str(int(value))
    if isinstance(value, float):
        return {"nan": ".nan", "inf": ".inf", "-inf": "-.inf"}.get(str(value), str(value))
    return quoted(str(value))[1:-1]


def quoted(text: str) -> str:
    """Text in quotes, cut to one short line, with nothing that could disturb a terminal."""
    short = text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "..."
    return f"'{short}'" if short.isprintable() else ascii(short)


def path_text(location: Location) -> str:
    """A location as people write it: `places.abu_kamal.layers.stack[3].garrison`."""
    text = ""
    for segment in location:
        if isinstance(segment, int):
            text += f"[{segment}]"
        elif _PLAIN_KEY.fullmatch(segment) and len(segment) <= _LONGEST:
            text += f".{segment}" if text else segment
        else:
            text += f"[{quoted(segment)}]"
    return text


def listed(words: Iterable[str], most: int = 24) -> str:
    """Words joined by commas; after `most` of them, how many more there are."""
    words = [_bare(word) for word in words]
    more = [f"and {len(words) - most} more"] if len(words) > most else []
    return ", ".join(words[:most] + more) or "none"


def nearest(wrong: object, right: Iterable[str]) -> str | None:
    """The right word that `wrong` was probably meant to be, or None when none is near."""
    if not isinstance(wrong, str) or not wrong or len(wrong) > _LONGEST:
        return None
    plain = {_plain(word): word for word in right}
    found = difflib.get_close_matches(_plain(wrong), plain, n=1, cutoff=0.6)
    if found:
        return plain[found[0]]
    longer = [word for start, word in plain.items() if start.startswith(_plain(wrong))]
    return longer[0] if len(longer) == 1 else None


def choice(wrong: object, right: Iterable[str], label: str) -> str:
    """`; did you mean X? (label: X, Y)`, as far as it applies."""
    right = list(right)
    near = nearest(wrong, right)
    return (f"; did you mean {_bare(near)}?" if near else "") + f" ({label}: {listed(right)})"


def _bare(word: str) -> str:
    """A word without quotes, unless it is too long or too strange to stand there as it is."""
    return word if word.isprintable() and len(word) <= _LONGEST else quoted(word)


def _plain(word: str) -> str:
    return word.lower().replace("-", "_").replace(" ", "_")
