"""An audit on disk: a folder with a manifest, the scenario, the design, rows in Parquet.

    audits/abu-kamal-2017-0f3a9c41d2/
        manifest.json                 what made it
        scenario.json                 the scenario as it was audited
        design.parquet                the settings: a row each, a column for each quantity
        settings/<first>.parquet      margins, likeness to the record, means: a row a setting
        anew/<first>.parquet          what drawing one deciding quantity anew changes
        audit.json                    the answer, once it is complete

A file appears whole or not at all, and each table carries a checksum of itself. No time of day
enters: the same audit has the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nobat.engine import folder
from nobat.engine.files import read_text
from nobat.engine.manifest import RunError, made_with
from nobat.engine.seal import is_sealed, sealed

if TYPE_CHECKING:
    import polars as pl

AUDITS = Path("audits")
FORMAT = 1
#: Settings in a file.
CHUNK = 16


@dataclass(frozen=True, slots=True)
class Manifest:
    """The identity of an audit, and what made it. digest: SHA-256 of scenario.json."""

    scenario: str
    digest: str
    claims: tuple[str, ...]
    settings: int
    replications: int
    seed: int
    nobat: str
    model: str
    made_with: Mapping[str, str]
    holds: str = "audit"
    format: int = FORMAT

    def identity(self) -> str:
        """SHA-256, in hex, over everything that the answer depends on."""
        parts = [self.digest, self.claims, self.settings, self.replications, self.seed]
        text = json.dumps(["audit", *parts, self.nobat, self.model])
        return hashlib.sha256(text.encode()).hexdigest()

    def folder_name(self) -> str:
        """NAME-HASH: the scenario's name and the beginning of the identity."""
        return f"{self.scenario}-{self.identity()[:10]}"

    def to_text(self) -> str:
        """The manifest as JSON, always in the same bytes."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n"


def describe(
    name: str, text: str, claims: Sequence[str], settings: int, replications: int, seed: int
) -> Manifest:
    """The manifest of an audit that is about to be made here and now. text: scenario.json."""
    from nobat import __version__
    from nobat.model import source_hash

    return Manifest(
        scenario=name,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        claims=tuple(claims),
        settings=settings,
        replications=replications,
        seed=seed,
        nobat=__version__,
        model=source_hash(),
        made_with=made_with(),
    )


class Kept:
    """The folder of an audit."""

    def __init__(self, path: Path, manifest: Manifest) -> None:
        self.path = path
        self.manifest = manifest

    @classmethod
    def begin(cls, path: Path, manifest: Manifest, text: str) -> Kept:
        """Make the folder, or take up the same audit where it was left.

        Raises RunError if it holds anything else (nothing is touched then), StoreError if it cannot
        be written.
        """
        files = {"scenario.json": text, folder.MANIFEST: manifest.to_text()}
        folder.begin(path, files, lambda: _check_same(path, manifest))
        return cls(path, manifest)

    def has(self, part: str, first: int, of: str = "") -> bool:
        """Whether a table is there, whole and undamaged. of: what it hangs on beside the audit."""
        try:
            content = self._file(part, first).read_bytes()
        except OSError:
            return False
        return is_sealed(content, self._place(part, first, of))

    def write(self, part: str, first: int, frame: pl.DataFrame, of: str = "") -> None:
        """Keep a table; StoreError when it cannot be written, and nothing of it is left then."""
        folder.write(self._file(part, first), sealed(frame, self._place(part, first, of)))

    def read(self, part: str, firsts: Sequence[int]) -> pl.DataFrame:
        """The tables of a part, one below the other."""
        import polars as pl

        return pl.concat([pl.read_parquet(self._file(part, first)) for first in firsts])

    def write_design(self, frame: pl.DataFrame) -> None:
        """Keep the settings."""
        content = sealed(frame, self._place("design", 0))
        path = self.path / "design.parquet"
        if not (path.exists() and is_sealed(path.read_bytes(), self._place("design", 0))):
            folder.write(path, content)

    def write_answer(self, answer: Mapping[str, Any]) -> None:
        """Keep the answer as JSON, and remove what a killed process has left half-written."""
        text = json.dumps(answer, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
        folder.write(self.path / "audit.json", text.encode())
        folder.tidy(self.path)

    def _file(self, part: str, first: int) -> Path:
        return self.path / part / f"{first:06d}.parquet"

    def _place(self, part: str, first: int, of: str = "") -> str:
        return f"{self.manifest.identity()} {part} {first} {of}"


def _check_same(path: Path, manifest: Manifest) -> None:
    """RunError unless the folder holds the audit that the manifest describes."""
    text = read_text(path / folder.MANIFEST)
    if text is None:
        raise RunError(f"{path} is not empty and holds no audit: choose another folder")
    if text != manifest.to_text():
        raise RunError(f"{path} holds {_other(text, manifest)}: choose another folder")


def _other(text: str, manifest: Manifest) -> str:
    """What a folder holds in place of an audit, in words."""
    try:
        there = json.loads(text)
        mine = json.loads(manifest.to_text())
    except ValueError:
        return "a manifest that cannot be read"
    if not isinstance(there, dict) or there.keys() != mine.keys():
        return "something else than an audit"
    names = [name for name in mine if mine[name] != there[name]]
    return f"another audit (not the same: {', '.join(names)})"
