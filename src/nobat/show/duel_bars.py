"""How many of each side are left at the end of a duel, as bars."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from rich.text import Text

from nobat.show.language import _, right_to_left
from nobat.show.layout import Grid
from nobat.show.numbers import number, percent

if TYPE_CHECKING:
    from rich.console import RenderableType

    from nobat.theory.duel_exact import Left, Solution
    from nobat.theory.lanchester import Duel

#: How many rows about, and how long a bar at most, in columns; beside it a percentage.
_ROWS, _LONGEST, _BESIDE = 18, 48, 10
#: What lies beyond this share of the endings goes into the last row of its side.
_TAIL = 0.0005
_ATTACKER, _DEFENDER = "dodger_blue2", "dark_orange3"
_MARK, _PLAIN = "█", "#"


class Bar(NamedTuple):
    """A row of the chart: who and how many are left, with what probability, whose colour."""

    label: str
    p: float
    style: str


def bars(found: Solution, duel: Duel) -> list[Bar]:
    """Who is left with what probability: most attackers first, most defenders last."""
    sides = (
        (found.attackers, int(duel.attackers_break)),
        (found.defenders, int(duel.defenders_break)),
    )
    tops = [_top(left, beaten) for left, beaten in sides]
    each = _nice(math.ceil(sum(tops) / _ROWS))
    ours, theirs = (_bins(*side, top, each) for side, top in zip(sides, tops, strict=True))
    return [
        *(
            Bar(_("attackers {number}").format(number=label), p, _ATTACKER)
            for label, p in reversed(ours)
        ),
        *(Bar(_("defenders {number}").format(number=label), p, _DEFENDER) for label, p in theirs),
    ]


def chart(rows: Sequence[Bar], width: int, ascii_only: bool) -> Iterator[RenderableType]:
    """The bars as lines under a heading, each as long as it is likely."""
    yield Text(_("how many are left at the end, and how likely that is"), style="dim")
    label = max(len(bar.label) for bar in rows)
    room = max(1, min(_LONGEST, width - label - _BESIDE))
    most = max(bar.p for bar in rows)
    mark = _PLAIN if ascii_only else _MARK
    if right_to_left():
        grid = Grid.grid(padding=(0, 1, 0, 0))
        for bar in rows:
            drawn = Text(mark * round(room * bar.p / most), bar.style)
            grid.add_row(bar.label, percent(bar.p), drawn)
        yield grid
        return
    for bar in rows:
        text = Text(f"{bar.label:<{label}} {percent(bar.p):>7} ")
        text.append(mark * round(room * bar.p / most), style=bar.style)
        yield text


def _top(left: Left, beaten: float) -> int:
    """How many more than the breakpoint are ever left, but for a small share of the endings."""
    tail = np.cumsum(left.p[::-1])[::-1]
    likely = np.flatnonzero(tail > _TAIL)
    return max(0, int(likely[-1]) - int(beaten)) if likely.size else 0


def _nice(least: int) -> int:
    """The next number of 1, 2, 5, 10, 20, 50, ..."""
    size = 1
    while True:
        for step in (1, 2, 5):
            if step * size >= least:
                return step * size
        size *= 10


def _bins(left: Left, beaten: int, top: int, each: int) -> list[tuple[str, float]]:
    """Numbers left above the breakpoint in groups, the last of them open if there are more."""
    found = []
    first, most = beaten + 1, left.p.size - 1
    while first <= beaten + top:
        last = min((first - 1) // each * each + each, most)
        label = number(first, 0) if first == last else f"{number(first, 0)}-{number(last, 0)}"
        if last >= beaten + top and left.p[last + 1 :].any():
            last, label = most, _("{number} or more").format(number=number(first, 0))
        found.append((label, float(left.p[first : last + 1].sum())))
        first = last + 1
    return found
