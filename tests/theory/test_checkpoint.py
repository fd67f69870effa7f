from __future__ import annotations

import json
import math
from itertools import pairwise

import pytest

from nobat.scenario import ScenarioError
from nobat.theory import checkpoint as theory

NUMBERS = {
    "arrivals_per_hour": 40, "lanes": 3, "infiltrator_share": 0.005, "false_stop_share": 0.05,
    "d_max": 3.5, "tau_minutes": 2,
}  # fmt: skip


def test_a_report_has_a_row_for_each_time_in_the_order_given() -> None:
    found = theory.report(minutes_a_check=[4, "1"], **NUMBERS)
    assert [row.minutes_a_check for row in found.rows] == [4, 1]
    for row in found.rows:
        assert row.queue == theory.queue(40, 3, row.minutes_a_check)
        caught = theory.mean_caught_share(0.05, 3.5, 2, row.minutes_a_check)
        assert row.screening == theory.screening(0.005, caught, 0.95)
    assert theory.report(minutes_a_check=4, **NUMBERS).rows == found.rows[:1]


def test_longer_checks_catch_more_and_make_longer_queues() -> None:
    rows = theory.report(minutes_a_check=[0.5, 1, 2, 3, 4], **NUMBERS).rows
    for shorter, longer in pairwise(rows):
        assert longer.screening.sensitivity > shorter.screening.sensitivity
        assert longer.screening.ppv > shorter.screening.ppv
        assert longer.queue.mean_wait_min > shorter.queue.mean_wait_min


@pytest.mark.parametrize(("minutes", "growth"), [(4.5, 0.0), (5.0, 4.0), (9.0, 20.0)])
def test_an_overloaded_checkpoint_has_no_steady_state(minutes: float, growth: float) -> None:
    found = theory.report(minutes_a_check=minutes, **NUMBERS)
    line = found.rows[0].queue
    assert line.overloaded
    assert line.growth_per_hour == pytest.approx(growth)
    assert line.mean_queue == line.mean_wait_min == math.inf
    assert "overloaded" in str(found)
    (row,) = json.loads(json.dumps(found.to_json(), allow_nan=False))["rows"]
    assert row["overloaded"] is True
    assert row["mean_wait_min"] is row["mean_queue"] is None


def test_a_checkpoint_to_which_nobody_comes_and_one_that_stops_nobody() -> None:
    assert theory.queue(0, 2, 5) == theory.Queue(0, False, 0, 0, 0, 0)
    assert math.isnan(theory.screening(0.0, 0.8, 1.0).ppv)
    assert theory.screening(1.0, 0.8, 1.0).ppv == 1.0


def test_the_share_caught_can_be_given_instead() -> None:
    asked = {**NUMBERS, "d_max": None, "tau_minutes": None, "sensitivity": 0.8}
    row = theory.report(minutes_a_check=2, **asked).rows[0]
    assert round(row.screening.ppv, 3) == 0.074


def test_everything_wrong_is_said_at_once() -> None:
    asked = {**NUMBERS, "lanes": 1.5, "sensitivity": 2, "false_stop_share": 0}
    with pytest.raises(ScenarioError) as raised:
        theory.report(minutes_a_check=[0, "x"], **asked)
    assert [str(problem) for problem in raised.value.problems] == [
        "minutes_a_check: 0 is not a number of minutes: above 0",
        "minutes_a_check: 'x' is not a number of minutes: above 0",
        "d_max: and sensitivity both say what a check catches: give one of them",
        "tau_minutes: and sensitivity both say what a check catches: give one of them",
        "lanes: 1.5 is not a number of lanes: a whole number, 1 to 1,000",
        "sensitivity: 2 is not a share: 0 to 1",
    ]


def test_where_the_share_caught_is_given_nobody_need_be_stopped_in_vain() -> None:
    asked = {**NUMBERS, "d_max": None, "tau_minutes": None}
    found = theory.report(minutes_a_check=4, **asked | {"sensitivity": 0.8, "false_stop_share": 0})
    assert found.fixed
    assert found.rows[0].screening.ppv == 1
    assert "exponential" not in str(found)
    with pytest.raises(ScenarioError, match="false_stop_share: 0 is not allowed here: above 0"):
        theory.report(minutes_a_check=4, **NUMBERS | {"false_stop_share": 0})


def test_several_minutes_with_commas_and_a_check_that_sees_nothing_is_one_problem() -> None:
    found = theory.report(minutes_a_check="1, 4,5", **NUMBERS)
    assert [row.minutes_a_check for row in found.rows] == [1, 4, 5]
    with pytest.raises(ScenarioError) as raised:
        theory.report(minutes_a_check=4, **NUMBERS | {"d_max": None, "tau_minutes": None})
    assert [problem.path for problem in raised.value.problems] == ["d_max"]


def test_as_many_as_can_be_checked_make_a_queue_that_grows_ever_more_slowly() -> None:
    asked = {**NUMBERS, "arrivals_per_hour": 40, "lanes": 3}
    found = theory.report(minutes_a_check=4.5, **asked)
    assert found.rows[0].queue.overloaded
    assert "the queue grows without end, ever more slowly" in str(found).replace("\n", " ")


@pytest.mark.parametrize(("an_hour", "lanes", "minutes"), [(40, 0, 4), (40, 3, 0), (-1, 3, 4)])
def test_there_is_no_such_queue(an_hour: float, lanes: int, minutes: float) -> None:
    with pytest.raises(ValueError, match="there is no such queue"):
        theory.queue(an_hour, lanes, minutes)


@pytest.mark.parametrize("shares", [(5, 0.8, 0.95), (0.1, -0.1, 0.95), (0.1, 0.8, 1.1)])
def test_what_is_no_share(shares: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="not between 0 and 1"):
        theory.screening(*shares)
