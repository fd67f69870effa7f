"""Properties that hold in every step of every campaign."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nobat.engine import cpu, plan
from nobat.model.ledger import TRACE
from nobat.model.outcome import OUTCOMES, index
from nobat.model.state import Plan
from nobat.scenario import Scenario, load
from tests.small import small, whole

COLUMN = {name: place for place, name in enumerate(TRACE)}


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """Small campaigns of many kinds: laws, rotations, reserves, thresholds, steps."""
    pick = draw
    values: dict[str, object] = {
        "places.fort.layers.count": pick(st.integers(0, 4)),
        "places.fort.hold_h": pick(st.sampled_from([0, 24, 48])),
        "attacker.units[0].count": pick(st.integers(3, 9)),
        "attacker.units[0].strength": pick(st.integers(1, 300)),
        "rotation.turns.posts": pick(st.integers(1, 3)),
        "rotation.turns.overlap_h": pick(st.sampled_from([0, 4, 8])),
        "rotation.turns.rest_h": pick(st.sampled_from([0, 12, 24, 60])),
        "rotation.turns.readiness_window_h": pick(st.sampled_from([None, 12])),
        "rotation.turns.handover": pick(
            st.sampled_from(["sequential", "staggered", "simultaneous"])
        ),
        "rotation.turns.dispatch": pick(
            st.sampled_from(["longest_rested", "freshest", "strongest"])
        ),
        "rotation.turns.relief": pick(
            st.sampled_from([{}, {"operation_done": True}, {"strength_below": 0.9}])
        ),
        "defender.reserve": pick(st.integers(0, 200)),
        "attrition.law": pick(st.sampled_from(["square", "logarithmic"])),
        "attrition.suicide.attacks_per_day": pick(st.floats(0, 10)),
        "counterattack.ratio": pick(st.floats(0.5, 20)),
        "breaking.layer.hazard_per_day": pick(st.floats(0, 2)),
        "breaking.abandon_share": pick(st.floats(0.3, 1)),
        "run.events": pick(st.sampled_from(["random", "deterministic"])),
        "doctrines.wait.rules": [
            {"when": "day > 2", "posture": pick(st.sampled_from(["rotate", "commit_all"]))},
            {"when": "layers_carried >= 1", "posture": "pause", "posts": 2},
            {"when": "hours_since_carried > 12", "posture": "rotate"},
        ],
    }
    return small().with_values(values)


@st.composite
def whole_scenarios(draw: st.DrawFn) -> Scenario:
    """Campaigns with every mechanism: stages, routes, sleep, supply, fire policies, flight."""
    pick = draw
    rule: dict[str, object] = {"when": "day > 3"}
    rule |= pick(
        st.sampled_from(
            [
                {"corridor": "closed"},
                {"fire": "free", "posts": 2},
                {"posture": "hold"},
                {"posture": "commit_all", "corridor": "closed", "latch": True},
            ]
        )
    )
    values: dict[str, object] = {
        "plan[0].until": pick(st.sampled_from([None, "isolated >= 1", "day >= 4"])),
        "plan[0].shares": pick(st.sampled_from([None, [0.3, 0.7]])),
        "places.mill.layers.count": pick(st.integers(0, 3)),
        "places.bridge.core.garrison": pick(st.integers(0, 60)),
        "places.town.core.garrison": pick(st.integers(1, 60)),
        "routes.boats.side": pick(st.sampled_from(["defender", "attacker"])),
        "routes.depot_mill.km": pick(st.floats(1, 300)),
        "defender.reserve": pick(st.integers(0, 150)),
        "defender.supply.trucks": pick(st.integers(0, 4)),
        "defender.supply.stock_t": pick(st.floats(0, 20)),
        "attacker.supply.trucks": pick(st.integers(0, 8)),
        "attacker.supply.stock_t": pick(st.floats(0, 60)),
        "attacker.units[0].strength": pick(st.integers(1, 300)),
        "sleep.model": pick(st.sampled_from(["none", "safte", "three_process"])),
        "sleep.commit_all_h": pick(st.floats(0, 6)),
        "sleep.pressed_h": pick(st.floats(0, 6)),
        "flight.leave_share": pick(st.floats(0, 1)),
        "flight.fight_on_share": pick(st.floats(0, 1)),
        "flight.nights": pick(st.sampled_from([0, 1, 3])),
        "counterattack.ratio": pick(st.floats(0.5, 20)),
        "breaking.layer.hazard_per_day": pick(st.floats(0, 2)),
        "run.events": pick(st.sampled_from(["random", "deterministic"])),
        "run.step_h": pick(st.sampled_from([2, 4, 8])),
        "doctrines.wait.rules": [rule],
    }
    return whole().with_values(values)


DOCTRINES = st.sampled_from(["rotate", "commit-all", "wait"])
PERSONS_IN = (
    "defender_in_layers", "defender_reserve", "defender_leaving", "defender_losses",
    "surrendered", "escaped",
)  # fmt: skip


@settings(max_examples=200)
@given(st.one_of(scenarios(), whole_scenarios()), DOCTRINES, st.integers(0, 1000), st.booleans())
def test_every_step_keeps_the_account(
    scenario: Scenario, doctrine: str, replication: int, expected: bool
) -> None:
    p = plan.build(scenario, doctrine, expected=expected)
    row, trace, _ = cpu.trajectory(p, 7, replication)
    near = 1e-6 if expected else 0.0

    attackers = trace[:, COLUMN["attacker_present"]] + trace[:, COLUMN["attacker_losses"]]
    assert np.abs(attackers - p.strength.sum()).max() <= near
    defenders = sum(trace[:, COLUMN[name]] for name in PERSONS_IN)
    assert np.abs(defenders - p.garrison.sum() - p.reserve).max() <= near

    layers = p.garrison.size
    blocks = np.split(trace[:, len(TRACE) : len(TRACE) + 4 * layers], 4, axis=1)
    garrison, works, order, effect = blocks
    assert garrison.min() >= 0.0
    assert (trace[:, [COLUMN["attacker_present"], COLUMN["defender_reserve"]]] >= 0.0).all()
    effects = trace[:, [COLUMN["effectiveness"], COLUMN["defender_effectiveness"]]]
    for share in (works, order, effect, effects, trace[:, [COLUMN["supply_factor"]]]):
        assert share.min() >= 0.0
        assert share.max() <= 1.0 + 1e-12
    for rising in ("attacker_losses", "defender_losses", "surrendered", "escaped"):
        assert (np.diff(trace[:, COLUMN[rising]]) >= 0.0).all()  # strength only ever falls
    for falling in ("attacker_present", "defender_reserve", "residents"):
        assert (np.diff(trace[:, COLUMN[falling]]) <= near).all()

    duties = trace[:, COLUMN["operating"] : COLUMN["spent"] + 1]
    assert (duties.sum(axis=1) == p.strength.size).all()
    days = [index(f"{d}_unit_days") for d in ("operating", "relieving", "reserve", "rest", "spent")]
    assert row[days].sum() == pytest.approx(p.strength.size * row[index("duration_d")])
    if not expected:
        assert (trace[:, COLUMN["attacker_present"]] % 1.0 == 0.0).all()
        assert (trace[:, COLUMN["escaped"]] % 1.0 == 0.0).all()
        assert (garrison % 1.0 == 0.0).all()
    gone = trace[-1, COLUMN["residents"]] + row[index("residents_left")]
    assert gone == pytest.approx(p.residents.sum())
    if p.attacker.on:  # to the kilogram
        balance = p.attacker.stock + row[index("supply_brought_t")] - row[index("supply_used_t")]
        assert trace[-1, COLUMN["stock_t"]] == pytest.approx(balance, abs=1e-3)
        assert trace[:, COLUMN["stock_t"]].min() >= 0.0


@settings(max_examples=80)
@given(st.one_of(scenarios(), whole_scenarios()), DOCTRINES)
def test_the_row_of_outcomes_makes_sense(scenario: Scenario, doctrine: str) -> None:
    p = plan.build(scenario, doctrine)
    rows = cpu.simulate(p, 3, 0, 30)
    for outcome in OUTCOMES:
        column = rows[:, index(outcome.name)]
        seen = column[~np.isnan(column)]
        assert (seen >= 0.0).all(), outcome.name
        if outcome.kind == "share":
            assert np.isin(seen, (0.0, 1.0)).all(), outcome.name
        if outcome.kind == "count" and p.deterministic is False:
            assert (seen % 1.0 == 0.0).all(), outcome.name
    secured, day = rows[:, index("secured")], rows[:, index("day_secured")]
    assert (np.isnan(day) == (secured == 0.0)).all()
    cover = rows[:, index("cover")]
    assert np.nanmax(cover, initial=0.0) <= 1.0 + 1e-12


@given(st.integers(0, 2**31), st.integers(0, 10_000))
@settings(max_examples=25)
def test_a_replication_depends_only_on_its_own_number(seed: int, number: int) -> None:
    # A rule that can be true before the first step: nothing may be left on the desk.
    rules = [{"when": "reserve_units >= 1", "posture": "hold"}, {"when": "fraction_spent > 0.1",
             "posture": "commit_all"}]  # fmt: skip
    p = plan.build(small().with_values({"doctrines.rotate.rules": rules}), "rotate")
    alone = cpu.simulate(p, seed, number, 1)
    among = cpu.simulate(p, seed, max(0, number - 3), 7)[min(3, number)]
    assert alone[0].tobytes() == among.tobytes()
    assert cpu.trajectory(p, seed, number)[0].tobytes() == alone[0].tobytes()


def test_two_doctrines_share_their_luck_until_they_differ() -> None:
    scenario = small()
    told: Plan = plan.build(
        scenario.with_values({"doctrines.wait.start": "rotate", "doctrines.wait.rules": [
            {"when": "layers_carried >= 1", "posture": "commit_all", "latch": True}]}), "wait",
    )  # fmt: skip
    _, one, _ = cpu.trajectory(plan.build(scenario, "rotate"), 5, 17)
    _, other, _ = cpu.trajectory(told, 5, 17)
    first = int(np.argmax(one[:, COLUMN["layers_carried"]] >= 1))
    assert first > 0
    assert one[: first + 1].tobytes() == other[: first + 1].tobytes()
    assert one[first + 1].tobytes() != other[first + 1].tobytes()


def test_holding_and_pausing_carry_nothing() -> None:
    rows = cpu.simulate(plan.build(small(), "wait"), 1, 0, 50)
    assert rows[:, index("layers_carried")].max() == 0.0
    assert rows[:, index("attacker_losses")].max() > 0.0
    paused = small().with_values({"doctrines.wait.start": "pause"})
    rows = cpu.simulate(plan.build(paused, "wait"), 1, 0, 50)
    assert rows[:, index("attacker_losses")].max() == 0.0
    assert rows[:, index("operating_unit_days")].max() == 0.0


def test_the_cautious_save_what_the_bold_owe() -> None:
    rows = {
        doctrine: cpu.simulate(plan.build(small(), doctrine), 1, 0, 200).mean(axis=0)
        for doctrine in ("rotate", "commit-all")
    }
    debt = index("rest_debt_peak_unit_days")
    assert rows["rotate"][debt] == 0.0
    assert rows["commit-all"][debt] > 0.0


def test_a_shipped_scenario_runs_in_every_doctrine() -> None:
    scenario = load("abu-kamal-2017")
    for doctrine in scenario.doctrines:
        rows = cpu.simulate(plan.build(scenario, doctrine), 1, 0, 5)
        assert (rows[:, index("duration_d")] > 0.0).all()


def turned(doctrine: dict[str, object], **values: object) -> Plan:
    """The plan of a doctrine that replaces `wait` in the small scenario."""
    paths = {f"doctrines.wait.{name}": value for name, value in doctrine.items()}
    return plan.build(small().with_values({**values, **paths}), "wait")


def test_everyone_is_committed_however_many_posts_there_are() -> None:
    rules = [{"when": "day > 2", "posture": "commit_all"}]
    for posts in (2, 5, 6):
        p = turned({"start": "rotate", "rules": rules}, **{"rotation.turns.posts": posts})
        _, trace, _ = cpu.trajectory(p, 1, 0)
        late = trace[trace[:, COLUMN["day"]] > 2.5]
        assert (late[:, COLUMN["posture"]] == 1).all()
        assert late[:, [COLUMN["rest"], COLUMN["reserve_units"]]].max() == 0.0


def test_an_operation_that_is_done_forgives_no_debt() -> None:
    # Debt can be repaid by one step of each unit in a step, and by no more, whatever happens.
    rules = [{"when": "day < 3", "posture": "commit_all"}]
    p = turned(
        {"start": "rotate", "rules": rules},
        **{"rotation.turns.relief": {"operation_done": True}, "rotation.turns.rest_h": 60},
    )
    most = p.strength.size * p.step_d
    for replication in range(40):
        _, trace, _ = cpu.trajectory(p, 3, replication)
        debt = trace[:, COLUMN["rest_debt_days"]]
        assert debt.max() > 0.0
        assert np.diff(debt).min() >= -most - 1e-12


def test_a_rule_sees_a_unit_spent_in_the_step_after() -> None:
    p = turned({"start": "rotate", "rules": [{"when": "fraction_spent > 0", "posture": "pause"}]})
    _, trace, _ = cpu.trajectory(p, 1, 3)
    lost = np.diff(trace[:, COLUMN["attacker_losses"]], prepend=0.0)
    paused = int(np.argmax(trace[:, COLUMN["posture"]] == 3))
    assert paused > 0
    assert trace[paused - 1, COLUMN["spent"]] == 0.0  # counted as the step began
    assert trace[paused, COLUMN["spent"]] > 0.0
    assert lost[paused - 1] > 0.0
