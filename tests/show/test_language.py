"""Languages: what is spoken, and how numbers look in it."""

from __future__ import annotations

import pytest

from nobat.show.language import (
    ENGLISH,
    PERSIAN,
    _,
    language,
    latin,
    listed,
    many,
    n_,
    named,
    retold,
    shaped,
    speaking,
)


def test_english_is_spoken_unless_another_is() -> None:
    assert language() is ENGLISH
    with speaking("fa") as spoken:
        assert spoken is language() is PERSIAN
        with speaking("en"):
            assert language() is ENGLISH
    assert language() is ENGLISH
    with pytest.raises(KeyError):
        speaking("de").__enter__()


def test_what_no_catalogue_has_stays_english() -> None:
    with speaking("fa"):
        assert _("no such text {n}") == "no such text {n}"
        assert n_("{n} such text", "{n} such texts", 2) == "{n} such texts"
        assert _("") == ""


def test_the_variable_says_which_language_where_nothing_else_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NOBAT_LANG", "fa")
    assert language() is PERSIAN
    with speaking("en"):
        assert language() is ENGLISH
    monkeypatch.setenv("NOBAT_LANG", "de")
    assert language() is ENGLISH


def test_things_are_counted_and_listed() -> None:
    assert many(1, "{n} day", "{n} days") == "1 day"
    assert many(1200, "{n} layer of {place}", "{n} layers of {place}", place="x") == (
        "1,200 layers of x"
    )
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    with speaking("fa"):
        assert many(1200, "{n} day", "{n} days") == "1,200 روز"
        assert listed(["a", "b", "c"]) == "a، b و c"


def test_names_are_isolated_where_the_text_runs_the_other_way() -> None:
    assert latin("rotate") == named("rotate") == "rotate"
    with speaking("fa"):
        assert latin("a-b 2") == named("a-b 2") == "\u2066a-b 2\u2069"
        assert latin("") == ""
        assert named("Rotate throughout") == "نوبتی تا پایان"
        assert named("نبرد") == "نبرد"


def test_a_sentence_from_below_is_known_by_its_template() -> None:
    why, template = (
        "3 of 10 were secured, and it is the first of these",
        ("{n} of {all} {ended}, and it is the first of these"),
    )
    assert retold(why, template) == why
    with speaking("fa"):
        assert retold(why, template) == "3 تکرار از 10 به تصرف انجامید، و این نخستینِ آن‌هاست"
        assert retold("something else", template) == "something else"


@pytest.mark.parametrize(
    ("text", "persian"),
    [
        ("1,234.5%", "۱٬۲۳۴٫۵\u200f٪"),
        ("[0.62, 0.71]", "[۰٫۶۲, ۰٫۷۱]"),
        ("day 60.", "day ۶۰."),
        ("`--set x.y=1,2` 3", "\u2066`--set x.y=1,2`\u2069 ۳"),
        ("one ` 2", "one ` ۲"),
        ("-12 and +3.5", "\u2066−۱۲\u2069 and \u2066+۳٫۵\u2069"),
        ("4-7", "۴–۷"),
        ("below 1e-12", "below \u20661e-12\u2069"),
        ("2017-11-20", "\u2066۲۰۱۷-۱۱-۲۰\u2069"),
        ("\u2066abu-kamal-2017\u2069, 2017", "\u2066abu-kamal-2017\u2069, ۲۰۱۷"),
        ("T2 14:00", "T2 ۱۴:۰۰"),
    ],
)
def test_numbers_are_shaped_once_at_the_end(text: str, persian: str) -> None:
    assert shaped(text) == text
    with speaking("fa"):
        assert shaped(text) == persian
        assert shaped(persian) == persian
