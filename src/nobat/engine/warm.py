"""Compile the model once, so that no later run waits for it. `python -m nobat.engine.warm`."""

from __future__ import annotations

import gc
import time

from nobat.model.compiled import cache_folder

#: About how long the compilation takes, for a message to a person who waits, seconds.
USUAL_SECONDS = 60


def is_warm() -> bool:
    """Whether the compiled model of this source lies in the cache."""
    return any(cache_folder().rglob("campaign.replications-*.nbc"))


def warm() -> float:
    """Load the compiled model, compiling it where it is not yet; returns the seconds it took."""
    began = time.perf_counter()
    from nobat.engine import cpu, plan
    from nobat.scenario import load, shipped

    scenario = load(shipped()[0])
    doctrine = next(iter(scenario.doctrines))
    # The compiler makes millions of objects and frees few: looking for those takes a tenth of it.
    collecting = gc.isenabled()
    gc.disable()
    try:
        cpu.simulate(plan.build(scenario, doctrine), seed=1, first=0, count=1)
    finally:
        if collecting:
            gc.enable()
    return time.perf_counter() - began


if __name__ == "__main__":
    print(f"model compiled in {warm():.1f} s")
