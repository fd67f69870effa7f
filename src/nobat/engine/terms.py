"""The numbers of each mechanism of a scenario, as the model's own terms."""

from __future__ import annotations

import math

import numpy as np

from nobat.model import attrition, breaking, contact, identification, supply, works
from nobat.model.state import FirePolicies, Flight, Upkeep
from nobat.scenario import Scenario
from nobat.scenario.supply import AttackerSupply, Supply

HOURS = 24.0
KG = 1000.0


def steps(hours: float, step_h: float) -> int:
    """Hours as whole steps, rounded to the nearest."""
    return round(hours / step_h)


def front(scenario: Scenario) -> contact.Terms:
    """Terms of contact; who sleeps is not at the line."""
    terms, sleep = scenario.contact, scenario.sleep
    return contact.Terms(
        frontage=float(terms.frontage.value),
        presence_operating=1.0 - sleep.operating_h.value / HOURS,
        presence_commit_all=1.0 - sleep.commit_all_h.value / HOURS,
        presence_handover=1.0 - sleep.handover_h.value / HOURS,
        handover_contact=float(terms.handover_contact.value),
        hold_intensity=float(terms.hold_intensity.value),
        pressure_half=float(terms.pressure_half.value),
    )


def attrition_terms(scenario: Scenario) -> attrition.Terms:
    """Rates and exponents of the fire of both sides."""
    p1, q1, p2, q2 = scenario.attrition.exponents()
    a, b = scenario.attrition.coefficients()
    return attrition.Terms(float(a), float(p1), float(q1), float(b), float(p2), float(q2))


def suicide(scenario: Scenario) -> attrition.Suicide:
    """Suicide attacks at the distances kept in an assault and in a hold."""
    terms = scenario.attrition.suicide
    per_day, scale = terms.attacks_per_day.value, terms.distance_scale_km.value
    return attrition.Suicide(
        assault_per_day=attrition.suicide_rate(per_day, terms.assault_distance_km.value, scale),
        hold_per_day=attrition.suicide_rate(per_day, terms.hold_distance_km.value, scale),
        toll_mean=float(terms.toll_mean.value),
    )


def rebuilding(scenario: Scenario) -> works.Terms:
    """How works and order protect, wear and recover."""
    terms, step_d = scenario.works, scenario.run.step_h / HOURS
    rho, iota = terms.rebuild_per_day.value, terms.cut_off_share.value
    return works.Terms(
        works_protection=float(terms.works_protection.value),
        order_protection=float(terms.order_protection.value),
        rebuild=float(rho),
        wear=terms.wear_per_day.value / 1000.0,
        reorganise=terms.reorganise_h.value / HOURS,
        shock=float(terms.shock.value),
        reinforce=terms.reinforce_h.value / HOURS,
        speed=scenario.defender.rear_speed_km_h.value * HOURS,
        cut_off_share=float(iota),
        material=float(terms.material_t.value),
        missing_supplied=math.exp(-rho * step_d),
        missing_cut_off=math.exp(-rho * (1.0 - iota) * step_d),
        missing_order=math.exp(-step_d * HOURS / terms.reorganise_h.value),
    )


def counterattack(scenario: Scenario) -> works.CounterAttack:
    """When the defence strikes back."""
    terms = scenario.counterattack
    return works.CounterAttack(
        per_day=float(terms.per_day.value),
        ratio=float(terms.ratio.value),
        reserve_reaction=steps(terms.reserve_reaction_h.value, scenario.run.step_h),
        retaken_works=float(terms.retaken_works.value),
        retaken_order=float(terms.retaken_order.value),
    )


def limits(scenario: Scenario) -> breaking.Terms:
    """When layers, units and the attacker as a whole give way."""
    layer, unit = scenario.breaking.layer, scenario.breaking.unit
    return breaking.Terms(
        hazard=float(layer.hazard_per_day.value),
        loss_weight=float(layer.loss_weight.value),
        isolated_weight=float(layer.isolated_weight.value),
        no_reserve_weight=float(layer.no_reserve_weight.value),
        mean_loss_share=float(unit.mean_loss_share.value),
        refit=steps(unit.refit_h.value, scenario.run.step_h),
        abandon_share=float(scenario.breaking.abandon_share.value),
    )


_NEVER = 1 << 40


def upkeep(given: Supply | None, step_h: float) -> Upkeep:
    """Supply of one side; off where the scenario has none."""
    if given is None:
        nothing = supply.Terms(0.0, 1.0, 24.0, 1.0, 1.0, 0.0, 0.0, 0.0, 1.0)
        return Upkeep(on=False, terms=nothing, stock=0.0, dry_steps=_NEVER)
    dry = _NEVER
    if isinstance(given, AttackerSupply):
        dry = max(1, steps(given.dry_days_to_abandon.value * HOURS, step_h))
    return Upkeep(on=True, terms=supply_terms(given), stock=float(given.stock_t.value),
                  dry_steps=dry)  # fmt: skip


def supply_terms(given: Supply) -> supply.Terms:
    """A side's supply in the model's units: tonnes, trucks at work."""
    return supply.Terms(
        trucks=given.trucks.value * given.availability.value,
        payload_t=float(given.payload_t.value),
        hours_per_day=float(given.hours_per_day.value),
        speed_km_h=float(given.speed_km_h.value),
        delay_h=float(given.delay_h.value),
        own_use_t_per_h=float(given.own_use_t_per_h.value),
        fight_t=given.fight_kg.value / KG,
        quiet_t=given.quiet_kg.value / KG,
        dry_factor=float(given.dry_factor.value),
    )


def fire_policies(scenario: Scenario) -> FirePolicies:
    """Every fire policy of the scenario, or the one that makes no mistake where it has none."""
    fire = scenario.fire
    if fire is None:
        spared = np.ones(1, np.bool_)
        nothing = identification.Terms(0.0, 0.0, 0.0, 0.0, 0.0)
        return FirePolicies(False, np.ones(1), np.zeros(1), spared, spared, nothing)
    share = float(fire.gathering_share.value)
    policies = list(fire.policies.values())
    rates = [identification.rates(fire.d_prime.value, p.criterion.value) for p in policies]
    targets = [
        identification.on_target(tpr, share, policy.spare_gatherings)
        for (tpr, _), policy in zip(rates, policies, strict=True)
    ]
    return FirePolicies(
        on=True,
        on_target=np.array(targets),
        false_rate=np.array([fpr for _, fpr in rates]),
        spare_gatherings=np.array([p.spare_gatherings for p in policies], np.bool_),
        spare_fleeing=np.array([p.spare_fleeing for p in policies], np.bool_),
        terms=identification.Terms(
            contacts_per_day=float(fire.contacts_per_day.value),
            harm_per_engagement=float(fire.harm_per_engagement.value),
            outside_share=float(fire.outside_share.value),
            gathering_share=share,
            gathering_harm=float(fire.gathering_harm.value),
        ),
    )


def flight(scenario: Scenario) -> Flight:
    """What becomes of those whose layer broke; off where the scenario does not say."""
    terms = scenario.flight
    if terms is None:
        return Flight(False, 0.0, 0.0, 0.0, 0.0, 1.0)
    step_d = scenario.run.step_h / HOURS
    return Flight(
        on=True,
        leave_share=float(terms.leave_share.value),
        fight_on_share=float(terms.fight_on_share.value),
        nights=float(terms.nights.value),
        fleeing_loss_share=float(terms.fleeing_loss_share.value),
        residents_stay=math.pow(1.0 - terms.residents_leave_per_day.value, step_d),
    )
