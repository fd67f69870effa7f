"""What is said of the numbers that a study varies: basis, sources, range in the scenario."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nobat.scenario import Quantity
from nobat.show.stated import basis_text, beyond_text, range_text, stated_text
from nobat.study.factors import factors_of
from tests.small import small

GUESS = Quantity(2200, 1000, 4000, "persons")
SEEN = Quantity(68.0, 60.0, 92.0, "km", "record", ("MURAS", "DERIVED"))


@pytest.mark.parametrize(
    ("quantity", "values", "said"),
    [
        (GUESS, (1000, 4000), "a.b: assumed, range in the scenario 1,000 to 4,000 persons."),
        (
            GUESS, (900, 4000),
            "a.b: assumed, range in the scenario 1,000 to 4,000 persons; varied beyond it.",
        ),
        (SEEN, (70,), "a.b: record (MURAS, DERIVED), range in the scenario 60 to 92 km."),
        (
            SEEN, (70, 300),
            "a.b: record (MURAS, DERIVED), range in the scenario 60 to 92 km; varied beyond it.",
        ),
        (Quantity(5.0, unit="km"), (1, 99), "a.b: assumed, no range in the scenario."),
        (Quantity(0.5, low=0.2, unit="share"), (0.1,),
         "a.b: assumed, range in the scenario from 0.2; varied beyond it."),
    ],
)  # fmt: skip
def test_a_number_is_told_with_what_it_rests_on(
    quantity: Quantity, values: tuple[float, ...], said: str
) -> None:
    assert stated_text("a.b", quantity, values) == said


def test_a_basis_and_a_range_by_themselves() -> None:
    assert basis_text(GUESS) == "assumed"
    assert basis_text(replace(SEEN, basis="published", source=("X",))) == "published (X)"
    assert range_text(replace(GUESS, low=None)) == "to 4,000"
    assert range_text(replace(GUESS, low=None, high=None)) == ""


def test_factors_beyond_their_ranges_are_named() -> None:
    factors = factors_of(
        small(),
        ["contact.frontage=100:800", "sleep.model", "attacker.units[0].strength=90:200"],
    )
    assert beyond_text(factors[1:2]) == ""
    assert beyond_text(factors[:2]) == (
        "Varied beyond its range in the scenario: contact.frontage (200 to 800 persons)."
    )
    assert beyond_text(factors) == (
        "Varied beyond their ranges in the scenario: contact.frontage (200 to 800 persons), "
        "attacker.units[0].strength (80 to 120 persons)."
    )
    assert beyond_text(factors[:1] * 10).endswith("(200 to 800 persons), and 2 more.")
