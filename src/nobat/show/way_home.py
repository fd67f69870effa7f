"""The part of a comparison's table that tells of the way home after each doctrine's campaigns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nobat.show.language import _, marked

if TYPE_CHECKING:
    from nobat.study.comparison import Comparison

_COLUMNS = (
    (marked("nights away\nfrom home"), "nights_displaced"),
    (marked("died of\ncold"), "cold_deaths"),
    (marked("went\nhome"), "returned"),
    (marked("infiltrators\nmissed"), "missed_infiltrators"),
    (marked("attacks at\ncheckpoint"), "checkpoint_attacks"),
    (marked("days\noverloaded"), "overloaded_days"),
)


def columns(comparison: Comparison) -> tuple[tuple[str, str], ...]:
    """(heading, key) of each column; none where nobody is away from home."""
    away = any(one["nights_displaced"].mean for one in comparison.doctrines)
    return _COLUMNS if away else ()


def notes(comparison: Comparison) -> list[str]:
    """What those columns mean, where their headings do not say it."""
    if not columns(comparison):
        return []
    return [
        _(
            "Nights away: of all displaced persons after the end, whether the place was secured or "
            "not; nobody goes home to one that was not. Who could not leave is not among them."
        ),
        _("Overloaded: days on which more came to the checkpoint than could be checked."),
    ]
