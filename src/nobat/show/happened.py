"""What happened in a replication, in words: an event, or several that belong together, a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from nobat.show.numbers import number
from nobat.study.cast import Cast
from nobat.study.happened import BREAKS, ORDERS, PARTINGS, Event

Group = tuple[Event, ...]

POSTURE_WORDS = {
    "rotate": "rotate",
    "commit_all": "commit everyone",
    "hold": "hold, no assault",
    "pause": "pause, out of contact",
}
#: Postures in which the number of posts says nothing.
_WITHOUT_POSTS = frozenset({"commit_all", "pause"})
_CAUSES = {
    "pressure": "pressure",
    "losses": "losses",
    "isolation": "cut off",
    "no_reserve": "no reserve left",
    "annihilation": "nobody left in it",
    "leader": "the leader believed dead",
}
#: What is true of a leader who is believed dead.
_TRUTH = {"is_dead": "he is", "is_alive": "he is alive"}
_REASONS = {
    "units_spent": "too many of his units are spent at a time",
    "supply_dry": "supply has been short for too long",
}


def log(events: Iterable[Event], cast: Cast) -> Iterator[str]:
    """All events, a line for those that belong together: `day 3, 14:00: layer 2 breaks: ...`."""
    for group in groups(events):
        first = group[0]
        yield f"{cast.clock(first.step, opening=first.opening)}: {told(group, cast)}"


def groups(events: Iterable[Event]) -> list[Group]:
    """The events in order, those together that one line tells.

    Orders of one step are, and a layer's break with what its survivors do.
    """
    found: list[list[Event]] = []
    for event in events:
        if found and _belongs(event, found[-1][-1]):
            found[-1].append(event)
        else:
            found.append([event])
    return [tuple(group) for group in found]


def _belongs(event: Event, before: Event) -> bool:
    if event.step != before.step:
        return False
    if event.kind in ORDERS:
        return before.kind in ORDERS
    broken = before.kind in BREAKS or (before.kind in PARTINGS and event.kind != before.kind)
    return event.kind in PARTINGS and broken and event.place == before.place


def told(group: Group, cast: Cast) -> str:
    """Events that belong together in one line."""
    first = group[0]
    if first.kind in ORDERS:
        return f"orders: {_orders(group)}"
    rest = ", ".join(text_of(event, cast) for event in group[1:])
    return "; ".join(filter(None, (text_of(first, cast), rest)))


def text_of(event: Event, cast: Cast) -> str:
    """One event in words."""
    if event.kind in ORDERS:
        return f"orders: {_orders((event,))}"
    return _TEXTS[event.kind](event, cast)


def _orders(group: Group) -> str:
    """What is ordered, and by which rule: `commit everyone, fire free (layers_carried >= 1)`."""
    postures = {event.detail for event in group if event.kind == "posture"}
    if postures & _WITHOUT_POSTS:
        group = tuple(event for event in group if event.kind != "posts")
    causes = dict.fromkeys(event.cause for event in group)
    parts = []
    for cause in causes:
        words = ", ".join(_order(event) for event in group if event.cause == cause)
        because = cause or ("no rule says otherwise" if group[0].step > 1 else "")
        parts.append(f"{words} ({because})" if because else words)
    return ", ".join(parts)


def _order(event: Event) -> str:
    if event.kind == "posture":
        return POSTURE_WORDS[event.detail or ""]
    if event.kind == "posts":
        return counted(event.amount or 0, "post", "posts")
    return f"fire {event.detail}" if event.kind == "fire" else f"the way out {event.detail}"


def counted(n: float, one: str, many: str) -> str:
    """`1 falls back`, `61 fall back`."""
    return f"{number(n, 0)} {one if n == 1 else many}"


def at(event: Event, cast: Cast, preposition: str = "at") -> str:
    """` at The mill`; empty where there is one place only."""
    if event.place is None or len(cast.places) == 1:
        return ""
    return f" {preposition} {cast.title(event.place)}"


def _layer(event: Event, cast: Cast) -> str:
    """`layer 2 of The mill`, `the core`."""
    if event.layer is None:
        return ""
    name = "the core" if event.layer.core else f"layer {event.layer.number}"
    return f"{name}{at(event, cast, 'of')}"


def _broke(event: Event, cast: Cast) -> str:
    verb = "falls" if event.layer and event.layer.core else "breaks"
    return f"{_layer(event, cast)} {verb}: {_CAUSES[event.cause or '']}"


def _rallied(event: Event, cast: Cast) -> str:
    stay = counted(event.amount or 0, "fights", "fight")
    return f"{_layer(event, cast)} gives way, but {stay} on in it to the last"


def _surrendered(event: Event, cast: Cast) -> str:
    if event.layer is not None:
        return counted(event.amount or 0, "surrenders", "surrender")
    who = f"who wanted to leave{at(event, cast)}"
    return counted(event.amount or 0, f"{who} surrenders", f"{who} surrender")


def _turned_back(event: Event, cast: Cast) -> str:
    who = f"who wanted to leave{at(event, cast)}"
    fight = counted(event.amount or 0, f"{who} fights on", f"{who} fight on")
    return f"{fight}: the way is closed"


def left(away: float, hit: float) -> str:
    """`12 get away, 3 are hit on the way out`."""
    parts = [counted(away, "gets away", "get away")] if away or not hit else []
    parts += [counted(hit, "is hit on the way out", "are hit on the way out")] if hit else []
    return ", ".join(parts)


def suicide(attacks: float, lost: float, where: str = "") -> str:
    """`3 suicide attacks: 4 attackers lost`."""
    toll = counted(lost, "attacker lost", "attackers lost") if lost else "nobody lost"
    return f"{counted(attacks, 'suicide attack', 'suicide attacks')}{where}: {toll}"


def _stage(event: Event, cast: Cast) -> str:
    now = int(event.amount or 0)
    before = f"stage {now - 1} is secured" if event.cause == "secured" else event.cause
    objectives = ", ".join(cast.title(place) for place in cast.stages[now - 1])
    return f"stage {now} begins ({before}): {objectives}"


def _spent(event: Event, _: Cast) -> str:
    if not event.amount:
        return f"{event.unit} has nobody left"
    return f"{event.unit} is spent, {counted(event.amount, 'person', 'persons')} left, and refits"


def _secured(_: Event, cast: Cast) -> str:
    places = cast.stages[-1]
    return f"{listed(map(cast.title, places))} {'is' if len(places) == 1 else 'are'} secured"


def listed(names: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *others, last = tuple(names) or ("",)
    return f"{', '.join(others)} and {last}" if others else last


_TEXTS: dict[str, Callable[[Event, Cast], str]] = {
    "stage": _stage,
    "spent": _spent,
    "back": lambda e, _: f"{e.unit} is back, {number(e.amount or 0, 0)} strong",
    "broke": _broke,
    "rallied": _rallied,
    "fell_back": lambda e, _: counted(e.amount or 0, "falls back", "fall back"),
    "set_out": lambda e, _: counted(e.amount or 0, "wants to leave", "want to leave"),
    "surrendered": _surrendered,
    "turned_back": _turned_back,
    "left": lambda e, cast: left(e.amount or 0, e.count or 0) + at(e, cast, "from"),
    "retaken": lambda e, cast: (
        f"a counter-attack retakes {_layer(e, cast)}, {number(e.amount or 0, 0)} hold it"
    ),
    "repulsed": lambda e, cast: f"a counter-attack{at(e, cast)} fails",
    "reinforced": lambda e, cast: (
        f"{counted(e.amount or 0, 'comes', 'come')} up from the reserve to {_layer(e, cast)}"
    ),
    "suicide": lambda e, cast: suicide(e.count or 0, e.amount or 0, at(e, cast)),
    "isolated": lambda e, cast: f"{cast.title(e.place or '')} is cut off from the defender's rear",
    "joined": lambda e, cast: f"{cast.title(e.place or '')} is no longer cut off",
    "dry": lambda *_: "the attacker's supply runs short",
    "supplied": lambda *_: "the attacker has supply enough again",
    "defender_dry": lambda e, cast: f"the defender's supply{at(e, cast)} runs short",
    "defender_supplied": lambda e, cast: f"the defender{at(e, cast)} has supply enough again",
    "secured": _secured,
    "abandoned": lambda e, _: f"the attacker gives up: {_REASONS[e.cause or '']}",
    "leader": lambda e, _: f"the defenders believe their leader dead; {_TRUTH[e.cause or '']}",
    "horizon": lambda *_: "the horizon: still undecided",
}
