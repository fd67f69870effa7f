"""The catalogues: complete, compiled, and written as the language is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.words.catalogue import CODES, catalogue, compiled, missing, pairs, path, written
from tests.words.collect import marked_in, template
from tests.words.rules import faults

ROOT = Path(__file__).resolve().parents[2]
NOW = "run: python -m tests.words"


@pytest.mark.parametrize("code", CODES)
def test_every_text_is_in_the_catalogue_and_no_other(code: str) -> None:
    asked, there = written(template()), written(catalogue(code))
    assert set(asked) == set(there), NOW


@pytest.mark.parametrize("code", CODES)
def test_nothing_lacks_its_translation(code: str) -> None:
    assert missing(catalogue(code)) == []


@pytest.mark.parametrize("code", CODES)
def test_what_is_read_is_what_is_written(code: str) -> None:
    assert path(code, "mo").exists(), NOW
    assert compiled(code) == written(catalogue(code)), NOW


def test_persian_is_written_as_persian_is() -> None:
    found = {text: list(faults(text, persian)) for text, persian in pairs(catalogue("fa"))}
    assert {text: wrong for text, wrong in found.items() if wrong} == {}


def test_the_glossary_has_the_words_that_are_used() -> None:
    page = (ROOT / "docs" / "reference" / "glossary.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1].strip() for line in page.splitlines() if line.startswith("| ")]
    words = {word for row in rows if row != "Persian" for word in row.split("، ")}
    used = "\n".join(written(catalogue("fa")).values())
    assert len(words) > 40
    assert {word for word in words if word not in used} == set()


@pytest.mark.parametrize(
    ("text", "persian"),
    [
        ("{n} days", "{m} روز"),
        ("\na", "الف"),
        ("a", "ا\nلف"),
        (" at {place}", "در {place}"),
        ("they come", "مي آيند"),
        ("they come", "می آیند"),
        ("they do not come", "نمی آیند"),
        ("layers", "لایه ها"),
        ("3 layers", "3 لایه"),
        ("a, b", "الف, ب"),
        ("yes?", "بله?"),
        ("KSS", "KSS"),
        ("the core", "هسته‌ی شهر"),
        ("{n} %", "{n}٪"),
        ("lowest", "پایین ترین"),
    ],
)
def test_a_slip_is_found(text: str, persian: str) -> None:
    assert list(faults(text, persian))


def test_marks_are_found_and_what_is_no_text_is_not() -> None:
    code = 'x = _("a" " b"); y = _(names["c"]); z = n_("d", "e", len("f")); many(2, "g", "h")'
    assert list(marked_in(code)) == [("a b",), ("d", "e"), ("g", "h")]
