"""Mean field against Monte Carlo as forces grow: `python -m bench.scaling`.

Prints the tables of docs/background/mean-field.md. Everything is scaled together (tests/scaled.py)
by 1, 10 and 100.
"""

from __future__ import annotations

import statistics
import time

import numpy as np
from numpy.typing import NDArray

from nobat.engine import cpu, mean_field
from nobat.engine.plan import build
from nobat.model.outcome import index
from nobat.scenario import Scenario, load
from tests.scaled import scaled
from tests.small import small, whole

SCALES = (1, 10, 100)
REPLICATIONS = 2_000
LOSSES = ("attacker_losses", "defender_losses", "duration_d", "layers_carried")


def largest(row: NDArray[np.float64], rows: NDArray[np.float64]) -> float:
    """The largest difference of the means from the mean field among LOSSES, in percent."""
    found = []
    for name in LOSSES:
        one, mean = row[index(name)], rows[:, index(name)].mean()
        found.append(abs(one - mean) / max(abs(one), abs(mean), 1e-9))
    return 100 * float(max(found))


def line(scenario: Scenario, doctrine: str) -> str:
    """A row: largest difference with deterministic events at each scale."""
    cells = []
    for scale in SCALES:
        large = scaled(scenario, scale).with_values({"run.events": "deterministic"})
        rows = cpu.simulate(build(large, doctrine), 1, 0, REPLICATIONS)
        cells.append(f"{largest(mean_field.solve(large, doctrine), rows):.1f} %")
    return f"| {scenario.name} | {doctrine} | {' | '.join(cells)} |"


def with_luck(scenario: Scenario, doctrine: str) -> str:
    """A row: the mean field beside Monte Carlo with random events, at the scenario's own size."""
    row = mean_field.solve(scenario, doctrine)
    rows = cpu.simulate(build(scenario, doctrine), 1, 0, REPLICATIONS)
    day, days = row[index("day_secured")], rows[:, index("day_secured")]
    days = days[~np.isnan(days)]
    cells = [
        "yes" if row[index("secured")] else "no",
        f"{100 * rows[:, index('secured')].mean():.0f} %",
        "-" if np.isnan(day) else f"{day:.1f}",
        f"{days.mean():.1f}" if days.size else "-",
        f"{row[index('attacker_losses')]:,.0f}",
        f"{rows[:, index('attacker_losses')].mean():,.0f}",
    ]
    return f"| {scenario.name} | {doctrine} | {' | '.join(cells)} |"


def milliseconds(scenario: Scenario) -> float:
    """Median of 21: every doctrine of a scenario solved, the plan's building included."""
    times = []
    for _ in range(21):
        began = time.perf_counter()
        for doctrine in scenario.doctrines:
            mean_field.solve(scenario, doctrine)
        times.append(time.perf_counter() - began)
    return 1e3 * statistics.median(times)


def main() -> None:
    """Print the tables."""
    scenarios = (load("abu-kamal-2017", {"reports": None}), load("textbook-line"), whole(), small())
    print("| scenario | doctrine | x 1 | x 10 | x 100 |\n|---|---|---|---|---|")
    for scenario in scenarios:
        for doctrine in scenario.doctrines:
            print(line(scenario, doctrine))
    print("\n| scenario | doctrine | secured | chance | day | mean day | losses | mean losses |")
    print("|---|---|---|---|---|---|---|---|")
    for scenario in scenarios:
        for doctrine in scenario.doctrines:
            print(with_luck(scenario, doctrine))
    for scenario in scenarios:
        doctrines = len(scenario.doctrines)
        print(f"\n{scenario.name}: {doctrines} doctrines solved in {milliseconds(scenario):.2f} ms")


if __name__ == "__main__":
    main()
