"""What a sweep found: its points as tables that are read when they are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nobat.engine.manifest import RunError
from nobat.engine.sweep_store import SweepFolder
from nobat.scenario import Scenario
from nobat.study.design import LISTED, Design
from nobat.study.estimates import LEVEL
from nobat.study.factors import Factor
from nobat.study.names import MAIN, key, outcome_named
from nobat.study.points import Settings
from nobat.study.sweep_rows import BEHIND, factors_from, points_from

if TYPE_CHECKING:
    import duckdb
    import polars as pl

    from nobat.show.sweep import Table


@dataclass(frozen=True, slots=True)
class Spread:
    """An outcome's estimates over the points: the lowest, the middle one and the highest.

    None where no point has any.
    """

    low: float | None
    middle: float | None
    high: float | None

    def to_json(self) -> dict[str, float | None]:
        """The spread as plain JSON values."""
        return {"low": self.low, "middle": self.middle, "high": self.high}


@dataclass(frozen=True, slots=True)
class DoctrineSpread:
    """One doctrine over the points.

    best_at: points at which it alone is secured most often; surely_best_at: those of them at which
    its lead over every other is beyond noise (paired by luck); None for both where only one was
    run. spreads: of the main outcomes, by the key of their estimate.
    """

    name: str
    title: str
    best_at: int | None
    surely_best_at: int | None
    spreads: dict[str, Spread]

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
        """A DuckDB connection with the view `points`, and `replications` where they were kept."""
        import duckdb

        found = duckdb.connect()
        views = {"points": self._some(self.folder.points_files())}
        if self.folder.manifest.keep:
            views["replications"] = self.folder.replications_files()
        for name, files in views.items():
            quoted = ", ".join("'" + str(path).replace("'", "''") + "'" for path in files)
            found.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet([{quoted}])")
        return found

    def scenario_at(self, point: int) -> Scenario:
        """The scenario at a point, by its number."""
        return Settings(self.scenario, self.factors).at(self.design.points[point])

    @cached_property
    def summary(self) -> tuple[DoctrineSpread, ...]:
        """Every doctrine over the points that are there."""
        keys = [key(name, outcome_named(name).kind) for name in MAIN]
        wanted = ["point", "doctrine", BEHIND, f"{BEHIND}_low", *keys]
        table = self.points().select(wanted).collect()
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

    def __repr__(self) -> str:
        """Short: the folder, how many points of what."""
        kind = "list" if self.design.kind == LISTED else self.design.kind
        paths = ", ".join(factor.path for factor in self.factors)
        return f"<Sweep {self.path}: {len(self):,} points ({kind}) over {paths}>"

    def _repr_html_(self) -> str:
        """What a notebook shows: the sentence and the table."""
        return self.table()._repr_html_()


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
    if len(own) == len(table):
        return DoctrineSpread(name, title, None, None, spreads)
    alone = first.filter(pl.col("alone"))
    sure = alone.filter(pl.col("sure"))
    return DoctrineSpread(name, title, alone.height, sure.height, spreads)


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
