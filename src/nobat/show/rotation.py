"""The answer to a rotation as text: cover, crews required, the surge's bill, who does what when."""

from __future__ import annotations

import html
import io
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from nobat.show.bill import bill, count_of
from nobat.show.numbers import mean_text, number, percent
from nobat.show.tables import WIDTH
from nobat.show.words import flow
from nobat.study.duties import DUTIES

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.table import Table as RichTable
    from rich.text import Text

    from nobat.study.required import Required
    from nobat.study.rotation import Rotation

_MOST_BILLS = 8
_LABEL = 10
#: Below so many columns the ledger is a list.
_NARROW = 72
_TOGETHER = ("called_d", "missed_d", "repaid_d", "due_d", "due_rest_d", "settled_d")


class Table:
    """A rotation's answer: `str()` is plain text of 100 columns; rich fits it to the terminal."""

    def __init__(self, answer: Rotation) -> None:
        self._answer = answer

    @property
    def words(self) -> dict[str, str]:
        """What the duties are called."""
        scenario = self._answer.scenario
        if scenario is None:
            return {name: name for name in DUTIES}
        return {name: str(getattr(scenario.words, name)) for name in DUTIES}

    def heading(self) -> str:
        """What was asked, in a line."""
        question = self._answer.question
        if self._answer.scenario is not None:
            return self._answer.scenario.title
        times, posts = question.kinds[0].times[0], question.posts[0].levels[0][2]
        parts = [f"{count_of(question.units, 'crew')}, {count_of(posts, 'post')}"]
        off = f"{count_of(times.tour_d, 'day')} on, {number(times.rest_d, 0)} off"
        parts.append(off)
        for name, days in (
            ("recovery", times.recovery_d), ("overlap", times.overlap_d), ("gap", times.gap_d),
            ("ready for", times.readiness_window_d),
        ):  # fmt: skip
            if days:
                parts.append(f"{name} {number(days, 0)}")
        return "; ".join([parts[0], ", ".join(parts[1:])])

    def facts(self) -> list[tuple[str, str]]:
        """The answer in a few lines, each with its heading."""
        answer, question = self._answer, self._answer.question
        days = f"days {number(question.from_d, 0)} to {number(question.horizon_d - 1, 0)}"
        facts = [("cover", f"{self._cover()} of the post-days of {days}; {self._exact_cover()}")]
        facts += [("required", self._required(one)) for one in answer.required]
        riding = answer.required_with_surge
        if riding is not None:
            facts.append(("required", self._riding(riding)))
        counts = [
            f"{self.words[name]} {number(count, 0)}" for name, count in answer.unit_days.items()
        ]
        facts.append(("unit-days", ", ".join(counts)))
        if answer.surge is not None:
            facts += [("surge", text) for text in bill(answer.surge, question, answer.rest_owed)]
        if answer.rest_owed:
            owed = f"{count_of(answer.rest_owed, 'unit-day')} of rest on the last day"
            facts.append(("still owed", owed))
        return facts

    def _cover(self) -> str:
        spread = self._answer.cover_interval
        if spread.n == 1:
            return percent(self._answer.cover, 2)
        low, high = min(self._answer.covers), max(self._answer.covers)
        text = mean_text(spread, 4)
        return f"{text} (mean of {spread.n} draws, from {low:.4f} to {high:.4f})"

    def _exact_cover(self) -> str:
        exact, question = self._answer.closed_form_cover, self._answer.question
        if exact is None:
            return "no closed form: it is for one kind of crew and one lasting number of posts"
        surge = "without the surge " if self._answer.surge else ""
        text = (
            f"{surge}the closed form says {percent(exact, 2)}, for whole cycles of constant posts"
        )
        ready = question.kinds[0].times[0].readiness_window_d is not None
        return text + (" and crews that stay ready" if ready else "")

    def _required(self, one: Required) -> str:
        allowed = one.allowed_miss
        miss = f"to miss at most {percent(allowed, 2)}" if allowed else "to miss nothing"
        miss += self._beyond()
        several = len(self._answer.required) > 1
        crews = f"{one.kind}: " if several else ""
        others = ", the other crews as they are," if several else ""
        if one.units is None:
            return f"{crews}no number up to {number(one.most, 0)} is enough{others} {miss}"
        tried = (
            f"tried one by one, every number up to {number(one.most, 0)} does as well"
            if one.method == "scan"
            else "found by halving, so that a larger number may miss again"
        )
        verb = "is" if one.units == 1 else "are"
        text = f"{crews}{count_of(one.units, 'crew')}{others} {verb} enough {miss} ({tried})"
        if one.closed_form is not None:
            text += f"; the closed form says {number(one.closed_form, 0)} or more"
            ready = self._answer.question.kinds[0].times[0].readiness_window_d is not None
            text += ", for crews that stay ready" if ready else ""
        elif several:
            there = {kind.name: kind.count for kind in self._answer.question.kinds}
            text += f"; there are {number(there[one.kind], 0)}"
        return text

    def _beyond(self) -> str:
        """What the crews required do not see to."""
        kinds = self._answer.question.kinds
        gap = any(times.gap_d for kind in kinds for times in kind.times)
        left = ["the surge"] if self._answer.surge else []
        left += ["the gaps, which no number of crews closes"] if gap else []
        return f" beyond {' and '.join(left)}" if left else ""

    def _riding(self, one: Required) -> str:
        """How many crews ride out the surge too."""
        allowed = one.allowed_miss
        after = "without an empty post afterwards"
        if allowed:
            after = f"and miss at most {percent(allowed, 2)} of the post-days afterwards"
        after += ", the gaps aside" if self._answer.question.kinds[0].times[0].gap_d else ""
        after += f", up to day {number(self._answer.question.horizon_d, 0)}"
        if one.units is None:
            return f"no number up to {number(one.most, 0)} rides out the surge {after}"
        rides = "rides" if one.units == 1 else "ride"
        return f"{count_of(one.units, 'crew')} also {rides} out the surge {after}"

    def posts(self) -> RichTable | None:
        """The demands with their cover, where there is more than one."""
        rows = self._answer.posts()
        if self._answer.scenario is None:
            return None
        grid = _grid("post-days", "asked", "held", "cover")
        for row in rows.iter_rows(named=True):
            title = self._answer.scenario.posts[row["post"]].title
            cover = "-" if row["cover"] is None else percent(row["cover"])
            grid.add_row(title, number(row["asked"], 0), number(row["held"], 0), cover)
        return grid

    def bills(self, width: int = WIDTH) -> RichTable | Text | None:
        """The ledger, crews with the same bill in one row; None where nothing was owed.

        A list where `width` has no room for a table.
        """
        from rich.text import Text

        rows = list(self._answer.ledger().iter_rows(named=True))
        if not rows:
            return None
        groups = list(_groups(rows))
        if width < _NARROW:
            return Text("\n".join(_list(groups, width)))
        grid = _grid(
            "who owes rest", "called", "days owed", "repaid", "more rest", "due", "settled"
        )
        for crew, row in groups[:_MOST_BILLS]:
            cells = [row[name] for name in ("called_d", "missed_d", "repaid_d", "due_rest_d")]
            ends = [_day(row["due_d"], bool(row["due_rest_d"])), _day(row["settled_d"], True)]
            called, missed, repaid, more = (number(cell, 0) for cell in cells)
            grid.add_row(crew, f"day {called}", missed, repaid, more, *ends)
        if len(groups) > _MOST_BILLS:
            left = len(groups) - _MOST_BILLS
            grid.add_row(f"and {left} more (--json)", *[""] * 6, style="dim")
        return grid

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """What rich prints: the facts, the posts, the chart, the ledger."""
        from rich.table import Table as RichTable
        from rich.text import Text

        from nobat.show.timeline import timeline

        yield Text(self.heading(), style="bold")
        if self._answer.scenario is not None:
            yield Text(self._answer.scenario.name, style="dim")
        yield Text()
        grid = RichTable.grid(padding=(0, 2, 0, 0))
        before = ""
        for name, fact in self.facts():
            label = Text("" if name == before else name, style="dim")
            grid.add_row(label, Text(flow(fact, options.max_width - _LABEL - 2)))
            before = name
        yield grid
        posts, bills = self.posts(), self.bills(options.max_width)
        if posts is not None:
            yield Text()
            yield posts
        yield Text()
        yield from timeline(self._answer, options.max_width, options.ascii_only, self.words)
        if bills is not None:
            yield Text()
            yield bills

    def __str__(self) -> str:
        """Plain text, 100 columns wide."""
        from rich.console import Console

        page = io.StringIO()
        console = Console(file=page, width=WIDTH, color_system=None, force_terminal=False)
        console.print(self)
        return "\n".join(line.rstrip() for line in page.getvalue().splitlines())

    __repr__ = __str__

    def _repr_html_(self) -> str:
        """The text as it stands, in letters of one width."""
        return f'<pre style="line-height:1.15">{html.escape(str(self))}</pre>'


