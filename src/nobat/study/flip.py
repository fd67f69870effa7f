"""Where along one number of a scenario one doctrine stops being better than another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from nobat.model.outcome import Outcome
from nobat.scenario import Problem, Scenario, ScenarioError
from nobat.scenario.quantity import Kind, Quantity
from nobat.scenario.words import quoted, shown
from nobat.study.asked import doctrine_of, number_at, outcome_of, scenario_asked, spread
from nobat.study.crossing import Crossing, crossings_of
from nobat.study.estimates import LEVEL, RESAMPLES, Estimate, mean, paired_difference, share_of
from nobat.study.names import key, outcome_named
from nobat.study.scan import Progress, Scan, scan
from nobat.study.stated import stated_json

if TYPE_CHECKING:
    import polars as pl

    from nobat.show.charts import Chart
    from nobat.show.flip import Table

#: How many values of the number are run if nothing is said, and how many at most.
POINTS, MOST_POINTS = 7, 101


@dataclass(frozen=True, slots=True)
class FlipPoint:
    """Both doctrines at one value of the number.

    a, b: their estimates. difference: a - b replication by replication, with Student's interval.
    """

    value: float
    a: Estimate
    b: Estimate
    difference: Estimate

    def to_json(self) -> dict[str, Any]:
        """The point as plain JSON values."""
        estimates = {"a": self.a, "b": self.b, "difference": self.difference}
        return {"value": self.value} | {name: one.to_json() for name, one in estimates.items()}


@dataclass(frozen=True, repr=False)
class Flip:
    """The difference a - b of an outcome along a number, and where it changes its sign.

    path, unit: of the number; quantity: what the scenario states of it. crossings: by rising value;
    p_crossing: the share of bootstrap resamples in which the difference changes its sign anywhere
    in the range, None for a single replication.
    """

    scenario: str
    title: str
    path: str
    unit: str
    quantity: Quantity
    a: str
    b: str
    outcome: Outcome
    horizon_d: float
    seed: int
    replications: int
    points: tuple[FlipPoint, ...]
    crossings: tuple[Crossing, ...]
    p_crossing: float | None

    def to_json(self) -> dict[str, Any]:
        """The result as plain JSON values: the object that `nobat flip --json` prints."""
        return {
            "scenario": self.scenario,
            "title": self.title,
            "path": self.path,
            "unit": self.unit,
            **stated_json(self.quantity),
            "a": self.a,
            "b": self.b,
            "outcome": key(self.outcome.name, self.outcome.kind),
            "horizon_d": self.horizon_d,
            "seed": self.seed,
            "replications": self.replications,
            "interval": {"level": LEVEL, "difference": "paired t", "crossing": "bootstrap"},
            "resamples": RESAMPLES,
            "points": [point.to_json() for point in self.points],
            "crossings": [crossing.to_json() for crossing in self.crossings],
            "p_crossing": self.p_crossing,
            "sentence": self.sentence(),
        }

    def to_polars(self) -> pl.DataFrame:
        """One row for each value: a, b, their difference, the ends of its interval, n."""
        import polars as pl

        rows = [
            {
                "value": point.value,
                "a": point.a.mean,
                "b": point.b.mean,
                "difference": point.difference.mean,
                "low": point.difference.low,
                "high": point.difference.high,
                "n": point.difference.n,
            }
            for point in self.points
        ]
        schema = dict.fromkeys(rows[0], pl.Float64) | {"n": pl.Int64}
        return pl.DataFrame(rows, schema=schema)

    # As in a comparison, a result that can show itself reaches up, late, and only here.

    def sentence(self) -> str:
        """Where the difference changes its sign, or that it does not, in plain words."""
        from nobat.show.flip import sentence

        return sentence(self)

    def table(self) -> Table:
        """The table of values: printed as text, by rich, or as HTML in a notebook."""
        from nobat.show.flip import Table

        return Table(self)

    def plot(self) -> Chart:
        """A chart of the difference along the number, with its crossings."""
        from nobat.show.scan_charts import flip_chart

        return flip_chart(self)

    def __repr__(self) -> str:
        """Short: what is compared along which number, and where it flips."""
        at = ", ".join(f"{one.value:.4g}" for one in self.crossings) or "nowhere"
        return f"<Flip {self.scenario}: {self.a} - {self.b} along {self.path}; flips at {at}>"

    def _repr_html_(self) -> str:
        """What a notebook shows: the sentence and the table."""
        return self.table()._repr_html_()


def flip(
    scenario: Scenario,
    path: str,
    *,
    a: str,
    b: str,
    low: float | None = None,
    high: float | None = None,
    points: int = POINTS,
    outcome: str = "secured",
    replications: int | None = None,
    seed: int | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Flip:
    """The difference of two doctrines along a number, and where it changes its sign.

    path: of a number of the scenario, like `sleep.commit_all_h`. a, b: the doctrines; the
    difference is a - b. low, high: the range (default: the number's own). points: how many values
    of it are run. outcome: its name, or the key of its estimate. replications, seed: as the
    scenario says unless given. jobs: threads. progress: called with (points done, all of them).

    Raises ScenarioError (a ValueError) for a path that leads nowhere or to no number, an unknown
    doctrine or outcome, a range that is empty, or reaches where the number may not be, and for an
    argument that is not allowed.
    """
    scenario = scenario_asked(scenario, "flip", replications, seed)
    path, quantity, kind = number_at(scenario, str(path))
    a, b = doctrine_of(scenario, a), doctrine_of(scenario, b)
    if a == b:
        text = f"{quoted(a)} is held against itself: give two different ones"
        raise ScenarioError([Problem("doctrine", None, text)])
    name = outcome_of(outcome)
    start, end = _range(path, quantity, kind, low, high)
    _check_points(points)
    values = spread(kind, start, end, points)
    found = scan(scenario, path, values, [a, b], [name], jobs=jobs, progress=progress)
    crossings, p_crossing = crossings_of(np.array(values, np.float64), differences(found))
    return Flip(
        scenario=scenario.name,
        title=scenario.title,
        path=path,
        unit=kind.unit,
        quantity=quantity,
        a=a,
        b=b,
        outcome=outcome_named(name),
        horizon_d=scenario.run.horizon_d,
        seed=scenario.run.seed,
        replications=found.replications,
        points=tuple(points_of(found)),
        crossings=crossings,
        p_crossing=p_crossing,
    )


def _check_points(points: object) -> None:
    """ScenarioError for what is no number of points."""
    if type(points) is not int or not 2 <= points <= MOST_POINTS:
        text = f"{shown(points)} is not a number of points: a whole number from 2 to {MOST_POINTS}"
        raise ScenarioError([Problem("points", None, text)])


def _range(
    path: str, quantity: Quantity, kind: Kind, low: float | None, high: float | None
) -> tuple[float, float]:
    """The ends of the range, the number's own where none is given; ScenarioError for a bad one."""
    ends = []
    for name, given, own in (("low", low, quantity.low), ("high", high, quantity.high)):
        if given is None and own is None:
            text = f"{path} has no range of its own in this scenario: give low and high"
            raise ScenarioError([Problem(name, None, text)])
        try:
            ends.append(kind.number(own if given is None else given))
        except ValueError as error:
            raise ScenarioError([Problem(name, None, f"of {path}: {error}")]) from None
    if ends[0] >= ends[1]:
        text = f"{shown(ends[1])} is not above the low end, {shown(ends[0])}"
        raise ScenarioError([Problem("high", None, text)])
    return ends[0], ends[1]


def differences(found: Scan) -> NDArray[np.float64]:
    """The difference of the first doctrine and the second: (values, replications)."""
    gaps: NDArray[np.float64] = found.rows[:, 0, 0] - found.rows[:, 1, 0]
    return gaps


def points_of(found: Scan) -> Iterator[FlipPoint]:
    """The points of a scan of two doctrines and one outcome."""
    (a, b), (outcome,) = found.doctrines, found.outcomes
    estimate = share_of if outcome_named(outcome).kind == "share" else mean
    for i, value in enumerate(found.values):
        own, other = found.column(i, a, outcome), found.column(i, b, outcome)
        yield FlipPoint(value, estimate(own), estimate(other), paired_difference(own, other))
