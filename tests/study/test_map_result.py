"""What a map proves: who holds it, level ground, no data, few replications, leads, its keys."""

from __future__ import annotations

import json

import numpy as np
import polars as pl
import pytest

from tests.study.games import X, Y, dated, diagonal, one_colour, played


def test_one_colour_is_proven(monkeypatch: pytest.MonkeyPatch) -> None:
    found = one_colour(monkeypatch)
    assert len(found.points) == 36
    assert found.flip_line == ()
    assert found.flips == ()
    held = {one.doctrine: one for one in found.holdings}
    assert (held["commit-all"].share, held["commit-all"].sure) == (1, 1)
    assert (held["commit-all"].points, held["commit-all"].sure_points) == (36, 36)
    assert held["rotate"].points == held["rotate"].share == 0
    assert held["rotate"].least is None
    leads = [one.decision.lead.mean or 0.0 for one in found.points]
    assert (held["commit-all"].least, held["commit-all"].most) == (min(leads), max(leads))
    assert found.sentence().startswith("commit-all takes the place most often everywhere")


def test_level_ground_belongs_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody takes the place left of the middle: no points are wasted there."""
    found = played(monkeypatch, lambda u, _: 0.0, lambda u, _: 0.5 * (u > 0.5), points=60)
    held = {one.doctrine: one for one in found.holdings}
    assert held["rotate"].share == 0
    assert 0.4 < held["commit-all"].share < 0.65
    # Right of 0.6 all corners are sure; between 0.4, where they are level, and 0.6 nothing is.
    assert held["commit-all"].sure == pytest.approx(0.4, abs=0.01)
    assert found.level.share == pytest.approx(0.4, abs=0.01)
    assert found.level.points == 18
    assert {one.decision.winner for one in found.points} == {None, 1}
    assert len(found.points) == 36
    assert found.flip_line == ()
    assert found.flips == ()


def test_a_level_corner_makes_nothing_sure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody takes the place at the lower left: of a map of 2 by 2 nothing is sure at all."""
    found = played(
        monkeypatch, lambda u, v: 0.0, lambda u, v: 0.3 * (u + v > 0.5), points=4, side=2
    )
    assert sum(one.decision.sure for one in found.points) == 3
    held = found.holdings[1]
    # Only the triangle that the level corner is no part of.
    assert held.sure in (0, pytest.approx(0.5, abs=0.02))
    raster = found.raster(40, 40)
    near = np.add.outer(np.arange(40), np.arange(40)) < 30
    assert not raster.sure[near].any()


