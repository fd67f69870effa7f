"""A replication as text: how it ended, then what happened day by day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from nobat.show.happened import clock, groups, left, log, suicide, title, told
from nobat.show.language import _, latin, listed, many, marked, n_, named, parts, retold
from nobat.show.layout import Printed
from nobat.show.numbers import number
from nobat.show.words import days, flow, unit_name
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
    **dict.fromkeys(ORDERS, marked("{text}; orders change {n} times, at last: {last}")),
    **dict.fromkeys(
        ("dry", "supplied"),
        marked("{text}; the attacker's supply runs short or comes back {n} times, at last: {last}"),
    ),
    **dict.fromkeys(
        ("defender_dry", "defender_supplied"),
        marked("{text}; the defender's supply runs short or comes back {n} times, at last: {last}"),
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
            return _("day {day}").format(day=f"{self.first:,}")
        text = _("days {first}-{last}")
        return text.format(first=f"{self.first:,}", last=f"{self.last:,}")


def sentence(replay: Replay) -> str:
    """How it ended and when, then what it cost."""
    return f"{_ending(replay)} {_cost(replay)}"


def _ending(replay: Replay) -> str:
    """When and how it ended."""
    cast, found = replay.cast, replay.outcomes
    end = len(replay.trajectory.trace)
    known = {
        "clock": clock(cast, end),
        "days": days(round(cast.day(end), 1)),
        "held": found["layers_carried"],
        "layers": many(len(cast.layers), "{n} layer", "{n} layers"),
    }
    if found["secured"]:
        places = cast.stages[-1]
        text = n_(
            "{places} was secured on {clock}, after {days}.",
            "{places} were secured on {clock}, after {days}.",
            len(places),
        )
        return text.format(places=listed(title(cast, place) for place in places), **known)
    if not found["abandoned"]:
        text = _(
            "Still undecided at the horizon, {clock}, after {days}. The attacker held {held} of "
            "{layers}."
        )
    elif found["abandoned_dry"]:
        text = _(
            "The attacker gave up on {clock}, after {days}: his supply was short for too long. He "
            "held {held} of {layers}."
        )
    else:
        text = _(
            "The attacker gave up on {clock}, after {days}: too many of his units were spent. He "
            "held {held} of {layers}."
        )
    return text.format(**known)


def _cost(replay: Replay) -> str:
    """The losses of both sides, who surrendered and who got away."""
    found, first = replay.outcomes, replay.days.row(0, named=True)
    attackers, defenders = (first[s] + first[f"{s}_less"] for s in ("attackers", "defenders"))
    lost = _(
        "The attacker lost {attacker_losses} of {attackers} persons, the defender "
        "{defender_losses} of {defenders}{others}."
    )
    words = {"surrendered": _("{n} surrendered"), "escaped": _("{n} got away")}
    others = [text.format(n=number(found[k] or 0, 0)) for k, text in words.items() if found[k]]
    return lost.format(
        attacker_losses=number(found["attacker_losses"] or 0, 0),
        attackers=number(attackers, 0),
        defender_losses=number(found["defender_losses"] or 0, 0),
        defenders=number(defenders, 0),
        others=parts(["", listed(others)]) if others else "",
    )


class Table(Printed):
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
        words = {
            "attackers": _("attackers {n} ({change})"),
            "defenders": _("defenders {n} ({change})"),
        }
        found = [
            text.format(
                n=number(last[side], 0), change=_change(sum(row[f"{side}_less"] for row in part))
            )
            for side, text in words.items()
        ]
        if carried := last["layers_carried"]:
            layers = len(self._replay.cast.layers)
            found.append(_("carried {carried} of {layers}").format(carried=carried, layers=layers))
        return _GAP.join(found)

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
                flicker = _(_FLICKER[first.kind])
                text = flicker.format(text=text, n=len(same), last=told(same[-1], cast))
            yield cast.time(first.step, opening=first.opening), text
        if counts := parts(_counted([e for e in events if e.kind in ROUTINE])):
            yield "", counts

    def notes(self) -> list[str]:
        """How it was made and how to read it, a sentence each."""
        replay = self._replay
        notes = []
        if replay.run is not None:
            again = _("Computed again: its outcomes equal those kept in {path}, bit for bit.")
            notes.append(again.format(path=latin(str(replay.run.path))))
        if not self._full:
            notes.append(
                _(
                    "Persons present as the day ends, in brackets the change since the line "
                    "before; carried: layers in the attacker's hands."
                )
            )
        return notes

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """What rich prints: the sentence, then the days or every event, then notes."""
        from rich.text import Text

        replay, width = self._replay, options.max_width
        scenario = replay.scenario
        which = _("{scenario}, {doctrine} ({title}), replication {replication}, seed {seed}")
        which = which.format(
            scenario=latin(scenario.name),
            doctrine=latin(replay.doctrine),
            title=named(scenario.doctrines[replay.doctrine].title),
            replication=number(replay.replication, 0),
            seed=replay.seed,
        )
        yield Text(named(scenario.title), style="bold")
        yield Text(flow(which, width), "dim")
        yield Text()
        yield Text(flow(sentence(replay), width))
        if replay.why:
            yield Text()
            why = retold(replay.why, *WHY)
            yield Text(flow(_("A typical replication: {why}.").format(why=why), width))
        yield Text()
        if self._full:
            for line in log(replay.happened, replay.cast):
                yield Text(_hanging(line, width, 2))
        else:
            for day in self.days():
                yield from _day(day, width)
        yield Text()
        yield Text(flow(" ".join(self.notes()), width), style="dim")


def _day(day: Day, width: int) -> Iterator[Text]:
    """A day as lines of text."""
    from rich.text import Text

    heading = _GAP.join(part.replace(" ", _TIE) for part in day.heading.split(_GAP))
    line = f"{day.label:<{_LABEL}}{heading}"
    yield Text(_hanging(line, width, _LABEL).replace(_TIE, " "), style="bold")
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


#: Why a replication is a typical one, as the study says it.
_ENDED = (
    marked("were secured"),
    marked("were abandoned"),
    marked("were still going at the horizon"),
)
WHY = (
    marked("{n} of {all} {ended}, and it is the first of these"),
    marked("{n} of {all} {ended}, and its {days} days are nearest to their median"),
)


def _alike(group: Group) -> tuple[str, str | None] | None:
    """What comes and goes with this one, and where; None for what does not."""
    first = group[0]
    return (_FLICKER[first.kind], first.place) if first.kind in _FLICKER else None


def routine(events: Sequence[Event]) -> str:
    """What a whole campaign had of the routine, in numbers; empty for none of it."""
    spent = sum(event.kind == "spent" for event in events)
    others = [event for event in events if event.kind in ROUTINE - {"spent", "back"}]
    counts = list(_counted(others))
    if spent:
        counts.append(many(spent, "a unit is spent {n} time", "a unit is spent {n} times"))
    return _("Besides: {counts}.").format(counts=parts(counts)) if counts else ""


def _counted(events: Sequence[Event]) -> Iterator[str]:
    """The routine in numbers: attacks, reinforcements, who got away, units spent and back."""
    of = {kind: [event for event in events if event.kind == kind] for kind in ROUTINE}
    if several := of["suicide"]:
        yield suicide(_sum(e.count for e in several), _sum(e.amount for e in several))
    if several := of["repulsed"]:
        yield many(len(several), "{n} counter-attack fails", "{n} counter-attacks fail")
    if several := of["reinforced"]:
        came = _sum(e.amount for e in several)
        yield many(came, "{n} comes up from the reserve", "{n} come up from the reserve")
    if several := of["left"]:
        yield left(_sum(e.amount for e in several), _sum(e.count for e in several))
    for kind in ("spent", "back"):
        if several := of[kind]:
            names = [unit_name(event.unit or "") for event in several]
            units = _("{n} units").format(n=len(names))
            who = listed(names) if len(names) <= _FEW else units
            text = (
                n_("{who} is spent", "{who} are spent", len(names))
                if kind == "spent"
                else n_("{who} is back", "{who} are back", len(names))
            )
            yield text.format(who=who)


def _sum(values: Iterator[float | None]) -> float:
    return sum(value or 0 for value in values)
