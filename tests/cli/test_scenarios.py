"""`nobat scenarios`, `schema` and `new`."""

from __future__ import annotations

import json
from pathlib import Path

from nobat.scenario import load, load_crews, schema, shipped
from tests.cli.terminal import Terminal


def test_scenarios_are_listed(nobat: Terminal) -> None:
    listed = nobat("scenarios")
    rows = nobat("scenarios", "--json").json()["scenarios"]
    assert [row["name"] for row in rows] == shipped() + shipped("crews")
    for row in rows:
        assert row["name"] in listed.out
        assert row["title"] in listed.out
        if row["kind"] == "crews":
            assert row["posts"] == list(load_crews(row["name"]).posts)
        else:
            assert row["doctrines"] == list(load(row["name"]).doctrines)


def test_schema_is_one_object_either_way(nobat: Terminal) -> None:
    assert json.loads(nobat("schema").out) == schema() == nobat("schema", "--json").json()


def test_schema_of_crews(nobat: Terminal) -> None:
    assert json.loads(nobat("schema", "--kind", "crews").out) == schema("crews")


def test_new_writes_a_file_that_checks(nobat: Terminal, tmp_path: Path) -> None:
    found = nobat("new", "My Siege.yaml")
    assert found.code == 0
    assert "nobat check" in found.out
    assert load(tmp_path / "My Siege.yaml").name == "my-siege"
    assert nobat("check", "My Siege.yaml").code == 0


def test_new_takes_a_file_name_in_any_script(nobat: Terminal, tmp_path: Path) -> None:
    assert nobat("new", "نوبت.yaml").code == 0
    assert load(tmp_path / "نوبت.yaml").name == "my-scenario"


def test_new_copies_a_shipped_scenario(nobat: Terminal, tmp_path: Path) -> None:
    name = shipped()[0]
    found = nobat("new", "mine.yaml", "--from", name, "--json")
    assert found.json() == {"file": "mine.yaml", "name": "mine", "from": name}
    mine, original = load(tmp_path / "mine.yaml"), load(name)
    assert mine.canonical() == original.canonical() | {"name": "mine"}


def test_new_leaves_what_is_there_alone(nobat: Terminal, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("years of work")
    found = nobat("new", "mine.yaml")
    assert found.code == 2
    assert "mine.yaml is there already" in found.err
    assert (tmp_path / "mine.yaml").read_text() == "years of work"


def test_new_in_a_folder_that_is_not_there_exits_1(nobat: Terminal) -> None:
    found = nobat("new", "nowhere/mine.yaml")
    assert found.code == 1
    assert "cannot be written: no such file or directory" in found.err
