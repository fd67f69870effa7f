"""Kill a run at many moments and resume it: `python bench/resume.py [--replications N]`.

A run of the small scenario of the tests is made once without interruption. Then it is made again
and killed (SIGKILL) at moments spread over its length, resumed each time, and its files are held
against those of the first, byte by byte. Prints a line for each kill, and what the whole took.
"""

from __future__ import annotations

import argparse
import filecmp
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from nobat.engine.store import Run

ROOT = Path(__file__).resolve().parents[1]
SCENARIO = ROOT / "tests" / "small.yaml"


def nobat(*words: str) -> subprocess.Popen[bytes]:
    """Start the command line in a process of its own."""
    command = [sys.executable, "-m", "nobat", *words]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def seconds(*words: str) -> float:
    """Run the command line to its end; the seconds it took."""
    began = time.monotonic()
    code = nobat(*words).wait()
    if code != 0:
        raise SystemExit(f"nobat {' '.join(words)}: exit {code}")
    return time.monotonic() - began


def chunks(folder: Path) -> int:
    """How many chunks there are."""
    return len(list(folder.glob("outcomes/*/*.parquet")))


def differing(one: Path, other: Path) -> list[str]:
    """The files that are in one folder only, or differ."""
    names = [{str(p.relative_to(d)) for p in d.rglob("*") if p.is_file()} for d in (one, other)]
    _, different, odd = filecmp.cmpfiles(one, other, names[0] & names[1], shallow=False)
    return sorted({*different, *odd, *(names[0] ^ names[1])})


def kill_at(
    folder: Path, whole: Path, wanted: int, words: list[str], jobs: int, written: dict[Path, int]
) -> str:
    """Let the run go on until so many chunks are there, kill it; what is there, in words.

    written: when each chunk was written, brought up to date; how many were written again is said.
    """
    process = nobat(*words, "--jobs", str(jobs))
    while chunks(folder) < wanted and process.poll() is None:
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.wait()
    left = [p for p in folder.rglob("*.part") if p.is_file()]
    there = chunks(folder)
    same = all(
        p.read_bytes() == (whole / p.relative_to(folder)).read_bytes()
        for p in folder.glob("outcomes/*/*.parquet")
    )
    times = {p: p.stat().st_mtime_ns for p in folder.glob("outcomes/*/*.parquet")}
    again = sum(times[path] != before for path, before in written.items())
    written.update(times)
    return f"{there:>6} {len(left):>10} {'same' if same else 'OTHER':>6} {again:>6}"


def main() -> None:
    """Make, kill, resume, compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replications", type=int, default=1_000_000)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    asked = parser.parse_args()
    run = ["run", str(SCENARIO), "-n", str(asked.replications)]
    with tempfile.TemporaryDirectory() as scratch:
        whole, killed = Path(scratch, "whole"), Path(scratch, "killed")
        taken = seconds(*run, "--out", str(whole), "--jobs", str(asked.jobs))
        size = sum(p.stat().st_size for p in whole.rglob("*") if p.is_file()) / 1e6
        most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        total = chunks(whole)
        print(f"{asked.replications:,} replications of each doctrine, {asked.jobs} threads")
        print(f"whole: {taken:.1f} s, {total} chunks, {size:.0f} MB on disk, {most:.0f} MB at most")
        began = time.perf_counter()
        Run.open(whole)
        print(f"open and check every chunk: {time.perf_counter() - began:.2f} s")
        print(f"shown again (complete): {seconds('resume', str(whole)):.1f} s")
        print(f"{'kill':>4} {'chunks':>6} {'unfinished':>10} {'so far':>6} {'redone':>6}")
        written: dict[Path, int] = {}
        words = [*run, "--out", str(killed)]
        for k in range(asked.kills):
            wanted = round(total * (k + 0.5) / asked.kills)
            found = kill_at(killed, whole, wanted, words, asked.jobs, written)
            print(f"{k + 1:>4} {found}", flush=True)
            words = ["resume", str(killed)]
        print(f"last resume: {seconds('resume', str(killed)):.1f} s")
        print("differing files:", differing(whole, killed) or "none")
        shutil.rmtree(killed)


if __name__ == "__main__":
    main()
