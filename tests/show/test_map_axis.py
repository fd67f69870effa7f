"""An axis of a map's chart: values where they belong, bands of one width where they are listed."""

from __future__ import annotations

import pytest

from nobat.show.map_axis import BOXES, ChartAxis
from nobat.study.factors import factors_of
from nobat.study.map_grid import axis_of
from tests.small import small


def axis(over: str) -> ChartAxis:
    (factor,) = factors_of(small(), [over])
    return ChartAxis(axis_of(factor, 3))


def test_a_range_has_an_axis_of_numbers() -> None:
    found = axis("contact.frontage=200:800")
    assert len(found.middles) == len(found.edges) - 1 == BOXES
    assert (found.edges[0], found.edges[-1]) == (200, 800)
    assert found.at(450.0) == 450
    option = found.option(28)
    assert (option["type"], option["min"], option["max"]) == ("value", 200, 800)
    assert option["name"] == "contact.frontage, persons"


@pytest.mark.parametrize(
    ("over", "names"),
    [
        ("contact.frontage=200,1000,800", ["200", "800", "1,000"]),
        ("places.fort.layers.count=1:3", ["1", "2", "3"]),
    ],
)
def test_listed_values_have_bands_of_one_width(over: str, names: list[str]) -> None:
    found = axis(over)
    assert found.listed
    assert found.middles == [1, 3, 5]
    assert found.edges == [0, 2, 4, 6]
    option = found.option(28)
    assert (option["type"], option["boundaryGap"]) == ("category", False)
    assert option["data"][1::2] == names
    assert set(option["data"][::2]) == {""}
    assert [found.at(float(name.replace(",", ""))) for name in names] == found.middles
