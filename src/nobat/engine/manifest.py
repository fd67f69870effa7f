"""What a run folder says about itself: which scenario, doctrines, seed and versions made it."""

from __future__ import annotations

import hashlib
import json
import platform
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from nobat.model.outcome import OUTCOMES

FORMAT = 1
SOLVER = "monte-carlo"

#: Of what made a run, these can change its last digits: a run is not finished under others.
DECISIVE = ("numpy", "numba", "platform")

#: What opens a folder, by what it holds.
_OPENS = {"run": "open_run", "sweep": "open_sweep", "audit": "resume_audit"}

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


class RunError(Exception):
    """A folder that was named as a run is none, is another one, or is damaged."""


@dataclass(frozen=True, slots=True)
class Column:
    """One outcome as a run keeps it: its name, unit and kind (`share`, `count`, `number`)."""

    name: str
    unit: str
    kind: str


class Made(Protocol):
    """Whatever says by what it was made."""

    @property
    def nobat(self) -> str:
        """The version of nobat."""

    @property
    def model(self) -> str:
        """The hash of the model's sources."""

    @property
    def outcomes(self) -> tuple[Column, ...]:
        """What is kept of a replication."""

    @property
    def made_with(self) -> dict[str, str]:
        """Versions and platform."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The identity of a run, and what made it.

    digest: SHA-256 of scenario.json. chunk: replications in a file. model: hash of the model's
    sources. made_with: versions and platform.
    """

    scenario: str
    digest: str
    doctrines: tuple[str, ...]
    replications: int
    seed: int
    solver: str
    chunk: int
    nobat: str
    model: str
    outcomes: tuple[Column, ...]
    made_with: dict[str, str]
    format: int = FORMAT

    def identity(self) -> str:
        """SHA-256, in hex, over everything that the result depends on."""
        parts = [self.digest, self.doctrines, self.replications, self.seed]
        text = json.dumps([*parts, self.solver, self.nobat, self.model])
        return hashlib.sha256(text.encode()).hexdigest()

    def folder_name(self) -> str:
        """NAME-HASH: the scenario's name and the beginning of the identity."""
        return f"{self.scenario}-{self.identity()[:10]}"

    def firsts(self) -> range:
        """The first replication of each chunk."""
        return range(0, self.replications, self.chunk)

    def size(self, first: int) -> int:
        """How many replications the chunk that begins with `first` holds."""
        return min(self.chunk, self.replications - first)

    def differences(self, other: Manifest) -> list[str]:
        """How another manifest's run differs from this one, in words; empty for the same run."""
        mine, theirs = asdict(self), asdict(other)
        names = ("scenario", "doctrines", "replications", "seed", "solver", "chunk", "nobat")
        found = [
            f"{n} {_say(theirs[n])}, not {_say(mine[n])}" for n in names if mine[n] != theirs[n]
        ]
        if not found and self.digest != other.digest:
            found.append("a scenario of the same name with other contents")
        if not found and (self.model, self.outcomes) != (other.model, other.outcomes):
            found.append("another version of the model")
        return found

    def other_tools(self, other: Made) -> list[str]:
        """What the other was made with that could change the last digits, in words."""
        return other_tools(self, other)

    def made_otherwise(self, other: Made) -> list[str]:
        """All that the other was made with and that could change a result, in words."""
        return made_otherwise(self, other)

    def to_text(self) -> str:
        """The manifest as JSON, always in the same bytes."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n"


def _say(value: object) -> str:
    """A manifest's value for an error text."""
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def other_tools(mine: Made, theirs: Made) -> list[str]:
    """What the other was made with that could change the last digits, in words."""
    pairs = ((n, mine.made_with.get(n), theirs.made_with.get(n)) for n in DECISIVE)
    return [f"{name} {there}, now {here}" for name, here, there in pairs if here != there]


