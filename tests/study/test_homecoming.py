"""Policies of the way home against each other; what is refused."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from nobat.engine import cpu, plan
from nobat.model.outcome import index
from nobat.scenario import ScenarioError
from nobat.study.homecoming import HIT, OUTCOMES, homecoming
from nobat.study.way_home import COSTS, Policy, WayHome
from tests.small import small, whole

TRIED: dict[str, Any] = {
    "open_after_nights": (0, 2, 12),
    "minutes_a_check": (1, 3),
    "lanes": (1, 3),
}


@pytest.fixture(scope="module")
def found() -> WayHome:
    return homecoming(whole(), doctrine="commit-all", replications=200, **TRIED)


def test_every_policy_is_there_once_with_the_scenarios_own(found: WayHome) -> None:
    policies = [point.policy for point in found.points]
    assert len(policies) == len(set(policies)) == 12
    assert found.own == Policy(2, 1, 3.0, 0.05)
    assert found.own_point.policy == found.own
    added = homecoming(whole(), replications=40, lanes=[2], minutes_a_check=[1],
                       open_after_nights=[0], doctrine="commit-all")  # fmt: skip
    assert len(added.points) == 8


def test_each_policy_is_what_a_run_with_it_gives(found: WayHome) -> None:
    point = next(p for p in found.points if p.policy == Policy(12, 3, 1.0, 0.05))
    other = whole().with_values(
        {
            "homecoming.policy.open_after_nights": 12,
            "homecoming.policy.lanes": 3,
            "homecoming.policy.minutes_a_check": 1,
        }
    )
    rows = cpu.simulate(plan.build(other, "commit-all"), 1, 0, 200)
    rows = rows[rows[:, index("secured")] > 0]
    assert found.secured.mean == len(rows) / 200
    for name in OUTCOMES:
        assert point.estimates[name].mean == pytest.approx(rows[:, index(name)].mean(), rel=1e-12)
    hit = sum(rows[:, index(name)] for name in HIT)
    assert point.estimates["persons_hit"].mean == pytest.approx(np.mean(hit), rel=1e-12)


def test_no_policy_of_the_frontier_is_beaten(found: WayHome) -> None:
    def costs(policy: Policy) -> list[float]:
        point = next(p for p in found.points if p.policy == policy)
        return [*(point.estimates[name].mean or 0.0 for name in COSTS), float(policy.lanes)]

    for point in found.points:
        here = costs(point.policy)
        better = [
            p.policy
            for p in found.points
            if costs(p.policy) != here
            and all(a <= b for a, b in zip(costs(p.policy), here, strict=True))
        ]
        assert (point.standing == "frontier") == (not better)
        assert point.beaten_by in better if better else point.beaten_by is None


def test_the_own_policy_against_other_nights_with_the_same_checkpoint(found: WayHome) -> None:
    assert [gap.policy.open_after_nights for gap in found.gaps] == [0, 12]
    sooner, later = (gap.differences for gap in found.gaps)
    assert (sooner["nights_displaced"].low or 0) > 0
    assert (later["nights_displaced"].high or 0) < 0
    assert (later["mine_victims"].low or 0) > 0
    own = found.own_point.estimates["nights_displaced"].mean or 0
    other = next(p for p in found.points if p.policy == found.gaps[1].policy)
    gap = own - (other.estimates["nights_displaced"].mean or 0)
    assert later["nights_displaced"].mean == pytest.approx(gap)


def test_threads_change_nothing(found: WayHome) -> None:
    again = homecoming(whole(), doctrine="commit-all", replications=200, jobs=1, **TRIED)
    assert again == found


def test_it_can_be_taken_elsewhere(found: WayHome) -> None:
    answer = json.loads(json.dumps(found.to_json(), allow_nan=False))
    assert answer["own"]["open_after_nights"] == 2
    assert answer["respects"] == [*COSTS, "lanes"]
    assert len(answer["policies"]) == 12
    assert len(answer["own_minus_other"]) == 2
    assert answer["policies"][0]["cold_deaths"].keys() == {"mean", "low", "high", "n"}
    assert found.to_polars().height == 12
    assert repr(found).startswith("<WayHome whole: commit-all; ")
    steps: list[tuple[int, int]] = []
    homecoming(whole(), doctrine="commit-all", replications=30,
               progress=lambda *how: steps.append(how), **TRIED)  # fmt: skip
    assert steps[0] == (0, 13)
    assert steps[-1] == (13, 13)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"doctrine": "rotat"}, "doctrine: 'rotat' is not one of whole; did you mean rotate?"),
        ({"lanes": [0]}, "lanes: 0 is not a number of lanes: a whole number, 1 to 1,000"),
        ({"lanes": [1.5]}, "lanes: 1.5 is not a number of lanes"),
        ({"minutes_a_check": [-1]}, "minutes_a_check: -1 is not a number of minutes: above 0"),
        ({"open_after_nights": ["x"]}, "open_after_nights: 'x' is text, not a number"),
        ({"lanes": range(1, 500)}, "open_after_nights: .* policies are too many: up to 2,000"),
        ({"replications": 0}, "replications: 0 is not a count"),
        ({"jobs": 0}, "jobs: 0 is not a number of threads"),
    ],
)
def test_what_is_refused(given: dict[str, object], said: str) -> None:
    with pytest.raises(ScenarioError, match=said):
        homecoming(whole(), **given)  # type: ignore[arg-type]


def test_a_scenario_without_the_section_or_without_success_is_refused_in_one_line() -> None:
    with pytest.raises(ScenarioError, match=r"^homecoming: the scenario has none"):
        homecoming(small())
    hopeless = whole().with_values({"attrition.defender_rate": 50.0})
    with pytest.raises(ScenarioError, match=r"secured the place in none of 10"):
        homecoming(hopeless, replications=10)
