"""`nobat homecoming` and `nobat theory checkpoint`, as they are typed."""

from __future__ import annotations

import json

import pytest

from nobat.cli import main
from nobat.cli.theory_checkpoint import EXAMPLE
from tests.small import FILE, WHOLE

ASKED = ["homecoming", str(WHOLE), "--doctrine", "commit-all", "-n", "40", "--lanes", "1,2",
         "--minutes-a-check", "3", "--open-after-nights", "0,2"]  # fmt: skip


def test_the_frontier_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*ASKED, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert len(answer["policies"]) == 4
    assert answer["own"]["lanes"] == 1
    assert main(ASKED) == 0
    assert "on the frontier" in capsys.readouterr().out


def test_wrong_values_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["homecoming", str(WHOLE), "--lanes", "two"]) == 2
    assert capsys.readouterr().err == "nobat: --lanes: 'two' is not a number\n"
    assert main(["homecoming", str(FILE)]) == 2
    assert "homecoming: the scenario has none" in capsys.readouterr().err


def test_a_checkpoint(capsys: pytest.CaptureFixture[str]) -> None:
    words = EXAMPLE.split()[1:]
    assert main(words) == 0
    assert "people wait" in capsys.readouterr().out
    assert main([*words, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert [row["minutes_a_check"] for row in answer["rows"]] == [1, 4]
    assert answer["rows"][1]["utilisation"] == pytest.approx(40 * 4 / 60 / 3)


def test_a_checkpoint_without_numbers_gets_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["theory", "checkpoint"]) == 2
    error = capsys.readouterr().err
    assert "--arrivals-per-hour: is missing" in error
    assert EXAMPLE in error