def made_otherwise(mine: Made, theirs: Made) -> list[str]:
    """All that the other was made with and that could change a result, in words."""
    found = []
    if mine.nobat != theirs.nobat:
        found.append(f"nobat {theirs.nobat}, now {mine.nobat}")
    if mine.model != theirs.model:
        found.append(f"model {theirs.model[:10]}, now {mine.model[:10]}")
    if mine.outcomes != theirs.outcomes:
        here, there = ({c.name for c in made.outcomes} for made in (mine, theirs))
        names = ", ".join(sorted(here ^ there)) or "units or kinds"
        found.append(f"another table of outcomes ({names})")
    return found + other_tools(mine, theirs)


def made_with() -> dict[str, str]:
    """The versions and the platform that a result is made with here and now."""
    import numba
    import numpy
    import polars

    return {
        "python": platform.python_version(),
        "numpy": numpy.__version__,
        "numba": numba.__version__,
        "polars": polars.__version__,
        "platform": f"{platform.system()} {platform.machine()}",
    }


def kept_outcomes() -> tuple[Column, ...]:
    """The outcomes as this version keeps them."""
    return tuple(Column(o.name, o.unit, o.kind) for o in OUTCOMES)


def describe(
    scenario: str, text: str, doctrines: Iterable[str], replications: int, seed: int, chunk: int
) -> Manifest:
    """The manifest of a run that is about to be made here and now.

    scenario: its name. text: its canonical JSON.
    """
    from nobat import __version__
    from nobat.model import source_hash

    return Manifest(
        scenario=scenario,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        doctrines=tuple(doctrines),
        replications=replications,
        seed=seed,
        solver=SOLVER,
        chunk=chunk,
        nobat=__version__,
        model=source_hash(),
        outcomes=kept_outcomes(),
        made_with=made_with(),
    )


def parse(text: str, where: str) -> Manifest:
    """Read a run's manifest.

    Raises RunError, naming `where`, for text that is no manifest, or one of a newer format.
    """
    data = loaded(text, where, "run", FORMAT)
    try:
        return _checked(data)
    except (KeyError, TypeError, ValueError) as error:
        raise RunError(f"{where}: manifest.json is damaged: {error}") from None


def with_article(what: str) -> str:
    """`a run`, `an audit`."""
    return f"{'an' if what[0] in 'aeiou' else 'a'} {what}"


def loaded(text: str, where: str, what: str, newest: int) -> dict[str, Any]:
    """The values of a manifest's JSON, not looked at yet.

    what: `run`, `sweep` or `audit`. newest: the newest format that is read. Raises RunError, naming
    `where`, for text that is no manifest, that of something else, or one of a newer format.
    """
    try:
        data: Any = json.loads(text)
    except ValueError as error:
        raise RunError(f"{where}: manifest.json is damaged: {error}") from None
    there = data.get("holds", "run") if isinstance(data, dict) else None
    if there not in _OPENS or not isinstance(data.get("format"), int):
        raise RunError(f"{where}: manifest.json was not written by nobat")
    if there != what:
        opens = f"`nobat resume` or nobat.{_OPENS[there]} opens it"
        raise RunError(f"{where} is {with_article(there)}, not {with_article(what)}: {opens}")
    if data["format"] > newest:
        raise RunError(
            f"{where}: the {what} has format {data['format']}, from a newer nobat; "
            f"this one reads format {newest}. Update nobat to open it."
        )
    return dict(data)


def _checked(data: dict[str, Any]) -> Manifest:
    """The manifest from its JSON values; KeyError, TypeError or ValueError where one is wrong."""
    outcomes = tuple(Column(**column) for column in data["outcomes"])
    made = Manifest(**{**data, "doctrines": tuple(data["doctrines"]), "outcomes": outcomes})
    for name in ("scenario", "digest", "solver", "nobat", "model"):
        if not isinstance(getattr(made, name), str):
            raise TypeError(f"{name} is not text")
    # Names become parts of paths.
    if not made.doctrines or not all(NAME.fullmatch(name) for name in made.doctrines):
        raise ValueError("doctrines is not a list of names")
    for name, least in (("replications", 1), ("chunk", 1), ("seed", 0)):
        value = getattr(made, name)
        if not isinstance(value, int) or value < least:
            raise ValueError(f"{name} is not a whole number from {least} on")
    if not isinstance(made.made_with, dict):
        raise TypeError("made_with is not a table")
    return made
