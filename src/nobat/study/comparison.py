"""What a comparison of doctrines found: a frozen result that can be read, shown and kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nobat.engine import manifest
from nobat.engine.manifest import RunError
from nobat.engine.runner import counted
from nobat.engine.store import Run
from nobat.model.outcome import OUTCOMES
from nobat.study.estimates import LEVEL, RESAMPLES, Estimate
from nobat.study.leading import Overtaker, could_overtake, is_clear
from nobat.study.names import PAIRED, UNDECIDED, UnknownNameError, key, outcome_named, plain

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import ArrayLike, NDArray

    from nobat.show.charts import Chart
    from nobat.show.tables import Table

MEAN_FIELD, EXACT = "mean-field", "exact"
MONTE_CARLO = manifest.SOLVER
SOLVERS = (MONTE_CARLO, MEAN_FIELD, EXACT)


@dataclass(frozen=True, eq=False, repr=False)
class Endings:
    """When a campaign that was solved exactly ends, and how.

    days: with which each step ends, (steps,); secured, abandoned: the probability of ending so with
    that step. left_out: probability that was too small to go on with; states: the most that were
    told apart after a step.
    """

    days: NDArray[np.float64]
    secured: NDArray[np.float64]
    abandoned: NDArray[np.float64]
    left_out: float
    states: int

    def to_json(self) -> dict[str, Any]:
        """The endings as plain JSON values: lists by step, from the first."""
        return {
            "day": self.days.tolist(),
            "p_secured": self.secured.tolist(),
            "p_abandoned": self.abandoned.tolist(),
            "left_out": self.left_out,
            "states": self.states,
        }

    def __repr__(self) -> str:
        """Short: how likely each ending is."""
        secured, abandoned = float(self.secured.sum()), float(self.abandoned.sum())
        return f"<Endings: secured {secured:.4f}, abandoned {abandoned:.4f}>"


@dataclass(frozen=True, slots=True)
class DoctrineResult:
    """One doctrine: its name, title, and an estimate for every outcome, by key.

    endings: when it is over, where it was solved exactly; None elsewhere.
    """

    name: str
    title: str
    estimates: Mapping[str, Estimate]
    endings: Endings | None = None

    def __getitem__(self, name: str) -> Estimate:
        """An outcome's estimate, by its key or the outcome's name: `p_secured` or `secured`.

        Raises UnknownNameError (a KeyError), with the nearest name, for another.
        """
        if name in self.estimates:
            return self.estimates[name]
        keys = {plain(its): its for its in self.estimates}
        if name not in keys:
            raise UnknownNameError(name, keys, "an outcome", "outcomes")
        return self.estimates[keys[name]]


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

    p_best: None where a single replication was run, and where no luck was drawn.
    """

    doctrine: str
    by: str
    p_best: float | None

    def to_json(self) -> dict[str, Any]:
        """The choice as plain JSON values."""
        return {"doctrine": self.doctrine, "by": self.by, "p_best": self.p_best}


