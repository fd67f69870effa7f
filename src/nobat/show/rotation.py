"""The answer to a rotation as text: cover, crews required, the surge's bill, who does what when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len

from nobat.show.bill import bill
from nobat.show.language import _, joined, latin, listed, many, marked, named, parts
from nobat.show.layout import WIDTH, Grid, Printed
from nobat.show.numbers import mean_text, number, percent
from nobat.show.words import flow
from nobat.study.duties import DUTIES

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.text import Text

    from nobat.study.required import Required
    from nobat.study.rotation import Rotation

_MOST_BILLS = 8
_LABEL = 10
#: Below so many columns the ledger is a list.
_NARROW = 72
#: What the duties are called where a scenario does not say otherwise.
_DUTIES = {
    "operating": marked("operating"),
    "overlap": marked("overlap"),
    "reserve": marked("reserve"),
    "rest": marked("rest"),
    "recovery": marked("recovery"),
}
_TOGETHER = ("called_d", "missed_d", "repaid_d", "due_d", "due_rest_d", "settled_d")


class Table(Printed):
    """A rotation's answer: `str()` is plain text of 100 columns; rich fits it to the terminal."""

    def __init__(self, answer: Rotation) -> None:
        self._answer = answer

    @property
    def words(self) -> dict[str, str]:
        """What the duties are called."""
        scenario = self._answer.scenario
        if scenario is None:
            return {name: _(_DUTIES[name]) for name in DUTIES}
        return {name: _(str(getattr(scenario.words, name))) for name in DUTIES}

    def heading(self) -> str:
        """What was asked, in a line."""
        question = self._answer.question
        if self._answer.scenario is not None:
            return named(self._answer.scenario.title)
        times, posts = question.kinds[0].times[0], question.posts[0].levels[0][2]
        who = [
            many(question.units, "{n} crew", "{n} crews"), many(posts, "{n} post", "{n} posts"),
        ]  # fmt: skip
        turns = many(times.tour_d, "{n} day on, {off} off", "{n} days on, {off} off",
                     off=number(times.rest_d, 0))  # fmt: skip
        others = (
            (_("recovery {n}"), times.recovery_d), (_("overlap {n}"), times.overlap_d),
            (_("gap {n}"), times.gap_d), (_("ready for {n}"), times.readiness_window_d),
        )  # fmt: skip
        more = [text.format(n=number(days, 0)) for text, days in others if days]
        return parts([joined(who), joined([turns, *more])])

    def facts(self) -> list[tuple[str, str]]:
        """The answer in a few lines, each with its heading."""
        answer, question = self._answer, self._answer.question
        cover = _("{cover} of the post-days of days {first} to {last}; {exact}").format(
            cover=self._cover(),
            first=number(question.from_d, 0),
            last=number(question.horizon_d - 1, 0),
            exact=self._exact_cover(),
        )
        facts = [(_("cover"), cover)]
        facts += [(_("required"), self._required(one)) for one in answer.required]
        riding = answer.required_with_surge
        if riding is not None:
            facts.append((_("required"), self._riding(riding)))
        counts = [
            f"{self.words[name]} {number(count, 0)}" for name, count in answer.unit_days.items()
        ]
        facts.append((_("unit-days"), joined(counts)))
        if answer.surge is not None:
            facts += [(_("surge"), text) for text in bill(answer.surge, question, answer.rest_owed)]
        if answer.rest_owed:
            owed = many(
                answer.rest_owed,
                "{n} unit-day of rest on the last day",
                "{n} unit-days of rest on the last day",
            )
            facts.append((_("still owed"), owed))
        return facts

    def _cover(self) -> str:
        spread = self._answer.cover_interval
        if spread.n == 1:
            return percent(self._answer.cover, 2)
        low, high = min(self._answer.covers), max(self._answer.covers)
        text = _("{cover} (mean of {n} draws, from {low} to {high})")
        return text.format(
            cover=mean_text(spread, 4), n=spread.n, low=f"{low:.4f}", high=f"{high:.4f}"
        )

    def _exact_cover(self) -> str:
        exact, question = self._answer.closed_form_cover, self._answer.question
        if exact is None:
            return _("no closed form: it is for one kind of crew and one lasting number of posts")
        ready = question.kinds[0].times[0].readiness_window_d is not None
        if self._answer.surge:
            text = _(
                "without the surge the closed form says {cover}, for whole cycles of constant posts"
            )
            if ready:
                text = _(
                    "without the surge the closed form says {cover}, for whole cycles of constant "
                    "posts and crews that stay ready"
                )
        else:
            text = _("the closed form says {cover}, for whole cycles of constant posts")
            if ready:
                text = _(
                    "the closed form says {cover}, for whole cycles of constant posts and crews "
                    "that stay ready"
                )
        return text.format(cover=percent(exact, 2))

    def _required(self, one: Required) -> str:
        several = len(self._answer.required) > 1
        known = {
            "kind": named(one.kind),
            "most": number(one.most, 0),
            "miss": self._miss(one.allowed_miss),
            "tried": self._tried(one),
        }
        if one.units is None:
            text = _("no number up to {most} is enough {miss}")
            if several:
                text = _(
                    "{kind}: no number up to {most} is enough, the other crews as they are, {miss}"
                )
            return text.format(**known)
        if several:
            text = many(
                one.units,
                "{kind}: {n} crew, the other crews as they are, is enough {miss} ({tried})",
                "{kind}: {n} crews, the other crews as they are, are enough {miss} ({tried})",
                **known,
            )
        else:
            text = many(
                one.units,
                "{n} crew is enough {miss} ({tried})",
                "{n} crews are enough {miss} ({tried})",
                **known,
            )
        return parts(filter(None, (text, self._beside(one, several))))

    def _tried(self, one: Required) -> str:
        """How the number was found."""
        if one.method == "scan":
            text = _("tried one by one, every number up to {most} does as well")
            return text.format(most=number(one.most, 0))
        return _("found by halving, so that a larger number may miss again")

    def _beside(self, one: Required, several: bool) -> str:
        """What stands beside the number required: the closed form, or how many there are."""
        if one.closed_form is not None:
            ready = self._answer.question.kinds[0].times[0].readiness_window_d is not None
            text = _("the closed form says {n} or more")
            if ready:
                text = _("the closed form says {n} or more, for crews that stay ready")
            return text.format(n=number(one.closed_form, 0))
        if not several:
            return ""
        there = {kind.name: kind.count for kind in self._answer.question.kinds}
        return _("there are {n}").format(n=number(there[one.kind], 0))

    def _miss(self, allowed: float) -> str:
        """What may be missed, and what the crews required do not see to."""
        kinds = self._answer.question.kinds
        gap = any(times.gap_d for kind in kinds for times in kind.times)
        left = [_("the surge")] if self._answer.surge else []
        left += [_("the gaps, which no number of crews closes")] if gap else []
        if left:
            text = _("to miss nothing beyond {left}")
            if allowed:
                text = _("to miss at most {share} beyond {left}")
        else:
            text = _("to miss at most {share}") if allowed else _("to miss nothing")
        return text.format(share=percent(allowed, 2), left=listed(left))

    def _riding(self, one: Required) -> str:
        """How many crews ride out the surge too."""
        gaps = bool(self._answer.question.kinds[0].times[0].gap_d)
        if one.allowed_miss:
            after = _("and miss at most {share} of the post-days afterwards, up to day {day}")
            if gaps:
                after = _(
                    "and miss at most {share} of the post-days afterwards, the gaps aside, up to "
                    "day {day}"
                )
        else:
            after = _("without an empty post afterwards, up to day {day}")
            if gaps:
                after = _("without an empty post afterwards, the gaps aside, up to day {day}")
        after = after.format(
            share=percent(one.allowed_miss, 2), day=number(self._answer.question.horizon_d, 0)
        )
        if one.units is None:
            text = _("no number up to {most} rides out the surge {after}")
            return text.format(most=number(one.most, 0), after=after)
        return many(
            one.units,
            "{n} crew also rides out the surge {after}",
            "{n} crews also ride out the surge {after}",
            after=after,
        )

    def posts(self) -> Grid | None:
        """The demands with their cover, where there is more than one."""
        rows = self._answer.posts()
        if self._answer.scenario is None:
            return None
        grid = _grid(_("post-days"), _("asked"), _("held"), _("cover"))
        for row in rows.iter_rows(named=True):
            title = self._answer.scenario.posts[row["post"]].title
            cover = "-" if row["cover"] is None else percent(row["cover"])
            grid.add_row(named(title), number(row["asked"], 0), number(row["held"], 0), cover)
        return grid

    def bills(self, width: int = WIDTH) -> Grid | Text | None:
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
            _("who owes rest"), _("called"), _("days owed"), _("repaid"), _("more rest"),
            _("due"), _("settled"),
        )  # fmt: skip
        for crew, row in groups[:_MOST_BILLS]:
            cells = [row[name] for name in ("called_d", "missed_d", "repaid_d", "due_rest_d")]
            ends = [_day(row["due_d"], bool(row["due_rest_d"])), _day(row["settled_d"], True)]
            called, missed, repaid, more = (number(cell, 0) for cell in cells)
            grid.add_row(crew, _("day {day}").format(day=called), missed, repaid, more, *ends)
        if len(groups) > _MOST_BILLS:
            left = _("and {n} more (--json)").format(n=len(groups) - _MOST_BILLS)
            grid.add_row(left, *[""] * 6, style="dim")
        return grid

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """What rich prints: the facts, the posts, the chart, the ledger."""
        from rich.text import Text

        from nobat.show.timeline import timeline

        yield Text(self.heading(), style="bold")
        if self._answer.scenario is not None:
            yield Text(latin(self._answer.scenario.name), style="dim")
        yield Text()
        grid = Grid.grid(padding=(0, 2, 0, 0))
        facts, before = self.facts(), ""
        label_width = max(_LABEL, *(cell_len(name) for name, _fact in facts))
        for name, fact in facts:
            label = Text("" if name == before else name, style="dim")
            grid.add_row(label, Text(flow(fact, options.max_width - label_width - 2)))
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


