"""What a comparison of doctrines found: a frozen result that can be read, shown and kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nobat.engine.store import Run
from nobat.study.estimates import LEVEL, RESAMPLES, Estimate

if TYPE_CHECKING:
    import polars as pl

    from nobat.show.charts import Chart
    from nobat.show.tables import Table

#: Outcomes that do not exist in every replication, and what their mean is conditional on.
_CONDITIONS = {
    "day_secured": "if_secured",
    "day_core_taken": "if_taken",
    "rest_debt_due_day": "if_due",
}

#: The outcomes on which doctrines are compared pair by pair, and the key of the difference.
PAIRED = {
    "secured": "p_secured",
    "day_secured": "day_secured_if_both_secured",
    "attacker_losses": "attacker_losses",
    "defender_losses": "defender_losses",
    "layers_lost_again": "layers_lost_again",
    "rest_debt_unit_days": "rest_debt_unit_days",
}
MAIN = tuple(PAIRED)


def key(outcome: str, kind: str) -> str:
    """The name of an outcome's estimate: `p_` for a share, the condition of a conditional mean."""
    if kind == "share":
        return f"p_{outcome}"
    condition = _CONDITIONS.get(outcome)
    return f"{outcome}_{condition}" if condition else outcome


@dataclass(frozen=True, slots=True)
class DoctrineResult:
    """One doctrine: its name, title, and an estimate for every outcome, by key."""

    name: str
    title: str
    estimates: Mapping[str, Estimate]

    def __getitem__(self, name: str) -> Estimate:
        """The estimate with this key; KeyError, naming those there are, for another."""
        try:
            return self.estimates[name]
        except KeyError:
            raise KeyError(f"{name!r} is none of {', '.join(self.estimates)}") from None


@dataclass(frozen=True, slots=True)
class Difference:
    """The paired difference a - b of two doctrines on one outcome, with its t interval."""

    a: str
    b: str
    outcome: str
    estimate: Estimate

    def to_json(self) -> dict[str, Any]:
        """The difference as plain JSON values."""
        return {"a": self.a, "b": self.b, "outcome": self.outcome, **self.estimate.to_json()}


@dataclass(frozen=True, slots=True)
class Best:
    """The doctrine that comes out first, by which measure, and the bootstrap probability of it.

    p_best: None where a single replication was run.
    """

    doctrine: str
    by: str
    p_best: float | None

    def to_json(self) -> dict[str, Any]:
        """The choice as plain JSON values."""
        return {"doctrine": self.doctrine, "by": self.by, "p_best": self.p_best}


@dataclass(frozen=True, repr=False)
class Comparison:
    """Several doctrines of one scenario, run on the same luck.

    replications: how many every doctrine has (fewer than asked for if the run was stopped).
    doctrines: in the order they were run. differences: all pairs, on the main outcomes.
    """

    run: Run
    title: str
    horizon_d: float
    replications: int
    doctrines: tuple[DoctrineResult, ...]
    differences: tuple[Difference, ...]
    best: Best

    @property
    def scenario(self) -> str:
        """The scenario's name."""
        return self.run.manifest.scenario

    @property
    def seed(self) -> int:
        """The seed of the luck."""
        return self.run.manifest.seed

    @property
    def complete(self) -> bool:
        """Whether every replication asked for was run."""
        return self.replications == self.run.manifest.replications

    def __getitem__(self, doctrine: str) -> DoctrineResult:
        """The result of one doctrine; KeyError, naming those there are, for another."""
        for result in self.doctrines:
            if result.name == doctrine:
                return result
        names = ", ".join(result.name for result in self.doctrines)
        raise KeyError(f"{doctrine!r} is none of {names}")

    def difference(self, a: str, b: str, outcome: str) -> Estimate:
        """The paired difference a - b on an outcome (a key of `differences`).

        Raises KeyError for two doctrines or an outcome that were not compared.
        """
        for found in self.differences:
            if found.outcome == outcome and (found.a, found.b) == (a, b):
                return found.estimate
            if found.outcome == outcome and (found.a, found.b) == (b, a):
                return _negative(found.estimate)
        raise KeyError(f"no difference of {a!r} and {b!r} in {outcome!r}")

    def to_json(self) -> dict[str, Any]:
        """The result as plain JSON values: the object that `nobat run --json` prints."""
        doctrines = [
            {"name": one.name, "title": one.title}
            | {name: found.to_json() for name, found in one.estimates.items()}
            for one in self.doctrines
        ]
        return {
            "scenario": self.scenario,
            "title": self.title,
            "seed": self.seed,
            "replications": self.replications,
            "replications_asked": self.run.manifest.replications,
            "run_dir": str(self.run.path),
            "interval": {"level": LEVEL, "share": "wilson", "mean": "t", "difference": "paired t"},
            "doctrines": doctrines,
            "differences": [difference.to_json() for difference in self.differences],
            "best": self.best.to_json() | {"resamples": RESAMPLES},
            "sentence": self.sentence(),
        }

    def to_polars(self) -> pl.DataFrame:
        """One row per doctrine and outcome: mean, low, high, n, and the kind of estimate."""
        import polars as pl

        rows = [
            {"doctrine": one.name, "outcome": name, "kind": found.kind, **found.to_json()}
            for one in self.doctrines
            for name, found in one.estimates.items()
        ]
        floats = {"mean": pl.Float64, "low": pl.Float64, "high": pl.Float64}
        return pl.DataFrame(rows, schema_overrides={**floats, "n": pl.Int64})

    def outcomes(self) -> pl.LazyFrame:
        """Every replication of every doctrine; read from the run's folder when collected."""
        import polars as pl

        frames = [
            self.run.outcomes(one.name).select(pl.lit(one.name).alias("doctrine"), pl.all())
            for one in self.doctrines
        ]
        return pl.concat(frames)

    # The package `show` builds on this one. A result that can show itself is worth the one
    # exception: it reaches up, late, and only in these four methods and the notebook's.

    def sentence(self) -> str:
        """Which doctrine is best, by which measure and how sure, in plain words."""
        from nobat.show.words import verdict

        return verdict(self)

    def table(self) -> Table:
        """The table of doctrines: printed as text, by rich, or as HTML in a notebook."""
        from nobat.show.tables import Table

        return Table(self)

    def plot(self, outcome: str = "secured") -> Chart:
        """A chart of one outcome by doctrine.

        `day_secured` gives the chance of having secured the place by each day; any other
        outcome, its mean or share with the 95 % interval. KeyError for an unknown outcome.
        """
        from nobat.show.charts import chart

        return chart(self, outcome)

    def save(self, path: str | Path) -> Path:
        """Copy the run to a folder of its own, which `nobat.open_run` reads.

        Raises RunError if something is there already, StoreError if it cannot be written.
        """
        self.run.copy_to(Path(path))
        return Path(path)

    def __repr__(self) -> str:
        """Short: the scenario, how much was run, and what came out first."""
        return (
            f"<Comparison {self.scenario}: {len(self.doctrines)} doctrines x "
            f"{self.replications:,} replications, seed {self.seed}; best {self.best.doctrine}>"
        )

    def _repr_html_(self) -> str:
        """What a notebook shows: the table and the sentence."""
        return self.table()._repr_html_()


def _negative(estimate: Estimate) -> Estimate:
    """The same difference, seen from the other side."""
    mean, low, high = estimate.mean, estimate.low, estimate.high
    return Estimate(
        None if mean is None else -mean,
        None if high is None else -high,
        None if low is None else -low,
        estimate.n,
        estimate.kind,
    )
