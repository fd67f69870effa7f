"""What an audit takes, and what it survives: `python -m bench.audit [size|goal|kills|disk]`.

size: audits of 64, 128 and 256 settings x 200 replications x 3 doctrines of the first scenario,
each in a process of its own: campaigns a second of the model alone and of the whole audit,
processor time, memory. goal: the same with 2,000 settings. kills: an audit is killed (SIGKILL) at
ten moments spread over its length and resumed each time; its files are held against those of one
that was never interrupted, byte by byte. disk: an audit on a disk that fills up, and in a folder
that is read-only. Without a word: all but goal.
"""

from __future__ import annotations

import argparse
import errno
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.resume import differing, nobat, seconds
from bench.sweep import files_of, said

DOCTRINES = ("rotate", "commit-all", "as-told")
REPLICATIONS = 200


def claims() -> list[Any]:
    """Two claims that need three doctrines."""
    from nobat.scenario.claims import Claim

    one, *others = DOCTRINES
    return [
        Claim.model_validate(
            {
                "id": f"against-{other}",
                "told": f"{one} was better than {other}.",
                "test": {
                    "says": f"{one} secures the place more often than {other}.",
                    "compare": {
                        "doctrine": one, "against": other, "outcome": "secured", "expect": "more",
                    },
                },
                "needs": "Nothing: this is a bench.",
            }
        )
        for other in others
    ]  # fmt: skip


class Counter:
    """Counts campaigns, and the processor time that they take."""

    def __init__(self) -> None:
        from nobat.engine import cpu

        self._simulate = cpu.simulate
        self._lock = threading.Lock()
        self.campaigns = 0
        self.cpu = 0.0

    def __call__(self, plan: Any, seed: int, first: int, count: int) -> NDArray[np.float64]:
        """Simulate, and count."""
        began = time.thread_time()
        found = self._simulate(plan, seed, first, count)
        taken = time.thread_time() - began
        with self._lock:
            self.campaigns += count
            self.cpu += taken
        return found


def one(scenario: str, settings: int, out: Path, jobs: int) -> dict[str, float]:
    """One audit in this process: what it took."""
    import nobat as api
    from nobat.engine import cpu, warm

    warm.warm()
    loaded = api.load(scenario).model_copy(update={"record": None, "claims": tuple(claims())})
    count, marks = Counter(), {}

    def progress(done: int, _total: int) -> None:
        if done >= settings and "settings" not in marks:
            marks["settings"] = (time.perf_counter(), count.campaigns)

    vars(cpu)["simulate"] = count
    began, cpu_began = time.perf_counter(), time.process_time()
    api.audit(
        loaded, settings=settings, replications=REPLICATIONS, out=out, jobs=jobs, progress=progress
    )
    wall, used = time.perf_counter() - began, time.process_time() - cpu_began
    when, campaigns = marks["settings"]
    return {
        "wall": wall, "cpu": used, "kernel": count.cpu, "campaigns": count.campaigns,
        "settings_wall": when - began, "settings_campaigns": campaigns,
    }  # fmt: skip


def size(scratch: Path, scenario: str, jobs: int) -> None:
    """Audits of growing size."""
    took(scratch, scenario, jobs, (64, 128, 256))


def goal(scratch: Path, scenario: str, jobs: int) -> None:
    """2,000 settings x 200 replications x 3 doctrines."""
    took(scratch, scenario, jobs, (2_000,))


def took(scratch: Path, scenario: str, jobs: int, many: Sequence[int]) -> None:
    """Time and memory of audits of growing size.

    alone: campaigns a second that the model would do on so many threads if there were nothing else,
    from the processor time spent in it. settings: seconds until all settings were run; then single
    quantities are drawn anew, and the answer is made.
    """
    heads = ("settings", "campaigns", "alone/s", "whole/s", "in model", "settings s", "all s", "MB")
    print("  ".join(f"{head:>10}" for head in heads))
    for settings in many:
        words = ["one", scenario, str(settings), str(scratch / str(settings)), str(jobs)]
        command = [sys.executable, "-m", "bench.audit", *words]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        text = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        if status:
            raise SystemExit(f"{' '.join(command)}: status {status}")
        found = json.loads(text)
        alone = jobs * found["campaigns"] / found["kernel"]
        row = (
            settings, f"{found['campaigns']:,}", f"{alone:,.0f}",
            f"{found['settings_campaigns'] / found['settings_wall']:,.0f}",
            f"{found['kernel'] / found['cpu']:.1%}", f"{found['settings_wall']:.1f}",
            f"{found['wall']:.1f}", f"{used.ru_maxrss / 1024:.0f}",
        )  # fmt: skip
        print("  ".join(f"{each:>10}" for each in row), flush=True)


