"""What a Persian text must keep: letters, digits, marks and half-spaces as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nobat.show.language import LEFT_TO_RIGHT, POP
from tests.words.catalogue import gaps

_HALF = "\u200c"
#: What stands in a text and is none of its words: gaps, what is isolated, commands.
_APART = re.compile(rf"\{{\w+\}}|{LEFT_TO_RIGHT}[^{POP}]*{POP}|`[^`]*`")
_ARABIC = re.compile("[\u064a\u0643\u0629\u0660-\u0669]")
_LATIN = re.compile(r"[A-Za-z0-9]")
_LATIN_SIGNS = re.compile(r"""[,;?"'%]""")
_LETTER = "\u0621-\u06cc"
#: Words that are written with a half-space, and how they are found where it is missing.
_APART_OR_JOINED = {
    "می": re.compile(rf"(?<![{_LETTER}{_HALF}])ن?می (?=[{_LETTER}])"),
    "ها": re.compile(rf"[{_LETTER}] ها(?:ی|یی|یش|یشان)?(?![{_LETTER}{_HALF}])"),
    "ترین": re.compile(rf"[{_LETTER}] تر(?:ین)?(?![{_LETTER}{_HALF}])"),
    "اند": re.compile(rf"[{_LETTER}] اند(?![{_LETTER}{_HALF}])"),
    "نمی": re.compile(rf"(?<![{_LETTER}{_HALF}])نمی(?=[{_LETTER}])"),
}
#: A percent sign stands behind its number by a mark that is not seen.
_PERCENT = re.compile("(?<=[}۰-۹])٪")
_EZAFE = re.compile("ه (?=ی )|ه‌ی ")


def faults(text: str, translation: str) -> Iterator[str]:
    """What is wrong with a translation, in words."""
    if gaps(text) != gaps(translation):
        yield f"gaps {sorted(gaps(text))} and {sorted(gaps(translation))}"
    lines = translation.count("\n")
    if lines != text.count("\n") and (lines or text.startswith("\n")):
        yield "other lines"
    for edge in ("lstrip", "rstrip"):
        if (getattr(text, edge)() == text) != (getattr(translation, edge)() == translation):
            yield "blanks at an end"
    words = _APART.sub("", translation)
    checks = {
        "an Arabic letter or digit": _ARABIC,
        "Latin letters or digits that are not isolated": _LATIN,
        "a Latin sign": _LATIN_SIGNS,
        "ezafe after ه is written ٔ": _EZAFE,
        "a percent sign without its mark": _PERCENT,
        **{f"no half-space at {word}": found for word, found in _APART_OR_JOINED.items()},
    }
    for fault, found in checks.items():
        looked_at = translation if found is _PERCENT else words
        if found.search(looked_at):
            yield f"{fault}: {found.search(looked_at)}"
    if f" {_HALF}" in translation or f"{_HALF} " in translation or translation.endswith(_HALF):
        yield "a half-space at the edge of a word"
