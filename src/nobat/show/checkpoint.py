"""A checkpoint as text: a sentence, and a column for each time that a check takes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from nobat.show.language import _, many
from nobat.show.numbers import NOTHING, digits
from nobat.show.turned import Turned

if TYPE_CHECKING:
    from nobat.theory.checkpoint import Report, Row


class Table(Turned):
    """A checkpoint report: `str()` is plain text of 100 columns; rich fits it to the terminal."""

    label = 30

    def __init__(self, report: Report) -> None:
        self._report = report

    def sentences(self) -> list[str]:
        """What the quickest check means, and the longest."""
        rows = sorted(self._report.rows, key=lambda row: row.minutes_a_check)
        told = [self._sentence(rows[0])]
        if len(rows) > 1:
            told.append(self._sentence(rows[-1]))
        return told

    def _sentence(self, row: Row) -> str:
        line, seen = row.queue, row.screening
        one, several = _("With {n} minute a check"), _("With {n} minutes a check")
        where = one if row.minutes_a_check == 1 else several
        caught = _(
            "{caught} % of the infiltrators are caught and {missed} of 1,000 who come are missed"
        ).format(
            caught=digits(100 * seen.sensitivity, NOTHING),
            missed=digits(seen.missed_per_1000, NOTHING),
        )
        if line.overloaded:
            text = _(
                "{where} the checkpoint is overloaded: as many come as can be checked, or more, so "
                "there is no steady state and the queue grows {pace}; {caught}."
            )
        else:
            text = _("{where} people wait {wait} minutes on average; {caught}.")
        return text.format(
            where=where.format(n=_plain(row.minutes_a_check)),
            pace=_pace(line.growth_per_hour),
            wait=digits(line.mean_wait_min, NOTHING),
            caught=caught,
        )

    def lines(self) -> list[tuple[str, list[str]]]:
        """The table's lines: a name, and a figure for each time of a check."""
        rows = self._report.rows
        yes, no = _("yes"), _("no")
        return [
            (_("minutes a check"), [_plain(row.minutes_a_check) for row in rows]),
            (_("lanes in use, %"), [digits(100 * row.queue.utilisation, NOTHING) for row in rows]),
            (_("overloaded"), [yes if row.queue.overloaded else no for row in rows]),
            (_("who wait, %"), [_steady(row, 100 * row.queue.p_wait) for row in rows]),
            (_("mean wait, min"), [_steady(row, row.queue.mean_wait_min) for row in rows]),
            (_("mean queue, persons"), [_steady(row, row.queue.mean_queue) for row in rows]),
            (
                _("queue grows by, an hour"),
                [digits(row.queue.growth_per_hour, "") for row in rows],
            ),
            (_("caught (Se), %"), [digits(100 * row.screening.sensitivity, "") for row in rows]),
            (
                _("let through (Sp), %"),
                [digits(100 * row.screening.specificity, "") for row in rows],
            ),
            (_("missed of 1,000"), [digits(row.screening.missed_per_1000, "") for row in rows]),
            (
                _("false stops of 1,000"),
                [digits(row.screening.false_stops_per_1000, "") for row in rows],
            ),
            (_("of those stopped mean harm, %"), [_share(row.screening.ppv) for row in rows]),
        ]

    def facts(self) -> list[str]:
        """What was asked."""
        report = self._report
        come = many(
            report.lanes,
            "{persons} persons an hour come to {n} lane; {share} % of them mean harm.",
            "{persons} persons an hour come to {n} lanes; {share} % of them mean harm.",
            persons=_plain(report.arrivals_per_hour),
            share=_plain(100 * report.infiltrator_share),
        )
        if report.fixed:
            return [come, _("M/M/c: arrivals and checks without memory (Erlang C).")]
        return [
            come,
            _(
                "M/M/c: arrivals and checks without memory (Erlang C); what is caught is the "
                "average over exponential times of a check."
            ),
        ]


def _pace(per_hour: float) -> str:
    """How fast a queue grows without end; as many as can be checked make it grow like a root."""
    if per_hour <= 0.0:
        return _("without end, ever more slowly")
    return _("by {n} persons an hour").format(n=digits(per_hour, NOTHING))


def _plain(value: float) -> str:
    """A number as it was given, with commas between thousands."""
    return f"{value:,.10g}"


def _steady(row: Row, value: float) -> str:
    """A figure of the steady state; nothing where there is none."""
    return NOTHING if row.queue.overloaded else digits(value, NOTHING)


def _share(value: float) -> str:
    return NOTHING if math.isnan(value) else digits(100 * value, NOTHING)
