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
from nobat.engine.manifest import DECISIVE, RunError, loaded, made_with
from nobat.engine.seal import is_sealed, sealed

if TYPE_CHECKING:
    import polars as pl

AUDITS = Path("audits")
SCENARIO = "scenario.json"
ANSWER = "audit.json"
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

    def made_otherwise(self, here: Manifest) -> list[str]:
        """All that this was made with and is otherwise here and now, in words."""
        pairs = [
            ("nobat", self.nobat, here.nobat),
            ("model", self.model[:10], here.model[:10]),
            *((name, self.made_with.get(name), here.made_with.get(name)) for name in DECISIVE),
        ]
        return [f"{name} {there}, now {now}" for name, there, now in pairs if there != now]


def parse(text: str, where: str) -> Manifest:
    """Read an audit's manifest.

    Raises RunError, naming `where`, for text that is no manifest, or one of a newer format.
    """
    data = loaded(text, where, "audit", FORMAT)
    try:
        made = Manifest(**{**data, "claims": tuple(data["claims"])})
        for name in ("scenario", "digest", "nobat", "model", *made.claims):
            if not isinstance(data.get(name, name), str):
                raise TypeError(f"{name} is not text")
        for name in ("settings", "replications", "seed"):
            if not isinstance(data[name], int):
                raise TypeError(f"{name} is not a whole number")
    except (KeyError, TypeError, ValueError) as error:
        raise RunError(f"{where}: manifest.json is damaged: {error}") from None
    return made


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
        files = {SCENARIO: text, folder.MANIFEST: manifest.to_text()}
        folder.begin(path, files, lambda: _check_same(path, manifest))
        return cls(path, manifest)

    @classmethod
    def take_up(cls, name_or_path: str | Path) -> Kept:
        """Open an audit in order to finish it here: by its folder, or its name under `audits/`.

        Raises RunError for what is missing, is no audit, is damaged or comes from a newer nobat,
        and for one that another version of the model, or of the packages it stands on, began.
        Nothing is touched.
        """
        path = folder.find(name_or_path, AUDITS, "audit")
        kept = cls(path, parse(folder.manifest_text(path, "audit"), str(path)))
        m, text = kept.manifest, kept.scenario_text()
        if hashlib.sha256(text.encode()).hexdigest() != m.digest:
            raise RunError(f"{path}: scenario.json is not the one that was audited")
        here = describe(m.scenario, text, m.claims, m.settings, m.replications, m.seed)
        if differences := m.made_otherwise(here):
            raise RunError(
                f"{path} was begun with {'; '.join(differences)}: the rest could differ in more "
                "than luck. Finish it with what began it, or audit again."
            )
        return kept

    def scenario_text(self) -> str:
        """The scenario's canonical JSON; RunError if it is missing."""
        text = read_text(self.path / SCENARIO)
        if text is None:
            raise RunError(f"{self.path}: {SCENARIO} is missing or unreadable")
        return text

    def settings_there(self) -> int:
        """How many settings have been run and kept."""
        m = self.manifest
        firsts = [first for first in range(0, m.settings, CHUNK) if self.has("settings", first)]
        return sum(min(CHUNK, m.settings - first) for first in firsts)

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
        folder.write(self.path / ANSWER, text.encode())
        folder.tidy(self.path)

    def _file(self, part: str, first: int) -> Path:
        return self.path / part / f"{first:06d}.parquet"

    def _place(self, part: str, first: int, of: str = "") -> str:
        return f"{self.manifest.identity()} {part} {first} {of}"


def _check_same(path: Path, manifest: Manifest) -> None:
    """RunError unless the folder holds the audit that the manifest describes."""
    if not (path / folder.MANIFEST).exists():
        raise RunError(f"{path} is not empty and holds no audit: choose another folder")
    there = parse(folder.manifest_text(path, "audit"), str(path))
    mine, theirs = asdict(manifest), asdict(there)
    if names := [name for name in mine if name != "made_with" and mine[name] != theirs[name]]:
        text = f"holds another audit (not the same: {', '.join(names)})"
        raise RunError(f"{path} {text}: choose another folder")
    if tools := there.made_otherwise(manifest):
        raise RunError(
            f"{path} was begun with {'; '.join(tools)}: the last digits could differ. "
            "Choose another folder, or remove this one."
        )


def holds_an_audit(name_or_path: str | Path) -> bool:
    """Whether a name is that of an audit, here or under `audits/`."""
    for path in (Path(name_or_path), AUDITS / name_or_path):
        text = read_text(path / folder.MANIFEST)
        if text is not None:
            return '"holds": "audit"' in text
    return False
