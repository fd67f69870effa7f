"""A situation: all of a campaign's state that is no count of persons, and how it goes on.

The distribution over counts of persons is kept for each situation by itself. Duties, the doctrine's
rules, layers carried, works and order belong to the situation; strengths, garrisons and the reserve
do not.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from operator import ge, gt, le, lt
from typing import NamedTuple

from nobat.engine.exact import duties
from nobat.engine.exact.duties import SPENT, Units
from nobat.engine.exact.numbers import Numbers

#: What a doctrine's rules may read here: what hangs on no count of persons.
OBSERVED = ("day", "layers_carried", "final_layers_carried", "fraction_spent")
_HOLDS = {">": gt, ">=": ge, "<": lt, "<=": le}
#: What a step did to the layers.
NOTHING, RETAKEN, CARRIED = 0, 1, 2
EVENTS = 3


class Layers(NamedTuple):
    """What the attacker has reached, and in what state the layers are.

    carried: layers in his hands; carried_at: the step at which the core fell, while he holds it,
    else 0; works, order: of all layers, as in `Numbers`; done: whether a layer was carried in the
    step before, where units move on by that; fell: whether the core has ever fallen.
    """

    carried: int
    carried_at: int
    works: tuple[float, ...]
    order: tuple[float, ...]
    done: bool
    fell: bool


class Situation(NamedTuple):
    """The units' duties, the layers, and which of the doctrine's rules have latched."""

    units: Units
    layers: Layers
    latched: tuple[bool, ...]


class Orders(NamedTuple):
    """What is done in a step: the posture, and how many tours end."""

    posture: str
    handovers: int


def at_start(given: Numbers) -> Situation:
    """Before the first step."""
    units = duties.at_start(given.turns, len(given.strength))
    layers = Layers(0, 0, given.works, given.order, done=False, fell=False)
    return Situation(units, layers, (False,) * len(given.doctrine.rules))


def taken(given: Numbers, layers: Layers) -> bool:
    """Whether the core is in the attacker's hands."""
    return layers.carried == len(given.garrison)


def held(given: Numbers, layers: Layers, t: int) -> bool:
    """Whether the core has been held for its time with step t."""
    return taken(given, layers) and t - layers.carried_at >= given.hold


def spent_share(units: Units) -> float:
    """Share of the units that are spent now."""
    return [unit.duty for unit in units].count(SPENT) / len(units)


def given_up(given: Numbers, units: Units) -> bool:
    """Whether so many units are spent at one time that the attacker gives up."""
    return spent_share(units) >= given.abandon_share


def ordered(
    given: Numbers, now: Sequence[Situation], t: int
) -> tuple[list[Situation], list[Orders]]:
    """Steps 1 and 2: the doctrine reads and orders, the units take their turns.

    In many situations they do the same: it is worked out once.
    """
    turned: dict[tuple[Units, str, int, bool], tuple[Units, int]] = {}
    after, orders = [], []
    for units, layers, latched in now:
        posture, posts, latched = _read(given, units, layers, latched, t)
        asked = 0 if posture == "pause" else posts
        key = units, posture, asked, layers.done
        if key not in turned:
            everyone = posture == "commit_all"
            turned[key] = duties.turn(units, given.turns, t, asked, everyone, layers.done)
        units, ended = turned[key]
        after.append(Situation(units, layers._replace(done=False), latched))
        orders.append(Orders(posture, ended))
    return after, orders


def _read(
    given: Numbers, units: Units, layers: Layers, latched: tuple[bool, ...], t: int
) -> tuple[str, int, tuple[bool, ...]]:
    """The posture and the posts that are ordered, and the rules that have latched."""
    posture, posts, now = given.doctrine.start, given.turns.posts, list(latched)
    seen = {
        "day": (t - 1) * given.step_d,
        "layers_carried": layers.carried,
        "final_layers_carried": layers.carried,
        "fraction_spent": spent_share(units) if now else 0.0,
    }
    for n, rule in enumerate(given.doctrine.rules):
        condition = rule.condition()
        if _HOLDS[condition.op](seen[condition.observable], condition.number):
            now[n] = rule.latch
        elif not now[n]:
            continue
        posture = rule.posture or posture
        posts = posts if rule.posts is None else int(rule.posts.value)
    return posture, posts, tuple(now)


class Change(NamedTuple):
    """What a step did: to which situation, to the layers, to the units.

    before: the situation's number; event: NOTHING, RETAKEN or CARRIED; spent: two bits for each
    unit: whether it is spent now, and whether nobody is left in it.
    """

    before: int
    event: int
    spent: int


