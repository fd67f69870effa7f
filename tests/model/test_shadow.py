"""A doctrine's shadow: what it takes over is the other doctrine's to the bit, and nothing else."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from nobat.engine import cpu, plan
from nobat.model.outcome import OUTCOMES, index
from nobat.model.shadow import MASS, RESERVE, SLEEP, SUPPLY, SWITCHES, TEMPO, shadow
from nobat.scenario import Scenario
from tests.model.test_campaign import DOCTRINES, scenarios, whole_scenarios
from tests.small import small, whole

EVERYTHING = sum(SWITCHES.values())
SEED = 5
#: What counts the duties of the campaign's own doctrine: no switch covers it.
DUTIES = [
    outcome.name
    for outcome in OUTCOMES
    if outcome.name.endswith("unit_days") or outcome.name.startswith("rest_debt")
] + ["handovers", "cover", "days_committed"]

Rows = NDArray[np.float64]


def run(
    scenario: Scenario, doctrine: str, other: str | None = None, taken: int = 0, count: int = 4,
    *, expected: bool = False,
) -> Rows:  # fmt: skip
    """Outcomes of a doctrine, with so much taken from another one's shadow."""
    own = plan.build(scenario, doctrine, expected=expected)
    if other is None:
        return cpu.simulate(own, SEED, 0, count)
    beside = shadow(plan.build(scenario, other, expected=expected), taken)
    return cpu.simulate(own, SEED, 0, count, beside)


def physical(rows: Rows) -> Rows:
    """The outcomes without those that count duties."""
    return np.delete(rows, [index(name) for name in DUTIES], axis=1)


@st.composite
def pairs(draw: st.DrawFn) -> Scenario:
    """Campaigns of many kinds whose doctrines differ in posture and posts, not in what is fired at.

    `wait` has a rotation of its own, and rules that read what the shadow keeps for itself.
    """
    scenario = draw(st.one_of(scenarios(), whole_scenarios()))
    number = draw(st.integers(1, 3))
    rotations = scenario.canonical()["rotation"]
    first = next(iter(rotations))
    slow = {**rotations[first], "tour_h": 40, "rest_h": 16}
    observed = draw(
        st.sampled_from(
            [
                "mean_effectiveness < 0.8", "supply_days < 6", "reserve_units >= 2",
                "fraction_spent > 0.2", "rest_debt_days > 1", "layers_lost_again >= 1",
            ]
        )
    )  # fmt: skip
    values: dict[str, object] = {
        "rotation": {**rotations, "slow": slow},
        "doctrines.wait.rotation": "slow",
        "doctrines.rotate.rotation": first,
        "doctrines.commit-all.rotation": first,
        "doctrines.wait.rules": [
            {"when": f"day > {number}", "posture": draw(st.sampled_from(["hold", "pause"]))},
            {"when": observed, "posture": draw(st.sampled_from(["rotate", "commit_all", "pause"]))},
            {"when": "layers_carried >= 1", "posture": "rotate", "posts": 2, "latch": True},
        ],
    }
    if scenario.fire is not None:
        values["doctrines.commit-all.fire"] = "restrained"
    return scenario.with_values(values)


@settings(max_examples=120)
@given(pairs(), DOCTRINES, DOCTRINES, st.booleans())
def test_with_everything_taken_over_it_is_the_other_doctrines_campaign(
    scenario: Scenario, doctrine: str, other: str, expected: bool
) -> None:
    """But for the count of duties: with the same fire and corridor the switches leave nothing."""
    mixed = run(scenario, doctrine, other, EVERYTHING, expected=expected)
    its_own = run(scenario, other, expected=expected)
    assert physical(mixed).tobytes() == physical(its_own).tobytes()


def eventful(**values: object) -> Scenario:
    """A short campaign with every mechanism, in which supplies run dry and doctrines change."""
    rotations = {
        "turns": {"posts": 2, "tour_h": 24, "rest_h": 24, "overlap_h": 4},
        "by-operation": {
            "posts": 3,
            "tour_h": 40,
            "rest_h": 16,
            "relief": {"operation_done": True},
        },
    }
    rules = [
        {"when": "day > 2", "posture": "hold"},
        {"when": "day > 4", "posture": "pause"},
        {"when": "day > 5", "posture": "commit_all"},
        {"when": "mean_effectiveness < 0.7", "posture": "rotate"},
    ]
    return whole(horizon_d=10).with_values(
        {
            "rotation": rotations, "doctrines.rotate.rotation": "turns",
            "doctrines.commit-all.rotation": "turns", "doctrines.commit-all.fire": "restrained",
            "doctrines.wait.rotation": "by-operation", "doctrines.wait.rules": rules,
            "breaking.layer.hazard_per_day": 0.5, "sleep.pressed_h": 2, "sleep.commit_all_h": 2,
            "attacker.supply.stock_t": 4, "attacker.supply.trucks": 1, **values,
        }
    )  # fmt: skip