def _list(groups: list[tuple[str, dict[str, Any]]], width: int) -> Iterator[str]:
    """The ledger as a list, for a narrow page."""
    yield "who owes rest"
    for crew, row in groups[:_MOST_BILLS]:
        called, missed, repaid, more = (
            number(row[name], 0) for name in ("called_d", "missed_d", "repaid_d", "due_rest_d")
        )
        due, settled = _day(row["due_d"], bool(row["due_rest_d"])), _day(row["settled_d"], True)
        text = (
            f"{crew}: called day {called}, days owed {missed}, repaid {repaid}, more rest {more}, "
            f"due {due}, settled {settled}"
        )
        yield "  " + flow(text, width - 4).replace("\n", "\n    ")
    if len(groups) > _MOST_BILLS:
        yield f"  and {len(groups) - _MOST_BILLS} more (--json)"


def _day(day: int | None, wanted: bool) -> str:
    """A day, or that there is none yet."""
    if day is None:
        return "not yet" if wanted else "-"
    return f"day {number(day, 0)}"


def _groups(rows: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Crews with the same bill, as (their names, the bill)."""

    def same_bill(row: dict[str, Any]) -> tuple[Any, ...]:
        return (row["crew"].rpartition(" ")[0], *(row[name] for name in _TOGETHER))

    for _, same in groupby(rows, same_bill):
        group = list(same)
        kind = group[0]["crew"].rpartition(" ")[0]
        numbers = [int(row["crew"].rpartition(" ")[2]) for row in group]
        yield f"{kind} {_runs(numbers)}", group[0]


def _runs(numbers: Iterable[int]) -> str:
    """Numbers as a list with true ranges: `1-2, 26, 28`."""
    runs: list[list[int]] = []
    for one in sorted(numbers):
        if runs and one == runs[-1][1] + 1:
            runs[-1][1] = one
        else:
            runs.append([one, one])
    return ", ".join(str(low) if low == high else f"{low}-{high}" for low, high in runs)


def _grid(first: str, *headings: str) -> RichTable:
    """A small table: words on the left, numbers on the right."""
    from rich.table import Table as RichTable

    grid = RichTable(box=None, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0))
    grid.add_column(first, header_style="dim", overflow="fold")
    for heading in headings:
        grid.add_column(heading, header_style="dim", justify="right", no_wrap=True)
    return grid
