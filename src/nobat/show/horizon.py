"""What the horizon leaves open: how campaigns ended, and whether the answer hangs on it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from nobat.show.language import _, latin, listed, marked, n_
from nobat.show.numbers import chance_text
from nobat.study.leading import MATTERS, too_few

if TYPE_CHECKING:
    from nobat.study.comparison import Comparison
    from nobat.study.leading import Overtaker

_ENDINGS = (
    (marked("gave\nup"), "p_abandoned"),
    (marked("gave up for\nwant of supply"), "p_abandoned_dry"),
)
#: A longer horizon is this many times the one there was, in whole days.
_LONGER = 1.5


def columns(comparison: Comparison) -> tuple[tuple[str, str], ...]:
    """(heading, key) of how campaigns ended that were not secured; what never happened is left out.

    Shares of all campaigns of a doctrine.
    """
    going = _("still going\non day {day}").format(day=f"{comparison.horizon_d:,g}")
    every = (*_ENDINGS, (going, "p_undecided"))
    return tuple(
        (heading, key)
        for heading, key in every
        if any(one[key].mean for one in comparison.doctrines)
    )


def notes(comparison: Comparison) -> list[str]:
    """What those columns mean, and whose choice the horizon is."""
    shown = {key for _heading, key in columns(comparison)}
    found = []
    if "p_abandoned_dry" in shown:
        found.append(
            _("Gave up: too many units were spent at a time, or supply was short for too long.")
        )
    elif "p_abandoned" in shown:
        found.append(_("Gave up: too many units were spent at a time."))
    if "p_undecided" in shown:
        found.append(
            _(
                "Still going: neither secured nor given up by then; the horizon, `run.horizon_d`, "
                "is a choice of the study."
            )
        )
    return found


def warning(comparison: Comparison) -> str:
    """That a longer horizon could change who is best; empty where it could not."""
    if too_few(comparison):
        return ""
    leader = comparison[comparison.best.doctrine]
    shares = {one.name: one["p_undecided"].mean or 0.0 for one in comparison.doctrines}
    if not leader["p_secured"].mean or len(shares) == 1:
        going = {name: share for name, share in shares.items() if share >= MATTERS}
        return _open(comparison, going) if going else ""
    found = comparison.could_overtake
    return _overtaken(comparison, leader.name, found) if found else ""


def _overtaken(comparison: Comparison, leader: str, found: tuple[Overtaker, ...]) -> str:
    """The warning where others could have come out first."""
    text = n_(
        "The answer hangs on the horizon: on day {day} {names} was still going in {going} of "
        "its campaigns; had all of these succeeded, it would have taken the place in {bounds}, "
        "more than {leader}. A longer horizon can tell: `{option}`.",
        "The answer hangs on the horizon: on day {day} {names} were still going in {going} of "
        "their campaigns; had all of these succeeded, they would have taken the place in {bounds}, "
        "more than {leader}. A longer horizon can tell: `{option}`.",
        len(found),
    )
    return text.format(
        day=f"{comparison.horizon_d:,g}",
        names=listed(latin(one.doctrine) for one in found),
        going=listed(chance_text(one.still_going) for one in found),
        bounds=listed(chance_text(one.at_most) for one in found),
        leader=latin(leader),
        option=longer(comparison.horizon_d),
    )


def _open(comparison: Comparison, going: dict[str, float]) -> str:
    """The warning where nobody took the place, or nobody is compared, and some are still going."""
    if not comparison.by_chance:
        text = n_(
            "On day {day} {names} is still going: a longer horizon can tell how that ends "
            "(`{option}`).",
            "On day {day} {names} are still going: a longer horizon can tell how that ends "
            "(`{option}`).",
            len(going),
        )
    else:
        text = n_(
            "On day {day} {names} was still going in {going} of its campaigns: a longer horizon "
            "can tell how those end (`{option}`).",
            "On day {day} {names} were still going in {going} of their campaigns: a longer "
            "horizon can tell how those end (`{option}`).",
            len(going),
        )
    return text.format(
        day=f"{comparison.horizon_d:,g}",
        names=listed(map(latin, going)),
        going=listed(map(chance_text, going.values())),
        option=longer(comparison.horizon_d),
    )


def longer(horizon_d: float) -> str:
    """The option that asks for a longer horizon: half as long again, in whole days."""
    return f"--set run.horizon_d={math.ceil(_LONGER * horizon_d)}"
