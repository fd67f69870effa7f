"""How long the main job takes, and what it needs: `python -m bench.main_job`.

Times of commands are medians of five, compile and import included where a user meets them.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCENARIO = "abu-kamal-2017"
REPEATS = 5


def seconds(words: Sequence[str], cache: str | None = None, cwd: str | None = None) -> float:
    """Wall seconds of one `nobat` command."""
    environment = os.environ | ({"NOBAT_CACHE": cache} if cache else {})
    began = time.perf_counter()
    command = [sys.executable, "-m", "nobat", *words]
    subprocess.run(command, cwd=cwd, env=environment, check=True, capture_output=True)
    return time.perf_counter() - began


def median(words: Sequence[str]) -> float:
    """Median wall seconds of a command, each time in a new folder, so that nothing is kept."""
    found = []
    for _ in range(REPEATS):
        with tempfile.TemporaryDirectory() as folder:
            found.append(seconds(words, cwd=folder))
    return statistics.median(found)


def peak_megabytes() -> float:
    """Most memory that any command so far has held, MB."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def kernel() -> list[tuple[str, float, float]]:
    """Each doctrine's microseconds a replication and nanoseconds a step, on one thread."""
    from nobat.engine import cpu, plan
    from nobat.model.outcome import index
    from nobat.scenario import load

    scenario = load(SCENARIO)
    found = []
    for name in scenario.doctrines:
        p = plan.build(scenario, name)
        cpu.simulate(p, 1, 0, 1)
        times = []
        for _ in range(REPEATS):
            began = time.thread_time()
            rows = cpu.simulate(p, 1, 0, 1_000)
            times.append((time.thread_time() - began) / 1_000)
        steps = rows[:, index("duration_d")].mean() / p.step_d
        each = statistics.median(times)
        found.append((name, each * 1e6, each / steps * 1e9))
    return found


def main() -> None:
    """Print all figures."""
    with tempfile.TemporaryDirectory() as cache, tempfile.TemporaryDirectory() as folder:
        cold = seconds(["run", SCENARIO, "-n", "100"], cache=cache, cwd=folder)
    run = ["run", SCENARIO]
    figures = {
        "run -n 100, compile included, s": cold,
        "--help, s": median(["--help"]),
        "run -n 100, s": median([*run, "-n", "100"]),
        "run, 10,000 of each doctrine, 2 threads, s": median([*run, "--jobs", "2"]),
        "peak memory of these, MB": peak_megabytes(),
        "run, 10,000 of each doctrine, 1 thread, s": median([*run, "--jobs", "1"]),
    }
    for what, figure in figures.items():
        print(f"{what:45} {figure:8.2f}")
    for name, each, step in kernel():
        print(f"{name:20} {each:6.0f} us a replication, {step:5.0f} ns a step, one thread")


if __name__ == "__main__":
    main()
