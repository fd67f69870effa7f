"""`nobat report`: all that a run says, as one page that needs no network."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from nobat.cli.options import Json
from nobat.cli.output import DONE, emit, say

if TYPE_CHECKING:
    from nobat import Comparison

Open = Annotated[
    bool,
    Parameter(
        name="--open", negative="", show_default=False, help="Show the report in the browser."
    ),
]


def report(
    run: Annotated[str, Parameter(help="The run's folder, or its name under runs/.")],
    /,
    *,
    out: Annotated[
        Path | None,
        Parameter(
            metavar="FILE", help="The file, or a folder for it (default: report.html in RUN)."
        ),
    ] = None,
    open_: Open = False,
    json: Json = False,
) -> int:
    """Write the report of a run: one HTML file that shows all that the run says, without a network.

    It begins with the verdict. Doctrines side by side, the days, the ground, two campaigns with a
    slider, losses and harm, what comes after, the source of every number and the command that makes
    the run again follow. `nobat run` writes it as well.
    """
    from nobat import open_run

    path = write(open_run(run), out, show=open_)
    if json:
        emit({"report": str(path), "bytes": path.stat().st_size})
    else:
        print(f"The report is in {path}")
    return DONE


def write(result: Comparison, out: Path | None = None, *, show: bool = False) -> Path:
    """Write a run's report, compiling the model first where that is still to be done.

    show: open it in the browser, or say that there is none.
    """
    import webbrowser

    from nobat.engine.warm import USUAL_SECONDS, is_warm
    from nobat.show.report.page import address

    if not is_warm():
        say(f"compiling the model (once, about {USUAL_SECONDS} s) ...")
    path = result.report(out)
    if show and not webbrowser.open(address(path)):
        say(f"nobat: no browser was found; open {path} in one")
    return path
