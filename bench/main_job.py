"""How long the main job takes, and what it needs: `python -m bench.main_job`.

Times of commands are medians of five, compile and import included where a user meets them.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from typing import NamedTuple


class Cost(NamedTuple):
    """Wall seconds, seconds of processor time on all cores, and the most memory held, MB."""

    seconds: float
    processor: float
    megabytes: float


SCENARIO = "abu-kamal-2017"
REPEATS = 5
THREE = ["--doctrine", "rotate", "--doctrine", "commit-all", "--doctrine", "as-told"]


def seconds(words: Sequence[str], cache: str | None = None, cwd: str | None = None) -> Cost:
    """What one `nobat` command costs."""
    environment = os.environ | ({"NOBAT_CACHE": cache} if cache else {})
    command = [sys.executable, "-m", "nobat", *words]
    began = time.perf_counter()
    with subprocess.Popen(
        command, cwd=cwd, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise subprocess.CalledProcessError(process.returncode, command)
    wall = time.perf_counter() - began
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def median(words: Sequence[str]) -> Cost:
    """Median cost of a command, each time in a new folder, so that nothing is kept."""
    found = []
    for _ in range(REPEATS):
        with tempfile.TemporaryDirectory() as folder:
            found.append(seconds(words, cwd=folder))
    return sorted(found)[REPEATS // 2]


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
        "run -n 100, compile included": cold,
        "--help": median(["--help"]),
        "run -n 100": median([*run, "-n", "100"]),
        "run, 10,000 of each doctrine, 2 threads": median([*run, "--jobs", "2"]),
        "run, 10,000 of the 3 main doctrines, 2 threads": median([*run, "--jobs", "2", *THREE]),
        "run, 10,000 of each doctrine, 1 thread": median([*run, "--jobs", "1"]),
    }
    for what, cost in figures.items():
        used = f"{cost.processor:6.2f} s of processor time"
        print(f"{what:48} {cost.seconds:6.2f} s {used} {cost.megabytes:5.0f} MB")
    for name, each, step in kernel():
        print(f"{name:20} {each:6.0f} us a replication, {step:5.0f} ns a step, one thread")


if __name__ == "__main__":
    main()
