"""The numbers of a scenario and one of its doctrines that the exact solution needs, in steps."""

from __future__ import annotations

from dataclasses import dataclass

from nobat.scenario import Scenario
from nobat.scenario.doctrine import Doctrine
from nobat.scenario.rotation import RotationPolicy
from nobat.scenario.theatre import Place

HOURS = 24.0


def in_steps(hours: float, step_h: float) -> int:
    """Hours as whole steps; a scenario's durations are whole steps but for rounding."""
    return round(hours / step_h)


def objective(scenario: Scenario) -> Place:
    """The one place that is taken: the first objective of the first stage."""
    return scenario.places[scenario.plan[0].objectives[0]]


@dataclass(frozen=True)
class Turns:
    """A rotation policy in steps: posts q, tour b, rest d, recovery m, overlap o, gap g.

    window W: None for no limit; stagger X; first_phase: what the first tours have behind them;
    tour_over, operation_done: what sends a unit to rest; dispatch, handover: as the scenario words
    them.
    """

    posts: int
    tour: int
    rest: int
    recovery: int
    overlap: int
    gap: int
    window: int | None
    stagger: int
    first_phase: int
    tour_over: bool
    operation_done: bool
    dispatch: str
    handover: str
    forgive_rest: bool

    @property
    def ordinary(self) -> int:
        """Recovery and rest of an ordinary cycle, m + d."""
        return self.recovery + self.rest


@dataclass(frozen=True)
class Fire:
    """Contact and attrition (MODEL 5 and 6): F, P_half; a, p1, q1 and b, p2, q2.

    presence: share of a unit at the line by how it stands: in an ordinary tour, with everyone
    committed, in a handover; handover_contact: the part of a unit in a handover that fights.
    """

    frontage: float
    pressure_half: float
    presence: tuple[float, float, float]
    handover_contact: float
    hold_intensity: float
    a: float
    p1: float
    q1: float
    b: float
    p2: float
    q2: float


@dataclass(frozen=True)
class Defence:
    """Works, order, reserve, counter-attack and breaks (MODEL 7 and 8), rates a day.

    shock: what the order of the next layer is multiplied by; delay: tau_r + 2 d/v, days. tries:
    h_ca; ratio: kappa; reaction: steps until a reserve unit counts; retaken: works and order of a
    layer retaken, as in `Numbers`. hazard h0, by_losses b1, alone b3: of a break.
    """

    shock: float
    delay: float
    tries: float
    ratio: float
    reaction: int
    retaken: tuple[float, float]
    hazard: float
    by_losses: float
    alone: float


@dataclass(frozen=True)
class Numbers:
    """Everything that the exact solution of one doctrine depends on.

    step_d: the step, days; horizon, hold, refit: steps. strength: persons of each unit; garrison:
    of the layers from the outermost in, the core last; works, order: the share of the fire that
    each layer's stop, p_w w and p_q q. mean_threshold: mean loss share at which a unit is spent.
    """

    step_d: float
    horizon: int
    hold: int
    strength: tuple[int, ...]
    garrison: tuple[int, ...]
    works: tuple[float, ...]
    order: tuple[float, ...]
    reserve: int
    turns: Turns
    doctrine: Doctrine
    fire: Fire
    defence: Defence
    mean_threshold: float
    refit: int
    abandon_share: float


def read(scenario: Scenario, doctrine: str) -> Numbers:
    """The numbers of one doctrine of a scenario; KeyError for a doctrine that it does not have."""
    step_h, place = scenario.run.step_h, objective(scenario)
    layers = place.defences()
    works, order = _protection(scenario)
    return Numbers(
        step_d=step_h / HOURS,
        horizon=in_steps(scenario.run.horizon_d * HOURS, step_h),
        hold=in_steps(place.hold_h.value, step_h),
        strength=tuple(int(n) for n in scenario.attacker.strengths()),
        garrison=tuple(int(layer.garrison.value) for layer in layers),
        works=tuple(works * layer.works.value for layer in layers),
        order=tuple(order * layer.order.value for layer in layers),
        reserve=int(scenario.defender.reserve.value),
        turns=_turns(scenario.policy_of(doctrine), step_h),
        doctrine=scenario.doctrines[doctrine],
        fire=_fire(scenario),
        defence=_defence(scenario),
        mean_threshold=float(scenario.breaking.unit.mean_loss_share.value),
        refit=in_steps(scenario.breaking.unit.refit_h.value, step_h),
        abandon_share=float(scenario.breaking.abandon_share.value),
    )


def _protection(scenario: Scenario) -> tuple[float, float]:
    """Shares of fire that complete works and full order stop, p_w and p_q."""
    return scenario.works.works_protection.value, scenario.works.order_protection.value


def _turns(policy: RotationPolicy, step_h: float) -> Turns:
    tour, rest, recovery, overlap, gap, first_phase = (
        in_steps(each.value, step_h)
        for each in (
            policy.tour_h, policy.rest_h, policy.recovery_h, policy.overlap_h, policy.gap_h,
            policy.first_phase_h,
        )
    )  # fmt: skip
    window, stagger = policy.readiness_window_h, policy.stagger_h
    return Turns(
        posts=int(policy.posts.value),
        tour=tour,
        rest=rest,
        recovery=recovery,
        overlap=overlap,
        gap=gap,
        window=None if window is None else in_steps(window.value, step_h),
        stagger=tour + rest + recovery if stagger is None else in_steps(stagger.value, step_h),
        first_phase=first_phase,
        tour_over=policy.relief.tour_over,
        operation_done=policy.relief.operation_done,
        dispatch=policy.dispatch,
        handover=policy.handover,
        forgive_rest=policy.forgive_rest,
    )


def _fire(scenario: Scenario) -> Fire:
    contact, sleep = scenario.contact, scenario.sleep
    p1, q1, p2, q2 = scenario.attrition.exponents()
    a, b = scenario.attrition.coefficients()
    asleep = (sleep.operating_h, sleep.commit_all_h, sleep.handover_h)
    ordinary, committed, handing = (1.0 - each.value / HOURS for each in asleep)
    return Fire(
        frontage=float(contact.frontage.value),
        pressure_half=float(contact.pressure_half.value),
        presence=(ordinary, committed, handing),
        handover_contact=float(contact.handover_contact.value),
        hold_intensity=float(contact.hold_intensity.value),
        a=a, p1=p1, q1=q1, b=b, p2=p2, q2=q2,
    )  # fmt: skip


def _defence(scenario: Scenario) -> Defence:
    works, back, layer = scenario.works, scenario.counterattack, scenario.breaking.layer
    defender = scenario.defender
    km = 0.0 if defender.rear_km is None else float(defender.rear_km.value)
    way_h = 2.0 * km / defender.rear_speed_km_h.value
    p_w, p_q = _protection(scenario)
    return Defence(
        shock=float(works.shock.value),
        delay=(works.reinforce_h.value + way_h) / HOURS,
        tries=float(back.per_day.value),
        ratio=float(back.ratio.value),
        reaction=in_steps(back.reserve_reaction_h.value, scenario.run.step_h),
        retaken=(p_w * back.retaken_works.value, p_q * back.retaken_order.value),
        hazard=float(layer.hazard_per_day.value),
        by_losses=float(layer.loss_weight.value),
        alone=float(layer.no_reserve_weight.value),
    )
