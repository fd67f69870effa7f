"""`nobat sweep`, and `nobat resume` of a sweep: keys, options, Ctrl-C, what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

import nobat as api
from nobat.engine import sweep_manifest
from tests.cli.terminal import SMALL, Terminal
from tests.cli.test_run import press_ctrl_c_after
from tests.engine.test_store import contents
from tests.small import small

OVER = ("--over", "contact.frontage", "--over", "sleep.model")
QUICK = ("sweep", SMALL, *OVER, "--points", "8", "-n", "10", "--jobs", "1")
KEYS = {
    "scenario", "title", "design", "horizon_d", "seed", "replications", "replications_kept",
    "points", "points_asked", "stopped", "interval", "doctrines", "level_at", "sentence",
    "sweep_dir",
}  # fmt: skip


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_keys_that_scripts_rely_on(nobat: Terminal) -> None:
    found = nobat(*QUICK, "--json").json()
    assert found.keys() == KEYS
    assert found["design"].keys() == {"kind", "seed", "points", "correlation", "factors"}
    assert found["doctrines"][0].keys() >= {
        "name",
        "title",
        "best_at",
        "surely_best_at",
        "p_secured",
        "attacker_losses",
    }
    assert (found["points"], found["points_asked"], found["stopped"]) == (8, 8, False)
    assert Path(found["sweep_dir"]).is_dir()


def test_the_command_and_the_function_agree(nobat: Terminal) -> None:
    found = nobat(*QUICK, "--json").json()
    same = api.sweep(small(), ["contact.frontage", "sleep.model"], points=8, replications=10)
    assert found == same.to_json()


def test_options_reach_the_sweep(nobat: Terminal) -> None:
    found = nobat(
        "sweep", SMALL, "--over", "contact.frontage=300:400", "--over", "rotation.turns.posts=1,3",
        "--design", "grid", "--levels", "3", "--doctrine", "wait", "--seed", "4", "-n", "5",
        "--keep-replications", "--set", "run.horizon_d=9", "--out", "o", "--json",
    ).json()  # fmt: skip
    assert (found["points"], found["seed"], found["replications"]) == (6, 4, 5)
    assert (found["horizon_d"], found["replications_kept"], found["sweep_dir"]) == (9, True, "o")
    assert [one["name"] for one in found["doctrines"]] == ["wait"]
    assert len(list(Path("o/replications").iterdir())) == 6
    latin = nobat(*QUICK, "--design", "latin", "--design-seed", "7", "--json").json()
    assert (latin["design"]["kind"], latin["design"]["seed"]) == ("latin", 7)


def test_it_begins_with_the_answer_and_ends_with_the_folder(nobat: Terminal) -> None:
    found = nobat(*QUICK)
    lines = found.out.splitlines()
    assert lines[:2] == ["A small siege", "small"]
    assert " takes the place most often at " in lines[3]
    assert lines[-1].startswith(f"The sweep is in {Path('sweeps', 'small-')}")
    assert found.err.startswith("running small: 10 replications of each of 3 doctrines at 8 points")
    again = nobat(*QUICK)
    assert again.out == found.out
    assert again.err == "this sweep is complete already; nothing was simulated again\n"


def test_its_own_design_is_a_list_of_points(nobat: Terminal) -> None:
    """design.csv can be given again: the same points, the same estimates."""
    nobat(*QUICK, "--out", "a")
    listed = nobat("sweep", SMALL, "--design", "a/design.csv", "-n", "10", "--out", "b", "--json")
    assert listed.json()["design"]["kind"] == "listed"
    one, other = (api.open_sweep(name).points().collect() for name in ("a", "b"))
    assert one.equals(other)


def test_a_stopped_sweep_goes_on_to_the_same_bytes(
    nobat: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweep_manifest, "_MOST_POINTS", 2)
    whole = nobat(*QUICK, "--out", "whole")
    with monkeypatch.context() as patch:
        press_ctrl_c_after(0, patch)
        nothing = nobat(*QUICK, "--out", "stopped", "--json")
    assert nothing.code == 130
    assert "stopped before a point was done: none is kept in stopped" in nothing.err
    assert "`nobat resume stopped` goes on from there" in nothing.err
    assert nothing.json()["error"]["exit"] == 130
    with monkeypatch.context() as patch:
        press_ctrl_c_after(150, patch)
        stopped = nobat(*QUICK, "--out", "stopped")
    assert stopped.code == 130
    assert (
        "nobat: stopped: 4 of 8 points are kept in stopped; 1 point that was done will be run "
        in (stopped.err)
    )
    assert "`nobat resume stopped` goes on from there" in stopped.err
    assert "4 points of 8 (stopped before the end)" in stopped.out
    with monkeypatch.context() as patch:
        press_ctrl_c_after(0, patch)
        assert nobat("resume", "stopped", "--jobs", "1").code == 130
    found = nobat("resume", "stopped")
    assert found.code == 0
    assert "were there already" in found.err
    assert found.out == whole.out.replace("whole", "stopped")
    assert contents(Path("stopped")) == contents(Path("whole"))


def test_what_is_damaged_is_made_again(nobat: Terminal) -> None:
    nobat(*QUICK, "--out", "o")
    whole = contents(Path("o"))
    (chunk,) = Path("o/points").iterdir()
    chunk.write_bytes(chunk.read_bytes()[:-9])
    found = nobat("resume", "o")
    assert found.code == 0
    assert found.err.startswith(
        "1 file of this sweep was damaged or out of place: its points are simulated again (0 to "
        "7)\n"
    )
    assert contents(Path("o")) == whole


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--over", "contact.frontag"], "contact.frontag: no such field; did you mean frontage?"),
        (["--over", "contact.frontage=9:3"], "its range is reversed, from 9 to 3"),
        (["--over", "contact.frontage=3:3"], "its range is empty, from 3 to 3"),
        (["--over", "defender.reserve"], "defender.reserve: has no range of its own"),
        ([], "over: nothing is varied"),
        ([*OVER, "--design", "latn"], "did you mean latin?"),
        ([*OVER, "--design", "none.csv"], "none.csv: cannot be read: no such file or directory"),
        ([*OVER, "--design", "none.csv"], "heads of its columns: leave it out"),
        (["--over", "contact.frontage="], "nothing stands behind the =: write contact.frontage=LO"),
        (
            [*OVER, "--set", "contact.frontage=300"],
            "contact.frontage: is varied, so --set cannot say what it is: leave one of the two out",
        ),
        ([*OVER, "--set", "sleep.model=none", "-n", "3"], "sleep.model: is varied, so --set"),
        ([*OVER, "--save", "a.gif"], "save: 'a.gif' does not end in .html, .svg or .png"),
        ([*OVER, "--save", "no/a.png"], "save: there is no folder 'no'"),
        (["--design", "none.csv"], "none.csv: cannot be read: no such file or directory"),
        ([*OVER, "--points", "1"], "--points: '1' is not a whole number, 2 or more"),
        ([*OVER, "--points", "1e3"], "--points: '1e3' is not a whole number, 2 or more"),
        ([*OVER, "-n", "0"], "-n: '0' is not a whole number, 1 or more"),
        ([*OVER, "--doctrine", "rotat"], "did you mean rotate?"),
    ],
)
def test_what_is_refused(nobat: Terminal, words: list[str], said: str) -> None:
    found = nobat("sweep", SMALL, *words)
    assert found.code == 2
    assert said in found.err
    assert "running" not in found.err
    assert found.out == ""
    assert not Path("sweeps").exists()
    assert nobat("sweep", SMALL, *words, "--json").json()["error"]["exit"] == 2


def test_a_file_of_points_may_not_be_set_either(nobat: Terminal) -> None:
    Path("p.csv").write_text("contact.frontage\n300\n")
    found = nobat("sweep", SMALL, "--design", "p.csv", "--set", "contact.frontage.value=400")
    assert (found.code, found.out) == (2, "")
    assert "contact.frontage: is varied, so --set cannot say what it is" in found.err


def test_a_range_may_be_set_and_varied(nobat: Terminal) -> None:
    """A number's own range is part of the scenario."""
    wide = "contact.frontage={value: 400, low: 300, high: 900}"
    found = nobat(*QUICK, "--set", wide, "--json").json()
    first, _ = found["design"]["factors"]
    assert (first["low"], first["high"]) == (300, 900)


