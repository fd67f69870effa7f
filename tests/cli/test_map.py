"""`nobat map`: its keys, its options, the files it keeps, what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

import nobat as api
from nobat.cli.scanning import Scanned
from tests.cli.terminal import SMALL, Terminal
from tests.small import small

OVER = ("--over", "contact.frontage", "--over", "attrition.attacker_rate=0.02:0.2")
PAIR = ("--doctrine", "commit-all", "--doctrine", "rotate")
QUICK = (*OVER, *PAIR, "-n", "20", "--points", "12", "--side", "2", "--jobs", "1")


def test_the_command_and_the_function_agree(nobat: Terminal) -> None:
    found = nobat("map", SMALL, *QUICK, "--json").json()
    same = api.decision_map(
        small(), OVER[1], OVER[3], doctrines=["commit-all", "rotate"], replications=20, points=12,
        side=2,
    )  # fmt: skip
    assert found == same.to_json()
    assert found["x"]["path"] == "contact.frontage"
    assert (found["outcome"], found["best"]) == ("p_secured", "highest")


def test_options_reach_the_answer(nobat: Terminal) -> None:
    found = nobat(
        "map", SMALL, *OVER, "-n", "3", "--points", "4", "--side", "2", "--seed", "9", "--outcome",
        "attacker_losses", "--set", "run.horizon_d=9", "--json",
    ).json()  # fmt: skip
    assert (found["seed"], found["horizon_d"], found["replications"]) == (9, 9, 3)
    assert (found["outcome"], found["best"]) == ("attacker_losses", "lowest")
    assert [one["name"] for one in found["doctrines"]] == list(small().doctrines)
    assert len(found["points"]) == 4


def test_it_begins_with_the_answer(nobat: Terminal) -> None:
    found = nobat("map", SMALL, *QUICK)
    lines = found.out.splitlines()
    assert lines[:2] == ["A small siege", "small"]
    assert "takes the place most often" in lines[3]
    assert found.err.startswith(
        "running small over contact.frontage and attrition.attacker_rate=0.02:0.2 ...\n"
    )


def test_it_is_kept_as_the_names_of_the_files_end(nobat: Terminal, tmp_path: Path) -> None:
    names = ["map.png", "map.svg", "map.html", "map.csv", "map.parquet"]
    words = [word for name in names for word in ("--save", str(tmp_path / name))]
    found = nobat("map", SMALL, *QUICK, *words, "--json")
    assert found.code == 0
    assert found.err.count("kept as ") == 5
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)
    table = pl.read_csv(tmp_path / "map.csv")
    assert table.equals(pl.read_parquet(tmp_path / "map.parquet"))
    assert table.height == 2 * len(found.json()["points"])
    assert (tmp_path / "map.png").read_bytes().startswith(b"\x89PNG")


def test_leads_mean_the_same_wherever_they_stand(nobat: Terminal, tmp_path: Path) -> None:
    """An advantage, in persons that are not lost."""
    kept = tmp_path / "map.csv"
    found = nobat(
        "map", SMALL, *QUICK, "--outcome", "attacker_losses", "--save", str(kept), "--json"
    ).json()
    leads = [one["lead"]["mean"] for one in found["points"] if one["winner"]]
    assert leads
    assert min(leads) > 0
    held = [one["lead"] for one in found["doctrines"] if one["points"]]
    assert min(one["least"] for one in held) == min(leads)
    assert max(one["most"] for one in held) == max(leads)
    table = pl.read_csv(kept)
    assert table.filter(pl.col("best"))["lead"].to_list() == leads


def test_one_replication_proves_nothing(nobat: Terminal) -> None:
    found = nobat("map", SMALL, *OVER, *PAIR, "-n", "1", "--points", "4", "--side", "2")
    assert found.code == 0
    assert "With 1 replication of each nothing is sure: it takes 6 or more." in found.out
    drawn = [line.split()[-1] for line in found.out.splitlines() if len(line.split()[-1:]) == 1]
    assert not any(set(line) & set("CR") for line in drawn if len(line) > 40)


def test_ctrl_c(nobat: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    def pressed(self: Scanned, done: int, total: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Scanned, "__call__", pressed)
    found = nobat("map", SMALL, *QUICK)
    assert (found.code, found.err, found.out) == (130, "nobat: stopped\n", "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--over", "contact.frontage"], "over: a map has two numbers, one across and one up: 1"),
        ([*OVER, "--over", "sleep.floor"], "one across and one up: 3 given"),
        ([*OVER[:3], "attrition.atacker_rate"], "did you mean attacker_rate?"),
        ([*OVER, "--doctrine", "rotate"], "a map holds two or more against each other"),
        ([*OVER, "--points", "9"], "points: 9 are fewer than the first grid has: 6 by 6"),
        ([*OVER, "--points", "2"], "'2' is not a whole number, 4 or more"),
        ([*OVER, "--outcome", "secure"], "did you mean secured?"),
        ([*OVER, "--save", "map.pdf"], "'map.pdf' does not end in .html, .svg, .png, .csv or"),
        ([*OVER, "--save", "no/where/map.png"], "there is no folder 'no/where'"),
    ],
)
def test_what_it_refuses(
    nobat: Terminal, monkeypatch: pytest.MonkeyPatch, words: list[str], said: str
) -> None:
    monkeypatch.setattr("nobat.study.map.evaluate", None)
    found = nobat("map", SMALL, *words)
    assert found.code == 2
    assert said in found.err
    assert found.out == ""


def test_a_map_over_nothing_shows_where_help_is(nobat: Terminal) -> None:
    found = nobat("map", SMALL)
    assert found.code == 2
    assert "`nobat map --help` shows what there is." in found.err


def test_a_file_that_cannot_be_written_ends_with_1(
    nobat: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    found = nobat("map", SMALL, *QUICK, "--save", str(tmp_path / "map.png"), "--json")
    assert found.code == 1
    assert "map.png cannot be written: no space left on the disk" in found.err


def test_a_folder_is_no_file(nobat: Terminal, tmp_path: Path) -> None:
    (tmp_path / "map.png").mkdir()
    found = nobat("map", SMALL, *QUICK, "--save", str(tmp_path / "map.png"), "--json")
    assert found.code == 2
    assert "is a folder" in json.loads(found.out)["error"]["problems"][0]["message"]
