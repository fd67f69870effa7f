"""The errors of pydantic in nobat's words: what is wrong, what is allowed, near misses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sized
from typing import Any, NamedTuple

from nobat.scenario.parts import ACROSS, TAG_MARK, WORDED
from nobat.scenario.problems import MOST_PROBLEMS, Problem, Written
from nobat.scenario.shape import Shape
from nobat.scenario.words import Location, choice, listed, nearest, shown


class Fault(NamedTuple):
    """An error of pydantic's, as far as wording it needs."""

    type: str
    location: Location
    given: Any
    context: Mapping[str, Any]

    @classmethod
    def of(cls, error: Mapping[str, Any]) -> Fault:
        """Read an entry of `ValidationError.errors()`; drop pydantic's own marks from its path."""
        *above, last = error["loc"] or (TAG_MARK,)
        location = tuple(each for each in above if not str(each).startswith(TAG_MARK))
        if error["type"] == "extra_forbidden" or not str(last).startswith(TAG_MARK):
            location += (last,)  # an unknown field may be called anything
        return cls(error["type"], location, error.get("input"), error.get("ctx", {}))


def problems_of(
    faults: Iterable[Fault], written: Written, shape: Shape, known: Iterable[Problem] = ()
) -> tuple[Problem, ...]:
    """Word all faults in the order of the file; `known` are problems found while reading it."""
    faults = list(faults)
    meant = {_meant(fault, shape) for fault in faults}
    placed = [
        (fault, written.problem(_shown_location(fault), ""))
        for fault in faults
        if not _hollow(fault) and not (fault.type == "missing" and fault.location in meant)
    ]
    placed.sort(key=lambda pair: pair[1].line or 0)
    words = [
        Problem(place.path, place.line, message(fault, shape), place.where)
        for fault, place in placed[:MOST_PROBLEMS]
    ]
    found = sorted(dict.fromkeys([*known, *words]), key=lambda problem: problem.line or 0)
    left_out = len(placed) - len(words)
    if left_out:
        text = f"{left_out:,} more problems: mend the ones above first"
        found.append(Problem("...", None, text, written.where))
    return tuple(found)


def _meant(fault: Fault, shape: Shape) -> Location | None:
    """The field that a mistyped one was probably meant to be: that one is not missing as well."""
    if fault.type != "extra_forbidden":
        return None
    *parent, name = fault.location
    here = shape.at(tuple(parent))
    right = nearest(name, here.names) if here else None
    return None if right is None else (*parent, right)


def _hollow(fault: Fault) -> bool:
    """A list that is too short only because its entries are wrong: those are reported anyway."""
    return fault.type == "too_short" and _entries(fault) >= fault.context["min_length"]


def _entries(fault: Fault) -> int:
    return len(fault.given) if isinstance(fault.given, Sized) else 0


def _shown_location(fault: Fault) -> Location:
    return fault.location[:-1] if fault.location[-1:] == ("[key]",) else fault.location


def message(fault: Fault, shape: Shape) -> str:
    """What is wrong and what is allowed, in one sentence."""
    if fault.type in (WORDED, ACROSS):
        return str(fault.context["text"])
    if fault.location[-1:] == ("[key]",):
        return _not_an_id(fault.location[-2])
    worded = _WORDS.get(fault.type)
    return worded(fault, shape) if worded else f"{shown(fault.given)} is not allowed here"


def _not_an_id(name: object) -> str:
    return f"{shown(name)} is not an id: a letter, then letters, digits, _ or -; 64 at most"


def _missing(fault: Fault, shape: Shape) -> str:
    about = (shape.at(fault.location) or shape).about
    first = re.split(r"(?<=\w)[.;:](?:\s|$)", about, maxsplit=1)[0]
    return f"is missing{f': {first[:1].lower()}{first[1:]}' if first else ''}"


def _unknown(fault: Fault, shape: Shape) -> str:
    parent = shape.at(fault.location[:-1])
    known = parent.names if parent else ()
    if fault.location[-1] == "<<":
        return "merge keys are not read: write the fields out"
    return "no such field" + choice(fault.location[-1], known, "fields")


def _not_a_mapping(fault: Fault, shape: Shape) -> str:
    here = shape.at(fault.location)
    if here and here.fields:
        wanted = f"a mapping of fields is needed ({listed(here.names)})"
    else:
        wanted = "a mapping is needed, `name: {...}` for each"
    return f"{'is empty' if fault.given is None else shown(fault.given) + ' stands here'}: {wanted}"


def _not_a_list(fault: Fault, _shape: Shape) -> str:
    given = "is empty" if fault.given is None else f"{shown(fault.given)} stands here"
    return f"{given}: a list is needed, `[...]` or a dash for each"


def _not_text(fault: Fault, _shape: Shape) -> str:
    quotes = isinstance(fault.given, int | float)
    return f"{shown(fault.given)} is not text{': put it in quotes' if quotes else ''}"


def _not_a_choice(fault: Fault, _shape: Shape) -> str:
    right = re.findall(r"'([^']*)'", fault.context["expected"]) or [fault.context["expected"]]
    return f"{shown(fault.given)} is not allowed{choice(fault.given, right, 'allowed')}"


def _too_few(fault: Fault, _shape: Shape) -> str:
    return f"is empty: at least {fault.context['min_length']} is needed"


def _too_many(fault: Fault, _shape: Shape) -> str:
    return f"has {_entries(fault)} entries: {fault.context['max_length']} at most"


_WORDS: dict[str, Callable[[Fault, Shape], str]] = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    "model_type": _not_a_mapping,
    "model_attributes_type": _not_a_mapping,
    "dict_type": _not_a_mapping,
    "mapping_type": _not_a_mapping,
    "tuple_type": _not_a_list,
    "list_type": _not_a_list,
    "string_type": _not_text,
    "bool_type": lambda fault, _: f"{shown(fault.given)} is not true or false",
    "literal_error": _not_a_choice,
    "too_short": _too_few,
    "too_long": _too_many,
    "string_too_short": lambda _, __: "is empty: write something",
    "string_too_long": lambda fault, _: (
        f"is too long: {fault.context['max_length']} characters at most"
    ),
    "string_pattern_mismatch": lambda fault, _: _not_an_id(fault.given),
}
