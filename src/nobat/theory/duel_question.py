"""What is asked of a duel, checked all at once: numbers as typed, a law, a method, breakpoints."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from nobat.scenario.problems import Problem, ScenarioError
from nobat.scenario.quantity import SHARE_ABOVE_0, STRENGTH, STRENGTH_OF_UNIT, Kind
from nobat.scenario.words import choice, nearest, shown
from nobat.theory import reinforcement
from nobat.theory.asked import Option, missing, number_of, whole_of
from nobat.theory.lanchester import LAWS, SIDES, SQUARE, Duel, Law, bracken
from nobat.theory.lanchester_course import Arrival

EXACT, SIMULATE, MEAN_FIELD = METHODS = ("exact", "simulate", "mean-field")
DEFAULT_REPLICATIONS, DEFAULT_SEED = 10_000, 1
#: The most persons of a side and the most states (one strength times the other) that are solved.
MOST_PERSONS, MOST_STATES = 1_000_000, 1_000_000_000
#: The most duels, and the most losses in all of them: about half an hour.
MOST_DUELS, MOST_LOSSES = 1_000_000_000, 100_000_000_000
MOST_SEED = 2**63 - 1
#: Natural logarithms up to which a rate, and the square of the time that it takes, are numbers.
_WIDEST = 340.0

_SOME = Kind("SomeStrength", "a strength", "above 0 persons", "persons", 0, above=True)
_ANY = Kind("AnyStrength", "a strength", "0 or more persons", "persons", 0)
_RATE = Kind("KillRate", "a rate", "above 0", "per unit of time", 0, above=True)


@dataclass(frozen=True)
class Question:
    """A duel, how it is to be answered, and what the answer hangs on besides."""

    duel: Duel
    method: str = EXACT
    replications: int = DEFAULT_REPLICATIONS
    seed: int = DEFAULT_SEED
    arrivals: tuple[Arrival, ...] = ()


def question_of(given: Mapping[str, object]) -> Question:
    """The question that these words and numbers ask; absent or None for the default.

    Names as in `nobat.theory.duel.report`; numbers may be text. Raises ScenarioError with all
    that is wrong.
    """
    problems: list[Problem] = []
    method = _method(given.get("method"), problems)
    arrivals = _arrivals(given.get("reinforcement"), method, problems)
    law = law_of(given.get("law"), problems)
    fed = {f"{one.side}s" for one in arrivals}
    sizes = {
        name: _strength(name, given.get(name), method, name in fed, problems)
        for name in ("attackers", "defenders")
    }
    rates = {
        name: _rate(name, given.get(name), problems) for name in ("attacker_rate", "defender_rate")
    }
    breaks = {
        f"{side}_break": _breakpoint(side, given, sizes[side], method, problems)
        for side in ("attackers", "defenders")
    }
    n = whole_of(
        "replications", given.get("replications"), 1, MOST_DUELS, DEFAULT_REPLICATIONS, problems
    )
    seed = whole_of("seed", given.get("seed"), 0, MOST_SEED, DEFAULT_SEED, problems)
    if not problems:
        duel = Duel(**sizes, **rates, law=law, **breaks)
        _check_range(duel, arrivals, problems)
        _check_size(duel, method, n, problems)
    if problems:
        raise ScenarioError(problems)
    return Question(duel, method, n, seed, arrivals)


def law_of(raw: object, problems: list[Problem]) -> Law:
    """A law by its name, or by Bracken's exponents as `P,Q`; the square law where none is given."""
    if raw is None:
        return SQUARE
    if isinstance(raw, Law):
        return raw
    text = str(raw).strip().lower()
    if text in LAWS:
        return LAWS[text]
    if "," in text:
        parts = text.split(",")
        try:
            exponents = [float(part) for part in parts]
        except ValueError:
            exponents = []
        if len(exponents) == 2 and all(map(math.isfinite, exponents)):
            return bracken(*exponents)
        message = "is not P,Q: two numbers with a comma between them, as in 1,0.5"
    else:
        message = f"is not a law{choice(text, LAWS, 'laws')}, or exponents P,Q as in 1,0.5"
    problems.append(Problem("law", None, f"{shown(raw)} {message}"))
    return SQUARE


def _method(raw: object, problems: list[Problem]) -> str:
    if raw is None:
        return EXACT
    if raw not in METHODS:
        text = f"{shown(raw)} is not a method{choice(raw, METHODS, 'methods')}"
        problems.append(Problem("method", None, text))
        return nearest(raw, METHODS) or MEAN_FIELD  # which allows most
    return str(raw)


def _arrivals(raw: object, method: str, problems: list[Problem]) -> tuple[Arrival, ...]:
    """Reinforcements, from a file or as they are."""
    if raw is None:
        return ()
    if method != MEAN_FIELD:
        text = f"only the method {MEAN_FIELD} takes it: with luck the sides only lose"
        problems.append(Problem("reinforcement", None, text))
        return ()
    if not isinstance(raw, str | Path):
        return _told_arrivals(raw, problems)
    try:
        return reinforcement.read(Path(raw))
    except ScenarioError as error:
        problems += error.problems
        return ()


