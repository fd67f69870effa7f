"""How fast crews rotate: `python -m bench.rotation`. Prints the table of performance.md.

A third of the crews hold posts, 365 days on and 730 off, over 5,000 days: 300, 3,000 and 30,000
crews, on one core. Each is run once to compile and load, then timed; median and best of 7.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import numpy as np

import nobat
from nobat.engine import crews
from nobat.study.turns import question_of

DAYS = 5_000
SIZES = (300, 3_000, 30_000)
ROUNDS = 7


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Median and best of the seconds of processor time that the work takes."""
    work()
    seconds = []
    for _ in range(ROUNDS):
        began = time.thread_time()
        work()
        seconds.append(time.thread_time() - began)
    return statistics.median(seconds), min(seconds)


def main() -> None:
    """Time the engine alone and the whole answer, and say whether the cost is linear."""
    print("| crews | engine, s (median, best) | ns per crew-day | answer with its days, s |")
    print("| --- | --- | --- | --- |")
    medians = []
    for units in SIZES:
        asked = {
            "units": units, "posts": units // 3, "operate_d": 365, "rest_d": 730, "from_d": 1,
            "horizon_d": DAYS,
        }  # fmt: skip
        question = question_of(asked)
        median, best = timed(lambda question=question: crews.run(question))
        whole, _ = timed(lambda asked=asked: nobat.rotation(**asked).days())
        medians.append(median)
        per = 1e9 * median / (units * DAYS)
        print(f"| {units:,} | {median:.4f}, {best:.4f} | {per:.2f} | {whole:.3f} |")
    slope = np.polyfit(np.log(SIZES), np.log(medians), 1)[0]
    print(f"\ncost grows with crews to the power {slope:.2f} (1 is linear)")


if __name__ == "__main__":
    main()
