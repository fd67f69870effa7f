"""Languages: what is spoken, and how numbers look in it."""

from __future__ import annotations

import pytest

from nobat.show.language import ENGLISH, PERSIAN, _, language, n_, shaped, speaking


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


@pytest.mark.parametrize(
    ("text", "persian"),
    [
        ("1,234.5 %", "۱٬۲۳۴٫۵ ٪"),
        ("[0.62, 0.71]", "[۰٫۶۲, ۰٫۷۱]"),
        ("day 60.", "day ۶۰."),
        ("`--set x.y=1,2` 3", "`--set x.y=1,2` ۳"),
        ("one ` 2", "one ` ۲"),
    ],
)
def test_numbers_are_shaped_once_at_the_end(text: str, persian: str) -> None:
    assert shaped(text) == text
    with speaking("fa"):
        assert shaped(text) == persian
