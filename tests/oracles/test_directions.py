"""The whole model's answers move the way theory says, and by sizes that can be seen.

Each direction is held by paired differences: replication k meets the same luck on both sides. The
seed and the number of replications were fixed beforehand; a difference counts beyond 4.5 standard
errors. Where theory has a figure (a lift, a rate, a pace, a ratio), it is the figure that is held.
"""

from __future__ import annotations

import numpy as np
import pytest

from nobat.engine import cpu
from nobat.engine.plan import build, takeable
from nobat.engine.terms import supply_terms
from nobat.model import identification, supply
from nobat.model.orders import COMMIT_ALL
from nobat.model.outcome import OUTCOMES
from nobat.scenario import Scenario
from tests.oracles.paired import (
    ABU_KAMAL,
    REPLICATIONS,
    SEED,
    Floats,
    both_secured,
    course,
    higher,
    of,
    runs,
    values,
)
from tests.small import small, whole
from tests.statistics import FURTHEST, family, z_mean

pytestmark = pytest.mark.slow

# --- the distance of the attackers' rear ---------------------------------------------------------

NEAR: dict[str, object] = {"routes.tadmur_t2.km": 15, "routes.t2_road.km": 15}
FAR: dict[str, object] = {"routes.tadmur_t2.km": 173, "routes.t2_road.km": 70}
#: At 243 km they bring less than everyone uses and more than a rotation does; the stock is small.
TRUCKS = {
    "stock_t": 200, "trucks": 22, "availability": 0.7, "payload_t": 5, "hours_per_day": 12,
    "speed_km_h": 30, "delay_h": 6, "own_use_t_per_h": 0.01, "fight_kg": 12, "quiet_kg": 3.8,
}  # fmt: skip
FED: dict[str, object] = {f"attacker.supply.{name}": value for name, value in TRUCKS.items()}
#: Around the ring and into the city: what is driven beyond the desert way, at most.
AROUND_KM = 25.0


def terms_and_kept() -> tuple[supply.Terms, float]:
    """The attackers' trucks, and what raids on the two desert routes leave."""
    scenario = ABU_KAMAL.with_values(FED)
    assert scenario.attacker.supply is not None
    raided = [scenario.routes[name].raid_share.value for name in ("tadmur_t2", "t2_road")]
    return supply_terms(scenario.attacker.supply), float(np.prod(1.0 - np.array(raided)))


def uses() -> dict[str, float]:
    """Tonnes a day at full strength: everyone in the fight, or the posts of a rotation."""
    terms, _ = terms_and_kept()
    strengths = ABU_KAMAL.attacker.strengths()
    posts = ABU_KAMAL.policy_of("rotate").posts.value / len(strengths) * sum(strengths)
    return {
        "commit-all": supply.use(terms, sum(strengths), 0.0),
        "rotate": supply.use(terms, posts, sum(strengths) - posts),
    }


def test_243_km_lie_beyond_where_everyone_culminates_and_30_do_not() -> None:
    terms, kept = terms_and_kept()
    reach = {name: supply.culmination_km(terms, use, kept) for name, use in uses().items()}
    assert 30 + AROUND_KM < reach["commit-all"] < 243 < 243 + AROUND_KM < reach["rotate"]


@pytest.mark.parametrize(("way", "km"), [(NEAR, 30.0), (FAR, 243.0)])
def test_trucks_bring_what_the_closed_form_says(way: dict[str, object], km: float) -> None:
    terms, kept = terms_and_kept()
    rows = runs("commit-all", values(FED, way))
    a_day = of(rows, "supply_brought_t") / of(rows, "duration_d")
    assert a_day.min() > supply.lift(terms, km + AROUND_KM, kept)
    assert a_day.max() < supply.lift(terms, km, kept)


def test_beyond_its_distance_the_force_runs_dry_when_its_stock_is_gone() -> None:
    near, far = (runs("commit-all", values(FED, way)) for way in (NEAR, FAR))
    assert of(near, "days_dry").max() == 0.0
    higher(near, far, "lowest_supply_days")
    assert higher(far, near, "days_dry") > 1.0
    assert higher(near, far, "secured") > 0.15
    terms, kept = terms_and_kept()
    lift = supply.lift(terms, 243 + AROUND_KM, kept)
    soonest = supply.days_of_supply(TRUCKS["stock_t"], lift, uses()["commit-all"])
    plan = build(ABU_KAMAL.with_values(FED | FAR), "commit-all")
    for replication in range(20):
        dry = course(plan, replication)["supply_factor"] < 1.0
        if dry.any():  # later than at full strength: the fallen eat nothing, the spent eat less
            assert soonest < (np.argmax(dry) + 1) * plan.step_d < 3.0 * soonest


