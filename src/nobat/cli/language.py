"""`--lang`: in which language people are answered, before or after any command."""

from __future__ import annotations

import functools
import inspect
import os
from collections.abc import Callable, Sequence
from typing import Annotated, Any

from cyclopts import Parameter

from nobat.cli.output import Mistake
from nobat.show.language import ENGLISH, LANGUAGES, VARIABLE

_OPTION = "--lang"

#: `--lang` as the help of a command lists it.
Lang = Annotated[
    str | None,
    Parameter(
        name=_OPTION,
        metavar="|".join(LANGUAGES),
        show_default=False,
        help="Answer in English or in Persian (default: the variable NOBAT_LANG, else English).",
    ),
]


def with_language(command: Callable[..., Any]) -> Callable[..., Any]:
    """A command whose help lists `--lang` too, which `take_language` has taken before it is called.

    It stands before `--json` where there is one, else last.
    """

    @functools.wraps(command)
    def listed(*words: Any, lang: str | None = None, **options: Any) -> Any:
        return command(*words, **options)

    own = inspect.signature(command)
    extra = inspect.Parameter("lang", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=Lang)
    there = list(own.parameters.values())
    names = [one.name for one in there]
    there.insert(names.index("json") if "json" in names else len(there), extra)
    listed.__signature__ = own.replace(parameters=there)  # type: ignore[attr-defined]
    listed.__annotations__ = {**command.__annotations__, "lang": Lang}
    return listed


def take_language(words: Sequence[str]) -> tuple[list[str], str, Mistake | None]:
    """(the words without `--lang`, the code of the language, what is wrong with it).

    The last `--lang` counts; without one the variable NOBAT_LANG does, else it is English. What
    follows a bare `--` is left alone.
    """
    kept: list[str] = []
    asked: str | None = None
    rest = iter(words)
    for word in rest:
        if word == "--":
            kept += [word, *rest]
        elif word == _OPTION:
            asked = next(rest, "")
        elif word.startswith(f"{_OPTION}="):
            asked = word.partition("=")[2]
        else:
            kept.append(word)
    where = _OPTION
    if asked is None:
        where, asked = VARIABLE, os.environ.get(VARIABLE) or ENGLISH.code
    if asked in LANGUAGES:
        return kept, asked, None
    return kept, ENGLISH.code, Mistake(f"{where}: {_refused(asked)}")


def _refused(asked: str) -> str:
    """What is wrong with the name of a language, and which there are."""
    from nobat.scenario.words import nearest

    there = ", ".join(f"{one.code} {one.name}" for one in LANGUAGES.values())
    if not asked or asked.startswith("-"):
        return f"a language is missing (languages: {there})"
    names = {name.lower(): one.code for one in LANGUAGES.values() for name in (one.code, one.name)}
    names |= {"persian": "fa", "farsi": "fa", "per": "fa", "fas": "fa", "eng": "en"}
    main = asked.lower().replace("_", "-").partition("-")[0]
    near = names.get(main) or names.get(nearest(main, names) or "")
    hint = f"; did you mean {near}?" if near else ""
    return f"{asked!r} is not a language{hint} (languages: {there})"
