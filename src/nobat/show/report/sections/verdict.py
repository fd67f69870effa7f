"""The verdict: the sentence, the few figures behind it, and how much of it rests on guesses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nobat.scenario import Scenario, quantities
from nobat.show.charts import intervals
from nobat.show.horizon import warning
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
from nobat.show.verdict import answer
from nobat.show.words import as_heading, outcome_label, replications, within
from nobat.study.comparison import Comparison, DoctrineResult
from nobat.study.differing import Telling, telling
from nobat.study.estimates import RESAMPLES
from nobat.study.leading import too_few
from nobat.study.names import outcome_named
from nobat.study.why_pair import pair_of

#: A full stop with a blank behind it: decimals have none.
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
#: So many of the outcomes that differ are shown.
MOST_TOLD = 6
#: So many doctrines are shown side by side where nobody leads.
MOST_IN_FRONT = 3


def verdict(material: Material) -> Section:
    """Which doctrine is best and how sure, before all else."""
    comparison = material.comparison
    first, *others = _SENTENCE.split(answer(comparison), maxsplit=1)
    names = [one.name for one in comparison.doctrines]
    blocks: list[Block] = [
        Words([first], "lead", names),
        Words(others, names=names),
        Words([*filter(None, [warning(comparison)])], "warning", names),
        Tiles(_tiles(material)),
    ]
    if len(comparison.doctrines) > 1:
        chart = intervals(comparison, outcome_named("secured"))
        blocks.append(Figure("secured", chart, heading=True))
    blocks += _reason(material)
    blocks.append(Words([_care(material.scenario)], "quiet"))
    return Section("verdict", _("The verdict"), blocks)


def _reason(material: Material) -> list[Block]:
    """Why the best one is best, where that was asked; else what differs, and how to ask."""
    pair = pair_of(material.comparison, material.scenario)
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
    count = material.comparison.replications
    return [words, Table("telling", caption, heads, [_gap(one, count) for one in gaps], note)]


def _gap(one: Telling, replications: int) -> list[Cell]:
    """An outcome in which the two differ, as a row. Both figures are of the pairs that have it."""
    gap = one.difference
    places = _agreeing(one, places_for([gap]))
    shown, _between, half = mean_text(gap, places, "\n").partition("\n")
    label = as_heading(outcome_label(one.outcome.name))
    if gap.n < replications:
        pairs = _("{outcome} (of {n} pairs in which both have it)")
        label = pairs.format(outcome=label, n=number(gap.n, 0))
    return [
        Cell(label, one.outcome.name),
        Cell(number(one.at_a, places), one.at_a),
        Cell(number(one.at_b, places), one.at_b),
        Cell(shown, gap.mean, half, gap.low, gap.high, strong=True),
    ]


def _agreeing(one: Telling, places: int) -> int:
    """So many decimals, or some more, that the two means differ by the difference that is shown."""
    gap = one.difference.mean or 0.0
    for more in (places, places + 1, places + 2):
        left = round(one.at_a, more) - round(one.at_b, more) - round(gap, more)
        if abs(left) < 0.5 * 10.0**-more:
            return more
    return places


def _tiles(material: Material) -> list[Tile]:
    """The leader's figures; where luck may have made it one, no leader's."""
    comparison = material.comparison
    if len(comparison.doctrines) > 1 and not comparison.clear:
        return _no_leader(comparison)
    return [*_leading(material), *_sure(comparison)]


def _leading(material: Material) -> Iterator[Tile]:
    """How often, how soon and at what loss the leader takes the place."""
    comparison = material.comparison
    leader = comparison[material.leader]
    secured, day = leader["p_secured"], leader["day_secured_if_secured"]
    yield _share(comparison, leader)
    if day.mean is not None:
        text, _between, half = mean_text(day, places_for([day]), "\n").partition("\n")
        count = _("{doctrine}, in {n} replications")
        count = count.format(doctrine=latin(leader.name), n=number(day.n, 0))
        note = count if day.n < secured.n else latin(leader.name)
        yield Tile(_("day secured, where it was"), text, half, note, day.mean)
    losses = leader["attacker_losses"]
    text, _between, half = mean_text(losses, places_for([losses]), "\n").partition("\n")
    everyone = number(sum(material.scenario.attacker.strengths()), 0)
    of = _("{doctrine}, of {everyone}").format(doctrine=latin(leader.name), everyone=everyone)
    yield Tile(_("attackers lost"), text, half, of, losses.mean)


def _share(comparison: Comparison, one: DoctrineResult) -> Tile:
    """How often a doctrine took the place."""
    secured = one["p_secured"]
    share, _between, interval = share_text(secured, "\n").partition("\n")
    label = _("took the place {within}").format(within=within(comparison))
    return Tile(label, share, interval, latin(one.name), secured.mean)


def _sure(comparison: Comparison) -> Iterator[Tile]:
    """How sure it is that the leader is the best."""
    best = comparison.best.p_best
    if best is not None and len(comparison.doctrines) > 1:
        note = _("of {n} bootstrap resamples").format(n=f"{RESAMPLES:,}")
        yield Tile(_("came out best in"), chance_text(best), "", note, best)


def _no_leader(comparison: Comparison) -> list[Tile]:
    """That nobody leads beyond luck, and the shares of those in front."""
    label = _("best by the chance of taking the place")
    n = replications(comparison.replications)
    if too_few(comparison):
        note = _("{n} of each doctrine").format(n=n)
        return [Tile(label, _("too few to tell"), "", note)]
    front = sorted(comparison.doctrines, key=lambda one: -(one["p_secured"].mean or 0.0))
    note = _("{n} do not tell those in front apart").format(n=n)
    first = Tile(label, _("no clear leader"), "", note)
    if not front[0]["p_secured"].mean:
        nobody = _("no doctrine took it in any of {n}").format(n=n)
        return [Tile(label, _("none"), "", nobody)]
    near = [one for one in front[1:] if not _behind(comparison, front[0], one)] or front[1:2]
    return [first, *(_share(comparison, one) for one in (front[0], *near)[:MOST_IN_FRONT])]


def _behind(comparison: Comparison, first: DoctrineResult, other: DoctrineResult) -> bool:
    """Whether a doctrine is behind the first one beyond noise."""
    gap = comparison.difference(first.name, other.name, "p_secured")
    return gap.low is not None and gap.low > 0


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
