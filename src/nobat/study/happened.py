"""What happened in a replication, event by event, with names and words in the place of codes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nobat.model import control
from nobat.model.events import KINDS, NOBODY
from nobat.scenario.doctrine import CORRIDORS, POSTURES
from nobat.study.cast import Cast, Layer

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray

#: What breaks a layer, by the code that a row holds: as in the outcomes `breaks_by_*`.
CAUSES = ("pressure", "losses", "isolation", "no_reserve", "annihilation", "leader")
#: Why the attacker gives up.
REASONS = {control.UNITS_SPENT: "units_spent", control.RUN_DRY: "supply_dry"}
#: What is ordered, and what happens as a step begins; all else is told at its end.
ORDERS = frozenset({"posture", "posts", "fire", "corridor"})
OPENING = ORDERS | {"back", "leader"}
#: What the survivors of a layer that breaks do.
PARTINGS = frozenset({"fell_back", "set_out", "surrendered"})
BREAKS = frozenset({"broke", "rallied"})
_OF_LAYERS = BREAKS | {"fell_back", "surrendered", "retaken", "reinforced"}
_OF_UNITS = frozenset({"spent", "back"})
_WITH_AMOUNT = (_OF_LAYERS | _OF_UNITS) | {
    "posts", "set_out", "turned_back", "left", "suicide", "dry", "supplied",
}  # fmt: skip
#: The columns of the table of events.
COLUMNS = (
    "step", "day", "day_number", "hour", "clock", "kind", "place", "layer", "core", "unit",
    "amount", "count", "detail", "cause", "text",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened in a step.

    kind: as in `nobat.model.events`. place: its id. amount: persons, for orders posts, for supply
    tonnes, for a new stage its number. count: suicide attacks, or those hit on their way out.
    detail: what was ordered. cause: what broke a layer, the rule that ordered, why a stage ended or
    the attacker gave up, whether the leader who is believed dead is; None for what a doctrine
    orders by itself.
    """

    step: int
    kind: str
    place: str | None = None
    layer: Layer | None = None
    unit: str | None = None
    amount: float | None = None
    count: int | None = None
    detail: str | None = None
    cause: str | None = None

    @property
    def opening(self) -> bool:
        """Whether it happens as the step begins."""
        return self.kind in OPENING


def happened(rows: NDArray[np.float64], cast: Cast) -> tuple[Event, ...]:
    """The events of a log in the order of time; a layer's break comes before what survivors do.

    rows: (events, 6), as `nobat.model.events` describes them.
    """
    found: list[Event] = []
    for row in rows.tolist():
        event = _read(row, cast)
        at = len(found)
        if event.kind in BREAKS:
            while at and _parts(found[at - 1], event):
                at -= 1
        found.insert(at, event)
    # What a step begins with may have been written down after what the step before ended with.
    return tuple(sorted(found, key=lambda event: event.step - event.opening))


def _parts(event: Event, broke: Event) -> bool:
    """Whether an event is what survivors of a break do, in the same step and place."""
    same = (event.step, event.place) == (broke.step, broke.place)
    return same and event.kind in PARTINGS


def _read(row: Sequence[float], cast: Cast) -> Event:
    """A row of the log as an event."""
    step, code, who, amount, detail, place = row
    kind, number = KINDS[int(code)], int(who)
    return Event(
        step=int(step),
        kind=kind,
        place=None if place == NOBODY else cast.places[int(place)],
        layer=cast.layers[number] if kind in _OF_LAYERS and number != NOBODY else None,
        unit=cast.units[number] if kind in _OF_UNITS else None,
        amount=amount if kind in _WITH_AMOUNT else detail if kind == "stage" else None,
        count=int(detail) if kind in ("suicide", "left") else None,
        detail=_ordered(kind, int(detail), cast),
        cause=_cause(kind, number, amount, int(detail), cast),
    )


def _ordered(kind: str, code: int, cast: Cast) -> str | None:
    """What was ordered, as a word; None for all other kinds, and for posts."""
    words: dict[str, Sequence[str]] = {
        "posture": POSTURES,
        "fire": cast.fire,
        "corridor": CORRIDORS,
    }
    return words[kind][code] if kind in words else None


def _cause(kind: str, who: int, amount: float, detail: int, cast: Cast) -> str | None:
    """Why it happened, where the log knows."""
    if kind in ORDERS:
        return None if who == NOBODY else cast.rules[who]
    if kind == "broke":
        return CAUSES[detail]
    if kind == "stage":
        return "secured" if amount else cast.ends[detail - 2]
    if kind == "leader":
        return "is_dead" if detail else "is_alive"
    return REASONS[detail] if kind == "abandoned" else None


def frame(events: Iterable[Event], texts: Iterable[str], cast: Cast) -> pl.DataFrame:
    """The events as a table, one row each. texts: each in words."""
    import polars as pl

    whole = ("step", "day_number", "layer", "count")
    numbers = ("day", "hour", "amount")
    types = (
        dict.fromkeys(COLUMNS, pl.String)
        | dict.fromkeys(whole, pl.Int64)
        | dict.fromkeys(numbers, pl.Float64)
        | {"core": pl.Boolean}
    )
    rows = [record(event, text, cast) for event, text in zip(events, texts, strict=True)]
    return pl.DataFrame(rows, schema=types)


def record(event: Event, text: str, cast: Cast) -> dict[str, Any]:
    """An event as plain values, the columns of `frame`."""
    opening = event.opening
    return {
        "step": event.step,
        "day": cast.day(event.step, opening=opening),
        "day_number": cast.day_number(event.step),
        "hour": cast.hour(event.step, opening=opening),
        "clock": cast.clock(event.step, opening=opening),
        "kind": event.kind,
        "place": event.place,
        "layer": event.layer.number if event.layer else None,
        "core": event.layer.core if event.layer else None,
        "unit": event.unit,
        "amount": event.amount,
        "count": event.count,
        "detail": event.detail,
        "cause": event.cause,
        "text": text,
    }