def _told_arrivals(raw: object, problems: list[Problem]) -> tuple[Arrival, ...]:
    """Reinforcements from Python, each an Arrival that makes sense."""
    before = len(problems)
    found = tuple(raw) if isinstance(raw, Iterable) else (raw,)
    for one in found:
        wrong = _no_arrival(one)
        if wrong:
            problems.append(Problem("reinforcement", None, f"{one!r} {wrong}"))
    return () if problems[before:] else found


def _no_arrival(one: object) -> str:
    """What is wrong with something that was given as an arrival; empty where nothing is."""
    if not isinstance(one, Arrival) or one.side not in SIDES:
        return "is not an Arrival(side, start, end, strength)"
    if not all(map(math.isfinite, one[1:])):
        return "holds a number that is not finite"
    if not 0.0 <= one.start <= one.end:
        return "does not keep to 0 <= start <= end"
    return "brings less than nobody" if one.strength < 0.0 else ""


def _strength(name: str, raw: object, method: str, fed: bool, problems: list[Problem]) -> float:
    """A strength: whole persons, but any number without luck, and 0 where more are to come."""
    kind = STRENGTH_OF_UNIT if method != MEAN_FIELD else _ANY if fed else _SOME
    option = Option(name, kind, f"Strength of the {name} at the start.")
    if raw is None:
        missing(option, problems)
        return math.nan
    return number_of(option, raw, problems)


def _rate(name: str, raw: object, problems: list[Problem]) -> float:
    """A rate above 0; the coefficients of other laws than the square may be tiny."""
    side = name.removesuffix("_rate")
    if raw is None:
        missing(Option(name, _RATE, f"Kill rate of one {side}."), problems)
        return math.nan
    try:
        return _RATE.number(float(raw) if isinstance(raw, str) else raw)
    except (ValueError, OverflowError):
        text = f"{shown(raw)} is not {_RATE.a}: {_RATE.allowed}"
        problems.append(Problem(name, None, text))
        return math.nan


def _breakpoint(
    side: str, given: Mapping[str, object], start: float, method: str, problems: list[Problem]
) -> float:
    """The strength at which a side breaks: told as it is, or as a share lost; 0 if neither."""
    name, by_loss = f"{side}_break", f"{side}_break_loss"
    left, lost = given.get(name), given.get(by_loss)
    if left is not None and lost is not None:
        text = "the breakpoint is given twice, as a strength and as a share lost: one will do"
        problems.append(Problem(name, None, text))
        return 0.0
    if lost is not None:
        share = number_of(Option(by_loss, SHARE_ABOVE_0, "Share lost."), lost, problems)
        if math.isnan(share) or math.isnan(start):
            return 0.0
        rest = start * (1.0 - share)
        # 20 (1 - 0.35) is 13 persons, whatever rounding makes of it.
        return rest if method == MEAN_FIELD else float(math.floor(rest + 1e-9 * start))
    if left is None:
        return 0.0
    kind = _ANY if method == MEAN_FIELD else STRENGTH
    value = number_of(Option(name, kind, "Strength left."), left, problems)
    if value >= start:
        text = f"{shown(left)} is not below the strength at the start, {start:,g}"
        problems.append(Problem(name, None, text))
    return value


def _check_range(duel: Duel, arrivals: tuple[Arrival, ...], problems: list[Problem]) -> None:
    """Every rate and every worth must stay within floating point."""
    law = duel.law
    most = [duel.attackers, duel.defenders]
    for one in arrivals:
        most[one.side == "defender"] += one.strength
    x, y = (max(abs(math.log(max(strength, 1.0))), 1.0) for strength in most)
    widest = max(
        abs(math.log(duel.attacker_rate)) + abs(law.p1) * x + abs(law.q1) * y,
        abs(math.log(duel.defender_rate)) + abs(law.p2) * y + abs(law.q2) * x,
        abs(law.alpha + 1.0) * x,
        abs(law.beta + 1.0) * y,
    )
    if widest > _WIDEST:
        text = f"{law} takes the rates of these strengths out of the range of floating point"
        problems.append(
            Problem("law", None, f"{text}: exponents nearer to 0, or smaller strengths")
        )


def _check_size(duel: Duel, method: str, n: int, problems: list[Problem]) -> None:
    """Not more work than anybody would wait for."""
    if method == MEAN_FIELD:
        return
    for name, strength in (("attackers", duel.attackers), ("defenders", duel.defenders)):
        if strength > MOST_PERSONS:
            text = f"{strength:,} are too many: {MOST_PERSONS:,} at most, but for {MEAN_FIELD}"
            problems.append(Problem(name, None, text))
    ours, theirs = duel.attackers - duel.attackers_break, duel.defenders - duel.defenders_break
    if method == EXACT and ours * theirs > MOST_STATES:
        text = f"{ours:,.0f} losses times {theirs:,.0f} are too many states to solve"
        other = f"{MOST_STATES:,} at most; {SIMULATE} and {MEAN_FIELD} go further"
        problems.append(Problem("method", None, f"{text}: {other}"))
    if method == SIMULATE and n * (ours + theirs) > MOST_LOSSES:
        text = f"{n:,} duels of up to {ours + theirs:,.0f} losses are too many"
        problems.append(Problem("replications", None, f"{text}: {MOST_LOSSES:,} losses at most"))
