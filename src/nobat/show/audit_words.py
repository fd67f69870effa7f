"""What is said of an audit: of all claims, of each, and of what looks like the dated record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from nobat.account.verdict import TOO_FEW, UNTESTABLE, WORDS, Share
from nobat.engine.runner import counted
from nobat.scenario.scenario import shape
from nobat.scenario.values import parse_path
from nobat.show.geography import measured_text
from nobat.show.numbers import chance_text, number, percent, share_text
from nobat.study.estimates import Estimate

if TYPE_CHECKING:
    from nobat.account.alike import Ratio
    from nobat.account.audited import Answer, Audit, Decider, Likeness, RivalAnswer
    from nobat.study.crossing import Crossing

#: Units that say nothing beside a number.
_BARE = ("ratio", "share", "count", "exponent", "weight", "index")
#: How many of the quantities that decide a claim are told of in text.
_TOLD = 3
_LONGEST = 72
#: A flip that shows in fewer resamples than this may be noise, and is not told.
_SURE = 0.95
_SIDES = {
    "for": "Sources speak for it",
    "against": "Sources speak against it",
    "both": "Sources speak for it and against it",
    "neither": "No source takes a side",
}


def summary(audit: Audit) -> str:
    """How the claims stand, in one sentence."""
    counts = Counter(answer.verdict for answer in audit)
    named = [f"{n} {word}" for word in (*WORDS, UNTESTABLE) if (n := counts[word])]
    claims = counted(len(audit.answers), "claim")
    return f"Of {claims}: {', '.join(named)}."


def estimate(share: Share) -> Estimate:
    """A share of settings as an estimate."""
    return Estimate(share.share, share.low, share.high, share.settings, "share")


def sentences(answer: Answer) -> Iterator[str]:
    """What is said of one claim, from the verdict to what evidence is wanting."""
    yield verdict_text(answer)
    yield sources_text(answer)
    yield from _decided(answer)
    for rival in answer.rivals:
        yield rival_text(rival)
    if answer.given is not None:
        yield given_text(answer)
    yield f"What would settle it: {answer.claim.needs}"


def verdict_text(answer: Answer) -> str:
    """The verdict and the figures behind it."""
    if answer.claim.test.untestable is not None:
        return f"{_word(UNTESTABLE)}: {answer.claim.test.untestable}"
    if answer.gap is not None:
        return f"{_word(answer.verdict)}: {measured_text(answer.gap.measured)}"
    share = answer.share
    if share is None or share.share is None:
        return f"{_word(answer.verdict)}: no setting has anything to compare."
    noise = (
        f"holds in {share.holds:,}, {share.holds_beyond_noise:,} of them beyond noise; fails in "
        f"{share.fails:,}, {share.fails_beyond_noise:,} beyond noise"
    )
    level = f"; level in {share.level:,}, which count half" if share.level else ""
    silent = f"; {share.silent:,} say nothing" if share.silent else ""
    held = f"what is tested holds in {share_text(estimate(share))} of {share.settings:,} settings"
    moved = ""
    if answer.model != answer.verdict:
        moved = f" By the settings alone it would be {answer.model}; no model outvotes the sources."
    return f"{_word(answer.verdict)}: {held} ({noise}{level}{silent}).{moved}"


def _word(word: str) -> str:
    return word[0].upper() + word[1:]


def sources_text(answer: Answer) -> str:
    """Which sources speak for it, against it, and around it."""
    claim = answer.claim
    parts = [
        f"{what} {', '.join(names)}"
        for what, names in (
            ("for", claim.support), ("against", claim.against), ("context", claim.context)
        )
        if names
    ]  # fmt: skip
    if not parts:
        return f"{_SIDES[answer.sources]}."
    return f"{_SIDES[answer.sources]} ({'; '.join(parts)})."


def _decided(answer: Answer) -> Iterator[str]:
    """What decides it: the strongest quantities, and whether all of them are assumed."""
    if answer.share is None or answer.share.share is None:
        return
    if not answer.deciders:
        yield "No single quantity decides it: none stands out from chance."
        return
    for place, one in enumerate(answer.deciders[:_TOLD]):
        yield decider_text(one, place == 0)
    more = len(answer.deciders) - _TOLD
    verb = "quantity does" if more == 1 else "quantities do"
    rest = f"{more} more {verb} as well; " if more > 0 else ""
    luck = ""
    if answer.luck is not None and answer.luck >= 0.1:
        luck = f" Up to {percent(answer.luck, 0)} of the variance may be luck of few replications."
    if answer.on_assumptions_alone:
        yield _cap(f"{rest}all that decides it is assumed: nothing but guesses.{luck}")
    else:
        bases = Counter(one.basis for one in answer.deciders)
        named = ", ".join(f"{n} {basis}" for basis, n in bases.items())
        yield _cap(f"{rest}of what decides it: {named}.{luck}")


def _cap(text: str) -> str:
    return text[0].upper() + text[1:]


def decider_text(one: Decider, strongest: bool) -> str:
    """One quantity: how much it decides, which way, and where it turns the claim."""
    alone = f"{percent(one.first.value, 0)} [{_pc(one.first.low)}, {_pc(one.first.high)}]"
    together = ""
    if one.total is not None:
        total = one.total
        together = f", {percent(total.value, 0)} [{_pc(total.low)}, {_pc(total.high)}] with others"
    start = "Decided most by" if strongest else "Then by"
    ends = ""
    if one.share_low is not None and one.share_high is not None:
        ends = (
            f" It holds in {percent(one.share_low, 0)} of the settings in the lowest third of it "
            f"and in {percent(one.share_high, 0)} in the highest."
        )
    turns = f" {_turns(one)}" if strongest else ""
    return f"{start} {named(one.path)}: {alone} of the variance alone{together}.{ends}{turns}"


def _turns(one: Decider) -> str:
    """Where the mean margin changes its sign along a quantity."""
    sure = [crossing for crossing in one.flips if (crossing.p_exists or 0.0) >= _SURE]
    if not sure:
        return "On average over all else it turns nowhere in its range for sure."
    where = " and ".join(_flip(one, crossing) for crossing in sure)
    return f"On average over all else it turns at {where}."


def _flip(one: Decider, crossing: Crossing) -> str:
    unit = "" if one.unit in _BARE else f" {one.unit}"
    if crossing.low is None or crossing.high is None:
        return f"{crossing.value:,.3g}{unit}"
    return f"{crossing.value:,.3g}{unit} [{crossing.low:,.3g}, {crossing.high:,.3g}]"


def _pc(share: float) -> str:
    return number(100 * share, 0)


def named(path: str) -> str:
    """A quantity by its path, and what it is, as the scenario's fields have it."""
    here = shape().at(parse_path(path))
    about = "" if here is None else here.about
    for end in (". ", "; ", " (", ": "):
        about = about.partition(end)[0]
    about = about.strip(" .")
    if not about or len(about) > _LONGEST:
        return path
    return f"{path} ({about[0].lower()}{about[1:]})"


