"""What the defenders believe of their leader, in whole campaigns (MODEL 8 and 14)."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from nobat.engine import cpu, mean_field, plan
from nobat.model import breaking, luck, reports
from nobat.model.outcome import OUTCOMES, index
from nobat.scenario import Scenario
from nobat.study.replay import replay
from nobat.theory import fusion
from tests.scaled import scaled
from tests.small import small, whole
from tests.statistics import FURTHEST, family, z_mean, z_share

#: Fixed beforehand.
SEED, REPLICATIONS = 23, 2000
TERMS = breaking.Terms(0.03, 6.0, 0.8, 0.6, 0.17, 72, 0.5)
TOLD = {
    "a": {"who": "A", "says": "yes", "grade": "B2"},
    "b": {"who": "B", "says": "no", "grade": "A1", "day": 3},
}
NEW = ("breaks_by_leader", "leader_believed_dead")
Floats = NDArray[np.float64]


def shaken(scenario: Scenario, weight: float, p: float = 1.0, from_day: float = 0) -> Scenario:
    """The scenario with reports, where the leader is believed dead with chance p."""
    belief = {"weight": weight, "if_dead": p, "if_alive": p, "from_day": from_day}
    return scenario.with_values({"reports": {"told": TOLD, "belief": belief}})


def rows(scenario: Scenario, doctrine: str = "rotate", n: int = REPLICATIONS) -> Floats:
    return cpu.simulate(plan.build(scenario, doctrine), SEED, 0, n)


def of(found: Floats, name: str) -> Floats:
    return found[:, index(name)]


def old(found: Floats) -> Floats:
    """All outcomes but those that there are only with reports."""
    return found[:, [k for k, outcome in enumerate(OUTCOMES) if outcome.name not in NEW]]


@pytest.mark.parametrize("make", [small, whole])
def test_without_a_weight_nothing_else_changes_to_the_bit(make: Callable[[], Scenario]) -> None:
    scenario = make()
    for doctrine in scenario.doctrines:
        before, after = rows(scenario, doctrine, 60), rows(shaken(scenario, 0.0), doctrine, 60)
        assert np.array_equal(old(before), old(after), equal_nan=True)
        assert of(after, "leader_believed_dead").min() == 1.0
        assert of(after, "breaks_by_leader").max() == 0.0
        for name in NEW:
            assert of(before, name).max() == 0.0


def test_who_is_not_believed_dead_does_not_matter() -> None:
    before, after = rows(small()), rows(shaken(small(), 2.0, 0.4))
    not_so = of(after, "leader_believed_dead") == 0.0
    assert abs(z_share(int(not_so.sum()), REPLICATIONS, 0.6)) < FURTHEST
    assert np.array_equal(old(before)[not_so], old(after)[not_so], equal_nan=True)
    assert of(after, "breaks_by_leader")[not_so].max() == 0.0


def test_a_belief_is_a_larger_hazard_and_nothing_else() -> None:
    # h0 exp(b4) is the same hazard; only what a break is put down to differs.
    weight, hazard = 0.7, small().breaking.layer.hazard_per_day.value
    plain = {"breaking.layer.hazard_per_day": hazard * math.exp(weight)}
    one, other = rows(shaken(small(), weight)), rows(small().with_values(plain))
    causes = [k for k, o in enumerate(OUTCOMES) if o.name.startswith("breaks_by_")]
    skipped = {*causes, index("leader_believed_dead")}
    kept = [k for k in range(len(OUTCOMES)) if k not in skipped]
    assert np.array_equal(one[:, kept], other[:, kept], equal_nan=True)
    assert np.array_equal(one[:, causes].sum(axis=1), other[:, causes].sum(axis=1))


def test_it_makes_the_place_fall_sooner() -> None:
    found = [rows(shaken(small(), weight)) for weight in (0.0, 1.0, 2.0)]
    for less, more in pairwise(found):
        assert z_mean(of(more, "secured") - of(less, "secured"), 0.0) > FURTHEST
        assert z_mean(of(more, "breaks_by_leader") - of(less, "breaks_by_leader"), 0.0) > FURTHEST


def test_before_its_day_it_does_nothing() -> None:
    before, after = (
        rows(one, "commit-all", 400) for one in (small(), shaken(small(), 2.0, from_day=8))
    )
    early = of(before, "duration_d") <= 8.0
    assert 20 < early.sum() < 380
    assert np.array_equal(old(before)[early], old(after)[early], equal_nan=True)
    assert of(after, "leader_believed_dead")[early].max() == 0.0
    assert of(after, "leader_believed_dead")[~early].min() == 1.0


def test_the_truth_has_the_probability_of_all_reports() -> None:
    scenario = shaken(small(), 1.0)
    chances = {"reports.belief.if_dead": 1, "reports.belief.if_alive": 0}
    found = rows(scenario.with_values(chances))
    assert scenario.reports is not None
    p = fusion.fuse(scenario.reports).p
    dead = int(of(found, "leader_believed_dead").sum())
    assert abs(z_share(dead, REPLICATIONS, 1.0 - p)) < FURTHEST
    # Two doctrines meet the same truth.
    again = rows(scenario.with_values(chances), "commit-all")
    assert np.array_equal(of(found, NEW[1]), of(again, NEW[1]))


def test_belief_and_truth_are_drawn_apart() -> None:
    draws = np.array(
        [luck.four(luck.Address(SEED, k, 0), luck.REPORTS, 0)[:2] for k in range(REPLICATIONS)]
    )
    family([z_mean(draws[:, 0], 0.5), z_mean(draws[:, 1], 0.5),
            z_mean((draws[:, 0] - 0.5) * (draws[:, 1] - 0.5), 0.0)])  # fmt: skip


def test_the_hazard_and_its_causes() -> None:
    lead = 1.2
    assert breaking.break_hazard(TERMS, 0.0, 1.0, True, True, lead) == 0.0
    with_it = breaking.break_hazard(TERMS, 1.0, 0.5, True, False, lead)
    assert with_it == pytest.approx(0.03 * math.exp(3.0 + 0.8 + 1.2))
    shares = breaking.cause_shares(TERMS, 0.5, True, True, lead)
    own = math.exp(-5.6)
    parts = [own, *((1 - own) * x / 5.6 for x in (3.0, 0.8, 1.2))]
    assert shares == pytest.approx(parts)
    grid = 20_000
    causes = [
        breaking.break_cause(TERMS, 0.5, True, True, lead, (k + 0.5) / grid) for k in range(grid)
    ]
    counts = np.bincount(causes, minlength=6) / grid
    expected = [*parts[:3], (1 - own) * 0.6 / 5.6, 0.0, parts[3]]
    assert counts == pytest.approx(expected, abs=1e-3)
    assert breaking.break_cause(TERMS, 0.0, False, False, lead, 0.9) == breaking.LEADER


def test_the_expected_hazard() -> None:
    assert reports.weight_of(1.3, 1.0) == 1.3
    assert reports.weight_of(1.3, 0.0) == 0.0
    assert math.exp(reports.weight_of(1.3, 0.25)) == pytest.approx(0.75 + 0.25 * math.exp(1.3))
    assert reports.belief_chance(0.0, 0.7, 0.2) == 0.7
    assert reports.belief_chance(0.4, 0.7, 0.2) == pytest.approx(0.6 * 0.7 + 0.4 * 0.2)


def test_every_break_has_a_cause() -> None:
    causes = [k for k, o in enumerate(OUTCOMES) if o.name.startswith("breaks_by_")]
    for doctrine in ("rotate", "commit-all"):
        scenario = shaken(small(), 1.5, 0.6)
        many = [*rows(scenario, doctrine, 300), mean_field.solve(scenario, doctrine)]
        for row in many:
            broken = row[index("layers_carried")] + row[index("layers_lost_again")]
            assert row[causes].sum() == pytest.approx(broken)
        assert many[-1][index("breaks_by_leader")] > 0.0


def test_the_mean_field_has_the_expected_hazard() -> None:
    for doctrine in ("rotate", "commit-all"):
        half = mean_field.solve(shaken(small(), 1.5, 0.5), doctrine)
        same = 0.5 + 0.5 * math.exp(1.5)
        certain = mean_field.solve(shaken(small(), math.log(same)), doctrine)
        assert half[index("leader_believed_dead")] == 0.5
        there = [k for k, o in enumerate(OUTCOMES) if o.name != "leader_believed_dead"]
        assert half[there] == pytest.approx(certain[there], nan_ok=True)


def test_with_deterministic_events_both_solvers_agree() -> None:
    large = scaled(shaken(whole(events="deterministic"), 1.5, 0.5), 100)
    drawn = rows(large, "rotate", 100)
    course = mean_field.solve(large, "rotate")
    assert set(of(drawn, "leader_believed_dead")) == {0.5}
    for name in ("day_secured", "attacker_losses", "defender_losses", "breaks_by_leader"):
        wide = 0.1 if name == "breaks_by_leader" else 0.02  # a cause is drawn, or shared out
        assert of(drawn, name).mean() == pytest.approx(course[index(name)], rel=wide), name


def test_what_is_known_is_read_step_by_step() -> None:
    scenario = shaken(small(), 0.0)
    assert scenario.reports is not None
    before, after = (p for _, p in fusion.by_day(scenario.reports))
    terms = plan.build(scenario, "rotate").reports
    a_day = round(24 / scenario.run.step_h)
    seen = [reports.p_alive(terms, t) for t in range(1, 5 * a_day + 1)]
    assert seen == [before] * (3 * a_day) + [after] * (2 * a_day)
    assert after < before
    # A doctrine that waits for the second report begins on its day.
    rule = {"when": f"p_leader_alive < {(before + after) / 2}", "posture": "commit_all"}
    waiting = scenario.with_values({"doctrines.wait.rules": [rule]})
    orders = replay(waiting, "wait", 0).events.filter(kind="posture")
    assert orders["clock"].to_list()[1] == "day 3, 00:00"


def test_a_replay_tells_of_it() -> None:
    told = []
    scenario = shaken(small(), 1.0, 0.5).with_values({"reports.prior": 0.5})
    for k in range(20):
        found = replay(scenario, "rotate", k)
        event = found.events.filter(kind="leader")
        assert event.height == found.outcomes["leader_believed_dead"]
        told += event["text"].to_list()
    assert set(told) == {
        "the defenders believe their leader dead; he is",
        "the defenders believe their leader dead; he is alive",
    }
