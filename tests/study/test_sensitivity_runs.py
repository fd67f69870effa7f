"""The two methods on made-up replications: values of factors, steps of words, planted luck."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pytest

from nobat.study.factors import factors_of
from nobat.study.morris import trajectories
from nobat.study.points import Point
from nobat.study.scan import Floats
from nobat.study.sensitivity_result import MorrisRow, SobolRow
from nobat.study.sensitivity_runs import by_morris, by_sobol, levels_of, points_of, steps_of
from nobat.study.sobol_indices import saltelli
from tests.small import small

FRONTAGE, POSTS = "contact.frontage", "rotation.turns.posts=1:3"
START = "doctrines.rotate.start"


def luck(number: int, n: int, size: float) -> Floats:
    """What luck adds to the replications of a point."""
    return size * np.random.default_rng([number, 7]).normal(0, 1, n)


def test_points_are_values_of_the_factors() -> None:
    factors = factors_of(small(), [FRONTAGE, POSTS, "contact.pressure_half=1,2,4"])
    design = saltelli(3, 32, seed=2)
    points = points_of(factors, design)
    assert len(points) == 32 * 5
    assert points[7] == tuple(f.at(u) for f, u in zip(factors, design[1, 2], strict=True))
    assert {point[1] for point in points} == {1, 2, 3}
    assert {point[2] for point in points} == {1, 2, 4}
    # What is alike within a row is one object: many factors take little room.
    assert points[0][0] is points[2][0]


def test_the_end_of_a_range_is_reached() -> None:
    factors = factors_of(small(), [FRONTAGE, POSTS])
    points = points_of(factors, trajectories(2, 30, seed=1).points)
    assert {point[0] for point in points} == {200, 400, 600, 800}
    assert {point[1] for point in points} == {1, 2, 3}


def test_every_word_is_visited() -> None:
    factors = factors_of(small(), [FRONTAGE, "contact.pressure_half=1,2,3,4,5"])
    levels = levels_of(factors)
    assert levels == 6
    points = points_of(factors, trajectories(2, 40, seed=1, levels=levels).points)
    assert {point[1] for point in points} == {1, 2, 3, 4, 5}
    assert levels_of(factors_of(small(), [FRONTAGE, "contact.pressure_half=1,2,3,4"])) == 6
    assert levels_of(factors_of(small(), [FRONTAGE, POSTS])) == 4


def test_steps_are_parts_of_the_whole_range() -> None:
    """Two thirds for a number; of three posts one or both; a word changes or it does not."""
    factors = factors_of(small(), [FRONTAGE, POSTS, START])
    design = trajectories(3, 200, seed=1, levels=levels_of(factors))
    steps = steps_of(factors, design)
    third = levels_of(factors) / (2 * (levels_of(factors) - 1))
    np.testing.assert_allclose(np.abs(steps[design.order == 0]), third)
    assert set(np.abs(steps[design.order == 1])) == {0.5, 1.0}
    assert set(np.abs(steps[design.order == 2])) == {1.0}
    assert (np.sign(steps) == np.sign(design.steps)).all()


def test_a_factor_s_effect_does_not_hang_on_how_its_values_are_counted() -> None:
    """The same straight line over a number, over whole numbers and over values that are given."""
    over = [FRONTAGE, POSTS, "contact.pressure_half=1,2,3"]
    factors = factors_of(small(), over)

    def run(points: Sequence[Point]) -> Iterator[Floats]:
        for frontage, posts, half in points:
            height = float(frontage) / 600 + float(posts) / 2 - float(half) / 2
            yield np.full(3, height)

    found = by_morris(factors, 20, 1, 3, run)
    for row in found.rows:
        assert isinstance(row, MorrisRow)
        assert row.mu_star.mean == pytest.approx(1.0)
        assert row.sigma == pytest.approx(0.0, abs=1e-9)
        assert row.by_luck == pytest.approx(0.0, abs=1e-9)
        assert row.beyond_luck
    assert found.luck_share == pytest.approx(0.0, abs=1e-9)
    assert [row.mu.mean for row in found.rows if isinstance(row, MorrisRow)] == pytest.approx(
        [1 if row.factor.path != "contact.pressure_half" else -1 for row in found.rows]
    )


def test_planted_luck_is_found_by_sobol() -> None:
    """Alone, u1 has variance 1/12; luck of variance 1 over 36 replications adds 1/36."""
    factors = factors_of(small(), [FRONTAGE, POSTS])

    def run(points: Sequence[Point]) -> Iterator[Floats]:
        for number, (frontage, _) in enumerate(points):
            yield (float(frontage) - 200) / 600 + luck(number, 36, 1.0)

    found = by_sobol(factors, 1024, 1, 36, run)
    assert found.luck_share == pytest.approx((1 / 36) / (1 / 12 + 1 / 36), rel=0.05)
    assert found.variance == pytest.approx(1 / 12 + 1 / 36, rel=0.05)
    first, second = found.rows
    assert isinstance(first, SobolRow)
    # Luck of each point lowers the first index by its share, and has a hand in all totals.
    assert first.first.value == pytest.approx(0.75, abs=0.06)
    assert second.size == pytest.approx(0.25, abs=0.03)


def test_planted_luck_is_found_by_morris() -> None:
    """A factor that does nothing has a mu* all the same; it is no more than luck gives."""
    factors = factors_of(small(), [FRONTAGE, POSTS, "contact.pressure_half=1:4"])

    def run(points: Sequence[Point]) -> Iterator[Floats]:
        for number, (frontage, *_) in enumerate(points):
            yield (float(frontage) - 200) / 300 + luck(number, 16, 1.0)

    found = by_morris(factors, 400, 1, 16, run)
    rows = {row.factor.path: row for row in found.rows if isinstance(row, MorrisRow)}
    idle = rows["contact.pressure_half"]
    # The difference of two means has variance 2/16; a step is 2/3.
    exact = np.sqrt(2 / np.pi) * np.sqrt(2 / 16) / (2 / 3)
    assert idle.by_luck == pytest.approx(exact, rel=0.05)
    assert idle.mu_star.mean == pytest.approx(exact, rel=0.1)
    assert (idle.beyond_luck, rows["contact.frontage"].beyond_luck) == (False, True)
    squares = [(1.5**2) / 8, 4 + (1.5**2) / 8]
    posts = 2 / 16 * np.mean([1, 4])
    whole = squares[0] + squares[1] + posts
    assert found.luck_share == pytest.approx((2 * squares[0] + posts) / whole, rel=0.25)


def slopes(seed: int, n: int) -> Floats:
    """Luck that favours one end of a range: a slope for each replication."""
    return np.random.default_rng([seed, 11]).normal(0, 1, n)


def test_luck_passes_for_an_effect_as_rarely_as_is_said() -> None:
    """The hardest case, effects that are the same in all trajectories: 2 of 2,000 are expected.

    The variance is itself an estimate, from 40 replications: a few more, then.
    """
    factors = factors_of(small(), [FRONTAGE])

    def passes(seed: int) -> bool:
        def run(points: Sequence[Point]) -> Iterator[Floats]:
            for (frontage,) in points:
                yield float(frontage) * slopes(seed, 40)

        (row,) = by_morris(factors, 4, seed, 40, run).rows
        assert isinstance(row, MorrisRow)
        return bool(row.beyond_luck)

    assert sum(map(passes, range(2000))) <= 12


@pytest.mark.parametrize("study", [by_sobol, by_morris], ids=["sobol", "morris"])
def test_intervals_hold_luck_that_looks_like_an_effect(study: Any) -> None:
    """100 studies of u1 + u2 where luck tilts u2: by 0.3 in the mean of 25 replications.

    The true first and total indices are 1/2 each, the true mu and mu* 1. Without luck in them the
    intervals would hold these far more rarely.
    """
    factors = factors_of(small(), [FRONTAGE, "contact.pressure_half=1:4"])
    held, alone = [], []
    for seed in range(100):
        tilt = 1 + 1.5 * slopes(seed, 25)

        def run(points: Sequence[Point], tilt: Floats = tilt) -> Iterator[Floats]:
            for frontage, half in points:
                yield (float(frontage) - 200) / 600 + tilt * (float(half) - 1) / 3

        def once(points: Sequence[Point], tilt: Floats = tilt) -> Iterator[Floats]:
            for frontage, half in points:
                height = (float(frontage) - 200) / 600 + tilt.mean() * (float(half) - 1) / 3
                yield np.full(25, height)

        sets = 128 if study is by_sobol else 6
        held.append([_holds(row) for row in study(factors, sets, seed, 25, run).rows])
        alone.append([_holds(row) for row in study(factors, sets, seed, 25, once).rows])
    assert np.mean(held) > 0.93
    assert np.mean(alone) < 0.85


def _holds(row: SobolRow | MorrisRow) -> list[bool]:
    """Whether the intervals of a factor hold the true values."""
    if isinstance(row, SobolRow):
        pairs = [(one.low, 0.5, one.high) for one in (row.first, row.total)]
    else:
        pairs = [(one.low, 1.0, one.high) for one in (row.mu, row.mu_star)]
    # A straight line's own effects are known to the last digit: leave that to rounding.
    return [
        low is not None and high is not None and low - 1e-9 <= true <= high + 1e-9
        for low, true, high in pairs
    ]


@pytest.mark.parametrize("study", [by_sobol, by_morris], ids=["sobol", "morris"])
def test_one_replication_gives_no_intervals(study: Any) -> None:
    """What is luck cannot be told from it, and an interval without luck would be too narrow."""
    factors = factors_of(small(), [FRONTAGE, POSTS])

    def run(points: Sequence[Point]) -> Iterator[Floats]:
        for frontage, posts in points:
            yield np.array([float(frontage) * float(posts)])

    found = study(factors, 64, 1, 1, run)
    for row in found.rows:
        pair = (row.first, row.total) if isinstance(row, SobolRow) else (row.mu, row.mu_star)
        assert [(one.low, one.high) for one in pair] == [(None, None)] * 2
    assert found.luck_share is None
    assert study is by_morris or (found.together.value, found.together.low)[1] is None


def test_what_is_no_more_than_luck_comes_last_and_no_size_below_0() -> None:
    """Luck of each point makes an idle factor's mu* larger than the true one's of another."""
    factors = factors_of(small(), [FRONTAGE, POSTS, "contact.pressure_half=1:4"])

    def run(points: Sequence[Point]) -> Iterator[Floats]:
        for number, (frontage, posts, half) in enumerate(points):
            rough = luck(number, 9, 9.0) if int(posts) == 1 else np.zeros(9)
            yield (float(frontage) - 200) / 60 + (float(half) - 1) / 3 + rough

    rows = [row for row in by_morris(factors, 6, 3, 9, run).rows if isinstance(row, MorrisRow)]
    faint = [row.beyond_luck is False for row in rows]
    assert faint == sorted(faint)
    assert set(faint) == {True, False}
    last = [row.size for row in rows if row.beyond_luck is False]
    assert last == sorted(last, reverse=True)
    assert all((row.mu_star.low or 0.0) >= 0 for row in rows)
