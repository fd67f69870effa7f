"""What is asked of attacks after a campaign, checked at once, and its answer (MODEL 13)."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from nobat.scenario.problems import Problem, ScenarioError
from nobat.scenario.quantity import STRENGTH, Kind
from nobat.scenario.recurrence import BRANCHING, DECAY, INCIDENTS
from nobat.scenario.words import choice, nearest, shown
from nobat.theory import recurrence
from nobat.theory.asked import Option, numbers_of, whole_of
from nobat.theory.recurrence import Floats, Process

if TYPE_CHECKING:
    from nobat.show.recurrence import Table
    from nobat.theory.recurrence_simulated import Sample

EXACT, SIMULATE = METHODS = ("exact", "simulate")
DEFAULT_DAYS, DEFAULT_REPLICATIONS, DEFAULT_SEED = 365.0, 10_000, 1
#: The most courses, the most attacks expected in one, and in all of them: ten minutes or so.
MOST_COURSES, MOST_ATTACKS, MOST_IN_ALL = 100_000_000, 1e6, 1e10
MOST_SEED = 2**63 - 1

_PERSONS = Kind("ResidualForce", STRENGTH.a, "0 or more persons", "persons", 0)
_DAYS = Kind("DaysAfter", "allowed here", "above 0 days", "d", 0, above=True)
#: What may be asked, in the order of the command's help.
OPTIONS = (
    Option("residual", _PERSONS, "Persons who got away and can come back."),
    Option("incidents", INCIDENTS, "Attacks of 100 of them in a month, in all."),
    Option("theta", BRANCHING, "Attacks that one attack provokes directly, below 1."),
    Option("omega", DECAY, "Rate at which those come, per day."),
    Option("days", _DAYS, "Days in which attacks are counted.", DEFAULT_DAYS),
)
#: Into how many parts a course is told.
_PARTS = 8
_LOW, _HIGH = 0.05, 0.95


@dataclass(frozen=True)
class Question:
    """A process, how long it is watched, and how it is to be answered."""

    process: Process
    days: float
    method: str = EXACT
    replications: int = DEFAULT_REPLICATIONS
    seed: int = DEFAULT_SEED


class Point(NamedTuple):
    """What is expected by a day: attacks so far, their standard deviation, the chance of none."""

    day: float
    attacks: float
    standard_deviation: float
    p_no_attack: float


@dataclass(frozen=True)
class Answer:
    """The attacks after a campaign; `print` it.

    chances: of 0, 1, 2, ... attacks, exact or as they were drawn; None where the exact ones are
    too much work. sample: what was drawn. curve: expected values over time, from the closed form.
    """

    question: Question
    chances: Floats | None
    sample: Sample | None
    curve: tuple[Point, ...]

    @property
    def expected_attacks(self) -> float:
        """Mean number of attacks."""
        asked = self.question
        if self.sample is not None:
            return self.sample.mean
        return recurrence.expected(asked.process, asked.days)

    @property
    def variance_attacks(self) -> float:
        """Variance of the number of attacks."""
        asked = self.question
        if self.sample is not None:
            return self.sample.variance
        return recurrence.variance(asked.process, asked.days)

    @property
    def p_no_attack(self) -> float:
        """Chance of no attack at all."""
        asked = self.question
        if self.sample is not None:
            return self.sample.p_none
        return recurrence.p_none(asked.process, asked.days)

    @property
    def range_90(self) -> tuple[int, int] | None:
        """In nine of ten courses the number of attacks lies between these."""
        if self.chances is None:
            return None
        low, high = recurrence.quantiles(self.chances, _LOW, _HIGH)
        return low, high

    def table(self) -> Table:
        """What `nobat theory recurrence` shows: `print` it, or let a notebook show it."""
        from nobat.show.recurrence import Table

        return Table(self)

    def to_json(self) -> dict[str, Any]:
        """The answer as plain JSON values; null for what does not exist."""
        asked, process = self.question, self.question.process
        mu = process.root_rate
        told: dict[str, Any] = {
            "method": asked.method,
            **process._asdict(),
            "days": asked.days,
            "root_rate_per_day": mu,
            "events_per_root": process.family_size,
            "expected_roots": mu * asked.days,
            "expected_attacks": self.expected_attacks,
            "variance_attacks": self.variance_attacks,
            "p_no_attack": self.p_no_attack,
            "mean_days_to_first": 1.0 / mu if mu > 0.0 else None,
            "range_90": None if self.range_90 is None else list(self.range_90),
        }
        if self.sample is not None:
            told |= {
                "replications": self.sample.n,
                "seed": self.sample.seed,
                "standard_error": self.sample.standard_error,
                "p_standard_error": self.sample.p_standard_error,
            }
        return told | {"curve": [point._asdict() for point in self.curve]}

    def __repr__(self) -> str:
        """The table."""
        return str(self.table())

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def report(
    *,
    residual: object = None,
    incidents: object = None,
    theta: object = None,
    omega: object = None,
    days: object = None,
    method: object = None,
    replications: object = None,
    seed: object = None,
) -> Answer:
    """The attacks of `nobat theory recurrence`, with its numbers, as numbers or as text.

    None for the default. Raises ScenarioError with all that is wrong.
    """
    given = {
        "residual": residual, "incidents": incidents, "theta": theta, "omega": omega,
        "days": days, "method": method, "replications": replications, "seed": seed,
    }  # fmt: skip
    return answer_of(question_of(given))


def question_of(given: Mapping[str, object]) -> Question:
    """The question that these words and numbers ask; absent or None for the default.

    Raises ScenarioError with all that is wrong.
    """
    problems: list[Problem] = []
    numbers = numbers_of(OPTIONS, given, problems)
    method = _method(given.get("method"), problems)
    n = whole_of(
        "replications", given.get("replications"), 1, MOST_COURSES, DEFAULT_REPLICATIONS, problems
    )
    seed = whole_of("seed", given.get("seed"), 0, MOST_SEED, DEFAULT_SEED, problems)
    if not problems:
        days = numbers.pop("days")
        question = Question(Process(**numbers), days, method, n, seed)
        _check_size(question, problems)
    if problems:
        raise ScenarioError(problems)
    return question


def answer_of(question: Question, told: Callable[[int, int], None] | None = None) -> Answer:
    """The answer to a question; `told` hears how many courses of how many are drawn."""
    process, days = question.process, question.days
    curve = tuple(_point(process, days * part / _PARTS) for part in range(_PARTS + 1))
    if question.method == EXACT:
        return Answer(question, recurrence.distribution(process, days), None, curve)
    from nobat.theory.recurrence_simulated import simulate  # late: it loads the compiler

    sample = simulate(process, days, question.replications, question.seed, told)
    return Answer(question, sample.p, sample, curve)


def _point(process: Process, day: float) -> Point:
    return Point(
        day,
        recurrence.expected(process, day),
        math.sqrt(recurrence.variance(process, day)),
        recurrence.p_none(process, day),
    )


def _method(raw: object, problems: list[Problem]) -> str:
    if raw is None:
        return EXACT
    if raw not in METHODS:
        text = f"{shown(raw)} is not a method{choice(raw, METHODS, 'methods')}"
        problems.append(Problem("method", None, text))
        return nearest(raw, METHODS) or EXACT
    return str(raw)


def _check_size(question: Question, problems: list[Problem]) -> None:
    """Not more drawing than anybody would wait for."""
    each = recurrence.expected(question.process, question.days)
    if question.method != SIMULATE:
        return
    if each > MOST_ATTACKS:
        text = (
            f"{each:,.0f} attacks in one course are too many to draw: {MOST_ATTACKS:,.0f} at most"
        )
        problems.append(Problem("method", None, f"{text}; {EXACT} goes further"))
    elif question.replications * each > MOST_IN_ALL:
        text = f"{question.replications:,} courses of {each:,.0f} attacks are too many"
        problems.append(Problem("replications", None, f"{text}: {MOST_IN_ALL:,.0f} in all at most"))
