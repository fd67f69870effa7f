"""What is said of an audit: of all claims, and of each from the verdict to what would settle it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from nobat.account.deciding import LEAST_SETTINGS
from nobat.account.verdict import CLEARLY, RATHER, UNTESTABLE, WORDS, Share
from nobat.scenario.scenario import shape
from nobat.scenario.values import parse_path
from nobat.show.audit_record import given_text, rival_text
from nobat.show.geography import measured_text
from nobat.show.language import _, joined, latin, listed, many, marked, named, parts
from nobat.show.numbers import number, percent, share_text, span
from nobat.study.estimates import Estimate

if TYPE_CHECKING:
    from nobat.account.audited import Answer, Audit, Decider
    from nobat.study.crossing import Crossing

#: Units that say nothing beside a number.
_BARE = ("ratio", "share", "count", "exponent", "weight", "index")
#: How many of the quantities that decide a claim are told of in text.
_TOLD = 3
_LONGEST = 72
#: From this size on a value is told in whole numbers.
_IN_FULL = 1000
#: A flip that shows in fewer resamples than this may be noise, and is not told.
_SURE = 0.95
#: From this share of the variance on it is told that it may be luck.
_LUCK = 0.1
#: The words of verdicts, for the catalogues.
VERDICTS = (
    marked("supported"), marked("rather supported"), marked("open"), marked("rather rejected"),
    marked("rejected"), marked("cannot be tested here"), marked("too few settings"),
)  # fmt: skip
_SIDES = {
    "for": marked("Sources speak for it"),
    "against": marked("Sources speak against it"),
    "both": marked("Sources speak for it and against it"),
    "neither": marked("No source takes a side"),
}


def summary(audit: Audit) -> str:
    """How the claims stand, in one sentence."""
    counts = Counter(answer.verdict for answer in audit)
    words = [f"{n} {_(word)}" for word in (*WORDS, UNTESTABLE) if (n := counts[word])]
    claims = many(len(audit.answers), "{n} claim", "{n} claims")
    return _("Of {claims}: {verdicts}.").format(claims=claims, verdicts=joined(words))


def words_text() -> str:
    """What the words mean, a paragraph."""
    text = _(
        "The words follow from the interval of the share of settings in which what is tested "
        "holds: supported, its low end is {clearly} or more; rather supported, {rather} or more; "
        "rather rejected, its high end is {rather_not} or less; rejected, {not_clearly} or less; "
        "open, anything else. What a source speaks against is open at best, what one speaks for "
        "is open at worst: no model outvotes the sources."
    )
    ends = (CLEARLY, RATHER, 1 - RATHER, 1 - CLEARLY)
    names = ("clearly", "rather", "rather_not", "not_clearly")
    return text.format(**{n: percent(x, 0) for n, x in zip(names, ends, strict=True)})


def estimate(share: Share) -> Estimate:
    """A share of settings as an estimate."""
    return Estimate(share.share, share.low, share.high, share.settings, "share")


def sentences(answer: Answer, given: bool = True) -> Iterator[str]:
    """What is said of one claim, from the verdict to what evidence is wanting.

    given: whether what is said given the record is told as well.
    """
    yield verdict_text(answer)
    yield sources_text(answer)
    yield from _decided(answer)
    for rival in answer.rivals:
        yield rival_text(rival)
    if given and answer.given is not None:
        yield given_text(answer.given)
    yield _("What would settle it: {needs}").format(needs=named(answer.claim.needs))


def verdict_text(answer: Answer) -> str:
    """The verdict and the figures behind it."""
    word = _cap(_(answer.verdict))
    if answer.claim.test.untestable is not None:
        return f"{_cap(_(UNTESTABLE))}: {named(answer.claim.test.untestable)}"
    if answer.gap is not None:
        return f"{word}: {measured_text(answer.gap.measured)}"
    share = answer.share
    if share is None or share.share is None:
        text = _("{word}: in no setting did what is compared happen at all.")
        return text.format(word=word)
    told = [_("{word}: what is tested holds in {share} of {settings}.").format(
        word=word,
        share=share_text(estimate(share)),
        settings=many(share.settings, "{n} setting", "{n} settings"),
    )]  # fmt: skip
    told += _counts(answer, share)
    if answer.model != answer.verdict:
        moved = _("By the settings alone it would be {word}; no model outvotes the sources.")
        told.append(moved.format(word=_(answer.model)))
    return " ".join(told)


def _counts(answer: Answer, share: Share) -> Iterator[str]:
    """In how many settings it holds, fails, is level, and has nothing to say."""
    if answer.claim.test.belief is not None:
        text = _("It holds in {holds} of them and fails in {fails}.")
    else:
        text = _(
            "It holds in {holds} of them ({holds_sure} beyond the noise of the runs) and fails in "
            "{fails} ({fails_sure})."
        )
    yield text.format(
        holds=f"{share.holds:,}",
        fails=f"{share.fails:,}",
        holds_sure=f"{share.holds_beyond_noise:,}",
        fails_sure=f"{share.fails_beyond_noise:,}",
    )
    if share.level:
        yield many(
            share.level,
            "In {n} both sides are level: it counts half.",
            "In {n} both sides are level: they count half.",
        )
    if share.silent:
        yield many(
            share.silent,
            "{n} more has no say: what is compared happens in no run there.",
            "{n} more have no say: what is compared happens in no run there.",
        )


def _cap(text: str) -> str:
    return text[:1].upper() + text[1:]


def sources_text(answer: Answer) -> str:
    """Which sources speak for it, against it, and around it."""
    claim = answer.claim
    sides = (
        (_("for it: {sources}"), claim.support),
        (_("against it: {sources}"), claim.against),
        (_("on the matter: {sources}"), claim.context),
    )
    told = [text.format(sources=joined(map(latin, names))) for text, names in sides if names]
    side = _(_SIDES[answer.sources])
    return f"{side} ({parts(told)})." if told else f"{side}."


def _decided(answer: Answer) -> Iterator[str]:
    """What decides it: the strongest quantities, and whether all of them are assumed."""
    share = answer.share
    if share is None or share.share is None:
        return
    if answer.floor is None:
        yield _why_none(answer, share)
        return
    for place, one in enumerate(answer.deciders[:_TOLD]):
        yield decider_text(one, place == 0)
    more = len(answer.deciders) - _TOLD
    told = []
    if more > 0:
        rest = many(more, "{n} more number matters as well.", "{n} more numbers matter as well.")
        told.append(rest)
    if answer.on_assumptions_alone:
        told.append(_("All that decides it is assumed: nothing but guesses."))
    else:
        bases = Counter(one.basis for one in answer.deciders)
        named_ = listed(f"{n} {_(basis)}" for basis, n in bases.items())
        told.append(_("Of the numbers that decide it: {bases}.").format(bases=named_))
    if answer.luck is not None and answer.luck >= _LUCK:
        luck = _(
            "Up to {share} of how the settings differ may be the luck of few replications (-n)."
        )
        told.append(luck.format(share=percent(answer.luck, 0)))
    yield " ".join(told)


def _why_none(answer: Answer, share: Share) -> str:
    """That nothing is known to decide it, and why."""
    if share.level == share.settings:
        return _("Both sides are level in every setting: what is tested makes no difference here.")
    if share.settings < LEAST_SETTINGS:
        text = _("What decides it is not asked of fewer than {n} settings that have a say.")
        return text.format(n=LEAST_SETTINGS)
    if share.holds == share.settings or share.fails == share.settings:
        return _("No single number decides by how much: none stands out from chance.")
    return _("No single number decides it: none stands out from chance.")


def decider_text(one: Decider, strongest: bool) -> str:
    """One quantity: how much it decides, which way, and where it turns the claim."""
    start = (
        _(
            "By how much it holds or fails hangs most on {quantity}, drawn from {low} to "
            "{high}{unit} ({basis})."
        )
        if strongest
        else _("Then on {quantity}, drawn from {low} to {high}{unit} ({basis}).")
    )
    told = [start.format(
        quantity=quantity(one.path), low=_value(one.low), high=_value(one.high),
        unit=_unit(one), basis=_(one.basis),
    )]  # fmt: skip
    alone = f"{percent(one.first.value, 0)} {_span(one.first.low, one.first.high)}"
    if one.total is None:
        told.append(_("By itself it makes {alone} of how the settings differ.").format(alone=alone))
    else:
        text = _(
            "By itself it makes {alone} of how the settings differ, together with others {total}."
        )
        total = f"{percent(one.total.value, 0)} {_span(one.total.low, one.total.high)}"
        told.append(text.format(alone=alone, total=total))
    if one.share_low is not None and one.share_high is not None:
        text = _(
            "The claim holds in {low} of the settings in the lowest third of its range and in "
            "{high} of those in the highest."
        )
        told.append(text.format(low=percent(one.share_low, 0), high=percent(one.share_high, 0)))
    if strongest:
        told.append(_turns(one))
    return " ".join(told)


def _turns(one: Decider) -> str:
    """Where the mean margin changes its sign along a quantity."""
    sure = [crossing for crossing in one.flips if (crossing.p_exists or 0.0) >= _SURE]
    if not sure:
        return _("On average over all else it turns nowhere in that range for sure.")
    where = listed(_flip(one, crossing) for crossing in sure)
    return _("On average over all else it turns at {where}.").format(where=where)


def _flip(one: Decider, crossing: Crossing) -> str:
    value = f"{_value(crossing.value)}{_unit(one)}"
    if crossing.low is None or crossing.high is None:
        return value
    return f"{value} {span(_value(crossing.low), _value(crossing.high))}"


def _value(value: float) -> str:
    """A value along a quantity: to three digits, whole ones in full."""
    return number(value, 0) if abs(value) >= _IN_FULL else f"{value:.3g}"


def _unit(one: Decider) -> str:
    return "" if one.unit in _BARE or not one.unit else f" {_(one.unit)}"


def _span(low: float, high: float) -> str:
    return span(number(100 * low, 0), number(100 * high, 0))


def quantity(path: str) -> str:
    """What a quantity is, as the scenario's fields have it, and its path."""
    what = about(path)
    return f"{latin(path)} ({named(what)})" if what else latin(path)


def about(path: str) -> str:
    """What a quantity is, in English: the beginning of what its field says; empty if too long."""
    here = shape().at(parse_path(path))
    # Some begin with a grade: `1: share of cases in which ...`.
    text = "" if here is None else here.about.lstrip("0123456789").removeprefix(": ")
    for end in (". ", "; ", " (", ": "):
        text = text.partition(end)[0]
    text = text.strip(" .")
    return text[:1].lower() + text[1:] if len(text) <= _LONGEST else ""
