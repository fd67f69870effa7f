"""What a map is made of: its points, what each doctrine holds or none, where the answer flips."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nobat.study.decision import Decision


@dataclass(frozen=True, slots=True)
class MapPoint:
    """The doctrines at one point of a map.

    x, y: the values of both numbers. round: 0 for the first grid, then the round of splitting in
    which it was added. decision: who is best, by how much.
    """

    x: float
    y: float
    round: int
    decision: Decision


@dataclass(frozen=True, slots=True)
class Holding:
    """What a doctrine holds of a map.

    share: the part of the map on which it is best; sure: that on which it is surely so. points,
    sure_points: of those that were run; least, most: how far it is ahead of the next best at them,
    more than 0 is better, None where it is best at none.
    """

    doctrine: str
    share: float
    sure: float
    points: int
    sure_points: int
    least: float | None
    most: float | None

    def to_json(self) -> dict[str, Any]:
        """The holding as plain JSON values."""
        return {
            "name": self.doctrine,
            "share_of_map": self.share,
            "surely": self.sure,
            "points": self.points,
            "sure_points": self.sure_points,
            "lead": {"least": self.least, "most": self.most},
        }


@dataclass(frozen=True, slots=True)
class Ground:
    """Ground that no doctrine holds: its share of the map, and the points that were run there."""

    share: float
    points: int

    def to_json(self) -> dict[str, Any]:
        """The ground as plain JSON values."""
        return {"share_of_map": self.share, "points": self.points}


@dataclass(frozen=True, slots=True)
class MapFlip:
    """Where on a straight section of the map the winner changes.

    along: the axis that the section runs along, `x` or `y`; at: where on the other axis. value: on
    the axis, with low and high, its 95 % bootstrap interval; before, after: the doctrines.
    p_exists: the share of resamples in which they change places on this section. None, all three,
    where there are too few replications to say so.
    """

    along: str
    at: float
    value: float
    low: float | None
    high: float | None
    before: str
    after: str
    p_exists: float | None

    def to_json(self) -> dict[str, Any]:
        """The flip as plain JSON values."""
        return {
            "along": self.along,
            "at": self.at,
            "value": self.value,
            "low": self.low,
            "high": self.high,
            "before": self.before,
            "after": self.after,
            "p_exists": self.p_exists,
        }
