"""A map: where its line is known to be, where its points go, what it proves, what it refuses."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import polars as pl
import pytest

from nobat.scenario import ScenarioError
from nobat.study.decision import decided
from nobat.study.map import decision_map
from nobat.study.map_result import DecisionMap, middles
from nobat.study.scan import scan
from tests.small import small
from tests.study.games import OVER, X, Y, dated, diagonal, one_colour, played

PAIR = {"doctrines": ["rotate", "commit-all"]}


def ask(x: str = OVER[0], y: str = OVER[1], **words: Any) -> DecisionMap:
    """A quick map of the small scenario."""
    quick: dict[str, Any] = {"points": 12, "side": 2, "replications": 20, **PAIR}
    return decision_map(small(), x, y, **{**quick, **words})


def test_the_line_lies_where_it_is_known_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    """On the diagonal, within its interval: |z| < 4.5 on each section, and the mean of z^2 near 1.

    Sections share their luck, so that the mean is held to 4 alone.
    """
    found = diagonal(monkeypatch)
    inner = [one for one in found.flips if one.along == "x" and 0.02 < one.at < 0.2]
    assert len(inner) == 4
    squares = []
    for flip in inner:
        assert (flip.before, flip.after) == ("commit-all", "rotate")
        assert (flip.p_exists or 0) > 0.9
        assert flip.low is not None
        assert flip.high is not None
        true = 200 + 600 * (flip.at - 0.02) / 0.18
        z = (flip.value - true) / ((flip.high - flip.low) / 3.92)
        assert abs(z) < 4.5
        squares.append(z * z)
    assert np.mean(squares) < 4
    (line,) = found.flip_line
    ends = np.array(sorted([line.spots[0], line.spots[-1]]))
    assert ends == pytest.approx(np.array([[0, 0], [1, 1]]), abs=0.2)


def test_points_go_where_the_winner_is_unsure(monkeypatch: pytest.MonkeyPatch) -> None:
    found = diagonal(monkeypatch, points=100)
    away = {
        added: [
            abs((one.x - 200) / 600 - (one.y - 0.02) / 0.18)
            for one in found.points
            if (one.round > 0) == added
        ]
        for added in (False, True)
    }
    assert len(away[False]) == 36
    assert 60 <= len(away[True]) <= 64
    # An edge of the first grid is 0.2 long; the noise moves the line by about 0.09.
    assert np.mean(away[False]) > 0.35
    assert np.mean(away[True]) < 0.16
    assert max(away[True]) < 0.45


def test_more_points_leave_less_of_the_line_to_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    """Against a straight diagonal, with luck that decides nothing: the line of means alone."""

    def sharp(points: int) -> float:
        found = played(
            monkeypatch, lambda u, v: float(u**2 > v), lambda u, v: float(u**2 <= v), points=points
        )
        spots = np.array([spot for line in found.flip_line for spot in line.spots])
        return float(np.abs(spots[:, 0] ** 2 - spots[:, 1]).mean())

    few, many = sharp(36), sharp(300)
    assert many < few / 3


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


def test_three_doctrines(monkeypatch: pytest.MonkeyPatch) -> None:
    found = played(
        monkeypatch, lambda u, _: 0.9 * u, lambda _, v: 0.9 * v, lambda _u, _v: 0.5, points=80
    )
    shares = [one.share for one in found.holdings]
    # The third is best in the square below 0.5 / 0.9 both ways: 0.31 of the map.
    assert shares == pytest.approx([0.345, 0.345, 0.31], abs=0.1)
    assert {line.between for line in found.flip_line} == {(0, 1), (0, 2), (1, 2)}


def test_points_are_the_runs_of_the_model() -> None:
    found = ask(points=4)
    rows = scan(
        small(replications=20, horizon_d=20).with_values({Y: 0.02}), X, [200, 800],
        ["rotate", "commit-all"], ["secured"],
    )  # fmt: skip
    for place, point in enumerate(found.points[:2]):
        assert (point.x, point.y) == ((200, 800)[place], 0.02)
        assert point.decision == decided(rows.rows[place, :, 0], found.outcome)


def test_threads_change_nothing() -> None:
    one, two = (ask(jobs=jobs).to_json() for jobs in (1, 2))
    assert one == two


def test_the_budget_is_kept_and_told() -> None:
    told: list[tuple[int, int]] = []
    found = ask(points=12, progress=lambda *now: told.append(now))
    assert len(found.points) <= 12
    assert told[0] == (0, 12)
    assert told[-1] == (len(found.points), 12)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_whole_numbers_are_looked_at_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    found = ask(y="places.fort.layers.count=1:3", side=3, points=20)
    assert found.y.listed
    assert {point.y for point in found.points} == {1, 2, 3}
    assert found.flip_line == ()
    assert {flip.along for flip in found.flips} <= {"x"}
    assert middles(found.y, 50) == [0, 0.5, 1]
    assert found.raster(30, 30).winner.shape == (3, 30)


def test_values_that_are_listed_have_rows_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rotating is better below 0.3 in the first row, 0.9 in the second, 0.6 in the third."""
    ends = {0.0: 0.3, 0.05: 0.9, 1.0: 0.6}

    def rotate(u: float, v: float) -> float:
        return 0.5 + 0.4 * (ends[round(v, 2)] - u)

    listed = f"{Y}=0.02,0.029,0.2"
    found = played(monkeypatch, rotate, lambda _u, _v: 0.5, over=(OVER[0], listed), points=60)
    assert found.y.listed
    assert found.raster(30, 30).winner.shape == (3, 30)
    assert [one.at for one in found.flips] == [0.02, 0.029, 0.2]
    assert [one.value for one in found.flips] == pytest.approx([380, 740, 560], abs=60)
    assert {(one.along, one.before, one.after) for one in found.flips} == {
        ("x", "rotate", "commit-all")
    }
    # Points are added along each row, between the values of none.
    assert {one.y for one in found.points} == {0.02, 0.029, 0.2}
    assert {one.y for one in found.points if one.round} == {0.02, 0.029, 0.2}
    both = played(
        monkeypatch, rotate, lambda _u, _v: 0.5, over=(f"{X}=200,500,800", listed), points=60
    )
    assert both.raster(30, 30).winner.shape == (3, 3)
    assert (len(both.points), both.flips, both.flip_line) == (9, (), ())


