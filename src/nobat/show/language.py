"""In which language people are spoken to: English as it stands in the code, Persian by a catalogue.

A text is marked where it is made, with named gaps for what changes in it:

    _("{name} took the place in {share} of {n}.").format(name=..., share=..., n=...)

The catalogues are gettext's: `locale/<code>/LC_MESSAGES/nobat.po` is what a translator writes, the
`.mo` beside it what is read (CONTRIBUTING says how one comes of the other). A text that a catalogue
lacks is shown in English. Numbers are made with ASCII digits everywhere; `shaped` gives a finished
text the digits and signs of the language, once, where it is shown.

In a language that runs from right to left, a name, path or command in Latin letters stands between
Unicode's isolates (`latin`), so that it moves nothing around it (Unicode Standard Annex 9).
"""

from __future__ import annotations

import gettext
import os
import re
from collections.abc import Iterable, Iterator
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
#: A mark that is not seen and runs from right to left: before a percent sign it makes that stand
#: behind its number whatever else is in the line, and not only where letters come before.
_MARK = "\u200f"
PERSIAN = Language("fa", "فارسی", "rtl", "۰۱۲۳۴۵۶۷۸۹", "٫", "٬", f"{_MARK}٪")
LANGUAGES = {one.code: one for one in (ENGLISH, PERSIAN)}

#: Says which language is spoken where nothing else does; what it does not know is English.
VARIABLE = "NOBAT_LANG"
_spoken: ContextVar[Language | None] = ContextVar("nobat_language", default=None)

#: What follows runs from left to right, or from right to left, until POP ends it.
LEFT_TO_RIGHT, RIGHT_TO_LEFT, POP = "\u2066", "\u2067", "\u2069"


def language() -> Language:
    """The language that is spoken now."""
    return _spoken.get() or LANGUAGES.get(os.environ.get(VARIABLE, ""), ENGLISH)


def right_to_left() -> bool:
    """Whether the language that is spoken runs from right to left."""
    return language().direction == "rtl"


#: Letters, digits and marks that run from right to left.
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\u200f\u2067]")


def runs_right_to_left(text: str) -> bool:
    """Whether anything in a text does."""
    return _RIGHT_TO_LEFT.search(text) is not None


@contextmanager
def speaking(code: str) -> Iterator[Language]:
    """Speak another language for a while, by its code; KeyError for one that is not there."""
    if code not in LANGUAGES:
        raise KeyError(f"{code!r} is not a language (languages: {', '.join(LANGUAGES)})")
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
    # A catalogue answers to the empty text with its own heading.
    if not text:
        return text
    return _catalogue(language().code).gettext(text)


def n_(one: str, many: str, n: int) -> str:
    """A text that depends on a number: `n_("{n} day", "{n} days", n)`, its gaps still open."""
    return _catalogue(language().code).ngettext(one, many, n)


def many(n: float, one: str, more: str, **gaps: object) -> str:
    """A number of things: `many(3, "{n} day", "{n} days")` is `3 days`; gaps: what else it has."""
    return n_(one, more, round(n)).format(n=f"{n:,.0f}", **gaps)


def marked(text: str) -> str:
    """The text itself, marked for the catalogues: `_` looks it up where it is shown."""
    return text


def retold(text: str, *templates: str) -> str:
    """A sentence of a package below this one, known by its template, in the language spoken.

    A text that fits none of the templates is left as it is. A gap that is named `path` holds one.
    """
    for template in templates if language() is not ENGLISH else ():
        pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(template))
        if found := re.fullmatch(pattern, text):
            gaps = found.groupdict().items()
            return _(template).format(**{k: latin(v) if k == "path" else _(v) for k, v in gaps})
    return text


def latin(text: str) -> str:
    """A name, path or command that stands inside a text, whichever way that runs."""
    return f"{LEFT_TO_RIGHT}{text}{POP}" if right_to_left() and text else text


def named(text: str) -> str:
    """A title: in the language that is spoken where its catalogue has it, else as it was given."""
    found = _(text)
    return latin(text) if found == text and text.isascii() else found


def listed(names: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *others, last = tuple(names) or ("",)
    return _("{others} and {last}").format(others=joined(others), last=last) if others else last


def joined(texts: Iterable[str]) -> str:
    """`a, b, c`."""
    return _(", ").join(texts)


def parts(texts: Iterable[str]) -> str:
    """`a; b; c`."""
    return _("; ").join(texts)


#: What keeps its digits: what is isolated or between backticks, Latin words, powers of ten. Then
#: what does not: a number with its sign, a number.
_PIECE = re.compile(
    rf"(?P<apart>{LEFT_TO_RIGHT}[^{POP}\n]*(?:{POP}|\Z|(?=\n)))|(?P<code>`[^`]*`)"
    r"|(?P<word>[A-Za-z_][\w.-]*)|(?P<date>\d{4}-\d\d-\d\d)|(?P<power>-?\d[\d.,]*e[+-]?\d+)"
    r"|(?P<signed>(?<![\w.,)\]])[+-](?=\d)(?:[.,]?\d)+)|(?P<range>(?<=\d)-(?=\d))"
    r"|(?P<number>\d(?:[.,]?\d)*)|(?P<percent>%)",
    re.ASCII,
)
_DASH, _MINUS = "\u2013", "\u2212"


def shaped(text: str) -> str:
    """A finished text with the digits, separators and percent sign of the language.

    Only a point or comma between two digits is one of a number. Paths, commands and names keep
    theirs where they are marked so: what stands between backticks or isolates is left as it is.
    Shaping a text twice does no more than shaping it once.
    """
    spoken = language()
    if spoken.digits == ENGLISH.digits:
        return text
    return _PIECE.sub(lambda found: _piece(found, spoken), text)


def digit(value: int) -> str:
    """A number of one digit, in the digits of the language."""
    return language().digits[value]


def _piece(found: re.Match[str], spoken: Language) -> str:
    """One piece of a text that has digits, or may have."""
    text = found[0]
    if found["apart"] or found["word"]:
        return text
    if found["code"] or found["power"]:
        return latin(text)
    if found["percent"]:
        return spoken.percent
    if found["range"]:
        return _DASH
    if found["date"]:
        return latin(_in_digits(text, spoken))
    if found["signed"]:
        return latin(_in_digits(text.replace("-", _MINUS), spoken))
    return _in_digits(text, spoken)


def _in_digits(text: str, spoken: Language) -> str:
    ours = f"{ENGLISH.digits}{ENGLISH.point}{ENGLISH.comma}"
    theirs = f"{spoken.digits}{spoken.point}{spoken.comma}"
    return text.translate(str.maketrans(ours, theirs))
