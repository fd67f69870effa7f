"""Values, paths and near misses in words; nothing in them disturbs a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nobat.scenario.words import choice, listed, nearest, path_text, quoted, shown


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "null"),
        (True, "true"),
        (-40, "-40"),
        (900.0, "900"),
        (0.25, "0.25"),
        (1e300, "1e+300"),
        (float("-inf"), "-.inf"),
        ("x", "'x'"),
        ("x\ny", "'x\\ny'"),
        ("x" * 100, "'" + "x" * 57 + "...'"),
        ({}, "a mapping"),
        ((1, 2), "a list"),
        (10**30, "a whole number of more than 30 digits"),
    ],
)
def test_values(value: object, words: str) -> None:
    assert shown(value) == words


def test_paths() -> None:
    assert path_text(("a", 3, "b-c", "d")) == "a[3].b-c.d"
    assert path_text(("two words", "x")) == "['two words'].x"
    assert path_text(()) == ""


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("suicid", "suicide"),
        ("Commit-All", "commit_all"),
        ("front", "frontage"),
        ("zzz", None),
        ("", None),
        (3, None),
        ("x" * 1000, None),
    ],
)
def test_near_misses(wrong: object, right: str | None) -> None:
    assert nearest(wrong, ["suicide", "commit_all", "frontage", "works"]) == right


def test_choices_and_lists() -> None:
    assert choice("lo", ["low", "high"], "fields") == "; did you mean low? (fields: low, high)"
    assert choice("x", [], "sources") == " (sources: none)"
    assert listed(f"w{i}" for i in range(30)).endswith("w23, and 6 more")


@given(st.text(), st.lists(st.text()))
def test_everything_stays_on_one_printable_line(text: str, others: list[str]) -> None:
    for words in (shown(text), quoted(text), path_text((text, 3, text)), listed(others)):
        assert words.isprintable()
    assert choice(text, [*others, f"{text}x"], "words").isprintable()
