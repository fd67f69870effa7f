"""What makes the difference between doctrines, where that was worked out for the run."""

from __future__ import annotations

from dataclasses import replace

from nobat.show.language import _, latin
from nobat.show.numbers import NOTHING
from nobat.show.report.blocks import (
    Block,
    Cell,
    Column,
    Figure,
    Part,
    Section,
    Table,
    Words,
)
from nobat.show.report.material import Material
from nobat.show.why import NAMES, meaning_of
from nobat.show.why_amounts import places_of, texts
from nobat.show.why_chart import why_chart
from nobat.show.why_unlike import fields_text, one_nearer
from nobat.show.words import outcome_label, replications
from nobat.study.estimates import Estimate
from nobat.study.names import outcome_named
from nobat.study.unlike import fight_alike, unlike
from nobat.study.why_pair import between, pair_of
from nobat.study.why_result import Why


def why(material: Material) -> Section | None:
    """What makes the difference between doctrines, or how to ask; None where there is but one."""
    if not material.reasons:
        return _unasked(material)
    blocks = [_reason(place, one) for place, one in enumerate(material.reasons)]
    about = _(
        "Each mechanism is taken from either doctrine in turn; its share is what it adds, mean "
        "over all orders (Shapley 1953). The shares add up to the difference."
    )
    return Section("why", _("Why"), blocks, about)


def _unasked(material: Material) -> Section | None:
    """What is known without running more, and how to ask for the rest."""
    comparison, scenario = material.comparison, material.scenario
    pair = pair_of(comparison, scenario)
    if pair is None:
        return None
    a, b = pair
    secured = outcome_named("secured")
    known = [one_nearer(a, secured, one) for one in between(comparison, scenario, b, secured.name)]
    if fight_alike(scenario, a, b):
        text = _("{a} and {b} differ only in {fields}: no mechanism makes their difference.")
    else:
        text = _(
            "What makes the difference between {a} and {b} was not asked yet. `nobat why {run}` "
            "runs mixes of the two, for half a minute or so on two processors, shares the "
            "difference out among mass, tempo, sleep, reserve and supply, and puts the answer here."
        )
    ask = text.format(
        a=latin(a),
        b=latin(b),
        run=material.run.path.name,
        fields=fields_text(unlike(scenario, a, b), a, b),
    )
    # Names do not stand out: what is ordered, as `closed`, may be a doctrine's name as well.
    blocks: list[Block] = [Words([ask, *known])]
    return Section("why", _("Why"), blocks)


def _reason(place: int, one: Why) -> Part:
    """One difference of two doctrines, shared out."""
    columns = {"share": _("share"), "alone": _("alone"), "last": _("last")}
    heads = [
        Column("mechanism", _("mechanism"), numeric=False),
        *(Column(key, words) for key, words in columns.items()),
    ]
    rows = [
        [
            Cell(
                _(NAMES[share.mechanism]), share.mechanism, small=meaning_of(one, share.mechanism)
            ),
            *(_amount(one, found) for found in (share.share, share.alone, share.last)),
        ]
        for share in one.shares
        if share.in_scenario
    ]
    all_of_it = Cell(_("in all"), "in all", strong=True)
    rows.append([all_of_it, _amount(one, one.difference), Cell(""), Cell("")])
    caption = _("{outcome}: {a} minus {b}").format(
        outcome=outcome_label(one.outcome.name), a=latin(one.a), b=latin(one.b)
    )
    note = _("Alone: when nothing else has gone over; last: when all else has.")
    if one.outcome.kind == "share":
        note = _("In percentage points.") + " " + note
    if one.drawn:
        run = _(
            "{replications} of each of {mixes} mixes of the two, on the same luck, seed {seed}."
        )
        of = replications(one.replications)
        note += " " + run.format(replications=of, mixes=len(one.mixes), seed=one.seed)
    title = _("{a} against {b}").format(a=latin(one.a), b=latin(one.b))
    return Part(
        title,
        [
            Words([one.sentence()], names=[one.a, one.b, *(near.doctrine for near in one.nearer)]),
            Figure(f"why_chart_{place}", replace(why_chart(one), note=""), heading=False),
            Table(f"why_{place}", caption, heads, rows, note),
        ],
    )


def _amount(answer: Why, found: Estimate) -> Cell:
    """A difference with its interval; of shares in percentage points."""
    if found.mean is None:
        return Cell(NOTHING)
    text, interval = texts(answer.outcome, found, places_of(answer), sign=True)
    return Cell(text, found.mean, interval, found.low, found.high)