def test_a_scenario_of_crews_is_told_what_takes_it(nobat: Terminal) -> None:
    found = nobat("sweep", "fire-crews", "--over", "x")
    assert found.code == 2
    assert "only a campaign can be asked this: `nobat run` takes both kinds" in found.err


def test_charts_are_kept(nobat: Terminal) -> None:
    found = nobat(*QUICK, "--save", "a.svg", "--save", "a.html")
    assert found.err.endswith("kept as a.svg\nkept as a.html\n")
    assert "against each of 2 factors" in Path("a.svg").read_text(encoding="utf-8")
    assert "<script>" in Path("a.html").read_text(encoding="utf-8")
    Path("a.png").mkdir()
    assert "save: 'a.png' is a folder" in nobat(*QUICK, "--save", "a.png").err


def test_help_says_that_a_file_stands_in_the_place_of_over(nobat: Terminal) -> None:
    text = " ".join(nobat("sweep", "--help").out.replace("│", " ").split())
    assert "Left out where --design is a file." in text
    assert "FILE.csv, which says what is varied by a path at the head of each column" in text


def test_a_name_that_is_nowhere_is_looked_for_among_sweeps(nobat: Terminal) -> None:
    nobat(*QUICK)
    (folder,) = Path("sweeps").iterdir()
    found = nobat("resume", f"{folder.name[:-1]}x")
    assert (found.code, found.out) == (2, "")
    assert f"; did you mean {folder.name}?" in found.err
