"""An audit that was stopped, killed, or ran out of disk ends in the bytes of one that was not."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from nobat.account.audit import AuditInterrupted, audit, resume_audit
from nobat.account.kept import holds_an_audit
from nobat.engine.files import StoreError
from nobat.engine.manifest import RunError
from nobat.scenario import ScenarioError
from tests.account.test_audit import QUICK, ask, files
from tests.account.told import HANGING, WIDER, told


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("resume") / "whole"
    ask(path, HANGING, WIDER, **QUICK)
    return path


def stop_at(settings: int) -> Any:
    """A progress that is a Ctrl-C once so many settings are done."""

    def press(done: int, _total: int) -> None:
        if done >= settings:
            raise KeyboardInterrupt

    return press


def test_ctrl_c_says_how_far_it_came(whole: Path, tmp_path: Path) -> None:
    path = tmp_path / "part"
    with pytest.raises(AuditInterrupted) as stopped:
        ask(path, HANGING, WIDER, progress=stop_at(17), **QUICK)
    assert (stopped.value.path, stopped.value.done) == (path, 16)
    assert str(stopped.value) == f"stopped after 16 of 40 settings, kept in {path}"
    before = files(path)
    for at, there in ((1, 16), (33, 32), (41, 40)):
        with pytest.raises(AuditInterrupted) as stopped:
            resume_audit(path, progress=stop_at(at))
        assert stopped.value.done == there
    assert files(path).items() >= before.items()
    found = resume_audit(path, jobs=1)
    assert files(path) == files(whole)
    assert found.to_json() == json.loads(files(whole)["audit.json"])
    assert found.given_record


def test_a_complete_one_is_shown(whole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files(whole)

    def never(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr("nobat.account.campaigns.in_turn", never)
    found = resume_audit(whole)
    assert [answer.claim.id for answer in found] == ["hanging", "wider"]
    assert resume_audit(found).to_json() == found.to_json()
    assert files(whole) == before


@pytest.mark.parametrize(
    "lost",
    [
        ["audit.json"],
        ["design.parquet", "settings/000016.parquet"],
        ["anew/000000.parquet", "audit.json"],
        ["settings/000000.parquet", "settings/000032.parquet", "anew/000000.parquet"],
    ],
)
def test_whatever_is_lost_or_damaged_is_made_again(
    whole: Path, tmp_path: Path, lost: list[str]
) -> None:
    copy = shutil.copytree(whole, tmp_path / "copy")
    for place, name in enumerate(lost):
        if place % 2 and name.endswith(".parquet"):
            content = bytearray((copy / name).read_bytes())
            content[len(content) // 2] ^= 1
            (copy / name).write_bytes(content)
        else:
            (copy / name).unlink()
    (copy / "settings" / ".000000.parquet.1-2.part").write_bytes(b"PAR1")
    resume_audit(copy, jobs=2)
    assert files(copy) == files(whole)


KILLED = """
from tests.account.test_audit import QUICK, ask
from tests.account.told import HANGING, WIDER
from pathlib import Path
import sys
ask(Path(sys.argv[1]), HANGING, WIDER, **QUICK)
"""


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 here")
def test_killed_again_and_again_it_ends_in_the_same_bytes(whole: Path, tmp_path: Path) -> None:
    path = tmp_path / "killed"
    for wanted in ("manifest.json", "settings/000000.parquet", "settings/000032.parquet"):
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(path)], cwd=Path(__file__).parents[2]
        )
        late = time.monotonic() + 120
        while not (path / wanted).exists() and process.poll() is None:
            assert time.monotonic() < late
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
        process.wait()
        there = {name: content for name, content in files(path).items() if ".part" not in name}
        assert there.items() <= files(whole).items()
    resume_audit(path)
    assert files(path) == files(whole)


def test_a_full_disk_loses_nothing_that_was_written(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = 0

    def full(_: int) -> None:
        nonlocal calls
        calls += 1
        if calls > 5:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    path = tmp_path / "audit"
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(StoreError, match=r"000032.parquet cannot be written: no space left"):
            ask(path, HANGING, WIDER, jobs=2, **QUICK)
    left = files(path)
    assert len(left) == 5
    assert left.items() <= files(whole).items()
    resume_audit(path)
    assert files(path) == files(whole)


def test_a_folder_that_cannot_be_written_gets_a_clear_error(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(RunError, match="is a file, not a folder"):
        ask(tmp_path / "file", HANGING, **QUICK)
    with pytest.raises(StoreError, match="cannot be made: not a directory"):
        ask(tmp_path / "file" / "audit", HANGING, **QUICK)
    copy = shutil.copytree(whole, tmp_path / "copy")
    (copy / "settings" / "000016.parquet").unlink()
    before = files(copy)
    # Whoever tests as root may write anywhere: the system is made to say no.
    real = Path.open

    def denied(self: Path, mode: str = "r", *more: Any, **words: Any) -> Any:
        if "w" in mode:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return real(self, mode, *more, **words)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", denied)
        with pytest.raises(StoreError, match="cannot be written: permission denied"):
            resume_audit(copy)
    assert files(copy) == before


@pytest.mark.parametrize(
    "values",
    [
        {"nobat": "0.0.1"},
        {"model": "0123"},
        {"made_with": {"numpy": "1.0", "numba": "0.1", "platform": "Elsewhere"}},
    ],
)
def test_what_another_version_began_is_left_alone(
    whole: Path, tmp_path: Path, values: dict[str, Any]
) -> None:
    copy = shutil.copytree(whole, tmp_path / "copy")
    manifest = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    (copy / "manifest.json").write_text(json.dumps(manifest | values, indent=2))
    before = files(copy)
    with pytest.raises(RunError, match=r"was begun with .*, now .*Finish it with what began it"):
        resume_audit(copy)
    assert files(copy) == before


def test_another_python_takes_it_up(whole: Path, tmp_path: Path) -> None:
    """What cannot change the figures is no reason to refuse, for the command either."""
    copy = shutil.copytree(whole, tmp_path / "copy")
    manifest = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    manifest["made_with"]["python"] = "3.99"
    (copy / "manifest.json").write_text(json.dumps(manifest, indent=2))
    resume_audit(copy)
    ask(copy, HANGING, WIDER, **QUICK)
    assert "3.99" in (copy / "manifest.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("manifest.json", "{", "manifest.json is damaged"),
        ("manifest.json", "[]", "manifest.json was not written by nobat"),
        (
            "manifest.json",
            '{"format": 1, "holds": "run"}',
            "is a run, not an audit: `nobat resume` or nobat.open_run",
        ),
        ("manifest.json", '{"format": 9, "holds": "audit"}', "from a newer nobat"),
        ("manifest.json", '{"format": 1, "holds": "audit"}', "manifest.json is damaged"),
        ("scenario.json", "{}", "scenario.json is not the one that was audited"),
        ("manifest.json", None, "is not an audit: it has no manifest.json"),
        ("scenario.json", None, "scenario.json is missing or unreadable"),
    ],
)
def test_what_is_no_audit_is_refused(
    whole: Path, tmp_path: Path, name: str, content: str | None, said: str
) -> None:
    copy = shutil.copytree(whole, tmp_path / "copy")
    if content is None:
        (copy / name).unlink()
    else:
        (copy / name).write_text(content)
    before = files(copy)
    with pytest.raises(RunError, match=said):
        resume_audit(copy)
    assert files(copy) == before


def test_what_is_not_there_is_told_with_the_nearest_name(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(whole, tmp_path / "audits" / "small-0123456789")
    assert holds_an_audit("small-0123456789")
    assert not holds_an_audit("small")
    with pytest.raises(RunError, match=r"there is no audit 'small-012345678' .*small-0123456789"):
        resume_audit("small-012345678")
    with pytest.raises(ScenarioError, match="jobs: 0 is not a number of threads"):
        resume_audit("small-0123456789", jobs=0)


def test_an_audit_without_a_record(tmp_path: Path) -> None:
    path = tmp_path / "audit"
    audit(told((HANGING,), None), settings=8, replications=2, out=path)
    assert not resume_audit(path).given_record