def test_what_uses_less_than_the_lift_does_not_feel_the_distance() -> None:
    near, far = (runs("rotate", values(FED, way)) for way in (NEAR, FAR))
    of_supply = {"supply_brought_t", "lowest_supply_days"}
    for outcome in OUTCOMES:
        if outcome.name not in of_supply:
            assert np.array_equal(of(near, outcome.name), of(far, outcome.name), equal_nan=True)
    assert of(far, "days_dry").max() == 0.0
    higher(near, far, "supply_brought_t")


def test_the_shipped_trucks_feel_the_way_as_told_and_as_it_is() -> None:
    told, as_it_is = runs("commit-all", values(NEAR)), runs("commit-all")
    assert of(told, "days_dry").max() == 0.0
    higher(as_it_is, told, "days_dry")
    higher(told, as_it_is, "secured")


# --- the distance of the defenders' rear ---------------------------------------------------------

TOLD = {"routes.sayyal_road.km": 1, "routes.hamdan_road.km": 1}
MEASURED = {"routes.sayyal_road.km": 8, "routes.hamdan_road.km": 5}


def test_a_near_rear_builds_faster_and_holds_longer() -> None:
    near, far = (runs("as-told", values(way)) for way in (TOLD, MEASURED))
    higher(near, far, "defender_supply_used_t")  # material for works: nothing else has changed
    assert higher(near, far, "isolated_day") > 0.5
    assert higher(*both_secured(near, far), "day_secured") > 0.5
    higher(*both_secured(near, far), "attacker_losses")


def test_a_near_rear_has_better_works_from_the_first_days_on() -> None:
    plans = [build(ABU_KAMAL.with_values(way), "as-told") for way in (TOLD, MEASURED)]
    near, far = (
        np.array([course(plan, k)["layer_works"][: 5 * plan.day, :6].mean() for k in range(30)])
        for plan in plans
    )
    assert z_mean(near - far, 0.0) > FURTHEST


def test_what_the_reserve_has_sent_by_the_tenth_day() -> None:
    # A longer way costs the reserve time. Poorer works give it more gaps to fill: where material
    # is brought up, that is the stronger of the two.
    ten, on_foot = {"run.horizon_d": 10}, {"defender.rear_speed_km_h": 5, "works.material_t": 0}
    near, far = (runs("as-told", values(way, ten, on_foot)) for way in (TOLD, MEASURED))
    higher(near, far, "reinforcements")
    near, far = (runs("as-told", values(way, ten)) for way in (TOLD, MEASURED))
    higher(far, near, "reinforcements")
    higher(far, near, "defender_losses")


def test_the_reserve_comes_up_at_its_rate() -> None:
    # Where there is room for all who come, each comes at rate (1 - sigma) / (tau_r + 2 d / v).
    persons = {"defender.reserve": 60, "defender.rear_speed_km_h": 10, "contact.frontage": 1000}
    persons |= {f"places.fort.layers.stack[{n}].garrison": 200 for n in range(2)}
    persons["places.fort.core.garrison"] = 200
    zs = []
    for km in (2, 100, 300):
        plan = build(small().with_values(persons | {"defender.rear_km": km}), "commit-all")
        delay = 1.5 + 2 * km / 240
        came, expected, variance = 0.0, 0.0, 0.0
        for replication in range(150):
            one = course(plan, replication)
            reserve, front = one["defender_reserve"], one["layers_carried"].astype(int)
            for t in range(1, len(reserve)):
                if front[t] != front[t - 1] or front[t] > 2:
                    continue
                share = -np.expm1(-(1 - one["place_suppression"][t, 0]) * plan.step_d / delay)
                mean = reserve[t - 1] * share
                room = 200 - one["layer_garrison"][t - 1, front[t]]
                if room > mean + 6 * np.sqrt(mean) + 1:
                    came += reserve[t - 1] - reserve[t]
                    expected += mean
                    variance += mean * (1 - share)
        assert expected > 500
        zs.append((came - expected) / np.sqrt(variance))
    family(zs)


