"""What a study of sensitivity found: one row for each factor, and how to take it elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from nobat.model.outcome import Outcome
from nobat.study.estimates import LEVEL, RESAMPLES, Estimate
from nobat.study.factors import Factor
from nobat.study.names import key

if TYPE_CHECKING:
    import polars as pl

    from nobat.show.charts import Chart
    from nobat.show.sensitivity import Table

Method = Literal["sobol", "morris"]


@dataclass(frozen=True, slots=True)
class Index:
    """A Sobol index with its 95 % interval, in which luck is counted.

    All None where the outcome does not vary; low and high where nobody knows how sure it is: one
    replication at each point does not say what is luck.
    """

    value: float | None
    low: float | None
    high: float | None

    def to_json(self) -> dict[str, Any]:
        """The index as plain JSON values."""
        return {"value": self.value, "low": self.low, "high": self.high}


@dataclass(frozen=True, slots=True)
class SobolRow:
    """A factor's indices.

    first: the part of the variance that the factor explains alone; total: the part that it has a
    hand in.
    """

    factor: Factor
    first: Index
    total: Index

    @property
    def size(self) -> float:
        """By what factors are ordered: the total index."""
        return self.total.value or 0.0

    def to_json(self) -> dict[str, Any]:
        """The row as plain JSON values."""
        indices = {"first": self.first.to_json(), "total": self.total.to_json()}
        return self.factor.to_json() | indices


@dataclass(frozen=True, slots=True)
class MorrisRow:
    """A factor's elementary effects, in the outcome's unit over the factor's whole range.

    mu, mu_star: mean of the effects and of their sizes; sigma: standard deviation of the effects,
    None for a single trajectory. by_luck: the mu_star that luck alone would give with so few
    replications; beyond_luck: whether the effects are larger than luck makes them in 999 of
    1,000 cases; both None where that is not known.
    """

    factor: Factor
    mu: Estimate
    mu_star: Estimate
    sigma: float | None
    by_luck: float | None
    beyond_luck: bool | None

    @property
    def size(self) -> float:
        """By what factors are ordered: mu*."""
        return self.mu_star.mean or 0.0

    def to_json(self) -> dict[str, Any]:
        """The row as plain JSON values."""
        return self.factor.to_json() | {
            "mu": _plain(self.mu),
            "mu_star": _plain(self.mu_star),
            "sigma": self.sigma,
            "by_luck": self.by_luck,
            "beyond_luck": self.beyond_luck,
        }


def _plain(estimate: Estimate) -> dict[str, Any]:
    """An estimate in the words of an index."""
    return {"value": estimate.mean, "low": estimate.low, "high": estimate.high}


@dataclass(frozen=True, repr=False)
class Sensitivity:
    """What an outcome of a doctrine, or its difference from another's, hangs on.

    against: the doctrine that is taken off; None where one doctrine is looked at. points: how many
    were run, in so many `sets`: rows of the design (sobol) or trajectories (morris), of which each
    has every factor in it. mean: of the outcome over all points. variance: of it over the ranges
    (sobol only). together: the part of it that no factor explains alone, 1 minus the sum of the
    first indices (sobol only). luck_share: the part of the variance, or of the mean square of the
    effects, that is luck left by the replications; None where that is not known. rows: by falling
    size; with morris those whose effects are no more than luck come last.
    """

    scenario: str
    title: str
    method: Method
    outcome: Outcome
    doctrine: str
    against: str | None
    horizon_d: float
    seed: int
    replications: int
    points: int
    sets: int
    levels: int | None
    mean: float
    variance: float | None
    together: Index | None
    luck_share: float | None
    rows: tuple[SobolRow, ...] | tuple[MorrisRow, ...]

    def to_json(self) -> dict[str, Any]:
        """The result as plain JSON values: the object that `nobat sensitivity --json` prints."""
        sobol = self.method == "sobol"
        return {
            "scenario": self.scenario,
            "title": self.title,
            "method": self.method,
            "doctrine": self.doctrine,
            "against": self.against,
            "outcome": key(self.outcome.name, self.outcome.kind),
            "horizon_d": self.horizon_d,
            "seed": self.seed,
            "replications": self.replications,
            "points": self.points,
            "rows" if sobol else "trajectories": self.sets,
            "levels": self.levels,
            "interval": {
                "level": LEVEL,
                "design": None if self.replications == 1 else "bootstrap" if sobol else "t",
                "luck": None if self.luck_share is None else "jackknife",
            },
            "resamples": RESAMPLES if sobol else None,
            "mean": self.mean,
            "variance": self.variance,
            "together": None if self.together is None else self.together.to_json(),
            "luck_share": self.luck_share,
            "factors": [row.to_json() for row in self.rows],
            "sentence": self.sentence(),
        }

    def to_polars(self) -> pl.DataFrame:
        """One row for each factor; `_low` and `_high` are the ends of the intervals."""
        import polars as pl

        rows = [_flat(row.to_json()) for row in self.rows]
        others: dict[str, pl.DataType | type[pl.DataType]] = {
            **dict.fromkeys(("path", "unit", "levels", "basis", "source"), pl.String),
            "beyond_luck": pl.Boolean,
        }
        schema = {name: others.get(name, pl.Float64) for name in rows[0]}
        return pl.DataFrame(rows, schema=schema)

    # As in a comparison, a result that can show itself reaches up, late, and only here.

    def sentence(self) -> str:
        """What the outcome hangs on most, in plain words."""
        from nobat.show.sensitivity_words import sentence

        return sentence(self)

    def table(self) -> Table:
        """The table of factors: printed as text, by rich, or as HTML in a notebook."""
        from nobat.show.sensitivity import Table

        return Table(self)

    def plot(self) -> Chart:
        """A chart of bars, the longest on top."""
        from nobat.show.sensitivity_chart import sensitivity_chart

        return sensitivity_chart(self)

    def __repr__(self) -> str:
        """Short: what was asked, and the first three factors."""
        of = self.doctrine if self.against is None else f"{self.doctrine} - {self.against}"
        first = ", ".join(row.factor.path for row in self.rows[:3])
        return f"<Sensitivity {self.scenario}: {self.outcome.name}, {of}; {self.method}: {first}>"

    def _repr_html_(self) -> str:
        """What a notebook shows: the sentence and the table."""
        return self.table()._repr_html_()


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    """A row of plain values: each index, then the ends of its interval."""
    flat: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, dict):
            flat[name] = value["value"]
            flat |= {f"{name}_{end}": value[end] for end in ("low", "high")}
        elif isinstance(value, list):
            flat[name] = ",".join(map(str, value))
        else:
            flat[name] = value
    return flat
