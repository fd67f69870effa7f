"""All that a report is made of, gathered once: the run, its scenario, its days, its replays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nobat.engine.manifest import RunError
from nobat.engine.store import Run
from nobat.scenario import Scenario, ScenarioError
from nobat.show.ground import Ground, ground_of
from nobat.study import isolate, replay
from nobat.study.compare import scenario_of
from nobat.study.comparison import Comparison
from nobat.study.daily import Daily, daily
from nobat.study.isolation import Isolation

if TYPE_CHECKING:
    from nobat.study.replayed import Replay

#: The most doctrines that are replayed, the best first: each adds some 50 kB to the page.
MOST_REPLAYED = 6


@dataclass(frozen=True)
class Material:
    """What the sections of a report draw from.

    days, replays: empty where another version of the model made the run, so that its campaigns
    cannot be computed again; then `silent` says so. replays: by doctrine, a typical and a bad one.
    """

    comparison: Comparison
    run: Run
    scenario: Scenario
    days: tuple[Daily, ...]
    replays: Mapping[str, tuple[Replay, Replay]]
    ground: Ground | None
    isolation: Isolation | None
    silent: str = ""

    @property
    def leader(self) -> str:
        """The doctrine that came out first."""
        return self.comparison.best.doctrine


def gather(comparison: Comparison) -> Material:
    """What there is to report of a comparison.

    Raises RunError where no run was kept: the mean field and the exact solver keep none.
    """
    run = comparison.run
    if run is None:
        raise RunError(f"the solver {comparison.solver} keeps no run: nothing to report from")
    scenario = scenario_of(run)
    days: tuple[Daily, ...] = ()
    replays: dict[str, tuple[Replay, Replay]] = {}
    silent = ""
    try:
        days = daily(run, scenario)
        replays = _replays(comparison, run, scenario)
    except RunError as error:
        silent = str(error)
    return Material(
        comparison, run, scenario, days, replays, ground_of(scenario), _isolation(scenario), silent
    )


def _replays(
    comparison: Comparison, run: Run, scenario: Scenario
) -> dict[str, tuple[Replay, Replay]]:
    """A typical and a bad replication of the doctrines, the best ones first."""
    ranked = sorted(
        (one.name for one in comparison.doctrines),
        key=lambda name: (
            name != comparison.best.doctrine, -(comparison[name]["p_secured"].mean or 0.0)
        ),
    )  # fmt: skip
    found = {}
    for name in ranked[:MOST_REPLAYED]:
        typical, bad = (
            replay.again(run, scenario, name, *pick(run, name))
            for pick in (replay.typical, replay.bad)
        )
        found[name] = typical, bad
    return found


def _isolation(scenario: Scenario) -> Isolation | None:
    """What isolates the city; None where the scenario cannot be asked."""
    try:
        return isolate.isolate(scenario)
    except ScenarioError:
        return None
