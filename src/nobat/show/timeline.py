"""Who does what when, drawn with characters: a row for each crew, days along the axis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from rich.cells import cell_len
from rich.text import Text

from nobat.show.language import _, latin, many, marked, named, right_to_left
from nobat.show.layout import Grid, drawn, spoken
from nobat.show.numbers import number
from nobat.study.duties import DUTIES

if TYPE_CHECKING:
    from rich.console import RenderableType

    from nobat.study.rotation import Rotation

MOST_ROWS = 24
#: What crews are called where nobody named them.
CREW = marked("crew")
_LABEL = 16
_LEAST_CELLS = 20


@dataclass(frozen=True)
class Look:
    """How a duty is drawn: its mark, the mark where there is nothing but ASCII, its colour."""

    mark: str
    plain: str
    style: str


LOOKS = {
    "operating": Look("█", "#", "dodger_blue2"),
    "overlap": Look("▓", "+", "medium_purple2"),
    "reserve": Look("░", "o", "green3"),
    "rest": Look("·", ".", "grey62"),
    "recovery": Look("-", "-", "dark_orange3"),
}
_SPARKS, _PLAIN_SPARKS = " ▁▂▃▄▅▆▇█", " .:-=+*%#"
_LACK = "bold red"


@dataclass(frozen=True)
class Span:
    """The days that are drawn, first to last, and the cells that they fall into."""

    first: int
    edges: NDArray[np.int64]

    @property
    def cells(self) -> int:
        """How many cells there are."""
        return self.edges.size - 1

    def most(self, values: NDArray[np.int64]) -> list[int]:
        """The largest value of each cell; values: one for each day from 1 on."""
        return [int(values[a - 1 : b - 1].max()) for a, b in self._pairs()]

    def mean(self, values: NDArray[np.float64]) -> list[float]:
        """The mean of each cell."""
        return [float(values[a - 1 : b - 1].mean()) for a, b in self._pairs()]

    def _pairs(self) -> Sequence[tuple[int, int]]:
        return list(zip(self.edges[:-1].tolist(), self.edges[1:].tolist(), strict=True))


def drawn_days(answer: Rotation) -> tuple[int, int]:
    """The days worth drawing, (first, last): a season whole, else some cycles about the surge."""
    question, bill = answer.question, answer.surge
    cycle = max(times.cycle_d for kind in question.kinds for times in kind.times)
    horizon = question.horizon_d
    if answer.scenario is not None or horizon <= 3 * cycle:
        return 1, horizon
    if bill is None:
        first = min(question.from_d, horizon - cycle)
        return first, min(horizon, first + 2 * cycle)
    after = bill.over_d + (bill.gap_starts_after_d or 0) + bill.hole_days
    first = max(1, bill.starts_d - cycle // 3)
    return first, min(horizon, max(after, bill.over_d + cycle) + cycle // 3)


def span(first: int, last: int, width: int) -> Span:
    """The days in at most so many cells of equal length (the last may be shorter)."""
    days = last - first + 1
    each = -(-days // max(width, _LEAST_CELLS))
    edges = np.append(np.arange(first, last + 1, each), last + 1)
    return Span(first, edges.astype(np.int64))


def timeline(
    answer: Rotation, width: int, ascii_only: bool, words: dict[str, str]
) -> list[RenderableType]:
    """The chart as lines: crews, posts that lack one, rest owed, synchrony, days, legend."""
    first, last = drawn_days(answer)
    view = span(first, last, width - _LABEL)
    lines: list[RenderableType] = []
    if answer.question.replication is not None:
        draw, draws = answer.question.replication + 1, len(answer.covers)
        text = _("draw {draw} of {draws}")
        text = text.format(draw=number(draw, 0), draws=number(draws, 0))
        lines.append(Text(text, style="dim"))
    rows = [*_crews(answer, view, ascii_only), *_below(answer, view, ascii_only)]
    lines += [*_laid(rows, view), Text(), *_legend(view, width, ascii_only, words)]
    if answer.question.units > MOST_ROWS:
        note = _("in a row of several crews a mark shows what most of them do")
        lines.append(Text(note, style="dim"))
    return lines


def _laid(rows: list[tuple[str, Text]], view: Span) -> list[RenderableType]:
    """The rows, each with its name where reading begins; days run to the right in any language."""
    if not right_to_left():
        return [_row(label, marks) for label, marks in rows]
    grid = Grid.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(no_wrap=True)
    for label, marks in rows:
        whole = spoken(marks)
        assert isinstance(whole, Text)
        if any(map(str.isalpha, whole.plain)):
            grid.add_row(label, whole)
            continue
        whole.truncate(view.cells, pad=True)
        grid.add_row(label, drawn(whole))
    return [grid]


def _below(answer: Rotation, view: Span, ascii_only: bool) -> Iterator[tuple[str, Text]]:
    """What stands below the crews: posts that lack one, rest owed, synchrony, days."""
    days = answer.days()
    sparks = _PLAIN_SPARKS if ascii_only else _SPARKS
    lacking = view.most((days["posts"] - days["posts_held"]).to_numpy())
    if any(lacking):
        marks = Text("".join(_digit(count) for count in lacking), style=_LACK)
        yield _("posts empty"), marks
    surge = view.most(days["surge_posts"].to_numpy())
    if any(surge):
        marks = Text("".join("^" if count else " " for count in surge), style="bold")
        yield _("surge"), marks
    owed = view.most(days["rest_owed"].to_numpy())
    if any(owed):
        yield _("rest owed"), _sparkline([x / max(owed) for x in owed], sparks)
    phase = view.mean(days["synchrony"].to_numpy())
    spread = Text(_("none: the cycles are spread evenly"), style="dim")
    seen = max(phase, default=0.0) > _SEEN
    yield _("synchrony"), _sparkline(phase, sparks) if seen else spread
    yield _("day"), _axis(view)


def _digit(count: int) -> str:
    """A number of posts in one character."""
    return " " if count == 0 else str(count) if count < 10 else "+"


def _row(label: str, marks: Text) -> Text:
    return Text.assemble((label[: _LABEL - 1].ljust(_LABEL), marks.style), marks)


#: Shares up to here are shown as nothing.
_SEEN = 0.005


def _sparkline(shares: Sequence[float], sparks: str) -> Text:
    """Shares of 1 as heights; anything above nothing is seen."""
    top = len(sparks) - 1
    heights = [min(top, max(1 if x > _SEEN else 0, round(x * top))) for x in shares]
    return Text("".join(sparks[height] for height in heights), style="dim")


def _crews(answer: Rotation, view: Span, ascii_only: bool) -> list[tuple[str, Text]]:
    """A row for each crew, or for each group of neighbours where there are many."""
    rows = []
    unit = 0
    units = answer.question.units
    each = -(-units // MOST_ROWS)
    for kind in answer.question.kinds:
        for start in range(0, kind.count, each):
            end = min(start + each, kind.count)
            numbers = f"{start + 1}" + (f"-{end}" if end > start + 1 else "")
            name = f"{named(kind.name)} {numbers}"
            if cell_len(name) >= _LABEL:
                name = f"{latin(kind.name[: _LABEL - 3 - len(numbers)])}. {numbers}"
            rows.append((name, _marks(answer, unit + start, unit + end, view, ascii_only)))
        unit += kind.count
    return rows


def _marks(answer: Rotation, first: int, end: int, view: Span, ascii_only: bool) -> Text:
    """The duty that takes up most of each cell, for the units [first, end) together."""
    spells = answer.spells
    low, high = np.searchsorted(spells[:, 0], [first, end])
    days = np.zeros((view.cells, len(DUTIES)), np.int64)
    edges = view.edges
    for _unit, duty, begins, over, *_rest in spells[low:high].tolist():
        if over > edges[0] and begins < edges[-1]:
            inside = np.minimum(over, edges[1:]) - np.maximum(begins, edges[:-1])
            days[:, duty] += np.maximum(inside, 0)
    text = Text()
    for duty in days.argmax(axis=1).tolist():
        look = LOOKS[DUTIES[duty]]
        text.append(look.plain if ascii_only else look.mark, style=look.style)
    return text


def _axis(view: Span) -> Text:
    """The days below the cells, as far apart as their numbers need."""
    line = [" "] * (view.cells + 8)
    free = 0
    for cell in range(0, view.cells, 5):
        label = number(int(view.edges[cell]), 0)
        if cell >= free and cell + len(label) <= view.cells:
            line[cell : cell + len(label)] = label
            free = cell + len(label) + 3
    return Text("".join(line).rstrip(), style="dim")


def _legend(view: Span, width: int, ascii_only: bool, words: dict[str, str]) -> list[Text]:
    """What the marks mean, and how many days a mark stands for; in two lines where it must."""
    text = Text()
    for name in DUTIES:
        look = LOOKS[name]
        text.append(look.plain if ascii_only else look.mark, style=look.style)
        text.append(f" {words.get(name, name)}   ")
    days = int(view.edges[1] - view.edges[0])
    note = Text(many(days, "a mark: {n} day", "a mark: {n} days"), style="dim")
    return [text.append_text(note)] if len(text) + len(note) <= width else [text, note]
