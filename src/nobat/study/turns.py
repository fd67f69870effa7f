"""The plain numbers of a rotation, checked all at once, and the question that they ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import SupportsInt

from nobat.engine.crews import Kind, Post, Question, Times
from nobat.scenario.problems import Problem, ScenarioError
from nobat.scenario.words import shown

#: Cover is looked at after so many cycles, when the starts have spaced themselves ...
SETTLING_CYCLES = 3
#: ... and over so many; after a surge too, which leaves time for its bill to come.
WINDOW_CYCLES = 10
_MOST_UNITS = 1_000_000
_MOST_DAYS = 1_000_000
_MOST_SPELLS = 50_000_000


@dataclass(frozen=True)
class Option:
    """A number of a rotation: its name, the least it may be, what it is, whether it is needed."""

    name: str
    least: int
    about: str
    needed: bool = False
    most: int = _MOST_DAYS


#: What may be asked, in the order of the command's help. All are whole; days where `_d` or `_days`.
OPTIONS = (
    Option("units", 1, "Crews in all.", True, _MOST_UNITS),
    Option("posts", 1, "Posts to be held at once.", True, _MOST_UNITS),
    Option("operate_d", 1, "Days of a tour, the overlap included.", True),
    Option("rest_d", 0, "Days of rest after a tour, at least.", True),
    Option("overlap_d", 0, "Last days of a tour in which the relief is there and counts."),
    Option("gap_d", 0, "Days that a post stays empty after a departure."),
    Option("recovery_d", 0, "Days of travel and refit before rest counts."),
    Option("horizon_d", 2, "Last day (default: ten cycles of tour, recovery and rest more)."),
    Option("from_d", 1, "First day of the cover (default: after three cycles or at the surge)."),
    Option("stagger_d", 0, "Days over which the starts are spread (default: a cycle)."),
    Option("surge_start_d", 1, "First day of a surge: more posts, held from rest if need be."),
    Option("surge_days", 1, "Days of the surge."),
    Option("surge_extra", 1, "Posts that the surge adds.", most=_MOST_UNITS),
    Option("readiness_window_d", 1, "Days ready after which an unused crew starts over."),
)
_SURGE = ("surge_start_d", "surge_days", "surge_extra")
_DEFAULTS = {"overlap_d": 0, "gap_d": 0, "recovery_d": 0}


def question_of(
    given: Mapping[str, object],
    *,
    forgive_rest: bool = False,
    seed: int = 1,
    replication: int | None = None,
) -> Question:
    """The question that numbers by the names of `OPTIONS` ask; absent or None for the default.

    Numbers may be text, as on a command line. Raises ScenarioError with all that is wrong.
    """
    problems: list[Problem] = []
    numbers: dict[str, int] = {}
    for option in OPTIONS:
        raw = given.get(option.name)
        value = None if raw is None else _whole(raw)
        if raw is None:
            if option.needed:
                about = option.about.rstrip(".").lower()
                problems.append(Problem(option.name, None, f"is missing: {about}"))
        elif value is None or not option.least <= value <= option.most:
            allowed = f"a whole number, {option.least} or more"
            if value is not None and value > option.most:
                allowed = f"allowed here: {option.most:,} at most"
            problems.append(Problem(option.name, None, f"{shown(raw)} is not {allowed}"))
        else:
            numbers[option.name] = value
    problems += _disagreements(given, numbers)
    if problems:
        raise ScenarioError(problems)
    question = _asked(_DEFAULTS | numbers, forgive_rest, seed, replication)
    _small_enough(question)
    return question


def _whole(raw: object) -> int | None:
    """A whole number, None for anything else; text may hold one, and 14.0 is one."""
    if isinstance(raw, bool):
        return None
    if isinstance(raw, str):
        digits = raw.strip().removeprefix("+")
        plain = digits.removeprefix("-")
        return int(digits) if plain.isdecimal() and plain.isascii() and len(plain) < 19 else None
    if not isinstance(raw, SupportsInt):
        return None
    try:
        number = int(raw)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if number == raw else None


def _disagreements(given: Mapping[str, object], numbers: Mapping[str, int]) -> list[Problem]:
    """What the numbers that are right by themselves do not agree on."""
    found = []
    tour, overlap = numbers.get("operate_d"), numbers.get("overlap_d", 0)
    if overlap and numbers.get("gap_d"):
        text = "overlap and gap cannot both be above 0: a relief comes before or after, not both"
        found.append(Problem("gap_d", None, text))
    if tour is not None and overlap >= tour:
        text = f"{overlap} days do not fit in a tour of {tour}: fewer than that"
        found.append(Problem("overlap_d", None, text))
    surge = [name for name in _SURGE if given.get(name) is not None]
    if surge and len(surge) < len(_SURGE):
        for name in _SURGE:
            if name not in surge:
                text = "is missing: a surge needs its start, its days and its extra posts"
                found.append(Problem(name, None, text))
    horizon, start = numbers.get("horizon_d"), numbers.get("surge_start_d")
    if horizon is not None:
        if numbers.get("from_d", 1) >= horizon:
            text = f"day {numbers['from_d']} is not before the horizon, day {horizon}"
            found.append(Problem("from_d", None, text))
        if start is not None and start + numbers.get("surge_days", 1) > horizon:
            over = start + numbers.get("surge_days", 1)
            text = f"the surge is over on day {over}, after the horizon: {horizon}"
            found.append(Problem("surge_start_d", None, text))
    return found


def _asked(
    n: Mapping[str, int], forgive_rest: bool, seed: int, replication: int | None
) -> Question:
    """The question, with the defaults of the window."""
    times = Times(
        n["operate_d"], n["rest_d"], n["recovery_d"], n["overlap_d"], n["gap_d"],
        n.get("readiness_window_d"),
    )  # fmt: skip
    over = n["surge_start_d"] + n["surge_days"] if "surge_days" in n else 0
    enough = n["units"] * (times.tour_d + times.gap_d) >= n["posts"] * times.cycle_d
    # Where only the gaps are empty cover repeats itself from one departure to the next.
    period = times.tour_d + times.gap_d if enough and times.gap_d else times.cycle_d
    start = n.get("surge_start_d") if "surge_days" in n else None
    first, horizon = window(
        times.cycle_d, n.get("from_d"), n.get("horizon_d"), (start, over), period
    )
    posts = [Post("posts", ((1, horizon + 1, n["posts"]),), ("crew",))]
    if "surge_days" in n:
        levels = ((n["surge_start_d"], n["surge_days"], n["surge_extra"]),)
        posts.append(Post("surge", levels, ("crew",), surge=True))
    return Question(
        kinds=(Kind("crew", n["units"], (times,)),),
        posts=tuple(posts),
        from_d=first,
        horizon_d=horizon,
        stagger_d=n.get("stagger_d"),
        forgive_rest=forgive_rest,
        seed=seed,
        replication=replication,
    )


def window(
    cycle: int,
    first: int | None,
    horizon: int | None,
    surge: tuple[int | None, int],
    period: int,
) -> tuple[int, int]:
    """The days [from, horizon) of the cover, with their defaults: (from, horizon).

    surge: its first day (None without one) and the first after it. From three cycles on, or from
    the surge if that is earlier, for ten and up to a whole period, after which cover repeats
    itself; longer where the surge would leave less than that after it. From day 1 if the horizon
    is given and leaves no whole cycle after three.
    """
    begins, over = surge
    settled = SETTLING_CYCLES * cycle
    early = settled if begins is None else min(settled, begins)
    if horizon is None:
        start = max(first or early, 1)
        days = max(0, over - start) + WINDOW_CYCLES * cycle
        return start, start + -(-days // period) * period
    if first is None:
        first = early if settled + cycle <= horizon else 1
    return first, horizon


def _small_enough(question: Question) -> None:
    """Refuse what would not fit into memory."""
    cycle = min(times.cycle_d for kind in question.kinds for times in kind.times)
    if question.horizon_d > _MOST_DAYS:
        text = (
            f"the default, ten cycles of {cycle:,} days more, is day {question.horizon_d:,}, "
            f"beyond day {_MOST_DAYS:,}: give an earlier one, or shorter times"
        )
        raise ScenarioError([Problem("horizon_d", None, text)])
    spells = 4 * question.units * (question.horizon_d // max(1, cycle) + 1)
    if spells > _MOST_SPELLS:
        text = (
            f"{question.units:,} crews over {question.horizon_d:,} days are about {spells:,} "
            f"spells of duty, more than {_MOST_SPELLS:,}: shorten the horizon"
        )
        raise ScenarioError([Problem("horizon_d", None, text)])
