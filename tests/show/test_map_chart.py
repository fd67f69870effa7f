"""The map as a chart: its ground covers the map, its points are those that were run."""

from __future__ import annotations

import json
from typing import Any

import pytest

from nobat.show.charts import PALETTE
from nobat.show.map_ground import GREY
from tests.show.test_picture import texts
from tests.study.games import OVER, Y, dated, diagonal, one_colour, played


def areas(option: dict[str, Any]) -> dict[tuple[str, float], float]:
    """The area of each colour and strength, as parts of the map."""
    found: dict[tuple[str, float], float] = {}
    for one in option["series"]:
        if "markArea" not in one:
            continue
        style = one["markArea"]["itemStyle"]
        place = (style["color"], style["opacity"])
        for a, b in one["markArea"]["data"]:
            size = (b["xAxis"] - a["xAxis"]) * (b["yAxis"] - a["yAxis"])
            found[place] = found.get(place, 0) + size / (600 * 0.18)
    return found


def test_the_ground_covers_the_map(monkeypatch: pytest.MonkeyPatch) -> None:
    found = diagonal(monkeypatch, points=60)
    chart = found.plot()
    json.dumps(chart.option, allow_nan=False)
    covered = areas(dict(chart.option))
    assert sum(covered.values()) == pytest.approx(1, abs=1e-3)
    for held, colour in zip(found.holdings, PALETTE, strict=False):
        both = [size for (own, _), size in covered.items() if own == colour]
        assert sum(both) == pytest.approx(held.share, abs=0.02)
        assert max(covered[colour, 0.6], 0) == pytest.approx(held.sure, abs=0.03)


def test_points_and_names_stand_on_it(monkeypatch: pytest.MonkeyPatch) -> None:
    found = diagonal(monkeypatch, points=60)
    *_, line, sure, unsure, none, names = found.plot().option["series"]
    assert len(sure["data"]) + len(unsure["data"]) == len(found.points)
    assert unsure["itemStyle"]["color"] == "transparent"
    assert none["data"] == []
    assert {one["name"] for one in names["data"]} == {"rotate", "commit-all"}
    where = {one["name"]: one["value"] for one in names["data"]}
    assert where["rotate"][0] > where["commit-all"][0]
    assert len(line["data"]) > 5
    assert "points [" in sure["data"][0]["name"]


def test_one_colour_has_no_line(monkeypatch: pytest.MonkeyPatch) -> None:
    chart = one_colour(monkeypatch).plot()
    assert chart.legend == (("commit-all", PALETTE[1], "solid"),)
    assert chart.option["series"][-5]["data"] == []
    assert "everywhere on the map" in chart.note


def test_a_listed_axis_has_a_band_for_each_value(monkeypatch: pytest.MonkeyPatch) -> None:
    """All as wide, whatever lies between the values; the line has a stroke across each band."""
    found = diagonal(monkeypatch, over=(OVER[0], f"{Y}=0.02,0.029,0.2"), points=30)
    option = found.plot().option
    assert option["yAxis"]["type"] == "category"
    assert option["yAxis"]["data"] == ["", "0.02", "", "0.029", "", "0.2", ""]
    heights = {
        (a["yAxis"], b["yAxis"])
        for one in option["series"]
        for a, b in one.get("markArea", {}).get("data", ())
    }
    assert {end for pair in heights for end in pair} <= {0, 2, 4, 6}
    *_, fences, line, sure, unsure, _none, _names = option["series"]
    assert [spot for spot in fences["data"] if spot != [None, None]] == [
        [200, 2], [800, 2], [200, 4], [800, 4]
    ]  # fmt: skip
    strokes = [spot for spot in line["data"] if spot != [None, None]]
    assert len(strokes) == 2 * len(found.flips)
    assert {(a[1], b[1]) for a, b in zip(strokes[::2], strokes[1::2], strict=True)} <= {
        (0, 2), (2, 4), (4, 6)
    }  # fmt: skip
    assert {dot["value"][1] for dot in (*sure["data"], *unsure["data"])} == {1, 3, 5}


def test_both_axes_may_be_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    over = ("contact.frontage=200,300,800", f"{Y}=0.02,0.2")
    chart = diagonal(monkeypatch, over=over, points=30).plot()
    assert chart.option["xAxis"]["data"] == ["", "200", "", "300", "", "800", ""]
    said = texts(chart.svg())
    assert all(value in said for value in ("200", "300", "800", "0.02", "0.2"))


def test_level_ground_is_grey_and_no_data_hatched(monkeypatch: pytest.MonkeyPatch) -> None:
    level = played(monkeypatch, lambda u, _: 0.0, lambda u, _: 0.5 * (u > 0.5)).plot()
    assert areas(dict(level.option))[GREY, 0.45] == pytest.approx(0.4, abs=0.02)
    assert level.legend[1:] == (("level", GREY, "solid"),)
    none = dated(
        monkeypatch, lambda u, v: None if v > 0.5 else 20 + 10 * u, lambda _u, _v: 25.0, points=36,
    )  # fmt: skip
    chart = none.plot()
    assert areas(dict(chart.option))[GREY, 0.08] == pytest.approx(0.6, abs=0.02)
    assert chart.legend[2:] == (("no data", GREY, "dotted"),)
    *_, hatching, _line, _sure, _unsure, crosses, _names = chart.option["series"]
    strokes = [spot for spot in hatching["data"] if spot != [None, None]]
    assert len(strokes) > 40
    assert min(y for _, y in strokes) >= 0.09
    assert len(crosses["data"]) == 18
    assert crosses["data"][0]["name"].endswith(": no data")
    assert "No data at 18 of 36 points" in chart.note
    assert "crosses: no data there" in chart.note


def test_it_becomes_a_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    chart = diagonal(monkeypatch, points=60).plot()
    said = texts(chart.svg())
    assert said.startswith("Best chance of taking the place, by frontage and attacker_rate")
    assert said.count("rotate") > 2
    assert "@ink" not in chart.svg()
    assert "contact.frontage, persons" in said
