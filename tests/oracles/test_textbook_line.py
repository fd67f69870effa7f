"""The first hour of the textbook's campaign as its tutorial computes it with a pencil.

Every figure is worked out here from the scenario's plain numbers, by the arithmetic of
docs/tutorials/textbook-line.md; nothing of the model is called for it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from statistics import NormalDist

import pytest

from nobat.engine.cpu import simulate, trajectory
from nobat.engine.plan import build
from nobat.model.ledger import LAYER_TRACE, TRACE
from nobat.model.outcome import index
from nobat.model.supply import culmination_km
from nobat.scenario import Scenario, load

LAYERS = 4
HOUR_D = 1 / 24
PHI = NormalDist().cdf
#: Persons in contact in the first hour, and what is used in a day, t.
DOCTRINES = {"rotate": (150.0, 10.0), "commit-all": (200.0, 24.0)}
LIFT_T = 16.0
EXACT = 1e-12


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load("textbook-line")


def first_hour(scenario: Scenario, doctrine: str) -> Mapping[str, float]:
    """The state after the first step of the mean field's course."""
    names = [*TRACE, *(f"{name} {layer}" for name in LAYER_TRACE for layer in range(LAYERS))]
    trace = trajectory(build(scenario, doctrine, expected=True), 1, 0).trace
    return dict(zip(names, trace[0].tolist(), strict=False))


def near(value: float) -> object:
    return pytest.approx(value, rel=EXACT)


@pytest.mark.parametrize("doctrine", DOCTRINES)
def test_contact_and_pressure(scenario: Scenario, doctrine: str) -> None:
    contact, _ = DOCTRINES[doctrine]
    hour = first_hour(scenario, doctrine)
    assert hour["contact"] == near(contact)
    assert hour["effectiveness"] == near(hour["defender_effectiveness"])
    assert hour["pressure"] == near(contact / 50)


@pytest.mark.parametrize("doctrine", DOCTRINES)
def test_losses(scenario: Scenario, doctrine: str) -> None:
    contact, _ = DOCTRINES[doctrine]
    hour = first_hour(scenario, doctrine)
    e = hour["effectiveness"]
    open_share = (1 - 0.5) * (1 - 0.5)
    hit = 0.4 * contact * e * open_share * PHI(1)
    fallen = 50 * (1 - math.exp(-hit * HOUR_D / 50))
    attacks = 0.4 * (50 - fallen) / 50 * HOUR_D
    assert hour["defender_losses"] == near(fallen + attacks)
    assert hit * HOUR_D == pytest.approx(fallen, rel=0.01)

    offered = {"rotate": 200 * 0.75, "commit-all": 600 * 20 / 24}[doctrine]
    persons, awake = {"rotate": (200, 0.75), "commit-all": (600, 20 / 24)}[doctrine]
    risk = 0.1 * 50 * e * HOUR_D / offered
    by_fire = persons * (1 - math.exp(-risk * awake))
    by_suicide = attacks * 5 * contact / 200
    assert hour["attacker_losses"] == near(by_fire + by_suicide)
    assert by_fire == pytest.approx(5 * e * HOUR_D, rel=0.01)


@pytest.mark.parametrize("doctrine", DOCTRINES)
def test_works_garrison_and_reserve(scenario: Scenario, doctrine: str) -> None:
    contact, _ = DOCTRINES[doctrine]
    hour = first_hour(scenario, doctrine)
    pressure = contact / 50
    rebuild = 0.4 * (1 - pressure / (pressure + 3))
    wear = 2 / 1000 * contact * hour["effectiveness"]
    level = rebuild / (rebuild + wear)
    works = level + (1 - level) * math.exp(-(rebuild + wear) * HOUR_D)
    assert hour["works 0"] == near(works)
    assert works == pytest.approx(1 - wear * HOUR_D, abs=2e-4)
    assert hour["order 0"] == 1
    # The reserve sends more than is lost: every gap is filled.
    assert hour["garrison 0"] == near(50)
    assert hour["defender_reserve"] == near(50 - hour["defender_losses"])


@pytest.mark.parametrize("doctrine", DOCTRINES)
def test_supply(scenario: Scenario, doctrine: str) -> None:
    _, use = DOCTRINES[doctrine]
    hour = first_hour(scenario, doctrine)
    stock = 40 + (LIFT_T - use) * HOUR_D
    assert hour["stock_t"] == near(stock)
    assert hour["supply_days"] == near(stock / (use - LIFT_T) if use > LIFT_T else 999)
    culminates = {"rotate": 62.5, "commit-all": 24.0}[doctrine]
    assert culmination_km(build(scenario, doctrine).attacker.terms, use) == near(culminates)


def test_the_defenders_supply(scenario: Scenario) -> None:
    plan = build(scenario, "rotate")
    assert culmination_km(plan.defender.terms, 5.0) == near(12.5)
    trace = trajectory(build(scenario, "rotate", expected=True), 1, 0).trace
    blocks = len(TRACE) + len(LAYER_TRACE) * LAYERS + 3 * plan.strength.size
    assert trace[0, blocks + 2] == near(5 + (6 - 5) * HOUR_D)


@pytest.mark.parametrize(
    ("doctrine", "criterion", "hit"), [("rotate", 1, 1.0), ("restrained", 2, 0.8)]
)
def test_residents_taken_for_combatants(
    scenario: Scenario, doctrine: str, criterion: float, hit: float
) -> None:
    contacts = 10 * 0.2 * 0.75
    false = contacts * (1 - PHI(criterion)) * hit
    hour = first_hour(scenario, doctrine)
    assert hour["false_engagements_expected"] == near(false * HOUR_D)


def test_the_first_layer_breaks_as_often_as_by_hand(scenario: Scenario) -> None:
    """At 0.05 a day while nobody is missing: with no weight of losses, in every campaign."""
    day = scenario.with_values({"run.horizon_d": 1, "breaking.layer.loss_weight": 0})
    n = 20_000
    rows = simulate(build(day, "rotate"), 1, 0, n)
    share = float((rows[:, index("layers_carried")] >= 1).mean())
    p = 1 - math.exp(-0.05)
    # Suppression moves by some per cent during the day: that is allowed for beside 4.5 errors.
    assert abs(share - p) < 4.5 * math.sqrt(p * (1 - p) / n) + 0.02 * p


@pytest.mark.parametrize(
    ("path", "low", "high"), [("attacker.rear_km", 20, 60), ("sleep.commit_all_h", 6, 2)]
)
def test_what_decides_about_committing_everyone(
    scenario: Scenario, path: str, low: float, high: float
) -> None:
    """Near its rear, or with enough sleep, it does no worse than turns; else far worse."""
    n = 1_000
    found = {}
    for value in (low, high):
        changed = scenario.with_values({path: value})
        rows = {name: simulate(build(changed, name), 1, 0, n) for name in DOCTRINES}
        secured = {name: row[:, index("secured")] for name, row in rows.items()}
        found[value] = secured["commit-all"] - secured["rotate"]
    error = 4.5 * max(each.std() for each in found.values()) / math.sqrt(n)
    assert found[low].mean() > -error
    assert found[high].mean() < -error


def test_no_doctrine_always_wins_and_none_never(scenario: Scenario) -> None:
    for name in scenario.doctrines:
        chance = simulate(build(scenario, name), 1, 0, 1_000)[:, index("secured")].mean()
        assert 0.1 < chance < 0.9, name
