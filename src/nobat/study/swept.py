"""What a sweep found: its points as tables that are read when they are asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from operator import index
from pathlib import Path
from typing import TYPE_CHECKING, Any, SupportsIndex

from nobat.engine.manifest import RunError
from nobat.engine.sweep_store import SweepFolder
from nobat.scenario import Problem, Scenario, ScenarioError
from nobat.scenario.words import shown
from nobat.study.design import LISTED, Design
from nobat.study.estimates import LEVEL, Estimate
from nobat.study.factors import Factor
from nobat.study.names import MAIN, key, outcome_named
from nobat.study.points import Settings
from nobat.study.sweep_rows import BEHIND, factors_from, points_from

if TYPE_CHECKING:
    import duckdb
    import polars as pl

    from nobat.show.charts import Chart
    from nobat.show.sweep import Table


@dataclass(frozen=True, slots=True)
class Spread:
    """An outcome's estimates over the points: the lowest, their median and the highest.

    None where no point has any.
    """

    low: float | None
    median: float | None
    high: float | None

    def to_json(self) -> dict[str, float | None]:
        """The spread as plain JSON values."""
        return {"low": self.low, "median": self.median, "high": self.high}


@dataclass(frozen=True, slots=True)
class DoctrineSpread:
    """One doctrine over the points.

    best_at: points at which it alone is secured most often; surely_best_at: those of them at which
    its lead over every other is beyond noise (paired by luck); None for both where only one was
    run. spreads: of the main outcomes, by the key of their estimate. estimates: the same where
    there is a single point, and how far the share secured lies `behind` the highest; else empty.
    """

    name: str
    title: str
    best_at: int | None
    surely_best_at: int | None
    spreads: dict[str, Spread]
    estimates: dict[str, Estimate] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The doctrine as plain JSON values."""
        own = {"best_at": self.best_at, "surely_best_at": self.surely_best_at}
        spreads = {name: spread.to_json() for name, spread in self.spreads.items()}
        return {"name": self.name, "title": self.title, **own, **spreads}


