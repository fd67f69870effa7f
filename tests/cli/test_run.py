"""`nobat run`: the answer, what is kept, and what is said on the way."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import nobat as api
from nobat.engine.runner import Progress
from nobat.study import courses
from tests.cli.terminal import SMALL, Terminal
from tests.small import small


def test_the_answer_is_the_table_the_sentence_and_the_folder(
    nobat: Terminal, tmp_path: Path
) -> None:
    found = nobat("run", SMALL)
    assert found.code == 0
    (folder,) = (tmp_path / "runs").iterdir()
    result = api.open_run(folder)
    where = f"The run is in runs/{folder.name}\nThe report is in runs/{folder.name}/report.html\n"
    assert found.out.replace("\\", "/") == f"{result.table()}\n\n{where}"
    assert (folder / "report.html").is_file()
    assert "running small: 60 replications of each of 3 doctrines\n" in found.err
    assert "180 replications in " in found.err


def test_the_report_is_the_same_when_its_days_are_computed_again(
    nobat: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(courses, "_noted", {})
    nobat("run", SMALL)
    assert len(courses._noted) == 3
    (folder,) = (tmp_path / "runs").iterdir()
    written = (folder / "report.html").read_bytes()
    courses._noted.clear()
    again = api.open_run(folder).report(tmp_path / "again.html")
    assert again.read_bytes() == written


def test_json_is_the_result_and_nothing_else(nobat: Terminal) -> None:
    found = nobat("run", SMALL, "--json")
    answer = found.json()
    assert answer == api.open_run(answer["run_dir"]).to_json()
    assert answer["replications"] == answer["replications_asked"] == 60
    assert answer["interval"]["level"] == 0.95
    assert answer["stopped"] is False
    assert answer["horizon_d"] == 20


def test_options_reach_the_run(nobat: Terminal) -> None:
    words = ["run", SMALL, "-n", "12", "--seed", "5", "--step-h", "2", "--jobs", "1", "--out", "o"]
    words += ["--doctrine", "wait", "--doctrine", "rotate", "--set", "defender.reserve=9"]
    found = nobat(*words, "--json").json()
    assert (found["seed"], found["replications"], found["run_dir"]) == (5, 12, "o")
    assert [one["name"] for one in found["doctrines"]] == ["wait", "rotate"]
    scenario = small(step_h=2).with_values({"defender.reserve": 9})
    same = api.compare(scenario, doctrines=["wait", "rotate"], replications=12, seed=5, out="other")
    assert (
        same["rotate"].estimates["attacker_losses"].mean
        == (found["doctrines"][1]["attacker_losses"]["mean"])
    )


def test_a_complete_run_is_shown_at_once(nobat: Terminal) -> None:
    first = nobat("run", SMALL)
    again = nobat("run", SMALL)
    assert again.out == first.out
    assert again.err == "this run is complete already; nothing was simulated again\n"


def test_a_half_done_run_goes_on(nobat: Terminal) -> None:
    whole = nobat("run", SMALL, "--out", "o", "--json")
    shutil.rmtree("o/outcomes/wait")
    again = nobat("run", SMALL, "--out", "o", "--json")
    assert again.out == whole.out
    assert "120 were there already" in again.err


def test_out_that_holds_something_else_is_left_alone(nobat: Terminal, tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("years of work")
    found = nobat("run", SMALL, "--out", "thesis")
    assert found.code == 2
    assert "thesis is not empty and holds no run" in found.err
    assert [path.name for path in (tmp_path / "thesis").iterdir()] == ["chapter.txt"]
    nobat("run", SMALL, "--out", "o")
    other = nobat("run", SMALL, "--out", "o", "--seed", "2")
    assert other.code == 2
    assert "o holds another run (seed 1, not 2)" in other.err


def press_ctrl_c_after(done: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Ctrl-C be pressed once so many campaigns are done."""
    from nobat.cli.progress import Reporter

    report = Reporter.__call__

    def pressed(self: Reporter, progress: Progress) -> None:
        report(self, progress)
        if progress.stage == "running" and progress.done >= done:
            raise KeyboardInterrupt

    monkeypatch.setattr(Reporter, "__call__", pressed)


def test_ctrl_c_keeps_and_shows_what_is_done(
    nobat: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["run", SMALL, "-n", "1700", "--jobs", "1", "--out", "o"]
    with monkeypatch.context() as patch:
        press_ctrl_c_after(2500, patch)
        found = nobat(*words)
    assert found.code == 130
    assert "stopping: finishing what is under way" in found.err
    # What was under way when the keys were pressed is finished.
    done = re.search(r"stopped after (500|1,000) of 1,700 replications, kept in o", found.err)
    assert done is not None
    assert f"{done[1]} of 1,700 replications of each doctrine" in found.out
    with monkeypatch.context() as patch:
        press_ctrl_c_after(0, patch)
        again = nobat(*words, "--json")
    assert again.code == 130
    assert again.json()["replications"] >= 500
    assert again.json()["replications_asked"] == 1700
    assert again.json()["stopped"] is True
    whole = nobat(*words)
    assert whole.code == 0
    assert "were there already" in whole.err
    assert "1,700 replications of each doctrine" in whole.out


def test_ctrl_c_before_anything_is_done(nobat: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    press_ctrl_c_after(0, monkeypatch)
    found = nobat("run", SMALL, "-n", "3000", "--jobs", "1", "--json")
    assert found.code == 130
    assert "stopped after 0 of 3,000 replications" in found.err
    assert found.json()["error"]["exit"] == 130


def test_the_mean_field_is_one_course_and_keeps_nothing(nobat: Terminal, tmp_path: Path) -> None:
    found = nobat("run", SMALL, "--solver", "mean-field")
    assert found.code == 0
    assert "±" not in found.out
    assert "Mean field: one course of each doctrine" in found.out.replace("\n", " ")
    assert "This is one course, not a chance" in found.out.replace("\n", " ")
    assert list(tmp_path.iterdir()) == []
    answer = nobat("run", SMALL, "--solver", "mean-field", "--json").json()
    chance = nobat("run", SMALL, "-n", "2", "--json").json()
    assert list(answer) == list(chance)
    assert [list(one) for one in answer["doctrines"]] == [list(one) for one in chance["doctrines"]]
    assert (answer["solver"], chance["solver"]) == ("mean-field", "monte-carlo")
    assert (answer["seed"], answer["run_dir"], answer["interval"]) == (None, None, None)
    assert answer["best"]["p_best"] is None
    for one in answer["doctrines"]:
        assert one["p_secured"]["mean"] in (0, 1)
        assert one["attacker_losses"]["low"] is one["attacker_losses"]["high"] is None
    assert all(gap["low"] is None for gap in answer["differences"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["--solver", "meanfield"],
            "solver: 'meanfield' is not a solver; did you mean mean-field?",
        ),
        (["--solver", "mean-field", "-n", "5"], "-n: means nothing with the solver"),
        (["--solver", "mean-field", "--seed", "2", "--jobs", "1"], "--jobs: means nothing"),
        (["--solver", "mean-field", "--out", "x"], "and nothing is kept"),
    ],
)
def test_what_a_solver_does_not_take_is_refused(
    nobat: Terminal, words: list[str], said: str
) -> None:
    found = nobat("run", SMALL, *words)
    assert found.code == 2
    assert said in found.err
