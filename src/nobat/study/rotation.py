"""The answer to a rotation: what is covered, who owes rest, how many crews it takes (MODEL 2).

Everything in it is worked out from the spells of the crews, day by day.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from nobat.engine.crews import Question, Record
from nobat.scenario.crews import Crews
from nobat.study import duties, estimates
from nobat.study.estimates import Estimate
from nobat.study.required import (
    Method,
    Required,
    closed_form,
    required,
    required_with_surge,
    searchable,
    turns_of,
)
from nobat.study.surge import Surge, surge_of
from nobat.theory import rotation as theory
from nobat.theory.conditions import Form

if TYPE_CHECKING:
    import polars as pl

    from nobat.show.rotation import Table


@dataclass(frozen=True, repr=False)
class Rotation:
    """A rotation of crews over time: what it covered, at what debt.

    question: what was asked; record: what happened, day by day; covers: the cover of each
    replication where the starts are random (the record is that of the first), else the one.
    """

    question: Question
    record: Record
    scenario: Crews | None = None
    covers: tuple[float, ...] = field(default=())
    allowed_miss: float = 0.0

    @property
    def cover(self) -> float:
        """Share of the post-days of the window that were held, surge posts left out; the mean."""
        return float(np.mean(self.covers))

    @property
    def cover_interval(self) -> Estimate:
        """The mean cover with its 95 % interval over the replications."""
        return estimates.mean(np.array(self.covers))

    @cached_property
    def _exact_cover(self) -> Form[float] | None:
        """The closed form of the cover with its conditions; None where it does not apply."""
        q, turns = self.question, turns_of(self.question)
        if turns is None:
            return None
        surge = any(post.surge for post in q.posts)
        return theory.cover(turns, q.from_d, q.horizon_d, surge=surge)

    @property
    def closed_form_cover(self) -> float | None:
        """The cover that the closed form gives; None where it does not apply."""
        return self._exact_cover.value if self._exact_cover else None

    @property
    def closed_form_is_for(self) -> tuple[str, ...]:
        """What it would have to be for the closed form of the cover to be exact; none where it is.

        `crews that stay ready`, `whole cycles`, ...: the conditions that do not hold.
        """
        return self._exact_cover.unmet if self._exact_cover else ()

    @cached_property
    def required(self) -> tuple[Required, ...]:
        """The crews required of each kind, the others as they are."""
        return tuple(
            required(self.question, kind=kind, allowed_miss=self.allowed_miss)
            for kind in range(len(self.question.kinds))
        )

    def required_by(
        self, *, kind: int = 0, allowed_miss: float = 0.0, method: Method | None = None
    ) -> Required:
        """The crews required of one kind, by a `scan` or by `bisection`, with misses allowed.

        Raises ScenarioError where the method is neither, or allowed_miss not in [0, 1).
        """
        searchable(allowed_miss, method)
        return required(self.question, kind=kind, allowed_miss=allowed_miss, method=method)

    @property
    def required_units(self) -> int | None:
        """The crews required where there is one kind; None for several (see `required`)."""
        return self.required[0].units if len(self.required) == 1 else None

    @cached_property
    def required_with_surge(self) -> Required | None:
        """The crews that ride out the surge too, no lasting post empty from its first day on.

        None without a surge, and for several kinds of crew.
        """
        if self.surge is None or len(self.question.kinds) > 1:
            return None
        return required_with_surge(self.question, allowed_miss=self.allowed_miss)

    @property
    def required_units_with_surge(self) -> int | None:
        """The units of `required_with_surge`."""
        return self.required_with_surge.units if self.required_with_surge else None

    @cached_property
    def closed_form_required_units(self) -> int | None:
        """N* of the closed form; None where it does not apply."""
        return closed_form(self.question)

    @cached_property
    def spells(self) -> duties.Ints:
        """Every spell: unit, duty (as DUTIES), first day, day after the last, post, rest owed."""
        return duties.split(self.question, self.record)

    @cached_property
    def unit_days(self) -> dict[str, int]:
        """Unit-days of the window by duty; together units times days."""
        return duties.unit_days(self.spells, self.question.from_d, self.question.horizon_d)

    @cached_property
    def _synchrony(self) -> duties.Floats:
        return duties.synchrony(self.question, self.record)

    @cached_property
    def _owed(self) -> duties.Ints:
        return duties.owed_by_day(self.question, self.record)

    @property
    def rest_owed(self) -> int:
        """Rest owed by all crews on the last day, unit-days."""
        return int(self._owed[-1])

    @cached_property
    def surge(self) -> Surge | None:
        """What the surge borrowed and cost; None where there was none."""
        return surge_of(self.question, self.record, turns_of(self.question))

    def duties(self) -> pl.DataFrame:
        """Every spell of duty: unit, crew, duty, from_d, days, post, owed_d."""
        return duties.frame(self.question, self.spells)

    def days(self) -> pl.DataFrame:
        """One row a day: crews on each duty, posts asked for and held, rest owed, synchrony."""
        import polars as pl

        counts = duties.by_day(self.spells, self.question.horizon_d)
        base = [place for place, post in enumerate(self.question.posts) if not post.surge]
        surge = [place for place, post in enumerate(self.question.posts) if post.surge]
        asked, manned = self.record.asked[:, 1:-1], self.record.manned[:, 1:-1]
        return pl.DataFrame(
            {
                "day": np.arange(1, self.question.horizon_d + 1),
                **{name: counts[:, place] for place, name in enumerate(duties.DUTIES)},
                "posts": asked[base].sum(axis=0),
                "posts_held": manned[base].sum(axis=0),
                "surge_posts": asked[surge].sum(axis=0),
                "surge_posts_held": manned[surge].sum(axis=0),
                "rest_owed": self._owed,
                "synchrony": self._synchrony,
            }
        )

    def ledger(self) -> pl.DataFrame:
        """Every call from rest: what was missed, and when the bill comes due.

        unit, crew, called_d, missed_d (days owed then), repaid_d (by days in reserve), due_d (a
        longer rest begins), due_rest_d (how much longer), settled_d (nothing is owed any more);
        null where it does not come to that by the horizon.
        """
        import polars as pl

        rows = duties.ledger(self.record, self.question.horizon_d)
        frame = pl.DataFrame(rows, schema=dict.fromkeys(duties.LEDGER, pl.Int64))
        names = duties.crew_names(self.question)
        crew = pl.Series("crew", [names[unit] for unit in frame["unit"]], pl.String)
        return frame.insert_column(1, crew).sort("called_d", "unit")

    def synchrony(self) -> pl.DataFrame:
        """day, synchrony: 0 where the cycles are evenly spread, 1 where all are in phase."""
        return self.days().select("day", "synchrony")

    def posts(self) -> pl.DataFrame:
        """One row for each demand: post, surge, asked and held post-days of the window, cover."""
        import polars as pl

        days = slice(self.question.from_d, self.question.horizon_d)
        asked = self.record.asked[:, days].sum(axis=1)
        held = self.record.manned[:, days].sum(axis=1)
        return pl.DataFrame(
            {
                "post": [post.name for post in self.question.posts],
                "surge": [post.surge for post in self.question.posts],
                "asked": asked,
                "held": held,
                "cover": [h / a if a else None for h, a in zip(held, asked, strict=True)],
            },
            schema_overrides={"cover": pl.Float64},
        )

    def table(self) -> Table:
        """What `nobat rotation` shows: `print` it, or let a notebook show it."""
        from nobat.show.rotation import Table

        return Table(self)

    def to_json(self) -> dict[str, Any]:
        """The object that `nobat rotation --json` prints."""
        q, days = self.question, self.unit_days
        answer: dict[str, Any] = {
            "scenario": self.scenario.name if self.scenario else None,
            "units": q.units,
            "from_d": q.from_d,
            "horizon_d": q.horizon_d,
            "cover": self.cover,
            "closed_form_cover": self.closed_form_cover,
            "closed_form_is_for": list(self.closed_form_is_for),
            "required_units": self.required_units,
            "required_units_with_surge": self.required_units_with_surge,
            "closed_form_required_units": self.closed_form_required_units,
            "required": [
                {"crew": one.kind, "units": one.units, "method": one.method,
                 "allowed_miss": one.allowed_miss, "looked_up_to": one.most}
                for one in self.required
            ],
            **{f"{name}_unit_days": count for name, count in days.items()},
            "synchrony": round(float(self._synchrony[-1]), 12),
            "rest_owed_unit_days": self.rest_owed,
            "surge": self.surge.to_json() if self.surge else None,
            "posts": self.posts().to_dicts(),
            "ledger": self.ledger().to_dicts(),
        }  # fmt: skip
        if len(self.covers) > 1:
            answer["cover_interval"] = self.cover_interval.to_json()
        return answer

    def __repr__(self) -> str:
        """The lines of the table."""
        return str(self.table())

    def _repr_html_(self) -> str:
        """The lines of the table, for a notebook."""
        return self.table()._repr_html_()
