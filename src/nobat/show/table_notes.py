"""What stands below the table of a comparison: what was run, and what its columns mean."""

from __future__ import annotations

import math
from collections.abc import Collection
from typing import TYPE_CHECKING

from nobat.show import aftermath, horizon, way_home
from nobat.show.language import _, joined, latin
from nobat.show.words import replications, what_was_run, within

if TYPE_CHECKING:
    from nobat.study.comparison import Comparison

#: A mean over fewer replications than this is told with their number.
_FEW = 30


def notes(comparison: Comparison, shown: Collection[str], *, marked: bool) -> list[str]:
    """The notes, a sentence each. shown: the keys of the columns; marked: whether one is marked."""
    if not comparison.by_chance:
        mark, found = _("* takes the place at the lowest loss."), _of_courses(comparison)
    elif not comparison.drawn:
        mark, found = _("* highest chance."), _exact(comparison)
    else:
        mark = _("* highest share secured, by more than luck explains.")
        found = _drawn(comparison, shown)
    return [mark, *found] if marked else found


def _of_courses(comparison: Comparison) -> list[str]:
    """The notes of the mean field."""
    no_luck, owed = _("No luck, so no intervals."), _("Rest owed: at the end.")
    return [what_was_run(comparison), f"{no_luck} {owed}", *horizon.notes(comparison)]


def _drawn(comparison: Comparison, shown: Collection[str]) -> list[str]:
    """The notes of a run with luck."""
    count = replications(comparison.asked)
    if not comparison.complete:
        some = _("{done} of {count}")
        count = some.format(done=f"{comparison.replications:,}", count=count)
    run = _("{count} of each doctrine on the same luck, seed {seed}.")
    return [
        run.format(count=count, seed=comparison.seed),
        _("Secured: {within}.").format(within=within(comparison)),
        _("95 % intervals: [low, high] Wilson, for shares; ± Student's t, for means."),
        _days_secured(comparison),
        _("Rest owed: at the end."),
        *horizon.notes(comparison),
        *_meanings(shown),
        *way_home.notes(comparison),
        *aftermath.notes(comparison),
    ]


def _exact(comparison: Comparison) -> list[str]:
    """The notes of an exact solution: what was left out is told."""
    endings = [one.endings for one in comparison.doctrines if one.endings is not None]
    left_out = max((one.left_out for one in endings), default=0.0)
    untold = any(one["rest_debt_unit_days"].mean is None for one in comparison.doctrines)
    found = [
        what_was_run(comparison),
        _("Secured: {within}.").format(within=within(comparison)),
        _("Day secured: mean over the campaigns in which it is."),
        _("Rest owed: at the end; - where it is not followed up.")
        if untold
        else _("Rest owed: at the end."),
        *horizon.notes(comparison),
    ]
    if left_out > 0.0:
        below = f"1e{math.ceil(math.log10(left_out))}"
        found.append(_("Left out as too unlikely: below {chance}.").format(chance=below))
    return found


def _meanings(shown: Collection[str]) -> list[str]:
    """What the columns of further mechanisms mean, where their headings do not say it."""
    told = {
        "harm_index": _("Harm: an index of false engagements, not a count of people."),
        "isolated_day_if_isolated": _(
            "Cut off: the first day on which the last place was isolated, mean over the "
            "replications in which it was."
        ),
        "lowest_effectiveness": _(
            "Lowest effectiveness: of the units at the posts, for want of sleep; 1 is fully rested."
        ),
        "days_dry": _("Days dry: without all the supplies that were used."),
    }
    return [text for key, text in told.items() if key in shown]


def _days_secured(comparison: Comparison) -> str:
    """Over what the mean day is, and over how many replications where they are few."""
    counts = {one.name: one["day_secured"].n for one in comparison.doctrines}
    few = [f"{latin(name)} {n}" for name, n in counts.items() if 0 < n < _FEW]
    if not few:
        return _("Day secured: mean over the replications in which it was.")
    text = _("Day secured: mean over the replications in which it was (few: {few}).")
    return text.format(few=joined(few))
