"""A sweep on disk: what is in it, what is refused, and what survives a fault."""

from __future__ import annotations

import errno
import json
import os
import shutil
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nobat.engine import sweep_manifest
from nobat.engine.files import StoreError
from nobat.engine.manifest import RunError
from nobat.engine.store import Run
from nobat.engine.sweep_manifest import FORMAT, parse, points_in_a_file
from nobat.engine.sweep_store import SweepFolder
from nobat.study.sweep import open_sweep, resume_sweep, sweep
from nobat.study.swept import Sweep
from tests.engine.test_store import contents
from tests.small import small

OVER = ["contact.frontage", "rotation.turns.posts=1:3", "sleep.model"]
ASKED = {"points": 10, "replications": 20, "doctrines": ["rotate", "commit-all"]}


def make(folder: Path, **asked: object) -> Sweep:
    return sweep(small(), OVER, out=folder, **(ASKED | asked))  # type: ignore[arg-type]


@pytest.fixture(scope="module", autouse=True)
def files_of_three_points() -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sweep_manifest, "_MOST_POINTS", 3)
        yield


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Sweep:
    return make(tmp_path_factory.mktemp("made") / "sweep", keep_replications=True)


@pytest.fixture
def copy(made: Sweep, tmp_path: Path) -> Path:
    """A copy of a complete sweep, to be spoilt."""
    return shutil.copytree(made.path, tmp_path / "copy")


def test_a_sweep_has_a_manifest_a_scenario_a_design_and_points(made: Sweep) -> None:
    points = {f"points/{first:06d}.parquet" for first in (0, 3, 6, 9)}
    replications = {f"replications/{number:06d}.parquet" for number in range(10)}
    first = {"manifest.json", "scenario.json", "design.csv"}
    assert set(contents(made.path)) == first | points | replications
    manifest = json.loads((made.path / "manifest.json").read_text())
    assert (manifest["holds"], manifest["format"]) == ("sweep", FORMAT)
    assert (manifest["design"], manifest["points"], manifest["keep"]) == ("sobol", 10, True)
    assert [axis["type"] for axis in manifest["axes"]] == ["number", "whole", "word"]
    heads, *rows = (made.path / "design.csv").read_text().splitlines()
    assert heads == "contact.frontage,rotation.turns.posts,sleep.model"
    assert len(rows) == 10


def test_the_same_sweep_has_the_same_bytes(made: Sweep, tmp_path: Path) -> None:
    again = make(tmp_path / "again", jobs=1, keep_replications=True)
    assert contents(again.path) == contents(made.path)


def test_without_the_replications_the_points_are_the_same(made: Sweep, tmp_path: Path) -> None:
    other = make(tmp_path / "other")
    assert other.points().collect().equals(made.points().collect())
    assert not (other.path / "replications").exists()
    with pytest.raises(RunError, match="replications are kept with keep_replications=True"):
        other.replications()


@given(
    gone=st.sets(st.integers(0, 13), min_size=1), left=st.sampled_from(["points", "replications"])
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=8)
def test_whatever_a_killed_process_has_left_it_ends_in_the_same_bytes(
    made: Sweep, tmp_path: Path, gone: set[int], left: str
) -> None:
    shutil.rmtree(tmp_path / "killed", ignore_errors=True)
    killed = shutil.copytree(made.path, tmp_path / "killed")
    files = sorted(killed.rglob("*.parquet"))
    for number in gone:
        files[number].unlink()
    (killed / left / ".000001.parquet.1-2.part").write_bytes(b"PAR1")
    assert len(resume_sweep(killed, jobs=2)) == 10
    assert contents(killed) == contents(made.path)


