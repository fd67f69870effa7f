"""A sweep on disk: a folder with a manifest, the scenario, the design, and its points in Parquet.

    sweeps/abu-kamal-2017-5d0c71e2aa/
        manifest.json                        what made it
        scenario.json                        the scenario, before anything is varied
        design.csv                           the points: a path at the head of each column
        points/<first>.parquet               some points each: a row for each point and doctrine
        replications/<point>.parquet         where they are kept: a row for each replication

As in a run, a file appears whole or not at all, is sealed with a checksum, and no time of day
enters: the same sweep has the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from nobat.engine import folder
from nobat.engine import sweep_manifest as manifests
from nobat.engine.files import read_text
from nobat.engine.manifest import RunError
from nobat.engine.seal import is_sealed, sealed
from nobat.engine.sweep_manifest import SweepManifest

if TYPE_CHECKING:
    import polars as pl

SWEEPS = Path("sweeps")
_SCENARIO, _DESIGN = "scenario.json", "design.csv"


class SweepFolder:
    """The folder of a sweep: new, half done or complete.

    path: the folder. manifest: what it holds.
    """

    def __init__(self, path: Path, manifest: SweepManifest) -> None:
        self.path = path
        self.manifest = manifest
        self._good: set[Path] = set()

    def __repr__(self) -> str:
        """Short: the folder and how much it is to hold."""
        return f"<SweepFolder {self.path}: {self.manifest.points:,} points>"

    @classmethod
    def begin(cls, path: Path, manifest: SweepManifest, scenario: str, design: str) -> SweepFolder:
        """Make the folder, or take up the same sweep where it was left.

        scenario: its canonical JSON. design: the text of design.csv. Raises RunError if the folder
        holds anything else (nothing is touched then), StoreError if it cannot be written.
        """
        files = {_SCENARIO: scenario, _DESIGN: design, folder.MANIFEST: manifest.to_text()}
        folder.begin(path, files, lambda: _check_same(path, manifest))
        # One that is taken up goes on with as many points in a file as it was begun with.
        return cls(path, manifests.parse(folder.manifest_text(path, "sweep"), str(path)))

    @classmethod
    def open(cls, name_or_path: str | Path) -> SweepFolder:
        """Open a sweep by its folder, or by its name under `sweeps/`.

        Raises RunError for what is missing, is no sweep, is damaged or comes from a newer nobat.
        """
        sweep = cls._found(name_or_path)
        if bad := sweep.damaged():
            path = sweep.points_path(bad[0])
            raise RunError(
                f"{path}, or what belongs to it, is damaged; `nobat resume` makes it again"
            )
        return sweep

    @classmethod
    def take_up(cls, name_or_path: str | Path) -> SweepFolder:
        """Open a sweep in order to finish it here; what is damaged counts as missing.

        Raises RunError as `open` does, and where something is missing that this version of the
        model, or of the packages it stands on, might not make as it was begun. Nothing is touched.
        """
        sweep = cls._found(name_or_path)
        m = sweep.manifest
        if sweep.is_complete():
            return sweep
        here = manifests.describe(
            m.scenario, sweep.scenario_text(), design=m.design, design_seed=m.design_seed,
            design_text=sweep.design_text(), axes=m.axes, points=m.points, doctrines=m.doctrines,
            replications=m.replications, seed=m.seed, keep=m.keep,
        )  # fmt: skip
        if differences := here.made_otherwise(m):
            raise RunError(
                f"{sweep.path} was begun with {'; '.join(differences)}: what is missing could "
                "differ in more than luck. Finish it with what began it, or sweep again."
            )
        return sweep

    @classmethod
    def _found(cls, name_or_path: str | Path) -> SweepFolder:
        """A sweep by its folder or name, its points not looked at yet; RunError as for `open`."""
        path = folder.find(name_or_path, SWEEPS, "sweep")
        sweep = cls(path, manifests.parse(folder.manifest_text(path, "sweep"), str(path)))
        m = sweep.manifest
        for name, text, digest in (
            (_SCENARIO, sweep.scenario_text(), m.digest),
            (_DESIGN, sweep.design_text(), m.design_digest),
        ):
            if hashlib.sha256(text.encode()).hexdigest() != digest:
                raise RunError(f"{path}: {name} is not the one that was run")
        return sweep

    def scenario_text(self) -> str:
        """The scenario's canonical JSON; RunError if it is missing."""
        return self._text(_SCENARIO)

    def design_text(self) -> str:
        """The points as CSV; RunError if they are missing."""
        return self._text(_DESIGN)

    def _text(self, name: str) -> str:
        text = read_text(self.path / name)
        if text is None:
            raise RunError(f"{self.path}: {name} is missing or unreadable")
        return text

    def points_path(self, first: int) -> Path:
        """Where the file of points lies that begins with point `first`."""
        return self.path / "points" / f"{first:06d}.parquet"

    def replications_path(self, point: int) -> Path:
        """Where the replications of a point lie."""
        return self.path / "replications" / f"{point:06d}.parquet"

    def write_points(self, first: int, rows: pl.DataFrame) -> None:
        """Keep a file of points; StoreError when it cannot be written, with nothing left of it.

        Its replications, if they are kept, have been written before.
        """
        self._write(self.points_path(first), rows)

    def write_replications(self, point: int, rows: pl.DataFrame) -> None:
        """Keep the replications of a point; StoreError as for `write_points`."""
        self._write(self.replications_path(point), rows)

    def _write(self, path: Path, rows: pl.DataFrame) -> None:
        folder.write(path, sealed(rows, self._place(path)))
        self._good.add(path)

    def _place(self, path: Path) -> str:
        """What the seal of a file is good for: one place in one sweep."""
        return f"{self.manifest.identity()} {path.parent.name} {path.stem}"

    def _is_sound(self, path: Path) -> bool:
        """Whether a file is there, whole and undamaged (looked at once)."""
        if path in self._good:
            return True
        try:
            content = path.read_bytes()
        except OSError:
            return False
        if not is_sealed(content, self._place(path)):
            return False
        self._good.add(path)
        return True

    def _files(self, first: int) -> list[Path]:
        """All files of the points of one file of points, that one last."""
        numbers = self.manifest.numbers(first) if self.manifest.keep else ()
        return [*(self.replications_path(number) for number in numbers), self.points_path(first)]

    def has(self, first: int) -> bool:
        """Whether the points from `first` on are there, with all that belongs to them."""
        return all(self._is_sound(path) for path in self._files(first))

    def damaged(self) -> list[int]:
        """The first points of the files that are there, but which are damaged or lack something."""
        firsts = self.manifest.firsts()
        return [f for f in firsts if self.points_path(f).exists() and not self.has(f)]

    def done(self) -> list[int]:
        """The first points of the files that are there."""
        return [first for first in self.manifest.firsts() if self.has(first)]

    def is_complete(self) -> bool:
        """Whether every point is there and undamaged."""
        return all(self.has(first) for first in self.manifest.firsts())

    def count(self) -> int:
        """How many points there are."""
        return sum(len(self.manifest.numbers(first)) for first in self.done())

    def points_files(self) -> list[Path]:
        """The files of the points that are there, in order."""
        return [self.points_path(first) for first in self.done()]

    def replications_files(self) -> list[Path]:
        """The files of the replications that are there, in the order of the points.

        Raises RunError where they were not kept.
        """
        if not self.manifest.keep:
            raise RunError(self.not_kept())
        numbers: Sequence[int] = [n for f in self.done() for n in self.manifest.numbers(f)]
        return [self.replications_path(number) for number in numbers]

    def not_kept(self) -> str:
        """That there are no replications here, and what keeps them."""
        return (
            f"{self.path} has its points only: replications are kept with keep_replications=True, "
            "on the command line --keep-replications"
        )

    def tidy(self) -> None:
        """Remove what a killed process has left half-written."""
        folder.tidy(self.path)

    def copy_to(self, target: Path) -> None:
        """Copy the sweep to another folder, whole or not at all; errors as for a run."""
        folder.copy(self.path, target)


def holds_a_sweep(name_or_path: str | Path) -> bool:
    """Whether a name is that of a sweep, and not that of a run here or under `runs/`."""
    for path in (Path(name_or_path), SWEEPS / name_or_path):
        text = read_text(path / folder.MANIFEST)
        if text is not None:
            return '"holds": "sweep"' in text
    return False


def _check_same(path: Path, manifest: SweepManifest) -> None:
    """RunError unless the folder holds the sweep that the manifest describes."""
    if not (path / folder.MANIFEST).exists():
        raise RunError(f"{path} is not empty and holds no sweep: choose another folder")
    there = manifests.parse(folder.manifest_text(path, "sweep"), str(path))
    if differences := manifest.differences(there):
        words = "; ".join(differences)
        raise RunError(f"{path} holds another sweep ({words}): choose another folder")
    if tools := manifest.made_otherwise(there):
        raise RunError(
            f"{path} was begun with {'; '.join(tools)}: the last digits could differ. "
            "Choose another folder, or remove this one."
        )