def rival_text(rival: RivalAnswer) -> str:
    """A rival, what it would measure, and how the record weighs it against the claim."""
    start = f"Rival {rival.id}: {rival.says}"
    found = []
    if rival.measured is not None:
        found.append(measured_text(rival.measured))
    if rival.ratio is not None:
        found.append(ratio_text(rival.ratio))
    elif rival.measured is None:
        found.append("Nothing in this scenario stands for it.")
    return " ".join([start, *found])


def ratio_text(one: Ratio) -> str:
    """How the record weighs a claim against a rival."""
    counts = f"{one.own:,} against {one.other:,} of {one.of:,} replications look like it"
    by = f"by its first {one.targets} targets" if one.targets > 1 else "by its first target"
    if one.low is None:
        return f"Too few replications look like the dated record to weigh it ({counts})."
    high = "any number" if one.high is None else f"{one.high:,.2g}"
    middle = "endlessly many" if one.ratio is None else f"{one.ratio:,.2g}"
    return (
        f"The dated record, {by}, fits the claim {middle} [{one.low:,.2g}, {high}] times as well "
        f"({counts})."
    )


def given_text(answer: Answer) -> str:
    """The verdict over the settings that look like the record."""
    given = answer.given
    assert given is not None
    if given.verdict == TOO_FEW or given.share is None or given.share.share is None:
        return "Given the dated record: too few settings look like it to say."
    share = share_text(estimate(given.share))
    return (
        f"Given the dated record: {given.verdict}; it holds in {share} of the settings that look "
        f"like it, {given.share.settings:,} of them, worth {number(given.share.worth, 0)} equal "
        "ones."
    )


def likeness_text(one: Likeness) -> str:
    """How many settings look like the record."""
    start = (
        f"The dated record: {one.alike:,} of {one.replications:,} replications of {one.run} look "
        f"like it, in {one.surviving:,} of {one.settings:,} settings, which are worth "
        f"{number(one.worth, 0)} equal ones."
    )
    near = ", ".join(f"{name} {chance_text(share)}" for name, share in one.near.items())
    return f"{start} {_by_which(one)} Near enough to each target: {near}."


def _by_which(one: Likeness) -> str:
    """By which targets verdicts are given, if by any."""
    if one.whole:
        return "Verdicts given the record are over these."
    few = f"Fewer than {one.least} give no verdict"
    if one.asked == 0:
        return f"{few}, and the first target alone leaves no more."
    named = ", ".join(one.targets[: one.asked])
    return (
        f"{few}: those given the record ask for {named} only, which leaves settings worth "
        f"{number(one.asked_worth, 0)}."
    )