# --- isolation -----------------------------------------------------------------------------------

TOWN = takeable(whole()).index("town")
#: A way for the defenders that passes no place which the attackers take.
FERRY = {"between": ["depot", "town"], "km": 8, "side": "defender"}


def with_ferry(scenario: Scenario) -> Scenario:
    """The same theatre with one more route."""
    return scenario.with_values({"routes": scenario.canonical()["routes"] | {"ferry": FERRY}})


def after_isolation(scenario: Scenario, replication: int) -> dict[str, Floats]:
    """The part of a replication in which the town is cut off; nothing where it never is."""
    found = course(build(scenario, "rotate"), replication)
    cut = found["place_isolated"][:, TOWN] == 1.0
    first = int(np.argmax(cut)) if cut.any() else len(cut)
    return {name: column[first:] for name, column in found.items()}


def test_who_is_cut_off_gets_nothing() -> None:
    steps = 0
    for replication in range(60):
        one = after_isolation(whole(), replication)
        if not one["day"].size:
            continue
        assert (one["place_isolated"][:, TOWN] == 1.0).all()  # nobody opens the ring again
        assert np.ptp(one["defender_reserve"]) == 0.0
        stock, persons = one["place_stock_t"][:, TOWN], one["layer_garrison"][:, -3:].sum(axis=1)
        assert (np.diff(stock)[(stock[:-1] > 0.0) & (persons[1:] > 0.0)] < 0.0).all()
        assert (np.diff(stock) <= 0.0).all()
        steps += len(stock)
    assert steps > 3000


def paces(one: dict[str, Floats]) -> Floats:
    """Rates a day at which the works of the town's core are rebuilt, layers before it standing."""
    behind = one["place_carried"][:, TOWN] < 2
    missing = 1.0 - one["layer_works"][behind, -1]
    rates: Floats = -np.diff(np.log(missing)) / np.diff(one["day"][behind])
    return rates


def test_the_part_of_the_works_that_hangs_on_material_is_not_rebuilt() -> None:
    # rho_w = 0.5 a day and iota = 0.6, by the scenario.
    scenario = whole(horizon_d=15).with_values({"places.town.core.works": 0.1})
    rates = np.concatenate([paces(after_isolation(scenario, k)) for k in range(20)])
    assert rates.size > 200
    assert rates == pytest.approx(0.5 * (1 - 0.6))


def test_with_trucks_for_all_of_it_they_are_rebuilt_at_the_full_rate() -> None:
    plenty = {"defender.supply.trucks": 400, "places.town.core.works": 0.1}
    one = course(build(whole(horizon_d=3).with_values(plenty), "rotate"), 0)
    assert (one["place_isolated"][:, TOWN] == 0.0).all()
    assert paces(one) == pytest.approx(0.5)


def test_one_way_that_stays_open_undoes_the_isolation() -> None:
    scenarios = whole(), with_ferry(whole())
    cut, joined = (
        cpu.simulate(build(scenario, "commit-all"), SEED, 0, REPLICATIONS) for scenario in scenarios
    )
    assert np.isfinite(of(cut, "isolated_day")).mean() > 0.95
    assert np.isnan(of(joined, "isolated_day")).all()
    assert of(cut, "breaks_by_isolation").mean() > 0.5
    assert of(joined, "breaks_by_isolation").max() == 0.0
    higher(joined, cut, "reinforcements")
    assert higher(*both_secured(joined, cut), "day_secured") > 1.0
    higher(*both_secured(joined, cut), "attacker_losses")


def test_reinforcement_reaches_the_town_over_that_way() -> None:
    plan = build(with_ferry(whole()), "commit-all")
    came = 0.0
    for replication in range(20):
        one = course(plan, replication)
        reserve = one["defender_reserve"][one["stage"] == 2]
        came += reserve[0] - reserve[-1] if reserve.size else 0.0
    assert came > 100


# --- the way out ---------------------------------------------------------------------------------


def test_a_closed_way_out_is_dear() -> None:
    closed, open_ = runs("as-told-closed"), runs("as-told")
    assert of(closed, "escaped").max() == 0.0
    assert of(open_, "escaped").mean() > 100
    assert higher(closed, open_, "isolated_day") > 1.0
    closed, open_ = both_secured(closed, open_)
    assert higher(closed, open_, "day_secured") > 2.0
    assert higher(closed, open_, "attacker_losses") > 0.03 * of(open_, "attacker_losses").mean()
    higher(closed, open_, "defender_losses")
    higher(closed, open_, "harm_index")  # residents cannot leave either


