"""The whole campaign at full size, and where its time goes: `python -m bench.campaign`.

Twelve units against ten places with sixteen layers, hour by hour for thirty days (720 steps), with
sleep, supply on both sides, routes, fire policies and flight. Nobody wins or gives up before the
end, so that every replication takes all of its steps.
"""

from __future__ import annotations

import os
import statistics
import time
from concurrent.futures import ThreadPoolExecutor

from nobat.engine import cpu
from nobat.engine.plan import build
from nobat.model.outcome import index
from nobat.model.state import Plan
from nobat.scenario import Scenario, load

REPLICATIONS, ROUNDS = 1_000, 9


def full(together: bool = True) -> Scenario:
    """The scenario: six outposts more around the first scenario's city, all before it.

    together: three are assaulted at once, else one after the other.
    """
    data = load("abu-kamal-2017").canonical()
    data["places"]["abu_kamal"]["layers"]["count"]["value"] = 6
    for name in ("hamdan", "sukkariyah", "river_crossing"):
        data["places"][name]["layers"]["count"] = 0
        data["places"][name]["layers"]["stack"] = []
    for n in range(6):
        post = {**data["places"]["hamdan"], "title": f"outpost {n + 1}"}
        data["places"][f"outpost_{n}"] = post
        near = {**data["routes"]["hamdan_road"], "between": [f"outpost_{n}", "abu_kamal"]}
        far = {**data["routes"]["western_track"], "between": [f"outpost_{n}", "sukkariyah"]}
        data["routes"] |= {f"near_{n}": near, f"far_{n}": far}
    # The way to all others leads past the first.
    posts = ["sukkariyah", "hamdan", "river_crossing", *(f"outpost_{n}" for n in range(6))]
    size = 3 if together else 1
    stages = [posts[n : n + size] for n in range(0, len(posts), size)]
    data["plan"] = [{"objectives": stage} for stage in (*stages, ["abu_kamal"])]
    data["contested"] = []
    for place in data["places"].values():
        if place["core"] is not None:
            place["hold_h"] = 24
    data["run"] |= {"horizon_d": 30, "step_h": 1}
    data["breaking"]["abandon_share"] = 1
    data["breaking"]["layer"]["hazard_per_day"] = 0.05
    data["attacker"]["supply"]["stock_t"] = 5_000
    return Scenario.model_validate(data)


def rates(plan: Plan, threads: int) -> tuple[float, float]:
    """Replications a second with so many threads: median and best of ROUNDS."""
    each = REPLICATIONS // threads
    seconds = []
    with ThreadPoolExecutor(threads) as pool:
        for _ in range(ROUNDS):
            began = time.perf_counter()
            list(pool.map(lambda n: cpu.simulate(plan, 1, n * each, each), range(threads)))
            seconds.append(time.perf_counter() - began)
    return REPLICATIONS / statistics.median(seconds), REPLICATIONS / min(seconds)


WITHOUT: dict[str, dict[str, object]] = {
    "everything": {},
    "without sleep": {"sleep.model": "none"},
    "without supply": {"attacker.supply": None, "defender.supply": None},
    "without a fire policy": {"fire.contacts_per_day": 0},
    "without suicide attacks": {"attrition.suicide.attacks_per_day": 0},
    "without counter-attacks": {"counterattack.per_day": 0},
}


def main() -> None:
    """Print the rates and the parts."""
    scenario = full()
    for together, doctrine in ((True, "rotate"), (True, "commit-all"), (False, "rotate")):
        plan = build(full(together), doctrine)
        rows = cpu.simulate(plan, 1, 0, 200)
        steps = rows[:, index("duration_d")].mean() * 24
        layers, places = plan.garrison.size, plan.hold.size
        at_once = "three objectives at once" if together else "one objective at a time"
        size = f"{plan.strength.size} units, {places} places, {layers} layers, {steps:.0f} steps"
        print(f"{doctrine}, {at_once}: {size}")
        for threads in sorted({1, min(2, os.cpu_count() or 1)}):
            median, best = rates(plan, threads)
            print(f"  {threads} thread(s): {median:,.0f} replications a second (best {best:,.0f}), "
                  f"{1e9 * threads / median / steps:.0f} ns a step")  # fmt: skip
    print("where the time goes (rotate, one thread)")
    for what, values in WITHOUT.items():
        plan = build(scenario.with_values(values), "rotate")
        cpu.simulate(plan, 1, 0, 100)
        steps = cpu.simulate(plan, 1, 0, 200)[:, index("duration_d")].mean() * 24
        print(f"  {what:25} {1e9 / rates(plan, 1)[1] / steps:6.0f} ns a step (best)")


if __name__ == "__main__":
    main()
