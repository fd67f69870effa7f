"""One replication with its whole course: a frozen result that can be read, shown and kept."""

from __future__ import annotations

import json
import math
import os
import shutil
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nobat.engine.cpu import Trajectory
from nobat.engine.files import PART, StoreError, reason
from nobat.engine.manifest import RunError
from nobat.engine.store import Run
from nobat.model.ledger import TRACE
from nobat.model.outcome import OUTCOMES
from nobat.scenario import Scenario
from nobat.study import course, happened
from nobat.study.cast import Cast, cast_of
from nobat.study.happened import Event

if TYPE_CHECKING:
    import polars as pl

    from nobat.show.replay import Table

#: The tables of a replay, each a file when it is saved.
TABLES = ("steps", "units", "layers", "places", "days", "events")


@dataclass(frozen=True, repr=False)
class Replay:
    """One replication of one doctrine: every step of it, and what happened.

    trajectory: as the engine gives it. run: the run whose row it equals bit for bit; None where it
    was made from a scenario alone. why: why this replication, where nobody asked for it.
    """

    scenario: Scenario
    doctrine: str
    replication: int
    seed: int
    trajectory: Trajectory
    run: Run | None = None
    why: str | None = None

    @cached_property
    def cast(self) -> Cast:
        """The names of units, places, layers and rules."""
        return cast_of(self.scenario, self.doctrine)

    @property
    def outcomes(self) -> dict[str, float | int | None]:
        """The outcomes by name: whole numbers for counts, None for what does not exist."""
        row = self.trajectory.row.tolist()
        return {o.name: _plain(value, o.kind) for o, value in zip(OUTCOMES, row, strict=True)}

    @property
    def ending(self) -> str:
        """`secured`, `abandoned`, or `undecided` at the horizon."""
        found = self.outcomes
        return next((name for name in ("secured", "abandoned") if found[name]), "undecided")

    @cached_property
    def happened(self) -> tuple[Event, ...]:
        """What happened, in order."""
        return happened.happened(self.trajectory.events, self.cast)

    @cached_property
    def steps(self) -> pl.DataFrame:
        """One row a step: when it ends, what was ordered, who is where, losses, supply, sleep."""
        return course.steps(self.trajectory.trace, self.cast)

    @cached_property
    def units(self) -> pl.DataFrame:
        """One row for each step and unit: duty, strength, effectiveness."""
        return course.units(self.trajectory.trace, self.cast)

    @cached_property
    def layers(self) -> pl.DataFrame:
        """One row for each step and layer: garrison, works, order, effectiveness, held_by.

        Layers are numbered from the outside in, from 1; the core of a place is its last.
        """
        return course.layers(self.trajectory.trace, self.cast)

    @cached_property
    def places(self) -> pl.DataFrame:
        """One row for each step and place that can be taken: holder, isolated, stock, residents."""
        return course.places(self.trajectory.trace, self.cast)

    @cached_property
    def days(self) -> pl.DataFrame:
        """One row a day, as it ends: persons present on each side, and how many fewer."""
        scenario = self.scenario
        garrisons = sum(scenario.places[name].garrison() for name in self.cast.places)
        defenders = garrisons + scenario.defender.reserve.value
        attackers = sum(scenario.attacker.strengths())
        return course.days(self.trajectory.trace, self.cast, attackers, defenders)

    # What follows is shown by the package above, reached late, as `Comparison` does.

    @cached_property
    def events(self) -> pl.DataFrame:
        """One row for each event: when, what, where, how many, why, and a text."""
        from nobat.show.happened import text_of

        texts = [text_of(event, self.cast) for event in self.happened]
        return happened.frame(self.happened, texts, self.cast)

    def sentence(self) -> str:
        """How it ended, at what loss, in plain words."""
        from nobat.show.replay import sentence

        return sentence(self)

    def log(self) -> str:
        """All that happened, a line each: `day 3, 14:00: layer 2 breaks: losses; 61 fall back`."""
        from nobat.show.happened import log

        return "\n".join(log(self.happened, self.cast))

    def table(self, *, full: bool = False) -> Table:
        """What happened day by day: printed as text, by rich, or as HTML in a notebook.

        What happens often is counted for each day; with `full` every event is told.
        """
        from nobat.show.replay import Table

        return Table(self, full=full)

    def to_json(self) -> dict[str, Any]:
        """The object that `nobat replay --json` prints: outcomes, days and events.

        The tables of every step are what `save` writes.
        """
        scenario = self.scenario
        return {
            "scenario": scenario.name,
            "title": scenario.title,
            "doctrine": self.doctrine,
            "replication": self.replication,
            "seed": self.seed,
            "run_dir": None if self.run is None else str(self.run.path),
            "identical_to_run": None if self.run is None else True,
            "why": self.why,
            "step_h": scenario.run.step_h,
            "steps": len(self.trajectory.trace),
            "ending": self.ending,
            "outcomes": self.outcomes,
            "days": self.days.to_dicts(),
            "events": self.events.to_dicts(),
            "sentence": self.sentence(),
        }

    def save(self, folder: str | Path) -> Path:
        """Write the tables as Parquet, the log as log.txt and the rest as replay.json.

        The folder appears whole or not at all. Raises RunError if something is there already,
        StoreError if it cannot be written.
        """
        target = Path(folder)
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise RunError(f"{target} is there already and not empty")
        part = target.parent / f".{target.name}.{os.getpid()}{PART}"
        try:
            part.mkdir(parents=True)
            self._write(part)
            if target.exists():
                target.rmdir()
            part.replace(target)
        except OSError as error:
            shutil.rmtree(part, ignore_errors=True)
            raise StoreError(f"{target} cannot be written: {reason(error)}") from None
        return target

    def _write(self, folder: Path) -> None:
        """Write the files into a folder."""
        for name in TABLES:
            getattr(self, name).write_parquet(folder / f"{name}.parquet")
        (folder / "log.txt").write_text(self.log() + "\n", encoding="utf-8")
        text = json.dumps(self.to_json(), indent=2, ensure_ascii=False, allow_nan=False)
        (folder / "replay.json").write_text(text + "\n", encoding="utf-8")

    def __repr__(self) -> str:
        """Short: which replication, and how it ended."""
        which = f"{self.doctrine}, replication {self.replication}, seed {self.seed}"
        length = self.trajectory.trace[-1, TRACE.index("day")]
        return f"<Replay {self.scenario.name}: {which}; {self.ending} after {length:,.4g} days>"

    def _repr_html_(self) -> str:
        """What a notebook shows: the sentence and what happened day by day."""
        return self.table()._repr_html_()


def _plain(value: float, kind: str) -> float | int | None:
    """An outcome as a plain value."""
    if math.isnan(value):
        return None
    return int(value) if kind != "number" else value
