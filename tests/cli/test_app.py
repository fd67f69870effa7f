"""Help, version, exit codes, and the words for what a person mistypes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from nobat import __version__
from nobat.cli import app, main
from nobat.cli.app import COMMANDS
from nobat.cli.group import Group
from nobat.engine.files import StoreError
from tests.cli.terminal import SMALL, Terminal


def test_without_a_word_it_shows_help(nobat: Terminal) -> None:
    bare = nobat()
    assert bare.code == 0
    assert bare.out == nobat("--help").out
    for command in COMMANDS:
        assert f" {command} " in bare.out
    assert "Example: nobat run" in bare.out
    assert max(map(len, bare.out.splitlines())) <= 80


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(nobat: Terminal, command: str) -> None:
    found = nobat(command, "--help")
    assert found.code == 0
    assert f"Usage: nobat {command}" in found.out
    assert f"Example: nobat {command}" in found.out
    assert "--json" in found.out
    assert ("--lang en|fa" in found.out) is not isinstance(COMMANDS[command], Group)
    assert found.out == nobat(command, "-h").out


def test_version(nobat: Terminal) -> None:
    assert nobat("--version").out.strip() == __version__
    assert nobat("--version", "--json").json() == {"version": __version__}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["rum"], 'Did you mean "run"?'),
        (["--jsn"], "--jsn"),
        (["run"], "SCENARIO requires an argument"),
        (["run", SMALL, "--doctrin", "x"], "Did you mean --doctrine?"),
        (["run", SMALL, "--doctrine", "comit-all"], "did you mean commit-all? (doctrines: rotate"),
        (["run", "abu-kamal-2071"], "did you mean abu-kamal-2017?"),
        (["run", SMALL, "more"], "nothing more was expected: 'more'"),
        (["run", SMALL, "-n", "0"], "-n: '0' is not a whole number, 1 or more"),
        (["run", SMALL, "-n", "abc"], "-n: 'abc' is not a whole number"),
        (["run", SMALL, "-n", "2.7"], "-n: '2.7' is not a whole number"),
        (["run", SMALL, "-n", "1e3"], "-n: '1e3' is not a whole number"),
        (["run", SMALL, "-n", "9" * 5000], "is not a whole number"),
        (["run", SMALL, "-n", "99999999999"], "99,999,999,999 are too many for one run"),
        (["run", SMALL, "-n"], "-n requires an argument"),
        (["run", SMALL, "-n", "1", "-n", "2"], "-n specified multiple times"),
        (["run", SMALL, "--seed", "-1"], "--seed: '-1' is not a whole number from 0 to"),
        (["run", SMALL, "--seed", "9223372036854775808"], "is not a whole number from 0 to"),
        (["run", SMALL, "--jobs", "0"], "--jobs: '0' is not a whole number, 1 or more"),
        (["run", SMALL, "--step-h", "0"], "--step-h: '0' is not a number above 0"),
        (["run", SMALL, "--step-h", "nan"], "--step-h: 'nan' is not a number above 0"),
        (["run", SMALL, "--step-h", "5"], "(--step-h): 5 h does not divide a day"),
        (["run", SMALL, "--set", "defender.reserve"], "write --set PATH=VALUE"),
        (["run", SMALL, "--set", "defender.reserv=1"], "did you mean reserve?"),
        (["run", SMALL, "--set", "defender.reserve=-1"], "defender.reserve (--set): -1 is not"),
        (["run", SMALL, "--out", SMALL], "is a file, not a folder"),
        (["check"], "FILE requires an argument"),
        (["check", "nowhere.yaml"], "nowhere.yaml: there is no such file"),
        (["check", "."], "is a directory"),
        (["new"], "FILE requires an argument"),
        (["new", "x.yaml", "--from", "abu-kaml-2017"], "did you mean abu-kamal-2017?"),
    ],
)
def test_a_mistake_is_named_and_exits_2(
    nobat: Terminal, words: list[str], said: str, tmp_path: Path
) -> None:
    found = nobat(*words)
    assert found.code == 2
    assert said in found.err
    assert found.out == ""
    asked = nobat(*words, "--json")
    assert asked.code == 2
    assert asked.err == found.err
    error = asked.json()["error"]
    assert error["exit"] == 2
    assert all(set(one) == {"path", "line", "message"} for one in error["problems"])
    assert not list(tmp_path.iterdir())


def test_all_problems_of_a_file_come_at_once_with_their_lines(
    nobat: Terminal, tmp_path: Path
) -> None:
    text = Path(SMALL).read_text()
    text = text.replace("garrison: 50", "garrison: -50").replace("start: hold", "start: hodl")
    (tmp_path / "wrong.yaml").write_text(text)
    found = nobat("check", "wrong.yaml", "--json")
    assert found.code == 2
    problems = found.json()["error"]["problems"]
    assert len(problems) == 4
    assert all(isinstance(one["line"], int) for one in problems)
    assert found.err.count("nobat: ") == 4
    assert "did you mean hold?" in found.err


def test_a_run_that_cannot_be_written_exits_1(
    nobat: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = nobat("run", SMALL, "--out", f"{SMALL}/run")
    assert found.code == 1
    assert "cannot be made: not a directory" in found.err

    def full(*_: object) -> int:
        raise StoreError("x cannot be written: no space left on the disk")

    monkeypatch.setattr(app, "_call", full)
    with pytest.raises(StoreError):
        main(["run", SMALL])


def test_ctrl_c_before_a_run_has_begun(nobat: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    def press_ctrl_c(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("nobat.scenario.load_any", press_ctrl_c)
    found = nobat("check", SMALL)
    assert (found.code, found.err) == (130, "nobat: stopped\n")


HEAVY = {"numpy", "numba", "polars", "pydantic", "scipy", "yaml", "duckdb"}

LIGHT = f"""
import sys
import nobat
from nobat.cli import main
main(sys.argv[1:])
heavy = {HEAVY} & set(sys.modules)
print(*sorted(heavy), file=sys.stderr)
"""


def python(*words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a Python of its own, as a shell would."""
    source = Path(app.__file__).parents[2]
    environment = os.environ | {"PYTHONPATH": str(source), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, *words],
        env=environment,
        encoding="utf-8",
        capture_output=True,
        check=False,
        cwd=cwd,
    )


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["run", "--help"], ["rum"]])
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    assert python("-c", LIGHT, *words).stderr.splitlines()[-1] == ""


