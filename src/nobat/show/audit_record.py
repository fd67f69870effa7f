"""What is said of the dated record: what looks like it, and how it weighs claims and rivals."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from nobat.account.alike import LEAST_ALIKE
from nobat.account.verdict import TOO_FEW
from nobat.show.geography import measured_text
from nobat.show.language import _, joined, latin, listed, many, named, parts
from nobat.show.numbers import chance_text, number, share_text, span
from nobat.show.words import outcome_label
from nobat.study.estimates import Estimate

if TYPE_CHECKING:
    from nobat.account.alike import Ratio
    from nobat.account.audited import RivalAnswer
    from nobat.account.likeness import Given, GivenOne, Likeness, WayLikeness
    from nobat.scenario.claims import Target


#: A course that no more than one of so many replications tells is none that the model tells.
_CHANCES = 1000


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
    some = any(each.low is not None for each in rival.ratios)
    every = parts(_ratio(each, len(rival.ratios) > 1, some) for each in rival.ratios)
    if not some:
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


def _ratio(one: Ratio, several: bool, some: bool) -> str:
    """One ratio: `at_once 0.75 times as well [0.27, 1.5] (183 against 245 look like it)`.

    several: whether the way has to be named; some: whether any of them is a ratio.
    """
    counts = _("{own} against {other} look like it").format(
        own=f"{one.own:,}", other=f"{one.other:,}"
    )
    start = f"{joined(map(latin, one.ways))} " if several else ""
    if one.low is None:
        few = _("{counts}, too few for a ratio").format(counts=counts) if some else counts
        return f"{start}{few}"
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
    """What the settings say under one way.

    `at_once 61.0 % [40.2, 78.1] (of 49 settings with 111 such replications, worth 30.3 equal ones;
    it holds in 29, fails in 18, is level in 2)`.
    """
    share = one.share
    if share.share is None:
        return _("{way} none that has a say").format(way=latin(one.way))
    found = Estimate(share.share, share.low, share.high, share.settings, "share")
    text = _(
        "{way} {share} (of {settings} with {replications}, worth {worth} equal ones; it holds in "
        "{holds}, fails in {fails}, is level in {level})"
    )
    return text.format(
        way=latin(one.way),
        share=share_text(found),
        settings=many(share.settings, "{n} setting", "{n} settings"),
        replications=many(one.replications, "{n} such replication", "{n} such replications"),
        worth=number(share.worth, 1),
        holds=f"{share.holds:,}",
        fails=f"{share.fails:,}",
        level=f"{share.level:,}",
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
        _("{id}: {what} Asked: {asked}.").format(
            id=latin(target.id), what=named(target.what), asked=asked_text(target)
        )
    ]
    if any(each.happens < 1 for each in met):
        text = _("It happens in {shares} of the replications.")
        told.append(text.format(shares=_by_way(one, [chance_text(each.happens) for each in met])))
    text = _("Near enough come {shares}.")
    told.append(text.format(shares=_by_way(one, [chance_text(each.near) for each in met])))
    return " ".join(told)


def asked_text(target: Target) -> str:
    """What is asked of a replication by a target: its range with the tolerance, and without."""
    if not target.tolerance:
        return f"{_outcome(target)} {_range(target, 0.0)}"
    asked, dated = _range(target, target.tolerance), _range(target, 0.0)
    text = _("{outcome} {range} ({dated}, give or take {tolerance})")
    return text.format(
        outcome=_outcome(target), range=asked, dated=dated, tolerance=f"{target.tolerance:,g}"
    )


def _outcome(target: Target) -> str:
    name = outcome_label(target.outcome)
    if target.since is None:
        return name
    return _("{outcome} less {since}").format(outcome=name, since=outcome_label(target.since))


def _range(target: Target, tolerance: float) -> str:
    """A target's range, with a tolerance beyond it."""
    low = None if target.low is None else f"{target.low - tolerance:,g}"
    high = None if target.high is None else f"{target.high + tolerance:,g}"
    if high is None:
        return _("at least {low}").format(low=low)
    if low is None:
        return _("at most {high}").format(high=high)
    return low if low == high else _("{low} to {high}").format(low=low, high=high)


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
    least = _(
        "Each setting counts with the number of its replications that look like the record, so "
        "that together they are worth fewer equal ones. Settings worth fewer than {n} equal ones "
        "give no verdict, fewer than {ratio} no likelihood ratio; either asks for as many targets "
        "as leave enough, from the first on."
    ).format(n=one.least, ratio=LEAST_ALIKE)
    if one.whole:
        yield f"{least} {_('Verdicts given the record ask for all of them.')}"
        return
    if one.asked == 0:
        text = _("{least} So no verdict is given here: even the first target leaves fewer.")
        yield text.format(least=least)
    else:
        text = _("{least} So verdicts given the record ask for the first {n} only: {targets}.")
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
    yield from untold(one)


def untold(one: Likeness) -> Iterator[str]:
    """That the model does not tell the course of the record, where it had chances enough to."""
    most = max(way.left[-1].replications for way in one.ways)
    if one.replications < _CHANCES or most * _CHANCES > one.replications:
        return
    yield (
        _("So hardly any of the {of} replications of each way tell the course that is dated.")
        if most
        else _("So none of the {of} replications of each way tells the course that is dated.")
    ).format(of=f"{one.replications:,}")
    yield _("That speaks against the model as it is, not against the record.")


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
