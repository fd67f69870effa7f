"""Put a told account to the model and to the record: every claim over all that is uncertain."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from nobat.account.answers import Rows, answers, chosen, likeness
from nobat.account.asked import (
    REPLICATIONS,
    SETTINGS,
    check_claims,
    check_settings,
    claims_of,
)
from nobat.account.audited import Audit
from nobat.account.design import Design, design_of
from nobat.account.kept import AUDITS, CHUNK, Kept, describe
from nobat.account.runs import needed
from nobat.account.work import Memory, Work
from nobat.engine.manifest import RunError
from nobat.engine.runner import counted, jobs_fault
from nobat.scenario import Problem, Scenario, ScenarioError, quantities
from nobat.study.asked import scenario_asked
from nobat.study.scan import Progress

if TYPE_CHECKING:
    import polars as pl

#: Of how many settings one is run again for total indices; how many of them at least and at most:
#: an index from so many is known well enough, and each quantity costs as much again.
_ANEW_EVERY, _LEAST_ANEW, _MOST_ANEW = 4, 16, 256


class AuditInterrupted(KeyboardInterrupt):
    """An audit was stopped by Ctrl-C; what was done is kept.

    Like any Ctrl-C it passes `except Exception`. `path` is its folder, `done` how many settings lie
    there.
    """

    def __init__(self, kept: Kept) -> None:
        self.path = kept.path
        self.done = kept.settings_there()
        of = f"{self.done:,} of {counted(kept.manifest.settings, 'setting')}"
        super().__init__(f"stopped after {of}, kept in {kept.path}")


def audit(
    scenario: Scenario,
    *,
    claims: Sequence[str] | None = None,
    settings: int = SETTINGS,
    replications: int = REPLICATIONS,
    seed: int | None = None,
    given_record: bool = False,
    jobs: int | None = None,
    out: str | Path | None = None,
    progress: Progress | None = None,
) -> Audit:
    """Every claim of a scenario over all of its uncertain quantities, with a verdict.

    claims: ids (default: all). settings: how many times all quantities with a range are drawn.
    replications: of each run at each setting. seed: of the draws and of the luck (default: the
    scenario's). given_record: give the verdicts over the settings that look like the dated record
    as well. jobs: threads; they change nothing in the answer. out: the folder (default:
    audits/NAME-HASH); one that holds part of the same audit is taken up where it was left.
    progress: called with (settings done, all of them).

    Raises ScenarioError (a ValueError) for arguments and claims that are not allowed, RunError for
    a folder that holds something else, StoreError where it cannot be written, AuditInterrupted on
    Ctrl-C.
    """
    scenario = scenario_asked(scenario, "audit", replications, seed)
    check_settings(settings)
    asked = claims_of(scenario, claims)
    check_claims(scenario)
    if given_record and scenario.record is None:
        text = f"{scenario.name} has no dated record: there is nothing to be given"
        raise ScenarioError([Problem("record", None, text)])
    _check_jobs(jobs)
    work = Work(scenario, design_of(scenario, settings, scenario.run.seed), asked, jobs)
    return _finished(work, _folder(work, out), given_record, progress)


def resume_audit(
    audit: str | Path | Audit, *, jobs: int | None = None, progress: Progress | None = None
) -> Audit:
    """Finish an audit that was interrupted.

    audit: its folder, or its name under `audits/`. jobs, progress: as for `audit`. The folder ends
    up with the same bytes as one that was never interrupted; what is damaged is made again. Where
    there is a dated record, the verdicts given it are shown too.

    Raises ScenarioError for `jobs` below 1, RunError for what is no audit and for one that another
    version of the model or of its packages began (nothing is touched then); StoreError and
    AuditInterrupted as `audit` does.
    """
    _check_jobs(jobs)
    path = audit.path if isinstance(audit, Audit) else audit
    if path is None:
        raise RunError("this audit has no folder")
    kept = Kept.take_up(path)
    scenario = _scenario_of(kept)
    check_claims(scenario)
    claims = claims_of(scenario, kept.manifest.claims)
    design = design_of(scenario, kept.manifest.settings, kept.manifest.seed)
    work = Work(scenario, design, claims, jobs)
    return _finished(work, kept, scenario.record is not None, progress)


def _scenario_of(kept: Kept) -> Scenario:
    """The scenario that was audited; RunError if this version cannot read it."""
    try:
        return Scenario.model_validate(json.loads(kept.scenario_text()))
    except ValueError as error:
        first = str(error).splitlines()[0]
        text = "scenario.json cannot be read by this version"
        raise RunError(f"{kept.path}: {text}: {first}") from None


def _check_jobs(jobs: object) -> None:
    """ScenarioError for what is no number of threads."""
    if fault := jobs_fault(jobs):
        raise ScenarioError([Problem("jobs", None, fault)])


def _finished(work: Work, kept: Kept, given_record: bool, progress: Progress | None) -> Audit:
    """Run what is missing, and answer."""
    try:
        kept.write_design(_table(work.design))
        rows = _run(work, kept, progress or (lambda _done, _total: None))
        found = _audit(rows, given_record, kept.path)
        kept.write_answer(found.to_json())
    except KeyboardInterrupt:
        raise AuditInterrupted(kept) from None
    return found


def _folder(work: Work, out: str | Path | None) -> Kept:
    """The folder, begun or taken up."""
    scenario = work.scenario
    text = json.dumps(scenario.canonical(), indent=2, ensure_ascii=False) + "\n"
    run = scenario.run
    names = [claim.id for claim in work.claims]
    manifest = describe(
        scenario.name, text, names, len(work.design.values), run.replications, run.seed
    )
    path = AUDITS / manifest.folder_name() if out is None else Path(out)
    return Kept.begin(path, manifest, text)


def _table(design: Design) -> pl.DataFrame:
    """The settings as a table: a column for each quantity."""
    import polars as pl

    columns = list(zip(*design.values, strict=True)) if design.factors else []
    numbers = pl.Series("setting", range(len(design.values)), pl.Int64)
    named = zip(design.factors, columns, strict=True)
    return pl.DataFrame([numbers, *(pl.Series(f.path, list(map(float, c))) for f, c in named)])


def _run(work: Work, kept: Kept, progress: Progress) -> Rows:
    """Run what is not there yet: all settings, then some of them with single quantities anew."""
    settings = len(work.design.values)
    again = min(settings, max(_LEAST_ANEW, min(settings // _ANEW_EVERY, _MOST_ANEW)))
    total = settings + (again if needed(work.scenario, work.claims) else 0)
    memory = Memory(work, again)
    _settings(work, kept, memory, lambda done: progress(done, total))
    rows = Rows(work, kept.read("settings", range(0, settings, CHUNK)), None)
    columns = chosen(rows)
    if not any(columns.values()):
        progress(total, total)
        return rows
    _anew(work, kept, memory, columns, again, lambda done: progress(settings + done, total))
    rows.anew = kept.read("anew", range(0, again, CHUNK))
    return rows


def _settings(work: Work, kept: Kept, memory: Memory, progress: Callable[[int], None]) -> None:
    """Run the settings that are not there yet, and write each file as its last one is done."""
    parts = _parts(len(work.design.values))
    missing = [part for part in parts if not kept.has("settings", part.start)]
    done = len(work.design.values) - sum(map(len, missing))
    progress(done)
    with closing(work.rows([i for part in missing for i in part], memory)) as found:
        for part in missing:
            rows = []
            for i in part:
                rows.append(next(found))
                if i == part[-1]:
                    kept.write("settings", part.start, _frame(rows))
                progress(done := done + 1)


def _anew(
    work: Work, kept: Kept, memory: Memory, columns: Mapping[str, tuple[int, ...]], again: int,
    progress: Callable[[int], None],
) -> None:  # fmt: skip
    """Run single quantities drawn anew, at the first settings, where that is not there yet."""
    which = repr(sorted(columns.items()))
    missing = [part for part in _parts(again) if not kept.has("anew", part.start, which)]
    done = again - sum(map(len, missing))
    progress(done)
    changes = work.changes(missing, columns, memory, lambda more: progress(done + more))
    with closing(changes) as found:
        for part in missing:
            kept.write("anew", part.start, _frame(next(found)), which)
            done += len(part)


def _parts(settings: int) -> list[range]:
    """The settings of each file."""
    return [range(k, min(k + CHUNK, settings)) for k in range(0, settings, CHUNK)]


def _frame(rows: list[dict[str, object]]) -> pl.DataFrame:
    """Rows as a table whose columns have the same types in every file."""
    import polars as pl

    kinds = {"setting": pl.Int64, "quantity": pl.String}
    schema = {name: kinds.get(name, pl.Float64) for name in rows[0]}
    return pl.DataFrame(rows, schema=schema)


def _audit(rows: Rows, given_record: bool, path: Path) -> Audit:
    """The answer from the rows."""
    scenario = rows.work.scenario
    bases = {path: quantity.basis for path, quantity, _ in quantities(scenario)}
    drawn = [factor.path for factor in rows.work.design.factors]
    return Audit(
        scenario=scenario,
        settings=len(rows.work.design.values),
        replications=scenario.run.replications,
        seed=scenario.run.seed,
        quantities=len(drawn),
        assumed=sum(bases[name] == "assumed" for name in drawn),
        answers=tuple(answers(rows)),
        likeness=likeness(rows),
        given_record=given_record,
        path=path,
    )
