"""A scenario at points: the same as `with_values`, in every field and every word."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from nobat.scenario import Scenario, ScenarioError, load, quantities
from nobat.study.factors import Factor, Value, factors_of, ranged
from nobat.study.settings import Further, Point, Settings, said, setting
from tests.small import small, whole

FACTORS = factors_of(small(), ["contact.frontage=200:800", "rotation.turns.posts=1:3"])
POINTS: list[Point] = [(200.0, 1), (400.0, 2), (800.0, 3), (300.0, 2), (650.0, 1)]
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


#: Sets of values that claims set on top of a point: numbers, a word, and what is drawn too.
SETS: list[dict[str, Value]] = [
    {"contact.frontage": 150.0},
    {"sleep.model": "none", "rotation.turns.posts": 3},
    {"attacker.units[0].strength": 700, "run.events": "deterministic"},
]


def test_further_values_are_those_of_with_values() -> None:
    settings = Settings(small(), FACTORS)
    further = [None, *(Further(small(), given) for given in SETS)]
    for point in POINTS:
        base: dict[str, Value] = {f.path: value for f, value in zip(FACTORS, point, strict=True)}
        for found, given in zip(settings.each(point, further), [{}, *SETS], strict=True):
            same(found, small().with_values(base | given))


def test_what_is_not_allowed_alone_may_be_with_further_values() -> None:
    """Nine posts are too many, but not where other values bring them down again."""
    settings = Settings(small(), FACTORS)
    saved = Further(small(), {"rotation.turns.posts": 2})
    (found,) = settings.each((300.0, 9), [saved])
    same(found, small().with_values({"contact.frontage": 300.0, "rotation.turns.posts": 2}))
    with pytest.raises(ScenarioError, match=r"posts = 9.*9 posts are more than the"):
        settings.each((300.0, 9), [saved, None])


@pytest.mark.parametrize(
    "given",
    [
        {"rotation.turns.tour_h": 5},
        {"rotation.turns.posts": 9},
        {"sleep.model": "coffee"},
        {"contact.nothing": 3},
        {"doctrines.rotate.fire.word": 1},
    ],
    ids=lambda given: next(iter(given)),
)
def test_further_values_that_are_not_allowed_are_told(given: dict[str, Value]) -> None:
    settings = Settings(small(), FACTORS)
    with pytest.raises(ScenarioError) as slow:
        small().with_values({"contact.frontage": 200.0, "rotation.turns.posts": 1, **given})
    with pytest.raises(ScenarioError) as quick:
        settings.each(POINTS[0], [Further(small(), given)])
    assert [(p.path, p.message) for p in quick.value.problems] == [
        (p.path, p.message) for p in slow.value.problems
    ]


@pytest.mark.parametrize(
    "paths",
    [
        ["contact.frontage", "contact.frontage"],
        ["contact", "contact.frontage"],
        ["contact.frontage", "contact"],
        ["contact.frontage", "contact.frontage.value"],
    ],
)
def test_one_place_set_twice_is_read_anew(paths: list[str]) -> None:
    """The later one wins, as in `with_values`; nothing is mixed up."""
    values = {"contact": {**small().canonical()["contact"], "frontage": 250}}
    given = [values.get(path, 400.0) for path in paths]
    factors = [Factor(path, "", None, None, None, None) for path in paths]
    found = setting(small(), factors, tuple(given))  # type: ignore[arg-type]
    same(found, small().with_values(dict(zip(paths, given, strict=True))))
