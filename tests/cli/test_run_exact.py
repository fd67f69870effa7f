"""`nobat run --solver exact`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.terminal import SMALL, Terminal


def test_the_answer_is_a_table_without_intervals(nobat: Terminal, tmp_path: Path) -> None:
    found = nobat("run", "one-wall", "--solver", "exact")
    assert found.code == 0
    assert "±" not in found.out
    assert "[" not in found.out
    text = found.out.replace("\n", " ")
    assert "Solved exactly: every chance is worked out, none is drawn." in text
    assert "Best by the chance of taking the place within 6 days: commit-all, with" in text
    assert list(tmp_path.iterdir()) == []


def test_json_has_the_keys_of_every_solver_and_the_steps(nobat: Terminal) -> None:
    answer = nobat("run", "one-wall", "--solver", "exact", "--json").json()
    course = nobat("run", "one-wall", "--solver", "mean-field", "--json").json()
    assert list(answer) == list(course)
    for one, other in zip(answer["doctrines"], course["doctrines"], strict=True):
        assert list(one) == [*other, "by_step"]
        assert one["p_secured"]["low"] == one["p_secured"]["mean"] == one["p_secured"]["high"]
    assert answer["solver"] == "exact"


def test_what_cannot_be_solved_is_told_line_by_line(nobat: Terminal) -> None:
    found = nobat("run", SMALL, "--solver", "exact", "--json")
    assert found.code == 2
    problems = found.json()["error"]["problems"]
    paths = [problem["path"] for problem in problems]
    assert "attrition.suicide.attacks_per_day" in paths
    assert "works.wear_per_day" in paths
    assert problems[0]["message"].startswith("exact is for small campaigns")
    assert found.err.count("is not solved exactly (allowed: ") == len(problems) - 1 >= 3


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-n", "5"], "-n: means nothing with the solver exact: no luck is drawn"),
        (["--out", "x"], "--out: means nothing"),
        (["--set", "attacker.units[0].strength=5000"], "solver: exact: persons can be in about"),
        (["--doctrine", "rotat"], "did you mean rotate?"),
    ],
)
def test_wrong_words_are_answered(nobat: Terminal, words: list[str], said: str) -> None:
    found = nobat("run", "one-wall", "--solver", "exact", *words)
    assert found.code == 2
    assert said in found.err


def test_a_misspelt_solver_finds_it(nobat: Terminal) -> None:
    found = nobat("run", "one-wall", "--solver", "exactly")
    assert found.code == 2
    assert "did you mean exact?" in found.err