@pytest.mark.parametrize("name", ["points/000003", "replications/000004"])
@pytest.mark.parametrize("damage", ["empty", "cut", "flipped", "foreign", "misplaced"])
def test_what_is_damaged_is_noticed_and_made_again(
    made: Sweep, copy: Path, name: str, damage: str
) -> None:
    path = copy / f"{name}.parquet"
    content = path.read_bytes()
    spoilt = {
        "empty": b"",
        "cut": content[: len(content) // 2],
        "flipped": content[:300] + bytes([content[300] ^ 1]) + content[301:],
        "foreign": b"PAR1 no parquet PAR1",
        "misplaced": (path.parent / "000000.parquet").read_bytes(),
    }
    path.write_bytes(spoilt[damage])
    with pytest.raises(RunError, match=r"points.000003\.parquet, or what belongs to it, is damage"):
        open_sweep(copy)
    told: list[object] = []
    resume_sweep(copy, progress=lambda progress: told.append(progress.damaged))
    assert told[0] == (("3 to 5", 3),)
    assert contents(copy) == contents(made.path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_any_flipped_bit_is_noticed(made: Sweep, tmp_path: Path, place: float, bit: int) -> None:
    content = bytearray(made.folder.points_path(0).read_bytes())
    content[int(place * len(content))] ^= 1 << bit
    spoilt = SweepFolder(tmp_path, made.folder.manifest)
    shutil.copytree(made.path / "replications", tmp_path / "replications", dirs_exist_ok=True)
    spoilt.points_path(0).parent.mkdir(parents=True, exist_ok=True)
    spoilt.points_path(0).write_bytes(content)
    assert not spoilt.has(0)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"seed": 2}, "seed 1, not 2"),
        ({"replications": 21}, "replications 20, not 21"),
        ({"points": 12}, "points 10, not 12"),
        ({"design": "latin"}, "design sobol, not latin"),
        ({"design_seed": 2}, "other points"),
        ({"doctrines": ["rotate"]}, "doctrines rotate, commit-all, not rotate"),
        ({"keep_replications": False}, "its replications were kept"),
    ],
)
def test_a_folder_with_another_sweep_is_left_alone(
    made: Sweep, copy: Path, asked: dict[str, object], said: str
) -> None:
    with pytest.raises(RunError, match=said):
        make(copy, **({"keep_replications": True} | asked))
    assert contents(copy) == contents(made.path)


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "points").mkdir()
    (tmp_path / "points" / "thesis.txt").write_text("years of work")
    with pytest.raises(RunError, match="not empty and holds no sweep"):
        make(tmp_path)
    assert contents(tmp_path) == {"points/thesis.txt": b"years of work"}


def test_a_run_is_no_sweep_and_a_sweep_no_run(made: Sweep, tmp_path: Path) -> None:
    with pytest.raises(RunError, match=r"not a run: `nobat resume` or nobat\.open_sweep opens it"):
        Run.open(made.path)
    (tmp_path / "manifest.json").write_text('{"format": 1}')
    with pytest.raises(RunError, match=r"not a sweep: `nobat resume` or nobat\.open_run opens it"):
        open_sweep(tmp_path)


def test_what_another_version_began_is_left_alone(copy: Path) -> None:
    manifest = json.loads((copy / "manifest.json").read_text())
    (copy / "points" / "000003.parquet").unlink()
    for values in ({"nobat": "0.0.1"}, {"model": "0123"}, {"made_with": {"numpy": "1.0"}}):
        (copy / "manifest.json").write_text(json.dumps(manifest | values))
        before = contents(copy)
        with pytest.raises(RunError, match="was begun with"):
            resume_sweep(copy)
        assert contents(copy) == before


