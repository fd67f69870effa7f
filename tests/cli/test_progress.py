"""What is said while a run goes on."""

from __future__ import annotations

import io
import sys
import time
from dataclasses import replace
from typing import Any

import pytest

from nobat.cli.progress import Points, Reporter, _lasting
from nobat.cli.scanning import Scanned
from nobat.engine import warm
from nobat.engine.runner import Progress, Stage


def told(stage: Stage, done: int, kept: int = 0, doctrines: int = 4) -> Progress:
    return Progress(stage, done, 4000, kept, doctrines, "siege")


def test_two_lines_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with Reporter() as report:
        for done in (0, 1000, 2000, 4000):
            report(told("running", done))
        report(told("done", 4000))
    first, last = capsys.readouterr().err.splitlines()
    assert first == "running siege: 1,000 replications of each of 4 doctrines"
    assert last.startswith("4,000 replications in 0.0 s (")


def test_what_was_kept_is_told_and_not_counted(capsys: pytest.CaptureFixture[str]) -> None:
    with Reporter() as report:
        report(told("running", 3000, kept=3000))
        report(told("done", 4000, kept=3000))
    first, last = capsys.readouterr().err.splitlines()
    assert first.endswith("; 3,000 were there already")
    assert last.startswith("1,000 replications in ")


def test_a_long_run_says_how_far_it_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    with Reporter() as report:
        report(told("running", 0))
        for _ in range(25):
            now += 1.0
            report(told("running", int(40 * (now - 100))))
    lines = capsys.readouterr().err.splitlines()[1:]
    assert lines == [
        "200 of 4,000 replications, 40 a second, about 1 min 35 s left",
        "600 of 4,000 replications, 40 a second, about 1 min 25 s left",
        "1,000 of 4,000 replications, 40 a second, about 1 min 15 s left",
    ]


def test_a_sweep_s_rate_is_taken_from_its_first_point_on(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before it the compiled model is read, which is no measure of the rest."""
    now = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    with Reporter() as report:
        for done in range(0, 4000, 40):
            report(replace(told("running", done), points=100))
            now += 1.0 if done else 30.0
            if done == 600:
                break
    assert capsys.readouterr().err.splitlines()[1:] == [
        "80 of 4,000 replications, 40 a second, about 1 min 38 s left",
        "480 of 4,000 replications, 40 a second, about 1 min 28 s left",
    ]


def test_points_that_take_long_say_how_far_they_are(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a minute before the first point is no measure of the rest."""
    now = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    monkeypatch.setattr(warm, "is_warm", lambda: True)
    with Points("a study") as points:
        points(0, 200)
        now += 30.0
        for done in range(1, 26):
            points(done, 200)
            now += 1.0
    assert capsys.readouterr().err.splitlines() == [
        "a study ...",
        "2 of 200 points, about 3 min 18 s left",
        "12 of 200 points, about 3 min 8 s left",
        "22 of 200 points, about 2 min 58 s left",
        "a study: 55 s",
    ]


@pytest.mark.parametrize("terminal", [False, True])
def test_who_has_to_wait_long_is_told_once_what_takes_less(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, terminal: bool
) -> None:
    now = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    monkeypatch.setattr(warm, "is_warm", lambda: True)
    monkeypatch.setattr("sys.stderr.isatty", lambda: terminal, raising=False)
    for total, times in ((2000, 1), (200, 0)):
        with Scanned("a study", "fewer take less") as points:
            for done in range(1, 40):
                points(done, total)
                now += 1.0
        assert capsys.readouterr().err.count("fewer take less") == times


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.2, "1 s"), (59.4, "59 s"), (59.6, "1 min 0 s"), (200, "3 min 20 s"), (7500, "2 h 5 min")],
)
def test_the_time_left_in_words(seconds: float, text: str) -> None:
    assert _lasting(seconds) == text


def test_what_is_made_again_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    for damaged, words in (
        (
            (("rotate", 2), ("wait", 1)),
            "3 chunks of this run were damaged or out of place and are ",
        ),
        ((("wait", 1),), "1 chunk of this run was damaged or out of place and is "),
    ):
        with Reporter() as report:
            report(replace(told("running", 0), damaged=damaged))
        first = capsys.readouterr().err.splitlines()[0]
        whose = ", ".join(f"{name} {n}" for name, n in damaged)
        assert first == f"{words}simulated again: {whose}"


def test_the_points_that_are_made_again_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    one = (("0 to 63", 64),)
    seven = tuple((f"{n}", 1) for n in range(7))
    for damaged, words in (
        (one, "1 file of this sweep was damaged or out of place: its points are simulated again "
         "(0 to 63)"),
        (seven, "7 files of this sweep were damaged or out of place: their points are simulated "
         "again (0, 1, 2, 3, 4, 2 more files)"),
    ):  # fmt: skip
        with Reporter() as report:
            report(replace(told("running", 0), damaged=damaged, points=100))
        assert capsys.readouterr().err.splitlines()[0] == words


def test_one_is_singular(capsys: pytest.CaptureFixture[str]) -> None:
    with Reporter() as report:
        report(Progress("running", 1, 2, 1, 2, "siege"))
        report(Progress("done", 2, 2, 1, 2, "siege"))
    first, last = capsys.readouterr().err.splitlines()
    assert first == "running siege: 1 replication of each of 2 doctrines; 1 was there already"
    assert last.startswith("1 replication in ")


def test_the_compilation_asks_for_patience(capsys: pytest.CaptureFixture[str]) -> None:
    with Reporter() as report:
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
    with Reporter() as report:
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
