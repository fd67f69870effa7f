"""The catalogues: read, brought up to date, compiled, and what is wrong with them."""

from __future__ import annotations

import gettext
import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from nobat.show.language import ENGLISH, LANGUAGES, LOCALE
from tests.words.collect import template

CODES = tuple(code for code in LANGUAGES if code != ENGLISH.code)
_WIDTH = 100
_HEAD = """\
# {name} texts of nobat. CONTRIBUTING.md says how they are kept, the glossary which words they use.
msgid ""
msgstr ""
"Language: {code}\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
_GAP = re.compile(r"\{(\w+)\}")
#: What the heading says of when a catalogue was made: it is the same whenever that is.
_ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)


def path(code: str, ending: str) -> Path:
    """Where a catalogue lies."""
    return LOCALE / code / "LC_MESSAGES" / f"nobat.{ending}"


def catalogue(code: str) -> Catalog:
    """What translators have written; an empty one where there is none yet."""
    if not path(code, "po").exists():
        return read_po(io.BytesIO(_head(code)), locale=code)
    with path(code, "po").open("rb") as stream:
        return read_po(stream, locale=code)


def _head(code: str) -> bytes:
    """The heading of a catalogue: nothing that changes from day to day."""
    return _HEAD.format(name=LANGUAGES[code].name, code=code).encode()


def update(code: str) -> Catalog:
    """Add what is new, drop what is gone, write the catalogue and compile it."""
    found = catalogue(code)
    found.update(template(), no_fuzzy_matching=True, update_creation_date=False)
    found.creation_date = _ALWAYS
    path(code, "po").parent.mkdir(parents=True, exist_ok=True)
    text = io.BytesIO()
    write_po(
        text, found, width=_WIDTH, ignore_obsolete=True, include_lineno=False, omit_header=True
    )
    path(code, "po").write_bytes(_head(code) + text.getvalue().lstrip())
    with path(code, "mo").open("wb") as stream:
        write_mo(stream, found)
    return found


def missing(found: Catalog) -> list[str]:
    """The texts that have no translation."""
    return [_ids(one)[0] for one in found if one.id and not all(_strings(one))]


def compiled(code: str) -> dict[str, str]:
    """What the compiled catalogue answers to each text: the one for one thing, of a plural."""
    with path(code, "mo").open("rb") as stream:
        read = gettext.GNUTranslations(stream)
    answers = {}
    for one in catalogue(code):
        first, *more = _ids(one)
        if first:
            answers[first] = read.ngettext(first, more[0], 1) if more else read.gettext(first)
    return answers


def written(found: Catalog) -> dict[str, str]:
    """The same as it is written."""
    return {_ids(one)[0]: _strings(one)[0] for one in found if one.id}


def pairs(found: Catalog) -> Iterator[tuple[str, str]]:
    """(the English text, the translation), of a plural each with its own."""
    for one in found:
        ids = _ids(one)
        if ids[0]:
            yield from ((ids[min(k, len(ids) - 1)], text) for k, text in enumerate(_strings(one)))


def gaps(text: str) -> set[str]:
    """The names of a text's gaps."""
    return set(_GAP.findall(text))


def _ids(one: Message) -> tuple[str, ...]:
    return (one.id,) if isinstance(one.id, str) else tuple(one.id)


def _strings(one: Message) -> tuple[str, ...]:
    if isinstance(one.string, str):
        return (one.string,)
    return tuple(one.string or ("",))
