"""`nobat theory sleep`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.terminal import Terminal
from tests.cli.test_app import python

NIGHTS = "sleep_start_h,sleep_end_h,note\n23,31,first\n47,55,second\n100,103,third\n"
FIPS = ("--model", "three-process", "--start-h", "7", "--start-reservoir", "7.96")


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "nights.csv"
    path.write_text(NIGHTS, encoding="utf-8")
    return str(path)


def test_the_keys_that_scripts_rely_on(nobat: Terminal, file: str) -> None:
    for model in ("safte", "safter"):
        rows = nobat("theory", "sleep", "--schedule", file, "--model", model, "--json").json()[
            "rows"
        ]
        assert rows[0].keys() == {"hour", "awake", "reservoir", "effectiveness", "inertia"}
        assert [row["hour"] for row in rows] == list(range(7, 128))
    rows = nobat("theory", "sleep", "--schedule", file, *FIPS, "--json").json()["rows"]
    assert rows[0].keys() == {"hour", "awake", "s", "alertness", "kss"}
    assert rows[0]["kss"] == pytest.approx(10.53994221)


def test_where_it_starts_and_ends(nobat: Terminal, file: str) -> None:
    words = ("theory", "sleep", "--schedule", file, "--model", "safter")
    given = ("--start-h", "23", "--start-reservoir", "2400", "--until-h", "31")
    found = nobat(*words, *given, "--json").json()
    assert (found["start_h"], found["start_reservoir"], found["until_h"]) == (23, 2400, 31)
    assert [row["awake"] for row in found["rows"]] == [False] * 8 + [True]
    assert found["rows"][-1]["reservoir"] == pytest.approx(2879.785, abs=1)


def test_the_table(nobat: Terminal, file: str) -> None:
    found = nobat("theory", "sleep", "--schedule", file)
    assert found.code == 0
    assert found.out.startswith("SAFTE, as published in 2004, hours 7 to 127")
    assert "zzzzzzz8999" in found.out
    assert "--json gives every whole hour." in found.out


def test_one_schedule_of_several(nobat: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "both.csv"
    text = "schedule,sleep_start_h,sleep_end_h\nshort,27,31\nlong,23,31\n"
    path.write_text(text, encoding="utf-8")
    words = ("theory", "sleep", "--schedule", str(path))
    assert nobat(*words, "--name", "long", "--json").json()["schedule"] == "long"
    assert "--schedule: the file holds 2 schedules" in nobat(*words).err
    assert "--name: no schedule is called 'lang'; did you mean long?" in (
        nobat(*words, "--name", "lang").err
    )


def test_everything_wrong_is_said_at_once(nobat: Terminal, tmp_path: Path) -> None:
    words = ("--schedule", str(tmp_path / "no.csv"), "--model", "saft", "--until-h", "x")
    found = nobat("theory", "sleep", *words)
    assert (found.code, found.out) == (2, "")
    assert "no.csv: there is no such file" in found.err
    assert "--model: 'saft' is not a model of sleep; did you mean safte?" in found.err
    assert "--until-h: 'x' is not a number of hours" in found.err
    problems = nobat("theory", "sleep", *words, "--json").json()["error"]["problems"]
    assert len(problems) == 3


def test_a_wrong_row_has_its_line(nobat: Terminal, file: str) -> None:
    Path(file).write_text(NIGHTS.replace("47,55", "47,"), encoding="utf-8")
    found = nobat("theory", "sleep", "--schedule", file)
    assert found.err == ("nobat: sleep_end_h (line 3): is missing: hours after midnight of day 0\n")


def test_nothing_asked_is_answered_with_an_example(nobat: Terminal) -> None:
    found = nobat("theory", "sleep")
    assert found.code == 2
    assert "--schedule: is missing" in found.err
    assert "For example: nobat theory sleep --schedule nights.csv" in found.err


def test_nothing_is_compiled(file: str) -> None:
    code = (
        "import sys; from nobat.cli import main; main(sys.argv[1:]); print('numba' in sys.modules)"
    )
    found = python("-c", code, "theory", "sleep", "--schedule", file)
    assert found.stdout.splitlines()[-1] == "False"
