"""Attacks after a campaign in words."""

from __future__ import annotations

import pytest

from nobat.show.recurrence import Table
from nobat.theory.recurrence_question import Answer, report

NUMBERS = {"residual": 150, "incidents": 0.88, "theta": 0.43, "omega": 0.107}


def answer(**other: object) -> Answer:
    return report(**{**NUMBERS, **other})


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (
            answer(),
            "15.5 attacks in 365 days on average; in nine of ten cases 6 to 28. With a "
            "probability of under 0.1 % none comes at all.",
        ),
        (
            answer(residual=1, days=1),
            "0.000168 attacks in 1 day on average; in nine of ten cases 0 to 0. With a "
            "probability of over 99.9 % none comes at all.",
        ),
        (
            answer(residual=0),
            "No attack is to be expected in 365 days: there is nobody to make it, or no rate.",
        ),
        (
            answer(residual=1e6, theta=0.5),
            "102,817 attacks in 365 days on average. With a probability of under 0.1 % none comes "
            "at all.",
        ),
        (
            answer(method="simulate", replications=1),
            "attacks in 365 days on average. In 0.0 % [0.0, 79.3] of the cases none comes at all.",
        ),
    ],
)
def test_the_answer_in_words(found: Answer, said: str) -> None:
    assert Table(found).sentence().endswith(said)


def test_where_they_come_from() -> None:
    assert " ".join(Table(answer()).facts()) == (
        "The first comes after 40.5 days on average. 9.02 of them are provoked by no other; with "
        "all that follows, each of those comes to 1.75 in the end. Variance 2.97 times the mean: "
        "attacks come in clusters."
    )
    assert "None provokes another." in Table(answer(theta=0)).facts()
    drawn = Table(answer(method="simulate", replications=1)).facts()[-1]
    assert drawn.startswith("1 case drawn, seed 1.")


@pytest.mark.parametrize("residual", [0.5, 1, 20, 150, 2000])
def test_the_bars_are_all_cases(residual: float) -> None:
    bars = Table(answer(residual=residual)).bars()
    assert 2 <= len(bars) <= 20
    assert sum(bar.p for bar in bars) == pytest.approx(1)
    assert len({bar.label for bar in bars}) == len(bars)
    assert bars[-1].label.endswith("or more")


def test_the_text_fits_a_page_and_a_notebook() -> None:
    text = str(answer())
    assert max(map(len, text.splitlines())) <= 100
    assert "█" in text
    assert text.splitlines()[0].startswith("Attacks of a residual force of 150 persons")
    assert answer()._repr_html_().startswith("<pre")
    assert len(str(answer(residual=0)).splitlines()) == 4
