"""`nobat theory fuse`: conflicting reports, fused into a probability."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from cyclopts import Parameter

from nobat.cli.flags import number
from nobat.cli.options import Json
from nobat.cli.output import DONE, WRONG, Mistake, emit, fail, show

#: What the list of commands shows as an example.
EXAMPLE = "nobat theory fuse abu-kamal-2017"
#: For somebody who asked for nothing.
_HINT = f"""
For example: {EXAMPLE}
See `nobat theory fuse --help`.
"""
_FLAGS = {"prior": "--prior", "rho": "--rho"}


def fuse(
    file: Annotated[
        str | None,
        Parameter(
            metavar="FILE",
            help="A scenario with reports, by name or file; or a file of reports alone: YAML with "
            "the section `reports`, or CSV with a row for each and the columns who, says (yes or "
            "no), grade (as in B2) and, if wanted, id, group, date, what and note.",
        ),
    ] = None,
    /,
    *,
    prior: Annotated[
        str | None,
        number("Probability of yes before any report (default: the file's own, else 0.5).", "P"),
    ] = None,
    rho: Annotated[
        str | None,
        number(
            "How far the reports of one group repeat each other, 0 to 1 (default: the file's own, "
            "else 0.5).",
            "SHARE",
        ),
    ] = None,
    json: Json = False,
) -> int:
    """Fuse conflicting reports on a matter of yes or no into a probability.

    Each report has a grade of the Admiralty code, A to F for its source and 1 to 6 for what it
    says, and counts by its weight of evidence in decibans: 10 decibans make the odds ten times as
    large. Each is left out in turn, and the answer is given at both ends of what the grades mean.
    """
    from nobat.scenario.problems import ScenarioError
    from nobat.theory.fusion_question import fuse_file

    try:
        found = fuse_file(file, prior=prior, rho=rho)
    except ScenarioError as error:
        flags = [replace(p, path=_FLAGS.get(p.path, p.path)) for p in error.problems]
        mistakes = [Mistake(p.message, p.path, p.line, str(p)) for p in flags]
        return fail(mistakes, WRONG, json, _HINT if file is None else "")
    if json:
        emit(found.to_json())
    else:
        show(found.table())
    return DONE
