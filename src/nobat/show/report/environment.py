"""What the templates are read with: filters for texts, and what templates call."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from nobat.show import symbols
from nobat.show.language import _, right_to_left, shaped

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

#: A blank at which no line is broken: before a percent sign, behind ±.
_TIED = re.compile(r"(?<=\d) (?=%)|(?<=±) ")
#: Letters that run from right to left; a text with none of them and some blanks is a sentence of
#: another language.
_PERSIAN, _WORDS = re.compile("[\u0590-\u08ff]"), 3


def code_of(kind: Any, holder: Any) -> str:
    """The code of a place's symbol."""
    return symbols.place_code(kind, holder)


def _data(value: Any) -> Any:
    """A value as JSON inside a page: what it holds cannot end a script."""
    from markupsafe import Markup

    text = json.dumps(value, allow_nan=False, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))


def _shown(text: Any, names: Sequence[str] = ()) -> Any:
    """A text as people read it: numbers in their digits, what stands between backticks as code.

    names: words that stand out and are never broken.
    """
    from markupsafe import Markup, escape

    parts = _TIED.sub("\u00a0", shaped(str(text))).split("`")
    found = [
        Markup("<code>{}</code>").format(part)
        if k % 2 and k < len(parts) - 1
        else _named(escape(part), names)
        for k, part in enumerate(parts)
    ]
    return Markup("").join(found)


def _breakable(text: Any) -> Markup:
    """A dotted name, whose lines may break before a dot, a bracket or an underscore."""
    from markupsafe import Markup, escape

    return Markup(re.sub(r"(?<=.)(?=[.\[_])", "<wbr>", str(escape(text))))


def _plain(text: Any) -> str:
    """A text in the digits of the language."""
    return shaped(str(text))


def _way(text: Any) -> Markup:
    """The attributes of an element that holds a text: English sentences keep their own way."""
    from markupsafe import Markup

    own = right_to_left() and not _PERSIAN.search(str(text)) and str(text).count(" ") >= _WORDS
    return Markup(' lang="en" dir="ltr"' if own else "")


def _named(text: Markup, names: Sequence[str]) -> Markup:
    """A text in which names stand out: the longest that fits at any place, and whole ones only."""
    from markupsafe import Markup

    if not names:
        return text
    longest = sorted(names, key=len, reverse=True)
    words = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, longest))})(?![\w-])")
    # Of a plain string: what is put into a Markup would be escaped.
    return Markup(words.sub(r'<b class="name">\1</b>', str(text)))


@cache
def environment() -> Environment:
    """The templates, with what they call."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("nobat.show", "report/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals |= {"_": _, "code_of": code_of}
    made.filters |= {
        "data": _data, "t": _shown, "breakable": _breakable, "plain": _plain, "way": _way,
    }  # fmt: skip
    return made
