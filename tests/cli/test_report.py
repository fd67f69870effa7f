"""`nobat report`: where it writes, what it says, what it refuses."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import pytest

from tests.cli.terminal import SMALL, Terminal


@pytest.fixture
def run(nobat: Terminal) -> str:
    """A run of the small campaign, in this folder."""
    assert nobat("run", SMALL, "-n", "8", "--out", "runs/it", "--json").code == 0
    return "it"


def test_it_is_written_into_the_runs_folder(nobat: Terminal, run: str) -> None:
    found = nobat("report", run)
    assert (found.code, found.err) == (0, "")
    assert found.out.replace("\\", "/") == "The report is in runs/it/report.html\n"
    text = Path("runs/it/report.html").read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>")
    assert "A small siege" in text


def test_out_is_a_file_or_a_folder(nobat: Terminal, run: str, tmp_path: Path) -> None:
    assert nobat("report", run, "--out", "mine.html").out == "The report is in mine.html\n"
    (tmp_path / "there").mkdir()
    found = nobat("report", f"runs/{run}", "--out", "there", "--json").json()
    assert found["report"].replace("\\", "/") == "there/report.html"
    assert found["bytes"] == (tmp_path / "there" / "report.html").stat().st_size
    assert (tmp_path / "mine.html").read_bytes() == (tmp_path / "there/report.html").read_bytes()


def test_a_run_is_reported_of_at_once_but_not_for_scripts(nobat: Terminal, run: str) -> None:
    assert run
    assert not Path("runs/it/report.html").exists()
    found = nobat("run", SMALL, "-n", "8", "--out", "runs/it").out.replace("\\", "/")
    assert found.endswith("The run is in runs/it\nThe report is in runs/it/report.html\n")


def test_open_shows_it(nobat: Terminal, run: str, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def browser(there: bool) -> None:
        def open_(url: str) -> bool:
            opened.append(url)
            return there

        monkeypatch.setattr(webbrowser, "open", open_)

    browser(there=True)
    assert nobat("report", run, "--open").err == ""
    browser(there=False)
    assert "no browser was found; open runs" in nobat("report", run, "--open").err
    found = nobat("run", SMALL, "-n", "8", "--out", "runs/it", "--open", "--json")
    assert found.json()["replications"] == 8
    assert opened == [Path("runs/it/report.html").absolute().as_uri()] * 3


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["itt"], "there is no run 'itt' here or under runs/; did you mean it?"),
        (["it", "--out", "none/r.html"], "none/r.html cannot be written: no such file"),
        ([SMALL], "is a file; a run is a folder"),
        ([], "RUN requires an argument"),
    ],
)
def test_what_is_refused(nobat: Terminal, run: str, words: list[str], said: str) -> None:
    assert run
    found = nobat("report", *words)
    assert found.code in (1, 2)
    assert said in found.err.replace("\\", "/")
    assert found.out == ""
    assert nobat("report", *words, "--json").json()["error"]["exit"] == found.code


@pytest.mark.parametrize("solver", ["mean-field", "exact"])
def test_without_luck_there_is_nothing_to_open(nobat: Terminal, solver: str) -> None:
    found = nobat("run", SMALL, "--solver", solver, "--open")
    assert found.code == 2
    assert "--open: the report is of a run, and without luck none is kept" in found.err


def test_a_folder_that_cannot_be_written_spoils_no_run(
    nobat: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nobat.engine.files import StoreError
    from nobat.study.comparison import Comparison

    def full(self: Comparison, path: object = None) -> Path:
        raise StoreError("report.html cannot be written: no space left on the disk")

    monkeypatch.setattr(Comparison, "report", full)
    found = nobat("run", SMALL, "-n", "8", "--out", "o")
    assert found.code == 0
    assert "nobat: no report: report.html cannot be written: no space left" in found.err
    assert found.out.endswith("The run is in o\n")


def test_charts_are_drawn_into_a_folder(nobat: Terminal, run: str, tmp_path: Path) -> None:
    found = nobat("report", run, "--svg", "figures")
    drawn = sorted(path.name for path in (tmp_path / "figures").iterdir())
    assert "secured.svg" in drawn
    assert found.out.endswith(f"{len(drawn)} pictures are in figures\n")
    assert "drawing the charts" in found.err
    told = nobat("report", run, "--svg", "figures", "--json").json()
    assert sorted(Path(path).name for path in told["pictures"]) == drawn
    told = nobat("run", SMALL, "-n", "8", "--out", "runs/it", "--svg", "more", "--json").json()
    assert len(told["pictures"]) == len(drawn)
    assert told["replications"] == 8


def test_a_bad_folder_is_told_before_anything_is_run(nobat: Terminal, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    found = nobat("run", SMALL, "-n", "8", "--png", "file", "--svg", "file/in")
    assert found.code == 2
    first, second = found.err.splitlines()
    assert first == "nobat: --png: file is not a folder"
    assert second.startswith("nobat: --svg:")
    assert not Path("runs").exists()


def test_without_luck_nothing_is_drawn(nobat: Terminal) -> None:
    found = nobat("run", SMALL, "--solver", "mean-field", "--png", "figures", "--open")
    assert found.code == 2
    assert [line.split(": ")[1] for line in found.err.splitlines()] == ["--open", "--png"]
    assert not Path("figures").exists()
