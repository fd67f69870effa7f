"""`nobat audit`: a told account against the model and the record, claim by claim."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from nobat.cli.options import Jobs, Json, Seed, Set, settings, whole
from nobat.cli.output import DONE, STOPPED, emit, fail, show


def audit(
    scenario: Annotated[str, Parameter(help="The name of a shipped scenario, or a file.")],
    /,
    *,
    claim: Annotated[
        list[str] | None,
        Parameter(
            name="--claim",
            negative="",
            metavar="ID",
            help="Audit only this claim; repeat it for more (default: all).",
        ),
    ] = None,
    settings_: Annotated[
        int,
        Parameter(
            name="--settings",
            converter=whole(8, 65_536),
            metavar="N",
            help="How many times all uncertain quantities are drawn from their ranges.",
        ),
    ] = 256,
    replications: Annotated[
        int,
        Parameter(
            name=("--replications", "-n"),
            converter=whole(1),
            metavar="N",
            help="Replications of each run at each setting.",
        ),
    ] = 50,
    given_record: Annotated[
        bool,
        Parameter(
            negative="",
            show_default=False,
            help="Give the verdicts over the settings that look like the dated record as well.",
        ),
    ] = False,
    seed: Seed = None,
    set_: Set = None,
    jobs: Jobs = None,
    out: Annotated[
        Path | None,
        Parameter(name="--out", metavar="DIR", help="The folder (default: audits/NAME-HASH)."),
    ] = None,
    json: Json = False,
) -> int:
    """Put a told account to the model and the record: a verdict for every claim.

    All quantities that have a range are drawn from it at once, many times over, and in each such
    setting what the claims need is run on the same luck. Each claim gets a word with a fixed
    meaning, the share of settings in which it holds, what decides it, and how the dated record
    weighs it against its rivals. The same command takes up an audit that was stopped.
    """
    from nobat import load
    from nobat.account.audit import audit as ask
    from nobat.cli.output import Mistake
    from nobat.cli.scanning import Scanned

    loaded = load(scenario, settings(set_))
    try:
        with Scanned(f"auditing {loaded.name}") as progress:
            answer = ask(
                loaded,
                claims=claim,
                settings=settings_,
                replications=replications,
                seed=seed,
                given_record=given_record,
                jobs=jobs,
                out=out,
                progress=progress,
            )
    except KeyboardInterrupt:
        text = "stopped; what is done is kept, and the same command takes it up"
        return fail([Mistake(text)], STOPPED, json)
    if json:
        emit(answer.to_json() | {"folder": str(answer.path)})
    else:
        show(answer.table())
    return DONE
