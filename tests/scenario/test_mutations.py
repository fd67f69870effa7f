"""Whatever is done to a valid file, it loads or is refused with a path and a message."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from nobat.scenario import Scenario, ScenarioError
from nobat.scenario.problems import Written
from nobat.scenario.reading import read_document
from nobat.scenario.scenario import scenario_of
from tests.scenario.given import PLAIN, TEXT, scenario

FULL = scenario()


def sites(node: Any, keys: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(node, dict):
        below = list(node.items())
    elif isinstance(node, list):
        below = list(enumerate(node))
    else:
        below = []
    found = [(*keys, key) for key, _ in below]
    return found + [site for key, each in below for site in sites(each, (*keys, key))]


SITES = sites(PLAIN)
JUNK: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(), max_size=20)
    | st.sampled_from(["rotate", "north", "book", "day > 1", "value", "1e3"]),
    lambda each: (
        st.lists(each, max_size=4)
        | st.dictionaries(
            st.text(st.characters(), max_size=8)
            | st.sampled_from(["value", "low", "source", "anchor", "layer", "stack", "count"]),
            each,
            max_size=4,
        )
    ),
    max_leaves=8,
)


def mutated(data: st.DataObject) -> dict[str, Any]:
    plain = copy.deepcopy(PLAIN)
    for site in data.draw(st.lists(st.sampled_from(SITES), min_size=1, max_size=4)):
        node: Any = plain
        try:
            for key in site[:-1]:
                node = node[key]
            action = data.draw(st.sampled_from(["drop", "rename", "replace", "copy"]))
            if action == "replace":
                node[site[-1]] = data.draw(JUNK)
            elif action == "copy":
                node[site[-1]] = copy.deepcopy(plain)
            else:
                old = node.pop(site[-1])
                if action == "rename" and isinstance(node, dict):
                    node[data.draw(st.text(st.characters(), max_size=8))] = old
        except (KeyError, IndexError, TypeError, AttributeError):
            continue  # an earlier change took the place away
    return plain


def sound(error: ScenarioError) -> None:
    assert error.problems
    for problem in error.problems:
        assert problem.path
        assert problem.message
        text = str(problem)
        assert text.isprintable()
        text.encode()


@settings(max_examples=400)
@given(st.data())
def test_changed_data_loads_or_is_refused_in_words(data: st.DataObject) -> None:
    try:
        found = scenario_of(Written(mutated(data)))
        assert Scenario.model_validate(found.canonical()) == found
    except ScenarioError as error:
        sound(error)


@settings(max_examples=200)
@given(st.data())
def test_changed_values_are_set_or_refused_in_words(data: st.DataObject) -> None:
    plain = sites(FULL.canonical())
    places = data.draw(st.lists(st.sampled_from(plain), min_size=1, max_size=3))
    path = ["".join(f"[{k}]" if isinstance(k, int) else f".{k}" for k in at)[1:] for at in places]
    try:
        FULL.with_values({each: data.draw(JUNK) for each in path})
    except ScenarioError as error:
        sound(error)


@settings(max_examples=300)
@given(st.data())
def test_changed_text_is_read_or_refused_in_words(data: st.DataObject) -> None:
    text = TEXT
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        length = data.draw(st.integers(0, 12))
        pieces = ["\t", ": ", "- ", "[", "}", "&a ", "*a", "!x ", "\n", "'", '"', "#", "|\n", "? "]
        piece = data.draw(st.sampled_from(pieces) | st.text(max_size=5))
        text = text[:at] + piece + text[at + length :]
    try:
        document = read_document(text.encode("utf-8", "surrogatepass"), "x.yaml")
        scenario_of(Written(document.data, document.lines), document.problems)
    except ScenarioError as error:
        sound(error)


@settings(max_examples=300)
@given(st.binary(max_size=200))
def test_any_bytes_are_refused_in_words(raw: bytes) -> None:
    try:
        read_document(raw, str(Path("x.yaml")))
    except ScenarioError as error:
        sound(error)
