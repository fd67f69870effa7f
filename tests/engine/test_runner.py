"""Running the chunks of a run: their order, what is kept, and how a run stops."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from nobat.engine.runner import Interrupted, Progress, default_jobs, execute, jobs_fault
from nobat.engine.store import Run
from nobat.model.outcome import OUTCOMES
from nobat.study.compare import canonical
from tests.engine.test_store import contents, make, manifest_of
from tests.small import small


def begin(folder: Path, chunk: int = 20) -> Run:
    scenario = small()
    return Run.begin(folder, manifest_of(scenario, chunk), canonical(scenario))


def nothing(_plan: object, _seed: int, _first: int, count: int) -> NDArray[np.float64]:
    """An engine in which nothing happens."""
    return np.zeros((count, len(OUTCOMES)))


def broken(*_: object) -> NDArray[np.float64]:
    raise RuntimeError("a fault of the engine")


def test_all_doctrines_of_a_chunk_come_before_the_next_chunk(tmp_path: Path) -> None:
    asked: list[tuple[int, int]] = []

    def engine(_plan: object, _seed: int, first: int, count: int) -> NDArray[np.float64]:
        asked.append((first, count))
        return np.zeros((count, len(OUTCOMES)))

    execute(begin(tmp_path, chunk=25), small(), jobs=1, simulate=engine)
    assert asked == [(0, 25), (0, 25), (25, 25), (25, 25), (50, 10), (50, 10)]


def test_progress_counts_campaigns(tmp_path: Path) -> None:
    seen: list[Progress] = []
    execute(begin(tmp_path), small(), jobs=1, report=seen.append, simulate=nothing)
    assert [(p.stage, p.done) for p in seen] == [
        *(("running", done) for done in range(0, 121, 20)),
        ("done", 120),
    ]
    assert all((p.total, p.kept, p.doctrines) == (120, 0, 2) for p in seen)
    assert all((p.scenario, p.damaged) == ("small", ()) for p in seen)


def test_that_campaigns_run_is_told_while_they_do(tmp_path: Path) -> None:
    begun, told = threading.Event(), threading.Event()

    def engine(plan: object, seed: int, first: int, count: int) -> NDArray[np.float64]:
        begun.set()
        assert told.wait(10.0)
        return nothing(plan, seed, first, count)

    def report(_progress: Progress) -> None:
        assert begun.wait(10.0)
        told.set()

    execute(begin(tmp_path), small(), jobs=1, report=report, simulate=engine)


def test_what_is_there_is_not_simulated_again(tmp_path: Path) -> None:
    run = begin(tmp_path)
    execute(run, small(), simulate=nothing)
    seen: list[Progress] = []
    execute(begin(tmp_path), small(), report=seen.append, simulate=broken)
    assert [(p.stage, p.done, p.kept) for p in seen] == [("done", 120, 120)]
    run.chunk_path("rotate", 40).unlink()
    seen.clear()
    execute(begin(tmp_path), small(), report=seen.append, simulate=nothing)
    assert [(p.stage, p.done, p.kept) for p in seen] == [
        ("running", 100, 100),
        ("running", 120, 100),
        ("done", 120, 100),
    ]


def test_what_is_damaged_is_counted_and_made_again(tmp_path: Path) -> None:
    run = begin(tmp_path)
    execute(run, small(), simulate=nothing)
    run.chunk_path("rotate", 0).write_bytes(b"nonsense")
    run.chunk_path("rotate", 20).write_bytes(run.chunk_path("commit-all", 20).read_bytes())
    run.chunk_path("commit-all", 40).unlink()
    seen: list[Progress] = []
    execute(begin(tmp_path), small(), report=seen.append, simulate=nothing)
    assert {p.damaged for p in seen} == {(("rotate", 2),)}
    assert begin(tmp_path).is_complete()


@pytest.mark.parametrize(
    ("jobs", "good"),
    [(None, True), (1, True), (0, False), (-1, False), (2.5, False), (True, False), ("2", False)],
)
def test_a_number_of_threads(jobs: object, good: bool) -> None:
    assert (jobs_fault(jobs) is None) == good


def test_a_fault_of_the_engine_stops_the_run_and_is_not_hidden(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="a fault of the engine"):
        execute(begin(tmp_path), small(), simulate=broken)


@pytest.mark.parametrize("jobs", [0, -1])
def test_jobs_is_one_or_more(tmp_path: Path, jobs: int) -> None:
    with pytest.raises(ValueError, match="1 or more"):
        execute(begin(tmp_path), small(), jobs=jobs, simulate=nothing)
    assert default_jobs() >= 1


def test_ctrl_c_keeps_what_is_done_and_the_run_goes_on(tmp_path: Path) -> None:
    def press_ctrl_c(progress: Progress) -> None:
        if progress.stage == "running" and progress.done >= 60:
            raise KeyboardInterrupt

    run = begin(tmp_path / "run", chunk=5)
    with pytest.raises(
        Interrupted, match=r"stopped after \d\d of 60 replications, kept in"
    ) as stop:
        execute(run, small(), jobs=1, report=press_ctrl_c)
    assert not isinstance(stop.value, Exception)
    # What was under way when the keys were pressed is finished.
    assert 30 <= stop.value.run.replications() <= 45
    assert Run.open(run.path).done() == stop.value.run.done()
    execute(begin(tmp_path / "run", chunk=5), small())
    assert contents(run.path) == contents(make(tmp_path / "whole", chunk=5).path)


SCRIPT = """
import sys, time
from pathlib import Path
from nobat.engine import cpu
from nobat.engine.runner import execute
from tests.engine.test_runner import begin
from tests.small import small

def slowly(*arguments):
    time.sleep(0.05)
    return cpu.simulate(*arguments)

execute(begin(Path(sys.argv[1]), 5), small(), jobs=2, simulate=slowly)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 here")
def test_a_killed_run_is_finished_with_the_same_bytes(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    folder = tmp_path / "killed"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(root / "src"), str(root)])}
    command = [sys.executable, "-c", SCRIPT, str(folder)]
    with subprocess.Popen(command, env=environment) as process:
        patience = time.monotonic() + 120
        while len(list(folder.glob("outcomes/*/*.parquet"))) < 5:
            assert process.poll() is None
            assert time.monotonic() < patience
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
    done = len(list(folder.glob("outcomes/*/*.parquet")))
    assert 5 <= done < 24
    again: list[Progress] = []
    execute(begin(folder, 5), small(), report=again.append)
    assert again[0].kept == 5 * done
    assert contents(folder) == contents(make(tmp_path / "whole", chunk=5).path)
