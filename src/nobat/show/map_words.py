"""The map of answers in words: who wins where, where the flip line runs, how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nobat.show.flip import SURE
from nobat.show.language import _, joined, latin, many
from nobat.show.numbers import NOTHING, chance_text, decimals, number, percent, span
from nobat.show.stated import BARE
from nobat.show.words import outcome_name, replications
from nobat.study.decision import LEAST_PAIRS
from nobat.study.estimates import Estimate

if TYPE_CHECKING:
    from nobat.study.map_grid import Axis
    from nobat.study.map_parts import Holding, MapFlip, MapPoint
    from nobat.study.map_result import DecisionMap

#: A doctrine that holds less of the map than this is not named in the sentence.
_MENTIONED = 0.005
#: Last words of a path that say too little without the word before them.
_GENERAL = ("count", "value", "share", "rate", "low", "high")
#: Digits of a value of an axis that no interval goes with.
_DIGITS = 4


def sentence(answer: DecisionMap) -> str:
    """Who wins where; or that one doctrine wins everywhere, and by how much at least."""
    held = [one for one in answer.holdings if one.share or one.points]
    if not held:
        told = [_nobody(answer)]
    elif len(held) == 1 and held[0].points == len(answer.points):
        told = [_one_colour(answer, held[0])]
    else:
        told = [_shares(answer), _beyond_noise(answer), _level(answer), _an_example(answer)]
    return " ".join(filter(None, (too_few(answer), *told, no_data(answer))))


def too_few(answer: DecisionMap) -> str:
    """That nothing can be sure with so few replications; empty where there are enough."""
    if answer.enough:
        return ""
    text = _("With {replications} of each nothing is sure: it takes {n} or more.")
    return text.format(replications=replications(answer.replications), n=LEAST_PAIRS)


def no_data(answer: DecisionMap) -> str:
    """On what part of the map and at how many points nothing can be compared; empty where none."""
    missing, share = answer.no_data.points, answer.no_data.share
    if not (missing or share):
        return ""
    known = {
        "n": missing,
        "points": points(len(answer.points)),
        "share": percent(share, 0),
        "outcome": _outcome(answer),
    }
    if len(answer.doctrines) == 2:
        text = _(
            "No data at {n} of {points}, and on {share} of the map: fewer than two doctrines have "
            "a {outcome} there."
        )
    else:
        text = _(
            "No data on {share} of the map: fewer than two doctrines have a {outcome} there (at "
            "{n} of {points}), or the best at one point has none at the next."
        )
    return text.format(**known)


def _nobody(answer: DecisionMap) -> str:
    """That no doctrine is ahead anywhere."""
    if answer.no_data.points == len(answer.points):
        text = _("There is nothing to compare in {outcome}.")
    else:
        text = _("No doctrine is ahead of the others in {outcome} at any point.")
    return text.format(outcome=_outcome(answer))


def _outcome(answer: DecisionMap) -> str:
    return outcome_name(answer.outcome.name)


def points(count: int) -> str:
    """`1 point`, `100 points`."""
    return many(count, "{n} point", "{n} points")


def short(axis: Axis) -> str:
    """What an axis is called where room is short: the end of its path."""
    *above, last = axis.path.split(".")
    return f"{above[-1]}.{last}" if above and last in _GENERAL else last


def unit(axis: Axis) -> str:
    """The unit of an axis with a blank before it; empty where it says nothing."""
    own = axis.factor.unit
    return "" if own in BARE else f" {_(own)}"


def value_text(axis: Axis, value: float) -> str:
    """A value of an axis with its unit."""
    return f"{plain(value)}{unit(axis)}"


def plain(value: float) -> str:
    """A value of an axis to four digits, thousands set apart."""
    if float(value).is_integer():
        return number(value, 0)
    text = f"{value:,.{_DIGITS}g}"
    return text if "e" not in text else number(value, 0)


def lead_text(answer: DecisionMap, lead: Estimate) -> str:
    """`3.2 points [1.1, 5.3]`: a lead with its interval; positive, whatever is the best."""
    share = answer.outcome.kind == "share"
    scale = 100.0 if share else 1.0
    mean, low, high = (None if x is None else scale * x for x in (lead.mean, lead.low, lead.high))
    if mean is None:
        return NOTHING
    of = f" {leads_unit(answer)}".rstrip()
    if low is None or high is None:
        return f"{mean:,.4g}{of}"
    places = 1 if share else decimals([(high - low) / 2])
    return f"{number(mean, places)}{of} {span(number(low, places), number(high, places))}"


def leads_text(answer: DecisionMap, held: Holding) -> str:
    """`0.5 to 48.2`: a doctrine's leads where it is best; empty where it is so at no point."""
    if held.least is None or held.most is None:
        return ""
    scale = 100.0 if answer.outcome.kind == "share" else 1.0
    ends = scale * held.least, scale * held.most
    places = 1 if answer.outcome.kind == "share" else decimals([abs(ends[1]) / 10])
    texts = [number(end, places) for end in ends]
    if texts[0] == texts[1]:
        return texts[0]
    return _("{low} to {high}").format(low=texts[0], high=texts[1])


