"""The section of the way home: what it takes, and how it is wrong."""

from __future__ import annotations

import pytest

from nobat.scenario import ScenarioError, load, quantities
from tests.small import small, whole


def test_it_may_be_left_out() -> None:
    assert small().homecoming is None
    assert whole().homecoming is not None


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("begins", "in autumn", "'in autumn' is not a day: write it as 2017-11-19"),
        ("begins", "2017-02-30", "'2017-02-30' is not a day"),
        ("cold.coldest_on", "20 January", "is not a day of the year: write it as 01-20"),
        ("cold.warmest_c", 1, "1 is below coldest_c, 2"),
        ("cold.coldest_c", -100, "-100 is not a temperature: -60 to 60 degrees C"),
        ("cold.bands[1].below_c", 6, "6 is not below 6, the limit of the band before it"),
        ("cold.bands", [], "bands"),
        ("checkpoint.toll_most", 1, "1 is below toll_alone, 2"),
        ("checkpoint.hours_a_day", 0, "0 is not hours of a day: above 0, up to 24 hours"),
        ("policy.false_stop_share", 0, "0 is not allowed here: above 0, below 1"),
        ("policy.lanes", 0, "0 is not a number of lanes: a whole number, 1 to 1,000"),
        ("policy.open_after_nights", 1.5, "1.5 is not a number of nights: a whole number"),
        ("horizon_nights", 0, "0 is not a number of nights: a whole number, 1 to 3,650 nights"),
        ("policy.minutes", 3, "did you mean minutes_a_check?"),
    ],
)
def test_what_is_wrong_is_said(path: str, value: object, said: str) -> None:
    with pytest.raises(ScenarioError) as raised:
        whole().with_values({f"homecoming.{path}": value})
    assert said in str(raised.value)


def test_every_number_of_the_shipped_section_says_where_it_comes_from() -> None:
    scenario = load("abu-kamal-2017")
    own = [(path, q) for path, q, _ in quantities(scenario) if path.startswith("homecoming.")]
    assert len(own) > 30
    for path, quantity in own:
        assert quantity.note, path
        assert quantity.unit, path
    matters = {matter.id: matter for matter in scenario.contested}
    for matter in ("C9", "C10"):
        assert any(path.startswith("homecoming") for path in matters[matter].bears_on)
    assert scenario.homecoming is not None
    opening = scenario.homecoming.policy.open_after_nights
    assert (opening.basis, opening.value) == ("account", 2)
