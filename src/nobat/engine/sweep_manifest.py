"""What a sweep's folder says about itself: which design of which scenario, and what made it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from nobat.engine.manifest import (
    NAME,
    Column,
    RunError,
    kept_outcomes,
    loaded,
    made_otherwise,
    made_with,
)

#: 2: the mean of each outcome with a condition says over how many replications it is.
FORMAT = 2
#: Campaigns (a replication of a doctrine at a point) in a file, about: some seconds' work, which is
#: what a process that is stopped or killed may lose. The most points in a file. More files than
#: these are slow to open, and each has 70 kB of heads: then they hold more points.
_CAMPAIGNS, _MOST_POINTS, _MANY_FILES = 2_500, 64, 1_000


@dataclass(frozen=True, slots=True)
class Axis:
    """What is varied, as a sweep keeps it.

    type: `number`, `whole`, `yes/no` or `word`. low, high, step: of a range. levels: the values, in
    place of a range.
    """

    path: str
    unit: str
    type: str
    low: float | None
    high: float | None
    step: float | None
    levels: tuple[float | int | str | bool, ...] | None


@dataclass(frozen=True, slots=True)
class SweepManifest:
    """The identity of a sweep, and what made it.

    digest: SHA-256 of scenario.json. design: its kind; design_seed: of what was drawn, None where
    nothing was; design_digest: SHA-256 of design.csv. replications: of each doctrine at each of the
    points. keep: whether every replication is kept. chunk: points in a file.
    """

    scenario: str
    digest: str
    design: str
    design_seed: int | None
    design_digest: str
    axes: tuple[Axis, ...]
    points: int
    doctrines: tuple[str, ...]
    replications: int
    seed: int
    keep: bool
    chunk: int
    nobat: str
    model: str
    outcomes: tuple[Column, ...]
    made_with: dict[str, str]
    holds: str = "sweep"
    format: int = FORMAT

    def identity(self) -> str:
        """SHA-256, in hex, over everything that the result depends on."""
        parts = [self.digest, self.design_digest, self.doctrines, self.replications, self.seed]
        text = json.dumps([*parts, self.keep, self.nobat, self.model])
        return hashlib.sha256(text.encode()).hexdigest()

    def folder_name(self) -> str:
        """NAME-HASH: the scenario's name and the beginning of the identity."""
        return f"{self.scenario}-{self.identity()[:10]}"

    def firsts(self) -> range:
        """The first point of each file."""
        return range(0, self.points, self.chunk)

    def numbers(self, first: int) -> range:
        """The points of the file that begins with `first`."""
        return range(first, min(first + self.chunk, self.points))

    def campaigns(self, points: int) -> int:
        """How many campaigns so many points are."""
        return points * len(self.doctrines) * self.replications

    def differences(self, other: SweepManifest) -> list[str]:
        """How another manifest's sweep differs from this one, in words; empty for the same."""
        mine, theirs = asdict(self), asdict(other)
        names = ("scenario", "doctrines", "replications", "seed", "points", "design", "nobat")
        found = [
            f"{n} {_say(theirs[n])}, not {_say(mine[n])}" for n in names if mine[n] != theirs[n]
        ]
        if not found and self.design_digest != other.design_digest:
            found.append("other points")
        if not found and self.digest != other.digest:
            found.append("a scenario of the same name with other contents")
        if not found and self.keep != other.keep:
            found.append(f"its replications {'were' if other.keep else 'were not'} kept")
        if not found and (self.model, self.outcomes) != (other.model, other.outcomes):
            found.append("another version of the model")
        return found

    def made_otherwise(self, other: SweepManifest) -> list[str]:
        """All that the other was made with and that could change a result, in words."""
        older = [] if self.format == other.format else [f"format {other.format} of its files"]
        return [*older, *made_otherwise(self, other)]

    def to_text(self) -> str:
        """The manifest as JSON, always in the same bytes."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n"


def _say(value: object) -> str:
    """A manifest's value for an error text."""
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def points_in_a_file(points: int, doctrines: int, replications: int) -> int:
    """How many points go into one file: fewer where each is more work.

    By the number of campaigns and not by the clock: the same sweep has the same files everywhere.
    """
    by_work = max(1, _CAMPAIGNS // (doctrines * replications))
    return min(_MOST_POINTS, max(by_work, -(-points // _MANY_FILES)))


def describe(
    scenario: str,
    text: str,
    *,
    design: str,
    design_seed: int | None,
    design_text: str,
    axes: Iterable[Axis],
    points: int,
    doctrines: Iterable[str],
    replications: int,
    seed: int,
    keep: bool,
) -> SweepManifest:
    """The manifest of a sweep that is about to be made here and now.

    scenario: its name. text: its canonical JSON. design_text: design.csv.
    """
    from nobat import __version__
    from nobat.model import source_hash

    names = tuple(doctrines)
    return SweepManifest(
        scenario=scenario,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        design=design,
        design_seed=design_seed,
        design_digest=hashlib.sha256(design_text.encode()).hexdigest(),
        axes=tuple(axes),
        points=points,
        doctrines=names,
        replications=replications,
        seed=seed,
        keep=keep,
        chunk=points_in_a_file(points, len(names), replications),
        nobat=__version__,
        model=source_hash(),
        outcomes=kept_outcomes(),
        made_with=made_with(),
    )


def parse(text: str, where: str) -> SweepManifest:
    """Read a sweep's manifest.

    Raises RunError, naming `where`, for text that is no manifest, or one of a newer format.
    """
    data = loaded(text, where, "sweep", FORMAT)
    try:
        return _checked(data)
    except (KeyError, TypeError, ValueError) as error:
        raise RunError(f"{where}: manifest.json is damaged: {error}") from None


def _checked(data: dict[str, Any]) -> SweepManifest:
    """The manifest from its JSON values; KeyError, TypeError or ValueError where one is wrong."""
    outcomes = tuple(Column(**column) for column in data["outcomes"])
    axes = tuple(
        Axis(**{**axis, "levels": None if axis["levels"] is None else tuple(axis["levels"])})
        for axis in data["axes"]
    )
    named = {"doctrines": tuple(data["doctrines"]), "outcomes": outcomes, "axes": axes}
    made = SweepManifest(**{**data, **named})
    for name in ("scenario", "digest", "design", "design_digest", "nobat", "model"):
        if not isinstance(getattr(made, name), str):
            raise TypeError(f"{name} is not text")
    if not made.doctrines or not all(NAME.fullmatch(name) for name in made.doctrines):
        raise ValueError("doctrines is not a list of names")
    for name, least in (("points", 1), ("replications", 1), ("chunk", 1), ("seed", 0)):
        value = getattr(made, name)
        if not isinstance(value, int) or value < least:
            raise ValueError(f"{name} is not a whole number from {least} on")
    if not made.axes or not isinstance(made.made_with, dict) or not isinstance(made.keep, bool):
        raise TypeError("axes, made_with or keep is of another kind")
    return made
