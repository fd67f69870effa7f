"""A run on disk: what is in it, what is refused, and what survives a fault."""

from __future__ import annotations

import errno
import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nobat.engine import cpu, plan
from nobat.engine.files import StoreError
from nobat.engine.manifest import FORMAT, Manifest, RunError, describe, parse
from nobat.engine.runner import execute
from nobat.engine.store import Run
from nobat.model.outcome import OUTCOMES, index
from nobat.scenario import Scenario
from nobat.study.compare import canonical
from tests.small import small

NAMES = ("rotate", "commit-all")


def manifest_of(scenario: Scenario, chunk: int = 20, names: tuple[str, ...] = NAMES) -> Manifest:
    run = scenario.run
    return describe(scenario.name, canonical(scenario), names, run.replications, run.seed, chunk)


def make(folder: Path, chunk: int = 20, jobs: int = 2, **values: object) -> Run:
    """A complete run of the small scenario."""
    scenario = small(**values)
    run = Run.begin(folder, manifest_of(scenario, chunk), canonical(scenario))
    execute(run, scenario, jobs=jobs)
    return run


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return make(tmp_path_factory.mktemp("made") / "run")


@pytest.fixture
def copy(made: Run, tmp_path: Path) -> Path:
    """A copy of a complete run, to be spoilt."""
    return shutil.copytree(made.path, tmp_path / "copy")


def test_a_run_has_a_manifest_a_scenario_and_chunks(made: Run) -> None:
    chunks = {f"outcomes/{n}/{first:09d}.parquet" for n in NAMES for first in (0, 20, 40)}
    assert set(contents(made.path)) == {"manifest.json", "scenario.json", *chunks}
    manifest = json.loads((made.path / "manifest.json").read_text())
    assert manifest["format"] == FORMAT
    assert manifest["doctrines"] == list(NAMES)
    assert manifest["digest"] == small().digest()
    assert set(manifest["made_with"]) == {"python", "numpy", "numba", "polars", "platform"}


def test_chunks_hold_every_outcome_in_a_fitting_type(made: Run) -> None:
    frame = pl.read_parquet(made.chunk_path("rotate", 20))
    assert frame["replication"].to_list() == list(range(20, 40))
    types = {"share": pl.Boolean, "count": pl.Int64, "number": pl.Float64}
    assert dict(frame.schema) == {"replication": pl.Int64} | {
        outcome.name: types[outcome.kind] for outcome in OUTCOMES
    }
    assert frame["day_secured"].null_count() == (~frame["secured"]).sum()


def test_what_is_read_is_what_the_engine_gave(made: Run) -> None:
    scenario = small()
    rows = cpu.simulate(plan.build(scenario, "rotate"), scenario.run.seed, 0, 60)
    names = [outcome.name for outcome in OUTCOMES]
    columns = made.columns("rotate", names)
    for name in names:
        np.testing.assert_array_equal(columns[name], rows[:, index(name)], err_msg=name)


def test_the_same_run_has_the_same_bytes(made: Run, tmp_path: Path) -> None:
    again = make(tmp_path / "again", jobs=1)
    assert contents(again.path) == contents(made.path)


def test_the_outcomes_do_not_depend_on_the_chunk(made: Run, tmp_path: Path) -> None:
    other = make(tmp_path / "other", chunk=7)
    for name in NAMES:
        left, right = made.outcomes(name).collect(), other.outcomes(name).collect()
        assert left.equals(right)


def test_the_folder_is_named_by_all_that_the_result_depends_on() -> None:
    base = manifest_of(small())
    assert base.folder_name().startswith("small-")
    assert len(base.folder_name()) == len("small-") + 10
    assert manifest_of(small()).folder_name() == base.folder_name()
    changed = [
        replace(base, digest="0"),
        replace(base, doctrines=("rotate",)),
        replace(base, replications=61),
        replace(base, seed=2),
        replace(base, solver="mean-field"),
        replace(base, nobat="9"),
        replace(base, model="0"),
    ]
    assert len({one.folder_name() for one in (base, *changed)}) == 8
    assert replace(base, made_with={}).folder_name() == base.folder_name()


@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "flipped", "foreign", "misplaced"])
def test_a_chunk_that_is_not_whole_is_made_again(made: Run, copy: Path, damage: str) -> None:
    chunk = copy / "outcomes" / "rotate" / "000000020.parquet"
    content = chunk.read_bytes()
    other = {
        "empty": b"",
        "cut": content[: len(content) // 2],
        "flipped": content[:300] + bytes([content[300] ^ 1]) + content[301:],
        "foreign": b"PAR1 no parquet PAR1",
        "misplaced": (copy / "outcomes" / "rotate" / "000000000.parquet").read_bytes(),
    }
    if damage == "missing":
        chunk.unlink()
    else:
        chunk.write_bytes(other[damage])
        with pytest.raises(RunError, match=r"000000020\.parquet is damaged"):
            Run.open(copy)
    run = Run.begin(copy, made.manifest, made.scenario_text())
    assert run.done() == (0, 40)
    execute(run, small())
    assert contents(copy) == contents(made.path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_any_flipped_bit_is_noticed(made: Run, tmp_path: Path, place: float, bit: int) -> None:
    content = bytearray(made.chunk_path("rotate", 0).read_bytes())
    content[int(place * len(content))] ^= 1 << bit
    spoilt = Run(tmp_path, made.manifest)
    spoilt.chunk_path("rotate", 0).parent.mkdir(parents=True, exist_ok=True)
    spoilt.chunk_path("rotate", 0).write_bytes(content)
    assert not spoilt.has("rotate", 0)


def test_a_folder_that_holds_something_else_is_left_alone(made: Run, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(RunError, match="not empty and holds no run"):
        Run.begin(tmp_path, made.manifest, made.scenario_text())
    assert contents(tmp_path) == {"thesis.txt": b"years of work"}


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"seed": 2}, "seed 1, not 2"),
        ({"replications": 80}, "replications 60, not 80"),
        ({"horizon_d": 10}, "same name with other contents"),
    ],
)
def test_a_folder_with_another_run_is_left_alone(
    copy: Path, made: Run, values: dict[str, object], words: str
) -> None:
    scenario = small(**values)
    with pytest.raises(RunError, match=words):
        Run.begin(copy, manifest_of(scenario), canonical(scenario))
    assert contents(copy) == contents(made.path)


