"""Plant every fault and write the page: `python -m tests.faults [--jobs N] [WORD...]`.

Words choose faults by their mechanism, file or kind, --one-each one of each mechanism; then no page
is written. Exit 1 if any fault is not caught.
"""

from __future__ import annotations

import argparse
import os
import sys
import time

from tests.faults.page import FAULTS, PAGE, one_each, page
from tests.faults.run import CAUGHT, run, sound


def main() -> int:
    """Check that the oracles pass, then plant the faults one by one."""
    asked = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    asked.add_argument("words", nargs="*", help="only faults whose mechanism, file or kind has it")
    asked.add_argument("--one-each", action="store_true", help="only one fault of each mechanism")
    asked.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    given = asked.parse_args()
    chosen = [
        one
        for one in (one_each() if given.one_each else FAULTS)
        if all(word in f"{one.mechanism} {one.file} {one.kind}" for word in given.words)
    ]
    began = time.monotonic()
    trouble = sound(chosen)
    if trouble:
        print(f"{trouble}\nNot every oracle passes before a fault is planted.")
        return 1
    found = []
    for one in run(chosen, given.jobs):
        found.append(one)
        print(f"{one.verdict:<12} {one.fault.mechanism:<22} {one.fault.name}", flush=True)
        if one.verdict != CAUGHT:
            print(one.said)
    missed = sum(one.verdict != CAUGHT for one in found)
    print(f"{len(found) - missed} of {len(found)} caught in {time.monotonic() - began:.0f} s")
    if not given.words and not given.one_each:
        PAGE.write_text(page(found), encoding="utf-8")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
