"""What is said of an audit: of all claims, and of each from the verdict to what would settle it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from nobat.account.deciding import LEAST_SETTINGS
from nobat.account.verdict import CLEARLY, RATHER, UNTESTABLE, WORDS, Share
from nobat.show.audit_deciders import decider_text
from nobat.show.audit_record import given_text, rival_text
from nobat.show.geography import measured_text
from nobat.show.language import _, joined, latin, listed, many, marked, named, parts
from nobat.show.numbers import percent, share_text
from nobat.study.estimates import Estimate

if TYPE_CHECKING:
    from nobat.account.audited import Answer, Audit

#: How many of the quantities that decide a claim are told of in text.
_TOLD = 3
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


#: What a kind of test asks of the model, and what it cannot ask.
_ASKS = {
    "compare": marked(
        "This asks what would have come of it. Whether it was done only sources can say."
    ),
    "setting": marked(
        "This asks what would have come of it. Whether it was done only sources can say."
    ),
    "figure": marked(
        "This asks whether it fits what the model gives. Whether it was so only sources can say."
    ),
    "belief": marked(
        "This weighs the reports that the scenario lists, by grades of those who report."
    ),
    "distance": marked("This is measured: no model has a part in it."),
    "untestable": "",
}


def asks(answer: Answer) -> str:
    """What the test of a claim asks, and what only sources can say; empty where nothing is."""
    return _(_ASKS[answer.claim.test.kind])


def moved(answer: Answer) -> bool:
    """Whether sources hold the verdict at another word than the settings alone would give."""
    return answer.model != answer.verdict


def notes(audit: Audit) -> list[str]:
    """What was run and how to read it."""
    meant, *star = meant_texts(audit)
    return [drawn_text(audit), meant, words_text(), *star]


def drawn_text(audit: Audit) -> str:
    """What was drawn and run."""
    return _(
        "All {quantities} numbers of the scenario that have a range ({assumed} of them assumed) "
        "were drawn from it at once, {settings} times over: each draw is a setting. In each "
        "setting what the claims need was run {runs}, on the same luck, seed {seed}."
    ).format(
        quantities=audit.quantities,
        assumed=audit.assumed,
        settings=f"{audit.settings:,}",
        runs=many(audit.replications, "{n} time", "{n} times"),
        seed=audit.seed,
    )


def meant_texts(audit: Audit) -> list[str]:
    """What a verdict is on, and what marks beside one mean."""
    meant = _(
        "A verdict is on what is tested, over these ranges; it is no probability that a thing "
        "happened. How the model works is structure, and most of its numbers are assumed: what is "
        "measured and what sources say is evidence, the settings are not. Intervals are 95 %."
    )
    found = [meant]
    if any(map(moved, audit)):
        found.append(_("* By the settings alone it would be another word, which stands below."))
    if any(map(built, audit)):
        found.append(_(
            "† No setting says otherwise, whatever the numbers: the word tells of how the model is "
            "built, and is no evidence."
        ))  # fmt: skip
    return found


def verdict_word(answer: Answer) -> str:
    """The verdict for a table, marked where the sources hold it or the model leaves no other."""
    marks = ("*" if moved(answer) else "") + ("†" if built(answer) else "")
    return f"{_(answer.verdict)} {marks}".rstrip()


def built(answer: Answer) -> bool:
    """Whether no setting says otherwise, of enough of them, so that it hangs on no number."""
    share = answer.share
    if answer.claim.test.belief is not None or share is None or share.settings < LEAST_SETTINGS:
        return False
    return (share.holds > 0) != (share.fails > 0)


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
        "open, anything else. A setting in which both sides are level counts half. What a source "
        "speaks against is open at best, what one speaks for is open at worst: no model outvotes "
        "the sources."
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
    told += _built(answer, share)
    if moved(answer):
        text = _("By the settings alone it would be {word}; no model outvotes the sources.")
        told.append(text.format(word=_(answer.model)))
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


def _built(answer: Answer, share: Share) -> Iterator[str]:
    """That no setting says otherwise."""
    if built(answer):
        yield (
            _(
                "No setting makes it fail, whatever the numbers: that comes of how the model is "
                "built, and is no evidence."
            )
            if share.holds
            else _(
                "No setting makes it hold, whatever the numbers: that comes of how the model is "
                "built, and is no evidence."
            )
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
