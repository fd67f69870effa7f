"""Doctrines at points of a scenario: the same rows as any run, whatever runs beside them."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import numpy as np
import pytest

from nobat.engine.cpu import simulate
from nobat.engine.plan import build
from nobat.model.outcome import index
from nobat.scenario import ScenarioError
from nobat.study import points as evaluating
from nobat.study.factors import factors_of
from nobat.study.points import Point, evaluate
from tests.small import small

FACTORS = factors_of(small(), ["contact.frontage=200:800", "rotation.turns.posts=1:3"])
POINTS: list[Point] = [(200.0, 1), (400.0, 2), (800.0, 3), (300.0, 2), (650.0, 1)]
DOCTRINES, OUTCOMES = ("rotate", "commit-all"), ("secured", "day_secured", "undecided")


def test_rows_are_those_of_any_run() -> None:
    found = list(evaluate(small(), FACTORS, POINTS, DOCTRINES, OUTCOMES))
    assert [number for number, _ in found] == [0, 1, 2, 3, 4]
    for (frontage, posts), (_, rows) in zip(POINTS, found, strict=True):
        there = small().with_values({"contact.frontage": frontage, "rotation.turns.posts": posts})
        assert rows.shape == (2, 3, 60)
        for place, doctrine in enumerate(DOCTRINES):
            run = simulate(build(there, doctrine), 1, 0, 60)
            for k, name in enumerate(OUTCOMES[:2]):
                np.testing.assert_array_equal(rows[place, k], run[:, index(name)])
            ended = run[:, index("secured")] + run[:, index("abandoned")]
            np.testing.assert_array_equal(rows[place, 2], 1 - ended)


def test_threads_and_chunks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = (small(), FACTORS, POINTS, DOCTRINES, OUTCOMES)
    one = [rows for _, rows in evaluate(*asked, jobs=1)]
    three = [rows for _, rows in evaluate(*asked, jobs=3)]
    monkeypatch.setattr(evaluating, "CHUNK", 7)
    cut = [rows for _, rows in evaluate(*asked, jobs=2)]
    np.testing.assert_array_equal(one, three)
    np.testing.assert_array_equal(one, cut)


def test_only_a_few_points_are_under_way() -> None:
    """So that memory does not grow with the points; they may come from anywhere, one by one."""
    taken = 0

    def endless() -> Iterator[Point]:
        nonlocal taken
        while True:
            taken += 1
            yield (300.0, 2)

    found = evaluate(small(), FACTORS, endless(), DOCTRINES, OUTCOMES, jobs=1)
    for number in range(5):
        assert next(found)[0] == number
    assert taken <= 8
    found.close()
    assert not [t for t in threading.enumerate() if t.name.startswith("nobat")]


def test_progress_counts_points() -> None:
    told: list[tuple[int, int]] = []
    asked = (small(), FACTORS, POINTS, DOCTRINES, OUTCOMES)
    list(evaluate(*asked, progress=lambda *at: told.append(at)))
    assert told == [(k, 5) for k in range(6)]


def test_ctrl_c_drops_what_has_not_begun() -> None:
    def pressed(done: int, _total: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(evaluate(small(), FACTORS, POINTS, DOCTRINES, OUTCOMES, jobs=1, progress=pressed))
    assert not [t for t in threading.enumerate() if t.name.startswith("nobat")]


def test_what_is_found_cannot_be_changed() -> None:
    _, rows = next(evaluate(small(), FACTORS, POINTS, DOCTRINES, OUTCOMES))
    with pytest.raises(ValueError, match="read-only"):
        rows[0] = 0


@pytest.mark.parametrize("jobs", [0, 1.5, True])
def test_threads_are_a_whole_number(jobs: object) -> None:
    with pytest.raises(ScenarioError, match=r"jobs: .* is not a number of threads"):
        evaluate(small(), FACTORS, POINTS, DOCTRINES, OUTCOMES, jobs=jobs)  # type: ignore[arg-type]
