"""A replication as text: how it ended, then what happened day by day."""

from __future__ import annotations

import html
import io
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from nobat.show.happened import counted, groups, left, listed, log, suicide, told
from nobat.show.numbers import number
from nobat.show.tables import WIDTH
from nobat.show.words import days, flow
from nobat.study.happened import ORDERS, Event

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.text import Text

    from nobat.show.happened import Group
    from nobat.study.replayed import Replay

#: What happens again and again: counted for each day, unless everything is told.
ROUTINE = frozenset({"suicide", "repulsed", "reinforced", "left", "spent", "back"})
#: What comes and goes, told once a day where it does so more often than this.
_FLICKER = {
    **dict.fromkeys(ORDERS, "orders change"),
    **dict.fromkeys(("dry", "supplied"), "the attacker's supply runs short or comes back"),
    **dict.fromkeys(
        ("defender_dry", "defender_supplied"), "the defender's supply runs short or comes back"
    ),
}
_OFTEN = 3
#: More units than this are counted and not named.
_FEW = 4
_LABEL, _TIME = 12, 9
#: What stands between the parts of a heading, and a blank at which no line breaks.
_GAP, _TIE = "  ", "\u00a0"


class Day(NamedTuple):
    """A day, or several without anything out of the routine.

    first, last: their numbers. heading: who is there as they end. lines: (clock time, text), the
    time empty for what is counted.
    """

    first: int
    last: int
    heading: str
    lines: tuple[tuple[str, str], ...]

    @property
    def label(self) -> str:
        """`day 3`, `days 4-7`."""
        if self.first == self.last:
            return f"day {self.first:,}"
        return f"days {self.first:,}-{self.last:,}"


def sentence(replay: Replay) -> str:
    """How it ended and when, then what it cost."""
    return f"{_ending(replay)} {_cost(replay)}"


def _ending(replay: Replay) -> str:
    """When and how it ended."""
    cast, found = replay.cast, replay.outcomes
    end = len(replay.trajectory.trace)
    when = f"{cast.clock(end)}, after {days(round(cast.day(end), 1))}"
    if found["secured"]:
        places = cast.stages[-1]
        verb = "was" if len(places) == 1 else "were"
        return f"{listed(map(cast.title, places))} {verb} secured on {when}."
    held = f"held {found['layers_carried']} of {counted(len(cast.layers), 'layer', 'layers')}"
    if not found["abandoned"]:
        return f"Still undecided at the horizon, {when}. The attacker {held}."
    why = "too many of his units were spent"
    if found["abandoned_dry"]:
        why = "his supply was short for too long"
    return f"The attacker gave up on {when}: {why}. He {held}."


def _cost(replay: Replay) -> str:
    """The losses of both sides, who surrendered and who got away."""
    found, first = replay.outcomes, replay.days.row(0, named=True)
    attackers, defenders = (first[s] + first[f"{s}_less"] for s in ("attackers", "defenders"))
    text = (
        f"The attacker lost {number(found['attacker_losses'] or 0, 0)} of "
        f"{number(attackers, 0)} persons, the defender {number(found['defender_losses'] or 0, 0)} "
        f"of {number(defenders, 0)}"
    )
    others = [
        f"{number(found[name] or 0, 0)} {words}"
        for name, words in (("surrendered", "surrendered"), ("escaped", "got away"))
        if found[name]
    ]
    return f"{text}; {' and '.join(others)}." if others else f"{text}."


