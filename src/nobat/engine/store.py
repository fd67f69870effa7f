"""A run on disk: a folder with a manifest, the scenario, and outcomes in Parquet chunks.

    runs/abu-kamal-2017-0f3a9c41d2/
        manifest.json                          what made it
        scenario.json                          the scenario as it was run
        outcomes/<doctrine>/<first>.parquet    a fixed number of replications each

A file appears whole or not at all: it is written beside its place, forced to disk, and moved
there. Each chunk is sealed with a checksum, so that a damaged or misplaced one is noticed and made
again. No time of day enters: the same run has the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from nobat.engine import chunk, folder
from nobat.engine import manifest as manifests
from nobat.engine.files import read_text
from nobat.engine.manifest import Manifest, RunError

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

RUNS = Path("runs")
#: Replications in a file. Smaller ones cost more to write, larger ones are more to lose and leave
#: threads idle at the end; 1,000 of the first scenario take less than half a second.
CHUNK = 1_000


class Run:
    """A run folder, new, half done or complete.

    path: the folder. manifest: what it holds.
    """

    def __init__(self, path: Path, manifest: Manifest) -> None:
        self.path = path
        self.manifest = manifest
        self._good: set[tuple[str, int]] = set()

    def __repr__(self) -> str:
        """Short: the folder and how much it is to hold."""
        doctrines = len(self.manifest.doctrines)
        return f"<Run {self.path}: {self.manifest.replications:,} replications x {doctrines}>"

    @classmethod
    def open(cls, name_or_path: str | Path) -> Run:
        """Open a run by its folder, or by its name under `runs/`.

        Raises RunError for what is missing, is no run, is damaged or comes from a newer nobat.
        """
        run = cls._found(name_or_path)
        run._check_chunks()
        return run

    @classmethod
    def take_up(cls, name_or_path: str | Path) -> Run:
        """Open a run in order to finish it here; a damaged chunk counts as one that is missing.

        Raises RunError as `open` does, and where something is missing that this version of the
        model, or of the packages it stands on, might not make as it was begun. Nothing is touched.
        """
        run = cls._found(name_or_path)
        run._check_finishable()
        return run

    @classmethod
    def _found(cls, name_or_path: str | Path) -> Run:
        """A run by its folder or name, its chunks not looked at yet; RunError as for `open`."""
        path = folder.find(name_or_path, RUNS, "run")
        run = cls(path, _read_manifest(path))
        if hashlib.sha256(run.scenario_text().encode()).hexdigest() != run.manifest.digest:
            raise RunError(f"{path}: scenario.json is not the one that was run")
        return run

    def _check_finishable(self) -> None:
        """RunError if chunks are missing and something else than what made the others is here."""
        if self.is_complete():
            return
        m = self.manifest
        here = manifests.describe(
            m.scenario, self.scenario_text(), m.doctrines, m.replications, m.seed, m.chunk
        )
        if m.solver != here.solver:
            raise RunError(f"{self.path}: solver {m.solver!r} keeps no runs in this version")
        if differences := here.made_otherwise(m):
            words = "; ".join(differences)
            raise RunError(
                f"{self.path} was begun with {words}: what is missing could differ in more than "
                "luck. Finish it with what began it, or run the scenario again."
            )

    def _check_chunks(self) -> None:
        """RunError if a chunk is there and damaged; one that is not there is still to be run."""
        for first in self.manifest.firsts():
            for doctrine in self.manifest.doctrines:
                if not self.has(doctrine, first):
                    path = self.chunk_path(doctrine, first)
                    if path.exists():
                        raise RunError(f"{path} is damaged; `nobat resume` makes it again")

    @classmethod
    def begin(cls, path: Path, manifest: Manifest, text: str) -> Run:
        """Make the folder, or take up the same run where it was left.

        text: the scenario's canonical JSON. Raises RunError if the folder holds anything else
        (nothing is touched then), StoreError if it cannot be written.
        """
        files = {"scenario.json": text, folder.MANIFEST: manifest.to_text()}
        folder.begin(path, files, lambda: _check_same(path, manifest))
        return cls(path, manifest)

    def scenario_text(self) -> str:
        """The scenario's canonical JSON, as it was run; RunError if it is missing."""
        text = read_text(self.path / "scenario.json")
        if text is None:
            raise RunError(f"{self.path}: scenario.json is missing or unreadable")
        return text

    def chunk_path(self, doctrine: str, first: int) -> Path:
        """Where the chunk of a doctrine that begins with replication `first` lies."""
        return self.path / "outcomes" / doctrine / f"{first:09d}.parquet"

    def has(self, doctrine: str, first: int) -> bool:
        """Whether this chunk is there, complete and undamaged (looked at once)."""
        if (doctrine, first) in self._good:
            return True
        try:
            content = self.chunk_path(doctrine, first).read_bytes()
        except OSError:
            return False
        if not chunk.is_sound(content, self.manifest, doctrine, first):
            return False
        self._good.add((doctrine, first))
        return True

    def write(self, doctrine: str, first: int, values: Floats) -> None:
        """Keep a chunk. values: (size of the chunk, outcomes), NaN for what does not exist.

        Raises StoreError when it cannot be written; then nothing of it is left behind.
        """
        content = chunk.packed(values, self.manifest, doctrine, first)
        folder.write(self.chunk_path(doctrine, first), content)
        self._good.add((doctrine, first))

    def done(self) -> tuple[int, ...]:
        """The first replications of the chunks that every doctrine has."""
        doctrines = self.manifest.doctrines
        return tuple(f for f in self.manifest.firsts() if all(self.has(d, f) for d in doctrines))

    def is_complete(self) -> bool:
        """Whether every chunk of every doctrine is there and undamaged."""
        firsts, doctrines = self.manifest.firsts(), self.manifest.doctrines
        return all(self.has(doctrine, first) for first in firsts for doctrine in doctrines)

    def replications(self) -> int:
        """How many replications every doctrine has."""
        return sum(self.manifest.size(first) for first in self.done())

    def outcomes(self, doctrine: str) -> pl.LazyFrame:
        """The replications that all doctrines have, of one doctrine: nothing is read yet."""
        import polars as pl

        files = [self.chunk_path(doctrine, first) for first in self.done()]
        return pl.scan_parquet(files, glob=False)

    def blocks(self, size: int) -> Iterator[tuple[int, ...]]:
        """The chunks that every doctrine has, in order and in groups of `size` replications.

        A group is the first replications of its chunks; one chunk at least.
        """
        done, each = self.done(), max(1, size // self.manifest.chunk)
        for start in range(0, len(done), each):
            yield done[start : start + each]

    def table(self, doctrine: str, names: Sequence[str], firsts: Sequence[int]) -> Floats:
        """Outcomes of one doctrine in some chunks: (replications, names), NaN where none is."""
        import polars as pl

        files = [self.chunk_path(doctrine, first) for first in firsts]
        wanted = [pl.col(name).cast(pl.Float64).fill_null(float("nan")) for name in names]
        frame = pl.scan_parquet(files, glob=False).select(wanted).collect()
        return frame.to_numpy()

    def columns(self, doctrine: str, names: Sequence[str]) -> dict[str, Floats]:
        """Outcomes of one doctrine as arrays, replication by replication; NaN where none is."""
        import polars as pl

        if not self.done():
            import numpy as np

            return {name: np.empty(0) for name in names}
        wanted = [pl.col(name).cast(pl.Float64).fill_null(float("nan")) for name in names]
        frame = self.outcomes(doctrine).select(wanted).collect()
        return {name: frame[name].to_numpy() for name in names}

    def tidy(self) -> None:
        """Remove what a killed process has left half-written."""
        folder.tidy(self.path)

    def copy_to(self, target: Path) -> None:
        """Copy the run to another folder, whole or not at all.

        Raises RunError if something is there already, StoreError if it cannot be written.
        """
        folder.copy(self.path, target)


def _read_manifest(path: Path) -> Manifest:
    """The manifest of a run folder; RunError if there is none that can be read."""
    return manifests.parse(folder.manifest_text(path, "run"), str(path))


def _check_same(path: Path, manifest: Manifest) -> None:
    """RunError unless the folder holds the run that the manifest describes."""
    if not (path / "manifest.json").exists():
        raise RunError(f"{path} is not empty and holds no run: choose another folder")
    there = _read_manifest(path)
    if differences := manifest.differences(there):
        words = "; ".join(differences)
        raise RunError(f"{path} holds another run ({words}): choose another folder")
    if tools := manifest.other_tools(there):
        words = "; ".join(tools)
        raise RunError(
            f"{path} was begun with {words}: the last digits could differ. "
            "Choose another folder, or remove this one."
        )
