"""What is said while a run goes on."""

from __future__ import annotations

import io
import sys
from typing import Any

import pytest

from nobat.cli.progress import Reporter
from nobat.engine.runner import Progress, Stage


def told(stage: Stage, done: int, kept: int = 0, doctrines: int = 4) -> Progress:
    return Progress(stage, done, 4000, kept, doctrines)


def test_two_lines_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with Reporter("siege") as report:
        for done in (0, 1000, 2000, 4000):
            report(told("running", done))
        report(told("done", 4000))
    first, last = capsys.readouterr().err.splitlines()
    assert first == "running siege: 1,000 replications of each of 4 doctrines"
    assert last.startswith("4,000 replications in 0.0 s (")


def test_what_was_kept_is_told_and_not_counted(capsys: pytest.CaptureFixture[str]) -> None:
    with Reporter("siege") as report:
        report(told("running", 3000, kept=3000))
        report(told("done", 4000, kept=3000))
    first, last = capsys.readouterr().err.splitlines()
    assert first.endswith("; 3,000 were there already")
    assert last.startswith("1,000 replications in ")


def test_the_compilation_asks_for_patience(capsys: pytest.CaptureFixture[str]) -> None:
    with Reporter("siege") as report:
        report(told("compiling", 0))
    assert capsys.readouterr().err.startswith("compiling the model (once, about ")


class Screen(io.StringIO):
    """A terminal that remembers what was drawn."""

    def isatty(self) -> bool:
        return True


def test_a_bar_with_rate_and_time_left_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    screen: Any = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    with Reporter("siege") as report:
        report(told("running", 0))
        report(told("running", 2000))
        assert report._bar is not None
        report._bar.refresh()
        report(told("stopping", 2000))
        assert report._bar is None
    drawn = screen.getvalue()
    assert "2,000 of 4,000" in drawn
    assert "replications/s" in drawn
    assert "left" in drawn
    assert "stopping" in drawn
