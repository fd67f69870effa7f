"""A number with its pedigree: what is accepted, what is refused, and in which words."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from pydantic import TypeAdapter, ValidationError

from nobat.scenario import Quantity
from nobat.scenario.quantity import (
    COUNT,
    STRENGTH,
    Count,
    HoursOfDay,
    Kind,
    Share,
    ShareAbove0,
    ShareBelow1,
    Speed,
    Strength,
    WholeNonNegative,
)


def read(kind: Any, given: object) -> Quantity:
    quantity = TypeAdapter(kind).validate_python(given)
    assert isinstance(quantity, Quantity)
    return quantity


def refused(kind: Any, given: object) -> list[tuple[tuple[str | int, ...], str]]:
    with pytest.raises(ValidationError) as caught:
        read(kind, given)
    return [(each["loc"], each["msg"]) for each in caught.value.errors()]


def test_a_plain_number_is_assumed_and_has_the_unit_of_its_kind() -> None:
    assert read(Strength, 220) == Quantity(220.0, unit="persons", basis="assumed")


def test_a_mapping_keeps_its_pedigree() -> None:
    given = {
        "value": 220,
        "low": 100,
        "high": 400,
        "basis": "record",
        "source": "book",
        "note": "why",
    }
    expected = Quantity(220.0, 100.0, 400.0, "persons", "record", ("book",), "why")
    assert read(Strength, given) == expected
    assert read(Strength, expected) == expected
    assert read(Strength, expected.plain()) == expected


@pytest.mark.parametrize(("kind", "given"), [(Count, 4), (WholeNonNegative, 0), (Count, 4.0)])
def test_counts_stay_whole(kind: Any, given: object) -> None:
    assert type(read(kind, given).value) is int


def test_numbers_of_other_libraries_become_plain() -> None:
    assert type(read(Count, np.int64(4)).value) is int
    assert type(read(Share, np.float32(0.5)).value) is float


def test_measures_become_floats() -> None:
    assert type(read(Share, 1).value) is float
    assert read(Share, Fraction(1, 4)).value == 0.25


@pytest.mark.parametrize(
    ("kind", "given", "words"),
    [
        (Strength, -40, "-40 is not a strength: 0 or more persons, whole"),
        (Strength, math.nan, ".nan is not a finite number"),
        (Strength, -math.inf, "-.inf is not a finite number"),
        (Strength, 10**400, "a whole number of more than 30 digits is not a finite number"),
        (Strength, True, "true is not a number"),
        (Strength, None, "null is not a number"),
        (Strength, [220], "a list is not a number"),
        (Strength, "40", "'40' is text, not a number: write 40"),
        (Strength, "1_000", "'1_000' is text, not a number: write 1000"),
        (Strength, "many", "'many' is text, not a number"),
        (Share, 1.2, "1.2 is not a share: 0 to 1"),
        (ShareBelow1, 1, "1 is not allowed here: 0 or more, below 1"),
        (ShareAbove0, 0, "0 is not allowed here: above 0, up to 1"),
        (Speed, 0, "0 is not a speed: above 0 km/h"),
        (HoursOfDay, 25, "25 is not hours of a day: 0 to 24 hours"),
        (Count, 2.5, "2.5 is not a count: a whole number, 1 or more"),
        (Count, 0, "0 is not a count: a whole number, 1 or more"),
        (WholeNonNegative, -1, "-1 is not a count: a whole number, 0 or more"),
    ],
)
def test_bad_numbers_are_refused_in_words(kind: Any, given: object, words: str) -> None:
    assert refused(kind, given) == [((), words)]
    assert refused(kind, {"value": given}) == [(("value",), words)]


def test_the_range_obeys_the_kind_and_holds_the_value() -> None:
    assert refused(Share, {"value": 0.5, "low": -1, "high": 2}) == [
        (("low",), "-1 is not a share: 0 to 1"),
        (("high",), "2 is not a share: 0 to 1"),
    ]
    assert refused(Share, {"value": 0.5, "low": 0.6, "high": 0.4}) == [
        (("low",), "0.6 is above the value, 0.5"),
        (("high",), "0.4 is below the value, 0.5"),
    ]


def test_the_unit_if_given_is_that_of_the_field() -> None:
    assert read(Strength, {"value": 1, "unit": "persons"}).unit == "persons"
    words = "'people' is not the unit of this field: it is in 'persons'"
    assert refused(Strength, {"value": 1, "unit": "people"}) == [(("unit",), words)]


def test_a_basis_in_the_record_or_a_publication_needs_a_source() -> None:
    for basis in ("record", "published"):
        words = f"{basis} needs a source: name its id in `sources`"
        assert refused(Strength, {"value": 1, "basis": basis}) == [(("basis",), words)]
    for basis in ("account", "derived", "assumed"):
        assert read(Strength, {"value": 1, "basis": basis}).basis == basis


def test_all_problems_of_one_number_come_at_once() -> None:
    found = refused(Strength, {"value": -1, "low": "x", "unit": "m", "basis": "b", "lo": 3})
    assert [location for location, _ in found] == [
        ("value",),
        ("low",),
        ("unit",),
        ("basis",),
        ("lo",),
    ]


def test_a_kind_in_another_unit_changes_nothing_else() -> None:
    other = STRENGTH.in_unit("hundreds", "centuries")
    assert isinstance(other, Kind)
    assert (other.unit, other.also, other.allowed) == (
        "hundreds",
        ("centuries",),
        STRENGTH.allowed,
    )
    assert COUNT.of(3).value == 3
