"""Why one doctrine does better than another, as text: the answer, and a line for each mechanism."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nobat.show.language import _, joined, latin, listed, marked, n_, parts
from nobat.show.numbers import half_width, mean_text, places_for, share_text
from nobat.show.pages import Page
from nobat.show.why_amounts import amount, known, places_of, texts, turned, unit_text
from nobat.show.why_unlike import (
    fields_text,
    meaning_of_other,
    nearer_text,
    only_other,
    what_other_is,
)
from nobat.show.words import as_heading, days, outcome_name, replications
from nobat.study.estimates import Estimate
from nobat.study.why_runs import OTHER

if TYPE_CHECKING:
    from nobat.study.why_result import Share, Why

#: The mechanisms by name, and what each is, in a few words.
NAMES = {
    "mass": marked("mass"),
    "tempo": marked("tempo"),
    "sleep": marked("sleep"),
    "reserve": marked("reserve"),
    "supply": marked("supply"),
    "other": marked("other"),
}
MEANINGS = {
    "mass": marked("who is in contact, and who is hit"),
    "tempo": marked("how works, order and reinforcements recover"),
    "sleep": marked("effectiveness, of both sides"),
    "reserve": marked("who can hold against a counter-attack"),
    "supply": marked("what is used, by both sides"),
    "other": marked("fire policy, corridor, the count of duties"),
}
#: An estimate over fewer replications than this is told with their number.
_FEW = 30


def sentence(answer: Why) -> str:
    """How far the doctrines are apart, and what that comes from."""
    gap = answer.difference.mean
    known_as = _known_as(answer)
    if gap is None:
        text = _("No replication has {name} in every mix: there is nothing to share out.")
        return text.format(**known_as)
    if answer.a == answer.b:
        return _("{a} is held against itself: there is nothing to explain.").format(**known_as)
    if all(one.share.mean == 0 for one in answer.shares):
        text = _("{a} and {b} do not differ in {name}, nor does any mix of the two.")
        return _run_together(text.format(**known_as), only_other(answer))
    if answer.drawn and answer.difference.low is None:
        return _("One replication says nothing about chance: run more of them to know why.")
    only = only_other(answer)
    reasons = [only] if only else [*_reasons(answer), what_other_is(answer)]
    return _run_together(_apart(answer), *reasons, *nearer_text(answer))


def _run_together(*sentences: str) -> str:
    """The sentences that say something, in one line."""
    return " ".join(filter(None, sentences))


def meaning_of(answer: Why, mechanism: str) -> str:
    """What a mechanism is, in a few words; of `other`, what it is between these doctrines."""
    usual = _(MEANINGS[mechanism])
    return meaning_of_other(answer, usual) if mechanism == OTHER else usual


def _known_as(answer: Why) -> dict[str, str]:
    """The doctrines and the outcome as they stand in a text."""
    return {
        "a": latin(answer.a),
        "b": latin(answer.b),
        "name": outcome_name(answer.outcome.name),
    }


def _apart(answer: Why) -> str:
    """`commit-all takes the place 17.7 points [11.4, 24.0] more often than rotate`, a sentence."""
    gap = answer.difference
    more = (gap.mean or 0.0) > 0
    size = amount(answer, gap if more else turned(gap))
    if not known(gap, drawn=answer.drawn):
        return _level(answer)
    return _by_how_much(answer, more).format(size=size, **_known_as(answer))


def _by_how_much(answer: Why, more: bool) -> str:
    """The sentence for a difference that is known, with its gaps."""
    if answer.outcome.name == "secured":
        if more:
            return _("{a} takes the place {size} more often than {b}.")
        return _("{a} takes the place {size} less often than {b}.")
    if answer.outcome.kind == "share":
        if more:
            return _("{name} is {size} more often under {a} than under {b}.")
        return _("{name} is {size} less often under {a} than under {b}.")
    if more:
        return _("{name} is {size} higher under {a} than under {b}.")
    return _("{name} is {size} lower under {a} than under {b}.")


def _reasons(answer: Why) -> list[str]:
    """What makes for the difference, what goes against it, what cannot be told from nothing."""
    gap = answer.difference.mean or 0.0
    sure = [one for one in answer.shares if known(one.share, drawn=answer.drawn)]
    sure.sort(key=lambda one: -abs(one.share.mean or 0.0))
    up = [one for one in sure if (one.share.mean or 0.0) > 0]
    down = [one for one in sure if (one.share.mean or 0.0) < 0]
    found = []
    if not known(answer.difference, drawn=answer.drawn):
        raised = n_("{shares} raises it under {a}.", "{shares} raise it under {a}.", len(up))
        lowered = n_("{shares} lowers it under {a}.", "{shares} lower it under {a}.", len(down))
        told = ((raised, up), (lowered, down))
    else:
        made, against = (up, down) if gap > 0 else (down, up)
        works = n_("Against it works {shares}.", "Against it work {shares}.", len(against))
        told = ((_("It comes from {shares}."), made), (works, against))
    for text, shares in told:
        if shares:
            found.append(text.format(shares=_listed(answer, shares), **_known_as(answer)))
    doubtful = [one for one in answer.shares if one not in sure and one.share.mean != 0]
    if doubtful:
        names = joined(_(NAMES[one.mechanism]) for one in doubtful)
        found.append(_("Not told from 0: {mechanisms}.").format(mechanisms=names))
    return found


def _level(answer: Why) -> str:
    """That the doctrines are level, or as good as that."""
    if answer.difference.mean == 0:
        return _("{a} and {b} are level in {name}.").format(**_known_as(answer))
    gap = amount(answer, answer.difference, sign=True)
    text = _("{a} and {b} cannot be told apart in {name} (difference {gap}).")
    return text.format(gap=gap, **_known_as(answer))


def _listed(answer: Why, shares: list[Share]) -> str:
    """`mass (+22.4 points [19.0, 25.7]) and tempo (+3.1 [...])`."""
    text = _("{mechanism} ({amount})")
    return listed(
        text.format(mechanism=_(NAMES[one.mechanism]), amount=amount(answer, one.share, sign=True))
        for one in shares
    )


class Table(Page):
    """A `why` as text: the sentence, a line for each mechanism, what to know about it."""

    def __init__(self, answer: Why) -> None:
        super().__init__(answer.title, answer.scenario)
        self._answer = answer

    def sentence(self) -> str:
        """How far the doctrines are apart, and what that comes from."""
        return sentence(self._answer)

    def headings(self) -> tuple[str, ...]:
        """The columns: the mechanism, its share, what it does alone and last."""
        unit = unit_text(self._answer.outcome).strip()
        own = f"\n({unit})" if unit else ""
        words = (_("share"), _("alone"), _("last"))
        return (_("mechanism"), *(f"{word}{own}" for word in words))

    def rows(self, between: str = " ") -> list[tuple[str, ...]]:
        """A row for each mechanism, then the difference."""
        answer = self._answer
        rows = [
            (
                _(NAMES[one.mechanism]),
                *(self._cell(which, between) for which in (one.share, one.alone, one.last)),
            )
            if one.in_scenario
            else (_(NAMES[one.mechanism]), "0", "", "")
            for one in answer.shares
            if one.mechanism == OTHER or not only_other(answer)
        ]
        return [*rows, (_("in all"), self._cell(answer.difference, between), "", "")]

    def _cell(self, gap: Estimate, between: str) -> str:
        """A difference with its interval."""
        if gap.mean == 0 and not half_width(gap):
            return "0"
        told = texts(self._answer.outcome, gap, places_of(self._answer), sign=True)
        return between.join(filter(None, told))

    def notes(self) -> list[str]:
        """What was run and what the figures are, a sentence each."""
        answer = self._answer
        known_as = {**_known_as(answer), "name": latin(answer.outcome.name)}
        meaning = _("{name}: {meaning}.")
        if answer.outcome.kind == "share":
            meaning = _("{name}: {meaning}, within {days}.")
        each = _("{b}: {at_b}; {a}: {at_a}.")
        shares = _(
            "Shares are Shapley's: what a mechanism adds as it goes over from {b} to {a}, mean "
            "over all orders. Alone: when nothing else has gone over; last: when all else has."
        )
        known_as |= {
            "meaning": _(answer.outcome.meaning),
            "days": days(answer.horizon_d),
            "at_a": self._level(answer.at_a),
            "at_b": self._level(answer.at_b),
        }
        meaning, each, shares = (text.format(**known_as) for text in (meaning, each, shares))
        if only_other(answer):
            return [meaning, each, self._run()]
        found = [meaning, each, self._unlike(), shares, self._mechanisms(), self._run()]
        return list(filter(None, found))

    def _unlike(self) -> str:
        """In what the doctrines differ, as far as that is known."""
        answer = self._answer
        if not answer.unlike:
            return ""
        fields = fields_text(answer.unlike, answer.a, answer.b)
        return _("They differ in {fields}.").format(fields=fields)

    def _mechanisms(self) -> str:
        """What the mechanisms are, and which of them the scenario does not have."""
        found = self._answer.shares
        one_is = _("{mechanism}: {meaning}")
        meant = parts(
            one_is.format(
                mechanism=_(NAMES[one.mechanism]), meaning=meaning_of(self._answer, one.mechanism)
            )
            for one in found
        )
        absent = joined(_(NAMES[one.mechanism]) for one in found if not one.in_scenario)
        text = _("{mechanisms}.")
        if absent:
            text = _("{mechanisms}. Not in this scenario: {absent}.")
        return text.format(mechanisms=as_heading(meant), absent=absent)

    def _level(self, found: Estimate) -> str:
        """What a doctrine's outcome is."""
        if found.kind == "share":
            return share_text(found)
        return mean_text(found, places_for([found]))

    def _run(self) -> str:
        """What the figures are made of."""
        answer = self._answer
        mixes, name = len(answer.mixes), outcome_name(answer.outcome.name)
        if not answer.drawn:
            return _(
                "Mean field: one course of each of {mixes} mixes of the two, without luck or "
                "intervals."
            ).format(mixes=mixes)
        run = _(
            "{replications} of each of {mixes} mixes of the two, on the same luck, seed {seed}."
        )
        run = run.format(
            replications=replications(answer.replications), mixes=mixes, seed=answer.seed
        )
        n, over = answer.difference.n, ""
        if 0 < n < answer.replications:
            some = _("Over the {n} that have {name} in every mix.")
            few = _("Over the {n} (few) that have {name} in every mix.")
            over = (few if n < _FEW else some).format(n=f"{n:,}", name=name)
        return " ".join(filter(None, (run, over, _("Student's 95 % intervals."))))