def leads_unit(answer: DecisionMap) -> str:
    """The unit of a lead; empty where it has none."""
    if answer.outcome.kind == "share":
        return _("points")
    return "" if answer.outcome.unit == "1" else _(answer.outcome.unit)


def closest(answer: DecisionMap) -> MapPoint:
    """The point at which the winner's lead is smallest."""
    there = [point for point in answer.points if point.decision.lead.mean is not None]
    return min(there or answer.points, key=lambda one: one.decision.lead.mean or 0.0)


def flip_text(answer: DecisionMap, flip: MapFlip) -> str:
    """`36 h [31, 44]`: where the winner changes, with the interval to two digits."""
    axis = answer.x if flip.along == "x" else answer.y
    if flip.low is None or flip.high is None or flip.high <= flip.low:
        return value_text(axis, flip.value)
    places = decimals([(flip.high - flip.low) / 20])
    value, low, high = (number(x, places) for x in (flip.value, flip.low, flip.high))
    return f"{value}{unit(axis)} {span(low, high)}"


def best_supported(answer: DecisionMap) -> MapFlip | None:
    """The flip that shows in most resamples, of several the nearest to the middle of the map.

    None where there is no flip, or where nothing is known of chance.
    """

    def away(flip: MapFlip) -> float:
        across = answer.y if flip.along == "x" else answer.x
        return abs((flip.at - across.low) / (across.high - across.low) - 0.5)

    known = [(one.p_exists, one) for one in answer.flips if one.p_exists is not None]
    found = min(known, key=lambda each: (-each[0], away(each[1])), default=None)
    return None if found is None else found[1]


def _one_colour(answer: DecisionMap, held: Holding) -> str:
    """That one doctrine wins at every point, and by how much at least."""
    near = closest(answer)
    x, y = answer.x, answer.y
    text = _(
        "{doctrine} has the lowest {outcome} everywhere on the map: at all {n} points, beyond "
        "noise at {sure} of them."
    )
    if answer.outcome.name == "secured":
        text = _(
            "{doctrine} takes the place most often everywhere on the map: at all {n} points, "
            "beyond noise at {sure} of them."
        )
    elif answer.best == "highest":
        text = _(
            "{doctrine} has the highest {outcome} everywhere on the map: at all {n} points, beyond "
            "noise at {sure} of them."
        )
    start = text.format(
        doctrine=latin(held.doctrine),
        outcome=_outcome(answer),
        n=held.points,
        sure=held.sure_points,
    )
    if near.decision.runner_up is None or near.decision.lead.mean is None:
        return start
    smallest = _(
        "Its lead is smallest at {x} = {x_value}, {y} = {y_value}: {lead} before {runner}."
    ).format(
        x=latin(x.path),
        x_value=value_text(x, near.x),
        y=latin(y.path),
        y_value=value_text(y, near.y),
        lead=lead_text(answer, near.decision.lead),
        runner=latin(answer.doctrines[near.decision.runner_up]),
    )
    return f"{start} {smallest}"


