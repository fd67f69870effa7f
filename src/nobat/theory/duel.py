"""A duel of two sides: who wins, who is left, how long it takes (MODEL 6).

Three ways to the answer: exactly (`duel_exact`, with `duel_decoupled` as its judge where that
holds), by fighting it many times (`duel_simulated`), and without luck (`lanchester`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nobat.theory import duel_decoupled, duel_exact
from nobat.theory.duel_decoupled import Bounded
from nobat.theory.duel_exact import Solution
from nobat.theory.duel_question import EXACT, MEAN_FIELD, SIMULATE, Question, question_of
from nobat.theory.lanchester import Duel, Ending, Law, ending
from nobat.theory.lanchester_course import Arrival, Course, course, horizon, times_of

if TYPE_CHECKING:
    from nobat.show.duel import Table
    from nobat.theory.duel_simulated import Sample

#: Into how many parts a course without luck is told.
_PARTS = 8


@dataclass(frozen=True)
class Answer:
    """What is known of a duel; `print` it.

    solution: with luck, exact or estimated; sample: what it was estimated from. decoupled: the
    chance by the other exact form, None where that would lose too many digits. course: without
    luck. expected: how it ends without luck, where nobody is reinforced.
    """

    question: Question
    solution: Solution | None = None
    sample: Sample | None = None
    decoupled: Bounded | None = None
    course: Course | None = None

    @property
    def expected(self) -> Ending:
        """How it ends without luck."""
        return self.course.ending if self.course else ending(self.question.duel)

    @property
    def p_attacker_wins(self) -> float | None:
        """Probability; without luck 1 or 0, and None where nobody wins."""
        if self.solution is not None:
            return self.solution.p_attacker_wins
        winner = self.expected.winner
        return None if winner is None else float(winner == "attacker")

    def table(self) -> Table:
        """What `nobat theory duel` shows: `print` it, or let a notebook show it."""
        from nobat.show.duel import Table

        return Table(self)

    def to_json(self) -> dict[str, Any]:
        """The answer as plain JSON values; null for what does not exist or has no end."""
        return {**self._asked(), **(self._with_luck() or self._without_luck())}

    def _asked(self) -> dict[str, Any]:
        question, duel = self.question, self.question.duel
        return {
            "method": question.method,
            "law": str(duel.law),
            "exponents": duel.law._asdict(),
            "attackers": duel.attackers,
            "defenders": duel.defenders,
            "attacker_rate": duel.attacker_rate,
            "defender_rate": duel.defender_rate,
            "attackers_break": duel.attackers_break,
            "defenders_break": duel.defenders_break,
            "p_attacker_wins": self.p_attacker_wins,
        }

    def _with_luck(self) -> dict[str, Any]:
        found = self.solution
        if found is None:
            return {}
        told: dict[str, Any] = {
            "mean_attackers_left": found.attackers.mean,
            "mean_defenders_left": found.defenders.mean,
            "mean_duration": found.mean_duration,
            "variance_attackers_left": found.attackers.variance,
            "variance_defenders_left": found.defenders.variance,
            "variance_duration": found.variance_duration,
        }
        if self.sample is None:
            told["decoupled"] = None if self.decoupled is None else self.decoupled._asdict()
        else:
            told |= _accuracy(self.sample)
        # The number at place k is the probability that k are left.
        told["p_attackers_left"] = found.attackers.p.tolist()
        told["p_defenders_left"] = found.defenders.p.tolist()
        return told

    def _without_luck(self) -> dict[str, Any]:
        end = self.expected
        points = self.course.points if self.course else ()
        return {
            "mean_attackers_left": end.attackers,
            "mean_defenders_left": end.defenders,
            "mean_duration": end.duration if math.isfinite(end.duration) else None,
            "winner": end.winner,
            "course": [point._asdict() for point in points],
        }

    def __repr__(self) -> str:
        """The table."""
        return str(self.table())

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def _accuracy(sample: Sample) -> dict[str, Any]:
    """How far off the estimates may be, one standard error each."""
    found = sample.found
    return {
        "replications": sample.n,
        "seed": sample.seed,
        "standard_error": sample.standard_error,
        "standard_error_attackers_left": sample.error_of_mean(found.attackers.variance),
        "standard_error_defenders_left": sample.error_of_mean(found.defenders.variance),
        "standard_error_duration": sample.error_of_mean(found.variance_duration),
    }


def report(
    *,
    attackers: object = None,
    defenders: object = None,
    attacker_rate: object = None,
    defender_rate: object = None,
    law: str | Law | None = None,
    method: str | None = None,
    replications: object = None,
    seed: object = None,
    attackers_break: object = None,
    attackers_break_loss: object = None,
    defenders_break: object = None,
    defenders_break_loss: object = None,
    reinforcement: str | Path | Sequence[Arrival] | None = None,
) -> Answer:
    """The duel of `nobat theory duel`, with its words and numbers; None for the default.

    law: square, linear, log, guerrilla (the attacker hides), exponents as "P,Q", or a Law.
    A breakpoint is a strength left, or a share lost (..._break_loss). reinforcement: a CSV file
    or arrivals, for the method mean-field. Raises ScenarioError with all that is wrong.
    """
    given = {
        "attackers": attackers, "defenders": defenders,
        "attacker_rate": attacker_rate, "defender_rate": defender_rate,
        "law": law, "method": method, "replications": replications, "seed": seed,
        "attackers_break": attackers_break, "attackers_break_loss": attackers_break_loss,
        "defenders_break": defenders_break, "defenders_break_loss": defenders_break_loss,
        "reinforcement": reinforcement,
    }  # fmt: skip
    return answer_of(question_of(given))


def answer_of(question: Question, told: Callable[[int, int], None] | None = None) -> Answer:
    """The answer to a question; `told` hears how many duels of how many are fought."""
    duel = question.duel
    if question.method == EXACT:
        return Answer(question, duel_exact.solve(duel), decoupled=_decoupled(duel))
    if question.method == SIMULATE:
        from nobat.theory.duel_simulated import simulate  # late: it loads the compiler

        sample = simulate(duel, question.replications, question.seed, told)
        return Answer(question, sample.found, sample)
    assert question.method == MEAN_FIELD
    return Answer(question, course=_course(duel, question.arrivals))


def _decoupled(duel: Duel) -> Bounded | None:
    """The chance by the decoupled form, where that is stable."""
    try:
        return duel_decoupled.chance(duel)
    except duel_decoupled.UnstableError:
        return None


def _course(duel: Duel, arrivals: tuple[Arrival, ...]) -> Course:
    """The course without luck, in even parts from the start to the end."""
    if not arrivals:
        return course(duel, times_of(horizon(duel), _PARTS))
    end = course(duel, (), arrivals).ending.duration
    if not math.isfinite(end):
        end = 2.0 * max(one.end for one in arrivals)
    return course(duel, times_of(end, _PARTS), arrivals)
