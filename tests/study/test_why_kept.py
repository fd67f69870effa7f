"""Answers of `why` lie in a run's folder, and are read as they were."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

import nobat
from nobat.engine.files import StoreError
from nobat.study.comparison import Comparison
from nobat.study.estimates import Estimate
from nobat.study.unlike import Unlike
from nobat.study.why_kept import keep, kept, read
from nobat.study.why_result import Nearer
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
    gap = Estimate(0.1, -0.2, 0.4, 6, "mean")
    nearer = (Nearer("commit-all", gap, (Unlike("corridor", "open", "closed"),)),)
    for one in (found, replace(found, nearer=nearer)):
        assert read(json.loads(json.dumps(one.to_json()))) == one


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


def test_what_an_earlier_version_kept_is_read_too(result: Comparison) -> None:
    """Without the fields in which the doctrines differ, and those that come nearer."""
    assert result.run is not None
    found = nobat.why(small(), doctrine="rotate", against="wait", replications=4)
    older = {k: v for k, v in found.to_json().items() if k not in ("unlike", "nearer")}
    (result.run.path / "why-1.json").write_text(json.dumps(older), encoding="utf-8")
    assert kept(result.run) == [replace(found, unlike=())]


def test_a_folder_that_went_away_is_told(result: Comparison, tmp_path: Path) -> None:
    assert result.run is not None
    found = nobat.why(small(), doctrine="rotate", against="wait", replications=4)
    result.run.path.rename(tmp_path / "moved")
    with pytest.raises(StoreError, match="cannot be written"):
        keep(result.run, found)