def _list(groups: list[tuple[str, dict[str, Any]]], width: int) -> Iterator[str]:
    """The ledger as a list, for a narrow page."""
    yield _("who owes rest")
    each = _(
        "{crew}: called day {called}, days owed {missed}, repaid {repaid}, more rest {more}, due "
        "{due}, settled {settled}"
    )
    for crew, row in groups[:_MOST_BILLS]:
        called, missed, repaid, more = (
            number(row[name], 0) for name in ("called_d", "missed_d", "repaid_d", "due_rest_d")
        )
        due, settled = _day(row["due_d"], bool(row["due_rest_d"])), _day(row["settled_d"], True)
        text = each.format(
            crew=crew, called=called, missed=missed, repaid=repaid, more=more, due=due,
            settled=settled,
        )  # fmt: skip
        yield "  " + flow(text, width - 4).replace("\n", "\n    ")
    if len(groups) > _MOST_BILLS:
        yield "  " + _("and {n} more (--json)").format(n=len(groups) - _MOST_BILLS)


def _day(day: int | None, wanted: bool) -> str:
    """A day, or that there is none yet."""
    if day is None:
        return _("not yet") if wanted else "-"
    return _("day {day}").format(day=number(day, 0))


def _groups(rows: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Crews with the same bill, as (their names, the bill)."""

    def same_bill(row: dict[str, Any]) -> tuple[Any, ...]:
        return (row["crew"].rpartition(" ")[0], *(row[name] for name in _TOGETHER))

    for _bill, same in groupby(rows, same_bill):
        group = list(same)
        kind = group[0]["crew"].rpartition(" ")[0]
        numbers = [int(row["crew"].rpartition(" ")[2]) for row in group]
        yield f"{named(kind)} {_runs(numbers)}", group[0]


def _runs(numbers: Iterable[int]) -> str:
    """Numbers as a list with true ranges: `1-2, 26, 28`."""
    runs: list[list[int]] = []
    for one in sorted(numbers):
        if runs and one == runs[-1][1] + 1:
            runs[-1][1] = one
        else:
            runs.append([one, one])
    return joined(str(low) if low == high else f"{low}-{high}" for low, high in runs)


def _grid(first: str, *headings: str) -> Grid:
    """A small table: words on the left, numbers on the right."""
    grid = Grid(box=None, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0))
    grid.add_column(first, header_style="dim", overflow="fold")
    for heading in headings:
        grid.add_column(heading, header_style="dim", justify="right", no_wrap=True)
    return grid
