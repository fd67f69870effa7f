"""A scenario and one of its doctrines as the plain arrays that the model reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from nobat.engine import homecoming, recurrence, reports, sleeping, terms
from nobat.engine.terms import HOURS, steps
from nobat.engine.theatre import place_index, place_set, roads
from nobat.model import duty, orders
from nobat.model.outcome import OUTCOMES, index
from nobat.model.reach import Roads
from nobat.model.state import Plan, Stages, Theatre
from nobat.scenario import Scenario
from nobat.scenario.doctrine import (
    CORRIDORS,
    OBSERVABLES,
    OPERATORS,
    POSTURES,
    Doctrine,
    parse_condition,
)
from nobat.scenario.rotation import RotationPolicy

_DISPATCH = {
    "longest_rested": duty.LONGEST_RESTED,
    "freshest": duty.FRESHEST,
    "strongest": duty.STRONGEST,
}
_HANDOVER = {
    "staggered": duty.STAGGERED,
    "sequential": duty.SEQUENTIAL,
    "simultaneous": duty.SIMULTANEOUS,
}
_OBSERVABLE = {observable.name: code for code, observable in enumerate(OBSERVABLES)}
_OPERATOR = {op: code for code, op in enumerate(OPERATORS)}
_POSTURE = {posture: code for code, posture in enumerate(POSTURES)}
_CORRIDOR = {corridor: code for code, corridor in enumerate(CORRIDORS)}


def _from_to(first: str, last: str) -> frozenset[str]:
    """The outcomes from one to another in the order of their table."""
    return frozenset(one.name for one in OUTCOMES[index(first) : index(last) + 1])


def takeable(scenario: Scenario) -> list[str]:
    """The places that the plan assaults, in the order of its stages: places 0 .. P - 1."""
    return [place for stage in scenario.plan for place in stage.objectives]


def build(scenario: Scenario, doctrine: str, *, expected: bool = False) -> Plan:
    """The plan of one doctrine of a scenario.

    doctrine: its name in `scenario.doctrines` (KeyError for another). expected: for the mean
    field, which puts expected values in the place of draws.
    """
    chosen = scenario.doctrines[doctrine]
    step_h = scenario.run.step_h
    places = [scenario.places[name] for name in takeable(scenario)]
    layers = [layer for place in places for layer in place.defences()]
    return Plan(
        step_d=step_h / HOURS,
        day=round(HOURS / step_h),
        horizon=round(scenario.run.horizon_d * HOURS / step_h),
        deterministic=expected or scenario.run.events == "deterministic",
        expected=expected,
        strength=np.array(scenario.attacker.strengths(), np.float64),
        garrison=np.array([layer.garrison.value for layer in layers], np.float64),
        works=np.array([layer.works.value for layer in layers], np.float64),
        order=np.array([layer.order.value for layer in layers], np.float64),
        first=np.cumsum([0, *(len(place.defences()) for place in places)], dtype=np.int64),
        hold=np.array([steps(place.hold_h.value, step_h) for place in places], np.int64),
        residents=np.array([place.residents.value for place in places], np.float64),
        reserve=float(scenario.defender.reserve.value),
        stages=_stages(scenario),
        theatre=_theatre(scenario),
        policy=_policy(scenario.policy_of(doctrine), step_h),
        rules=_rules(scenario, chosen),
        sleep=sleeping.terms(scenario),
        attacker=terms.upkeep(scenario.attacker.supply, step_h),
        defender=terms.upkeep(scenario.defender.supply, step_h),
        front=terms.front(scenario),
        fire=terms.attrition_terms(scenario),
        policies=terms.fire_policies(scenario),
        suicide=terms.suicide(scenario),
        rebuilding=terms.rebuilding(scenario),
        counterattack=terms.counterattack(scenario),
        limits=terms.limits(scenario),
        flight=terms.flight(scenario),
        homecoming=homecoming.terms(scenario),
        recurrence=recurrence.terms(scenario),
        reports=reports.terms(scenario),
    )


def build_each(scenario: Scenario, doctrines: Iterable[str]) -> Iterator[Plan]:
    """The plans of some doctrines of a scenario, in their order: what they share is built once."""
    shared: Plan | None = None
    for name in doctrines:
        if shared is None:
            shared = build(scenario, name)
            yield shared
        else:
            step_h, chosen = scenario.run.step_h, scenario.doctrines[name]
            yield shared._replace(
                policy=_policy(scenario.policy_of(name), step_h), rules=_rules(scenario, chosen)
            )


#: What is asked only of the end of a campaign: the outcomes of each mechanism that comes after it.
_AFTERWARDS = {
    "homecoming": _from_to("nights_displaced", "longest_queue"),
    "recurrence": _from_to("residual_force", "first_attack_after_d"),
}


def only_for(plan: Plan, outcomes: Iterable[str]) -> Plan:
    """The plan without what comes after the campaign, where none of some outcomes is about it.

    Those outcomes stay what they are, to the last bit: all luck has an address of its own.
    """
    asked = set(outcomes)
    idle = [part for part, names in _AFTERWARDS.items() if not asked & names]
    return plan._replace(**{part: getattr(plan, part)._replace(on=False) for part in idle})


def _stages(scenario: Scenario) -> Stages:
    number = {name: p for p, name in enumerate(takeable(scenario))}
    ends = [stage.until and parse_condition(stage.until) for stage in scenario.plan]
    shares = [
        share
        for stage in scenario.plan
        for share in stage.shares or (np.nan,) * len(stage.objectives)
    ]
    return Stages(
        first=np.cumsum([0, *(len(stage.objectives) for stage in scenario.plan)], dtype=np.int64),
        objective=np.array(
            [number[name] for stage in scenario.plan for name in stage.objectives], np.int64
        ),
        share=np.array(shares, np.float64),
        until=np.array(
            [_OBSERVABLE[end.observable] if end else orders.UNCHANGED for end in ends], np.int64
        ),
        op=np.array([_OPERATOR[end.op] if end else 0 for end in ends], np.int64),
        number=np.array([end.number if end else 0.0 for end in ends], np.float64),
    )


def _theatre(scenario: Scenario) -> Theatre:
    number, routed = place_index(scenario), bool(scenario.routes)
    attacker, defender = scenario.attacker, scenario.defender
    held = {
        side: [name for name, place in scenario.places.items() if place.held_by == side]
        for side in ("attacker", "defender")
    }
    refuges = [name for name, place in scenario.places.items() if place.kind == "refuge"]
    return Theatre(
        routed=routed,
        node=np.array([number[name] for name in takeable(scenario)], np.int64),
        attacker=roads(scenario, "attacker") if routed else _NOWHERE,
        defender=roads(scenario, "defender") if routed else _NOWHERE,
        attacker_rear=number[attacker.rear] if routed and attacker.rear else 0,
        defender_rear=number[defender.rear] if routed and defender.rear else 0,
        attacker_held=place_set(scenario, held["attacker"]),
        defender_held=place_set(scenario, held["defender"]),
        refuges=place_set(scenario, refuges),
        attacker_km=0.0 if attacker.rear_km is None else float(attacker.rear_km.value),
        defender_km=0.0 if defender.rear_km is None else float(defender.rear_km.value),
    )


_NOWHERE = Roads(
    neighbours=np.zeros(0, np.uint64),
    a=np.zeros(0, np.int64),
    b=np.zeros(0, np.int64),
    km=np.zeros(0),
    kept=np.zeros(0),
)


def _policy(policy: RotationPolicy, step_h: float) -> duty.Policy:
    tour, rest = steps(policy.tour_h.value, step_h), steps(policy.rest_h.value, step_h)
    recovery = steps(policy.recovery_h.value, step_h)
    window = policy.readiness_window_h
    stagger = policy.stagger_h
    below = policy.relief.strength_below
    return duty.Policy(
        posts=int(policy.posts.value),
        tour=tour,
        rest=rest,
        recovery=recovery,
        overlap=steps(policy.overlap_h.value, step_h),
        gap=steps(policy.gap_h.value, step_h),
        window=duty.NO_WINDOW if window is None else steps(window.value, step_h),
        stagger=tour + rest + recovery if stagger is None else steps(stagger.value, step_h),
        first_phase=steps(policy.first_phase_h.value, step_h),
        on_tour_over=policy.relief.tour_over,
        on_operation_done=policy.relief.operation_done,
        strength_below=0.0 if below is None else float(below.value),
        dispatch=_DISPATCH[policy.dispatch],
        handover=_HANDOVER[policy.handover],
        forgive_rest=policy.forgive_rest,
    )


def _rules(scenario: Scenario, doctrine: Doctrine) -> orders.Rules:
    fire = {name: code for code, name in enumerate(scenario.fire.policies if scenario.fire else ())}
    conditions = [rule.condition() for rule in doctrine.rules]
    return orders.Rules(
        start=_POSTURE[doctrine.start],
        start_fire=0 if doctrine.fire is None else fire[doctrine.fire],
        start_corridor=_CORRIDOR[doctrine.corridor],
        observable=np.array([_OBSERVABLE[c.observable] for c in conditions], np.int64),
        op=np.array([_OPERATOR[c.op] for c in conditions], np.int64),
        number=np.array([c.number for c in conditions], np.float64),
        posture=_codes(_POSTURE, [rule.posture for rule in doctrine.rules]),
        posts=np.array(
            [orders.UNCHANGED if r.posts is None else int(r.posts.value) for r in doctrine.rules],
            np.int64,
        ),
        fire=_codes(fire, [rule.fire for rule in doctrine.rules]),
        corridor=_codes(_CORRIDOR, [rule.corridor for rule in doctrine.rules]),
        latch=np.array([rule.latch for rule in doctrine.rules], np.bool_),
    )


def _codes(code: Mapping[str, int], words: Iterable[str | None]) -> NDArray[np.int64]:
    """The codes of what rules order; UNCHANGED for what they leave alone."""
    return np.array([orders.UNCHANGED if w is None else code[w] for w in words], np.int64)
