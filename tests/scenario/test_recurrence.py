"""The section `recurrence` of a scenario."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from nobat.scenario import load
from nobat.scenario.recurrence import Recurrence
from tests.small import small, whole

PLAIN = {
    "incidents_per_100_month": 0.9, "branching_ratio": 0.4, "decay_per_day": 0.1,
    "standing_share": 0.5, "horizon_d": 365,
}  # fmt: skip


def test_a_scenario_may_have_it_or_not() -> None:
    assert small().recurrence is None
    assert small().attacks_within_d is None
    assert whole().attacks_within_d == 200
    assert Recurrence.model_validate(PLAIN).branching_ratio.value == 0.4


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"branching_ratio": 1}, "1 is not allowed here: 0 or more, below 1"),
        ({"branching_ratio": -0.1}, "-0.1 is not allowed here"),
        ({"decay_per_day": 0}, "0 is not allowed here: above 0 per day"),
        ({"incidents_per_100_month": -1}, "-1 is not allowed: 0 or more"),
        ({"standing_share": 1.1}, "1.1 is not a share: 0 to 1"),
        ({"horizon_d": 0}, "0 is not a number of days: a whole number of days, 1 or more"),
        ({"horizon_d": 30.5}, "30.5 is not a number of days"),
    ],
)
def test_what_is_no_number_of_its_kind(other: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Recurrence.model_validate({**PLAIN, **other})


def test_the_published_ranges_are_those_of_the_first_scenario() -> None:
    terms = load("abu-kamal-2017").recurrence
    assert terms is not None
    ranges = {
        name: (getattr(terms, name).low, getattr(terms, name).high)
        for name in ("incidents_per_100_month", "branching_ratio", "decay_per_day")
    }
    assert ranges == {
        "incidents_per_100_month": (0.68, 1.13),
        "branching_ratio": (0.37, 0.5),
        "decay_per_day": (0.071, 0.214),
    }
    assert terms.horizon_d.value == 365


def test_the_record_keeps_both_raids_with_their_standing() -> None:
    (matter,) = (one for one in load("abu-kamal-2017").contested if one.id == "C11")
    for raid in ("15 December 2017", "8 June 2018"):
        assert raid in matter.record
    assert "one side's word" in matter.record
    assert "accepted" in matter.record
    assert {"IIT1217", "ARABNEWS", "NEWARAB18", "SOHR1225"} <= set(matter.sources)
