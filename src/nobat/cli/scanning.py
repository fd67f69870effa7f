"""What the studies along one number share on the command line: their progress, lists of numbers."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING

from nobat.cli.output import say
from nobat.cli.progress import Points

if TYPE_CHECKING:
    from nobat.scenario import Problem

#: From so many seconds left on whoever waits is told what would take less.
LONG_S = 600.0


class Scanned(Points):
    """How many points of a scan are done; nothing is said before the first report.

    A study looks at its arguments before it reports, so that what is wrong with them is told at
    once, and before the model is compiled. advice: what to say, once, to whoever has to wait long.
    """

    def __init__(self, title: str, advice: str = "") -> None:
        super().__init__(title)
        self._begun = False
        self._advice = advice

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

    def _now_and_then(self, done: int, total: int) -> float | None:
        """How long the rest may take, and what would take less."""
        left = super()._now_and_then(done, total)
        if self._advice and left is not None and left > LONG_S:
            say(self._advice)
            self._advice = ""
        return left


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
