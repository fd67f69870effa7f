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
from nobat.show.report.blocks import (
    Block,
    Cell,
    Column,
    Figure,
    Section,
    Table,
    Tile,
    Tiles,
    Words,
)
from nobat.show.report.material import Material
from nobat.show.words import as_heading, undecided, within
from nobat.study.differing import Telling, telling
from nobat.study.estimates import RESAMPLES
from nobat.study.names import outcome_named
from nobat.study.why_kept import pair_of

#: A full stop with a blank behind it: decimals have none.
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
#: So many of the outcomes that differ are shown.
MOST_TOLD = 6


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
    blocks += _reason(material)
    blocks.append(Words([_care(material.scenario)], "quiet"))
    return Section("verdict", _("The verdict"), blocks)


def _reason(material: Material) -> list[Block]:
    """Why the best one is best, where that was asked; else what differs, and how to ask."""
    pair = pair_of(material.comparison)
    if pair is None:
        return []
    names = [one.name for one in material.comparison.doctrines]
    told = [one.sentence() for one in material.reasons if material.leader in (one.a, one.b)]
    words = Words([_("Why: {answer}").format(answer=text) for text in told], names=names)
    gaps = telling(material.comparison, *pair)[:MOST_TOLD]
    a, b = map(latin, pair)
    if not gaps:
        text = _("Nothing that was measured tells {a} and {b} apart beyond luck.")
        return [words, Words([text.format(a=a, b=b)], names=pair)]
    note = _("Paired, on the same luck, 95 % intervals (Student's t); only what is beyond luck.")
    if not told:
        asked = _(
            "This goes with the verdict and need not be what makes it: `nobat why {run}` shares "
            "the difference out among mass, tempo, sleep, reserve and supply, and this page then "
            "has it."
        )
        note += " " + asked.format(run=material.run.path.name)
    heads = [
        Column("measure", _("measure"), numeric=False),
        *(Column(name, latin(name)) for name in pair),
        Column("difference", _("difference")),
    ]
    caption = _("What differs most between {a} and {b}").format(a=a, b=b)
    return [words, Table("telling", caption, heads, [_gap(one) for one in gaps], note)]


def _gap(one: Telling) -> list[Cell]:
    """An outcome in which the two differ, as a row."""
    places = places_for([one.difference])
    shown, _between, half = mean_text(one.difference, places, "\n").partition("\n")
    gap = one.difference
    return [
        Cell(as_heading(_(one.outcome.meaning)), one.outcome.name),
        Cell(number(one.at_a, places), one.at_a),
        Cell(number(one.at_b, places), one.at_b),
        Cell(shown, gap.mean, half, gap.low, gap.high, strong=True),
    ]


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