def test_a_full_disk_loses_nothing_that_was_written(
    made: Sweep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = 0

    def full(_: int) -> None:
        nonlocal calls
        calls += 1
        if calls > 9:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(StoreError, match="no space left on the disk"):
            make(tmp_path / "sweep", jobs=1, keep_replications=True)
    whole, left = contents(made.path), contents(tmp_path / "sweep")
    assert len(left) == 9
    assert all(whole[name] == content for name, content in left.items())
    assert len(open_sweep(tmp_path / "sweep")) == 3
    resume_sweep(tmp_path / "sweep")
    assert contents(tmp_path / "sweep") == whole


def test_a_folder_that_cannot_be_written_gets_a_clear_error(
    made: Sweep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(RunError, match="is a file, not a folder"):
        make(tmp_path / "file")
    with pytest.raises(StoreError, match="cannot be made: not a directory"):
        make(tmp_path / "file" / "sweep")

    def denied(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    copied = shutil.copytree(made.path, tmp_path / "copy")
    (copied / "points" / "000003.parquet").unlink()
    before = contents(copied)
    with monkeypatch.context() as patch:
        # Whoever tests as root may write anywhere: the system is made to say no.
        real = Path.open
        patch.setattr(
            Path, "open", lambda self, mode="r", *a, **k: (
                denied(self) if "w" in mode else real(self, mode, *a, **k)
            ),
        )  # fmt: skip
        with pytest.raises(StoreError, match="cannot be written: permission denied"):
            resume_sweep(copied, jobs=1)
    assert contents(copied) == before


@pytest.mark.parametrize("name", ["scenario.json", "design.csv"])
def test_a_changed_or_missing_first_file_is_noticed(copy: Path, name: str) -> None:
    path = copy / name
    path.write_text(path.read_text().replace("8", "9"))
    with pytest.raises(RunError, match=f"{name} is not the one that was run"):
        open_sweep(copy)
    path.unlink()
    with pytest.raises(RunError, match=f"{name} is missing or unreadable"):
        open_sweep(copy)


def test_a_sweep_is_found_by_its_path_or_its_name(
    made: Sweep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(made.path, tmp_path / "sweeps" / "small-1234567890")
    assert len(open_sweep("small-1234567890")) == 10
    with pytest.raises(RunError, match=r"there is no sweep .* did you mean small-1234567890\?"):
        open_sweep("small-1234567891")
    with pytest.raises(RunError, match="is not a sweep: it has no manifest"):
        open_sweep(tmp_path)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"format": FORMAT + 1}, "the sweep has format 3, from a newer nobat"),
        ({"format": "1"}, "was not written by nobat"),
        ({"holds": "sheep"}, "was not written by nobat"),
        ({"seed": "one"}, "seed is not a whole number"),
        ({"points": 0}, "points is not a whole number from 1 on"),
        ({"doctrines": ["../../etc"]}, "doctrines is not a list of names"),
        ({"axes": []}, "axes, made_with or keep is of another kind"),
        ({"axes": [{"path": "x"}]}, "damaged"),
        ({"surprise": 1}, "damaged"),
    ],
)
def test_a_manifest_that_cannot_be_right_is_refused(
    made: Sweep, values: dict[str, object], said: str
) -> None:
    whole = json.loads(made.folder.manifest.to_text())
    assert parse(json.dumps(whole), "here") == made.folder.manifest
    with pytest.raises(RunError, match=f"^here.*{said}"):
        parse(json.dumps(whole | values), "here")


def test_files_hold_fewer_points_where_each_is_more_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(sweep_manifest, "_MOST_POINTS", 64)
    asked = ((1, 10), (6, 20), (6, 200), (4, 2000), (6, 10_000))
    assert [points_in_a_file(512, d, n) for d, n in asked] == [64, 20, 2, 1, 1]
    # Thousands of files are slow to open: then a stopped sweep may lose more.
    assert [points_in_a_file(n, 6, 200) for n in (2_000, 2_001, 20_000, 100_000)] == [2, 3, 20, 64]


def test_a_sweep_begun_with_larger_files_goes_on_with_them(
    tmp_path: Path, made: Sweep, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(made.path, tmp_path / "old")
    (tmp_path / "old" / "points" / "000006.parquet").unlink()
    monkeypatch.setattr(sweep_manifest, "_MOST_POINTS", 1)
    assert len(make(tmp_path / "old", keep_replications=True)) == 10
    assert contents(tmp_path / "old") == contents(made.path)


def test_files_of_an_older_form_are_read_but_not_added_to(copy: Path) -> None:
    manifest = copy / "manifest.json"
    manifest.write_text(manifest.read_text().replace(f'"format": {FORMAT}', '"format": 1'))
    assert len(open_sweep(copy)) == 10
    (copy / "points" / "000006.parquet").unlink()
    with pytest.raises(RunError, match="was begun with format 1 of its files: what is missing"):
        resume_sweep(copy)


def test_a_copy_is_whole(made: Sweep, tmp_path: Path) -> None:
    made.save(tmp_path / "new" / "place")
    assert contents(tmp_path / "new" / "place") == contents(made.path)
    with pytest.raises(RunError, match="there already"):
        made.save(tmp_path / "new" / "place")


def test_what_is_kept_has_fitting_types(made: Sweep) -> None:
    replications = pl.read_parquet(made.folder.replications_path(4))
    assert replications["replication"].to_list() == [*range(20), *range(20)]
    assert replications.schema["secured"] == pl.Boolean
    assert replications.schema["attacker_losses"] == pl.Int64
    assert replications.schema["contact.frontage"] == pl.Float64
    assert replications.schema["rotation.turns.posts"] == pl.Int64
    assert replications.schema["sleep.model"] == pl.String
