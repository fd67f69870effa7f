"""The verdict: the sentence, the few figures behind it, and how much of it rests on guesses."""

from __future__ import annotations

import re

from nobat.scenario import Scenario, quantities
from nobat.show.charts import intervals
from nobat.show.language import _, latin
from nobat.show.numbers import (
    chance_text,
    mean_text,
    number,
    percent,
    places_for,
    share_text,
)
from nobat.show.report.blocks import Block, Figure, Section, Tile, Tiles, Words
from nobat.show.report.material import Material
from nobat.show.words import undecided, within
from nobat.study.estimates import RESAMPLES
from nobat.study.names import outcome_named

#: A full stop with a blank behind it: decimals have none.
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def verdict(material: Material) -> Section:
    """Which doctrine is best and how sure, before all else."""
    comparison = material.comparison
    first, *others = _SENTENCE.split(comparison.sentence(), maxsplit=1)
    going = undecided(comparison)
    names = [one.name for one in comparison.doctrines]
    blocks: list[Block] = [
        Words([first], "lead", names),
        Words([*others, *filter(None, [going])], names=names),
    ]
    blocks.append(Tiles(_tiles(material)))
    if len(comparison.doctrines) > 1:
        chart = intervals(comparison, outcome_named("secured"))
        blocks.append(Figure("secured", chart, heading=True))
    blocks.append(Words([_care(material.scenario)], "quiet"))
    return Section("verdict", _("The verdict"), blocks)


def _tiles(material: Material) -> list[Tile]:
    """The leader's figures."""
    comparison = material.comparison
    leader = comparison[material.leader]
    secured, day = leader["p_secured"], leader["day_secured_if_secured"]
    losses, best = leader["attacker_losses"], comparison.best.p_best
    share, _between, interval = share_text(secured, "\n").partition("\n")
    found = [
        Tile(_("took the place {within}").format(within=within(comparison)), share, interval,
             latin(leader.name), secured.mean)
    ]  # fmt: skip
    if day.mean is not None:
        text, _between, half = mean_text(day, places_for([day]), "\n").partition("\n")
        found.append(Tile(_("day secured, where it was"), text, half, latin(leader.name), day.mean))
    text, _between, half = mean_text(losses, places_for([losses]), "\n").partition("\n")
    everyone = number(sum(material.scenario.attacker.strengths()), 0)
    of = _("{doctrine}, of {everyone}").format(doctrine=latin(leader.name), everyone=everyone)
    found.append(Tile(_("attackers lost"), text, half, of, losses.mean))
    if best is not None and len(comparison.doctrines) > 1:
        note = _("of {n} bootstrap resamples").format(n=f"{RESAMPLES:,}")
        found.append(Tile(_("came out best in"), chance_text(best), "", note, best))
    return found


def _care(scenario: Scenario) -> str:
    """How much of the scenario is assumed."""
    found = [one for _path, one, _kind in quantities(scenario)]
    assumed = sum(one.basis == "assumed" for one in found)
    return _(
        "The intervals tell of luck alone. They say nothing about the numbers that went in: of the "
        "{total} of this scenario {assumed} ({share}) are assumed, and the way a defence rebuilds "
        "itself is structure, not evidence. It is an abstract model, for study."
    ).format(
        total=number(len(found), 0),
        assumed=number(assumed, 0),
        share=percent(assumed / max(len(found), 1), 0),
    )