# --- sleep ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("doctrine", ["commit-all", "as-told"])
def test_two_hours_of_sleep_a_day_are_worse_than_five(doctrine: str) -> None:
    short, long = (runs(doctrine, values({"sleep.commit_all_h": hours})) for hours in (2, 5))
    higher(long, short, "lowest_effectiveness")
    higher(long, short, "secured")
    higher(long, short, "layers_carried")
    if doctrine == "as-told":  # with two hours from the first day on it is soon given up
        higher(short, long, "attacker_losses")
        assert higher(*both_secured(short, long), "day_secured") > 5.0


#: Nobody falls and no layer breaks: there is nothing but sleep, for 60 days.
QUIET = {
    "attrition.attacker_rate": 0, "attrition.defender_rate": 0, "counterattack.per_day": 0,
    "attrition.suicide.attacks_per_day": 0, "breaking.layer.hazard_per_day": 0,
    "attacker.supply": None, "run.horizon_d": 60, "sleep.floor": 0.35,
}  # fmt: skip


def days_of(hours: float) -> Floats:
    """Mean effectiveness, day by day, of units that are all committed and sleep so many hours."""
    plan = build(whole().with_values(QUIET | {"sleep.commit_all_h": hours}), "commit-all")
    one = course(plan, 0)
    assert (one["posture"] == COMMIT_ALL).all()
    days: Floats = one["effectiveness"].reshape(60, plan.day).mean(axis=1)
    return days


@pytest.mark.parametrize("hours", [1.0, 2.0, 3.0])
def test_below_three_hours_effectiveness_falls_every_day_down_to_the_floor(hours: float) -> None:
    days = days_of(hours)
    at_floor = days < 0.35 + 1e-9
    first = int(np.argmax(at_floor))
    assert first > 0
    assert (np.diff(days[: first + 1]) < 0.0).all()
    assert at_floor[first:].all()


@pytest.mark.parametrize("hours", [3.0, 3.05])
def test_every_such_day_costs_what_is_not_slept(hours: float) -> None:
    # A day of s hours takes 60 (12 - 3.9 s) of 2880 from the reservoir, and as much of the rest.
    late = np.diff(days_of(hours)[25:35])
    assert late == pytest.approx(-60 * (12 - 3.9 * hours) / 2880, abs=1e-5)


@pytest.mark.parametrize("hours", [3.2, 4.0, 5.0])
def test_above_it_there_is_a_level_that_is_kept(hours: float) -> None:
    days = days_of(hours)
    assert days[30:] == pytest.approx(days[59], abs=1e-3)
    assert days[59] > 0.55


# --- fire ----------------------------------------------------------------------------------------

FIRES = ("free", "restrained")


@pytest.mark.parametrize("doctrine", ["rotate", "commit-all", "as-told"])
def test_free_fire_is_quicker_and_does_more_harm(doctrine: str) -> None:
    free, restrained = (
        runs(doctrine, values({f"doctrines.{doctrine}.fire": fire})) for fire in FIRES
    )
    assert of(free, "harm_index").mean() > 3.0 * of(restrained, "harm_index").mean()
    higher(free, restrained, "harm_index")
    higher(restrained, free, "duration_d")
    higher(restrained, free, "attacker_losses")
    higher(restrained, free, "escaped")


def test_in_the_first_step_harm_is_in_the_ratio_of_the_rates() -> None:
    # Where nothing else has changed yet: FPR to FPR (1 - g), for gatherings are spared by one.
    fire = ABU_KAMAL.fire
    assert fire is not None
    expected, policies = [], [fire.policies[name] for name in FIRES]
    for name, policy in zip(FIRES, policies, strict=True):
        change = {"doctrines.rotate.fire": name}
        one = course(build(ABU_KAMAL.with_values(change), "rotate"), 0)
        spared = fire.gathering_share.value if policy.spare_gatherings else 0.0
        _, fpr = identification.rates(fire.d_prime.value, policy.criterion.value)
        expected.append(one["false_engagements_expected"][0] / (fpr * (1 - spared)))
    assert expected[0] == pytest.approx(expected[1])
    assert expected[0] > 0.0
