"""The names of a scenario, and the time at which a step begins and ends."""

from __future__ import annotations

import pytest

from nobat.study.cast import Layer, cast_of
from tests.small import small, whole


def test_units_are_numbered_where_several_have_a_name() -> None:
    groups = [
        {"name": "company", "count": 2, "strength": 100},
        {"name": "guard", "count": 1, "strength": 50},
        {"name": "company", "count": 1, "strength": 80},
    ]
    cast = cast_of(small().with_values({"attacker.units": groups}), "rotate")
    assert cast.units == ("company 1", "company 2", "guard", "company 3")


def test_layers_come_place_by_place_and_the_core_is_the_last() -> None:
    cast = cast_of(whole(), "wait")
    assert cast.places == ("mill", "bridge", "town")
    assert cast.layers[:4] == (
        Layer("mill", 1, False),
        Layer("mill", 2, True),
        Layer("bridge", 1, True),
        Layer("town", 1, False),
    )
    assert cast.title("bridge") == "The bridge"
    assert (cast.stages, cast.ends) == ((("mill", "bridge"), ("town",)), ("isolated >= 1", None))


@pytest.mark.parametrize(
    ("step_h", "step", "begins", "ends"),
    [
        (4, 1, "day 0, 00:00", "day 0, 04:00"),
        (4, 6, "day 0, 20:00", "day 1, 00:00"),
        (4, 7, "day 1, 00:00", "day 1, 04:00"),
        (0.5, 49, "day 1, 00:00", "day 1, 00:30"),
        (8, 6, "day 1, 16:00", "day 2, 00:00"),
    ],
)
def test_the_clock(step_h: float, step: int, begins: str, ends: str) -> None:
    cast = cast_of(small(step_h=step_h), "rotate")
    assert cast.clock(step, opening=True) == begins
    assert cast.clock(step) == ends
    assert cast.day(step) - cast.day(step, opening=True) == pytest.approx(step_h / 24)
