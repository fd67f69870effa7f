"""Charts that a command keeps: the names of files are looked at before anything is run."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from nobat.cli.output import say
from nobat.show.language import _, latin

if TYPE_CHECKING:
    from nobat.show.charts import Chart


def check_charts(paths: Iterable[Path]) -> None:
    """ScenarioError, which names --save, for files that a chart cannot be kept in."""
    from nobat.scenario import Problem, ScenarioError

    faults = [fault for path in paths if (fault := _fault(path))]
    if faults:
        raise ScenarioError(Problem("save", None, fault) for fault in faults)


def _fault(path: Path) -> str | None:
    """What is wrong with a file's name."""
    from nobat.show.picture import ENDINGS

    *others, last = ENDINGS
    if path.suffix.lower() not in ENDINGS:
        return f"{str(path)!r} does not end in {', '.join(others)} or {last}"
    if path.is_dir():
        return f"{str(path)!r} is a folder"
    if not path.absolute().parent.is_dir():
        return f"there is no folder {str(path.parent)!r}"
    return None


def keep(chart: Chart, path: Path) -> None:
    """Write a chart to a file and say so; StoreError if that cannot be."""
    from nobat.engine.files import StoreError, reason

    try:
        chart.save(path)
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {reason(error)}") from None
    say(_("kept as {path}").format(path=latin(str(path))))
