"""The days of many replications: the run's own, and the mean of what goes on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import nobat
from nobat.engine.manifest import RunError
from nobat.study import replay
from nobat.study.comparison import Comparison
from nobat.study.daily import Daily, daily
from tests.small import whole


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    scenario = whole(replications=30)
    return nobat.compare(scenario, doctrines=["rotate"], out=tmp_path_factory.mktemp("d") / "run")


@pytest.fixture(scope="module")
def days(result: Comparison) -> Daily:
    assert result.run is not None
    (found,) = daily(result.run, whole(replications=30), count=20)
    return found


def test_they_are_those_of_the_replays(result: Comparison, days: Daily) -> None:
    assert days.replications == 20
    for k in (0, 7, 19):
        steps = nobat.replay(result, "rotate", k).steps
        over = 1 + int(steps["day_number"].max())  # type: ignore[arg-type]
        ends = steps.group_by("day_number", maintain_order=True).last()
        assert days.layers[k, 1 : over + 1].tolist() == ends["layers_carried"].to_list()
        assert (days.layers[k, over:] == ends["layers_carried"][-1]).all()
        assert days.values["stock_t"][k, 1 : over + 1] == pytest.approx(ends["stock_t"].to_list())
        tiring = steps.select("day_number", "effectiveness", "defender_effectiveness", "contact")
        means = tiring.group_by("day_number", maintain_order=True).mean()
        effect = days.values["attacker_effectiveness"][k, 1 : over + 1]
        assert effect == pytest.approx(means["effectiveness"].to_list())
        pressed = tiring.filter(tiring["contact"] > 0).group_by("day_number").mean()
        tired = days.values["defender_effectiveness"][k]
        for day, value in zip(
            pressed["day_number"], pressed["defender_effectiveness"], strict=True
        ):
            assert tired[day + 1] == pytest.approx(value)
        assert np.isnan(tired).sum() == days.days.size - pressed.height
        assert days.going[k].sum() == over + 1


def test_the_end_of_a_campaign_is_what_the_run_has(result: Comparison, days: Daily) -> None:
    kept = result.values("rotate", "layers_carried")[:20]
    assert days.layers[:, -1].tolist() == kept.tolist()


def test_a_mean_is_over_campaigns_that_go_on_and_enough_of_them(days: Daily) -> None:
    values = days.mean("stock_t")
    there = (~np.isnan(days.values["stock_t"])).sum(axis=0)
    assert np.isnan(values[there < 10]).all()
    day = int(np.flatnonzero(there >= 10)[-1])
    assert values[day] == pytest.approx(np.nanmean(days.values["stock_t"][:, day]))


def test_quantiles_are_whole_layers(days: Daily) -> None:
    found = days.quantiles((0.05, 0.5, 0.95))
    assert (found == found.round()).all()
    assert (np.diff(found, axis=0) >= 0).all()


def test_a_run_of_another_model_is_left_alone(
    result: Comparison, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = result.run
    assert run is not None
    monkeypatch.setattr(run, "manifest", replace(run.manifest, model="another"))
    with pytest.raises(RunError, match="another version"):
        daily(run, whole(replications=30))


def test_one_that_comes_out_otherwise_is_an_error(result: Comparison) -> None:
    assert result.run is not None
    other = whole(replications=30).with_values({"contact.frontage": 37})
    with pytest.raises(RunError, match="replication 0 of rotate comes out otherwise"):
        daily(result.run, other)


def test_a_bad_replication_is_one_of_the_worse_failures(result: Comparison) -> None:
    assert result.run is not None
    number, why = replay.bad(result.run, "rotate")
    secured = result.values("rotate", "secured")
    losses = result.values("rotate", "attacker_losses")
    among = secured == 0 if 0 < secured.sum() < secured.size else np.ones(secured.size, bool)
    assert among[number]
    worse = (losses[among] > losses[number]).mean()
    assert 0 <= worse <= 0.1
    assert f"{losses[number]:,.0f}" in why


def test_a_run_folder_can_be_reported_of(result: Comparison, tmp_path: Path) -> None:
    assert result.report(tmp_path / "r.html").stat().st_size > 500_000
