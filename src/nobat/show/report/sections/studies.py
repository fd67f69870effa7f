"""What other studies found, where they were run on the same scenario: the audit, and why."""

from __future__ import annotations

from typing import Any

from nobat.show.language import _, latin
from nobat.show.numbers import NOTHING, decimals, number, share_text
from nobat.show.report.beside import audit_of, reasons_of
from nobat.show.report.blocks import (
    Block,
    Cell,
    Column,
    Folded,
    Listed,
    Part,
    Section,
    Table,
    Words,
)
from nobat.show.report.material import Material
from nobat.study.estimates import Estimate


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
    found = reasons_of(material.run)
    if not found:
        return None
    blocks = [_reason(place, one) for place, one in enumerate(found)]
    about = _(
        "Each mechanism is taken from either doctrine in turn; its share is what it adds, mean "
        "over all orders (Shapley 1953). The shares add up to the difference."
    )
    return Section("why", _("Why"), blocks, about)


def _reason(place: int, one: dict[str, Any]) -> Part:
    """One difference of two doctrines, shared out."""
    heads = [
        Column("mechanism", _("mechanism"), numeric=False),
        *(Column(key, words) for key, words in _share_words().items()),
    ]
    points = one["outcome"].startswith("p_")
    places = 1 if points else _places(one["difference"])
    rows = [
        [
            Cell(_(share["mechanism"]), share["mechanism"]),
            *(_amount(share[key], points, places) for key in _share_words()),
        ]
        for share in one["shares"]
        if share["in_scenario"]
    ]
    total = _amount(one["difference"], points, places)
    rows.append([Cell(_("in all"), "in all", strong=True), total, Cell(""), Cell("")])
    caption = _("{outcome}: {a} minus {b}").format(
        outcome=_(one["outcome"].removeprefix("p_").replace("_", " ")),
        a=latin(one["a"]),
        b=latin(one["b"]),
    )
    note = _("In percentage points. ") if points else ""
    note += _("Alone: when nothing else has gone over; last: when all else has.")
    table = Table(f"why_{place}", caption, heads, rows, note)
    title = _("{a} against {b}").format(a=latin(one["a"]), b=latin(one["b"]))
    return Part(title, [Words([one["sentence"]], names=[one["a"], one["b"]]), table])


def _share_words() -> dict[str, str]:
    return {"share": _("share"), "alone": _("alone"), "last": _("last")}


def _places(found: dict[str, Any]) -> int:
    """Decimals that show the interval of a difference to one digit."""
    low, high = found["low"], found["high"]
    return 1 if low is None or high is None else decimals([(high - low) / 2])


def _amount(found: dict[str, Any], points: bool, places: int) -> Cell:
    """A difference with its interval; of shares in percentage points."""
    scale = 100.0 if points else 1.0
    mean, low, high = found["mean"], found["low"], found["high"]
    if mean is None:
        return Cell(NOTHING)
    ends = "" if low is None else f"[{number(scale * low, places)}, {number(scale * high, places)}]"
    return Cell(number(scale * mean, places), mean, ends, low, high)
