"""A scenario at points: the same as `with_values`, and the same rows as any run."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from nobat.engine.cpu import simulate
from nobat.engine.plan import build
from nobat.model.outcome import index
from nobat.scenario import Scenario, ScenarioError, load, quantities
from nobat.study import points as evaluating
from nobat.study.factors import Factor, Value, factors_of, ranged
from nobat.study.points import Point, Settings, evaluate, said, setting
from tests.small import small, whole

FACTORS = factors_of(small(), ["contact.frontage=200:800", "rotation.turns.posts=1:3"])
POINTS: list[Point] = [(200.0, 1), (400.0, 2), (800.0, 3), (300.0, 2), (650.0, 1)]
DOCTRINES, OUTCOMES = ("rotate", "commit-all"), ("secured", "day_secured", "undecided")
FULL = load(Path(__file__).parents[1] / "scenario" / "full.yaml")
WORDS = [
    "sleep.model", "rotation.three-groups.forgive_rest", "rotation.three-groups.dispatch",
    "doctrines.as-told.rules[0].posture", "doctrines.as-told.rotation=three-groups,by-operation",
    "doctrines.as-told.rules[0].when=layers_carried >= 1,layers_carried >= 3",
]  # fmt: skip


def same(one: Scenario, other: Scenario) -> None:
    """Equal in every field, types included."""
    assert one == other
    assert repr(one.model_dump()) == repr(other.model_dump())
    assert one.digest() == other.digest()


def drawn(factors: tuple[Factor, ...], seed: int) -> Point:
    rng = random.Random(seed)
    return tuple(factor.at(rng.random()) for factor in factors)


@pytest.mark.parametrize("seed", range(8))
def test_a_setting_is_the_scenario_of_with_values(seed: int) -> None:
    siege = load("abu-kamal-2017")
    factors = (*ranged(siege), *factors_of(siege, WORDS))
    values = drawn(factors, seed)
    paths = [factor.path for factor in factors]
    same(setting(siege, factors, values), siege.with_values(dict(zip(paths, values, strict=True))))


@pytest.mark.parametrize("scenario", [FULL, small(), whole()], ids=["full", "small", "whole"])
def test_every_number_can_be_set_alone(scenario: Scenario) -> None:
    for path, quantity, kind in quantities(scenario):
        factor = Factor(path, kind.unit, kind, quantity.value, quantity.value, None)
        for value in (quantity.value, quantity.low, quantity.high):
            if value is not None:
                same(setting(scenario, [factor], (value,)), scenario.with_values({path: value}))


@pytest.mark.parametrize(
    "given",
    [
        {"rotation.turns.posts": 9},
        {"rotation.turns.overlap_h": 4, "rotation.turns.gap_h": 4},
        {"rotation.turns.tour_h": 5},
        {"contact.frontage": -1},
        {"places.fort.layers.count": 1000},
        {"sleep.model": "coffee"},
        {"doctrines.wait.corridor": "closed"},
        {"rotation.turns.relief.tour_over": False},
        {"contact.nothing": 3},
    ],
    ids=lambda given: next(iter(given)),
)
def test_what_is_not_allowed_is_refused_in_the_same_words(given: dict[str, Value]) -> None:
    factors = [Factor(path, "", None, None, None, (value,)) for path, value in given.items()]
    with pytest.raises(ScenarioError) as slow:
        small().with_values(given)
    with pytest.raises(ScenarioError) as quick:
        setting(small(), factors, tuple(given.values()))
    assert [(p.path, p.message) for p in quick.value.problems] == [
        (p.path, p.message) for p in slow.value.problems
    ]
    assert all(
        p.where == f"at {said(factors, tuple(given.values()))}" for p in quick.value.problems
    )


def test_all_points_are_checked_and_the_first_few_told() -> None:
    settings = Settings(small(), FACTORS)
    settings.check(POINTS)
    with pytest.raises(ScenarioError) as caught:
        settings.check([*POINTS, (200.0, 7), (300.0, 8)])
    assert [str(problem).partition(": ")[0] for problem in caught.value.problems] == [
        "rotation.turns.posts (at contact.frontage = 200, rotation.turns.posts = 7)",
        "rotation.turns.posts (at contact.frontage = 300, rotation.turns.posts = 8)",
    ]
    with pytest.raises(ScenarioError) as caught:
        settings.check([(200.0 + k, 7) for k in range(20)])
    assert len(caught.value.problems) == 6
    assert str(caught.value.problems[-1]).endswith(
        "20 of 20 points are not allowed: the first are told above"
    )


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