@pytest.mark.parametrize(
    ("doctrine", "other"),
    [("rotate", "wait"), ("wait", "rotate"), ("commit-all", "wait"), ("wait", "commit-all")],
)
@pytest.mark.parametrize("expected", [False, True])
def test_everything_taken_over_where_much_happens(
    doctrine: str, other: str, expected: bool
) -> None:
    """The same in a few campaigns, which plain Python can run as well."""
    scenario = eventful()
    mixed = physical(run(scenario, doctrine, other, EVERYTHING, 2, expected=expected))
    its_own = physical(run(scenario, other, count=2, expected=expected))
    assert mixed.tobytes() == its_own.tobytes()
    assert (
        mixed.tobytes() != physical(run(scenario, doctrine, count=2, expected=expected)).tobytes()
    )


@settings(max_examples=60)
@given(pairs(), DOCTRINES, st.integers(0, EVERYTHING), st.booleans())
def test_a_shadow_of_the_same_doctrine_changes_nothing(
    scenario: Scenario, doctrine: str, taken: int, expected: bool
) -> None:
    own = run(scenario, doctrine, expected=expected)
    assert run(scenario, doctrine, doctrine, taken, expected=expected).tobytes() == own.tobytes()


@settings(max_examples=30)
@given(pairs(), DOCTRINES, DOCTRINES)
def test_a_shadow_from_which_nothing_is_taken_changes_nothing(
    scenario: Scenario, doctrine: str, other: str
) -> None:
    assert run(scenario, doctrine, other, 0).tobytes() == run(scenario, doctrine).tobytes()


@settings(max_examples=30)
@given(pairs(), DOCTRINES, DOCTRINES, st.integers(0, EVERYTHING))
def test_a_mix_depends_only_on_its_own_number(
    scenario: Scenario, doctrine: str, other: str, taken: int
) -> None:
    """Nothing of one replication is left for the next."""
    own, its = (plan.build(scenario, name) for name in (doctrine, other))
    among = cpu.simulate(own, SEED, 0, 4, shadow(its, taken))
    alone = cpu.simulate(own, SEED, 3, 1, shadow(its, taken))
    assert among[3].tobytes() == alone[0].tobytes()


@settings(max_examples=120)
@given(pairs(), DOCTRINES, DOCTRINES, st.integers(0, EVERYTHING), st.booleans())
def test_whose_campaign_it_is_makes_no_difference_but_for_the_count_of_duties(
    scenario: Scenario, doctrine: str, other: str, taken: int, expected: bool
) -> None:
    """With the same fire and corridor: some of a in b's campaign, or the rest of b in a's."""
    here = run(scenario, doctrine, other, taken, expected=expected)
    there = run(scenario, other, doctrine, EVERYTHING & ~taken, expected=expected)
    assert physical(here).tobytes() == physical(there).tobytes()


@settings(max_examples=60)
@given(pairs(), st.integers(0, EVERYTHING), st.booleans(), st.sampled_from(["open", "closed"]))
def test_a_shadow_with_the_same_duties_changes_nothing(
    scenario: Scenario, taken: int, expected: bool, corridor: str
) -> None:
    """Whatever it would fire at, and whether it leaves the way open or not."""
    like = dict(scenario.canonical()["doctrines"]["wait"])
    if scenario.fire is not None:
        like["fire"] = "free"
    if scenario.flight is not None:
        like["corridor"] = corridor
        like["rules"] = [*like["rules"], {"when": "day > 1", "corridor": "closed"}]
    both = scenario.with_values({"doctrines.commit-all": like})
    own = run(both, "wait", expected=expected)
    beside = run(both, "wait", "commit-all", taken, expected=expected)
    assert beside.tobytes() == own.tobytes()


NO_SLEEP = {"sleep.model": "none"}
NO_RESERVE = {"counterattack.per_day": 0}


@pytest.mark.parametrize(
    ("switch", "without", "scenario"),
    [
        (SLEEP, NO_SLEEP, whole()),
        (RESERVE, NO_RESERVE, whole()),
        (SUPPLY, {"attacker.supply": None, "defender.supply": None}, whole()),
    ],
)
def test_a_switch_without_its_mechanism_does_nothing(
    switch: int, without: dict[str, object], scenario: Scenario
) -> None:
    """With the mechanism it does something, so that the first half can fail."""
    same = {**without, "doctrines.commit-all.fire": "restrained"}
    off = scenario.with_values(same)
    for beside in (0, EVERYTHING & ~switch):
        with_it = run(off, "commit-all", "rotate", beside | switch, 40)
        assert with_it.tobytes() == run(off, "commit-all", "rotate", beside, 40).tobytes()
    on = run(scenario, "commit-all", "rotate", switch, 40)
    assert on.tobytes() != run(scenario, "commit-all", count=40).tobytes()


