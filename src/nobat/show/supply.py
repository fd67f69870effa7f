"""What a distance of the rear costs, as text: a sentence, and a column for each distance."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from nobat.show.language import _
from nobat.show.numbers import NOTHING, digits
from nobat.show.turned import Turned

if TYPE_CHECKING:
    from nobat.theory.supply import Report, Row


class Table(Turned):
    """A supply report: `str()` is plain text of 100 columns; rich fits it to the terminal."""

    label = 26

    def __init__(self, report: Report) -> None:
        self._report = report

    def sentences(self) -> list[str]:
        """What comes, against what is used, at the nearest and the farthest; then d*."""
        rows = sorted(self._report.rows, key=lambda row: row.distance_km)
        told = [self._sentence(rows[0], self._trucks())]
        if len(rows) > 1:
            told.append(self._sentence(rows[-1], _("they bring {lift} t a day")))
        return [*told, self._culmination()]

    def _sentence(self, row: Row, bring: str) -> str:
        """bring: who brings, with a gap for what: a clause."""
        report = self._report
        if math.isinf(row.lift_t_per_day):
            text = _("At {km} km, without delay, nothing limits what arrives.")
        elif row.lift_t_per_day <= 0 and report.use_t_per_day:
            text = _("At {km} km nothing arrives of the {used} t used a day: {lasting}.")
        elif row.lift_t_per_day <= 0:
            text = _("At {km} km nothing arrives.")
        elif report.use_t_per_day <= 0:
            text = _("At {km} km {bring}; nothing is used.")
        elif math.isinf(row.days_of_supply):
            text = _("At {km} km {bring}: enough for the {used} t used.")
        else:
            text = _("At {km} km {bring} of the {used} t used: {lasting}.")
        return text.format(
            km=_plain(row.distance_km),
            bring=bring.format(lift=_digits(row.lift_t_per_day)),
            used=_plain(report.use_t_per_day),
            lasting=self._lasting(row),
        )

    def _trucks(self) -> str:
        fleet = self._report.fleet
        one, several = _("{n} truck brings {lift} t a day"), _("{n} trucks bring {lift} t a day")
        if fleet.availability < 1:
            one = _("{n} truck ({working} at work) brings {lift} t a day")
            several = _("{n} trucks ({working} at work) bring {lift} t a day")
        text = one if fleet.trucks == 1 else several
        return text.format(n=_plain(fleet.trucks), working=_plain(fleet.at_work), lift="{lift}")

    def _lasting(self, row: Row) -> str:
        stock = self._report.stock_t
        if stock <= 0:
            return _("there is no stock to make up for the rest")
        text = _("the stock of {stock} t lasts {days} days")
        return text.format(stock=_plain(stock), days=_digits(row.days_of_supply))

    def _culmination(self) -> str:
        far = self._report.culmination_km
        if math.isinf(far):
            return _("As nothing is used, no distance is too far.")
        if not self._report.use_t_per_day:
            text = _("Beyond {km} km nothing arrives.")
        elif far <= 0:
            text = _("At no distance is as much brought as is used.")
        else:
            text = _("Beyond {km} km less is brought than used: there the force culminates.")
        return text.format(km=_digits(far))

    def facts(self) -> list[str]:
        """What holds at any distance."""
        alone = self._report.self_consumption_km
        if math.isinf(alone):
            return [_("The trucks' own use is left out.")]
        text = _("A truck burns its whole load in {km} km, {half} km there and back.")
        return [text.format(km=_digits(alone), half=_digits(alone / 2))]

    def lines(self) -> list[tuple[str, list[str]]]:
        """The table's lines: a name, and a figure for each distance."""
        rows = self._report.rows
        return [
            (_("distance, km"), [_plain(row.distance_km) for row in rows]),
            (_("turnaround, h"), [_digits(row.turnaround_h) for row in rows]),
            (_("trips a truck and day"), [_digits(row.trips_per_day) for row in rows]),
            (_("burnt by the trucks, %"), [_digits(100 * row.eaten_share) for row in rows]),
            (_("lift, t a day"), [_digits(row.lift_t_per_day) for row in rows]),
            (_("lift, % of the use"), [self._covered(row) for row in rows]),
            (_("days of supply"), [_digits(row.days_of_supply) for row in rows]),
        ]

    def _covered(self, row: Row) -> str:
        return _digits(100 * row.covered_share) if self._report.use_t_per_day else NOTHING


def _plain(value: float) -> str:
    """A number as it was given, with commas between thousands."""
    return f"{value:,.10g}"


def _digits(value: float) -> str:
    return digits(value, _("no limit"))
