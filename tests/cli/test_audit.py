"""`nobat audit`: its keys, its options, what it refuses; and what `nobat check` says of claims."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import nobat as api
from nobat.cli.scanning import Scanned
from tests.account.told import CLAIMS, RECORD, TRUE, told
from tests.cli.terminal import Terminal
from tests.engine.test_store import contents

QUICK = ("--settings", "8", "-n", "3", "--jobs", "1")
KEYS = {
    "scenario", "title", "settings", "replications", "seed", "quantities", "interval", "record",
    "claims", "sources", "sentence", "folder",
}  # fmt: skip
CLAIM_KEYS = {
    "id", "about", "told", "told_by", "tested", "test", "verdict", "by_the_settings",
    "sources_speak", "asks", "share", "luck_share_at_most", "index_by_chance", "decided_by",
    "on_assumptions_alone", "rivals", "measured", "given_record", "support", "against", "context",
    "needs", "untestable", "sentences",
}  # fmt: skip


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The small siege with its claims, as a file, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "told.yaml"
    path.write_text(json.dumps(told(CLAIMS, RECORD).canonical()), encoding="utf-8")
    return str(path)


def test_the_keys_that_scripts_rely_on(nobat: Terminal, file: str) -> None:
    found = nobat("audit", file, *QUICK, "--json").json()
    assert found.keys() == KEYS
    assert all(one.keys() == CLAIM_KEYS for one in found["claims"])
    written = json.loads((Path(found["folder"]) / "audit.json").read_text(encoding="utf-8"))
    assert found == written | {"folder": found["folder"]}


def test_the_command_and_the_function_agree(nobat: Terminal, file: str) -> None:
    found = nobat("audit", file, *QUICK, "--claim", "hanging", "--seed", "3", "--json").json()
    same = api.audit(told(), claims=["hanging"], settings=8, replications=3, seed=3)
    assert found == same.to_json() | {"folder": str(same.path)}


def test_it_begins_with_the_answer(nobat: Terminal, file: str) -> None:
    found = nobat("audit", file, *QUICK)
    lines = found.out.splitlines()
    assert lines[:2] == ["A small siege", "small"]
    assert lines[3].startswith("Of 5 claims: ")
    assert "Given the dated record" not in found.out
    assert "Every figure is in audits/small-" in found.out
    assert found.err.startswith("auditing small ...\n")
    given = nobat("audit", file, *QUICK, "--given-record")
    assert "Given the dated record" in given.out


@pytest.mark.parametrize("width", ["60", "80", "100"])
def test_it_fits_the_page(
    nobat: Terminal, file: str, monkeypatch: pytest.MonkeyPatch, width: str
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    text = nobat("audit", file, *QUICK, "--given-record").out
    assert max(map(len, text.splitlines())) <= int(width)


def test_ctrl_c_keeps_what_is_done(
    nobat: Terminal, file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pressed(self: Scanned, done: int, total: int) -> None:
        if done == 8:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Scanned, "__call__", pressed)
        found = nobat("audit", file, *QUICK, "--out", "here")
        assert found.code == 130
        said = "stopped after 8 of 8 settings, kept in here; `nobat resume here` goes on from there"
        assert said in found.err
        assert found.out == ""
        told = nobat("audit", file, *QUICK, "--out", "here", "--json").json()["error"]
        assert told["exit"] == 130
        assert told["problems"][0]["message"] == "stopped after 8 of 8 settings, kept in here"
    assert list(Path("here/settings").iterdir())
    assert nobat("audit", file, *QUICK, "--out", "here").code == 0


def test_resume_goes_on_with_an_audit(
    nobat: Terminal, file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pressed(self: Scanned, done: int, total: int) -> None:
        if done == 20:
            raise KeyboardInterrupt

    asked = ("audit", file, "--settings", "40", "-n", "3")
    whole = nobat(*asked, "--given-record", "--out", "whole")
    with monkeypatch.context() as patch:
        patch.setattr(Scanned, "__call__", pressed)
        stopped = nobat(*asked, "--out", "stopped")
        assert "stopped after 16 of 40 settings, kept in stopped" in stopped.err
        assert nobat("resume", "stopped").code == 130
    found = nobat("resume", "stopped", "--jobs", "1")
    assert found.code == 0
    assert found.out == whole.out.replace("whole", "stopped")
    assert contents(Path("stopped")) == contents(Path("whole"))
    there = nobat("resume", "stopped", "--json").json()
    assert there == nobat(*asked, "--out", "stopped", "--json").json()


def test_resume_finds_an_audit_by_its_name(nobat: Terminal, file: str) -> None:
    made = nobat("audit", file, *QUICK, "--json").json()
    assert nobat("resume", Path(made["folder"]).name, "--json").json() == made
    for command in ("replay", "report"):
        refused = nobat(command, made["folder"])
        assert refused.code == 2
        assert (
            "is an audit, not a run: `nobat resume` or nobat.resume_audit opens it" in refused.err
        )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--claim", "tru"], "claim: 'tru' is not a claim of small; did you mean true?"),
        (["--settings", "4"], "'4' is not a whole number from 8 to 65536"),
        (["--set", "contact.frontag=3"], "contact.frontag"),
        (["--out", "told.yaml"], "told.yaml is a file, not a folder"),
    ],
)
def test_wrong_words(nobat: Terminal, file: str, words: list[str], said: str) -> None:
    options = QUICK if "--settings" not in words else QUICK[2:]
    found = nobat("audit", file, *options, *words)
    assert found.code == 2
    assert said in found.err
    assert "Traceback" not in found.err


def test_a_scenario_without_claims(nobat: Terminal) -> None:
    found = nobat("audit", "one-wall")
    assert found.code == 2
    assert "one-wall has no claims: there is nothing to audit" in found.err


def test_check_tells_wrong_claims(nobat: Terminal, tmp_path: Path) -> None:
    wrong = {**TRUE, "set": {"doctrines.rotate.start": "rush"}}
    path = tmp_path / "wrong.yaml"
    path.write_text(json.dumps(told((wrong,), None).canonical()), encoding="utf-8")
    found = nobat("check", str(path))
    assert found.code == 2
    assert "claims[0].set: doctrines.rotate.start: 'rush' is not allowed" in found.err


def test_check_lists_what_nobody_vouches_for(nobat: Terminal, file: str) -> None:
    found = nobat("check", file, "--sources", "--json").json()
    assert "attrition.defender_rate" in found["without_source"]
    assert "attacker.units[0].strength" not in found["without_source"]
    assert found["account_only"] == []
    assert [one["id"] for one in found["claims"]] == [one["id"] for one in CLAIMS]
    text = nobat("check", file, "--sources").out
    assert "Numbers without a source" in text
    assert "It was hanging." in text


def test_check_measures_told_distances(nobat: Terminal) -> None:
    found = nobat("check", "abu-kamal-2017", "--sources", "--json").json()
    assert [one["claim"] for one in found["told_distances"]] == ["C4", "C5"]
    assert "places.abu_kamal.layers.count" in found["account_only"]
    text = nobat("check", "abu-kamal-2017", "--sources").out
    assert "shorter than the straight line by a factor of 8.1" in " ".join(text.split())
    assert "Numbers that only the account gives (3)" in text
    told = " ".join(text.split())
    assert "first_capture: The capture was announced on 8 and 9 November 2017" in told
    asked = "Asked: day core taken 14 to 19 (16 to 17, give or take 2). REUT1108, RUDAW"
    assert asked in told
    assert "ring_first: The ring was closed first" in told


def keys_in(node: object) -> Iterator[str]:
    """All keys of a JSON value, but those that are ids of sources."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield key
            yield from keys_in(list(value.values()) if key == "sources" else value)
    elif isinstance(node, list):
        for value in node:
            yield from keys_in(value)


def test_every_key_is_in_the_reference(nobat: Terminal, file: str) -> None:
    page = (Path(__file__).parents[2] / "docs/reference/audit.md").read_text(encoding="utf-8")
    known = set(re.findall(r"`(\w+)`", page))
    here = set(keys_in(nobat("audit", file, "--settings", "64", "-n", "3", "--json").json()))
    told = nobat("audit", "abu-kamal-2017", "--claim", "C4", *QUICK, "--json").json()
    assert here | set(keys_in(told)) <= known
    assert {"fits", "by_stand_in", "scaled_margin", "p_exists", "needed"} <= here | set(
        keys_in(told)
    )
