"""What every part of a scenario shares: frozen models, read-only mappings, checked text and ids."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    SerializerFunctionWrapHandler,
    StringConstraints,
    ValidationError,
    WithJsonSchema,
    WrapSerializer,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

from nobat.scenario.words import Location, quoted

K = TypeVar("K")
V = TypeVar("V")

#: The type of an error that a part words itself: its text is shown as it stands.
WORDED = "worded"
#: The same for an error that concerns several parts at once.
ACROSS = "across"
#: Starts the tags that pydantic puts into locations to say which form of a field was meant.
TAG_MARK = "\0"


class Part(BaseModel):
    """A piece of a scenario: frozen, and without unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    #: Short ways of writing that a part accepts beside its fields.
    short_ways: ClassVar[tuple[str, ...]] = ()


class ReadOnly(Mapping[K, V]):
    """A mapping that cannot be changed; it keeps its order, and can be hashed and pickled."""

    __slots__ = ("_entries",)

    def __init__(self, entries: Mapping[K, V]) -> None:
        self._entries = dict(entries)

    def __getitem__(self, key: K) -> V:
        return self._entries[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __hash__(self) -> int:
        return hash(frozenset(self._entries.items()))

    def __repr__(self) -> str:
        return repr(self._entries)


def _read_only(entries: Mapping[str, V]) -> Mapping[str, V]:
    return ReadOnly(entries)


def _dumped(entries: Mapping[str, V], dump: SerializerFunctionWrapHandler) -> Any:
    return dump(dict(entries))


#: Put last in the annotation of a mapping: it is frozen once it is checked.
FROZEN = (AfterValidator(_read_only), WrapSerializer(_dumped))


def worded(message: str, kind: str = WORDED) -> PydanticCustomError:
    """An error whose text is `message`, at the place that is being validated."""
    return PydanticCustomError(kind, "{text}", {"text": message})


def fail(*problems: tuple[Location, str], kind: str = WORDED) -> ValidationError:
    """An error with any number of problems, each (location below the part, message)."""
    details = [
        InitErrorDetails(type=worded(message, kind), loc=location, input=None)
        for location, message in problems
    ]
    return ValidationError.from_exception_data("scenario", details)


def _printable(text: str) -> str:
    """Refuse what could disturb a terminal or a file: control characters, lone surrogates."""
    for character in text:
        code = ord(character)
        if (code < 32 and character not in "\n\t") or 127 <= code < 160:
            raise worded(f"holds the control character {code:#04x}: remove it")
        if 0xD800 <= code <= 0xDFFF:
            raise worded("holds half of a character (a lone surrogate): remove it")
    return text


#: Words for people: any language, no control characters.
Text = Annotated[str, AfterValidator(_printable)]
#: A heading: words for people, never empty.
Title = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(_printable)]
#: What a scenario may be called: the name ends up in the names of files and folders.
NAME_PATTERN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_NAME = 64


def check_name(name: str) -> str:
    """A scenario's name; raises an error (a ValueError) that says what is allowed."""
    if len(name) > _LONGEST_NAME or not NAME_PATTERN.fullmatch(name):
        allowed = f"lower-case words and digits joined by hyphens, {_LONGEST_NAME} at most"
        raise worded(f"{quoted(name)} is not a name: {allowed}")
    return name


#: The name of a scenario.
Name = Annotated[
    str,
    AfterValidator(check_name),
    WithJsonSchema(
        {"type": "string", "pattern": f"^{NAME_PATTERN.pattern}$", "maxLength": _LONGEST_NAME}
    ),
]
#: The id of a place, source, policy or doctrine: a letter, then letters, digits, `_` or `-`.
Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]*$", max_length=64)]
