"""What claims and the dated record must agree on with the rest of a scenario. Plain data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from nobat.scenario.paths import no_such_path
from nobat.scenario.plain import Found, below, entries, mapping
from nobat.scenario.shape import Shape
from nobat.scenario.values import parse_path
from nobat.scenario.words import Location, choice, quoted, shown


def claim_checks(data: Any, shape: Shape) -> Found:
    """All checks of `claims` and `record`, in the order of the fields."""
    yield from _ids(data)
    yield from _matters(data)
    yield from _sources(data)
    yield from _doctrines(data)
    yield from _places(data)
    yield from _sets(data, shape)


def _claims(data: Any) -> Iterator[tuple[Location, Any]]:
    for i, claim in enumerate(entries(data, "claims")):
        yield ("claims", i), claim


def _rivals(data: Any) -> Iterator[tuple[Location, Any]]:
    for location, claim in _claims(data):
        for j, rival in enumerate(entries(claim, "rivals")):
            yield (*location, "rivals", j), rival


def _stand_ins(data: Any) -> Iterator[tuple[Location, Any]]:
    for i, one in enumerate(entries(data, "record", "stand_ins")):
        yield ("record", "stand_ins", i), one


def _tests(data: Any) -> Iterator[tuple[Location, Any]]:
    """Every test of every kind that is given, whether or not one should be."""
    for location, claim in _claims(data):
        for kind, test in mapping(claim, "test").items():
            if isinstance(test, Mapping):
                yield (*location, "test", kind), test


def _ids(data: Any) -> Found:
    """Ids stand once: of claims, of a claim's rivals, of the record's targets and stand-ins."""
    groups = [list(_claims(data))]
    groups += [
        [((*at, "rivals", j), rival) for j, rival in enumerate(entries(claim, "rivals"))]
        for at, claim in _claims(data)
    ]
    targets = enumerate(entries(data, "record", "targets"))
    groups.append([(("record", "targets", i), target) for i, target in targets])
    groups.append(list(_stand_ins(data)))
    for group in groups:
        seen: set[str] = set()
        for location, one in group:
            name = below(one, "id")
            if isinstance(name, str) and name in seen:
                yield (*location, "id"), f"{quoted(name)} is the id of another one too"
            if isinstance(name, str):
                seen.add(name)


def _matters(data: Any) -> Found:
    ids = [below(matter, "id") for matter in entries(data, "contested")]
    known = [name for name in ids if isinstance(name, str)]
    for location, claim in _claims(data):
        about = below(claim, "about")
        if isinstance(about, str) and about not in known:
            text = f"{quoted(about)} is not in contested{choice(about, known, 'matters')}"
            yield (*location, "about"), text


def _sources(data: Any) -> Found:
    known = mapping(data, "sources")
    for location, claim in _claims(data):
        for kind in ("support", "against", "context"):
            given = below(claim, kind)
            names = [given] if isinstance(given, str) else entries(claim, kind)
            for j, name in enumerate(names):
                if isinstance(name, str) and name not in known:
                    text = f"{quoted(name)} is not in sources{choice(name, known, 'sources')}"
                    yield (*location, kind, j), text


def _doctrines(data: Any) -> Found:
    known = mapping(data, "doctrines")
    named = [((*at, key), below(test, key)) for at, test in _tests(data) for key in _SIDES]
    record = (("record",), below(data, "record"))
    for at, one in (*_claims(data), *_rivals(data), record, *_stand_ins(data)):
        named.append(((*at, "doctrine"), below(one, "doctrine")))
    for location, name in named:
        if isinstance(name, str) and name not in known:
            text = f"{quoted(name)} is not a doctrine{choice(name, known, 'doctrines')}"
            yield location, text


_SIDES = ("doctrine", "against")


def _places(data: Any) -> Found:
    """Told distances are between places that are there."""
    known = mapping(data, "places")
    distances = [(at, test) for at, test in _tests(data) if at[-1] == "distance"]
    distances += [((*at, "distance"), below(one, "distance")) for at, one in _rivals(data)]
    for location, distance in distances:
        for j, name in enumerate(entries(distance, "between")):
            if isinstance(name, str) and name not in known:
                text = f"{quoted(name)} is not a place{choice(name, known, 'places')}"
                yield (*location, "between", j), text


def _sets(data: Any, shape: Shape) -> Found:
    """Every path that a claim sets leads somewhere, and a number may stand there."""
    holders = [((*at, key), below(test, key)) for at, test in _tests(data) for key in _SET]
    record = (("record",), below(data, "record"))
    each = (*_claims(data), *_rivals(data), record, *_stand_ins(data))
    holders += [((*at, "set"), below(one, "set")) for at, one in each]
    for location, values in holders:
        for path, value in mapping({"set": values}, "set").items():
            if wrong := _refused(path, value, data, shape):
                yield location, wrong


_SET = ("set", "instead")


def _refused(path: object, value: Any, data: Any, shape: Shape) -> str | None:
    """Why a value cannot be set at a path, as far as that can be told without running it."""
    if not isinstance(path, str):
        return f"{shown(path)} is not a path"
    if wrong := no_such_path(path, data, shape):
        return wrong
    if path.split(".")[0].split("[")[0] in _NOT_TOLD:
        return f"{quoted(path)} is no part of the campaign: it cannot be told"
    here = shape.at(parse_path(path))
    if here is None or here.kind is None:
        return None
    try:
        here.kind.number(value)
    except ValueError as error:
        return f"{path}: {error}"
    return None


_NOT_TOLD = ("run", "claims", "record", "contested", "sources", "format", "name", "title", "about")