ALONE: dict[str, object] = {
    # Nothing recovers, nobody sleeps, nothing is used, nobody strikes back.
    "works.rebuild_per_day": 0, "works.wear_per_day": 0, "defender.reserve": 0,
    "works.order_protection": 0, "counterattack.per_day": 0, "sleep.model": "none",
}  # fmt: skip


def test_mass_is_who_is_in_contact() -> None:
    """Where nothing but contact differs, taking it over makes the other doctrine's campaign."""
    scenario = small().with_values(ALONE)
    mixed = run(scenario, "commit-all", "rotate", MASS, 60)
    assert physical(mixed).tobytes() == physical(run(scenario, "rotate", count=60)).tobytes()
    without = run(scenario, "commit-all", "rotate", EVERYTHING & ~MASS, 60)
    own = run(scenario, "commit-all", count=60)
    assert without.tobytes() == own.tobytes()
    assert own[:, index("mean_contact")].mean() > 1.3 * mixed[:, index("mean_contact")].mean()


def test_tempo_is_what_recovery_feels() -> None:
    """Under steady assault works stay down; recovering as if nobody came, they are rebuilt."""
    values: dict[str, object] = {
        **ALONE, "works.rebuild_per_day": 0.5, "works.wear_per_day": 2, "sleep.model": "none",
        "breaking.layer.hazard_per_day": 0,
    }  # fmt: skip
    scenario = small(horizon_d=4).with_values(values)
    own, slow = run(scenario, "rotate"), run(scenario, "rotate", "wait", TEMPO)
    fallen = index("defender_losses")
    assert (slow[:, fallen] < own[:, fallen]).all()
    # Rates of both sides' fire as in an assault all the same.
    contact = index("mean_contact")
    assert slow[:, contact].mean() == pytest.approx(own[:, contact].mean(), rel=0.2)


def test_reserve_is_who_can_hold() -> None:
    """Attempts come as often; with those who hold under another doctrine, other ones succeed."""
    values: dict[str, object] = {
        "counterattack": {"per_day": 2, "ratio": 4, "reserve_reaction_h": 8},
        "defender.reserve": 100, "breaking.layer.hazard_per_day": 1,
        "rotation": {
            "turns": {"posts": 2, "tour_h": 24, "rest_h": 24},
            "few": {"posts": 1, "tour_h": 24, "rest_h": 240},
        },
        "doctrines.wait": {"title": "A few", "start": "rotate", "rotation": "few"},
        "doctrines.rotate.rotation": "turns", "doctrines.commit-all.rotation": "turns",
    }  # fmt: skip
    scenario = small().with_values(values)
    own = run(scenario, "commit-all", count=200)
    held = run(scenario, "commit-all", "wait", RESERVE, 200)
    lost = index("layers_lost_again")
    assert held[:, lost].mean() > 1.5 * own[:, lost].mean()


def test_supply_is_what_is_used() -> None:
    """What a doctrine uses is told by its own duties, however the rest of the campaign goes."""
    values: dict[str, object] = {
        "breaking.layer.hazard_per_day": 0, "attrition.attacker_rate": 1e-9,
        "attrition.defender_rate": 1e-9, "attrition.suicide.attacks_per_day": 0,
        "defender.reserve": 0, "counterattack.per_day": 0, "doctrines.commit-all.fire": None,
        "attacker.supply.dry_days_to_abandon": 999,
    }  # fmt: skip
    scenario = whole(horizon_d=10).with_values(values)
    used = index("supply_used_t")
    mixed = run(scenario, "rotate", "commit-all", SUPPLY)[:, used]
    assert mixed == pytest.approx(run(scenario, "commit-all")[:, used])
    assert mixed.min() > 1.05 * run(scenario, "rotate")[:, used].max()


def test_sleep_is_the_effectiveness_of_both() -> None:
    """Who holds instead of assaulting lets the layers sleep; who commits everyone sleeps less."""
    scenario = whole(horizon_d=8).with_values(
        {"breaking.layer.hazard_per_day": 0, "sleep.commit_all_h": 1, "sleep.pressed_h": 1,
         "doctrines.wait.start": "hold", "doctrines.commit-all.fire": None}
    )  # fmt: skip
    lowest, defenders = index("lowest_effectiveness"), index("lowest_defender_effectiveness")
    own = run(scenario, "rotate")
    tired = run(scenario, "rotate", "commit-all", SLEEP)
    assert tired[:, lowest].max() < own[:, lowest].min()
    rested = run(scenario, "rotate", "wait", SLEEP)
    assert rested[:, defenders].min() > own[:, defenders].max()