def test_the_keys_that_scripts_rely_on(monkeypatch: pytest.MonkeyPatch) -> None:
    found = diagonal(monkeypatch, points=50).to_json()
    json.dumps(found, allow_nan=False)
    assert found.keys() == {
        "scenario", "title", "x", "y", "outcome", "best", "horizon_d", "seed", "replications",
        "interval", "resamples", "least_replications", "doctrines", "level", "no_data",
        "points_asked", "points", "line", "flips", "sentence",
    }  # fmt: skip
    assert found["x"].keys() == {"path", "unit", "low", "high", "first", "finest", "listed"}
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


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"x": "contact.frontag"}, "contact.frontag: no such field; did you mean frontage?"),
        ({"x": X, "y": X}, "is named twice"),
        ({"x": f"{X}=800:200"}, "its range is reversed"),
        ({"x": f"{X}=300:300"}, "its range is empty"),
        ({"y": "doctrines.rotate.start"}, "doctrines.rotate.start"),
        ({"points": 3}, "points: 3 is not allowed: a whole number from 4 to 2,000"),
        ({"side": 1.5}, "side: 1.5 is not allowed: a whole number from 2 to 50"),
        ({"side": 4}, "points: 12 are fewer than the first grid has: 4 by 4"),
        ({"doctrines": ["rotat", "wait"]}, "did you mean rotate?"),
        ({"doctrines": ["rotate", "rotate"]}, "doctrine: a map holds two or more against each"),
        ({"outcome": "attacker_loses"}, "did you mean attacker_losses?"),
        ({"jobs": 0}, "jobs"),
        ({"replications": 10_000_000}, "replications"),
    ],
)
def test_what_is_wrong_is_told_before_anything_is_run(
    words: dict[str, Any], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nobat.study.map.evaluate", None)
    with pytest.raises(ScenarioError) as error:
        ask(**words)
    assert said in str(error.value)


def test_all_that_is_wrong_with_the_axes_is_told_at_once() -> None:
    with pytest.raises(ScenarioError) as error:
        ask("contact.frontag", f"{Y}=1:1", points=0, side=0)
    assert len(error.value.problems) == 4


def test_a_point_that_the_scenario_does_not_allow() -> None:
    with pytest.raises(ScenarioError, match=r"at rotation\.turns\.posts = 8"):
        ask("rotation.turns.posts=1:8", points=16)