def _shares(answer: DecisionMap) -> str:
    """What part of the map each doctrine holds; single points, if none holds ground."""
    if not (named := _mentioned(answer)):
        each = _("{doctrine} at {n}")
        told = joined(
            each.format(doctrine=latin(one.doctrine), n=one.points)
            for one in answer.holdings
            if one.points
        )
        return _("A doctrine is ahead at single points alone: {doctrines}.").format(doctrines=told)
    first, *rest = named
    text = _("{doctrine} has the lowest {outcome} on {share} of the map")
    if answer.outcome.name == "secured":
        text = _("{doctrine} takes the place most often on {share} of the map")
    elif answer.best == "highest":
        text = _("{doctrine} has the highest {outcome} on {share} of the map")
    start = text.format(
        doctrine=latin(first.doctrine), outcome=_outcome(answer), share=percent(first.share, 0)
    )
    return _("{parts}.").format(parts=joined([start, *(_on(one, one.share) for one in rest)]))


def _on(one: Holding, share: float) -> str:
    """`rotate on 40 %`."""
    text = _("{doctrine} on {share}")
    return text.format(doctrine=latin(one.doctrine), share=percent(share, 0))


def _mentioned(answer: DecisionMap) -> list[Holding]:
    """The doctrines that hold enough of the map to be named, the largest first."""
    held = sorted(answer.holdings, key=lambda one: -one.share)
    return [one for one in held if one.share >= _MENTIONED]


def _beyond_noise(answer: DecisionMap) -> str:
    """What part of the map each doctrine holds surely."""
    named = _mentioned(answer)
    if not answer.enough or not named:
        return ""
    clear = [one for one in named if one.sure > _MENTIONED]
    if not clear:
        return _("Beyond noise: none of them anywhere.")
    told = [_on(one, one.sure) for one in clear]
    rest = [one.doctrine for one in named if one not in clear]
    if len(rest) == 1:
        told.append(_("{doctrine} nowhere").format(doctrine=latin(rest[0])))
    elif rest:
        told.append(_("the others nowhere"))
    return _("Beyond noise: {doctrines}.").format(doctrines=joined(told))


def _level(answer: DecisionMap) -> str:
    """On what part of the map doctrines are level; empty where they are so nowhere."""
    if answer.level.share < _MENTIONED:
        return ""
    text = _("On {share} of it the best are level.")
    return text.format(share=percent(answer.level.share, 0))


def _an_example(answer: DecisionMap) -> str:
    """Where the winner changes on the section that bears it out best."""
    one = best_supported(answer)
    if one is None or one.p_exists is None:
        return ""
    along, across = (answer.x, answer.y) if one.along == "x" else (answer.y, answer.x)
    text = _(
        "At {across} = {at} the best doctrine changes from {before} to {after} as {along} passes "
        "{value}."
    ).format(
        across=latin(across.path),
        at=value_text(across, one.at),
        before=latin(one.before),
        after=latin(one.after),
        along=latin(along.path),
        value=flip_text(answer, one),
    )
    if one.p_exists >= SURE:
        return text
    noise = _("This change shows in {share} of the bootstrap resamples: it may be noise.")
    return f"{text} {noise.format(share=chance_text(one.p_exists))}"


def what_was_run(answer: DecisionMap) -> str:
    """How many points, replications and doctrines."""
    first = sum(point.round == 0 for point in answer.points)
    added = len(answer.points) - first
    text = _(
        "{points}; {replications} of each of {doctrines} doctrines at each, on the same luck, seed "
        "{seed}."
    )
    if added:
        text = _(
            "{points}, {added} of them added where the winner was unsure; {replications} of each "
            "of {doctrines} doctrines at each, on the same luck, seed {seed}."
        )
    return text.format(
        points=points(len(answer.points)),
        added=added,
        replications=replications(answer.replications),
        doctrines=len(answer.doctrines),
        seed=answer.seed,
    )
