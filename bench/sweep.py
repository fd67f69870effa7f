"""What a sweep takes, and what it survives: `python -m bench.sweep [size|kills|disk|designs]`.

size: sweeps of 250, 500 and 1,000 points x 200 replications, each in a process of its own: time and
memory. kills: a sweep is killed (SIGKILL) at moments spread over its length and resumed each time;
its files are held against those of one that was never interrupted, byte by byte; then a file is
damaged and made again. disk: a sweep on a disk that fills up, and in a folder that is read-only.
designs: discrepancy and correlations. Without a word: all of them.
"""

from __future__ import annotations

import argparse
import errno
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bench.resume import SCENARIO, differing, nobat, seconds

OVER = ("contact.frontage=200:800", "sleep.commit_all_h=2:5", "rotation.turns.posts=1:4")
_OVER_WORDS = [word for path in OVER for word in ("--over", path)]


def sweep_words(scenario: str, points: int, replications: int, out: Path, jobs: int) -> list[str]:
    """The command line of a sweep."""
    numbers = ["--points", str(points), "-n", str(replications), "--jobs", str(jobs)]
    return ["sweep", scenario, *_OVER_WORDS, *numbers, "--out", str(out)]


def size(scratch: Path, scenario: str, jobs: int) -> None:
    """Time and memory of sweeps of growing size."""
    print("points  seconds  CPU seconds  most MB  on disk MB")
    for points in (250, 500, 1_000):
        out = scratch / str(points)
        command = [sys.executable, "-m", "nobat", *sweep_words(scenario, points, 200, out, jobs)]
        began = time.monotonic()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        taken = time.monotonic() - began
        if status:
            raise SystemExit(f"{' '.join(command)}: status {status}")
        disk = sum(path.stat().st_size for path in out.rglob("*") if path.is_file()) / 1e6
        cpu, most = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
        print(f"{points:>6} {taken:>8.1f} {cpu:>12.1f} {most:>8.0f} {disk:>11.1f}", flush=True)


def files_of(folder: Path) -> dict[Path, int]:
    """When each file of points and replications was written."""
    return {path: path.stat().st_mtime_ns for path in folder.glob("*/*.parquet")}


def kills(scratch: Path, scenario: str, jobs: int, moments: int = 10) -> None:
    """Kill, resume, compare."""
    whole, killed = scratch / "whole", scratch / "killed"
    words = [*sweep_words(scenario, 600, 40, whole, jobs), "--keep-replications"]
    print(f"whole: {seconds(*words):.1f} s, {len(files_of(whole))} files")
    words[words.index(str(whole))] = str(killed)
    print("kill  files  unfinished  redone")  # redone: points that had been finished before
    written: dict[Path, int] = {}
    for moment in range(moments):
        wanted = round(len(files_of(whole)) * (moment + 0.5) / moments)
        process = nobat(*words)
        while len(files_of(killed)) < wanted and process.poll() is None:
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
        process.wait()
        there = files_of(killed)
        unfinished = len(list(killed.rglob("*.part")))
        redone = sum(there.get(path) != when for path, when in written.items())
        print(f"{moment + 1:>4} {len(there):>6} {unfinished:>11} {redone:>7}", flush=True)
        written = {path: when for path, when in there.items() if path.parent.name == "points"}
        words = ["resume", str(killed), "--jobs", str(jobs)]
    seconds("resume", str(killed))
    print("differing files:", differing(whole, killed) or "none")
    damaged = next(killed.glob("points/*.parquet"))
    content = damaged.read_bytes()
    damaged.write_bytes(content[:500] + bytes([content[500] ^ 1]) + content[501:])
    told = said(["resume", str(killed)])
    print(f"a flipped bit: {told.splitlines()[0]}")
    print("differing files:", differing(whole, killed) or "none")


def said(words: Sequence[str], before: str = "") -> str:
    """What the command line says on standard error; `before`: Python that is run before it."""
    code = f"{before}\nfrom nobat.cli import main\nimport sys\nsys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return f"{done.stderr.strip()} (exit {done.returncode})"


def disk(scratch: Path, scenario: str, jobs: int) -> None:
    """A disk that fills up, and a folder that is read-only."""
    full = scratch / "full"
    # After so many files the system says what it says when a disk is full.
    limit = (
        "import os\nreal, left = os.fsync, [12]\n"
        "def fsync(number):\n"
        "    left[0] -= 1\n"
        f"    if left[0] < 0: raise OSError({errno.ENOSPC}, os.strerror({errno.ENOSPC}))\n"
        "    real(number)\n"
        "os.fsync = fsync"
    )
    words = sweep_words(scenario, 600, 40, full, jobs)
    print("full disk:", said(words, limit).splitlines()[-1])
    kept = files_of(full)
    print(f"  {len(kept)} files kept, {len(list(full.rglob('*.part')))} unfinished")
    seconds(*words)
    now = files_of(full)
    print(f"  made again of these: {sum(now[path] != when for path, when in kept.items())}")
    locked = scratch / "locked"
    locked.mkdir(mode=0o500)
    if os.access(locked, os.W_OK):
        print("read-only folder: whoever runs this may write anywhere (root); see the tests")
        return
    words = sweep_words(scenario, 8, 10, locked / "sweep", jobs)
    print("read-only folder:", said(words).splitlines()[-1])


def designs() -> None:
    """Discrepancy and the largest correlation of each design."""
    from nobat.study.unit_designs import (
        discrepancy,
        latin,
        nearly_orthogonal,
        sobol,
        worst_correlation,
    )

    print("points  factors  design  discrepancy  correlation")
    for points, factors in ((17, 7), (33, 11), (64, 5), (65, 16), (129, 22), (512, 10), (512, 30)):
        near, exact = nearly_orthogonal(points, factors, 1)
        made = {"latin": latin(points, factors, 1), "sobol": sobol(points, factors, 1)}
        made["nolh, exact" if exact else "nolh"] = near
        for name, unit in made.items():
            numbers = f"{discrepancy(unit):>11.5f} {worst_correlation(unit):>12.4f}"
            print(f"{points:>6} {factors:>8}  {name:<11} {numbers}")


def main() -> None:
    """Run the parts that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parts = ["size", "kills", "disk", "designs"]
    parser.add_argument("part", nargs="*", choices=[*parts, []], default=parts)
    parser.add_argument("--scenario", default=str(SCENARIO))
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    asked = parser.parse_args()
    for part in asked.part:
        print(f"== {part}")
        with tempfile.TemporaryDirectory() as scratch:
            if part == "designs":
                designs()
            else:
                {"size": size, "kills": kills, "disk": disk}[part](
                    Path(scratch), asked.scenario, asked.jobs
                )


if __name__ == "__main__":
    main()
