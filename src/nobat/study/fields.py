"""Fields of a scenario that hold a word or a yes/no, and what they may hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from nobat.scenario import Scenario, ScenarioError
from nobat.scenario.parts import Part, Text, Title
from nobat.scenario.values import PathError, parse_path
from nobat.scenario.words import choice, path_text, quoted

#: How a yes/no may be written.
_YES_NO = {"true": True, "false": False, "yes": True, "no": False}
#: Sections that say nothing of the campaign itself.
_NOT_VARIED = (["run"], ["sources"], ["contested"], ["claims"], ["record"])
_FOR_READERS = {*get_args(Text)[1:], *get_args(Title)[1:]}


@dataclass(frozen=True, slots=True)
class Choice:
    """A field that holds a word or a yes/no.

    words: all that it may hold; None where that depends on the rest of the scenario (the name of a
    policy, a rule), and False and True for a yes/no.
    """

    path: str
    words: tuple[str | bool, ...] | None

    def read(self, text: str) -> str | bool:
        """A value written as text; ValueError for a yes/no or a choice that it may not be."""
        if self.words is None:
            return text
        if self.words == (False, True):
            if text.lower() not in _YES_NO:
                raise ValueError(f"{quoted(text)} is not true or false")
            return _YES_NO[text.lower()]
        if text not in self.words:
            allowed = choice(text, [str(word) for word in self.words], "allowed")
            raise ValueError(f"{quoted(text)} is not allowed{allowed}")
        return text


def choice_at(scenario: Scenario, path: str) -> Choice | None:
    """The field at a path, None where a scenario has no word and no yes/no that can be varied.

    What only readers see (titles, notes, sources) cannot, nor how the scenario is run.
    """
    try:
        *above, name = parse_path(path)
    except PathError:
        return None
    part = _part_at(scenario, tuple(above))
    if part is None or not isinstance(name, str) or name not in type(part).model_fields:
        return None
    field = type(part).model_fields[name]
    if above[:1] in _NOT_VARIED or part is scenario:
        return None
    types = [*field.metadata, *_plain_types(field.annotation)]
    if not isinstance(getattr(part, name), str | bool | None) or _for_readers(types):
        return None
    if bool in types:
        return Choice(path_text((*above, name)), (False, True))
    words = tuple(word for word in types if isinstance(word, str))
    if not words and str not in types:
        return None
    return Choice(path_text((*above, name)), words or None)


def refused(scenario: Scenario, path: str, word: str | bool) -> str | None:
    """Why a field may not hold a word in this scenario, None where it may."""
    try:
        scenario.with_values({path: word})
    except ScenarioError as error:
        return next((each.message for each in error.problems if each.path == path), None)
    return None


def _part_at(scenario: Scenario, location: tuple[str | int, ...]) -> Part | None:
    """The part of a scenario at a location, None where there is none."""
    node: Any = scenario
    for segment in location:
        if isinstance(node, Part) and isinstance(segment, str):
            node = getattr(node, segment, None)
        elif isinstance(node, Mapping):
            node = node.get(segment)
        elif isinstance(node, tuple) and isinstance(segment, int) and segment < len(node):
            node = node[segment]
        else:
            return None
    return node if isinstance(node, Part) else None


def _for_readers(types: list[Any]) -> bool:
    """Whether a field is words for people, which change nothing."""
    return any(each in _FOR_READERS for each in types)


def _plain_types(annotation: Any) -> Iterator[Any]:
    """The types that an annotation allows, unions taken apart; of a Literal its words."""
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    elif get_args(annotation):
        for each in get_args(annotation):
            yield from _plain_types(each)
    else:
        yield annotation
