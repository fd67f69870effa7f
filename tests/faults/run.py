"""Plant faults in copies of the tree, one at a time, and see whether their oracles notice.

Each fault has a process of its own. Where processes can be forked, all of them start from one that
has loaded every library already, which is most of what a short test costs.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import connection, get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.faults.fault import ROOT, Fault, plant

#: What a tree needs for its tests to run.
_PARTS = ("src", "tests", "pyproject.toml")
#: What is slow to load and the same in every tree.
_LIBRARIES = (
    "hypothesis.strategies", "networkx", "numba", "polars", "pydantic", "pyproj", "pytest",
    "scipy.integrate", "scipy.optimize", "scipy.stats", "yaml",
)  # fmt: skip
#: A fault can keep a loop from ending: that is noticed too.
_SECONDS = 120.0
_OUTCOME = re.compile(r"(\d+) (failed|passed|errors?|skipped)")

CAUGHT, MISSED, BROKEN = "caught", "NOT caught", "cannot be run"


@dataclass(frozen=True)
class Found:
    """What became of a fault: caught, missed, or a test that could not be run; and what it said."""

    fault: Fault
    verdict: str
    said: str


def copy_of(root: Path, where: Path) -> Path:
    """A copy of what tests need of a tree, without what was compiled."""
    for part in _PARTS:
        source = root / part
        if source.is_dir():
            shutil.copytree(source, where / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, where / part)
    return where


def _test(tree: str, nodes: Sequence[str], out: str) -> None:
    """In a process of its own: run some tests of a tree, with the model as plain Python."""
    with Path(out).open("w", encoding="utf-8") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    os.chdir(tree)
    os.environ |= {"NUMBA_DISABLE_JIT": "1", "NOBAT_CACHE": str(Path(tree) / "cache")}
    numba, pytest = import_module("numba"), import_module("pytest")
    vars(numba.config)["DISABLE_JIT"] = 1
    for name in [one for one in sys.modules if one.split(".")[0] in ("nobat", "tests")]:
        del sys.modules[name]
    sys.path[:0] = [str(Path(tree) / "src"), tree]
    loaded = import_module("nobat").__file__ or ""
    if not Path(loaded).is_relative_to(tree):
        print(f"the model of {loaded} would be tested, not that of {tree}", flush=True)
        os._exit(3)
    words = (
        "-q", "-x", "--no-header", "--assert=plain", "-n0", "-p", "no:cacheprovider",
        "-p", "tests.faults.plain",
        "--hypothesis-profile=faults",
    )  # fmt: skip
    code = pytest.main([*words, *nodes])
    sys.stdout.flush()
    os._exit(int(code))


class _Running:
    """A tree in which some tests run, with or without a fault."""

    def __init__(self, tree: Path, nodes: Sequence[str], fault: Fault | None = None) -> None:
        self.tree, self.fault, self.out = tree, fault, tree / "out.txt"
        self.before = plant(fault, tree) if fault else ""
        self.end = time.monotonic() + (_SECONDS if fault else 10 * _SECONDS)
        self.process = _context().Process(target=_test, args=(str(tree), nodes, str(self.out)))
        self.process.start()

    def over(self) -> bool:
        """Whether the tests have come to an end, or have had their time."""
        if time.monotonic() > self.end:
            self.process.kill()
            self.process.join()
        return not self.process.is_alive()

    def said(self) -> tuple[dict[str, int], str]:
        """How many tests passed, failed, ..., and the output; the fault is taken out again."""
        late = self.process.exitcode is not None and self.process.exitcode < 0
        self.process.close()
        if self.fault:
            plant(self.fault, self.tree, self.before)
        text = self.out.read_text(encoding="utf-8", errors="replace")
        if late:
            return {"failed": 1}, f"E no end after {_SECONDS:.0f} s"
        last = text.strip().splitlines()[-1:]
        return {what: int(n) for n, what in _OUTCOME.findall(" ".join(last))}, text


def _context() -> Any:
    return get_context("fork" if sys.platform == "linux" else "spawn")


def _verdict(running: _Running) -> Found:
    counts, said = running.said()
    assert running.fault is not None
    if counts.get("failed"):
        return Found(running.fault, CAUGHT, _why(said))
    return Found(running.fault, MISSED if counts.get("passed") else BROKEN, said)


def _why(said: str) -> str:
    """The first line of pytest's output that says what went wrong."""
    lines = [line[2:].strip() for line in said.splitlines() if line.startswith("E ")]
    return lines[0] if lines else said.strip()[-200:]


def run(faults: Iterable[Fault], jobs: int) -> Iterator[Found]:
    """Every fault's verdict, as they come, `jobs` at a time."""
    for name in _LIBRARIES:
        import_module(name)
    with TemporaryDirectory(prefix="nobat-faults-") as folder:
        free = [copy_of(ROOT, Path(folder) / str(number)) for number in range(jobs)]
        running: list[_Running] = []
        waiting = list(reversed(tuple(faults)))
        while waiting or running:
            while waiting and free:
                fault = waiting.pop()
                running.append(_Running(free.pop(), [fault.oracle], fault))
            connection.wait([one.process.sentinel for one in running], timeout=1.0)
            for one in [one for one in running if one.over()]:
                running.remove(one)
                free.append(one.tree)
                yield _verdict(one)


def sound(faults: Iterable[Fault]) -> str:
    """Run all oracles on the tree as it is; what they say where not all of them pass, else ''."""
    nodes = list(dict.fromkeys(fault.oracle for fault in faults))
    with TemporaryDirectory(prefix="nobat-faults-") as folder:
        running = _Running(copy_of(ROOT, Path(folder) / "sound"), nodes)
        while not running.over():
            running.process.join(1.0)
        counts, said = running.said()
    good = counts.get("passed", 0) > 0 and set(counts) <= {"passed"}
    return "" if good else said
