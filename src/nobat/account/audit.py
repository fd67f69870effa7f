"""Put a told account to the model and to the record: every claim over all that is uncertain."""

from __future__ import annotations

from collections.abc import Sequence
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
from nobat.account.work import Work
from nobat.engine.runner import jobs_fault
from nobat.scenario import Problem, Scenario, ScenarioError, quantities
from nobat.study.asked import scenario_asked
from nobat.study.scan import Progress

if TYPE_CHECKING:
    import polars as pl

#: Of how many settings one is run again for total indices, and how many of them at least.
_ANEW_EVERY, _LEAST_ANEW = 4, 16


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
    a folder that holds something else, StoreError where it cannot be written.
    """
    scenario = scenario_asked(scenario, "audit", replications, seed)
    check_settings(settings)
    asked = claims_of(scenario, claims)
    check_claims(scenario)
    if given_record and scenario.record is None:
        text = f"{scenario.name} has no dated record: there is nothing to be given"
        raise ScenarioError([Problem("record", None, text)])
    if fault := jobs_fault(jobs):
        raise ScenarioError([Problem("jobs", None, fault)])
    design = design_of(scenario, settings, scenario.run.seed)
    work = Work(scenario, design, asked, jobs)
    kept = _folder(work, out)
    rows = _run(work, kept, progress or (lambda _done, _total: None))
    found = _audit(rows, given_record, kept.path)
    kept.write_answer(found.to_json())
    return found


def _folder(work: Work, out: str | Path | None) -> Kept:
    """The folder, begun or taken up."""
    import json

    scenario = work.scenario
    text = json.dumps(scenario.canonical(), indent=2, ensure_ascii=False) + "\n"
    run = scenario.run
    names = [claim.id for claim in work.claims]
    manifest = describe(
        scenario.name, text, names, len(work.design.values), run.replications, run.seed
    )
    path = AUDITS / manifest.folder_name() if out is None else Path(out)
    kept = Kept.begin(path, manifest, text)
    kept.write_design(_table(work.design))
    return kept


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
    again = min(settings, max(_LEAST_ANEW, settings // _ANEW_EVERY))
    each = needed(work.scenario, work.claims)
    total = settings + (again if each else 0)
    firsts = range(0, settings, CHUNK)
    progress(0, total)
    for first in firsts:
        there = range(first, min(first + CHUNK, settings))
        if not kept.has("settings", first):
            kept.write("settings", first, _frame(list(work.rows(there))))
        progress(there.stop, total)
    rows = Rows(work, kept.read("settings", firsts), None)
    columns = chosen(rows)
    if not any(columns.values()):
        progress(total, total)
        return rows
    parts, which = range(0, again, CHUNK), repr(sorted(columns.items()))
    for first in parts:
        there = range(first, min(first + CHUNK, again))
        if not kept.has("anew", first, which):
            kept.write("anew", first, _frame(work.changes(there, columns)), which)
        progress(settings + there.stop, total)
    return Rows(work, rows.settings, kept.read("anew", parts))


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
