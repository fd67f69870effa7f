"""A replication again: the same to the last bit, every step of it, and what is refused."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import polars as pl
import pytest

import nobat
from nobat.engine import cpu
from nobat.engine.files import StoreError
from nobat.engine.manifest import RunError
from nobat.engine.store import Run
from nobat.model import events
from nobat.model.outcome import OUTCOMES
from nobat.scenario import Scenario, ScenarioError
from nobat.study.compare import compare
from nobat.study.comparison import Comparison
from nobat.study.replay import replay
from nobat.study.replayed import TABLES, Replay
from tests.small import FILE, small, whole

RULES = [
    {"when": "final_layers_carried >= 1", "posture": "commit_all", "fire": "free"},
    {"when": "final_layers_carried >= 2", "corridor": "closed", "latch": True},
    {"when": "day > 2", "posts": 2},
]


def ruled(**run: object) -> Scenario:
    """The whole small campaign, with a doctrine that changes all its orders."""
    return whole(**run).with_values({"doctrines.wait.rules": RULES})


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    """A run of it."""
    return compare(ruled(), out=tmp_path_factory.mktemp("runs") / "run", jobs=1)


def run_of(result: Comparison) -> Run:
    assert result.run is not None
    return result.run


def total(found: Replay, kind: str, column: str = "amount") -> float:
    """The sum of a column over the events of a kind."""
    return float(found.events.filter(kind=kind)[column].fill_null(0).sum())


@pytest.mark.parametrize("doctrine", ["rotate", "commit-all", "closed", "wait"])
def test_the_outcomes_are_those_that_the_run_keeps(result: Comparison, doctrine: str) -> None:
    kept = run_of(result).outcomes(doctrine).collect().to_dicts()
    for k in (0, 7, 59):
        found = replay(result, doctrine, k)
        assert {"replication": k} | found.outcomes == kept[k]
        assert found.run is not None
        assert found.why is None


def test_a_run_is_known_by_its_folder_its_name_and_itself(
    result: Comparison, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = run_of(result).path
    monkeypatch.setattr("nobat.engine.store.RUNS", path.parent)
    same = [replay(it, "rotate", 3) for it in (result, run_of(result), path, str(path), path.name)]
    for found in same:
        assert found.trajectory.row.tobytes() == same[0].trajectory.row.tobytes()
        assert found.trajectory.trace.tobytes() == same[0].trajectory.trace.tobytes()
        assert found.log() == same[0].log()
    alone = replay(ruled(), "rotate", 3)
    assert alone.outcomes == same[0].outcomes
    assert alone.run is None
    assert replay(ruled(), "rotate", 3, seed=9).outcomes != alone.outcomes
    assert nobat.replay is replay


@pytest.mark.parametrize("doctrine", ["rotate", "closed", "wait"])
def test_every_step_agrees_with_the_outcomes(doctrine: str) -> None:
    found = replay(ruled(), doctrine, 5)
    last, outcomes = found.steps.row(-1, named=True), found.outcomes
    for name in ("attacker_present", "attacker_losses", "defender_losses", "surrendered"):
        assert last[name] == outcomes[name]
    assert last["day"] == outcomes["duration_d"]
    assert last["layers_carried"] == outcomes["layers_carried"]
    assert found.steps["step"].to_list() == list(range(1, len(found.steps) + 1))
    assert (found.steps["defender_losses"].diff().drop_nulls() >= 0).all()


@pytest.mark.parametrize("doctrine", ["rotate", "closed", "wait"])
def test_the_parts_add_up_to_the_steps(doctrine: str) -> None:
    found = replay(ruled(), doctrine, 5)
    steps, by_step = found.steps, ["step"]
    units = found.units.group_by(by_step, maintain_order=True)
    assert units.agg(pl.sum("strength"))["strength"].equals(
        steps["attacker_present"].rename("strength")
    )
    # Steps count the duties as they begin; units are shown as they end.
    calm = ~steps["step"].is_in(found.events.filter(kind="spent")["step"].implode())
    for duty in ("operating", "rest", "spent"):
        count = units.agg((pl.col("duty") == duty).sum().alias(duty).cast(pl.Int64))[duty]
        assert count.filter(calm).to_list() == steps[duty].filter(calm).to_list()
    layers = found.layers.group_by(by_step, maintain_order=True)
    garrison = layers.agg(pl.sum("garrison"))["garrison"]
    assert garrison.to_list() == steps["defender_in_layers"].to_list()
    held = layers.agg((pl.col("held_by") == "attacker").sum().alias("held"))["held"]
    assert held.to_list() == steps["layers_carried"].to_list()
    assert found.layers.filter(held_by="attacker")["garrison"].sum() == 0
    places = found.places.group_by(by_step, maintain_order=True)
    assert places.agg(pl.sum("carried"))["carried"].to_list() == steps["layers_carried"].to_list()
    assert places.agg(pl.sum("residents"))["residents"].to_list() == pytest.approx(
        steps["residents"].to_list()
    )
    cores = found.layers.filter(pl.col("core"))["held_by"].to_list()
    assert cores == found.places["holder"].to_list()


def test_names_and_words_stand_for_codes() -> None:
    found = replay(ruled(), "wait", 1)
    first = found.steps.row(0, named=True)
    assert (first["posture"], first["fire"], first["corridor"]) == ("rotate", "restrained", "open")
    assert set(found.steps["posture"]) == {"rotate", "commit_all"}
    assert found.units["unit"].unique(maintain_order=True).to_list() == [
        f"company {n}" for n in range(1, 7)
    ]
    assert set(found.units["duty"]) <= {"operating", "relieving", "reserve", "rest", "spent"}
    town = found.layers.filter(step=1, place="town")
    assert town["layer"].to_list() == [1, 2, 3]
    assert town["core"].to_list() == [False, False, True]
    assert found.steps["isolated"].dtype == pl.Boolean
    bare = replay(small(), "rotate", 1).steps
    assert bare["fire"].null_count() == bare["corridor"].null_count() == len(bare)


def test_time_is_told_as_steps_end() -> None:
    found = replay(small(), "rotate", 0)
    steps = found.steps.select("day", "day_number", "hour", "clock").rows()
    assert steps[0] == (4 / 24, 0, 4.0, "day 0, 04:00")
    assert steps[5] == (1.0, 0, 24.0, "day 1, 00:00")
    assert steps[6][1:] == (1, 4.0, "day 1, 04:00")
    first = found.events.row(0, named=True)
    assert (first["clock"], first["day"], first["kind"]) == ("day 0, 00:00", 0.0, "posture")
    assert (found.events["day"].diff().drop_nulls() >= 0).all()


def test_the_events_account_for_the_outcomes() -> None:
    seen = set()
    for doctrine in ("rotate", "commit-all", "closed", "wait"):
        for k in range(12):
            found = replay(ruled(), doctrine, k)
            kinds = found.events["kind"].to_list()
            seen |= set(kinds)
            outcomes = {name: value or 0 for name, value in found.outcomes.items()}
            assert kinds.count("spent") == outcomes["units_spent"]
            assert kinds.count("retaken") == outcomes["layers_lost_again"]
            assert kinds.count("repulsed") + kinds.count("retaken") == outcomes["counterattacks"]
            assert kinds.count("secured") == outcomes["secured"]
            assert kinds.count("abandoned") == outcomes["abandoned"]
            assert total(found, "suicide", "count") == outcomes["suicide_attacks"]
            assert total(found, "suicide") == outcomes["suicide_losses"]
            assert total(found, "reinforced") == outcomes["reinforcements"]
            assert total(found, "surrendered") == outcomes["surrendered"]
            leaving = found.steps["defender_leaving"][-1]
            assert total(found, "left") + leaving == outcomes["escaped"]
            causes = found.events.filter(kind="broke")["cause"].value_counts()
            for cause, count in causes.iter_rows():
                assert outcomes[f"breaks_by_{cause}"] == count
    supply = {"dry", "supplied", "defender_dry", "defender_supplied"}
    assert seen >= set(events.KINDS) - supply - {"abandoned", "joined", "leader"}


def test_supply_that_runs_short_and_comes_back_is_told() -> None:
    short: dict[str, object] = {
        "attacker.supply.stock_t": 0, "attacker.supply.trucks": 1,
        "attacker.supply.payload_t": 2.6,
        "defender.supply.stock_t": 0, "defender.supply.payload_t": 0.5,
        "doctrines.wait.rules": [
            {"when": "day > 3", "posture": "pause"}, {"when": "day > 5", "posture": "rotate"},
        ],
    }  # fmt: skip
    found = replay(whole().with_values(short), "wait", 1)
    for kind in ("dry", "supplied", "defender_dry", "defender_supplied"):
        assert kind in found.events["kind"].to_list()
    factor = found.steps["supply_factor"].to_list()
    dry, again = (found.events.filter(kind=kind)["step"][0] for kind in ("dry", "supplied"))
    assert max(factor[dry - 1 : again - 1]) < 1 == factor[again - 1]
    given_up = replay(whole().with_values(short | {"attacker.supply.trucks": 0}), "rotate", 1)
    assert given_up.events.row(-1, named=True)["cause"] == "supply_dry"
    assert "his supply was short for too long" in given_up.sentence()


def test_those_who_were_in_a_layer_are_told_of() -> None:
    for k in range(12):
        found = replay(ruled(), "rotate", k)
        for broke in (event for event in found.happened if event.kind == "broke"):
            parts = [
                event.amount or 0
                for event in found.happened
                if (event.step, event.place) == (broke.step, broke.place)
                and event.kind in ("fell_back", "set_out", "surrendered")
            ]
            assert sum(parts) == broke.amount


def test_orders_name_the_rule_and_stages_what_ended_them() -> None:
    found = replay(ruled(), "wait", 2)
    told = found.events.select("kind", "detail", "cause", "amount").rows()
    assert ("posture", "rotate", None, None) in told
    assert ("posture", "commit_all", "final_layers_carried >= 1", None) in told
    assert ("fire", "free", "final_layers_carried >= 1", None) in told
    assert ("corridor", "closed", "final_layers_carried >= 2", None) in told
    assert ("posts", None, "day > 2", 2.0) in told
    assert ("stage", None, "isolated >= 1", 2.0) in told
    held = ruled().with_values({"plan[0].until": None})
    stages = replay(held, "rotate", 1).events.filter(kind="stage")
    assert stages["cause"].to_list() == ["secured"]


def test_a_typical_replication_is_one_of_median_length(result: Comparison) -> None:
    found = replay(result, "commit-all")
    frame = run_of(result).outcomes("commit-all").collect()
    secured = frame.filter(pl.col("secured"))
    assert secured.height > frame.height / 2
    nearest = (secured["duration_d"] - secured["duration_d"].median()).abs()
    assert found.replication == secured["replication"][int(nearest.arg_min() or 0)]
    assert found.ending == "secured"
    assert f"{secured.height} of 60 were secured" in (found.why or "")


def test_a_typical_one_of_many_that_took_as_long_is_the_first(tmp_path: Path) -> None:
    found = replay(compare(small(), doctrines=["wait"], out=tmp_path / "run"))
    assert (found.doctrine, found.replication, found.ending) == ("wait", 0, "undecided")
    assert found.why == "60 of 60 were still going at the horizon, and it is the first of these"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("rotat", 0), "doctrine: 'rotat' is not one of .*; did you mean rotate?"),
        ((None, 0), "doctrine: none is given .doctrines: rotate, commit-all, closed, wait"),
        (("rotate", 60), "replication: 60 is not one of the 60 replications of .*: 0 to 59"),
        (("rotate", -1), "replication: -1 is not one of"),
        (("rotate", True), "replication: true is not one of"),
        (("rotate", "3"), "replication: '3' is not one of"),
    ],
)
def test_what_a_run_does_not_have(result: Comparison, words: tuple[str, int], said: str) -> None:
    with pytest.raises(ScenarioError, match=said):
        replay(result, *words)


def test_what_a_scenario_is_asked_wrongly(result: Comparison) -> None:
    with pytest.raises(ScenarioError, match="replication: none is given: a scenario that has not"):
        replay(small(), "rotate")
    with pytest.raises(ScenarioError, match="'rotat' is not one of small; did you mean"):
        replay(small(), "rotat", 1)
    with pytest.raises(ScenarioError, match="seed: -1 is not"):
        replay(small(), "rotate", 1, seed=-1)
    with pytest.raises(ScenarioError, match="seed: 3: a run has its own seed"):
        replay(result, "rotate", 1, seed=3)
    with pytest.raises(TypeError, match="replay takes a run or a Scenario, not 3"):
        replay(3)  # type: ignore[arg-type]
    course = compare(small(), solver="mean-field")
    with pytest.raises(RunError, match="the mean field keeps no run"):
        replay(course, "rotate", 1)


def test_what_is_no_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(RunError, match="abu-kamal-2017 is a scenario: `nobat run abu-kamal-2017`"):
        replay("abu-kamal-2017", "rotate", 1)
    compare(small(replications=2))
    with pytest.raises(RunError, match=r"small.yaml is a scenario: .* \(runs of it: small-"):
        replay(FILE, "rotate", 1)
    with pytest.raises(RunError, match=r"there is no run 'small'.*did you mean small-"):
        replay("small", "rotate", 1)


@pytest.fixture
def copied(result: Comparison, tmp_path: Path) -> Path:
    """A copy of the run, to be spoilt."""
    return result.save(tmp_path / "copy")


def test_a_run_of_another_model_is_refused(copied: Path) -> None:
    manifest = copied / "manifest.json"
    text = manifest.read_text()
    model = json.loads(text)["model"]
    manifest.write_text(text.replace(model, "0" * 64))
    shutil.rmtree(copied / "outcomes")  # their seals say so too
    with pytest.raises(RunError, match=r"made by another version of the model .0000000000, now"):
        replay(copied, "rotate", 1)


def test_a_row_that_is_not_the_same_is_an_error(tmp_path: Path) -> None:
    def other(plan: object, seed: int, first: int, count: int) -> np.ndarray:
        rows = cpu.simulate(plan, seed, first, count)  # type: ignore[arg-type]
        rows[1, [o.name == "attacker_losses" for o in OUTCOMES]] += 1
        return rows

    spoilt = compare(small(), out=tmp_path / "run", simulate=other)
    assert replay(spoilt, "rotate", 0).ending == "undecided"
    with pytest.raises(RunError, match=r"replication 1 of rotate comes out otherwise here .atta"):
        replay(spoilt, "rotate", 1)


def test_what_is_still_to_be_run_is_told(copied: Path) -> None:
    shutil.rmtree(copied / "outcomes" / "rotate")
    with pytest.raises(RunError, match="replication 1 of rotate is still to be run; `nobat resume"):
        replay(copied, "rotate", 1)
    with pytest.raises(RunError, match="no replication of rotate is there yet"):
        replay(copied, "rotate")
    assert replay(copied, "closed", 1).replication == 1


def test_it_is_kept_as_tables_and_text(tmp_path: Path) -> None:
    found = replay(ruled(), "rotate", 1)
    folder = found.save(tmp_path / "deep" / "kept")
    files = {path.name for path in folder.iterdir()}
    assert files == {f"{name}.parquet" for name in TABLES} | {"log.txt", "replay.json"}
    for name in TABLES:
        assert pl.read_parquet(folder / f"{name}.parquet").equals(getattr(found, name))
    assert (folder / "log.txt").read_text(encoding="utf-8") == found.log() + "\n"
    assert json.loads((folder / "replay.json").read_text(encoding="utf-8")) == found.to_json()
    with pytest.raises(RunError, match="kept is there already and not empty"):
        found.save(folder)
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be written: not a directory"):
        found.save(tmp_path / "file" / "kept")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_nothing_of_it_can_be_changed() -> None:
    found = replay(small(), "rotate", 1)
    with pytest.raises(AttributeError):
        found.seed = 2  # type: ignore[misc]
    for array in found.trajectory:
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


def test_a_log_that_was_full_is_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    whole_log = replay(ruled(), "rotate", 1)
    monkeypatch.setattr(cpu, "_ROOM", 1)
    monkeypatch.setattr(cpu, "_ROOM_A_STEP", 0)
    again = replay(ruled(), "rotate", 1)
    assert again.log() == whole_log.log()
    assert again.trajectory.trace.tobytes() == whole_log.trajectory.trace.tobytes()
