"""The verdict of a comparison, in words: which doctrine is best, how sure that is, its cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nobat.show.horizon import warning
from nobat.show.language import _, latin, listed, n_
from nobat.show.numbers import chance_text, number, percent, share_interval, share_text
from nobat.show.price import apart, price, size
from nobat.show.words import EXACT_PLACES, leaders, replications, within
from nobat.study.estimates import RESAMPLES, Estimate
from nobat.study.leading import is_clear, too_few

if TYPE_CHECKING:
    from nobat.study.comparison import Comparison, DoctrineResult

#: A number of replications that tells most doctrines apart, for whoever ran too few.
_ENOUGH = 1_000


def verdict(comparison: Comparison) -> str:
    """Which doctrine is best and how sure, what it costs, and whether the answer may yet change."""
    return " ".join(filter(None, (answer(comparison), warning(comparison))))


def answer(comparison: Comparison) -> str:
    """Which doctrine is best, by which measure and how sure; then what it costs."""
    if not comparison.by_chance:
        return _course(comparison)
    if not comparison.drawn:
        return _exactly(comparison)
    results = sorted(comparison.doctrines, key=lambda one: -(one["p_secured"].mean or 0.0))
    leader = comparison[comparison.best.doctrine]
    others = [one for one in results if one is not leader]
    n = replications(comparison.replications)
    if not others:
        return _("{name} took the place {within} in {share} of {n}.").format(
            name=latin(leader.name),
            within=within(comparison),
            share=share_text(leader["p_secured"]),
            n=n,
        )
    if too_few(comparison):
        return _too_few(comparison)
    if leader["p_secured"].mean == 0:
        none = _("No doctrine took the place {within} in any of {n}.")
        none = none.format(within=within(comparison), n=n)
        return f"{none} {_cheaper(comparison, results)}".strip()
    runner = others[0]
    gap = comparison.difference(leader.name, runner.name, "p_secured")
    if is_clear(comparison):
        sentence = _clear(comparison, leader, runner, gap, n)
        return f"{sentence} {price(comparison, leader.name, runner.name)}"
    rivals = [leader, *(one for one in others if one is runner or _near(comparison, leader, one))]
    found = (
        _unclear(comparison, leader, runner, gap),
        _cheaper(comparison, rivals),
        price(comparison, leader.name, runner.name, losses=False),
    )
    return " ".join(filter(None, found))


def _too_few(comparison: Comparison) -> str:
    """That there are too few replications to say who is in front."""
    if comparison.replications == 1:
        return _(
            "One replication says nothing about chance: run more of them to compare doctrines."
        )
    text = _(
        "{n} are too few to tell which doctrine takes the place most often: run more of them, "
        "`-n {enough}` for example."
    )
    return text.format(n=replications(comparison.replications), enough=_ENOUGH)


def _course(comparison: Comparison) -> str:
    """The sentence for the mean field: who takes the place and when, and that it is no chance."""
    taken = {
        one.name: one["day_secured_if_secured"].mean
        for one in comparison.doctrines
        if one["p_secured"].mean
    }
    when = within(comparison)
    if not taken:
        found = _("By the mean field, no doctrine takes the place {within}.").format(within=when)
    else:
        soonest = sorted(taken, key=lambda name: taken[name] or 0.0)
        dated = _("{name} (day {day})")
        names = listed(
            dated.format(name=latin(name), day=number(taken[name] or 0.0, 1)) for name in soonest
        )
        found = _taken(len(taken), len(taken) == len(comparison.doctrines))
        found = found.format(names=names, within=when)
    if len(taken) > 1:
        losses = comparison[comparison.best.doctrine]["attacker_losses"].mean or 0.0
        least = _("Of these, {name} costs the attacker least: {losses}.")
        found = f"{found} {least}".format(
            name=latin(comparison.best.doctrine), losses=number(losses, 0)
        )
    no_chance = _("This is one course, not a chance: Monte Carlo gives chances and intervals.")
    return f"{found} {no_chance}"


def _taken(count: int, everyone: bool) -> str:
    """How many doctrines take the place by the mean field, with gaps for their names."""
    if everyone:
        return n_(
            "By the mean field, {names} takes the place {within}.",
            "By the mean field, {names} take the place {within}.",
            count,
        )
    return n_(
        "By the mean field, {names} takes the place {within}, and no other doctrine.",
        "By the mean field, {names} take the place {within}, and no other doctrine.",
        count,
    )


def _exactly(comparison: Comparison) -> str:
    """The sentence for an exact solution: the best chance, and what it costs."""
    ahead = leaders(comparison)
    leader = comparison[comparison.best.doctrine]
    when = within(comparison)
    chance = percent(leader["p_secured"].mean or 0.0, EXACT_PLACES)
    if leader["p_secured"].mean == 0:
        return _("No doctrine can take the place {within}.").format(within=when)
    if len(comparison.doctrines) == 1:
        return _("{name} takes the place {within} with a chance of {chance}, exactly.").format(
            name=latin(leader.name), within=when, chance=chance
        )
    if len(ahead) > 1:
        return _("{names} take the place {within} equally often: {chance}, exactly.").format(
            names=listed(map(latin, ahead)), within=when, chance=chance
        )
    others = [one for one in comparison.doctrines if one is not leader]
    runner = max(others, key=lambda one: one["p_secured"].mean or 0.0)
    gap = comparison.difference(leader.name, runner.name, "p_secured").mean or 0.0
    cost = comparison.difference(leader.name, runner.name, "attacker_losses").mean or 0.0
    text = _(
        "Best by the chance of taking the place {within}: {leader}, with {chance}, exactly. That "
        "is {points} points more than {runner}, the runner-up."
    )
    more = _("It costs the attacker {losses} more losses.")
    fewer = _("It costs the attacker {losses} fewer losses.")
    return f"{text} {more if cost > 0 else fewer}".format(
        within=when,
        leader=latin(leader.name),
        chance=chance,
        points=number(100 * gap, EXACT_PLACES),
        runner=latin(runner.name),
        losses=number(abs(cost), EXACT_PLACES),
    )


def _clear(
    comparison: Comparison, leader: DoctrineResult, runner: DoctrineResult, gap: Estimate, n: str
) -> str:
    """The sentence for a leader who is ahead beyond reasonable doubt."""
    return _(
        "Best by the chance of taking the place {within}: {leader}, with {share} of {n}. That is "
        "{points} more than {runner}, the runner-up; {sure}."
    ).format(
        within=within(comparison),
        leader=latin(leader.name),
        share=share_text(leader["p_secured"]),
        n=n,
        points=_points(gap),
        runner=latin(runner.name),
        sure=_sure(comparison.best.p_best),
    )


def _unclear(
    comparison: Comparison, leader: DoctrineResult, runner: DoctrineResult, gap: Estimate
) -> str:
    """The sentence for a leader who may owe it to luck."""
    if gap.mean == 0:
        others = (name for name in leaders(comparison) if name != leader.name)
        return _("{names} take the place {within} equally often, in {share} of the runs.").format(
            names=listed(map(latin, (leader.name, *others))),
            within=within(comparison),
            share=share_text(leader["p_secured"]),
        )
    return _(
        "No doctrine is clearly best by the chance of taking the place {within}: {leader} is "
        "{points} ahead of {runner}, and {sure}."
    ).format(
        within=within(comparison),
        leader=latin(leader.name),
        points=_points(gap),
        runner=latin(runner.name),
        sure=_sure(comparison.best.p_best),
    )


def _sure(p_best: float | None) -> str:
    """How sure the choice is."""
    if p_best is None:
        return _("how sure that is cannot be said from one replication")
    if p_best >= 1:
        sure = _("it came out best in all of {n} bootstrap resamples")
        return sure.format(n=f"{RESAMPLES:,}")
    sure = _("the probability that it is the best of those run is {chance} (bootstrap)")
    return sure.format(chance=chance_text(p_best))


def _cheaper(comparison: Comparison, rivals: list[DoctrineResult]) -> str:
    """The tie-break: which of the rivals costs the attacker least, if that can be told."""
    ranked = sorted(rivals, key=lambda one: one["attacker_losses"].mean or 0.0)
    first, second = ranked[:2]
    gap = comparison.difference(first.name, second.name, "attacker_losses")
    if gap.low is None:
        return ""
    if not apart(gap):
        return _("Attacker losses do not tell them apart either.")
    return _of_them(comparison, rivals).format(
        names=listed(latin(one.name) for one in rivals),
        count=len(rivals),
        name=latin(first.name),
        losses=size(gap),
        other=latin(second.name),
    )


def _of_them(comparison: Comparison, rivals: list[DoctrineResult]) -> str:
    """The sentence of the tie-break, with its gaps: among two, some by their names, or all."""
    if len(rivals) == 2:
        return _("Of the two, {name} costs the attacker least: {losses} fewer than {other}.")
    if len(rivals) < len(comparison.doctrines):
        return _("Of {names}, {name} costs the attacker least: {losses} fewer than {other}.")
    return _("Of these {count}, {name} costs the attacker least: {losses} fewer than {other}.")


def _near(comparison: Comparison, leader: DoctrineResult, other: DoctrineResult) -> bool:
    """Whether the leader may owe being ahead of another to luck."""
    return not apart(comparison.difference(leader.name, other.name, "p_secured"))


def _points(gap: Estimate) -> str:
    """`12.1 points [11.0, 13.2]`: a difference of shares and its interval, in percentage points."""
    text = _("{points} points {interval}")
    points = number(100 * (gap.mean or 0.0), 1)
    return text.format(points=points, interval=share_interval(gap)).strip()
