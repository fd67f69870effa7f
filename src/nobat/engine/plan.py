"""A scenario and one of its doctrines as the plain arrays that the model reads."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nobat.model import attrition, breaking, contact, duty, orders, works
from nobat.model.state import Plan
from nobat.scenario import Scenario
from nobat.scenario.doctrine import OBSERVABLES, OPERATORS, POSTURES, Doctrine
from nobat.scenario.rotation import RotationPolicy
from nobat.scenario.theatre import Layer

HOURS = 24.0

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


def build(scenario: Scenario, doctrine: str, *, expected: bool = False) -> Plan:
    """The plan of one doctrine of a scenario.

    doctrine: its name in `scenario.doctrines` (KeyError for another). expected: for the mean
    field, which puts expected values in the place of draws.
    """
    chosen = scenario.doctrines[doctrine]
    policy = scenario.policy_of(doctrine)
    step_h = scenario.run.step_h
    stack = [
        (layer, hold)
        for stage in scenario.plan
        for place in stage.objectives
        for layer, hold in _layers(scenario, place, step_h)
    ]
    layers = [layer for layer, _ in stack]
    return Plan(
        step_d=step_h / HOURS,
        horizon=round(scenario.run.horizon_d * HOURS / step_h),
        deterministic=expected or scenario.run.events == "deterministic",
        expected=expected,
        strength=np.array(
            [
                group.strength.value
                for group in scenario.attacker.units
                for _ in range(int(group.count.value))
            ],
            np.float64,
        ),
        garrison=np.array([layer.garrison.value for layer in layers], np.float64),
        works=np.array([layer.works.value for layer in layers], np.float64),
        order=np.array([layer.order.value for layer in layers], np.float64),
        hold=np.array([hold for _, hold in stack], np.int64),
        reserve=float(scenario.defender.reserve.value),
        policy=_policy(policy, step_h),
        rules=_rules(chosen),
        front=_front(scenario),
        fire=attrition.Terms(*_fire(scenario)),
        suicide=_suicide(scenario),
        rebuilding=_rebuilding(scenario),
        counterattack=_counterattack(scenario),
        limits=_limits(scenario),
    )


def _layers(scenario: Scenario, place: str, step_h: float) -> Iterator[tuple[Layer, int]]:
    """The layers of a place from the outermost to its core, each with the steps to hold it."""
    found = scenario.places[place]
    for layer in found.layers.expanded():
        yield layer, 0
    yield found.core, round(found.hold_h.value / step_h)


def _steps(hours: float, step_h: float) -> int:
    """Hours as whole steps, rounded to the nearest."""
    return round(hours / step_h)


def _policy(policy: RotationPolicy, step_h: float) -> duty.Policy:
    tour, rest = _steps(policy.tour_h.value, step_h), _steps(policy.rest_h.value, step_h)
    recovery = _steps(policy.recovery_h.value, step_h)
    window = policy.readiness_window_h
    stagger = policy.stagger_h
    below = policy.relief.strength_below
    return duty.Policy(
        posts=int(policy.posts.value),
        tour=tour,
        rest=rest,
        recovery=recovery,
        overlap=_steps(policy.overlap_h.value, step_h),
        gap=_steps(policy.gap_h.value, step_h),
        window=duty.NO_WINDOW if window is None else _steps(window.value, step_h),
        stagger=tour + rest + recovery if stagger is None else _steps(stagger.value, step_h),
        first_phase=_steps(policy.first_phase_h.value, step_h),
        on_tour_over=policy.relief.tour_over,
        on_operation_done=policy.relief.operation_done,
        strength_below=0.0 if below is None else float(below.value),
        dispatch=_DISPATCH[policy.dispatch],
        handover=_HANDOVER[policy.handover],
        forgive_rest=policy.forgive_rest,
    )


def _rules(doctrine: Doctrine) -> orders.Rules:
    conditions = [rule.condition() for rule in doctrine.rules]
    return orders.Rules(
        start=_POSTURE[doctrine.start],
        observable=np.array([_OBSERVABLE[c.observable] for c in conditions], np.int64),
        op=np.array([_OPERATOR[c.op] for c in conditions], np.int64),
        number=np.array([c.number for c in conditions], np.float64),
        posture=np.array(
            [
                orders.UNCHANGED if rule.posture is None else _POSTURE[rule.posture]
                for rule in doctrine.rules
            ],
            np.int64,
        ),
        posts=np.array(
            [
                orders.UNCHANGED if rule.posts is None else int(rule.posts.value)
                for rule in doctrine.rules
            ],
            np.int64,
        ),
        latch=np.array([rule.latch for rule in doctrine.rules], np.bool_),
    )


def _front(scenario: Scenario) -> contact.Terms:
    terms = scenario.contact
    return contact.Terms(
        frontage=float(terms.frontage.value),
        presence_operating=1.0 - terms.operating_sleep_h.value / HOURS,
        presence_commit_all=1.0 - terms.commit_all_sleep_h.value / HOURS,
        presence_handover=1.0 - terms.handover_sleep_h.value / HOURS,
        handover_contact=float(terms.handover_contact.value),
        hold_intensity=float(terms.hold_intensity.value),
        pressure_half=float(terms.pressure_half.value),
    )


def _fire(scenario: Scenario) -> tuple[float, float, float, float, float, float]:
    p1, q1, p2, q2 = scenario.attrition.exponents()
    a, b = scenario.attrition.coefficients()
    return float(a), float(p1), float(q1), float(b), float(p2), float(q2)


def _suicide(scenario: Scenario) -> attrition.Suicide:
    terms = scenario.attrition.suicide
    per_day, scale = terms.attacks_per_day.value, terms.distance_scale_km.value
    return attrition.Suicide(
        assault_per_day=attrition.suicide_rate(per_day, terms.assault_distance_km.value, scale),
        hold_per_day=attrition.suicide_rate(per_day, terms.hold_distance_km.value, scale),
        toll_mean=float(terms.toll_mean.value),
    )


def _rebuilding(scenario: Scenario) -> works.Terms:
    terms, defender = scenario.works, scenario.defender
    there_and_back_h = 2.0 * defender.rear_km.value / defender.rear_speed_km_h.value
    return works.Terms(
        works_protection=float(terms.works_protection.value),
        order_protection=float(terms.order_protection.value),
        rebuild=float(terms.rebuild_per_day.value),
        wear=terms.wear_per_day.value / 1000.0,
        reorganise=terms.reorganise_h.value / HOURS,
        shock=float(terms.shock.value),
        reinforce=(terms.reinforce_h.value + there_and_back_h) / HOURS,
    )


def _counterattack(scenario: Scenario) -> works.CounterAttack:
    terms = scenario.counterattack
    return works.CounterAttack(
        per_day=float(terms.per_day.value),
        ratio=float(terms.ratio.value),
        reserve_reaction=_steps(terms.reserve_reaction_h.value, scenario.run.step_h),
        retaken_works=float(terms.retaken_works.value),
        retaken_order=float(terms.retaken_order.value),
    )


def _limits(scenario: Scenario) -> breaking.Terms:
    layer, unit = scenario.breaking.layer, scenario.breaking.unit
    return breaking.Terms(
        hazard=float(layer.hazard_per_day.value),
        loss_weight=float(layer.loss_weight.value),
        no_reserve_weight=float(layer.no_reserve_weight.value),
        mean_loss_share=float(unit.mean_loss_share.value),
        refit=_steps(unit.refit_h.value, scenario.run.step_h),
        abandon_share=float(scenario.breaking.abandon_share.value),
    )
