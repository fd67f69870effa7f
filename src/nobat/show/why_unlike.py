"""In what two doctrines differ, in words: what `other` is made of, and who comes nearer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from nobat.model.outcome import Outcome
from nobat.show.language import _, latin, listed, marked, named
from nobat.show.why_amounts import gap_text, known
from nobat.show.words import outcome_name
from nobat.study.why_runs import OTHER, counts_duties

if TYPE_CHECKING:
    from nobat.study.unlike import Unlike
    from nobat.study.why_result import Nearer, Why

#: The fields in which doctrines can differ.
FIELDS = {
    "rotation": marked("the rotation"),
    "posture": marked("the posture"),
    "posts": marked("the number of posts"),
    "fire": marked("the fire policy"),
    "corridor": marked("the corridor"),
}


def fields_text(unlike: Iterable[Unlike], a: str, b: str) -> str:
    """`the fire policy (free under a, restrained under b) and the corridor (...)`."""
    text = _("{field} ({of_a} under {a}, {of_b} under {b})")
    nothing = _("as the rotation has it")
    return listed(
        text.format(
            field=_(FIELDS[one.field]),
            of_a=_put(one.field, one.a) or nothing,
            of_b=_put(one.field, one.b) or nothing,
            a=latin(a),
            b=latin(b),
        )
        for one in unlike
    )


def _put(field: str, text: str) -> str:
    """What stands in a field: as it is typed, but for a corridor, which is open or closed."""
    return named(text) if field == "corridor" else latin(text)


def only_other(answer: Why) -> str:
    """That no mechanism can make the difference, and what does; empty where one can."""
    if not answer.unlike or not all(one.other for one in answer.unlike):
        return ""
    fields = fields_text(answer.unlike, answer.a, answer.b)
    if known(answer.difference, drawn=answer.drawn):
        text = _("The two differ only in {fields}: all of the difference comes from that.")
    else:
        text = _("The two differ only in {fields}.")
    return text.format(fields=fields)


def what_other_is(answer: Why) -> str:
    """What the share of `other` is made of; empty where it has none, or nobody knows."""
    fields = [one for one in answer.unlike if one.other]
    if not answer[OTHER].share.mean or not fields:
        return ""
    text = _("Here other is {fields}.")
    if counts_duties(answer.outcome.name):
        text = _("Here other is {fields}, and the count of duties.")
    return text.format(fields=fields_text(fields, answer.a, answer.b))


def meaning_of_other(answer: Why, usual: str) -> str:
    """What `other` covers between these two doctrines. usual: what it covers in any."""
    fields = [_(FIELDS[one.field]) for one in answer.unlike if one.other]
    if counts_duties(answer.outcome.name):
        fields.append(_("the count of duties"))
    if fields:
        return listed(fields)
    played = any(OTHER in mix.of_a for mix in answer.mixes)
    return usual if played else _("fire policy and corridor, the same under both")


def nearer_text(answer: Why) -> list[str]:
    """Why the second doctrine was chosen, and what there is about those that come nearer."""
    if not answer.nearer:
        return []
    if only_other(answer):
        chosen = _("{b} is the best of those that are clearly behind.")
    elif all(one.fights_alike for one in answer.nearer):
        chosen = _("{b} is the best of those that fight differently.")
    else:
        chosen = _("{b} is the best of those that fight differently and are clearly behind.")
    return [
        chosen.format(b=latin(answer.b)),
        *(one_nearer(answer.a, answer.outcome, one) for one in answer.nearer),
    ]


def one_nearer(a: str, outcome: Outcome, one: Nearer) -> str:
    """What makes the difference between the best doctrine, a, and one that comes nearer to it."""
    if not one.fights_alike:
        text = _("{doctrine} comes nearer to {a} (difference in {name} in this run: {gap}).")
    elif known(one.difference, drawn=True):
        text = _(
            "{doctrine} comes nearer to {a}, but differs from it only in {fields}: all of their "
            "difference in {name} in this run, {gap}, comes from that."
        )
    else:
        text = _(
            "{doctrine} comes nearer to {a}, but differs from it only in {fields} (difference in "
            "{name} in this run: {gap})."
        )
    return text.format(
        doctrine=latin(one.doctrine),
        a=latin(a),
        fields=fields_text(one.unlike, a, one.doctrine),
        name=outcome_name(outcome.name),
        gap=gap_text(outcome, one.difference, sign=True),
    )
