"""`nobat resume`: an interrupted run ends up as if it had never been interrupted."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from nobat.engine.store import Run
from tests.cli.terminal import SMALL, Terminal
from tests.cli.test_run import press_ctrl_c_after
from tests.engine.test_store import contents

RUN = ["run", SMALL, "-n", "1700", "--jobs", "1"]


def test_a_stopped_run_goes_on_to_the_same_bytes(
    nobat: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = nobat(*RUN, "--out", "whole")
    with monkeypatch.context() as patch:
        press_ctrl_c_after(2500, patch)
        stopped = nobat(*RUN, "--out", "stopped")
    assert stopped.code == 130
    assert "`nobat resume stopped` goes on from there" in stopped.err
    with monkeypatch.context() as patch:
        press_ctrl_c_after(0, patch)
        again = nobat("resume", "stopped", "--jobs", "1")
    assert again.code == 130
    found = nobat("resume", "stopped")
    assert found.code == 0
    assert "running small: 1,700 replications of each of 3 doctrines; " in found.err
    assert "were there already" in found.err
    assert found.out == whole.out.replace("whole", "stopped")
    kept, wanted = contents(Path("stopped")), contents(Path("whole"))
    # The report names the folder in which its run lies, in the command that tells more.
    kept["report.html"] = kept["report.html"].replace(b"why stopped", b"why whole")
    assert kept == wanted


def test_a_complete_run_is_shown(nobat: Terminal) -> None:
    first = nobat("run", SMALL, "--json")
    name = Path(first.json()["run_dir"]).name
    found = nobat("resume", name, "--json")
    assert found.code == 0
    assert found.out == first.out
    assert found.err == "this run is complete already; nothing was simulated again\n"


def test_a_damaged_chunk_is_made_again(nobat: Terminal) -> None:
    nobat("run", SMALL, "--out", "o")
    whole = contents(Path("o"))
    chunk = next(Path("o").glob("outcomes/wait/*.parquet"))
    chunk.write_bytes(chunk.read_bytes()[:-9])
    found = nobat("resume", "o")
    assert found.code == 0
    assert found.err.startswith(
        "1 chunk of this run was damaged or out of place and is simulated again: wait 1\n"
    )
    assert contents(Path("o")) == whole
    swapped = [next(Path("o").glob(f"outcomes/{name}/*.parquet")) for name in ("rotate", "wait")]
    swapped[1].write_bytes(swapped[0].read_bytes())
    assert "simulated again: wait 1\n" in nobat("run", SMALL, "--out", "o").err
    assert contents(Path("o")) == whole


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"nobat": "0.0.1"}, "nobat 0.0.1, now "),
        ({"model": "0123456789abcdef"}, "model 0123456789, now "),
        ({"made_with": {"numpy": "1.0"}}, "numpy 1.0, now "),
        ({"solver": "tea-leaves"}, "solver 'tea-leaves'"),
    ],
)
def test_what_another_version_began_is_left_alone(
    nobat: Terminal, values: dict[str, object], said: str
) -> None:
    nobat("run", SMALL, "--out", "o")
    shutil.rmtree("o/outcomes/wait")
    manifest = json.loads(Path("o/manifest.json").read_text())
    Path("o/manifest.json").write_text(json.dumps(manifest | values))
    before = contents(Path("o"))
    found = nobat("resume", "o")
    assert found.code == 2
    assert said in found.err
    assert contents(Path("o")) == before


def test_a_complete_run_of_another_version_is_shown(
    nobat: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    nobat("run", SMALL, "--out", "o")
    monkeypatch.setattr("nobat.model.source_hash", lambda: "another")
    found = nobat("resume", "o")
    assert found.code == 0
    assert "complete already" in found.err
    shutil.rmtree("o/outcomes/wait")
    assert nobat("resume", "o").code == 2


def test_what_is_no_run_is_refused(nobat: Terminal, tmp_path: Path) -> None:
    assert (
        "there is no run, sweep or audit 'o' here, under runs/, under sweeps/ or under audits/\n"
        in (nobat("resume", "o").err)
    )
    (tmp_path / "o").mkdir()
    found = nobat("resume", "o")
    assert (found.code, list((tmp_path / "o").iterdir())) == (2, [])
    assert "is not a run" in found.err


def test_what_begins_a_run_is_kept_whole(nobat: Terminal) -> None:
    """Killed between its first two files, a run begins again; with both it can be resumed."""
    nobat("run", SMALL, "--out", "o")
    whole = contents(Path("o"))
    shutil.rmtree("o/outcomes")
    assert Run.take_up("o").replications() == 0
    Path("o/manifest.json").unlink()
    assert nobat("resume", "o").code == 2
    assert nobat("run", SMALL, "--seed", "2", "--out", "o").code == 2
    assert nobat("run", SMALL, "--out", "o").code == 0
    assert contents(Path("o")) == whole
