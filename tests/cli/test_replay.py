"""`nobat replay`: what it tells, what it keeps, what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

import nobat as api
from tests.cli.terminal import SMALL, Terminal
from tests.small import WHOLE

KEYS = {
    "scenario", "title", "doctrine", "replication", "seed", "run_dir", "identical_to_run", "why",
    "step_h", "steps", "ending", "outcomes", "days", "events", "sentence",
}  # fmt: skip


@pytest.fixture
def run(nobat: Terminal) -> str:
    """A run of the whole small campaign, in this folder."""
    found = nobat("run", str(WHOLE), "-n", "20", "--doctrine", "rotate", "--doctrine", "closed",
                  "--out", "runs/it", "--json")  # fmt: skip
    assert found.code == 0
    return "it"


def test_it_tells_a_replication_day_by_day(nobat: Terminal, run: str) -> None:
    found = nobat("replay", run, "--doctrine", "rotate", "--replication", "1")
    assert (found.code, found.err) == (0, "")
    again = api.replay(run, "rotate", 1)
    assert found.out == f"{again.table()}\n"
    assert "its outcomes equal those kept in runs/it, bit for bit" in " ".join(found.out.split())
    full = nobat("replay", run, "--doctrine", "rotate", "--replication", "1", "--full").out
    assert full == f"{again.table(full=True)}\n"
    assert again.log().splitlines()[0] in full


def test_it_takes_a_typical_one_and_says_why(nobat: Terminal, run: str) -> None:
    found = nobat("replay", "runs/it", "--doctrine", "closed").out
    again = api.replay(run, "closed")
    assert f"A typical replication: {again.why}." in " ".join(found.split())
    assert f"replication {again.replication}, seed 1" in found


def test_a_single_doctrine_need_not_be_named(nobat: Terminal) -> None:
    nobat("run", SMALL, "-n", "3", "--doctrine", "wait", "--out", "one")
    assert "small, wait (Never assault), replication 0" in nobat("replay", "one").out


def test_json_is_the_replay_and_nothing_else(nobat: Terminal, run: str) -> None:
    words = ["replay", run, "--doctrine", "rotate", "--replication", "3", "--json"]
    found = nobat(*words).json()
    assert found.keys() == KEYS
    assert found == api.replay(run, "rotate", 3).to_json()
    assert (found["identical_to_run"], found["why"]) == (True, None)
    kept = api.open_run(run).values("rotate", "attacker_losses")
    assert found["outcomes"]["attacker_losses"] == kept[3]
    assert found["events"][0]["text"] == "orders: rotate"


def test_out_keeps_every_step(nobat: Terminal, run: str, tmp_path: Path) -> None:
    words = ["replay", run, "--doctrine", "rotate", "--replication", "1", "--out", "kept"]
    assert nobat(*words).out.endswith("\n\nEvery step is in kept\n")
    assert (tmp_path / "kept" / "steps.parquet").is_file()
    log = (tmp_path / "kept" / "log.txt").read_text(encoding="utf-8")
    assert log.startswith("day 0, 00:00: orders: rotate, 3 posts")
    again = nobat(*words)
    assert again.code == 2
    assert again.err == "nobat: kept is there already and not empty\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["it"], "doctrine: none is given (doctrines: rotate, closed)"),
        (["it", "--doctrine", "rotat"], "did you mean rotate? (doctrines: rotate, closed)"),
        (["it", "--doctrine", "wait"], "doctrine: 'wait' is not one of runs/it"),
        (["it", "--doctrine", "rotate", "--replication", "20"], "replications of runs/it: 0 to 19"),
        (["it", "--doctrine", "rotate", "--replication", "-1"], "not a whole number, 0 or more"),
        (
            ["itt", "--doctrine", "rotate"],
            "there is no run 'itt' here or under runs/; did you mean",
        ),
        (["abu-kamal-2017", "--doctrine", "rotate"], "is a scenario: `nobat run abu-kamal-2017`"),
        ([str(WHOLE), "--doctrine", "rotate"], "is a scenario: `nobat run"),
        ([], "RUN requires an argument"),
    ],
)
def test_what_is_refused(nobat: Terminal, run: str, words: list[str], said: str) -> None:
    assert run
    found = nobat("replay", *words)
    assert found.code == 2
    assert said in found.err.replace("\\", "/")
    assert found.out == ""
    assert nobat("replay", *words, "--json").json()["error"]["exit"] == 2
