"""The map of answers: which doctrine wins where over two numbers, and what it is shown by."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from nobat.model.outcome import Outcome
from nobat.study.decision import best_of, decision_json
from nobat.study.estimates import LEVEL, RESAMPLES
from nobat.study.map_grid import Axis
from nobat.study.map_line import Line, lines
from nobat.study.map_parts import Holding, MapFlip, MapPoint
from nobat.study.map_surface import Flip, Raster, Surface
from nobat.study.names import key

if TYPE_CHECKING:
    import polars as pl

    from nobat.show.charts import Chart
    from nobat.show.map import Table

#: The raster on which shares of the map are counted has so many places a side.
_SHARES = 60


@dataclass(frozen=True, repr=False, eq=False)
class DecisionMap:
    """Which doctrine is best where over two numbers.

    x, y: the numbers and their ranges. points: all that were run, in the order in which they were.
    points_asked: how many there might have been. surface: what is said between them.
    """

    scenario: str
    title: str
    x: Axis
    y: Axis
    doctrines: tuple[str, ...]
    outcome: Outcome
    horizon_d: float
    seed: int
    replications: int
    points_asked: int
    points: tuple[MapPoint, ...]
    surface: Surface

    @property
    def best(self) -> str:
        """Which end of the outcome is the best: `highest` or `lowest`."""
        return best_of(self.outcome)

    @cached_property
    def flip_line(self) -> tuple[Line, ...]:
        """The flip line, in parts of the map from 0 to 1.

        None where an axis is listed value by value: `flips` has where it lies at each of them.
        """
        if self.x.listed or self.y.listed:
            return ()
        surface = self.surface
        return tuple(lines(surface.places, surface.means, surface.mesh.simplices))

    @cached_property
    def flips(self) -> tuple[MapFlip, ...]:
        """Where the winner changes on straight sections, both ways.

        They lie at the values of the first grid, and at every value of an axis that is listed; none
        runs along such an axis.
        """
        found = []
        for place, (own, other) in enumerate(((self.x, self.y), (self.y, self.x))):
            for i in () if own.listed else other.sections:
                section = self.surface.section(place, other.part(i))
                found += [self._flip("xy"[place], own, other.values[i], one) for one in section]
        return tuple(found)

    @cached_property
    def holdings(self) -> tuple[Holding, ...]:
        """What each doctrine holds of the map."""
        raster = self.raster(_SHARES, _SHARES)
        return tuple(self._holding(i, raster) for i in range(len(self.doctrines)))

    def raster(self, columns: int, rows: int) -> Raster:
        """Who is ahead in the middle of each of columns x rows boxes: (rows, columns), y rising.

        An axis that is listed has a box for each value.
        """
        xs, ys = boxes(self.x, columns)[0], boxes(self.y, rows)[0]
        across, up = np.meshgrid(xs, ys)
        found = self.surface.raster(np.column_stack([across.ravel(), up.ravel()]))
        shape = across.shape
        return Raster(found.winner.reshape(shape), found.held.reshape(shape))

    def to_json(self) -> dict[str, Any]:
        """The result as plain JSON values: the object that `nobat map --json` prints."""
        return {
            "scenario": self.scenario,
            "title": self.title,
            **{name: _axis_json(axis) for name, axis in (("x", self.x), ("y", self.y))},
            "outcome": key(self.outcome.name, self.outcome.kind),
            "best": self.best,
            "horizon_d": self.horizon_d,
            "seed": self.seed,
            "replications": self.replications,
            "interval": {"level": LEVEL, "lead": "paired t", "flip": "bootstrap"},
            "resamples": RESAMPLES,
            "doctrines": [one.to_json() for one in self.holdings],
            "points_asked": self.points_asked,
            "points": [
                {"x": one.x, "y": one.y, "round": one.round}
                | decision_json(one.decision, self.doctrines)
                for one in self.points
            ],
            "line": [
                {
                    "between": [self.doctrines[i] for i in one.between],
                    "points": [list(self.where(spot)) for spot in one.spots],
                }
                for one in self.flip_line
            ],
            "flips": [one.to_json() for one in self.flips],
            "sentence": self.sentence(),
        }

    def where(self, spot: tuple[float, float]) -> tuple[float, float]:
        """The values of both numbers at a place of the map, given in parts from 0 to 1."""
        x, y = (
            axis.low + part * (axis.high - axis.low)
            for axis, part in zip((self.x, self.y), spot, strict=True)
        )
        return x, y

    def to_polars(self) -> pl.DataFrame:
        """One row for each point and doctrine.

        The two numbers under their paths, the round, the doctrine's mean with its interval and n,
        whether it is best there, and the lead of the best over the next best, with its interval.
        """
        import polars as pl

        rows = [
            {
                self.x.path: float(point.x),
                self.y.path: float(point.y),
                "round": point.round,
                "doctrine": name,
                "mean": one.mean,
                "low": one.low,
                "high": one.high,
                "n": one.n,
                "best": point.decision.winner == i,
                "lead": point.decision.lead.mean,
                "lead_low": point.decision.lead.low,
                "lead_high": point.decision.lead.high,
                "sure": point.decision.sure,
            }
            for point in self.points
            for i, (name, one) in enumerate(
                zip(self.doctrines, point.decision.estimates, strict=True)
            )
        ]
        schema: dict[str, type[pl.DataType]] = dict.fromkeys(rows[0], pl.Float64)
        schema |= dict.fromkeys(("round", "n"), pl.Int64) | {"doctrine": pl.String}
        schema |= dict.fromkeys(("best", "sure"), pl.Boolean)
        return pl.DataFrame(rows, schema=schema)

    # As in a comparison, a result that can show itself reaches up, late, and only here.

    def sentence(self) -> str:
        """Who wins where and where the flip line runs, or that one doctrine wins everywhere."""
        from nobat.show.map_words import sentence

        return sentence(self)

    def table(self) -> Table:
        """A coarse map in letters and what each doctrine holds: text, rich or HTML."""
        from nobat.show.map import Table

        return Table(self)

    def plot(self) -> Chart:
        """The map as a chart: colours, points, flip line."""
        from nobat.show.map_chart import map_chart

        return map_chart(self)

    def __repr__(self) -> str:
        """Short: the two numbers, and what each doctrine holds."""
        held = ", ".join(f"{one.doctrine} {one.share:.0%}" for one in self.holdings if one.share)
        return f"<DecisionMap {self.scenario}: {self.x.path} by {self.y.path}; {held}>"

    def _repr_html_(self) -> str:
        """What a notebook shows: the sentence and the table."""
        return self.table()._repr_html_()

    def _holding(self, doctrine: int, raster: Raster) -> Holding:
        """What one doctrine holds."""
        own = raster.winner == doctrine
        won = [one.decision for one in self.points if one.decision.winner == doctrine]
        leads = [abs(one.lead.mean) for one in won if one.lead.mean is not None]
        return Holding(
            self.doctrines[doctrine],
            float(own.mean()),
            float((own & raster.sure).mean()),
            len(won),
            sum(one.sure for one in won),
            min(leads, default=None),
            max(leads, default=None),
        )

    def _flip(self, along: str, own: Axis, at: float, found: Flip) -> MapFlip:
        """A change of the winner in the numbers' own values."""
        value, low, high = (
            None if part is None else own.low + part * (own.high - own.low)
            for part in (found.value, found.low, found.high)
        )
        assert value is not None
        before, after = (self.doctrines[i] for i in (found.before, found.after))
        return MapFlip(along, at, value, low, high, before, after, found.p_exists)


def boxes(axis: Axis, most: int) -> tuple[list[float], list[float]]:
    """The middles and the edges of boxes along an axis, in parts from 0 to 1.

    A box for each value of an axis that is listed, each as wide as half of the way to both of its
    neighbours; else `most` boxes of one width.
    """
    if axis.listed:
        middles = [axis.part(i) for i in range(len(axis.values))]
        between = [(a + b) / 2 for a, b in pairwise(middles)]
        ends = 2 * middles[0] - between[0], 2 * middles[-1] - between[-1]
        return middles, [ends[0], *between, ends[1]]
    edges = np.linspace(0, 1, most + 1)
    return ((edges[1:] + edges[:-1]) / 2).tolist(), edges.tolist()


def _axis_json(axis: Axis) -> dict[str, Any]:
    """An axis as plain JSON values. values: those that the map begins with."""
    return {
        "path": axis.path,
        "unit": axis.factor.unit,
        "low": axis.low,
        "high": axis.high,
        "first": [axis.values[i] for i in axis.first],
        "finest": len(axis.values),
    }
