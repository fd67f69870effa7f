"""`nobat replay`: one replication of a run again, and what happened in it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from nobat.cli.options import Json, whole
from nobat.cli.output import DONE, emit, say, show, tell
from nobat.show.language import _, latin


def replay(
    run: Annotated[str, Parameter(help="The run's folder, or its name under runs/.")],
    /,
    *,
    doctrine: Annotated[
        str | None,
        Parameter(metavar="NAME", help="The doctrine (default: the only one, where it is)."),
    ] = None,
    replication: Annotated[
        int | None,
        Parameter(
            converter=whole(0),
            metavar="K",
            help="The replication, from 0 on (default: a typical one).",
        ),
    ] = None,
    full: Annotated[
        bool,
        Parameter(
            negative="",
            show_default=False,
            help="Tell every event, instead of counting what happens often.",
        ),
    ] = False,
    out: Annotated[
        Path | None,
        Parameter(
            metavar="DIR",
            help="Keep every step there: tables of steps, units, layers, places and events as "
            "Parquet, and the log.",
        ),
    ] = None,
    json: Json = False,
) -> int:
    """Compute one replication of a run again and tell what happened in it, day by day.

    Its outcomes are held against those that the run keeps, and equal them to the last bit. Without
    --replication it takes a typical one: of the campaigns that ended in the commonest way, one of
    median length. A run that another version of the model made is refused.
    """
    from nobat import replay as again
    from nobat.engine.warm import USUAL_SECONDS, is_warm

    if not is_warm():
        say(_("compiling the model (once, about {seconds} s) ...").format(seconds=USUAL_SECONDS))
    found = again(run, doctrine, replication)
    kept = None if out is None else found.save(out)
    if json:
        emit(found.to_json())
        return DONE
    show(found.table(full=full))
    if kept is not None:
        tell("\n" + _("Every step is in {path}").format(path=latin(str(kept))))
    return DONE
