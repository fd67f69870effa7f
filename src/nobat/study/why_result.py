"""What a `why` found: a frozen result that can be read, shown and kept (MODEL 17)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nobat.model.outcome import Outcome
from nobat.study.comparison import MONTE_CARLO
from nobat.study.estimates import LEVEL, Estimate
from nobat.study.names import key
from nobat.study.unlike import Unlike

if TYPE_CHECKING:
    import polars as pl

    from nobat.show.charts import Chart
    from nobat.show.why import Table


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


@dataclass(frozen=True, slots=True)
class Nearer:
    """A doctrine of a run that comes nearer to its best one than the one that is explained.

    difference: the best one minus this, paired, over the run's replications. unlike: the fields in
    which the best one (a) and this (b) differ.
    """

    doctrine: str
    difference: Estimate
    unlike: tuple[Unlike, ...]

    @property
    def fights_alike(self) -> bool:
        """Whether no mechanism but `other` can make the difference."""
        return all(one.other for one in self.unlike)

    def to_json(self) -> dict[str, Any]:
        """The doctrine as plain JSON values."""
        return {
            "doctrine": self.doctrine,
            "difference": self.difference.to_json(),
            "unlike": [one.to_json() for one in self.unlike],
        }


@dataclass(frozen=True, repr=False)
class Why:
    """The difference a - b of an outcome, and what each mechanism has to do with it.

    at_a, at_b: the outcome under both. difference: a - b replication by replication. shares: one
    for each mechanism, `other` last; they add up to the difference. mixes: all that was run.
    replications: of each mix; those in which the outcome exists in every mix count, which are
    `difference.n`. seed: None by the mean field. unlike: the fields in which the doctrines differ.
    nearer: of a run whose doctrines were chosen, those that come between the two.
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
    unlike: tuple[Unlike, ...] = ()
    nearer: tuple[Nearer, ...] = ()

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
            "unlike": [one.to_json() for one in self.unlike],
            "nearer": [one.to_json() for one in self.nearer],
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
