"""Charts of the studies along one number: what they draw, and that they are pages of their own."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from nobat.show import charts
from nobat.show.charts import Chart
from nobat.show.scan_charts import labelled
from tests.show import test_flip, test_frontier

TRADE = test_frontier.TRADE
FLIP = test_flip.answer(test_flip.RISES)


def of_type(chart: Chart, kind: str) -> list[dict[str, Any]]:
    return [one for one in chart.option["series"] if one["type"] == kind]


def test_the_frontier_is_a_line_through_its_points() -> None:
    line = of_type(TRADE.plot(), "line")[0]
    assert line["data"] == [[0.3, 1400.0], [12.0, 1200.0], [30.0, 1100.0]]


def test_points_are_told_apart_by_where_they_stand() -> None:
    dots = {one["name"]: one["data"] for one in of_type(TRADE.plot(), "scatter")}
    assert dots["beaten"] == [{"value": [13.0, 1300.0], "name": "2.0"}]
    assert [one["name"] for one in dots["frontier"]] == ["0.5", "1.0", "2.5"]
    legend = [name for name, _, _ in TRADE.plot().legend]
    assert legend == ["on the frontier", "beaten, but not surely", "beaten"]


def test_a_label_that_would_cover_another_is_left_out() -> None:
    assert labelled(TRADE) == {0.5, 1.0, 2.0, 2.5}  # 1.5 lies beside 1.0, which is on the frontier


def test_each_point_has_its_intervals() -> None:
    lines = of_type(TRADE.plot(), "line")
    assert len(lines) == 1 + 2 * 5
    assert lines[1]["data"] == [[pytest.approx(29.8), 1100.0], [pytest.approx(30.2), 1100.0]]


def test_the_difference_is_drawn_with_its_flip() -> None:
    chart = FLIP.plot()
    curve = chart.option["series"][-1]
    assert curve["data"] == [[2.0, -20.0], [3.5, 1.0], [5.0, 30.0]]
    level, flip = curve["markLine"]["data"]
    assert (level["yAxis"], flip["xAxis"]) == (0, 3.4286)
    assert curve["markArea"]["data"] == [[{"xAxis": 3.2011}, {"xAxis": 3.6899}]]
    assert chart.option["series"][0]["data"] == [
        [2.0, pytest.approx(-25)],
        [2.0, pytest.approx(-15)],
    ]
    assert chart.option["xAxis"]["name"] == "sleep.commit_all_h, h"
    assert chart.option["yAxis"]["name"] == "secured, points"


@pytest.mark.parametrize("chart", [TRADE.plot(), FLIP.plot()], ids=["frontier", "flip"])
def test_every_page_stands_alone(chart: Chart) -> None:
    json.dumps(chart.option, allow_nan=False)
    own = chart.html().replace(charts.library(), "")
    assert not re.search(r"""(src|href)\s*=|https?://|@import|url\(""", own)
    assert "A small siege" in own
    assert chart.description in (TRADE.sentence(), FLIP.sentence())