def test_it_runs_as_a_module(tmp_path: Path) -> None:
    found = python("-m", "nobat", "run", "x", "--json", cwd=tmp_path)
    assert found.returncode == 2
    assert found.stdout.startswith("{")
    assert found.stderr.startswith("nobat: x: no shipped scenario")


@pytest.mark.skipif(sys.platform == "win32", reason="a shell's pipe")
def test_a_reader_who_leaves_early_is_not_told_off(tmp_path: Path) -> None:
    source = Path(app.__file__).parents[2]
    command = f"{sys.executable} -m nobat schema | head -n 1; echo ${{PIPESTATUS[0]}}"
    found = subprocess.run(
        ["bash", "-c", command],
        env=os.environ | {"PYTHONPATH": str(source)},
        text=True,
        capture_output=True,
        check=False,
        cwd=tmp_path,
    )
    assert found.stdout == "{\n0\n"
    assert found.stderr == ""


def test_a_terminal_without_the_characters_gets_question_marks(tmp_path: Path) -> None:
    source = Path(app.__file__).parents[2]
    environment = {"PYTHONPATH": str(source), "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    found = subprocess.run(
        [sys.executable, "-m", "nobat", "run", SMALL, "-n", "20", "--jobs", "1"],
        env=os.environ | environment,
        capture_output=True,
        check=False,
        cwd=tmp_path,
    )
    assert found.returncode == 0
    assert b"? Student's t" in b" ".join(found.stdout.split())


@pytest.mark.parametrize(
    ("words", "begins"),
    [
        (["run", SMALL, "--solver", "exact", "--out", "o"], "nobat: --out: means nothing"),
        (["run", SMALL, "--solver", "exact", "--seed", "3"], "nobat: --seed: means nothing"),
        (["run", SMALL, "--solver", "exact", "-n", "3"], "nobat: -n: means nothing"),
        (["run", SMALL, "--solver", "exact", "--replications=3"], "nobat: --replications: means"),
        (["run", SMALL, "--doctrine", "x"], "nobat: --doctrine: 'x' is not one of"),
        (["run", SMALL, "--set", "run.seed=-1"], "nobat: run.seed (--set): "),
    ],
)
def test_an_option_is_named_as_it_is_typed(nobat: Terminal, words: list[str], begins: str) -> None:
    found = nobat(*words)
    assert found.code == 2
    assert found.err.startswith(begins)
