"""All that a report is made of, gathered once: the run, its scenario, its days, its replays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nobat.engine.manifest import RunError
from nobat.engine.store import Run
from nobat.scenario import Scenario, ScenarioError
from nobat.show.ground import Ground, ground_of
from nobat.show.report.repeat import command
from nobat.study import isolate, replay
from nobat.study.compare import scenario_of
from nobat.study.comparison import Comparison
from nobat.study.daily import Daily, daily
from nobat.study.isolation import Isolation
from nobat.study.why_kept import kept

if TYPE_CHECKING:
    from nobat.study.replayed import Replay
    from nobat.study.why import Why

#: The most doctrines that are replayed, the best first: each adds some 50 kB to the page.
MOST_REPLAYED = 6


@dataclass(frozen=True)
class Material:
    """What the sections of a report draw from.

    command: the line that makes the run again. replays: by doctrine, a typical and a bad one; none
    where another version of the model made the run, so that its campaigns cannot be computed again.
    reasons: what `why` said of its doctrines. running: the days of its campaigns, which are
    computed while the rest is gathered and written.
    """

    comparison: Comparison
    run: Run
    scenario: Scenario
    replays: Mapping[str, tuple[Replay, Replay]]
    ground: Ground | None
    isolation: Isolation | None
    command: str
    reasons: Sequence[Why]
    running: Future[tuple[Daily, ...]]

    @property
    def days(self) -> tuple[Daily, ...]:
        """The days of some campaigns of each doctrine; none where they cannot be computed again."""
        return () if self.silent else self.running.result()

    @property
    def silent(self) -> str:
        """Why there are no days; empty where there are some."""
        error = self.running.exception()
        return str(error) if isinstance(error, RunError) else ""

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
    running = _aside(run, scenario)
    try:
        replay.check_model(run)
        replays = _replays(comparison, run, scenario)
    except RunError:
        replays = {}
    return Material(
        comparison, run, scenario, replays, ground_of(scenario), _isolation(scenario),
        command(run, scenario), kept(run), running,
    )  # fmt: skip


def _aside(run: Run, scenario: Scenario) -> Future[tuple[Daily, ...]]:
    """The days, computed aside: kernels let go of the interpreter's lock."""
    pool = ThreadPoolExecutor(max_workers=1)
    running = pool.submit(daily, run, scenario)
    pool.shutdown(wait=False)
    return running


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
