"""Which scenarios can be solved exactly, and how large they are: what is wrong, all at once.

The state must be countable: whole persons, few of them, and nothing else that has a history of its
own. So sleep, supply, routes, works and order must stand still, and luck must be the model's own.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from nobat.engine.exact.numbers import Numbers, objective, read
from nobat.engine.exact.situations import OBSERVED
from nobat.engine.exact.space import most_counted
from nobat.scenario import Problem, Scenario
from nobat.scenario.words import listed, quoted

#: What a scenario says of a part that it does not have.
_ABSENT = "none: leave it out, or write null"
#: From this many hours of reorganising on, order stands still: 60 days restore 2e-9 of it.
STILL_H = 1e12
#: The most states of persons that are begun with.
MOST_STATES = 1_000_000
#: The most persons that a unit or a layer can have: beyond, binomial coefficients grow too large.
MOST_PERSONS = 500


def unfit(scenario: Scenario, doctrines: Sequence[str]) -> list[Problem]:
    """Everything that keeps these doctrines of a scenario from being solved exactly.

    Sizes are looked at where nothing else is wrong.
    """
    found = [
        *_theatre(scenario), *_mechanisms(scenario), *_works(scenario), *_order(scenario),
        *_doctrines(scenario, doctrines),
    ]  # fmt: skip
    if not found and doctrines:
        found += _size(read(scenario, doctrines[0]))
    return list(dict.fromkeys(found))


def states(given: Numbers) -> int:
    """About how many states the persons of a campaign can be in, whatever else there is.

    Every strength of each unit, every number in reserve; of the layers those that stand, any
    garrison in the one in contact, and where layers can be retaken in those behind it too.
    """
    units = math.prod(n + 1 for n in given.strength)
    layers = len(given.garrison)
    garrisons = most_counted(given)[len(given.strength) :][:layers]
    back = given.defence.tries > 0.0
    standing = sum(
        math.prod(n + 1 for n in garrisons[front : None if back else front + 1])
        for front in range(layers)
    )
    return units * (given.reserve + 1) * (standing + 1)


def _size(given: Numbers) -> Iterator[Problem]:
    count = states(given)
    if count > MOST_STATES:
        size = f"{count:,}" if count < 1e12 else f"{count:.0e}"
        yield Problem(
            "solver",
            None,
            f"exact: persons can be in about {size} states, {MOST_STATES:,} at most: fewer "
            "persons, units or layers, or another solver",
        )
    most = max(most_counted(given)[: len(given.strength) + len(given.garrison)])
    if most > MOST_PERSONS:
        words = f"exact: {most:,} persons in one unit or layer, {MOST_PERSONS} at most"
        yield Problem("solver", None, f"{words}: another solver")


def _theatre(scenario: Scenario) -> Iterator[Problem]:
    """One place is taken, and nothing is ever cut off."""
    places = sum(len(stage.objectives) for stage in scenario.plan)
    if places > 1:
        yield _no("plan", f"a campaign for {places} places", "one place")
    for n, stage in enumerate(scenario.plan):
        if stage.until is not None:
            yield _no(f"plan[{n}].until", quoted(stage.until), _ABSENT)
    if scenario.routes:
        yield _no("routes", "isolation", "no routes; rear_km gives the distance")


def _mechanisms(scenario: Scenario) -> Iterator[Problem]:
    """What has a history of its own must not be there."""
    for side in ("attacker", "defender"):
        if getattr(scenario, side).supply is not None:
            yield _no(f"{side}.supply", "a stock", _ABSENT)
    if scenario.sleep.model != "none":
        yield _no("sleep.model", scenario.sleep.model, "none")
    if scenario.fire is not None:
        yield _no("fire", "a fire policy", _ABSENT)
    if scenario.flight is not None:
        yield _no("flight", "flight", _ABSENT)
    if scenario.homecoming is not None:
        yield _no("homecoming", "a way home", _ABSENT)
    if scenario.reports is not None:
        yield _no("reports", "what is believed of the leader", _ABSENT)
    if scenario.recurrence is not None:
        yield _no("recurrence", "recurrence", _ABSENT)
    rate = scenario.attrition.suicide.attacks_per_day.value
    if rate > 0:
        path = "attrition.suicide.attacks_per_day"
        yield _no(path, f"{rate:g} suicide attacks a day", "0")
    if scenario.run.events != "random":
        yield _no("run.events", scenario.run.events, "random")


def _works(scenario: Scenario) -> Iterator[Problem]:
    """Works stand still, or protect nothing."""
    works, layers = scenario.works, objective(scenario).defences()
    wear, rebuild = works.wear_per_day.value, works.rebuild_per_day.value
    back = scenario.counterattack.per_day.value > 0
    retaken = scenario.counterattack.retaken_works.value if back else 1
    complete = min(retaken, *(layer.works.value for layer in layers)) == 1
    if works.works_protection.value == 0:
        return
    if wear > 0:
        yield _no("works.wear_per_day", f"{wear:g}", "0; any where works_protection is 0")
    if rebuild > 0 and not (complete and wear == 0):
        still = "0; any where works_protection is 0, or all works are 1 and do not wear"
        yield _no("works.rebuild_per_day", f"{rebuild:g}", still)


def _order(scenario: Scenario) -> Iterator[Problem]:
    """Order is full and stays so, or takes for ever to come back, or protects nothing."""
    works, layers = scenario.works, objective(scenario).defences()
    hours, back = works.reorganise_h.value, scenario.counterattack.per_day.value > 0
    retaken = scenario.counterattack.retaken_order.value if back else 1
    full = min(retaken, works.shock.value, *(layer.order.value for layer in layers)) == 1
    if works.order_protection.value > 0 and hours < STILL_H and not full:
        still = f"{STILL_H:.0e} or more; any where order_protection is 0, or every order, "
        yield _no("works.reorganise_h", f"{hours:g} h", f"{still}retaken_order and shock are 1")


def _doctrines(scenario: Scenario, doctrines: Sequence[str]) -> Iterator[Problem]:
    """Duties follow the clock, and what the rules read is no count of persons."""
    for name in doctrines:
        for n, rule in enumerate(scenario.doctrines[name].rules):
            seen = rule.condition().observable
            if seen not in OBSERVED:
                yield _no(f"doctrines.{name}.rules[{n}].when", quoted(seen), listed(OBSERVED))
        policy = scenario.policy_of(name)
        used = scenario.doctrines[name].rotation or next(iter(scenario.rotation))
        if policy.dispatch == "strongest":
            yield _no(f"rotation.{used}.dispatch", "strongest", "longest_rested, freshest")
        below = policy.relief.strength_below
        if below is not None and below.value > 0:
            yield _no(f"rotation.{used}.relief.strength_below", f"{below.value:g}", _ABSENT)


def _no(path: str, given: str, allowed: str) -> Problem:
    """What stands at a path and is not solved exactly, and what is."""
    return Problem(path, None, f"{given} is not solved exactly (allowed: {allowed})")
