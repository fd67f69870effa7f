"""The part of a comparison's table that tells what comes after: losses now, attacks later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nobat.show.language import _, marked
from nobat.show.words import days

if TYPE_CHECKING:
    from nobat.study.comparison import Comparison

_YEAR = 365.0


def columns(comparison: Comparison) -> tuple[tuple[str, str], ...]:
    """(heading, key) of each column; none where the scenario does not look at attacks after."""
    within = comparison.attacks_within_d
    if within is None:
        return ()
    time = _("a year") if within == _YEAR else days(within)
    return (
        (marked("attacker\nlosses"), "attacker_losses"),
        (marked("got\naway"), "escaped"),
        (marked("residual\nforce"), "residual_force"),
        (_("attacks in\n{time}").format(time=time), "attacks_after"),
        (marked("the same\nif secured"), "attacks_after_secured_if_secured"),
        (marked("first attack\nafter, days"), "first_attack_after_d_if_attacked"),
    )


def notes(comparison: Comparison) -> list[str]:
    """What those columns mean, where their headings do not say it."""
    if comparison.attacks_within_d is None:
        return []
    return [
        _(
            "Residual force: those who got away, and who is still under arms at the end, whether "
            "the place was secured or not."
        ),
        _("Attacks: after the end, by the residual force; the first one where there was any."),
    ]
