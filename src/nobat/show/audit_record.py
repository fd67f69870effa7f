"""What is said of the dated record: what looks like it, and how it weighs claims and rivals."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from nobat.account.verdict import TOO_FEW
from nobat.show.geography import measured_text
from nobat.show.language import _, joined, latin, listed, many, named, parts
from nobat.show.numbers import chance_text, number, share_text, span
from nobat.show.words import outcome_name
from nobat.study.estimates import Estimate

if TYPE_CHECKING:
    from nobat.account.alike import Ratio
    from nobat.account.audited import RivalAnswer
    from nobat.account.likeness import Given, GivenOne, Likeness, WayLikeness
    from nobat.scenario.claims import Target


def times(value: float | None) -> str:
    """A ratio to two digits; whole numbers from 10 on."""
    if value is None:
        return _("endlessly many")
    if value == 0:
        return "0"
    places = max(0, 1 - math.floor(math.log10(value)))
    return number(value, min(places, 4))


def _first(targets: int) -> str:
    """By which targets, in words."""
    return many(targets, "its first target", "its first {n} targets")


def rival_text(rival: RivalAnswer) -> str:
    """A rival, what it would measure, and how the record weighs it against the claim."""
    start = _("Rival {id}: {says}").format(id=latin(rival.id), says=named(rival.says))
    found = [start]
    if rival.measured is not None:
        found.append(measured_text(rival.measured))
    if rival.ratios:
        found.append(ratios_text(rival))
    elif rival.measured is None:
        found.append(_("Nothing in this scenario stands for it."))
    return " ".join(found)


def ratios_text(rival: RivalAnswer) -> str:
    """How the record weighs a claim against a rival, for each way to put what was done."""
    one = rival.ratios[0]
    every = parts(_ratio(each, len(rival.ratios) > 1) for each in rival.ratios)
    if all(each.low is None for each in rival.ratios):
        text = _(
            "Too few settings look like the dated record to weigh it against the claim: {every}, "
            "of {of} replications."
        )
    else:
        text = {
            True: _("The dated record, by {targets}, fits the claim better"),
            False: _("The dated record, by {targets}, fits this rival better"),
            None: _("The dated record, by {targets}, does not tell the two apart for sure"),
        }[rival.better] + _(". Claim to rival: {every}, of {of} replications.")
    return text.format(targets=_first(one.targets), every=every, of=f"{one.of:,}")


def _ratio(one: Ratio, several: bool) -> str:
    """One ratio: `at_once 0.75 times as well [0.27, 1.5] (183 against 245 look like it)`."""
    counts = _("{own} against {other} look like it").format(
        own=f"{one.own:,}", other=f"{one.other:,}"
    )
    start = f"{joined(map(latin, one.ways))} " if several else ""
    if one.low is None:
        return f"{start}{counts}"
    high = _("any number") if one.high is None else times(one.high)
    told = _("{times} times as well {span} ({counts})").format(
        times=times(one.ratio), span=span(times(one.low), high), counts=counts
    )
    return f"{start}{told}"


def given_text(given: Given) -> str:
    """The verdict over the settings that look like the record."""
    if not given.by:
        return _("Given the dated record: too few settings look like it to say.")
    start = (
        _("Given the dated record, by {targets}: too few of the settings that look like it say.")
        if given.verdict == TOO_FEW
        else _("Given the dated record, by {targets}: {word}.")
    )
    start = start.format(targets=_first(given.targets), word=_(given.verdict))
    every = parts(_given(one) for one in given.by)
    told = _("What is tested holds there in: {every}.").format(every=every)
    moved = ""
    if given.model != given.verdict:
        text = _("By these settings alone it would be {word}; no model outvotes the sources.")
        moved = f" {text.format(word=_(given.model))}"
    return f"{start} {told}{moved}"


def _given(one: GivenOne) -> str:
    """What the settings say under one way: `at_once 61.0 % [40.2, 78.1] (worth 23 settings)`."""
    share = one.share
    worth = number(share.worth, 1)
    if share.share is None:
        return _("{way} none that has a say").format(way=latin(one.way))
    found = Estimate(share.share, share.low, share.high, share.settings, "share")
    text = _("{way} {share} of {settings} settings (worth {worth} equal ones)")
    return text.format(
        way=latin(one.way), share=share_text(found), settings=f"{share.settings:,}", worth=worth
    )


def record_texts(one: Likeness) -> Iterator[str]:
    """What of all that was run looks like the record, paragraph by paragraph."""
    if len(one.ways) > 1:
        text = _(
            "Nobody knows how what was done is to be put into the model. It is put there in {n} "
            "ways, side by side, and what is said given the record holds for all of them. {ways}"
        )
        ways = " ".join(f"{latin(way.id)}: {named(way.says)}" for way in one.ways)
        yield text.format(n=len(one.ways), ways=ways)
    for target in one.targets:
        yield _target(one, target)
    yield _left(one)
    yield " ".join(_wanting(one))


def _target(one: Likeness, target: Target) -> str:
    """One target: what the record has, what is asked, and how much comes near."""
    met = [next(each for each in way.met if each.target == target.id) for way in one.ways]
    told = [
        _("{id}: {what} Asked: {outcome} {range}.").format(
            id=latin(target.id),
            what=named(target.what),
            outcome=_outcome(target),
            range=_range(target),
        )
    ]
    if any(each.happens < 1 for each in met):
        text = _("It happens in {shares} of the replications.")
        told.append(text.format(shares=_by_way(one, [chance_text(each.happens) for each in met])))
    text = _("Near enough come {shares}.")
    told.append(text.format(shares=_by_way(one, [chance_text(each.near) for each in met])))
    return " ".join(told)


def asked_text(target: Target) -> str:
    """What is asked of a replication by a target: the outcome, and its range with the tolerance."""
    return f"{_outcome(target)} {_range(target)}"


def _outcome(target: Target) -> str:
    name = outcome_name(target.outcome)
    if target.since is None:
        return name
    return _("{outcome} - {since}").format(outcome=name, since=outcome_name(target.since))


def _range(target: Target) -> str:
    """What is asked of an outcome: its range with the tolerance beyond it."""
    low = None if target.low is None else f"{target.low - target.tolerance:,g}"
    high = None if target.high is None else f"{target.high + target.tolerance:,g}"
    if high is None:
        return _("at least {low}").format(low=low)
    if low is None:
        return _("at most {high}").format(high=high)
    return _("{low} to {high}").format(low=low, high=high)


def _by_way(one: Likeness, texts: list[str]) -> str:
    """`2.5 % (at_once), 6.0 % (from_day_8) and 5.0 % (ring_first)`; one text where all agree."""
    if len(set(texts)) == 1:
        return texts[0]
    named_ = zip(texts, one.ways, strict=True)
    return listed(f"{text} ({latin(way.id)})" for text, way in named_)


def _left(one: Likeness) -> str:
    """What is left by the targets that are asked, and by all of them."""

    def told(way: WayLikeness, k: int) -> str:
        left = way.left[k - 1]
        return many(
            left.settings,
            "{replications} of {of} replications, in {n} setting worth {worth}",
            "{replications} of {of} replications, in {n} settings worth {worth}",
            replications=f"{left.replications:,}",
            of=f"{one.replications:,}",
            worth=number(left.worth, 1),
        )

    count = len(one.targets)
    whole = _("All {n} targets together leave {left}.").format(
        n=count, left=_by_way(one, [told(way, count) for way in one.ways])
    )
    if one.whole or one.asked == 0:
        return whole
    some = _("The first {n} leave {left}.").format(
        n=one.asked, left=_by_way(one, [told(way, one.asked) for way in one.ways])
    )
    return f"{whole} {some}"


def _wanting(one: Likeness) -> Iterator[str]:
    """By which targets verdicts are given, what is lost where, and how many settings it takes."""
    least = _("Settings worth fewer than {n} equal ones give no verdict.").format(n=one.least)
    if one.whole:
        yield _("Verdicts given the record ask for all of them.")
        return
    if one.asked == 0:
        yield _("{least} So none is given here: even the first target leaves fewer.").format(
            least=least
        )
    else:
        text = _("{least} So those given the record ask for the first {n} only: {targets}.")
        names = listed(latin(target.id) for target in one.targets[: one.asked])
        yield text.format(least=least, n=one.asked, targets=names)
    if one.hardest is not None and one.kept is not None:
        text = _(
            "Most is lost at {target}: of what comes near to the targets before it, {shares} comes "
            "near to it as well."
        )
        low, high = map(chance_text, one.kept)
        shares = low if low == high else _("{low} to {high}").format(low=low, high=high)
        yield text.format(target=latin(one.hardest), shares=shares)
    if one.asked == 0:
        first = [way.left[0] for way in one.ways]
        text = _("By the first target alone it would take some {n} settings at this rate.")
        if all(left.needed is not None for left in first):
            yield text.format(n=f"{max(left.needed or 0 for left in first):,}")
    yield f"{_cap(parts(map(_needed, one.ways)))}."


def _cap(text: str) -> str:
    return text[:1].upper() + text[1:]


def _needed(way: WayLikeness) -> str:
    """How many settings a verdict by all targets would take."""
    left = way.left[-1]
    if left.needed is not None:
        text = _("by all targets {way} would take some {n} settings")
        return text.format(way=latin(way.id), n=f"{left.needed:,}")
    if left.replications == 0:
        text = _("no replication of {way} comes near to all targets")
    else:
        text = _("too few of {way} come near to all targets to say how many settings it takes")
    return text.format(way=latin(way.id))
