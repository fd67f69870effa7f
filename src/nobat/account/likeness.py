"""How much of what was run looks like the dated record, and what is said of claims given that.

Nobody knows how what was done is to be put into the model, so several ways stand side by side
(`record.stand_ins`). As many targets are asked, from the first on, as leave settings worth
LEAST_SURVIVING equal ones under every one of them; a verdict given the record is what holds for all
of them. Where too few are left even by the first target, nothing is said.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from nobat.account.alike import HAS, LEAST_ALIKE, NEAR, SUM, effective
from nobat.account.runs import Floats, done
from nobat.account.verdict import TOO_FEW, Share, common, share_of, sided, with_sources, word_of
from nobat.scenario.claims import Claim, DatedRecord, StandIn, Target

#: The record says nothing of a claim from settings that are worth fewer equal ones than this.
LEAST_SURVIVING = 20
#: Settings worth fewer equal ones than this are no rate.
_RATE = 2


@dataclass(frozen=True, slots=True)
class GivenOne:
    """What the settings that look like the record say of a claim, what was done being put one way.

    way: its id. share: over these settings; word: TOO_FEW where those that have a say are worth
    fewer than LEAST_SURVIVING equal ones. replications: how many that look like the record there
    are in those that have a say.
    """

    way: str
    word: str
    share: Share
    replications: int

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "stand_in": self.way, "by_the_settings": self.word, "share": self.share.to_json(),
            "replications": self.replications,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Given:
    """A verdict over the settings that look like the record, by so many targets from the first on.

    model: what holds for every way of putting what was done; verdict: as far as sources let it
    stand. by: each of them; none where too few settings look like the record.
    """

    targets: int
    model: str
    verdict: str
    by: tuple[GivenOne, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "targets": self.targets, "by_the_settings": self.model, "verdict": self.verdict,
            "by_stand_in": [one.to_json() for one in self.by],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Met:
    """How replications stand to one target: the shares of them in which it happens, and is near.

    mean: of its values where it happens; None where it never does.
    """

    target: str
    happens: float
    near: float
    mean: float | None


@dataclass(frozen=True, slots=True)
class Left:
    """What comes near to the first so many targets: replications, settings that have any.

    worth: how many equal settings they are worth, counting with their replications. needed: how
    many settings there would have to be, at this rate, for a verdict by these targets; None where
    too few come near to them to speak of a rate.
    """

    targets: int
    replications: int
    settings: int
    worth: float
    needed: int | None


@dataclass(frozen=True, slots=True)
class WayLikeness:
    """How much of one way to put what was done looks like the record.

    met: target by target; left: by the first target, the first two, ... all of them.
    """

    id: str
    says: str
    run: str
    met: tuple[Met, ...]
    left: tuple[Left, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return asdict(self) | {
            "met": [asdict(one) for one in self.met],
            "left": [asdict(one) for one in self.left],
        }


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much of what was run looks like the dated record.

    targets: what the record has. ways: how what was done is put into the model. settings: how many
    were drawn; replications: of each way, in all of them. asked: by how many targets, from the
    first on, verdicts are given, 0 for none; least: settings worth fewer equal ones give none.
    hardest: the target at which most is lost of what came near to those before it, None if nothing
    is lost; kept: the smallest and the largest share of that which is near to it too, over the ways
    that have any.
    """

    targets: tuple[Target, ...]
    ways: tuple[WayLikeness, ...]
    settings: int
    replications: int
    asked: int
    least: int
    hardest: str | None
    kept: tuple[float, float] | None

    @property
    def whole(self) -> bool:
        """Whether verdicts are given by all targets."""
        return self.asked == len(self.targets)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "targets": [one.model_dump(mode="json") for one in self.targets],
            "stand_ins": [one.to_json() for one in self.ways],
            "settings": self.settings, "replications": self.replications,
            "targets_asked": self.asked, "whole": self.whole,
            "least_settings": self.least, "least_settings_for_a_ratio": LEAST_ALIKE,
            "hardest": self.hardest, "kept_at_hardest": None if self.kept is None else [*self.kept],
        }  # fmt: skip


