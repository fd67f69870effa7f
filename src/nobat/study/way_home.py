"""What policies of the way home give: a frozen result that can be read and shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nobat.study.dominance import Standing
from nobat.study.estimates import LEVEL, Estimate

if TYPE_CHECKING:
    import polars as pl

    from nobat.show.charts import Chart
    from nobat.show.homecoming import Table

#: The respects in which a policy can beat another; its lanes are one more.
COSTS = ("nights_displaced", "cold_deaths", "missed_infiltrators", "persons_hit")


@dataclass(frozen=True, slots=True, order=True)
class Policy:
    """When the way home opens, lanes of the checkpoint, minutes of a check, share stopped."""

    open_after_nights: int
    lanes: int
    minutes_a_check: float
    false_stop_share: float

    def to_json(self) -> dict[str, float]:
        """The policy as plain JSON values."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Point:
    """What one policy gives, means over the replications in which the place was secured.

    estimates: by outcome, `persons_hit` among them. beaten_by: a policy that is no worse in any
    respect; None on the frontier.
    """

    policy: Policy
    estimates: Mapping[str, Estimate]
    standing: Standing
    beaten_by: Policy | None

    def to_json(self) -> dict[str, Any]:
        """The point as plain JSON values."""
        return {
            **self.policy.to_json(),
            **{name: one.to_json() for name, one in self.estimates.items()},
            "standing": self.standing,
            "beaten_by": None if self.beaten_by is None else self.beaten_by.to_json(),
        }


@dataclass(frozen=True, slots=True)
class Gap:
    """What the scenario's own policy costs beyond another one: paired differences, own - other."""

    policy: Policy
    differences: Mapping[str, Estimate]

    def to_json(self) -> dict[str, Any]:
        """The gap as plain JSON values."""
        return {
            **self.policy.to_json(),
            **{name: one.to_json() for name, one in self.differences.items()},
        }


@dataclass(frozen=True, repr=False)
class WayHome:
    """Policies of the way home after one doctrine's campaigns, all on the same luck.

    replications: that were run; secured: of these, those in which there was a place to go home to,
    over which all estimates are. own: the scenario's policy. gaps: of it, against every other
    opening night with the same checkpoint. record: what the public record says, by matter.
    """

    scenario: str
    title: str
    doctrine: str
    horizon_d: float
    horizon_nights: int
    seed: int
    replications: int
    secured: Estimate
    own: Policy
    points: tuple[Point, ...]
    gaps: tuple[Gap, ...]
    record: tuple[tuple[str, str, str], ...]

    @property
    def on_frontier(self) -> tuple[Point, ...]:
        """The policies that no other beats in every respect."""
        return tuple(point for point in self.points if point.standing == "frontier")

    @property
    def own_point(self) -> Point:
        """The scenario's own policy."""
        return next(point for point in self.points if point.policy == self.own)

    def to_json(self) -> dict[str, Any]:
        """The result as plain JSON values: the object that `nobat homecoming --json` prints."""
        return {
            "scenario": self.scenario,
            "title": self.title,
            "doctrine": self.doctrine,
            "horizon_d": self.horizon_d,
            "horizon_nights": self.horizon_nights,
            "seed": self.seed,
            "replications": self.replications,
            "p_secured": self.secured.to_json(),
            "interval": {"level": LEVEL, "share": "wilson", "mean": "t"},
            "respects": [*COSTS, "lanes"],
            "own": self.own_point.to_json(),
            "own_minus_other": [gap.to_json() for gap in self.gaps],
            "policies": [point.to_json() for point in self.points],
            "record": [
                {"matter": matter, "record": record, "finding": finding}
                for matter, record, finding in self.record
            ],
            "sentence": self.sentence(),
        }

    def to_polars(self) -> pl.DataFrame:
        """One row for each policy; `_low` and `_high` are the ends of the intervals."""
        import polars as pl

        rows = []
        for point in self.points:
            row: dict[str, Any] = dict(point.policy.to_json())
            for name, one in point.estimates.items():
                row |= {name: one.mean, f"{name}_low": one.low, f"{name}_high": one.high}
            rows.append({**row, "standing": point.standing})
        return pl.DataFrame(rows)

    # As in a comparison, a result that can show itself reaches up, late, and only here.

    def sentence(self) -> str:
        """What the scenario's own policy costs and gains, in plain words."""
        from nobat.show.homecoming import sentence

        return sentence(self)

    def table(self) -> Table:
        """The table of policies: printed as text, by rich, or as HTML in a notebook."""
        from nobat.show.homecoming import Table

        return Table(self)

    def plot(self) -> Chart:
        """A chart of nights away from home against missed infiltrators."""
        from nobat.show.homecoming_chart import chart

        return chart(self)

    def __repr__(self) -> str:
        """Short: what was tried, and how much of it is on the frontier."""
        of = f"{len(self.on_frontier)} of {len(self.points)} policies on the frontier"
        return f"<WayHome {self.scenario}: {self.doctrine}; {of}>"

    def _repr_html_(self) -> str:
        """What a notebook shows: the sentence and the table."""
        return self.table()._repr_html_()
