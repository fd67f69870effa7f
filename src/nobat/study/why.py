"""Why one doctrine does better: the difference, shared out among mechanisms (MODEL 17).

Committing everyone changes several things at once. Each of them can be taken from either doctrine,
in one and the same campaign; every mix is run on the same luck, and what each mechanism adds, mean
over all orders in which they could change, is its share (Shapley 1953). The shares add up to the
difference in every replication, and so do their means.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from nobat.engine.runner import default_jobs, jobs_fault
from nobat.model.outcome import Outcome
from nobat.scenario import Problem, Scenario, ScenarioError
from nobat.scenario.words import choice, quoted
from nobat.study.asked import doctrine_of, outcome_of, scenario_asked
from nobat.study.comparison import MEAN_FIELD, MONTE_CARLO
from nobat.study.estimates import LEVEL, Estimate, mean, share_of
from nobat.study.names import key, outcome_named
from nobat.study.scan import MOST_KEPT
from nobat.study.shapley import alone, last, shapley
from nobat.study.why_runs import PLAYERS, Progress, players_in, worths

if TYPE_CHECKING:
    import polars as pl

    from nobat.show.charts import Chart
    from nobat.show.why import Table

#: Replications of every mix, where the scenario has no fewer: there are 64 mixes.
REPLICATIONS = 1_000
SOLVERS = (MONTE_CARLO, MEAN_FIELD)

Floats = NDArray[np.float64]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Share:
    """What one mechanism does for the difference a - b.

    share: its Shapley value. alone: the difference that it makes when nothing else goes by a; last:
    when everything else does. All with Student's interval over replications. in_scenario: whether
    the scenario has the mechanism; where it has not, all are 0.
    """

    mechanism: str
    share: Estimate
    alone: Estimate
    last: Estimate
    in_scenario: bool

    def to_json(self) -> dict[str, Any]:
        """The share as plain JSON values."""
        found = {"share": self.share, "alone": self.alone, "last": self.last}
        return {
            "mechanism": self.mechanism,
            "in_scenario": self.in_scenario,
            **{name: one.to_json() for name, one in found.items()},
        }


@dataclass(frozen=True, slots=True)
class Mix:
    """One of the campaigns that were run: what went by a in it, and the mean outcome."""

    of_a: tuple[str, ...]
    mean: float | None

    def to_json(self) -> dict[str, Any]:
        """The mix as plain JSON values."""
        return {"of_a": list(self.of_a), "mean": self.mean}


@dataclass(frozen=True, repr=False)
class Why:
    """The difference a - b of an outcome, and what each mechanism has to do with it.

    at_a, at_b: the outcome under both. difference: a - b replication by replication. shares: one
    for each mechanism, `other` last; they add up to the difference. mixes: all that was run.
    replications: of each mix; those in which the outcome exists in every mix count, which are
    `difference.n`. seed: None by the mean field.
    """

    scenario: str
    title: str
    a: str
    b: str
    outcome: Outcome
    horizon_d: float
    solver: str
    seed: int | None
    replications: int
    at_a: Estimate
    at_b: Estimate
    difference: Estimate
    shares: tuple[Share, ...]
    mixes: tuple[Mix, ...]

    def __getitem__(self, mechanism: str) -> Share:
        """The share of a mechanism; KeyError for what is none."""
        found = {one.mechanism: one for one in self.shares}
        return found[mechanism]

    def to_json(self) -> dict[str, Any]:
        """The result as plain JSON values: the object that `nobat why --json` prints."""
        return {
            "scenario": self.scenario,
            "title": self.title,
            "a": self.a,
            "b": self.b,
            "outcome": key(self.outcome.name, self.outcome.kind),
            "horizon_d": self.horizon_d,
            "solver": self.solver,
            "seed": self.seed,
            "replications": self.replications,
            "interval": {"level": LEVEL, "shares": "paired t"} if self.drawn else None,
            "at_a": self.at_a.to_json(),
            "at_b": self.at_b.to_json(),
            "difference": self.difference.to_json(),
            "shares": [one.to_json() for one in self.shares],
            "mixes": [one.to_json() for one in self.mixes],
            "sentence": self.sentence(),
        }

    @property
    def drawn(self) -> bool:
        """Whether luck was drawn, so that there are intervals."""
        return self.solver == MONTE_CARLO

    def to_polars(self) -> pl.DataFrame:
        """One row for each mechanism: its share, the ends of the interval, alone, last, n."""
        import polars as pl

        rows = [
            {
                "mechanism": one.mechanism,
                "share": one.share.mean,
                "low": one.share.low,
                "high": one.share.high,
                "alone": one.alone.mean,
                "last": one.last.mean,
                "n": one.share.n,
            }
            for one in self.shares
        ]
        numbers = dict.fromkeys(rows[0], pl.Float64)
        return pl.DataFrame(rows, schema=numbers | {"mechanism": pl.String, "n": pl.Int64})

    # As in a comparison, a result that can show itself reaches up, late, and only here.

    def sentence(self) -> str:
        """How far the doctrines are apart, and what that comes from, in plain words."""
        from nobat.show.why import sentence

        return sentence(self)

    def table(self) -> Table:
        """The table of mechanisms: printed as text, by rich, or as HTML in a notebook."""
        from nobat.show.why import Table

        return Table(self)

    def plot(self) -> Chart:
        """A chart of the shares with their intervals."""
        from nobat.show.why_chart import why_chart

        return why_chart(self)

    def __repr__(self) -> str:
        """Short: what is explained, and by what most of it."""
        most = max(self.shares, key=lambda one: abs(one.share.mean or 0.0)).mechanism
        return f"<Why {self.scenario}: {self.a} - {self.b} in {self.outcome.name}; most: {most}>"

    def _repr_html_(self) -> str:
        """What a notebook shows: the sentence and the table."""
        return self.table()._repr_html_()


def why(
    scenario: Scenario,
    *,
    doctrine: str,
    against: str,
    outcome: str = "secured",
    solver: str = MONTE_CARLO,
    replications: int | None = None,
    seed: int | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Why:
    """Share the difference between two doctrines out among the mechanisms that make it.

    doctrine, against: the two, a and b; the difference is a - b. outcome: its name, or the key of
    its estimate. solver: `monte-carlo`, or `mean-field` for one course, without intervals.
    replications: of each mix (default: 1,000, or as many as the scenario says if that is fewer).
    seed: as the scenario says unless given. jobs: threads. progress: called with (mixes done, all
    of them).

    Raises ScenarioError (a ValueError), with all that is wrong, for an unknown doctrine, outcome or
    solver, and for an argument that is not allowed.
    """
    asked = scenario_asked(scenario, "why", replications, seed)
    problems: list[Problem] = []
    a = _tried(problems, "doctrine", doctrine_of, asked, doctrine)
    b = _tried(problems, "against", doctrine_of, asked, against)
    name = _tried(problems, "outcome", outcome_of, outcome)
    problems += _problems(solver, {"replications": replications, "seed": seed}, jobs)
    if a is None or b is None or name is None or problems:
        raise ScenarioError(problems)
    if replications is None and asked.run.replications > REPLICATIONS:
        asked = asked.with_values({"run.replications": REPLICATIONS})
    players = players_in(asked)
    _check_room(1 << len(players), asked.run.replications)
    found = worths(
        asked, a, b, name, players,
        expected=solver == MEAN_FIELD, jobs=jobs or default_jobs(), progress=progress,
    )  # fmt: skip
    return explained(asked, a, b, name, players, solver, found)


def _tried(problems: list[Problem], name: str, read: Callable[..., T], *words: object) -> T | None:
    """What the argument of that name is read as; what is wrong with it goes to the problems."""
    try:
        return read(*words)
    except ScenarioError as error:
        problems += [replace(problem, path=name) for problem in error.problems]
        return None


def _problems(solver: object, drawn: dict[str, int | None], jobs: object) -> list[Problem]:
    """What is wrong with the solver, with what is given beside it, and with the threads.

    drawn: arguments that mean something only where luck is drawn.
    """
    found = []
    if solver not in SOLVERS:
        words = f"{quoted(str(solver))} is not a solver of why"
        found.append(Problem("solver", None, f"{words}{choice(solver, SOLVERS, 'solvers')}"))
    if solver == MEAN_FIELD:
        text = f"means nothing with the solver {MEAN_FIELD}: there is one course"
        found += [Problem(name, None, text) for name, value in drawn.items() if value is not None]
    if fault := jobs_fault(jobs):
        found.append(Problem("jobs", None, fault))
    return found


def _check_room(mixes: int, replications: int) -> None:
    """ScenarioError for more numbers than are kept."""
    most = MOST_KEPT // mixes
    if replications > most:
        text = f"{replications:,} of each of {mixes} mixes are too many: {most:,} at most"
        raise ScenarioError([Problem("replications", None, text)])


def explained(
    scenario: Scenario,
    a: str,
    b: str,
    outcome: str,
    players: tuple[str, ...],
    solver: str,
    found: Floats,
) -> Why:
    """The result, from an outcome in every coalition of players and replication.

    found: (2^players, replications), NaN where the outcome does not exist. A replication counts
    where it exists in every coalition: only there do the shares add up.
    """
    named, drawn = outcome_named(outcome), solver == MONTE_CARLO
    there = found[:, ~np.isnan(found).any(axis=0)]
    estimate = share_of if named.kind == "share" and drawn else mean
    return Why(
        scenario=scenario.name,
        title=scenario.title,
        a=a,
        b=b,
        outcome=named,
        horizon_d=scenario.run.horizon_d,
        solver=solver,
        seed=scenario.run.seed if drawn else None,
        replications=found.shape[1],
        at_a=estimate(there[-1]),
        at_b=estimate(there[0]),
        difference=mean(there[-1] - there[0]),
        shares=_shares(there, players),
        mixes=tuple(
            Mix(tuple(p for i, p in enumerate(players) if k >> i & 1), mean(row).mean)
            for k, row in enumerate(there)
        ),
    )


def _shares(found: Floats, players: tuple[str, ...]) -> tuple[Share, ...]:
    """What each mechanism has to do with it; nothing where the scenario does not have it."""
    nothing = mean(np.zeros(found.shape[1]))
    values = {
        player: (mean(phi), mean(first), mean(end))
        for player, phi, first, end in zip(
            players, shapley(found), alone(found), last(found), strict=True
        )
    }
    return tuple(
        Share(player, *values.get(player, (nothing, nothing, nothing)), player in values)
        for player in PLAYERS
    )
