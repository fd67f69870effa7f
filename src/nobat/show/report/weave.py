"""What the languages of a page have in common, and what each says for itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

#: The key of a gap, and nothing else's: what stands there is the n-th word of the language spoken.
GAP = "@"


def woven(editions: Sequence[Any]) -> tuple[Any, list[list[Any]]]:
    """Values that are the same but for their words, as one value with gaps, and each one's words.

    A gap is `{"@": n}`. Where the shape differs, the whole of that part is a word.
    """
    words: list[list[Any]] = [[] for _edition in editions]
    return _common(editions, words), words


def _common(values: Sequence[Any], words: list[list[Any]]) -> Any:
    """What the values have in common; adds to `words` what they have not."""
    first, *others = values
    if all(other == first for other in others):
        return first
    if all(isinstance(one, Mapping) for one in values):
        if all(one.keys() == first.keys() for one in others):
            return {key: _common([one[key] for one in values], words) for key in first}
    elif all(isinstance(one, list | tuple) for one in values) and all(
        len(one) == len(first) for one in others
    ):
        return [_common(each, words) for each in zip(*values, strict=True)]
    for own, value in zip(words, values, strict=True):
        own.append(value)
    return {GAP: len(words[0]) - 1}
