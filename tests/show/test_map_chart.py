"""The map as a chart: its ground covers the map, its points are those that were run."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from nobat.show.charts import PALETTE
from nobat.show.map_chart import rectangles
from tests.show.test_picture import texts
from tests.study.games import OVER, diagonal, one_colour


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
    *_, line, sure, unsure, names = found.plot().option["series"]
    assert len(sure["data"]) + len(unsure["data"]) == len(found.points)
    assert unsure["itemStyle"]["color"] == "transparent"
    assert {one["name"] for one in names["data"]} == {"rotate", "commit-all"}
    where = {one["name"]: one["value"] for one in names["data"]}
    assert where["rotate"][0] > where["commit-all"][0]
    assert len(line["data"]) > 5
    assert "points [" in sure["data"][0]["name"]


def test_one_colour_has_no_line(monkeypatch: pytest.MonkeyPatch) -> None:
    chart = one_colour(monkeypatch).plot()
    assert chart.legend == (("commit-all", PALETTE[1], "solid"),)
    assert chart.option["series"][-4]["data"] == []
    assert "everywhere on the map" in chart.note


def test_a_listed_axis_has_strokes_for_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    over = (OVER[0], "places.fort.layers.count=1:3")
    found = diagonal(monkeypatch, over=over, points=20, side=3)
    option = found.plot().option
    assert (option["yAxis"]["min"], option["yAxis"]["max"]) == (0.5, 3.5)
    assert option["yAxis"]["minInterval"] == 1
    strokes = [spot for spot in option["series"][-4]["data"] if spot != [None, None]]
    assert len(strokes) == 2 * len(found.flips)


def test_it_becomes_a_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    chart = diagonal(monkeypatch, points=60).plot()
    said = texts(chart.svg())
    assert said.startswith("Best chance of taking the place, by frontage and attacker_rate")
    assert said.count("rotate") > 2
    assert "@ink" not in chart.svg()
    assert "contact.frontage, persons" in said


def test_rectangles_cover_what_is_true_once() -> None:
    rng = np.random.default_rng(8)
    for _ in range(20):
        there = rng.random((13, 17)) < 0.6
        counts = np.zeros(there.shape, int)
        for left, right, low, high in rectangles(there):
            counts[low:high, left:right] += 1
        assert (counts == there).all()
    assert rectangles(np.ones((4, 5), bool)) == [(0, 5, 0, 4)]
    assert rectangles(np.zeros((4, 5), bool)) == []
