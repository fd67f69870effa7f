"""Attacks after a campaign: what may be asked, and the closed forms at their ends."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nobat.scenario import ScenarioError
from nobat.theory import recurrence
from nobat.theory.recurrence import Process
from nobat.theory.recurrence_question import report

NUMBERS = {"residual": 150, "incidents": 0.88, "theta": 0.43, "omega": 0.107}
processes = st.builds(
    Process, st.floats(1.0, 1e4), st.floats(0.01, 10.0), st.floats(0.0, 0.999), st.floats(1e-4, 10)
)


def test_a_year_by_hand() -> None:
    # mu = 0.57 x 0.88 x 1.5 / 30.44; k = 0.06099, kT = 22.26.
    process = Process(**NUMBERS)
    assert process.root_rate == pytest.approx(0.024718, rel=1e-4)
    assert process.family_size == pytest.approx(1 / 0.57)
    by_hand = 0.024718 * 365 / 0.57 * (1 - 0.43 / 22.26)
    assert recurrence.expected(process, 365) == pytest.approx(by_hand, rel=1e-4)
    assert recurrence.p_none(process, 365) == pytest.approx(math.exp(-0.024718 * 365), rel=1e-3)


def test_in_the_long_run_theta_moves_the_spread_and_not_the_number() -> None:
    a, b = (Process(100.0, 1.0, theta, 0.1) for theta in (0.0, 0.5))
    long = 1e6
    assert recurrence.expected(a, long) == pytest.approx(recurrence.expected(b, long), rel=1e-4)
    assert recurrence.variance(a, long) == pytest.approx(recurrence.expected(a, long))
    ratio = recurrence.variance(b, long) / recurrence.expected(b, long)
    assert ratio == pytest.approx(1 / (1 - 0.5) ** 2, rel=1e-4)


@given(processes, st.floats(1e-3, 1e4))
def test_they_grow_with_time_and_never_fall_below_a_poisson_streams(
    process: Process, days: float
) -> None:
    mean, variance = recurrence.expected(process, days), recurrence.variance(process, days)
    assert variance >= mean * (1 - 1e-9)
    assert recurrence.expected(process, 2 * days) >= 2 * mean * (1 - 1e-9)
    assert recurrence.variance(process, 2 * days) > variance
    roots = process.root_rate * days
    assert roots * (1 - 1e-9) <= mean <= roots * process.family_size * (1 + 1e-9)


@given(st.floats(0.0, 0.9999), st.floats(1e-4, 1.0))
def test_the_two_ways_to_the_moments_meet(theta: float, omega: float) -> None:
    """Below kT = 1 power series, from there on differences: there is no step between them."""
    process = Process(100.0, 1.0, theta, omega)
    days = 1.0 / process.settling
    for moment in (recurrence.expected, recurrence.variance):
        below, above = moment(process, days * (1 - 1e-9)), moment(process, days * (1 + 1e-9))
        assert below == pytest.approx(above, rel=1e-7)


def test_a_distribution_that_is_too_much_work_is_left_out() -> None:
    found = report(residual=1e6, incidents=1, theta=0.5, omega=0.1)
    assert found.chances is None
    assert found.range_90 is None
    assert found.expected_attacks == pytest.approx(116_623, rel=1e-5)


def test_quantiles() -> None:
    assert recurrence.quantiles(np.array([0.2, 0.3, 0.5]), 0.05, 0.2, 0.4, 0.95) == (0, 0, 1, 2)


def test_the_answer_as_json() -> None:
    exact = report(**NUMBERS).to_json()
    assert json.loads(json.dumps(exact, allow_nan=False)) == exact
    assert exact["method"] == "exact"
    assert exact["events_per_root"] == pytest.approx(1 / 0.57)
    assert exact["range_90"] == [6, 28]
    assert [point["day"] for point in exact["curve"]] == [365 * k / 8 for k in range(9)]
    assert exact["curve"][-1]["attacks"] == exact["expected_attacks"]
    drawn = report(**NUMBERS, method="simulate", replications=4000, seed=2).to_json()
    assert exact.keys() < drawn.keys()
    gap = (drawn["expected_attacks"] - exact["expected_attacks"]) / drawn["standard_error"]
    assert abs(gap) < 4.5
    again = report(**NUMBERS, method="simulate", replications="4000", seed="2").to_json()
    assert again == drawn


def test_nobody_left() -> None:
    none = report(residual=0, incidents=1, theta=0.4, omega=0.1)
    assert (none.expected_attacks, none.variance_attacks, none.p_no_attack) == (0, 0, 1)
    assert none.to_json()["mean_days_to_first"] is None
    assert report(residual=0, incidents=1, theta=0.4, omega=0.1, method="simulate").p_no_attack == 1


def test_one_drawn_case_has_no_standard_error() -> None:
    found = report(**NUMBERS, method="simulate", replications=1).to_json()
    assert found["standard_error"] is None
    assert found["variance_attacks"] == 0


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(ScenarioError) as caught:
        report(
            residual=-1, incidents="x", theta=1, omega=0, days=math.nan, method="simulat",
            replications=0, seed=-1,
        )  # fmt: skip
    assert [str(problem) for problem in caught.value.problems] == [
        "residual: -1 is not a strength: 0 or more persons",
        "incidents: 'x' is not allowed: 0 or more",
        "theta: 1 is not allowed here: 0 or more, below 1 (from 1 on each attack provokes "
        "another, without end)",
        "omega: 0 is not allowed here: above 0 per day",
        "days: .nan is not allowed here: above 0 days",
        "method: 'simulat' is not a method; did you mean simulate? (methods: exact, simulate)",
        "replications: 0 is not a whole number, 1 or more",
        "seed: -1 is not a whole number, 0 or more",
    ]


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"residual": None}, "residual: is missing: persons who got away and can come back"),
        (
            {"residual": 1e9, "method": "simulate"},
            "method: 103,480,849 attacks in one course are too many to draw",
        ),
        (
            {"residual": 1e6, "method": "simulate", "replications": 1_000_000},
            "replications: 1,000,000 courses of 103,481 attacks are too many",
        ),
    ],
)
def test_what_is_missing_or_too_much(other: dict[str, object], said: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        report(**{**NUMBERS, **other})
    (only,) = caught.value.problems
    assert str(only).startswith(said)
