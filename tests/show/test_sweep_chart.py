"""The chart of a sweep: its panels, its lines and bands, what is drawn of what."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from nobat.show.charts import Chart
from nobat.show.sweep_chart import MOST_PANELS
from nobat.study.names import UnknownNameError
from nobat.study.sweep import sweep
from nobat.study.swept import Sweep
from tests.small import small

OVER = ["contact.frontage", "rotation.turns.posts=1:3", "sleep.model"]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Sweep:
    return sweep(small(), OVER, points=64, replications=10, out=tmp_path_factory.mktemp("a") / "b")


@pytest.fixture(scope="module")
def single(tmp_path_factory: pytest.TempPathFactory) -> Sweep:
    """One factor, one doctrine."""
    out = tmp_path_factory.mktemp("a") / "b"
    return sweep(small(), OVER[:1], points=8, replications=40, doctrines="commit-all", out=out)


def lines(chart: Chart) -> list[dict[str, Any]]:
    return [one for one in chart.option["series"] if "stack" not in one]


def bands(chart: Chart) -> list[dict[str, Any]]:
    return [one for one in chart.option["series"] if "stack" in one]


def test_a_single_factor_is_drawn_point_by_point(single: Sweep) -> None:
    chart = single.plot()
    (line,) = lines(chart)
    rows = single.points().collect().sort("contact.frontage").rows(named=True)
    assert line["data"] == [[row["contact.frontage"], 100 * row["p_secured"]] for row in rows]
    low, width = bands(chart)
    for row, (_, bottom), (_, wide) in zip(rows, low["data"], width["data"], strict=True):
        assert bottom == pytest.approx(100 * row["p_secured_low"])
        assert bottom + wide == pytest.approx(100 * row["p_secured_high"])
    (across,) = chart.option["xAxis"]
    assert (across["min"], across["max"], across["name"]) == (200, 800, "contact.frontage, persons")
    assert (chart.option["yAxis"][0]["min"], chart.option["yAxis"][0]["max"]) == (0, 100)
    assert chart.title == "Secured (%) against contact.frontage"
    assert "Bands: 95 % intervals (Wilson), which are of luck." in chart.note
    assert chart.legend == (("commit-all", *chart.legend[0][1:]),)


def test_several_factors_have_a_panel_each(found: Sweep) -> None:
    chart = found.plot("attacker_losses")
    frontage, posts, model = chart.option["xAxis"]
    assert [one["gridIndex"] for one in (frontage, posts, model)] == [0, 1, 2]
    assert (frontage["type"], posts["type"], model["type"]) == ("value", "value", "category")
    assert model["data"] == ["none", "safte", "three_process"]
    assert len(chart.option["grid"]) == 3
    tops = [grid["top"] + grid["height"] for grid in chart.option["grid"]]
    assert max(tops) < chart.height_px
    # The same ends in all panels, so that they can be compared.
    assert len({(one["min"], one["max"], one["interval"]) for one in chart.option["yAxis"]}) == 1
    assert len(lines(chart)) == 9
    assert len(bands(chart)) == 18
    assert chart.title == "Attacker losses (persons) against each of 3 factors"
    assert "the other factors vary there" in chart.note
    assert json.dumps(chart.option, allow_nan=False)


def test_the_axis_holds_all_that_is_drawn(found: Sweep) -> None:
    for outcome in ("attacker_losses", "layers_lost_again", "rest_debt_unit_days", "secured"):
        chart = found.plot(outcome)
        axis = chart.option["yAxis"][0]
        ys = [y for line in lines(chart) for _, y in line["data"]]
        assert axis["min"] <= min(ys) <= max(ys) <= axis["max"]
        assert (axis["max"] - axis["min"]) / axis["interval"] == pytest.approx(
            round((axis["max"] - axis["min"]) / axis["interval"])
        )
        assert axis["min"] >= 0


def test_bands_of_shares_stay_between_0_and_100(found: Sweep) -> None:
    chart = found.plot()
    for low, width in zip(*[iter(bands(chart))] * 2, strict=True):
        for (_, bottom), (_, wide) in zip(low["data"], width["data"], strict=True):
            assert 0 <= bottom <= bottom + wide <= 100 + 1e-9


def test_an_outcome_that_is_nowhere_draws_nothing(tmp_path: Path) -> None:
    never = sweep(small(), OVER, points=4, replications=3, doctrines="wait", out=tmp_path / "a")
    chart = never.plot("day_secured")
    assert all(one["data"] == [] for one in chart.option["series"])
    assert "<svg" in chart.svg()


def test_a_single_point_has_a_name_for_a_place(tmp_path: Path) -> None:
    file = tmp_path / "p.csv"
    file.write_text("contact.frontage,sleep.model\n300,none\n")
    one = sweep(small(), design=file, replications=20, out=tmp_path / "a")
    chart = one.plot()
    assert chart.option["xAxis"][0]["data"] == ["300"]
    assert [line["data"][0][0] for line in lines(chart)[:3]] == ["300"] * 3
    assert "One point is no line" in chart.note


def test_pictures_of_it_can_be_made(found: Sweep, tmp_path: Path) -> None:
    svg = found.plot().svg()
    for text in ("contact.frontage, persons", "rotation.turns.posts", "three_process"):
        assert text in svg
    assert found.plot().save(tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    assert "against each of 3 factors" in found.plot().html()


def test_only_so_many_factors_have_a_panel(tmp_path: Path) -> None:
    over = [
        *OVER, "rotation.turns.tour_h=12:48",
        "rotation.turns.rest_h=12:48", "defender.rear_km=5:20", "works.reorganise_h=12:48",
        "counterattack.ratio=1:3", "contact.pressure_half=0.5:2", "breaking.abandon_share=0.5:0.9",
    ]  # fmt: skip
    many = sweep(small(), over, points=4, replications=2, doctrines="wait", out=tmp_path / "a")
    chart = many.plot()
    assert len(chart.option["grid"]) == MOST_PANELS
    assert chart.note.endswith("Not drawn: 2 factors more, the last that were named.")


def test_an_outcome_that_there_is_not(found: Sweep) -> None:
    with pytest.raises(UnknownNameError, match="did you mean secured"):
        found.plot("secure")
