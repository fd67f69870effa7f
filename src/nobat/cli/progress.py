"""How a run is getting on, on standard error: a bar on a terminal, two lines elsewhere."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

from nobat.cli.output import say

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

    from nobat.engine.runner import Progress


class Reporter:
    """Takes the reports of a run and shows them; a context, so that the bar is cleared away.

    name: the scenario's, for the opening line.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._bar: Bar | None = None
        self._task: TaskID | None = None
        self._started = time.monotonic()
        self._announced = False

    def __enter__(self) -> Reporter:
        """Begin; nothing is shown before the first report."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Clear the bar away."""
        self._stop()

    def __call__(self, progress: Progress) -> None:
        """Show one report."""
        if progress.stage == "compiling":
            from nobat.engine.warm import USUAL_SECONDS

            say(f"compiling the model (once, about {USUAL_SECONDS} s) ...")
        elif progress.stage == "running":
            self._running(progress)
        elif progress.stage == "stopping":
            self._stop()
            say("stopping: finishing what is under way ...")
        else:
            self._stop()
            self._closing(progress)

    def _running(self, progress: Progress) -> None:
        """The opening line or the bar, then the bar's movement."""
        if not self._announced:
            self._announced = True
            self._started = time.monotonic()
            if sys.stderr.isatty():
                self._open_bar(progress)
            else:
                say(f"running {self._name}: {_amount(progress)}{_kept(progress)}")
        if self._bar is not None and self._task is not None:
            done = progress.done - progress.kept
            elapsed = time.monotonic() - self._started
            rate = f"{done / elapsed:,.0f} replications/s" if done and elapsed > 0 else ""
            count = f"{progress.done:,} of {progress.total:,}"
            self._bar.update(self._task, completed=done, count=count, rate=rate)

    def _open_bar(self, progress: Progress) -> None:
        """Start the bar; it counts what this run has to do, so that the time left is right."""
        self._bar = _bar()
        self._task = self._bar.add_task("", total=progress.total - progress.kept, count="", rate="")
        self._bar.start()

    def _closing(self, progress: Progress) -> None:
        """How much was run and how fast, or that all of it was there."""
        done = progress.done - progress.kept
        if done == 0:
            say("this run is complete already; nothing was simulated again")
            return
        elapsed = max(time.monotonic() - self._started, 1e-9)
        amount = f"{done:,} replications in {elapsed:.1f} s"
        say(f"{amount} ({done / elapsed:,.0f} a second){_kept(progress)}")

    def _stop(self) -> None:
        """Clear the bar away, if there is one."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None


class Points:
    """How many of a study's points are done: a bar on a terminal, two lines elsewhere.

    Called with (points done, all of them); a context, so that the bar is cleared away.
    """

    def __init__(self, title: str) -> None:
        self._title = title
        self._bar: Bar | None = None
        self._task: TaskID | None = None
        self._started = time.monotonic()

    def __enter__(self) -> Points:
        """Say what begins; compile first where the model is not compiled yet."""
        from nobat.engine.warm import USUAL_SECONDS, is_warm, warm

        if not is_warm():
            say(f"compiling the model (once, about {USUAL_SECONDS} s) ...")
            warm()
        if sys.stderr.isatty():
            self._bar = _bar()
            self._task = self._bar.add_task("", total=None, count=self._title, rate="")
            self._bar.start()
        else:
            say(f"{self._title} ...")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Clear the bar away and say how long it took."""
        if self._bar is not None:
            self._bar.stop()
        if kind is None:
            say(f"{self._title}: {time.monotonic() - self._started:.0f} s")

    def __call__(self, done: int, total: int) -> None:
        """Show how far it is."""
        if self._bar is not None and self._task is not None:
            count = f"{self._title}: {done} of {total} points"
            self._bar.update(self._task, completed=done, total=total, count=count)


def _bar() -> Bar:
    """A bar with a count, a rate and the time left, on standard error."""
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    return Bar(
        TextColumn("{task.fields[count]}"),
        BarColumn(bar_width=30),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(compact=True),
        TextColumn("left"),
        console=Console(stderr=True),
        transient=True,
    )


def _amount(progress: Progress) -> str:
    """`10,000 replications of each of 4 doctrines`."""
    each = progress.total // progress.doctrines
    many = f"each of {progress.doctrines} doctrines" if progress.doctrines > 1 else "one doctrine"
    return f"{each:,} replications of {many}"


def _kept(progress: Progress) -> str:
    """How much was there before, if anything."""
    return f"; {progress.kept:,} were there already" if progress.kept else ""
