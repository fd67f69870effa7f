"""A map: where its line is known to be, where its points go, its rows, what it refuses."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from nobat.scenario import ScenarioError
from nobat.study.decision import decided
from nobat.study.map import decision_map
from nobat.study.map_result import DecisionMap, middles
from nobat.study.scan import scan
from tests.small import small
from tests.study.games import OVER, X, Y, diagonal, played

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