def test_a_run_is_not_finished_under_another_numpy(copy: Path, made: Run) -> None:
    now = replace(made.manifest, made_with={**made.manifest.made_with, "numpy": "1.0"})
    with pytest.raises(RunError, match=r"begun with numpy .* now 1\.0"):
        Run.begin(copy, now, made.scenario_text())
    later = replace(made.manifest, made_with={**made.manifest.made_with, "python": "3.99"})
    assert Run.begin(copy, later, made.scenario_text()).replications() == 60


def test_a_folder_left_by_a_killed_process_is_taken_up(made: Run, tmp_path: Path) -> None:
    (tmp_path / ".manifest.json.1-2.part").write_text("{")
    run = Run.begin(tmp_path, made.manifest, made.scenario_text())
    (tmp_path / "scenario.json").unlink()
    run = Run.begin(tmp_path, made.manifest, made.scenario_text())
    execute(run, small())
    assert contents(tmp_path) == contents(made.path)


def test_a_file_is_no_folder(made: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(RunError, match="is a file, not a folder"):
        Run.begin(tmp_path / "file", made.manifest, made.scenario_text())
    with pytest.raises(StoreError, match="cannot be made: not a directory"):
        Run.begin(tmp_path / "file" / "run", made.manifest, made.scenario_text())


def test_a_full_disk_leaves_nothing_half_written(
    made: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = 0

    def full(_: int) -> None:
        nonlocal calls
        calls += 1
        if calls > 4:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    run = Run.begin(tmp_path / "run", made.manifest, made.scenario_text())
    with pytest.raises(StoreError, match="no space left on the disk"):
        execute(run, small(), jobs=1)
    whole = contents(made.path)
    left = contents(run.path)
    assert len(left) == 4
    assert all(whole[name] == content for name, content in left.items())


def test_open_finds_a_run_by_path_or_name(
    made: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(made.path, tmp_path / "runs" / "small-1234567890")
    assert Run.open("small-1234567890").replications() == 60
    assert Run.open(tmp_path / "runs" / "small-1234567890").manifest == made.manifest
    with pytest.raises(RunError, match=r"no run .small-1234567891.*did you mean small-1234567890"):
        Run.open("small-1234567891")
    (tmp_path / "file").write_text("")
    with pytest.raises(RunError, match="is a file; a run is a folder"):
        Run.open("file")
    with pytest.raises(RunError, match="is not a run"):
        Run.open(tmp_path)


def _spoil(manifest: dict[str, object], **values: object) -> str:
    return json.dumps({**manifest, **values})


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"format": FORMAT + 1}, "from a newer nobat"),
        ({"format": "1"}, "was not written by nobat"),
        ({"seed": "one"}, "seed is not a whole number"),
        ({"replications": 0}, "replications is not a whole number from 1 on"),
        ({"doctrines": []}, "doctrines is not a list of names"),
        ({"doctrines": ["../../etc"]}, "doctrines is not a list of names"),
        ({"outcomes": 3}, "damaged"),
        ({"outcomes": [{"name": "secured"}]}, "damaged"),
        ({"surprise": 1}, "damaged"),
        ({"digest": 3}, "digest is not text"),
        ({"made_with": None}, "made_with is not a table"),
    ],
)
def test_a_manifest_that_cannot_be_right_is_refused(
    made: Run, values: dict[str, object], words: str
) -> None:
    whole = json.loads(made.manifest.to_text())
    assert parse(json.dumps(whole), "here") == made.manifest
    with pytest.raises(RunError, match=f"^here: .*{words}"):
        parse(_spoil(whole, **values), "here")


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"name": "package"}'])
def test_what_is_no_manifest_is_refused(text: str) -> None:
    with pytest.raises(RunError, match=r"^here: manifest\.json"):
        parse(text, "here")


def test_a_changed_scenario_is_noticed(copy: Path) -> None:
    path = copy / "scenario.json"
    path.write_text(path.read_text().replace("A small siege", "A large siege"))
    with pytest.raises(RunError, match=r"scenario\.json is not the one that was run"):
        Run.open(copy)
    path.unlink()
    with pytest.raises(RunError, match=r"scenario\.json is missing"):
        Run.open(copy)


def test_a_copy_is_whole_or_not_at_all(
    made: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.copy_to(tmp_path / "new" / "place")
    assert contents(tmp_path / "new" / "place") == contents(made.path)
    with pytest.raises(RunError, match="there already"):
        made.copy_to(tmp_path / "new" / "place")

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(shutil, "copytree", full)
    with pytest.raises(StoreError, match="no space"):
        made.copy_to(tmp_path / "other")
    assert [path.name for path in tmp_path.iterdir()] == ["new"]


def test_an_engine_that_gives_too_few_rows_is_caught(made: Run, tmp_path: Path) -> None:
    run = Run.begin(tmp_path / "run", made.manifest, made.scenario_text())
    with pytest.raises(ValueError, match="the engine gave"):
        run.write("rotate", 0, np.zeros((3, len(OUTCOMES))))