def test_there_is_no_data_where_fewer_than_two_have_a_value(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Rotating never takes the place above the middle; below it the days cross at 0.5."""
    found = dated(
        monkeypatch, lambda u, v: None if v > 0.5 else 20 + 10 * u, lambda _u, _v: 25.0, points=60,
    )  # fmt: skip
    up = [one for one in found.points if (one.y - 0.02) / 0.18 > 0.5]
    assert {one.decision.data for one in up} == {False}
    assert {one.decision.winner for one in up} == {None}
    assert found.no_data.points == len(up)
    # Of the first grid the last row with data is at 0.4; where the days cross there is one at 0.5.
    assert 0.5 < found.no_data.share < 0.61
    assert all((one.y - 0.02) / 0.18 < 0.7 for one in found.points if one.round)
    assert found.level.points == 0
    raster = found.raster(60, 60)
    assert not raster.sure[30:].any()
    shares = sum(one.share for one in found.holdings)
    assert shares == pytest.approx(1 - found.no_data.share)
    assert 0.4 <= max(y for line in found.flip_line for _, y in line.spots) <= 0.5
    assert {one.at for one in found.flips} == {0.02, 0.056, 0.092}
    assert {one.along for one in found.flips} == {"x"}
    assert [one.value for one in found.flips] == pytest.approx([500] * 3, abs=30)
    assert json.loads(json.dumps(found.to_json(), allow_nan=False))["no_data"]["points"] == len(up)
    table = found.to_polars().filter(pl.col(Y) > 0.11)
    assert table["lead"].is_null().all()
    assert not table["best"].any()


@pytest.mark.parametrize("replications", [1, 2, 5])
def test_with_few_replications_nothing_is_sure(
    monkeypatch: pytest.MonkeyPatch, replications: int
) -> None:
    found = played(
        monkeypatch, lambda u, _: float(u > 0.5), lambda u, _: float(u <= 0.5), points=40,
        replications=replications,
    )  # fmt: skip
    assert not any(one.decision.sure for one in found.points)
    assert not found.raster(40, 40).sure.any()
    assert {one.sure for one in found.holdings} == {0}
    assert found.flips
    assert {(one.low, one.high, one.p_exists) for one in found.flips} == {(None, None, None)}
    assert found.sentence().startswith(f"With {replications} replication")
    assert "it takes 6 or more" in found.sentence()
    again = played(
        monkeypatch, lambda u, _: float(u > 0.5), lambda u, _: float(u <= 0.5), points=40,
        replications=6,
    )  # fmt: skip
    assert again.raster(40, 40).sure.any()
    assert "it takes" not in again.sentence()


def test_a_lead_is_an_advantage_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of days the lowest is the best: leads are above 0 all the same, in every place."""
    found = dated(monkeypatch, lambda u, _: 20 + 10 * u, lambda _u, _v: 25.0, points=40)
    told = found.to_json()
    assert found.best == "lowest"
    for held in told["doctrines"]:
        assert 0 < held["lead"]["least"] <= held["lead"]["most"] < 6
    leads = [point["lead"] for point in told["points"]]
    assert all(one["low"] <= one["mean"] <= one["high"] for one in leads)
    sure = [one for one in told["points"] if one["sure"]]
    assert len(sure) > 10
    assert all(one["lead"]["low"] > 0 for one in sure)
    assert max(one["mean"] for one in leads) == max(one.most or 0 for one in found.holdings)
    assert found.to_polars()["lead"].to_list()[::2] == [one["mean"] for one in leads]


def test_numbers_are_told_as_finely_as_they_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """To a thousandth of an axis: of 600 persons to 0.1, of a rate of 0.18 to 0.0001."""
    found = diagonal(monkeypatch, points=60).to_json()
    keys = ("value", "low", "high")
    numbers = [(one["along"], one[key]) for one in found["flips"] for key in keys]
    for line in found["line"]:
        numbers += [each for spot in line["points"] for each in zip("xy", spot, strict=True)]
    assert len(numbers) > 50
    for along, number in numbers:
        assert number == round(number, 1 if along == "x" else 4)
        low, high = (200, 800) if along == "x" else (0.02, 0.2)
        assert low <= number <= high


def test_the_keys_that_scripts_rely_on(monkeypatch: pytest.MonkeyPatch) -> None:
    found = diagonal(monkeypatch, points=50).to_json()
    json.dumps(found, allow_nan=False)
    assert found.keys() == {
        "scenario", "title", "x", "y", "outcome", "best", "horizon_d", "seed", "replications",
        "interval", "resamples", "least_replications", "doctrines", "level", "no_data",
        "points_asked", "points", "line", "flips", "sentence",
    }  # fmt: skip
    assert found["x"].keys() == {
        "path", "unit", "low", "high", "first", "finest", "listed", "basis", "source", "stated",
    }  # fmt: skip
    assert found["level"].keys() == found["no_data"].keys() == {"share_of_map", "points"}
    assert found["points"][0].keys() == {
        "x", "y", "round", "doctrines", "winner", "runner_up", "lead", "data", "sure",
    }  # fmt: skip
    assert found["doctrines"][0].keys() == {
        "name", "share_of_map", "surely", "points", "sure_points", "lead",
    }  # fmt: skip
    assert found["line"][0]["between"] == ["rotate", "commit-all"]
    assert found["flips"][0].keys() == {
        "along", "at", "value", "low", "high", "before", "after", "p_exists",
    }  # fmt: skip


def test_a_row_for_each_point_and_doctrine(monkeypatch: pytest.MonkeyPatch) -> None:
    found = diagonal(monkeypatch, points=40)
    table = found.to_polars()
    assert table.height == 2 * len(found.points)
    assert table.columns[:4] == [X, Y, "round", "doctrine"]
    first = table.filter((pl.col(X) == 200) & (pl.col(Y) == 0.2))
    assert first["best"].to_list() == [False, True]
    assert first["lead"].n_unique() == 1
