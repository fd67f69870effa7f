"""The account claim by claim, where an audit of the same scenario lies beside the run."""

from __future__ import annotations

from nobat.account.audited import Answer, Audit
from nobat.show.audit import question_text, told_text
from nobat.show.audit_record import record_texts
from nobat.show.audit_words import (
    drawn_text,
    estimate,
    meant_texts,
    sentences,
    summary,
    verdict_word,
    words_text,
)
from nobat.show.language import _, many, named
from nobat.show.numbers import NOTHING, share_text
from nobat.show.report.beside import audit_of
from nobat.show.report.blocks import Block, Cell, Column, Folded, Listed, Section, Table, Words
from nobat.show.report.material import Material


def account(material: Material) -> Section | None:
    """The verdicts on the account's claims; None where no audit lies beside the run."""
    found = audit_of(material.run, material.scenario)
    if found is None or found.path is None:
        return None
    where = _("Every figure is in the folder of the audit, `{path}`.").format(path=found.path.name)
    entries = [(one.claim.id, told_text(one), _told(one)) for one in found]
    blocks: list[Block] = [
        Words([summary(found)], "lead"),
        _claims(found),
        Folded(
            _("What was run, and what the words mean"), [Words([drawn_text(found), words_text()])]
        ),
        Folded(_("Claim by claim"), [Listed(entries, "list")]),
    ]
    if found.likeness is not None:
        dated = Words(list(record_texts(found.likeness)))
        blocks.append(Folded(_("The dated record"), [dated]))
    blocks.append(Words([where], "quiet"))
    return Section("audit", _("The account, claim by claim"), blocks)


def _told(one: Answer) -> list[str]:
    """What is said of a claim, from what is tested on."""
    return [question_text(one), *sentences(one)]


def _claims(found: Audit) -> Table:
    """A row for each claim: what is told, what of it is tested, and how it stands."""
    heads = [
        Column("claim", _("claim"), numeric=False),
        Column("told", _("what is told, and what is tested"), numeric=False),
        Column("verdict", _("verdict"), numeric=False),
        Column("share", _("holds in")),
        Column("decided_by", _("decided most by"), numeric=False),
    ]
    rows = [_row(one) for one in found]
    return Table("claims", _("Every claim"), heads, rows, " ".join(meant_texts(found)))


def _row(one: Answer) -> list[Cell]:
    """A claim as a row."""
    claim = one.claim
    tested = _("Tested: {says}").format(says=named(claim.test.says))
    first = one.deciders[0].path if one.deciders else ""
    return [
        Cell(claim.id, claim.id),
        Cell(told_text(one), claim.told, tested),
        Cell(verdict_word(one), one.verdict, strong=True),
        _share(one),
        Cell(f"`{first}`" if first else NOTHING, first),
    ]


def _share(one: Answer) -> Cell:
    """In what share of settings what is tested holds, and of how many."""
    share = one.share
    if share is None or share.share is None:
        return Cell(NOTHING)
    text, _between, interval = share_text(estimate(share), "\n").partition("\n")
    of = many(share.settings, "of {n} setting", "of {n} settings")
    return Cell(text, share.share, f"{interval} {of}", share.low, share.high)