def after(
    given: Numbers, now: Sequence[Situation], changes: Sequence[Change], t: int
) -> list[Situation]:
    """The situations that changes lead to at the end of step t."""
    layers: dict[tuple[Layers, int], Layers] = {}
    units: dict[tuple[Units, int], Units] = {}
    found = []
    for before, event, spent in changes:
        old_units, old_layers, latched = now[before]
        if (old_layers, event) not in layers:
            layers[old_layers, event] = _changed(given, old_layers, event, t)
        if (old_units, spent) not in units:
            units[old_units, spent] = _spend(given, old_units, spent, t)
        found.append(Situation(units[old_units, spent], layers[old_layers, event], latched))
    return found


def _spend(given: Numbers, units: Units, spent: int, t: int) -> Units:
    """The units, of which some are spent at the end of step t."""
    found = list(units)
    for i in range(len(units)):
        if spent >> (2 * i) & 1:
            gone = spent >> (2 * i + 1) & 1
            found[i] = duties.spend(units[i], t, duties.NEVER if gone else given.refit)
    return tuple(found)


def _changed(given: Numbers, layers: Layers, event: int, t: int) -> Layers:
    """The layers after what a step did to them."""
    if event == NOTHING:
        return layers
    return _carried(given, layers, t) if event == CARRIED else _retaken(given, layers)


def _carried(given: Numbers, layers: Layers, t: int) -> Layers:
    """A layer has fallen: its survivors shake the next one and the one behind it."""
    order, carried = list(layers.order), layers.carried + 1
    core = carried == len(order)
    for behind, power in ((carried, 1.0), (carried + 1, 0.5)):
        if behind < len(order):
            order[behind] *= math.pow(given.defence.shock, power)
    return layers._replace(
        carried=carried,
        carried_at=t if core else 0,
        order=tuple(order),
        done=given.turns.operation_done,
        fell=layers.fell or core,
    )


def _retaken(given: Numbers, layers: Layers) -> Layers:
    """The layer carried last is the defender's again, with the works and order of one retaken."""
    back = layers.carried - 1
    works, order = list(layers.works), list(layers.order)
    works[back], order[back] = given.defence.retaken
    return layers._replace(carried=back, carried_at=0, works=tuple(works), order=tuple(order))


def all_in_for_good(given: Numbers, latched: Sequence[bool]) -> bool:
    """Whether everyone is committed and no rule can ever order anything else again."""
    all_in = given.doctrine.start == "commit_all"
    for rule, holds in zip(given.doctrine.rules, latched, strict=True):
        if rule.posture is not None:
            everyone = rule.posture == "commit_all"
            all_in = everyone and (all_in or holds)
    return all_in


def memory(given: Numbers) -> duties.Memory:
    """What of a unit's past can make a difference under this doctrine."""
    doctrine = given.doctrine
    postures = {doctrine.start, *(rule.posture or doctrine.start for rule in doctrine.rules)}
    others = any(rule.posts is not None for rule in doctrine.rules)
    return duties.Memory(
        tours=others or not postures <= {"rotate", "hold"},
        clocks=True,
        reaction=given.defence.reaction if given.defence.tries > 0.0 else 0,
        horizon=given.horizon,
    )


def tells_rest(given: Numbers) -> bool:
    """Whether it is told what rest is owed at the end.

    Once everyone is committed for good, nothing of a unit's past bears on the fight any more: the
    rest that is owed would tell states apart that are otherwise the same. That is done only where
    all clocks agree: everyone is committed throughout, and the first unit that is spent ends it.
    """
    doctrine = given.doctrine
    ever = all_in_for_good(given, [rule.latch for rule in doctrine.rules])
    if not ever:
        return True
    return not doctrine.rules and given.abandon_share * len(given.strength) <= 1.0


def settled(
    given: Numbers, remembered: duties.Memory, now: Sequence[Situation], t: int
) -> list[Situation]:
    """Situations after step t without what can no longer make a difference."""
    forgets = replace(remembered, clocks=False)
    rest = tells_rest(given)
    memories = {
        latched: remembered if rest or not all_in_for_good(given, latched) else forgets
        for latched in {situation.latched for situation in now}
    }
    units = {
        (these, latched): duties.settled(these, given.turns, t, memories[latched])
        for these, latched in {(situation.units, situation.latched) for situation in now}
    }
    layers = {these: _settled(given, these) for these in {situation.layers for situation in now}}
    return [
        Situation(units[one.units, one.latched], layers[one.layers], one.latched) for one in now
    ]


def _settled(given: Numbers, layers: Layers) -> Layers:
    """A carried layer's works and order never come back; a core that is never lost falls once."""
    gone = (0.0,) * layers.carried
    return layers._replace(
        works=gone + layers.works[layers.carried :],
        order=gone + layers.order[layers.carried :],
        fell=layers.fell and given.defence.tries > 0.0,
    )
