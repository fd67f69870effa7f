"""Sentences made from results, in plain words."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

from nobat.engine.runner import counted
from nobat.show.numbers import (
    chance_text,
    decimals,
    number,
    percent,
    share_interval,
    share_text,
)
from nobat.study.estimates import RESAMPLES, Estimate

if TYPE_CHECKING:
    from nobat.study.comparison import Comparison, DoctrineResult

#: No line break between a number and its %, behind a ±, nor inside [low, high].
_TIED = re.compile(r"(?<=\d) (?=%)|(?<=±) |(?<=,) (?=-?[\d.,]+\])")
_TIE = "\u00a0"

#: Decimals of what is known exactly: as many as a reader can use.
EXACT_PLACES = 3

#: A leader is called clear from this bootstrap probability on.
CLEAR = 0.95

#: Campaigns still going at the horizon are told of from this share on.
_MATTERS = 0.005


def verdict(comparison: Comparison) -> str:
    """Which doctrine is best, by which measure and how sure; then the cost in losses."""
    if not comparison.by_chance:
        return _course(comparison)
    if not comparison.drawn:
        return _exactly(comparison)
    results = sorted(comparison.doctrines, key=lambda one: -(one["p_secured"].mean or 0.0))
    leader = comparison[comparison.best.doctrine]
    others = [one for one in results if one is not leader]
    n = counted(comparison.replications, "replication")
    if not others:
        share = share_text(leader["p_secured"])
        return f"{leader.name} took the place {within(comparison)} in {share} of {n}."
    if leader["p_secured"].mean == 0:
        none = f"No doctrine took the place {within(comparison)} in any of {n}."
        return f"{none} {_cheaper(comparison, results)}".strip()
    runner = others[0]
    gap = comparison.difference(leader.name, runner.name, "p_secured")
    if comparison.best.p_best is None:
        return "One replication says nothing about chance: run more of them to compare doctrines."
    if comparison.best.p_best >= CLEAR:
        cost = _cost(comparison, leader, runner), _later(comparison, leader, runner)
        return " ".join(filter(None, (_clear(comparison, leader, runner, gap, n), *cost)))
    rivals = [leader, *(one for one in others if one is runner or _near(comparison, leader, one))]
    return f"{_unclear(comparison, leader, runner, gap)} {_cheaper(comparison, rivals)}"


def what_was_run(comparison: Comparison) -> str:
    """What the figures are made of, a sentence."""
    if not comparison.by_chance:
        return "Mean field: one course of each doctrine, with expected values in place of draws."
    if not comparison.drawn:
        return "Solved exactly: every chance is worked out, none is drawn."
    count = counted(comparison.replications, "replication")
    return f"{count} of each doctrine, seed {comparison.seed}."


def within(comparison: Comparison) -> str:
    """`within 60 days`: the horizon that every chance of taking the place hangs on."""
    return f"within {days(comparison.horizon_d)}"


def days(length: float) -> str:
    """`60 days`, `1 day`."""
    return f"{length:,g} {'day' if length == 1 else 'days'}"


def undecided(comparison: Comparison) -> str:
    """Which doctrines were still going at the horizon, and how often; empty where it is rare."""
    shares = {one.name: one["p_undecided"].mean or 0.0 for one in comparison.doctrines}
    if max(shares.values()) < _MATTERS:
        return ""
    going = [name for name, share in shares.items() if share > 0]
    if comparison.by_chance:
        going = [f"{name} {chance_text(shares[name])}" for name in going]
    day = f"{comparison.horizon_d:,g}"
    return f"Still going on day {day} (neither secured nor abandoned): {', '.join(going)}."


def flow(text: str, width: int) -> str:
    """The text in lines of `width` columns, which break beside numbers and never inside them."""
    lines = textwrap.wrap(_TIED.sub(_TIE, text), width, break_on_hyphens=False)
    return "\n".join(lines).replace(_TIE, " ")


def _course(comparison: Comparison) -> str:
    """The sentence for the mean field: who takes the place and when, and that it is no chance."""
    taken = {
        one.name: one["day_secured_if_secured"].mean
        for one in comparison.doctrines
        if one["p_secured"].mean
    }
    if not taken:
        found = f"By the mean field, no doctrine takes the place {within(comparison)}."
    else:
        soonest = sorted(taken, key=lambda name: taken[name] or 0.0)
        named = [f"{name} (day {number(taken[name] or 0.0, 1)})" for name in soonest]
        rest = "" if len(taken) == len(comparison.doctrines) else ", and no other doctrine"
        verb = "takes" if len(taken) == 1 else "take"
        found = f"By the mean field, {_listed(named)} {verb} the place {within(comparison)}{rest}."
    if len(taken) > 1:
        losses = comparison[comparison.best.doctrine]["attacker_losses"].mean or 0.0
        found += (
            f" Of these, {comparison.best.doctrine} costs the attacker least: {number(losses, 0)}."
        )
    return f"{found} This is one course, not a chance: Monte Carlo gives chances and intervals."


def _exactly(comparison: Comparison) -> str:
    """The sentence for an exact solution: the best chance, and what it costs."""
    ahead = leaders(comparison)
    leader = comparison[comparison.best.doctrine]
    chance = f"{percent(leader['p_secured'].mean or 0.0, EXACT_PLACES)}, exactly"
    if leader["p_secured"].mean == 0:
        return f"No doctrine can take the place {within(comparison)}."
    if len(comparison.doctrines) == 1:
        return f"{leader.name} takes the place {within(comparison)} with a chance of {chance}."
    if len(ahead) > 1:
        return f"{_listed(ahead)} take the place {within(comparison)} equally often: {chance}."
    others = [one for one in comparison.doctrines if one is not leader]
    runner = max(others, key=lambda one: one["p_secured"].mean or 0.0)
    gap = comparison.difference(leader.name, runner.name, "p_secured").mean or 0.0
    cost = comparison.difference(leader.name, runner.name, "attacker_losses").mean or 0.0
    more = "more" if cost > 0 else "fewer"
    return (
        f"Best by the chance of taking the place {within(comparison)}: {leader.name}, with "
        f"{chance}. That is {number(100 * gap, EXACT_PLACES)} points more than {runner.name}, the "
        f"runner-up. It costs the attacker {number(abs(cost), EXACT_PLACES)} {more} losses."
    )


def _listed(words: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _clear(
    comparison: Comparison, leader: DoctrineResult, runner: DoctrineResult, gap: Estimate, n: str
) -> str:
    """The sentence for a leader who is ahead beyond reasonable doubt."""
    return (
        f"Best by the chance of taking the place {within(comparison)}: {leader.name}, with "
        f"{share_text(leader['p_secured'])} of {n}. That is {_points(gap)} more than "
        f"{runner.name}, the runner-up; {_sure(comparison.best.p_best)}."
    )


def _unclear(
    comparison: Comparison, leader: DoctrineResult, runner: DoctrineResult, gap: Estimate
) -> str:
    """The sentence for a leader who may owe it to luck."""
    if gap.mean == 0:
        share, often = share_text(leader["p_secured"]), within(comparison)
        names = _listed(
            [leader.name, *(name for name in leaders(comparison) if name != leader.name)]
        )
        return f"{names} take the place {often} equally often, in {share} of the runs."
    return (
        f"No doctrine is clearly best by the chance of taking the place {within(comparison)}: "
        f"{leader.name} is {_points(gap)} ahead of {runner.name}, and "
        f"{_sure(comparison.best.p_best)}."
    )


def leaders(comparison: Comparison) -> list[str]:
    """The doctrines with the highest share secured: several where they are level."""
    top = max(one["p_secured"].mean or 0.0 for one in comparison.doctrines)
    return [one.name for one in comparison.doctrines if (one["p_secured"].mean or 0.0) == top]


def _sure(p_best: float | None) -> str:
    """How sure the choice is."""
    if p_best is None:
        return "how sure that is cannot be said from one replication"
    if p_best >= 1:
        return f"it came out best in all of {RESAMPLES:,} bootstrap resamples"
    return f"the probability that it is the best of those run is {chance_text(p_best)} (bootstrap)"


def _cost(comparison: Comparison, leader: DoctrineResult, runner: DoctrineResult) -> str:
    """What the better doctrine costs the attacker, against the runner-up."""
    gap = comparison.difference(leader.name, runner.name, "attacker_losses")
    if not _apart(gap):
        return f"Its attacker losses differ from {runner.name}'s by less than can be told."
    more = "more" if (gap.mean or 0) > 0 else "fewer"
    return f"It costs the attacker {_persons(gap)} {more} losses than {runner.name}."


def _later(comparison: Comparison, leader: DoctrineResult, runner: DoctrineResult) -> str:
    """The later price of the better doctrine, in attacks; empty where none can be told."""
    within_d = comparison.attacks_within_d
    gap = comparison.difference(leader.name, runner.name, "attacks_after")
    if within_d is None or not _apart(gap):
        return ""
    more = "more" if (gap.mean or 0) > 0 else "fewer"
    return f"In the {days(within_d)} after the end {_persons(gap)} {more} attacks follow."


def _cheaper(comparison: Comparison, rivals: list[DoctrineResult]) -> str:
    """The tie-break: which of the rivals costs the attacker least, if that can be told."""
    ranked = sorted(rivals, key=lambda one: one["attacker_losses"].mean or 0.0)
    first, second = ranked[:2]
    gap = comparison.difference(first.name, second.name, "attacker_losses")
    if gap.low is None:
        return ""
    if not _apart(gap):
        return "Attacker losses do not tell them apart either."
    of_them = "Of the two" if len(rivals) == 2 else f"Of these {len(rivals)}"
    if len(rivals) > 2 and len(rivals) < len(comparison.doctrines):
        names = ", ".join(one.name for one in rivals[:-1])
        of_them = f"Of {names} and {rivals[-1].name}"
    return (
        f"{of_them}, {first.name} costs the attacker least: "
        f"{_persons(gap)} fewer than {second.name}."
    )


def _near(comparison: Comparison, leader: DoctrineResult, other: DoctrineResult) -> bool:
    """Whether the leader may owe being ahead of another to luck."""
    return not _apart(comparison.difference(leader.name, other.name, "p_secured"))


def _apart(gap: Estimate) -> bool:
    """Whether an interval of a difference leaves out zero."""
    return gap.low is not None and gap.high is not None and not gap.low <= 0 <= gap.high


def _points(gap: Estimate) -> str:
    """`12.1 points [11.0, 13.2]`: a difference of shares and its interval, in percentage points."""
    text = f"{number(100 * (gap.mean or 0.0), 1)} points"
    return f"{text} {share_interval(gap)}".strip()


def _persons(gap: Estimate) -> str:
    """`120 [110, 130]`: the size of a difference in persons, whichever way it goes."""
    low, high = gap.low or 0.0, gap.high or 0.0
    if (gap.mean or 0.0) < 0:
        low, high = -high, -low
    places = min(decimals([(high - low) / 2]), 1)
    interval = f"[{number(low, places)}, {number(high, places)}]"
    return f"{number(abs(gap.mean or 0.0), places)} {interval}"