def told(scratch: Path) -> str:
    """The small siege of the tests with its planted claims, as a file."""
    from tests.account.told import told as siege

    path = scratch / "told.json"
    path.write_text(json.dumps(siege().canonical()), encoding="utf-8")
    return str(path)


def audit_words(scenario: str, settings: int, out: Path, jobs: int) -> list[str]:
    """The command line of an audit."""
    numbers = ["--settings", str(settings), "-n", "100", "--jobs", str(jobs)]
    return ["audit", scenario, *numbers, "--out", str(out)]


def kills(scratch: Path, _scenario: str, jobs: int, moments: int = 10) -> None:
    """Kill, resume, compare."""
    whole, killed = scratch / "whole", scratch / "killed"
    words = audit_words(told(scratch), 400, whole, jobs)
    print(f"whole: {seconds(*words):.1f} s, {len(files_of(whole))} files")
    words[words.index(str(whole))] = str(killed)
    print("kill  files  unfinished  redone")  # redone: files that had been finished before
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
        written = there
        words = ["resume", str(killed), "--jobs", str(jobs)]
    seconds("resume", str(killed))
    print("differing files:", differing(whole, killed) or "none")
    damaged = next(killed.glob("settings/*.parquet"))
    content = damaged.read_bytes()
    damaged.write_bytes(content[:500] + bytes([content[500] ^ 1]) + content[501:])
    seconds("resume", str(killed))
    print("differing files after a flipped bit:", differing(whole, killed) or "none")


def disk(scratch: Path, _scenario: str, jobs: int) -> None:
    """A disk that fills up, and a folder that is read-only."""
    full, words = scratch / "full", audit_words(told(scratch), 400, scratch / "full", jobs)
    # After so many files the system says what it says when a disk is full.
    limit = (
        "import os\nreal, left = os.fsync, [12]\n"
        "def fsync(number):\n"
        "    left[0] -= 1\n"
        f"    if left[0] < 0: raise OSError({errno.ENOSPC}, os.strerror({errno.ENOSPC}))\n"
        "    real(number)\n"
        "os.fsync = fsync"
    )
    print("full disk:", said(words, limit).splitlines()[-1])
    kept = files_of(full)
    print(f"  {len(kept)} files kept, {len(list(full.rglob('*.part')))} unfinished")
    seconds("resume", str(full))
    now = files_of(full)
    print(f"  made again of these: {sum(now[path] != when for path, when in kept.items())}")
    locked = scratch / "locked"
    locked.mkdir(mode=0o500)
    if os.access(locked, os.W_OK):
        print("read-only folder: whoever runs this may write anywhere (root); see the tests")
        return
    words = audit_words(told(scratch), 8, locked / "audit", jobs)
    print("read-only folder:", said(words).splitlines()[-1])


def main() -> None:
    """Run the parts that are asked for."""
    if sys.argv[1:2] == ["one"]:
        scenario, settings, out, jobs = sys.argv[2:]
        print(json.dumps(one(scenario, int(settings), Path(out), int(jobs))))
        return
    parser = argparse.ArgumentParser(description=__doc__)
    parts: dict[str, Callable[[Path, str, int], None]] = {
        "size": size, "kills": kills, "disk": disk, "goal": goal,
    }  # fmt: skip
    asked_for = ["size", "kills", "disk"]
    parser.add_argument("part", nargs="*", choices=[*parts, []], default=asked_for)
    parser.add_argument("--scenario", default="abu-kamal-2017")
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    asked = parser.parse_args()
    for part in asked.part:
        print(f"== {part}")
        with tempfile.TemporaryDirectory() as scratch:
            parts[part](Path(scratch), asked.scenario, asked.jobs)


if __name__ == "__main__":
    main()
