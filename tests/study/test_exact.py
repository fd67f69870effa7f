"""Doctrines compared by their exact laws."""

from __future__ import annotations

import json

import numpy as np
import polars as pl
import pytest

import nobat
from nobat.engine.manifest import RunError
from nobat.model.outcome import OUTCOMES
from nobat.scenario import ScenarioError, load
from nobat.study import mean_field
from nobat.study.comparison import Comparison
from tests.small import small
from tests.tiny import busy

#: What hangs on the whole course of a campaign, and not on where it stands.
UNKNOWN = {
    "cover", "rest_debt_peak_unit_days", "rest_debt_due_day_if_due", "mean_contact",
    "mean_pressure", "isolated_day_if_isolated", "day_core_lost_if_lost",
    "day_core_retaken_if_retaken",
    "attacks_after_secured_if_secured", "first_attack_after_d_if_attacked",
}  # fmt: skip


@pytest.fixture(scope="module")
def found() -> Comparison:
    doctrines = {
        "turns": {"title": "In turns", "start": "rotate"},
        "all": {"title": "Everyone", "start": "commit_all"},
        "wait": {"title": "Wait", "start": "pause"},
    }
    return nobat.compare(busy({"doctrines": doctrines}), solver="exact")


def test_every_outcome_is_a_point_or_none(found: Comparison) -> None:
    same = mean_field.solve(small(), ["wait"]).doctrines[0].estimates
    for one in found.doctrines:
        assert list(one.estimates) == list(same)
        for name, value in one.estimates.items():
            assert value.kind == same[name].kind
            assert value.low == value.mean == value.high
            assert value.n == (0 if value.mean is None else 1)
    unknown = {name for name, value in found["turns"].estimates.items() if value.mean is None}
    assert unknown == UNKNOWN
    assert len(found["turns"].estimates) == len(OUTCOMES) + 1
    ends = ("p_secured", "p_abandoned", "p_undecided")
    for one in found.doctrines:
        assert sum(one[name].mean or 0.0 for name in ends) == pytest.approx(1.0)
    assert found["wait"]["day_secured"].mean is None


def test_when_it_ends(found: Comparison) -> None:
    endings = found["turns"].endings
    assert endings is not None
    assert endings.days.tolist() == [0.25 * step for step in range(1, 17)]
    assert endings.secured.sum() == found["turns"]["p_secured"].mean
    assert endings.abandoned.sum() == found["turns"]["p_abandoned"].mean
    day = float(endings.secured @ endings.days) / endings.secured.sum()
    assert found["turns"]["day_secured"].mean == pytest.approx(day)
    by_then = found.secured_by("turns", np.array([0.0, 0.24, 0.25, 1.1, 4.0, 9.0]))
    cumulated = np.concatenate([[0.0], np.cumsum(endings.secured)])
    np.testing.assert_array_equal(by_then, cumulated[[0, 0, 1, 4, 16, 16]])
    with pytest.raises(ValueError, match="read-only"):
        endings.secured[0] = 1.0


def test_the_chance_by_day_of_a_run(tmp_path_factory: pytest.TempPathFactory) -> None:
    run = nobat.compare(small(), out=tmp_path_factory.mktemp("run") / "r", replications=40, jobs=1)
    days = run.values("commit-all", "day_secured")
    ends = run.secured_by("commit-all", np.array([0.0, 9.0, 20.0]))
    assert ends[0] == 0.0
    assert ends[1] == np.count_nonzero(days <= 9.0) / 40
    assert ends[2] == run["commit-all"]["p_secured"].mean


def test_the_json_object(found: Comparison) -> None:
    answer = json.loads(json.dumps(found.to_json(), allow_nan=False))
    assert (answer["solver"], answer["seed"], answer["run_dir"]) == ("exact", None, None)
    assert answer["interval"] is answer["best"]["p_best"] is answer["best"]["resamples"] is None
    assert answer["best"]["doctrine"] == "all"
    steps = answer["doctrines"][0]["by_step"]
    assert list(steps) == ["day", "p_secured", "p_abandoned", "left_out", "states"]
    assert len(steps["day"]) == len(steps["p_secured"]) == len(steps["p_abandoned"]) == 16
    assert sum(steps["p_secured"]) == answer["doctrines"][0]["p_secured"]["mean"]
    gaps = {(gap["a"], gap["b"], gap["outcome"]): gap for gap in answer["differences"]}
    gap = gaps["turns", "all", "p_secured"]
    assert gap["mean"] == gap["low"] == gap["high"] < 0
    assert gaps["turns", "all", "day_secured_if_both_secured"]["mean"] is None
    assert found.difference("all", "turns", "secured").mean == -gap["mean"]


def test_there_are_chances_but_nothing_drawn(found: Comparison) -> None:
    assert found.by_chance
    assert not found.drawn
    assert repr(found) == "<Comparison small: 3 doctrines exactly; best all>"
    assert found.values("all", "attacker_losses") == [found["all"]["attacker_losses"].mean]
    rows = found.outcomes().collect()
    assert rows.filter(pl.col("doctrine") == "all")["secured"][0] == found["all"]["secured"].mean
    with pytest.raises(RunError, match="the exact solver keeps no run to save"):
        found.save("somewhere")
    assert repr(found["all"].endings).startswith("<Endings: secured 0.8")


def test_what_cannot_be_solved_is_refused_at_once() -> None:
    with pytest.raises(ScenarioError) as caught:
        nobat.compare(load("textbook-line"), solver="exact")
    assert len(caught.value.problems) >= 9
    with pytest.raises(ScenarioError, match="seed: means nothing with the solver exact"):
        nobat.compare(busy(), solver="exact", seed=3)


def test_too_many_states_are_a_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nobat.engine.exact.solve.MOST_STATES", 100)
    with pytest.raises(
        ScenarioError, match=r"solver: exact: \d+ states in step \d \(100 at most\) are"
    ):
        nobat.compare(busy(), solver="exact")
