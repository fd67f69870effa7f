"""In which language people are spoken to: English as it stands in the code, Persian by a catalogue.

A text is marked where it is made, with named gaps for what changes in it:

    _("{name} took the place in {share} of {n}.").format(name=..., share=..., n=...)

The catalogues are gettext's: `locale/<code>/LC_MESSAGES/nobat.po` is what a translator writes, the
`.mo` beside it what is read (CONTRIBUTING says how one comes of the other). A text that a catalogue
lacks is shown in English. Numbers are made with ASCII digits everywhere; `shaped` gives a finished
text the digits and signs of the language, once, where it is shown.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_DOMAIN = "nobat"
LOCALE = Path(__file__).parent / "locale"


@dataclass(frozen=True, slots=True)
class Language:
    """A language: its code, its own name, which way it runs (`ltr`, `rtl`), its digits 0 to 9.

    point, comma: what stands before decimals and between thousands; percent: its sign.
    """

    code: str
    name: str
    direction: str = "ltr"
    digits: str = "0123456789"
    point: str = "."
    comma: str = ","
    percent: str = "%"


ENGLISH = Language("en", "English")
PERSIAN = Language("fa", "فارسی", "rtl", "۰۱۲۳۴۵۶۷۸۹", "٫", "٬", "٪")
LANGUAGES = {one.code: one for one in (ENGLISH, PERSIAN)}

_spoken: ContextVar[Language] = ContextVar("nobat_language", default=ENGLISH)


def language() -> Language:
    """The language that is spoken now."""
    return _spoken.get()


@contextmanager
def speaking(code: str) -> Iterator[Language]:
    """Speak another language for a while, by its code; KeyError for one that is not there."""
    token = _spoken.set(LANGUAGES[code])
    try:
        yield language()
    finally:
        _spoken.reset(token)


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue(code: str) -> gettext.NullTranslations:
    if code == ENGLISH.code:
        return gettext.NullTranslations()
    return gettext.translation(_DOMAIN, LOCALE, [code], fallback=True)


def _(text: str) -> str:
    """A text in the language that is spoken."""
    return _catalogue(language().code).gettext(text)


def n_(one: str, many: str, n: int) -> str:
    """A text that depends on a number: `n_("{n} day", "{n} days", n)`, its gaps still open."""
    return _catalogue(language().code).ngettext(one, many, n)


_BETWEEN_DIGITS = re.compile(r"(?<=\d)[.,](?=\d)")


def shaped(text: str) -> str:
    """A finished text with the digits, separators and percent sign of the language.

    Only a point or comma between two digits is one of a number. Paths, commands and names keep
    theirs where they are marked so: what stands between backticks is left as it is.
    """
    spoken = language()
    if spoken.digits == ENGLISH.digits:
        return text
    parts = text.split("`")
    # Every second part stands between backticks; a last one without its partner does not.
    return "`".join(
        part if k % 2 and k < len(parts) - 1 else _in_digits(part, spoken)
        for k, part in enumerate(parts)
    )


def _in_digits(text: str, spoken: Language) -> str:
    signs = {".": spoken.point, ",": spoken.comma}
    text = _BETWEEN_DIGITS.sub(lambda found: signs[found[0]], text)
    table = str.maketrans(ENGLISH.digits + ENGLISH.percent, spoken.digits + spoken.percent)
    return text.translate(table)
