"""Finding scenarios: shipped names, files, and what is neither."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from nobat.scenario import ScenarioError, load, shipped, starter
from tests.scenario.given import FILE, STARTER, complaint


def refusal(name: str | Path) -> str:
    with pytest.raises(ScenarioError) as caught:
        load(name)
    (problem,) = caught.value.problems
    return str(problem)


def test_every_shipped_scenario_loads_under_its_own_name() -> None:
    assert "abu-kamal-2017" in shipped()
    assert "starter" not in shipped()
    for name in shipped():
        assert load(name).name == name


def test_a_file_loads_by_path_and_by_text() -> None:
    assert load(FILE) == load(str(FILE))


def test_values_are_set_after_loading() -> None:
    assert load(FILE, {"contact.frontage": 5}).contact.frontage.value == 5
    with pytest.raises(ScenarioError, match=r"contact.frontag \(--set\): no such field; did you"):
        load(FILE, {"contact.frontag": 5})


def test_an_unknown_name_offers_the_nearest_and_the_list() -> None:
    words = refusal("abu-kamal-2018")
    assert words.startswith("abu-kamal-2018: no shipped scenario and no file has this name; ")
    assert "did you mean abu-kamal-2017?" in words
    assert "`nobat scenarios`" in words
    assert "did you mean abu-kamal-2017?" in refusal("abu-kamal-2017.yaml")
    assert refusal("").startswith("'': no shipped scenario")


def test_what_is_no_file_is_said(tmp_path: Path) -> None:
    assert refusal(tmp_path) == f"{tmp_path}: is a directory, not a scenario file"
    missing = tmp_path / "none.yaml"
    assert refusal(missing) == f"{missing}: there is no such file"
    assert refusal(str(missing)) == f"{missing}: there is no such file"
    assert refusal("a\0.yaml") == "'a\\x00.yaml': is not a path: it holds a NUL"
    assert refusal("x" * 5000 + ".yaml").startswith("'xxx")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    assert refusal(pipe) == f"{pipe}: is not a regular file"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_a_locked_file_is_said(tmp_path: Path) -> None:
    locked = tmp_path / "locked.yaml"
    locked.write_text("a: 1")
    locked.chmod(0)
    assert refusal(locked) == f"{locked}: cannot be read: permission denied"


def test_the_starter_is_valid_commented_and_ready_for_an_editor(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(starter("my-own-1"), encoding="utf-8")
    assert load(path).name == "my-own-1"
    assert STARTER.startswith("# yaml-language-server: $schema=nobat.schema.json\n")
    assert "nobat schema > nobat.schema.json" in STARTER
    assert STARTER.count("#") > 30
    assert max(map(len, STARTER.splitlines())) <= 100


def test_a_shipped_scenario_can_be_the_start(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(starter("mine", "abu-kamal-2017"), encoding="utf-8")
    expected = load("abu-kamal-2017").canonical()
    assert load(path).canonical() == {**expected, "name": "mine"}


@pytest.mark.parametrize("name", ["", "My Own", "a--b", "a_b", "-a", "../x", "a" * 65, "ä"])
def test_a_bad_name_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"^name: .* is not a name: lower-case words"):
        starter(name)
    text = STARTER.replace("name: starter", f"name: '{name}'")
    assert complaint(tmp_path / "x.yaml", text).startswith("name (line 10): ")


def test_an_unknown_start_is_refused() -> None:
    with pytest.raises(ScenarioError, match=r"did you mean abu-kamal-2017\?"):
        starter("mine", "abu-kamal")


def test_importing_scenario_brings_in_nothing_heavy() -> None:
    code = "import sys, nobat.scenario; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"numpy", "numba", "polars", "scipy", "yaml", "rich"}
    assert not heavy & set(done.stdout.split())
