"""Words that many pages share, and how a text is broken into lines."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

from nobat.show.language import (
    LEFT_TO_RIGHT,
    POP,
    _,
    latin,
    many,
    marked,
    right_to_left,
    shaped,
)
from nobat.show.layout import unbroken

if TYPE_CHECKING:
    from nobat.study.comparison import Comparison

#: No line break between a number and its %, behind a ±, inside [low, high] nor behind an option.
_TIED = re.compile(r"(?<=\d) (?=%)|(?<=±) |(?<=[,،]) (?=[-−]?[\d.,٫٬]+\])|(?<=`-n) |(?<=`--set) ")
_TIE = "\u00a0"
#: The same where rich breaks the lines, which does so at every kind of blank.
_HELD = "\ue000"

#: Decimals of what is known exactly: as many as a reader can use.
EXACT_PLACES = 3


def replications(n: int) -> str:
    """`1 replication`, `10,000 replications`."""
    return many(n, "{n} replication", "{n} replications")


def what_was_run(comparison: Comparison) -> str:
    """What the figures are made of, a sentence."""
    if not comparison.by_chance:
        return _("Mean field: one course of each doctrine, with expected values in place of draws.")
    if not comparison.drawn:
        return _("Solved exactly: every chance is worked out, none is drawn.")
    count = replications(comparison.replications)
    return _("{count} of each doctrine, seed {seed}.").format(count=count, seed=comparison.seed)


def within(comparison: Comparison) -> str:
    """`within 60 days`: the horizon that every chance of taking the place hangs on."""
    return _("within {days}").format(days=days(comparison.horizon_d))


def days(length: float) -> str:
    """`60 days`, `1 day`."""
    return (_("{n} day") if length == 1 else _("{n} days")).format(n=f"{length:,g}")


def flow(text: str, width: int) -> str:
    """The text in lines of `width` columns, which break beside numbers and never inside them."""
    if unbroken.get():
        return text
    if right_to_left():
        return _flow_by_cells(text, width)
    lines = textwrap.wrap(_TIED.sub(_TIE, text), width, break_on_hyphens=False)
    return "\n".join(lines).replace(_TIE, " ")


def _flow_by_cells(text: str, width: int) -> str:
    """The same for letters and marks that take no room; what is isolated is so in each line."""
    from rich.console import Console
    from rich.text import Text

    tied = _TIED.sub(_HELD, shaped(text)).replace(_TIE, _HELD)
    lines = [line.plain.rstrip() for line in Text(tied).wrap(Console(width=width), width)]
    whole = []
    isolated = False
    for line in lines:
        begun = LEFT_TO_RIGHT + line if isolated else line
        isolated = begun.rfind(LEFT_TO_RIGHT) > begun.rfind(POP)
        whole.append(begun + POP if isolated else begun)
    return "\n".join(whole).replace(_HELD, " ")


def outcome_name(name: str) -> str:
    """An outcome's name in a text: as it is typed, in another language in words of its own."""
    words = name.replace("_", " ")
    told = _(words)
    return latin(name) if told == words else told


#: What outcomes are called wherever their names are shown, but for those that say it themselves:
#: as in the headings of the tables.
_LABELS = {
    "abandoned": marked("gave up"),
    "abandoned_dry": marked("gave up for want of supply"),
    "undecided": marked("still going"),
    "escaped": marked("got away"),
    "harm_index": marked("harm to residents"),
    "rest_debt_unit_days": marked("rest owed, unit-days"),
    "isolated_day": marked("cut off on day"),
    "mean_contact": marked("attackers in contact, mean"),
    "mean_pressure": marked("pressure: the attack's strength over the layer's, mean"),
    "units_spent": marked("times a unit was spent"),
    "lowest_defender_effectiveness": marked("lowest effectiveness of the defenders"),
    "reinforcements": marked("defenders who came up from the reserve"),
    "attacks_after": marked("attacks after the end"),
    "attacks_after_secured": marked("attacks after the end, if secured"),
    "first_attack_after_d": marked("first attack after the end, days"),
    "nights_displaced": marked("nights away from home"),
    "cold_deaths": marked("died of cold"),
    "returned": marked("went home"),
    "missed_infiltrators": marked("infiltrators missed"),
    "checkpoint_attacks": marked("attacks at the checkpoint"),
    "overloaded_days": marked("days overloaded"),
}


def outcome_label(name: str) -> str:
    """An outcome's name as words: the same in every table and chart."""
    return _(_LABELS.get(name, name.replace("_", " ")))


def unit_name(name: str) -> str:
    """A unit's name, `company 3`: in another language in its words, where it has some for it."""
    kind, _blank, place = name.rpartition(" ")
    template = f"{kind} {{n}}"
    told = _(template)
    if not place.isdecimal() or told == template:
        return latin(name)
    return told.format(n=place)


def as_heading(text: str) -> str:
    """A text with a capital letter, in scripts that have some."""
    return text[:1].upper() + text[1:]


def leaders(comparison: Comparison) -> list[str]:
    """The doctrines with the highest share secured: several where they are level."""
    top = max(one["p_secured"].mean or 0.0 for one in comparison.doctrines)
    return [one.name for one in comparison.doctrines if (one["p_secured"].mean or 0.0) == top]
