"""How a run is getting on, on standard error: a bar on a terminal, elsewhere a line at times."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

from nobat.cli.output import say
from nobat.show.language import _, joined, latin, many, marked, n_, shaped

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

    from nobat.engine.runner import Progress

#: Seconds between two lines where there is no terminal for a bar, before the first of them, and
#: that a rate is taken over at least: the threads' first results come almost at once.
EVERY_S, FIRST_S, RATE_S = 10.0, 5.0, 1.0
#: The most damaged files that are named.
_MOST_NAMED = 5


class Reporter:
    """Takes the reports of a run and shows them; a context, so that the bar is cleared away."""

    def __init__(self) -> None:
        self._bar: Bar | None = None
        self._task: TaskID | None = None
        self._started = self._said = time.monotonic()
        self._announced = False
        self._every = FIRST_S
        self._first: tuple[int, float] | None = None

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

            text = _("compiling the model (once, about {seconds} s) ...")
            say(text.format(seconds=USUAL_SECONDS))
        elif progress.stage == "running":
            self._running(progress)
        elif progress.stage == "stopping":
            self._stop()
            say(_("stopping: finishing what is under way ..."))
        else:
            self._stop()
            self._closing(progress)

    def _running(self, progress: Progress) -> None:
        """The opening line or the bar, then the bar's movement."""
        if not self._announced:
            self._announced = True
            self._started = self._said = time.monotonic()
            if progress.damaged:
                say(_made_again(progress))
            if sys.stderr.isatty():
                self._open_bar(progress)
            else:
                text = _("running {name}: {amount}{kept}")
                gaps = {"amount": _amount(progress), "kept": _kept(progress)}
                say(text.format(name=latin(progress.scenario), **gaps))
        done = progress.done - progress.kept
        elapsed = time.monotonic() - self._started
        if self._bar is None:
            self._now_and_then(progress, done, elapsed)
        elif self._task is not None:
            rate = ""
            if done and elapsed > 0:
                rate = shaped(_("{n} replications/s").format(n=f"{done / elapsed:,.0f}"))
            count = _("{done} of {total}")
            count = count.format(done=f"{progress.done:,}", total=f"{progress.total:,}")
            self._bar.update(self._task, completed=done, count=shaped(count), rate=rate)

    def _now_and_then(self, progress: Progress, done: int, elapsed: float) -> None:
        """A line every few seconds: how much is done, how fast, and how long the rest may take.

        The rate of a sweep is taken from its first point on: that waits for the model to be read.
        """
        left, now = progress.total - progress.done, time.monotonic()
        if not done or not left:
            return
        before, then = self._first = self._first or (done, now)
        if progress.points is None:
            before, then = 0, now - elapsed
        if now - self._said < self._every or now - then < RATE_S:
            return
        self._said, self._every = now, EVERY_S
        rate = (done - before) / (now - then)
        text = _("{done} of {total} replications, {rate} a second, about {time} left")
        say(
            text.format(
                done=f"{progress.done:,}",
                total=f"{progress.total:,}",
                rate=f"{rate:,.0f}",
                time=_lasting(left / rate),
            )
        )

    def _open_bar(self, progress: Progress) -> None:
        """Start the bar; it counts what this run has to do, so that the time left is right."""
        self._bar = _bar()
        self._task = self._bar.add_task("", total=progress.total - progress.kept, count="", rate="")
        self._bar.start()

    def _closing(self, progress: Progress) -> None:
        """How much was run and how fast, or that all of it was there."""
        done = progress.done - progress.kept
        if done == 0:
            if progress.points is None:
                say(_("this run is complete already; nothing was simulated again"))
            else:
                say(_("this sweep is complete already; nothing was simulated again"))
            return
        elapsed = max(time.monotonic() - self._started, 1e-9)
        say(
            many(
                done,
                "{n} replication in {seconds} s ({rate} a second){kept}",
                "{n} replications in {seconds} s ({rate} a second){kept}",
                seconds=f"{elapsed:.1f}",
                rate=f"{done / elapsed:,.0f}",
                kept=_kept(progress),
            )
        )

    def _stop(self) -> None:
        """Clear the bar away, if there is one."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None


class Points:
    """How many of a study's points are done: a bar on a terminal, a line now and then elsewhere.

    Called with (points done, all of them); a context, so that the bar is cleared away.

    counted, going: what a bar and a line say, for what the study counts.
    """

    counted = marked("{title}: {done} of {total} points")
    going = marked("{done} of {total} points, about {time} left")

    def __init__(self, title: str) -> None:
        self._title = title
        self._bar: Bar | None = None
        self._task: TaskID | None = None
        self._started = self._said = time.monotonic()
        self._first: tuple[int, float] | None = None
        self._every = FIRST_S

    def __enter__(self) -> Points:
        """Say what begins; compile first where the model is not compiled yet."""
        from nobat.engine.warm import USUAL_SECONDS, is_warm, warm

        if not is_warm():
            text = _("compiling the model (once, about {seconds} s) ...")
            say(text.format(seconds=USUAL_SECONDS))
            warm()
        if sys.stderr.isatty():
            self._bar = _bar()
            self._task = self._bar.add_task("", total=None, count=shaped(self._title), rate="")
            self._bar.start()
        else:
            say(f"{self._title} ...")
        self._started = self._said = time.monotonic()
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
            seconds = f"{time.monotonic() - self._started:.0f}"
            say(_("{title}: {seconds} s").format(title=self._title, seconds=seconds))

    def __call__(self, done: int, total: int) -> None:
        """Show how far it is."""
        if self._bar is not None and self._task is not None:
            text = _(self.counted)
            count = shaped(text.format(title=self._title, done=f"{done:,}", total=f"{total:,}"))
            self._bar.update(self._task, completed=done, total=total, count=count)
        if 0 < done < total:
            self._now_and_then(done, total)

    def _now_and_then(self, done: int, total: int) -> float | None:
        """Every few seconds how long the rest may take, in seconds; a line where there is no bar.

        The rate is taken from the first report of a point on: what comes before is no work of it.
        """
        now = time.monotonic()
        before, then = self._first = self._first or (done, now)
        if now - self._said < self._every or done == before or now - then < RATE_S:
            return None
        self._said, self._every = now, EVERY_S
        left = (now - then) / (done - before) * (total - done)
        if self._bar is None:
            gaps = {"done": f"{done:,}", "total": f"{total:,}", "time": _lasting(left)}
            say(_(self.going).format(**gaps))
        return left


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
        TextColumn(_("left")),
        console=Console(stderr=True),
        transient=True,
    )


def _amount(progress: Progress) -> str:
    """`10,000 replications of each of 4 doctrines`."""
    each = progress.total // progress.doctrines // (progress.points or 1)
    if progress.doctrines > 1:
        text = _("{replications} of each of {doctrines} doctrines{where}")
    else:
        text = _("{replications} of one doctrine{where}")
    return text.format(
        replications=many(each, "{n} replication", "{n} replications"),
        doctrines=progress.doctrines,
        where=many(progress.points, " at {n} point", " at {n} points") if progress.points else "",
    )


def _kept(progress: Progress) -> str:
    """How much was there before, if anything."""
    if not progress.kept:
        return ""
    return many(progress.kept, "; {n} was there already", "; {n} were there already")


def _made_again(progress: Progress) -> str:
    """Which doctrines had chunks that were no good, and how many; of a sweep, which points."""
    if progress.points is not None:
        return _points_again(progress)
    total = sum(n for _name, n in progress.damaged)
    whose = joined(f"{latin(name)} {n:,}" for name, n in progress.damaged)
    text = n_(
        "{n} chunk of this run was damaged or out of place and is simulated again: {whose}",
        "{n} chunks of this run were damaged or out of place and are simulated again: {whose}",
        total,
    )
    return text.format(n=f"{total:,}", whose=whose)


def _points_again(progress: Progress) -> str:
    """Which points of a sweep lay in files that were no good."""
    spans = [latin(span) for span, _n in progress.damaged[:_MOST_NAMED]]
    files, more = len(progress.damaged), len(progress.damaged) - len(spans)
    if more:
        spans.append(many(more, "{n} more file", "{n} more files"))
    text = n_(
        "{n} file of this sweep was damaged or out of place: its points are simulated again "
        "({points})",
        "{n} files of this sweep were damaged or out of place: their points are simulated again "
        "({points})",
        files,
    )
    return text.format(n=f"{files:,}", points=joined(spans))


def _lasting(seconds: float) -> str:
    """`40 s`, `3 min 20 s`, `2 h 5 min`."""
    whole = max(1, round(seconds))
    if whole < 60:
        return _("{seconds} s").format(seconds=whole)
    if whole < 3600:
        return _("{minutes} min {seconds} s").format(minutes=whole // 60, seconds=whole % 60)
    return _("{hours} h {minutes} min").format(hours=whole // 3600, minutes=whole % 3600 // 60)
