"""The answer to a rotation: conservation, debt, synchrony, required crews, what is refused."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nobat
from nobat.scenario.problems import ScenarioError
from nobat.study.duties import DUTIES
from nobat.study.required import missed_share
from nobat.study.turns import question_of
from nobat.theory import rotation as theory

SURGE: dict[str, Any] = {
    "units": 12, "posts": 4, "operate_d": 365, "rest_d": 730, "surge_start_d": 3286,
    "surge_days": 60, "surge_extra": 8,
}  # fmt: skip


@settings(max_examples=60)
@given(
    units=st.integers(1, 12), posts=st.integers(1, 6), operate_d=st.integers(1, 20),
    rest_d=st.integers(0, 40), recovery_d=st.integers(0, 5), overlap_d=st.integers(0, 3),
    surge_extra=st.integers(1, 8), forgive_rest=st.booleans(),
    window=st.one_of(st.none(), st.integers(1, 30)),
)  # fmt: skip
def test_unit_days_are_conserved_and_days_agree_with_spells(
    window: int | None, overlap_d: int, operate_d: int, **asked: Any
) -> None:
    found = nobat.rotation(
        **asked, operate_d=operate_d + 3, overlap_d=overlap_d, readiness_window_d=window,
        surge_start_d=30, surge_days=25, from_d=11, horizon_d=140,
    )  # fmt: skip
    days = found.days()
    assert sum(found.unit_days.values()) == asked["units"] * (140 - 11)
    assert (days.select(DUTIES).sum_horizontal() == asked["units"]).all()
    inside = days.filter((days["day"] >= 11) & (days["day"] < 140))
    assert {name: inside[name].sum() for name in DUTIES} == found.unit_days
    assert found.cover == pytest.approx(np.mean(inside["posts_held"].to_numpy()) / asked["posts"])
    assert days["operating"].equals(days["posts_held"] + days["surge_posts_held"], null_equal=True)
    if asked["forgive_rest"]:
        assert found.ledger().is_empty()
    owed = found.ledger()
    assert (owed["missed_d"] == owed["repaid_d"] + owed["due_rest_d"]).all()
    assert (days["rest_owed"] >= 0).all()


def test_synchrony_is_that_of_the_phases() -> None:
    found = nobat.rotation(**SURGE, readiness_window_d=365)
    day = 4000
    rests = found.record.spells[found.record.spells[:, 1] == 3]
    last = [rests[(rests[:, 0] == i) & (rests[:, 2] <= day), 2].max() for i in range(12)]
    phases = [((day - r) % 1095) / 1095 for r in last]
    assert found.synchrony()["synchrony"][day - 1] == pytest.approx(theory.synchrony(phases))


def test_the_ledger_says_who_owes_what_and_when() -> None:
    found = nobat.rotation(**SURGE)
    first, second = (
        found.ledger().filter(found.ledger()["crew"] == name).row(0, named=True)
        for name in ("crew 1", "crew 5")
    )  # fmt: skip
    # Crew 1 had just begun its rest of 730 days; 610 of them came back in reserve.
    assert first == {
        "unit": 0, "crew": "crew 1", "called_d": 3286, "missed_d": 730, "repaid_d": 610,
        "due_d": 4261, "due_rest_d": 120, "settled_d": 5111,
    }  # fmt: skip
    assert (second["missed_d"], second["due_rest_d"]) == (365, 60)
    assert found.surge is not None
    # Rest owed in all, on the day of the call, is what the called crews missed.
    days = found.days()
    assert days["rest_owed"][3286 - 1] == found.ledger()["missed_d"].sum() == 4 * 730 + 4 * 365
    assert days["rest_owed"][-1] == found.rest_owed == 0


def test_more_crews_can_miss_more() -> None:
    # Two posts, tours of 5 days of which the last is shared, a day of travel, ready for 2 days:
    # three crews keep both posts, four do not, five do. A search by halves need not notice.
    asked: dict[str, Any] = {
        "posts": 2, "operate_d": 5, "rest_d": 0, "recovery_d": 1, "overlap_d": 1,
        "readiness_window_d": 2,
    }  # fmt: skip
    missed = {units: missed_share(question_of({**asked, "units": units})) for units in range(2, 12)}
    assert [units for units, share in missed.items() if share > 0] == [2, 4]
    found = nobat.rotation(units=3, **asked)
    assert found.closed_form_required_units == 3
    assert found.cover == 1
    assert found.required_units == 5
    assert found.required_by(method="bisection").units in (3, 5)
    assert found.required_by(allowed_miss=missed[4]).units == 3
    assert found.required_by(allowed_miss=missed[4], method="bisection").units == 3


def test_the_required_units_of_the_closed_form_are_necessary() -> None:
    for overlap in (0, 30):
        found = nobat.rotation(
            units=1, posts=3, operate_d=365, rest_d=730, overlap_d=overlap, readiness_window_d=365
        )
        assert found.required_units is not None
        assert found.closed_form_required_units is not None
        assert found.required_units >= found.closed_form_required_units
        assert found.required_by().method == "scan"


def test_too_many_crews_for_a_scan_are_found_by_halves() -> None:
    found = nobat.rotation(units=3_000, posts=1_000, operate_d=365, rest_d=730, horizon_d=5_000)
    assert found.required[0].method == "bisection"
    assert found.required_units == found.closed_form_required_units == 3_000


def test_random_starts_depend_on_the_seed_alone() -> None:
    asked: dict[str, Any] = {
        "units": 12, "posts": 4, "operate_d": 365, "rest_d": 730, "readiness_window_d": 365,
        "random_starts": True, "replications": 20,
    }  # fmt: skip
    one, again = nobat.rotation(**asked, seed=7), nobat.rotation(**asked, seed=7)
    other = nobat.rotation(**asked, seed=8)
    assert one.covers == again.covers
    assert one.covers != other.covers
    assert one.to_json()["cover_interval"]["n"] == 20


def test_the_answer_is_frozen() -> None:
    found = nobat.rotation(**SURGE)
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.covers = ()  # type: ignore[misc]
    with pytest.raises(ValueError, match="read-only"):
        found.record.spells[0, 0] = 1


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(ScenarioError) as caught:
        question_of({"units": 0, "posts": 2.5, "operate_d": 3, "overlap_d": 3, "surge_days": 4})
    assert [problem.path for problem in caught.value.problems] == [
        "units", "posts", "rest_d", "overlap_d", "surge_start_d", "surge_extra",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("more", "path"),
    [
        ({"overlap_d": 1, "gap_d": 1}, "gap_d"),
        ({"from_d": 50, "horizon_d": 50}, "from_d"),
        ({"horizon_d": 60, "surge_start_d": 50, "surge_days": 20, "surge_extra": 1},
         "surge_start_d"),
        ({"units": True}, "units"),
        ({"units": 10**7}, "units"),
        ({"units": 500_000, "horizon_d": 1_000_000}, "horizon_d"),
        ({"readiness_window_d": 0}, "readiness_window_d"),
        ({"rest_d": "two"}, "rest_d"),
        ({"rest_d": "²"}, "rest_d"),
        ({"rest_d": float("nan")}, "rest_d"),
    ],
)  # fmt: skip
def test_what_is_refused(more: dict[str, object], path: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        question_of({"units": 4, "posts": 2, "operate_d": 14, "rest_d": 14, **more})
    assert [problem.path for problem in caught.value.problems] == [path]


def test_numbers_stand_in_the_scenario_or_in_the_call() -> None:
    with pytest.raises(ScenarioError, match="units: stands in the scenario"):
        nobat.rotation(nobat.load_crews("fire-crews"), units=3)


def test_a_short_horizon_is_looked_at_from_the_first_day() -> None:
    assert question_of({**SURGE, "horizon_d": 4000}).from_d == 1
    assert question_of({**SURGE, "horizon_d": 5000}).from_d == 3285
    whole = question_of({"units": 300, "posts": 100, "operate_d": 14, "rest_d": 28, "gap_d": 2})
    assert (whole.horizon_d - whole.from_d) % 16 == 0


def test_days_are_whole_numbers_of_any_kind() -> None:
    asked = {"units": np.int64(4), "posts": "2", "operate_d": 14.0, "rest_d": 14}
    assert question_of(asked).units == 4


@pytest.mark.parametrize(
    ("more", "path"),
    [
        ({"seed": 3}, "seed"),
        ({"replications": 3}, "replications"),
        ({"allowed_miss": 1.0}, "allowed_miss"),
        ({"random_starts": True, "replications": 0}, "replications"),
        ({"operate_d": 200_000}, "horizon_d"),
    ],
)
def test_what_means_nothing_is_refused(more: dict[str, Any], path: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        nobat.rotation(**{"units": 4, "posts": 2, "operate_d": 14, "rest_d": 14, **more})
    assert [problem.path for problem in caught.value.problems] == [path]


def test_a_name_is_no_scenario() -> None:
    with pytest.raises(TypeError, match="load_crews"):
        nobat.rotation("fire-crews")  # type: ignore[arg-type]
    with pytest.raises(ScenarioError, match="scan or bisection"):
        nobat.rotation(units=2, posts=1, operate_d=1, rest_d=1).required_by(
            method="guess",  # type: ignore[arg-type]
        )


def test_an_early_surge_is_in_the_window() -> None:
    assert question_of({**SURGE, "surge_start_d": 400}).from_d == 400
    assert nobat.rotation(**SURGE).required_units_with_surge == 16
    assert nobat.rotation(units=2, posts=1, operate_d=1, rest_d=1).required_with_surge is None
