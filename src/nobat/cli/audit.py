"""`nobat audit`: a told account against the model and the record, claim by claim."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from nobat.cli.options import Jobs, Json, Seed, Set, settings, whole
from nobat.cli.output import DONE, STOPPED, Mistake, emit, say, show
from nobat.show.language import _, latin, marked, retold

if TYPE_CHECKING:
    from nobat import Audit, AuditInterrupted


_STOPS = (
    marked("stopped after {done} of {asked} settings, kept in {path}"),
    marked("stopped after {done} of {asked} setting, kept in {path}"),
)


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
    ] = 512,
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
    weighs it against its rivals. What is done is kept in a folder: an audit that was stopped goes
    on by the same command, or by `nobat resume`.
    """
    from nobat import AuditInterrupted, load
    from nobat import audit as ask
    from nobat.cli.scanning import Scanned

    loaded = load(scenario, settings(set_))
    title = _("auditing {name}").format(name=latin(loaded.name))
    advice = _(
        "fewer --settings or -n take less time; what is done by now is kept, and the same command "
        "goes on with it"
    )
    try:
        with Scanned(title, advice) as progress:
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
    except AuditInterrupted as stop:
        return stopped(stop, json)
    show_audit(answer, json)
    return DONE


def stopped(stop: AuditInterrupted, json: bool) -> int:
    """Say what an audit that was stopped has kept, and how to go on with it."""
    hint = _("nobat: {stop}; `nobat resume {path}` goes on from there")
    say(hint.format(stop=retold(str(stop), *_STOPS), path=stop.path))
    if json:
        emit({"error": {"exit": STOPPED, "problems": [Mistake(str(stop)).to_json()]}})
    return STOPPED


def show_audit(found: Audit, json: bool) -> None:
    """Print the answer."""
    if json:
        emit(found.to_json() | {"folder": str(found.path)})
    else:
        show(found.table())
