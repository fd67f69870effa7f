"""The frontier: losses and harm move against each other; what it refuses."""

from __future__ import annotations

import json

import numpy as np
import polars as pl
import pytest

import nobat
from nobat.model.identification import rates
from nobat.scenario import Scenario, ScenarioError
from nobat.study.frontier import OUTCOMES, Frontier, frontier, points_of, policies_of
from nobat.study.scan import Scan
from tests.small import small, whole

CRITERIA = (-0.5, 0.5, 1.0, 1.5, 2.0)


@pytest.fixture(scope="module")
def found() -> Frontier:
    return frontier(whole(), doctrine="commit-all", criteria=CRITERIA, replications=300)


def test_losses_and_harm_move_against_each_other(found: Frontier) -> None:
    losses = [point.attacker_losses.mean or 0.0 for point in found.points]
    harm = [point.harm_index.mean or 0.0 for point in found.points]
    assert losses == sorted(losses)
    assert harm == sorted(harm, reverse=True)
    assert found.on_frontier == found.points
    assert all(point.beaten_by is None for point in found.points)


def test_each_point_is_what_a_run_with_that_criterion_gives(found: Frontier) -> None:
    from nobat.engine.cpu import simulate
    from nobat.engine.plan import build
    from nobat.model.outcome import index

    one = found.points[2]
    scenario = whole().with_values({"fire.policies.free.criterion": 1.0})
    rows = simulate(build(scenario, "commit-all"), 1, 0, 300)
    assert found.path == "fire.policies.free.criterion"
    assert one.harm_index.mean == rows[:, index("harm_index")].mean()
    assert one.secured.mean == rows[:, index("secured")].mean()
    assert one.day_secured.n == rows[:, index("secured")].sum()
    assert (one.tpr, one.fpr) == rates(2.0, 1.0)


def test_threads_change_nothing() -> None:
    one, two = (frontier(whole(), criteria=(0.5, 2), replications=40, jobs=jobs) for jobs in (1, 2))
    assert one == two


def test_what_is_run_if_nothing_is_said() -> None:
    """The first main doctrine, the policy it starts with, nine criteria around d'."""
    found = nobat.frontier(whole(main=["commit-all"]), replications=2)
    assert (found.doctrine, found.policy, found.replications) == ("commit-all", "free", 2)
    criteria = [point.criterion for point in found.points]
    assert criteria == [-0.5, 0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5]
    ranged = whole().with_values(
        {"fire.policies.restrained.criterion": {"value": 1, "low": 0, "high": 2}}
    )
    again = frontier(ranged, replications=1)
    assert (again.doctrine, again.policy, again.criterion) == ("rotate", "restrained", 1.0)
    assert [point.criterion for point in again.points] == [0.25 * k for k in range(9)]


def with_a_rule() -> Scenario:
    """The doctrine rotate changes to free fire in the last stage."""
    rule = {"when": "stage >= 2", "fire": "free"}
    return whole().with_values({"doctrines.rotate.rules": [rule]})


def test_a_doctrine_may_use_several_policies() -> None:
    assert policies_of(with_a_rule(), "rotate") == ("restrained", "free")
    assert policies_of(whole(), "commit-all") == ("free",)
    found = frontier(with_a_rule(), policy="free", criteria=(0, 3), replications=100)
    assert (found.policy, found.others) == ("free", ("restrained",))
    assert "also uses restrained" in " ".join(found.table().notes())
    lax, strict = found.points
    assert (lax.harm_index.mean or 0) > (strict.harm_index.mean or 0)


def test_points_of_a_scan_with_figures_of_ones_choice() -> None:
    noise = np.resize([-1.0, 1.0], 100)
    costs = {1.0: (50, 9, 1), 2.0: (60, 4, 1), 3.0: (70, 5, 0), 4.0: (60.001, 4.0, 0)}
    rows = np.array(
        [
            [[losses + noise * (1 + criterion), np.full(100, harm), np.full(100, secured),
              np.full(100, 7.0 if secured else np.nan)]]
            for criterion, (losses, harm, secured) in costs.items()
        ]
    )  # fmt: skip
    points = points_of(Scan("x", tuple(costs), ("rotate",), OUTCOMES, rows), d_prime=2.0)
    assert [one.standing for one in points] == ["frontier", "frontier", "beaten", "not surely"]
    assert [one.beaten_by for one in points] == [None, None, 2.0, 2.0]
    assert points[0].day_secured.mean == 7.0
    assert points[2].day_secured.mean is None
    assert points[2].secured.high is not None


def test_it_can_be_taken_elsewhere(found: Frontier) -> None:
    answer = json.loads(json.dumps(found.to_json(), allow_nan=False))
    assert answer["points"][0]["criterion"] == -0.5
    assert answer["points"][0]["standing"] == "frontier"
    assert answer["points"][0]["p_secured"].keys() == {"mean", "low", "high", "n"}
    frame = found.to_polars()
    assert frame.height == len(CRITERIA)
    assert frame["attacker_losses_low"].dtype == pl.Float64
    assert frame["beaten_by"].dtype == pl.Float64
    assert frame["harm_index"][0] == found.points[0].harm_index.mean
    assert repr(found) == "<Frontier whole: commit-all, free; 5 of 5 criteria on it>"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"doctrine": "rotat"}, "doctrine: 'rotat' is not one of whole; did you mean rotate?"),
        ({"policy": "fre"}, "policy: 'fre' is not a fire policy; did you mean free?"),
        ({"policy": "free"}, r"policy: rotate never uses free \(it uses: restrained\)"),
        ({"criteria": [1]}, "criteria: a frontier takes 2 to 101 different ones, not 1"),
        ({"criteria": [1, 1.0]}, "different ones, not 1"),
        ({"criteria": [1, "lax"]}, "criteria: 'lax' is text, not a number"),
        ({"criteria": [1, float("inf")]}, "criteria: .* is not a finite number"),
        ({"replications": 0}, "replications: 0 is not a count"),
        ({"jobs": 0}, "jobs: 0 is not a number of threads"),
    ],
)
def test_what_is_refused(given: dict[str, object], said: str) -> None:
    with pytest.raises(ScenarioError, match=said):
        frontier(whole(), **given)  # type: ignore[arg-type]


def test_a_scenario_without_fire_is_refused_in_one_line() -> None:
    with pytest.raises(ScenarioError, match=r"^fire: the scenario has none: without it targets"):
        frontier(small())
