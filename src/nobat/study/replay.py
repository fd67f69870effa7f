"""Replay: one replication of a run again, with all that happened in it.

What a replication gives depends on the scenario, the doctrine, the seed and its number, so that it
can be computed again by itself. Its outcomes must then be those that the run keeps, to the last
bit; if they are not, that is an error and no replay.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nobat.engine import cpu, plan
from nobat.engine import manifest as manifests
from nobat.engine.manifest import Manifest, RunError
from nobat.engine.runner import counted
from nobat.engine.store import RUNS, Run
from nobat.model import source_hash
from nobat.model.outcome import OUTCOMES
from nobat.scenario import Problem, Scenario, ScenarioError, shipped
from nobat.scenario.words import choice, listed, quoted, shown
from nobat.study.asked import doctrine_of, scenario_asked
from nobat.study.compare import MOST_REPLICATIONS, scenario_of
from nobat.study.comparison import Comparison
from nobat.study.replayed import Replay

#: How a campaign can end, in the words for many of them.
_ENDINGS = ("were secured", "were abandoned", "were still going at the horizon")
#: Of the campaigns that a bad one is taken from, this share lost no more than it.
_BAD = 0.9


def replay(
    run: str | Path | Run | Comparison | Scenario,
    doctrine: str | None = None,
    replication: int | None = None,
    *,
    seed: int | None = None,
) -> Replay:
    """Compute one replication again, with its whole course.

    run: a run's folder or its name under `runs/`, a run, what `compare` found, or a scenario.
    doctrine: may be left out where there is one only. replication: from 0 on; left out, a typical
    one of the run: of the campaigns that ended in the commonest way the one of median length.
    seed: for a scenario (default: its own); a run has its seed.

    Its outcomes equal the run's own to the last bit. Raises ScenarioError for a doctrine or a
    replication that is not there, RunError for what is no run, and for a run that another version
    of the model made.
    """
    if isinstance(run, Scenario):
        return _of_scenario(run, doctrine, replication, seed)
    if seed is not None:
        text = f"{shown(seed)}: a run has its own seed; give one with a scenario only"
        raise ScenarioError([Problem("seed", None, text)])
    return _of_run(_opened(run), doctrine, replication)


def _of_scenario(
    scenario: Scenario, doctrine: str | None, replication: int | None, seed: int | None
) -> Replay:
    """A replication of a scenario that has not been run."""
    scenario = scenario_asked(scenario, "replay", None, seed)
    chosen = doctrine_of(scenario, _only(doctrine, list(scenario.doctrines)))
    if replication is None:
        text = "none is given: a scenario that has not been run has no typical one"
        raise ScenarioError([Problem("replication", None, text)])
    _check_number(replication, MOST_REPLICATIONS, "that a scenario can have")
    found = _computed(scenario, chosen, scenario.run.seed, replication)
    return Replay(scenario, chosen, replication, scenario.run.seed, found)


def _of_run(run: Run, doctrine: str | None, replication: int | None) -> Replay:
    """A replication of a run, held against the row that the run keeps."""
    manifest = run.manifest
    check_model(run)
    scenario = scenario_of(run)
    chosen = _only(doctrine, list(manifest.doctrines))
    if chosen not in manifest.doctrines:
        words = choice(chosen, list(manifest.doctrines), "doctrines")
        text = f"{quoted(str(chosen))} is not one of {run.path}{words}"
        raise ScenarioError([Problem("doctrine", None, text)])
    why = None
    if replication is None:
        replication, why = typical(run, chosen)
    _check_number(replication, manifest.replications, f"of {run.path}")
    return again(run, scenario, chosen, replication, why)


def again(
    run: Run, scenario: Scenario, doctrine: str, replication: int, why: str | None = None
) -> Replay:
    """A replication of a run whose scenario, doctrine and number are known to be right.

    Held against the row that the run keeps: RunError where it comes out otherwise. why: why this
    one, where nobody asked for it.
    """
    kept = _kept(run, doctrine, replication)
    found = _computed(scenario, doctrine, run.manifest.seed, replication)
    if differing := _differing(found.row, kept):
        raise RunError(_otherwise(run, doctrine, replication, differing))
    return Replay(scenario, doctrine, replication, run.manifest.seed, found, run, why)


def _computed(scenario: Scenario, doctrine: str, seed: int, replication: int) -> cpu.Trajectory:
    """The replication, in arrays that nobody can change."""
    found = cpu.trajectory(plan.build(scenario, doctrine), seed, replication)
    for array in found:
        array.flags.writeable = False
    return found


def _opened(run: str | Path | Run | Comparison) -> Run:
    """The run meant; RunError where there is none."""
    if isinstance(run, Run):
        return run
    if isinstance(run, Comparison):
        if run.run is None:
            raise RunError("the mean field keeps no run: replay the scenario, with a replication")
        return run.run
    if not isinstance(run, str | Path):
        raise TypeError(f"replay takes a run or a Scenario, not {run!r}")
    if (scenario := _scenario_named(run)) is not None:
        made = sorted(path.name for path in RUNS.glob(f"{scenario}-*") if path.is_dir())
        there = f" (runs of it: {listed(made)})" if made else ""
        raise RunError(f"{run} is a scenario: `nobat run {run}` makes a run to replay{there}")
    return Run.open(run)


def _scenario_named(run: str | Path) -> str | None:
    """The scenario whose name or file was given in the place of a run; None for anything else."""
    path = Path(run)
    if path.is_dir() or (RUNS / path).is_dir():
        return None
    if str(run) in shipped() or (path.is_file() and path.suffix in (".yaml", ".yml")):
        return path.stem
    return None


def _only(doctrine: str | None, known: list[str]) -> str:
    """The doctrine that was given, or the only one; ScenarioError where there are several."""
    if doctrine is not None:
        return doctrine
    if len(known) > 1:
        text = f"none is given (doctrines: {listed(known)})"
        raise ScenarioError([Problem("doctrine", None, text)])
    return known[0]


def _check_number(replication: object, count: int, of: str) -> None:
    """ScenarioError for what is no number of a replication, counted from 0."""
    if type(replication) is int and 0 <= replication < count:
        return
    text = f"{shown(replication)} is not one of the {counted(count, 'replication')} {of}"
    raise ScenarioError([Problem("replication", None, f"{text}: 0 to {count - 1}")])


def check_model(run: Run) -> None:
    """RunError for a run that another version of the model made."""
    theirs, here = run.manifest.model, source_hash()
    if theirs != here:
        raise RunError(
            f"{run.path} was made by another version of the model ({theirs[:10]}, now "
            f"{here[:10]}): replay it with that one, or run the scenario again"
        )


def _kept(run: Run, doctrine: str, replication: int) -> NDArray[np.float64]:
    """The row of outcomes that the run keeps; RunError where it is still to be run."""
    first = replication - replication % run.manifest.chunk
    if not run.has(doctrine, first):
        raise RunError(
            f"{run.path}: replication {replication} of {doctrine} is still to be run; "
            f"`nobat resume {run.path}` goes on with it"
        )
    rows = run.table(doctrine, [outcome.name for outcome in OUTCOMES], [first])
    row: NDArray[np.float64] = rows[replication - first]
    return row


def _differing(row: NDArray[np.float64], kept: NDArray[np.float64]) -> list[str]:
    """The outcomes in which two rows are not the same; NaN is the same as NaN."""
    same = (row == kept) | (np.isnan(row) & np.isnan(kept))
    return [outcome.name for outcome, fits in zip(OUTCOMES, same, strict=True) if not fits]


def _otherwise(run: Run, doctrine: str, replication: int, differing: list[str]) -> str:
    """What to say of a replication that does not come out as the run has it."""
    m: Manifest = run.manifest
    here = manifests.describe(
        m.scenario, run.scenario_text(), m.doctrines, m.replications, m.seed, m.chunk
    )
    made = here.made_otherwise(m)
    with_what = f"; the run was made with {'; '.join(made)}" if made else ""
    return (
        f"{run.path}: replication {replication} of {doctrine} comes out otherwise here "
        f"({listed(differing, 4)}){with_what}"
    )


def bad(run: Run, doctrine: str) -> tuple[int, str]:
    """A bad replication of a doctrine, and why it is one.

    Of the campaigns that did not take the place, or of all where every one did or none did, the one
    whose losses are nearest to those that one in ten exceeds.
    """
    table, numbers = _rows(run, doctrine, ["secured", "attacker_losses"])
    failed = table[:, 0] == 0
    some = failed.any() and not failed.all()
    among = failed if some else np.ones(numbers.size, np.bool_)
    losses = table[among, 1]
    limit = float(np.quantile(losses, _BAD, method="higher"))
    chosen = int(numbers[among][int(np.abs(losses - limit).argmin())])
    which = f"{losses.size:,} of {numbers.size:,} were not secured" if some else "of all campaigns"
    return chosen, f"{which}; one in ten of them lost more attackers than its {limit:,.0f}"


def typical(run: Run, doctrine: str) -> tuple[int, str]:
    """A typical replication of a doctrine, and why it is one.

    Of the campaigns that ended in the commonest way, the first whose length is nearest to their
    median.
    """
    table, numbers = _rows(run, doctrine, ["secured", "abandoned", "duration_d"])
    ended = np.where(table[:, 0] > 0, 0, np.where(table[:, 1] > 0, 1, 2))
    commonest = int(np.bincount(ended, minlength=len(_ENDINGS)).argmax())
    among = ended == commonest
    lengths = table[among, 2]
    nearest = int(np.abs(lengths - np.median(lengths)).argmin())
    chosen, length = int(numbers[among][nearest]), float(lengths[nearest])
    share = f"{lengths.size:,} of {numbers.size:,} {_ENDINGS[commonest]}"
    if lengths.min() == lengths.max():
        return chosen, f"{share}, and it is the first of these"
    return chosen, f"{share}, and its {length:.4g} days are nearest to their median"


def _rows(
    run: Run, doctrine: str, names: list[str]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Outcomes of the replications that are there, (replications, names), and their numbers."""
    manifest = run.manifest
    firsts = [first for first in manifest.firsts() if run.has(doctrine, first)]
    if not firsts:
        raise RunError(f"{run.path}: no replication of {doctrine} is there yet")
    numbers = np.concatenate([np.arange(f, f + manifest.size(f)) for f in firsts])
    return run.table(doctrine, names, firsts), numbers
