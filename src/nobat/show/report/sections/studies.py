"""What other studies found, where they were run on the same scenario: the audit, and why."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from nobat.show.language import _, latin
from nobat.show.numbers import NOTHING, number, places_for, share_text, span
from nobat.show.report.beside import audit_of
from nobat.show.report.blocks import (
    Block,
    Cell,
    Column,
    Figure,
    Folded,
    Listed,
    Part,
    Section,
    Table,
    Words,
)
from nobat.show.report.material import Material
from nobat.show.why import MEANINGS, NAMES, scaled
from nobat.show.why_chart import why_chart
from nobat.show.words import outcome_label, replications
from nobat.study.estimates import Estimate
from nobat.study.why import Why


def audit(material: Material) -> Section | None:
    """The verdicts on the account's claims; None where no audit lies beside the run."""
    found = audit_of(material.run)
    if found is None:
        return None
    path, answer = found
    heads = [
        Column("claim", _("claim"), numeric=False),
        Column("told", _("what is told"), numeric=False),
        Column("verdict", _("verdict"), numeric=False),
        Column("share", _("holds in")),
        Column("decided_by", _("decided most by"), numeric=False),
    ]
    rows = [_claim(one) for one in answer["claims"]]
    entries = [(one["id"], _(one["told"]), list(one["sentences"])) for one in answer["claims"]]
    blocks: list[Block] = [
        Words([answer["sentence"]], "lead"),
        Table("claims", _("Every claim"), heads, rows, _audit_note(answer)),
        Folded(_("Claim by claim"), [Listed(entries, "list")]),
        Words(
            [_("Every figure is in the folder of the audit, `{path}`.").format(path=path.name)],
            "quiet",
        ),
    ]
    return Section("audit", _("The account, claim by claim"), blocks)


def _claim(one: dict[str, Any]) -> list[Cell]:
    """A claim as a row."""
    share, deciders = one["share"], one["decided_by"]
    held = Cell(NOTHING)
    if share is not None and share["share"] is not None:
        its = Estimate(share["share"], share["low"], share["high"], share["settings"], "share")
        text, _between, interval = share_text(its, "\n").partition("\n")
        held = Cell(text, its.mean, interval, its.low, its.high)
    first = deciders[0]["path"] if deciders else ""
    return [
        Cell(one["id"], one["id"]),
        Cell(_(one["told"]), one["told"]),
        Cell(_(one["verdict"]), one["verdict"], strong=True),
        held,
        Cell(f"`{first}`" if first else NOTHING, first),
    ]


def _audit_note(answer: dict[str, Any]) -> str:
    """What was run, and how to read it."""
    return _(
        "Share of {settings} settings in which what is tested holds, 95 % intervals (Wilson): in "
        "each, all numbers with a range were drawn from it at once. A verdict is on what is "
        "tested, over these ranges; it is no probability that a thing happened."
    ).format(settings=number(answer["settings"], 0))


def why(material: Material) -> Section | None:
    """What makes the difference between doctrines; None where it was not worked out."""
    if not material.reasons:
        return None
    blocks = [_reason(place, one) for place, one in enumerate(material.reasons)]
    about = _(
        "Each mechanism is taken from either doctrine in turn; its share is what it adds, mean "
        "over all orders (Shapley 1953). The shares add up to the difference."
    )
    return Section("why", _("Why"), blocks, about)


def _reason(place: int, one: Why) -> Part:
    """One difference of two doctrines, shared out."""
    columns = {"share": _("share"), "alone": _("alone"), "last": _("last")}
    heads = [
        Column("mechanism", _("mechanism"), numeric=False),
        *(Column(key, words) for key, words in columns.items()),
    ]
    rows = [
        [
            Cell(_(NAMES[share.mechanism]), share.mechanism, small=_(MEANINGS[share.mechanism])),
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
            Words([one.sentence()], names=[one.a, one.b]),
            Figure(f"why_chart_{place}", replace(why_chart(one), note=""), heading=False),
            Table(f"why_{place}", caption, heads, rows, note),
        ],
    )


def _amount(answer: Why, found: Estimate) -> Cell:
    """A difference with its interval; of shares in percentage points."""
    if found.mean is None:
        return Cell(NOTHING)
    shown = scaled(answer, found)
    places = places_for([scaled(answer, answer.difference)])
    ends = ""
    if shown.low is not None and shown.high is not None:
        ends = span(number(shown.low, places), number(shown.high, places))
    return Cell(number(shown.mean or 0.0, places), found.mean, ends, found.low, found.high)
