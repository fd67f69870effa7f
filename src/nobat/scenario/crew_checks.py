"""What the parts of a crews scenario must agree on. Works on plain data, valid or not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nobat.scenario.checks import known_sources
from nobat.scenario.plain import Found, below, entries, mapping, number
from nobat.scenario.words import choice, quoted

_MOST_CREWS = 1_000_000
_MOST_DAYS = 1_000_000
_TIMES = ("tour_d", "rest_d", "recovery_d", "overlap_d", "gap_d")


def crew_checks(data: Any) -> Found:
    """All checks, in the order of the scenario's fields."""
    for check in (known_sources, _crews, _posts, _calendar, _run):
        yield from check(data)


def _disagree(times: Mapping[str, Any]) -> Found:
    """What the times of one kind of crew must agree on."""
    tour, overlap, gap = (number(times, name) for name in ("tour_d", "overlap_d", "gap_d"))
    if overlap and gap and overlap > 0 and gap > 0:
        yield ("gap_d",), "overlap_d and gap_d cannot both be above 0"
    if overlap is not None and tour is not None and overlap >= tour > 0:
        yield ("overlap_d",), f"{overlap:g} days do not fit in a tour of {tour:g}: fewer than that"


def _crews(data: Any) -> Found:
    total = 0.0
    for name, crew in mapping(data, "crews").items():
        total += number(crew, "count") or 0
        for location, text in _disagree(crew if isinstance(crew, Mapping) else {}):
            yield ("crews", name, *location), text
    if total > _MOST_CREWS:
        yield ("crews",), f"{total:,.0f} crews in all are too many: up to {_MOST_CREWS:,}"


def _posts(data: Any) -> Found:
    crews = mapping(data, "crews")
    posts = mapping(data, "posts")
    for name, post in posts.items():
        seen = set()
        for i, crew in enumerate(entries(post, "crews")):
            here = ("posts", name, "crews", i)
            if not isinstance(crew, str):
                continue
            if crew not in crews:
                yield here, f"{quoted(crew)} is not a kind of crew{choice(crew, crews, 'crews')}"
            elif crew in seen:
                yield here, f"{quoted(crew)} is named twice"
            seen.add(crew)
        yield from _levels(data, name, post)
    if posts and all(below(post, "surge") is True for post in posts.values()):
        yield ("posts",), "all are of a surge: at least one must last"


def _levels(data: Any, name: str, post: Any) -> Found:
    horizon = number(data, "run", "horizon_d")
    for i, level in enumerate(entries(post, "levels")):
        first = number(level, "from_d")
        if horizon is not None and first is not None and first > horizon:
            text = f"day {first:g} is after the horizon, day {horizon:g} (run.horizon_d)"
            yield ("posts", name, "levels", i, "from_d"), text


def _calendar(data: Any) -> Found:
    crews, before = mapping(data, "crews"), 1.0
    times = {name: {key: number(crew, key) for key in _TIMES} for name, crew in crews.items()}
    for i, change in enumerate(entries(data, "calendar")):
        day = number(change, "from_d")
        if day is not None and day <= before:
            text = f"day {day:g} is not after day {before:g}: changes stand in order, after day 1"
            yield ("calendar", i, "from_d"), text
        before = max(before, day or 0)
        for name, new in mapping(change, "crews").items():
            here = ("calendar", i, "crews", name)
            if name not in crews:
                yield here, f"{quoted(name)} is not a kind of crew{choice(name, crews, 'crews')}"
                continue
            given = {key: number(new, key) for key in _TIMES}
            times[name] |= {key: value for key, value in given.items() if value is not None}
            for location, text in _disagree(times[name]):
                yield (*here, *location), text


def _run(data: Any) -> Found:
    first, horizon = number(data, "run", "from_d"), number(data, "run", "horizon_d")
    if horizon is None:
        return
    if horizon > _MOST_DAYS:
        yield ("run", "horizon_d"), f"{horizon:,.0f} days are too many: up to {_MOST_DAYS:,}"
    if (first if first is not None else 1) >= horizon:
        text = f"day {first or 1:g} is not before the horizon, day {horizon:g}"
        yield ("run", "from_d"), text
