"""The campaigns of claims: those that are shared are the same as those that are fought alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from nobat.account import campaigns, work
from nobat.account.audit import audit
from nobat.account.campaigns import Asked, Campaigns
from nobat.account.design import design_of
from nobat.account.runs import Run, needed
from nobat.engine.cpu import simulate
from nobat.engine.plan import build
from nobat.model.outcome import index
from nobat.scenario import load
from tests.account.test_audit import QUICK, ask, files
from tests.account.told import HANGING, WIDER, told

SIEGE = load("abu-kamal-2017", {"run.replications": 6})


def test_every_run_is_what_it_would_be_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """All runs that the claims of a shipped scenario need, those on the way home among them."""
    design = design_of(SIEGE, 8, 1)
    runs = needed(SIEGE, SIEGE.claims)
    open_ = [run for run in runs if any(p.startswith("homecoming.") for p, _ in run.values)]
    assert len(open_) == 2
    asked = [Asked(design.values[i], runs) for i in (0, 5)]
    (found, other) = Campaigns(SIEGE, design, 2).each(asked)
    for i, rows in ((0, found), (5, other)):
        for run, names in runs.items():
            there = SIEGE.with_values(design.given(design.values[i]) | dict(run.values))
            alone = simulate(build(there, run.doctrine), SIEGE.run.seed, 0, 6)
            for name in names:
                np.testing.assert_array_equal(rows[run, name], alone[:, index(name)])
    monkeypatch.setattr(campaigns, "CHUNK", 4)
    (cut, _) = Campaigns(SIEGE, design, 1).each(asked)
    assert all(np.array_equal(cut[key], found[key], equal_nan=True) for key in found)


def test_what_differs_on_the_way_home_only_is_fought_once(monkeypatch: pytest.MonkeyPatch) -> None:
    fought = 0

    def counted(*words: object) -> object:
        nonlocal fought
        fought += 1
        return simulate(*words)  # type: ignore[arg-type]

    monkeypatch.setattr("nobat.engine.cpu.simulate", counted)
    nights = "homecoming.policy.open_after_nights"
    runs = {
        Run("rotate", ((nights, 3),)): ("mine_victims",),
        Run("rotate"): ("secured",),
        Run("rotate", (("contact.frontage", 300), (nights, 9))): ("mine_victims",),
        Run("rotate", (("contact.frontage", 300),)): ("cold_deaths", "secured"),
        Run("wait"): (),
    }
    design = design_of(SIEGE, 8, 1)
    (found,) = Campaigns(SIEGE, design, 1).each([Asked(design.values[2], runs)])
    assert fought == 2
    assert list(found) == [(run, name) for run, names in runs.items() for name in names]


def test_nothing_to_run_is_nothing_found() -> None:
    design = design_of(SIEGE, 8, 1)
    assert list(Campaigns(SIEGE, design, 1).each([Asked(design.values[0], {})])) == [{}]


@pytest.mark.parametrize("room", [0, 600])
def test_what_is_not_remembered_is_run_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    ask(tmp_path / "one", HANGING, WIDER, **QUICK)
    monkeypatch.setattr(work, "_MOST_REMEMBERED", room)
    ask(tmp_path / "two", HANGING, WIDER, **QUICK)
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_progress_counts_up_to_all(tmp_path: Path) -> None:
    said: list[tuple[int, int]] = []
    audit(
        told((HANGING,)), settings=40, replications=3, out=tmp_path / "a",
        progress=lambda *at: said.append(at),
    )  # fmt: skip
    assert said[0] == (0, 56)
    assert said[-1] == (56, 56)
    assert [done for done, _ in said] == sorted(done for done, _ in said)
    assert {done for done, _ in said} == set(range(57))
