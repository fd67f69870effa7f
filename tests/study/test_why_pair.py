"""Which two doctrines of a run `why` is asked about where none are named."""

from __future__ import annotations

from pathlib import Path

import pytest

import nobat
from nobat.scenario import Scenario
from nobat.study.comparison import Comparison
from nobat.study.estimates import paired_difference
from nobat.study.why_pair import between, pair_of
from tests.small import small, whole


@pytest.fixture(scope="module")
def textbook(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    out = tmp_path_factory.mktemp("why") / "run"
    return nobat.compare(nobat.load("textbook-line"), replications=200, jobs=1, out=out)


def test_the_pair_is_the_best_and_one_clearly_behind(textbook: Comparison) -> None:
    scenario = nobat.load("textbook-line")
    pair = pair_of(textbook, scenario)
    assert pair is not None
    best, behind = pair
    assert best == textbook.best.doctrine
    low = textbook.difference(best, behind, "secured").low
    assert low is not None
    assert low > 0
    chance = {one.name: one["p_secured"].mean or 0.0 for one in textbook.doctrines}
    for one in between(textbook, scenario, behind, "secured"):
        assert chance[one.doctrine] >= chance[behind]
        assert one.difference == textbook.difference(best, one.doctrine, "secured")
        assert one.fights_alike or (one.difference.low or 0.0) <= 0


def run(scenario: Scenario, out: Path, *doctrines: str) -> Comparison:
    return nobat.compare(scenario, doctrines=doctrines, out=out)


def test_who_fights_alike_is_passed_over(tmp_path: Path) -> None:
    """Only its corridor is another: no mechanism can make that difference."""
    scenario = whole(replications=100).with_values({"doctrines.commit-all.start": "hold"})
    result = run(scenario, tmp_path / "run", "rotate", "closed", "commit-all", "wait")
    chance = {one.name: one["p_secured"].mean or 0.0 for one in result.doctrines}
    best = result.best.doctrine
    pair = pair_of(result, scenario)
    assert pair is not None
    same = {"rotate", "closed", "wait"}
    assert best in same
    assert pair == (best, "commit-all")
    passed = between(result, scenario, "commit-all", "attacker_losses")
    assert {one.doctrine for one in passed} == {
        name for name in same - {best} if chance[name] >= chance["commit-all"]
    }
    assert passed
    for one in passed:
        assert one.fights_alike
        assert one.difference == paired_difference(
            result.values(best, "attacker_losses"), result.values(one.doctrine, "attacker_losses")
        )


def test_none_fights_differently(tmp_path: Path) -> None:
    scenario = whole(replications=20)
    result = run(scenario, tmp_path / "run", "closed", "rotate")
    assert set(pair_of(result, scenario) or ()) == {"closed", "rotate"}


def test_one_doctrine_has_no_rival(tmp_path: Path) -> None:
    scenario = small(replications=4)
    assert pair_of(run(scenario, tmp_path / "run", "wait"), scenario) is None