class Weights:
    """How many replications of each way come near to the first targets: (settings,) each."""

    def __init__(self, of: Mapping[str, Sequence[Floats]]) -> None:
        self.of = of
        most = min((len(each) for each in of.values()), default=0)
        enough = [
            k for k in range(most)
            if all(effective(each[k]) >= LEAST_SURVIVING for each in of.values())
        ]  # fmt: skip
        #: How many targets are asked: the most that leave enough under every way; 0 for none.
        self.asked = max(enough, default=-1) + 1


def given_record(claim: Claim, held: Floats, beyond: Floats, weights: Weights) -> Given:
    """What is said of a claim over the settings that look like the record."""
    if weights.asked == 0:
        return Given(0, TOO_FEW, TOO_FEW, ())
    each = []
    for way, counts in weights.of.items():
        alike = counts[weights.asked - 1]
        share = share_of(held, beyond, alike)
        word = word_of(share) if share.worth >= LEAST_SURVIVING else TOO_FEW
        each.append(GivenOne(way, word, share, int(alike[~np.isnan(held)].sum())))
    word = common([one.word for one in each])
    return Given(weights.asked, word, with_sources(word, sided(claim)), tuple(each))


def likeness_of(
    record: DatedRecord,
    columns: Mapping[str, Mapping[str, Floats]],
    weights: Weights,
    replications: int,
) -> Likeness:
    """How much looks like the record.

    columns: by the id of a way, its counts target by target, (settings,) each, as `counts_of`
    names them. replications: of each run at each setting.
    """
    ways = tuple(
        _way(record, one, columns[one.id], weights.of[one.id], replications)
        for one in record.ways()
    )
    settings = next(iter(weights.of.values()))[0].size
    hardest, kept = _hardest(record.targets, ways, settings * replications)
    return Likeness(
        targets=record.targets,
        ways=ways,
        settings=settings,
        replications=settings * replications,
        asked=weights.asked,
        least=LEAST_SURVIVING,
        hardest=hardest,
        kept=kept,
    )


def _way(
    record: DatedRecord,
    one: StandIn,
    columns: Mapping[str, Floats],
    counts: Sequence[Floats],
    replications: int,
) -> WayLikeness:
    of = replications * counts[0].size
    met = []
    for target in record.targets:
        has, near, total = (columns[f"{name} {target.id}"].sum() for name in (HAS, NEAR, SUM))
        mean = float(total / has) if has else None
        met.append(Met(target.id, float(has) / of, float(near) / of, mean))
    left = tuple(_left(k, each) for k, each in enumerate(counts, start=1))
    return WayLikeness(one.id, one.says, done(record)[one.id].name, tuple(met), left)


def _left(targets: int, counts: Floats) -> Left:
    worth = effective(counts)
    needed = math.ceil(LEAST_SURVIVING * counts.size / worth) if worth >= _RATE else None
    return Left(targets, int(counts.sum()), int((counts > 0).sum()), worth, needed)


def _hardest(
    targets: Sequence[Target], ways: Sequence[WayLikeness], of: int
) -> tuple[str | None, tuple[float, float] | None]:
    """The target at which most is lost, over all ways together, and what is kept at it by each.

    of: replications of each way.
    """

    def before(way: WayLikeness, k: int) -> int:
        """How many replications come near to the first k targets."""
        return way.left[k - 1].replications if k else of

    found: list[tuple[float, int]] = []
    for k in range(len(targets)):
        came = sum(before(way, k) for way in ways)
        stayed = sum(way.left[k].replications for way in ways)
        if came and stayed < came:
            # Half a replication more of each: none of two says less than none of a thousand.
            found.append(((stayed + 0.5) / (came + 1), k))
    if not found:
        return None, None
    k = min(found)[1]
    shares = [way.left[k].replications / before(way, k) for way in ways if before(way, k)]
    return targets[k].id, (min(shares), max(shares))
