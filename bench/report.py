"""How fast a report is written, and how large it is: `python -m bench.report [DIR]`.

Four doctrines of the first scenario, 10,000 replications each, in DIR (kept, and taken up again) or
a folder that is thrown away. Prints the seconds of the first `result.report()`, which loads what it
needs, median and best of five more, and the bytes. The goals are 3 s and 3 MB.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

import nobat

DOCTRINES = ("rotate", "commit-all", "as-told", "as-told-closed")
REPLICATIONS = 10_000
ROUNDS = 5


def timed(result: nobat.Comparison, file: Path) -> float:
    """Seconds that writing a report takes."""
    began = time.perf_counter()
    result.report(file)
    return time.perf_counter() - began


def main() -> None:
    """Run, or take up, and write the report again and again."""
    with tempfile.TemporaryDirectory() as rubbish:
        folder = Path(sys.argv[1] if len(sys.argv) > 1 else rubbish) / "report"
        result = nobat.compare(
            nobat.load("abu-kamal-2017"),
            doctrines=DOCTRINES,
            replications=REPLICATIONS,
            out=folder,
        )
        file = folder / "report.html"
        first = timed(result, file)
        seconds = [timed(result, file) for _ in range(ROUNDS)]
        median, best = statistics.median(seconds), min(seconds)
        print(f"first {first:.2f} s, then {median:.2f} s (best {best:.2f} s)")
        print(f"{file.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