class Sweep:
    """Doctrines of a scenario at many points, in a folder.

    folder: where it is kept. scenario: before anything is varied. design: the points.
    """

    def __init__(self, folder: SweepFolder, scenario: Scenario, design: Design) -> None:
        self.folder = folder
        self.scenario = scenario
        self.design = design

    @classmethod
    def of(cls, folder: SweepFolder, scenario: Scenario) -> Sweep:
        """The sweep in a folder; RunError where its design cannot be read."""
        m = folder.manifest
        points = points_from(folder.design_text(), m.axes, str(folder.path))
        design = Design(m.design, factors_from(scenario, m.axes), points, m.design_seed)
        return cls(folder, scenario, design)

    @property
    def path(self) -> Path:
        """The folder."""
        return self.folder.path

    @property
    def factors(self) -> tuple[Factor, ...]:
        """What is varied."""
        return self.design.factors

    @property
    def doctrines(self) -> tuple[str, ...]:
        """The doctrines that are run at each point."""
        return self.folder.manifest.doctrines

    @property
    def replications_asked(self) -> int:
        """How many replications there are of each doctrine at each point."""
        return self.folder.manifest.replications

    @property
    def asked(self) -> int:
        """How many points there are to be."""
        return self.folder.manifest.points

    def __len__(self) -> int:
        """How many points there are."""
        return self.folder.count()

    def points(self) -> pl.LazyFrame:
        """A row for each point and doctrine; nothing is read yet.

        Columns: `point`, `doctrine`, the factors by their paths, `n` (replications), then of each
        outcome its estimate and `_low` and `_high`, the ends of its 95 % interval; `_n`, over how
        many replications, where an outcome may not exist in all. `behind`: by how much the share
        secured lies below the highest of the point, with its paired interval.
        """
        import polars as pl

        return pl.scan_parquet(self._some(self.folder.points_files()), glob=False)

    def replications(self) -> pl.LazyFrame:
        """A row for each point, doctrine and replication; nothing is read yet.

        Columns: `point`, `doctrine`, the factors, `replication`, then the outcomes, null where one
        does not exist. Raises RunError where they were not kept.
        """
        import polars as pl

        return pl.scan_parquet(self._some(self.folder.replications_files()), glob=False)

    def _some(self, files: list[Path]) -> list[Path]:
        """The files; RunError where there are none yet."""
        if not files:
            raise RunError(f"{self.path}: no point is complete yet")
        return files

    def duckdb(self) -> duckdb.DuckDBPyConnection:
        """A DuckDB connection with the views `points` and `replications`.

        Where replications were not kept, whoever asks for them is told so by an error.
        """
        import duckdb

        found = duckdb.connect()
        views = {"points": self._some(self.folder.points_files())}
        if self.folder.manifest.keep:
            views["replications"] = self.folder.replications_files()
        else:
            # The text of the query is made when the view is asked, and the making fails.
            found.execute(
                "CREATE VIEW replications AS SELECT * FROM "
                "query(coalesce(error(getvariable('not_kept')), 'SELECT 0 AS point'))"
            )
            found.execute(f"SET VARIABLE not_kept = {_sql(self.folder.not_kept())}")
        for name, files in views.items():
            quoted = ", ".join(_sql(str(path)) for path in files)
            found.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet([{quoted}])")
        return found

    def scenario_at(self, point: SupportsIndex) -> Scenario:
        """The scenario at a point, by its number from 0; ScenarioError for another number."""
        count = len(self.design)
        if isinstance(point, bool) or not isinstance(point, SupportsIndex):
            number = -1
        else:
            number = index(point)
        if not 0 <= number < count:
            text = f"{shown(point)} is not a point: a whole number from 0 to {count - 1:,}"
            raise ScenarioError([Problem("point", None, text)])
        return Settings(self.scenario, self.factors).at(self.design.points[number])

    @cached_property
    def summary(self) -> tuple[DoctrineSpread, ...]:
        """Every doctrine over the points that are there."""
        keys = [key(name, outcome_named(name).kind) for name in MAIN]
        ends = [f"{name}_{end}" for name in (BEHIND, *keys) for end in ("low", "high")]
        points = self.points()
        there = points.collect_schema().names()
        counts = [f"{name}_n" for name in keys if f"{name}_n" in there]
        table = points.select("point", "doctrine", "n", BEHIND, *keys, *ends, *counts).collect()
        return tuple(_spread(self.scenario, name, table, keys) for name in self.doctrines)

    @property
    def level_at(self) -> int | None:
        """Points at which several are secured most often, all equally; None for one doctrine."""
        best = [one.best_at for one in self.summary if one.best_at is not None]
        return len(self) - sum(best) if best else None

    def to_json(self) -> dict[str, Any]:
        """The result as plain JSON values: the object that `nobat sweep --json` prints."""
        m = self.folder.manifest
        return {
            "scenario": self.scenario.name,
            "title": self.scenario.title,
            "design": self.design.to_json(),
            "horizon_d": self.scenario.run.horizon_d,
            "seed": m.seed,
            "replications": m.replications,
            "replications_kept": m.keep,
            "points": len(self),
            "points_asked": self.asked,
            "stopped": len(self) < self.asked,
            "interval": {"level": LEVEL, "share": "wilson", "mean": "t", BEHIND: "paired t"},
            "doctrines": [one.to_json() for one in self.summary],
            "level_at": self.level_at,
            "sentence": self.sentence(),
            "sweep_dir": str(self.path),
        }

    def save(self, path: str | Path) -> None:
        """Copy the folder; RunError if something is there already."""
        self.folder.copy_to(Path(path))

    # As in a comparison, a result that can show itself reaches up, late, and only here.

    def sentence(self) -> str:
        """At how many points which doctrine is the best, in plain words."""
        from nobat.show.sweep import sentence

        return sentence(self)

    def table(self) -> Table:
        """The table of doctrines: printed as text, by rich, or as HTML in a notebook."""
        from nobat.show.sweep import Table

        return Table(self)

    def plot(self, outcome: str = "secured") -> Chart:
        """A chart of one outcome along what was varied, a panel for each factor.

        outcome: its name, or the key of its estimate. Raises UnknownNameError (a KeyError), with
        the nearest name, for an unknown one.
        """
        from nobat.show.sweep_chart import sweep_chart

        return sweep_chart(self, outcome)

    def __repr__(self) -> str:
        """Short: the folder, how many points of what."""
        kind = "list" if self.design.kind == LISTED else self.design.kind
        paths = ", ".join(factor.path for factor in self.factors)
        return f"<Sweep {self.path}: {len(self):,} points ({kind}) over {paths}>"

    def _repr_html_(self) -> str:
        """What a notebook shows: the sentence and the table."""
        return self.table()._repr_html_()


def _sql(text: str) -> str:
    """A text as SQL has it."""
    return "'" + text.replace("'", "''") + "'"


def _spread(scenario: Scenario, name: str, table: pl.DataFrame, keys: list[str]) -> DoctrineSpread:
    """One doctrine over the points of a table."""
    import polars as pl

    others = (
        table.filter(pl.col("doctrine") != name)
        .group_by("point")
        .agg(
            (pl.col(BEHIND) > 0).all().alias("alone"),
            (pl.col(f"{BEHIND}_low") > 0).fill_null(value=False).all().alias("sure"),
        )
    )
    own = table.filter(pl.col("doctrine") == name)
    first = own.filter(pl.col(BEHIND) == 0).join(others, on="point", how="inner")
    spreads = {
        key: Spread(_number(own[key].min()), _number(own[key].median()), _number(own[key].max()))
        for key in keys
    }
    title = scenario.doctrines[name].title
    single = _estimates(own.row(0, named=True), keys) if len(own) == 1 else {}
    if len(own) == len(table):
        return DoctrineSpread(name, title, None, None, spreads, single)
    alone = first.filter(pl.col("alone"))
    sure = alone.filter(pl.col("sure"))
    return DoctrineSpread(name, title, alone.height, sure.height, spreads, single)


def _estimates(row: dict[str, Any], keys: list[str]) -> dict[str, Estimate]:
    """The estimates of a point, as they were kept."""
    return {
        name: Estimate(
            row[name], row[f"{name}_low"], row[f"{name}_high"], row.get(f"{name}_n", row["n"]),
            "share" if name.startswith("p_") else "mean",
        )
        for name in (BEHIND, *keys)
    }  # fmt: skip


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
