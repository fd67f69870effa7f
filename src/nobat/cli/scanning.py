"""What the studies along one number share on the command line: their progress, lists of numbers."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING

from nobat.cli.progress import Points

if TYPE_CHECKING:
    from nobat.scenario import Problem


class Scanned(Points):
    """How many points of a scan are done; nothing is said before the first report.

    A study looks at its arguments before it reports, so that what is wrong with them is told at
    once, and before the model is compiled.
    """

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self._begun = False

    def __enter__(self) -> Scanned:
        """Wait for the first report."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Clear the bar away, if there is one, and say how long it took."""
        if self._begun:
            super().__exit__(kind, error, trace)

    def __call__(self, done: int, total: int) -> None:
        """Begin at the first report; show how far it is."""
        if not self._begun:
            self._begun = True
            super().__enter__()
        super().__call__(done, total)


def number(text: str, path: str) -> float:
    """A number written as text; ScenarioError, which names `path`, for what is none."""
    from nobat.scenario import ScenarioError

    try:
        return float(text)
    except ValueError:
        raise ScenarioError([_problem(path, f"{text.strip()!r} is not a number")]) from None


def _problem(path: str, message: str) -> Problem:
    from nobat.scenario import Problem

    return Problem(path, None, message)
