"""Why one doctrine does better than another, as text: the answer, and a line for each mechanism."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nobat.engine.runner import counted
from nobat.show.numbers import NOTHING, half_width, number, places_for
from nobat.show.pages import Page
from nobat.show.words import days
from nobat.study.estimates import Estimate

if TYPE_CHECKING:
    from nobat.study.why import Share, Why

#: What a mechanism is, in a few words.
MEANINGS = {
    "mass": "who is in contact, and who is hit",
    "tempo": "how works, order and reinforcements recover",
    "sleep": "effectiveness, of both sides",
    "reserve": "who can hold against a counter-attack",
    "supply": "what is used, by both sides",
    "other": "fire policy, corridor, the count of duties",
}
#: An estimate over fewer replications than this is told with their number.
_FEW = 30


def sentence(answer: Why) -> str:
    """How far the doctrines are apart, and what that comes from."""
    gap = answer.difference.mean
    name = answer.outcome.name
    if gap is None:
        return f"No replication has {name} in every mix: there is nothing to share out."
    if answer.a == answer.b:
        return f"{answer.a} is held against itself: there is nothing to explain."
    if all(one.share.mean == 0 for one in answer.shares):
        return f"{answer.a} and {answer.b} do not differ in {name}, nor does any mix of the two."
    if answer.drawn and answer.difference.low is None:
        return "One replication says nothing about chance: run more of them to know why."
    return " ".join([_apart(answer), *_reasons(answer)])


def _apart(answer: Why) -> str:
    """`commit-all takes the place 17.7 points [11.4, 24.0] more often than rotate`."""
    gap, share = answer.difference, answer.outcome.kind == "share"
    more = (gap.mean or 0.0) > 0
    size = amount(answer, gap if more else _turned(gap))
    if not known(gap, drawn=answer.drawn):
        return _level(answer)
    if answer.outcome.name == "secured":
        often = "more" if more else "less"
        return f"{answer.a} takes the place {size} {often} often than {answer.b}."
    word = "more often" if share else "higher"
    if not more:
        word = "less often" if share else "lower"
    return f"{answer.outcome.name} is {size} {word} under {answer.a} than under {answer.b}."


def _reasons(answer: Why) -> list[str]:
    """What makes for the difference, what goes against it, what cannot be told from nothing."""
    gap = answer.difference.mean or 0.0
    sure = [one for one in answer.shares if known(one.share, drawn=answer.drawn)]
    sure.sort(key=lambda one: -abs(one.share.mean or 0.0))
    up = [one for one in sure if (one.share.mean or 0.0) > 0]
    down = [one for one in sure if (one.share.mean or 0.0) < 0]
    found = []
    if not known(answer.difference, drawn=answer.drawn):
        for verb, shares in (("raise", up), ("lower", down)):
            if shares:
                verbs = f"{verb}s" if len(shares) == 1 else verb
                found.append(f"{_listed(answer, shares)} {verbs} it under {answer.a}.")
    else:
        made, against = (up, down) if gap > 0 else (down, up)
        if made:
            found.append(f"It comes from {_listed(answer, made)}.")
        if against:
            verb = "works" if len(against) == 1 else "work"
            found.append(f"Against it {verb} {_listed(answer, against)}.")
    doubtful = [one for one in answer.shares if one not in sure and one.share.mean != 0]
    if doubtful:
        found.append(f"Not told from 0: {', '.join(one.mechanism for one in doubtful)}.")
    return found


def _level(answer: Why) -> str:
    """That the doctrines are level, or as good as that."""
    if answer.difference.mean == 0:
        return f"{answer.a} and {answer.b} are level in {answer.outcome.name}."
    gap = amount(answer, answer.difference, sign=True)
    return (
        f"{answer.a} and {answer.b} cannot be told apart in {answer.outcome.name} "
        f"(difference {gap})."
    )


def _listed(answer: Why, shares: list[Share]) -> str:
    """`mass (+22.4 points [19.0, 25.7]) and tempo (+3.1 [...])`."""
    words = [f"{one.mechanism} ({amount(answer, one.share, sign=True)})" for one in shares]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def known(estimate: Estimate, *, drawn: bool) -> bool:
    """Whether an estimate is more than noise: its interval leaves out 0, or there is no luck."""
    if not drawn:
        return bool(estimate.mean)
    low, high = estimate.low, estimate.high
    return low is not None and high is not None and not low <= 0 <= high


def amount(answer: Why, estimate: Estimate, *, sign: bool = False) -> str:
    """`17.7 points [11.4, 24.0]`: a difference in the unit in which it is shown."""
    text, interval = _texts(answer, estimate, _places(answer), sign=sign)
    return f"{text}{unit_text(answer)} {interval}".strip()


def unit_text(answer: Why) -> str:
    """The unit of differences with a blank before it; empty where it says nothing."""
    unit = "points" if answer.outcome.kind == "share" else answer.outcome.unit
    return "" if unit == "1" else f" {unit}"


def scaled(answer: Why, gap: Estimate) -> Estimate:
    """A difference in the unit in which it is shown: points for shares."""
    scale = 100.0 if answer.outcome.kind == "share" else 1.0
    mean, low, high = (None if x is None else scale * x for x in (gap.mean, gap.low, gap.high))
    return Estimate(mean, low, high, gap.n, gap.kind)


def _places(answer: Why) -> int:
    """Decimals for all differences of an answer."""
    if answer.outcome.kind == "share":
        return 1
    return places_for([answer.difference, *(one.share for one in answer.shares)])


def _texts(answer: Why, gap: Estimate, places: int, *, sign: bool) -> tuple[str, str]:
    """A difference and its interval as text; none where it has no width."""
    one = scaled(answer, gap)
    if one.mean is None:
        return NOTHING, ""
    text = number(one.mean, places)
    if sign and one.mean > 0 and text.strip("0.,"):
        text = f"+{text}"
    if one.low is None or one.high is None or not half_width(one):
        return text, ""
    return text, f"[{number(one.low, places)}, {number(one.high, places)}]"


def _turned(gap: Estimate) -> Estimate:
    """The difference the other way round."""
    mean, low, high = (None if x is None else -x for x in (gap.mean, gap.high, gap.low))
    return Estimate(mean, low, high, gap.n, gap.kind)


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
        unit = unit_text(self._answer).strip()
        own = f"\n({unit})" if unit else ""
        return ("mechanism", f"share{own}", f"alone{own}", f"last{own}")

    def rows(self, between: str = " ") -> list[tuple[str, ...]]:
        """A row for each mechanism, then the difference."""
        answer = self._answer
        rows = [
            (
                one.mechanism,
                *(self._cell(which, between) for which in (one.share, one.alone, one.last)),
            )
            if one.in_scenario
            else (one.mechanism, "0", "", "")
            for one in answer.shares
        ]
        return [*rows, ("in all", self._cell(answer.difference, between), "", "")]

    def _cell(self, gap: Estimate, between: str) -> str:
        """A difference with its interval."""
        if gap.mean == 0 and not half_width(gap):
            return "0"
        texts = _texts(self._answer, gap, _places(self._answer), sign=True)
        return between.join(filter(None, texts))

    def notes(self) -> list[str]:
        """What was run and what the figures are, a sentence each."""
        answer = self._answer
        by_then = f", within {days(answer.horizon_d)}" if answer.outcome.kind == "share" else ""
        meant = "; ".join(f"{one.mechanism}: {MEANINGS[one.mechanism]}" for one in answer.shares)
        absent = [one.mechanism for one in answer.shares if not one.in_scenario]
        without = f" Not in this scenario: {', '.join(absent)}." if absent else ""
        return [
            f"{answer.outcome.name}: {answer.outcome.meaning}{by_then}. "
            f"{answer.b}: {self._level(answer.at_b)}; {answer.a}: {self._level(answer.at_a)}.",
            f"Shares are Shapley's: what a mechanism adds as it goes over from {answer.b} to "
            f"{answer.a}, mean over all orders. Alone: when nothing else has gone over; last: when "
            "all else has.",
            f"{meant[:1].upper()}{meant[1:]}.{without}",
            self._run(),
        ]

    def _level(self, found: Estimate) -> str:
        """What a doctrine's outcome is."""
        from nobat.show.numbers import mean_text, share_text

        if found.kind == "share":
            return share_text(found)
        return mean_text(found, places_for([found]))

    def _run(self) -> str:
        """What the figures are made of."""
        answer = self._answer
        mixes = f"{len(answer.mixes)} mixes of the two"
        if not answer.drawn:
            return f"Mean field: one course of each of {mixes}, without luck or intervals."
        n, over = answer.difference.n, ""
        if 0 < n < answer.replications:
            few = " (few)" if n < _FEW else ""
            over = f" Over the {n:,}{few} that have {answer.outcome.name} in every mix."
        return (
            f"{counted(answer.replications, 'replication')} of each of {mixes}, on the same luck, "
            f"seed {answer.seed}.{over} Student's 95 % intervals."
        )