class Table:
    """A replication day by day: `str()` is plain text of 100 columns; rich fits it to the terminal.

    full: tell every event with its time, instead of counting what happens often.
    """

    def __init__(self, replay: Replay, *, full: bool = False) -> None:
        self._replay = replay
        self._full = full

    def days(self) -> list[Day]:
        """The days in order; those without anything out of the routine are put together."""
        replay, found = self._replay, list[Day]()
        by_day = {
            day: tuple(events)
            for day, events in groupby(replay.happened, lambda e: replay.cast.day_number(e.step))
        }
        rows = replay.days.to_dicts()
        for quiet, run in groupby(rows, lambda row: self._is_quiet(by_day.get(row["day_number"]))):
            several = list(run)
            for part in [several] if quiet else [[row] for row in several]:
                events = [e for row in part for e in by_day.get(row["day_number"], ())]
                first, last = part[0]["day_number"], part[-1]["day_number"]
                found.append(Day(first, last, self._heading(part), tuple(self._lines(events))))
        return found

    def _is_quiet(self, events: Sequence[Event] | None) -> bool:
        return all(event.kind in ROUTINE for event in events or ())

    def _heading(self, part: list[dict[str, int]]) -> str:
        """Who is there as the days end, and how many fewer than before."""
        last = part[-1]
        sides = [
            f"{side} {number(last[side], 0)} ({_change(sum(row[f'{side}_less'] for row in part))})"
            for side in ("attackers", "defenders")
        ]
        carried, layers = last["layers_carried"], len(self._replay.cast.layers)
        return _GAP.join([*sides, *([f"carried {carried} of {layers}"] if carried else [])])

    def _lines(self, events: Sequence[Event]) -> Iterator[tuple[str, str]]:
        """What is out of the routine, with its time; then the routine, counted."""
        cast = self._replay.cast
        told_once = set()
        key = groups(event for event in events if event.kind not in ROUTINE)
        for group in key:
            first = group[0]
            same = [g for g in key if _alike(g) == _alike(group)]
            text = told(group, cast)
            if _alike(group) is not None and len(same) > _OFTEN:
                if _alike(group) in told_once:
                    continue
                told_once.add(_alike(group))
                text = f"{text}; {_FLICKER[first.kind]} {len(same)} times, at last: "
                text += told(same[-1], cast)
            yield cast.time(first.step, opening=first.opening), text
        if counts := "; ".join(_counted([e for e in events if e.kind in ROUTINE])):
            yield "", counts

    def notes(self) -> list[str]:
        """How it was made and how to read it, a sentence each."""
        replay = self._replay
        notes = []
        if replay.run is not None:
            path = replay.run.path
            notes.append(f"Computed again: its outcomes equal those kept in {path}, bit for bit.")
        if not self._full:
            notes.append(
                "Persons present as the day ends, in brackets the change since the line before; "
                "carried: layers in the attacker's hands."
            )
        return notes

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """What rich prints: the sentence, then the days or every event, then notes."""
        from rich.text import Text

        replay, width = self._replay, options.max_width
        scenario = replay.scenario
        title = scenario.doctrines[replay.doctrine].title
        yield Text(scenario.title, style="bold")
        which = f"replication {number(replay.replication, 0)}, seed {replay.seed}"
        yield Text(flow(f"{scenario.name}, {replay.doctrine} ({title}), {which}", width), "dim")
        yield Text()
        yield Text(flow(sentence(replay), width))
        if replay.why:
            yield Text()
            yield Text(flow(f"A typical replication: {replay.why}.", width))
        yield Text()
        if self._full:
            for line in log(replay.happened, replay.cast):
                yield Text(_hanging(line, width, 2))
        else:
            for day in self.days():
                yield from _day(day, width)
        yield Text()
        yield Text(flow(" ".join(self.notes()), width), style="dim")

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


def _day(day: Day, width: int) -> Iterator[Text]:
    """A day as lines of text."""
    from rich.text import Text

    heading = _GAP.join(part.replace(" ", _TIE) for part in day.heading.split(_GAP))
    yield Text(_hanging(f"{day.label:<{_LABEL}}{heading}", width, _LABEL), style="bold")
    for time, text in day.lines:
        line = f"  {time:<{_TIME - 2}}{text}"
        yield Text(_hanging(line, width, _TIME), style="" if time else "dim")


def _hanging(line: str, width: int, indent: int) -> str:
    """A line broken to `width` columns, all but the first part of it indented."""
    head, rest = line[:indent], line[indent:]
    return head + flow(rest, max(width - indent, 1)).replace("\n", "\n" + " " * indent)


def _change(fewer: int) -> str:
    """`-12`, `+3`, `0`."""
    return f"{-fewer:+,}" if fewer else "0"


def _alike(group: Group) -> tuple[str, str | None] | None:
    """What comes and goes with this one, and where; None for what does not."""
    first = group[0]
    return (_FLICKER[first.kind], first.place) if first.kind in _FLICKER else None


def _counted(events: Sequence[Event]) -> Iterator[str]:
    """The routine in numbers: attacks, reinforcements, who got away, units spent and back."""
    of = {kind: [event for event in events if event.kind == kind] for kind in ROUTINE}
    if several := of["suicide"]:
        yield suicide(_sum(e.count for e in several), _sum(e.amount for e in several))
    if of["repulsed"]:
        yield counted(len(of["repulsed"]), "counter-attack fails", "counter-attacks fail")
    if several := of["reinforced"]:
        came = _sum(e.amount for e in several)
        yield f"{counted(came, 'comes', 'come')} up from the reserve"
    if several := of["left"]:
        yield left(_sum(e.amount for e in several), _sum(e.count for e in several))
    for kind, one, many in (("spent", "is spent", "are spent"), ("back", "is back", "are back")):
        if several := of[kind]:
            names = [event.unit or "" for event in several]
            who = listed(names) if len(names) <= _FEW else f"{len(names)} units"
            yield f"{who} {one if len(names) == 1 else many}"


def _sum(values: Iterator[float | None]) -> float:
    return sum(value or 0 for value in values)
