"""Designs over a scenario: ranges, balance of discrete factors, what is refused."""

from __future__ import annotations

from collections import Counter

import pytest

from nobat.scenario import ScenarioError
from nobat.study.design import DESIGNS, Design, design
from tests.small import small

MIXED = ["contact.frontage=200:800", "rotation.turns.posts=1:4", "rotation.turns.forgive_rest"]
DRAWN = [name for name in DESIGNS if name != "grid"]


def of(kind: str, *over: str, **asked: int) -> Design:
    return design(small(), over or MIXED, kind=kind, **asked)


@pytest.mark.parametrize("kind", DRAWN)
def test_points_lie_in_their_ranges_and_discrete_values_are_balanced(kind: str) -> None:
    found = of(kind, points=64)
    frontage, posts, forgive = zip(*found.points, strict=True)
    assert len(found) == len(set(frontage)) == 64
    assert min(frontage) < 215
    assert max(frontage) > 785
    assert all(200 <= value <= 800 for value in frontage)
    assert Counter(posts) == {1: 16, 2: 16, 3: 16, 4: 16}
    assert Counter(forgive) == {False: 32, True: 32}
    assert (found.kind, found.seed) == (kind, 1)


def test_the_seed_of_the_points_is_not_that_of_the_luck() -> None:
    assert of("latin", points=9).points == of("latin", points=9, seed=1).points
    assert of("latin", points=9).points != of("latin", points=9, seed=2).points
    other_luck = small(seed=7)
    assert design(other_luck, MIXED, kind="latin", points=9).points == of("latin", points=9).points


def test_a_grid_has_every_combination_once() -> None:
    found = of("grid", levels=3)
    assert len(found) == len(set(found.points)) == 3 * 3 * 2
    assert found.points[:3] == ((200.0, 1, False), (200.0, 1, True), (200.0, 3, False))
    assert {point[0] for point in found.points} == {200.0, 500.0, 800.0}
    assert {point[1] for point in found.points} == {1, 3, 4}
    assert found.correlation() == 0
    assert len(of("grid")) == 5 * 4 * 2


def test_notes_say_what_to_know() -> None:
    assert of("sobol", points=100).notes()[0] == (
        "100 points are no power of two: the balance of Sobol's sequence is lost; 64 or 128 "
        "keep it."
    )
    (only,) = of("sobol", points=64).notes()
    assert only.startswith("Largest correlation between two factors: 0.0")
    assert of("sobol", "contact.frontage", points=64).notes() == []
    (poor,) = of("nolh", *MIXED, "works.rebuild_per_day=0:1", points=6).notes()
    assert poor.endswith("nearly orthogonal is up to 0.03: take more points.")


def test_nolh_says_whether_it_is_exact() -> None:
    four = [
        "contact.frontage",
        "breaking.layer.loss_weight=0:9",
        "works.rebuild_per_day=0:1",
        "attrition.defender_rate=0.05:0.2",
    ]
    found = of("nolh", *four, points=9)
    assert found.orthogonal is True
    assert found.correlation() == 0
    assert of("nolh", *four, points=10).orthogonal is False
    assert of("latin", *four, points=9).orthogonal is None


def test_a_design_as_plain_values() -> None:
    found = of("latin", points=16).to_json()
    assert (found["kind"], found["seed"], found["points"]) == ("latin", 1, 16)
    assert [factor["path"] for factor in found["factors"]] == [
        "contact.frontage", "rotation.turns.posts", "rotation.turns.forgive_rest",
    ]  # fmt: skip
    assert 0 <= found["correlation"] < 0.5
    assert of("latin", "contact.frontage", points=16).to_json()["correlation"] is None


@pytest.mark.parametrize(
    ("kind", "asked", "said"),
    [
        ("sobl", {}, "design: 'sobl' is not a design; did you mean sobol? (designs: sobol, "),
        ("sobol", {"points": 1}, "points: 1 is not allowed: a whole number from 2 to 100,000"),
        ("sobol", {"points": 10**6}, "points: 1000000 is not allowed"),
        ("sobol", {"points": 2.5}, "points: 2.5 is not allowed"),
        ("sobol", {"levels": 5}, "levels: levels are those of a grid; sobol takes points"),
        ("sobol", {"seed": -1}, "design_seed: -1 is not allowed"),
        ("grid", {"points": 5}, "points: a grid has its own number of points; give levels"),
        ("grid", {"seed": 5}, "design_seed: nothing is drawn for a grid"),
        ("grid", {"levels": 1}, "levels: 1 is not allowed: a whole number from 2 to 1,000"),
        ("nolh", {"points": 3}, "points: 3 points are too few for 3 factors"),
    ],
)
def test_what_is_not_allowed(kind: str, asked: dict[str, int], said: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        of(kind, **asked)
    (problem,) = caught.value.problems
    assert str(problem).startswith(said)


def test_too_many_and_too_few_combinations_are_refused() -> None:
    rates = [f"attrition.{side}_rate=0.1:0.2" for side in ("attacker", "defender")]
    with pytest.raises(ScenarioError, match=r"grid of 1000 levels has 1,000,000 points: 100,000 a"):
        of("grid", *rates, levels=1000)
    with pytest.raises(ScenarioError, match="64 are more than the 8 combinations there are"):
        of("sobol", "rotation.turns.posts=1:4", "rotation.turns.forgive_rest", points=64)


def test_a_wrong_design_and_wrong_factors_are_told_at_once() -> None:
    with pytest.raises(ScenarioError) as caught:
        of("sobl", "contact.frontage=9:1", "nothing")
    assert len(caught.value.problems) == 3


def test_points_that_the_scenario_refuses_are_told_before_anything_is_run() -> None:
    with pytest.raises(ScenarioError) as caught:
        of("grid", "rotation.turns.posts=5:8", levels=9)
    assert [str(problem).partition(":")[0] for problem in caught.value.problems] == [
        "rotation.turns.posts (at rotation.turns.posts = 7)",
        "rotation.turns.posts (at rotation.turns.posts = 8)",
    ]
