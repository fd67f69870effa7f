"""What happened in a replication, in words: an event, or several that belong together, a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from nobat.show.language import _, joined, latin, listed, many, marked, n_, named, parts
from nobat.show.numbers import number
from nobat.show.words import unit_name
from nobat.study.cast import Cast
from nobat.study.happened import BREAKS, ORDERS, PARTINGS, Event

Group = tuple[Event, ...]

POSTURE_WORDS = {
    "rotate": marked("rotate"),
    "commit_all": marked("commit everyone"),
    "hold": marked("hold, no assault"),
    "pause": marked("pause, out of contact"),
}
#: Postures in which the number of posts says nothing.
_WITHOUT_POSTS = frozenset({"commit_all", "pause"})
_CAUSES = {
    "pressure": marked("pressure"),
    "losses": marked("losses"),
    "isolation": marked("cut off"),
    "no_reserve": marked("no reserve left"),
    "annihilation": marked("nobody left in it"),
    "leader": marked("the leader believed dead"),
}
#: What is true of a leader who is believed dead.
_TRUTH = {
    "is_dead": marked("the defenders believe their leader dead; he is"),
    "is_alive": marked("the defenders believe their leader dead; he is alive"),
}
_REASONS = {
    "units_spent": marked("the attacker gives up: too many of his units are spent at a time"),
    "supply_dry": marked("the attacker gives up: supply has been short for too long"),
}


def log(events: Iterable[Event], cast: Cast) -> Iterator[str]:
    """All events, a line for those that belong together: `day 3, 14:00: layer 2 breaks: ...`."""
    for group in groups(events):
        first = group[0]
        when = clock(cast, first.step, opening=first.opening)
        yield _("{when}: {what}").format(when=when, what=told(group, cast))


def clock(cast: Cast, step: int, *, opening: bool = False) -> str:
    """`day 3, 14:00`: when a step ends, or with `opening` begins; days are counted from 0."""
    day, time = cast.moment(step, opening=opening)
    return _("day {day}, {time}").format(day=f"{day:,}", time=time)


def title(cast: Cast, place: str) -> str:
    """A place's name as people read it."""
    return named(cast.title(place))


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
        return _("orders: {orders}").format(orders=_orders(group))
    rest = joined(text_of(event, cast) for event in group[1:])
    return parts(filter(None, (text_of(first, cast), rest)))


def text_of(event: Event, cast: Cast) -> str:
    """One event in words."""
    if event.kind in ORDERS:
        return _("orders: {orders}").format(orders=_orders((event,)))
    return _TEXTS[event.kind](event, cast)


def _orders(group: Group) -> str:
    """What is ordered, and by which rule: `commit everyone, fire free (layers_carried >= 1)`."""
    postures = {event.detail for event in group if event.kind == "posture"}
    if postures & _WITHOUT_POSTS:
        group = tuple(event for event in group if event.kind != "posts")
    causes = dict.fromkeys(event.cause for event in group)
    found = []
    for cause in causes:
        words = joined(_order(event) for event in group if event.cause == cause)
        nothing = _("no rule says otherwise") if group[0].step > 1 else ""
        because = latin(cause) if cause else nothing
        found.append(f"{words} ({because})" if because else words)
    return joined(found)


def _order(event: Event) -> str:
    if event.kind == "posture":
        return _(POSTURE_WORDS[event.detail or ""])
    if event.kind == "posts":
        return many(event.amount or 0, "{n} post", "{n} posts")
    if event.kind == "fire":
        return _("fire {policy}").format(policy=latin(event.detail or ""))
    return _(CORRIDOR[event.detail or ""])


CORRIDOR = {"open": marked("the way out open"), "closed": marked("the way out closed")}


def at(event: Event, cast: Cast) -> str:
    """` at The mill`; empty where there is one place only."""
    if event.place is None or len(cast.places) == 1:
        return ""
    return _(" at {place}").format(place=title(cast, event.place))


def _layer(event: Event, cast: Cast) -> str:
    """`layer 2 of The mill`, `the core`."""
    if event.layer is None:
        return ""
    if event.place is None or len(cast.places) == 1:
        text = _("the core") if event.layer.core else _("layer {number}")
    else:
        text = _("the core of {place}") if event.layer.core else _("layer {number} of {place}")
    return text.format(number=event.layer.number, place=title(cast, event.layer.place))


def _broke(event: Event, cast: Cast) -> str:
    fell = event.layer is not None and event.layer.core
    text = _("{layer} falls: {cause}") if fell else _("{layer} breaks: {cause}")
    return text.format(layer=_layer(event, cast), cause=_(_CAUSES[event.cause or ""]))


def _rallied(event: Event, cast: Cast) -> str:
    return many(
        event.amount or 0,
        "{layer} gives way, but {n} fights on in it to the last",
        "{layer} gives way, but {n} fight on in it to the last",
        layer=_layer(event, cast),
    )


