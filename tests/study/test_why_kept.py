"""Answers of `why` lie in a run's folder, and are read as they were."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import nobat
from nobat.engine.files import StoreError
from nobat.study.comparison import Comparison
from nobat.study.why_kept import keep, kept, pair_of, read
from tests.small import small


@pytest.fixture
def result(tmp_path: Path) -> Comparison:
    return nobat.compare(small(replications=12), out=tmp_path / "run")


@pytest.mark.parametrize("outcome", ["secured", "attacker_losses", "day_secured"])
@pytest.mark.parametrize("solver", ["monte-carlo", "mean-field"])
def test_an_answer_is_read_as_it_was(outcome: str, solver: str) -> None:
    found = nobat.why(
        small(replications=6), doctrine="rotate", against="wait", outcome=outcome, solver=solver,
        replications=6 if solver == "monte-carlo" else None,
    )  # fmt: skip
    assert read(json.loads(json.dumps(found.to_json()))) == found


def test_what_is_kept_is_found_again(result: Comparison) -> None:
    run = result.run
    assert run is not None
    one = nobat.why(small(), doctrine="rotate", against="wait", replications=4)
    other = nobat.why(
        small(), doctrine="commit-all", against="wait", outcome="duration_d", replications=4
    )
    files = [keep(run, answer) for answer in (one, other)]
    assert [path.name for path in files] == [
        "why-rotate-wait-secured.json", "why-commit-all-wait-duration_d.json"
    ]  # fmt: skip
    assert kept(run) == [other, one]
    # A run with answers beside it goes on as it is.
    assert nobat.resume(run.path).to_json() == result.to_json()
    again = nobat.compare(small(replications=12), out=run.path)
    assert again.to_json() == result.to_json()


@pytest.mark.parametrize("change", [{"scenario": "other"}, {"a": "nobody"}, {"shares": 3}])
def test_what_is_about_something_else_is_left_alone(
    result: Comparison, change: dict[str, object]
) -> None:
    assert result.run is not None
    found = nobat.why(small(), doctrine="rotate", against="wait", replications=4)
    text = json.dumps(found.to_json() | change)
    (result.run.path / "why.json").write_text(text, encoding="utf-8")
    (result.run.path / "why-2.json").write_text("[", encoding="utf-8")
    assert kept(result.run) == []


def test_the_pair_is_the_best_and_one_clearly_behind(tmp_path: Path) -> None:
    result = nobat.compare(
        nobat.load("textbook-line"), replications=200, jobs=1, out=tmp_path / "run"
    )
    pair = pair_of(result)
    assert pair is not None
    best, behind = pair
    assert best == result.best.doctrine
    low = result.difference(best, behind, "secured").low
    assert low is not None
    assert low > 0
    chance = {one.name: one["p_secured"].mean or 0.0 for one in result.doctrines}
    for name, mean in chance.items():
        if name != best and mean > chance[behind]:
            between = result.difference(best, name, "secured").low
            assert between is not None
            assert between <= 0


def test_one_doctrine_has_no_rival(tmp_path: Path) -> None:
    result = nobat.compare(small(replications=4), doctrines=["wait"], out=tmp_path / "run")
    assert pair_of(result) is None


def test_a_folder_that_went_away_is_told(result: Comparison, tmp_path: Path) -> None:
    assert result.run is not None
    found = nobat.why(small(), doctrine="rotate", against="wait", replications=4)
    result.run.path.rename(tmp_path / "moved")
    with pytest.raises(StoreError, match="cannot be written"):
        keep(result.run, found)
