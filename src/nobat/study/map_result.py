"""The map of answers: which doctrine wins where over two numbers, and what it is shown by."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from nobat.model.outcome import Outcome
from nobat.study.decision import LEAST_PAIRS, best_of, decision_json
from nobat.study.estimates import LEVEL, RESAMPLES
from nobat.study.map_grid import Axis
from nobat.study.map_line import Line, lines
from nobat.study.map_parts import Ground, Holding, MapFlip, MapPoint
from nobat.study.map_surface import NO_DATA, TIE, Flip, Raster, Surface
from nobat.study.names import key
from nobat.study.stated import stated_json

if TYPE_CHECKING:
    import polars as pl

    from nobat.show.charts import Chart
    from nobat.show.map import Table

Floats = NDArray[np.float64]

#: The raster on which shares of the map are counted has so many places a side.
_SHARES = 60


@dataclass(frozen=True, repr=False, eq=False)
class DecisionMap:
    """Which doctrine is best where over two numbers.

    x, y: the numbers and their ranges. points: all that were run, in the order in which they were;
    places: where on the map they lie, (points, 2), each from 0 to 1. points_asked: how many there
    might have been. surface: what is said between them.
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
    places: Floats
    surface: Surface

    @property
    def best(self) -> str:
        """Which end of the outcome is the best: `highest` or `lowest`."""
        return best_of(self.outcome)

    @property
    def enough(self) -> bool:
        """Whether there are replications enough for anything to be beyond noise."""
        return self.replications >= LEAST_PAIRS

    @cached_property
    def flip_line(self) -> tuple[Line, ...]:
        """The flip line, in parts of the map from 0 to 1.

        None where an axis is listed value by value: `flips` has where it lies at each of them.
        """
        surface = self.surface
        return tuple(lines(self.places, surface.means, surface.mesh.triangles))

    @cached_property
    def flips(self) -> tuple[MapFlip, ...]:
        """Where the winner changes on straight sections, both ways.

        They lie at the values of the first grid, and at every value of an axis that is listed; none
        runs along such an axis.
        """
        found = []
        for place, (own, other) in enumerate(((self.x, self.y), (self.y, self.x))):
            for i in () if own.listed else other.first:
                section = self.surface.section(place, other.part(i))
                found += [self._flip("xy"[place], own, other.values[i], one) for one in section]
        return tuple(found)

    @cached_property
    def holdings(self) -> tuple[Holding, ...]:
        """What each doctrine holds of the map."""
        return tuple(self._holding(i) for i in range(len(self.doctrines)))

    @cached_property
    def level(self) -> Ground:
        """Where several are equal at the top."""
        return Ground(self._share(TIE), sum(one.decision.level for one in self.points))

    @cached_property
    def no_data(self) -> Ground:
        """Where there are not two doctrines that can be compared."""
        return Ground(self._share(NO_DATA), sum(not one.decision.data for one in self.points))

    def raster(self, columns: int, rows: int) -> Raster:
        """Who is ahead in the middle of each of columns x rows boxes: (rows, columns), y rising.

        An axis that is listed has a box for each value.
        """
        across, up = np.meshgrid(middles(self.x, columns), middles(self.y, rows))
        found = self.surface.raster(np.column_stack([across.ravel(), up.ravel()]))
        shape = across.shape
        return Raster(found.winner.reshape(shape), found.sure.reshape(shape))

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
            "least_replications": LEAST_PAIRS,
            "doctrines": [one.to_json() for one in self.holdings],
            "level": self.level.to_json(),
            "no_data": self.no_data.to_json(),
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
        return self.x.value(spot[0]), self.y.value(spot[1])

    def to_polars(self) -> pl.DataFrame:
        """One row for each point and doctrine.

        The two numbers under their paths, the round, the doctrine's mean with its interval and n,
        whether it is best there, how far the best is ahead of the next best, with its interval (in
        the outcome's unit, more than 0 is better, whichever end of it is the best), and whether
        that is beyond noise. No doctrine is best where they are level, or where there are not two
        that have a value.
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

    @cached_property
    def _shares(self) -> Raster:
        """The raster on which shares are counted."""
        return self.raster(_SHARES, _SHARES)

    def _share(self, winner: int) -> float:
        """The part of the map that a doctrine holds, or that is level or has no data."""
        return float((self._shares.winner == winner).mean())

    def _holding(self, doctrine: int) -> Holding:
        """What one doctrine holds."""
        own = self._shares.winner == doctrine
        won = [one.decision for one in self.points if one.decision.winner == doctrine]
        leads = [one.lead.mean for one in won if one.lead.mean is not None]
        return Holding(
            self.doctrines[doctrine],
            self._share(doctrine),
            float((own & self._shares.sure).mean()),
            len(won),
            sum(one.sure for one in won),
            min(leads, default=None),
            max(leads, default=None),
        )

    def _flip(self, along: str, own: Axis, at: float, found: Flip) -> MapFlip:
        """A change of the winner in the numbers' own values."""
        before, after = (self.doctrines[i] for i in (found.before, found.after))
        value = own.value(found.value)
        if not self.enough:
            return MapFlip(along, at, value, None, None, before, after, None)
        low, high = (None if one is None else own.value(one) for one in (found.low, found.high))
        return MapFlip(along, at, value, low, high, before, after, found.p_exists)


def middles(axis: Axis, most: int) -> list[float]:
    """The middles of boxes along an axis, in parts from 0 to 1.

    A box for each value of an axis that is listed; else `most` boxes of one width.
    """
    if axis.listed:
        return [axis.part(i) for i in range(len(axis.values))]
    return [(i + 0.5) / most for i in range(most)]


def _axis_json(axis: Axis) -> dict[str, Any]:
    """An axis as plain JSON values. first: the values that the map begins with."""
    return {
        "path": axis.path,
        "unit": axis.factor.unit,
        "low": axis.low,
        "high": axis.high,
        "first": [axis.values[i] for i in axis.first],
        "finest": len(axis.values),
        "listed": axis.listed,
        **stated_json(axis.factor.quantity),
    }