def _surrendered(event: Event, cast: Cast) -> str:
    if event.layer is not None:
        return many(event.amount or 0, "{n} surrenders", "{n} surrender")
    return many(
        event.amount or 0,
        "{n} who wanted to leave{where} surrenders",
        "{n} who wanted to leave{where} surrender",
        where=at(event, cast),
    )


def _turned_back(event: Event, cast: Cast) -> str:
    return many(
        event.amount or 0,
        "{n} who wanted to leave{where} fights on: the way is closed",
        "{n} who wanted to leave{where} fight on: the way is closed",
        where=at(event, cast),
    )


def left(away: float, hit: float) -> str:
    """`12 get away, 3 are hit on the way out`."""
    found = [many(away, "{n} gets away", "{n} get away")] if away or not hit else []
    if hit:
        found.append(many(hit, "{n} is hit on the way out", "{n} are hit on the way out"))
    return joined(found)


def _left(event: Event, cast: Cast) -> str:
    found = left(event.amount or 0, event.count or 0)
    if event.place is None or len(cast.places) == 1:
        return found
    return _("{who_left} from {place}").format(who_left=found, place=title(cast, event.place))


def suicide(attacks: float, lost: float, where: str = "") -> str:
    """`3 suicide attacks: 4 attackers lost`."""
    toll = many(lost, "{n} attacker lost", "{n} attackers lost") if lost else _("nobody lost")
    return many(
        attacks,
        "{n} suicide attack{where}: {toll}",
        "{n} suicide attacks{where}: {toll}",
        where=where,
        toll=toll,
    )


def _stage(event: Event, cast: Cast) -> str:
    now = int(event.amount or 0)
    if event.cause == "secured":
        text = _("stage {now} begins (stage {before} is secured): {objectives}")
    else:
        text = _("stage {now} begins ({cause}): {objectives}")
    return text.format(
        now=now,
        before=now - 1,
        cause=latin(event.cause or str(None)),
        objectives=joined(title(cast, place) for place in cast.stages[now - 1]),
    )


def _spent(event: Event, cast: Cast) -> str:
    unit = unit_name(event.unit or "")
    if not event.amount:
        return _("{unit} has nobody left").format(unit=unit)
    return many(
        event.amount,
        "{unit} is spent, {n} person left, and refits",
        "{unit} is spent, {n} persons left, and refits",
        unit=unit,
    )


def _back(event: Event, cast: Cast) -> str:
    strength = number(event.amount or 0, 0)
    return _("{unit} is back, {n} strong").format(unit=unit_name(event.unit or ""), n=strength)


def _secured(event: Event, cast: Cast) -> str:
    places = cast.stages[-1]
    text = n_("{places} is secured", "{places} are secured", len(places))
    return text.format(places=listed(title(cast, place) for place in places))


def _retaken(event: Event, cast: Cast) -> str:
    text = _("a counter-attack retakes {layer}, {n} hold it")
    return text.format(layer=_layer(event, cast), n=number(event.amount or 0, 0))


def _reinforced(event: Event, cast: Cast) -> str:
    return many(
        event.amount or 0,
        "{n} comes up from the reserve to {layer}",
        "{n} come up from the reserve to {layer}",
        layer=_layer(event, cast),
    )


def _fixed(text: str) -> Callable[[Event, Cast], str]:
    """What one template tells: `{where}` is ` at The mill`, `{place}` The mill."""

    def tell(event: Event, cast: Cast) -> str:
        place = title(cast, event.place) if event.place is not None else ""
        return _(text).format(where=at(event, cast), place=place)

    return tell


_TEXTS: dict[str, Callable[[Event, Cast], str]] = {
    "stage": _stage,
    "spent": _spent,
    "back": _back,
    "broke": _broke,
    "rallied": _rallied,
    "fell_back": lambda e, cast: many(e.amount or 0, "{n} falls back", "{n} fall back"),
    "set_out": lambda e, cast: many(e.amount or 0, "{n} wants to leave", "{n} want to leave"),
    "surrendered": _surrendered,
    "turned_back": _turned_back,
    "left": _left,
    "retaken": _retaken,
    "repulsed": _fixed(marked("a counter-attack{where} fails")),
    "reinforced": _reinforced,
    "suicide": lambda e, cast: suicide(e.count or 0, e.amount or 0, at(e, cast)),
    "isolated": _fixed(marked("{place} is cut off from the defender's rear")),
    "joined": _fixed(marked("{place} is no longer cut off")),
    "dry": _fixed(marked("the attacker's supply runs short")),
    "supplied": _fixed(marked("the attacker has supply enough again")),
    "defender_dry": _fixed(marked("the defender's supply{where} runs short")),
    "defender_supplied": _fixed(marked("the defender{where} has supply enough again")),
    "secured": _secured,
    "abandoned": lambda e, cast: _(_REASONS[e.cause or ""]),
    "leader": lambda e, cast: _(_TRUTH[e.cause or ""]),
    "horizon": _fixed(marked("the horizon: still undecided")),
}