@dataclass(frozen=True, repr=False)
class Comparison:
    """Several doctrines of one scenario, run on the same luck, or solved without any.

    replications: how many every doctrine has (fewer than asked for if the run was stopped); the
    mean field and the exact solver have one, which needs no seed. doctrines: in the order they were
    run. differences: all pairs, on the main outcomes. run: the folder; only Monte Carlo keeps one.
    attacks_within_d: days after the end in which attacks are counted; None where nobody asks.
    """

    scenario: str
    title: str
    solver: str
    horizon_d: float
    seed: int | None
    replications: int
    asked: int
    doctrines: tuple[DoctrineResult, ...]
    differences: tuple[Difference, ...]
    best: Best
    run: Run | None
    attacks_within_d: float | None = None

    @property
    def complete(self) -> bool:
        """Whether every replication asked for was run."""
        return self.replications == self.asked

    @property
    def by_chance(self) -> bool:
        """Whether what happens has chances: not in the one course of the mean field."""
        return self.solver != MEAN_FIELD

    @property
    def drawn(self) -> bool:
        """Whether luck was drawn, so that there are intervals."""
        return self.solver == MONTE_CARLO

    @property
    def clear(self) -> bool:
        """Whether the best doctrine is ahead of all others by more than luck."""
        return is_clear(self)

    @property
    def could_overtake(self) -> tuple[Overtaker, ...]:
        """The doctrines that could have come out first, had the horizon been longer."""
        return could_overtake(self.doctrines, self.best.doctrine)

    def __getitem__(self, doctrine: str) -> DoctrineResult:
        """The result of one doctrine.

        Raises UnknownNameError (a KeyError), with the nearest name, for another.
        """
        for result in self.doctrines:
            if result.name == doctrine:
                return result
        names = [result.name for result in self.doctrines]
        raise UnknownNameError(doctrine, names, f"a doctrine of {self.scenario}", "doctrines")

    def difference(self, a: str, b: str, outcome: str) -> Estimate:
        """The paired difference a - b on an outcome: its name, or a key of `differences`.

        Raises UnknownNameError (a KeyError), with the nearest name, for a doctrine or an outcome
        that was not compared, KeyError for a doctrine and itself.
        """
        pair = (self[a].name, self[b].name)
        wanted = PAIRED.get(plain(outcome))
        if wanted is None:
            raise UnknownNameError(outcome, PAIRED, "compared pair by pair", "outcomes")
        for found in self.differences:
            if found.outcome == wanted and (found.a, found.b) == pair:
                return found.estimate
            if found.outcome == wanted and (found.b, found.a) == pair:
                return _negative(found.estimate)
        raise KeyError(f"a difference takes two doctrines, not {a!r} twice")

    def to_json(self) -> dict[str, Any]:
        """The result as plain JSON values: the object that `nobat run --json` prints.

        `stopped` is true where fewer replications were run than asked for; `could_overtake` has the
        doctrines that a longer horizon could bring to the front.
        """
        doctrines = [
            {"name": one.name, "title": one.title}
            | {name: found.to_json() for name, found in one.estimates.items()}
            | ({} if one.endings is None else {"by_step": one.endings.to_json()})
            for one in self.doctrines
        ]
        return {
            "scenario": self.scenario,
            "title": self.title,
            "solver": self.solver,
            "horizon_d": self.horizon_d,
            "attacks_within_d": self.attacks_within_d,
            "seed": self.seed,
            "replications": self.replications,
            "replications_asked": self.asked,
            "stopped": not self.complete,
            "run_dir": None if self.run is None else str(self.run.path),
            "interval": _INTERVAL if self.drawn else None,
            "doctrines": doctrines,
            "differences": [difference.to_json() for difference in self.differences],
            "best": self.best.to_json()
            | {"resamples": RESAMPLES if self.drawn else None, "clear": self.clear},
            "could_overtake": [one.to_json() for one in self.could_overtake],
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
        """Every replication of every doctrine; read from the run's folder when collected.

        The mean field has one row for each doctrine, and so has the exact solver: what is to be
        expected.
        """
        import polars as pl

        if self.run is None:
            names = {outcome.name: key(outcome.name, outcome.kind) for outcome in OUTCOMES}
            rows = [
                {"doctrine": one.name} | {name: one[its].mean for name, its in names.items()}
                for one in self.doctrines
            ]
            types = {"doctrine": pl.String} | dict.fromkeys(names, pl.Float64)
            return pl.LazyFrame(rows, schema=types)
        frames = [
            self.run.outcomes(one.name).select(pl.lit(one.name).alias("doctrine"), pl.all())
            for one in self.doctrines
        ]
        return pl.concat(frames)

    def values(self, doctrine: str, outcome: str) -> NDArray[np.float64]:
        """One outcome of one doctrine, replication by replication; NaN where there is none.

        Solved without luck it is one value. Raises UnknownNameError (a KeyError), with the nearest
        name, for an unknown doctrine or outcome.
        """
        import numpy as np

        found, wanted = self[doctrine], outcome_named(outcome).name
        if self.run is None:
            value = found[wanted].mean
            return np.array([np.nan if value is None else value])
        if wanted == UNDECIDED.name:
            ends = self.run.columns(doctrine, ["secured", "abandoned"])
            return 1.0 - ends["secured"] - ends["abandoned"]
        return self.run.columns(doctrine, [wanted])[wanted]

    def secured_by(self, doctrine: str, days: ArrayLike) -> NDArray[np.float64]:
        """The chance that a doctrine has secured the place by each of these days.

        Raises UnknownNameError (a KeyError), with the nearest name, for an unknown doctrine.
        """
        import numpy as np

        by, endings = np.asarray(days, np.float64), self[doctrine].endings
        if endings is not None:
            by_then = np.concatenate([[0.0], np.cumsum(endings.secured)])
            # A step ends on its day but for rounding.
            found: NDArray[np.float64] = by_then[np.searchsorted(endings.days, by + _ROUNDING)]
            return found
        secured = self.values(doctrine, "day_secured")
        ordered = np.sort(secured[~np.isnan(secured)])
        return np.searchsorted(ordered, by, side="right") / secured.size

    # The package `show` builds on this one. A result that can show itself is worth the one
    # exception: it reaches up, late, and only in these methods and the notebook's.

    def sentence(self) -> str:
        """Which doctrine is best, by which measure and how sure, in plain words."""
        from nobat.show.verdict import verdict

        return verdict(self)

    def table(self) -> Table:
        """The table of doctrines: printed as text, by rich, or as HTML in a notebook."""
        from nobat.show.tables import Table

        return Table(self)

    def plot(self, outcome: str = "secured") -> Chart:
        """A chart of one outcome by doctrine: the outcome's name, or the key of its estimate.

        `day_secured` gives the chance of having secured the place by each day; any other
        outcome, its mean or share with the 95 % interval. Raises UnknownNameError (a KeyError),
        with the nearest name, for an unknown outcome.
        """
        from nobat.show.charts import chart

        return chart(self, outcome)

    def save(self, path: str | Path) -> Path:
        """Copy the run to a folder of its own, which `nobat.open_run` reads.

        Raises RunError if something is there already, and where no luck was drawn, so that there is
        no run; StoreError if it cannot be written.
        """
        if self.run is None:
            who = {MEAN_FIELD: "the mean field", EXACT: "the exact solver"}[self.solver]
            raise RunError(f"{who} keeps no run to save: keep its to_json() or to_polars()")
        self.run.copy_to(Path(path))
        return Path(path)

    def report(self, path: str | Path | None = None) -> Path:
        """Write the report, one HTML file that needs no network, and give its path.

        path: the file, or a folder for it; left out, `report.html` in the run's folder. Raises
        RunError where no luck was drawn, so that there is no run; StoreError if it cannot be
        written.
        """
        from nobat.show.report.page import write

        return write(self, path)

    def __repr__(self) -> str:
        """Short: the scenario, how much was run, and what came out first."""
        count = counted(len(self.doctrines), "doctrine")
        how = f"{count} x {counted(self.replications, 'replication')}, seed {self.seed}"
        if not self.drawn:
            how = f"{count} " + ("by the mean field" if self.solver == MEAN_FIELD else "exactly")
        return f"<Comparison {self.scenario}: {how}; best {self.best.doctrine}>"

    def _repr_html_(self) -> str:
        """What a notebook shows: the table and the sentence."""
        return self.table()._repr_html_()


_ROUNDING = 1e-9
_INTERVAL = {"level": LEVEL, "share": "wilson", "mean": "t", "difference": "paired t"}


def best_of(results: Sequence[DoctrineResult], chances: Sequence[float] | None) -> Best:
    """The doctrine with the highest share secured; of equal ones the one with fewer losses.

    chances: for each doctrine the probability that it is best, None where it cannot be told.
    """

    def rank(place: int) -> tuple[float, float]:
        found = results[place].estimates
        return found["p_secured"].mean or 0.0, -(found["attacker_losses"].mean or 0.0)

    first = max(range(len(results)), key=rank)
    return Best(results[first].name, "p_secured", None if chances is None else chances[first])


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
