"""Words and yes/no fields: which there are, what they may hold."""

from __future__ import annotations

import pytest

from nobat.scenario import load
from nobat.study.fields import choice_at, refused
from tests.small import small

SIEGE = load("abu-kamal-2017")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("sleep.model", ("none", "safte", "three_process")),
        ("rotation.three-groups.forgive_rest", (False, True)),
        ("doctrines.rotate.start", ("rotate", "commit_all", "hold", "pause")),
        ("doctrines.rotate.rotation", None),
        ("doctrines.as-told.rules[0].when", None),
    ],
)
def test_a_field_knows_its_words(path: str, words: tuple[str, ...] | None) -> None:
    field = choice_at(SIEGE, path)
    assert field is not None
    assert (field.path, field.words) == (path, words)


def test_a_field_that_may_also_be_a_mapping_is_a_word_where_it_is_one() -> None:
    assert choice_at(SIEGE, "attrition.law") is None
    field = choice_at(small(), "attrition.law")
    assert field is not None
    assert field.words == ("square", "linear", "logarithmic", "guerrilla")


@pytest.mark.parametrize(
    "path",
    [
        "name", "title", "about", "run.events", "run.main[0]", "doctrines.rotate.title",
        "doctrines.rotate.about", "contact.frontage", "contact.frontage.note", "sources.C3.title",
        "plan[0].objectives[0]", "plan[9].until", "places.nowhere.kind", "doctrines", "", "a..b",
        "contested[0].matter", "attacker.units[0].name", "contact.nothing",
    ],
)  # fmt: skip
def test_what_changes_nothing_is_no_field_to_vary(path: str) -> None:
    assert choice_at(SIEGE, path) is None


def test_yes_and_no_are_read() -> None:
    field = choice_at(SIEGE, "rotation.three-groups.forgive_rest")
    assert field is not None
    assert [field.read(text) for text in ("yes", "TRUE", "no", "false")] == [
        True, True, False, False,
    ]  # fmt: skip


def test_why_a_word_is_refused() -> None:
    assert refused(SIEGE, "doctrines.rotate.rotation", "by-operation") is None
    assert "not a rotation policy" in (refused(SIEGE, "doctrines.rotate.rotation", "none") or "")
    assert "is not a rule" in (refused(SIEGE, "doctrines.as-told.rules[0].when", "now") or "")
